"""Commitment: published examples, an exact search over leaders with two actions, and what
theory says of all games."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from games.classics import zero_sum
from strategy import GameError, NormalFormGame, RefusalError, solve
from strategy.concepts import Commitment, CorrelatedEquilibrium, Nash, Payoff, PureNash
from strategy.solvers import best_commitment, correlated_extremes, value_of_commitment
from tests._games import seeds

HALF = Fraction(1, 2)
CERTAIN = Fraction(1)


def conitzer_sandholm() -> NormalFormGame:
    """(2, 1) (4, 0) / (1, 0) (3, 1), section 1 of Conitzer and Sandholm (2006): up
    dominates, and binding oneself helps."""
    actions = (("up", "down"), ("left", "right"))
    return NormalFormGame.from_arrays(
        [[2, 4], [1, 3]], [[1, 0], [0, 1]], players=("A", "B"), actions=actions
    )


def test_commitment_helps() -> None:
    game = conitzer_sandholm()
    nash = solve(game, PureNash())
    for mixed, pessimistic, value, attained in [
        (False, False, Fraction(3), True),
        (False, True, Fraction(3), True),
        (True, False, Fraction(7, 2), True),
        (True, True, Fraction(7, 2), False),
    ]:
        commitment = Commitment("A", mixed=mixed, pessimistic=pessimistic)
        found = best_commitment(game, commitment)
        assert (found.value, found.attained) == (value, attained)
        assert value_of_commitment(found, nash).over_best == value - 2
        assert str(found)
        (one,) = found.optima
        assert one.reply == "right"
        assert one.strategy == (
            {"up": HALF, "down": HALF} if mixed else {"up": 0, "down": 1}
        )
        certificate = commitment.certify(game, {"A": dict(one.strategy), "B": one.reply})
        assert certificate.holds == attained
        if not attained:
            near = one.near("1/100")
            assert near["down"] > HALF
            assert not commitment.certify(game, {"A": dict(near), "B": "right"}).holds
            assert (
                0
                < commitment.certify(game, {"A": dict(near), "B": "right"}).regret
                <= Fraction(1, 50)
            )
            assert "close" in str(found)
    assert "worth 1.5 to A" in str(
        value_of_commitment(best_commitment(game, Commitment("A")), nash)
    )


def test_mixing_in_secret_is_worth_nothing_openly_in_zero_sum_games() -> None:
    """By the minimax theorem the leader loses nothing by showing its mixed strategy, and a
    lot by showing an action."""
    game = zero_sum.matching_pennies()
    leader = game.players[0]
    for pessimistic in (True, False):
        found = best_commitment(game, Commitment(leader, pessimistic=pessimistic))
        assert (found.value, found.attained) == (0, True)
        assert set(found.optima[0].strategy.values()) == {HALF}
        assert (
            best_commitment(
                game, Commitment(leader, mixed=False, pessimistic=pessimistic)
            ).value
            == -1
        )


def best_by_search(L: Any, F: Any) -> tuple[Fraction, Fraction, bool]:
    """Leaders with two actions: (strong value, weak supremum, whether it is reached), from
    all points where replies change."""
    m, n = L.shape
    assert m == 2

    def at(t: Fraction) -> tuple[list[Fraction], list[Fraction]]:
        return [[t * T[0, b] + (1 - t) * T[1, b] for b in range(n)] for T in (L, F)]  # type: ignore[return-value]

    turns = {Fraction(0), CERTAIN}
    for b, c in itertools.combinations(range(n), 2):
        # t * (F[0,b] - F[0,c]) + (1 - t) * (F[1,b] - F[1,c]) = 0
        up, down = F[0, b] - F[0, c], F[1, b] - F[1, c]
        if up != down and 0 <= Fraction(down) / (down - up) <= 1:
            turns.add(Fraction(down) / (down - up))
    points = sorted(turns)
    strong, reached, limits = [], [], []
    for t in points:
        gains, worth = at(t)
        best = [b for b in range(n) if worth[b] == max(worth)]
        strong.append(max(gains[b] for b in best))
        reached.append(min(gains[b] for b in best))
    for low, high in itertools.pairwise(points):
        middle = (low + high) / 2
        _, worth = at(middle)
        best = [b for b in range(n) if worth[b] == max(worth)]
        # Between two turns the replies stay, and the worst of lines is concave: its top may
        # lie inside.
        inside = {low, high, middle}
        for b, c in itertools.combinations(best, 2):
            up, down = L[0, b] - L[0, c], L[1, b] - L[1, c]
            if up != down and low < Fraction(down) / (down - up) < high:
                inside.add(Fraction(down) / (down - up))
        for t in inside:
            value = min(at(t)[0][b] for b in best)
            limits.append(value)
            if low < t < high:
                reached.append(value)
    supremum = max([*reached, *limits])
    return max(strong), supremum, max(reached) == supremum


@pytest.mark.deep
def test_leaders_with_two_actions_by_search() -> None:
    missed = 0
    for seed in seeds(250):
        rng = random.Random(f"leader {seed}")
        n = rng.randint(1, 4)
        values: list[Any] = rng.choice([[0, 1], [0, 1, 2], list(range(10))])
        L, F = (
            np.array(
                [[rng.choice(values) for _ in range(n)] for _ in range(2)], dtype=object
            )
            for _ in range(2)
        )
        strong, weak, attained = best_by_search(L, F)
        scale = rng.choice([1, Fraction(1, 10**9), 10**20])
        swap = rng.random() < 0.5
        arrays = [
            (scale * T.T).tolist() if swap else (scale * T).tolist()
            for T in ((F, L) if swap else (L, F))
        ]
        game = NormalFormGame.from_arrays(*arrays)
        leader = "2" if swap else "1"
        follower = "1" if swap else "2"
        for pessimistic, value, reached in ((False, strong, True), (True, weak, attained)):
            commitment = Commitment(leader, pessimistic=pessimistic)
            found = best_commitment(game, commitment)
            assert (found.value, found.attained) == (scale * value, reached), (
                seed,
                pessimistic,
            )
            for one in found.optima:
                assert one.payoffs[leader] == found.value
                assert (
                    commitment.certify(
                        game, {leader: dict(one.strategy), follower: one.reply}
                    ).holds
                    == reached
                )
                if not reached:
                    near = one.near(Fraction(1, 10**6))
                    t = near["1"]
                    gains, worth = (
                        [t * T[0, b] + (1 - t) * T[1, b] for b in range(n)] for T in (L, F)
                    )
                    sure = min(gains[b] for b in range(n) if worth[b] == max(worth))
                    assert value - Fraction(10, 10**6) <= sure < value
            missed += not reached
    assert missed > 5


def test_what_holds_in_all_games() -> None:
    """Strong mixed leaders get at least any correlated equilibrium, weak ones at least the
    worst Nash equilibrium (von Stengel and Zamir 2010), and pure leaders no more than mixed
    ones."""
    for seed in seeds(60):
        rng = np.random.default_rng(seed)
        shape = tuple(int(n) for n in rng.integers(1, 5, size=2))
        game = NormalFormGame.from_arrays(
            *rng.integers(0, rng.choice([2, 4, 50]), size=(2, *shape))
        )
        ways = [
            (mixed, pessimistic) for mixed in (True, False) for pessimistic in (False, True)
        ]
        value = {
            way: best_commitment(
                game, Commitment("1", mixed=way[0], pessimistic=way[1])
            ).value
            for way in ways
        }
        assert value[True, False] >= value[True, True] >= value[False, True]
        assert value[True, False] >= value[False, False] >= value[False, True]
        (told,) = correlated_extremes(game, CorrelatedEquilibrium(), Payoff("1"))
        assert value[True, False] >= told.greatest.value
        nash = solve(game, Nash())
        worst = min(one.payoffs["1"] for one in nash)
        assert value[True, True] >= worst
        gain = value_of_commitment(best_commitment(game, Commitment("1")), nash)
        assert gain.proved
        assert 0 <= gain.over_best <= gain.over_worst


def test_pure_leaders_by_looking_at_every_row() -> None:
    for seed in seeds(60):
        rng = np.random.default_rng(seed)
        shape = tuple(int(n) for n in rng.integers(1, 5, size=2))
        L, F = rng.integers(0, 3, size=(2, *shape))
        game = NormalFormGame.from_arrays(L, F)
        for pessimistic in (False, True):
            commitment = Commitment("1", mixed=False, pessimistic=pessimistic)
            rows = [
                [int(L[a, b]) for b in range(shape[1]) if F[a, b] == F[a].max()]
                for a in range(shape[0])
            ]
            values = [min(row) if pessimistic else max(row) for row in rows]
            found = best_commitment(game, commitment)
            assert found.value == max(values)
            assert {
                one.strategy[str(a + 1)] for one in found.optima for a in range(shape[0])
            } <= {0, 1}
            chosen = {next(a for a, x in one.strategy.items() if x) for one in found.optima}
            assert chosen == {str(a + 1) for a, v in enumerate(values) if v == max(values)}
            for a in range(shape[0]):
                for b in range(shape[1]):
                    fits = F[a, b] == F[a].max() and values[a] == max(values) == L[a, b]
                    assert (
                        commitment.certify(game, {"1": str(a + 1), "2": str(b + 1)}).holds
                        == fits
                    )


def test_refusals() -> None:
    game = conitzer_sandholm()
    three = NormalFormGame.from_arrays(*np.zeros((3, 2, 2, 2), dtype=int))
    for commitment, given, shown in [
        (Commitment("C"), game, "'C'"),
        (Commitment("1"), three, "3 players"),
        (Commitment("A"), [[1]], "from_arrays"),
    ]:
        with pytest.raises(RefusalError, match=shown):
            best_commitment(given, commitment)  # type: ignore[arg-type]
    found = best_commitment(game, Commitment("A"))
    other = NormalFormGame.from_arrays([[1, 2]], [[1, 2]], players=("A", "B"))
    with pytest.raises(RefusalError, match="same game"):
        value_of_commitment(found, solve(other, PureNash()))
    pennies = zero_sum.matching_pennies()
    with pytest.raises(RefusalError, match="no pure Nash equilibrium"):
        value_of_commitment(
            best_commitment(pennies, Commitment(pennies.players[0])),
            solve(pennies, PureNash()),
        )
    with pytest.raises(GameError, match="share"):
        found.optima[0].near(0)
    mixes = {"A": {"up": HALF, "down": HALF}, "B": "right"}
    assert "mixes" in Commitment("A", mixed=False).certify(game, mixes).reason
    assert Commitment("A").certify(game, {"A": "down", "B": "left"}).player == "B"
