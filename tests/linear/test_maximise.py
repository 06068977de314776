"""Linear programmes: the certificate of every answer is checked here once more, by its
definition, in Fractions."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from strategy.errors import StrategyError
from strategy.linear import LinearSolution, LinearStatus, maximise, programme
from tests._games import seeds

Rows = list[list[Fraction]]
SCALES = [
    Fraction(1),
    Fraction(1, 3),
    Fraction(1, 10**12),
    Fraction(10**15),
    Fraction(10**40),
]


def dot(a: Any, b: Any) -> Fraction:
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


def check(
    found: LinearSolution,
    c: list[Fraction],
    A: Rows,
    b: list[Fraction],
    C: Rows,
    d: list[Fraction],
) -> None:
    """What the answer says is proved by what it holds."""
    rows, bounds = A + C, b + d
    columns = [[row[j] for row in rows] for j in range(len(c))]
    if found.status is not LinearStatus.INFEASIBLE:
        assert len(found.x) == len(c)
        assert all(x >= 0 for x in found.x)
        assert all(dot(row, found.x) <= bound for row, bound in zip(A, b, strict=True))
        assert all(dot(row, found.x) == bound for row, bound in zip(C, d, strict=True))
    if found.status is not LinearStatus.UNBOUNDED:
        assert all(y >= 0 for y in found.dual[: len(A)])
    if found.status is LinearStatus.OPTIMAL:
        assert dot(c, found.x) == found.value == dot(bounds, found.dual)
        assert all(
            dot(column, found.dual) >= gain for column, gain in zip(columns, c, strict=True)
        )
    elif found.status is LinearStatus.INFEASIBLE:
        assert all(dot(column, found.dual) >= 0 for column in columns)
        assert dot(bounds, found.dual) < 0
    else:
        assert all(r >= 0 for r in found.ray)
        assert all(dot(row, found.ray) <= 0 for row in A)
        assert all(dot(row, found.ray) == 0 for row in C)
        assert dot(c, found.ray) > 0


def either_way(
    monkeypatch: pytest.MonkeyPatch, c: Any, at_most: Any, equal: Any
) -> tuple[LinearSolution, LinearSolution]:
    answers = []
    for small in (10**9, -1):
        monkeypatch.setattr(programme, "_SMALL", small)
        answers.append(maximise(c, at_most=at_most, equal=equal))
    return answers[0], answers[1]


@pytest.mark.parametrize("block", range(4))
def test_answers_are_proved_and_both_ways_agree(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few values, so that most programmes are degenerate, many infeasible and some
    unbounded."""
    seen = set()
    for seed in seeds(60):
        rng = random.Random(f"linear {block} {seed}")
        n, m, k = rng.randint(1, 6), rng.randint(0, 6), rng.choice([0, 0, 1, 2])
        sizes = [rng.choice(SCALES[: 1 + 4 * (block % 2)]) for _ in range(m + k + 1)]

        def entries(
            scale: Fraction, count: int, rng: random.Random = rng
        ) -> list[Fraction]:
            return [scale * rng.choice([-2, -1, 0, 0, 1, 1, 2, 3]) for _ in range(count)]

        whole = [entries(size, n + 1) for size in sizes]
        A, b = (
            [row[:-1] for row in whole[:m]],
            [abs(row[-1]) if rng.random() < 0.7 else row[-1] for row in whole[:m]],
        )
        C, d = [row[:-1] for row in whole[m : m + k]], [row[-1] for row in whole[m : m + k]]
        c = whole[-1][:-1]
        one, two = either_way(monkeypatch, c, (A, b) if m else None, (C, d) if k else None)
        for found in (one, two):
            check(found, c, A, b, C, d)
        assert (one.status, one.value) == (two.status, two.value)
        seen.add(one.status)
    assert seen == set(LinearStatus)


@pytest.mark.parametrize("shape", [(30, 30), (5, 400), (400, 5), (60, 90)])
def test_large_programmes_are_recovered_from_floats(
    shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(sum(shape))
    A, b, c = (
        rng.integers(-5, 20, size=shape),
        rng.integers(1, 50, size=shape[0]),
        rng.integers(-5, 20, size=shape[1]),
    )
    A[0] = np.abs(A[0]) + 1  # bounded
    found, again = either_way(monkeypatch, c, (A, b), None)
    exact = [[Fraction(int(v)) for v in row] for row in A]
    for one in (found, again):
        check(
            one, [Fraction(int(v)) for v in c], exact, [Fraction(int(v)) for v in b], [], []
        )
    assert found.value == again.value


def test_a_programme_on_which_dantzigs_rule_cycles() -> None:
    """Beale (1955), as in Chvátal, Linear Programming (1983), chapter 3: optimum 1/20."""
    A = [["1/4", -60, "-1/25", 9], ["1/2", -90, "-1/50", 3], [0, 0, 1, 0]]
    found = maximise(["3/4", -150, "1/50", -6], at_most=(A, [0, 0, 1]))
    assert (found.status, found.value) == (LinearStatus.OPTIMAL, Fraction(1, 20))


def test_floats_stand_for_their_decimals() -> None:
    assert maximise([0.1, 0.2], equal=([[1, 1]], [0.3])).value == Fraction(6, 100)
    assert (
        maximise(
            np.array([1, 1]), at_most=(np.array([[2**62, 1]]), np.array([2**62]))
        ).value
        == 2**62
    )


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(StrategyError, match="does not fit"):
        maximise([1, 2], at_most=([[1, 2, 3]], [1]))
    with pytest.raises(StrategyError, match="dimensions"):
        maximise([[1, 2]])
