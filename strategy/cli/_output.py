"""What a command prints.

Aligned tables that fit the terminal, in colour there and plain in a pipe.
"""

from __future__ import annotations

import itertools
import os
import shlex
import sys
from collections.abc import Iterable
from typing import Any

import attrs

from strategy.characters import escaped, json_text
from strategy.display import Chip, Strip, Table, text_width, wrapped

__all__ = [
    "WIDEST",
    "columns",
    "plain_signs",
    "print_json",
    "print_table",
    "print_tables",
    "say",
    "say_command",
]

WIDEST = 120
"""Columns that a table takes at most where no terminal sets the width."""
_NARROWEST = 20  # in less nothing can be read
# Near the fills of the figures, and legible on dark and on light ground: 256 colours, or
# the 16 that every terminal has.
_COLOURS = {
    "EVERY": ("38;5;32", "34"),
    "SOME": ("38;5;136", "33"),
    "NO": ("38;5;166", "31"),
}


def columns() -> int | None:
    """How wide lines may be: COLUMNS if that is set, else the width of the terminal.

    It is None where there is neither, as in a pipe.
    """
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return max(int(given), _NARROWEST)
    try:
        return max(os.get_terminal_size(sys.stdout.fileno()).columns or 80, _NARROWEST)
    except (OSError, ValueError):
        return None


def say(text: str = "", *, bullet: str = "", emphasis: bool = False) -> None:
    """Print a line of text, wrapped at words to the width there is.

    What follows a bullet is set in.

    Line breaks at its beginning count; whatever else may not be seen (in the name of a
    file, say) is escaped.
    """
    line = text.lstrip("\n")
    text = text[: len(text) - len(line)] + escaped(line)
    width = columns()
    lines = [text] if width is None else wrapped(text, max(width - len(bullet), _NARROWEST))
    for i, line in enumerate(lines):
        print(
            (
                (bullet if i == 0 else " " * len(bullet))
                + (_styled(line, "1") if emphasis else line)
            ).rstrip()
        )


def say_command(line: str) -> None:
    """Print a command line, set in.

    One that does not fit goes on after a backslash, so that it can be copied as it stands.
    """
    width, lines = columns(), [""]
    for word in map(shlex.quote, shlex.split(line)):
        if (
            width is not None
            and lines[-1]
            and text_width(f"  {lines[-1]} {word} \\") > width
        ):
            lines.append(f"    {word}")
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    print(" \\\n".join([f"  {escaped(one)}" for one in lines]))


def print_json(data: Any) -> None:
    """Print data as JSON."""
    print(json_text(data))


def print_table(table: Table, indent: int = 0) -> None:
    """Print a table: aligned, no wider than the terminal, verdicts in their colours.

    No wider than ``WIDEST`` where there is no terminal.
    """
    if plain_signs():
        plain = [
            [
                attrs.evolve(cell, ascii=True) if isinstance(cell, Strip) else cell
                for cell in row
            ]
            for row in table.rows
        ]
        table = attrs.evolve(table, rows=plain)
    text = table.text((columns() or WIDEST) - indent, _painted)
    print("\n".join([" " * indent + line for line in text.split("\n")]) if indent else text)


def print_tables(tables: Iterable[Table]) -> None:
    """Print those tables that have rows, each under its caption after an empty line."""
    for table in (one for one in tables if one.rows):
        say()
        if table.caption:
            say(table.caption)
        print_table(table)


def plain_signs() -> bool:
    """Whether the terminal lacks the signs that stand for verdicts, so that ASCII must do."""
    try:
        "█▒·×◆".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return True
    return False


def _painted(cell: Any, text: str) -> str:
    if isinstance(cell, Chip):
        return _coloured(text, cell.verdict)
    if isinstance(cell, Strip) and len(text) == cell.size:
        return _painted_strip(cell, text)
    return text


def _painted_strip(strip: Strip, text: str) -> str:
    """Every sign in the colour of its verdict; what marks the value stands out."""
    signs = [
        (None if i == strip.value_at else verdict, sign)
        for i, (verdict, sign) in enumerate(zip(strip.verdicts(), text, strict=True))
    ]
    parts = []
    for verdict, run in itertools.groupby(signs, key=lambda pair: pair[0]):
        shown = "".join(sign for _, sign in run)
        parts.append(_styled(shown, "1") if verdict is None else _coloured(shown, verdict))
    return "".join(parts)


def _coloured(text: str, verdict: Any) -> str:
    many, few = _COLOURS.get(verdict.name, ("2", "2"))
    return _styled(
        text,
        many if "256" in os.environ.get("TERM", "") or "COLORTERM" in os.environ else few,
    )


def _styled(text: str, codes: str) -> str:
    """Text in a style on a terminal, and as it is elsewhere.

    As it is also where NO_COLOR is set (https://no-color.org).
    """
    plain = (
        not sys.stdout.isatty()
        or bool(os.environ.get("NO_COLOR"))
        or os.environ.get("TERM") == "dumb"
    )
    return text if plain or not text else f"\x1b[{codes}m{text}\x1b[0m"
