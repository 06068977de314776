"""Pure Nash equilibria of a table, decided by the signs of its distinct gains."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from strategy import deadline
from strategy.assumptions.gains import gains_of
from strategy.assumptions.outcomes import Outcome
from strategy.concepts.pure_nash import PureNash
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.slices import Form, Slice, canonical

__all__ = ["TableDecider"]


class TableDecider:
    """Pure Nash equilibria of a table, with or without weakly dominated actions."""

    def __init__(self, where: Slice, concept: PureNash, outcome: Outcome) -> None:
        self.slice, self.concept, self.mask = where, concept, outcome.mask
        self.gains = gains_of(where.model)
        self.forms = [canonical(where.restrict(form)) for form in self.gains.forms]

    def signs(self, signs: Callable[[Form], int]) -> Any:
        """The sign of every distinct gain."""
        return np.array([turn * signs(form) if len(form) else 0 for form, turn in self.forms], dtype=np.int8)

    def found(self, signs: Callable[[Form], int]) -> Found:
        """What there is where the forms have these signs."""
        deadline.check()
        return self.of(self.signs(signs))

    def of(self, signs: Any) -> Found:
        """What there is given the sign of every distinct gain."""
        plays = np.flatnonzero(self.gains.stable(signs, undominated=self.concept.undominated))
        happens = self.mask[plays]
        return Found(frozenset(plays.tolist()), bool(happens.any()), bool((~happens).any()))
