"""Numbers and values as text, of any length."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from strategy.errors import StrategyError

__all__ = ["assignments", "number_text", "seconds_words", "shown"]


def number_text(value: Any) -> str:
    """A number in full, of any length.

    What ``str`` gives, which refuses whole numbers of more than some thousand digits.
    ``value``: the number.
    """
    try:
        return str(value)
    except ValueError:
        from flint import fmpq

        ratio = Fraction(value)
        return str(fmpq(ratio.numerator, ratio.denominator))


def shown(value: Any) -> str:
    """What was given, for an error.

    It is as ``repr`` writes it, but cut off, and with whole numbers of any length.
    ``value``: that.
    """
    try:
        text = repr(value)
    except ValueError:
        text = (
            number_text(value)
            if isinstance(value, (int, Fraction))
            else f"a {type(value).__name__} of long numbers"
        )
    except RecursionError:
        text = f"a {type(value).__name__} nested too deeply"
    return text if len(text) <= 60 else f"{text[:60]}..."


def seconds_words(seconds: Any) -> str:
    """What ended work that ran out of time: "the limit of 2.5 seconds".

    For None, that of whatever it was a part of.
    """
    if seconds is None:
        return "the time limit"
    try:
        return f"the limit of {float(seconds):.10g} seconds"
    except OverflowError:
        return f"the limit of {shown(seconds)} seconds"


def assignments(
    given: Iterable[str], option: str = "--set", example: str = "russia_attention=0.2"
) -> dict[str, str]:
    """The values of ``--set name=value``, or of another such option, by name.

    ``given``: what was typed; ``example``: such an option, for the error.

    Raises StrategyError on anything else, and on a name that comes twice.
    """
    values: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name or not value:
            raise StrategyError(
                f"{option} {one!r}: expected NAME=VALUE, such as {option} {example}"
            )
        if name in values:
            raise StrategyError(
                f"{option} gives {name!r} twice, {values[name]} and {value}: give it once"
            )
        values[name] = value
    return values
