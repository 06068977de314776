"""Deviations that bind at a threshold.

Who switches from what to what, and what is played before and after.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction
from typing import Any

import attrs

from strategy.algebraic import AlgebraicNumber
from strategy.forms.plays import Play
from strategy.names import FrozenMapping
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.slices import Place

__all__ = ["Binding", "matters", "near"]

_NEAR = Fraction(1, 10**12)


@attrs.frozen
class Binding:
    """A deviation whose gain vanishes at a threshold and so changes the verdict there.

    ``player`` switches from ``from_`` to ``to`` at ``where`` (an information set; None in a
    table) as the parameter passes the point upwards, or at the point itself; one who mixes
    does less of the first and more of the second. ``before`` and ``after``: what is played
    (from that move on, in a tree) with the one and with the other: Play -> probability at
    the point (within 1e-12 of it where it is irrational). Nothing is named where a whole
    mixture ceases to be determined.
    """

    player: str
    where: Hashable
    from_: str
    to: str
    before: FrozenMapping[Play, Fraction]
    after: FrozenMapping[Play, Fraction]

    def __iter__(self) -> Iterator[Any]:
        return iter((self.player, self.where, self.from_, self.to))


def matters(one: Found, other: Found, mask: Any, play: int) -> bool:
    """Whether a play's coming or going is part of what changes the verdict.

    ``one``, ``other``: what there is before and after; ``mask``: the plays with the
    outcome.
    """
    if one.verdict is other.verdict:
        return False
    changes_hit = one.hit != other.hit
    changes_miss = one.miss != other.miss
    return bool(changes_hit if mask[play] else changes_miss)


def near(place: Place) -> Place:
    """A place, or a rational one within 1e-12 of it where it is irrational."""
    return tuple(
        [
            one.narrowed(_NEAR).interval[0] if isinstance(one, AlgebraicNumber) else one
            for one in place
        ]
    )
