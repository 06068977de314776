"""Logit quantal responses: closed forms, bisection by hand, and the equilibria that the
branch leads to."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb

from games.classics import coordination, crowds, zero_sum
from strategy import (
    GameError,
    Limits,
    NormalFormGame,
    NumberError,
    RefusalError,
    Status,
    solve,
)
from strategy.concepts import LogitQuantalResponse, Nash, PureNash
from strategy.solvers import LogitTracing, logit_branch
from tests._games import seeds

PENNIES = NormalFormGame.from_arrays([[9, 0], [0, 1]], [[0, 1], [1, 0]])
"""The asymmetric matching pennies of Ochs (1995), fitted by McKelvey and Palfrey (1995)."""


def logit(worths: Any, rationality: float) -> np.ndarray:
    raw = np.exp(rationality * (worths - np.max(worths)))
    return raw / raw.sum()


def response_error(
    game: NormalFormGame, vectors: list[np.ndarray], rationality: float
) -> float:
    """By the definition, one cell at a time."""
    worst = 0.0
    for i, table in enumerate(game.to_arrays()):
        worth = np.zeros(table.shape[i])
        for cell in itertools.product(*map(range, table.shape)):
            weight = math.prod(vectors[j][a] for j, a in enumerate(cell) if j != i)
            worth[cell[i]] += weight * table[cell]
        worst = max(worst, float(np.abs(vectors[i] - logit(worth, rationality)).max()))
    return worst


def bisected(rationality: float) -> tuple[float, float]:
    """Asymmetric pennies: the first player's weight on its first action rises with the
    second's, and the reverse falls."""

    def second(p: float) -> float:
        return float(logit(np.array([1 - p, p]), rationality)[0])

    low, high = 0.0, 1.0
    for _ in range(80):
        p = (low + high) / 2
        q = second(p)
        low, high = (
            (p, high) if logit(np.array([9 * q, 1 - q]), rationality)[0] > p else (low, p)
        )
    return p, second(p)


@pytest.mark.parametrize("rationality", ["0.1", 1, "10/3", 20, 300])
def test_asymmetric_pennies_by_bisection(rationality: Any) -> None:
    concept = LogitQuantalResponse(rationality)
    solution = solve(PENNIES, concept)
    assert solution.status is Status.PARTIAL
    assert "others" in solution.reason
    (one,) = solution
    p, q = bisected(float(Fraction(rationality)))
    found = [float(row["1"]) for row in one.profile.values()]
    assert np.allclose(found, [p, q], rtol=0, atol=1e-9)
    assert all(
        value.rad() < arb("1e-29") for row in one.profile.values() for value in row.values()
    )
    assert one.certificate.holds
    for point in logit_branch(PENNIES, 300).at(rationality):
        assert np.allclose([row[0] for row in point], [p, q], rtol=0, atol=1e-7)


def test_what_is_near_is_not_enough() -> None:
    concept = LogitQuantalResponse(1)
    (one,) = solve(PENNIES, concept)
    away = (arb("1e-6"), -arb("1e-6"))
    moved = [
        [value + step for step, value in zip(away, row.values(), strict=True)]
        for row in one.profile.values()
    ]
    certificate = concept.certify(PENNIES, moved)
    assert not certificate.holds
    assert "no quantal response is proved" in certificate.reason
    assert 0 < certificate.regret < Fraction(1, 10**5)
    assert not LogitQuantalResponse("1.0001").certify(PENNIES, one.profile).holds
    certificate = concept.certify(PENNIES, [["1/2", "1/2"], ["1/2", "1/2"]])
    assert not certificate.holds
    assert "indifferent" in certificate.reason
    assert "reaches 0" in concept.certify(PENNIES, [[arb(0, 0.1), arb(1, 0.1)]] * 2).reason


def test_alike_actions_are_exact() -> None:
    game = zero_sum.rock_paper_scissors()
    third = [Fraction(1, 3)] * 3
    for rationality in (0, 1, 10**6):
        (one,) = solve(game, LogitQuantalResponse(rationality))
        assert [list(row.values()) for row in one.profile.values()] == [third, third]
    assert LogitQuantalResponse(0).certify(PENNIES, [["1/2", "1/2"]] * 2).holds
    assert not LogitQuantalResponse(0).certify(PENNIES, [["1/3", "2/3"]] * 2).holds


def test_the_scale_of_payoffs_counts() -> None:
    """Twice the payoffs at half of lambda give the same, and so do constants for what the
    others do."""
    doubled = NormalFormGame.from_arrays(
        [[18 + 5, 0 - 3], [0 + 5, 2 - 3]], [[0, 2], [2, 0]]
    )
    one, two = (
        solve(game, LogitQuantalResponse(lam))[0]
        for game, lam in ((PENNIES, 1), (doubled, "1/2"))
    )
    for row, other in zip(one.profile.values(), two.profile.values(), strict=True):
        assert all(a.overlaps(b) for a, b in zip(row.values(), other.values(), strict=True))
    assert not LogitQuantalResponse(1).certify(doubled, one.profile).holds


@pytest.mark.parametrize("shape", [(3, 3), (1, 4), (2, 2, 2), (3, 2, 3), (2, 2, 2, 2)])
def test_random_games_satisfy_the_definition(shape: tuple[int, ...]) -> None:
    for seed in seeds(4):
        rng = np.random.default_rng(seed)
        game = NormalFormGame.from_arrays(*[rng.integers(0, 10, size=shape) for _ in shape])
        for rationality in (0.25, 2.0):
            (one,) = solve(
                game, LogitQuantalResponse(rationality), solver=LogitTracing(digits=15)
            )
            assert response_error(game, list(one.to_arrays()), rationality) < 1e-9
        branch = logit_branch(game, 2)
        assert branch.reached
        rows = [
            [branch.of(who)[k] for who in game.players] for k in range(len(branch.lambdas))
        ]
        for lam, vectors in list(zip(branch.lambdas, rows, strict=True))[::5]:
            assert response_error(game, vectors, float(lam)) < 1e-7
        assert np.abs(np.diff(branch.probabilities, axis=0)).max() <= 0.021


def test_turning_points_are_passed() -> None:
    """A 4 x 4 game whose branch turns back twice: between the turns one lambda has three
    responses of the branch."""
    rng = np.random.default_rng(25)
    game = NormalFormGame.from_arrays(*rng.integers(0, 101, size=(2, 4, 4)))
    branch = logit_branch(game, 1)
    assert len(branch.turns) == 2
    first, second = (float(branch.lambdas[k]) for k in branch.turns)
    assert second < first
    between = branch.at((first + second) / 2)
    assert len(between) == 3
    assert all(
        response_error(game, list(one), (first + second) / 2) < 1e-7 for one in between
    )
    assert len({tuple(np.round(one[0], 4)) for one in between}) == 3
    assert len(branch.at(second / 2)) == len(branch.at(0.9)) == 1
    assert "2 turns" in repr(branch)


def test_the_branch_leads_to_the_safer_equilibrium_of_the_stag_hunt() -> None:
    game = coordination.stag_hunt()
    solution = solve(game, Nash(), solver=LogitTracing())
    assert solution.status is Status.PARTIAL
    assert [set(one.profile.actions.values()) for one in solution] == [{"hare"}]


@pytest.mark.parametrize(
    "shape",
    [(2, 2), (3, 3), (4, 6), (12, 12), (2, 2, 2), (3, 3, 3), (2, 2, 2, 2), (4, 3, 4, 3)],
)
@pytest.mark.parametrize("high", [3, 101])
@pytest.mark.deep_but(6)
def test_an_equilibrium_of_games_of_any_size(shape: tuple[int, ...], high: int) -> None:
    """Degenerate games included (payoffs 0 to 2); what is listed is certified, and nearly
    always something is."""
    found = 0
    for seed in seeds(6):
        rng = np.random.default_rng(seed)
        tables = [rng.integers(0, high, size=shape) for _ in shape]
        scales = [Fraction(1), Fraction(1, 10**12), Fraction(10**25), Fraction(1)]
        game = NormalFormGame.from_arrays(
            *[s * (t.astype(object) + 7) for s, t in zip(scales, tables, strict=False)]
        )
        solution = solve(game, Nash(), solver=LogitTracing())
        assert solution.rejected == 0
        assert solution.status is Status.PARTIAL
        for one in solution:
            assert Nash().certify(game, one.profile).holds
        found += len(solution)
    assert found >= len(seeds(6)) * (1 if len(shape) == 2 else 0.8)


def test_games_without_anything_at_stake() -> None:
    nothing = NormalFormGame.from_arrays(*np.zeros((3, 2, 3, 2), dtype=int))
    (one,) = solve(nothing, Nash(), solver=LogitTracing())
    assert set(one.profile["2"].values()) == {Fraction(1, 3)}
    single = NormalFormGame.from_arrays([3, 1, 2])
    (one,) = solve(single, Nash(), solver=LogitTracing())
    assert one.profile["1"]["1"] == 1
    assert len(solve(crowds.minority_game(), Nash(), solver=LogitTracing())) == 1


def test_limits_and_refusals() -> None:
    rng = np.random.default_rng(0)
    game = NormalFormGame.from_arrays(*rng.integers(0, 101, size=(2, 30, 30)))
    assert (
        solve(game, Nash(), solver=LogitTracing(), limits=Limits(seconds=0)).status
        is Status.STOPPED
    )
    for bad in (-1, "x", None):
        with pytest.raises(NumberError):
            LogitQuantalResponse(bad)
    with pytest.raises(RefusalError, match="LogitTracing finds"):
        solve(game, PureNash(), solver=LogitTracing())
    with pytest.raises(GameError, match="best responses"):
        solve(game, LogitQuantalResponse(10**12))
    with pytest.raises(GameError, match="above 0"):
        logit_branch(game, 0)
    with pytest.raises(RefusalError, match="from_arrays"):
        logit_branch([[1]], 1)  # type: ignore[arg-type]
    with pytest.raises(GameError, match="'3'"):
        logit_branch(PENNIES, 1).of("3")
