"""All extreme equilibria of two-player games: against brute force and lrsnash, known
answers, invariances."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from strategy.solvers.bimatrix import extreme as extreme_module
from strategy.solvers.bimatrix.extreme import Enumeration, extreme_equilibria
from tests._games import SCALE
from tests.solvers._bimatrix import (
    FAMILIES,
    LRSNASH,
    as_set,
    by_brute_force,
    by_lrsnash,
    games,
)

WAYS = {"plain": (), "floats": (0, 1, 2), "64 bits": (1, 2), "128 bits": (2,)}


# All three arithmetics together take long to compile.
@pytest.fixture(
    params=[
        pytest.param(way, marks=pytest.mark.deep if way == "floats" else ()) for way in WAYS
    ]
)
def way(request, monkeypatch):
    """Solve in plain Python, or compiled, beginning with one arithmetic or another."""
    monkeypatch.setattr(
        extreme_module, "_worth_compiling", lambda m, n: request.param != "plain"
    )
    if WAYS[request.param]:
        monkeypatch.setattr(
            "strategy.solvers.bimatrix.compiled.ARITHMETIC", WAYS[request.param]
        )
    return request.param


@pytest.mark.parametrize("family", FAMILIES)
def test_brute_force_agrees(family, way):
    for A, B in games(family, round(15 * SCALE), 4, seed=1):
        assert as_set(extreme_equilibria(A, B)) == by_brute_force(A.tolist(), B.tolist()), (
            A.tolist(),
            B.tolist(),
        )


@pytest.mark.skipif(LRSNASH is None, reason="lrsnash is not installed: apt install lrslib")
@pytest.mark.parametrize("family", FAMILIES)
def test_lrsnash_agrees(family, way, tmp_path):
    for A, B in games(family, round(20 * SCALE), 6, seed=2):
        if max(int(np.abs(A).max()), int(np.abs(B).max())) < 2**62:
            assert as_set(extreme_equilibria(A, B)) == by_lrsnash(
                A.tolist(), B.tolist(), tmp_path
            ), (A.tolist(), B.tolist())


@pytest.mark.parametrize("n", [1, 2, 5, 8])
def test_identity_has_an_equilibrium_for_every_support(n, way):
    found = extreme_equilibria(np.eye(n, dtype=np.int64), np.eye(n, dtype=np.int64))
    assert len(found) == 2**n - 1


@pytest.mark.parametrize("shape", [(1, 1), (4, 4), (1, 5), (5, 2)])
def test_all_zero_has_every_pair_of_pure_strategies(shape, way):
    found = extreme_equilibria(
        np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    )
    assert found.x.numerators.tolist() == np.eye(shape[0], dtype=int).tolist()
    assert found.y.numerators.tolist() == np.eye(shape[1], dtype=int).tolist()
    assert found.pairs.tolist() == [
        [i, j] for i in range(shape[0]) for j in range(shape[1])
    ]


def fractions(*texts: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(text) for text in texts)


KNOWN = {
    "matching pennies (textbook)": ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], 1, (("1/2", "1/2"), ("1/2", "1/2"))),
    "prisoner's dilemma 5, 3, 1, 0 (textbook)": ([[3, 0], [5, 1]], [[3, 5], [0, 1]], 1, (("0", "1"), ("0", "1"))),
    "battle of the sexes (textbook)": ([[2, 0], [0, 1]], [[1, 0], [0, 2]], 3, (("2/3", "1/3"), ("1/3", "2/3"))),
    "stag hunt 4, 0, 3, 3": ([[4, 0], [3, 3]], [[4, 3], [0, 3]], 3, (("3/4", "1/4"), ("3/4", "1/4"))),
    "Nashpy's support enumeration returns none": (
        [[1, 2, 0], [1, 0, 0], [2, 0, 2]], [[1, 0, 2], [1, 2, 0], [0, 2, 1]], 1, (("1/3", "0", "2/3"), ("0", "1/2", "1/2")),
    ),
    "absolute tolerances fail": (
        [[3, 0, 1], [0, 2, 4], [1, 5, 0]], [[2, 0, 3], [0, 3, 1], [4, 1, 0]],
        1, (("9/25", "11/25", "1/5"), ("17/37", "9/37", "11/37")),
    ),
    "Nashpy's vertex enumeration returns none": ([[-3, 3], [-3, 5]], [[2, 7], [4, 2]], 2, (("2/7", "5/7"), ("1", "0"))),
    "a segment": ([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]], 3, (("1", "0", "0"), ("1", "0"))),
    "payoffs that differ in the tenth digit": (
        [[10**10, 10**10], [10**10, 10**10 + 1]], [[1, 0], [0, 1]], 3, (("1/2", "1/2"), ("1", "0")),
    ),
    ("a 6 x 6 game with 75 equilibria (von Stengel 1999, payoffs of Savani and von "
        "Stengel 2006)"): (
        [[-81, 36, -126, 126, -36, 90], [-180, 72, -333, 297, -153, 270], [20, -3, 42, -33, 17, -30],
         [-30, 17, -33, 42, -3, 20], [270, -153, 297, -333, 72, -180], [90, -36, 126, -126, 36, -81]],
        [[72, 36, 17, -3, -36, -153], [-180, -81, -30, 20, 90, 270], [297, 126, 42, -33, -126, -333],
         [-333, -126, -33, 42, 126, 297], [270, 90, 20, -30, -81, -180], [-153, -36, -3, 17, 36, 72]],
        75, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_known_answers(name, way):
    A, B, count, one = KNOWN[name]
    found = as_set(extreme_equilibria(np.array(A), np.array(B)))
    assert len(found) == count
    if one is not None:
        assert tuple(fractions(*part) for part in one) in found


@pytest.mark.parametrize("shift", [0, 10**6, 10**9])
@pytest.mark.parametrize("factor", [1, 10**15, 10**300])
def test_units_do_not_matter(shift, factor, way):
    A, B, _, _ = KNOWN["absolute tolerances fail"]
    same = as_set(
        extreme_equilibria(
            np.array(A, dtype=object) * factor + shift,
            np.array(B, dtype=object) * factor - shift,
        )
    )
    assert same == as_set(extreme_equilibria(np.array(A), np.array(B)))


@pytest.mark.parametrize("family", FAMILIES)
def test_relabelling_relabels(family, way):
    rng = np.random.default_rng(5)
    for A, B in games(family, round(5 * SCALE), 6, seed=3):
        rows, columns = rng.permutation(A.shape[0]), rng.permutation(A.shape[1])
        found = as_set(extreme_equilibria(A, B))
        renamed = as_set(extreme_equilibria(A[rows][:, columns], B[rows][:, columns]))
        assert renamed == {
            (tuple([x[i] for i in rows]), tuple([y[j] for j in columns])) for x, y in found
        }
        exchanged = as_set(extreme_equilibria(B.T, A.T))
        assert exchanged == {(y, x) for x, y in found}


def test_vertices_come_in_order_of_their_supports():
    found = extreme_equilibria(np.eye(3, dtype=np.int64), np.eye(3, dtype=np.int64))
    assert found.x.numerators.tolist() == [
        [1, 1, 1],
        [1, 1, 0],
        [1, 0, 1],
        [1, 0, 0],
        [0, 1, 1],
        [0, 1, 0],
        [0, 0, 1],
    ]
    assert found.x.denominators.tolist() == [3, 2, 2, 1, 2, 1, 1]
    assert found.pairs.tolist() == [[i, i] for i in range(7)]


def test_a_search_that_is_stopped_keeps_what_it_found(monkeypatch):
    monkeypatch.setattr("strategy.solvers.bimatrix.compiled.SLICE", 50)

    class Over(Exception):
        pass

    calls = iter(range(1000))

    def check() -> None:
        if next(calls) > 20:
            raise Over

    rng = np.random.default_rng(0)
    A, B = rng.integers(-50, 51, (2, 12, 12))
    enumeration = Enumeration(A, B)
    with pytest.raises(Over):
        enumeration.run(check)
    assert not enumeration.finished
    part, whole = enumeration.found(), extreme_equilibria(A, B)
    assert 0 < len(part) < len(whole)
    assert as_set(part) < as_set(whole)


@pytest.mark.parametrize("family", FAMILIES)
def test_few_are_put_in_order_as_many(family, monkeypatch):
    for A, B in games(family, round(20 * SCALE), 6, seed=11):
        found = []
        for few in (-1, 100):
            monkeypatch.setattr(extreme_module, "_FEW_PAIRS", few)
            monkeypatch.setattr(extreme_module, "_FEW_PAYOFFS", few)
            found.append(extreme_equilibria(A, B))
        first, second = found
        for one, other in ((first.x, second.x), (first.y, second.y)):
            assert one.numerators.tolist() == other.numerators.tolist()
            assert one.denominators.tolist() == other.denominators.tolist()
            assert one.tight.tolist() == other.tight.tolist()
        assert first.pairs.tolist() == second.pairs.tolist()
