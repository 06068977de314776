"""Rationalizability: what rational players may do who expect the others to be so.

The others are expected to expect the same, and so on (Bernheim 1984, Pearce 1984).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import attrs

from strategy.certificates import Certificate
from strategy.concepts._tables import not_a_table
from strategy.concepts.dominance import Elimination, eliminate_strictly_by_mixtures
from strategy.concepts.invariances import Invariance
from strategy.errors import RefusalError
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import read_pure

__all__ = ["Rationalizability", "rationalizable"]


@attrs.frozen
class Rationalizability:
    """Actions that are best responses to beliefs about actions that are so themselves.

    The beliefs are about the others' actions, and so on without end.

    With two players these are the actions that survive iterated elimination of actions
    strictly dominated by mixtures (Pearce 1984). With more players the same elimination
    gives *correlated* rationalizability: a player may believe that the others' actions are
    correlated (Brandenburger and Dekel 1987). Where beliefs must treat the others as
    independent, fewer actions may be left, so ``independent=True`` is refused for more than
    two players.
    """

    independent: bool = attrs.field(default=False, kw_only=True)
    invariances: ClassVar[frozenset[Invariance]] = frozenset(Invariance)

    @property
    def one_called(self) -> str:
        """What each member of the set is called, which is not an equilibrium."""
        return (
            "independently rationalizable play"
            if self.independent
            else "rationalizable play"
        )

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        reason = not_a_table("Rationalizability", game)
        if reason is not None:
            return reason
        if self.independent and len(game.players) > 2:
            return (
                "rationalizability with independent beliefs is not built for "
                f"{len(game.players)} players: Rationalizability() allows correlated "
                "beliefs, and what it leaves out is not rationalizable either way"
            )
        return None

    def actions(self, game: NormalFormGame) -> Elimination:
        """The rationalizable actions of ``game``, with the elimination of all others.

        It proves that no others are.
        """
        reason = self.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        return eliminate_strictly_by_mixtures(game)

    def certify(self, game: NormalFormGame, profile: Any) -> Certificate:
        """Whether every action of a pure ``profile`` of ``game`` is rationalizable.

        If not, it says who takes one that is not, and what dominates it. The regret is 0:
        elimination says nothing about what a deviation gains at this profile.
        """
        return self.judge(game).certify(profile)

    def judge(self, game: NormalFormGame) -> RationalizabilityJudge:
        """Judges many profiles of one game by one elimination."""
        return RationalizabilityJudge(game, self.actions(game))

    def __str__(self) -> str:
        return (
            "rationalizability with independent beliefs"
            if self.independent
            else "rationalizability"
        )


@attrs.frozen(eq=False)
class RationalizabilityJudge:
    """A game with the elimination of its actions that are not rationalizable."""

    game: NormalFormGame
    elimination: Elimination

    def certify(self, profile: Any) -> Certificate:
        """Whether every action of a pure profile is left, or else the first that goes."""
        chosen = read_pure(self.game.form, profile).actions
        for number, eliminated in enumerate(self.elimination.rounds, 1):
            for player, action, _ in eliminated:
                if chosen[player] == action:
                    why = (
                        f"{action!r} of {player} is strictly dominated in round {number} "
                        "of the elimination"
                    )
                    return Certificate(False, Fraction(0), player, None, None, why)
        return Certificate(True, Fraction(0))


def rationalizable(game: NormalFormGame, *, independent: bool = False) -> Elimination:
    """The rationalizable actions of each player in ``game``, and how the others go.

    ``independent``: whether beliefs about several others are independent; see
    Rationalizability.
    """
    return Rationalizability(independent=independent).actions(game)
