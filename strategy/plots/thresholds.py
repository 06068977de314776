"""Threshold strips: one assumption a strip, coloured by verdict along its range, with the baseline and the points of change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from strategy.plots._palette import BASELINE, INK, look, swatches
from strategy.plots._text import amount, em_width, plain, points

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Thresholds

__all__ = ["plot_thresholds", "strips_size"]

_FONT = 8.0
_HEIGHT = 0.42


def plot_thresholds(thresholds: Sequence[Thresholds], ax: Axes) -> Axes:
    """Draw one strip a result into ``ax``, in the order given, each over its own range; numbers stand under the points of change.

    Where numbers would touch, later ones are left out (the line of the point stays).
    """
    results = list(thresholds)
    ax.set_xlim(-0.002, 1.002)  # so that the outer lines are whole
    ax.set_ylim(len(results) - 0.35, -0.6)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_xticks([])
    ax.set_yticks(range(len(results)))
    ax.tick_params(length=0)
    ax.yaxis.set_ticklabels([_label(one) for one in results], fontsize=_FONT)
    for text in ax.get_yticklabels():
        plain(text)
    room = points(ax)[0] / _FONT
    for row, one in enumerate(results):
        _draw_strip(one, row, ax, room)
    _add_legend(results, ax)
    return ax


def strips_size(thresholds: Sequence[Thresholds]) -> tuple[float, float]:
    """A size in inches at which so many strips can be read."""
    return 8.5, 0.46 * len(thresholds) + 1.3


def _label(one: Thresholds) -> str:
    unit = one.model.parameters[one.parameter].unit
    return f"{one.parameter} ({unit})" if unit else one.parameter


def _draw_strip(one: Thresholds, row: int, ax: Axes, room: float) -> None:
    low, high = float(one.low), float(one.high)

    def place(value: Any) -> float:
        return (float(value) - low) / (high - low) if high > low else 0.5

    edges = [0.0, *[place(point) for point in one.points], 1.0]
    for left, right, verdict in zip(edges, edges[1:], one.pieces, strict=False):
        _bar(ax, left, right - left, row, verdict)
    for point, verdict, before, after in zip(one.points, one.at_points, one.pieces, one.pieces[1:], strict=False):
        colour, width = (INK, 1.4) if verdict in (before, after) else (look(verdict).line, 2.4)
        ax.plot([place(point)] * 2, [row - _HEIGHT / 2, row + _HEIGHT / 2], color=colour, linewidth=width)
    ax.plot([place(one.baseline)], [row], zorder=5, clip_on=False, **BASELINE)
    _write_numbers(one, row, ax, room, place)


def _bar(ax: Axes, left: float, width: float, row: int, verdict: Any) -> None:
    style = look(verdict)
    corner = (left, row - _HEIGHT / 2)
    fill, hatch, frame = {"facecolor": style.fill}, {"edgecolor": style.line, "hatch": style.hatch}, {"edgecolor": INK}
    for order, line, part in ((0.5, 0.0, fill), (0.6, 0.0, hatch), (0.7, 0.5, frame)):
        shown: dict[str, Any] = {"facecolor": "none", "edgecolor": "none", **part}
        ax.add_patch(Rectangle(corner, width, _HEIGHT, linewidth=line, zorder=order, **shown))


def _write_numbers(one: Thresholds, row: int, ax: Axes, room: float, place: Any) -> None:
    """The ends of the range first, then the points of change from the left, as long as they do not touch."""
    taken: list[tuple[float, float]] = []
    for value, align in ((one.low, "left"), (one.high, "right"), *[(point, "center") for point in one.points]):
        text = amount(value)
        width, middle = em_width(text) / room, place(value)
        left = {"left": middle, "right": middle - width, "center": middle - width / 2}[align]
        left = min(max(left, 0.0), 1.0 - width)
        if all(left + width + 0.8 / room < a or left > b + 0.8 / room for a, b in taken):
            taken.append((left, left + width))
            ax.text(left, row + _HEIGHT / 2 + 0.09, text, fontsize=_FONT, va="top", ha="left", color=INK)


def _add_legend(results: list[Thresholds], ax: Axes) -> None:
    handles: list[Any] = swatches({verdict for one in results for verdict in (*one.pieces, *one.at_points)})
    handles.append(Line2D([], [], label="baseline", **BASELINE))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, fontsize=_FONT, ncols=2, borderaxespad=0.1)
