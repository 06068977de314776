"""What must hold of any exact map, whatever the model: how its faces fit together."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from strategy.sensitivity import Regions, Verdict

Spot = tuple[Fraction, Fraction]


def twice_area(polygon: tuple[Spot, ...]) -> Fraction:
    return sum(
        (
            a[0] * b[1] - a[1] * b[0]
            for a, b in zip(polygon, (*polygon[1:], polygon[0]), strict=True)
        ),
        Fraction(0),
    )


def turn(a: Spot, b: Spot, c: Spot) -> Fraction:
    """Positive where a, b, c go round counter-clockwise."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def check_tiling(r: Regions) -> None:
    """Cells are convex, go round counter-clockwise, fill the rectangle and meet edge to
    edge."""
    low_x, high_x = r.model.parameters[r.x].low, r.model.parameters[r.x].high
    low_y, high_y = r.model.parameters[r.y].low, r.model.parameters[r.y].high
    sides: Counter[tuple[Spot, Spot]] = Counter()
    for cell in r.cells:
        ring = cell.vertices
        assert all(isinstance(value, Fraction) for spot in ring for value in spot)
        assert all(low_x <= x <= high_x and low_y <= y <= high_y for x, y in ring)
        following = (*ring[1:], *ring[:2])
        assert all(
            turn(a, b, c) >= 0
            for a, b, c in zip(ring, following, following[1:], strict=False)
        )
        assert twice_area(ring) > 0
        assert all(
            turn(a, b, cell.point) > 0
            for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)
        )
        sides.update(zip(ring, (*ring[1:], ring[0]), strict=True))
    assert sum(twice_area(cell.vertices) for cell in r.cells) == 2 * (high_x - low_x) * (
        high_y - low_y
    )
    # An inner edge is walked once each way by its two cells, an outer one once: cells
    # cannot overlap, since areas add up.
    assert set(sides.values()) == {1}
    outer = [(a, b) for a, b in sides if (b, a) not in sides]
    assert all(
        a[0] == b[0] in (low_x, high_x) or a[1] == b[1] in (low_y, high_y) for a, b in outer
    ), "an edge inside the rectangle has a cell on one side only"
    assert {edge.ends for edge in r.edges} == {(min(side), max(side)) for side in sides}
    assert len(r.edges) == len({edge.ends for edge in r.edges})
    assert {corner.point for corner in r.corners} == {
        spot for cell in r.cells for spot in cell.vertices
    }
    shares = r.shares()
    assert sum(shares.values()) == 1
    for kind in shares:
        part = sum(twice_area(cell.vertices) for cell in r.cells if cell.verdict is kind)
        assert shares[kind] == part / (2 * (high_x - low_x) * (high_y - low_y))


def faces(r: Regions) -> list[tuple[Spot, Verdict]]:
    """A point of every cell, edge and corner, with the verdict shown there."""
    shown = [(cell.point, cell.verdict) for cell in r.cells] + [
        (corner.point, corner.verdict) for corner in r.corners
    ]
    for edge in r.edges:
        (a, b), (c, d) = edge.ends
        shown += [
            (((a + c) / 2, (b + d) / 2), edge.verdict),
            (((2 * a + 5 * c) / 7, (2 * b + 5 * d) / 7), edge.verdict),
        ]
    return shown
