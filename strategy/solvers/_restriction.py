"""A game without some actions that nobody uses in equilibrium.

What is found in it is put as statements about the whole game.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.concepts._boxes import Boxes
from strategy.concepts._gains import MixedGains
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.normal import NormalForm, NormalFormGame
from strategy.forms.profiles import PureProfile
from strategy.results import Box, Component, Structure
from strategy.solvers.protocol import Batch, BoxBatch

__all__ = ["Restriction"]


@attrs.frozen(eq=False)
class Restriction:
    """``game`` with the actions ``kept`` alone, numbers of actions for each player.

    Taking out strictly dominated actions, round by round, leaves the set of equilibria as
    it is, and every component and its index; a number of an equilibrium stays what it was,
    as the order of actions does.
    """

    game: NormalFormGame
    kept: tuple[tuple[int, ...], ...]

    def small(self) -> NormalFormGame:
        """The game that is left."""
        actions = {
            player: tuple([options[a] for a in row])
            for (player, options), row in zip(
                self.game.actions.items(), self.kept, strict=True
            )
        }
        return NormalFormGame(
            NormalForm(actions),
            tuple([table[np.ix_(*self.kept)] for table in self.game.tables]),
        )

    def lifted(self, proposal: Any) -> Any:
        """What was proposed for the game that is left, for the whole game.

        ``proposal``: as a solver makes it.
        """
        if isinstance(proposal, Structure):
            boxes = tuple([self._box(one) for one in proposal.boxes])
            return attrs.evolve(
                proposal, components=partial(self._components, proposal), boxes=boxes
            )
        if isinstance(proposal, Batch):
            sides = [
                (self._wide(numerators, i), totals)
                for i, (numerators, totals) in enumerate(proposal.vertices)
            ]
            return Batch((sides[0], sides[1]), proposal.pairs)
        if isinstance(proposal, BoxBatch):
            return BoxBatch(
                self._boxes(proposal.boxes),
                partial(self._single, proposal.single),
                proposal.numbers,
            )
        return self._profile(proposal)

    def _wide(self, columns: NDArray[Any], player: int) -> NDArray[Any]:
        """One column an action kept, with columns of zeros for those that are not."""
        wide: NDArray[Any] = np.zeros(
            (len(columns), self.game.form.shape[player]), dtype=columns.dtype
        )
        wide[:, self.kept[player]] = columns
        return wide

    def _vector(
        self, vector: Iterable[Any], player: int, nothing: Any = 0
    ) -> tuple[Any, ...]:
        wide = [nothing] * self.game.form.shape[player]
        for action, value in zip(self.kept[player], vector, strict=True):
            wide[action] = value
        return tuple(wide)

    def _profile(self, profile: PureProfile | MixedProfile) -> PureProfile | MixedProfile:
        form = self.game.form
        if isinstance(profile, PureProfile):
            return PureProfile(
                form,
                tuple(
                    [row[int(a)] for row, a in zip(self.kept, profile.choices, strict=True)]
                ),
            )
        weights = [
            Weights(self._vector(one.values, i), one.denominator)
            for i, one in enumerate(profile.weights)
        ]
        return MixedProfile(form, tuple(weights))

    def _single(
        self, made: Callable[[int], PureProfile | MixedProfile], number: int
    ) -> PureProfile | MixedProfile:
        return self._profile(made(number))

    def _boxes(self, boxes: Boxes) -> Boxes:
        shape = self.game.form.shape
        used: NDArray[np.bool_] = np.zeros(
            (len(boxes), len(shape), max(shape)), dtype=np.bool_
        )
        centres: NDArray[np.float64] = np.zeros(used.shape)
        for player, row in enumerate(self.kept):
            used[:, player, list(row)] = boxes.used[:, player, : len(row)]
            centres[:, player, list(row)] = boxes.centres[:, player, : len(row)]
        gains = MixedGains([numbers for numbers, _ in self.game.integer_tables])
        return Boxes(gains, used, centres, boxes.radii, boxes.within, boxes.digits)

    def _box(self, box: Box) -> Box:
        return Box(
            tuple(
                [self._vector(bounds, i, (0.0, 0.0)) for i, bounds in enumerate(box.bounds)]
            )
        )

    def _components(self, structure: Structure) -> tuple[Component, ...]:
        return tuple([
            attrs.evolve(
                one,
                subsets=tuple([
                    tuple([tuple([self._vector(vector, i) for vector in part]) for i,
                    part in enumerate(subset)])
                    for subset in one.subsets
                ]),
            )
            for one in structure.components
        ])  # fmt: skip
