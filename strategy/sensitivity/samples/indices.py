"""What an indicator (0 or 1 at every sample) hangs on.

Sobol indices, elementary effects and PAWN, by SALib.

SALib is in the extra ``sweep``. Points are made in the unit cube, so that a distribution
can put values in their place.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.errors import RefusalError, StrategyError
from strategy.sensitivity.samples.intervals import LEVEL, Estimate, Z, share
from strategy.sensitivity.samples.optional_libraries import imported

__all__ = [
    "DUMMY",
    "LEVELS",
    "MOST_BASE",
    "RAREST",
    "Index",
    "Pawn",
    "SampledEffect",
    "effects",
    "enough",
    "library",
    "morris_points",
    "pawn",
    "quiet",
    "saltelli_points",
    "totals",
]  # fmt: skip

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

RAREST = 50
"""An indicator is apportioned only if it holds, and fails, at as many points at least:
ratios of rarer events mislead."""
MOST_BASE = 2**15
"""Independent points of the design for total indices, at most: resampling more takes
gigabytes."""
LEVELS = 8
"""Levels of the grid that elementary effects are taken on."""
_RESAMPLES = 200
_FEW = 20
DUMMY = "(no parameter)"
"""A column of random numbers that nothing depends on: what PAWN gives it is what chance
alone gives."""


@attrs.frozen
class Index:
    """Sobol indices of one parameter.

    The share of the indicator's variance that it accounts for alone (first), and that with
    all interactions in which it takes part (total).
    """

    parameter: str
    first: Estimate
    total: Estimate


@attrs.frozen
class SampledEffect:
    """Elementary effects of one parameter.

    The mean of their sizes (mu*) and their standard deviation (sigma).
    """

    parameter: str
    size: Estimate
    spread: Estimate


@attrs.frozen
class Pawn:
    """How far the share of samples with the indicator moves if a parameter is known.

    Known to be in one tenth of its values: the median over the tenths, and the greatest;
    ``moved`` and ``most`` are these with their intervals.
    """

    parameter: str
    moved: Estimate
    most: Estimate

    @property
    def median(self) -> float:
        """The median over the tenths."""
        return self.moved.value

    @property
    def greatest(self) -> float:
        """The greatest of the tenths."""
        return self.most.value


def library(name: str) -> Any:
    """A module of a library of the extra. Raises RefusalError that says what to install.

    ``name``: of the module.
    """
    with quiet():
        try:
            return imported(name)
        except StrategyError as error:
            raise RefusalError(str(error)) from None


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warnings of a library about itself.

    What it uses that is deprecated, what else could be installed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def saltelli_points(size: int, base: int, seed: int) -> Floats:
    """Saltelli's design, (base * (size + 2), size), from a scrambled Sobol sequence.

    ``base`` a power of two.

    Saltelli et al., Variance based sensitivity analysis of model output, Computer Physics
    Communications 181 (2010). ``seed``: for the scrambling.
    """
    return np.asarray(
        library("SALib.sample.sobol").sample(
            _problem(size), base, calc_second_order=False, seed=_seed(seed)
        )
    )


def totals(names: Sequence[str], holds: Booleans, seed: int) -> dict[str, Estimate]:
    """Total indices of an indicator at the rows of ``saltelli_points``.

    Intervals: bootstrap, normal.

    An indicator differs between two points or not, so its total index is the probability
    that it does when one parameter is drawn anew, over 2 p (1 - p). Where that was seen at
    few points or none, resampling them would say that it is known to be rare; there the
    exact binomial interval is taken in. ``names``: of the parameters; ``holds``: where the
    indicator does; ``seed``: for the bootstrap.
    """
    size = len(names)
    with quiet():
        found = library("SALib.analyze.sobol").analyze(
            _problem(size),
            holds.astype(float),
            calc_second_order=False,
            num_resamples=_RESAMPLES,
            conf_level=LEVEL,
            seed=_seed(seed),
        )
    table = holds.reshape(-1, size + 2)
    p = float(table[:, [0, -1]].mean())
    result = {}
    for i, name in enumerate(names):
        changed = table[:, 0] != table[:, i + 1]
        result[name] = _with_few(
            _within(found["ST"][i], found["ST_conf"][i]), changed, 2 * p * (1 - p)
        )
    return result


def _with_few(one: Estimate, events: Booleans, scale: float) -> Estimate:
    """An estimate whose interval takes in that of few events.

    The interval of the probability of these events over a scale, if few were seen.
    """
    count = int(events.sum())
    if count >= _FEW:
        return one
    seen = share(count, len(events))
    return Estimate(
        one.value,
        min(max(0.0, seen.low / scale), one.low),
        max(min(1.0, seen.high / scale), one.high),
    )


def enough(holds: Booleans, size: int) -> bool:
    """Whether an indicator holds, and fails, often enough.

    It is counted at the independent points of ``saltelli_points``. ``size``: how many
    parameters.
    """
    often = int(holds.reshape(-1, size + 2)[:, [0, -1]].sum())
    return min(often, 2 * (len(holds) // (size + 2)) - often) >= RAREST


def morris_points(size: int, trajectories: int, seed: int) -> Floats:
    """Morris' trajectories through a grid, (trajectories * (size + 1), size).

    One parameter moves at each step, by half of the probability. Each trajectory has a grid
    of its own, shifted at random within its cells: on the levels themselves gains that are
    round numbers would tie all the time, which values in the ranges hardly ever do.

    Morris, Factorial Sampling Plans for Preliminary Computational Experiments,
    Technometrics 33 (1991); Campolongo, Cariboni and Saltelli, An effective screening
    design, Environmental Modelling & Software 22 (2007). ``seed``: for the draws.
    """
    grid = library("SALib.sample.morris").sample(
        _problem(size), trajectories, num_levels=LEVELS, seed=_seed(seed)
    )
    shifts = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(2,))).random(
        (trajectories, 1, size)
    )
    levels = np.rint(np.asarray(grid) * (LEVELS - 1)).reshape(trajectories, size + 1, size)
    return np.asarray(((levels + shifts) / LEVELS).reshape(-1, size))


def effects(
    names: Sequence[str], points: Floats, holds: Booleans
) -> tuple[SampledEffect, ...]:
    """Elementary effects of an indicator at the rows of ``morris_points``.

    Per unit of probability: a change counts as 2, since a step is half of it. Each
    trajectory has one effect of each parameter, so that the mean size is twice a share and
    has an exact binomial interval; that of the standard deviation is asymptotic. ``names``:
    of the parameters; ``points``: the rows; ``holds``: where the indicator does.
    """
    size = len(names)
    steps = np.diff(points.reshape(-1, size + 1, size), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    ways = np.sign(np.take_along_axis(steps, moved[:, :, None], axis=2)[:, :, 0])
    changes = 2 * ways * np.diff(holds.reshape(-1, size + 1).astype(int), axis=1)
    found = np.zeros((len(changes), size))
    np.put_along_axis(found, moved, changes, axis=1)
    result = []
    for name, column in zip(names, found.T, strict=True):
        often = share(int((column != 0).sum()), len(column))
        result.append(
            SampledEffect(
                name,
                Estimate(2 * often.value, 2 * often.low, 2 * often.high),
                _deviation(column, 2 * often.high),
            )
        )
    return tuple(result)


def _deviation(column: Floats, most: float) -> Estimate:
    """The standard deviation of a sample of numbers 0 and 2 or -2.

    Their mean size is ``most`` at most.
    """
    apart = column - column.mean()
    variance = float(apart.var())
    if not variance:
        return Estimate(0.0, 0.0, min(2.0, (2 * most) ** 0.5))
    sigma = variance**0.5
    half = Z * float(((apart**4).mean() - variance**2) / len(column)) ** 0.5 / (2 * sigma)
    return Estimate(sigma, max(0.0, sigma - half), min(2.0, sigma + half))


def pawn(
    names: Sequence[str], points: Floats, holds: Booleans, seed: int
) -> tuple[Pawn, ...]:
    """PAWN from given samples, which may be correlated.

    The last entry is for a column of random numbers. Intervals: bootstrap, percentiles.

    Pianosi and Wagener, Distribution-based sensitivity analysis from a generic input-output
    sample, Environmental Modelling & Software 108 (2018); the column of random numbers:
    Khorashadi Zadeh et al., ibid. 91 (2017). ``names``: of the columns; ``points``: the
    samples; ``holds``: where the indicator does; ``seed``: for the bootstrap.
    """
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1,)))
    extra = rng.random((len(points), 1))
    labels = [*names, DUMMY]
    with quiet():
        found = library("SALib.analyze.pawn").analyze(
            _problem(len(labels)), np.hstack([points, extra]), holds.astype(float)
        )
    result = []
    for name, column, median, greatest in zip(
        labels, [*points.T, extra[:, 0]], found["median"], found["maximum"], strict=True
    ):
        again = _resampled_moves(column, holds, rng)
        result.append(
            Pawn(
                name,
                _around(float(median), np.median(again, axis=1)),
                _around(float(greatest), again.max(axis=1)),
            )
        )
    return tuple(result)


def _resampled_moves(column: Floats, holds: Booleans, rng: np.random.Generator) -> Floats:
    """By how much the share moves in each tenth of a parameter's values.

    Shape (resamples, tenths).
    """
    tenths = np.array_split(holds[np.argsort(column, kind="stable")], 10)
    sizes = np.array([len(one) for one in tenths])
    counts = rng.binomial(
        sizes, [one.mean() if len(one) else 0.0 for one in tenths], size=(_RESAMPLES, 10)
    )
    overall = counts.sum(axis=1, keepdims=True) / len(holds)
    return np.asarray(np.abs(counts / np.maximum(sizes, 1) - overall))


def _around(value: float, resampled: Floats) -> Estimate:
    low, high = np.quantile(resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]).tolist()
    return Estimate(value, min(low, value), max(high, value))


def _within(value: Any, half: Any) -> Estimate:
    """An estimate of an index with its half width.

    Indices lie between 0 and 1: an estimate outside is moved there, and its interval with
    it, lest it shrink to nothing.
    """
    inside, half = min(1.0, max(0.0, float(value))), float(half)
    return Estimate(inside, max(0.0, inside - half), min(1.0, inside + half))


def _problem(size: int) -> dict[str, Any]:
    return {
        "num_vars": size,
        "names": [f"x{i}" for i in range(size)],
        "bounds": [[0.0, 1.0]] * size,
    }


def _seed(seed: int) -> int:
    """A seed for SALib, never 0: it reads 0 as "no seed"."""
    return int(np.random.SeedSequence(seed, spawn_key=(0,)).generate_state(1)[0]) | 1
