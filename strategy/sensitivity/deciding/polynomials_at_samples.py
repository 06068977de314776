"""Polynomials at many parameter samples, in floats.

With a bound on what rounding can do to each.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.slices import Slice

__all__ = ["Polynomials"]

_PIECE = 256
"""Rows multiplied at a time: few enough that no linear algebra library starts threads, whose
waiting for each other would take longer than the work."""


class Polynomials:
    """Polynomials at many points, with a bound on what rounding can do to each.

    Rounding of the inputs and every step.

    ``polys`` are restricted to a slice, so that what is zero or equal on all of it is known
    to be so: the zero polynomial has a negative margin and is never in doubt. ``sizes``: what
    each polynomial is at most, without its sign.
    """

    def __init__(self, where: Slice, polys: list[Polynomial]) -> None:
        labels = list(where.model.parameters)
        self.columns = [labels.index(one) for one in where.varied]
        places: dict[tuple[int, ...], int] = {}
        entries = [
            (row, places.setdefault(powers, len(places)), value)
            for row, poly in enumerate(polys)
            for powers, value in poly.terms
        ]
        self.table = np.zeros((len(polys), len(places)))
        for row, place, value in entries:
            self.table[row, place] = float(value)
        self.powers = [
            [(i, power) for i, power in enumerate(powers) if power] for powers in places
        ]
        ranges = [where.model.parameters[one] for one in where.varied]
        largest = [max(abs(float(one.low)), abs(float(one.high))) for one in ranges]
        sizes = np.array(
            [
                float(np.prod([largest[i] ** power for i, power in row]))
                for row in self.powers
            ]
        )
        degree = max((sum(power for _, power in row) for row in self.powers), default=0)
        self.count, self.sizes = len(polys), np.abs(self.table) @ sizes
        self.margin = self.sizes * (len(self.powers) + 4 * degree + 8) * 2.0**-52
        self.margin[[not poly for poly in polys]] = -1
        self.affine = self._affine() if degree <= 1 else None

    def __call__(self, block: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values, shape (rows, polynomials)."""
        varied = block if len(self.columns) == block.shape[1] else block[:, self.columns]
        if self.affine is not None:
            slopes, constant = self.affine
            values = np.empty((len(block), self.count))
            for start in range(0, len(block), _PIECE):
                here = slice(start, start + _PIECE)
                np.matmul(varied[here], slopes, out=values[here])
            values += constant
            return values
        columns = np.ones((len(block), len(self.powers)))
        for column, row in enumerate(self.powers):
            for i, power in row:
                columns[:, column] *= varied[:, i] if power == 1 else varied[:, i] ** power
        return np.asarray(columns @ self.table.T)

    def _affine(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        slopes = np.zeros((len(self.columns), len(self.table)))
        constant = np.zeros(len(self.table))
        for column, row in zip(self.table.T, self.powers, strict=True):
            if row:
                slopes[row[0][0]] = column
            else:
                constant[:] = column
        return slopes, constant
