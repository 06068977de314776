"""All plays of rationalizable actions.

What is left when actions strictly dominated by mixtures go, round by round.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import attrs

from strategy.concepts.rationalizability import Rationalizability
from strategy.forms.normal import NormalFormGame
from strategy.protocols import Concept
from strategy.solvers.protocol import Limits, refused

__all__ = ["IteratedElimination"]


@attrs.frozen
class IteratedElimination:
    """Every combination of actions that survive.

    Each mixture that dominates an action is checked exactly.
    """

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for Rationalizability on tables."""
        return refused(
            self,
            game,
            concept,
            Rationalizability,
            "rationalizable plays: use Rationalizability()",
        )

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """True, whatever ``game`` and ``concept``: every combination is listed."""
        return True

    def propose(
        self, game: NormalFormGame, concept: Concept, limits: Limits, rng: Any
    ) -> Iterator[dict[str, str]]:
        """The plays in the order of the cells, the last player's action changing fastest.

        ``game``, ``concept``, ``limits`` and ``rng`` as for every Solver; nothing is drawn.
        """
        assert isinstance(concept, Rationalizability)
        left = concept.actions(game).actions
        for cell in itertools.product(*left.values()):
            yield dict(zip(left, cell, strict=True))
