"""Verdicts where of each polynomial only a set of signs is known.

What may and what must happen in equilibrium there.

With one sign for every polynomial the answer is exact. With more it errs on the safe side: what
it rules out is ruled out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = [
    "ALL",
    "MINUS",
    "PLUS",
    "ZERO",
    "Bounds",
    "Judge",
    "Numbered",
    "bit",
    "ruled_out",
    "verdict_of",
]

MINUS, ZERO, PLUS = 1, 2, 4
ALL = MINUS | ZERO | PLUS
"""Sets of signs are sums of these; those that a search keeps are convex: any but MINUS |
PLUS."""


def bit(value: Fraction | float) -> int:
    """The sign of a number as a set.

    ``value``: the number.
    """
    return PLUS if value > 0 else MINUS if value < 0 else ZERO


class Numbered(Protocol):
    """Canonical polynomials by number, learnt when first asked for."""

    @property
    def polys(self) -> Sequence[Polynomial]:
        """Those learnt so far."""

    def number(self, poly: Polynomial, /) -> int:
        """The number of a canonical polynomial."""


Allowed = Callable[[int], int]
"""From the number of a polynomial to the set of signs that it may have."""


class Bounds(NamedTuple):
    """Whether the outcome may, and whether it must, happen in some equilibrium.

    That is ``hit``; ``miss``: whether it may and must fail to in some.
    """

    may_hit: bool
    must_hit: bool
    may_miss: bool
    must_miss: bool


class Judge(Protocol):
    """Judges by sets of signs. ``exists``: there is an equilibrium whatever the signs.

    ``sets``: sets of more than one sign are told apart; otherwise any such set leaves all
    open. ``closed``: what is an equilibrium inside a polyhedron of signs is one on its
    border too.
    """

    planes: Any
    exists: bool
    sets: bool
    closed: bool

    def bounds(self, allowed: Allowed) -> Bounds:
        """What may and must happen where the polynomials have these signs.

        ``allowed``: polynomial -> its set of signs.
        """


_OF = {
    (True, False): Verdict.EVERY,
    (True, True): Verdict.SOME,
    (False, True): Verdict.NO,
    (False, False): Verdict.NONE_EXISTS,
}


def ruled_out(bounds: Bounds, goal: frozenset[Verdict], exists: bool) -> bool:
    """Whether no verdict of the goal can hold.

    ``bounds``: what may and must happen; ``exists``: whether there is an equilibrium
    whatever the signs.
    """
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
    """The verdict, where every polynomial had one sign.

    ``bounds``: what may and must happen.
    """
    return _OF[bounds.must_hit, bounds.must_miss]
