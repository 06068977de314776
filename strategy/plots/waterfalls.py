"""A waterfall: a payoff, or what a deviation gains, put together step by step.

It is put together from the claims that pay and cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon
from matplotlib.ticker import MaxNLocator

from strategy.errors import GameError, RefusalError
from strategy.names import name, unknown
from strategy.plots.drawing.given import require_axes
from strategy.plots.drawing.palette import GAIN, INK, LOSS, MUTED, TOTAL
from strategy.plots.drawing.text import amount, em_width, gain, plain, points, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.assumptions.explanation import Explanation

__all__ = ["claim_steps", "plot_waterfall", "waterfall_size"]

_FONT = 8.5
_HEIGHT = 0.56
_LABEL = 24.0  # font sizes that a label may be wide


def plot_waterfall(
    steps: Sequence[tuple[str, Any]],
    ax: Axes,
    *,
    title: str = "",
    unit: str = "points",
    total: str = "total",
) -> Axes:
    """Draw how amounts add up into ``ax``: one bar a step, and their sum at the foot.

    ``steps`` are (label, amount), as ``claim_steps`` gives them for one player; each bar
    stands where the last one ended. Bars point to the right for what pays and to the left
    for what costs, and each has its amount with its sign, in ``unit``. ``title`` stands
    above, ``total`` beside the sum.
    """
    bars = _bars(steps, total)
    require_axes("plot_waterfall", ax)
    widest = min(_LABEL, 0.4 * points(ax)[0] / _FONT)
    ax.set_ylim(len(bars) - 0.4, -0.6)
    ax.set_yticks(
        range(len(bars)), [wrapped(bar.label, widest) for bar in bars], fontsize=_FONT
    )
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=_FONT)
    for text in ax.get_yticklabels():
        plain(text)
    ax.get_yticklabels()[-1].set_fontweight("bold")
    for side in ("left", "right", "top"):
        ax.spines[side].set_visible(False)
    room = points(ax)[0]
    plain(ax.set_xlabel(wrapped(unit, 0.9 * room / _FONT), fontsize=_FONT))
    if title:
        plain(ax.set_title(wrapped(title, room / 10, 3), fontsize=10, loc="left"))
    em = _set_scale(bars, ax)
    ax.axvline(0, color=INK, linewidth=0.9, zorder=1)
    links = [
        [(bar.end, row + _HEIGHT / 2), (bar.end, row + 1 - _HEIGHT / 2)]
        for row, bar in enumerate(bars[:-1])
    ]
    ax.add_collection(LineCollection(links, color=MUTED, linewidth=0.9, zorder=1))
    for row, bar in enumerate(bars):
        _draw(bar, row, ax, em)
    return ax


def waterfall_size(steps: Sequence[tuple[str, Any]]) -> tuple[float, float]:
    """A size in inches at which so many steps can be read."""
    return 7.5, 0.36 * (len(steps) + 1) + 1.0


def claim_steps(explanation: Explanation, player: str) -> list[tuple[str, Fraction]]:
    """One player's part of an explanation, claim by claim.

    Terms of one claim together, those of no claim each on its own.

    Raises GameError on a player whom the explanation does not have.
    """
    player = name(player, "player")
    if player not in explanation.totals:
        raise GameError(unknown(player, explanation.totals, "player"))
    groups: dict[tuple[str, str], list[Any]] = {}
    for row in explanation.of(player):
        groups.setdefault((row.claim_label, "" if row.claim else row.term), []).append(row)
    return [
        (
            f"{claim}: {'; '.join(row.term for row in rows)}" if claim else alone,
            sum((row.value for row in rows), Fraction(0)),
        )
        for (claim, alone), rows in groups.items()
    ]


@attrs.frozen
class _WaterfallBar:
    label: str
    start: float
    end: float
    shown: str
    colour: str

    @property
    def leftwards(self) -> bool:
        return self.end < self.start


def _bars(steps: Sequence[tuple[str, Any]], total: str) -> list[_WaterfallBar]:
    if not isinstance(steps, (list, tuple)) or not all(
        isinstance(one, tuple) and len(one) == 2 for one in steps
    ):
        raise RefusalError(
            "plot_waterfall draws pairs of a label and an amount, and was given a "
            f"{type(steps).__name__}: give claim_steps(...)"
        )
    bars, reached = [], Fraction(0)
    for label, value in steps:
        colour = GAIN if value > 0 else LOSS
        bars.append(
            _WaterfallBar(
                label, float(reached), float(reached + value), gain(value), colour
            )
        )
        reached += value
    return [*bars, _WaterfallBar(total, 0.0, float(reached), "= " + amount(reached), TOTAL)]


def _set_scale(bars: list[_WaterfallBar], ax: Axes) -> float:
    """Limits that leave room for the amounts beyond the tips.

    Returns the width of a font size in units of the axis.
    """
    ems = points(ax)[0] / _FONT
    ends = [0.0, *[bar.end for bar in bars]]
    low, high = min(ends), max(ends)
    high += low == high
    before, beyond = (
        max(
            [em_width(bar.shown, bold=True) for bar in bars if bar.leftwards is side],
            default=-0.6,
        )
        + 1.2
        for side in (True, False)
    )
    em = (high - low) / max(ems - before - beyond, 4.0)
    ax.set_xlim(low - before * em, high + beyond * em)
    ax.xaxis.set_major_locator(
        MaxNLocator(nbins=max(min(int(ems / 7), 8), 1), steps=[1, 2, 5, 10])
    )
    ax.xaxis.set_major_formatter(lambda value, _: amount(value))
    return em


def _draw(bar: _WaterfallBar, row: int, ax: Axes, em: float) -> None:
    """A bar with a pointed end and its amount beyond the tip.

    The total's is flat: it is reached, and does not move.
    """
    top = row - _HEIGHT / 2
    foot = row + _HEIGHT / 2
    back = -1 if bar.leftwards else 1
    neck = (
        bar.end
        if bar.colour == TOTAL
        else bar.end - back * min(0.55 * em, abs(bar.end - bar.start))
    )
    corners = [
        (bar.start, top),
        (neck, top),
        (bar.end, row),
        (neck, foot),
        (bar.start, foot),
    ]
    ax.add_patch(
        Polygon(corners, facecolor=bar.colour, edgecolor=INK, linewidth=0.6, zorder=2)
    )
    style: dict[str, Any] = {
        "fontsize": _FONT,
        "va": "center",
        "ha": "right" if bar.leftwards else "left",
        "zorder": 3,
    }
    # over the line at zero
    box = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
    ax.text(
        bar.end + back * 0.5 * em,
        row,
        bar.shown,
        weight="bold",
        color=INK,
        bbox=box,
        **style,
    )
