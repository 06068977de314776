"""Errors that users see: each shows the value, what was expected and the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from strategy.characters import escaped

__all__ = [
    "GameError",
    "ModelError",
    "NumberError",
    "OtherKind",
    "ParameterError",
    "RefusalError",
    "SizeError",
    "StrategyError",
    "TimeLimitError",
    "UnknownNameError",
    "refusing_beyond_floats",
]


class StrategyError(ValueError):
    """Anything the toolkit refuses.

    The message, ``said``, names the value, what was expected and what to do, in one line.
    Whatever the value is, no character of it breaks the line or reaches a terminal as a
    command: such are escaped.
    """

    def __init__(self, *said: object) -> None:
        super().__init__(*[escaped(one) if isinstance(one, str) else one for one in said])


class NumberError(StrategyError):
    """A value that cannot be read as an exact finite number."""


class GameError(StrategyError):
    """A game form, a game or a profile that is not well formed."""


class UnknownNameError(GameError, KeyError):
    """A name that does not exist where a mapping is read.

    Also a KeyError, so that ``in`` and ``get`` work.
    """

    __str__ = Exception.__str__  # KeyError would show the message in quotes


class ModelError(StrategyError):
    """A model whose parts (terms, claims, outcomes, parameters) do not fit together."""


class ParameterError(ModelError):
    """A parameter that does not exist, or a value outside its range."""


class OtherKind(str):
    """A reason to refuse: another kind of game or concept is meant. Any other says more."""

    __slots__ = ()


class RefusalError(StrategyError):
    """A concept, solver or analysis that does not take this kind of input.

    The message names those that would. ``reasons``: where several were asked, why each of
    them does not take it.
    """

    reasons: tuple[str, ...] = ()

    @classmethod
    def of(cls, reasons: Iterable[str], otherwise: str) -> RefusalError:
        """The refusal of several, with the reason that says most.

        ``reasons``: one of each; ``otherwise``: what is said where all are of another kind.
        """
        every = tuple(dict.fromkeys(reasons))
        telling = [one for one in every if not isinstance(one, OtherKind)]
        error = cls(telling[0] if telling else otherwise)
        error.reasons = every
        return error


class TimeLimitError(StrategyError):
    """Work that was not done within its limit of seconds and leaves nothing.

    What leaves something keeps it, with no error.
    """


class SizeError(StrategyError):
    """Work that cannot fit in memory, refused before it starts, with a remedy."""


@contextmanager
def refusing_beyond_floats() -> Iterator[None]:
    """Within, a number too large for a float is refused where a step needs it as one.

    Such a step is a sample, a bar or a rounded size. Raises NumberError.
    """
    try:
        yield
    except OverflowError as error:
        # of another kind: a count that is too large for the system, say
        if "float" not in str(error):
            raise
        raise NumberError(
            "a number here is too large for a float (about 1e308): choose units that keep "
            "payoffs near 1"
        ) from error
