"""Figures laid out like a table, in font sizes from the upper left corner.

Cells of verdicts, words, a key above all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.legend_handler import HandlerTuple
from matplotlib.patches import Rectangle

from strategy.plots.drawing.palette import INK, MUTED, look
from strategy.plots.drawing.text import em_width, plain, points, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FONT", "Key", "Sheet", "inches", "label_width", "verdict_box"]

FONT = 8.5
_LINE = 1.5  # of an entry of the key; all in font sizes from here on
# what stands before the words of an entry, and between two columns
_HANDLE, _BETWEEN = 2.8, 2.0
_LEAST = (4.0, 0.8)  # inches: less than this leaves no room inside the margins
# on a screen letters are set on whole pixels, which makes words that much wider than they
# are
_HINTED = 1.04
_RULE = "#dddddd"
_WORDS = {
    "EVERY": "every",
    "SOME": "some",
    "NO": "no",
    "NONE_EXISTS": "none",
    "UNKNOWN": "?",
}


@attrs.frozen(eq=False)
class Key:
    """What the marks of a figure mean.

    A line of words, and entries (handle, label) in as many columns as fit a width.
    """

    entries: tuple[tuple[Any, str], ...]
    words: str
    columns: int
    width: float

    @classmethod
    def within(cls, entries: Sequence[Any], width: float, words: str = "") -> Key:
        """The key of these entries.

        Each is a handle with a label or a pair of a handle (or several, side by side) and a
        label; the key is as wide as its longest entry where that is wider. ``width``: in
        font sizes; ``words``: a line above the entries.
        """
        pairs = [
            one if isinstance(one, tuple) else (one, one.get_label()) for one in entries
        ]
        widest = max([em_width(label) + _HANDLE for _, label in pairs], default=0.0)
        columns = max(1, min(int((width + _BETWEEN) / (widest + _BETWEEN)), 4, len(pairs)))
        return cls(
            tuple(pairs),
            wrapped(words, max(width, widest) / _HINTED, 2) if words else "",
            columns,
            max(width, widest + 1),
        )

    @property
    def _said(self) -> float:
        return (self.words.count("\n") + 1) * 1.3 + 0.3 if self.words else 0.0

    @property
    def height(self) -> float:
        """How much of the top of the figure it takes."""
        return self._said + _LINE * -(-len(self.entries) // self.columns) + 0.6


@attrs.frozen(eq=False)
class Sheet:
    """An Axes without a frame, one unit of which is one font size.

    y runs downwards from the top.
    """

    ax: Axes
    font: float

    @classmethod
    def on(cls, ax: Axes, extent: tuple[float, float]) -> Sheet:
        """Take an Axes for what is so wide and high.

        In a smaller type where that does not fit. ``ax``: the Axes; ``extent``: width and
        height in font sizes.
        """
        ax.set_axis_off()
        width, height = points(ax)
        font = min(FONT, width / extent[0], height / extent[1])
        ax.set_xlim(0, width / font)
        ax.set_ylim(height / font, 0)
        return cls(ax, font)

    def write(self, x: float, y: float, text: str, **style: Any) -> None:
        """Words, in the middle of a line at y unless told otherwise.

        ``x``: where; ``text``: what; ``style``: for Matplotlib.
        """
        shown = {
            "fontsize": self.font,
            "color": INK,
            "va": "center",
            "linespacing": 1.15,
            **style,
        }
        plain(self.ax.text(x, y, text, **shown))

    def rule(self, x: float, to: float, y: float) -> None:
        """A light line across, from ``x`` to ``to`` at ``y``."""
        self.ax.plot(
            [x, to], [y, y], color=_RULE, linewidth=0.6, zorder=0.4, solid_capstyle="butt"
        )

    def verdict(
        self, corner: tuple[float, float], size: tuple[float, float], verdict: Any
    ) -> None:
        """A cell that has the look of a verdict, and says it in a word.

        ``corner``: its upper left; ``size``: width and height.
        """
        verdict_box(self.ax, corner, size, verdict, edge="white", line=0.8)
        colour = "white" if verdict.name == "EVERY" else INK
        box = {
            "boxstyle": "square,pad=0.1",
            "facecolor": look(verdict).fill,
            "edgecolor": "none",
        }
        middle = corner[0] + size[0] / 2, corner[1] + size[1] / 2
        self.write(
            *middle, _WORDS[verdict.name], ha="center", color=colour, bbox=box, zorder=3
        )

    def shares(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        parts: Sequence[tuple[Any, Any, str]],
    ) -> None:
        """A bar of verdicts, each (verdict, amount, words) as wide as its part of the sum.

        Words stand where they fit. ``corner``: its upper left; ``size``: width and height;
        ``parts``: these.
        """
        (x, y), (width, high) = corner, size
        total = float(sum(amount for _, amount, _ in parts))
        kind: Any = type(parts[0][0]) if parts else ()
        order = list(kind)
        for verdict, amount, text in sorted(parts, key=lambda part: order.index(part[0])):
            part = width * float(amount) / total
            verdict_box(self.ax, (x, y), (part, high), verdict, edge=INK)
            if em_width(text) + 0.9 < part:
                behind = {
                    "boxstyle": "square,pad=0.12",
                    "facecolor": look(verdict).fill,
                    "edgecolor": "none",
                }
                colour = "white" if verdict.name == "EVERY" else INK
                box = behind if look(verdict).hatch else None
                self.write(
                    x + part / 2,
                    y + high / 2,
                    text,
                    ha="center",
                    color=colour,
                    bbox=box,
                    zorder=3,
                )
            x += part

    def key(self, key: Key) -> None:
        """Write a key into the upper left corner."""
        if key.words:
            self.write(0, 0.1, key.words, va="top", color="#444444")
        style: dict[str, Any] = {
            "frameon": False,
            "ncols": key.columns,
            "borderaxespad": 0.0,
            "borderpad": 0.0,
        }
        where: dict[str, Any] = {
            "loc": "upper left",
            "bbox_to_anchor": (0, key._said),
            "bbox_transform": self.ax.transData,
        }
        handles = [handle for handle, _ in key.entries]
        labels = [label for _, label in key.entries]
        several: dict[Any, Any] = {tuple: HandlerTuple(ndivide=None, pad=0.4)}
        legend = self.ax.legend(
            handles,
            labels,
            handler_map=several,
            fontsize=self.font,
            labelspacing=0.35,
            **where,
            **style,
        )
        for text in legend.get_texts():
            plain(text)

    def nothing(self, text: str) -> None:
        """A sentence, ``text``, instead of a picture."""
        self.write(0.5, 0.5, text, va="top", color=MUTED)


def verdict_box(
    ax: Axes,
    corner: tuple[float, float],
    size: tuple[float, float],
    verdict: Any,
    *,
    edge: str = INK,
    line: float = 0.5,
    zorder: float = 1.0,
) -> None:
    """A rectangle in the fill and the hatch of a verdict.

    Three, one on the other: a hatch has the colour of its own edge. ``ax``: the Axes;
    ``corner`` and ``size``: of the rectangle; ``line``: the width of its edge; ``zorder``:
    what it lies over.
    """
    style = look(verdict)
    fill = {"facecolor": style.fill}
    hatch = {"edgecolor": style.line, "hatch": style.hatch}
    frame = {"edgecolor": edge}
    for lift, width, part in ((0.0, 0.0, fill), (0.1, 0.0, hatch), (0.2, line, frame)):
        shown: dict[str, Any] = {"facecolor": "none", "edgecolor": "none", **part}
        ax.add_patch(
            Rectangle(corner, *size, linewidth=width, zorder=zorder + lift, **shown)
        )


def inches(extent: tuple[float, float]) -> tuple[float, float]:
    """The size at which the type has its usual height.

    ``extent``: width and height in font sizes.
    """
    return max(extent[0] * FONT / 72 + 0.1, _LEAST[0]), max(
        extent[1] * FONT / 72 + 0.1, _LEAST[1]
    )


def label_width(labels: Sequence[str], most: float, bold: bool = False) -> float:
    """How much room labels need, on one line of at most so many font sizes.

    ``bold``: whether they are.
    """
    return _HINTED * max(
        [em_width(wrapped(one, most, 1, bold), bold) for one in labels], default=0.0
    )
