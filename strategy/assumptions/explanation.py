"""Why a play pays what it pays.

The terms that count on it, or that tell it from another play.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from strategy.display import Table, notebook, number, paragraph, title
from strategy.names import FrozenMapping

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from strategy.assumptions.terms import Term
    from strategy.forms.extensive import ExtensiveForm
    from strategy.forms.normal import NormalForm
    from strategy.forms.plays import Play

__all__ = ["Explanation", "Row", "explain"]


@attrs.frozen
class Row:
    """One term's part: who gets it, the term, its claim, the amount as text and its value.

    ``claim_label`` and ``formula`` are claim and amount as people read them.
    """

    player: str
    term: str
    claim: str | None
    amount: str
    value: Fraction
    claim_label: str = ""
    formula: str = ""


@attrs.frozen
class Explanation:
    """Payoffs on a play term by term, or what it pays more than another play.

    ``print`` shows a table.

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
        return "\n".join([*self._about, "", self._table.text()])

    def _repr_html_(self) -> str:
        first, *rest = self._about
        return notebook(title(first), *map(paragraph, rest), self._table)

    @property
    def _about(self) -> list[str]:
        if self.instead_of is None:
            return [f"Payoffs of: {self.play}"]
        return [f"Gain of: {self.play}", f"instead of: {self.instead_of}"]

    @property
    def _table(self) -> Table:
        lines: list[tuple[str, ...]] = []
        totals = []
        for player, total in self.totals.items():
            lines.extend(
                [
                    (player, number(row.value), row.term, row.claim_label, row.formula)
                    for row in self.of(player)
                ]
            )
            totals.append(len(lines))
            lines.append((player, number(total), "= total", "", ""))
        return Table(
            ("player", "value", "term", "claim", "amount"), lines, (1,), totals=totals
        )


def explain(
    form: NormalForm | ExtensiveForm,
    terms: Sequence[Term],
    masks: NDArray[np.bool_],
    worth: Sequence[Fraction],
    play: int,
    other: int | None,
) -> Explanation:
    """The terms that hold on a play (by number), or on one of two plays alone.

    ``masks``: where each term holds, shape (terms, plays); ``worth``: the value of each
    term's amount. ``form``: of the model; ``other``: the other of the two plays, None for
    all terms of one.
    """
    rows, totals = [], dict.fromkeys(form.players, Fraction(0))
    for i in sorted(range(len(terms)), key=lambda i: form.players.index(terms[i].player)):
        term = terms[i]
        sign = int(masks[i, play]) - (0 if other is None else int(masks[i, other]))
        if sign:
            rows.append(
                Row(
                    term.player,
                    term.name,
                    term.claim,
                    _signed(term.amount, sign),
                    sign * worth[i],
                )
            )
            totals[term.player] += sign * worth[i]
    return Explanation(
        form.play(play),
        None if other is None else form.play(other),
        tuple(rows),
        FrozenMapping(totals),
    )


def _signed(amount: Any, sign: int) -> str:
    return str(amount if sign > 0 else -amount)
