"""The polynomials that a verdict hangs on, as planes in shares of ranges and of products.

There are also sets of signs that each may have.
"""

from __future__ import annotations

from fractions import Fraction

import attrs
import numpy as np

from strategy import deadline
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.judges import ALL, MINUS, PLUS, ZERO
from strategy.sensitivity.nearest.moves import LinearRow, Moves
from strategy.sensitivity.nearest.products import Products

__all__ = ["Planes"]


@attrs.define(eq=False)
class Planes:
    """Canonical polynomials by number, learnt when first asked for.

    ``widest``: the signs that each has somewhere in the box.
    """

    products: Products
    moves: Moves
    numbers: dict[Polynomial, int] = attrs.field(factory=dict)
    polys: list[Polynomial] = attrs.field(factory=list)
    rows: list[LinearRow] = attrs.field(factory=list)
    widest: list[int] = attrs.field(factory=list)
    _oriented: dict[tuple[int, int, bool], LinearRow] = attrs.field(factory=dict)

    def number(self, poly: Polynomial) -> int:
        """The number of a canonical polynomial."""
        known = self.numbers.get(poly)
        if known is not None:
            return known
        deadline.check()
        row = self.products.row(
            poly.number,
            [
                (self.products.places[powers], factor)
                for powers, factor in poly.terms
                if any(powers)
            ],
        )
        ends = [
            sorted((a * low, a * high))
            for a, low, high in zip(
                row.gradient, self.moves.low, self.moves.high, strict=True
            )
        ]
        least = row.constant + sum((end[0] for end in ends), Fraction(0))
        most = row.constant + sum((end[1] for end in ends), Fraction(0))
        widest = (
            (MINUS if least < 0 else 0)
            | (PLUS if most > 0 else 0)
            | (ZERO if least <= 0 <= most else 0)
        )
        self.numbers[poly] = len(self.polys)
        self.polys.append(poly)
        self.rows.append(row)
        self.widest.append(widest)
        return len(self.polys) - 1

    def constraints(self, number: int, allowed: int) -> list[LinearRow]:
        """The rows that say that a polynomial has one of these signs.

        ``number``: of the polynomial; ``allowed``: the set of signs.
        """
        if allowed == ZERO:
            return [self._turned(number, 1, False), self._turned(number, -1, False)]
        strict = not allowed & ZERO
        return (
            [self._turned(number, 1 if allowed & PLUS else -1, strict)]
            if allowed != ALL
            else []
        )

    def _turned(self, number: int, turn: int, strict: bool) -> LinearRow:
        key = (number, turn, strict)
        if key not in self._oriented:
            row = self.rows[number]
            self._oriented[key] = LinearRow(
                turn * row.constant, tuple([turn * a for a in row.gradient]), strict
            )
        return self._oriented[key]

    def cost(self, number: int, sign: int) -> float:
        """How far it is at least to where a polynomial no longer has this sign.

        What decides which reasons are strong. ``number``: of the form.
        """
        row = self.rows[number]
        constant, slopes = row.rough
        if not (constant > 0 and sign == PLUS) and not (constant < 0 and sign == MINUS):
            return 0.0
        caps = np.where(
            slopes * np.sign(constant) > 0,
            [-float(x) for x in self.moves.low],
            [float(x) for x in self.moves.high],
        )
        weights = np.array([float(w) for w in self.moves.weights])
        need, steps = abs(constant), np.abs(slopes)
        free = weights == 0
        need -= float((steps * caps)[free].sum())
        if need <= 0:
            return 0.0
        steps = steps[~free]
        caps = caps[~free]
        weights = weights[~free]
        if self.moves.norm == "sum":
            order = np.argsort(-steps / weights)
            reach = (steps * caps)[order]
            price = (weights * caps)[order]
            done = np.concatenate([[0.0], np.cumsum(reach)])
            k = int(np.searchsorted(done, need)) - 1
            if k >= len(order):
                return float("inf")
            return float(
                price[:k].sum() + (need - done[k]) * weights[order][k] / steps[order][k]
            )
        bends = np.sort(weights * caps)
        values = np.array(
            [float((steps * np.minimum(t / weights, caps)).sum()) for t in bends]
        )
        k = int(np.searchsorted(values, need))
        if k == len(bends):
            return float("inf")
        low, reached = (0.0, 0.0) if k == 0 else (float(bends[k - 1]), float(values[k - 1]))
        return low + (need - reached) * (float(bends[k]) - low) / (
            float(values[k]) - reached
        )
