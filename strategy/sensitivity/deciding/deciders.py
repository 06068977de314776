"""Which equilibria there are at a place of a slice, decided by the signs of the gains that matter there.

Deciding records every form whose sign was asked for. As long as these signs stay, so does the answer: this is what makes
thresholds and maps exact. Tables ask for all their distinct gains; trees only for the comparisons that backward induction makes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Protocol

import attrs
import numpy as np

from strategy import deadline
from strategy.algebraic import Point
from strategy.assumptions.gains import gains_of
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.concepts.nash import Nash
from strategy.concepts.pure_nash import PureNash
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect
from strategy.errors import ParameterError, RefusalError
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.normal import NormalForm
from strategy.sensitivity.deciding.slices import Form, Place, Signs, Slice, canonical
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = ["Decider", "Found", "decide", "decider", "probabilities"]


@attrs.frozen
class Found:
    """The equilibria at a place, as far as a verdict needs them: the plays that happen in some equilibrium, whether the outcome
    happens with positive probability in some (``hit``), and fails to with positive probability in some (``miss``)."""

    plays: frozenset[int]
    hit: bool
    miss: bool

    @property
    def verdict(self) -> Verdict:
        """The verdict that this amounts to."""
        if not self.plays:
            return Verdict.NONE_EXISTS
        if not self.miss:
            return Verdict.EVERY
        return Verdict.SOME if self.hit else Verdict.NO


class Decider(Protocol):
    """Decides by signs."""

    slice: Slice

    def found(self, signs: Callable[[Form], int]) -> Found:
        """What there is where the forms have these signs."""


def decides(model: Model, concept: Any) -> bool:
    """Whether ``decider`` answers for a concept, or says why the concept does not fit; False if it takes the game, but signs of
    polynomials in the parameters do not decide its equilibria."""
    if isinstance(concept, (type, PureNash, PureSubgamePerfect)) or not hasattr(concept, "refuses"):
        return True
    return (isinstance(concept, Nash) and len(model.players) == 2) or concept.refuses(model.game()) is not None


def decider(where: Slice, concept: Any, outcome: Outcome) -> Decider:
    """The decider for a model and concept. Raises RefusalError, with the remedy, where signs alone do not decide."""
    model = where.model
    if isinstance(concept, type) or not hasattr(concept, "refuses"):
        raise RefusalError(f"{concept!r} is no solution concept: give an instance, such as PureNash() or PureSubgamePerfect()")
    if isinstance(concept, PureNash) and isinstance(model.form, NormalForm):
        return TableDecider(where, concept, outcome)
    if isinstance(concept, PureSubgamePerfect) and isinstance(model.form, ExtensiveForm):
        reason = concept.refuses(model.game())
        if reason is not None:
            raise RefusalError(reason)
        from strategy.sensitivity.deciding.tree_decider import TreeDecider

        return TreeDecider(where, outcome)
    if isinstance(concept, Nash) and isinstance(model.form, NormalForm):
        from strategy.sensitivity.deciding.mixed_decider import MixedDecider

        return MixedDecider(where, outcome)
    reason = concept.refuses(model.game())
    raise RefusalError(
        reason
        or f"exact thresholds and maps are for PureNash and PureSubgamePerfect, not for {concept}: use verdict() at chosen values"
    )


class TableDecider:
    """Pure Nash equilibria of a table, with or without weakly dominated actions."""

    def __init__(self, where: Slice, concept: PureNash, outcome: Outcome) -> None:
        self.slice, self.concept, self.mask = where, concept, outcome.mask
        self.gains = gains_of(where.model)
        self.forms = [canonical(where.restrict(form)) for form in self.gains.forms]

    def signs(self, signs: Callable[[Form], int]) -> Any:
        """The sign of every distinct gain."""
        return np.array([turn * signs(form) if len(form) else 0 for form, turn in self.forms], dtype=np.int8)

    def found(self, signs: Callable[[Form], int]) -> Found:
        """What there is where the forms have these signs."""
        deadline.check()
        return self.of(self.signs(signs))

    def of(self, signs: Any) -> Found:
        """What there is given the sign of every distinct gain."""
        plays = np.flatnonzero(self.gains.stable(signs, undominated=self.concept.undominated))
        happens = self.mask[plays]
        return Found(frozenset(plays.tolist()), bool(happens.any()), bool((~happens).any()))


@lru_cache(maxsize=64)
def _cached(model: Model, concept: Any, outcome: Outcome, varied: tuple[str, ...], values: tuple[Any, ...]) -> Decider:
    return decider(Slice(model, varied, dict(values)), concept, outcome)


def _at_place(model: Model, concept: Any, outcome: Outcome, varied: str, at: Mapping[str, Any]) -> tuple[Decider, Place]:
    rest = {label: given for label, given in at.items() if label != varied}
    where, point = Slice.of(model, (varied,), rest), at[varied]
    parameter = model.parameters[where.varied[0]]
    if not parameter.low <= point <= parameter.high:
        raise ParameterError(
            f"{varied} = {point!r} is outside its range from {parameter.low} to {parameter.high}: give a value inside"
        )
    return _cached(model, concept, outcome, where.varied, tuple(where.values.items())), (point,)


def decide(model: Model, concept: Any, outcome: Outcome, varied: str, at: Mapping[str, Any]) -> Found:
    """What there is where one parameter may be irrational."""
    found, place = _at_place(model, concept, outcome, varied, at)
    return found.found(Signs(place))


def probabilities(model: Model, concept: Any, outcome: Outcome, varied: str, at: Mapping[str, Any]) -> tuple[Point, Point] | None:
    """The least and greatest probability of the outcome where one parameter may be irrational."""
    from strategy.sensitivity.deciding.tree_decider import TreeDecider

    found, place = _at_place(model, concept, outcome, varied, at)
    if isinstance(found, TreeDecider):
        return found.probabilities(place)
    here = found.found(Signs(place))
    if not here.plays:
        return None
    if not isinstance(found, TableDecider) and (here.hit and here.miss):
        raise RefusalError(
            f"probabilities of mixed equilibria are not computed at an irrational value of {varied}: give a rational one near it"
        )
    from fractions import Fraction

    return Fraction(int(not here.miss)), Fraction(int(here.hit))
