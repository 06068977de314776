"""Examples of a Hypothesis strategy outside a test function.

The same in every run, and the simplest with a property.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.strategies import SearchStrategy

__all__ = ["drawn", "simplest"]

T = TypeVar("T")
_QUIET = tuple(HealthCheck)


def drawn(strategy: SearchStrategy[T], count: int) -> list[T]:
    """At most ``count`` examples, as Hypothesis draws them for a test, always the same.

    ``strategy``: what they are drawn from; there are fewer where it has no more.
    """
    examples: list[Any] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=_QUIET,
    )
    @given(strategy)
    def take(one: T) -> None:
        examples.append(one)

    take()
    return examples


def simplest(
    strategy: SearchStrategy[T], holds: Callable[[T], bool], *, examples: int = 300
) -> T:
    """The example with a property to which Hypothesis shrinks.

    ``strategy``: what is drawn from; ``holds(example)``: whether it has the property;
    ``examples``: how many are tried at most. Raises hypothesis.errors.NoSuchExample if none
    is found.
    """
    quiet = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=_QUIET,
    )
    return find(strategy, holds, settings=quiet)
