"""Claims negated: a matrix of the verdict with each claim, and each two of them, wrong.

Beside it stands what each claim carries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.patches import Patch, Rectangle

from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import GAIN, INK, LOSS, MUTED, swatches
from strategy.plots.drawing.sheet import Sheet, label_width
from strategy.plots.drawing.text import em_width, plain, points, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Ablation

__all__ = ["ablation_size", "plot_ablation"]

_FONT = 8.5
_ROW = 2.1  # all in font sizes from here on
_WIDEST_ROW, _WIDEST_COLUMN, _CELL = 26.0, 12.0, 4.2
_BARS, _VALUE, _GAP = 15.0, 4.5, 2.0
_LINE = 1.5
# the whole width of the bars stands for no less of the box, so that next to nothing looks
# like it
_LEAST = 0.02


@of_a_result
def plot_ablation(finding: Ablation, ax: Axes) -> Axes:
    """Draw the matrix of claims against claims into ``ax``.

    Each cell is the verdict with the two wrong, on the diagonal with one alone.
    ``finding``: what ``ablation`` returns. What is framed twice are the smallest sets that
    change the verdict. Where the claims have shares of the range box, a bar for each stands
    on the right, with a line over its 95 % interval.
    """
    layout = _lay_out(finding)
    ax.set_axis_off()
    width, height = points(ax)
    font = min(_FONT, width / layout.width, height / layout.height)
    ax.set_xlim(0, width / font)  # one unit is one font size
    ax.set_ylim(height / font, 0)
    _draw_matrix(finding, layout, ax, font)
    if finding.shares is not None:
        _draw_bars(finding, layout, ax, font)
    _draw_legend(finding, layout, ax, font)
    return ax


@of_a_result
def ablation_size(finding: Ablation) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    layout = _lay_out(finding)
    return layout.width * _FONT / 72 + 0.1, layout.height * _FONT / 72 + 0.1


@attrs.frozen
class _AblationLayout:
    """Where the parts of the figure stand.

    ``left``, ``top``: where the cells begin; ``cell``: the width of one. ``bars``: where
    the bars begin.
    """

    left: float
    top: float
    cell: float
    bars: float
    columns: int
    width: float
    height: float


def _lay_out(finding: Ablation) -> _AblationLayout:
    labels, heads = finding.headings
    left = label_width(labels, _WIDEST_ROW, bold=True) + 1.0
    cell = max(_CELL, label_width(heads, _WIDEST_COLUMN, bold=True) + 1.0)
    bars = left + cell * len(labels) + _GAP
    width = bars + (_BARS + 2 * _VALUE if finding.shares is not None else 0)
    width = max(width, 26.0)
    entries = _entries(finding)
    widest = max(em_width(one.get_label()) for one in entries) + 4
    columns = max(1, min(int(width / widest), 3))
    top = (
        _LINE * (-(-len(entries) // columns))
        + 3.4
        + (_LINE if finding.shares is not None else 0)
    )
    height = top + _ROW * len(labels) + (2.6 if finding.shares is not None else 0.6)
    return _AblationLayout(left, top, cell, bars, columns, width, height)


def _entries(finding: Ablation) -> list[Any]:
    shown = {
        one.verdict for one in (*finding.singles, *finding.pairs) if not one.differs_on
    }
    entries: list[Any] = list(swatches(shown, finding))
    if finding.flipping_claims or finding.flipping_pairs:
        entries.append(
            Patch(
                facecolor="none",
                edgecolor=INK,
                linewidth=2.2,
                label="changes the verdict, and no part of it does",
            )
        )
    if any(one.differs_on for one in finding.pairs):
        entries.append(
            Patch(
                facecolor="white", edgecolor=MUTED, linewidth=0.5, label="contradictory (–)"
            )
        )
    return entries


def _draw_legend(finding: Ablation, layout: _AblationLayout, ax: Axes, font: float) -> None:
    style: dict[str, Any] = {
        "frameon": False,
        "fontsize": font,
        "ncols": layout.columns,
        "borderaxespad": 0.0,
        "borderpad": 0.0,
    }
    ax.legend(
        handles=_entries(finding),
        loc="upper left",
        bbox_to_anchor=(0, 1),
        labelspacing=0.35,
        **style,
    )


def _draw_matrix(finding: Ablation, layout: _AblationLayout, ax: Axes, font: float) -> None:
    labels = [*finding.wrong]
    rows = [wrapped(one, _WIDEST_ROW, 1, bold=True) for one in finding.headings[0]]
    columns = [wrapped(one, _WIDEST_COLUMN, 1, bold=True) for one in finding.headings[1]]
    cells = {one.claims: one for one in (*finding.singles, *finding.pairs)}
    smallest = {(one,) for one in finding.flipping_claims} | set(finding.flipping_pairs)
    name: dict[str, Any] = {"fontsize": font, "weight": "bold", "color": INK}
    frames = []
    for i, a in enumerate(labels):
        y, x = layout.top + i * _ROW, layout.left + i * layout.cell
        plain(
            ax.text(
                layout.left - 0.5, y + _ROW / 2, rows[i], ha="right", va="center", **name
            )
        )
        plain(
            ax.text(
                x + layout.cell / 2,
                layout.top - 0.5,
                columns[i],
                ha="center",
                va="bottom",
                **name,
            )
        )
        for j, b in enumerate(labels):
            one = cells[(a,) if i == j else (a, b) if i < j else (b, a)]
            corner = (layout.left + j * layout.cell, y)
            _draw_cell(one, corner, layout, ax, font)
            if one.claims in smallest:
                frames.append(corner)
    for corner in frames:
        inner = (corner[0] + 0.14, corner[1] + 0.14)
        size = (layout.cell - 0.28, _ROW - 0.28)
        ax.add_patch(
            Rectangle(
                inner, *size, facecolor="none", edgecolor=INK, linewidth=2.2, zorder=4
            )
        )


def _draw_cell(
    one: Any, corner: tuple[float, float], layout: _AblationLayout, ax: Axes, font: float
) -> None:
    size = (layout.cell, _ROW)
    middle = (corner[0] + layout.cell / 2, corner[1] + _ROW / 2)
    if one.differs_on:
        ax.add_patch(
            Rectangle(
                corner, *size, facecolor="white", edgecolor=MUTED, linewidth=0.5, zorder=1
            )
        )
        ax.text(*middle, "–", fontsize=font, ha="center", va="center", color=INK)
        return
    Sheet(ax, font).verdict(corner, size, one.verdict)


def _draw_bars(finding: Ablation, layout: _AblationLayout, ax: Axes, font: float) -> None:
    """Bars from a common zero, values beyond their ends.

    The scale is the same for all, in percent of the range box.
    """
    got = finding.shares
    assert got is not None
    shares = [got.estimates[one] for one in finding.wrong]
    low = min(0.0, *[one.low for one in shares])
    high = max(0.0, *[one.high for one in shares])
    scale = _BARS / max(high - low, _LEAST)
    zero = layout.bars + (_VALUE if low < 0 else 0.5) - low * scale
    foot = layout.top + _ROW * len(shares)
    title = wrapped(
        "share of the range box that each claim carries, with its 95 % interval",
        _BARS + 2 * _VALUE - 1,
    )
    plain(
        ax.text(
            layout.bars,
            layout.top - 0.5,
            title,
            fontsize=font,
            va="bottom",
            color=INK,
            linespacing=1.15,
        )
    )
    ax.plot([zero, zero], [layout.top, foot + 0.3], color=INK, linewidth=0.9)
    for i, one in enumerate(shares):
        share = one.value
        y = layout.top + (i + 0.5) * _ROW
        bar = Rectangle(
            (zero + min(share, 0) * scale, y - 0.55), abs(share) * scale, 1.1, zorder=2
        )
        bar.set(facecolor=GAIN if share >= 0 else LOSS, edgecolor=INK, linewidth=0.6)
        ax.add_patch(bar)
        ends = [zero + one.low * scale, zero + one.high * scale]
        ax.plot(ends, [y, y], color=INK, linewidth=1.4, zorder=3, solid_capstyle="butt")
        beyond = max(zero, ends[1]) + 0.4 if share >= 0 else min(zero, ends[0]) - 0.4
        value = one.percent_alone(signed=True).replace("-", "\N{MINUS SIGN}")
        ax.text(
            beyond,
            y,
            value,
            fontsize=font,
            va="center",
            ha="left" if share >= 0 else "right",
            color=INK,
        )
    ax.text(zero, foot + 0.5, "0", fontsize=font, ha="center", va="top", color=INK)
