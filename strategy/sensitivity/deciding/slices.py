"""A slice of the parameter space: some parameters vary, the others have values.

Polynomials restricted to it, their signs at points.
"""

from __future__ import annotations

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
from strategy.polynomials import Polynomial

__all__ = ["Place", "Signs", "Slice"]

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
    def images(self) -> list[Polynomial]:
        """What each parameter of the model is on the slice."""
        count = len(self.varied)
        moving = dict(zip(self.varied, Polynomial.variables(count), strict=True))
        return [
            moving[label]
            if label in moving
            else Polynomial.constant(self.values[label], count)
            for label in self.model.parameters
        ]

    def restrict(self, poly: Polynomial) -> Polynomial:
        """A polynomial in all parameters, ``poly``, restricted to the slice."""
        deadline.check()
        return poly.composed(self.images, len(self.varied))


def known_parameter(model: Model, given: str) -> str:
    """A parameter's name as the model has it.

    ``given``: the name as given.

    Raises ParameterError, with the nearest name, if there is none.
    """
    _ = model.parameters[given]
    return parameter_name(given)


def value(poly: Polynomial, place: Place) -> Point:
    """The exact value of a polynomial at a place."""
    if len(place) == 1 and isinstance(place[0], AlgebraicNumber):
        return value_at(poly.coefficients, place[0])
    return poly.at(place)  # type: ignore[arg-type]


def roots(poly: Polynomial, low: Fraction, high: Fraction) -> list[Point]:
    """The places strictly between ``low`` and ``high`` at which a polynomial vanishes.

    A polynomial in one variable; none for the zero polynomial.
    """
    return real_roots(poly.coefficients, low, high) if poly else []


class Signs:
    """Signs of canonical polynomials at one place, each computed once.

    ``asked``: those that were asked for, with their signs.
    """

    __slots__ = ("asked", "place")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.asked: dict[Polynomial, int] = {}

    def __call__(self, poly: Polynomial) -> int:
        """The sign of a canonical polynomial here."""
        known = self.asked.get(poly)
        if known is None:
            if len(self.place) == 1:
                known = sign_at(poly.coefficients, self.place[0])
            else:
                here = value(poly, self.place)
                known = (here > 0) - (here < 0)
            self.asked[poly] = known
        return known
