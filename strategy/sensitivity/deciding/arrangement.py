"""A rectangle cut by lines into open convex cells, edges and corners.

It is cut in exact rational arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from strategy import deadline

__all__ = ["Corner2", "Line", "Polygon", "Subdivision", "side", "subdivide"]

Corner2 = tuple[Fraction, Fraction]
Line = tuple[Fraction, Fraction, Fraction]
"""(a, b, c): the points with a + b x + c y = 0."""
Polygon = tuple[Corner2, ...]
"""Corners counter-clockwise."""


@attrs.frozen
class Subdivision:
    """A rectangle cut into cells, edges and corners.

    ``cells``: convex polygons; ``edges``: pairs of corners; ``corners``: points. Each
    cell's boundary is made of the edges.
    """

    cells: tuple[Polygon, ...]
    edges: tuple[tuple[Corner2, Corner2], ...]
    corners: tuple[Corner2, ...]


def side(line: Line, point: Corner2) -> int:
    """On which side of a line a point lies: 1, 0 on the line, -1."""
    value = line[0] + line[1] * point[0] + line[2] * point[1]
    return (value > 0) - (value < 0)


def _value(line: Line, point: Corner2) -> Fraction:
    return line[0] + line[1] * point[0] + line[2] * point[1]


def subdivide(
    x: tuple[Fraction, Fraction], y: tuple[Fraction, Fraction], lines: Iterable[Line]
) -> Subdivision:
    """Cut the rectangle x[0]..x[1] by y[0]..y[1] along lines.

    Each line cuts all the way through, so that cells meet edge to edge.
    """
    cells: list[Polygon] = [((x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1]))]
    for line in lines:
        deadline.check()
        cells = [part for cell in cells for part in _split(cell, line)]
    edges: set[tuple[Corner2, Corner2]] = set()
    for cell in cells:
        for a, b in zip(cell, (*cell[1:], cell[0]), strict=True):
            edges.add((min(a, b), max(a, b)))
    corners = {corner for cell in cells for corner in cell}
    return Subdivision(tuple(cells), tuple(sorted(edges)), tuple(sorted(corners)))


def _split(cell: Polygon, line: Line) -> list[Polygon]:
    values = [_value(line, corner) for corner in cell]
    if not (any(one > 0 for one in values) and any(one < 0 for one in values)):
        return [cell]
    above: list[Corner2] = []
    below: list[Corner2] = []
    for i, (corner, here) in enumerate(zip(cell, values, strict=True)):
        if here >= 0:
            above.append(corner)
        if here <= 0:
            below.append(corner)
        after = cell[(i + 1) % len(cell)]
        there = values[(i + 1) % len(cell)]
        if (here > 0 > there) or (here < 0 < there):
            share = here / (here - there)
            crossing = (
                corner[0] + share * (after[0] - corner[0]),
                corner[1] + share * (after[1] - corner[1]),
            )
            above.append(crossing)
            below.append(crossing)
    return [tuple(above), tuple(below)]


def inside(cell: Polygon) -> Corner2:
    """A point strictly inside a convex polygon: the mean of its corners.

    ``cell``: the corners, in order.
    """
    return sum(corner[0] for corner in cell) / len(cell), sum(
        corner[1] for corner in cell
    ) / len(cell)  # type: ignore[return-value]


def middle(a: Corner2, b: Corner2) -> Corner2:
    """The middle of an edge from ``a`` to ``b``."""
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
