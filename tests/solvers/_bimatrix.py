"""Two-player games for the tests of enumeration, and answers from elsewhere: brute force in
Fractions, and lrsnash."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

Matrix = list[list[int]]
Pair = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]
LRSNASH = shutil.which("lrsnash")


def as_set(found: Any) -> set[Pair]:
    """The pairs found, as Fractions."""
    x, y = (
        [
            tuple([Fraction(int(v), int(d)) for v in row])
            for row, d in zip(side.numerators, side.denominators, strict=True)
        ]
        for side in (found.x, found.y)
    )
    assert len(set(x)) == len(x)
    assert len(set(y)) == len(y)
    assert len(set(map(tuple, found.pairs.tolist()))) == len(found.pairs)
    return {(x[i], y[j]) for i, j in found.pairs}


def _solved(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """The solution of square linear equations, the right-hand side last; None if it is not
    unique."""
    count = len(rows)
    for c in range(count):
        p = next((r for r in range(c, count) if rows[r][c]), None)
        if p is None:
            return None
        rows[c], rows[p] = rows[p], rows[c]
        rows[c] = [v / rows[c][c] for v in rows[c]]
        for r in range(count):
            if r != c and rows[r][c]:
                factor = rows[r][c]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[c], strict=True)]
    return [row[-1] for row in rows]


def _vertices(payoff: Matrix) -> dict[tuple[Fraction, ...], tuple[set[int], set[int]]]:
    """Extreme strategies against which replies have payoffs ``payoff[reply]``: with the
    unused actions and the best replies."""
    n, m = len(payoff), len(payoff[0])
    result = {}
    for k in range(1, min(m, n) + 1):
        for used in itertools.combinations(range(m), k):
            for replies in itertools.combinations(range(n), k):
                rows = [
                    [Fraction(payoff[j][i]) for i in used] + [Fraction(-1), Fraction(0)]
                    for j in replies
                ]
                solution = _solved([*rows, [Fraction(1)] * k + [Fraction(0), Fraction(1)]])
                if solution is None or min(solution[:-1]) < 0:
                    continue
                x = [Fraction(0)] * m
                for i, weight in zip(used, solution, strict=False):
                    x[i] = weight
                worth = [sum(p * w for p, w in zip(row, x, strict=True)) for row in payoff]
                if max(worth) == solution[-1]:
                    result[tuple(x)] = (
                        {i for i in range(m) if not x[i]},
                        {j for j in range(n) if worth[j] == max(worth)},
                    )
    return result


def by_brute_force(A: Matrix, B: Matrix) -> set[Pair]:
    """All extreme equilibria: all pairs of vertices of both polyhedra that bear all
    labels."""
    m, n = len(A), len(A[0])
    xs, ys = _vertices([[row[j] for row in B] for j in range(n)]), _vertices(A)
    return {
        (x, y)
        for x, (idle, replies) in xs.items()
        for y, (unused, best) in ys.items()
        if len(idle | best) == m and len(unused | replies) == n
    }


def by_lrsnash(A: Matrix, B: Matrix, folder: Path) -> set[Pair]:
    """The same from lrsnash, which reads numbers of up to 64 bits. For each x it lists
    first the y that go with it."""
    assert LRSNASH is not None
    m, n = len(A), len(A[0])
    file = folder / "game"
    lines = [
        f"{m} {n}",
        *[" ".join(map(str, row)) for matrix in (A, B) for row in (*matrix, [])],
    ]
    file.write_text("\n".join(lines) + "\n", encoding="ascii")
    output = subprocess.run(
        [LRSNASH, str(file)], capture_output=True, text=True, check=True
    ).stdout
    result: set[Pair] = set()
    partners: list[tuple[Fraction, ...]] = []
    for line in output.splitlines():
        words = line.split()
        if words and words[0] in "12":
            vector = tuple(Fraction(word) for word in words[1:-1])
            if words[0] == "2":
                partners.append(vector)
            else:
                result |= {(vector, partner) for partner in partners}
                partners = []
    return result


def _generic(rng: np.random.Generator, shape: tuple[int, int]) -> tuple[Any, Any]:
    return rng.integers(-50, 51, shape), rng.integers(-50, 51, shape)


def _small(rng: np.random.Generator, shape: tuple[int, int]) -> tuple[Any, Any]:
    top = int(rng.integers(2, 5))
    return rng.integers(0, top, shape), rng.integers(0, top, shape)


def _repeated(rng: np.random.Generator, shape: tuple[int, int]) -> tuple[Any, Any]:
    A, B = _generic(rng, shape)
    rows, columns = (rng.integers(0, max(size - 1, 1), size) for size in shape)
    # At times a row is repeated for one player only.
    other = rng.integers(0, shape[0], shape[0]) if rng.random() < 0.3 else rows
    return A[rows][:, columns], B[other][:, columns]


def _zero_sum(rng: np.random.Generator, shape: tuple[int, int]) -> tuple[Any, Any]:
    top = int(rng.choice([1, 3, 50]))
    A = rng.integers(-top, top + 1, shape)
    return A, -A


def _scaled(rng: np.random.Generator, shape: tuple[int, int]) -> tuple[Any, Any]:
    """Payoffs between 1 and 10^18 in size, nearly tied or not."""
    A, B = (
        rng.integers(-3, 4, shape) * 10 ** rng.integers(0, 18, shape)
        + rng.integers(0, 2, shape)
        for _ in range(2)
    )
    return A, B


def _diagonal(rng: np.random.Generator, shape: tuple[int, int]) -> tuple[Any, Any]:
    """Nearly diagonal, with an equilibrium for every support: four actions have weights of
    64 to 128 bits, five of more."""
    A, B = (
        np.eye(*shape, dtype=np.int64) * rng.integers(10**7, 10**8, shape)
        + rng.integers(0, 1000, shape)
        for _ in range(2)
    )
    return A, B


FAMILIES: dict[str, Callable[[np.random.Generator, tuple[int, int]], tuple[Any, Any]]] = {
    "generic": _generic,
    "small integers": _small,
    "duplicated rows and columns": _repeated,
    "zero-sum": _zero_sum,
    "huge and tiny": _scaled,
    "nearly diagonal": _diagonal,
}


def games(
    family: str, count: int, largest: int, seed: int = 0
) -> Iterator[tuple[Any, Any]]:
    """Random games of one family, of all shapes up to ``largest``."""
    rng = np.random.default_rng([seed, list(FAMILIES).index(family)])
    for _ in range(count):
        shape = (int(rng.integers(1, largest + 1)), int(rng.integers(1, largest + 1)))
        yield FAMILIES[family](rng, shape)
