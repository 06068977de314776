"""What is said about a model, checked: whether its claims hold over the ranges of the assumptions, with the smallest
counter-example that is found; whether statements can hold together, and which few contradict each other."""

from strategy.checking.consistency import Conflict, Consistency, Part, consistent
from strategy.checking.counterexamples import CounterExample, Evidence, Moved, TermChange
from strategy.checking.results import Checked, CheckedClaim, Result, Ruling
from strategy.checking.running import check, rule

__all__ = [
    "CheckedClaim", "Checked", "CounterExample", "Evidence", "Moved", "Result", "Ruling", "TermChange", "check", "rule",
    "Conflict", "Consistency", "Part", "consistent",
]  # fmt: skip
