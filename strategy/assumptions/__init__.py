"""Why it pays: the assumptions of a model, and the model that puts them together.

Parameters with ranges, conditions on plays, terms, outcomes and claims.
"""

from strategy.assumptions.checks import (
    BestReply,
    Check,
    Complements,
    Monotone,
    Occurs,
    Payoff,
    Prefers,
    Threshold,
)
from strategy.assumptions.claims import Claim
from strategy.assumptions.conditions import where
from strategy.assumptions.inquiries import Inquiry
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import Parameter, Parameters
from strategy.assumptions.phrases import Phrase
from strategy.assumptions.preferences import Comparison, Preference
from strategy.assumptions.terms import Term

__all__ = [
    "BestReply",
    "Check",
    "Claim",
    "Comparison",
    "Complements",
    "Inquiry",
    "Model",
    "Monotone",
    "Occurs",
    "Outcome",
    "Parameter",
    "Parameters",
    "Payoff",
    "Phrase",
    "Preference",
    "Prefers",
    "Term",
    "Threshold",
    "where",
]  # fmt: skip
