"""A straight path through the parameter space.

Everything on it is a polynomial in how far along it one is.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

import attrs

from strategy.assumptions.model import Model
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.slices import Slice

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

    @cached_property
    def images(self) -> list[Polynomial]:
        """What each parameter of the model is along the path."""
        (way,) = Polynomial.variables(1)
        return [
            way * (end - start) + start
            for label in self.model.parameters
            for start in [self.values[label]]
            for end in [self.ends.get(label, start)]
        ]
