"""Amounts as written, read as polynomials or quotients of two, and evaluated exactly.

An expression in the parameters is a ``Polynomial`` in them, else a ``Quotient`` of two,
else it stays an expression, evaluated where its value is rational.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from strategy.errors import ModelError, NumberError
from strategy.exact import exact
from strategy.polynomials import Polynomial

if TYPE_CHECKING:
    from sympy.polys.rings import PolyRing

__all__ = ["Quotient", "as_written", "evaluate", "read_amount", "ring_of"]

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


@attrs.frozen
class Quotient:
    """An amount that is a quotient of two polynomials without a common factor.

    ``written``: the same as an expression.
    """

    numer: Polynomial
    denom: Polynomial
    written: Any


def read_amount(amount: Any, ring: PolyRing) -> Any:
    """A Fraction or expression as a polynomial, a quotient of two, or as it is.

    A Polynomial in the symbols of ``ring`` if it can be one, else a Quotient, else the
    expression itself.

    Raises ModelError on powers beyond 100 or of many parameters at once, since polynomials
    are kept expanded.
    """
    if not hasattr(amount, "free_symbols"):
        return Polynomial.constant(exact(amount, "amount"), ring.ngens)
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
            f"{degree:,} when expanded: amounts are kept expanded, so write it with at "
            f"most {_LARGEST_EXPANSION:,} terms and degree {_LARGEST_DEGREE:,}"
        )
    try:
        return Polynomial.of(ring.from_expr(amount), ring.ngens)
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
    numer, denom = [
        Polynomial.of(one, ring.ngens) for one in (quotient.numer, quotient.denom)
    ]
    if denom.used:
        return Quotient(numer, denom, quotient.as_expr())
    return numer * (1 / denom.number)


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


def as_written(amount: Polynomial | Quotient, symbols: Sequence[Any]) -> Any:
    """A read amount as an expression in the parameters."""
    import sympy

    if isinstance(amount, Quotient):
        return amount.written
    return sympy.Add(
        *[
            sympy.Rational(value) * sympy.prod(map(sympy.Pow, symbols, powers))
            for powers, value in amount.terms
        ]
    )


def evaluate(amount: Any, values: Mapping[str, Fraction] | Sequence[Fraction]) -> Fraction:
    """The value of a read amount where the parameters have these values.

    In the order of the parameters; by name for amounts that are not polynomials.

    Raises NumberError where an expression has no rational value, and ModelError where a
    denominator vanishes.
    """
    point = list(values.values()) if isinstance(values, Mapping) else values
    if isinstance(amount, Polynomial):
        return amount.at(point)
    if isinstance(amount, Quotient):
        below = amount.denom.at(point)
        if not below:
            raise ModelError(
                f"the amount {amount.written} divides by zero at {values}: keep the "
                "parameters away from there"
            )
        return amount.numer.at(point) / below
    return _evaluate_expression(amount, values)


def _evaluate_expression(
    expression: Any, values: Mapping[str, Fraction] | Sequence[Fraction]
) -> Fraction:
    import sympy

    if not isinstance(values, Mapping):
        raise NumberError(
            f"the amount {expression} is not a polynomial: give its values by parameter "
            "name"
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
            "choose values at which it is, or write it as a polynomial"
        )
    return Fraction(int(result.p), int(result.q))
