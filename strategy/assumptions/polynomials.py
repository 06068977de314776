"""Amounts as polynomials with rational coefficients, evaluated exactly.

An expression in the parameters is read as an element of a polynomial ring over the
rationals (SymPy's sparse ``PolyElement``), else as a quotient of two (``FracElement``),
else it stays an expression, evaluated where its value is rational.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs

from strategy.errors import ModelError, NumberError
from strategy.exact import exact

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sympy.polys.rings import PolyElement, PolyRing

__all__ = [
    "Evaluator",
    "coefficients",
    "evaluate",
    "is_polynomial",
    "monomial_table",
    "read_amount",
    "ring_of",
]

_LARGEST_EXPONENT = 100
_LARGEST_EXPANSION = 10_000
_LARGEST_DEGREE = 400


def ring_of(symbols: Sequence[Any]) -> PolyRing:
    """The ring of polynomials in these symbols over the rationals.

    Generators in the order given.
    """
    from sympy import QQ
    from sympy.polys.rings import PolyRing

    return PolyRing(tuple(symbols), QQ)


def read_amount(amount: Any, ring: PolyRing) -> Any:
    """A Fraction or expression as a polynomial, a quotient of two, or as it is.

    A PolyElement if it can be one, else a FracElement, else the expression itself.

    ``amount``: a number or an expression; ``ring``: of the model's polynomials.

    Raises ModelError on powers beyond 100 or of many parameters at once, since polynomials
    are kept expanded.
    """
    if not hasattr(amount, "free_symbols"):
        value = exact(amount, "amount")
        return ring.ground_new(_ground(ring, value))
    import sympy

    for power in amount.atoms(sympy.Pow):
        if power.exp.is_Integer and abs(int(power.exp)) > _LARGEST_EXPONENT:
            raise ModelError(
                f"amount {amount} has {power}, whose power {power.exp} is too large to "
                f"expand: use powers of at most {_LARGEST_EXPONENT}, lower ones with many "
                "parameters"
            )
    terms, degree = _expanded(amount)
    if terms > _LARGEST_EXPANSION or degree > _LARGEST_DEGREE:
        raise ModelError(
            f"amount {str(amount)[:80]} would have up to {terms:,} terms of degree "
            f"{degree:,} when expanded: amounts are kept "
            f"expanded, so write it with at most {_LARGEST_EXPANSION:,} terms and degree "
            f"{_LARGEST_DEGREE:,}"
        )
    try:
        return ring.from_expr(amount)
    except ZeroDivisionError:
        raise ModelError(
            f"amount {amount} divides by zero whatever the parameters: rewrite it"
        ) from None
    except ValueError:
        pass
    try:
        quotient = ring.to_field().from_expr(amount)
    except ZeroDivisionError:
        raise ModelError(
            f"amount {amount} divides by zero whatever the parameters: rewrite it"
        ) from None
    except ValueError:
        return amount
    return (
        quotient.numer.quo_ground(quotient.denom.LC)
        if quotient.denom.is_ground
        else quotient
    )


def _expanded(expression: Any) -> tuple[int, int]:
    """Bounds on the number of terms and the degree of an expression when it is expanded.

    What has no expansion is not counted.
    """
    if not expression.args:
        return 1, len(expression.free_symbols)
    parts = [_expanded(one) for one in expression.args]
    if expression.is_Add:
        terms = sum(one for one, _ in parts)
        degree = max(one for _, one in parts)
    elif expression.is_Mul:
        terms = math.prod(one for one, _ in parts)
        degree = sum(one for _, one in parts)
    elif expression.is_Pow and expression.exp.is_Integer:
        exponent = abs(int(expression.exp))
        terms = math.comb(parts[0][0] + exponent - 1, exponent)
        degree = parts[0][1] * exponent
    else:
        return 1, 1
    return min(terms, math.comb(len(expression.free_symbols) + degree, degree)), degree


def is_polynomial(amount: Any) -> bool:
    """Whether a read amount is a polynomial."""
    from sympy.polys.rings import PolyElement

    return isinstance(amount, PolyElement)


def is_quotient(amount: Any) -> bool:
    """Whether a read amount is a quotient of two polynomials."""
    from sympy.polys.fields import FracElement

    return isinstance(amount, FracElement)


def _ground(ring: PolyRing, value: Fraction) -> Any:
    return ring.domain(value.numerator) / ring.domain(value.denominator)


def coefficients(poly: PolyElement) -> dict[tuple[int, ...], Fraction]:
    """Exponents (one a generator) -> coefficient as a Fraction.

    ``poly``: the polynomial.
    """
    return {
        powers: Fraction(int(one.numerator), int(one.denominator))
        for powers, one in poly.items()
    }


def evaluate(amount: Any, values: Mapping[str, Fraction] | Sequence[Fraction]) -> Fraction:
    """The value of a read amount where the parameters have these values.

    By name, or in the order of the ring's generators.

    Raises NumberError where an expression has no rational value, and ModelError where a
    denominator vanishes.
    """
    if is_polynomial(amount):
        return _evaluator(amount)(_in_order(amount.ring, values))[0]
    if is_quotient(amount):
        above, below = Evaluator([amount.numer, amount.denom])(
            _in_order(amount.field, values)
        )
        if not below:
            raise ModelError(
                f"the amount {amount.as_expr()} divides by zero at {values}: keep the "
                "parameters away from there"
            )
        return above / below
    return _evaluate_expression(amount, values)


def _in_order(
    ring: Any, values: Mapping[str, Fraction] | Sequence[Fraction]
) -> Sequence[Fraction]:
    return (
        [values[str(symbol)] for symbol in ring.symbols]
        if isinstance(values, Mapping)
        else values
    )


def _evaluate_expression(
    expression: Any, values: Mapping[str, Fraction] | Sequence[Fraction]
) -> Fraction:
    import sympy

    if not isinstance(values, Mapping):
        raise NumberError(
            f"the amount {expression} is not a polynomial: give its values by "
            "parameter name"
        )
    symbols = sorted(expression.free_symbols, key=str)
    point = {
        symbol: sympy.Rational(
            values[str(symbol)].numerator, values[str(symbol)].denominator
        )
        for symbol in symbols
    }
    result = expression.subs(point)
    if not result.is_Rational:
        result = sympy.simplify(result)
    if not result.is_Rational:
        shown = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
        raise NumberError(
            f"the amount {expression} is {result} at {shown}, not a rational number: "
            "choose values at which it is, or write "
            "it as a polynomial"
        )
    return Fraction(int(result.p), int(result.q))


@attrs.frozen(init=False)
class Evaluator:
    """Many polynomials at one point.

    Each monomial is computed once, in integers over one common denominator.
    """

    degree: int
    scale: int
    monomials: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]
    rows: tuple[tuple[tuple[int, int], ...], ...]

    def __init__(self, polys: Iterable[PolyElement]) -> None:
        read = [coefficients(poly) for poly in polys]
        scale = math.lcm(*{one.denominator for row in read for one in row.values()})
        places: dict[tuple[int, ...], int] = {}
        rows = [
            tuple(
                [
                    (places.setdefault(powers, len(places)), int(one * scale))
                    for powers, one in row.items()
                ]
            )
            for row in read
        ]
        degree = max(map(sum, places), default=0)
        monomials = [
            (
                degree - sum(powers),
                tuple([(i, power) for i, power in enumerate(powers) if power]),
            )
            for powers in places
        ]
        self.__attrs_init__(degree, scale, tuple(monomials), tuple(rows))

    def __call__(self, values: Sequence[Fraction]) -> list[Fraction]:
        """The value of each polynomial; ``values`` in the order of the generators."""
        numerators, denominator = self.integers(values)
        return [Fraction(one, denominator) for one in numerators]

    def integers(self, values: Sequence[Fraction]) -> tuple[list[int], int]:
        """The values as integers over one positive denominator."""
        common = math.lcm(*[value.denominator for value in values])
        scaled = [value.numerator * (common // value.denominator) for value in values]
        terms = []
        for missing, powers in self.monomials:
            product = common**missing
            for i, power in powers:
                product *= scaled[i] ** power
            terms.append(product)
        return [
            sum([weight * terms[i] for i, weight in row]) for row in self.rows
        ], self.scale * common**self.degree


@lru_cache(maxsize=4096)
def _evaluator(poly: PolyElement) -> Evaluator:
    return Evaluator([poly])


def monomial_table(
    polys: Sequence[PolyElement], *, exact: bool = True
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Polynomials of one ring as arrays.

    Exponents (monomials, generators) and coefficients (polynomials, monomials).

    Coefficients are Fractions in an object array, or float64 with ``exact=False``. Values
    at samples of shape (N, generators): ``(samples[:, None, :] ** exponents).prod(-1) @
    coefficients.T``. ``polys``: the polynomials.
    """
    import numpy as np

    places: dict[tuple[int, ...], int] = {}
    read = [
        [
            (places.setdefault(powers, len(places)), one)
            for powers, one in coefficients(poly).items()
        ]
        for poly in polys
    ]
    width = polys[0].ring.ngens if polys else 0
    exponents = np.array(list(places), dtype=np.int64).reshape(len(places), width)
    table = (
        np.full((len(polys), len(places)), Fraction(0), dtype=object)
        if exact
        else np.zeros((len(polys), len(places)))
    )
    for row, entries in zip(table, read, strict=True):
        for i, one in entries:
            row[i] = one
    return exponents, table
