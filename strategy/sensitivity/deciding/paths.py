"""A straight path through the parameter space.

Everything on it is a polynomial in how far along it one is.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.sensitivity.deciding.slices import Form, Slice, add, multiply

__all__ = ["Path"]


@attrs.frozen(eq=False)
class Path(Slice):
    """From ``values`` (0) to where some parameters have their values in ``ends`` (1).

    What varies is the way covered.

    The ranges of the model must contain both ends.
    """

    ends: Mapping[str, Fraction]

    @classmethod
    def to(
        cls, model: Model, start: Mapping[str, Fraction], ends: Mapping[str, Fraction]
    ) -> Path:
        """The path from the values of all parameters to other values of some.

        ``model``: whose parameters; ``start``: the values of all; ``ends``: the other
        values.
        """
        return cls(model, ("way",), start, ends)

    def at(self, way: Fraction) -> dict[str, Fraction]:
        """The values of all parameters at ``way``, from 0 to 1, on the path."""
        return {
            label: value + way * (self.ends.get(label, value) - value)
            for label, value in self.values.items()
        }

    def restrict(self, poly: Any) -> Form:
        """A polynomial in all parameters, or a number, along the path.

        A PolyElement of the model's ring. ``poly``: the polynomial or the number.
        """
        if not hasattr(poly, "ring"):
            return super().restrict(poly)
        steps = [
            _line(value, self.ends.get(label, value))
            for label, value in self.values.items()
        ]
        total: Form = ()
        for powers, coefficient in poly.items():
            part: Form = (
                ((0,), Fraction(int(coefficient.numerator), int(coefficient.denominator))),
            )
            for step, power in zip(steps, powers, strict=True):
                for _ in range(power):
                    part = multiply(part, step)
            total = add(total, part)
        return total


def _line(start: Fraction, end: Fraction) -> Form:
    return tuple(
        [((power,), value) for power, value in ((0, start), (1, end - start)) if value]
    )
