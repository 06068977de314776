"""Games of other packages.

Recognised without importing them, and refused with the line that makes a game of them here.
"""

from __future__ import annotations

from typing import Any

__all__ = ["as_ours"]

_ARRAYS = {
    "quantecon": "numpy.moveaxis(game.payoff_profile_array, -1, 0)",
    "nashpy": "game.payoff_matrices",
    "pygambit": "game.to_arrays()",
}


def as_ours(given: Any) -> str | None:
    """What something is that is not a game of this toolkit, and what makes one of it.

    It is such as "a game of nashpy: give
    NormalFormGame.from_arrays(*game.payoff_matrices)", and None where that is not known.
    ``given``: what was given in place of a game.
    """
    package = type(given).__module__.partition(".")[0]
    if package in _ARRAYS and "Game" in type(given).__name__:
        return f"a game of {package}: give NormalFormGame.from_arrays(*{_ARRAYS[package]})"
    if type(given).__name__ == "Model":
        return "a Model: give its game at some values, model.game()"
    return None
