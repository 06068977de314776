"""Which pure equilibria a table has, for many patterns of signs of its gains.

The compiled form of ``Gains.stable``, which a test compares; threads welcome.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from strategy.kernels import kernel

if TYPE_CHECKING:
    from strategy.assumptions.gains import Gains

__all__ = ["SignTable"]


class Deviations:
    """The deviations of all players side by side, as the compiled pass wants them.

    The same wherever parameters are fixed.
    """

    def __init__(self, gains: Gains) -> None:
        form = gains.form
        self.index = np.ascontiguousarray(np.concatenate(gains.tables, axis=1))
        starts = np.cumsum([0, *form.shape])
        own = [form.taken(axis) for axis in range(len(form.players))]
        # Column of each play's own action, player by player.
        self.own = np.ascontiguousarray(
            np.stack([starts[axis] + one for axis, one in enumerate(own)], axis=1).astype(
                np.int32
            )
        )
        # For dominance: (row action, other action) and the distinct gains from the one to
        # the other, as runs in one array.
        pairs = []
        runs = []
        begins = [0]
        for axis, size in enumerate(form.shape):
            for action in range(size):
                for other in range(size):
                    if action != other:
                        distinct = np.unique(gains.tables[axis][own[axis] == action, other])
                        pairs.append(starts[axis] + action)
                        runs.append(distinct)
                        begins.append(begins[-1] + len(distinct))
        self.pairs = np.array(pairs, dtype=np.int32)
        self.runs = np.concatenate([*runs, np.zeros(0, dtype=np.int32)]).astype(np.int32)
        self.begins = np.array(begins, dtype=np.int32)


_deviations = lru_cache(maxsize=16)(Deviations)


class SignTable:
    """Which plays are equilibria, sample by sample."""

    def __init__(self, gains: Gains, mask: NDArray[np.bool_], undominated: bool) -> None:
        self.of = _deviations(gains)
        self.mask = np.ascontiguousarray(mask)
        self.undominated = undominated

    def found(
        self, values: NDArray[np.float64], margin: NDArray[np.float64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
        """For each row of gains, what they say of the outcome.

        Shape (rows, gains). Whether some equilibrium has the outcome, whether some has not,
        and whether a gain lies within its margin of zero, so that the row has to be decided
        otherwise. ``values``: the gains.
        """
        of = self.of
        value = np.zeros(2 * values.shape[1] + 1, dtype=np.int8)
        bad = np.zeros(of.index.shape[1], dtype=np.bool_)
        found = np.zeros((3, len(values)), dtype=np.bool_)
        _found(
            values, margin, of.index, of.own, self.mask, self.undominated, of.pairs, of.runs,
            of.begins,
            value, bad, found[0], found[1], found[2],
        )  # fmt: skip
        return found[0], found[1], found[2]


@kernel("verdicts on tables at many values", _nrt=False)
def _found(  # type: ignore[no-untyped-def]
    values,
    margin,
    index,
    own,
    mask,
    undominated,
    pairs,
    runs,
    begins,
    value,
    bad,
    hit,
    miss,
    doubtful,
):
    rows, gains = values.shape
    plays, columns = index.shape
    players = own.shape[1]
    for r in range(rows):
        # Entry gains + k is the sign of gain k, gains - k its opposite.
        for k in range(gains):
            here = values[r, k]
            if abs(here) <= margin[k]:
                doubtful[r] = True
            sign = 0 if margin[k] < 0 else 1 if here > 0 else -1
            value[gains + 1 + k] = sign
            value[gains - 1 - k] = -sign
        if doubtful[r]:
            continue
        if undominated:
            for c in range(bad.size):
                bad[c] = False
            for p in range(pairs.size):
                never_less, more = True, False
                for place in range(begins[p], begins[p + 1]):
                    sign = value[gains + runs[place]]
                    if sign < 0:
                        never_less = False
                        break
                    more = more or sign > 0
                if never_less and more:
                    bad[pairs[p]] = True
        for play in range(plays):
            if (hit[r] and mask[play]) or (miss[r] and not mask[play]):
                continue
            stable = True
            if undominated:
                for i in range(players):
                    if bad[own[play, i]]:
                        stable = False
                        break
            if stable:
                for c in range(columns):
                    if value[gains + index[play, c]] > 0:
                        stable = False
                        break
            if stable:
                if mask[play]:
                    hit[r] = True
                else:
                    miss[r] = True
                if hit[r] and miss[r]:
                    break
