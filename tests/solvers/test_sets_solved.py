"""Concepts whose answers are sets, ranges or optima are answered by solve() too, with the
status that is proved."""

from __future__ import annotations

import itertools
import pickle
from fractions import Fraction
from typing import Any

import pytest

from strategy import (
    CoarseCorrelatedEquilibrium,
    Commitment,
    CorrelatedEquilibrium,
    Decision,
    End,
    ExtensiveFormGame,
    Limits,
    Nash,
    NormalFormGame,
    Rationalizability,
    RefusalError,
    Status,
    solve,
)
from strategy.concepts import Payoff, rationalizable
from strategy.forms.distributions import PlayDistribution
from strategy.results import as_mapping
from strategy.solvers import LemkeHowson, best_commitment, correlated_extremes

NAMES: dict[str, Any] = {"players": ("A", "B"), "actions": (("a", "b"), ("c", "d"))}
CHICKEN = NormalFormGame.from_arrays([[6, 2], [7, 0]], [[6, 7], [2, 0]], **NAMES)
DILEMMA = NormalFormGame.from_arrays([[2, 0], [3, 1]], [[2, 3], [0, 1]], **NAMES)
SEXES = NormalFormGame.from_arrays([[2, 0], [0, 1]], [[1, 0], [0, 2]], **NAMES)
PENNIES = NormalFormGame.from_arrays([[1, -1], [-1, 1]], **NAMES)
# The leader would play up as nearly as it can: at up itself the follower may turn to what
# is worse for it.
TIED = NormalFormGame.from_arrays([[2, 0], [1, 0]], [[0, 0], [1, 0]], **NAMES)


@pytest.mark.parametrize(
    "concept", [CorrelatedEquilibrium(), CoarseCorrelatedEquilibrium()], ids=str
)
@pytest.mark.parametrize("game", [CHICKEN, DILEMMA, SEXES, PENNIES])
def test_correlated_equilibria_at_the_ends_of_each_payoff(
    game: NormalFormGame, concept: Any
) -> None:
    solution = solve(game, concept)
    assert solution.status is Status.PARTIAL
    assert not solution.proved
    assert "correlated_extremes" in solution.reason
    for player, ends in zip(
        game.players,
        correlated_extremes(game, concept, *map(Payoff, game.players)),
        strict=True,
    ):
        paid = [one.payoffs[player] for one in solution]
        assert (min(paid), max(paid)) == (ends.least.value, ends.greatest.value)
    for one in solution:
        assert isinstance(one.profile, PlayDistribution)
        assert concept.certify(game, one.profile).holds
        assert sum(one.plays.values()) == 1
        assert dict(one.plays) == dict(one.profile.plays)
        for player in game.players:
            assert one.payoffs[player] == sum(
                weight * game.payoff(player, play) for play, weight in one.plays.items()
            )


def test_a_correlated_answer_prints_pickles_and_is_data() -> None:
    solution = solve(SEXES, CorrelatedEquilibrium())
    assert "A: a, B: c  (probability 2/9)" in str(solution)
    assert "what is played" in str(solution)
    assert solution._repr_html_()
    assert all(one._repr_html_() for one in solution)
    assert [dict(one.plays) for one in pickle.loads(pickle.dumps(solution))] == [
        dict(one.plays) for one in solution
    ]
    data = as_mapping(solution)
    assert [
        sum(Fraction(play["probability"]) for play in one["plays"])
        for one in data["equilibria"]
    ] == [1] * len(solution)
    assert len(solution.groups()) == len(solution)
    with pytest.raises(ValueError, match="on its own"):
        solution[0].to_arrays()
    assert len(solve(SEXES, CorrelatedEquilibrium(), limits=Limits(count=1))) == 1


def test_a_correlated_answer_is_listed_once() -> None:
    (one,) = solve(DILEMMA, CorrelatedEquilibrium())
    assert {str(play): weight for play, weight in one.plays.items()} == {"A: b, B: d": 1}


@pytest.mark.parametrize("game", [CHICKEN, DILEMMA, SEXES, PENNIES])
def test_all_rationalizable_plays(game: NormalFormGame) -> None:
    solution = solve(game, Rationalizability())
    assert solution.status is Status.COMPLETE
    left = rationalizable(game).actions
    assert [tuple(one.profile.actions.values()) for one in solution] == list(
        itertools.product(*left.values())
    )
    plays = "rationalizable play" + ("" if len(solution) == 1 else "s")
    assert str(solution).startswith(f"{len(solution)} {plays}: ")
    assert f"{len(solution)} {plays}" in repr(solution)


@pytest.mark.parametrize("mixed", [True, False])
@pytest.mark.parametrize("leader", ["A", "B"])
@pytest.mark.parametrize("game", [CHICKEN, DILEMMA, SEXES, PENNIES])
def test_optimal_commitments(game: NormalFormGame, leader: str, mixed: bool) -> None:
    concept = Commitment(leader, mixed=mixed)
    best, solution = best_commitment(game, concept), solve(game, concept)
    assert solution.status is Status.PARTIAL
    assert len(solution) == len({(one.strategy, one.reply) for one in best.optima}) > 0
    assert {one.payoffs[leader] for one in solution} == {best.value}
    assert "optimal commitment" in str(solution)


def test_where_no_commitment_reaches_its_supremum_there_is_none() -> None:
    concept = Commitment("A", pessimistic=True)
    assert not best_commitment(TIED, concept).attained
    solution = solve(TIED, concept)
    assert solution.status is Status.NONE_EXISTS
    assert "optimal commitment" in str(solution)


def test_what_does_not_fit_is_refused_in_one_line() -> None:
    tree = ExtensiveFormGame.from_tree(Decision("A", {"x": End({"A": 1}), "y": End()}))
    for concept in (CorrelatedEquilibrium(), Rationalizability(), Commitment("A")):
        with pytest.raises(RefusalError) as refused:
            solve(tree, concept)
        assert "\n" not in str(refused.value)
        with pytest.raises(RefusalError, match="LemkeHowson finds Nash equilibria"):
            solve(CHICKEN, concept, solver=LemkeHowson())
    assert solve(CHICKEN, Nash()).status is Status.COMPLETE
