"""Pure equilibria of a table, judged by sets of signs of its gains.

Where every gain has one sign, ``Gains.stable`` says the same, which a test compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.assumptions.gains import Gains
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.judges import (
    MINUS,
    PLUS,
    ZERO,
    Allowed,
    Bounds,
    Numbered,
)

__all__ = ["TableJudge"]


class TableJudge:
    """A play falls if some gain from it is positive.

    Or, where that counts, if an action of it is weakly dominated.

    ``polynomials``: the distinct gains on a slice, each with its sign; ``hits``: which plays
    count as hits.

    Bit 2k of a whole number stands for "polynomial k is positive", bit 2k+1 for "negative"; above
    them a bit for each action stands for "weakly dominated", where that counts.
    """

    sets = True
    exists = closed = False

    def __init__(
        self,
        planes: Numbered,
        gains: Gains,
        polynomials: Sequence[tuple[Polynomial, int]],
        undominated: bool,
        hits: NDArray[np.bool_],
    ) -> None:
        self.planes = planes
        self.gains = gains
        # for +1, +2, ... of the gains' tables: number of the plane, turn
        self.literals: list[tuple[int, int]] = []
        for poly, turn in polynomials:
            self.literals.append((planes.number(poly) if turn else -1, turn))
        self.numbers = sorted({number for number, turn in self.literals if turn})
        self.width = 2 * len(planes.polys)
        self.dominance = self._dominance() if undominated else []
        masks = self._masks(len(hits))
        self.hit = _least(masks[i] for i in np.flatnonzero(hits).tolist())
        self.miss = _least(masks[i] for i in np.flatnonzero(~hits).tolist())

    def _bit(self, entry: int) -> int:
        """The bit of "this gain is positive"."""
        if not entry:
            return 0
        number, turn = self.literals[abs(entry) - 1]
        turn = turn if entry > 0 else -turn
        return (1 << (2 * number + (turn < 0))) if turn else 0

    def _masks(self, plays: int) -> list[int]:
        """For each play, the bits any of which makes it fall."""
        gains, masks = self.gains, [0] * plays
        size = len(gains.polynomials)
        bits = [self._bit(entry) for entry in range(-size, size + 1)]
        for table in gains.tables:
            rows, inverse = np.unique(table, axis=0, return_inverse=True)
            united = [_union(bits[entry + size] for entry in row) for row in rows.tolist()]
            masks = [
                mask | united[i]
                for mask, i in zip(masks, inverse.reshape(-1).tolist(), strict=True)
            ]
        if self.dominance:
            place = self.width
            for axis, table in enumerate(gains.tables):
                taken = gains.form.taken(axis).tolist()
                masks = [
                    mask | (1 << (place + action))
                    for mask, action in zip(masks, taken, strict=True)
                ]
                place += table.shape[1]
        return masks

    def _dominance(self) -> list[list[tuple[int, int]]]:
        """For each action, whether another of its player's dominates it.

        For each other there are bits of which none, and bits of which one, must hold for it
        to dominate the action.
        """
        result = []
        for axis, table in enumerate(self.gains.tables):
            own = self.gains.form.taken(axis)
            for action in range(table.shape[1]):
                pairs = []
                for other in range(table.shape[1]):
                    if other != action:
                        entries = np.unique(table[own == action, other]).tolist()
                        pairs.append(
                            (
                                _union(map(self._bit, [-e for e in entries])),
                                _union(map(self._bit, entries)),
                            )
                        )
                result.append(pairs)
        return result

    def bounds(self, allowed: Allowed) -> Bounds:
        may, must = 0, 0
        for number in self.numbers:
            signs = allowed(number)
            may |= ((signs & PLUS) >> 2 | (signs & MINUS) << 1) << (2 * number)
            if not signs & ZERO:
                must |= ((signs == PLUS) | (signs == MINUS) << 1) << (2 * number)
        base_may, base_must = may, must
        for k, pairs in enumerate(self.dominance):
            if any(not never & base_must and some & base_may for never, some in pairs):
                may |= 1 << (self.width + k)
            if any(not never & base_may and some & base_must for never, some in pairs):
                must |= 1 << (self.width + k)
        return Bounds(
            any(not mask & must for mask in self.hit),
            any(not mask & may for mask in self.hit),
            any(not mask & must for mask in self.miss),
            any(not mask & may for mask in self.miss),
        )


def _union(bits: Iterable[int]) -> int:
    result = 0
    for one in bits:
        result |= one
    return result


_MOST_COMPARED = 3_000


def _least(masks: Iterable[int]) -> tuple[int, ...]:
    """The masks of which no other is a part.

    A play that falls whenever another does says nothing more.
    """
    distinct = sorted(set(masks), key=int.bit_count)
    if len(distinct) > _MOST_COMPARED:
        return tuple(distinct)
    kept: list[int] = []
    for mask in distinct:
        deadline.check()
        if not any(one & mask == one for one in kept):
            kept.append(mask)
    return tuple(kept)
