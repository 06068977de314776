"""What decides a verdict on a slice of the parameter space.

It decides by the signs of polynomials in what varies there, and is the one opening through
which thresholds, maps, distances, samples and proofs ask about a kind of game and a
concept.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from strategy.algebraic import Point
from strategy.assumptions.gains import Gains
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import leaves_to_chance
from strategy.errors import RefusalError
from strategy.linear.inequality import Inequality
from strategy.polynomials import Polynomial
from strategy.protocols import Concept
from strategy.sensitivity.deciding.binding import Binding
from strategy.sensitivity.deciding.courses import There
from strategy.sensitivity.deciding.found import Found, Worth
from strategy.sensitivity.deciding.inequalities import (
    Needed,
    irredundant,
    ranges_of,
    read,
)
from strategy.sensitivity.deciding.judges import Judge, Numbered
from strategy.sensitivity.deciding.slices import Place, Signs, Slice
from strategy.sensitivity.deciding.worths import extreme, payoffs_along

__all__ = ["AtSamples", "Decider", "Standing", "undecided"]

Booleans = NDArray[np.bool_]
AtSamples = Callable[[NDArray[np.float64]], tuple[Booleans, Booleans, Booleans]]
"""For each row of parameter values: whether some equilibrium has the outcome, some has not,
and whether floats do not tell."""


def undecided(what: str, concept: Concept) -> RefusalError:
    """The one refusal of what a concept has no decider for, or its decider does not answer."""
    return RefusalError(
        f"{what} are for concepts whose equilibria signs of gains decide, PureNash and "
        f"PureSubgamePerfect among them, not for {concept}: use PureNash() in a table, "
        "PureSubgamePerfect() in a tree, or use verdict() at chosen values"
    )


class Standing(NamedTuple):
    """What keeps an equilibrium one: its plays, and what is needed.

    ``together``: these are the plays of all equilibria, and what is needed keeps them the
    same.
    """

    plays: tuple[int, ...]
    needed: list[Needed]
    together: bool


class Decider(ABC):
    """Decides by signs.

    A kind of its own inherits this and gives ``fits`` and ``found``; then verdicts,
    thresholds and maps are there. The rest holds of every decider as it stands, or is
    refused in words, until a kind knows better.

    It may ask for the signs of polynomials, and for nothing else. Whoever gives the signs keeps
    what was asked for: as long as these signs stay, so does the answer.
    """

    def __init__(self, where: Slice, concept: Concept, outcome: Outcome) -> None:
        self.slice = where
        self.concept = concept
        self.mask = outcome.mask

    # -- which model and concept

    @classmethod
    @abstractmethod
    def fits(cls, model: Model, concept: Concept) -> bool | str:
        """Whether it decides for this model and concept.

        If it does not, though they are of its kind, this is the reason, with the remedy.
        """

    @classmethod
    def in_floats(cls, model: Model) -> bool:
        """Whether ``at_samples`` settles nearly every row in floats.

        ``model``: the model.
        """
        return False

    # -- at a place

    @abstractmethod
    def found(self, signs: Callable[[Polynomial], int]) -> Found:
        """What there is where the polynomials have these signs."""

    def worths(self, signs: Callable[[Polynomial], int]) -> Worth:
        """What there is, with what it is worth to each player.

        So that on each face one polynomial is the least, one the greatest.

        Not known where payoffs divide by what varies, and for mixed equilibria. ``signs``:
        form -> sign.
        """
        here = self.found(signs)
        bounds = list[tuple[Polynomial, Polynomial] | None]()
        for worth in self.payoffs_along:
            worths = (
                list(dict.fromkeys([worth[play] for play in sorted(here.plays)]))
                if worth and not self._random
                else []
            )
            bounds.append(
                (extreme(worths, signs, -1), extreme(worths, signs, 1)) if worths else None
            )
        return Worth(here.plays, here.hit, here.miss, tuple(bounds))

    @cached_property
    def payoffs_along(self) -> list[list[Polynomial] | None]:
        """For each player, what each play pays.

        It is None where that is not a polynomial in what varies.
        """
        return [payoffs_along(self.slice, player) for player in self.slice.model.players]

    def probabilities(self, place: Place) -> tuple[Point, Point] | None:
        """The least and the greatest probability of the outcome at a place.

        Over the equilibria there; None if there is none.
        """
        here = self.found(Signs(place))
        if self._random and here.hit and here.miss:
            raise RefusalError(
                f"probabilities under {self.concept} are not computed at an irrational "
                f"value of {self.slice.varied[0]}: give a rational one near it"
            )
        return (
            (Fraction(int(not here.miss)), Fraction(int(here.hit))) if here.plays else None
        )

    def there(self, signs: Callable[[Polynomial], int], plays: frozenset[int]) -> There:
        """The equilibria by what is played in them.

        ``plays``: what was found with these signs.
        """
        if self._random:
            raise undecided("equilibria followed one by one", self.concept)
        return There(self.slice.model, plays)

    @property
    def _random(self) -> bool:
        return leaves_to_chance(self.concept, self.slice.model.form)

    # -- from a place to others

    def binding(self, below: Signs, here: Signs, above: Signs) -> tuple[Binding, ...]:
        """The deviations that bind at a place.

        Given the signs just below, at and just above it. ``here``: form -> sign at the
        place.
        """
        before, at, after = [self.found(signs).verdict for signs in (below, here, above)]
        if before is at is after:
            return ()
        return tuple(
            dict.fromkeys(self.turning(below, here if before is after else above, here))
        )

    def turning(self, first: Signs, second: Signs, here: Signs) -> Iterator[Binding]:
        """The deviations that change the verdict from the first signs to the second.

        Both are beside those here; as far as known.
        """
        yield from ()

    def inequalities(
        self, signs: Signs, every: bool, samples: NDArray[np.float64] | None = None
    ) -> tuple[Inequality, ...] | None:
        """Inequalities that hold at a place and are enough for the outcome to hold.

        In every equilibrium (``every``), or in at least one, over the ranges of what
        varies; those that the ranges or one other imply are left out.

        ``samples``: rows of varied values at which the outcome holds. None if the place is
        not in general position (a gain is zero), or a gain that matters there is not
        affine. ``signs``: form -> sign at the place.
        """
        needed = self.needed(signs, every, samples)
        if any(not one.sign or one.poly.degree > 1 for one in needed):
            return None
        found = [
            read(one.poly, one.sign, one.strict, self.slice.varied)
            for one in dict.fromkeys(needed)
        ]
        return tuple(
            irredundant([one for one in found if one.coefficients], ranges_of(self.slice))
        )

    def needed(
        self, signs: Signs, every: bool, samples: NDArray[np.float64] | None = None
    ) -> list[Needed]:
        """What is enough for that: the signs of all that was compared.

        ``every``: whether the outcome is to hold in every equilibrium; ``samples``: rows of
        values, as ``inequalities`` takes them.
        """
        self.found(signs)
        return [Needed(poly, sign, True) for poly, sign in signs.asked.items()]

    def standing(self, signs: Signs) -> list[Standing] | None:
        """What keeps the equilibria at a place.

        The result is None if that takes a search for each, course by course. ``signs``:
        form -> sign at the place.
        """
        plays = tuple(sorted(self.found(signs).plays))
        if not all(signs.asked.values()):
            raise RefusalError(
                "a gain that matters is zero at these values, so no inequality around "
                "them is strict: give other values"
            )
        return [
            Standing(
                plays,
                [Needed(poly, sign, True) for poly, sign in signs.asked.items()],
                True,
            )
        ]

    # -- wherever parameters may move

    @property
    def monomials(self) -> list[Polynomial]:
        """Polynomials that contain every monomial that a gain may contain.

        Raises RefusalError where distances are not exact.
        """
        raise undecided("exact distances", self.concept)

    def judge(self, planes: Numbered, wanted: frozenset[int] | None = None) -> Judge:
        """What judges by sets of signs.

        ``wanted``: an equilibrium is a hit if all its plays are among these, instead of one
        with the outcome. ``planes``: the forms by number.
        """
        raise undecided("exact distances", self.concept)

    @property
    def compared(self) -> Iterable[Any] | None:
        """Polynomials in all parameters on whose signs alone the equilibria rest anywhere.

        The value is None if they are not known.
        """
        return None

    @property
    def breaking(self) -> Gains | None:
        """The gains of a table that break the equilibrium in a play; None elsewhere.

        The play is an equilibrium if and only if none from it is positive.
        """
        return None

    def at_samples(self) -> AtSamples:
        """What judges many rows of parameter values at once."""
        raise undecided("verdicts of many samples at once", self.concept)
