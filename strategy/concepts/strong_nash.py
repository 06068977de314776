"""Strong Nash equilibrium.

No coalition has a joint deviation that pays each of its members more (Aumann 1959).

Aumann, "Acceptable points in general cooperative n-person games", in Contributions to the
Theory of Games IV (1959).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import attrs

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

__all__ = ["StrongNash"]


@attrs.frozen
class StrongNash:
    """Pure profiles from which no coalition gains by deviating together.

    Coalitions range from single players to all of them.

    Every member must gain strictly; deviations are pure. Such profiles are Nash and
    Pareto-undominated, and often there is none: see CoalitionProofNash for deviations that
    must themselves hold.
    """

    refines: ClassVar[type[PureNash]] = PureNash
    invariances: ClassVar[frozenset[Invariance]] = FAMILY | {Invariance.MERGED_DUPLICATES}

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        return not_a_table("StrongNash", game) or too_many("StrongNash", game)

    def judge(self, game: NormalFormGame) -> StrongNashJudge:
        """A judge of many profiles of one game."""
        return StrongNashJudge(game)

    def certify(self, game: NormalFormGame, profile: Any) -> Certificate:
        """Whether no coalition gains.

        ``profile``: a pure profile of ``game``. If one does, the smallest is shown:
        ``player`` names its members, ``deviation`` their actions in that order, ``regret``
        is what the first of them gains.
        """
        reason = self.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        return StrongNashJudge(game).certify(profile)

    def __str__(self) -> str:
        return "strong Nash (pure)"


class StrongNashJudge:
    """Checks profiles of one game."""

    def __init__(self, game: NormalFormGame) -> None:
        self.game, self.tables = game, ordered_tables(game)

    def certify(self, profile: Any) -> Certificate:
        """The certificate of one profile."""
        cell = tuple([int(c) for c in read_pure(self.game.form, profile).choices])
        for members in coalitions(len(cell)):
            gains = joint_gains(self.tables, cell, members)
            if gains.any():
                return joint_deviation(
                    self.game,
                    cell,
                    members,
                    gains,
                    "every member of a coalition gains by deviating together",
                )
        return Certificate(True, Fraction(0))
