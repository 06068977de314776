"""Which concept is found in which kind of game, by whom, and with what proof.

Asked of the concepts and solvers themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

import strategy.concepts as concepts
from strategy.display import text_table
from strategy.forms import Chance, Decision, End, ExtensiveFormGame, NormalFormGame
from strategy.names import FrozenMapping
from strategy.protocols import Concept, Game

__all__ = ["Coverage", "coverage", "coverage_text", "kinds"]


@attrs.frozen
class Coverage:
    """One concept in one kind of game.

    The reason why it is refused, or who finds all equilibria, and who some.
    """

    concept: Concept
    kind: str
    refused: str | None
    complete: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.refused is not None:
            return "refused"
        parts = ["all: " + ", ".join(self.complete)] if self.complete else []
        return (
            "; ".join(
                [*parts, *(["some: " + ", ".join(self.partial)] if self.partial else [])]
            )
            or "judged only"
        )


FUNCTIONS: Mapping[type, str] = {
    concepts.CorrelatedEquilibrium: "correlated_extremes()",
    concepts.CoarseCorrelatedEquilibrium: "correlated_extremes()",
    concepts.Rationalizability: "rationalizable()",
    concepts.Commitment: "best_commitment()",
}
"""Concepts whose answers are not lists of profiles, and the functions that find them,
completely."""


def kinds() -> FrozenMapping[str, Any]:
    """The kinds of games told apart, each by a small example with players A, B, ...."""
    flat = NormalFormGame.from_arrays(*np.zeros((2, 2, 2), dtype=int), players=("A", "B"))
    three = NormalFormGame.from_arrays(
        *np.zeros((3, 2, 2, 2), dtype=int), players=("A", "B", "C")
    )

    def answer(name: str | None) -> Decision:
        return Decision("B", {"l": End({"A": 1}), "r": End({"B": 1})}, infoset=name)

    open_moves = Decision(
        "A",
        {
            "x": Chance("luck", {"good": ("1/2", answer(None)), "bad": ("1/2", End())}),
            "y": answer(None),
        },
    )
    hidden = Decision("A", {"x": answer("unseen"), "y": answer("unseen")})
    return FrozenMapping(
        {
            "table, two players": flat,
            "table, more players": three,
            "tree, all moves seen": ExtensiveFormGame.from_tree(open_moves),
            "tree, hidden moves": ExtensiveFormGame.from_tree(hidden),
        }
    )


def coverage() -> tuple[Coverage, ...]:
    """Every concept with every kind of game, concept by concept."""
    listed: list[Concept] = [make() for make in concepts.ALL]
    others: list[Concept] = [
        concepts.LogitQuantalResponse(1),
        concepts.CorrelatedEquilibrium(),
        concepts.CoarseCorrelatedEquilibrium(),
        concepts.Rationalizability(),
        concepts.Commitment("A"),
    ]
    return tuple(
        [
            _covered(concept, kind, game)
            for concept in [*listed, *others]
            for kind, game in kinds().items()
        ]
    )


def _covered(concept: Concept, kind: str, game: Game) -> Coverage:
    from strategy.solvers import ALL

    reason = concept.refuses(game)
    if reason is not None:
        return Coverage(concept, kind, reason)
    if type(concept) in FUNCTIONS:
        return Coverage(concept, kind, None, (FUNCTIONS[type(concept)],))
    fitting = [
        solver
        for solver in [make() for make in ALL]
        if solver.refuses(game, concept) is None
    ]
    found: dict[bool, list[str]] = {True: [], False: []}
    for solver in fitting:
        found[solver.exhaustive(game, concept)].append(type(solver).__name__)
    return Coverage(concept, kind, None, tuple(found[True]), tuple(found[False]))


def coverage_text() -> str:
    """The whole as a table: one row a concept, one column a kind of game."""
    rows: dict[str, list[str]] = {}
    for one in coverage():
        rows.setdefault(type(one.concept).__name__, []).append(str(one))
    return text_table(
        ["concept", *kinds()], [[name, *cells] for name, cells in rows.items()]
    )
