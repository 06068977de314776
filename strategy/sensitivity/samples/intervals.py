"""Confidence intervals at 95 %, and what may be said of estimates that have them.

Digits, ranks, how many samples would tell.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import attrs

__all__ = ["LEVEL", "Estimate", "Z", "enough_for", "leaders", "mean", "share", "telling"]

LEVEL = 0.95
Z = 1.959963984540054
"""The quantile of the normal distribution that leaves half of the rest above."""


@attrs.frozen
class Estimate:
    """A number estimated from samples, and the ends of its confidence interval at 95 %."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """The number with its interval, in digits no finer than that."""
        digits = max(2, _digits(self.width))
        return (
            f"{_fixed(self.value, digits)} ({_fixed(self.low, digits)} to "
            f"{_fixed(self.high, digits)})"
        )

    @property
    def width(self) -> float:
        """The width of the interval."""
        return self.high - self.low

    def percent(self, *, signed: bool = False) -> str:
        """A share with its interval, in digits no finer than that.

        "18.9% (18.3% to 19.5%)". ``signed``: whether a plus stands in front.
        """
        return f"{self.percent_alone(signed=signed)} ({self.ends(signed=signed)})"

    def percent_alone(self, *, signed: bool = False) -> str:
        """The share by itself, in digits no finer than its interval.

        ``signed``: whether a plus stands in front.
        """
        return _percent(self.value, _digits(100 * self.width), signed)

    def ends(self, *, signed: bool = False) -> str:
        """The interval of a share: "18.3% to 19.5%".

        ``signed``: whether a plus stands in front.
        """
        digits = _digits(100 * self.width)
        return (
            f"{_percent(self.low, digits, signed)} to {_percent(self.high, digits, signed)}"
        )

    def data(self) -> dict[str, float]:
        """As plain data."""
        return {"value": self.value, "low": self.low, "high": self.high}


def _digits(width: float) -> int:
    """Digits after the point that suit an interval of this width.

    The last is no finer than half of it; one of nothing has few.
    """
    return min(6, max(0, -math.floor(math.log10(width / 2)))) if width > 0 else 0


def _fixed(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return text.removeprefix("-") if not float(text) else text  # never -0.00


def _percent(value: float, digits: int, signed: bool) -> str:
    text = _fixed(100 * value, digits)
    return f"{'+' if signed and float(text) > 0 else ''}{text}%"


def share(count: int, of: int) -> Estimate:
    """A share and its exact binomial interval.

    It covers the truth in at least 95 % of all cases, however rare it is.

    Clopper and Pearson, The Use of Confidence or Fiducial Limits Illustrated in the Case of
    the Binomial, Biometrika 26 (1934). ``count``: how many of all.
    """
    from scipy.special import betaincinv

    tail = (1 - LEVEL) / 2
    low: Any = betaincinv(count, of - count + 1, tail) if count else 0.0
    high: Any = betaincinv(count + 1, of - count, 1 - tail) if count < of else 1.0
    return Estimate(count / of, float(low), float(high))


def mean(value: float, error: float, samples: int, *, constant: bool = False) -> Estimate:
    """A mean of so many numbers between -1 and 1 and its asymptotic interval.

    Normal, from the standard error; where all numbers were the same, what any other number
    may have gone unseen with, unless they are known to be ``constant``. ``value``: the
    mean; ``samples``: how many numbers.
    """
    half = (
        0.0
        if constant
        else Z * error
        if error > 0
        else 1 - ((1 - LEVEL) / 2) ** (1 / max(samples, 1))
    )
    return Estimate(value, max(-1.0, value - half), min(1.0, value + half))


def leaders(found: Mapping[str, Estimate], most: int) -> tuple[str, ...]:
    """The fewest, and ``most`` at most, whose intervals all lie above those of all others.

    There are none where intervals overlap. ``found``: the estimates, by name.
    """
    order = sorted(found, key=lambda one: -found[one].value)
    for count in range(1, min(most, len(order) - 1) + 1):
        if min(found[one].low for one in order[:count]) > max(
            found[one].high for one in order[count:]
        ):
            return tuple(order[:count])
    return ()


def telling(found: Mapping[str, Estimate], samples: int) -> int | None:
    """About how many samples would part the greatest estimate from the next.

    If they are what they seem; None where they are equal. Intervals narrow with the root of
    the number of samples. ``found``: the estimates, by name.
    """
    first, second = sorted(found.values(), key=lambda one: -one.value)[:2]
    gap = first.value - second.value
    return (
        None
        if gap <= 0
        else _rounded_up(
            samples * ((first.value - first.low + second.high - second.value) / gap) ** 2
        )
    )


def enough_for(one: Estimate, width: float, samples: int) -> int:
    """About how many samples would make an interval so narrow.

    ``one``: the estimate; ``width``: that.
    """
    return _rounded_up(samples * (one.width / width) ** 2)


def _rounded_up(count: float) -> int:
    """To one digit: it is a guess."""
    unit: int = 10 ** max(0, math.floor(math.log10(max(count, 1))))
    return math.ceil(count / unit) * unit
