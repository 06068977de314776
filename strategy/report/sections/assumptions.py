"""What the model assumes.

These are its claims, its parameters with ranges and reasons, its terms, and what its
outcomes mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions import Model
from strategy.report.question import Question
from strategy.report.section import Section
from strategy.texts import number_text

__all__ = ["SECTION", "AssumptionsFound"]


@attrs.frozen(eq=False)
class AssumptionsFound:
    """The model and the value of every parameter that was asked about."""

    model: Model
    values: Mapping[str, Fraction]


def find(question: Question) -> AssumptionsFound:
    """The own statements of the model in ``question``."""
    return AssumptionsFound(question.model, question.values)


def data(found: AssumptionsFound) -> dict[str, Any]:
    """What was ``found``, as plain data."""
    model = found.model
    return {
        "claims": [
            {
                "id": one.id,
                "label": one.label,
                "statement": one.statement,
                "paragraph": one.paragraph,
                "if_wrong": {
                    label: number_text(value) for label, value in one.if_wrong.items()
                },
            }
            for one in model.claims.values()
        ],
        "parameters": [
            {
                "name": label,
                "label": one.label,
                "says": one.says,
                "ends": one.ends,
                "value": str(found.values[label]),
                "baseline": number_text(one.baseline),
                "low": number_text(one.low),
                "high": number_text(one.high),
                "unit": one.unit,
                "source": one.source,
                "reason": one.reason,
            }
            for label, one in model.parameters.items()
        ],
        "terms": [
            {
                "name": one.name,
                "player": one.player,
                "amount": str(one.amount),
                "when": one.when.to_data(),
                "claim": one.claim,
            }
            for one in model.terms
        ],
        "outcomes": [
            {
                "name": one.name,
                "when": one.when.to_data(),
                "words": one.when.words(),
                "ask": one.ask,
                "yes": one.yes,
                "no": one.no,
            }
            for one in model.outcomes.values()
        ],
        "phrases": [
            {"player": player, "action": action, **attrs.asdict(one)}
            for (player, action), one in model.phrases.items()
        ],
    }


SECTION = Section(key="assumptions", title="What is assumed", find=find, data=data)
