"""Profiles in balls: what holds, and the reason where it does not, word for word; the index
of an equilibrium by two roads."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb

from strategy import NormalFormGame, solve
from strategy.concepts import LogitQuantalResponse, Nash
from strategy.solvers import BimatrixEnumeration, BranchAndPrune
from tests._games import seeds

A, B = [[1, -1], [-1, 1]], [[-1, 1], [1, -1]]
NAMES: dict[str, Any] = {"players": ("A", "B"), "actions": (("t", "b"), ("l", "r"))}
PENNIES = NormalFormGame.from_arrays(A, B, **NAMES)
ALIKE = NormalFormGame.from_arrays([[1, 0], [0, 1]], [[1, 0], [0, 1]], **NAMES)
NOTHING = NormalFormGame.from_arrays(
    np.zeros((2, 2), dtype=int), np.zeros((2, 2), dtype=int), **NAMES
)
TIED = NormalFormGame.from_arrays(
    [*A, [0, 0]], [*B, [0, 0]], players=("A", "B"), actions=(("t", "m", "b"), ("l", "r"))
)
WORSE = NormalFormGame.from_arrays(
    [*A, [-1, 0]], [*B, [0, 0]], players=("A", "B"), actions=(("t", "m", "b"), ("l", "r"))
)
ALONE = NormalFormGame.from_arrays(
    [[1], [0]], [[0], [0]], players=("A", "B"), actions=(("t", "b"), ("l",))
)


def near(middle: float, radius: float = 1e-9) -> list[arb]:
    """Two probabilities, one of them near a number."""
    first = arb(middle, radius)
    return [first, 1 - first]


MISSED = (
    "no equilibrium is proved to lie inside the balls: give balls that are a few units in "
    "the last place wider"
)
NO_RESPONSE = (
    "no quantal response is proved to lie inside the balls: give balls that are a few "
    "units in the last place wider"
)
LOGIT, CRITICAL = LogitQuantalResponse(1), LogitQuantalResponse(2)


@pytest.mark.parametrize(
    ("concept", "game", "profile", "reason", "regret"),
    [
        (Nash(), PENNIES, [near(0.5), near(0.5)], "", 0),
        (Nash(), WORSE, [[*near(0.5), 0], near(0.5)], "", 0),
        (Nash(), PENNIES, [near(0.75), near(0.5)], MISSED, "1/2"),
        (Nash(), PENNIES, [near(0.5), near(0.25)], MISSED, "1/2"),
        (
            Nash(), PENNIES, [near(0, 0.25), near(0.5)],
            "a ball of a probability in use reaches 0: give a smaller ball, or exactly 0", 1,
        ),
        (
            Nash(), TIED, [[*near(0.5), 0], near(0.5)],
            "it is not proved that 'b' is worth less to A than what is played", 0,
        ),
        (
            Nash(), NOTHING, [near(0.5), near(0.5)],
            ("the equations of this equilibrium are singular: it is not proved to be "
                "isolated"), 0,
        ),
        (Nash(), PENNIES, [near(0.5), ["1/2", "1/2"]], "", 0),  # one of them exact
        (Nash(), PENNIES, [["1/4", "3/4"], near(0.5)], MISSED, "1/2"),
        (LOGIT, PENNIES, [near(0.5), near(0.5)], "", 0),
        # what is exact has no room
        (LOGIT, PENNIES, [near(0.5), ["1/2", "1/2"]], NO_RESPONSE, 0),
        # one of them without a choice
        (LogitQuantalResponse(0), ALONE, [near(0.5), [1]], "", 0),
        (LOGIT, PENNIES, [near(0.75), near(0.5)], NO_RESPONSE, "0.25"),
        (
            LOGIT, PENNIES, [near(0, 0.25), near(0.5)],
            ("a ball of a probability reaches 0, and in a quantal response every "
                "action has some: give smaller balls"), None,
        ),
        (LOGIT, ALIKE, [near(0.5), near(0.5)], "", 0),
        # not in the middle of the balls
        *((concept, PENNIES, [near(0.5 + d), near(0.5 - e)], "", 0)
          for concept in (Nash(), LOGIT) for d in (-8e-10, 8e-10) for e in (-8e-10, 0)),
        # where the branch splits in three
        (CRITICAL, ALIKE, [near(0.5), near(0.5)], NO_RESPONSE, 0),
    ],
)  # fmt: skip
def test_what_is_said_of_balls(
    concept: Any, game: Any, profile: Any, reason: str, regret: Any
) -> None:
    found = concept.certify(game, profile)
    assert (found.holds, found.reason) == (not reason, reason)
    if regret is not None:
        assert abs(found.regret - Fraction(regret)) < Fraction(1, 10**6)


def test_quantal_responses_of_payoffs_in_thirds() -> None:
    """Payoffs a third as large at three times lambda: the same responses, and at the same
    lambda others."""
    game = NormalFormGame.from_arrays([[9, 0], [0, 1]], [[0, 1], [1, 0]], **NAMES)
    thirds = NormalFormGame.from_arrays(
        *[one / 3 for one in game.to_arrays(exact=True)], **NAMES
    )
    (one,) = solve(game, LOGIT)
    assert LOGIT.certify(game, one.profile).holds
    assert LogitQuantalResponse(3).certify(thirds, one.profile).holds
    assert not LOGIT.certify(thirds, one.profile).holds
    assert (
        LogitQuantalResponse(3)
        .certify(thirds, solve(thirds, LogitQuantalResponse(3))[0].profile)
        .holds
    )


def test_the_index_is_the_same_by_two_roads() -> None:
    """Isolated equilibria by branch and prune, whose index is the sign of a determinant,
    and from two labelled polytopes."""
    seen: set[Any] = set()
    for seed in seeds(25):
        rng = np.random.default_rng(seed)
        game = NormalFormGame.from_arrays(
            *rng.integers(0, 99, size=(2, *rng.integers(2, 5, size=2)))
        )
        by_solver = []
        for solver in (BimatrixEnumeration(), BranchAndPrune()):
            solution = solve(game, Nash(), solver=solver)
            assert solution.proved
            index = {}
            for part in solution.components:
                if len(part.equilibria) == 1:
                    profile = [
                        tuple(row.values())
                        for row in solution[part.equilibria[0]].profile.values()
                    ]
                    index[str(profile)] = part.index
                    assert part.subsets == (tuple([(vector,) for vector in profile]),)
            by_solver.append(index)
        assert by_solver[0] == by_solver[1]
        seen |= set(by_solver[0].values())
    assert seen == {1, -1}


@pytest.mark.parametrize(
    "solver", [BimatrixEnumeration(), BranchAndPrune()], ids=["pivots", "cells"]
)
@pytest.mark.parametrize(
    ("game", "parts"),
    [
        (NormalFormGame.from_arrays([[1, 1], [0, 2]], [[1, 1], [1, 3]]), [(0, 1), (1, 0)]),
        (
            NormalFormGame.from_arrays([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]),
            [(0, 1), (1, 0)],
        ),
        (NOTHING, [(2, 1)]),
    ],
)
def test_the_index_of_one_continuum_is_what_the_points_leave(
    solver: Any, game: NormalFormGame, parts: Any
) -> None:
    """Of one that vanishes under a small change of payoffs it is 0; all of them sum to
    1."""
    solution = solve(game, Nash(), solver=solver)
    assert solution.proved
    assert sorted((part.dimension, part.index) for part in solution.components) == parts


def test_vectors_that_are_no_distributions_hold_nowhere() -> None:
    good, bad = [1, 1], ([1, 1, 3], [3, -1, 2], [0, 0, 0], [-1, -1, -2])
    numerators, denominators = (
        np.array([good, *(row[:2] for row in bad)]),
        np.array([2, *(row[2] for row in bad)]),
    )
    side = numerators, denominators
    pairs = np.array([(i, j) for i in range(5) for j in range(5)])
    held = Nash().judge(NOTHING).hold((side, side), pairs)
    assert pairs[held].tolist() == [[0, 0]]
    assert (
        not Nash().judge(PENNIES).hold((side, side), np.zeros((0, 2), dtype=np.int64)).size
    )
