"""What the kits share: requirements in words, copies, and games to try."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterable
from typing import Any

from strategy.errors import StrategyError
from strategy.forms.extensive import ExtensiveFormGame
from strategy.forms.normal import NormalFormGame
from strategy.generators import ALL
from strategy.testing.examples import drawn

__all__ = [
    "Game",
    "games_to_try",
    "payoffs_of",
    "pickled",
    "require",
    "require_copies",
    "require_error",
    "require_instance",
    "require_refusal",
    "succeed",
]

Game = NormalFormGame | ExtensiveFormGame
_EACH = 3  # games of a kind


def require(holds: object, reason: str) -> None:
    """Raise AssertionError with a reason.

    It is not an ``assert``, since it holds under ``python -O`` too.
    """
    if not holds:
        raise AssertionError(reason)


def succeed(what: str, call: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """What a call returns; an exception becomes an AssertionError that says what was tried.

    ``args``, ``options``: of the call.
    """
    try:
        return call(*args, **options)
    except Exception as error:
        raise AssertionError(f"{what} raised {type(error).__name__}: {error}") from error


def require_instance(thing: Any, methods: Iterable[str], what: str) -> None:
    """Raise AssertionError unless it is an object (no class) with these methods.

    ``thing``: the object; ``what``: it is meant to be, in words.
    """
    require(
        not isinstance(thing, type),
        f"{getattr(thing, '__name__', thing)} is a class: give an instance",
    )
    for method in methods:
        require(
            callable(getattr(thing, method, None)),
            f"{thing!r} has no method {method}: it is not a {what}",
        )


def pickled(thing: Any, what: str) -> Any:
    """The thing pickled and read back.

    ``what``: it is, in words.
    """
    return pickle.loads(succeed(f"pickling {what}", pickle.dumps, thing))


def require_copies(
    thing: Any, what: str, *, same: Callable[[Any], Any] | None = None
) -> None:
    """It has a hash and can be pickled and copied.

    Where it compares by value, or by ``same``, the copies are equal to it. ``thing``: the
    object; ``what``: it is, in words.
    """
    succeed(f"hash({what})", hash, thing)
    for again in (pickled(thing, what), succeed(f"copying {what}", copy.deepcopy, thing)):
        require(
            type(again) is type(thing),
            f"{what} comes back as a {type(again).__name__} when copied or pickled",
        )
        if same is not None:
            require(same(again) == same(thing), f"{what} is changed by pickling or copying")
        elif "__eq__" in {key for kind in type(thing).__mro__[:-1] for key in vars(kind)}:
            require(
                again == thing,
                f"{what} is not equal to its copy: compare by value, or not at all",
            )
            require(
                hash(again) == hash(thing),
                f"{what} and its copy are equal and have different hashes",
            )


def require_refusal(reason: Any, who: str, of: str) -> None:
    """A refusal is None or a sentence that can be shown.

    ``reason``: the refusal; ``who`` refuses a game ``of`` which kind, in words.
    """
    right = reason is None or (isinstance(reason, str) and len(reason.split()) >= 4)
    require(
        right,
        (
            f"{who}.refuses({of}) gives {reason!r}: give None, or a sentence that says "
            "why not, and what to use instead"
        ),
    )


def games_to_try(
    games: Iterable[Game] | None, takes: Callable[[Game], bool], who: str
) -> list[Game]:
    """The games given, or some of every kind that the generators draw.

    Only those that are taken, and at least one. ``takes``: whether a game is taken;
    ``who``: takes them, in words.
    """
    tried = (
        list(games)
        if games is not None
        else [game for make in ALL.values() for game in drawn(make(), _EACH)]
    )
    for game in tried:
        require(
            isinstance(game, Game),
            f"games= has {game!r}: give NormalFormGame or ExtensiveFormGame objects",
        )
    taken = [game for game in tried if takes(game)]
    require(
        taken,
        (
            f"{who} takes none of {len(tried)} games, so nothing can be checked: give "
            "some with games="
        ),
    )
    return taken


def payoffs_of(game: Game) -> tuple[Any, ...]:
    """Everything in a game that a careless solver could write to, as plain values."""
    return (
        tuple([column.tolist() for column in game.payoffs]),
        game.laws,
        game.players,
        tuple(game.actions.items()),
    )


def require_error(what: str, call: Callable[..., Any], *args: Any) -> None:
    """A call that cannot be answered ends in the toolkit's own error.

    The error must also say something. ``what``: is called, in words; ``args``: of the call.
    """
    try:
        call(*args)
    except StrategyError as error:
        words = len(str(error).split())
        require(
            words >= 4,
            (
                f"{what} raises {type(error).__name__}({str(error)!r}): say what was "
                "expected instead"
            ),
        )
    except Exception as error:
        raise AssertionError(
            f"{what} raises {type(error).__name__}: {error}; expected a GameError or "
            "RefusalError"
        ) from error
    else:
        raise AssertionError(
            f"{what} raises nothing: expected a GameError or RefusalError with the remedy"
        )
