"""All Nash equilibria of a two-player game.

Every extreme one, by branching over labels in exact integers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import attrs
import numpy as np

from strategy.concepts.nash import Nash
from strategy.forms.normal import NormalFormGame
from strategy.protocols import Concept
from strategy.results import Component, Structure
from strategy.solvers.bimatrix.extreme import Enumeration, ExtremeFound
from strategy.solvers.protocol import Batch, Limits, OutOfTime, refused

__all__ = ["BimatrixEnumeration", "batch_of"]


@attrs.frozen
class BimatrixEnumeration:
    """Every action of either player is unused or a best reply.

    Branching over which, with one simplex dictionary a player.

    After Avis, Rosenberg, Savani and von Stengel, "Enumeration of Nash equilibria for
    two-player games", Economic Theory 42 (2010), with another search. Degenerate games
    included; the set is a union of the maximal Nash subsets that ``Solution.components``
    gives, and their extreme points are the equilibria listed.
    """

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for two-player games and Nash."""
        reason = refused(self, game, concept, Nash, "Nash equilibria: use Nash()")
        if reason is None and len(game.players) != 2:
            return (
                f"BimatrixEnumeration takes two players, not {len(game.players)}: use "
                "BranchAndPrune()"
            )
        return reason

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """True, whatever ``game`` and ``concept``: the branching leaves nothing out.

        Its signs are exact.
        """
        return True

    def propose(
        self,
        game: NormalFormGame,
        concept: Concept,
        limits: Limits,
        rng: np.random.Generator,
    ) -> Iterator[Any]:
        """One batch, in order of the supports of player 1, then of player 2.

        Those that use the first actions come first. ``game``, ``concept``, ``limits`` and
        ``rng`` as for every Solver; nothing is drawn.
        """
        (A, _), (B, _) = game.integer_tables
        enumeration = Enumeration(A, B)
        try:
            enumeration.run(limits.check)
        except (OutOfTime, KeyboardInterrupt):
            yield batch_of(enumeration.found())
            raise
        found = enumeration.found()
        yield batch_of(found)
        yield Structure(
            partial(_components, found, A, B),
            infinite=_joined(found),
            number=partial(_number, found),
        )


def batch_of(found: ExtremeFound) -> Batch:
    """Extreme equilibria as a solver proposes them.

    ``found``: the equilibria.
    """
    return Batch(
        (
            (found.x.numerators, found.x.denominators),
            (found.y.numerators, found.y.denominators),
        ),
        found.pairs,
    )


def _joined(found: ExtremeFound) -> bool:
    """Whether some strategy is in equilibrium with two others.

    It is then in equilibrium with all between them; otherwise equilibria are isolated.
    """
    return any(len(set(side)) < len(side) for side in found.pairs.T.tolist())


def _number(found: ExtremeFound) -> int:
    from strategy.solvers.bimatrix.components import number_of_components

    return number_of_components(found)


def _components(found: ExtremeFound, A: Any, B: Any) -> tuple[Component, ...]:
    from strategy.solvers.bimatrix.components import components

    return components(found, A, B)
