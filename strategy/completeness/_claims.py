"""Claims of the analyses and of the command line, each made where it is proved."""

from __future__ import annotations

from typing import Any

__all__ = ["UNFINISHED", "components_words", "is_isolated"]

UNFINISHED = "Known so far (not everything is settled, so these may be parts of larger sets, and of one another):"
"""What stands above the sets of equilibria that an unfinished search knows."""


def is_isolated(component: Any, finished: bool) -> bool:
    """Whether a component is proved to be one equilibrium with no others near: after a finished search, or if it is regular.

    A regular equilibrium is known by its index, 1 or -1.
    """
    return component.dimension == 0 and (finished or component.index in (1, -1))


def components_words(count: int, index: str | None) -> str:
    """How many connected parts all equilibria form, after a finished search; ``index``: of the only one, where there is one."""
    if count == 1 and index is not None:
        return f"It is the only one, and isolated; its index is {index}."
    parts = "one connected part (component)" if count == 1 else f"{count} connected parts (components)"
    return f"All equilibria together form {parts}."
