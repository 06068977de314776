"""Shrinking a counter-example towards the start: few parameters moved, simple numbers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

from strategy.checking._budget import Budget
from strategy.checking._range import Values
from strategy.checking._sweeping import ExampleSweep

__all__ = ["shrunk"]

_DENOMINATORS = (1, 2, 4, 5, 10, 20, 100)
_MOST_PAIRED = 12


def shrunk(
    judge: Any, sweep: ExampleSweep | None, values: Values, budget: Budget
) -> Values:
    """A counter-example no larger than the one given.

    It has as few parameters moved as on the grids of a sweep, or as deletion leaves.

    A place is left as soon as the time is up, so that the answer is always a
    counter-example. ``judge``: tells where the check fails; ``values``: the one given;
    ``budget``: the time that it may take.
    """
    search = _Shrinker(judge, sweep, budget)
    found = search.fewest(values)
    return search.simplest(found)


class _Shrinker:
    def __init__(self, judge: Any, sweep: ExampleSweep | None, budget: Budget) -> None:
        self.judge, self.sweep, self.budget = judge, sweep, budget
        self.start: Values = judge.range.base
        self.free = [label for label in judge.range.moving if label not in judge.extra]

    def fails(self, values: Values) -> bool:
        return not self.budget.over and bool(self.judge.fails(values))

    def moved(self, values: Values) -> list[str]:
        return [label for label in self.free if values[label] != self.start[label]]

    def with_only(self, values: Values, kept: Iterable[str]) -> Values:
        """The values with all but some parameters back at the start."""
        known = set(kept)
        return {
            label: self.start[label] if label in self.free and label not in known else value
            for label, value in values.items()
        }

    # -- few

    def fewest(self, values: Values) -> Values:
        moved = self.moved(values)
        if not moved or self.fails(nothing := self.with_only(values, ())):
            return nothing if moved else values
        best = next(filter(self.fails, self._single(values, moved)), None)
        if best is not None:
            return best
        sweep = self.sweep
        if sweep is not None and (found := sweep.least(len(moved) - 1)) is not None:
            return found
        best = self._deleted(values)
        while (
            sweep is not None
            and (found := sweep.among(moved := self.moved(best), len(moved) - 1))
            is not None
        ):
            best = self._deleted(found)
        if len(self.moved(best)) > 2:
            best = next(filter(self.fails, self._pairs(values, self.moved(best))), best)
        return best

    def _single(self, values: Values, moved: list[str]) -> Iterator[Values]:
        """One parameter alone.

        As it is, at the end on its side, or any other at either end.
        """
        for label in moved:
            yield self.with_only(values, (label,))
        for label in [*moved, *[one for one in self.free if one not in moved]]:
            for end in self._ends(label):
                yield {**self.with_only(values, ()), label: end}

    def _pairs(self, values: Values, moved: list[str]) -> Iterator[Values]:
        for a, b in itertools.combinations(moved[:_MOST_PAIRED], 2):
            rest = self.with_only(values, ())
            for x, y in itertools.product(
                (values[a], self._far(a, values)), (values[b], self._far(b, values))
            ):
                yield {**rest, a: x, b: y}

    def _deleted(self, values: Values) -> Values:
        """Parameters put back one at a time, the least moved first, until none can be.

        Then with the rest at the ends.
        """
        best = self._back(values)
        farther = {
            label: self._far(label, best) if label in self.moved(best) else value
            for label, value in best.items()
        }
        if self.fails(farther):
            less = self._back(farther)
            best = less if len(self.moved(less)) < len(self.moved(best)) else best
        return best

    def _back(self, values: Values) -> Values:
        best, again = values, True
        while again:
            again = False
            order = sorted(self.moved(best), key=lambda one: self._share(one, best))
            less = self._first([{**best, label: self.start[label]} for label in order])
            if less is not None:
                best, again = less, True
        return best

    def _first(self, several: list[Values]) -> Values | None:
        """The first that fails.

        Where many can be looked at at once, what is raised in it looked for anew.
        """
        found = next(filter(self.fails, several), None)
        return (
            self.sweep.any_of(several)
            if found is None and self.sweep is not None and self.judge.extra
            else found
        )

    def _share(self, label: str, values: Values) -> Fraction:
        low, high = self._ends(label)
        return abs(values[label] - self.start[label]) / (high - low)

    def _ends(self, label: str) -> tuple[Fraction, Fraction]:
        one = self.judge.range.model.parameters[label]
        return one.low, one.high

    def _far(self, label: str, values: Values) -> Fraction:
        """The end of the range on the side to which a parameter has moved."""
        low, high = self._ends(label)
        return high if values[label] > self.start[label] else low

    # -- simple

    def simplest(self, values: Values) -> Values:
        for label in self.moved(values):
            values = self._simpler(values, label)
        return (
            next(filter(self.fails, self.judge.completed(values)), values)
            if self.judge.extra
            else values
        )

    def _simpler(self, values: Values, label: str) -> Values:
        """The simplest number on the same side of the start.

        The nearest to the start among those as simple.
        """
        start, value = self.start[label], values[label]
        low, high = sorted((start, self._far(label, values)))
        for denominator in _DENOMINATORS:
            if value.denominator < denominator:
                break
            first = -(-low * denominator // 1)
            last = high * denominator // 1
            steps = [Fraction(k, denominator) for k in range(int(first), int(last) + 1)]
            nearest = sorted(
                (one for one in steps if one != start), key=lambda one: abs(one - start)
            )
            found = _first(nearest, lambda number: self.fails({**values, label: number}))
            if found is None:  # it may fail in the middle only, about where it is
                beside = [one for one in nearest if abs(one - value) * denominator < 1]
                found = next(
                    (one for one in beside if self.fails({**values, label: one})), None
                )
            if found is not None:
                return {**values, label: found}
        return values


def _first(numbers: list[Fraction], fails: Callable[[Fraction], bool]) -> Fraction | None:
    """The first at which it fails, by halving if it fails at the last.

    Failures are mostly on the far side.
    """
    if not numbers or not fails(numbers[-1]):
        return next(filter(fails, numbers[:-1]), None) if len(numbers) <= 8 else None
    low, high = 0, len(numbers) - 1
    while low < high:
        middle = (low + high) // 2
        if fails(numbers[middle]):
            high = middle
        else:
            low = middle + 1
    return numbers[high]
