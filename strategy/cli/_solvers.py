"""Solvers by name on the command line: the toolkit's own and registered ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from strategy.errors import RefusalError
from strategy.names import unknown
from strategy.registry import registered
from strategy.solvers import ALL, PLANS

__all__ = ["choose", "solvers"]


def solvers() -> dict[str, Callable[[], Any]]:
    """What makes each solver, by its name.

    A class's in small letters with hyphens, a registered one's as it is registered.
    """
    own = {_hyphenated(make.__name__): make for make in (*PLANS, *ALL)}
    return {
        **{name: partial(_made, load) for name, load in registered("solvers").items()},
        **own,
    }


def choose(given: str) -> Any:
    """The solver of a name; that of its class will do.

    Raises RefusalError, with the names there are.
    """
    known = solvers()
    for name, make in known.items():
        if given == name or _plain(given) == _plain(name):
            return make()
    raise RefusalError(unknown(given, known, "solver"))


def _made(load: Callable[[], Any]) -> Any:
    return load()()


def _hyphenated(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()
