"""Exact rational polytopes.

Those in which one player mixes and the others play pure actions, and what is needed for
others.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from numpy.typing import NDArray

from strategy.deadline import check

__all__ = ["cut", "hull_vertices", "in_hull", "mixing_alone"]

Row = tuple[int, ...]
Vector = tuple[Fraction, ...]


def mixing_alone(
    tables: Sequence[NDArray[Any]], mixer: int, others: tuple[int, ...]
) -> list[Vector]:
    """Vertices of the set of ``mixer``'s strategies that form an equilibrium.

    The strategies form one with the others' pure actions.

    ``others``: a pure profile; the mixer's own entry is not looked at. Empty if there is no
    such equilibrium. ``tables``: whole payoffs, one array a player.
    """
    line: list[Any] = list(others)
    line[mixer] = slice(None)
    own = [int(value) for value in tables[mixer][tuple(line)]]
    best = [s for s, value in enumerate(own) if value == max(own)]
    rows = []
    for j, table in enumerate(tables):
        if j == mixer:
            continue
        place: list[Any] = list(others)
        place[mixer] = best
        now = table[tuple(place)]
        for t in range(table.shape[j]):
            if t != others[j]:
                place[j] = t
                rows.append(
                    tuple(
                        int(a) - int(b)
                        for a, b in zip(now, table[tuple(place)], strict=True)
                    )
                )
    vertices = []
    for vertex in cut(len(best), rows):
        total = sum(vertex)
        weights = [Fraction(0)] * len(own)
        for s, weight in zip(best, vertex, strict=True):
            weights[s] = Fraction(weight, total)
        vertices.append(tuple(weights))
    return sorted(vertices, reverse=True)


def cut(size: int, rows: Sequence[Row]) -> list[Row]:
    """Extreme rays of ``{x >= 0: row x >= 0 for each row}``.

    They are whole vectors without a common divisor.

    The double description method (T. S. Motzkin, H. Raiffa, G. L. Thompson and R. M.
    Thrall, "The double description method", 1953): one inequality after the other, new rays
    between neighbours on either side of it. ``size``: how many unknowns; ``rows``: these.
    """
    rays: list[tuple[Row, frozenset[int]]] = []
    for s in range(size):
        rays.append(
            (
                tuple(int(s == t) for t in range(size)),
                frozenset(t for t in range(size) if t != s),
            )
        )
    for number, row in enumerate(dict.fromkeys(rows), start=size):
        value = {ray: sum(a * b for a, b in zip(row, ray, strict=True)) for ray, _ in rays}
        kept = [
            (ray, tight | {number} if value[ray] == 0 else tight)
            for ray, tight in rays
            if value[ray] >= 0
        ]
        above = [one for one in rays if value[one[0]] > 0]
        below = [one for one in rays if value[one[0]] < 0]
        for (up, up_tight), (down, down_tight) in itertools.product(above, below):
            check()
            common = up_tight & down_tight
            if any(common <= tight for ray, tight in rays if ray not in (up, down)):
                continue
            new = [value[up] * b - value[down] * a for a, b in zip(up, down, strict=True)]
            divisor = gcd(*new)
            kept.append((tuple(entry // divisor for entry in new), common | {number}))
        rays = kept
    return [ray for ray, _ in rays]


def in_hull(vector: Sequence[Fraction], corners: Sequence[Vector]) -> bool:
    """Whether a vector of weights is a convex combination of others, decided exactly.

    ``corners``: these others.
    """
    if tuple(vector) in corners:
        return True
    if len(corners) <= 1:
        return False
    if all(1 in corner for corner in corners):
        return all(
            not weight or any(corner[s] == 1 for corner in corners)
            for s, weight in enumerate(vector)
        )
    rows: list[Row] = []
    for s, wanted in enumerate(vector):
        entries = [corner[s] - wanted for corner in corners]
        scale = lcm(*(entry.denominator for entry in entries))
        row = tuple(int(entry * scale) for entry in entries)
        rows += [row, tuple(-entry for entry in row)]
    return bool(cut(len(corners), rows))


def hull_vertices(points: Sequence[Vector]) -> tuple[Vector, ...]:
    """Those of some vectors of weights that are not a convex combination of the rest.

    ``points``: the vectors.
    """
    kept = list(dict.fromkeys(points))
    for point in list(kept):
        rest = [other for other in kept if other != point]
        if rest and in_hull(point, rest):
            kept = rest
    return tuple(sorted(kept))
