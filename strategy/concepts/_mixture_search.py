"""Mixtures that dominate strictly: searched for in floats, proved in whole numbers.

One dictionary serves a player's actions.

Let L be a player's payoffs, own actions along the rows, with every column moved and scaled
so that all entries are positive. Over the beliefs {y >= 0: L y <= 1} the least slack of row
i, 1 - L[i] y, is zero exactly if action i is a best reply to one. Else the multipliers of
the other rows at the minimum are a mixture that does better against everything (Pearce
1984, lemma 3). From one action to the next the region stays, so the simplex method goes on
where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.concepts._mixture_steps import steps_above, weighed

__all__ = ["Overspent", "dominated_rows"]

Array = NDArray[Any]
_LIFT = 64
"""How many times the least entry of a column of L the range of the column is."""
_FLAT = 1e-11
"""What counts as nothing in floats."""
_BITS, _MOST_BITS = 40, 900
"""To how many bits weights are rounded at first, and then at most, so that the least weight
keeps as many as the largest."""
_TRIES = 5
"""How often the units are chosen anew for one action."""


class Overspent(Exception):
    """Raised by those who pay for a search, to end it."""


def dominated_rows(
    lines: Array, spend: Callable[[int], None]
) -> Iterator[tuple[int, dict[int, Fraction]]]:
    """Rows that a mixture of others exceeds everywhere, each with such a mixture, proved.

    ``lines``: whole numbers, shape (actions, combinations of the others' actions). Rows
    that are not given may be dominated all the same, where floats mislead. ``spend`` is
    told of the work, in entries updated, before it is done, and may raise.
    """
    low, high = lines.min(axis=0), lines.max(axis=0)
    if (low == high).any():
        return  # against that combination all actions pay the same
    rest = np.flatnonzero(~(lines == high).any(axis=1)).tolist()
    search: _Beliefs | None = None
    for i in rest:
        spend(lines.size)
        above = np.flatnonzero((lines > lines[i]).all(axis=1))
        if len(above):
            yield i, {int(above[0]): Fraction(1)}
            continue
        steps, equal = steps_above(lines, i)
        if steps:
            mixture = _by_steps(lines, i, steps, equal, spend)
        else:
            search = search or _Beliefs(lines, spend)
            mixture = search.against(i)
        if mixture is not None:
            yield i, mixture


def _by_steps(
    lines: Array, i: int, steps: list[Array], equal: Array, spend: Callable[[int], None]
) -> dict[int, Fraction] | None:
    """A mixture of steps above row i.

    It also mixes in what exceeds row i against the columns that they leave equal.
    """
    if len(equal):
        last = _Beliefs(lines[:, equal], spend).against(i)
        if last is None:
            return None
        steps = [*steps, np.array([float(last.get(k, 0)) for k in range(len(lines))])]
    shares = _shares(lines)
    return _rounded(lines, i, weighed(shares - shares[i], steps))


def _shares(lines: Array) -> Array:
    """Each column moved and scaled to between 0 and 1, in floats."""
    low, high = lines.min(axis=0), lines.max(axis=0)
    shares: Array = ((lines - low) / (high - low)).astype(np.float64)
    return shares


class _Beliefs:
    """A dictionary of the region.

    Each row is a basic unknown, (constant, one coefficient a column).
    """

    def __init__(self, lines: Array, spend: Callable[[int], None]) -> None:
        self.lines, self.spend = lines, spend
        self.shares = _shares(lines)
        self._begin(np.full(lines.shape[1], 1 / _LIFT))

    def _begin(self, lift: Array) -> None:
        """At the beliefs 0, with so much added to each column of payoffs between 0 and 1.

        Columns are in units of that.
        """
        n, count = self.shares.shape
        self.rows = np.concatenate([np.ones((n, 1)), -(self.shares / lift + 1)], axis=1)
        # slacks of the rows, then beliefs
        self.basic, self.free = np.arange(n), np.arange(n, n + count)

    def against(self, i: int) -> dict[int, Fraction] | None:
        """A mixture that exceeds row i, proved; None if none is found."""
        for _ in range(_TRIES):
            weights = self._multipliers(i)
            if weights is None:
                return None
            found = _rounded(self.lines, i, weights)
            if found is not None:
                return found
            # Margins are tiny where the mixture hardly weighs anything: measure each by
            # what the mixture moves there.
            moved = weights @ abs(self.shares - self.shares[i])
            if not moved.any():
                return None
            self._begin(np.maximum(moved, moved[moved > 0].min() / 1024))
        return None

    def _multipliers(self, i: int) -> Array | None:
        """Weights of the rows at the least slack of row i; None if that is 0: a best reply."""
        while True:
            place = np.flatnonzero(self.basic == i)
            if not len(place):
                return None
            r = int(place[0])
            row = self.rows[r]
            c = int(np.argmin(row[1:])) + 1
            if row[c] > -_FLAT:
                weights = np.zeros(len(self.lines))
                slack = self.free < len(weights)
                weights[self.free[slack]] = np.maximum(row[1:][slack], 0)
                return weights
            falls = -self.rows[:, c]
            ratios = np.where(
                falls > _FLAT, self.rows[:, 0] / np.where(falls > _FLAT, falls, 1), np.inf
            )
            k = int(np.argmin(ratios))
            if ratios[r] <= ratios[k]:
                return None
            self.spend(self.rows.size)
            self._pivot(k, c)

    def _pivot(self, k: int, c: int) -> None:
        column = self.rows[:, c].copy()
        self.rows[:, c] = 0
        entering = self.rows[k] / -column[k]
        entering[c] = 1 / column[k]
        column[k] = 0
        self.rows += column[:, None] * entering
        self.rows[k] = entering
        np.maximum(self.rows[:, 0], 0, out=self.rows[:, 0])
        self.basic[k], self.free[c - 1] = self.free[c - 1], self.basic[k]


def _rounded(lines: Array, i: int, weights: Array) -> dict[int, Fraction] | None:
    """The mixture in whole numbers, if it exceeds row i everywhere."""
    if not weights.any():
        return None
    shares = weights / weights.max()
    spread = -int(np.log2(shares[shares > 0].min()))
    for bits in (_BITS, _BITS + spread) if _BITS + spread < _MOST_BITS else (_BITS,):
        numbers = np.rint(np.ldexp(shares, bits))
        used = np.flatnonzero(numbers)
        if _exceeds(lines[used], lines[i], numbers[used]):
            whole = [int(one) for one in numbers[used]]
            total = sum(whole)
            return {
                int(k): Fraction(number, total)
                for k, number in zip(used, whole, strict=True)
            }
    return None


def _exceeds(rows: Array, row: Array, weights: Array) -> bool:
    """Whether the weighted mean of some rows exceeds a row everywhere.

    Weights are whole numbers in floats.

    Floats, with a bound on what they round, tell it unless it is close: then it is worked
    out in Python's integers.
    """
    ahead = rows - row  # whole numbers that fit, or Python's
    if (
        ahead.dtype != object
        and len(rows) < 10**5
        and max(int(ahead.max()), -int(ahead.min())) < 2**53
    ):
        gain, doubt = weights @ ahead, 1e-9 * (weights @ abs(ahead))
        if (gain > doubt).all():
            return True
        if (gain <= -doubt).any():
            return False
    whole = np.array([int(one) for one in weights], dtype=object)
    return bool((whole @ ahead.astype(object) > 0).all())
