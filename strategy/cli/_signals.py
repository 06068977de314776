"""Ctrl-C is remembered.

solve() turns it into an answer that says it was stopped, and long work must still end. A
request to end (SIGTERM, SIGHUP) unwinds the work like it, so that workers are ended and
what is half written is removed.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["Terminated", "check", "interrupted", "remembered", "terminated"]

_seen = threading.Event()
_asked: list[int] = []


class Terminated(BaseException):
    """The process was asked to end."""


@contextmanager
def remembered() -> Iterator[None]:
    """Remember interrupts while a command runs.

    Elsewhere than in the main thread there are none to remember.
    """
    _seen.clear()
    _asked.clear()
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handlers = {signal.SIGINT: _remember}
    for name in ("SIGTERM", "SIGHUP"):
        one = getattr(signal, name, None)
        # nohup and such have their reasons
        if one is not None and signal.getsignal(one) is signal.SIG_DFL:
            handlers[one] = _end
    before = {one: signal.signal(one, handler) for one, handler in handlers.items()}
    try:
        yield
    finally:
        for one, handler in before.items():
            if signal.getsignal(one) is handlers[one]:
                signal.signal(one, handler)


def _remember(number: int, frame: Any) -> None:
    _seen.set()
    raise KeyboardInterrupt


def _end(number: int, frame: Any) -> None:
    signal.signal(number, signal.SIG_IGN)  # once is enough: what is under way is tidied up
    _asked.append(128 + number)
    raise Terminated


def terminated() -> int:
    """The exit code of a process that was asked to end; 0 if it was not.

    Even if someone has handled that since.
    """
    return _asked[0] if _asked else 0


def interrupted() -> bool:
    """Whether Ctrl-C was pressed since the command began."""
    return _seen.is_set()


def check() -> None:
    """Raise KeyboardInterrupt if Ctrl-C was pressed, even if someone has handled it since."""
    if _seen.is_set():
        raise KeyboardInterrupt
