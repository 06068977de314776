"""Products of parameters that move together.

Each is an unknown of its own beside the parameters.

A polynomial is affine in the parameters and these. Over a box the product of two numbers lies
between planes, and the smaller the box the closer they are (G. P. McCormick, "Computability
of global solutions to factorable nonconvex programs: Part I", Mathematical Programming 10,
1976). A product of three is one of two, the second itself a product. Points are given by
shares, as in ``sensitivity.nearest.moves``: first those of the parameters, then those of
the products, which cost nothing.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from strategy.polynomials import Polynomial, Powers
from strategy.sensitivity.nearest.moves import LinearRow, support

__all__ = ["Products", "Span"]

Shares = tuple[Fraction, ...]
Span = tuple[Fraction, Fraction]
_MOST_PINS, _MOST_MIXED = 8, 6


@attrs.frozen(eq=False)
class Products:
    """Products of parameters as unknowns of their own.

    ``places``: where a power product stands among the unknowns. ``factors``: for each
    product the places of its two factors; ``start``, ``ranges``: values at the start, and
    from where to where they go, for parameters and products.
    """

    count: int
    places: Mapping[Powers, int]
    factors: tuple[tuple[int, int], ...]
    start: tuple[Fraction, ...]
    ranges: tuple[Span, ...]

    @classmethod
    def of(
        cls, polys: Iterable[Polynomial], start: Sequence[Fraction], ranges: Sequence[Span]
    ) -> Products:
        """All products that the polynomials contain, and those that these are made of.

        ``start``: the values there; ``ranges``: of the parameters.
        """
        count = len(start)
        places: dict[Powers, int] = {
            tuple([int(i == k) for i in range(count)]): k for k in range(count)
        }
        factors: list[tuple[int, int]] = []

        def place(powers: Powers) -> int:
            if powers not in places:
                i = next(i for i, power in enumerate(powers) if power)
                rest = place((*powers[:i], powers[i] - 1, *powers[i + 1 :]))
                places[powers] = count + len(factors)
                factors.append((i, rest))
            return places[powers]

        for powers in sorted(
            {powers for poly in polys for powers, _ in poly.terms if sum(powers) > 1}
        ):
            place(powers)
        values = list(start)
        for a, b in factors:
            values.append(values[a] * values[b])
        return cls(
            count, places, tuple(factors), tuple(values), tuple(_grown(ranges, factors))
        )

    @cached_property
    def spans(self) -> tuple[Fraction, ...]:
        """How long the ranges are."""
        return tuple([high - low for low, high in self.ranges])

    def row(
        self,
        constant: Fraction,
        slopes: Iterable[tuple[int, Fraction]],
        strict: bool = False,
    ) -> LinearRow:
        """A row in shares from a constant and slopes in native units.

        ``strict``: whether it is to be above 0.
        """
        gradient = [Fraction(0)] * len(self.start)
        for k, slope in slopes:
            constant += slope * self.start[k]
            gradient[k] += slope * self.spans[k]
        return LinearRow(constant, tuple(gradient), strict)

    def full(self, shares: Sequence[Fraction]) -> Shares:
        """The point with these shares of the parameters.

        The products are what they must be.
        """
        if not self.factors:
            return tuple(shares)
        native = list(self.native(shares[: self.count]))
        for a, b in self.factors:
            native.append(native[a] * native[b])
        added = range(self.count, len(native))
        return (
            *shares[: self.count],
            *[(native[k] - self.start[k]) / self.spans[k] for k in added],
        )

    def native(self, shares: Sequence[Fraction]) -> Shares:
        """The values at a point, of as many unknowns as there are shares."""
        return tuple(
            [
                start + span * x
                for start, span, x in zip(self.start, self.spans, shares, strict=False)
            ]
        )

    def between(
        self, a: Sequence[Fraction], b: Sequence[Fraction], step: Fraction
    ) -> Shares:
        """The point that lies so far on the straight way from one point to another.

        The way of the parameters. ``a``, ``b``: the points; ``step``: so far, from 0 to 1.
        """
        pairs = zip(a[: self.count], b[: self.count], strict=True)
        return self.full([x + step * (y - x) for x, y in pairs])

    # -- boxes

    def walls(self, box: Mapping[int, Span]) -> list[LinearRow]:
        """The rows that keep parameters in the parts of their ranges that ``box`` gives."""
        ends = [
            self.row(turn * -end, [(i, Fraction(turn))])
            for i, sides in box.items()
            for end, turn in zip(sides, (1, -1), strict=True)
        ]
        return ends

    def envelopes(
        self, box: Mapping[int, Span], spoken: Sequence[LinearRow]
    ) -> list[LinearRow]:
        """The walls, and the planes between which each product lies over the box.

        Only products that the rows in ``spoken`` speak of have such planes.
        """
        needed = set(support(spoken))
        for k in range(len(self.start) - 1, self.count - 1, -1):
            needed |= set(self.factors[k - self.count]) if k in needed else set()
        spans = _grown(
            [box.get(i, span) for i, span in enumerate(self.ranges[: self.count])],
            self.factors,
        )
        rows = self.walls(box)
        for k, (a, b) in enumerate(self.factors, self.count):
            if k not in needed:
                continue
            for i, j in itertools.product((0, 1), repeat=2):
                # (a - its end)(b - its end) is no less than 0 at two ends of one kind, no
                # more at two of different kinds.
                x = spans[a][i]
                y = spans[b][j]
                turn = Fraction(1 if i == j else -1)
                rows.append(
                    self.row(turn * x * y, [(k, turn), (a, -turn * y), (b, -turn * x)])
                )
        return rows

    def filled(self, shares: Iterable[Any], rows: Sequence[LinearRow]) -> tuple[Any, ...]:
        """A point at which products that the rows leave open are what they must be.

        In fractions or floats; what their factors make them. ``shares``: the point.
        """
        if not self.factors:
            return tuple(shares)
        used, found = set(support(rows)), list(shares)
        native = list(self.native(found))
        for k, (a, b) in enumerate(self.factors, self.count):
            if k not in used:
                native[k] = native[a] * native[b]
                found[k] = (native[k] - self.start[k]) / self.spans[k]
        return tuple(found)

    def widest(
        self,
        box: Mapping[int, Span],
        rows: Sequence[LinearRow],
        *points: Sequence[Fraction],
    ) -> tuple[int, Span]:
        """The parameter to halve, and its part of the range.

        That which fills most of its range, among the factors of the product that is
        farthest, at these points, from what it must be, as far as that counts in the rows.
        ``box``: the ranges left.
        """
        true = [self.full(point) for point in points]

        def wrong(powers: Powers) -> tuple[float, Fraction]:
            k = self.places[powers]
            far = max(
                abs(point[k] - other[k]) for point, other in zip(points, true, strict=True)
            )
            return max(
                (abs(float(row.gradient[k] * far)) / row.scale for row in rows), default=0.0
            ), far

        worst = max((powers for powers in self.places if sum(powers) > 1), key=wrong)
        sides = {i: box.get(i, self.ranges[i]) for i, power in enumerate(worst) if power}
        found = max(sides, key=lambda i: (sides[i][1] - sides[i][0]) / self.spans[i])
        return found, sides[found]

    # -- exactly

    def bent(self, rows: Sequence[LinearRow]) -> list[int]:
        """Few parameters such that the rows are affine in the others.

        Once these have values.
        """
        used = set(support(rows))
        spoken = [powers for powers, k in self.places.items() if k in used]
        found = {i for powers in spoken for i, power in enumerate(powers) if power > 1}
        while True:
            loose = [
                [i for i, power in enumerate(powers) if power and i not in found]
                for powers in spoken
            ]
            count = Counter(i for rest in loose if len(rest) > 1 for i in rest)
            if not count:
                return sorted(found)
            found.add(count.most_common(1)[0][0])

    def pins(
        self, bent: Sequence[int], box: Mapping[int, Span], *points: Sequence[Fraction]
    ) -> Iterator[Mapping[int, Fraction]]:
        """Values for bent parameters.

        Those at the points, then such as at the first but for some that are at ends of the
        box.
        """
        places = [self.native(point) for point in points]
        for values in places:
            yield {i: values[i] for i in bent}
        options = [(places[0][i], *box.get(i, self.ranges[i])) for i in bent]
        mixed = sorted(
            itertools.product((0, 1, 2), repeat=len(bent))
            if len(bent) < _MOST_MIXED
            else (),
            key=lambda one: -one.count(0),
        )
        for chosen in mixed[1 : _MOST_PINS + 1]:
            yield {i: option[k] for i, option, k in zip(bent, options, chosen, strict=True)}

    def pinned(
        self, rows: Sequence[LinearRow], values: Mapping[int, Fraction]
    ) -> list[LinearRow]:
        """The rows where bent parameters have these values.

        Products of these and one other are affine.
        """
        used = set(support(rows))
        known: dict[int, tuple[Fraction, list[tuple[int, Fraction]]]] = {}
        for powers, k in self.places.items():
            if k >= self.count and k in used:
                factor = math.prod(
                    [value ** powers[i] for i, value in values.items()], start=Fraction(1)
                )
                other = [i for i, power in enumerate(powers) if power and i not in values]
                known[k] = (Fraction(0), [(other[0], factor)]) if other else (factor, [])
        found = [self._with(row, known) for row in rows]
        for i, value in values.items():
            found += [self.row(turn * -value, [(i, Fraction(turn))]) for turn in (1, -1)]
        return found

    def _with(
        self,
        row: LinearRow,
        known: Mapping[int, tuple[Fraction, list[tuple[int, Fraction]]]],
    ) -> LinearRow:
        """A row with products replaced by what they are."""
        constant, slopes = row.constant, []
        for k, a in enumerate(row.gradient):
            slope = a / self.spans[k]
            constant -= slope * self.start[k]
            added, parts = known.get(k, (Fraction(0), [(k, Fraction(1))]))
            constant += slope * added
            slopes += [(i, slope * factor) for i, factor in parts]
        return self.row(constant, slopes, row.strict)

    def first_sign(
        self, poly: Polynomial, point: Sequence[Fraction], beyond: Sequence[Fraction]
    ) -> Fraction:
        """A number with the sign that a polynomial has just after a point.

        After means on the straight way of the parameters to another point, ``beyond``.
        """
        a, b = self.native(point), self.native(beyond)
        (step,) = Polynomial.variables(1)
        way = [step * (y - x) + x for x, y in zip(a, b, strict=True)][: self.count]
        return next((one for _, one in poly.composed(way, 1).terms), Fraction(0))


def _grown(ranges: Sequence[Span], factors: Iterable[tuple[int, int]]) -> list[Span]:
    """Ranges of parameters, and after them those that products have there."""
    found = list(ranges)
    for a, b in factors:
        ends = [x * y for x in found[a] for y in found[b]]
        found.append((min(ends), max(ends)))
    return found
