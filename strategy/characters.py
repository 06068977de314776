"""Characters that no reader sees, or that move what is around them.

Found in names, escaped wherever text is shown.

A line break in a name adds a line to a table, an escape sequence colours or clears a
terminal, a bidirectional mark turns a row around, and a lone surrogate cannot be written
down at all. A name is refused if it has one (``strategy.names``); in prose and in messages
each is shown as Python writes it: ``\\n``, ``\\x1b``, ``\\u202e``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

__all__ = ["escaped", "hidden", "json_text", "one_line"]

# blank though not of kind Cf
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
)
_JOINERS = "\u200c\u200d"
# All that Unicode calls control, format, surrogate or separator, selectors of variants and
# what is in _UNSEEN stands here.
_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(
        [
            chr(plane + last)
            for plane in range(0x10000, 0x110000, 0x10000)
            for last in (0xFFFE, 0xFFFF)
        ]
    )
    + "]"
)


def hidden(text: str) -> str | None:
    """The first character of a text that must not be in a name; None if there is none."""
    if text.isascii() and text.isprintable():
        return None
    return next(
        (
            found[0]
            for found in _SUSPECT.finditer(text)
            if not _belongs(text, found.start())
        ),
        None,
    )


def escaped(text: str, keep: str = "") -> str:
    """The text with each such character as Python writes it in a string.

    Those in ``keep`` stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text

    def shown(found: re.Match[str]) -> str:
        one = found[0]
        return one if one in keep or _belongs(text, found.start()) else _escape(one)

    return _SUSPECT.sub(shown, text)


def one_line(text: str) -> str:
    """Prose as one line: white space as single spaces, and the rest escaped.

    Line breaks count as white space. ``text``: the prose.
    """
    return escaped(" ".join(text.split()))


def json_text(data: Any, indent: int = 1) -> str:
    """Data as JSON, in which letters of every script stand as they are.

    What is not seen stands as an escape of JSON's. ``data``: what ``json`` takes;
    ``indent``: by how much deeper levels are set in.
    """
    text = json.dumps(data, ensure_ascii=False, indent=indent, default=str)
    return _SUSPECT.sub(
        lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], text
    )


def _escape(one: str) -> str:
    shown = repr(one)[1:-1]
    return (
        shown
        if shown != one
        else f"\\u{ord(one):04x}"
        if ord(one) < 0x10000
        else f"\\U{ord(one):08x}"
    )


def _belongs(text: str, place: int) -> bool:
    """Whether a sign is part of how a word is spelled, though it has no shape of its own.

    Joiners belong between letters of scripts that join them (Persian) and after a virama
    (Hindi), as in names of the internet (RFC 5892, appendix A), and between pictures that
    make one picture; selectors of variants after a symbol or an ideograph. Arabic signs
    that enclose numbers are seen.
    """
    one = text[place]
    before = text[place - 1 : place]
    after = text[place + 1 : place + 2]
    if one == "\u200d" and _pictures(before, after):
        return True
    if one in _JOINERS:
        letters = [
            unicodedata.bidirectional(side) == "AL" for side in (before, after) if side
        ]
        return letters == [True, True] or (
            bool(before) and unicodedata.combining(before) == 9
        )
    if "\ufe00" <= one <= "\ufe0f" or "\U000e0100" <= one <= "\U000e01ef":
        return (
            bool(before)
            and unicodedata.category(before) in ("So", "Lo")
            and before not in _UNSEEN
        )
    return unicodedata.bidirectional(one) == "AN" or one == "\u070f"


def _pictures(before: str, after: str) -> bool:
    """Whether a joiner stands between pictures.

    The first of them may have a tone of skin or a selector of variants.
    """
    if not before or not after or before < "\u2600" or after < "\u2600":
        return False
    return unicodedata.category(after) == "So" and (
        before == "\ufe0f" or unicodedata.category(before) in ("So", "Sk")
    )
