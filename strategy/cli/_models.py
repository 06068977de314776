"""Finding what a command is about.

A model by its registered name, or anything by module:attribute.
"""

from __future__ import annotations

import unicodedata
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from strategy.errors import ModelError
from strategy.loading import called, found_at, loaded
from strategy.names import unknown
from strategy.texts import assignments as changes

if TYPE_CHECKING:
    from strategy.assumptions import Model

__all__ = ["changes", "find", "find_model", "load", "registered"]


def registered() -> dict[str, EntryPoint]:
    """The registered models by name, in order; names as people type them, composed or not."""
    points = sorted(entry_points(group="strategy.models"), key=lambda point: point.name)
    return {unicodedata.normalize("NFC", point.name): point for point in points}


def load(point: EntryPoint) -> Any:
    """The model of an entry point. Raises ModelError if its module cannot be imported."""
    return called(loaded(point.value), point.name)


def find(given: str) -> Any:
    """A Model or a game, by its registered name or its place.

    The place is ``module:attribute`` (which may be a function without arguments) or
    ``folder/file.py:attribute``.

    Raises ModelError in one line: the nearest name, or what went wrong on import.
    """
    name = unicodedata.normalize("NFC", given)
    if ":" in name:
        return found_at(given)
    points = registered()
    if name not in points:
        if not points:
            raise ModelError(
                f"unknown model {given!r}: none is registered here; give "
                "module:attribute, such as my_models:model"
            )
        form = (
            f"{given}:attribute, such as {given}:model"
            if name.endswith(".py")
            else "module:attribute or file.py:attribute"
        )
        raise ModelError(f"{unknown(given, points, 'model')}; or give {form}")
    return load(points[name])


def find_model(given: str) -> Model:
    """A Model.

    Raises ModelError for a game, whose numbers have no assumptions behind them.
    """
    found = find(given)
    if type(found).__name__ != "Model":
        raise ModelError(
            f"{given!r} is a {type(found).__name__}, a game with numeric payoffs: this "
            "command needs a Model, whose payoffs come from parameters and terms; "
            "'strategy solve' and 'strategy draw' take games as well"
        )
    return found  # type: ignore[no-any-return]
