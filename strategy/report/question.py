"""What an analysis is asked: a model, values, an outcome, concepts.

What the sections share is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from strategy.assumptions import Model, Outcome
from strategy.concepts.choices import fitting
from strategy.errors import ModelError
from strategy.names import FrozenMapping, name, require_order, unknown
from strategy.protocols import Concept, Game
from strategy.registry import registered
from strategy.results import Solution
from strategy.solvers.protocol import Limits
from strategy.solving import solve

__all__ = ["Question"]


@attrs.frozen(eq=False, repr=False)
class Question:
    """One model, asked about one outcome at its baseline or at other values.

    The outcome is its headline, if none is given.

    ``map`` names two parameters (the model's focus, if none are given). Raises ModelError
    if the model has no outcome, ParameterError on values that do not fit, RefusalError if
    no concept takes the game.
    """

    model: Model
    at: FrozenMapping[str, Fraction]
    outcome: Outcome
    map: tuple[str, str] | None
    limits: Limits
    called: str = ""
    """How a command line names the model; empty where it has no name there."""

    @classmethod
    def of(
        cls,
        model: Model,
        at: Mapping[str, Any] | None = None,
        outcome: str | None = None,
        map: tuple[str, str] | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen, so safe to share
        called: str | None = None,
    ) -> Question:
        """Read what was given by name and number.

        ``called``: the model's name on the command line; a registered one is known. ``at``,
        ``outcome``, ``map`` and ``limits`` as ``analyse`` takes them.
        """
        values = model.parameters.read(at)
        given = FrozenMapping(
            {
                label: values[label]
                for label in model.parameters
                if at and label in _read_names(model, at)
            }
        )
        label = model.headline if outcome is None else name(outcome, "outcome")
        if label is None:
            raise ModelError(
                f"model {model.name!r} has no outcome to ask about: give it "
                "outcomes=(Outcome('...', when=...),)"
            )
        if label not in model.outcomes:
            raise ModelError(
                f"model {model.name!r}: {unknown(label, model.outcomes, 'outcome')}"
            )
        pair = model.focus if map is None else map
        if pair is not None:
            _require_pair(pair)
            for one in pair:
                model.parameters[one]
        return cls(
            model,
            given,
            model.outcomes[label],
            pair,
            limits,
            _registered(model) if called is None else called,
        )

    @cached_property
    def game(self) -> Game:
        """The game at the values asked about."""
        return self.model.game(at=self.at)

    @cached_property
    def concepts(self) -> tuple[Any, ...]:
        """The solution concepts: the first is the main one."""
        return fitting(self.game)

    @cached_property
    def _known(self) -> dict[Hashable, Any]:
        return {}

    def once(self, key: Hashable, find: Callable[[], Any]) -> Any:
        """What ``find`` finds, found once for each key.

        Sections and inquiries share their findings so.
        """
        if key not in self._known:
            self._known[key] = find()
        return self._known[key]

    def solution(self, concept: Concept) -> Solution:
        """The equilibria under a ``concept`` at the values asked about, solved once."""
        found: Solution = self.once(
            ("solution", concept), lambda: solve(self.game, concept, limits=self.limits)
        )
        return found

    def about(self, outcome: str) -> Question:
        """The same question about another outcome of the model.

        Itself if it is about that one already.
        """
        if outcome == self.outcome.name:
            return self
        found: Question = self.once(
            ("outcome", outcome),
            lambda: attrs.evolve(self, outcome=self.model.outcomes[outcome]),
        )
        return found

    @cached_property
    def values(self) -> FrozenMapping[str, Fraction]:
        """The value of every parameter."""
        return FrozenMapping(self.model.parameters.read(self.at))

    def without(self, *parameters: str) -> dict[str, Fraction]:
        """The values given, except for parameters that vary."""
        return {label: value for label, value in self.at.items() if label not in parameters}


def _registered(model: Model) -> str:
    """The model's name if it is registered under it, this very model and no variant.

    Else nothing.
    """
    load = registered("models").get(model.name)
    return model.name if load is not None and load() is model else ""


def _read_names(model: Model, at: Mapping[str, Any]) -> set[str]:
    from strategy.assumptions.parameters import parameter_name

    return {parameter_name(label) for label in at}


def _require_pair(given: Any) -> None:
    require_order(given, "map", ModelError)
    if isinstance(given, str) or len(given) != 2:
        raise ModelError(
            f"map={given!r}: give two parameters, such as ('leverage', 'commitment')"
        )
