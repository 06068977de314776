"""The table of distinct gains.

What every deviation in a table gains, cancelled symbolically once, up to positive scale.

A verdict about pure equilibria is a function of the signs of these polynomials; thresholds, maps,
binding deviations and samples all read the same table.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.assumptions.model import Model
from strategy.errors import RefusalError
from strategy.forms.normal import NormalForm
from strategy.polynomials import Polynomial

__all__ = ["Gains", "gains_of"]


@attrs.frozen(eq=False, repr=False)
class Gains:
    """The table of distinct gains.

    ``polynomials``: the distinct gains, none zero, none a multiple of another. ``tables``: for
    each player an array (plays, own actions) with +k where deviating to that action gains a
    positive multiple of ``polynomials[k-1]``, -k where it gains a negative multiple, 0 where it
    gains nothing whatever the parameters.
    """

    form: NormalForm
    polynomials: tuple[Polynomial, ...]
    tables: tuple[NDArray[np.int32], ...]

    def __repr__(self) -> str:
        deviations = sum(table.size - len(table) for table in self.tables)
        return f"Gains({deviations:,} deviations, {len(self.polynomials)} distinct gains)"

    def lookup(self, signs: NDArray[np.int8]) -> NDArray[np.int8]:
        """From the signs of the polynomials (last axis) to an array that the tables index.

        Entry k is the sign of gain k, -k its opposite.
        """
        return np.concatenate(
            [np.zeros((*signs.shape[:-1], 1), dtype=np.int8), signs, -signs[..., ::-1]],
            axis=-1,
        )

    def stable(
        self, signs: NDArray[np.int8], *, undominated: bool = False
    ) -> NDArray[np.bool_]:
        """Which plays are pure equilibria given the signs of the polynomials.

        The shape (..., polynomials) becomes (..., plays). ``undominated``: only plays in
        which no action is weakly dominated.
        """
        found = self.lookup(signs)
        mask = np.ones((*signs.shape[:-1], len(self.tables[0])), dtype=bool)
        for axis, table in enumerate(self.tables):
            for action in range(table.shape[1]):
                mask &= found[..., table[:, action]] <= 0
            if undominated:
                mask &= ~self._dominated(found, axis)
        return mask

    def dominating(self, signs: NDArray[np.int8], axis: int) -> NDArray[np.bool_]:
        """For one player, whether each action is weakly dominated by each other.

        Shape (..., actions, actions): the action is the row, the other the column.
        ``signs``: of the forms; ``axis``: the player's number.
        """
        return self._dominating(self.lookup(signs), axis)

    def _dominating(self, found: NDArray[np.int8], axis: int) -> NDArray[np.bool_]:
        table, own = self.tables[axis], self.form.taken(axis)
        size = table.shape[1]
        result = np.zeros((*found.shape[:-1], size, size), dtype=bool)
        for action in range(size):
            for other in range(size):
                if other != action:
                    gains = found[..., table[own == action, other]]
                    result[..., action, other] = (gains >= 0).all(axis=-1) & (
                        gains > 0
                    ).any(axis=-1)
        return result

    def _dominated(self, found: NDArray[np.int8], axis: int) -> NDArray[np.bool_]:
        bad: Any = self._dominating(found, axis).any(axis=-1)
        return bad[..., self.form.taken(axis)]  # type: ignore[no-any-return]


@lru_cache(maxsize=16)
def gains_of(model: Model) -> Gains:
    """The table of distinct gains of a normal-form model.

    Raises RefusalError for a tree, ModelError for amounts that are not polynomials.
    """
    form = model.form
    if form.is_tree:
        raise RefusalError(
            f"the table of gains is for normal forms and model {model.name!r} is a tree: "
            "its gains depend on what follows"
        )
    known: dict[Polynomial, int] = {}
    tables = []
    for axis, player in enumerate(model.players):
        number, payoffs = model.payoff_polynomials(player)
        cells = number.reshape(form.shape)
        pairs: dict[tuple[int, int], int] = {}
        columns = []
        for action in range(form.shape[axis]):
            after = np.broadcast_to(
                np.take(cells, [action], axis=axis), form.shape
            ).reshape(-1)
            code = number * len(payoffs) + after
            distinct, inverse = np.unique(code, return_inverse=True)
            entries = [
                _entry(payoffs, divmod(int(one), len(payoffs)), pairs, known)
                for one in distinct
            ]
            columns.append(np.array(entries, dtype=np.int32)[inverse.reshape(-1)])
        table = np.stack(columns, axis=1)
        table.flags.writeable = False
        tables.append(table)
    return Gains(form, tuple(known), tuple(tables))


def _entry(
    payoffs: list[Any],
    pair: tuple[int, int],
    pairs: dict[tuple[int, int], int],
    known: dict[Any, int],
) -> int:
    if pair not in pairs:
        deadline.check()
        gain, sign = (payoffs[pair[1]] - payoffs[pair[0]]).canonical()
        pairs[pair] = 0 if not sign else sign * (known.setdefault(gain, len(known)) + 1)
    return pairs[pair]
