"""One Nash equilibrium of a zero-sum game, by linear programming.

A game that plays like a zero-sum game will do as well; the optimal strategies are exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np

from strategy.concepts.nash import Nash
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.normal import NormalFormGame
from strategy.protocols import Concept
from strategy.solvers.bimatrix.zero_sum import opposite, optimal, zero_sum_equivalent
from strategy.solvers.protocol import Incomplete, Limits, refused

__all__ = ["ZeroSumProgramme", "equivalent"]

_EXCHANGED = "the equilibria are interchangeable"


@attrs.frozen
class ZeroSumProgramme:
    """An optimal strategy for either player.

    Von Neumann (1928), Dantzig (1951), solved for exactly.

    Takes every game with the best replies of a zero-sum game, see Moulin and Vial,
    "Strategically zero-sum games" (1978): what one player gets may be in another unit, and
    may be shifted by an amount for each action of the other. One equilibrium, so PARTIAL;
    the others are made of the same two convex sets of strategies, so that any two can be
    exchanged. Where what one gets is lost to the other, whatever they do, all equilibria
    pay the same: ``payoffs`` of the one found are the value.
    """

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for zero-sum games and Nash.

        The game has two players and the best replies of a zero-sum game.
        """
        reason = refused(self, game, concept, Nash, "Nash equilibria: use Nash()")
        if reason is not None:
            return reason
        if len(game.players) != 2:
            return (
                f"ZeroSumProgramme takes two players, not {len(game.players)}: use "
                "LogitTracing() for one equilibrium"
            )
        if equivalent(game) is None:
            return (
                "ZeroSumProgramme takes games with the best replies of a zero-sum game, "
                "and this is not one: use LemkeHowson()"
            )
        return None

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """False, whatever ``game`` and ``concept``: one equilibrium is found."""
        return False

    def propose(
        self,
        game: NormalFormGame,
        concept: Concept,
        limits: Limits,
        rng: np.random.Generator,
    ) -> Iterator[Any]:
        """The pair of optimal strategies.

        ``game``, ``concept``, ``limits`` and ``rng`` as for every Solver; nothing is drawn.
        """
        best = optimal(equivalent(game), limits.check)
        found = MixedProfile(
            game.form, tuple([Weights(one, int(one.sum())) for one in (best.x, best.y)])
        )
        yield found.pure() or found
        (A, _), (B, _) = [
            (table.astype(object), factor) for table, factor in game.integer_tables
        ]
        paid = opposite(A - A[0, 0], B - B[0, 0]) is not None
        raise Incomplete(
            f"one equilibrium; {_EXCHANGED}" + (", and all pay the same" if paid else "")
        )


def equivalent(game: NormalFormGame) -> Any:
    """Payoffs of player 1 in a zero-sum game with the same equilibria.

    The result is None if there are no such payoffs by these means.
    """
    (A, _), (B, _) = game.integer_tables
    return zero_sum_equivalent(A, B)
