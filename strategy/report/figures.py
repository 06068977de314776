"""The figures of an analysis, each drawn once, and as SVG that can stand inside a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

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


def inline(svg: str, prefix: str, label: str) -> Markup:
    """The text of an SVG file as an element of a page: ids made unique, no prologue, and words for those who do not see it."""
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', body)
    body = re.sub(r'href="#([^"]+)"', rf'href="#{prefix}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", body)
    # The size in points would keep the page from fitting the figure to the width of the window.
    head, rest = body.split(">", 1)
    head = re.sub(r'\s(?:width|height)="[^"]*"', "", head)
    # The drawing is made of text as outlines: what it says is in the label, the tables beside it say the rest.
    return Markup(f'{head} role="img" aria-label="{escape(label)}">{rest}')
