"""The sign of each polynomial at a point, or just beyond it.

What a judge is asked about when a search comes to a place.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from strategy.sensitivity.deciding.judges import ALL, ZERO, bit
from strategy.sensitivity.nearest.moves import LinearRow
from strategy.sensitivity.nearest.planes import Planes

__all__ = ["NOTHING", "Germ", "Signed", "Way"]

Shares = tuple[Fraction, ...]
NOTHING = 1e-7
"""On a row's own scale: what floats do not tell from 0."""


class Germ:
    """Signs near the first place on the way to the second, in floats.

    Always such as are allowed.
    """

    def __init__(
        self, planes: Planes, allowed: Mapping[int, int], places: list[NDArray[np.float64]]
    ) -> None:
        self.rows = planes.rows
        self.widest = planes.widest
        self.allowed = allowed
        self.places = places

    def __call__(self, number: int) -> int:
        constant, gradient = self.rows[number].rough
        sign = ZERO
        for place in self.places:
            value = constant + float(gradient @ place)
            if abs(value) > NOTHING:
                sign = bit(value)
                break
        allowed = self.allowed.get(number, ALL) & self.widest[number]
        return sign if sign & allowed else allowed & ZERO or allowed


class Signed:
    """Signs at a point, or near the first of two on the way to the second."""

    def __init__(self, rows: list[LinearRow], *points: Shares) -> None:
        self.rows, self.points = rows, points

    def __call__(self, number: int) -> int:
        for point in self.points:
            sign = bit(self.rows[number](point))
            if sign != ZERO:
                return sign
        return ZERO


class Way(Signed):
    """Signs near the first of two places on the way to the second.

    Products are what they are.
    """

    def __init__(self, planes: Planes, point: Shares, beyond: Shares) -> None:
        super().__init__(planes.rows, point)
        self.planes, self.ends = planes, (point, beyond)

    def __call__(self, number: int) -> int:
        here = super().__call__(number)
        return (
            here
            if here != ZERO
            else bit(self.planes.products.first_sign(self.planes.polys[number], *self.ends))
        )
