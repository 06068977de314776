"""Certificates of mixed profiles, exact and in balls, against sums written out by hand."""

from __future__ import annotations

import itertools
import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx

from strategy import GameError, NormalFormGame, NumberError
from strategy.concepts import Nash
from strategy.concepts._replies_kernel import strike
from strategy.forms.mixed import MixedProfile, read_profile
from strategy.forms.profiles import PureProfile
from strategy.solvers.protocol import Batch

UNIQUE = ([[3, 0, 1], [0, 2, 4], [1, 5, 0]], [[2, 0, 3], [0, 3, 1], [4, 1, 0]])
ITS_EQUILIBRIUM = [["9/25", "11/25", "1/5"], ["17/37", "9/37", "11/37"]]


@pytest.mark.parametrize("shift", [0, 10**6, 10**9])
@pytest.mark.parametrize("scale", ["1", "1e15", "1e-12"])
def test_holds_at_any_scale(shift: int, scale: str) -> None:
    """A 3x3 game whose only equilibrium has full support, at scales at which absolute
    tolerances fail."""
    tables = [
        [[Fraction(scale) * (v + shift) for v in row] for row in table] for table in UNIQUE
    ]
    game = NormalFormGame.from_arrays(*tables)
    assert Nash().certify(game, ITS_EQUILIBRIUM).holds
    near = [["9/25", "11/25", "1/5"], ["17/37", "10/37", "10/37"]]
    found = Nash().certify(game, near)
    assert not found.holds
    assert found.regret > 0


def _regret(tables: list[Any], vectors: list[list[Fraction]]) -> Fraction:
    """The largest gain of anyone, by going through every cell."""
    shape = np.shape(tables[0])
    worst = Fraction(0)
    for player, size in enumerate(shape):
        worth = [Fraction(0)] * size
        for cell in itertools.product(*map(range, shape)):
            weight = Fraction(1)
            for i, action in enumerate(cell):
                weight *= vectors[i][action] if i != player else 1
            worth[cell[player]] += weight * Fraction(tables[player][cell])
        got = sum((w * v for w, v in zip(worth, vectors[player], strict=True)), Fraction(0))
        worst = max(worst, max(worth) - got)
    return worst


@pytest.mark.parametrize("seed", range(40))
def test_regret_is_the_largest_gain(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shape = tuple(int(n) for n in rng.integers(1, 4, size=int(rng.integers(1, 5))))
    kinds: list[Any] = [np.int64, np.uint8, np.float64, object]
    kind = kinds[seed % 4]
    tables = [rng.integers(0, 5, size=shape) for _ in shape]
    given = [
        t.astype(kind)
        if kind is not object
        else np.vectorize(lambda v: Fraction(int(v), 3), otypes=[object])(t)
        for t in tables
    ]
    game = NormalFormGame.from_arrays(*given)
    vectors = []
    for size in shape:
        weights = rng.integers(0, 3, size=size)
        weights[int(rng.integers(size))] += 1
        vectors.append([Fraction(int(w), int(weights.sum())) for w in weights])
    exact = [
        np.vectorize(Fraction, otypes=[object])(t) / (3 if kind is object else 1)
        for t in tables
    ]
    found = Nash().certify(game, vectors)
    assert found.regret == _regret(exact, vectors)
    assert found.holds == (found.regret == 0)


GOLDEN = (arb(5).sqrt() - 1) / 2


def _golden_game() -> NormalFormGame:
    """Three players, alike: each is indifferent where the others' common probability p
    solves p^2 + p = 1."""
    table = np.zeros((2, 2, 2), dtype=np.int64)
    # The first action pays 4, 1, 1, 0 by what the two others do; the second always 2.
    table[0, 0, 0], table[0, 0, 1], table[0, 1, 0], table[0, 1, 1] = 4, 1, 1, 0
    table[1] = 2
    return NormalFormGame.from_arrays(
        table, table.transpose(1, 0, 2), table.transpose(1, 2, 0)
    )


def test_balls_around_an_irrational_equilibrium() -> None:
    """4 p^2 + 2 p (1 - p) = 2 at p = (sqrt(5) - 1) / 2, for each of three players alike."""
    game = _golden_game()
    p = GOLDEN + arb(0, 1e-12)
    assert Nash().certify(game, [[p, 1 - p]] * 3).holds
    # The ball of the first action counts as well, which follows from the other's.
    for first in (p + 1e-6, arb(p.mid(), 1e-30)):
        assert not Nash().certify(game, [[first, 1 - p], [p, 1 - p], [p, 1 - p]]).holds
    off = GOLDEN + arb(1e-6, 1e-12)
    missed = Nash().certify(game, [[off, 1 - off]] * 3)
    assert not missed.holds
    assert 0 < missed.regret < Fraction(1, 10**4)
    assert "no equilibrium is proved" in missed.reason
    half = arb(0.5, 0.1)
    # certain, and the balls do not contain 1
    assert not Nash().certify(game, [[half, 0], [half, 0], [half, 0]]).holds
    around_zero = arb(0, 1e-12)
    assert (
        "reaches 0"
        in Nash()
        .certify(game, [[1 - around_zero, around_zero], [p, 1 - p], [p, 1 - p]])
        .reason
    )


def test_profiles_can_be_given_in_every_way() -> None:
    game = NormalFormGame.from_arrays(
        [[1, 0], [0, 1]],
        [[0, 1], [1, 0]],
        players=("A", "Türkiye"),
        actions=(("a", "b"), ("c", "d")),
    )
    half = Fraction(1, 2)
    ways: list[Any] = [
        {"A": {"a": "1/2", "b": "1/2"}, "Türkiye": {"c": 0.5, "d": 0.5}},
        {"A": [0.5, 0.5], "Türkiye": np.array([0.5, 0.5])},
        [(half, half), (half, half)],
        np.full((2, 2), 0.5),
    ]
    for way in ways:
        read = read_profile(game.form, way)
        assert isinstance(read, MixedProfile)
        assert read == {"A": {"a": half, "b": half}, "Türkiye": {"c": half, "d": half}}
        assert Nash().certify(game, way).holds
        assert pickle.loads(pickle.dumps(read)) == read
    pure = read_profile(game.form, {"A": {"a": 1}, "Türkiye": "d"})
    assert isinstance(pure, PureProfile)
    assert read_profile(game.form, [[1, 0], [0, 1]]) == pure


@pytest.mark.parametrize(
    ("profile", "error", "shown"),
    [
        ({"A": {"a": 0.1, "b": 0.2}, "B": "c"}, GameError, "sum to 3/10"),
        ({"A": {"a": "3/2", "b": "-1/2"}, "B": "c"}, GameError, "none negative"),
        ({"A": {"z": 1}, "B": "c"}, GameError, "'z'"),
        ({"A": "a"}, GameError, "B"),
        ({"A": "a", "B": "c", "C": "x"}, GameError, "'C'"),
        ([[1, 0]], GameError, "2 players"),
        ([[1, 0], [1, 0, 0]], GameError, "one of"),
        ([[float("nan"), 1], [1, 0]], NumberError, "nan"),
        (7, GameError, "int"),
        ("ac", GameError, "does not fit"),
    ],
)
def test_what_does_not_fit_is_said(
    profile: Any, error: type[Exception], shown: str
) -> None:
    game = NormalFormGame.from_arrays(
        [[1, 0], [0, 1]],
        [[0, 1], [1, 0]],
        players=("A", "B"),
        actions=(("a", "b"), ("c", "d")),
    )
    with pytest.raises(error, match=shown):
        Nash().certify(game, profile)


@pytest.mark.parametrize("digits", [12, 30, 200])
def test_ball_profiles_are_copied_whole(digits: int) -> None:
    game = _golden_game()
    with ctx.workprec(4 * digits + 40):
        p = (arb(5).sqrt() - 1) / 2 + arb(0, arb(10) ** -digits)
        read = read_profile(game.form, [[p, 1 - p]] * 3)
    assert isinstance(read, MixedProfile)
    again = pickle.loads(pickle.dumps(read))
    assert again == read
    for a, b in zip(again.vectors[0], read.vectors[0], strict=True):
        assert a.contains(b)
        assert a.rad() < arb("1.001") * b.rad()
    assert Nash().certify(game, again).holds


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("factor", [1, 2**58, 10**30])
@pytest.mark.parametrize("seed", range(10))
def test_many_are_judged_as_one_by_one(
    seed: int, factor: int, compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strike, "loaded", compiled)
    monkeypatch.setattr(strike, "spent", -np.inf)
    rng = np.random.default_rng(seed)
    shape = tuple(int(n) for n in rng.integers(1, 5, size=2))
    tables = [(rng.integers(0, 3, size=shape).astype(object) * factor) for _ in range(2)]
    game = NormalFormGame.from_arrays(*tables)
    vertices = []
    for size in shape:
        numerators = rng.integers(0, 3, size=(6, size))
        numerators[:, 0] += numerators.sum(axis=1) == 0
        denominators = numerators.sum(axis=1)
        if (
            seed % 2
        ):  # not strategies: one that is negative somewhere, one that sums to less
            numerators[4] = [-1, *[2, 0, 0][: size - 1]]
            denominators[4] = numerators[4].sum()
            denominators[5] += 1
        vertices.append((numerators, denominators))
    pairs = np.array(list(itertools.product(range(6), range(6))))
    batch = Batch((vertices[0], vertices[1]), pairs)
    held = Nash().judge(game).hold(batch.vertices, pairs)
    for number, (i, j) in enumerate(pairs):
        if seed % 2 and {4, 5} & {i, j}:
            assert not held[number]
        else:
            assert (
                held[number] == Nash().certify(game, batch.profile(game.form, number)).holds
            )


def test_many_pure_profiles_of_one_player_whose_numbers_have_many_digits() -> None:
    game = NormalFormGame.from_arrays([Fraction(1, 3**50), Fraction(1, 2**70), 0])
    judge = Nash().judge(game)
    assert judge.hold_pure(np.array([[0], [1], [2]])).tolist() == [False, True, False]
