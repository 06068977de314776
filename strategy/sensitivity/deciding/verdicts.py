"""Verdicts: does an outcome hold in every equilibrium, in some, in none?"""

from __future__ import annotations

import enum
from fractions import Fraction
from typing import Any

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import VERDICTS, leaves_to_chance, verdict_label
from strategy.concepts.reading import require_concept
from strategy.display import Chip
from strategy.errors import ModelError
from strategy.names import name, unknown
from strategy.protocols import Concept
from strategy.results import Solution, Status

__all__ = ["Verdict"]


Bounds = tuple[Any, Any] | None


class Verdict(enum.Enum):
    """What is proved of an outcome over the set of equilibria.

    The values say it whatever the game and the concept.
    """

    EVERY = VERDICTS["EVERY"]
    """Proved: the outcome has probability 1 in every equilibrium, and there is one."""
    SOME = VERDICTS["SOME"]
    """Proved: neither probability 1 in every one nor 0 in every one. Where equilibria leave
    it to chance or mix, it may be one and the same that lets it happen and lets it fail."""
    NO = VERDICTS["NO"]
    """Proved: the outcome has probability 0 in every equilibrium, and there is one."""
    NONE_EXISTS = VERDICTS["NONE_EXISTS"]
    """Proved: there is no equilibrium of this concept."""
    UNKNOWN = VERDICTS["UNKNOWN"]
    """Nothing of this is proved."""

    def __str__(self) -> str:
        return self.value


def read_question(model: Model, concept: Concept | None, outcome: str | Outcome) -> Outcome:
    """The outcome asked about.

    Raises ModelError on what is not a model or not an outcome of it, RefusalError on what
    is not a solution concept.
    """
    chosen = the_outcome(model, outcome)
    require_concept(concept, model.game() if concept is None else None)
    return chosen


def verdict_words(
    verdict: Verdict,
    of: Any,
    bounds: Bounds = None,
    concept: Concept | None = None,
    found: bool = False,
    beside: bool = False,
) -> str:
    """A verdict as a label that fits the game and the concept of a result.

    These are ``of.model`` and ``of.concept``.

    ``bounds``: the outcome's least and greatest probability over the equilibria, where they
    are known; ``concept``: another one; ``found``: they are over the equilibria found,
    which may not be all; ``beside``: the concept is named beside the label.
    """
    asked = of.concept if concept is None else concept
    random = leaves_to_chance(asked, of.model.form)
    return verdict_label(
        verdict, asked, random=random, bounds=bounds, found=found, beside=beside
    )


def verdict_clause(
    what: str,
    verdict: Verdict,
    of: Any,
    bounds: Bounds = None,
    concept: Concept | None = None,
    **more: bool,
) -> str:
    """The same as a clause.

    "the outcome comes about in every pure Nash equilibrium", or that there is none.
    ``what``: the outcome. ``verdict``: that; ``of``: a result that has a ``model`` and a
    ``concept``; ``bounds``: the outcome's probability; ``concept``: another one than the
    result's; ``more`` as ``verdict_words`` takes it.
    """
    words = verdict_words(verdict, of, bounds, concept, **more)
    if verdict is Verdict.NONE_EXISTS:
        return words
    if verdict is Verdict.UNKNOWN:
        return f"it is not settled whether {what} comes about"
    return (
        f"{what} is {words}"
        if words.startswith(Verdict.SOME.value)
        else f"{what} comes about {words}"
    )


def with_chance(verdict: Verdict, of: Any, bounds: Bounds) -> str:
    """A verdict as a label, and its probability after it where the outcome is random.

    "possible but not sure, with probability 0.5 in every Nash equilibrium". ``of``: a
    result that has a ``model`` and a ``concept``; ``bounds``: the outcome's probability.
    """
    plain = verdict_words(verdict, of)
    exact = verdict_words(verdict, of, bounds)
    return (
        plain if plain == exact else f"{verdict_words(verdict, of, beside=True)}, {exact}"
    )


def changed(bounds: Bounds) -> str:
    """What a change is one of, after a clause that says the verdict.

    With its probability where ``bounds`` give one.
    """
    return "that" if bounds is None else "the verdict"


def chip(
    verdict: Verdict,
    of: Any,
    bounds: Bounds = None,
    concept: Concept | None = None,
    found: bool = False,
) -> Chip:
    """The same as a cell of a table, whose caption or heading names the concept.

    ``verdict``: that; ``bounds``: the outcome's probability; ``found``: over the equilibria
    found.
    """
    return Chip(verdict, verdict_words(verdict, of, bounds, concept, found, beside=True))


def the_outcome(model: Model, outcome: str | Outcome) -> Outcome:
    """An outcome of a model by name (or itself).

    Raises ModelError with the nearest name, and on what is not a model.
    """
    if not isinstance(model, Model):
        raise ModelError(
            f"a {type(model).__name__} stands in place of a Model, whose payoffs come "
            "from terms and parameters"
        )
    if hasattr(outcome, "certify"):
        raise ModelError(
            f"outcome {outcome!r} is a solution concept: the concept comes before the "
            "outcome"
        )
    label = outcome.name if isinstance(outcome, Outcome) else name(outcome, "outcome")
    if label not in model.outcomes:
        raise ModelError(unknown(label, model.outcomes, "outcome"))
    return model.outcomes[label]


def probabilities_in(solution: Solution, outcome: Outcome) -> list[Fraction]:
    return [one.probability(outcome.mask) for one in solution]


def verdict_of(solution: Solution, outcome: Outcome) -> Verdict:
    found = probabilities_in(solution, outcome)
    if solution.status is Status.NONE_EXISTS:
        return Verdict.NONE_EXISTS
    surely = all(p == 1 for p in found)
    never = all(p == 0 for p in found)
    if not surely and not never:
        return Verdict.SOME
    if not solution.proved or not found:
        return Verdict.UNKNOWN
    return Verdict.EVERY if surely else Verdict.NO


def verdict_within(chance: tuple[Any, Any] | None) -> Verdict:
    """The verdict that the least and the greatest probability of the outcome come to.

    They are taken over all equilibria. ``chance``: the two; None if there is no
    equilibrium.
    """
    if chance is None:
        return Verdict.NONE_EXISTS
    return (
        Verdict.EVERY if chance[0] == 1 else Verdict.NO if chance[1] == 0 else Verdict.SOME
    )
