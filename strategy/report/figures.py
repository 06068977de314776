"""The figures of an analysis, each drawn once, and as SVG that can stand inside a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from strategy.display import slug
from strategy.report.analysis import Analysis
from strategy.report.sections import Refused

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw", "inline", "stems"]


def stems(analysis: Analysis) -> tuple[str, ...]:
    """What the files of each model are called: its name as a file name, numbered where two would be the same."""
    used: list[str] = []
    for one in analysis.models:
        stem = slug(one.model.name)
        same = sum(
            known.casefold() == stem.casefold() for known in (slug(other.model.name) for other in analysis.models[: len(used)])
        )
        used.append(f"{stem}-{same + 1}" if same else stem)
    return tuple(used)


def draw(analysis: Analysis) -> tuple[dict[str, Figure], ...]:
    """For each model, its figures by name, as the sections give them."""
    drawn = []
    for one in analysis.models:
        figures: dict[str, Figure] = {}
        for section in analysis.sections:
            found = one[section.key]
            if not isinstance(found, Refused):
                figures.update(section.figures(one.question, found))
        drawn.append(figures)
    return tuple(drawn)


def inline(svg: str, prefix: str) -> Markup:
    """The text of an SVG file as an element of a page: ids made unique, no prologue; what stands around it says it in words."""
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", body, flags=re.DOTALL)
    # A page has dozens of figures: names are short, what nothing refers to is left out, and so are line ends and indents.
    used = dict.fromkeys(re.findall(r'(?:href="#|url\(#)([^")]+)', body))
    names = {one: f"{prefix}-i{number}" for number, one in enumerate(used)}
    body = re.sub(r'\sid="([^"]+)"', lambda found: f' id="{names[found[1]]}"' if found[1] in names else "", body)
    body = re.sub(r">\s+<", "><", body)
    body = re.sub(r"\s+", " ", body)
    body = re.sub(r'href="#([^"]+)"', lambda found: f'href="#{names[found[1]]}"', body)
    body = re.sub(r"url\(#([^)]+)\)", lambda found: f"url(#{names[found[1]]})", body)
    # The size in points would keep the page from fitting the figure to the width of the window; its width is kept as a limit.
    head, rest = body.split(">", 1)
    width = re.search(r'\swidth="([\d.]+)pt"', head)
    style = f' style="width:{float(width.group(1)) / 12:.1f}rem"' if width else ""
    head = re.sub(r'\s(?:width|height)="[^"]*"', "", head)
    # The drawing is made of text as outlines, which nobody can read out.
    return Markup(f'{head}{style} aria-hidden="true" focusable="false">{rest}')
