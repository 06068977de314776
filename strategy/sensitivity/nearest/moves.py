"""How far assumptions move together, in shares of their ranges.

The linear programmes that find the nearest such move are here too.

A point is given by shares: share i is (value - start) / (high - low) of moving parameter i.
Its distance is the greatest weighted share in size (``norm`` "max") or their sum ("sum").
HiGHS searches in floats; what it proposes is judged in rationals: any multipliers of the
rows, however they were come by, prove a lower bound (weak duality: Boyd and Vandenberghe,
Convex Optimization, 2004, section 5.2), or that nothing is there (Farkas 1902; with strict
rows Motzkin 1936).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Literal

import attrs
import numpy as np
from numpy.typing import NDArray

__all__ = ["LinearRow", "Moves", "Norm", "Rough", "support"]

Norm = Literal["max", "sum"]
_FINEST = 10**6
_PENALTY = 1000.0


@attrs.frozen(eq=False)
class LinearRow:
    """A constraint on shares.

    ``constant + gradient . shares`` is at least 0, or above 0 if ``strict``.
    """

    constant: Fraction
    gradient: tuple[Fraction, ...]
    strict: bool = False

    def __call__(self, shares: Sequence[Fraction]) -> Fraction:
        """The value at a point."""
        return self.constant + sum(
            (a * x for a, x in zip(self.gradient, shares, strict=True) if a and x),
            Fraction(0),
        )

    @cached_property
    def scale(self) -> float:
        """A power of two near the row's size: rows over their scale lose no digit."""
        size = max((abs(float(a)) for a in self.gradient), default=0.0)
        return 2.0 ** round(np.log2(size)) if size else 1.0

    @cached_property
    def rough(self) -> tuple[float, NDArray[np.float64]]:
        """Constant and gradient in floats, over the scale."""
        return float(self.constant) / self.scale, np.array(
            [float(a) / self.scale for a in self.gradient]
        )


@attrs.frozen(eq=False)
class Rough:
    """What a search in floats proposes.

    A point in shares, what it is worth, and a multiplier for each row.
    """

    worth: float
    shares: NDArray[np.float64]
    multipliers: tuple[float, ...]


@attrs.frozen(eq=False)
class Moves:
    """Where moving parameters may go.

    ``low`` <= share <= ``high`` (low <= 0 <= high), what a share costs, and the norm.
    """

    low: tuple[Fraction, ...]
    high: tuple[Fraction, ...]
    weights: tuple[Fraction, ...]
    norm: Norm

    def distance(self, shares: Sequence[Fraction]) -> Fraction:
        """How far a point is from the start.

        ``shares``: the point.
        """
        parts = [
            weight * abs(share) for weight, share in zip(self.weights, shares, strict=True)
        ]
        return (
            max(parts, default=Fraction(0))
            if self.norm == "max"
            else sum(parts, Fraction(0))
        )

    # -- what multipliers prove

    def bound(self, rows: Sequence[LinearRow], multipliers: Sequence[float]) -> Fraction:
        """A lower bound on the distance of every point that the rows allow.

        The best that these multipliers prove.
        """
        return max(
            [self._bound(*_combined(rows, exact)) for exact in _readings(multipliers)],
            default=Fraction(0),
        )

    def _bound(self, constant: Fraction, gradient: Sequence[Fraction]) -> Fraction:
        """The least of distance - (constant + gradient . shares) over the box."""
        reach = [
            (abs(a), self.high[i] if a > 0 else -self.low[i], self.weights[i])
            for i, a in enumerate(gradient)
            if a
        ]
        if self.norm == "sum":
            return -constant - sum(
                (max(Fraction(0), (a - w) * cap) for a, cap, w in reach), Fraction(0)
            )
        # Convex and piecewise linear in the greatest share t: the least is where a
        # parameter comes to the end of its range.
        best = value = -constant - sum(
            (a * cap for a, cap, w in reach if not w), Fraction(0)
        )
        bends = sorted((w * cap, a / w) for a, cap, w in reach if w)
        slope = 1 - sum((fall for _, fall in bends), Fraction(0))
        last = Fraction(0)
        for t, fall in bends:
            value += slope * (t - last)
            best = min(best, value)
            last = t
            slope = slope + fall
        return best

    def refuted(self, rows: Sequence[LinearRow], multipliers: Sequence[float]) -> bool:
        """Whether these multipliers prove that no point of the box meets the rows."""
        for exact in _readings(multipliers):
            constant, gradient = _combined(rows, exact)
            ends = zip(gradient, self.low, self.high, strict=True) if gradient else ()
            most = constant + sum(
                (max(a * low, a * high) for a, low, high in ends), Fraction(0)
            )
            if most < 0 or (
                most == 0
                and any(y and row.strict for y, row in zip(exact, rows, strict=True))
            ):
                return True
        return False

    # -- searches in floats

    def nearest(self, rows: Sequence[LinearRow]) -> Rough | None:
        """The nearest point of the closure of what the rows allow.

        It is None if the search finds none.
        """
        used = support(rows)
        count, extra = len(used), int(self.norm == "max")
        weights = np.array([float(self.weights[i]) for i in used])
        above, limits = _rough_rows(rows, used)
        above = np.hstack([above, np.zeros((len(rows), extra))])
        costs = np.append(np.zeros(2 * count), 1.0) if extra else np.tile(weights, 2)
        if extra:
            above = np.vstack(
                [
                    above,
                    np.hstack([np.diag(weights), np.diag(weights), -np.ones((count, 1))]),
                ]
            )
            limits = np.append(limits, np.zeros(count))
        return self._search(rows, used, costs, above, limits, [np.inf] * extra)

    def interior(self, rows: Sequence[LinearRow]) -> Rough | None:
        """A point at which the strict rows hold with room.

        ``worth``: the room, on each row's own scale, at most 1; it is negative where it
        seems that no point meets the rows.
        """
        used = support(rows)
        above, limits = _rough_rows(rows, used)
        # Two unknowns more: the room, and a costly shortfall that keeps the programme
        # feasible.
        above = np.hstack(
            [
                above,
                np.array([[float(row.strict), -1.0] for row in rows]).reshape(len(rows), 2),
            ]
        )
        costs = np.zeros(2 * len(used) + 2)
        costs[-2:] = -1, _PENALTY
        found = self._search(rows, used, costs, above, limits, [1.0, np.inf])
        return found if found is None else attrs.evolve(found, worth=-found.worth)

    def _search(
        self,
        rows: Sequence[LinearRow],
        used: list[int],
        costs: NDArray[np.float64],
        above: NDArray[np.float64],
        limits: NDArray[np.float64],
        caps: list[float],
    ) -> Rough | None:
        """The unknowns, from 0 to ``caps``.

        How far up and how far down each used parameter moves, and more.
        """
        from scipy.optimize import OptimizeWarning, linprog

        ends = [
            *[float(self.high[i]) for i in used],
            *[-float(self.low[i]) for i in used],
            *caps,
        ]
        if not ends or not len(above):
            return Rough(
                -1.0 if costs.size and costs.min() < 0 else 0.0, np.zeros(len(self.low)), ()
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", OptimizeWarning)
            bounds = np.array([[0.0, end] for end in ends])
            answer = linprog(
                costs, A_ub=above, b_ub=limits, bounds=bounds, method="highs-ds"
            )
        if answer.status != 0:
            return None
        shares = np.zeros(len(self.low))
        shares[used] = answer.x[: len(used)] - answer.x[len(used) : 2 * len(used)]
        prices = -answer.ineqlin.marginals
        multipliers = [
            float(price) / row.scale for price, row in zip(prices, rows, strict=False)
        ]
        return Rough(float(answer.fun), shares, tuple(multipliers))


def support(rows: Sequence[LinearRow]) -> list[int]:
    """The parameters that the rows speak of."""
    return sorted({i for row in rows for i, a in enumerate(row.gradient) if a})


def _rough_rows(
    rows: Sequence[LinearRow], used: list[int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The rows as "at most", for moves up and moves down, and their limits."""
    steps = np.array([row.rough[1][used] for row in rows]).reshape(len(rows), len(used))
    return np.hstack([-steps, steps]), np.array([row.rough[0] for row in rows])


def _readings(multipliers: Sequence[float]) -> list[list[Fraction]]:
    """Multipliers as simple fractions, and digit by digit; none negative."""
    top = max((abs(y) for y in multipliers), default=0.0)
    kept = [Fraction(y) if y > 1e-11 * top else Fraction(0) for y in multipliers]
    return [[y.limit_denominator(_FINEST) for y in kept], kept]


def _combined(
    rows: Sequence[LinearRow], multipliers: Sequence[Fraction]
) -> tuple[Fraction, list[Fraction]]:
    """The sum of the rows, each times its multiplier."""
    constant = Fraction(0)
    gradient = [Fraction(0)] * (len(rows[0].gradient) if rows else 0)
    for row, y in zip(rows, multipliers, strict=True):
        if y:
            constant += y * row.constant
            for i, a in enumerate(row.gradient):
                if a:
                    gradient[i] += y * a
    return constant, gradient
