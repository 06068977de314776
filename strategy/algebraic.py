"""Real algebraic numbers.

Roots of polynomials in one variable, kept exactly and compared by proof.

A root is kept as its minimal polynomial and an interval that isolates it. Signs of other
polynomials at it are decided by divisibility (zero) or by narrowing the interval until ball
arithmetic excludes zero; there is no tolerance.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import attrs
import flint

from strategy.errors import NumberError
from strategy.texts import number_text

__all__ = ["AlgebraicNumber", "Point", "between", "real_roots", "sign_at", "value_at"]


def _rational(value: Fraction | int) -> flint.fmpq:
    value = Fraction(value)
    return flint.fmpq(value.numerator, value.denominator)


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _polynomial(coefficients: Sequence[Fraction | int]) -> flint.fmpq_poly:
    """From coefficients, highest power first."""
    return flint.fmpq_poly([_rational(one) for one in reversed(coefficients)])


def _ball(low: Fraction, high: Fraction) -> flint.arb:
    middle, radius = (low + high) / 2, (high - low) / 2
    return flint.arb(_rational(middle)) + flint.arb(0, 1) * flint.arb(_rational(radius))


@functools.total_ordering
@attrs.frozen(eq=False, repr=False)
class AlgebraicNumber:
    """An irrational real root of a polynomial with integer coefficients.

    ``minimal_polynomial``: its coefficients, highest power first, irreducible and
    primitive; ``interval``: rational ends of an open interval in which it is the only root.
    ``float()`` gives the nearest float, comparisons are exact.
    """

    minimal_polynomial: tuple[int, ...]
    interval: tuple[Fraction, Fraction]

    def narrowed(self, width: Fraction) -> AlgebraicNumber:
        """The same number with an isolating interval no wider than ``width``."""
        low, high = self.interval
        poly = _polynomial(self.minimal_polynomial)
        rising = poly(_rational(high)) > 0
        while high - low > width:
            middle = (low + high) / 2
            if (poly(_rational(middle)) > 0) == rising:
                high = middle
            else:
                low = middle
        return AlgebraicNumber(self.minimal_polynomial, (low, high))

    def sign(self, coefficients: Sequence[Fraction | int]) -> int:
        """The sign of a polynomial (coefficients highest power first) at this number."""
        poly = _polynomial(coefficients)
        if (poly % _polynomial(self.minimal_polynomial)).degree() < 0:
            return 0
        here, bits = self, 64
        while True:
            here = here.narrowed(Fraction(1, 2**bits))
            with flint.ctx.workprec(2 * bits + 64):
                value = _evaluate(poly, _ball(*here.interval))
            if value > 0:
                return 1
            if value < 0:
                return -1
            bits *= 2

    def apply(self, coefficients: Sequence[Fraction | int]) -> Fraction | AlgebraicNumber:
        """The value of a polynomial at this number, exactly.

        Its coefficients stand with the highest power first.
        """
        modulus = _polynomial(self.minimal_polynomial)
        poly = _polynomial(coefficients) % modulus
        if poly.degree() <= 0:
            return _fraction(poly[0])
        degree = modulus.degree()
        rows, power = [], flint.fmpq_poly([1])
        for _ in range(degree):
            product = (power * poly) % modulus
            rows.append([product[i] for i in range(degree)])
            power = (power * flint.fmpq_poly([0, 1])) % modulus
        characteristic = flint.fmpq_mat(rows).charpoly()
        roots = real_roots([_fraction(characteristic[i]) for i in range(degree, -1, -1)])
        bits = 64
        while len(roots) > 1:
            here = self.narrowed(Fraction(1, 2**bits))
            with flint.ctx.workprec(2 * bits + 64):
                value = _evaluate(poly, _ball(*here.interval))
                roots = [
                    root
                    for root in roots
                    if value.overlaps(_enclosure(root, Fraction(1, 2**bits)))
                ]
            bits *= 2
        return roots[0]

    def __float__(self) -> float:
        here = self
        while True:
            low, high = here.interval
            if low * high > 0 and high - low <= min(abs(low), abs(high)) / 2**70:
                return float((low + high) / 2)
            here = here.narrowed((high - low) / 2**16)

    def _against(self, other: Any) -> int:
        if isinstance(other, AlgebraicNumber):
            if other.minimal_polynomial == self.minimal_polynomial:
                low = max(self.interval[0], other.interval[0])
                high = min(self.interval[1], other.interval[1])
                poly = _polynomial(self.minimal_polynomial)
                if low < high and poly(_rational(low)) * poly(_rational(high)) < 0:
                    return 0
            here = self
            there = other
            width = Fraction(1, 2**32)
            while (
                here.interval[0] < there.interval[1]
                and there.interval[0] < here.interval[1]
            ):
                here = here.narrowed(width)
                there = there.narrowed(width)
                width = width / 2**32
            return -1 if here.interval[1] <= there.interval[0] else 1
        return self.sign([1, -Fraction(other)])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, float) and not math.isfinite(other):
            return False
        if isinstance(other, (AlgebraicNumber, int, Fraction, float)):
            return self._against(other) == 0
        return NotImplemented

    def __lt__(self, other: Any) -> bool:
        if isinstance(other, float) and not math.isfinite(other):
            return other > 0
        if isinstance(other, (AlgebraicNumber, int, Fraction, float)):
            return self._against(other) < 0
        return NotImplemented

    def __hash__(self) -> int:
        # Equal numbers share their minimal polynomial; intervals may differ.
        return hash(self.minimal_polynomial)

    def display(self, digits: int = 4) -> str:
        """The number for people: rounded to ``digits`` significant digits, and marked so."""
        return f"about {float(self):.{digits}g}"

    def __repr__(self) -> str:
        return (
            f"AlgebraicNumber([{', '.join(map(number_text, self.minimal_polynomial))}], "
            f"about {float(self):.12g})"
        )


Point = Fraction | AlgebraicNumber


def _evaluate(poly: flint.fmpq_poly, ball: flint.arb) -> flint.arb:
    result = flint.arb(0)
    for i in range(poly.degree(), -1, -1):
        result = result * ball + flint.arb(poly[i])
    return result


def _enclosure(point: Point, width: Fraction) -> flint.arb:
    if isinstance(point, AlgebraicNumber):
        return _ball(*point.narrowed(width).interval)
    return flint.arb(_rational(point))


def real_roots(
    coefficients: Sequence[Fraction | int],
    low: Fraction | None = None,
    high: Fraction | None = None,
) -> list[Point]:
    """The distinct real roots of a polynomial, strictly between ``low`` and ``high``.

    They are increasing; the coefficients stand with the highest power first.

    Rational roots are Fractions, the others AlgebraicNumbers. Raises NumberError for the
    zero polynomial.
    """
    poly = _polynomial(coefficients)
    if poly.degree() < 0:
        raise NumberError(
            "the zero polynomial vanishes everywhere: its roots cannot be listed"
        )
    _, factors = poly.numer().factor()
    roots: list[Point] = []
    for factor, _ in factors:
        if factor.degree() == 1:
            roots.append(Fraction(-int(factor[0]), int(factor[1])))
        elif factor.degree() > 1:
            roots.extend(_irrational_roots(factor))
    kept = [
        root
        for root in roots
        if (low is None or root > low) and (high is None or root < high)
    ]
    return sorted(kept)


def _irrational_roots(factor: flint.fmpz_poly) -> list[Point]:
    """Real roots of an irreducible polynomial of degree two or more.

    Each has an isolating interval of two ends of opposite sign.
    """
    leading = 1 if factor[factor.degree()] > 0 else -1
    minimal: tuple[int, ...] = tuple(
        [leading * int(factor[i]) for i in range(factor.degree(), -1, -1)]
    )
    poly = _polynomial(minimal)
    found = []
    bits = 128
    while True:
        with flint.ctx.workprec(bits):
            roots: Any = factor.complex_roots()
            balls = [root.real for root, _ in roots if root.imag == 0]
            found = sorted([_interval(ball, bits) for ball in balls])
        apart = all(a[1] < b[0] for a, b in itertools.pairwise(found))
        if apart and all(poly(_rational(a)) * poly(_rational(b)) < 0 for a, b in found):
            return [AlgebraicNumber(minimal, interval) for interval in found]
        bits *= 2


def _interval(ball: flint.arb, bits: int) -> tuple[Fraction, Fraction]:
    middle, radius = _dyadic(ball.mid()), _dyadic(ball.rad())
    radius = max(radius, Fraction(1, 2**bits) * max(Fraction(1), abs(middle)))
    return middle - 2 * radius, middle + 2 * radius


def _dyadic(ball: flint.arb) -> Fraction:
    mantissa, exponent = ball.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def sign_at(coefficients: Sequence[Fraction | int], point: Point) -> int:
    """The sign of a polynomial (coefficients highest power first) at a point."""
    if isinstance(point, AlgebraicNumber):
        return point.sign(coefficients)
    value = value_at(coefficients, point)
    assert isinstance(value, Fraction)
    return (value > 0) - (value < 0)


def value_at(coefficients: Sequence[Fraction | int], point: Point) -> Point:
    """The exact value of a polynomial (coefficients highest power first) at a point."""
    if isinstance(point, AlgebraicNumber):
        return point.apply(coefficients)
    result = Fraction(0)
    for one in coefficients:
        result = result * point + one
    return result


def between(low: Point, high: Point) -> Fraction:
    """A rational number strictly between two points, with a small denominator.

    ``low``, ``high``: the two, Fractions or AlgebraicNumbers.
    """
    width = Fraction(1, 2**16)
    while True:
        left = low.narrowed(width).interval[1] if isinstance(low, AlgebraicNumber) else low
        right = (
            high.narrowed(width).interval[0] if isinstance(high, AlgebraicNumber) else high
        )
        if left < right:
            # An interval's end is rational and so never the number itself, but the ends of
            # two plain numbers are.
            quarter = (right - left) / 4
            return _simplest(left + quarter, right - quarter)
        width /= 2**16


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """The rational with the smallest denominator in a closed interval (Stern and Brocot)."""
    floor = low.numerator // low.denominator
    if floor == low:
        return Fraction(floor)
    if floor + 1 <= high:
        return Fraction(floor + 1)
    return floor + 1 / _simplest(1 / (high - floor), 1 / (low - floor))
