"""The nearest point that rows allow, and a point strictly inside, exactly.

This is not a ``LinearSystem``: here moves are weighted, by their sum or by the greatest of
them, and products of parameters count as unknowns that move freely.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from strategy.linear import LinearStatus, maximise
from strategy.sensitivity.nearest.moves import LinearRow, Moves, support

__all__ = ["interior_exactly", "nearest_exactly"]

Shares = tuple[Fraction, ...]


def nearest_exactly(
    moves: Moves, rows: Sequence[LinearRow]
) -> tuple[Fraction, Shares] | None:
    """(distance, point) of a nearest point of the closure of what the rows allow.

    The result is None if nothing is there.

    Where only the greatest share counts, of the points as near it is one with the least sum
    of shares. ``moves``: where the parameters may go.
    """
    used = support(rows)
    if moves.norm == "sum":
        matrix, limits = _constraints(moves, rows, used)
        found = (
            maximise([-moves.weights[i] for i in used] * 2, at_most=(matrix, limits))
            if used
            else None
        )
    else:
        matrix, limits = _constraints(moves, rows, used)
        matrix = [[*row, Fraction(0)] for row in matrix]
        for k, i in enumerate(used):
            row = [Fraction(0)] * (2 * len(used)) + [Fraction(-1)]
            row[k] = row[len(used) + k] = moves.weights[i]
            matrix.append(row)
            limits.append(Fraction(0))
        found = (
            maximise(
                [Fraction(0)] * (2 * len(used)) + [Fraction(-1)], at_most=(matrix, limits)
            )
            if used
            else None
        )
    if found is None:
        return (
            (Fraction(0), _spread((), used, moves))
            if all(row.constant >= 0 for row in rows)
            else None
        )
    if found.status is not LinearStatus.OPTIMAL:
        return None
    assert found.value is not None
    distance = -found.value
    if moves.norm == "max":
        found = maximise(
            [Fraction(-1)] * (2 * len(used)),
            at_most=_constraints(moves, rows, used, within=distance),
        )
    return distance, _spread(found.x, used, moves)


def interior_exactly(
    moves: Moves, rows: Sequence[LinearRow], within: Fraction | None = None
) -> Shares | None:
    """A point that meets all rows, the strict ones strictly, no farther than ``within``.

    It is None if there is none. ``moves``: where the parameters may go.
    """
    used = support(rows)
    if not used:
        met = all(row.constant > 0 if row.strict else row.constant >= 0 for row in rows)
        return _spread((), used, moves) if met else None
    matrix, limits = _constraints(moves, rows, used, within)
    room = [Fraction(int(row.strict)) for row in rows] + [Fraction(0)] * (
        len(matrix) - len(rows)
    )
    matrix = [[*row, one] for row, one in zip(matrix, room, strict=True)]
    matrix.append([Fraction(0)] * (2 * len(used)) + [Fraction(1)])
    limits.append(Fraction(1))
    found = maximise(
        [Fraction(0)] * (2 * len(used)) + [Fraction(1)], at_most=(matrix, limits)
    )
    if found.status is not LinearStatus.OPTIMAL or not found.value:
        return None
    return _spread(found.x, used, moves)


def _constraints(
    moves: Moves, rows: Sequence[LinearRow], used: list[int], within: Fraction | None = None
) -> tuple[list[list[Fraction]], list[Fraction]]:
    """Upper bounds on how far up and how far down each used parameter moves.

    The rows first, then the box.
    """
    matrix = [
        [*[-row.gradient[i] for i in used], *[row.gradient[i] for i in used]]
        for row in rows
    ]
    limits = [row.constant for row in rows]
    for way, ends in ((0, moves.high), (1, moves.low)):
        for k, i in enumerate(used):
            row = [Fraction(0)] * (2 * len(used))
            row[way * len(used) + k] = Fraction(1)
            cap = abs(ends[i])
            if within is not None and moves.norm == "max" and moves.weights[i]:
                cap = min(cap, within / moves.weights[i])
            matrix.append(row)
            limits.append(cap)
    if within is not None and moves.norm == "sum":
        matrix.append([moves.weights[i] for i in used] * 2)
        limits.append(within)
    return matrix, limits


def _spread(x: Sequence[Fraction], used: list[int], moves: Moves) -> Shares:
    shares = [Fraction(0)] * len(moves.low)
    for k, i in enumerate(used) if x else ():
        shares[i] = x[k] - x[len(used) + k]
    return tuple(shares)
