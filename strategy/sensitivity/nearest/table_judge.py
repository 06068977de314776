"""Verdicts where of each form only a set of signs is known: what may and what must happen in equilibrium there.

With one sign for every form the answer is exact. With more it errs on the safe side: what it rules out is ruled out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

import numpy as np

from strategy import deadline
from strategy.sensitivity.deciding.table_decider import TableDecider
from strategy.sensitivity.deciding.verdicts import Verdict
from strategy.sensitivity.nearest.planes import MINUS, PLUS, ZERO, Planes

__all__ = ["Bounds", "Judge", "TableJudge", "ruled_out", "verdict_of"]

Allowed = Callable[[int], int]
"""From the number of a form to the set of signs that it may have."""


class Bounds(NamedTuple):
    """Whether the outcome may, and whether it must, happen in some equilibrium (``hit``), and fail to in some (``miss``)."""

    may_hit: bool
    must_hit: bool
    may_miss: bool
    must_miss: bool


class Judge(Protocol):
    """Judges by sets of signs. ``exists``: there is an equilibrium whatever the signs. ``sets``: sets of more than one sign are
    told apart; otherwise any such set leaves all open."""

    planes: Planes
    exists: bool
    sets: bool

    def bounds(self, allowed: Allowed) -> Bounds:
        """What may and must happen where the forms have these signs."""


_OF = {(True, False): Verdict.EVERY, (True, True): Verdict.SOME, (False, True): Verdict.NO, (False, False): Verdict.NONE_EXISTS}


def ruled_out(bounds: Bounds, goal: frozenset[Verdict], exists: bool) -> bool:
    """Whether no verdict of the goal can hold."""
    for hit in (False, True):
        for miss in (False, True):
            if (bounds.must_hit and not hit) or (hit and not bounds.may_hit):
                continue
            if (bounds.must_miss and not miss) or (miss and not bounds.may_miss):
                continue
            if _OF[hit, miss] in goal and (hit or miss or not exists):
                return False
    return True


def verdict_of(bounds: Bounds) -> Verdict:
    """The verdict, where every form had one sign."""
    return _OF[bounds.must_hit, bounds.must_miss]


class TableJudge:
    """Pure equilibria of a table. A play falls if some gain from it is positive (or an action of it is dominated).

    ``wanted``: the plays that count as hits, instead of those with the outcome.

    Bit 2k of a whole number stands for "form k is positive", bit 2k+1 for "negative"; above them a bit for each action stands for
    "weakly dominated", where that counts.
    """

    sets = True
    exists = False

    def __init__(self, planes: Planes, decide: TableDecider, wanted: frozenset[int] | None = None) -> None:
        self.planes = planes
        self.literals: list[tuple[int, int]] = []  # for +1, +2, ... of the gains' tables: number of the plane, turn
        for form, turn in decide.forms:
            self.literals.append((planes.number(form) if turn else -1, turn))
        self.numbers = sorted({number for number, turn in self.literals if turn})
        self.width = 2 * len(planes.forms)
        self.dominance = self._dominance(decide) if decide.concept.undominated else []
        masks = self._masks(decide)
        hits = decide.mask if wanted is None else np.isin(np.arange(len(decide.mask)), list(wanted))
        self.hit = _least(masks[i] for i in np.flatnonzero(hits).tolist())
        self.miss = _least(masks[i] for i in np.flatnonzero(~hits).tolist())

    def _bit(self, entry: int) -> int:
        """The bit of "this gain is positive"."""
        if not entry:
            return 0
        number, turn = self.literals[abs(entry) - 1]
        turn = turn if entry > 0 else -turn
        return (1 << (2 * number + (turn < 0))) if turn else 0

    def _masks(self, decide: TableDecider) -> list[int]:
        """For each play, the bits any of which makes it fall."""
        gains, masks = decide.gains, [0] * len(decide.mask)
        size = len(gains.forms)
        bits = [self._bit(entry) for entry in range(-size, size + 1)]
        for table in gains.tables:
            rows, inverse = np.unique(table, axis=0, return_inverse=True)
            united = [_union(bits[entry + size] for entry in row) for row in rows.tolist()]
            masks = [mask | united[i] for mask, i in zip(masks, inverse.reshape(-1).tolist(), strict=True)]
        if self.dominance:
            place = self.width
            for axis, table in enumerate(gains.tables):
                taken = gains.form.taken(axis).tolist()
                masks = [mask | (1 << (place + action)) for mask, action in zip(masks, taken, strict=True)]
                place += table.shape[1]
        return masks

    def _dominance(self, decide: TableDecider) -> list[list[tuple[int, int]]]:
        """For each action, for each other of its player's: bits of which none, and of which one, must hold to dominate it."""
        result = []
        for axis, table in enumerate(decide.gains.tables):
            own = decide.gains.form.taken(axis)
            for action in range(table.shape[1]):
                pairs = []
                for other in range(table.shape[1]):
                    if other != action:
                        entries = np.unique(table[own == action, other]).tolist()
                        pairs.append((_union(map(self._bit, [-e for e in entries])), _union(map(self._bit, entries))))
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
    """The masks of which no other is a part: a play that falls whenever another does says nothing more."""
    distinct = sorted(set(masks), key=int.bit_count)
    if len(distinct) > _MOST_COMPARED:
        return tuple(distinct)
    kept: list[int] = []
    for mask in distinct:
        deadline.check()
        if not any(one & mask == one for one in kept):
            kept.append(mask)
    return tuple(kept)
