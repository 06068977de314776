"""What is found at a place of a slice.

The plays of the equilibria there, and what that says of an outcome.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = ["Found", "Impossible", "Worth"]


@attrs.frozen
class Found:
    """The equilibria at a place, as far as a verdict needs them.

    The plays that happen in some equilibrium, whether the outcome happens with positive
    probability in some (``hit``), and fails to with positive probability in some
    (``miss``).
    """

    plays: frozenset[int]
    hit: bool
    miss: bool

    @classmethod
    def of(cls, plays: Iterable[int], mask: NDArray[np.bool_]) -> Found:
        """Make one from the plays of all equilibria.

        ``mask``: for each play of the form, whether the outcome holds in it.
        """
        found = frozenset(plays)
        happens = {bool(mask[play]) for play in found}
        return Found(found, True in happens, False in happens)

    @property
    def verdict(self) -> Verdict:
        """The verdict that this amounts to."""
        if not self.plays:
            return Verdict.NONE_EXISTS
        if not self.miss:
            return Verdict.EVERY
        return Verdict.SOME if self.hit else Verdict.NO


@attrs.frozen
class Worth(Found):
    """What equilibria are worth.

    ``bounds``: for each player the least and the greatest equilibrium payoff, None where it
    is not known or there is no equilibrium; ``chance``: the least and the greatest
    probability of the outcome, where chance has a part in it.
    """

    bounds: tuple[tuple[Polynomial, Polynomial] | None, ...] = ()
    chance: tuple[Polynomial, Polynomial] | None = None


class Impossible(Exception):
    """Signs that no place has: all events of a chance move have probability 0, for one."""
