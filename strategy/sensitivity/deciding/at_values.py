"""Verdicts at chosen values.

Solved where they are rational, decided by signs where one is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.algebraic import AlgebraicNumber, Point
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import Seen, leaves_to_chance
from strategy.errors import ParameterError, RefusalError
from strategy.exact import span_of
from strategy.linear.inequality import Inequality
from strategy.protocols import Concept
from strategy.results import Status
from strategy.sensitivity.deciding.deciders import decider
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.protocol import Decider
from strategy.sensitivity.deciding.slices import Place, Signs, Slice
from strategy.sensitivity.deciding.verdicts import (
    Bounds,
    Verdict,
    probabilities_in,
    read_question,
    the_outcome,
    verdict_of,
)
from strategy.solvers.protocol import Limits, Solver
from strategy.solving import solve

__all__ = [
    "around",
    "chance_at",
    "decide",
    "judged",
    "outcome_probability",
    "probabilities",
    "verdict",
]


def verdict(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    solver: Solver | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, so safe to share
) -> Verdict:
    """Whether the outcome holds in every, some or no equilibrium at the values given.

    ``model``, ``concept``, ``outcome``: what is asked about. ``at`` overrides baselines
    (name -> int, str, Fraction, Decimal or float); one value may be an AlgebraicNumber (a
    threshold), under concepts that have thresholds. ``solver`` and ``limits``: as ``solve``
    takes them. From a set that is PARTIAL or STOPPED only SOME can be proved; otherwise
    UNKNOWN.
    """
    chosen = read_question(model, concept, outcome)
    irrational = _irrational(at)
    if irrational is not None:
        if solver is not None:
            raise RefusalError(
                f"{irrational} is irrational here, and signs alone decide there: leave "
                "solver=None, or give rational values"
            )

        return decide(model, concept, chosen, irrational, at or {}).verdict
    solution = solve(model.game(at=at), concept, solver=solver, limits=limits)
    if solution.status is Status.STOPPED:
        # the end of work that this is a part of, which solve() has kept for itself, says
        # nothing of the verdict
        deadline.check()
    return verdict_of(solution, chosen)


def _irrational(at: Mapping[str, Any] | None) -> str | None:
    if at is not None and not isinstance(at, Mapping):
        raise ParameterError(
            f"at={at!r}: give values by name, such as {{'transit_income': '0.2'}}"
        )
    found = [
        label for label, given in (at or {}).items() if isinstance(given, AlgebraicNumber)
    ]
    if len(found) > 1:
        raise ParameterError(
            f"{', '.join(found)} are irrational together: give at most one "
            "AlgebraicNumber, the others as rationals"
        )
    return found[0] if found else None


def judged(
    model: Model,
    concept: Concept,
    outcome: str,
    at: Mapping[str, Any] | None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> tuple[Verdict, Bounds]:
    """The verdict at rational values, and the outcome's least and greatest probability.

    Where an equilibrium may leave it to chance; where they may not be all, over those
    found. ``model``, ``concept``: what is asked about; ``limits``: for solving the game.
    """
    chosen = the_outcome(model, outcome)
    solution = solve(model.game(at=at), concept, limits=limits)
    deadline.check()
    span = (
        span_of(probabilities_in(solution, chosen))
        if leaves_to_chance(concept, model.form)
        else None
    )
    return verdict_of(solution, chosen), span if span is None or solution.proved else Seen(
        span
    )


def chance_at(
    model: Model, concept: Concept, outcome: str, at: Mapping[str, Any] | None
) -> Bounds:
    """The outcome's least and greatest probability at rational values.

    Where an equilibrium may leave it to chance. ``model``, ``concept``: what is asked
    about.
    """
    return (
        judged(model, concept, outcome, at)[1]
        if leaves_to_chance(concept, model.form)
        else None
    )


def outcome_probability(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    solver: Solver | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, so safe to share
) -> tuple[Point, Point] | None:
    """The least and the greatest probability of the outcome over the equilibria, exactly.

    The result is None if there is no equilibrium. ``model``, ``concept``, ``outcome``: what
    is asked about; ``at``: values of parameters instead of their baselines (name ->
    number); ``solver`` and ``limits``: as ``solve`` takes them.

    Raises RefusalError if the set of equilibria is not proved to be complete: bounds over a
    part of it would mislead.
    """
    chosen = read_question(model, concept, outcome)
    irrational = _irrational(at)
    if irrational is not None:
        return probabilities(model, concept, chosen, irrational, at or {})
    solution = solve(model.game(at=at), concept, solver=solver, limits=limits)
    if not solution.proved:
        deadline.check()
        raise RefusalError(
            f"the set of equilibria is {solution.status} ({solution.reason}): its least "
            "and greatest probability are not known; raise the limits, or use a solver "
            "that looks everywhere"
        )
    return span_of(probabilities_in(solution, chosen))


@lru_cache(maxsize=64)
def _cached(
    model: Model,
    concept: Concept,
    outcome: Outcome,
    varied: tuple[str, ...],
    values: tuple[Any, ...],
) -> Decider:
    return decider(Slice(model, varied, dict(values)), concept, outcome)


def _at_place(
    model: Model, concept: Concept, outcome: Outcome, varied: str, at: Mapping[str, Any]
) -> tuple[Decider, Place]:
    rest = {label: given for label, given in at.items() if label != varied}
    where, point = Slice.of(model, (varied,), rest), at[varied]
    parameter = model.parameters[where.varied[0]]
    if not parameter.low <= point <= parameter.high:
        raise ParameterError(
            f"{varied} = {point!r} is outside its range from {parameter.low} to "
            f"{parameter.high}: give a value inside"
        )
    return _cached(model, concept, outcome, where.varied, tuple(where.values.items())), (
        point,
    )


def around(
    model: Model,
    concept: Concept,
    outcome: Outcome,
    varied: tuple[str, ...],
    values: Mapping[str, Fraction],
    every: bool,
    samples: NDArray[np.float64] | None = None,
) -> tuple[Inequality, ...] | None:
    """Inequalities that hold at these values and are enough for the outcome to hold.

    They are between the varied parameters. In every equilibrium (``every``), or in at least
    one; see ``Decider.inequalities``. ``model``, ``concept``: what is asked about;
    ``samples``: rows of values, as ``Decider.inequalities`` takes them.
    """
    where = Slice(
        model,
        varied,
        {label: value for label, value in values.items() if label not in varied},
    )
    return decider(where, concept, outcome).inequalities(
        Signs(tuple([values[label] for label in varied])), every, samples
    )


def decide(
    model: Model, concept: Concept, outcome: Outcome, varied: str, at: Mapping[str, Any]
) -> Found:
    """What there is where one parameter may be irrational.

    ``model``, ``concept``, ``outcome``: what is asked about; ``varied``: that parameter;
    ``at``: values of all others.
    """
    found, place = _at_place(model, concept, outcome, varied, at)
    return found.found(Signs(place))


def probabilities(
    model: Model, concept: Concept, outcome: Outcome, varied: str, at: Mapping[str, Any]
) -> tuple[Point, Point] | None:
    """The least and greatest probability of the outcome.

    One parameter may be irrational. ``model``, ``concept``: what is asked about;
    ``varied``: that parameter; ``at``: values of all others.
    """
    found, place = _at_place(model, concept, outcome, varied, at)
    return found.probabilities(place)
