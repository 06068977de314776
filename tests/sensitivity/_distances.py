"""Distances worked out another way: from the faces of a map, from all faces of an
arrangement, from single values."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from strategy import Model
from strategy.linear import LinearStatus, maximise
from strategy.sensitivity import Regions, Verdict

Pair = tuple[Fraction, Fraction]


def size(shares: Sequence[Fraction], norm: str) -> Fraction:
    parts = [abs(one) for one in shares]
    return max(parts) if norm == "max" else sum(parts, Fraction(0))


def to_shares(
    model: Model,
    labels: Sequence[str],
    start: dict[str, Fraction],
    values: Sequence[Fraction],
) -> tuple[Fraction, ...]:
    ranges = [model.parameters[label] for label in labels]
    return tuple(
        (value - start[label]) / (one.high - one.low)
        for label, one, value in zip(labels, ranges, values, strict=True)
    )


def along(a: Pair, b: Pair, norm: str) -> tuple[Fraction, bool]:
    """The least distance on the closed segment, and whether it is reached strictly between
    the ends."""
    step = (b[0] - a[0], b[1] - a[1])
    # Where one coordinate vanishes, or both are of one size: between such places the
    # distance is affine.
    lines = [
        (a[0], step[0]),
        (a[1], step[1]),
        (a[0] - a[1], step[0] - step[1]),
        (a[0] + a[1], step[0] + step[1]),
    ]
    places = sorted(
        {Fraction(0), Fraction(1), *[t for c, m in lines if m and 0 < (t := -c / m) < 1]}
    )
    found = [size((a[0] + t * step[0], a[1] + t * step[1]), norm) for t in places]
    least = min(found)
    inner = any(d == least for t, d in zip(places, found, strict=True) if 0 < t < 1)
    flat = any(x == least == y for x, y in itertools.pairwise(found))
    return least, inner or flat


def on_map(
    found: Regions, start: dict[str, Fraction], goal: set[Verdict], norm: str
) -> tuple[Fraction | None, bool | None]:
    """(distance, attained) from the cells, edges and corners of an exact map."""
    best: list[tuple[Fraction, bool]] = []

    def shares(point: Pair) -> Pair:
        x, y = to_shares(found.model, (found.x, found.y), start, point)
        return x, y

    for cell in found.cells:
        if cell.verdict in goal:
            corners = [shares(corner) for corner in cell.vertices]
            sides = list(zip(corners, [*corners[1:], corners[0]], strict=True))
            turns = [a[0] * b[1] - a[1] * b[0] for a, b in sides]
            if all(turn >= 0 for turn in turns):
                best.append((Fraction(0), all(turn > 0 for turn in turns)))
            else:  # an open cell is left before its nearest point is reached
                best.append((min(along(a, b, norm)[0] for a, b in sides), False))
    for edge in found.edges:
        if edge.verdict in goal:
            best.append(along(shares(edge.ends[0]), shares(edge.ends[1]), norm))
    best += [
        (size(shares(one.point), norm), True)
        for one in found.corners
        if one.verdict in goal
    ]
    if not best:
        return None, None
    least = min(distance for distance, _ in best)
    return least, any(attained for distance, attained in best if distance == least)


# -- all faces of an arrangement

Plane = tuple[Fraction, tuple[Fraction, ...]]


def faces(
    planes: Sequence[Plane], box: Sequence[Pair]
) -> Iterator[tuple[tuple[int, ...], tuple[Fraction, ...]]]:
    """Every combination of signs that occurs in the box, with a point that has it."""
    found: list[tuple[int, ...]] = [()]
    for count in range(1, len(planes) + 1):
        longer = [(*signs, one) for signs in found for one in (-1, 0, 1)]
        found = [
            signs for signs in longer if _inner(planes[:count], signs, box) is not None
        ]
    for signs in found:
        point = _inner(planes, signs, box)
        assert point is not None
        yield signs, point


def least_distance(
    planes: Sequence[Plane], signs: Sequence[int], box: Sequence[Pair], norm: str
) -> Fraction:
    """The least distance on the closure of a face, as an exact programme over coordinates
    above the lower corner of the box and one size a coordinate."""
    count = len(box)
    width = 2 * count + 1
    matrix, limits, level, levels = _constraints(planes, signs, box, width)
    for i, (low, _) in enumerate(box):
        for turn in (1, -1):
            row = [Fraction(0)] * width
            row[i], row[count + i] = Fraction(turn), Fraction(-1)
            matrix.append(row)
            limits.append(-turn * low)
        row = [Fraction(0)] * width
        row[count + i], row[-1] = Fraction(1), Fraction(-1)
        matrix.append(row)
        limits.append(Fraction(0))
    costs = [Fraction(0)] * width
    for i in [2 * count] if norm == "max" else range(count, 2 * count):
        costs[i] = Fraction(-1)
    answer = maximise(
        costs, at_most=(matrix, limits), equal=(level, levels) if level else None
    )
    assert answer.value is not None
    return -answer.value


def _constraints(
    planes: Sequence[Plane], signs: Sequence[int], box: Sequence[Pair], width: int
) -> Any:
    matrix, limits, level, levels = [], [], [], []
    for (constant, slopes), sign in zip(planes, signs, strict=True):
        base = constant + sum(
            (a * low for a, (low, _) in zip(slopes, box, strict=True)), Fraction(0)
        )
        row = [-(sign or 1) * a for a in slopes] + [Fraction(0)] * (width - len(box))
        (matrix if sign else level).append(row)
        (limits if sign else levels).append((sign or 1) * base)
    for i, (low, high) in enumerate(box):
        row = [Fraction(0)] * width
        row[i] = Fraction(1)
        matrix.append(row)
        limits.append(high - low)
    return matrix, limits, level, levels


def _inner(
    planes: Sequence[Plane], signs: Sequence[int], box: Sequence[Pair]
) -> tuple[Fraction, ...] | None:
    width = len(box) + 1
    matrix, limits, level, levels = _constraints(planes, signs, box, width)
    strict = [sign for sign in signs if sign]
    for row in matrix[: len(strict)]:
        row[-1] = Fraction(1)
    matrix.append([Fraction(0)] * len(box) + [Fraction(1)])
    limits.append(Fraction(1))
    costs = [Fraction(0)] * len(box) + [Fraction(1)]
    answer = maximise(
        costs, at_most=(matrix, limits), equal=(level, levels) if level else None
    )
    if answer.status is not LinearStatus.OPTIMAL or not answer.value:
        return None
    return tuple(low + x for (low, _), x in zip(box, answer.x, strict=False))
