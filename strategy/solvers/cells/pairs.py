"""Sets of equilibria in which two players mix and the others are pure.

Where they are products of polytopes.

With the others fixed the two play a two-player game. Its equilibria are unions of maximal
Nash subsets: products of the hulls of extreme strategies of which each pair is an
equilibrium (M. J. M. Jansen, "Maximal Nash subsets for bimatrix games", 1981). That the
others keep to their actions is a bilinear condition on top: it holds on a product of
polytopes iff it holds at all pairs of vertices, and where one of the two polytopes is a
point it cuts the other to a polytope.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.deadline import check
from strategy.solvers.cells.polytopes import cut, hull_vertices

__all__ = ["mixing_two"]

Vector = tuple[Fraction, ...]
Product = tuple[tuple[Vector, ...], tuple[Vector, ...]]
MOST_BASES = 5000
"""Two-player games that may have more bases than this are not enumerated here."""
MOST_SUBSETS = 500


def mixing_two(
    tables: Sequence[NDArray[Any]], pair: tuple[int, int], others: tuple[int, ...]
) -> list[Product] | None:
    """The vertices of both players' strategies in each maximal set.

    All are equilibria of the pair with the others' pure actions.

    ``others``: a pure profile; the pair's entries are not looked at. None if they are not
    such products, or too many. ``tables``: whole payoffs, one array a player.
    """
    one, two = pair
    sizes = [tables[0].shape[i] for i in pair]
    if comb(sum(sizes), sizes[0]) > MOST_BASES:
        return None
    place: list[Any] = list(others)
    place[one] = place[two] = slice(None)
    # rows: the first of the pair
    first, second = (tables[i][tuple(place)].astype(object) for i in pair)
    left, right = _extreme(second), _extreme(first.T)
    graph = {
        x: frozenset(
            y for y, answers in right if _supports(y) <= replies and _supports(x) <= answers
        )
        for x, replies in left
    }
    products = _maximal(graph)
    for k in range(len(tables)):
        for t in range(tables[k].shape[k]):
            if k in pair or t == others[k] or not products:
                continue
            place[k] = others[k]
            gain = tables[k][tuple(place)].astype(object)
            place[k] = t
            products = _kept(products, gain - tables[k][tuple(place)])
        place[k] = others[k] if k not in pair else place[k]
    return products


def _supports(vector: Vector) -> frozenset[int]:
    return frozenset(s for s, weight in enumerate(vector) if weight)


def _extreme(payoff: NDArray[Any]) -> list[tuple[Vector, frozenset[int]]]:
    """Vertices of a best reply polytope.

    Strategies of the rows, and which columns are then best for whose payoff it is.
    """
    rows, columns = payoff.shape
    positive = payoff - payoff.min() + 1
    found = []
    for ray in cut(
        rows + 1, [(*(-int(e) for e in positive[:, t]), 1) for t in range(columns)]
    ):
        total = sum(ray[:-1])
        if total:
            values = [
                sum(ray[s] * int(positive[s, t]) for s in range(rows))
                for t in range(columns)
            ]
            best = frozenset(t for t, value in enumerate(values) if value == ray[-1])
            if best:
                found.append((tuple(Fraction(weight, total) for weight in ray[:-1]), best))
    return found


def _maximal(graph: dict[Vector, frozenset[Vector]]) -> list[Product] | None:
    """Maximal complete bipartite subgraphs.

    They are found by closing the neighbourhoods under intersection.
    """
    closed: set[frozenset[Vector]] = set()
    for near in graph.values():
        check()
        if near:
            closed |= {near & other for other in closed if near & other} | {near}
        if len(closed) > MOST_SUBSETS:
            return None
    return [
        (tuple(sorted(x for x, near in graph.items() if ys <= near)), tuple(sorted(ys)))
        for ys in closed
    ]


def _kept(products: list[Product], gain: NDArray[Any]) -> list[Product] | None:
    """The parts of products where a bilinear form is not negative.

    The result is None if some part is not a product.
    """
    kept: list[Product] = []
    for xs, ys in products:
        values = {(x, y): _value(x, gain, y) for x in xs for y in ys}
        if min(values.values()) >= 0:
            kept.append((xs, ys))
        elif max(values.values()) <= 0:  # it vanishes where all pairs that have weight do
            parts = _maximal({x: frozenset(y for y in ys if values[x, y] == 0) for x in xs})
            if parts is None:
                return None
            kept += parts
        elif len(xs) == 1:
            kept.append((xs, _part(ys, [values[xs[0], y] for y in ys])))
        elif len(ys) == 1:
            kept.append((_part(xs, [values[x, ys[0]] for x in xs]), ys))
        else:
            return None
    return kept


def _value(x: Vector, gain: NDArray[Any], y: Vector) -> Fraction:
    return Fraction(np.array(x, dtype=object) @ gain @ np.array(y, dtype=object))


def _part(vertices: tuple[Vector, ...], values: Sequence[Fraction]) -> tuple[Vector, ...]:
    """Vertices of the part of a polytope where a linear form is not negative.

    The form is known at its vertices.
    """
    scale = lcm(*(value.denominator for value in values))
    corners = []
    for ray in cut(len(vertices), [tuple(int(value * scale) for value in values)]):
        total = sum(ray)
        corners.append(
            tuple(
                sum(
                    (
                        Fraction(weight, total) * vertex[s]
                        for weight, vertex in zip(ray, vertices, strict=True)
                    ),
                    Fraction(0),
                )
                for s in range(len(vertices[0]))
            )
        )
    return hull_vertices(corners)
