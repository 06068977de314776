"""What each parameter accounts for alone, and what they all do together, from any sample of independent parameters.

With the samples in the order of one parameter, neighbours have nearly the same value of it and share nothing else: the mean
product of their indicators, less that of any two, estimates the variance that this parameter accounts for (Chatterjee, A New
Coefficient of Correlation, Journal of the American Statistical Association 116, 2021; Gamboa, Gremaud, Klein and Lagnoux, Global
Sensitivity Analysis: a Novel Generation of Mighty Estimators Based on Rank Statistics, Bernoulli 28, 2022). Such estimates may
be negative; they are added up as they are, and only the sum is held between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from strategy.sensitivity._intervals import LEVEL, Estimate

__all__ = ["alone"]

_BATCHES, _LEAST = 32, 16


def alone(
    names: Sequence[str], points: NDArray[np.float64], holds: NDArray[np.bool_]
) -> tuple[dict[str, Estimate], Estimate] | None:
    """The first Sobol index of each parameter (columns of ``points``) of an indicator, and their sum; None for too few samples.

    Intervals are asymptotic: Student's t over batches of the samples, of a ratio whose parts both vary.
    """
    size = len(holds) // _BATCHES
    if size < _LEAST:
        return None
    parts = np.array([_batch(points[i * size : (i + 1) * size], holds[i * size : (i + 1) * size]) for i in range(_BATCHES)])
    explained, variance = parts[:, :-1], parts[:, -1]
    if variance.sum() <= 0:
        return None
    each = {name: _ratio(explained[:, i], variance) for i, name in enumerate(names)}
    return each, _ratio(explained.sum(axis=1), variance)


def _batch(points: NDArray[np.float64], holds: NDArray[np.bool_]) -> list[float]:
    """Without bias: the variance of the indicator that each parameter accounts for alone, and all of it last."""
    size, count = holds.shape[0], int(holds.sum())
    squared = count * (count - 1) / (size * (size - 1))  # how often two different samples both have it
    found = []
    for column in points.T:
        order = holds[np.argsort(column, kind="stable")]
        found.append(float((order[1:] & order[:-1]).mean()) - squared)
    return [*found, count / size - squared]


def _ratio(above: NDArray[np.float64], below: NDArray[np.float64]) -> Estimate:
    from scipy.special import stdtrit

    value = float(above.sum() / below.sum())
    off = above - value * below
    half = float(stdtrit(_BATCHES - 1, (1 + LEVEL) / 2) * off.std(ddof=1) * np.sqrt(_BATCHES) / below.sum())
    low, middle, high = np.clip([value - half, value, value + half], 0.0, 1.0).tolist()
    return Estimate(middle, low, high)
