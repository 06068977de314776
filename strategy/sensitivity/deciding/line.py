"""The range of one parameter cut into faces, on each of which the answer is one."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction

from strategy.algebraic import Point, between
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.binding import Binding
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.protocol import Decider
from strategy.sensitivity.deciding.slices import Signs, roots
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = ["Line"]


class Line:
    """The faces of a line.

    Cut at the roots of every polynomial asked for, until deciding the faces asks for no
    new one.
    """

    def __init__(
        self,
        decide: Decider,
        low: Fraction,
        high: Fraction,
        ask: Callable[[Signs], Found] | None = None,
    ) -> None:
        self.decide = decide
        self.low = low
        self.high = high
        self.ask = ask or decide.found
        self.known: set[Polynomial] = set()
        self.cuts: list[Point] = []
        self.samples: list[Fraction] = []
        self.faces: dict[Point, tuple[Signs, Found]] = {}

    def at(self, point: Point) -> Found:
        """What there is at a point; new polynomials asked for become cuts."""
        if point not in self.faces:
            signs = Signs((point,))
            self.faces[point] = (signs, self.ask(signs))
            for poly in signs.asked:
                self.learn(poly)
        return self.faces[point][1]

    def learn(self, poly: Polynomial) -> None:
        """Add the roots of a polynomial."""
        poly, turn = poly.canonical()
        if turn and poly not in self.known:
            self.known.add(poly)
            new = [
                root for root in roots(poly, self.low, self.high) if root not in self.cuts
            ]
            if new:
                self.cuts = sorted([*self.cuts, *new])

    def settle(self) -> None:
        """Decide every face."""
        if self.low == self.high:
            self.at(self.low)
            self.samples = [self.low]
            return
        while True:
            before = len(self.cuts)
            edges: list[Point] = [self.low, *self.cuts, self.high]
            self.samples = [self._sample(a, b) for a, b in itertools.pairwise(edges)]
            for point in [*self.samples, *edges]:
                self.at(point)
            if len(self.cuts) == before:
                return

    def faces_in_order(self) -> list[tuple[Point | None, Found]]:
        """The ends and cuts, and between them the open pieces.

        The former as (point, what is there), the latter as (None, what is there).
        """
        edges: list[Point] = [self.low, *self.cuts, self.high]
        result: list[tuple[Point | None, Found]] = [(self.low, self.at(self.low))]
        for sample, edge in zip(self.samples, edges[1:], strict=True):
            result += [(None, self.at(sample)), (edge, self.at(edge))]
        return result

    def _sample(self, low: Point, high: Point) -> Fraction:
        known = next(
            (
                point
                for point in self.faces
                if isinstance(point, Fraction) and low < point < high
            ),
            None,
        )
        return between(low, high) if known is None else known

    def summary(
        self,
    ) -> tuple[
        tuple[Point, ...],
        tuple[Verdict, ...],
        tuple[Verdict, ...],
        tuple[tuple[Binding, ...], ...],
    ]:
        """Only the cuts at which the verdict is not locally constant."""
        points: list[Point] = []
        pieces = [self.at(self.samples[0]).verdict]
        at_points, binding = [], []
        for i, cut in enumerate(self.cuts):
            here = self.at(cut).verdict
            after = self.at(self.samples[i + 1]).verdict
            if here is after is pieces[-1]:
                continue
            points.append(cut)
            pieces.append(after)
            at_points.append(here)
            sides = [
                self.faces[point][0]
                for point in (self.samples[i], cut, self.samples[i + 1])
            ]
            binding.append(self.decide.binding(*sides))
        return tuple(points), tuple(pieces), tuple(at_points), tuple(binding)

    def at_ends(self) -> tuple[tuple[Binding, ...], tuple[Binding, ...]]:
        """The deviations that bind at the two ends, as it goes up."""
        if self.low == self.high:
            return (), ()
        edges = (self.low, self.samples[0], self.samples[-1], self.high)
        low, first, last, high = [self.faces[point][0] for point in edges]
        return self.decide.binding(low, low, first), self.decide.binding(last, high, high)
