"""The nearest place at which a verdict is one of some: best-first branch and bound over the signs of gains.

A node allows each form a set of signs, so it is a relatively open polyhedron, and a linear programme bounds its distance from
below. Where the goal fails near the node's nearest point, a reason is found: sets of signs that rule the goal out. Whatever else
is in the node turns one of them, the first one the first child, and so on: the children part what is left of the node without
overlap. There are finitely many forms, so this ends. (Land and Doig 1960; reasons instead of all signs as in lazy clause
generation: Ohrimenko, Stuckey and Codish 2009.) Floats choose where to look. Lower bounds, emptiness and the point found are
proved in rationals.
"""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.sensitivity._exact_moves import interior_exactly, nearest_exactly
from strategy.sensitivity._judging import Judge, ruled_out
from strategy.sensitivity._moves import Rough, Row
from strategy.sensitivity._planes import ALL, MINUS, PLUS, ZERO, Planes, bit
from strategy.sensitivity._reasons import reason
from strategy.sensitivity.verdicts import Verdict

__all__ = ["Nearest", "Place", "Signed", "nearest"]

Shares = tuple[Fraction, ...]
_NOTHING = 1e-7
"""On a row's own scale: what floats do not tell from 0."""
_NEAR = 1 - 1e-9


@attrs.frozen(eq=False)
class Place:
    """Where the goal holds: at ``point`` if ``attained``, else at all points between it and ``beyond`` that are near it."""

    distance: Fraction
    point: Shares
    beyond: Shares
    attained: bool


@attrs.frozen(eq=False)
class Nearest:
    """What was found: no place of the goal is nearer than ``lower`` (None: there is none in the box); ``place``: the nearest one
    found. ``attained`` is None if that is not settled."""

    lower: Fraction | None
    place: Place | None
    attained: bool | None
    nodes: int

    @property
    def settled(self) -> bool:
        """Whether the distance is known."""
        return self.lower is None or (self.place is not None and self.lower == self.place.distance)


@attrs.frozen(eq=False)
class _Node:
    allowed: Mapping[int, int]
    bound: Fraction
    measured: bool = False
    exact: bool = False
    rough: Rough | None = None
    depth: int = 0


def nearest(judge: Judge, goal: frozenset[Verdict], *, nodes: int, seconds: float | None = None) -> Nearest:
    """Search until the nearest place is proved or ``nodes`` have been looked at, or time is up."""
    return _Search(judge, goal, nodes, seconds).run()


class _Search:
    def __init__(self, judge: Judge, goal: frozenset[Verdict], nodes: int, seconds: float | None) -> None:
        self.judge, self.goal, self.most = judge, goal, nodes
        self.planes, self.moves = judge.planes, judge.planes.moves
        self.until = None if seconds is None else time.monotonic() + seconds
        self.counter, self.looked = itertools.count(), 0
        self.heap: list[tuple[Fraction, int, _Node]] = []
        self.best: Place | None = None
        self.costs: dict[tuple[int, int], float] = {}

    def cost(self, number: int, sign: int) -> float:
        if (number, sign) not in self.costs:
            self.costs[number, sign] = self.planes.cost(number, sign)
        return self.costs[number, sign]

    def push(self, node: _Node) -> None:
        heapq.heappush(self.heap, (node.bound, next(self.counter), node))

    def run(self) -> Nearest:
        self.push(_Node({}, Fraction(0)))
        while self.heap and not self.settled:
            if self.looked >= self.most or (self.until is not None and time.monotonic() > self.until):
                lower = self.heap[0][0]
                if self.best is None:
                    self.dive()
                return Nearest(lower, self.best, None, self.looked)
            self.step(heapq.heappop(self.heap)[2])
        if self.best is None:
            return Nearest(None, None, None, self.looked)
        return Nearest(self.best.distance, self.best, self.best.attained, self.looked)

    @property
    def settled(self) -> bool:
        """Whether no node left can be nearer, or as near and tell whether the distance is attained."""
        if self.best is None:
            return False
        return self.heap[0][0] > self.best.distance or (self.heap[0][0] == self.best.distance and self.best.attained)

    def dive(self) -> None:
        """Look for any place of the goal, deepest nodes first: an upper bound for a search cut short."""
        deep = [(-node.depth, bound, number, node) for bound, number, node in self.heap]
        heapq.heapify(deep)
        for _ in range(self.most // 4 + 10):
            if self.best is not None or not deep:
                return
            node = heapq.heappop(deep)[3]
            self.heap = []
            self.step(node)
            for bound, number, child in self.heap:
                heapq.heappush(deep, (-child.depth, bound, number, child))

    # -- one node ------------------------------------------------------------------------------------------------

    def rows(self, node: _Node) -> list[Row]:
        return [row for number, allowed in node.allowed.items() for row in self.planes.constraints(number, allowed)]

    def step(self, node: _Node) -> None:
        rows = self.rows(node)
        if self.best is not None and node.bound == self.best.distance:
            self.look_at_distance(node, rows)
            return
        if not node.measured:
            measured = self.measure(node, rows)
            if measured is None or (self.heap and measured.bound > self.heap[0][0]):
                if measured is not None:
                    self.push(measured)
                return
            node = measured
            if self.best is not None and node.bound >= self.best.distance:
                self.push(node)
                return
        self.looked += 1
        inside = self.moves.interior(rows)
        if inside is None or inside.worth < _NOTHING:
            if inside is not None and self.moves.refuted(rows, inside.multipliers):
                return
            if interior_exactly(self.moves, rows) is None:
                return
        signs = _Germ(self.planes, node, None if inside is None else inside.shares)
        why = reason(self.judge, self.goal, node.allowed, signs, self.cost)
        if why is None:
            why = self.look_closely(node, rows)
        if why is not None:
            self.part(node, why)

    def measure(self, node: _Node, rows: list[Row]) -> _Node | None:
        """The node with its own bound; None if it is empty or too far."""
        rough = self.moves.nearest(rows)
        if rough is None:
            inside = self.moves.interior(rows)
            if inside is not None and self.moves.refuted(rows, inside.multipliers):
                return None
            return self.measure_exactly(node, rows)
        bound = max(node.bound, self.moves.bound(rows, rough.multipliers))
        node = attrs.evolve(node, bound=bound, measured=True, rough=rough)
        if self.best is not None and bound < self.best.distance and rough.worth >= float(self.best.distance) * _NEAR:
            return self.measure_exactly(node, rows)
        return node

    def measure_exactly(self, node: _Node, rows: list[Row]) -> _Node | None:
        found = nearest_exactly(self.moves, rows)
        if found is None:
            return None
        rough = Rough(float(found[0]), np.array([float(one) for one in found[1]]), ())
        return attrs.evolve(node, bound=found[0], measured=True, exact=True, rough=rough)

    def look_closely(self, node: _Node, rows: list[Row]) -> dict[int, int] | None:
        """Where floats say that the goal holds: the exact nearest point and one inside. A reason if the goal fails there."""
        found, beyond = nearest_exactly(self.moves, rows), interior_exactly(self.moves, rows)
        if found is None or beyond is None:
            return None
        distance, point = found
        why = reason(self.judge, self.goal, node.allowed, Signed(self.planes.rows, point, beyond), self.cost)
        if why is not None:
            return why
        if self.best is None or distance < self.best.distance:
            at_point = ruled_out(self.judge.bounds(Signed(self.planes.rows, point)), self.goal, self.judge.exists)
            self.best = Place(distance, point, beyond, not at_point)
        # It may hold elsewhere in the node at this very distance.
        self.push(attrs.evolve(node, bound=distance, measured=True, exact=True))
        return None

    def look_at_distance(self, node: _Node, rows: list[Row]) -> None:
        """Nothing is nearer: whether the goal holds in the node at this very distance."""
        assert self.best is not None
        self.looked += 1
        point = interior_exactly(self.moves, rows, within=self.best.distance)
        if point is None:
            return
        why = reason(self.judge, self.goal, node.allowed, Signed(self.planes.rows, point), self.cost)
        if why is None:
            self.best = Place(self.best.distance, point, point, True)
        else:
            self.part(node, why)

    def part(self, node: _Node, why: Mapping[int, int]) -> None:
        """The children: the first sign set of the reason fails; it holds and the second fails; and so on."""
        allowed = dict(node.allowed)
        order = sorted(why, key=lambda number: (self.cost(number, why[number]), number))
        for number in order:
            widest = allowed.get(number, ALL) & self.planes.widest[number]
            for turned in _convex(widest & ~why[number]):
                self.push(_Node({**allowed, number: turned}, node.bound, depth=node.depth + 1))
            allowed[number] = widest & why[number]


def _convex(signs: int) -> Iterator[int]:
    if signs == MINUS | PLUS:
        yield from (MINUS, PLUS)
    elif signs:
        yield signs


class _Germ:
    """Signs near a node's nearest point, on the way to a point inside it, in floats; always such as the node allows."""

    def __init__(self, planes: Planes, node: _Node, inside: NDArray[np.float64] | None) -> None:
        assert node.rough is not None
        self.rows, self.widest, self.node = planes.rows, planes.widest, node
        self.places = [node.rough.shares, *([] if inside is None else [inside])]

    def __call__(self, number: int) -> int:
        constant, gradient = self.rows[number].rough
        sign = ZERO
        for place in self.places:
            value = constant + float(gradient @ place)
            if abs(value) > _NOTHING:
                sign = bit(value)
                break
        allowed = self.node.allowed.get(number, ALL) & self.widest[number]
        return sign if sign & allowed else allowed & ZERO or allowed


class Signed:
    """Signs at a point, or near the first of two on the way to the second."""

    def __init__(self, rows: list[Row], *points: Shares) -> None:
        self.rows, self.points = rows, points

    def __call__(self, number: int) -> int:
        for point in self.points:
            sign = bit(self.rows[number](point))
            if sign != ZERO:
                return sign
        return ZERO
