"""What knowing an assumption is worth.

A row for each who may know it, a panel a player with what it then expects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.patches import Patch, Rectangle

from strategy.completeness import no_equilibrium
from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import INK, MUTED, swatches
from strategy.plots.drawing.sheet import Key, Sheet, inches, label_width
from strategy.plots.drawing.spans import Scale, compared, draw_band, draw_span, keys
from strategy.plots.drawing.text import amount, comes_about, shortened, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Information, Knowing

__all__ = ["information_size", "plot_information"]

_ROW, _HEAD, _TICKS = 2.0, 3.0, 2.0  # all in font sizes
_LABEL, _CELL, _GAP = 18.0, 4.2, 1.6
_PANELS, _NARROWEST, _WIDEST = 60.0, 11.0, 24.0
_WORDS = {
    "more": "expects more than if nobody knows",
    "less": "expects less",
    "same": "expects the same",
    "either": "more or less, depending on the equilibrium",
    "": "expected payoff",
}


@of_a_result
def plot_information(finding: Information, ax: Axes) -> Axes:
    """Draw a row into ``ax`` for each who may know the value, and in it a panel a player.

    ``finding``: what ``information`` returns. Each panel has a scale of its own. The grey
    band (or line) down a panel is what the player expects if nobody knows, from the least
    to the greatest over the equilibria. Framed: the expected payoffs of those who come to
    know.
    """
    layout = _lay_out(finding)
    sheet = Sheet.on(ax, layout.extent)
    sheet.key(layout.key)
    head = layout.top - 0.7
    sheet.write(layout.left - 0.6, head, "known to", ha="right", color=MUTED)
    for i, one in enumerate(finding.rows):
        y = layout.top + (i + 0.5) * _ROW
        sheet.write(
            layout.left - 0.6,
            y,
            wrapped(one.who, _LABEL, 1),
            ha="right",
            style="normal" if i else "italic",
        )
        sheet.verdict((layout.left, y - _ROW / 2), (_CELL, _ROW), one.verdict)
        sheet.rule(layout.panels, layout.extent[0], layout.top + i * _ROW)
    for i, player in enumerate(finding.model.players):
        _draw_panel(
            finding, player, layout.panels + i * (layout.panel + _GAP), layout, sheet
        )
    return ax


@of_a_result
def information_size(finding: Information) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    return inches(_lay_out(finding).extent)


@attrs.frozen
class _InformationLayout:
    """Where the parts of the figure stand.

    ``left``: where the cells begin; ``panels``: the panels; ``panel``: the width of one.
    ``top``: of the rows.
    """

    left: float
    panels: float
    panel: float
    top: float
    extent: tuple[float, float]
    key: Key


def _lay_out(finding: Information) -> _InformationLayout:
    left = label_width(["known to", *[one.who for one in finding.rows]], _LABEL) + 0.8
    panels = left + _CELL + _GAP
    count = len(finding.model.players)
    panel = max(_NARROWEST, min((_PANELS - _GAP * (count - 1)) / count, _WIDEST))
    width = panels + count * (panel + _GAP)
    first = finding.rows[0]
    kinds = {
        compared(_span(first, player), _span(one, player))
        for one in finding.rows[1:]
        for player in finding.model.players
        if one.payoffs is not None
    }
    band = "expected if nobody knows" if first.payoffs is not None else ""
    entries = [
        *swatches({one.verdict for one in finding.rows}, finding),
        *keys(kinds, _WORDS, band),
        Patch(facecolor="none", edgecolor=INK, linewidth=1.4, label="who comes to know"),
    ]
    key = Key.within(entries, width, _question(finding))
    top = key.height + _HEAD
    return _InformationLayout(
        left, panels, panel, top, (key.width, top + _ROW * len(finding.rows) + _TICKS), key
    )


def _question(finding: Information) -> str:
    unit = finding.model.parameters[finding.parameter].unit
    values = " or ".join(
        f"{amount(value)} (probability {amount(weight)})"
        for value, weight in finding.values
    )
    return (
        f"{finding.model.label(finding.parameter)}: "
        f"{values}{f' {shortened(unit, 30)}' if unit else ''}. A cell: whether "
        f"{comes_about(finding)}."
    )


def _span(one: Knowing, player: str) -> Any:
    return None if one.payoffs is None else one.payoffs[player]


def _draw_panel(
    finding: Information, player: str, left: float, layout: _InformationLayout, sheet: Sheet
) -> None:
    sheet.write(
        left, layout.top - 2.2, wrapped(player, layout.panel, 1, bold=True), weight="bold"
    )
    sheet.write(left, layout.top - 0.7, "expected payoff", color=MUTED)
    spans = [_span(one, player) for one in finding.rows]
    scale = Scale.around(
        [end for span in spans if span is not None for end in span], left, layout.panel
    )
    foot = layout.top + _ROW * len(spans)
    if any(span is not None for span in spans):
        scale.draw(sheet, layout.top, foot)
    if spans[0] is not None:
        draw_band(sheet, spans[0], scale, layout.top, foot)
    for i, (one, span) in enumerate(zip(finding.rows, spans, strict=True)):
        y = layout.top + (i + 0.5) * _ROW
        if span is None:
            box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
            sheet.write(
                left + layout.panel / 2,
                y,
                no_equilibrium(finding.concept),
                ha="center",
                color=MUTED,
                bbox=box,
            )
        elif i:
            draw_span(sheet, y, span, scale, spans[0])
        if i and one.who in ("all", player):
            corner = (left, y - _ROW / 2 + 0.12)
            size = (layout.panel, _ROW - 0.24)
            sheet.ax.add_patch(
                Rectangle(
                    corner,
                    *size,
                    facecolor="none",
                    edgecolor=INK,
                    linewidth=1.4,
                    zorder=2.5,
                )
            )
