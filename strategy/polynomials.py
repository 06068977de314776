"""Polynomials with rational coefficients in several variables, exactly.

The one kind of polynomial here: amounts, gains, probabilities and what becomes of them on a
slice are all of it. It is ``fmpq_mpoly`` of python-flint, which has neither hash nor
pickle, with both; a variable is known by its place.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

__all__ = ["Polynomial", "Powers", "values_at"]

Powers = tuple[int, ...]
"""The exponent of each variable in a monomial."""


class Polynomial:
    """A polynomial, never changed once made.

    ``+``, ``-`` and ``*`` give new ones, also with whole numbers and Fractions.
    ``flint``: the same as python-flint has it. Equal polynomials in as many variables are
    equal and have one hash; the zero polynomial is false.
    """

    __slots__ = ("_factors", "_hash", "_terms", "flint")
    _factors: list[tuple[fmpq, list[int]]]
    _hash: int
    _terms: tuple[tuple[Powers, Fraction], ...]

    def __init__(self, flint: fmpq_mpoly) -> None:
        self.flint = flint

    @classmethod
    def of(cls, terms: Mapping[Powers, Any], count: int) -> Polynomial:
        """The polynomial with these terms.

        ``terms``: from exponents, one a variable, to coefficients, rational numbers of any
        kind. ``count``: how many variables there are.
        """
        read = {powers: _flint(value) for powers, value in terms.items()}
        return cls(_variables(count).from_dict(read))

    @classmethod
    def constant(cls, value: Fraction | int, count: int) -> Polynomial:
        """A number, as a polynomial in ``count`` variables."""
        return cls(_variables(count).constant(_flint(value)))

    @classmethod
    def variables(cls, count: int) -> list[Polynomial]:
        """Each of ``count`` variables."""
        return [cls(one) for one in _variables(count).gens()]

    # -- what it is

    @property
    def count(self) -> int:
        """How many variables there are, used or not."""
        return int(self.flint.context().nvars())

    @property
    def terms(self) -> tuple[tuple[Powers, Fraction], ...]:
        """(exponents, coefficient) pairs by rising exponents, so that a constant is first.

        Nothing for zero.
        """
        if not hasattr(self, "_terms"):
            found = [(tuple(map(int, p)), _fraction(c)) for p, c in self.flint.terms()]
            self._terms = tuple(found[::-1])
        return self._terms

    @property
    def number(self) -> Fraction:
        """The term without variables."""
        return _fraction(self.flint[(0,) * self.count])

    @property
    def coefficients(self) -> list[Fraction]:
        """Of a polynomial in one variable, from the highest power down to the constant."""
        known = dict(self.terms)
        return [known.get((k,), Fraction(0)) for k in range(self.degree, -1, -1)]

    @property
    def degree(self) -> int:
        """The highest sum of exponents; 0 for numbers."""
        return max(int(self.flint.total_degree()), 0)

    @property
    def used(self) -> list[int]:
        """The places of the variables that it depends on."""
        return [i for i, power in enumerate(self.flint.degrees()) if power > 0]

    def canonical(self) -> tuple[Polynomial, int]:
        """It up to positive scale and sign; and the sign taken out (0 for zero).

        The coefficients are coprime whole numbers, that of the greatest exponents positive.
        """
        if not self:
            return self, 0
        content = reduce(fmpq.gcd, self.flint.coeffs(), fmpq(0))
        sign = 1 if self.flint.leading_coefficient() > 0 else -1
        return Polynomial(self.flint / (sign * content)), sign

    # -- what becomes of it

    def at(self, values: Sequence[Fraction]) -> Fraction:
        """Its value where the variables have these."""
        return _fraction(self.flint(*map(_flint, values)))

    def composed(self, images: Sequence[Polynomial], count: int) -> Polynomial:
        """It with a polynomial put in place of each variable.

        ``count``: how many variables there are in these ``images``.
        """
        inner = [one.flint for one in images]
        return Polynomial(self.flint.compose(*inner, ctx=_variables(count)))

    def slope(self, place: int) -> Polynomial:
        """Its derivative in the variable at a place."""
        return Polynomial(self.flint.derivative(place))

    def with_factors_of(self, other: Polynomial) -> Polynomial:
        """The least common multiple with another polynomial that is not zero.

        The coefficient of its greatest exponents is 1.
        """
        found = self.flint * other.flint / self.flint.gcd(other.flint)
        return Polynomial(found / found.leading_coefficient())

    def without_factors_of(self, other: Polynomial) -> Polynomial:
        """It divided by one of its divisors."""
        return Polynomial(self.flint / other.flint)

    def __bool__(self) -> bool:
        return bool(self.flint)

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Polynomial) and bool(self.flint == other.flint)
        )

    def __hash__(self) -> int:
        if not hasattr(self, "_hash"):
            # the same in every process, so that sets keep one order
            self._hash = zlib.crc32(str(self.flint).encode())
        return self._hash

    def __neg__(self) -> Polynomial:
        return Polynomial(-self.flint)

    def __add__(self, other: Polynomial | Fraction | int) -> Polynomial:
        return Polynomial(self.flint + _operand(other))

    def __sub__(self, other: Polynomial | Fraction | int) -> Polynomial:
        return Polynomial(self.flint - _operand(other))

    def __mul__(self, other: Polynomial | Fraction | int) -> Polynomial:
        return Polynomial(self.flint * _operand(other))

    __radd__, __rmul__ = __add__, __mul__

    def __repr__(self) -> str:
        return f"Polynomial({self.flint})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Polynomial.of, (dict(self.terms), self.count)


def values_at(
    polynomials: Iterable[Polynomial], values: Sequence[Fraction]
) -> list[Fraction]:
    """The values of many polynomials in the same variables at one point.

    Faster than one by one where each uses few of many variables.
    """
    point, found = [_flint(one) for one in values], []
    for one in polynomials:
        if not hasattr(one, "_factors"):
            one._factors = [
                (value, [i for i, power in enumerate(powers) for _ in range(power)])
                for powers, value in one.flint.terms()
            ]
        total = fmpq(0)
        for product, places in one._factors:
            for i in places:
                product = product * point[i]
            total += product
        found.append(_fraction(total))
    return found


@lru_cache(maxsize=256)
def _variables(count: int) -> fmpq_mpoly_ctx:
    return fmpq_mpoly_ctx.get([f"x{i}" for i in range(count)], Ordering.lex)


def _operand(value: Polynomial | Fraction | int) -> Any:
    return value.flint if isinstance(value, Polynomial) else _flint(value)


def _flint(value: Any) -> fmpq:
    return fmpq(int(value.numerator), int(value.denominator))


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))
