"""The nearest place at which a verdict is one of some.

Best-first branch and bound over the signs of gains.

A node allows each polynomial a set of signs, so it is a relatively open polyhedron, and a linear
programme bounds its distance from below. Where the goal fails near the node's nearest
point, a reason is found: sets of signs that rule the goal out. Whatever else is in the node
turns one of them, the first one the first child, and so on: the children part what is left
of the node without overlap. There are finitely many polynomials, so this ends. Products of what
moves are unknowns of their own, and a node also has a box in which they are bounded: where
the goal would hold if they were free, and does not as they are, the box is halved, until
what is left to gain is next to nothing. (Land and Doig 1960; reasons instead of all signs
as in lazy clause generation: Ohrimenko, Stuckey and Codish 2009.) Floats choose where to
look. Lower bounds, emptiness and the point found are proved in rationals.
"""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

import attrs
import numpy as np

from strategy import deadline
from strategy.sensitivity.deciding.judges import ALL, MINUS, PLUS, Judge, ruled_out
from strategy.sensitivity.deciding.verdicts import Verdict
from strategy.sensitivity.nearest.exact_moves import interior_exactly, nearest_exactly
from strategy.sensitivity.nearest.moves import LinearRow, Rough
from strategy.sensitivity.nearest.products import Span
from strategy.sensitivity.nearest.reasons import reason
from strategy.sensitivity.nearest.signs_at_points import NOTHING, Germ, Signed, Way

__all__ = ["CLOSE", "Nearest", "Place", "nearest"]

Shares = tuple[Fraction, ...]
_NEAR = 1 - 1e-9
_LAST = 1.04
"""By how much of its time the last look for an upper bound may go beyond it."""
CLOSE = Fraction(1, 100_000)
"""Boxes are no longer halved for less than this, as a share of a range."""


@attrs.frozen(eq=False)
class Place:
    """Where the goal holds.

    At ``point`` if ``attained``, else at all points between it and ``beyond`` that are near
    it.
    """

    distance: Fraction
    point: Shares
    beyond: Shares
    attained: bool


@attrs.frozen(eq=False)
class Nearest:
    """What was found by a search for the nearest place.

    No place of the goal is nearer than ``lower`` (None: there is none in the box);
    ``place``: the nearest one found. ``attained`` is None if that is not settled; ``cut``:
    whether a limit ended the search; ``late``: that of time.
    """

    lower: Fraction | None
    place: Place | None
    attained: bool | None
    nodes: int
    cut: bool = False
    late: bool = False

    @property
    def settled(self) -> bool:
        """Whether the distance is known."""
        return self.lower is None or (
            self.place is not None and self.lower == self.place.distance
        )


@attrs.frozen(eq=False)
class _SearchNode:
    allowed: Mapping[int, int]
    bound: Fraction
    box: Mapping[int, Span] = attrs.field(factory=dict)
    measured: bool = False
    exact: bool = False
    rough: Rough | None = None
    depth: int = 0


def nearest(
    judge: Judge,
    goal: frozenset[Verdict],
    *,
    nodes: int,
    enough: int | None = None,
    seconds: float | None = None,
    clock: Callable[[], float] = time.monotonic,
    within: Mapping[int, int] | None = None,
) -> Nearest:
    """Search until the nearest place is proved, or a limit is reached.

    ``nodes``: how many are looked at, by the ``clock`` how long. With one node, nothing but
    a proof that there is none is looked for.

    ``enough``: after so many nodes any place will do, once one is known. ``within``: signs
    that some polynomials have where places are looked for. ``judge``: by sets of signs;
    ``goal``: the verdicts looked for; ``seconds``: at most.
    """
    return _NearestSearch(
        judge,
        goal,
        nodes,
        nodes if enough is None else enough,
        within or {},
        _Time(clock, seconds),
    ).run()


@attrs.frozen
class _Time:
    clock: Callable[[], float]
    seconds: float | None
    start: float = attrs.field(
        init=False, default=attrs.Factory(lambda self: self.clock(), takes_self=True)
    )

    def over(self, share: float = 1) -> bool:
        """Whether such a share of the seconds has passed."""
        return self.seconds is not None and self.clock() > self.start + share * self.seconds

    @property
    def end(self) -> float | None:
        """When a step under way is given up.

        Never by a clock of the processor, whose searches go as far on every machine.
        """
        return (
            None
            if self.seconds is None or self.clock is not time.monotonic
            else self.start + _LAST * self.seconds
        )


class _NearestSearch:
    def __init__(
        self,
        judge: Judge,
        goal: frozenset[Verdict],
        nodes: int,
        enough: int,
        within: Mapping[int, int],
        time: _Time,
    ) -> None:
        self.judge = judge
        self.goal = goal
        self.most = nodes
        self.enough = enough
        self.within = within
        self.time = time
        self.planes, self.moves = judge.planes, judge.planes.moves
        self.counter, self.looked = itertools.count(), 0
        self.heap: list[tuple[Fraction, int, _SearchNode]] = []
        self.best: Place | None = None
        self.left: list[Fraction] = []
        self.costs: dict[tuple[int, int], float] = {}

    def cost(self, number: int, sign: int) -> float:
        if (number, sign) not in self.costs:
            self.costs[number, sign] = self.planes.cost(number, sign)
        return self.costs[number, sign]

    def push(self, node: _SearchNode) -> None:
        heapq.heappush(self.heap, (node.bound, next(self.counter), node))

    def run(self) -> Nearest:
        self.push(_SearchNode(self.within, Fraction(0)))
        while self.heap and not self.settled:
            if (
                self.looked >= (self.most if self.best is None else self.enough)
                or self.time.over()
            ):
                lower = min([self.heap[0][0], *self.left])
                if self.best is None and self.most > 1:
                    self.dive()
                return Nearest(
                    lower, self.best, None, self.looked, cut=True, late=self.time.over()
                )
            self.step_in_time(heapq.heappop(self.heap)[2])
        if self.best is None:
            return Nearest(None, None, None, self.looked)
        lower = min([self.best.distance, *self.left])
        unsettled = not self.best.attained and self.best.distance in self.left
        return Nearest(
            lower, self.best, None if unsettled else self.best.attained, self.looked
        )

    @property
    def settled(self) -> bool:
        """Whether no node left can be nearer, or settle what is open.

        As near, and tell whether the distance is attained.
        """
        if self.best is None:
            return False
        return self.heap[0][0] > self.best.distance or (
            self.heap[0][0] == self.best.distance and self.best.attained
        )

    def dive(self) -> None:
        """Look for any place of the goal, deepest nodes first.

        An upper bound for a search cut short.
        """
        deep = [(-node.depth, bound, number, node) for bound, number, node in self.heap]
        heapq.heapify(deep)
        for _ in range(self.most // 4 + 10):
            if self.best is not None or not deep or self.time.over(_LAST):
                return
            node = heapq.heappop(deep)[3]
            self.heap = []
            self.step_in_time(node)
            for bound, number, child in self.heap:
                heapq.heappush(deep, (-child.depth, bound, number, child))

    # -- one node

    def rows(self, node: _SearchNode) -> list[LinearRow]:
        """What a node allows, products being free within what its box allows."""
        signed = self.signed(node)
        return [*signed, *self.planes.products.envelopes(node.box, signed)]

    def signed(self, node: _SearchNode) -> list[LinearRow]:
        return [
            row
            for number, allowed in node.allowed.items()
            for row in self.planes.constraints(number, allowed)
        ]

    def step_in_time(self, node: _SearchNode) -> None:
        """One node, which stands in the heap again if the time was over before its end."""
        try:
            with deadline.until(self.time.end):
                self.step(node)
        except deadline.OutOfTime:
            deadline.check()  # an end that was set before is for whoever set it
            self.push(node)

    def step(self, node: _SearchNode) -> None:
        deadline.check()
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
        if inside is None or inside.worth < NOTHING:
            if inside is not None and self.moves.refuted(rows, inside.multipliers):
                return
            if interior_exactly(self.moves, rows) is None:
                return
        assert node.rough is not None
        places = [one.shares for one in (node.rough, inside) if one is not None]
        signs = Germ(
            self.planes,
            node.allowed,
            [
                np.array(self.planes.products.filled(one, rows), np.float64)
                for one in places
            ],
        )
        why = reason(self.judge, self.goal, node.allowed, signs, self.cost)
        if why is None:
            why = self.look_closely(node, rows)
        if why is not None:
            self.part(node, why)

    def measure(self, node: _SearchNode, rows: list[LinearRow]) -> _SearchNode | None:
        """The node with its own bound; None if it is empty or too far."""
        rough = self.moves.nearest(rows)
        if rough is None:
            inside = self.moves.interior(rows)
            if inside is not None and self.moves.refuted(rows, inside.multipliers):
                return None
            return self.measure_exactly(node, rows)
        bound = max(node.bound, self.moves.bound(rows, rough.multipliers))
        node = attrs.evolve(node, bound=bound, measured=True, rough=rough)
        if (
            self.best is not None
            and bound < self.best.distance
            and rough.worth >= float(self.best.distance) * _NEAR
        ):
            return self.measure_exactly(node, rows)
        return node

    def measure_exactly(
        self, node: _SearchNode, rows: list[LinearRow]
    ) -> _SearchNode | None:
        found = nearest_exactly(self.moves, rows)
        if found is None:
            return None
        rough = Rough(float(found[0]), np.array([float(one) for one in found[1]]), ())
        return attrs.evolve(node, bound=found[0], measured=True, exact=True, rough=rough)

    def look_closely(
        self, node: _SearchNode, rows: list[LinearRow]
    ) -> dict[int, int] | None:
        """Where floats say that the goal holds: the exact nearest point and one inside.

        A reason if the goal fails there.
        """
        found = nearest_exactly(self.moves, rows)
        beyond = interior_exactly(self.moves, rows)
        if found is None or beyond is None:
            return None
        distance = found[0]
        point = self.planes.products.filled(found[1], rows)
        beyond = self.planes.products.filled(beyond, rows)
        why = reason(
            self.judge,
            self.goal,
            node.allowed,
            Signed(self.planes.rows, point, beyond),
            self.cost,
        )
        if why is not None:
            return why
        why = self.land(node, point, beyond)
        if why is not None:
            return why
        if self.best is not None and self.best.distance <= distance:
            # It may hold elsewhere in the node at this very distance.
            self.push(attrs.evolve(node, bound=distance, measured=True, exact=True))
        else:
            self.halve(attrs.evolve(node, bound=distance), point, beyond)
        return None

    def land(
        self, node: _SearchNode, point: Shares, beyond: Shares
    ) -> dict[int, int] | None:
        """Where the goal holds if products are free: places at which it does as they are.

        A reason if it fails at one that the node allows.
        """
        products = self.planes.products
        near, inner = products.full(point), products.full(beyond)
        if not self.fails(Way(self.planes, near, inner)):
            self.keep(near, inner)
            return None
        spoken = [*self.signed(node), *products.walls(node.box)]
        for values in products.pins(products.bent(spoken), node.box, point, beyond):
            rows = products.pinned(spoken, values)
            found = nearest_exactly(self.moves, rows)
            inside = interior_exactly(self.moves, rows)
            if found is not None and inside is not None:
                near = products.full(found[1])
                inner = products.full(inside)
                why = reason(
                    self.judge,
                    self.goal,
                    node.allowed,
                    Way(self.planes, near, inner),
                    self.cost,
                )
                if why is None:
                    self.keep(near, inner)
                return why
        return None

    def fails(self, signs: Callable[[int], int]) -> bool:
        if not all(signs(number) & allowed for number, allowed in self.within.items()):
            return True
        return ruled_out(self.judge.bounds(signs), self.goal, self.judge.exists)

    def keep(self, point: Shares, beyond: Shares) -> None:
        distance = self.moves.distance(point)
        if self.best is None or distance < self.best.distance:
            self.best = Place(
                distance, point, beyond, not self.fails(Signed(self.planes.rows, point))
            )

    def halve(self, node: _SearchNode, *points: Shares) -> None:
        """Halve the box of a node, unless there is too little to gain.

        Where products are most wrong at these points.
        """
        if self.best is not None and self.best.distance - node.bound <= CLOSE:
            self.left.append(node.bound)
            return
        i, (low, high) = self.planes.products.widest(node.box, self.signed(node), *points)
        for half in ((low, (low + high) / 2), ((low + high) / 2, high)):
            self.push(
                _SearchNode(
                    node.allowed, node.bound, {**node.box, i: half}, depth=node.depth + 1
                )
            )

    def look_at_distance(self, node: _SearchNode, rows: list[LinearRow]) -> None:
        """Nothing is nearer: whether the goal holds in the node at this very distance."""
        assert self.best is not None
        self.looked += 1
        point = interior_exactly(self.moves, rows, within=self.best.distance)
        if point is None:
            return
        filled = self.planes.products.filled(point, rows)
        why = reason(
            self.judge, self.goal, node.allowed, Signed(self.planes.rows, filled), self.cost
        )
        true = self.planes.products.full(point)
        if why is not None:
            self.part(node, why)
        elif not self.fails(Signed(self.planes.rows, true)):
            self.best = Place(self.best.distance, true, true, True)
        else:
            self.left.append(node.bound)

    def part(self, node: _SearchNode, why: Mapping[int, int]) -> None:
        """The children: the first sign set of the reason fails.

        It holds and the second fails; and so on.
        """
        allowed = dict(node.allowed)
        order = sorted(why, key=lambda number: (self.cost(number, why[number]), number))
        for number in order:
            widest = allowed.get(number, ALL) & self.planes.widest[number]
            for turned in _convex(widest & ~why[number]):
                self.push(
                    _SearchNode(
                        {**allowed, number: turned},
                        node.bound,
                        node.box,
                        depth=node.depth + 1,
                    )
                )
            allowed[number] = widest & why[number]


def _convex(signs: int) -> Iterator[int]:
    if signs == MINUS | PLUS:
        yield from (MINUS, PLUS)
    elif signs:
        yield signs
