"""Terms dropped, halved and doubled.

A diagnosis of how a model is built, and no test of its claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import captioned
from strategy.display import Table, joined, number
from strategy.errors import StrategyError
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.at_values import judged
from strategy.sensitivity.deciding.verdicts import (
    Bounds,
    Verdict,
    changed,
    chip,
    read_question,
    verdict_clause,
)
from strategy.solvers.protocol import Limits

__all__ = ["RescaledTerm", "TermAblation", "terms"]

_FACTORS = (Fraction(0), Fraction(1, 2), Fraction(2))


@attrs.frozen
class RescaledTerm:
    """A term, and the verdict with its amount times each factor.

    ``player``: whom it pays; ``claim``: the id of the claim that it rests on, None if none;
    ``verdicts``: factor -> verdict; ``chances``: factor -> the outcome's least and greatest
    probability, where equilibria may leave it to chance.
    """

    term: str
    player: str
    claim: str | None
    verdicts: Mapping[Fraction, Verdict]
    chances: Mapping[Fraction, Bounds]


@attrs.frozen(eq=False, repr=False)
class TermAblation(Finding):
    """The verdict with each term of the payoffs dropped (factor 0), halved, doubled.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked. ``baseline``: the verdict
    with all as they are, and ``chance`` the outcome's least and greatest probability then,
    where equilibria may leave it to chance; ``rows``: one a term.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    baseline: Verdict
    chance: Bounds
    rows: tuple[RescaledTerm, ...]

    def flipping_terms(self, factor: Any) -> tuple[str, ...]:
        """The terms whose amount times this factor is proved to change the verdict."""
        known = Fraction(factor)
        return tuple([one.term for one in self.rows if self._flips(one.verdicts[known])])

    def _flips(self, found: Verdict) -> bool:
        return Verdict.UNKNOWN not in (found, self.baseline) and found is not self.baseline

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"{self.outcome!r} in {self.model.name} with terms dropped or rescaled, "
            f"{self.concept}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What it is not, then which terms matter."""
        said = [
            "A term that is dropped is not its claim negated: nothing takes its place.",
            (
                "With all terms as they are "
                f"{verdict_clause('the outcome', self.baseline, self, self.chance)}."
            ),
        ]
        for factor, words in zip(_FACTORS, ("Dropped", "Halved", "Doubled"), strict=True):
            flips = self.flipping_terms(factor)
            verb = "change" if len(flips) > 1 else "changes"
            that = changed(self.chance)
            these = (
                f"{len(flips)} of {len(self.rows)} terms {verb} {that}: "
                f"{joined([repr(one) for one in flips])}"
            )
            said.append(
                f"{words} alone, "
                f"{these if flips else f'no term is found to change {that}'}."
            )
        return tuple(said)

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row a term."""
        rows = [
            [
                one.term,
                one.player,
                self.model.claim_label(one.claim or ""),
                *[
                    chip(one.verdicts[factor], self, one.chances.get(factor))
                    for factor in _FACTORS
                ],
            ]
            for one in self.rows
        ]
        header = ["term", "of", "claim", *[f"times {number(one)}" for one in _FACTORS]]
        return (
            Table(
                header,
                rows,
                caption=captioned(
                    "The verdict with the amount of one term rescaled", self.concept
                ),
            ),
        )

    def data(self) -> dict[str, Any]:
        """All of it."""
        rows = [
            {
                "term": one.term,
                "player": one.player,
                "claim": one.claim,
                "verdicts": {
                    str(factor): found.name for factor, found in one.verdicts.items()
                },
            }
            for one in self.rows
        ]
        return {"outcome": self.outcome, "baseline": self.baseline.name, "terms": rows}


def terms(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    seconds_per_game: Annotated[
        float, "Seconds for solving one game; what is not settled by then is unknown."
    ] = 10.0,
) -> TermAblation:
    """The verdict with each term of the payoffs dropped, halved and doubled.

    It shows which of them the model needs as they are. This is a diagnosis of the model,
    not a test of a claim: ablation negates claims.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    instead of their baselines (name -> number); ``seconds_per_game``: what is not settled
    by then is unknown.
    """
    chosen = read_question(model, concept, outcome)
    limits = Limits(seconds=seconds_per_game)
    baseline, chance = judged(model, concept, chosen.name, at, limits)
    rows = []
    for i, term in enumerate(model.terms):
        found: dict[Fraction, Verdict] = {}
        chances: dict[Fraction, Bounds] = {}
        for factor in _FACTORS:
            other = attrs.evolve(term, amount=term.amount * _written(factor))
            rescaled = attrs.evolve(
                model, terms=(*model.terms[:i], other, *model.terms[i + 1 :])
            )
            try:
                found[factor], chances[factor] = judged(
                    rescaled, concept, chosen.name, at, limits
                )
            except StrategyError:
                found[factor] = Verdict.UNKNOWN
        rows.append(RescaledTerm(term.name, term.player, term.claim, found, chances))
    return TermAblation(
        model, concept, chosen.name, dict(at or {}), baseline, chance, tuple(rows)
    )


def _written(factor: Fraction) -> Any:
    from sympy import Rational

    return Rational(factor.numerator, factor.denominator)
