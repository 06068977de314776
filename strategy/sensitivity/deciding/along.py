"""Does something rise, fall, stay along one parameter?

Exactly, face by face, each rise and fall with two points that show it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from strategy.algebraic import Point, between
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.slices import roots, value

__all__ = ["SignFace", "Step", "payoff_steps", "rank_steps"]


@attrs.frozen
class SignFace:
    """A point (``low`` is ``high``) or an open piece of a line, with what there is.

    ``sample``: a point of it.
    """

    low: Point
    high: Point
    sample: Point
    found: Any


@attrs.frozen
class Step:
    """Two points, the first below the second, between which something rises or falls.

    ``way``: 1 if it rises, -1 if it falls.
    """

    way: int
    low: Point
    high: Point


def rank_steps(
    faces: Sequence[SignFace], rank: Callable[[Any], int | None]
) -> Iterator[Step]:
    """The rises and falls of a rank from face to face; faces without one are passed over."""
    ranked = [(face, place) for face in faces if (place := rank(face.found)) is not None]
    for (a, before), (b, after) in itertools.pairwise(ranked):
        if before != after:
            yield Step(1 if after > before else -1, a.sample, b.sample)


def payoff_steps(
    faces: Sequence[SignFace], worth: Callable[[Any], Polynomial | None]
) -> Iterator[Step]:
    """The rises and falls of a function that is a polynomial on each face.

    Within faces, and from one to the next. ``form``: what is there on a face -> the
    polynomial, None where there is none.
    """
    known = [(face, one) for face in faces if (one := worth(face.found)) is not None]
    for face, one in known:
        yield from _within(face, one)
    for (a, one), (b, other) in itertools.pairwise(known):
        before, after = value(one, (a.high,)), value(other, (b.low,))
        if before != after:
            yield _across(a, one, b, other, 1 if before < after else -1)


def _within(face: SignFace, poly: Polynomial) -> Iterator[Step]:
    if face.low == face.high:
        return
    slope = poly.slope(0)
    if not slope:
        return
    low, high = _outside(face.low, -1), _outside(face.high, 1)
    turns = [one for one in roots(slope, low, high) if face.low < one < face.high]
    edges = [face.low, *turns, face.high]
    for a, b in itertools.pairwise(edges):
        first = between(a, b)
        second = between(first, b)
        rise = Fraction(value(poly, (second,))) - Fraction(value(poly, (first,)))  # type: ignore[arg-type]
        yield Step(1 if rise > 0 else -1, first, second)


def _outside(point: Point, way: int) -> Fraction:
    """A rational at a point, or just beyond it on one side."""
    return point if isinstance(point, Fraction) else point.interval[(way + 1) // 2]


def _across(a: SignFace, one: Polynomial, b: SignFace, other: Polynomial, way: int) -> Step:
    """Points of two faces that show which way the function goes.

    Near enough to where they end and begin.
    """
    first, second = a.sample, b.sample
    while way * _gap(one, first, other, second) <= 0:
        first = first if a.low == a.high else between(first, a.high)
        second = second if b.low == b.high else between(b.low, second)
    return Step(way, first, second)


def _gap(one: Polynomial, first: Point, other: Polynomial, second: Point) -> int:
    before, after = value(one, (first,)), value(other, (second,))
    return (after > before) - (after < before)
