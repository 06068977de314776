"""What is said about a model, checked.

Whether its claims hold over the ranges of the assumptions, with the smallest
counter-example that is found; whether statements can hold together, and which few
contradict each other.
"""

from strategy.checking.consistency import Conflict, ConflictPart, Consistency, consistent
from strategy.checking.counterexamples import CounterExample, Evidence, Moved, TermChange
from strategy.checking.results import Checked, CheckedClaim, Result, Ruling
from strategy.checking.running import check, rule
from strategy.moved import old_names

__all__ = [
    "Checked",
    "CheckedClaim",
    "Conflict",
    "ConflictPart",
    "Consistency",
    "CounterExample",
    "Evidence",
    "Moved",
    "Result",
    "Ruling",
    "TermChange",
    "check",
    "consistent",
    "rule",
]  # fmt: skip

__getattr__ = old_names(__name__, Part="ConflictPart")
