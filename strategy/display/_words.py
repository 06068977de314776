"""Numbers, shares, places and lists as people read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Hashable, Iterable, Mapping
from fractions import Fraction
from itertools import islice
from typing import Any

from strategy.exact import is_ball
from strategy.texts import number_text

__all__ = [
    "count_text",
    "joined",
    "listed",
    "mixed_words",
    "number",
    "percent",
    "place_words",
    "slug",
    "text_width",
    "wrapped",
]


def number(value: Any, digits: int = 4) -> str:
    """A number as people read it: a short decimal where exact, else a ratio.

    The ratio has its rounded value beside it.

    ``value``: any number; ``digits``: how many significant ones are kept in rounding.

    Fraction(7, 20) -> "0.35"; Fraction(1, 3) -> "1/3"; Fraction(12345, 6789) -> "4115/2263
    (1.818)".
    """
    if is_ball(value) and value.contains(0):
        return "0" if value == 0 else "about 0"
    if not isinstance(value, (int, Fraction)):
        as_text = getattr(value, "display", None)
        return as_text(digits) if as_text is not None else f"{float(value):.{digits}g}"
    value = Fraction(value)
    if max(abs(value.numerator), value.denominator) > _WRITTEN_OUT:
        return _very_long(value, digits)
    if value.denominator == 1:
        return str(value.numerator)
    if 10**6 % value.denominator == 0:
        return str(float(value)) if abs(value) < 10**9 else str(value)
    if value.denominator <= 20 and abs(value.numerator) <= 99:
        return str(value)
    try:
        rounded = f"{float(value):.{digits}g}"
    except OverflowError:
        rounded = "beyond floats"
    return f"{value} ({rounded})" if len(str(value)) <= 24 else f"about {rounded}"


_WRITTEN_OUT = 10**100


def _very_long(value: Fraction, digits: int) -> str:
    """About how much a number is that nobody reads in full."""
    try:
        if (rounded := float(value)) or not value:
            return f"about {rounded:.{digits}g}"
    except OverflowError:
        pass
    from flint import arb, fmpq

    return (
        f"about {arb(fmpq(value.numerator, value.denominator)).str(digits, radius=False)}"
    )


def percent(value: Any) -> str:
    """A share, ``value``, in whole percent.

    What is neither nothing nor all never reads as 0% or 100%.
    """
    share = float(value)
    if 0 < share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1 else f"{share:.0%}"


def joined(parts: Iterable[str], last: str = "and") -> str:
    """``parts`` of a sentence in a row: "a, b and c"; ``last``: the word before the last."""
    *front, end = [*parts] or [""]
    return f"{', '.join(front)} {last} {end}" if front else end


def listed(names: Collection[str], most: int = 12) -> str:
    """``names`` in a row, cut with a count after ``most``: "a, b and 1,204 more"."""
    shown = ", ".join(islice(names, most))
    return f"{shown} and {len(names) - most:,} more" if len(names) > most else shown


def place_words(where: Hashable) -> str:
    """An information set in words: "at the start", "after press → connect".

    ``where``: its key in profiles; nothing for a table.
    """
    if where is None:
        return ""
    if isinstance(where, tuple):
        return "after " + " → ".join(map(str, where)) if where else "at the start"
    return f"at {where}"


def slug(text: str) -> str:
    """A name, ``text``, as a file name: letters and digits of any script, dots and hyphens.

    It has at most 80 characters.
    """
    return (
        re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", text)).strip("-.")[:80]
        or "model"
    )


def mixed_words(weights: Mapping[str, Any]) -> str:
    """What is done at one place: an action, or actions with their probabilities.

    ``weights``: action -> probability.
    """
    used = {action: weight for action, weight in weights.items() if not (weight == 0)}  # noqa: SIM201 - a ball may hold 0
    if len(used) == 1:
        return next(iter(used))
    return listed([f"{action} ({number(weight)})" for action, weight in used.items()])


def count_text(count: int | None) -> str:
    """``count`` profiles as a number: in full if that can be read, else its size."""
    if count is None:
        return "not counted"
    return (
        f"{count:,}"
        if count < 10**7
        else f"{Fraction(count).numerator:.3e}"
        if count < 10**300
        else f"10^{len(number_text(count)) - 1} and more"
    )


def text_width(text: str) -> int:
    """Columns that a text takes on a terminal.

    Wide characters count twice, combining ones not at all.
    """
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text broken at spaces, further in than it begins if that is set in.

    ``width``: in characters; a word longer than a line is cut.
    """
    lines: list[str] = []
    width = max(width, 1)
    for paragraph in text.split("\n"):
        words = paragraph.lstrip(" ")
        indent = " " * min(len(paragraph) - len(words), width // 2)
        room = width - len(indent) - 4
        hanging = (
            indent + "    "
            if indent and all(text_width(word) <= room for word in words.split(" "))
            else indent
        )
        line = ""
        for word in words.split(" "):
            if line and text_width(f"{indent}{line} {word}") > width:
                lines.append(indent + line)
                indent, line = hanging, word
            else:
                line = f"{line} {word}" if line else word
            while text_width(indent + line) > width:
                head = _head(line, width - len(indent))
                lines.append(indent + head)
                indent, line = hanging, line[len(head) :]
        lines.append(indent + line)
    return lines


def _head(text: str, width: int) -> str:
    """As much of a text as fits a line, a character at least."""
    used = 0
    for i, character in enumerate(text):
        used += text_width(character)
        if used > width:
            return text[: max(i, 1)]
    return text
