"""All Nash equilibria of a table.

The search in floats, and certificates from the whole payoffs for what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.concepts._box_verdicts import HOLDS, OPEN
from strategy.concepts._boxes import Boxes
from strategy.concepts._certify import (
    CertifiedPoint,
    NotAnEquilibrium,
    Singular,
    certify,
    judged,
    pure_point,
)
from strategy.concepts._gains import MixedGains, Support
from strategy.solvers.cells import branching as kernel
from strategy.solvers.cells.polytopes import in_hull, mixing_alone
from strategy.solvers.cells.search import CellSearch

__all__ = ["Isolated", "Polytope", "isolate"]

Table = NDArray[Any]
Vector = tuple[Fraction, ...]
Region = tuple[NDArray[np.float64], NDArray[np.float64]]
RADIUS = 1e-9
"""Half the width, at least, of the boxes that are shown to hold one equilibrium."""
GRACE = 0.2
"""Seconds in which a search that was cut short still certifies the roots it found; the
others stay unresolved."""
GoOn = Callable[[], bool]


@attrs.frozen
class Polytope:
    """A set of equilibria that is a product of polytopes.

    ``vertices[i]`` are the vertices of player ``i``'s strategies in it.

    At most two players have a vertex that is mixed, or more than one vertex; or all
    vertices of all players are pure.
    """

    vertices: tuple[tuple[Vector, ...], ...]

    def holds(self, vectors: Sequence[Sequence[Any]]) -> bool:
        """Whether a profile of exact vectors lies in it."""
        return all(
            in_hull(vector, corners)
            for vector, corners in zip(vectors, self.vertices, strict=True)
        )


@attrs.frozen(kw_only=True)
class Isolated:
    """What a search proved.

    Every equilibrium of the game is in one of ``boxes``, is one of ``singles``, or lies in
    one of ``polytopes`` or ``unresolved``.

    ``boxes``: each holds one equilibrium, which is regular; ``singles``: those that exact
    arithmetic had to settle. ``unresolved``: least and greatest weights, shape (players,
    actions), of regions that may hold equilibria, none of them certain. ``complete``: there
    are none of these; otherwise ``reason`` says why.
    """

    boxes: Boxes
    singles: tuple[CertifiedPoint, ...]
    polytopes: tuple[Polytope, ...]
    unresolved: tuple[Region, ...]
    complete: bool
    reason: str
    statistics: dict[str, int]

    @cached_property
    def points(self) -> tuple[CertifiedPoint, ...]:
        """All isolated equilibria with all their digits, those in boxes first."""
        return (
            *[self.boxes.point(number) for number in range(len(self.boxes))],
            *self.singles,
        )

    @property
    def regular(self) -> bool:
        """Whether all equilibria are known, isolated and regular.

        Then their number is odd, and their indices sum to 1.
        """
        return (
            self.complete
            and not self.polytopes
            and all(point.regular for point in self.singles)
        )


def isolate(
    tables: Sequence[Table],
    check: Callable[[], None] | None = None,
    *,
    budget: int = 5_000_000,
    most_boxes: int = 4096,
    digits: int = 30,
) -> Isolated:
    """All Nash equilibria of the game with these whole payoffs.

    One array a player, of one shape; int64 or Python ints.

    ``check`` is called every few hundredths of a second; if it raises, the exception gets
    an attribute ``isolated`` with what was found so far; roots are certified for ``GRACE``
    seconds more. ``budget``: how many cells to examine; ``most_boxes``: the search ends
    once a pass leaves more cells than this; ``digits``: irrational weights are balls of
    radius below ``10**-digits``. Raises SizeError if the tables cannot be searched in
    memory.

    Branch and prune over products of simplices, see ``cells.cells``, ``cells.pruning`` and
    ``cells.newton``; completeness does not depend on the game being generic, but isolating
    finitely many cells does.
    """
    search = CellSearch(tables, budget=budget, most_left=most_boxes)
    try:
        search.run(check)
        return _collected(tables, search, _checked(check), digits)
    except BaseException as stop:
        search.reason = search.reason or "the search was cut short"
        search.finished = False
        with deadline.grace(GRACE):
            stop.isolated = _collected(tables, search, lambda: deadline.left() > 0, digits)  # type: ignore[attr-defined]
        raise


def _checked(check: Callable[[], None] | None) -> GoOn:
    def go_on() -> bool:
        if check is not None:
            check()
        return True

    return go_on


def _collected(
    tables: Sequence[Table], search: CellSearch, go_on: GoOn, digits: int
) -> Isolated:
    gains = MixedGains(tables)
    boxes, verdicts = _examined(search, gains, digits)
    roots = int(search.counters[kernel.ROOTS])
    singles, unresolved, reason = _settled(
        search, gains, np.flatnonzero(verdicts[:roots] == OPEN), go_on, digits
    )
    polytopes, points = _exact_sets(tables, gains, search, go_on)
    points += [
        pure_point(gains, int(at))
        for at in search.pures[: len(verdicts) - roots][verdicts[roots:] != HOLDS]
    ]
    holding = boxes.part(np.flatnonzero(verdicts == HOLDS))
    others = [
        point
        for point in _distinct(points + singles)
        if not _in_some(point, polytopes) and not holding.have(point)
    ]
    return Isolated(
        boxes=holding.part(holding.distinct()),
        singles=tuple(others),
        polytopes=tuple(polytopes),
        unresolved=tuple(unresolved),
        complete=not unresolved and not reason,
        reason=reason,
        statistics={
            "cells": int(search.counters[kernel.CELLS]),
            "contractions": int(search.counters[kernel.SHRUNK]),
            "passes": search.stage + 1,
        },
    )


def _in_some(point: CertifiedPoint, polytopes: Sequence[Polytope]) -> bool:
    return point.exact and any(one.holds(point.vectors) for one in polytopes)


def _examined(
    search: CellSearch, gains: MixedGains, digits: int
) -> tuple[Boxes, NDArray[np.int64]]:
    """Boxes around the search's roots, then its pure equilibria.

    With them comes what floats prove of each.
    """
    roots = int(search.counters[kernel.ROOTS])
    pures = int(search.counters[kernel.PURES])
    used = np.zeros((roots + pures, *search.supports.shape[1:]), dtype=np.bool_)
    points = np.zeros(used.shape)
    radii = np.zeros(len(used))
    used[:roots] = search.supports[:roots]
    # what is beside them was never written
    np.copyto(points[:roots], search.points[:roots], where=used[:roots])
    radii[:roots] = np.maximum(RADIUS, 4 * search.reaches[:roots])
    if pures:
        actions = search.pures[:pures, None] // search.stride % search.shape
        np.put_along_axis(used[roots:], actions[:, :, None], True, axis=2)
    boxes = Boxes.around(gains, used, points, radii, digits)
    return boxes, boxes.examine(search.base, steps=4)


def _settled(
    search: CellSearch,
    gains: MixedGains,
    numbers: NDArray[np.int64],
    go_on: GoOn,
    digits: int,
) -> tuple[list[CertifiedPoint], list[Region], str]:
    """What exact and ball arithmetic make of what floats leave open.

    Of roots of which floats prove nothing, and of the cells that are left.
    """
    unresolved: list[Region] = search.unresolved() if search.reason else []
    reason, singles = search.reason, []
    for number in numbers.tolist():
        if not go_on():
            unresolved.append(_around(search, number))
            continue
        support = tuple(
            [
                tuple([s for s, used in enumerate(row) if used])
                for row in search.supports[number].tolist()
            ]
        )
        radius = max(RADIUS, 4 * float(search.reaches[number]))
        try:
            singles.append(certify(gains, search.points[number], support, radius, digits))
        except NotAnEquilibrium:
            pass
        except Singular:
            if _settled_as_pair(search, support):
                continue
            reason = (
                reason
                or "an equilibrium that is singular, or nearly so, could not be isolated"
            )
            unresolved.append(_around(search, number))
    return singles, unresolved, reason


def _around(search: CellSearch, number: int) -> Region:
    """The region that a root stands for."""
    near, reach = search.points[number], search.reaches[number]
    return np.maximum(near - reach, 0), np.minimum(near + reach, 1) * search.supports[
        number
    ]


def _settled_as_pair(search: CellSearch, support: Support) -> bool:
    """Whether the support has two mixing players, and was settled as such.

    All equilibria in which they alone mix could be described.
    """
    mixing = [i for i, actions in enumerate(support) if len(actions) > 1]
    at = sum(
        actions[0] * int(step)
        for actions, step in zip(support, search.stride, strict=True)
        if len(actions) == 1
    )
    return len(mixing) == 2 and search.pair(mixing[0], mixing[1], at) is not None


def _exact_sets(
    tables: Sequence[Table], gains: MixedGains, search: CellSearch, go_on: GoOn
) -> tuple[list[Polytope], list[CertifiedPoint]]:
    """What the search found by exact comparisons.

    Faces of equilibria, polytopes of one or two mixing players.
    """
    shape = tables[0].shape
    sets: list[Polytope] = []
    for row in search.tied[: int(search.counters[kernel.TIED])]:
        sets.append(
            Polytope(
                tuple(
                    _unit_vectors(size, np.flatnonzero(row[i]))
                    for i, size in enumerate(shape)
                )
            )
        )
    points = []
    for (one, two, at), products in search.pairs.items():
        others = tuple(int(action) for action in np.unravel_index(at, shape))
        vertices: list[Any] = [
            _unit_vectors(size, [action])
            for size, action in zip(shape, others, strict=True)
        ]
        for vertices[one], vertices[two] in products or ():
            if len(vertices[one]) == len(vertices[two]) == 1:
                points.append(judged(gains, tuple(only[0] for only in vertices)))
            else:
                sets.append(Polytope(tuple(vertices)))
    for mixer, at in search.faces[: int(search.counters[kernel.FACES])].tolist():
        others = tuple(int(action) for action in np.unravel_index(at, shape))
        try:
            mixed = tuple(mixing_alone(tables, mixer, others)) if go_on() else None
        except deadline.OutOfTime:
            mixed = None
        if mixed is None:
            # raises, unless the search was cut short before: then nothing is claimed of
            # what is left
            go_on()
            break
        pure = [
            _unit_vectors(size, [action])
            for size, action in zip(shape, others, strict=True)
        ]
        if len(mixed) == 1:
            points.append(
                judged(
                    gains,
                    (
                        *(one[0] for one in pure[:mixer]),
                        mixed[0],
                        *(one[0] for one in pure[mixer + 1 :]),
                    ),
                )
            )
        elif mixed:
            sets.append(Polytope((*pure[:mixer], mixed, *pure[mixer + 1 :])))
    return _greatest(sets), points


def _unit_vectors(size: int, actions: Iterable[Any]) -> tuple[Vector, ...]:
    return tuple(
        tuple(Fraction(int(s == action)) for s in range(size)) for action in actions
    )


def _greatest(sets: list[Polytope]) -> list[Polytope]:
    """Without those that lie in another."""
    kept: list[Polytope] = []
    for one in sorted(dict.fromkeys(sets), key=lambda one: -sum(map(len, one.vertices))):
        if not any(_within(one, other) for other in kept):
            kept.append(one)
    return kept


def _within(one: Polytope, other: Polytope) -> bool:
    return all(
        all(in_hull(vertex, corners) for vertex in mine)
        for mine, corners in zip(one.vertices, other.vertices, strict=True)
    )


def _distinct(points: list[CertifiedPoint]) -> list[CertifiedPoint]:
    """Each equilibrium once.

    Balls of one support that overlap hold the same root: each is the only one in a far
    wider box.
    """
    exact: dict[Any, CertifiedPoint] = {}
    balls: list[CertifiedPoint] = []
    for point in points:
        if point.exact:
            exact.setdefault(point.vectors, point)
        elif not any(_overlap(point, other) for other in balls):
            balls.append(point)
    return [*exact.values(), *balls]


def _overlap(one: CertifiedPoint, other: CertifiedPoint) -> bool:
    for mine, theirs in zip(one.vectors, other.vectors, strict=True):
        for a, b in zip(mine, theirs, strict=True):
            if isinstance(a, Fraction) or isinstance(b, Fraction):
                if type(a) is not type(b) or a != b:
                    return False
            elif not a.overlaps(b):
                return False
    return True
