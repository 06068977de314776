"""All Nash equilibria of a small table of two players, by solving every system of labels in
fractions: no code of the toolkit."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

Vertex = tuple[tuple[Fraction, ...], frozenset[int]]


def solved(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """The one solution of a square system with the right side last; None if there is not
    exactly one."""
    size, rows = len(rows), [row[:] for row in rows]
    for column in range(size):
        pivot = next((r for r in range(column, size) if rows[r][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for r in range(size):
            if r != column and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [
                    a - factor * b for a, b in zip(rows[r], rows[column], strict=True)
                ]
    return [row[-1] for row in rows]


def vertices(payoffs: Sequence[Sequence[Any]], first: bool) -> list[Vertex]:
    """Extreme points of {(x, v): x a mixture of the rows, every column pays at most v},
    with all labels that are tight.

    Labels: own actions unused, the other's actions that are best. ``first``: the rows are
    of the first player.
    """
    m, n = len(payoffs), len(payoffs[0])
    own = [i if first else n + i for i in range(m)]
    theirs = [m + j if first else j for j in range(n)]
    tight = {
        own[i]: [Fraction(int(k == i)) for k in range(m)] + [Fraction(0), Fraction(0)]
        for i in range(m)
    }
    tight |= {
        theirs[j]: [Fraction(payoffs[i][j]) for i in range(m)] + [Fraction(-1), Fraction(0)]
        for j in range(n)
    }
    whole = [Fraction(1)] * m + [Fraction(0), Fraction(1)]
    found = {}
    for labels in itertools.combinations(sorted(tight), m):
        point = solved([whole, *[tight[label] for label in labels]])
        if point is None or min(point[:m]) < 0:
            continue
        pays = [sum(point[i] * Fraction(payoffs[i][j]) for i in range(m)) for j in range(n)]
        if max(pays) <= point[m]:
            labelled = {own[i] for i in range(m) if not point[i]} | {
                theirs[j] for j in range(n) if pays[j] == point[m]
            }
            found[tuple(point[:m])] = frozenset(labelled)
    return list(found.items())


def extreme_equilibria(
    A: Any, B: Any
) -> list[tuple[tuple[Fraction, ...], tuple[Fraction, ...]]]:
    """Pairs of vertices that together have all labels."""
    m, n = len(A), len(A[0])
    every = frozenset(range(m + n))
    ours, theirs = (
        vertices(B, True),
        vertices([list(column) for column in zip(*A, strict=True)], False),
    )
    return [(x, y) for x, some in ours for y, others in theirs if some | others == every]


def number_of_components(pairs: Sequence[tuple[Any, Any]]) -> int:
    """Equilibria that share a strategy are joined by a segment of equilibria."""
    groups: list[set[Any]] = []
    for x, y in pairs:
        joined = {("x", x), ("y", y)}
        for group in [group for group in groups if group & joined]:
            groups.remove(group)
            joined |= group
        groups.append(joined)
    return len(groups)
