"""What equilibria are worth to each player at a place: the least and the greatest payoff, as forms that hold on a whole face."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from strategy.errors import ModelError
from strategy.sensitivity.deciding.found import Decider, Found
from strategy.sensitivity.deciding.slices import Form, Slice
from strategy.sensitivity.deciding.table_decider import TableDecider
from strategy.sensitivity.deciding.tree_decider import TreeDecider, extreme

__all__ = ["Worth", "WorthDecider"]


@attrs.frozen
class Worth(Found):
    """``bounds``: for each player the least and the greatest equilibrium payoff, None where it is not known or there is no
    equilibrium; ``chance``: the least and the greatest probability of the outcome, where chance has a part in it."""

    bounds: tuple[tuple[Form, Form] | None, ...] = ()
    chance: tuple[Form, Form] | None = None


class WorthDecider:
    """A decider that also compares what the equilibria are worth, so that on each face one form is the least, one the greatest.

    Where payoffs divide by what varies, and for mixed equilibria, they are not known.
    """

    def __init__(self, decide: Decider) -> None:
        self.decide, self.slice = decide, decide.slice
        self.worth = [payoffs_along(decide.slice, player) for player in decide.slice.model.players]

    def found(self, signs: Callable[[Form], int]) -> Worth:
        """What there is where the forms have these signs."""
        chance = None
        if isinstance(self.decide, TreeDecider):
            run = self.decide.run(signs)
            here = self.decide.of(run)
            bounds = [None if worth is None else self.decide.extremes(run.listing, worth, signs) for worth in self.worth]
            chance = self.decide.extremes(run.listing, self.decide.certain, signs) if self.decide.laws else None
        else:
            here = self.decide.found(signs)
            plays = sorted(here.plays) if isinstance(self.decide, TableDecider) else []
            bounds = [None if worth is None or not plays else _between(worth, plays, signs) for worth in self.worth]
        return Worth(here.plays, here.hit, here.miss, tuple(bounds), chance)


def _between(worth: list[Form], plays: list[int], signs: Callable[[Form], int]) -> tuple[Form, Form]:
    forms = list(dict.fromkeys(worth[play] for play in plays))
    return extreme(forms, signs, -1), extreme(forms, signs, 1)


def payoffs_along(where: Slice, player: str) -> list[Form] | None:
    """What each play pays a player on a slice; None where it is no polynomial there."""
    model = where.model
    try:
        numbers, polynomials = model.payoff_polynomials(player)
        below = where.restrict(model.payoff_denominator(player))
    except ModelError:
        return None
    if len(below) != 1 or any(below[0][0]):
        return None
    scale = 1 / below[0][1]
    forms = [tuple([(key, value * scale) for key, value in where.restrict(one)]) for one in polynomials]
    return [forms[i] for i in numbers.tolist()]
