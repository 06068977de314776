"""The sign of a polynomial over a box, proved by its Bernstein coefficients.

Over a box a polynomial lies between its least and its greatest Bernstein coefficient, and
those at corners are values that it takes. Boxes that this does not decide are halved, up to
a budget. All in exact arithmetic. (J. Garloff, "The Bernstein algorithm", Interval
Computations 2, 1993.)
"""

from __future__ import annotations

import itertools
import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from math import comb
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from strategy import deadline
from strategy.polynomials import Polynomial, Powers

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Sign", "bounds", "range_over"]

Point = tuple[Fraction, ...]
Box = tuple[tuple[Fraction, Fraction], ...]
_LARGEST_TABLE = 20_000


@attrs.frozen
class Sign:
    """What is known of a polynomial's sign over a box.

    ``kind``: "positive", "nonnegative", "negative", "nonpositive", "mixed" (it takes both
    signs) or "undecided"; the zero polynomial is "nonnegative". ``above``, ``below`` and
    ``zero``: points (one value a variable) where it is positive, negative, zero, if any
    was met.
    """

    kind: str
    above: tuple[Fraction, ...] | None = None
    below: tuple[Fraction, ...] | None = None
    zero: tuple[Fraction, ...] | None = None

    def has_no_zero(self) -> bool:
        """Whether it is proved to vanish nowhere on the box."""
        return self.kind in ("positive", "negative")


def bounds(
    poly: Polynomial, box: Sequence[tuple[Fraction, Fraction]], budget: int = 500
) -> Sign:
    """The sign of a polynomial over a closed box.

    The box is (low, high) for each of its variables; ``budget`` limits the halvings.
    ``poly``: the polynomial.
    """
    constant, blocks = _blocks(dict(poly.terms))
    search = _SignSearch(constant, blocks)
    if any(math.prod(block.shape) > _LARGEST_TABLE for block in blocks):
        for point in zip(
            *[(low, high, (low + high) / 2) for low, high in box], strict=True
        ):
            search.note(point, poly.at(point))
        return search.result(proved=False)
    queue: deque[Box] = deque([tuple(box)])
    while queue:
        part = queue.popleft()
        curved = search.look(part)
        if search.above and search.below:
            break
        if not curved:
            continue
        if budget <= 0:
            return search.result(proved=False)
        budget -= 1
        queue.extend(_halves(part, box, curved))
    return search.result(proved=True)


@attrs.frozen(eq=False)
class _BernsteinBlock:
    """A part of a polynomial that shares no variable with the rest.

    It holds its variables, their degrees plus one, and its coefficients.
    """

    variables: tuple[int, ...]
    shape: tuple[int, ...]
    terms: Mapping[tuple[int, ...], Fraction]

    @cached_property
    def table(self) -> NDArray[Any]:
        """The coefficients of powers, one axis a variable."""
        return _table(self.terms.items(), self.shape)


def _blocks(
    terms: Mapping[tuple[int, ...], Fraction],
) -> tuple[Fraction, list[_BernsteinBlock]]:
    """The constant, and the parts without common variables.

    Least and greatest values of a sum of such parts add up.
    """
    groups: list[set[int]] = []
    for powers in terms:
        joined = {i for i, power in enumerate(powers) if power}
        apart = [group for group in groups if not group & joined]
        for group in groups:
            joined |= group if group & joined else set()
        groups = [*apart, joined] if joined else groups
    blocks = []
    for group in groups:
        variables = tuple(sorted(group))
        mine = {
            tuple([powers[i] for i in variables]): c
            for powers, c in terms.items()
            if any(powers[i] for i in variables)
        }
        shape = tuple(
            [max(powers[axis] for powers in mine) + 1 for axis in range(len(variables))]
        )
        blocks.append(_BernsteinBlock(variables, shape, mine))
    return next((c for powers, c in terms.items() if not any(powers)), Fraction(0)), blocks


class _SignSearch:
    """The points met so far at which the polynomial is positive, negative and zero."""

    def __init__(self, constant: Fraction, blocks: Sequence[_BernsteinBlock]) -> None:
        self.constant, self.blocks = constant, blocks
        self.above: Point | None = None
        self.below: Point | None = None
        self.zero: Point | None = None

    def note(self, point: Point, value: Fraction) -> None:
        if value > 0:
            self.above = self.above or point
        elif value < 0:
            self.below = self.below or point
        else:
            self.zero = self.zero or point

    def look(self, part: Box) -> list[int]:
        """Note the values at the lowest and highest corner of a part of the box.

        What to halve if that does not settle it.
        """
        deadline.check()
        least = greatest = lowest = highest = self.constant
        low_corner = [low for low, _ in part]
        high_corner = [low for low, _ in part]
        curved: list[int] = []
        for block in self.blocks:
            sides = [part[i] for i in block.variables]
            found = _coefficients_over(block.table, sides)
            corners = {
                ends: found[ends] for ends in itertools.product((0, -1), repeat=len(sides))
            }
            down = min(corners, key=corners.__getitem__)
            up = max(corners, key=corners.__getitem__)
            for i, side, lower, upper in zip(block.variables, sides, down, up, strict=True):
                low_corner[i] = side[lower]
                high_corner[i] = side[upper]
            lowest = lowest + corners[down]
            highest = highest + corners[up]
            least = least + found.min()
            greatest = greatest + found.max()
            if found.min() < corners[down] or found.max() > corners[up]:
                # Variables of degree 1 need no halving: in them the extreme coefficients
                # lie at the ends.
                curved += [
                    i
                    for i, size in zip(block.variables, block.shape, strict=True)
                    if size > 2
                ]
        self.note(tuple(low_corner), lowest)
        self.note(tuple(high_corner), highest)
        if least < 0 < greatest:
            return curved
        if least != greatest:
            # In the interior every Bernstein polynomial is positive, so one coefficient
            # that is not zero makes the middle not zero. And if no corner is zero, neither
            # is any other point: every face has its corners among its coefficients.
            self.note(
                tuple([(low + high) / 2 for low, high in part]),
                greatest if greatest > 0 else least,
            )
        return []

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


def _table(terms: Iterable[tuple[Powers, Fraction]], shape: Sequence[int]) -> NDArray[Any]:
    result = np.full(shape, Fraction(0), dtype=object)
    for powers, weight in terms:
        result[powers] = weight
    return result


def range_over(
    poly: Polynomial, box: Sequence[tuple[Fraction, Fraction]]
) -> tuple[Fraction, Fraction]:
    """Between which values a polynomial lies on a closed box.

    ``poly``: the polynomial; ``box``: (low, high) for each of its variables. Where it is
    affine in each of them these are its least and greatest value.
    """
    shape = [max(one, 0) + 1 for one in poly.flint.degrees()]
    found = _coefficients_over(_table(poly.terms, shape), box)
    return found.min(), found.max()


def _coefficients_over(
    table: NDArray[Any], part: Sequence[tuple[Fraction, Fraction]]
) -> NDArray[Any]:
    """Bernstein coefficients over a box from the coefficients of powers.

    One axis a variable. The polynomial lies between the least and the greatest of them.
    ``table``: the coefficients; ``part``: (low, high) of each variable.
    """
    for axis, (low, high) in enumerate(part):
        table = np.moveaxis(
            np.tensordot(
                _to_bernstein(table.shape[axis] - 1, low, high),
                table,
                axes=(1, axis),
            ),
            0,
            axis,
        )
    return table


@lru_cache(maxsize=4096)
def _to_bernstein(degree: int, low: Fraction, high: Fraction) -> NDArray[Any]:
    """The matrix from powers of x to Bernstein coefficients of one degree on [low, high].

    It substitutes x = low + (high - low) t.
    """
    matrix = np.full((degree + 1, degree + 1), Fraction(0), dtype=object)
    for k, j in itertools.product(range(degree + 1), repeat=2):
        for i in range(min(j, k) + 1):
            matrix[k, j] += (
                Fraction(comb(k, i) * comb(j, i), comb(degree, i))
                * low ** (j - i)
                * (high - low) ** i
            )
    return matrix


def _halves(
    part: Box, box: Sequence[tuple[Fraction, Fraction]], curved: Sequence[int]
) -> Iterator[Box]:
    """Halve the side that has shrunk least among the variables that bend the polynomial."""
    widest = max(
        curved, key=lambda i: (part[i][1] - part[i][0]) / ((box[i][1] - box[i][0]) or 1)
    )
    low, high = part[widest]
    middle = (low + high) / 2
    for side in ((low, middle), (middle, high)):
        yield (*part[:widest], side, *part[widest + 1 :])
