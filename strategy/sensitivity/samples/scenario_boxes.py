"""Scenario discovery.

Boxes of parameter values in which an indicator mostly holds, found by PRIM in the EMA
Workbench.

The EMA Workbench is in the extra ``sweep``. (The other kept library with PRIM is under the
GPL.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.sensitivity.samples.indices import library, quiet
from strategy.sensitivity.samples.intervals import Estimate, share

__all__ = ["DENSITY", "Limit", "ScenarioBox", "boxes", "judged"]

DENSITY = 0.9
"""Of all boxes on the way to a small dense one, the one is taken that covers most and has
this density."""
_SMALLEST = 0.02
_CHANCE = 0.05


@attrs.frozen
class Limit:
    """A parameter is held between two values; None where its range ends."""

    parameter: str
    low: float | None
    high: float | None


@attrs.frozen
class ScenarioBox:
    """A box of parameter values in which an indicator mostly holds.

    ``coverage``: the share of what has the indicator that lies in the box; ``density``: the
    share of the box that has it; ``mass``: the share of all values that lie in it. Counted
    at samples that were not used to find the box.
    """

    limits: tuple[Limit, ...]
    coverage: Estimate
    density: Estimate
    mass: Estimate


def boxes(
    names: Sequence[str], points: NDArray[np.float64], holds: NDArray[np.bool_], most: int
) -> Iterator[tuple[Limit, ...]]:
    """At most so many boxes, each in the samples that those before it leave over.

    Friedman and Fisher, Bump hunting in high-dimensional data, Statistics and Computing 9
    (1999); Bryant and Lempert, Thinking inside the box, Technological Forecasting and
    Social Change 77 (2010). A limit is kept only if chance alone would hardly bring it
    about (their quasi-p-value below 0.05). ``names``: of the columns; ``points``: the
    samples; ``holds``: where the indicator does.
    """
    prim = library("ema_workbench.analysis.prim")
    pandas = library("pandas")
    with quiet():
        table = pandas.DataFrame(points, columns=list(names))
        search = prim.Prim(table, holds.copy(), threshold=0.5, mass_min=_SMALLEST)
        for _ in range(most):
            found = search.find_box()
            if (
                found is None
                or not len(found.peeling_trajectory)
                or len(found.box_lims) < 2
            ):
                return
            path = found.peeling_trajectory
            dense = path[path["density"] >= DENSITY]
            chosen = int(dense["coverage"].idxmax()) if len(dense) else len(path) - 1
            found.select(chosen)
            limits = tuple(_limits(found.box_lims[chosen], found.qp[chosen]))
            if not limits:
                return
            yield limits


def _limits(box: Any, chances: Any) -> Iterator[Limit]:
    for name, (low_chance, high_chance) in chances.items():
        low = float(box[name].iloc[0]) if 0 <= low_chance < _CHANCE else None
        high = float(box[name].iloc[1]) if 0 <= high_chance < _CHANCE else None
        if low is not None or high is not None:
            yield Limit(str(name), low, high)


def judged(
    limits: tuple[Limit, ...],
    names: Sequence[str],
    points: NDArray[np.float64],
    holds: NDArray[np.bool_],
) -> ScenarioBox:
    """A box with what it covers of these samples.

    ``limits``: of the box; ``names``: of the columns; ``points``: the samples; ``holds``:
    where the indicator does.
    """
    inside = np.ones(len(points), dtype=bool)
    for one in limits:
        column = points[:, list(names).index(one.parameter)]
        if one.low is not None:
            inside &= column >= one.low
        if one.high is not None:
            inside &= column <= one.high
    return ScenarioBox(limits, *covered(inside, holds))


def covered(
    inside: NDArray[np.bool_], holds: NDArray[np.bool_]
) -> tuple[Estimate, Estimate, Estimate]:
    """Coverage, density and mass of a part of the samples.

    ``inside``: that part; ``holds``: where the indicator does.
    """
    both = int((inside & holds).sum())
    within, having = int(inside.sum()), int(holds.sum())
    nothing = Estimate(0.0, 0.0, 1.0)
    return (
        share(both, having) if having else nothing,
        share(both, within) if within else nothing,
        share(within, len(holds)),
    )
