"""Looking for a counter-example among very many values at once.

Few parameters moved first, then any.

Verdicts at all of them are found in floats; whatever looks like a counter-example is then
decided exactly, the nearest to the start first. What floats leave in doubt is passed over,
and nothing is proved by finding nothing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.checking._budget import Budget
from strategy.checking._range import Values
from strategy.exact import exact

__all__ = ["ExampleSweep"]

Rows = NDArray[np.float64]
_SHARES = {
    1: (0.0, *[(k + 0.5) / 40 for k in range(40)], 1.0),
    2: (0.0, 0.13, 0.31, 0.5, 0.69, 0.87, 1.0),
    3: (0.0, 0.5, 1.0),
}
"""Where in its range a parameter is put when so many move. Few are round numbers: at those
payoffs tie."""
_MOST = 100_000
_BLOCK = 2**13
_DIGITS = 4


class ExampleSweep:
    """Values of the parameters of a judge, as rows of floats in the order of the model.

    ``looked``: at how many, so far.
    """

    def __init__(self, judge: Any, budget: Budget) -> None:
        self.judge, self.budget, self.looked = judge, budget, 0
        self._none_up_to = 0
        self.labels = list(judge.range.model.parameters)
        ranges = [judge.range.model.parameters[label] for label in self.labels]
        self.start = np.array([float(judge.range.base[label]) for label in self.labels])
        self.low, self.high = (
            np.array([float(getattr(one, end)) for one in ranges])
            for end in ("low", "high")
        )
        self.free = [
            i
            for i, label in enumerate(self.labels)
            if self.low[i] < self.high[i] and label not in judge.extra
        ]
        self.moving = [i for i in range(len(self.labels)) if self.low[i] < self.high[i]]
        self.named = [
            {float(value): value for value in (one.low, one.high, judge.range.base[label])}
            for label, one in zip(self.labels, ranges, strict=True)
        ]

    def least(self, most: int) -> Values | None:
        """A counter-example with as few parameters moved as any on the grids.

        At most ``most`` parameters are moved.
        """
        for moved in range(self._none_up_to + 1, min(most, len(_SHARES)) + 1):
            if math.comb(len(self.free), moved) * len(_SHARES[moved]) ** moved > _MOST:
                break
            if (found := self._first(self._blocks(moved), together=moved == 1)) is not None:
                return found
            self._none_up_to = moved  # not looked at again when a counter-example is shrunk
        return None

    def drawn(self, count: int, seed: int) -> Values | None:
        """A counter-example among rows drawn at random.

        Uniform, at ends of ranges, or near the start. ``count``: how many rows; ``seed``:
        of the draw.
        """
        return self._first(self._random(count, seed))

    def any_of(self, several: list[Values]) -> Values | None:
        """The first of these that is a counter-example, or part of one.

        ``several``: the places.
        """
        if not several:
            return None
        rows = np.array([[float(one[label]) for label in self.labels] for one in several])
        for i in np.flatnonzero(self.judge.suspects(rows)):
            found: Values | None = next(
                filter(self.judge.fails, self.judge.completed(several[i])), None
            )
            if found is not None:
                return found
        return None

    def among(self, labels: list[str], most: int) -> Values | None:
        """A counter-example in which at most so many of these parameters move.

        As few as are met; drawn at random. ``labels``: those parameters.
        """
        columns = [self.labels.index(label) for label in labels]
        for moved in range(len(_SHARES) + 1, most + 1):
            if (found := self._first([self._some(columns, moved)])) is not None:
                return found
        return None

    # -- rows

    def _blocks(self, moved: int) -> Iterator[Rows]:
        """All ways to move so many parameters to the grid."""
        shares = np.array(_SHARES[moved])
        grid = self._at(np.tile(shares[:, None], len(self.free)), self.free)
        picks = np.array(list(itertools.product(range(len(shares)), repeat=moved)))
        ways = itertools.combinations(range(len(self.free)), moved)
        # One parameter at a time in the first round: what ties at the start is then known
        # to tie, and not in doubt.
        at_once = 1 if moved == 1 else max(1, _BLOCK // len(picks))
        while some := list(itertools.islice(ways, at_once)):
            columns = np.repeat(np.array(some), len(picks), axis=0)
            rows = np.tile(self.start, (len(columns), 1))
            values = grid[np.tile(picks, (len(some), 1)), columns]
            np.put_along_axis(rows, np.array(self.free)[columns], values, axis=1)
            yield rows

    def _at(self, shares: Rows, columns: list[int]) -> Rows:
        """Numbers of few digits at shares of the ranges of some parameters.

        The ends as they are.
        """
        low, high = self.low[columns], self.high[columns]
        between = low + shares * (high - low)
        digits = [_DIGITS - 1 - math.floor(math.log10(wide)) for wide in high - low]
        rounded = np.stack(
            [np.round(one, places) for one, places in zip(between.T, digits, strict=True)],
            axis=1,
        )
        inside = np.clip(rounded, low, high)
        # low + (high - low) may be another float than high.
        return np.asarray(np.where(shares == 0, low, np.where(shares == 1, high, inside)))

    def _random(self, count: int, seed: int) -> Iterator[Rows]:
        rng = np.random.default_rng(seed)
        for begin in range(0, count, _BLOCK):
            size = min(_BLOCK, count - begin)
            shares = rng.random((size, len(self.moving)))
            sort = rng.integers(3, size=(size, 1))
            coin = rng.random(shares.shape)
            shares = np.where((sort == 1) & (coin < 0.5), np.round(shares), shares)
            rows = np.tile(self.start, (size, 1))
            stays = (sort == 2) & (coin < 0.75)
            rows[:, self.moving] = np.where(
                stays, rows[:, self.moving], self._at(shares, self.moving)
            )
            yield rows

    def _some(self, columns: list[int], moved: int) -> Rows:
        """Rows in which so many of the columns are anywhere in their ranges.

        The columns are drawn for each row; half of them are at an end.
        """
        rng = np.random.default_rng(moved)
        shares = rng.random((_BLOCK, len(columns)))
        shares = np.where(rng.random(shares.shape) < 0.5, np.round(shares), shares)
        stays = np.argsort(rng.random(shares.shape), axis=1) >= moved
        rows = np.tile(self.start, (_BLOCK, 1))
        rows[:, columns] = np.where(stays, rows[:, columns], self._at(shares, columns))
        return rows

    # -- looking

    def _first(self, blocks: Iterable[Rows], together: bool = False) -> Values | None:
        """The counter-example nearest to the start in the first block that has one.

        With ``together``, it is the nearest in all of them together.
        """
        waiting = list[Rows]()
        for rows in blocks:
            rows = rows[self.judge.range.among(rows)]
            self.looked += len(rows)
            waiting.append(rows[self.judge.suspects(rows)] if len(rows) else rows)
            if not together:
                found = self._nearest(waiting.pop())
                if found is not None:
                    return found
            if self.budget.over:
                break
        return self._nearest(np.concatenate(waiting)) if waiting else None

    def _nearest(self, rows: Rows) -> Values | None:
        wide = np.where(self.low < self.high, self.high - self.low, 1)
        away = (np.abs(rows - self.start) / wide).sum(axis=1)
        for i in np.argsort(away, kind="stable"):
            found: Values | None = next(
                filter(self.judge.fails, self.judge.completed(self._values(rows[i]))), None
            )
            if found is not None or self.budget.over:
                return found
        return None

    def _values(self, row: Rows) -> Values:
        return {
            label: self._value(known, float(x))
            for label, known, x in zip(self.labels, self.named, row.tolist(), strict=True)
        }

    @staticmethod
    def _value(known: dict[float, Fraction], x: float) -> Fraction:
        return known[x] if x in known else exact(x)
