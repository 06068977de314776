"""Small panels one under the other, one a player.

Lines of probabilities or shares, named at their ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from strategy.plots.drawing.text import em_width, plain, points, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FONT", "LINES", "Panels", "panels_size"]

FONT = 9.0
_LINE = 1.3  # of a line of text; this and what follows in font sizes
_TITLE, _FOOT, _TICKS = 2.0, 1.6, 2.0
_NAMES = 15.0  # how wide the names at the ends of lines may be
_LEAST = 8.5  # how high a panel is
_WIDTH = 6.4  # inches
LINES: tuple[tuple[str, Any], ...] = (
    ("#0b5c8f", "-"),
    ("#a8480a", (0, (4.5, 1.5))),
    ("#1f7a6f", (0, (1.2, 1.2))),
    ("#7a3f8f", (0, (6, 1.5, 1.2, 1.5))),
    ("#55585c", (0, (2.5, 1))),
)
"""Colour and dashes of lines in order, so that neither colour-blind readers nor grey print
lose them."""


def panels_size(actions: Mapping[str, Sequence[str]], notes: int) -> tuple[float, float]:
    """A size in inches for panels of these actions, with so many lines of notes below."""
    heights = [max(_LEAST, _LINE * len(names)) + _TITLE for names in actions.values()]
    return _WIDTH, (
        sum(heights) + 0.8 * len(heights) + _TICKS + _FOOT + 1 + notes * _LINE
    ) * FONT / 72


@attrs.frozen(eq=False)
class Panels:
    """Axes inside an Axes, whose own frame is taken away.

    Who they are about, and the names of the lines in each.
    """

    axes: tuple[Axes, ...]
    actions: Mapping[str, Sequence[str]]

    @classmethod
    def within(
        cls,
        ax: Axes,
        actions: Mapping[str, Sequence[str]],
        what: str,
        label: str,
        notes: str = "",
    ) -> Panels:
        """Divide an Axes.

        ``what`` each panel shows, beside who it is about; ``label``: of the shared
        horizontal axis. ``ax``: the Axes; ``actions``: of each whom a panel is about;
        ``notes``: what stands below.
        """
        ax.set_axis_off()
        width, height = (side / FONT for side in points(ax))
        names = max(
            em_width(wrapped(name, _NAMES, 1))
            for options in actions.values()
            for name in options
        )
        left, right = 2.4, min(names, 0.4 * width) + 2.6
        said = [
            line
            for note in notes.split("\n")
            if note
            for line in wrapped(note, width, 3).split("\n")
        ]
        low = _TICKS + _FOOT + len(said) * _LINE
        share = (height - low) / len(actions) - _TITLE - 0.8
        found, top = [], height
        for who in actions:
            title = wrapped(f"{who}: {what}", 0.96 * width, 1, bold=True)
            plain(
                ax.text(
                    0,
                    (top - 1.2) / height,
                    title,
                    transform=ax.transAxes,
                    fontsize=FONT,
                    weight="bold",
                    va="baseline",
                )
            )
            top -= _TITLE + share
            panel = ax.inset_axes(
                (left / width, top / height, (width - left - right) / width, share / height)
            )
            found.append(panel)
            top -= 0.8
        below: dict[str, Any] = {"transform": ax.transAxes, "fontsize": FONT, "va": "top"}
        middle = (left + (width - right - left) / 2) / width
        plain(
            ax.text(
                middle,
                (low - _TICKS) / height,
                wrapped(label, width, 1),
                ha="center",
                **below,
            )
        )
        below = {**below, "fontsize": 0.92 * FONT, "color": "#444444", "linespacing": 1.2}
        plain(ax.text(0, len(said) * _LINE / height, "\n".join(said), **below))
        return cls(tuple(found), actions)

    def dress(
        self, limits: tuple[float, float], ticks: Sequence[tuple[float, str]]
    ) -> None:
        """The same scales for all; numbers under the lowest.

        ``limits``: of the horizontal axis; ``ticks``: (place, text).
        """
        for i, panel in enumerate(self.axes):
            panel.set_xlim(*limits)
            panel.set_ylim(-0.03, 1.03)
            panel.set_yticks([0, 0.5, 1], ["0", "0.5", "1"], fontsize=0.9 * FONT)
            last = i == len(self.axes) - 1
            panel.set_xticks(
                [at for at, _ in ticks],
                [text if last else "" for _, text in ticks],
                fontsize=0.9 * FONT,
            )
            panel.minorticks_off()
            panel.grid(color="#e4e4e4", linewidth=0.6, zorder=0)
            panel.set_axisbelow(True)
            for side in ("top", "right"):
                panel.spines[side].set_visible(False)

    def draw(self, number: int, across: Any, rows: Any, **style: Any) -> None:
        """Lines of shape (points, actions) into a panel, each named where it ends.

        ``number``: of the panel; ``across``: of the points; ``rows``: the lines; ``style``:
        for Matplotlib.
        """
        panel = self.axes[number]
        names = [*self.actions.values()][number]
        for i in range(len(names)):
            colour, dashes = LINES[i % len(LINES)]
            shown = {"linewidth": 1.8, "zorder": 3, "clip_on": False, **style}
            panel.plot(across, rows[:, i], color=colour, linestyle=dashes, **shown)
        self.name_lines(number, rows[-1])

    def name_lines(self, number: int, ends: Sequence[float]) -> None:
        """Write the names of the lines to the right of where they end.

        Apart from one another. ``number``: of the panel; ``ends``: the height of each
        line's end.
        """
        panel = self.axes[number]
        names = [*self.actions.values()][number]
        width, height = (side / FONT for side in points(panel))
        gap = _LINE / height * 1.06
        order = sorted(range(len(names)), key=lambda i: (ends[i], -i))
        for i, y in zip(order, _apart([float(ends[i]) for i in order], gap), strict=True):
            colour = LINES[i % len(LINES)][0]
            ends_at = panel.transData.transform((panel.get_xlim()[1], float(ends[i])))
            start = panel.transAxes.inverted().transform(ends_at)[1]
            at = (y + 0.03) / 1.06
            line: dict[str, Any] = {
                "transform": panel.transAxes,
                "color": colour,
                "linewidth": 0.7,
                "clip_on": False,
            }
            panel.plot([1 + 0.5 / width, 1 + 1.6 / width], [start, at], **line)
            text = wrapped(names[i], _NAMES, 1)
            style: dict[str, Any] = {
                "transform": panel.transAxes,
                "fontsize": FONT,
                "color": colour,
                "va": "center_baseline",
            }
            plain(panel.text(1 + 1.9 / width, at, text, **style))


def _apart(values: Sequence[float], gap: float) -> list[float]:
    """Places near increasing values, at least a gap apart.

    Between 0 and 1 as far as there is room: those that touch are one stack, in the middle
    of what they belong to.
    """
    stacks: list[list[float]] = []
    for value in values:
        stacks.append([value])
        while (
            len(stacks) > 1
            and _foot(stacks[-1], gap)
            < _foot(stacks[-2], gap) + len(stacks[-2]) * gap - 1e-12
        ):
            stacks[-2:] = [stacks[-2] + stacks[-1]]
    return [_foot(stack, gap) + i * gap for stack in stacks for i in range(len(stack))]


def _foot(stack: Sequence[float], gap: float) -> float:
    """Where the lowest of a stack is."""
    high = (len(stack) - 1) * gap
    foot = sum(stack) / len(stack) - high / 2
    return min(max(foot, 0.0), max(1.0 - high, 0.0)) if high <= 1 else (1 - high) / 2
