"""Two places that differ in one parameter.

The nearest at which a verdict changes from some to others as it rises.

The parameter has two values, the first no greater than the second, and every gain that it
is in is two polynomials. A pair of judges reads the signs of both, and the search for the
nearest place goes over all other parameters and the two values together; so where it finds
none, raising the parameter is proved never to do it, wherever the others are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.polynomials import Polynomial
from strategy.protocols import Concept
from strategy.sensitivity.deciding.judges import Allowed, Bounds, Judge, ruled_out
from strategy.sensitivity.deciding.verdicts import Verdict
from strategy.sensitivity.nearest.asked import Asked, limited, planes_over
from strategy.sensitivity.nearest.planes import Planes
from strategy.sensitivity.nearest.products import Products
from strategy.sensitivity.nearest.search import Nearest, Place, nearest
from strategy.sensitivity.nearest.signs_at_points import Signed

__all__ = ["Change", "Pair", "nearest_pair"]

Change = tuple[frozenset[Verdict], frozenset[Verdict]]
"""From one of these verdicts to one of those."""
_CHANGED = frozenset([Verdict.EVERY])
_HALVINGS = 40


@attrs.frozen(eq=False)
class Pair:
    """Values of all parameters that move, for two places.

    ``then`` is the greater value of the parameter that is raised.
    """

    values: Mapping[str, Fraction]
    then: Fraction


def nearest_pair(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any],
    raised: str,
    changes: Sequence[Change],
    *,
    vary: Sequence[str],
    within: Sequence[tuple[Any, bool]],
    nodes: int,
    enough: int | None = None,
    seconds: float | None,
    clock: Callable[[], float],
) -> tuple[Nearest, Pair | None]:
    """The pair with one of the changes for which the other parameters move least in all.

    Moves are measured as shares of their ranges.

    ``within`` holds at both values. Without a pair, ``lower`` None means that there is
    none. Raises RefusalError, with the remedy, where it cannot be answered exactly.
    ``model``, ``concept``, ``outcome``: what is asked about; ``raised``: the parameter;
    ``vary``: which others may move; ``nodes``, ``seconds`` by the ``clock``: limits of the
    search; ``enough``: after so many nodes any pair will do.
    """
    asked = Asked.of(model, concept, outcome, at, vary, None)
    place, count = asked.varied.index(raised), len(asked.varied)

    *unknowns, raised_value = Polynomial.variables(count + 1)

    def first(poly: Polynomial) -> Polynomial:
        return poly.composed(unknowns, count + 1)

    def second(poly: Polynomial) -> Polynomial:
        turned = [*unknowns[:place], raised_value, *unknowns[place + 1 :]]
        return poly.composed(turned, count + 1)

    rise = raised_value - unknowns[place]
    limits = [
        (copy(poly), strict)
        for poly, strict in asked.limits(within)
        for copy in (first, second)
    ]
    polys = [copy(poly) for poly in asked.decide.monomials for copy in (first, second)]
    products = Products.of(
        [*polys, *[poly for poly, _ in limits]],
        [*asked.starts, asked.starts[place]],
        [*asked.ranges, asked.ranges[place]],
    )
    costs = [Fraction(int(i not in (place, count))) for i in range(count + 1)]
    planes = planes_over(products, costs, "sum")
    before, after = [asked.decide.judge(_Copy(planes, copy)) for copy in (first, second)]
    judge = _PairJudge(planes, before, after, changes)
    inside = limited(planes, [(rise, False), *limits])
    if inside is None:
        return Nearest(None, None, None, 0), None
    found = nearest(
        judge,
        _CHANGED,
        nodes=nodes,
        enough=enough,
        seconds=seconds,
        clock=clock,
        within=inside,
    )
    for shares in _on_the_way(found.place, products):
        signs = Signed(planes.rows, shares)
        if judge.bounds(signs).may_hit and all(
            signs(number) & allowed for number, allowed in inside.items()
        ):
            values = products.native(shares[: count + 1])
            return found, Pair(dict(zip(asked.varied, values, strict=False)), values[count])
    return found, None


def _on_the_way(place: Place | None, products: Products) -> Iterator[tuple[Fraction, ...]]:
    """The nearest point, if it counts, else points ever nearer to it."""
    if place is None:
        return
    if place.attained:
        yield place.point
    for halvings in range(1, _HALVINGS):
        yield products.between(place.point, place.beyond, Fraction(1, 2**halvings))


@attrs.frozen(eq=False)
class _Copy:
    """Planes as one of the judges knows them.

    Its polynomials speak of the one value or of the other.
    """

    planes: Planes
    copy: Callable[[Polynomial], Polynomial]

    def number(self, poly: Polynomial) -> int:
        return self.planes.number(self.copy(poly))

    @property
    def polys(self) -> list[Polynomial]:
        return self.planes.polys


class _PairJudge:
    """Says EVERY where the verdict may change so, else NO."""

    exists, closed = True, False

    def __init__(
        self, planes: Planes, before: Judge, after: Judge, changes: Sequence[Change]
    ) -> None:
        self.planes = planes
        self.before = before
        self.after = after
        self.changes = changes
        self.sets = before.sets and after.sets

    def bounds(self, allowed: Allowed) -> Bounds:
        before = self.before.bounds(allowed)
        then = [
            after
            for start, after in self.changes
            if not ruled_out(before, start, self.before.exists)
        ]
        changes = False
        if then:
            after = self.after.bounds(allowed)
            changes = any(not ruled_out(after, one, self.after.exists) for one in then)
        return Bounds(may_hit=changes, must_hit=False, may_miss=True, must_miss=False)
