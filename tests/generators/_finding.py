"""Examples of a Hypothesis strategy, the same in every run, and the simplest of them that has a property."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
_QUIET = tuple(HealthCheck)


def found(strategy: SearchStrategy[T], count: int) -> list[T]:
    """This many examples, drawn as Hypothesis draws them for a test."""
    drawn: list[Any] = []

    @settings(
        max_examples=count, phases=[Phase.generate], database=None, deadline=None, derandomize=True, suppress_health_check=_QUIET
    )
    @given(strategy)
    def take(one: T) -> None:
        drawn.append(one)

    take()
    return drawn


def smallest(strategy: SearchStrategy[T], holds: Callable[[T], bool]) -> T:
    """The example with the property to which Hypothesis shrinks."""
    quiet = settings(max_examples=300, database=None, deadline=None, derandomize=True, suppress_health_check=_QUIET)
    return find(strategy, holds, settings=quiet)
