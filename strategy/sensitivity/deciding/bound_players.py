"""Games in which one player is bound to an action.

What the others then play, and what that pays.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import numpy as np

from strategy.errors import RefusalError
from strategy.exact import span_of, weighted_sum
from strategy.forms.normal import NormalFormGame
from strategy.protocols import Concept
from strategy.results import Solution
from strategy.sensitivity.deciding.verdicts import Verdict, verdict_within
from strategy.solving import solve

__all__ = ["Bound", "Span", "bound", "require_table"]

Span = tuple[Any, Any]
"""The least and the greatest of something over the equilibria: Fractions, or balls where
they are irrational."""


@attrs.frozen
class Bound:
    """What follows if a player is bound to an action.

    The player's least and greatest payoff over the equilibria of the others (None if there
    is none), and the least and greatest probability of the outcome.
    """

    player: str
    action: str
    payoff: Span | None
    chance: Span | None

    @property
    def verdict(self) -> Verdict:
        """Whether the outcome comes about in the equilibria of the others."""
        return verdict_within(self.chance)


def require_table(game: Any, what: str) -> NormalFormGame:
    """The game, if it is a table. Raises RefusalError for a tree.

    ``what``: what is asked, for the error.
    """
    if not isinstance(game, NormalFormGame):
        raise RefusalError(
            f"{what} is for tables, and this is a tree, which already says who moves "
            "first: use a table of the game"
        )
    return game


def bound(
    game: NormalFormGame, concept: Concept, player: str, action: int, mask: Any
) -> Bound:
    """Bind a player to an action and solve the game of the others.

    ``concept``: whose equilibria; ``mask``: the plays with the outcome.

    Raises RefusalError if not all equilibria can be found.
    """
    axis = game.players.index(player)
    label = game.actions[player][action]
    tables = [np.take(table, action, axis=axis) for table in game.to_arrays(exact=True)]
    inside = np.take(np.asarray(mask).reshape(game.form.shape), action, axis=axis)
    others = [one for one in game.players if one != player]
    if not others:
        value: Fraction = np.asarray(tables[axis], dtype=object).item()
        return Bound(player, label, (value, value), (Fraction(int(inside)),) * 2)
    rest = NormalFormGame.from_arrays(
        *[table for i, table in enumerate(tables) if i != axis],
        players=others,
        actions=[game.actions[one] for one in others],
    )
    solution = proved(solve(rest, concept))
    mine = tables[axis].reshape(-1)
    worth = [
        weighted_sum((w, mine[k]) for k, w in one.play_numbers.items()) for one in solution
    ]
    chances = [one.probability(inside.reshape(-1)) for one in solution]
    return Bound(player, label, span_of(worth), span_of(chances))


def proved(solution: Solution) -> Solution:
    """The solution, if it is proved to be all.

    Raises RefusalError otherwise: bounds over a part of it would mislead.
    """
    if not solution.proved:
        raise RefusalError(
            f"the set of equilibria is {solution.status} ({solution.reason}): what is "
            "least and greatest over it is not known; use PureNash()"
        )
    return solution
