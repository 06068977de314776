"""The sign of a polynomial over a box, proved by its Bernstein coefficients.

Over a box a polynomial lies between its least and its greatest Bernstein coefficient, and those at corners are values that it
takes. Boxes that this does not decide are halved, up to a budget. All in exact arithmetic. (J. Garloff, "The Bernstein
algorithm", Interval Computations 2, 1993.)
"""

from __future__ import annotations

import itertools
import math
from collections import deque
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from strategy.assumptions.polynomials import coefficients, evaluate

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sympy.polys.rings import PolyElement

__all__ = ["Sign", "bounds"]

Box = tuple[tuple[Fraction, Fraction], ...]
_LARGEST_TABLE = 20_000


@attrs.frozen
class Sign:
    """What is known of a polynomial's sign over a box.

    ``kind``: "positive", "nonnegative", "negative", "nonpositive", "mixed" (it takes both signs) or "undecided"; the zero
    polynomial is "nonnegative". ``above``, ``below`` and ``zero``: points (one value a generator) where it is positive, negative,
    zero, if any was met.
    """

    kind: str
    above: tuple[Fraction, ...] | None = None
    below: tuple[Fraction, ...] | None = None
    zero: tuple[Fraction, ...] | None = None

    def has_no_zero(self) -> bool:
        """Whether it is proved to vanish nowhere on the box."""
        return self.kind in ("positive", "negative")


def bounds(poly: PolyElement, box: Sequence[tuple[Fraction, Fraction]], budget: int = 500) -> Sign:
    """The sign of a polynomial over a closed box, (low, high) for each generator of its ring; ``budget`` limits the halvings."""
    terms = coefficients(poly)
    used = [i for i in range(len(box)) if any(powers[i] for powers in terms)]
    degrees = [max(powers[i] for powers in terms) for i in used]
    lows = tuple([low for low, _ in box])
    search = _Search(lows, used)
    if math.prod(degree + 1 for degree in degrees) > _LARGEST_TABLE:
        for point in (lows, tuple([high for _, high in box]), tuple([(low + high) / 2 for low, high in box])):
            search.note(point, evaluate(poly, point))
        return search.result(proved=False)
    table = np.full([degree + 1 for degree in degrees], Fraction(0), dtype=object)
    for powers, weight in terms.items():
        table[tuple([powers[i] for i in used])] = weight
    queue: deque[Box] = deque([tuple([box[i] for i in used])])
    while queue and not (search.above and search.below):
        part = queue.popleft()
        if search.settles(_bernstein(table, part), part):
            continue
        if budget <= 0:
            return search.result(proved=False)
        budget -= 1
        queue.extend(_halves(part, [box[i] for i in used], degrees))
    return search.result(proved=True)


class _Search:
    """The points met so far at which the polynomial is positive, negative and zero."""

    def __init__(self, base: tuple[Fraction, ...], used: Sequence[int]) -> None:
        self.base, self.used = base, used
        self.above: tuple[Fraction, ...] | None = None
        self.below: tuple[Fraction, ...] | None = None
        self.zero: tuple[Fraction, ...] | None = None

    def note(self, point: tuple[Fraction, ...], value: Fraction) -> None:
        if value > 0:
            self.above = self.above or point
        elif value < 0:
            self.below = self.below or point
        else:
            self.zero = self.zero or point

    def settles(self, found: NDArray[Any], part: Box) -> bool:
        """Note the values at the corners; whether the coefficients of this part are all of one sign (or zero)."""
        for ends in itertools.product((0, -1), repeat=len(part)):
            self.note(self.point([side[end] for side, end in zip(part, ends, strict=True)]), found[ends])
        least, greatest = found.min(), found.max()
        if least < 0 < greatest:
            return False
        if least != greatest:
            # In the interior every Bernstein polynomial is positive, so one coefficient that is not zero makes the middle not
            # zero. And if no corner is zero, neither is any other point: every face has its corners among its coefficients.
            self.note(self.point([(low + high) / 2 for low, high in part]), greatest if greatest > 0 else least)
        return True

    def point(self, values: Sequence[Fraction]) -> tuple[Fraction, ...]:
        full = list(self.base)
        for i, value in zip(self.used, values, strict=True):
            full[i] = value
        return tuple(full)

    def result(self, *, proved: bool) -> Sign:
        if self.above and self.below:
            kind = "mixed"
        elif not proved:
            kind = "undecided"
        elif self.below:
            kind = "nonpositive" if self.zero else "negative"
        else:
            kind = "nonnegative" if self.zero else "positive"
        return Sign(kind, self.above, self.below, self.zero)


def _bernstein(table: NDArray[Any], part: Box) -> NDArray[Any]:
    """Bernstein coefficients over a box from the coefficients of powers, one axis a variable."""
    for axis, (low, high) in enumerate(part):
        table = np.moveaxis(np.tensordot(_to_bernstein(table.shape[axis] - 1, low, high), table, axes=(1, axis)), 0, axis)
    return table


@lru_cache(maxsize=4096)
def _to_bernstein(degree: int, low: Fraction, high: Fraction) -> NDArray[Any]:
    """The matrix from powers of x to Bernstein coefficients of one degree on [low, high], by x = low + (high - low) t."""
    matrix = np.full((degree + 1, degree + 1), Fraction(0), dtype=object)
    for k, j in itertools.product(range(degree + 1), repeat=2):
        for i in range(min(j, k) + 1):
            matrix[k, j] += Fraction(comb(k, i) * comb(j, i), comb(degree, i)) * low ** (j - i) * (high - low) ** i
    return matrix


def _halves(part: Box, box: Sequence[tuple[Fraction, Fraction]], degrees: Sequence[int]) -> Iterator[Box]:
    """Halve the side that has shrunk least. Variables of degree 1 need no halving: in them all coefficients lie at corners."""
    curved = [i for i, degree in enumerate(degrees) if degree > 1]
    widest = max(curved, key=lambda i: (part[i][1] - part[i][0]) / ((box[i][1] - box[i][0]) or 1))
    low, high = part[widest]
    middle = (low + high) / 2
    for side in ((low, middle), (middle, high)):
        yield (*part[:widest], side, *part[widest + 1 :])
