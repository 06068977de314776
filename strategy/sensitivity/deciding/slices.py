"""A slice of the parameter space: some parameters vary, the others have values.

Forms restricted to it, their signs at points.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from strategy import deadline
from strategy.algebraic import AlgebraicNumber, Point, real_roots, sign_at, value_at
from strategy.assumptions.model import Model
from strategy.assumptions.parameters import parameter_name
from strategy.errors import RefusalError

__all__ = ["Form", "Place", "Signs", "Slice"]

Form = tuple[tuple[tuple[int, ...], Fraction], ...]
"""A polynomial in the varied parameters: (exponents, coefficient) pairs, sorted; () is
zero."""
Place = tuple[Point, ...]
"""A value for each varied parameter; at most one is irrational, and then it is the only
one."""


@attrs.frozen(eq=False)
class Slice:
    """Parameters that vary, in order, and exact values for all others."""

    model: Model
    varied: tuple[str, ...]
    values: Mapping[str, Fraction]

    @classmethod
    def of(cls, model: Model, varied: Sequence[str], at: Mapping[str, Any] | None) -> Slice:
        """Vary some parameters of a model.

        The others at the baseline, or as ``at`` says (which must not name the varied ones).
        """
        names = [known_parameter(model, one) for one in varied]
        given = {parameter_name(one) for one in at or ()}
        for one in names:
            if one in given:
                raise RefusalError(
                    f"parameter {one!r} is varied and also given in "
                    f"at={dict(at or {})!r}: leave it out of at"
                )
        if len(set(names)) < len(names):
            raise RefusalError(
                f"the varied parameters {tuple(names)!r} are the same: give different ones"
            )
        return cls(model, tuple(names), model.parameters.read(at))

    @cached_property
    def _columns(self) -> tuple[list[int], dict[int, Fraction]]:
        """The generators that vary, in order, and the values of the others."""
        numbers = {label: i for i, label in enumerate(self.model.parameters)}
        fixed = {
            i: self.values[label]
            for label, i in numbers.items()
            if label not in self.varied
        }
        return [numbers[label] for label in self.varied], fixed

    def restrict(self, poly: Any) -> Form:
        """A polynomial in all parameters, or a number, restricted to the slice.

        A PolyElement of the model's ring. ``poly``: the polynomial or the number.
        """
        deadline.check()
        if not hasattr(poly, "ring"):
            value = Fraction(int(poly.numerator), int(poly.denominator))
            return (((0,) * len(self.varied), value),) if value else ()
        places, fixed = self._columns
        total: dict[tuple[int, ...], Fraction] = {}
        for powers, coefficient in poly.items():
            value = Fraction(int(coefficient.numerator), int(coefficient.denominator))
            for i, power in enumerate(powers):
                if power and i in fixed:
                    value *= fixed[i] ** power
            if value:
                key = tuple([powers[i] for i in places])
                total[key] = total.get(key, Fraction(0)) + value
        return tuple(sorted((key, value) for key, value in total.items() if value))


def known_parameter(model: Model, given: str) -> str:
    """A parameter's name as the model has it.

    ``given``: the name as given.

    Raises ParameterError, with the nearest name, if there is none.
    """
    _ = model.parameters[given]
    return parameter_name(given)


def add(a: Form, b: Form, factor: int = 1) -> Form:
    """a + factor * b."""
    total = dict(a)
    for key, value in b:
        total[key] = total.get(key, Fraction(0)) + factor * value
    return tuple(sorted((key, value) for key, value in total.items() if value))


def multiply(a: Form, b: Form) -> Form:
    """The product of two forms, ``a`` and ``b``."""
    total: dict[tuple[int, ...], Fraction] = {}
    for key, value in a:
        for other, factor in b:
            powers = tuple([x + y for x, y in zip(key, other, strict=True)])
            total[powers] = total.get(powers, Fraction(0)) + value * factor
    return tuple(sorted((key, value) for key, value in total.items() if value))


def canonical(form: Form) -> tuple[Form, int]:
    """A form up to positive scale and sign, and that sign (0 for the zero form).

    A constant becomes 1.
    """
    if not form:
        return form, 0
    scale = math.lcm(*[value.denominator for _, value in form])
    whole = [int(value * scale) for _, value in form]
    divisor = math.gcd(*whole)
    sign = 1 if whole[-1] > 0 else -1
    return tuple(
        [
            (key, Fraction(sign * value // divisor))
            for (key, _), value in zip(form, whole, strict=True)
        ]
    ), sign


def coefficients(form: Form) -> list[Fraction]:
    """A form in one variable as coefficients, highest power first."""
    degree = max((key[0] for key, _ in form), default=0)
    result = [Fraction(0)] * (degree + 1)
    for (power,), value in form:
        result[degree - power] = value
    return result


def value(form: Form, place: Place) -> Point:
    """The exact value of a form at a place."""
    if len(place) == 1 and isinstance(place[0], AlgebraicNumber):
        return value_at(coefficients(form), place[0])
    total = Fraction(0)
    for key, factor in form:
        for power, coordinate in zip(key, place, strict=True):
            assert isinstance(coordinate, Fraction)
            if power:
                factor *= coordinate**power
        total += factor
    return total


def roots(form: Form, low: Fraction, high: Fraction) -> list[Point]:
    """The places strictly between ``low`` and ``high`` at which a form vanishes.

    A form in one variable; none for the zero form.
    """
    return real_roots(coefficients(form), low, high) if form else []


class Signs:
    """Signs of canonical forms at one place, each computed once.

    ``asked`` keeps the forms that vary and were asked for.
    """

    __slots__ = ("_known", "asked", "place")

    def __init__(self, place: Place) -> None:
        self.place = place
        self._known: dict[Form, int] = {}
        self.asked = self._known

    def __call__(self, form: Form) -> int:
        """The sign of a canonical form here."""
        known = self._known.get(form)
        if known is None:
            if len(self.place) == 1:
                known = sign_at(coefficients(form), self.place[0])
            else:
                here = value(form, self.place)
                known = (here > 0) - (here < 0)
            self._known[form] = known
        return known
