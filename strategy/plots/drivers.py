"""Drivers: how often each verdict comes about, and what an indicator hangs on.

Parameter by parameter, with intervals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import GAIN, INK, LOSS, swatches
from strategy.plots.drawing.sheet import verdict_box
from strategy.plots.drawing.surround import surround
from strategy.plots.drawing.text import em_width, plain, points, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity.analyses.drivers_finding import Drivers, Influence

__all__ = ["drivers_size", "plot_drivers"]

_FONT = 8.5
_MOST = 8
_LABEL = 20.0  # font sizes that the words beside a bar may be wide
_LINE = 40.0  # font sizes that a line under the bars is wide, at least
_THIN = 0.34
_WIDTH = 7.2


@attrs.frozen
class _DriverRow:
    """One line of the figure.

    Words across it, or a label with bars, each (from, to, colour, the ends of its line).
    """

    label: str = ""
    words: str = ""
    bars: tuple[tuple[float, str, float, float], ...] = ()


@of_a_result
def plot_drivers(finding: Drivers, ax: Axes) -> Axes:
    """Draw the shares of the verdicts into ``ax``, and what drives each indicator.

    ``finding``: what ``drivers`` returns. Each indicator has its total and first Sobol
    indices with their 95 % intervals, the eight greatest totals first; for correlated
    parameters PAWN, the median with its interval.
    """
    rows = list(_rows(finding))
    ax.set_xlim(0, 1)
    ax.set_ylim(len(rows) + 0.6, -0.6)
    for side in ("top", "left", "right"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", length=0, pad=5)
    ax.set_yticks([0, *[i + 1 for i, row in enumerate(rows) if row.label]])
    labels = ["all samples", *[wrapped(row.label, _LABEL, 1) for row in rows if row.label]]
    ax.yaxis.set_ticklabels(labels, fontsize=_FONT)
    for text in ax.get_yticklabels():
        plain(text)
    ax.set_xticks(
        [0, 0.2, 0.4, 0.6, 0.8, 1.0], ["0", "0.2", "0.4", "0.6", "0.8", "1"], fontsize=_FONT
    )
    _verdicts(finding, ax)
    room = points(ax)[0] / _FONT
    for y, row in enumerate(rows, 1):
        if row.words:
            words = wrapped(row.words, room, 2, bold=True)
            plain(
                ax.text(
                    0,
                    y + 0.3,
                    words,
                    fontsize=_FONT,
                    weight="bold",
                    va="bottom",
                    linespacing=1.15,
                )
            ).set_in_layout(False)
        _bars(row, y, ax)
    for one in finding.shown:
        noise = [row.median for row in one.pawn if row.parameter == _dummy()]
        for x in noise:
            top = next(
                y for y, row in enumerate(rows, 1) if row.words == _title(one, finding)
            )
            ax.plot(
                [x, x],
                [top + 0.4, top + 0.6 + min(_MOST, len(one.pawn) - 1)],
                color=INK,
                linewidth=0.9,
                linestyle=(0, (3, 2)),
            )
    surround(ax, (_label(finding), ""), _handles(finding), _FONT)
    return ax


@of_a_result
def drivers_size(finding: Drivers) -> tuple[float, float]:
    """A size in inches at which the bars of ``finding`` can be read."""
    texts = [_label(finding), *[str(one.get_label()) for one in _handles(finding)]]
    lines = sum(1 + int(em_width(text) // _LINE) for text in texts)
    return _WIDTH, 0.3 * len(list(_rows(finding))) + 0.17 * lines + 1.2


def _dummy() -> str:
    from strategy.sensitivity.samples.indices import DUMMY

    return DUMMY


def _title(one: Influence, finding: Drivers) -> str:
    state = "insensitive" if one.insensitive else "not shown" if one.reason else ""
    return (
        f"That it comes about {one.words(finding.concept)}{f': {state}' if state else ''}"
    )


def _rows(finding: Drivers) -> Iterator[_DriverRow]:
    for one in finding.shown:
        yield _DriverRow(words=_title(one, finding))
        for index in one.ranked()[:_MOST]:
            pairs = ((index.total, GAIN), (index.first, LOSS))
            yield _DriverRow(
                finding.model.label(index.parameter),
                bars=tuple(
                    [(each.value, colour, each.low, each.high) for each, colour in pairs]
                ),
            )
        rows = sorted(
            [row for row in one.pawn if row.parameter != _dummy()],
            key=lambda row: -row.median,
        )
        for row in rows[:_MOST]:
            yield _DriverRow(
                finding.model.label(row.parameter),
                bars=((row.median, GAIN, row.moved.low, row.moved.high),),
            )


def _verdicts(finding: Drivers, ax: Axes) -> None:
    left = 0.0
    for verdict, count in finding.counts.items():
        width = count / finding.samples
        verdict_box(ax, (left, -0.34), (width, 0.68), verdict)
        text = finding.frequency(verdict).percent()
        if em_width(text) + 1 < width * points(ax)[0] / _FONT:
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
            ax.text(
                left + width / 2,
                0,
                text,
                fontsize=_FONT,
                ha="center",
                va="center",
                bbox=box,
            )
        left += width


def _bars(row: _DriverRow, y: int, ax: Axes) -> None:
    for i, (value, colour, low, high) in enumerate(row.bars):
        middle = y + (i - (len(row.bars) - 1) / 2) * _THIN
        ax.add_patch(
            Rectangle(
                (0, middle - _THIN / 2),
                value,
                _THIN,
                facecolor=colour,
                edgecolor=INK,
                linewidth=0.4,
            )
        )
        if high > low:
            ax.plot(
                [low, high],
                [middle, middle],
                color=INK,
                linewidth=1.0,
                zorder=3,
                solid_capstyle="butt",
            )
            ax.plot(
                [low, high],
                [middle, middle],
                color=INK,
                linestyle="none",
                marker="|",
                markersize=4,
                zorder=3,
            )
    if row.bars:
        ax.axhline(y + 0.5, color="#e4e4e4", linewidth=0.5, zorder=0)


def _label(finding: Drivers) -> str:
    if any(one.pawn for one in finding.shown):
        return "share of all samples; below: how far that share moves"
    if any(one.indices for one in finding.shown):
        return "share of all samples; below: share of the variance"
    return "share of all samples"


def _handles(finding: Drivers) -> list[Any]:
    handles: list[Any] = swatches(
        {verdict for verdict, count in finding.counts.items() if count}, finding
    )
    frame: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.4}
    line: dict[str, Any] = {"color": INK, "linewidth": 1.0}
    if any(one.indices for one in finding.shown):
        handles.append(
            Patch(
                facecolor=GAIN, label="total index: alone and together with others", **frame
            )
        )
        handles.append(Patch(facecolor=LOSS, label="first index: alone", **frame))
        handles.append(
            Line2D([], [], marker="|", markersize=4, label="95 % interval", **line)
        )
    if any(one.pawn for one in finding.shown):
        handles.append(
            Patch(
                facecolor=GAIN,
                label="PAWN: the median over tenths of the parameter's values",
                **frame,
            )
        )
        handles.append(
            Line2D([], [], marker="|", markersize=4, label="95 % interval", **line)
        )
        handles.append(
            Line2D(
                [],
                [],
                color=INK,
                linewidth=0.9,
                linestyle=(0, (3, 2)),
                label="the median that chance alone gives",
            )
        )
    return handles
