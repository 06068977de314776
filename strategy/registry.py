"""What other packages add: the entry points ``strategy.models``, ``strategy.concepts``, ``strategy.solvers`` and their like."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

__all__ = ["registered"]


def registered(group: str) -> dict[str, Any]:
    """What other packages registered under the entry-point group ``strategy.<group>``: name -> loader."""
    return {point.name: point.load for point in entry_points(group=f"strategy.{group}")}
