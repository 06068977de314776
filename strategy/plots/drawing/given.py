"""What a figure is given is looked at first.

A game in place of its solution is refused with the call that was meant.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from strategy.errors import RefusalError

__all__ = ["of_a_result", "require_axes"]

P = ParamSpec("P")
R = TypeVar("R")
_MAKERS = {
    "Solution": "solve(game, concept)",
    "Thresholds": "thresholds(model, concept, outcome, parameter)",
    "Regions": "regions(model, concept, outcome, x, y)",
    "LogitBranch": "logit_branch(game, until)",
    "Trajectory": "replicator_dynamics(game, start, times)",
}


def of_a_result(function: Callable[P, R]) -> Callable[P, R]:
    """A figure, or its size, that refuses what it cannot draw.

    What is not of the class that its first parameter names, and what is not an Axes.

    ``function``: the figure's function, or its size's.

    Raises RefusalError with the call that makes what is drawn.
    """
    (name, first), *_ = inspect.signature(function).parameters.items()
    kinds = re.findall(r"\w+", str(first.annotation))

    @functools.wraps(function)
    def asked(*args: P.args, **given: P.kwargs) -> R:
        if args or name in given:
            _require_result(function.__name__, args[0] if args else given[name], kinds)
        if function.__name__.startswith("plot_") and (len(args) > 1 or "ax" in given):
            require_axes(function.__name__, args[1] if len(args) > 1 else given["ax"])
        return function(*args, **given)

    return asked


def require_axes(function: str, ax: Any) -> None:
    """Raise RefusalError on what is not an Axes, with how to make one.

    ``function``: the name of the figure's function; ``ax``: what was given.
    """
    if not hasattr(ax, "set_axis_off"):
        raise RefusalError(
            f"{function} draws into an Axes, not a {type(ax).__name__}: give one, as in "
            "figure, ax = blank(6, 4), and then save(figure, path)"
        )


def _require_result(function: str, given: Any, kinds: list[str]) -> None:
    several = kinds[0] == "Sequence"
    whole = not several or (isinstance(given, Iterable) and not isinstance(given, str))
    entries = given if several and whole else [given]
    wrong = next(
        (
            one
            for one in entries
            if not {base.__name__ for base in type(one).__mro__} & set(kinds)
        ),
        None,
    )
    if whole and several and not list(entries) and function.startswith("plot_"):
        raise RefusalError(f"{function} was given no results: give at least one")
    if whole and wrong is None and (several or given is not None):
        return
    made = " or ".join([_makers()[kind] for kind in kinds if kind in _makers()])
    shown = type(given if wrong is None else wrong).__name__
    raise RefusalError(
        f"{function} draws the result of {f'[{made}, ...]' if several else made}, not a "
        f"{shown}: give that result"
    )


@functools.cache
def _makers() -> dict[str, str]:
    """For the class of a result the call that makes it."""
    from strategy.sensitivity.analyses.catalogue import every_analysis

    functions = [one.load() for one in every_analysis().values()]
    made = {
        str(inspect.signature(one).return_annotation): one.__name__ for one in functions
    }
    return {
        **{kind: f"{function}(model, concept, outcome)" for kind, function in made.items()},
        **_MAKERS,
    }
