"""Words on standard error while work takes long.

A bar on a terminal, elsewhere now and then a line.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from strategy.characters import escaped
from strategy.cli import _signals

__all__ = ["progress_bar", "rated_bar", "working"]

_PATIENCE = 1.0
"""Seconds after which a terminal says what is being done."""
_FIRST_LINE = 2.0
"""Seconds after which a pipe gets a line; each next one comes when the work has taken twice
as long."""


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int, str], None]]:
    """A function to call before each step.

    It says how far the work is, and ends it after Ctrl-C.
    """
    if not sys.stderr.isatty():
        said = [""]
        with _lines(lambda: said[0]):

            def note(done: int, total: int, what: str) -> None:
                _signals.check()
                said[0] = f"{done} of {total} done, {what}"

            yield note
        return
    from rich.markup import escape

    with _progress() as bar:
        task = bar.add_task("")

        def step(done: int, total: int, what: str) -> None:
            _signals.check()
            bar.update(task, completed=done, total=total, description=escape(what))

        yield step


@contextmanager
def rated_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A function to call with how much is done of how much.

    It says the rate and the time left as well.
    """
    if not sys.stderr.isatty():
        rate = _Rate(what)
        with _lines(rate.words):

            def note(done: int, total: int) -> None:
                _signals.check()
                rate.note(done, total)

            yield note
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Speed(ProgressColumn):
        def render(self, task: Any) -> Text:
            return Text("" if not task.speed else f"{task.speed:,.0f}/s")

    words = TextColumn("{task.description} {task.completed:,.0f} of {task.total:,.0f}")
    parts = (
        words,
        BarColumn(bar_width=20),
        Speed(),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("left"),
    )
    with Progress(*parts, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, visible=False)

        def step(done: int, total: int) -> None:
            _signals.check()
            bar.update(task, completed=done, total=total, visible=True)

        yield step


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say what is being done while work takes long whose end is not known."""
    if not sys.stderr.isatty():
        with _lines(lambda: what):
            yield
        return
    shown: list[Any] = []
    ended = threading.Event()

    def show() -> None:
        if not ended.wait(_PATIENCE):
            bar = _progress()
            bar.add_task(what, total=None)
            bar.start()
            shown.append(bar)

    try:
        with _beside(show, ended):
            yield
    finally:
        for bar in shown:
            bar.stop()


class _Rate:
    """How much is done of how much, how fast, and how long the rest will take at that pace."""

    def __init__(self, what: str) -> None:
        self.what, self.done, self.total = what, 0, 0
        self.first: tuple[int, float] | None = None

    def note(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        # what was there before is not a measure of the pace
        self.first = self.first or (done, time.monotonic())

    def words(self) -> str:
        if self.first is None:
            return f"{self.what}: getting ready"
        done, begin = self.first
        pace = (self.done - done) / max(time.monotonic() - begin, 1e-9)
        left = (
            f", {pace:,.0f}/s, about {(self.total - self.done) / pace:,.0f} s left"
            if pace
            else ""
        )
        return f"{self.done:,} of {self.total:,} {self.what}{left}"


@contextmanager
def _lines(words: Callable[[], str]) -> Iterator[None]:
    """Print the words as a line of standard error after a while.

    They are printed again each time the work has taken twice as long.
    """
    begin, ended = time.monotonic(), threading.Event()

    def show() -> None:
        due = _FIRST_LINE
        while not ended.wait(due - (time.monotonic() - begin)):
            with contextlib.suppress(OSError, ValueError):  # whoever read it may have gone
                print(
                    f"strategy: after {time.monotonic() - begin:.0f} s: {escaped(words())}",
                    file=sys.stderr,
                    flush=True,
                )
            due *= 2

    with _beside(show, ended):
        yield


@contextmanager
def _beside(show: Callable[[], None], ended: threading.Event) -> Iterator[None]:
    """Run a function in a thread of its own until the work within is done."""
    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _progress() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Column

    said = TextColumn(
        "{task.description}",
        table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
    )
    parts = (BarColumn(bar_width=20), TimeElapsedColumn(), said)
    return Progress(*parts, console=Console(stderr=True), transient=True, expand=True)
