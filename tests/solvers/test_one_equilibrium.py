"""Solvers of two-player games that find one equilibrium: it is among all of them, whatever
the path, and pays the value."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from games.classics import coordination, zero_sum
from strategy import GameError, Limits, NormalFormGame, RefusalError, Status, solve
from strategy.concepts import Nash, PureNash
from strategy.linear import maximise
from strategy.solvers import BimatrixEnumeration, LemkeHowson, ZeroSumProgramme
from tests._games import SCALE
from tests.solvers._bimatrix import FAMILIES, games


def profiles(solution):
    return {tuple(tuple(row.values()) for row in one.profile.values()) for one in solution}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_path_leads_to_an_equilibrium(family):
    for A, B in games(family, round(15 * SCALE), 6, seed=11):
        game = NormalFormGame.from_arrays(A, B)
        everything = profiles(solve(game, Nash(), solver=BimatrixEnumeration()))
        for player, options in game.actions.items():
            for action in options:
                solution = solve(
                    game, Nash(), solver=LemkeHowson(player=player, action=action)
                )
                assert (solution.status, len(solution), solution.rejected) == (
                    Status.PARTIAL,
                    1,
                    0,
                )
                assert profiles(solution) <= everything, (
                    A.tolist(),
                    B.tolist(),
                    player,
                    action,
                )
                assert f"{player}: {action}" in solution.reason


def test_a_path_begins_with_the_action_named():
    hunt = coordination.stag_hunt()
    first, second = hunt.players
    for player in (first, second):
        for action in hunt.actions[player]:
            (one,) = solve(hunt, Nash(), solver=LemkeHowson(player=player, action=action))
            assert one.profile.actions == dict.fromkeys(hunt.players, action)
    assert profiles(solve(hunt, Nash(), solver=LemkeHowson())) == profiles(
        solve(hunt, Nash(), solver=LemkeHowson(player=first, action=hunt.actions[first][0]))
    )


def test_names_are_read_as_games_read_them():
    names = ("Türkiye", "B")
    game = NormalFormGame.from_arrays(
        [[1, 0], [0, 1]], [[1, 0], [0, 1]], players=names, actions=(("é", "x"), ("y", "z"))
    )
    assert len(solve(game, Nash(), solver=LemkeHowson(player="Türkiye", action="é"))) == 1
    with pytest.raises(RefusalError, match="unknown player 'C'"):
        solve(game, Nash(), solver=LemkeHowson(player="C"))
    with pytest.raises(RefusalError, match="unknown action of B 'x'"):
        solve(game, Nash(), solver=LemkeHowson(player="B", action="x"))
    with pytest.raises(GameError, match="without its player"):
        LemkeHowson(action="x")
    with pytest.raises(GameError, match="not a name"):
        LemkeHowson(player=0)


def value_by_programme(payoff):
    """The most that player 1 can secure, by a linear programme: max v, x >= 0, x payoff >=
    v, sum x = 1."""
    least = int(payoff.min()) - 1
    m, n = payoff.shape
    rows = [[*[-(int(payoff[i, j]) - least) for i in range(m)], 1] for j in range(n)]
    answer = maximise([0] * m + [1], at_most=(rows, [0] * n), equal=([[1] * m + [0]], [1]))
    return answer.value + least


def test_zero_sum_games_pay_their_value():
    for A, B in games("zero-sum", round(40 * SCALE), 7, seed=12):
        game = NormalFormGame.from_arrays(A, B)
        solution = solve(game, Nash(), solver=ZeroSumProgramme())
        assert (solution.status, len(solution), solution.rejected) == (Status.PARTIAL, 1, 0)
        assert profiles(solution) <= profiles(
            solve(game, Nash(), solver=BimatrixEnumeration())
        )
        assert "all pay the same" in solution.reason
        value = value_by_programme(A)
        assert tuple(solution[0].payoffs.values()) == (value, -value)
        for other in solve(game, Nash()):
            assert other.payoffs == solution[0].payoffs


def test_games_that_play_like_zero_sum_games():
    rng = np.random.default_rng(13)
    for _ in range(round(30 * SCALE)):
        shape = tuple(rng.integers(2, 5, 2))
        Z = rng.integers(-4, 5, shape)
        A, B = (
            3 * Z + rng.integers(-9, 10, (1, shape[1])),
            -2 * Z + rng.integers(-9, 10, (shape[0], 1)),
        )
        game = NormalFormGame.from_arrays(A, B / 8)
        solution = solve(game, Nash(), solver=ZeroSumProgramme())
        everything = profiles(solve(game, Nash()))
        assert profiles(solution) <= everything
        assert everything == {(x, y) for x, _ in everything for _, y in everything}
        if (
            len(
                {
                    payoffs
                    for one in solve(game, Nash())
                    for payoffs in [tuple(one.payoffs.values())]
                }
            )
            > 1
        ):
            assert "pay the same" not in solution.reason


def test_large_zero_sum_games_by_linear_programming():
    payoff = np.random.default_rng(14).integers(-1000, 1000, (50, 35))
    solution = solve(
        NormalFormGame.from_arrays(payoff, 7 - payoff), Nash(), solver=ZeroSumProgramme()
    )
    value = value_by_programme(payoff)
    assert tuple(solution[0].payoffs.values()) == (value, 7 - value)


def test_refusals_and_limits():
    three = NormalFormGame.from_arrays(*np.zeros((3, 2, 2, 2), dtype=int))
    for solver in (LemkeHowson(), ZeroSumProgramme()):
        with pytest.raises(RefusalError, match="LogitTracing"):
            solve(three, Nash(), solver=solver)
        with pytest.raises(RefusalError, match="not pure Nash"):
            solve(coordination.stag_hunt(), PureNash(), solver=solver)
        assert (
            solve(
                zero_sum.rock_paper_scissors(),
                Nash(),
                solver=solver,
                limits=Limits(seconds=0),
            ).status
            is Status.STOPPED
        )
        (one,) = solve(zero_sum.rock_paper_scissors(), Nash(), solver=solver)
        assert set(one.profile[one.game.players[0]].values()) == {Fraction(1, 3)}
    with pytest.raises(RefusalError, match="LemkeHowson"):
        solve(coordination.stag_hunt(), Nash(), solver=ZeroSumProgramme())


def test_solve_takes_the_complete_solver_without_being_told():
    assert solve(zero_sum.rock_paper_scissors(), Nash()).solver == "BimatrixEnumeration"
