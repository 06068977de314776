"""Coalition-proof Nash equilibrium.

No coalition has a joint deviation from which none of its own parts would deviate again.

Bernheim, Peleg and Whinston, "Coalition-proof Nash equilibria I: concepts", Journal of
Economic Theory 42 (1987).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.certificates import Certificate
from strategy.concepts._coalitions import (
    coalitions,
    joint_deviation,
    joint_gains,
    ordered_tables,
    too_many,
)
from strategy.concepts._tables import not_a_table
from strategy.concepts.invariances import FAMILY, Invariance
from strategy.concepts.pure_nash import PureNash
from strategy.errors import RefusalError
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import read_pure

__all__ = ["CoalitionProofNash"]

Mask = NDArray[np.bool_]


@attrs.frozen
class CoalitionProofNash:
    """Pure profiles from which no coalition gains by a joint deviation that is safe.

    Safe from parts of that coalition.

    By induction on the coalition, with the others' actions fixed: one player's action is
    coalition-proof if it is a best response; a joint action is *self-enforcing* if each
    smaller coalition's part is coalition-proof, and coalition-proof if besides no other
    self-enforcing one pays every member more. Every strong Nash equilibrium is
    coalition-proof, every coalition-proof one is Nash. Deviations are pure.
    """

    refines: ClassVar[type[PureNash]] = PureNash
    invariances: ClassVar[frozenset[Invariance]] = FAMILY | {
        Invariance.MERGED_DUPLICATES,
        Invariance.DOMINATED_ACTION,
    }

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        return not_a_table("CoalitionProofNash", game) or too_many(
            "CoalitionProofNash", game
        )

    def judge(self, game: NormalFormGame) -> CoalitionProofJudge:
        """A judge of many profiles of one game.

        Which joint actions are self-enforcing is worked out once.
        """
        return CoalitionProofJudge(game)

    def certify(self, game: NormalFormGame, profile: Any) -> Certificate:
        """Whether no coalition has a deviation that holds.

        ``profile``: a pure profile of ``game``. If a coalition has one, the smallest is
        shown: ``player`` names its members, ``deviation`` their actions in that order,
        ``regret`` is what the first of them gains.
        """
        reason = self.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        return CoalitionProofJudge(game).certify(profile)

    def __str__(self) -> str:
        return "coalition-proof Nash (pure)"


class CoalitionProofJudge:
    """Knows for each coalition and cell whether its part of the cell is self-enforcing.

    It also knows whether that part is coalition-proof.
    """

    def __init__(self, game: NormalFormGame) -> None:
        self.game, self.tables = game, ordered_tables(game)
        self.enforcing: dict[tuple[int, ...], Mask] = {}
        self.proof: dict[tuple[int, ...], Mask] = {}
        for members in coalitions(len(game.players)):
            # Larger parts speak for the smaller ones in them: what is coalition-proof is
            # self-enforcing.
            parts = (
                [self.proof[tuple([i for i in members if i != out])] for out in members]
                if len(members) > 1
                else []
            )
            self.enforcing[members] = (
                np.logical_and.reduce(parts)
                if parts
                else np.ones(game.form.shape, dtype=bool)
            )
            self.proof[members] = self.enforcing[members] & ~self._improvable(members)

    def _improvable(self, members: tuple[int, ...]) -> Mask:
        """Where another self-enforcing joint action of a coalition pays every member more.

        The others' actions are fixed.
        """
        front = [*members, *[i for i in range(len(self.tables)) if i not in members]]
        count = int(np.prod([self.game.form.shape[i] for i in members]))

        def lines(table: NDArray[Any]) -> NDArray[Any]:
            return table.transpose(front).reshape(count, -1)

        pays = [lines(self.tables[i]) for i in members]
        holds = lines(self.enforcing[members])
        found: Mask = np.zeros(holds.shape, dtype=bool)
        if len(members) == 1:
            found = pays[0] < pays[0].max(axis=0)
        else:
            for joint in np.flatnonzero(holds.any(axis=1)).tolist():
                deadline.check()
                found |= holds[joint] & np.logical_and.reduce(
                    [one[joint] > one for one in pays]
                )
        shape = [self.game.form.shape[i] for i in front]
        return found.reshape(shape).transpose(np.argsort(front))

    def certify(self, profile: Any) -> Certificate:
        """The certificate of one profile."""
        cell = tuple([int(c) for c in read_pure(self.game.form, profile).choices])
        for members, proof in self.proof.items():
            if not proof[cell]:
                free = tuple(
                    [slice(None) if i in members else c for i, c in enumerate(cell)]
                )
                gains = (
                    joint_gains(self.tables, cell, members) & self.enforcing[members][free]
                )
                why = (
                    "every member of a coalition gains by a self-enforcing joint deviation"
                )
                return joint_deviation(self.game, cell, members, gains, why)
        return Certificate(True, Fraction(0))
