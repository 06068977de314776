"""A bar on a terminal for long work whose end is known; elsewhere nothing is printed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["progress_bar"]

_PATIENCE = 1.0  # seconds of work that nobody minds to wait for without a word


@contextmanager
def progress_bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A function to call with how much is done, out of ``total``.

    On a terminal it shows a bar, named ``what``, once the work takes longer than a second.
    """
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    begin, shown = time.monotonic(), list[Any]()

    def step(done: int) -> None:
        if not shown and time.monotonic() - begin > _PATIENCE:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeElapsedColumn,
            )

            columns = (
                BarColumn(bar_width=20),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}"),
            )
            shown.append(Progress(*columns, console=Console(stderr=True), transient=True))
            shown[0].start()
            shown[0].add_task(what, total=total)
        if shown:
            shown[0].update(shown[0].task_ids[0], completed=done)

    try:
        yield step
    finally:
        for bar in shown:
            bar.stop()
