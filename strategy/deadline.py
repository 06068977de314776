"""When the work under way is to end.

Set by whoever limits it, looked at in every long loop, however deep below.

``solve`` and whatever else takes seconds open ``until(end)``; loops call ``check()``,
compiled ones look at a flag that ``flagging`` raises. So a limit need not be handed down
through functions that have nothing else to do with time.
"""

from __future__ import annotations

import math
import numbers
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

from strategy.errors import StrategyError, TimeLimitError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "OutOfTime",
    "check",
    "flagging",
    "grace",
    "left",
    "limited",
    "require_seconds",
    "until",
    "watched",
    "within",
    "within_time",
]

T = TypeVar("T")
_end: ContextVar[float] = ContextVar("end", default=math.inf)


class OutOfTime(Exception):
    """Raised where the time is found to be over.

    What was found by then is kept by whoever set the limit.
    """


def require_seconds(value: Any, name: str = "seconds") -> None:
    """Raise StrategyError on what is not a time: None stands for no limit.

    ``value``: what was given; ``name``: what to call it in the message.
    """
    real: Any = numbers.Real
    if value is not None and (
        isinstance(value, bool) or not isinstance(value, real) or not value >= 0
    ):
        from strategy.texts import shown

        raise StrategyError(
            f"limit {name}={shown(value)}: expected a non-negative number, or None for no "
            "limit"
        )


def check() -> None:
    """Raise OutOfTime if the time is over."""
    if time.monotonic() > _end.get():
        raise OutOfTime


def left() -> float:
    """Seconds that are left, below 0 if the time is over; infinite without a limit."""
    return _end.get() - time.monotonic()


def within_time() -> dict[str, float]:
    """The option of SciPy's linear programmes that holds them to the time that is left."""
    return {} if left() == math.inf else {"time_limit": max(left(), 1e-3)}


def watched(items: Iterable[T]) -> Iterator[T]:
    """The same items one by one, with a look at the clock now and then."""
    for number, one in enumerate(items):
        if number % 1024 == 0:
            check()
        yield one


class until:  # noqa: N801 - used as a function; faster than a generator
    """Within, ``check`` raises after this moment of ``time.monotonic``.

    An earlier one that was set before still holds. ``end``: the moment; None for none.
    """

    __slots__ = ("_before", "_end")

    def __init__(self, end: float | None) -> None:
        self._end = math.inf if end is None else end

    def __enter__(self) -> None:
        self._before = _end.set(min(self._end, _end.get()))

    def __exit__(self, *_: object) -> None:
        _end.reset(self._before)


@contextmanager
def grace(seconds: float) -> Iterator[None]:
    """Within, the time is over so many seconds from now, even if it was over before.

    For keeping what was found.
    """
    token = _end.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _end.reset(token)


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Within, ``check`` raises once so many seconds have passed.

    Raises StrategyError on what is not a time.
    """
    require_seconds(seconds)
    with until(
        None
        if seconds is None
        else time.monotonic() + float(min(seconds, threading.TIMEOUT_MAX))
    ):
        yield


@contextmanager
def limited(seconds: float | None, what: str, option: str = "seconds") -> Iterator[None]:
    """Within, ``check`` raises once so many seconds have passed.

    That becomes a TimeLimitError with the remedy.

    ``option``: how whoever set the limit gives more. An end that was set before is for
    whoever set it. ``what``: the work, as the error names it.
    """
    try:
        with within(seconds):
            yield
    except OutOfTime:
        check()
        raise TimeLimitError(
            f"{what} was not done within {seconds:g} seconds, and nothing was kept: allow "
            f"more time, {option}"
        ) from None


@contextmanager
def flagging(flags: NDArray[Any], place: int) -> Iterator[None]:
    """Within, a number in an array that compiled code reads tells whether time is over.

    It is 0 until then, and 1 from then on. ``flags``: the array; ``place``: where in it the
    number is.
    """
    flags[place] = 0
    seconds = left()
    if seconds > threading.TIMEOUT_MAX:
        yield
        return

    def raise_flag() -> None:
        flags[place] = 1

    timer = threading.Timer(max(seconds, 0.0), raise_flag)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
