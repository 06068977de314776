"""All pure Nash equilibria of a table.

Cells at which every player's payoff is the largest along its own axis.

Concepts that ask for more than that, such as safety from coalitions, choose among them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.concepts.dominance import weakly_dominated_masks
from strategy.concepts.pure_nash import PureNash
from strategy.exact import comparable
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import PureProfile
from strategy.protocols import Concept
from strategy.solvers.protocol import Limits, refused

__all__ = ["PureEnumeration"]


@attrs.frozen
class PureEnumeration:
    """Masked maxima along each axis.

    Exact, since payoffs of one player are only ever compared, never added.
    """

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for pure concepts on tables.

        That is PureNash, or a concept that ``refines`` it.
        """
        if not issubclass(getattr(concept, "refines", type(concept)), PureNash):
            return refused(self, game, concept, (), "pure Nash equilibria: use PureNash()")
        return concept.refuses(game)

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """True, whatever ``game`` and ``concept``: every cell is looked at."""
        return True

    def propose(
        self,
        game: NormalFormGame,
        concept: Concept,
        limits: Limits,
        rng: np.random.Generator,
    ) -> Iterator[PureProfile]:
        """Equilibria in the order of the cells, last player's action fastest.

        ``game``, ``concept``, ``limits`` and ``rng`` as for every Solver; nothing is drawn.
        """
        mask = best_reply_mask(game.tables)
        if isinstance(concept, PureNash) and concept.undominated:
            for axis, dominated in enumerate(weakly_dominated_masks(game)):
                mask &= ~dominated.reshape(
                    [-1 if i == axis else 1 for i in range(mask.ndim)]
                )
        for number in np.flatnonzero(mask).tolist():
            yield PureProfile(game.form, game.form.indices(number))


def best_reply_mask(tables: Sequence[NDArray[Any]], first: int = 0) -> NDArray[np.bool_]:
    """The cells at which every player best-replies to the others.

    Bool, of the shape of the tables.

    ``first``: the axis of the first player's actions; those before it count games of one
    form.
    """
    mask: NDArray[np.bool_] = np.ones(tables[0].shape, dtype=bool)
    for axis, table in enumerate(tables, first):
        mask &= _largest_along(comparable(table), axis)
    return mask


def _largest_along(table: NDArray[Any], axis: int) -> NDArray[np.bool_]:
    """Where an entry is the largest along an axis."""
    within = math.prod(table.shape[axis + 1 :])
    if within >= 64 or table.dtype == object:
        return table == table.max(axis=axis, keepdims=True)  # type: ignore[no-any-return]
    # Reductions over short strides are slow; with the axis in front they run along long
    # rows.
    front = np.ascontiguousarray(
        table.reshape(-1, table.shape[axis], within).transpose(1, 0, 2)
    )
    return (front == front.max(axis=0)).transpose(1, 0, 2).reshape(table.shape)  # type: ignore[no-any-return]
