"""Threshold strips: one assumption a strip, coloured by verdict along its range.

Each strip shows the baseline and the points of change.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D

from strategy.completeness import no_equilibrium
from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import BASELINE, INK, dot, look, swatches
from strategy.plots.drawing.sheet import verdict_box
from strategy.plots.drawing.text import amount, em_width, plain, points, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Thresholds

__all__ = ["plot_thresholds", "strips_size", "thresholds_size"]

_FONT = 8.0
_HEIGHT = 0.42
_ALONE = {"o": "", "X": "{none} ", "s": "not settled "}
_LABEL = 30.0  # font sizes that the words beside a strip may be wide


@of_a_result
def plot_thresholds(thresholds: Sequence[Thresholds], ax: Axes) -> Axes:
    """Draw one strip a result into ``ax``, in the order given, each over its own range.

    ``thresholds``: what ``thresholds`` returns, for one parameter or several. Numbers stand
    under the points of change. Beside a strip stand its parameter, the value assumed and
    the unit. A point at which alone the verdict is another has a dot of that verdict; so
    has each value tried where the verdict is known at such values alone. Where numbers
    would touch, later ones are left out (the line of the point stays); what the ends of the
    range stand for is said where it costs no number its place.
    """
    results = list(thresholds)
    ends = [one.model.parameters[one.parameter].ends for one in results]
    words = [_words(one) for one in results]
    return draw_strips(results, words, ax, results[0], ends=ends)


def draw_strips(
    strips: Sequence[Any],
    words: Sequence[tuple[str, str, str]],
    ax: Axes,
    of: Any,
    star: str = "baseline",
    ends: Sequence[tuple[str, str] | None] = (),
) -> Axes:
    """Draw strips with these words beside them (name, value, unit).

    A strip has ``low``, ``high``, ``baseline``, ``points``, ``pieces``, ``at_points``,
    ``at_ends`` and ``sampled``, as Thresholds do; ``star`` says what its star means; ``of``
    is a result with the model and the concept. ``ends``: words for the two ends of each
    strip, if there are any. ``ax``: the Axes.
    """
    widest = min(_LABEL, 0.38 * points(ax)[0] / _FONT)
    ax.set_xlim(-0.002, 1.002)  # so that the outer lines are whole
    ax.set_ylim(len(strips) - 0.35, -0.6)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_xticks([])
    ax.set_yticks(range(len(strips)))
    ax.tick_params(length=0, pad=11)
    ax.yaxis.set_ticklabels([_label(*one, widest) for one in words], fontsize=_FONT)
    for text in ax.get_yticklabels():
        plain(text)
    room = points(ax)[0] / _FONT
    for row, (one, said) in enumerate(itertools.zip_longest(strips, ends)):
        _draw_strip(one, row, ax, room, said)
    _add_legend(strips, ax, of, star)
    return ax


@of_a_result
def thresholds_size(thresholds: Sequence[Thresholds]) -> tuple[float, float]:
    """A size in inches at which the strips of ``thresholds`` can be read."""
    return 8.5, 0.46 * len(list(thresholds)) + 1.3


strips_size = thresholds_size


def _words(one: Thresholds) -> tuple[str, str, str]:
    return (
        one.model.label(one.parameter),
        f" = {amount(one.baseline)}",
        one.model.parameters[one.parameter].unit,
    )


def _label(label: str, value: str, unit: str, widest: float) -> str:
    """The name, its value and its unit; the value is whole however long the names are."""
    if unit and em_width(both := f"{label}{value} {unit}") > widest:
        return (
            f"{wrapped(label, widest - em_width(value), 1)}{value}\n"
            f"{wrapped(unit, widest, 1)}"
        )
    return (
        both
        if unit
        else wrapped(label, widest - em_width(value), 1 if value else 2) + value
    )


def _draw_strip(
    one: Any, row: int, ax: Axes, room: float, ends: tuple[str, str] | None
) -> None:
    low, high = float(one.low), float(one.high)

    def place(value: Any) -> float:
        return (float(value) - low) / (high - low) if high > low else 0.5

    edges = [0.0, *[place(point) for point in one.points], 1.0]
    for left, right, verdict in zip(edges, edges[1:], one.pieces, strict=False):
        verdict_box(
            ax, (left, row - _HEIGHT / 2), (right - left, _HEIGHT), verdict, zorder=0.5
        )
    _mark_points(one, row, ax, place)
    ax.plot([place(one.baseline)], [row], zorder=5, clip_on=False, **BASELINE)
    shown = _numbers(one, ("", ""), room, place)
    if ends is not None:
        said = _numbers(one, [f" ({word})" for word in ends], room, place)
        shown = said if len(said) == len(shown) else shown
    for left, text in shown:
        y = row + _HEIGHT / 2 + 0.09
        plain(ax.text(left, y, text, fontsize=_FONT, va="top", ha="left", color=INK))


def _mark_points(one: Any, row: int, ax: Axes, place: Any) -> None:
    """A line at each point of change, and dots.

    A dot where a point (or an end of the range, or a value tried) has a verdict that no
    side of it has.
    """
    top, foot = row - _HEIGHT / 2, row + _HEIGHT / 2
    places = [0.0, *map(place, one.points), 1.0]
    verdicts = [one.at_ends[0], *one.at_points, one.at_ends[1]]
    beside = zip([one.pieces[0], *one.pieces], [*one.pieces, one.pieces[-1]], strict=True)
    for i, (x, verdict, sides) in enumerate(zip(places, verdicts, beside, strict=True)):
        if 0 < i < len(places) - 1:
            ax.plot([x, x], [top, foot], color=INK, linewidth=1.4)
        if verdict not in sides:
            _mark(x, top, verdict, ax)
    for value, verdict in one.sampled:
        _mark(place(value), top, verdict, ax)


def _mark(x: float, top: float, verdict: Any, ax: Axes) -> None:
    style = look(verdict)
    mark: dict[str, Any] = {
        "marker": dot(verdict),
        "markersize": 7,
        "color": style.fill,
        "markeredgecolor": style.line,
    }
    ax.plot([x], [top], markeredgewidth=1.4, zorder=4, clip_on=False, **mark)


def _numbers(
    one: Any, said: Sequence[str], room: float, place: Any
) -> list[tuple[float, str]]:
    """Where each number begins: the ends of the range, then points of change from the left.

    As long as they do not touch. ``said`` follows the two ends.
    """
    taken: list[tuple[float, float]] = []
    found: list[tuple[float, str]] = []
    ends = (
        ((one.low, said[0], "left"), (one.high, said[1], "right"))
        if one.low < one.high
        else ((one.low, "", "center"),)
    )
    for value, word, align in (*ends, *[(point, "", "center") for point in one.points]):
        text = amount(value) + word
        width, middle = em_width(text) / room, place(value)
        left = {"left": middle, "right": middle - width, "center": middle - width / 2}[
            align
        ]
        left = min(max(left, 0.0), 1.0 - width)
        if all(left + width + 0.8 / room < a or left > b + 0.8 / room for a, b in taken):
            taken.append((left, left + width))
            found.append((left, text))
    return found


def _add_legend(results: Sequence[Any], ax: Axes, of: Any, star: str) -> None:
    """Above the strips, in two columns where they fit."""
    verdicts = {
        verdict
        for one in results
        for verdict in (*one.pieces, *one.at_points, *one.at_ends)
    }
    handles: list[Any] = swatches(
        verdicts | {verdict for one in results for _, verdict in one.sampled}, of
    )
    handles.append(Line2D([], [], label=star, **BASELINE))
    none = no_equilibrium(of.concept)
    markers = {line.get_marker() for line in ax.lines}
    for marker, words in _ALONE.items():
        if marker in markers:
            shown: dict[str, Any] = {
                "marker": marker,
                "markersize": 7,
                "color": "white",
                "markeredgecolor": INK,
            }
            handles.append(
                Line2D(
                    [],
                    [],
                    linestyle="none",
                    label=f"{words.format(none=none)}at that very value",
                    **shown,
                )
            )
    room = points(ax)[0] / _FONT
    columns = (
        2 if 2 * (max(em_width(handle.get_label()) for handle in handles) + 5) < room else 1
    )
    for handle in handles:
        handle.set_label(wrapped(handle.get_label(), room / columns - 4))
    style: dict[str, Any] = {
        "frameon": False,
        "fontsize": _FONT,
        "ncols": columns,
        "borderaxespad": 0.1,
    }
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), **style)
