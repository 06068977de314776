"""What a command prints: aligned tables, in colour on a terminal and plain in a pipe; progress on long work."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from strategy.cli import _signals
from strategy.display import text_table

__all__ = ["print_json", "print_table", "progress_bar", "say"]


def say(text: str = "", emphasis: bool = False) -> None:
    """Print a line of text, wrapped at words on a terminal."""
    if not sys.stdout.isatty():
        print(text)
        return
    from rich.console import Console
    from rich.text import Text

    Console(highlight=False).print(Text(text, style="bold" if emphasis else ""))


def print_json(data: Any) -> None:
    """Print data as JSON."""
    print(json.dumps(data, ensure_ascii=False, indent=1))


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> None:
    """Print a table; the columns numbered in ``right`` are set flush right."""
    lines, flush = [list(row) for row in rows], set(right)
    if not sys.stdout.isatty():
        print(text_table(header, lines, flush))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i, title in enumerate(header):
        table.add_column(Text(title), justify="right" if i in flush else "left", overflow="fold")
    for line in lines:
        table.add_row(*[Text(cell, style=_style(cell)) for cell in line])
    Console(highlight=False).print(table)


def _style(cell: str) -> str:
    """A cell that is a verdict has its colour, as in the figures as far as a terminal has them."""
    return {"in every equilibrium": "bold blue", "in some, not in every equilibrium": "yellow", "in no equilibrium": "red"}.get(
        cell, ""
    )


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int, str], None]]:
    """A function to call before each step; it shows a bar on a terminal, and ends the work after Ctrl-C."""
    if not sys.stderr.isatty():
        yield lambda done, total, what: _signals.check()
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(BarColumn(), TextColumn("{task.description}"), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")

        def step(done: int, total: int, what: str) -> None:
            _signals.check()
            bar.update(task, completed=done, total=total, description=escape(what))

        yield step
