"""Why a play pays what it pays: the terms that count on it, or that tell it from another play."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from strategy.display import number, text_table
from strategy.names import FrozenMapping

if TYPE_CHECKING:
    from strategy.assumptions.model import Model
    from strategy.forms.plays import Play

__all__ = ["Explanation", "Row", "explain"]


@attrs.frozen
class Row:
    """One term's part: who gets it, the term, its claim, the amount as text and its value."""

    player: str
    term: str
    claim: str | None
    amount: str
    value: Fraction


@attrs.frozen
class Explanation:
    """Payoffs on a play term by term, or what it pays more than another play; ``print`` shows a table.

    ``rows`` come player by player; ``totals`` has every player of the model.
    """

    play: Play
    instead_of: Play | None
    rows: tuple[Row, ...]
    totals: FrozenMapping[str, Fraction]

    def of(self, player: str) -> tuple[Row, ...]:
        """The rows of one player."""
        return tuple([row for row in self.rows if row.player == player])

    def __str__(self) -> str:
        title = f"Payoffs of: {self.play}" if self.instead_of is None else f"Gain of: {self.play}\ninstead of: {self.instead_of}"
        lines: list[tuple[str, ...]] = []
        for player, total in self.totals.items():
            lines.extend([(player, number(row.value), row.term, row.claim or "", row.amount) for row in self.of(player)])
            lines.append((player, number(total), "= total", "", ""))
        return f"{title}\n\n{text_table(('player', 'value', 'term', 'claim', 'amount'), lines, right=(1,))}"


def explain(model: Model, play: int, other: int | None, values: dict[str, Fraction]) -> Explanation:
    """The terms that hold on a play (by number), or those that hold on one of two plays alone, at parameter values."""
    worth = model.amount_values(values)
    masks, rows = model.masks, []
    totals = dict.fromkeys(model.players, Fraction(0))
    for i in sorted(range(len(model.terms)), key=lambda i: model.players.index(model.terms[i].player)):
        term = model.terms[i]
        sign = int(masks[i, play]) - (0 if other is None else int(masks[i, other]))
        if sign:
            rows.append(Row(term.player, term.name, term.claim, _signed(term.amount, sign), sign * worth[i]))
            totals[term.player] += sign * worth[i]
    form = model.form
    return Explanation(form.play(play), None if other is None else form.play(other), tuple(rows), FrozenMapping(totals))


def _signed(amount: Any, sign: int) -> str:
    return str(amount if sign > 0 else -amount)
