"""A linear inequality between named numbers, exactly, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.display import number

__all__ = ["Inequality"]


@attrs.frozen
class Inequality:
    """``coefficients @ parameters`` is at least ``bound``, or greater where ``strict``."""

    coefficients: tuple[tuple[str, Fraction], ...]
    bound: Fraction
    strict: bool

    @property
    def negated(self) -> Inequality:
        """What holds exactly where this does not."""
        flipped = tuple([(name, -value) for name, value in self.coefficients])
        return Inequality(flipped, -self.bound, not self.strict)

    def __str__(self) -> str:
        """All on its own side with a positive sign: "2 leverage + 1 > commitment"."""
        left = [_product(value, name) for name, value in self.coefficients if value > 0]
        right = [_product(-value, name) for name, value in self.coefficients if value < 0]
        if self.bound > 0 or not right:
            right.append(number(self.bound))
        elif self.bound < 0:
            left.append(number(-self.bound))
        return (
            f"{' + '.join(left) or '0'} {'>' if self.strict else '≥'} {' + '.join(right)}"
        )

    def holds(self, names: Sequence[str], points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Where it holds among rows of values, in floats.

        ``names``: of the columns; ``points``: the rows.
        """
        total: Any = sum(
            float(value) * points[:, list(names).index(name)]
            for name, value in self.coefficients
        )
        return np.asarray(
            total > float(self.bound) if self.strict else total >= float(self.bound)
        )


def _product(value: Fraction, name: str) -> str:
    return name if value == 1 else f"{number(value)} {name}"
