"""Ctrl-C is remembered: solve() turns it into an answer that says it was stopped, and long work must still end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["check", "interrupted", "remembered"]

_seen = threading.Event()


@contextmanager
def remembered() -> Iterator[None]:
    """Remember interrupts while a command runs. Elsewhere than in the main thread there are none to remember."""
    _seen.clear()
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, _remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _remember(number: int, frame: Any) -> None:
    _seen.set()
    raise KeyboardInterrupt


def interrupted() -> bool:
    """Whether Ctrl-C was pressed since the command began."""
    return _seen.is_set()


def check() -> None:
    """Raise KeyboardInterrupt if Ctrl-C was pressed, even if someone has handled it since."""
    if _seen.is_set():
        raise KeyboardInterrupt
