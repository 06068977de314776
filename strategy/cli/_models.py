"""Finding what a command is about: a model by its registered name, or anything by module:attribute."""

from __future__ import annotations

import importlib
import inspect
import os
import sys
import unicodedata
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from strategy.errors import ModelError, StrategyError
from strategy.names import unknown

if TYPE_CHECKING:
    from strategy.assumptions import Model

__all__ = ["changes", "find", "find_model", "load", "registered"]


def registered() -> dict[str, EntryPoint]:
    """The registered models by name, in order; names as people type them, composed or not."""
    points = sorted(entry_points(group="strategy.models"), key=lambda point: point.name)
    return {unicodedata.normalize("NFC", point.name): point for point in points}


def load(point: EntryPoint) -> Any:
    """The model of an entry point. Raises ModelError if its module cannot be imported."""
    return _called(_imported(point.value), point.name)


def find(given: str) -> Any:
    """A Model or a game, by registered name, as ``module:attribute`` (which may be a function without arguments) or
    ``folder/file.py:attribute``.

    Raises ModelError in one line: the nearest name, or what went wrong on import.
    """
    name = unicodedata.normalize("NFC", given)
    if ":" in name:
        # A console script does not look into the working folder by itself, as `python -m` does.
        if os.getcwd() not in sys.path:
            sys.path.insert(0, os.getcwd())
        return _called(_imported(name), given)
    points = registered()
    if name not in points:
        if not points:
            raise ModelError(f"unknown model {given!r}: none is registered here; give module:attribute, such as my_models:model")
        raise ModelError(f"{unknown(given, points, 'model')}; or give module:attribute")
    return load(points[name])


def find_model(given: str) -> Model:
    """A Model. Raises ModelError for a game, whose numbers have no assumptions behind them."""
    found = find(given)
    if type(found).__name__ != "Model":
        raise ModelError(
            f"{given!r} is a {type(found).__name__}, a game of bare numbers: this command needs a Model, whose payoffs come from "
            "parameters and terms; 'strategy solve' and 'strategy draw' take games as well"
        )
    return found  # type: ignore[no-any-return]


def changes(given: Iterable[str], option: str = "--set", example: str = "russia_attention=0.2") -> dict[str, str]:
    """The values of ``--set name=value``, or of another such option, by name.

    Raises StrategyError on anything else, and on a name that comes twice.
    """
    values: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name or not value:
            raise StrategyError(f"{option} {one!r}: expected NAME=VALUE, such as {option} {example}")
        if name in values:
            raise StrategyError(f"{option} gives {name!r} twice, {values[name]} and {value}: give it once")
        values[name] = value
    return values


def _imported(given: str) -> Any:
    place, _, attribute = given.rpartition(":")
    try:
        module = _module(place)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a module may do anything when imported, even exit
        said = f"{type(error).__name__}: {error}".strip().rstrip(":")
        raise ModelError(f"cannot import module {place!r} of {given!r}: {said}") from error
    found: Any = module
    # Python reads identifiers in normal form KC, so this is how the attribute is called.
    for part in filter(None, unicodedata.normalize("NFKC", attribute).split(".")):
        if not hasattr(found, part):
            known = [name for name in dir(found) if not name.startswith("_")]
            raise ModelError(unknown(part, known, f"attribute of {place}"))
        found = getattr(found, part)
    return found


def _module(place: str) -> Any:
    """A module by its name, or by the file it is in; beside that file other modules are found too, as ``python file.py`` does."""
    if not place.endswith(".py"):
        return importlib.import_module(place)
    path = os.path.abspath(place)
    if not os.path.exists(path):
        raise FileNotFoundError(f"there is no file {place!r}")
    if os.path.dirname(path) not in sys.path:
        sys.path.insert(0, os.path.dirname(path))
    return importlib.import_module(os.path.splitext(os.path.basename(path))[0])


def _called(found: Any, given: str) -> Any:
    """The object itself if it is a model or a game, or what a function without arguments returns."""
    if callable(found) and not inspect.isclass(found):
        try:
            found = found()
        except StrategyError:
            raise
        except Exception as error:
            raise ModelError(f"calling {given!r} failed: {type(error).__name__}: {error}") from error
    if type(found).__name__ not in ("Model", "NormalFormGame", "ExtensiveFormGame"):
        raise ModelError(
            f"{given!r} is a {type(found).__name__}: expected a Model, a NormalFormGame, an ExtensiveFormGame, or a function "
            "without arguments that returns one"
        )
    return found
