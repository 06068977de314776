"""Least to greatest over the equilibria.

Spans on a scale, beside what is compared with, a band down the scale.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from strategy.exact import exact
from strategy.plots.drawing.palette import GAIN, INK, LOSS
from strategy.plots.drawing.text import amount, em_width

if TYPE_CHECKING:
    from strategy.plots.drawing.sheet import Sheet

__all__ = ["Scale", "compared", "draw_band", "draw_span", "keys", "span_words"]

_BAND, _GRID = "#dedede", "#e9e9e9"
_TICK = 4.5  # font sizes between two numbers of a scale
_HIGH = 0.8
_MARK = 6.5
_STEPS = (1, 2, 2.5, 5, 10)
# Fill, hatch, and the mark of a single value: each tells all four apart in grey print too.
_LOOKS: dict[str, tuple[str, str, str]] = {
    "more": (GAIN, "", ">"),
    "less": (LOSS, "", "<"),
    "same": ("white", "", "o"),
    "either": ("white", "/////", "D"),
    "": ("#8f8f8f", "", "o"),
}


@attrs.frozen
class Scale:
    """Where values stand between ``left`` and ``left + width``.

    The scale is one of round numbers around all of them.
    """

    left: float
    width: float
    ticks: tuple[float, ...]

    @classmethod
    def around(cls, values: Sequence[Any], left: float, width: float) -> Scale:
        """The scale on which these values can be seen.

        ``left``: where it begins; ``width``: how long it is.
        """
        low, high = (float(one) for one in (min(values, default=0), max(values, default=0)))
        if low == high:
            return cls(left, width, (low,))
        found = MaxNLocator(nbins=max(1, int(width / _TICK)), steps=_STEPS).tick_values(
            low, high
        )
        return cls(left, width, tuple([float(f"{one:.12g}") for one in found]))

    def place(self, value: Any) -> float:
        """Where a value stands; in the middle if there is but one."""
        low, high = self.ticks[0], self.ticks[-1]
        share = (float(value) - low) / (high - low) if high > low else 0.5
        return self.left + 0.8 + share * (self.width - 1.6)

    def draw(self, sheet: Sheet, top: float, foot: float) -> None:
        """Light lines from top to foot and numbers under them.

        As long as these do not touch. ``sheet``: what is drawn on.
        """
        taken: list[tuple[float, float]] = []
        for one in dict.fromkeys([self.ticks[0], self.ticks[-1], *self.ticks]):
            x, text = self.place(one), amount(exact(one))
            sheet.ax.plot([x, x], [top, foot], color=_GRID, linewidth=0.7, zorder=0.3)
            wide = em_width(text)
            start = min(max(x - wide / 2, self.left), self.left + self.width - wide)
            if all(start + wide + 0.7 < a or start > b + 0.7 for a, b in taken):
                taken.append((start, start + wide))
                sheet.write(start, foot + 0.8, text)


def compared(before: Any, after: Any) -> str:
    """Whether a span (least, greatest) is "more" or "less" than another.

    It may also be the "same", or "either" as it depends on the equilibrium; the answer is
    empty where there is none to compare with. ``before``: the span compared with;
    ``after``: the span.
    """
    if before is None:
        return ""
    if after == before:
        return "same"
    return (
        "more" if after[0] >= before[1] else "less" if after[1] <= before[0] else "either"
    )


def draw_band(sheet: Sheet, span: Any, scale: Scale, top: float, foot: float) -> None:
    """What is compared with.

    A band from the least to the greatest, a line where these are one. ``sheet``: what is
    drawn on; ``span``: (least, greatest), by the ``scale``; ``top``, ``foot``: where the
    band begins and ends.
    """
    a, b = (scale.place(end) for end in span)
    sheet.ax.add_patch(
        Rectangle(
            (a, top), b - a, foot - top, facecolor=_BAND, edgecolor="none", zorder=0.5
        )
    )
    for x in {a, b}:
        sheet.ax.plot([x, x], [top, foot], color=INK, linewidth=0.9, zorder=0.6)


def draw_span(sheet: Sheet, y: float, span: Any, scale: Scale, before: Any = None) -> None:
    """A bar from the least to the greatest, a mark where these are one.

    A line leads to it from the band of ``before``. ``sheet``: what is drawn on; ``y``: the
    height; ``span``: (least, greatest), by the ``scale``.
    """
    a, b = (scale.place(end) for end in span)
    fill, hatch, mark = _LOOKS[compared(before, span)]
    if before is not None:
        c, d = (scale.place(end) for end in before)
        if a > d or b < c:
            ends = [d, a] if a > d else [b, c]
            sheet.ax.plot(
                ends, [y, y], color=INK, linewidth=0.9, zorder=1.5, solid_capstyle="butt"
            )
    if span[0] == span[1]:
        size = _MARK * min(1.0, sheet.font / 8.5)
        style: dict[str, Any] = {
            "markerfacecolor": fill,
            "markeredgecolor": INK,
            "markeredgewidth": 0.8,
            "linestyle": "none",
        }
        sheet.ax.plot([a], [y], marker=mark, markersize=size, zorder=3, **style)
        return
    bar = Rectangle(
        (a, y - _HIGH / 2),
        b - a,
        _HIGH,
        facecolor=fill,
        edgecolor=INK,
        linewidth=0.7,
        hatch=hatch,
        zorder=2,
    )
    sheet.ax.add_patch(bar)


def keys(kinds: Collection[str], words: dict[str, str], band: str = "") -> list[Any]:
    """Entries of a key: what each kind of span means, in these words, and what the band is.

    ``kinds``: of span that occur.
    """
    frame: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.7}
    entries: list[Any] = [Patch(facecolor=_BAND, label=band, **frame)] if band else []
    for kind, said in words.items():
        if kind in kinds:
            fill, hatch, mark = _LOOKS[kind]
            style: dict[str, Any] = {
                "markerfacecolor": fill,
                "markeredgecolor": INK,
                "linestyle": "none",
                "markersize": _MARK,
            }
            entries.append(
                (
                    (
                        Patch(facecolor=fill, hatch=hatch, **frame),
                        Line2D([], [], marker=mark, **style),
                    ),
                    said,
                )
            )
    return entries


def span_words(span: Any) -> str:
    """A span as text, rounded where its numbers are long."""
    return " to ".join(dict.fromkeys(amount(one) for one in span))
