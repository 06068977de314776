"""Mixtures by steps: against what one step leaves equal the next one is ahead.

The next one has so much less weight that it spoils nothing.

Where a row is ahead of row i against some columns and behind against none, it is a first
step; only the columns against which both are equal are left to look at. As a mixture that
exceeds row i everywhere does so against the columns left, no step is wrong. A programme in
floats misses such mixtures: in the traveller's dilemma weights fall by a quarter from
action to action.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["steps_above", "weighed"]

Array = NDArray[Any]


def steps_above(lines: Array, i: int) -> tuple[list[Array], Array]:
    """Steps above row i, and the columns against which nothing is gained by then.

    Each step is 1 for some rows and 0 for others. ``lines``: the payoffs, own actions along
    the rows.
    """
    better, worse = lines > lines[i], lines < lines[i]
    ahead, behind = better.sum(axis=1), worse.sum(axis=1)
    equal, steps = np.ones(lines.shape[1], dtype=bool), list[Array]()
    while True:
        rows = np.flatnonzero((behind == 0) & (ahead > 0))
        if not len(rows):
            return steps, np.flatnonzero(equal)
        won = np.flatnonzero(better[rows].any(axis=0) & equal)
        equal[won] = False
        ahead -= better[:, won].sum(axis=1)
        behind -= worse[:, won].sum(axis=1)
        steps.append(np.bincount(rows, minlength=len(lines)).astype(np.float64))


def weighed(margins: Array, steps: list[Array]) -> Array:
    """Weights of the rows, in floats, by which steps do not spoil one another.

    No step spoils more than half of what was gained before it.

    ``margins``: by how much each row is ahead of row i, each column on a scale of its own.
    ``steps``: weights of all rows.
    """
    weights = np.zeros(len(margins))
    gained = np.zeros(margins.shape[1])
    unit = 1.0
    for step in steps:
        used = np.flatnonzero(step)
        gain = step[used] @ margins[used]
        lost = gain < 0
        unit = min(unit, float((gained[lost] / -gain[lost]).min(initial=np.inf)) / 2)
        weights += unit * step
        gained += unit * gain
    return weights
