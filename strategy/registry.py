"""What other packages add.

The entry points ``strategy.models``, ``strategy.concepts``, ``strategy.deciders`` and their
like.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any, TypeVar

from strategy.errors import StrategyError

__all__ = ["loaded", "registered"]

T = TypeVar("T")


def registered(group: str) -> dict[str, Any]:
    """What other packages registered under an entry-point group: name -> loader.

    The group is ``strategy.<group>``.
    """
    return {point.name: point.load for point in entry_points(group=f"strategy.{group}")}


def loaded(group: str, kind: type[T]) -> dict[str, T]:
    """What other packages registered under a group, loaded, by entry point.

    The group is ``strategy.<group>``; the keys are the names of its entry points.

    ``kind``: what each must be. Raises StrategyError with the entry point where one cannot
    be loaded or is something else.
    """
    found: dict[str, T] = {}
    for point in entry_points(group=f"strategy.{group}"):
        said = f"entry point {point.name!r} of strategy.{group}, {point.value!r}"
        try:
            one = point.load()
        except Exception as error:
            raise StrategyError(
                f"{said}, cannot be loaded: {error}; fix or remove the package it is from"
            ) from error
        if not isinstance(one, kind):
            raise StrategyError(
                f"{said}, is a {type(one).__name__}: expected a {kind.__name__}"
            )
        found[point.name] = one
    return found
