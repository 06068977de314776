"""Orders of moves: who moves before whom, and what comes about then.

In how many of these orders the outcome comes about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from strategy.completeness import kind
from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import MUTED, swatches
from strategy.plots.drawing.sheet import Key, Sheet, inches, label_width
from strategy.plots.drawing.text import comes_about, em_width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Orders, Turn

__all__ = ["orders_size", "plot_orders"]

_ROW, _BAR, _HEAD = 2.3, 1.5, 2.4  # all in font sizes
_LABEL, _CELL, _WIDEST, _WORD = 14.0, 7.0, 12.0, 4.2
_AT_ONCE, _ALL = "all at once", "every order in turn"


@of_a_result
def plot_orders(finding: Orders, ax: Axes) -> Axes:
    """Draw into ``ax`` the verdict if all move at once, and how orders of moves change it.

    ``finding``: what ``orders`` returns. There is a bar of all orders by verdict, and such
    a bar for each two players: the orders in which the player on the left moves before the
    player above. Numbers count orders.
    """
    layout = _lay_out(finding)
    sheet = Sheet.on(ax, layout.extent)
    sheet.key(layout.key)
    top = layout.key.height
    players = finding.model.players
    width = len(players) * layout.cell
    sheet.write(layout.left - 0.6, top + _ROW / 2, _AT_ONCE, ha="right")
    sheet.verdict((layout.left, top + (_ROW - _BAR) / 2), (_WORD, _BAR), finding.at_once)
    sheet.write(layout.left - 0.6, top + 1.5 * _ROW, _ALL, ha="right")
    _draw_bar(finding.turns, (layout.left, top + _ROW), width - 0.4, sheet)
    top += 2 * _ROW + _HEAD
    sheet.write(layout.left - 0.6, top - 0.9, "moves before", ha="right", color=MUTED)
    for i, first in enumerate(players):
        y = top + i * _ROW
        sheet.write(layout.left - 0.6, y + _ROW / 2, wrapped(first, _LABEL, 1), ha="right")
        sheet.write(
            layout.left + i * layout.cell, top - 0.9, wrapped(first, layout.cell - 0.6, 1)
        )
        for j, then in enumerate(players):
            turns = [
                one
                for one in finding.turns
                if one.order.index(first) < one.order.index(then)
            ]
            _draw_bar(turns, (layout.left + j * layout.cell, y), layout.cell - 0.4, sheet)
    return ax


@of_a_result
def orders_size(finding: Orders) -> tuple[float, float]:
    """The size in inches at which ``finding`` is drawn with type of its usual height."""
    return inches(_lay_out(finding).extent)


@attrs.frozen
class _OrdersLayout:
    """Where the parts of the figure stand.

    ``left``: where the bars begin; ``cell``: the width of one of the matrix.
    """

    left: float
    cell: float
    extent: tuple[float, float]
    key: Key


def _lay_out(finding: Orders) -> _OrdersLayout:
    players = finding.model.players
    left = max(label_width(players, _LABEL), em_width(_ALL), em_width("moves before")) + 0.8
    cell = max(_CELL, label_width(players, _WIDEST) + 0.8, 20.0 / len(players))
    width = left + cell * len(players)
    words = (
        f"In how many orders of moves {comes_about(finding)}: all orders, and those in "
        f"which one player moves before another; in turn in {kind(finding.in_turn)}, at "
        f"once in {kind(finding.concept)}."
    )
    key = Key.within(
        swatches(
            {finding.at_once, *[one.verdict for one in finding.turns]}, finding, beside=True
        ),
        width,
        words,
    )
    return _OrdersLayout(
        left, cell, (key.width, key.height + _ROW * (2 + len(players)) + _HEAD + 0.4), key
    )


def _draw_bar(
    turns: Sequence[Turn], corner: tuple[float, float], width: float, sheet: Sheet
) -> None:
    """Parts as wide as their numbers of orders, with these."""
    counts = Counter(one.verdict for one in turns)
    sheet.shares(
        (corner[0], corner[1] + (_ROW - _BAR) / 2),
        (width, _BAR),
        [(one, n, str(n)) for one, n in counts.items()],
    )
