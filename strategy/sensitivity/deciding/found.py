"""What is found at a place of a slice: the plays of the equilibria there, and what that says of an outcome."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import attrs

from strategy.sensitivity.deciding.slices import Form, Slice
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = ["Decider", "Found"]


@attrs.frozen
class Found:
    """The equilibria at a place, as far as a verdict needs them: the plays that happen in some equilibrium, whether the outcome
    happens with positive probability in some (``hit``), and fails to with positive probability in some (``miss``)."""

    plays: frozenset[int]
    hit: bool
    miss: bool

    @property
    def verdict(self) -> Verdict:
        """The verdict that this amounts to."""
        if not self.plays:
            return Verdict.NONE_EXISTS
        if not self.miss:
            return Verdict.EVERY
        return Verdict.SOME if self.hit else Verdict.NO


class Decider(Protocol):
    """Decides by signs."""

    slice: Slice

    def found(self, signs: Callable[[Form], int]) -> Found:
        """What there is where the forms have these signs."""
