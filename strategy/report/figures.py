"""The figures of an analysis, each drawn once, and as SVG that can stand inside a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs
from markupsafe import Markup

from strategy.display import slug
from strategy.report.analysis import Analysis, ModelAnalysis
from strategy.report.sections import Refused, Section

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Shapes", "draw", "inline", "stems"]


_LONG = re.compile(r"-?\d+\.\d{3,}")


def stems(analysis: Analysis) -> tuple[str, ...]:
    """What the files of each model are called.

    It is the model's name as a file name, numbered where two would be the same.
    ``analysis``: whose models these are.
    """
    used: list[str] = []
    for one in analysis.models:
        stem = slug(one.model.name)
        same = sum(
            known.casefold() == stem.casefold()
            for known in (slug(other.model.name) for other in analysis.models[: len(used)])
        )
        used.append(f"{stem}-{same + 1}" if same else stem)
    return tuple(used)


def draw(one: ModelAnalysis, section: Section) -> Mapping[str, Figure]:
    """The figures of a section about one model, by name."""
    found = one[section.key]
    return {} if isinstance(found, Refused) else section.figures(one.question, found)


@attrs.frozen
class Shapes:
    """The outlines that the figures of a page draw from, letters above all.

    Each stands in the page once, under a short name.
    """

    names: dict[str, str] = attrs.field(factory=dict)

    def named(self, shape: str) -> str:
        """The name of an outline, given by what its element has beside its name.

        ``shape``: that.
        """
        return self.names.setdefault(shape, f"s{len(self.names)}")

    def element(self) -> Markup:
        """Where they stand: an element that shows nothing, for the top of the page."""
        paths = "".join(
            [f'<path id="{name}"{shape}/>' for shape, name in self.names.items()]
        )
        return Markup(
            '<svg class="shapes" width="0" height="0" aria-hidden="true" '
            f'focusable="false"><defs>{paths}</defs></svg>'
        )


def inline(svg: str, prefix: str, shapes: Shapes) -> Markup:
    """The text of an SVG file as an element of a page: ids made unique, no prologue.

    What stands around it says it in words.

    Its outlines go to ``shapes``, which the page shows too. ``svg``: the text; ``prefix``:
    what makes ids unique.
    """
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", body, flags=re.DOTALL)
    body = re.sub(r"\s+", " ", re.sub(r">\s+<", "><", body))
    # A page has dozens of figures: names are short, places are to a hundredth of a point,
    # and what nothing refers to is left out.
    body = re.sub(
        r'(\s(?:d|x|y)="|translate\()([^")]*)',
        lambda found: found[1] + _LONG.sub(_rounded, found[2]),
        body,
    )
    shared: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        shared[found[1]] = shapes.named(found[2])
        return ""

    body = re.sub(
        r'<path id="([^"]+)"((?:\s[\w-]+="(?:(?!url)[^"])*")*)\s?/>', take, body
    ).replace("<defs></defs>", "")
    used = dict.fromkeys(re.findall(r'(?:href="#|url\(#)([^")]+)', body))
    names = {one: shared.get(one, f"{prefix}-i{number}") for number, one in enumerate(used)}
    body = re.sub(
        r'\sid="([^"]+)"',
        lambda found: f' id="{names[found[1]]}"' if found[1] in names else "",
        body,
    )
    body = re.sub(
        r'xlink:href="#([^"]+)"', lambda found: f'href="#{names[found[1]]}"', body
    )
    body = re.sub(r"url\(#([^)]+)\)", lambda found: f"url(#{names[found[1]]})", body)
    # The size in points would keep the page from fitting the figure to the width of the
    # window; its width is kept as a limit.
    head, rest = body.split(">", 1)
    width = re.search(r'\swidth="([\d.]+)pt"', head)
    style = f' style="--wide:{float(width.group(1)) / 12:.1f}rem"' if width else ""
    head = re.sub(r'\s(?:width|height)="[^"]*"', "", head)
    # The drawing is made of text as outlines, which nobody can read out.
    return Markup(f'{head}{style} aria-hidden="true" focusable="false">{rest}')


def _rounded(found: re.Match[str]) -> str:
    return f"{round(float(found[0]), 2):g}"
