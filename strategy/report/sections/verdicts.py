"""The verdict for every outcome and every solution concept, at the values asked about."""

from __future__ import annotations

from typing import Any

import attrs

from strategy.algebraic import Point
from strategy.assumptions import Outcome
from strategy.completeness import chance_words, verdict_sentence
from strategy.errors import RefusalError
from strategy.forms.plain import point_data
from strategy.protocols import Concept
from strategy.report.question import Question
from strategy.report.section import Section
from strategy.sensitivity import Verdict, outcome_probability, verdict

__all__ = ["SECTION", "VerdictsFound"]


@attrs.frozen
class VerdictsFound:
    """One outcome under one concept.

    ``bounds``: least and greatest probability over the equilibria, None if there is none;
    ``unknown``: why the bounds are not known, if they are not.
    """

    outcome: Outcome
    concept: Concept
    verdict: Verdict
    bounds: tuple[Point, Point] | None
    unknown: str = ""

    @property
    def sentence(self) -> str:
        """The verdict as a sentence."""
        return verdict_sentence(
            self.outcome, self.verdict, self.concept, bounds=self.bounds
        )

    @property
    def probability(self) -> str:
        """The bounds in words."""
        return self.unknown or chance_words(self.bounds, self.concept)


def find(question: Question) -> tuple[VerdictsFound, ...]:
    """The outcome asked about first, then the others, each under every concept.

    ``question``: what the report asks.
    """
    outcomes = [
        question.outcome,
        *[
            one
            for one in question.model.outcomes.values()
            if one.name != question.outcome.name
        ],
    ]
    return tuple(
        [
            _one(question, outcome, concept)
            for outcome in outcomes
            for concept in question.concepts
        ]
    )


def _one(question: Question, outcome: Outcome, concept: Concept) -> VerdictsFound:
    known = verdict(
        question.model, concept, outcome, at=question.at, limits=question.limits
    )
    try:
        bounds = outcome_probability(
            question.model, concept, outcome, at=question.at, limits=question.limits
        )
    except RefusalError as error:
        return VerdictsFound(outcome, concept, known, None, str(error))
    return VerdictsFound(outcome, concept, known, bounds)


def data(found: tuple[VerdictsFound, ...]) -> list[dict[str, Any]]:
    """What was ``found``, as plain data."""
    return [
        {
            "outcome": one.outcome.name,
            "concept": str(one.concept),
            "verdict": one.verdict.name,
            "sentence": one.sentence,
            "probability_between": None
            if one.bounds is None
            else [point_data(end) for end in one.bounds],
        }
        for one in found
    ]


SECTION = Section(key="verdicts", title="Every outcome", find=find, data=data)
