"""Risk dominance, p-dominance, payoff dominance and welfare: published games, formulas by
hand, and beliefs tried out."""

from __future__ import annotations

import itertools
import pickle
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb

from games.classics import coordination
from strategy import GameError, NormalFormGame, RefusalError, Status, solve
from strategy.certificates import Certificate
from strategy.concepts import (
    Nash,
    PureNash,
    p_dominance,
    pareto_comparison,
    risk_dominance,
    welfare_ranking,
)
from strategy.forms.mixed import MixedProfile
from strategy.results import Equilibrium, Solution
from tests import _oracles as naive
from tests._games import random_table, seeds


def test_hare_is_safer_and_stag_better() -> None:
    """With 4, 3 and 0 a hunter needs probability 3/4 of the other's stag (known_answers:
    hare is risk-dominant)."""
    game = coordination.stag_hunt()
    found = risk_dominance(game)
    assert found.dominant is not None
    assert set(found.dominant.actions.values()) == {"hare"}
    assert dict(
        zip(
            [one.actions[game.players[0]] for one in found.equilibria],
            found.products,
            strict=True,
        )
    ) == {
        "stag": 1,
        "hare": 9,
    }
    assert "hare" in str(found).partition("risk-dominates")[0]
    stag, hare = (
        p_dominance(game, dict.fromkeys(game.players, what)) for what in ("stag", "hare")
    )
    assert (stag.p, hare.p) == (Fraction(3, 4), Fraction(1, 4))
    assert stag.tempting[game.players[0]] == ("hare", {game.players[1]: "hare"})
    comparison = pareto_comparison(solve(game, PureNash()))
    best = comparison.payoff_dominant
    assert best is not None
    assert set(comparison.solution[best].profile.actions.values()) == {"stag"}
    assert comparison.proved
    assert "pays every player more" in str(comparison)
    assert pickle.loads(pickle.dumps(found)) == found


def test_neither_is_safer_in_the_battle_of_the_sexes() -> None:
    found = risk_dominance(coordination.battle_of_the_sexes())
    assert found.dominant is None
    assert "neither" in str(found)


@pytest.mark.parametrize(
    ("arrays", "shown"),
    [
        (([[1, 0], [0, 1]], [[1, 0], [0, -1]]), "has 1"),
        (([[1, 0, 0], [0, 1, 0]], [[1, 0, 0], [0, 1, 0]]), "2 x 3"),
        ((np.zeros((2, 2, 2), dtype=int),) * 3, "2 x 2 x 2"),
    ],
)
def test_other_games_are_refused(arrays: Any, shown: str) -> None:
    with pytest.raises(RefusalError, match=shown) as caught:
        risk_dominance(NormalFormGame.from_arrays(*arrays))
    assert "p_dominance" in str(caught.value)


def needed(table: Any, cell: tuple[int, ...], player: int) -> Fraction:
    """Against every belief that mixes the others' part with one other combination, as any
    belief is a mixture of such."""
    exact = table.exact()[player]
    worst = Fraction(0)
    others = [range(size) if i != player else [0] for i, size in enumerate(table.shape)]
    for action in range(table.shape[player]):
        here = exact[cell] - exact[naive.with_action(cell, player, action)]
        for rest in itertools.product(*others):
            mine, instead = (
                naive.with_action(rest, player, a) for a in (cell[player], action)
            )
            there = exact[mine] - exact[instead]
            if there < 0:  # p * here + (1 - p) * there >= 0
                worst = max(worst, there / (there - here))
    return worst


def test_p_is_the_least_belief_in_the_others() -> None:
    seen = 0
    for seed in seeds(120):
        table = random_table(random.Random(f"p {seed}"), most_actions=3, most_cells=60)
        game = table.game()
        for cell in naive.pure_nash(table.shape, table.exact())[:3]:
            found = p_dominance(
                game, dict(zip(table.players, table.names(cell), strict=True))
            )
            assert list(found.by_player.values()) == [
                needed(table, cell, i) for i in range(len(table.shape))
            ]
            assert 0 <= found.p <= 1
            seen += 0 < found.p < 1
    assert seen > 10


def test_p_of_profiles_that_are_no_equilibrium() -> None:
    game = coordination.stag_hunt()
    one, other = game.players
    with pytest.raises(RefusalError, match="not an equilibrium"):
        p_dominance(game, {one: "stag", other: "hare"})
    with pytest.raises(RefusalError, match="mixes"):
        p_dominance(game, {one: {"stag": 0.5, "hare": 0.5}, other: "hare"})


def test_pareto_comparison_by_hand() -> None:
    for seed in seeds(60):
        table = random_table(random.Random(f"pareto {seed}"), most_actions=3, most_cells=60)
        solution = solve(table.game(), PureNash())
        found = pareto_comparison(solution)
        pays = [list(one.payoffs.values()) for one in solution]
        pairs = list(itertools.permutations(range(len(pays)), 2))
        weak = [
            (i, j)
            for i, j in pairs
            if all(a >= b for a, b in zip(pays[i], pays[j], strict=True))
            and pays[i] != pays[j]
        ]
        strict = [
            (i, j)
            for i, j in pairs
            if all(a > b for a, b in zip(pays[i], pays[j], strict=True))
        ]
        assert list(found.better) == weak
        assert list(found.strictly_better) == strict
        assert list(found.undominated) == [
            i for i in range(len(pays)) if not any(j == i for _, j in weak)
        ]
        best = [
            i
            for i in range(len(pays))
            if all((i, j) in strict for j in range(len(pays)) if j != i)
        ]
        assert found.payoff_dominant == (best[0] if best else None)
        assert str(found)


def test_what_holds_of_the_list_holds_of_all_equilibria() -> None:
    """A game with a segment of equilibria: its points between are worse for nobody's sake
    than the ends."""
    game = NormalFormGame.from_arrays([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]])
    solution = solve(game, Nash())
    assert solution.status is Status.COMPLETE
    found = pareto_comparison(solution)
    assert found.proved
    best = found.undominated
    for component in solution.components:
        for x_points, y_points in component.subsets:
            x, y = (
                tuple(sum(v) / len(points) for v in zip(*points, strict=True))
                for points in (x_points, y_points)
            )
            assert Nash().certify(game, [x, y]).holds
            tables = game.to_arrays(exact=True)
            middle = [
                sum(x[a] * y[b] * t[a, b] for a in range(3) for b in range(2))
                for t in tables
            ]
            assert any(
                all(
                    p >= m
                    for p, m in zip(solution[i].payoffs.values(), middle, strict=True)
                )
                for i in best
            )


def test_welfare_has_stated_weights() -> None:
    game = coordination.battle_of_the_sexes()
    one, other = game.players
    solution = solve(game, PureNash())
    ranked = welfare_ranking(solution, {one: 1, other: "1/10"})
    assert [r.welfare for r in ranked] == [Fraction(21, 10), Fraction(12, 10)]
    assert ranked[0].equilibrium is solution[ranked[0].number]
    assert [r.number for r in welfare_ranking(solution, {one: "1/10", other: 1})] == [1, 0]
    assert [r.number for r in welfare_ranking(solution, {one: 1, other: 1})] == [0, 1]
    for weights, shown in (
        ({one: 1}, "leave out"),
        ({}, "state how much"),
        ({one: 1, other: 1, "C": 1}, "'C'"),
    ):
        with pytest.raises(GameError, match=shown):
            welfare_ranking(solution, weights)
    with pytest.raises(RefusalError, match="Solution"):
        pareto_comparison(list(solution))  # type: ignore[arg-type]


def test_balls_that_overlap_are_not_decided() -> None:
    game = NormalFormGame.from_arrays([[1, 0], [0, 1]], [[1, 0], [0, 1]])
    ball = arb("0.5", 1e-9)
    profiles = [
        MixedProfile.from_vectors(game.form, [[ball, 1 - ball], [ball, 1 - ball]])
    ] * 2
    found = [
        Equilibrium(game, profile, Certificate(True, Fraction(0))) for profile in profiles
    ]
    sure = solve(game, PureNash())[0]
    comparison = pareto_comparison(Solution(game, Nash(), Status.COMPLETE, (*found, sure)))
    assert comparison.undecided == ((0, 1), (1, 0))
    assert comparison.payoff_dominant == 2
    assert not comparison.proved
    assert welfare_ranking(comparison.solution, {"1": 1, "2": 1})[0].number == 2
