"""The steps of a proof that nothing is missing from a list of equilibria.

Each is checked in exact arithmetic, by an independent judge: the search that takes these
steps shares no code with it.

A step speaks of one cell: of the equilibria in it that make the actions it requires best
replies. What a step claims rests on combinations of gains ``D = sum of y (U[i][s] -
U[i][t])``. If in the sum only required actions come out with a positive factor, then ``D >=
0`` at all those equilibria: payoffs less than the best reply's weigh nothing or negatively.
As ``D`` is multilinear, ``D < 0`` at all corners means that there is none, and where the
corners at all vertices but one have ``D < 0``, the equilibria are near that one.
Combinations of gains between required actions alone vanish, so both signs can be used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from strategy.solvers.proving.cells import (
    Equations,
    ExactCell,
    Refuted,
    Rows,
    Tables,
    binary,
    greatest,
    row_values,
)

__all__ = ["SHRINKING", "solution_bounds"]

Combination = Sequence[tuple[int, int, int, float]]
Interval = tuple[Fraction, Fraction]
ZERO = Fraction(0)


def _values(
    tables: Tables,
    cell: ExactCell,
    combination: Combination,
    needed: frozenset[tuple[int, int]],
) -> Any:
    """A combination at the corners.

    It has to be one that is not negative at the equilibria meant.
    """
    numbers, _ = binary([one[3] for one in combination])
    factors: dict[tuple[int, int], int] = {}
    for (i, s, t, _), y in zip(combination, numbers, strict=True):
        factors[i, s] = factors.get((i, s), 0) + y
        factors[i, t] = factors.get((i, t), 0) - y
    for action, factor in factors.items():
        if factor > 0 and action not in needed:
            raise Refuted(
                f"action {action[1]} of player {action[0]} has a positive factor and need "
                "not be a best reply"
            )
    values, _ = row_values(
        tables, cell, [one[:3] for one in combination], [[one[3] for one in combination]]
    )
    return values[0]


def _none(tables: Tables, cell: ExactCell, combination: Combination) -> None:
    """There is no equilibrium: a combination is negative everywhere."""
    if _values(tables, cell, combination, cell.needed()).max() >= 0:
        raise Refuted("the combination is not negative at every corner")
    cell.drop(0, range(len(cell.vertices[0])))


def _unused(
    tables: Tables, cell: ExactCell, player: int, action: int, combination: Combination
) -> None:
    """An action is nowhere a best reply, so it gets no weight."""
    needed = cell.needed()
    if _values(tables, cell, combination, needed | {(player, action)}).max() >= 0:
        raise Refuted("the action may be a best reply at some corner")
    if (player, action) in needed:
        cell.drop(0, range(len(cell.vertices[0])))
    else:
        cell.without(player, action)


def _drop(
    tables: Tables,
    cell: ExactCell,
    dropped: Sequence[tuple[int, int]],
    combination: Combination,
) -> None:
    """A combination is nowhere positive, so some vertices get no weight at all.

    Those of whose corners it is negative.
    """
    values = _values(tables, cell, combination, cell.needed())
    if values.max() > 0:
        raise Refuted("the combination is positive at some corner")
    for j in {j for j, _ in dropped}:
        most = greatest(cell, values, j)
        vertices = [p for k, p in dropped if k == j]
        if len(set(vertices)) < len(vertices) or any(
            p >= len(most) or most[p] >= 0 for p in vertices
        ):
            raise Refuted(
                "the combination is not negative at all corners of a vertex that is dropped"
            )
        cell.drop(j, vertices)


def _shrink(
    tables: Tables,
    cell: ExactCell,
    player: int,
    keep: Sequence[float],
    combination: Combination,
) -> None:
    """Only what is near one vertex is left: on each edge to it the share ``keep``.

    0 marks the vertex itself.
    """
    if (
        len(keep) != len(cell.vertices[player])
        or list(keep).count(0) != 1
        or not all(0 <= share <= 1 for share in keep)
    ):
        raise Refuted("the shares that are kept do not fit the cell")
    values = _values(tables, cell, combination, cell.needed())
    most = greatest(cell, values, player)
    good = list(keep).index(0)
    room = max(most[good], 0)
    shares, bits = binary(keep)
    for p, share in enumerate(shares):
        # Outside, the weights over the shares sum to more than 1, and the upper bound of
        # the combination is negative there.
        if p != good and (
            most[p] > 0
            or (share < 1 << bits and most[p] == 0)
            or share * (room - most[p]) < room << bits
        ):
            raise Refuted(f"the part cut off at vertex {p} may hold an equilibrium")
    matrix = [[0] * len(keep) for _ in keep]
    for p, share in enumerate(shares):
        matrix[p][p] += share
        matrix[p][good] += (1 << bits) - share
    cell.move(player, matrix, bits)


def _vanishing(cell: ExactCell, equations: Equations) -> None:
    """Equations are gains between actions that both have to be best replies."""
    needed = cell.needed()
    for i, s, t in equations:
        if (i, s) not in needed or (i, t) not in needed:
            raise Refuted(
                f"actions {s} and {t} of player {i} need not both be best replies"
            )


def _least_weights(
    tables: Tables, cell: ExactCell, player: int, equations: Equations, rows: Rows
) -> list[Fraction] | None:
    """Lower bounds of the weights of a player's vertices; None if there is no equilibrium.

    Row ``p - 1`` speaks of vertex p.
    """
    size = len(cell.vertices[player])
    if len(rows) != size - 1:
        raise Refuted("there is not one row for each vertex but the first")
    _vanishing(cell, equations)
    values, _ = row_values(tables, cell, equations, rows)
    bounds = []
    for target, value in enumerate([-sum(values[1:], values[0]), *values]):
        most = greatest(cell, value, player)
        bad = max(entry for p, entry in enumerate(most) if p != target)
        if bad >= 0:
            bounds.append(Fraction(0))
        elif most[target] < 0:
            return None
        else:
            bounds.append(Fraction(-bad, most[target] - bad))
    return bounds


def _squeeze(
    tables: Tables,
    cell: ExactCell,
    player: int,
    least: Sequence[float],
    equations: Equations,
    rows: Rows,
) -> None:
    """Every vertex has at least some weight."""
    bounds = _least_weights(tables, cell, player, equations, rows)
    if len(least) != len(cell.vertices[player]):
        raise Refuted("there is not one least weight for each vertex")
    shares, bits = binary(least)
    rest = (1 << bits) - sum(shares)
    if min(shares) < 0 or rest <= 0:
        raise Refuted("the least weights do not fit the cell")
    if bounds is not None and any(
        share > bound * (1 << bits) for share, bound in zip(shares, bounds, strict=True)
    ):
        raise Refuted("a least weight is greater than what the combinations show")
    cell.move(
        player,
        [
            [share + (rest if p == q else 0) for q, share in enumerate(shares)]
            for p in range(len(shares))
        ],
        bits,
    )


def _overfull(
    tables: Tables, cell: ExactCell, player: int, equations: Equations, rows: Rows
) -> None:
    """There is no equilibrium: the least weights sum to more than 1."""
    bounds = _least_weights(tables, cell, player, equations, rows)
    if bounds is not None and sum(bounds) <= 1:
        raise Refuted("the least weights sum to no more than 1")
    cell.drop(0, range(len(cell.vertices[0])))


def _outside(
    tables: Tables,
    cell: ExactCell,
    point: Sequence[float],
    equations: Equations,
    rows: Rows,
) -> None:
    """There is no equilibrium: all that the equations leave lies outside the cell."""
    at = 0
    bounds = _vertex_weights(tables, cell, point, equations, rows)
    for size in cell.sizes():
        mine = bounds[at : at + size - 1]
        at += size - 1
        mine.append(
            (
                1 - sum((high for _, high in mine), ZERO),
                1 - sum((low for low, _ in mine), ZERO),
            )
        )
        if any(high < 0 or low > 1 for low, high in mine):
            cell.drop(0, range(len(cell.vertices[0])))
            return
    raise Refuted("the equations may have a solution in the cell")


def _vertex_weights(
    tables: Tables,
    cell: ExactCell,
    point: Sequence[float],
    equations: Equations,
    rows: Rows,
) -> list[Interval]:
    """Bounds of the weights of all vertices but the first ones.

    They hold at all solutions of the equations in the cell.

    ``point``: such weights, near a solution; ``rows``: nearly the inverse of the slopes.
    The slopes of their product are within ``norm`` < 1 of the unit matrix all over the
    cell, so solutions are near the point (Krawczyk 1969).
    """
    sizes = cell.sizes()
    places = [(j, p) for j, size in enumerate(sizes) for p in range(1, size)]
    if len(rows) != len(places) or len(point) != len(places):
        raise Refuted(
            "there is not one row, and one weight, for each vertex but the first ones"
        )
    _vanishing(cell, equations)
    weights = _full_weights(sizes, point)
    values, unit = row_values(tables, cell, equations, rows)
    spread, shift = [], []
    for r, value in enumerate(values):
        total = 0
        for u, (j, p) in enumerate(places):
            slopes = np.asarray(value.take(p, j) - value.take(0, j)) - (
                unit if u == r else 0
            )
            total += max(int(slopes.max()), -int(slopes.min()))
        spread.append(Fraction(total, unit))
        mean: Any = value
        for vector in weights:
            mean = sum(weight * part for weight, part in zip(vector, mean, strict=True))
        shift.append(mean / unit)
    norm = max(spread)
    if norm >= 1:
        raise Refuted("the slopes are not within 1 of the unit matrix all over the cell")
    reach = max(map(abs, shift)) / (1 - norm)
    return [
        (Fraction(x) - step - far * reach, Fraction(x) - step + far * reach)
        for x, step, far in zip(point, shift, spread, strict=True)
    ]


def _full_weights(sizes: Sequence[int], point: Sequence[float]) -> list[list[Fraction]]:
    """With the weight of each first vertex; the point has to lie in the cell."""
    weights, at = [], 0
    for size in sizes:
        rest = [Fraction(weight) for weight in point[at : at + size - 1]]
        weights.append([1 - sum(rest, ZERO), *rest])
        at += size - 1
        if min(weights[-1]) < 0:
            raise Refuted("the point lies outside the cell")
    return weights


def solution_bounds(
    tables: Tables,
    cell: ExactCell,
    point: Sequence[float],
    equations: Equations,
    rows: Rows,
) -> list[list[Interval]]:
    """Bounds of all players' weights at all solutions of equations in a cell.

    ``tables``: the payoffs; ``point``: near which solutions are looked for; ``rows``: the
    combinations that precondition the equations.
    """
    bounds = _vertex_weights(tables, cell, point, equations, rows)
    found, at = [], 0
    for one, bits in zip(cell.vertices, cell.bits, strict=True):
        mine = bounds[at : at + len(one) - 1]
        at += len(one) - 1
        box = []
        for column in one.T.tolist():
            first, *others = [Fraction(entry, 1 << bits) for entry in column]
            slopes = zip((other - first for other in others), mine, strict=True)
            ends = [sorted((low * slope, high * slope)) for slope, (low, high) in slopes]
            box.append(
                (
                    sum((low for low, _ in ends), first),
                    sum((high for _, high in ends), first),
                )
            )
        found.append(box)
    return found


SHRINKING: dict[str, Callable[..., None]] = {
    "none": _none,
    "unused": _unused,
    "drop": _drop,
    "shrink": _shrink,
    "squeeze": _squeeze,
    "overfull": _overfull,
    "outside": _outside,
}
"""Steps that leave a part of the cell, or nothing of it."""
