"""Confidence intervals at 95 % for shares of independent samples."""

from __future__ import annotations

from typing import Any

import attrs

__all__ = ["LEVEL", "Estimate", "share"]

LEVEL = 0.95


@attrs.frozen
class Estimate:
    """A number estimated from samples, and the ends of its confidence interval at 95 %."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"

    def data(self) -> dict[str, float]:
        """As plain data."""
        return {"value": self.value, "low": self.low, "high": self.high}


def share(count: int, of: int) -> Estimate:
    """A share and its exact binomial interval, which covers the truth in at least 95 % of all cases, however rare it is.

    Clopper and Pearson, The Use of Confidence or Fiducial Limits Illustrated in the Case of the Binomial, Biometrika 26 (1934).
    """
    from scipy.special import betaincinv

    tail = (1 - LEVEL) / 2
    low: Any = betaincinv(count, of - count + 1, tail) if count else 0.0
    high: Any = betaincinv(count + 1, of - count, 1 - tail) if count < of else 1.0
    return Estimate(count / of, float(low), float(high))
