"""All pure Nash equilibria of a table: cells at which every player's payoff is the largest along its own axis."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.concepts.dominance import weakly_dominated_masks
from strategy.concepts.pure_nash import PureNash
from strategy.exact import comparable
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import PureProfile
from strategy.solvers.protocol import Limits

__all__ = ["PureEnumeration"]


@attrs.frozen
class PureEnumeration:
    """Masked maxima along each axis; exact, since payoffs of one player are only ever compared, never added."""

    def refuses(self, game: Any, concept: Any) -> str | None:
        """Takes normal-form games and PureNash."""
        if not isinstance(concept, PureNash):
            return f"PureEnumeration finds pure Nash equilibria, not {concept}: use PureNash()"
        return concept.refuses(game)

    def exhaustive(self, game: Any, concept: Any) -> bool:
        """Every cell is looked at."""
        return True

    def propose(self, game: NormalFormGame, concept: PureNash, limits: Limits, rng: np.random.Generator) -> Iterator[PureProfile]:
        """Equilibria in the order of the cells, last player's action fastest."""
        mask = best_reply_mask(game)
        if concept.undominated:
            for axis, dominated in enumerate(weakly_dominated_masks(game)):
                mask &= ~dominated.reshape([-1 if i == axis else 1 for i in range(mask.ndim)])
        for number in np.flatnonzero(mask).tolist():
            yield PureProfile(game.form, game.form.indices(number))


def best_reply_mask(game: NormalFormGame) -> NDArray[np.bool_]:
    """The cells at which every player best-replies to the others: bool, of the shape of the game."""
    tables = [comparable(table) for table in game.tables]
    return reduce(np.logical_and, (table == table.max(axis=axis, keepdims=True) for axis, table in enumerate(tables)))
