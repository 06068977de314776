"""Fractions that floats have rounded.

2/3 given as 0.6666666666666666 is read as that decimal, so that ties may be lost.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from typing import Any

from strategy.display import joined
from strategy.protocols import Game

__all__ = ["rounding_hint"]

# cells of a player: a hint need not see all, and is made whenever a solution is printed
_LOOKED_AT = 2_000
_KINDS = {8: (15, 999, Fraction(4, 10**16)), 4: (7, 99, Fraction(2, 10**7))}
"""For the bytes of a float: its digits if it was rounded, the largest denominator looked
for, and how far off it may be."""


def rounding_hint(game: Game) -> str:
    """A sentence that names the fractions that payoffs are likely to stand for.

    Those of several cells; "" if there are none. ``game``: whose payoffs are looked at.
    """
    cells: Counter[tuple[str, Fraction]] = Counter()
    for column in game.payoffs:
        values = column[:_LOOKED_AT] if column.dtype.kind in "fO" else column[:0]
        for value, count in Counter(
            values if values.dtype.itemsize == 4 else values.tolist()
        ).items():
            meant = _meant(value)
            if meant is not None:
                cells[meant] += count
    if cells.total() < 2:
        return ""
    shown = [pair for pair, _ in cells.most_common(3)]
    given = joined([text for text, _ in shown])
    meant_by = joined([_written(value) for _, value in shown])
    verb, floats = ("is", "a float") if len(shown) == 1 else ("are", "floats")
    return (
        f"Hint: {given} in the payoffs ({cells.total():,} cells) {verb} likely {meant_by} "
        f"rounded to {floats}, and {verb} read as the decimal{'s' * (len(shown) > 1)} "
        f"shown; give Fraction({shown[0][1].numerator}, {shown[0][1].denominator}) or "
        f"{str(shown[0][1])!r}, so that ties are exact."
    )


def _meant(value: Any) -> tuple[str, Fraction] | None:
    """How a float is written, and the simple fraction that it is likely to have been.

    If it is not that fraction.
    """
    if isinstance(value, Fraction):  # of a table in which floats stand beside other numbers
        if (
            value.denominator < 10**12
            or abs(value) > 10**300
            or Fraction(repr(float(value))) != value
        ):
            return None
        value = float(value)
    if (
        not hasattr(value, "is_integer")
        or isinstance(value, int)
        or not math.isfinite(value)
    ):
        return None
    digits, largest, near = _KINDS[4 if getattr(value, "itemsize", 8) == 4 else 8]
    text = str(abs(value))
    if len(text.partition("e")[0].replace(".", "").lstrip("0")) < digits:
        return None
    found = Fraction(text).limit_denominator(largest)
    return (text, found) if found and abs(Fraction(text) - found) <= near * found else None


def _written(value: Fraction) -> str:
    """A fraction, or a decimal that sums of floats have missed (0.30000000000000004)."""
    return str(float(value)) if 10**6 % value.denominator == 0 else str(value)
