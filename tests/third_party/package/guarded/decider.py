"""Guarded play along a range and over a plane: decided by which action's least payoff is
the greatest."""

import itertools

import numpy as np

from strategy import NormalForm
from strategy.sensitivity.deciding import Decider, Found, extreme

from .concept import Guarded


class GuardedDecider(Decider):
    """Asks which cell is worst for each action of a player, then which of these is best."""

    @classmethod
    def fits(cls, model, concept):
        if not (isinstance(concept, Guarded) and isinstance(model.form, NormalForm)):
            return False
        return (
            len(model.players) <= 3
            or "GuardedDecider takes up to three players: use verdict() at chosen values"
        )

    def found(self, signs):
        form = self.slice.model.form
        chosen = [
            self._guarded(form.taken(axis), worth, signs)
            for axis, worth in enumerate(self.payoffs_along)
        ]
        names = [
            [form.actions[player][k] for k in ks]
            for player, ks in zip(form.players, chosen, strict=True)
        ]
        plays = [
            form.find(dict(zip(form.players, actions, strict=True)))
            for actions in itertools.product(*names)
        ]
        return Found.of(plays, self.mask)

    def _guarded(self, taken, worth, signs):
        cells = [np.flatnonzero(taken == k) for k in range(taken.max() + 1)]
        floors = [extreme([worth[play] for play in plays], signs, -1) for plays in cells]
        differences = [(floor - extreme(floors, signs, 1)).canonical() for floor in floors]
        return [
            k for k, (poly, turn) in enumerate(differences) if not turn or not signs(poly)
        ]
