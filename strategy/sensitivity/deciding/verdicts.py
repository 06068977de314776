"""Verdicts: does an outcome hold in every equilibrium, in some, in none?"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from strategy import deadline
from strategy.algebraic import AlgebraicNumber, Point
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import VERDICTS, Seen, leaves_to_chance, verdict_label
from strategy.concepts.reading import require_concept
from strategy.display import Chip
from strategy.errors import ModelError, ParameterError, RefusalError
from strategy.exact import span_of
from strategy.names import name, unknown
from strategy.results import Solution, Status
from strategy.solvers.protocol import Limits, Solver
from strategy.solving import solve

__all__ = ["Verdict", "outcome_probability", "verdict"]


Bounds = tuple[Any, Any] | None


class Verdict(enum.Enum):
    """What is proved of an outcome over the set of equilibria. The values say it whatever the game and the concept."""

    EVERY = VERDICTS["EVERY"]
    """Proved: the outcome has probability 1 in every equilibrium, and there is one."""
    SOME = VERDICTS["SOME"]
    """Proved: neither probability 1 in every one nor 0 in every one. Where equilibria leave it to chance or mix, it may be one
    and the same that lets it happen and lets it fail."""
    NO = VERDICTS["NO"]
    """Proved: the outcome has probability 0 in every equilibrium, and there is one."""
    NONE_EXISTS = VERDICTS["NONE_EXISTS"]
    """Proved: there is no equilibrium of this concept."""
    UNKNOWN = VERDICTS["UNKNOWN"]
    """Nothing of this is proved."""

    def __str__(self) -> str:
        return self.value


def read_question(model: Model, concept: Any, outcome: str | Outcome) -> Outcome:
    """The outcome asked about. Raises ModelError on what is no model or no outcome of it, RefusalError on what is no concept."""
    chosen = the_outcome(model, outcome)
    require_concept(concept, model.game() if concept is None else None)
    return chosen


def verdict_words(
    verdict: Verdict, of: Any, bounds: Bounds = None, concept: Any = None, found: bool = False, beside: bool = False
) -> str:
    """A verdict as a label that fits the game and the concept of a result, ``of.model`` and ``of.concept``.

    ``bounds``: the outcome's least and greatest probability over the equilibria, where they are known; ``concept``: another one;
    ``found``: they are over the equilibria found, which may not be all; ``beside``: the concept is named beside the label.
    """
    asked = of.concept if concept is None else concept
    random = leaves_to_chance(asked, of.model.form)
    return verdict_label(verdict, asked, random=random, bounds=bounds, found=found, beside=beside)


def verdict_clause(what: str, verdict: Verdict, of: Any, bounds: Bounds = None, concept: Any = None, **more: bool) -> str:
    """The same as a clause: "the outcome comes about in every pure Nash equilibrium", or that there is none. ``what``: the
    outcome."""
    words = verdict_words(verdict, of, bounds, concept, **more)
    if verdict is Verdict.NONE_EXISTS:
        return words
    if verdict is Verdict.UNKNOWN:
        return f"it is not settled whether {what} comes about"
    return f"{what} is {words}" if words.startswith(Verdict.SOME.value) else f"{what} comes about {words}"


def with_chance(verdict: Verdict, of: Any, bounds: Bounds) -> str:
    """A verdict as a label, and its probability after it where the outcome is random: "possible but not sure, with probability
    0.5 in every Nash equilibrium"."""
    plain, exact = verdict_words(verdict, of), verdict_words(verdict, of, bounds)
    return plain if plain == exact else f"{verdict_words(verdict, of, beside=True)}, {exact}"


def changed(bounds: Bounds) -> str:
    """What a change is one of, after a clause that says the verdict, with its probability where ``bounds`` give one."""
    return "that" if bounds is None else "the verdict"


def chip(verdict: Verdict, of: Any, bounds: Bounds = None, concept: Any = None, found: bool = False) -> Chip:
    """The same as a cell of a table, whose caption or heading names the concept."""
    return Chip(verdict, verdict_words(verdict, of, bounds, concept, found, beside=True))


def the_outcome(model: Model, outcome: str | Outcome) -> Outcome:
    """An outcome of a model by name (or itself). Raises ModelError with the nearest name, and on what is no model."""
    if not isinstance(model, Model):
        raise ModelError(f"a {type(model).__name__} stands in place of a Model, whose payoffs come from terms and parameters")
    if hasattr(outcome, "certify"):
        raise ModelError(f"outcome {outcome!r} is a solution concept: the concept comes before the outcome")
    label = outcome.name if isinstance(outcome, Outcome) else name(outcome, "outcome")
    if label not in model.outcomes:
        raise ModelError(unknown(label, model.outcomes, "outcome"))
    return model.outcomes[label]


def verdict(
    model: Model,
    concept: Any,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    solver: Solver | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, so safe to share
) -> Verdict:
    """Whether the outcome holds in every, some or no equilibrium of the model at the given parameter values.

    ``at`` overrides baselines with int, str, Fraction, Decimal or float; one value may be an AlgebraicNumber (a threshold),
    for pure
    concepts. From a set that is PARTIAL or STOPPED only SOME can be proved; otherwise UNKNOWN.
    """
    chosen = read_question(model, concept, outcome)
    irrational = _irrational(at)
    if irrational is not None:
        if solver is not None:
            raise RefusalError(
                f"{irrational} is irrational here, and signs alone decide there: leave solver=None, or give rational values"
            )
        from strategy.sensitivity.deciding.deciders import decide

        return decide(model, concept, chosen, irrational, at or {}).verdict
    solution = solve(model.game(at=at), concept, solver=solver, limits=limits)
    if solution.status is Status.STOPPED:
        deadline.check()  # the end of work that this is a part of, which solve() has kept for itself, says nothing of the verdict
    return verdict_of(solution, chosen)


def _irrational(at: Mapping[str, Any] | None) -> str | None:
    if at is not None and not isinstance(at, Mapping):
        raise ParameterError(f"at={at!r}: give values by name, such as {{'transit_income': '0.2'}}")
    found = [label for label, given in (at or {}).items() if isinstance(given, AlgebraicNumber)]
    if len(found) > 1:
        raise ParameterError(
            f"{', '.join(found)} are irrational together: give at most one AlgebraicNumber, the others as rationals"
        )
    return found[0] if found else None


def probabilities_in(solution: Solution, outcome: Outcome) -> list[Fraction]:
    return [one.probability(outcome.mask) for one in solution]


def verdict_of(solution: Solution, outcome: Outcome) -> Verdict:
    found = probabilities_in(solution, outcome)
    if solution.status is Status.NONE_EXISTS:
        return Verdict.NONE_EXISTS
    surely, never = all(p == 1 for p in found), all(p == 0 for p in found)
    if not surely and not never:
        return Verdict.SOME
    if not solution.proved or not found:
        return Verdict.UNKNOWN
    return Verdict.EVERY if surely else Verdict.NO


def judged(
    model: Model,
    concept: Any,
    outcome: str,
    at: Mapping[str, Any] | None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> tuple[Verdict, Bounds]:
    """The verdict at rational values, and the outcome's least and greatest probability where an equilibrium may leave it to
    chance; where they may not be all, over those found."""
    chosen, solution = the_outcome(model, outcome), solve(model.game(at=at), concept, limits=limits)
    deadline.check()
    span = span_of(probabilities_in(solution, chosen)) if leaves_to_chance(concept, model.form) else None
    return verdict_of(solution, chosen), span if span is None or solution.proved else Seen(span)


def chance_at(model: Model, concept: Any, outcome: str, at: Mapping[str, Any] | None) -> Bounds:
    """The outcome's least and greatest probability at rational values, where an equilibrium may leave it to chance."""
    return judged(model, concept, outcome, at)[1] if leaves_to_chance(concept, model.form) else None


def verdict_within(chance: tuple[Any, Any] | None) -> Verdict:
    """The verdict that the least and the greatest probability of the outcome over all equilibria come to; None: there is none."""
    if chance is None:
        return Verdict.NONE_EXISTS
    return Verdict.EVERY if chance[0] == 1 else Verdict.NO if chance[1] == 0 else Verdict.SOME


def outcome_probability(
    model: Model,
    concept: Any,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    solver: Solver | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, so safe to share
) -> tuple[Point, Point] | None:
    """The least and the greatest probability of the outcome over the equilibria, exactly; None if there is no equilibrium.

    Raises RefusalError if the set of equilibria is not proved to be complete: bounds over a part of it would mislead.
    """
    chosen = read_question(model, concept, outcome)
    irrational = _irrational(at)
    if irrational is not None:
        from strategy.sensitivity.deciding.deciders import probabilities

        return probabilities(model, concept, chosen, irrational, at or {})
    solution = solve(model.game(at=at), concept, solver=solver, limits=limits)
    if not solution.proved:
        deadline.check()
        raise RefusalError(
            f"the set of equilibria is {solution.status} ({solution.reason}): its least and greatest probability are not known; "
            "raise the limits, or use a solver that looks everywhere"
        )
    return span_of(probabilities_in(solution, chosen))
