"""The least joint move of assumptions after which a verdict is one of some.

What ``radius`` and ``flip`` share.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.errors import ParameterError, StrategyError
from strategy.exact import exact
from strategy.protocols import Concept
from strategy.sensitivity.deciding.at_values import chance_at, verdict
from strategy.sensitivity.deciding.binding import Binding
from strategy.sensitivity.deciding.judges import bit, verdict_of
from strategy.sensitivity.deciding.protocol import Decider
from strategy.sensitivity.deciding.slices import Signs, known_parameter
from strategy.sensitivity.deciding.verdicts import Bounds, Verdict, read_question
from strategy.sensitivity.nearest.asked import Asked, limited, planes_over
from strategy.sensitivity.nearest.moves import Norm
from strategy.sensitivity.nearest.planes import Planes
from strategy.sensitivity.nearest.products import Products
from strategy.sensitivity.nearest.search import Nearest, Place, nearest
from strategy.sensitivity.nearest.signs_at_points import Signed
from strategy.texts import shown

__all__ = ["ChangeQuestion", "ChangeWitness", "Move", "costs_of"]

_BEYOND = Fraction(1, 1000)
"""How far beyond a distance that is not attained a witness may lie."""


@attrs.frozen
class Move:
    """One parameter's part: from its value at the start to another.

    ``share`` of its range, negative if it falls.
    """

    parameter: str
    unit: str
    start: Fraction
    to: Fraction
    share: Fraction


@attrs.frozen
class ChangeWitness:
    """A place at which the verdict is another, checked with ``verdict``.

    The value of every parameter that moved, the verdict there, and the outcome's least and
    greatest probability where an equilibrium may leave it to chance.
    """

    values: Mapping[str, Fraction]
    verdict: Verdict
    chance: Bounds


@attrs.frozen(eq=False)
class ChangeQuestion:
    """Which parameters may move from where, at what cost.

    It also holds everything that decides a verdict there.
    """

    model: Model
    concept: Concept
    outcome: Outcome
    at: Mapping[str, Any]
    norm: Norm
    moving: tuple[str, ...]
    planes: Planes
    decide: Decider
    judge: Any
    within: Mapping[int, int] | None
    """The signs of polynomials that limit where places are looked for; None: no place is within
    the limits."""

    @classmethod
    def of(
        cls,
        model: Model,
        concept: Concept,
        outcome: str | Outcome,
        at: Mapping[str, Any] | None,
        *,
        norm: Norm,
        vary: Sequence[str] | None,
        hold: Sequence[str] | None,
        weights: Mapping[str, Any] | None = None,
        within: Sequence[tuple[Any, bool]] = (),
    ) -> ChangeQuestion:
        """Read a question.

        ``within``: what is at least 0 where places are looked for, above 0 if strict; each
        a polynomial in all parameters, or a polynomial in those that move.

        ``model``, ``concept``, ``outcome``, ``norm``, ``vary``, ``hold`` and ``weights`` as
        ``radius`` and ``flip`` take them.

        Raises RefusalError, with the remedy, where it cannot be answered exactly.
        """
        if norm not in ("max", "sum"):
            raise ParameterError(
                f"norm={norm!r}: give 'max' for the greatest share of a range, or 'sum' "
                "for their sum"
            )
        chosen = read_question(model, concept, outcome)
        asked = Asked.of(model, concept, chosen, at, vary, hold)
        limits = asked.limits(within)
        products = Products.of(
            [*asked.decide.monomials, *[poly for poly, _ in limits]],
            asked.starts,
            asked.ranges,
        )
        planes = planes_over(products, costs_of(model, asked.varied, weights), norm)
        judge = asked.decide.judge(planes)
        inside = limited(planes, limits)
        return cls(
            model,
            concept,
            asked.outcome,
            dict(at or {}),
            norm,
            asked.varied,
            planes,
            asked.decide,
            judge,
            inside,
        )

    @property
    def _origin(self) -> tuple[Fraction, ...]:
        return (Fraction(0),) * len(self.planes.products.start)

    @property
    def start(self) -> Verdict:
        """The verdict at the start."""
        return self.verdict_at(self._origin)

    def verdict_at(self, shares: Sequence[Fraction]) -> Verdict:
        """The verdict at a point in shares of parameters and products, by the judge."""
        return verdict_of(self.judge.bounds(Signed(self.planes.rows, tuple(shares))))

    def nearest(
        self,
        goal: frozenset[Verdict],
        nodes: int,
        seconds: float | None,
        clock: Callable[[], float] = time.monotonic,
        enough: int | None = None,
    ) -> Nearest:
        """The nearest place of a goal; after ``enough`` nodes any that is known.

        ``seconds``: by the ``clock``, at most.
        """
        if nodes < 1:
            raise ParameterError(f"nodes={shown(nodes)}: expected a positive integer")
        if self.within is None:
            return Nearest(None, None, None, 0)
        return nearest(
            self.judge,
            goal,
            nodes=nodes,
            enough=enough,
            seconds=seconds,
            clock=clock,
            within=self.within,
        )

    def native(self, shares: Sequence[Fraction]) -> tuple[Fraction, ...]:
        """A point as values of the moving parameters.

        ``shares``: the point.
        """
        return self.planes.products.native(shares[: len(self.moving)])

    def moves(self, place: Place | None) -> tuple[Move, ...]:
        """From the start to the nearest point, the largest share first.

        ``place``: the nearest one found, None if there is none.
        """
        if place is None:
            return ()
        rows = zip(
            self.moving,
            self.planes.products.start,
            self.native(place.point),
            place.point,
            strict=False,
        )
        found = [
            Move(label, self.model.parameters[label].unit, a, b, x)
            for label, a, b, x in rows
            if x
        ]
        return tuple(sorted(found, key=lambda one: -abs(one.share)))

    def witness(
        self, place: Place | None, goal: frozenset[Verdict]
    ) -> tuple[ChangeWitness | None, tuple[Binding, ...]]:
        """A place at which the goal holds, at the distance or just beyond it, checked.

        The deviations that bind there come with it.
        """
        if place is None:
            return None, ()
        shares = place.point if place.attained else self._just_beyond(place, goal)
        values = dict(zip(self.moving, self.native(shares), strict=True))
        there = {**self.at, **values}
        found = verdict(self.model, self.concept, self.outcome, at=there)
        if found not in goal:
            raise StrategyError(
                f"at {values} the verdict is {found.name}, which the search did not "
                "expect: report this"
            )
        moved = {
            label: value
            for (label, value), x in zip(values.items(), shares, strict=False)
            if x
        }
        chance = chance_at(self.model, self.concept, self.outcome.name, there)
        return ChangeWitness(moved, found, chance), self._binding(place.point, shares)

    def _just_beyond(self, place: Place, goal: frozenset[Verdict]) -> tuple[Fraction, ...]:
        """A little farther the same way if the goal holds there.

        Else towards the place that the search found.
        """
        farther = tuple([2 * x for x in place.point])
        step = Fraction(1)
        moves = self.planes.moves
        while True:
            step /= 2
            for aim in (farther, place.beyond):
                shares = self.planes.products.between(place.point, aim, step)
                inside = all(
                    a <= x <= b
                    for a, x, b in zip(moves.low, shares, moves.high, strict=True)
                )
                near = (
                    inside
                    and moves.distance(shares) <= place.distance + _BEYOND
                    and self._allowed(shares)
                )
                if (
                    near
                    and self.verdict_at(shares) in goal
                    and self._same_side(place.point, shares)
                ):
                    return shares

    def _allowed(self, shares: Sequence[Fraction]) -> bool:
        """Whether the limits hold."""
        return all(
            bit(self.planes.rows[number](shares)) & signs
            for number, signs in (self.within or {}).items()
        )

    def _same_side(self, point: Sequence[Fraction], other: Sequence[Fraction]) -> bool:
        """Whether no polynomial that is not 0 at the first point has another sign at the second."""
        pairs = [(row(point), row(other)) for row in self.planes.rows]
        return all(not a or a * b > 0 for a, b in pairs)

    def _binding(
        self, point: tuple[Fraction, ...], beyond: tuple[Fraction, ...]
    ) -> tuple[Binding, ...]:
        step = Fraction(1, 2)
        if not any(point):
            before = point
        else:
            while not self._same_side(
                point, before := self.planes.products.between(point, self._origin, step)
            ):
                step /= 2
        sides = [Signs(self.native(one)) for one in (before, point, beyond)]
        return self.decide.binding(*sides)


def costs_of(
    model: Model, varied: Sequence[str], weights: Mapping[str, Any] | None
) -> tuple[Fraction, ...]:
    """What moving each parameter over its whole range costs: 1, or what ``weights`` says.

    ``model``: the model; ``varied``: names of the parameters that move.
    """
    given = {
        known_parameter(model, label): exact(value, f"weight of {label}")
        for label, value in (weights or {}).items()
    }
    for label, value in given.items():
        if value < 0:
            raise ParameterError(
                f"weight of {label} is {value}: expected 0 or more; a parameter that must "
                "not move goes into hold="
            )
    return tuple([given.get(label, Fraction(1)) for label in varied])
