"""What each parameter accounts for alone, and what they all do together.

Any sample of independent parameters will do.

The variance of an indicator f that a parameter x accounts for alone is E[g(x)^2] - E[f]^2,
where g(x) is the share of samples with f at x. The samples are cut into bins by x; two
different samples of one bin both have f as often as g^2 says on average there, which
estimates it without bias but for what g changes within a bin: there are so many bins that
the interval covers that. Such estimates may be negative; they are added up as they are, and
only what comes out is held between 0 and 1. Errors: by the influence of each sample, 2 f g
- g^2 (S. Da Veiga and F. Gamboa, Efficient Estimation of Sensitivity Indices, Journal of
  Nonparametric Statistics 25, 2013), and what noise is left where a parameter accounts for
  nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from strategy.sensitivity.samples.intervals import Estimate, Z

__all__ = ["alone"]

_LEAST = 500

Floats = NDArray[np.float64]


def alone(
    names: Sequence[str], points: NDArray[np.float64], holds: NDArray[np.bool_]
) -> tuple[dict[str, Estimate], Estimate] | None:
    """The first Sobol index of each parameter of an indicator, and their sum.

    Parameters are columns of ``points``; with asymptotic intervals; None for too few
    samples, or if the indicator is the same at all. ``names``: of the columns; ``holds``:
    where the indicator does.
    """
    size, count = len(holds), int(holds.sum())
    if size < _LEAST or count in (0, size):
        return None
    # how often two different samples both have it
    both = count * (count - 1) / (size * (size - 1))
    variance = count / size - both
    # where f jumps with x a bin is off by 1/4 at most, so all by 1/bins: below the noise of
    # bins
    bins = round(size ** (2 / 3))
    found = [_of_column(column, holds, bins) for column in points.T]
    explained = np.array([value - both for value, _ in found]) / variance
    moved = np.array([influence for _, influence in found])  # (parameters, samples)
    off = holds - count / size
    each = (
        moved - 2 * count / size * off - explained[:, None] * (1 - 2 * count / size) * off
    )
    left = 2 * bins / size**2

    def estimate(value: float, influence: Floats, parts: int) -> Estimate:
        half = Z * float(np.sqrt(influence.var() / (size * variance**2) + parts * left))
        low, middle, high = np.clip([value - half, value, value + half], 0.0, 1.0).tolist()
        return Estimate(middle, low, high)

    one_by_one = {name: estimate(explained[i], each[i], 1) for i, name in enumerate(names)}
    return one_by_one, estimate(explained.sum(), each.sum(axis=0), len(names))


def _of_column(column: Floats, holds: NDArray[np.bool_], bins: int) -> tuple[float, Floats]:
    """How often two different samples of one bin both have the indicator.

    It comes with the influence of each sample on that.
    """
    order = np.argsort(column, kind="stable")
    place = np.empty(len(column), dtype=np.int64)
    place[order] = np.arange(len(column)) * bins // len(column)
    sizes = np.bincount(place, minlength=bins)
    hits = np.bincount(place, weights=holds, minlength=bins)
    share = (hits / sizes)[place]
    both = float((hits * (hits - 1) / (sizes - 1)).sum() / len(column))
    return both, 2 * holds * share - share**2
