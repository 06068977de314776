"""What an analysis is asked: a model, values, an outcome, concepts. What the sections share is computed once."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from strategy.assumptions import Model, Outcome
from strategy.errors import ModelError, StrategyError
from strategy.names import FrozenMapping, name, unknown
from strategy.report.choices import fitting
from strategy.report.section import Refused, Section
from strategy.results import Game, Solution
from strategy.solvers.protocol import Limits
from strategy.solving import solve

__all__ = ["Question"]


@attrs.frozen(eq=False, repr=False)
class Question:
    """One model, asked about one outcome (its headline, if none is given) at its baseline or at other values.

    ``map`` names two parameters (the model's focus, if none are given). Raises ModelError if the model has no outcome,
    ParameterError on values that do not fit, RefusalError if no concept takes the game.
    """

    model: Model
    at: FrozenMapping[str, Fraction]
    outcome: Outcome
    map: tuple[str, str] | None
    limits: Limits

    @classmethod
    def of(
        cls,
        model: Model,
        at: Mapping[str, Any] | None = None,
        outcome: str | None = None,
        map: tuple[str, str] | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen, so safe to share
    ) -> Question:
        """Read what was given by name and number."""
        values = model.parameters.read(at)
        given = FrozenMapping({label: values[label] for label in model.parameters if at and label in _read_names(model, at)})
        label = model.headline if outcome is None else name(outcome, "outcome")
        if label is None:
            raise ModelError(f"model {model.name!r} has no outcome to ask about: give it outcomes=(Outcome('...', when=...),)")
        if label not in model.outcomes:
            raise ModelError(f"model {model.name!r}: {unknown(label, model.outcomes, 'outcome')}")
        pair = model.focus if map is None else map
        if pair is not None:
            for one in pair:
                model.parameters[one]
        return cls(model, given, model.outcomes[label], pair, limits)

    @cached_property
    def game(self) -> Game:
        """The game at the values asked about."""
        return self.model.game(at=self.at)

    @cached_property
    def concepts(self) -> tuple[Any, ...]:
        """The solution concepts: the first is the main one."""
        return fitting(self.game)

    @cached_property
    def _solutions(self) -> dict[Any, Solution]:
        return {}

    def solution(self, concept: Any) -> Solution:
        """The equilibria at the values asked about, solved once."""
        if concept not in self._solutions:
            self._solutions[concept] = solve(self.game, concept, limits=self.limits)
        return self._solutions[concept]

    @cached_property
    def _findings(self) -> dict[str, Any]:
        return {}

    def found(self, section: Section) -> Any:
        """What a section finds, found once; ``Refused`` with the reason where it cannot. Sections may rest on one another so."""
        if section.key not in self._findings:
            try:
                self._findings[section.key] = section.find(self)
            except StrategyError as error:
                self._findings[section.key] = Refused(str(error))
        return self._findings[section.key]

    @cached_property
    def values(self) -> FrozenMapping[str, Fraction]:
        """The value of every parameter."""
        return FrozenMapping(self.model.parameters.read(self.at))

    def without(self, *parameters: str) -> dict[str, Fraction]:
        """The values given, except for parameters that vary."""
        return {label: value for label, value in self.at.items() if label not in parameters}


def _read_names(model: Model, at: Mapping[str, Any]) -> set[str]:
    from strategy.assumptions.parameters import parameter_name

    return {parameter_name(label) for label in at}
