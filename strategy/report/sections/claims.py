"""The claims of the text: what each pays whom, and what holds instead if it is wrong."""

from __future__ import annotations

from typing import Any

import attrs

from strategy.assumptions import Claim, Term
from strategy.report.question import Question
from strategy.report.section import Section

__all__ = ["SECTION", "Stated"]


@attrs.frozen(eq=False)
class Stated:
    """A claim and the terms of payoffs that stand for it."""

    claim: Claim
    terms: tuple[Term, ...]


def find(question: Question) -> tuple[Stated, ...]:
    """Every claim of the model in ``question``, with its terms."""
    terms = question.model.terms
    return tuple(
        [
            Stated(claim, tuple([one for one in terms if one.claim == claim.id]))
            for claim in question.model.claims.values()
        ]
    )


def data(found: tuple[Stated, ...]) -> list[dict[str, Any]]:
    """As plain data; what each claim states is with the assumptions.

    ``found``: the claims.
    """
    return [
        {"id": one.claim.id, "terms": [term.name for term in one.terms]} for one in found
    ]


SECTION = Section(key="claims", title="The claims", find=find, data=data)
