"""What keeps a course an equilibrium.

Few signs of gains, those whose failing always ends it, and how far it is to where it ends.

In a tree with perfect information what the others do off the path may be any equilibrium of
what is left there, so where a course is one is a union of polyhedra. The signs kept here
make one of them, around the start; how far it is to where the course ends takes all of them
into account.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import attrs

from strategy.sensitivity.deciding.judges import ALL, MINUS, PLUS, ZERO, Judge
from strategy.sensitivity.deciding.protocol import Decider
from strategy.sensitivity.deciding.verdicts import Verdict
from strategy.sensitivity.nearest.planes import Planes
from strategy.sensitivity.nearest.reasons import Relaxing, reason
from strategy.sensitivity.nearest.search import Nearest, nearest
from strategy.sensitivity.nearest.signs_at_points import Signed

__all__ = ["Kept", "keeping"]

_GONE = frozenset([Verdict.NO, Verdict.NONE_EXISTS])
_THERE = frozenset([Verdict.EVERY, Verdict.SOME])
_FEW = 60


@attrs.frozen(eq=False)
class Kept:
    """What keeps a course an equilibrium.

    ``signs``: by the number of a polynomial the signs that it may have. As long as all have one,
    the course is an equilibrium. ``needed``: the polynomials of which it is shown that the course
    is none where they have another sign. ``end``: the nearest place at which it is none;
    ``attained``: whether it is none there, or only just beyond (None: not settled).
    """

    signs: Mapping[int, int]
    needed: frozenset[int]
    end: Nearest
    attained: bool | None


def keeping(planes: Planes, decide: Decider, leaves: frozenset[int], nodes: int) -> Kept:
    """What keeps a course that is an equilibrium at the start.

    ``leaves``: the plays that agree with it. ``planes``: the forms; ``decide``: the
    decider; ``nodes``: how many places to look at.
    """
    judge = decide.judge(planes, leaves)
    end = nearest(judge, _GONE, nodes=nodes)
    if end.lower is None:
        return Kept({}, frozenset(), end, None)
    signs = _widened(
        judge,
        _few(
            judge,
            Signed(planes.rows, (Fraction(0),) * len(planes.products.start)),
            not judge.closed,
        ),
    )
    # what holds inside a polyhedron holds on its border too, so there zero is added
    # afterwards
    if judge.closed:
        signs = {number: allowed | ZERO for number, allowed in signs.items()}
    needed = [
        number
        for number, allowed in signs.items()
        if _ends(judge, number, planes.widest[number] & ~allowed)
    ]
    attained = end.attained and not judge.closed if end.settled else None
    return Kept(signs, frozenset(needed), end, attained)


def _few(judge: Judge, start: Callable[[int], int], adds: bool) -> Mapping[int, int]:
    """Signs that keep the course, as far from turning as can be.

    Letting go of one polynomial may make another count that did not before, so all that ever
    """
    planes = judge.planes
    found = reason(judge, _GONE, {}, start, planes.cost)
    assert found is not None, "the course is an equilibrium at the start"
    while judge.sets:
        known = len(planes.polys)
        relaxing = Relaxing(judge, _GONE, {}, start, adds)
        relaxing.now.update({number: start(number) for number in range(known)})
        relaxing.relax(
            sorted(
                range(known),
                key=lambda number: (planes.cost(number, start(number)), number),
            )
        )
        if len(planes.polys) == known:
            return {
                number: signs
                for number, signs in relaxing.now.items()
                if signs != relaxing.widest(number)
            }
    return found


def _widened(judge: Judge, found: Mapping[int, int]) -> dict[int, int]:
    """Where a polynomial must be zero as it stands, one side of zero may do as well."""
    signs = dict(found)
    for number, allowed in found.items():
        for wide in (ZERO | PLUS, ZERO | MINUS) if allowed == ZERO and judge.sets else ():
            relaxing = Relaxing(judge, _GONE, {}, lambda _: ALL)
            relaxing.now.update(
                {k: judge.planes.widest[k] for k in range(len(judge.planes.polys))}
                | signs
                | {number: wide}
            )
            if relaxing.holds():
                signs[number] = wide
                break
    return signs


def _ends(judge: Judge, number: int, signs: int) -> bool:
    """Whether the course is shown to be no equilibrium wherever a polynomial turns so.

    Wherever it has one of these signs.
    """
    if not judge.sets:
        return False  # such trees are large, and each place takes a whole induction
    sides = (MINUS, PLUS) if signs == MINUS | PLUS else (signs,)
    found = [
        nearest(judge, _THERE, nodes=_FEW, enough=1, within={number: side})
        for side in sides
    ]
    return all(one.lower is None and not one.cut for one in found)
