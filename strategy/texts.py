"""Numbers and values as text, of any length."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass

__all__ = ["number_text", "shown"]


def number_text(value: Any) -> str:
    """A number in full, of any length: what ``str`` gives, which refuses whole numbers of more than some thousand digits."""
    try:
        return str(value)
    except ValueError:
        from flint import fmpq

        ratio = Fraction(value)
        return str(fmpq(ratio.numerator, ratio.denominator))


def shown(value: Any) -> str:
    """What was given, for an error: as ``repr`` writes it, cut off, whole numbers of any length."""
    try:
        text = repr(value)
    except ValueError:
        text = number_text(value) if isinstance(value, (int, Fraction)) else f"a {type(value).__name__} of long numbers"
    except RecursionError:
        text = f"a {type(value).__name__} of very many levels"
    return text if len(text) <= 60 else f"{text[:60]}..."
