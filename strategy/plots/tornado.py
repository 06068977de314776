"""A tornado: for each parameter the verdict at the ends of its range.

It also shows what each player then gets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import GAIN, INK, LOSS, MUTED, swatches
from strategy.plots.drawing.sheet import Sheet
from strategy.plots.drawing.text import amount, em_width, plain, points, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Tornado

__all__ = ["plot_tornado", "tornado_size"]

_FONT = 8.0
_ROW, _HALF = 1.9, 0.72  # all in font sizes from here on
_LABEL, _CELL, _GAP = 22.0, 4.0, 1.6
# the room of all panels together, and the least that one takes
_PANEL, _NARROWEST = 40.0, 11.0
_LINE = 1.5
_BLOCK = 0.7


@of_a_result
def plot_tornado(finding: Tornado, ax: Axes) -> Axes:
    """Draw a row a parameter into ``ax``: verdict and payoffs at both ends of its range.

    ``finding``: what ``tornado`` returns. There is a panel for each player, on a scale of
    the player's own. In a panel the upper bar of a row is the parameter's lowest value, the
    lower bar its highest. A bar leads from what the player gets at the values asked about
    (the line down the panel, a band if equilibria differ) to what the player gets then; a
    black line is a range from the least to the greatest over the equilibria.
    """
    layout = _lay_out(finding)
    ax.set_axis_off()
    width, height = points(ax)
    font = min(_FONT, width / layout.width, height / layout.height)
    ax.set_xlim(0, width / font)  # one unit is one font size
    ax.set_ylim(height / font, 0)
    _draw_rows(finding, layout, ax, font)
    for i, player in enumerate(finding.players):
        _draw_panel(
            finding, player, layout.panels + i * (layout.panel + _GAP), layout, ax, font
        )
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
    return ax


@of_a_result
def tornado_size(finding: Tornado) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    layout = _lay_out(finding)
    return layout.width * _FONT / 72 + 0.1, layout.height * _FONT / 72 + 0.1


@attrs.frozen
class _TornadoLayout:
    """Where the parts of the figure stand.

    ``left``: where the verdicts begin; ``panels``: where the first panel does. ``panel``:
    its width; ``top``, ``foot``: of the rows.
    """

    left: float
    panels: float
    panel: float
    top: float
    foot: float
    columns: int
    width: float
    height: float


def _lay_out(finding: Tornado) -> _TornadoLayout:
    left = (
        min(
            max(
                [em_width(finding.model.label(one.parameter)) for one in finding.bars],
                default=4.0,
            ),
            _LABEL,
        )
        + 0.8
    )
    panels = left + 2 * _CELL + _GAP
    count = len(finding.players)
    panel = max(_NARROWEST, min((_PANEL - _GAP * (count - 1)) / count, 28.0))
    width = max(panels + count * (panel + _GAP), 34.0)
    entries = _entries(finding)
    columns = max(
        1, min(int(width / (max(em_width(one.get_label()) for one in entries) + 4)), 4)
    )
    top = _LINE * -(-len(entries) // columns) + 4.6
    foot = top + _ROW * len(finding.bars)
    return _TornadoLayout(left, panels, panel, top, foot, columns, width, foot + 2.4)


def _entries(finding: Tornado) -> list[Any]:
    shown = {end.verdict for one in finding.bars for end in (one.at_low, one.at_high)}
    return [
        *swatches(shown, finding),
        Patch(
            facecolor=LOSS, edgecolor=INK, linewidth=0.6, label="payoff at the lowest value"
        ),
        Patch(
            facecolor=GAIN,
            edgecolor=INK,
            linewidth=0.6,
            label="payoff at the highest value",
        ),
        Line2D([], [], color=INK, linewidth=1.0, label="payoff at the starting values"),
    ]


def _draw_rows(finding: Tornado, layout: _TornadoLayout, ax: Axes, font: float) -> None:
    words: dict[str, Any] = {"fontsize": font, "color": INK, "va": "center"}
    sheet = Sheet(ax, font)
    for x, text in (
        (layout.left + _CELL / 2, "lowest"),
        (layout.left + 1.5 * _CELL, "highest"),
    ):
        ax.text(x, layout.top - 0.8, text, ha="center", **words)
    for i, one in enumerate(finding.bars):
        y = layout.top + (i + 0.5) * _ROW
        plain(
            ax.text(
                layout.left - 0.6,
                y,
                wrapped(finding.model.label(one.parameter), _LABEL, 1),
                ha="right",
                **words,
            )
        )
        for j, end in enumerate((one.at_low, one.at_high)):
            sheet.verdict(
                (layout.left + j * _CELL, y - _ROW / 2), (_CELL, _ROW), end.verdict
            )
        if i:
            rule = [layout.top + i * _ROW] * 2
            ax.plot(
                [layout.panels, layout.width - _GAP],
                rule,
                color="#dddddd",
                linewidth=0.5,
                zorder=0.4,
            )


def _draw_panel(
    finding: Tornado,
    player: str,
    left: float,
    layout: _TornadoLayout,
    ax: Axes,
    font: float,
) -> None:
    start = finding.start.payoffs.get(player)
    ends = [
        end.payoffs[player]
        for one in finding.bars
        for end in (one.at_low, one.at_high)
        if player in end.payoffs
    ]
    known = [
        float(value) for bounds in [*ends, *([start] if start else [])] for value in bounds
    ]
    words: dict[str, Any] = {"fontsize": font, "color": INK}
    plain(
        ax.text(
            left,
            layout.top - 2.6,
            wrapped(player, layout.panel, 1, bold=True),
            va="center",
            weight="bold",
            **words,
        )
    )
    if not known:
        ax.text(left, layout.top + _ROW / 2, "payoffs not known", va="center", **words)
        return
    low, high = min(known), max(known)
    scale = (layout.panel - 1.0) / ((high - low) or 1.0)

    def place(value: Any) -> float:
        return left + 0.5 + (float(value) - low) * scale

    if start is not None:
        a, b = place(start[0]), place(start[1])
        ax.add_patch(
            Rectangle(
                (a, layout.top),
                b - a,
                layout.foot - layout.top,
                facecolor="#e9e9e9",
                edgecolor="none",
                zorder=0.5,
            )
        )
        for x in {a, b}:
            ax.plot(
                [x, x], [layout.top - 0.3, layout.foot], color=INK, linewidth=1.0, zorder=3
            )
        shown = " to ".join(dict.fromkeys(amount(value) for value in start))
        ax.text(left, layout.top - 1.1, shown, va="center", **words)
    for i, one in enumerate(finding.bars):
        for end, colour, side in ((one.at_low, LOSS, -1), (one.at_high, GAIN, 1)):
            y = layout.top + (i + 0.5) * _ROW + side * _HALF / 2
            _draw_half(start, end.payoffs.get(player), y, colour, place, ax)
    edges = [(low, "left", left)] + (
        [(high, "right", left + layout.panel)] if high > low else []
    )
    for value, align, x in edges:
        ax.text(
            x,
            layout.foot + 0.9,
            amount(value),
            ha=align,
            va="center",
            fontsize=font,
            color=INK,
        )


def _draw_half(start: Any, end: Any, y: float, colour: str, place: Any, ax: Axes) -> None:
    """From what the player gets at the start to what it gets at an end of the range.

    The nearest of each.
    """
    if end is None or start is None:
        if end is None:
            ax.plot(
                [place(start[0]) if start else place(0)],
                [y],
                marker="x",
                markersize=4,
                color=MUTED,
                zorder=4,
            )
        return
    (a, b) = (place(start[0]), place(start[1]))
    (c, d) = (place(end[0]), place(end[1]))
    if (a, b) == (c, d):
        return
    foot, top = y - _HALF / 2, y + _HALF / 2
    if c > b or d < a:
        near, far = (b, c) if c > b else (a, d)
        bar = Rectangle(
            (min(near, far), foot),
            abs(far - near),
            top - foot,
            linewidth=0.5,
            edgecolor=INK,
            zorder=2,
        )
        bar.set_facecolor(colour)
        ax.add_patch(bar)
    elif c == d:  # one payoff, within the band: a block on its place
        block = Rectangle(
            (c - _BLOCK / 2, foot),
            _BLOCK,
            top - foot,
            linewidth=0.5,
            edgecolor=INK,
            zorder=3.5,
        )
        block.set_facecolor(colour)
        ax.add_patch(block)
    if c < d:
        ax.add_patch(
            Rectangle(
                (c, foot),
                d - c,
                top - foot,
                facecolor=colour,
                edgecolor="none",
                alpha=0.5,
                zorder=1.8,
            )
        )
        ax.plot([c, d], [y, y], color=INK, linewidth=1.8, zorder=4, solid_capstyle="butt")
