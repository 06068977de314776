"""For those who test: conformance kits, and examples of what ``strategy.generators`` draws.
Nothing of the toolkit imports this.

    checks.py        check_solver, check_concept, check_model, check_form
    examples.py      examples of a Hypothesis strategy outside a test function,
    and the simplest with a property
    changes.py       games changed in the ways that concepts declare to follow
    brute_force.py   answers by looking at every pure profile of a small game
    plugin.py        the claims of a model as tests of pytest

The names below are imported when first used: pytest loads the plug-in in every run, and
should not wait for Hypothesis.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from strategy.testing.checks import check_concept, check_form, check_model, check_solver
    from strategy.testing.examples import drawn, simplest

_HOMES = {
    "strategy.testing.checks": (
        "check_concept",
        "check_form",
        "check_model",
        "check_solver",
    ),
    "strategy.testing.examples": ("drawn", "simplest"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "check_concept",
    "check_form",
    "check_model",
    "check_solver",
    "drawn",
    "simplest",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'strategy.testing' has no attribute {name!r}")
    return getattr(importlib.import_module(home), name)
