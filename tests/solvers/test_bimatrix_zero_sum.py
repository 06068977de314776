"""Zero-sum games: value, optimal strategies, and games that have the equilibria of one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from strategy.solvers.bimatrix import zero_sum
from strategy.solvers.bimatrix.extreme import extreme_equilibria
from strategy.solvers.bimatrix.zero_sum import optimal, zero_sum_equivalent
from tests._games import SCALE
from tests.solvers._bimatrix import as_set, games


def assert_optimal(payoff, result):
    x, y = result.x.astype(object), result.y.astype(object)
    assert min(x) >= 0
    assert min(y) >= 0
    assert (
        Fraction(int((x @ payoff).min()), int(sum(x)))
        == result.value
        == Fraction(int((payoff @ y).max()), int(sum(y)))
    )


@pytest.mark.parametrize("by_programming", [False, True])
def test_the_value_is_what_either_player_can_secure(by_programming, monkeypatch):
    monkeypatch.setattr(zero_sum, "SMALL", 0 if by_programming else 100)
    for payoff, _ in games("zero-sum", round(40 * SCALE), 7, seed=1):
        assert_optimal(payoff.astype(object), optimal(payoff))
    assert optimal(np.array([[1, -1], [-1, 1]])).value == 0
    # Skew-symmetric: neither player is better placed.
    assert optimal(np.array([[0, -1, 2], [1, 0, -3], [-2, 3, 0]])).value == 0
    assert optimal(np.array([[3, 1], [1, 2]])).value == Fraction(5, 3)


def test_without_ties_a_programme_is_enough(monkeypatch):
    """The support of its solution is solved for exactly; no path of pivots has to be taken,
    whatever the unit."""
    monkeypatch.setattr(zero_sum, "SMALL", 0)
    monkeypatch.setattr(
        zero_sum, "one_equilibrium", lambda *_: pytest.fail("the programme did not do")
    )
    rng = np.random.default_rng(5)
    for size in [(2, 2), (2, 5), (5, 2), (1, 4), (4, 1), (4, 4), (6, 6), (7, 5)] * 3:
        payoff = rng.integers(-1000, 1000, size).astype(object)
        for one in (payoff, payoff * 10**40, payoff + 10**6):
            assert_optimal(one, optimal(one))


@pytest.mark.parametrize(
    "wrong", ["no solution", "even", "first actions", "nothing", "one side"]
)
def test_whatever_a_programme_answers_is_proved_or_left(wrong, monkeypatch):
    import scipy.optimize

    right = scipy.optimize.linprog

    def answer(*given, **named):
        result = right(*given, **named)
        m, n = len(result.x) - 1, len(result.ineqlin.marginals)
        if wrong == "no solution":
            result.status = 2
        elif wrong == "even":
            result.x[:m], result.ineqlin.marginals[:] = 1 / m, -1 / n
        elif wrong == "first actions":
            result.x[:m], result.ineqlin.marginals[:] = np.eye(m)[0], -np.eye(n)[0]
        elif wrong == "nothing":
            result.x[:m], result.ineqlin.marginals[:] = 0, 0
        else:
            result.ineqlin.marginals[:] = -np.eye(n)[-1]
        return result

    monkeypatch.setattr(zero_sum, "SMALL", 0)
    monkeypatch.setattr(scipy.optimize, "linprog", answer)
    for payoff, _ in games("zero-sum", 15, 5, seed=6):
        assert_optimal(payoff.astype(object), optimal(payoff))


def test_large_games_are_solved_exactly():
    rng = np.random.default_rng(3)
    for payoff in (
        rng.integers(-(10**6), 10**6, (60, 40)),
        np.triu(rng.choice([-1, 1], (45, 45)), 1),
    ):
        payoff = payoff - payoff.T if payoff.shape[0] == payoff.shape[1] else payoff
        assert_optimal(payoff.astype(object), optimal(payoff))
    huge = rng.integers(-9, 10, (30, 30)).astype(object) * 10**300 + 1
    assert_optimal(huge, optimal(huge))


def test_strategically_zero_sum_games_have_the_equilibria_of_a_zero_sum_game():
    rng = np.random.default_rng(4)
    for _ in range(round(30 * SCALE)):
        shape = tuple(rng.integers(1, 5, 2))
        Z = rng.integers(-4, 5, shape)
        A = 3 * Z + rng.integers(-9, 10, (1, shape[1]))
        B = -2 * Z + rng.integers(-9, 10, (shape[0], 1))
        same = zero_sum_equivalent(A, B)
        assert same is not None
        assert as_set(extreme_equilibria(A, B)) == as_set(extreme_equilibria(same, -same))


@pytest.mark.parametrize(
    ("A", "B"),
    [
        ([[1, 0], [0, 1]], [[1, 0], [0, 1]]),
        ([[1, 0], [0, 1]], [[0, 0], [0, 0]]),
        ([[0, 0], [0, 0]], [[1, 0], [0, 1]]),
        ([[1, 2, 0], [1, 0, 0], [2, 0, 2]], [[1, 0, 2], [1, 2, 0], [0, 2, 1]]),
    ],
)
def test_other_games_are_not_strategically_zero_sum(A, B):
    assert zero_sum_equivalent(np.array(A), np.array(B)) is None
