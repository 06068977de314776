"""What every concept declares about changes of a game, on all solvers that look everywhere:
one table of concepts x changes."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from strategy import NormalFormGame, Status, solve
from strategy.concepts import (
    ALL,
    CoalitionProofNash,
    CoarseCorrelatedEquilibrium,
    Commitment,
    CorrelatedEquilibrium,
    Invariance,
    LogitQuantalResponse,
    Nash,
    Probability,
    Proper,
    PureNash,
    PureSubgamePerfect,
    Rationalizability,
    StrongNash,
    TremblingHandPerfect,
)
from strategy.solvers import (
    ALL as SOLVERS,
    BranchAndPrune,
    best_commitment,
    correlated_extremes,
)
from strategy.testing.changes import Names, changed, unchanged
from tests._games import Leaf, Luck, Move, change, random_tree, seeds, tree_game


def random_game(rng: random.Random, players: int) -> NormalFormGame:
    shape = (
        rng.choice([(2, 2), (3, 2), (3, 3), (2, 4)])
        if players == 2
        else rng.choice([(2, 2, 2), (2, 3, 2)])
    )
    values = rng.choice(
        [[0, 1], [0, 1, 2], list(range(-4, 9)), [Fraction(1, 3), Fraction(1, 2), 7]]
    )
    names = tuple("ABC"[:players])
    actions = tuple(
        tuple(f"{who.lower()}{k}" for k in range(size))
        for who, size in zip(names, shape, strict=True)
    )
    tables = []
    for _ in names:
        table = np.empty(shape, dtype=object)
        for cell in np.ndindex(*shape):
            table[cell] = Fraction(rng.choice(values))
        tables.append(table)
    return NormalFormGame.from_arrays(*tables, players=names, actions=actions)


# -- answers, in the names of the game before the change


def listed(
    concept: Any, solver: Any, game: NormalFormGame, names: Names, *, partial: bool = False
) -> Any:
    """The set of profiles found; None if the solver says that some may be missing."""
    solution = solve(game, concept, solver=solver)
    if not partial and solution.status not in (Status.COMPLETE, Status.NONE_EXISTS):
        return None
    found = set()
    for one in solution:
        merged: dict[tuple[str, str], Any] = {}
        for player, row in one.profile.items():
            for action, weight in row.items():
                where = names[player, action]
                shown = (
                    round(float(weight), 9) if type(weight).__name__ == "arb" else weight
                )
                if shown != 0:
                    assert where is not None, f"{action} of {player} is used"
                    merged[where] = merged.get(where, 0) + shown
        found.add(frozenset(merged.items()))
    return found


def ranges(concept: Any, game: NormalFormGame, names: Names) -> Any:
    """How probable each play can be at least and at most."""
    masks: dict[Any, np.ndarray] = {}
    for number, play in enumerate(game.form.plays()):
        steps = [names[str(player), action] for player, _, action in play.steps]
        key = None if None in steps else frozenset(steps)
        masks.setdefault(key, np.zeros(game.form.play_count, dtype=bool))[number] = True
    keys = list(masks)
    answers = correlated_extremes(game, concept, *[Probability(masks[key]) for key in keys])
    found = {
        key: (one.least.value, one.greatest.value)
        for key, one in zip(keys, answers, strict=True)
    }
    assert found.pop(None, (0, 0)) == (0, 0)
    return found


def left(concept: Any, game: NormalFormGame, names: Names) -> Any:
    """The actions that are left to each player."""
    return {
        names[player, action]
        for player, options in concept.actions(game).actions.items()
        for action in options
    }


def committed(concept: Any, game: NormalFormGame, names: Names) -> Any:
    """Where the leader's value lies between its least and its greatest payoff, and for pure
    leaders all optima."""
    leader = next(
        new
        for (new, _), old in names.items()
        if old is not None and old[0] == concept.leader
    )
    follower = next(who for who in game.players if who != leader)
    best = best_commitment(
        game, Commitment(leader, mixed=concept.mixed, pessimistic=concept.pessimistic)
    )
    table = game.to_arrays(exact=True)[game.players.index(leader)]
    value = (best.value - table.min()) / ((table.max() - table.min()) or 1)
    if concept.mixed:
        return value, best.attained
    pairs = [
        (next(a for a, x in one.strategy.items() if x), one.reply) for one in best.optima
    ]
    return value, {(names[leader, a], names[follower, b]) for a, b in pairs}


def complete_solvers(concept: Any, game: NormalFormGame) -> list[Any]:
    """Every solver that takes the game and says that it finds all."""
    # A search that meets a continuum goes on until its budget is spent, and is then no
    # longer complete.
    made = [make(budget=5_000) if make is BranchAndPrune else make() for make in SOLVERS]
    return [
        solver
        for solver in made
        if solver.refuses(game, concept) is None and solver.exhaustive(game, concept)
    ]


LISTED = (
    PureNash(),
    PureNash(undominated=True),
    Nash(),
    StrongNash(),
    CoalitionProofNash(),
    TremblingHandPerfect(),
)
CASES: list[tuple[Any, str, Callable[..., Any]]] = [
    *[(concept, f"{concept}", listed) for concept in LISTED],
    (Proper(), "proper", lambda c, g, n: listed(c, None, g, n, partial=True)),
    (LogitQuantalResponse(1), "logit", lambda c, g, n: listed(c, None, g, n, partial=True)),
    *[
        (concept, str(concept), ranges)
        for concept in (CorrelatedEquilibrium(), CoarseCorrelatedEquilibrium())
    ],
    (Rationalizability(), "rationalizability", left),
    *[
        (concept, str(concept), committed)
        for concept in [
            Commitment("A", mixed=m, pessimistic=p)
            for m, p in itertools.product((True, False), repeat=2)
        ]
    ],
]
TABLE = [
    (concept, name, answer, kind)
    for concept, name, answer in CASES
    for kind in Invariance
    if kind in concept.invariances
]


@pytest.mark.deep_but(5)
@pytest.mark.parametrize(
    ("concept", "name", "answer", "kind"),
    TABLE,
    ids=[f"{n}: {k.name.lower()}" for _, n, _, k in TABLE],
)
def test_the_answer_follows_the_change(
    concept: Any, name: str, answer: Callable[..., Any], kind: Invariance
) -> None:
    compared = 0
    for seed in seeds(24):
        rng = random.Random(f"invariance {name} {kind.name} {seed}")
        before = random_game(
            rng, 2 if seed % 3 or concept.refuses(random_game(rng, 3)) else 3
        )
        new = changed(kind, before, rng)
        after, names, same = new.game, new.names, unchanged(before.actions)
        if answer is not listed:
            assert answer(concept, before, same) == answer(concept, after, names), seed
            compared += 1
            continue
        for solver in complete_solvers(concept, before):
            if solver.refuses(after, concept) is None:
                one, two = (
                    listed(concept, solver, before, same),
                    listed(concept, solver, after, names),
                )
                if one is not None and two is not None:
                    assert one == two, (seed, solver)
                    compared += 1
    assert compared >= len(seeds(24)) // 2


def test_every_concept_declares_its_invariances() -> None:
    tested = {type(concept) for concept, _, _ in CASES} | {PureSubgamePerfect}
    assert set(ALL) <= tested
    for concept, _, _ in CASES:
        assert {Invariance.RELABELLING, Invariance.REORDERING} <= concept.invariances


@pytest.mark.parametrize(
    "kind", sorted(PureSubgamePerfect.invariances, key=lambda one: one.name)
)
def test_trees_follow_the_change(kind: Invariance) -> None:
    for seed in seeds(30):
        rng = random.Random(f"tree invariance {kind.name} {seed}")
        tree, players = random_tree(
            rng, rng.randint(5, 30), rng.randint(1, 3), 0.2, [0, 1, 2]
        )
        who = {p: p if kind is not Invariance.RELABELLING else f"new {p}" for p in players}
        factor = {
            p: Fraction(rng.randint(1, 9), 7) if kind is Invariance.POSITIVE_AFFINE else 1
            for p in players
        }
        back = -1 if kind is Invariance.REORDERING else 1
        new = change(
            tree,
            lambda leaf, who=who, factor=factor, players=players: Leaf(
                {
                    who[p]: factor[p] * leaf.payoffs.get(p, 0)
                    + (0 if factor[p] == 1 else 5)
                    for p in players
                }
            ),
            lambda node, parts, who=who, back=back: (
                Move(who[node.player], dict(list(parts.items())[::back]))
                if isinstance(node, Move)
                else Luck(node.name, dict(list(parts.items())[::back]))
            ),
        )
        old_way = {name: p for p, name in who.items()}
        answers = []
        for one, order in ((tree, players), (new, tuple(who[p] for p in players[::back]))):
            solution = solve(tree_game(one, order), PureSubgamePerfect())
            assert solution.status is Status.COMPLETE
            answers.append(
                {
                    frozenset(
                        (
                            tuple(
                                (old_way.get(str(p), p), action)
                                for p, _, action in play.steps
                            ),
                            weight,
                        )
                        for play, weight in equilibrium.plays.items()
                    )
                    for equilibrium in solution
                }
            )
        assert answers[0] == answers[1], seed
