"""Flip: the cheapest change of assumptions after which an outcome comes about.

It then comes about in some, or in every, equilibrium.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import (
    BOUNDS_NODES,
    BOUNDS_TIME,
    NOTHING_PROVED_BEYOND,
    equilibrium,
    in_which,
)
from strategy.display import number
from strategy.errors import ParameterError
from strategy.protocols import Concept
from strategy.sensitivity.analyses.change_finding import (
    NOTHING_MOVES,
    Change,
    bound_text,
    searched,
)
from strategy.sensitivity.deciding.verdicts import Verdict
from strategy.sensitivity.nearest.changes import costs_of
from strategy.sensitivity.nearest.moves import Norm
from strategy.texts import number_text

__all__ = ["Flip", "flip"]

_GOALS = {
    "some": frozenset([Verdict.SOME, Verdict.EVERY]),
    "every": frozenset([Verdict.EVERY]),
}


@attrs.frozen(eq=False, repr=False)
class Flip(Change):
    """The cheapest change after which the outcome comes about.

    In every equilibrium, or in some if ``in_every`` is False. ``weights``: what moving a
    parameter over its whole range costs, where that is not 1.

    ``model``, ``concept``, ``outcome``, ``at``, ``norm``: what was asked; ``moving``: the
    parameters that may move; ``goal``: the verdicts looked for; ``start``,
    ``start_chance``: the verdict and the outcome's probability before. What was found,
    ``lower``, ``upper``, ``attained``, ``moves``, ``witness``, ``binding``, ``nodes``,
    ``cut_short`` and ``held``, is as in every Change.
    """

    in_every: bool = True
    weights: Mapping[str, Fraction] = attrs.field(factory=dict)

    @property
    def cost(self) -> Fraction | None:
        """The least cost, exactly.

        It is None if no change within the ranges does it, or if only bounds are known
        (``proved``).
        """
        return self.distance

    @property
    def _aim(self) -> str:
        return in_which("every" if self.in_every else "some", equilibrium(self.concept))

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"The cheapest change after which {self.outcome!r} in {self.model.name} comes "
            f"about {self._aim}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What it costs, what it is, and who switches there."""
        return (*self._begins, *self._price, *self._direction)

    @property
    def _price(self) -> list[str]:
        of = self._of_these
        does = f"brings {self.outcome!r} about {self._aim}"
        if not self.moving and self.lower is None:
            return [NOTHING_MOVES]
        if self.lower is None:
            return [f"No change{of} within the ranges {does}."]
        unit = self._unit
        if self.cut_short and not self.lower and self.upper is None:
            return [
                (
                    f"The search was cut short after {self.nodes} nodes, so the least "
                    f"cost is open; more time may settle it. {unit}"
                )
            ]
        if self.upper is None:
            return [
                f"No change{of} that costs less than {number(self.lower)} {does}. The "
                f"search was cut short after {self.nodes} nodes, and "
                f"{NOTHING_PROVED_BEYOND}; more nodes may settle it. {unit}"
            ]
        if not self.proved:
            return [
                f"No change{of} that costs less than {bound_text(self.lower)} {does}; one "
                f"of {bound_text(self.upper, up=True)}, or just beyond, does. {self._gap} "
                f"{unit}"
            ]
        if not self.lower and self.attained and not self.moves:
            return ["It does so without any change."]
        if self.attained is None:
            return [
                (
                    f"The cheapest change{of} that {does} costs {number(self.lower)}, or "
                    f"arbitrarily little more. {unit}"
                )
            ]
        if self.attained:
            return [
                f"The cheapest change{of} that {does} costs {number(self.lower)}. {unit}"
            ]
        above = f"Any cost above {number(self.lower)} is enough for a change{of}"
        return [f"{above} that {does}; that cost itself is not. {unit}"]

    @property
    def _unit(self) -> str:
        """What costs are measured in."""
        each = "1 is a move over the whole range of a parameter" + (
            ", times its weight" if self.weights else ""
        )
        return (
            f"({each}; {'costs add up' if self.norm == 'sum' else 'the greatest counts'}.)"
        )

    def data(self) -> dict[str, Any]:
        """All of it."""
        weights = {label: number_text(value) for label, value in self.weights.items()}
        return {**super().data(), "in_every": self.in_every, "weights": weights}


def _read_weights(texts: list[str]) -> dict[str, str]:
    """Weights from texts NAME=COST."""
    found: dict[str, str] = {}
    for text in texts:
        label, _, cost = [part.strip() for part in text.partition("=")]
        if not label or not cost or label in found:
            raise ParameterError(
                f"weight {text!r}: expected NAME=COST once for each parameter, such as "
                "transit_income=3"
            )
        found[label] = cost
    return found


def flip(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    goal: Annotated[
        Literal["some", "every"],
        "Whether the outcome is to hold in some or in every equilibrium.",
    ] = "every",
    norm: Annotated[
        Norm, "sum: the costs of all moves add up; max: only the greatest counts."
    ] = "sum",
    weights: Annotated[
        Mapping[str, Any] | None,
        "NAME=COST: what moving a parameter over its whole range costs (default: 1); may "
        "be repeated.",
        _read_weights,
    ] = None,
    vary: Annotated[
        list[str] | None, "Move only the parameter NAME; may be repeated."
    ] = None,
    hold: Annotated[
        list[str] | None, "Hold the parameter NAME at its value; may be repeated."
    ] = None,
    nodes: Annotated[int, BOUNDS_NODES] = 200,
    seconds: Annotated[float | None, BOUNDS_TIME] = None,
) -> Flip:
    """The cheapest change of assumptions after which the outcome comes about.

    It comes about in some, or in every, equilibrium, as asked. Moves start at the baseline,
    or at the values given, and stay inside the ranges. "Comes about" in some equilibrium
    means with positive probability. The cost is exact, unless gains contain products of
    what moves: then it may be given by proved bounds at most 1/100000 apart. Parameters on
    which probabilities of chance depend are held fixed.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    to start from (name -> number). ``goal``: "every" or "some" equilibrium; ``norm``: "sum"
    adds up the costs of all moves, "max" counts the greatest alone; ``weights``: what
    moving a parameter over its whole range costs (name -> number; 1 where not said).
    ``vary``: move only these; ``hold``: hold these; ``nodes`` and ``seconds``: limits of
    the search, at which it stops with bounds.

    Those that are held are listed in ``held``; to ``vary`` one of them is refused.
    """
    if goal not in _GOALS:
        raise ParameterError(f"goal={goal!r}: give 'some' or 'every'")
    found = searched(
        model,
        concept,
        outcome,
        at,
        lambda _: _GOALS[goal],
        norm=norm,
        vary=vary,
        hold=hold,
        weights=weights,
        nodes=nodes,
        seconds=seconds,
    )
    costs = zip(found["moving"], costs_of(model, found["moving"], weights), strict=True)
    return Flip(
        **found,
        in_every=goal == "every",
        weights={label: cost for label, cost in costs if cost != 1},
    )
