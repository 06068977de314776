"""What is said about a model, checked: whether statements can hold together, and which few contradict each other."""

from strategy.checking.consistency import Conflict, Consistency, Part, consistent

__all__ = ["Conflict", "Consistency", "Part", "consistent"]
