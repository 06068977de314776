"""Linear inequalities over a box in exact arithmetic.

A point near the baseline that meets all, or a proof that none does.

Strict inequalities share a slack that is made as large as it can be; they can be met
together exactly if it can be positive. Unknowns are moves from the baseline, up and down,
as shares of the ranges.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

import attrs

from strategy.linear.inequality import Inequality
from strategy.linear.programme import LinearSolution, LinearStatus, maximise

__all__ = ["Bound", "LinearSystem", "SystemProof", "SystemWitness"]

Point = Mapping[str, Fraction]
Bound = tuple[str, bool]
"""An end of a parameter's range: its name, and whether it is the upper end."""
_ZERO = Fraction(0)
_NEAR = Fraction(1, 100)


@attrs.frozen
class SystemWitness:
    """A point that meets all inequalities.

    ``distance``: how far from the baseline such points begin, moves added up as shares of
    the ranges; ``attained``: whether this one is no farther (where an inequality is strict,
    none may be).
    """

    point: Point
    distance: Fraction
    attained: bool


@attrs.frozen
class SystemProof:
    """Multiples of inequalities, and of ends of ranges, that add up to what is false.

    0 > ``sum``, or 0 at least that where ``strict`` is not set (Farkas' lemma, in Motzkin's
    form for strict inequalities). The inequalities stand by their numbers.
    """

    rows: Mapping[int, Fraction]
    bounds: Mapping[Bound, Fraction]
    sum: Fraction
    strict: bool


@attrs.frozen(eq=False)
class LinearSystem:
    """Inequalities by their numbers, over the ranges of the parameters.

    The ranges are ``box``, with a baseline in it; a range may be one value.
    """

    inequalities: tuple[Inequality, ...]
    box: Mapping[str, tuple[Fraction, Fraction]]
    baseline: Mapping[str, Fraction]

    def slack(self, row: int, point: Point) -> Fraction:
        """By how much an inequality is met.

        ``row``: its number; ``point``: where.
        """
        one = self.inequalities[row]
        return (
            sum((value * point[label] for label, value in one.coefficients), _ZERO)
            - one.bound
        )

    def met(self, row: int, point: Point) -> bool:
        """Whether it is.

        ``row``: its number; ``point``: where.
        """
        slack = self.slack(row, point)
        return slack > 0 or (slack == 0 and not self.inequalities[row].strict)

    def nearest(self, rows: Sequence[int]) -> SystemWitness | SystemProof:
        """A point near the baseline that meets all of these, or a proof that none does.

        ``rows``: their numbers.
        """
        found = self.deepest(rows)
        if isinstance(found, SystemProof):
            return found
        if all(self.met(row, self.baseline) for row in rows):
            return SystemWitness(dict(self.baseline), _ZERO, True)
        distance, point = self._closest(rows, _ZERO)
        if all(self.met(row, point) for row in rows):
            return SystemWitness(point, distance, True)
        depth = min(
            self.slack(row, found) / self.size(row)
            for row in rows
            if self.inequalities[row].strict
        )
        return SystemWitness(
            self._rounded(rows, self._closest(rows, _NEAR * depth)[1], distance),
            distance,
            False,
        )

    def _closest(self, rows: Sequence[int], margin: Fraction) -> tuple[Fraction, Point]:
        """The least distance at which all hold, and the deepest point there.

        The strict ones by a margin, as a share of their spans (0: as ties too).
        """
        active = [row for row in rows if not self.met(row, self.baseline)]
        while True:
            distance, point = _SystemProgramme(self, active).nearest(margin)
            missed = [row for row in rows if row not in active and not self.met(row, point)]
            if not missed:
                return distance, point
            active += self._worst(missed, point)

    def _rounded(self, rows: Sequence[int], near: Point, distance: Fraction) -> Point:
        """The point with what moved in short numbers, if there are any that do."""
        moved = {
            label: value for label, value in near.items() if value != self.baseline[label]
        }
        for digits in range(7):
            short = {
                label: self._within(label, Fraction(round(value * 10**digits), 10**digits))
                for label, value in moved.items()
            }
            read = {**near, **short}
            if self.distance(read) <= distance + 2 * _NEAR and all(
                self.met(row, read) for row in rows
            ):
                return read
        return near

    def _within(self, label: str, value: Fraction) -> Fraction:
        low, high = self.box[label]
        return min(max(value, low), high)

    def distance(self, point: Point) -> Fraction:
        """How far from the baseline: moves added up, as shares of the ranges.

        ``point``: where.
        """
        moves = [
            abs(point[label] - self.baseline[label]) / (high - low)
            for label, (low, high) in self.box.items()
            if low < high
        ]
        return sum(moves, _ZERO)

    def deepest(
        self, rows: Sequence[int], without: Collection[Bound] = ()
    ) -> Point | SystemProof:
        """A point at which the strict inequalities hold with most room, or a proof of none.

        The least slack, as a share of its own span, is greatest there (up to 1). The proof
        that there is none uses no end of a range that is in ``without``. ``rows``: their
        numbers.
        """
        point: Point = dict(self.baseline)
        active: list[int] = []
        while True:
            missed = [row for row in rows if row not in active and not self.met(row, point)]
            if not missed:
                return point
            active += self._worst(missed, point)
            found = _SystemProgramme(self, active, without).deepest()
            if isinstance(found, SystemProof):
                return found
            point = found

    def _worst(self, missed: list[int], point: Point) -> list[int]:
        """Some of many inequalities at a time: those that are missed by most."""
        return sorted(missed, key=lambda row: self.slack(row, point) / self.size(row))[:8]

    def size(self, row: int) -> Fraction:
        """By how much the left side varies over the box.

        ``row``: its number.
        """
        total = sum(
            (
                abs(value) * (self.box[label][1] - self.box[label][0])
                for label, value in self._terms(row)
            ),
            _ZERO,
        )
        return total or Fraction(1)

    def _terms(self, row: int) -> tuple[tuple[str, Fraction], ...]:
        return self.inequalities[row].coefficients


class _SystemProgramme:
    """The linear programme of some inequalities.

    Unknowns are moves up, moves down, and the slack of the strict ones.
    """

    def __init__(
        self, system: LinearSystem, rows: Sequence[int], without: Collection[Bound] = ()
    ) -> None:
        self.system = system
        self.rows = list(rows)
        self.without = without
        taking = {
            label for row in rows for label, _ in system.inequalities[row].coefficients
        }
        self.labels = [
            label
            for label, (low, high) in system.box.items()
            if label in taking and low < high
        ]
        self.widths = [system.box[label][1] - system.box[label][0] for label in self.labels]
        self.matrix, self.limits = [], []
        for row in self.rows:
            known = dict(system.inequalities[row].coefficients)
            slopes = [
                known.get(label, _ZERO) * width
                for label, width in zip(self.labels, self.widths, strict=True)
            ]
            strict = system.size(row) if system.inequalities[row].strict else _ZERO
            self.matrix.append([*[-one for one in slopes], *slopes, strict])
            self.limits.append(system.slack(row, system.baseline))
        size = len(self.labels)
        for column in range(2 * size + 1):
            limit = self._limit(column)
            if limit is not None:
                self.matrix.append(
                    [Fraction(int(one == column)) for one in range(2 * size + 1)]
                )
                self.limits.append(limit)

    def _limit(self, column: int) -> Fraction | None:
        size = len(self.labels)
        if column == 2 * size:
            return Fraction(1)
        label, upper = self.labels[column % size], column < size
        if (label, upper) in self.without:
            return None
        low, high = self.system.box[label]
        here = self.system.baseline[label]
        return (high - here if upper else here - low) / (high - low)

    def deepest(self) -> Point | SystemProof:
        """The point of greatest slack, or that there is none."""
        found = maximise(
            [_ZERO] * (2 * len(self.labels)) + [Fraction(1)],
            at_most=(self.matrix, self.limits),
        )
        strict = any(self.system.inequalities[row].strict for row in self.rows)
        if found.status is LinearStatus.INFEASIBLE or (strict and not found.value):
            return self._proof(found)
        return self._point(found)

    def nearest(self, margin: Fraction) -> tuple[Fraction, Point]:
        """The least distance at which the inequalities hold, and the deepest point there.

        Strict ones hold by a margin.
        """
        size = len(self.labels)
        costs = [Fraction(-1)] * (2 * size)
        self.matrix.append([*[_ZERO] * (2 * size), Fraction(-1)])
        self.limits.append(-margin)
        found = maximise([*costs, _ZERO], at_most=(self.matrix, self.limits))
        assert found.value is not None  # a point is known
        far = [*[Fraction(1)] * (2 * size), _ZERO]
        deep = maximise(
            [*[_ZERO] * (2 * size), Fraction(1)],
            at_most=([*self.matrix, far], [*self.limits, -found.value]),
        )
        return -found.value, self._point(deep)

    def _point(self, found: LinearSolution) -> Point:
        size, point = len(self.labels), dict(self.system.baseline)
        for i, (label, width) in enumerate(zip(self.labels, self.widths, strict=True)):
            point[label] += width * (found.x[i] - found.x[size + i])
        return point

    def _proof(self, found: LinearSolution) -> SystemProof:
        """Multiples of the inequalities from the certificate.

        What they add up to then tells which ends of ranges bound it.
        """
        rows = {
            row: value for row, value in zip(self.rows, found.dual, strict=False) if value
        }
        total: dict[str, Fraction] = {}
        constant = _ZERO
        for row, value in rows.items():
            one = self.system.inequalities[row]
            constant -= value * one.bound
            for label, factor in one.coefficients:
                total[label] = total.get(label, _ZERO) + value * factor
        bounds = {(label, value > 0): abs(value) for label, value in total.items() if value}
        for (label, upper), value in bounds.items():
            constant += value * (
                self.system.box[label][1] if upper else -self.system.box[label][0]
            )
        strict = any(self.system.inequalities[row].strict for row in rows)
        assert constant < 0 or (constant == 0 and strict), (
            "a contradiction without proof: report this"
        )
        assert not set(bounds) & set(self.without)
        scale = Fraction(
            math.lcm(*[one.denominator for one in rows.values()]),
            math.gcd(*_wholes(rows.values())),
        )
        rows = {row: value * scale for row, value in rows.items()}
        return SystemProof(
            rows,
            {one: value * scale for one, value in bounds.items()},
            -constant * scale,
            strict,
        )


def _wholes(values: Collection[Fraction]) -> list[int]:
    """The values in whole numbers over their common denominator."""
    common = math.lcm(*[one.denominator for one in values])
    return [int(one * common) for one in values]
