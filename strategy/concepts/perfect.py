"""Trembling-hand perfect equilibrium.

It survives some small mistakes of everyone (Selten 1975).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import attrs
import numpy as np

from strategy.certificates import Certificate
from strategy.concepts._mixtures import dominating_mixture, lines_of
from strategy.concepts._tables import not_a_table
from strategy.concepts.invariances import FAMILY, Invariance
from strategy.concepts.nash import Nash
from strategy.display import mixed_words
from strategy.errors import RefusalError
from strategy.forms.mixed import MixedProfile, read_profile
from strategy.forms.normal import NormalFormGame

__all__ = ["TremblingHandPerfect"]


@attrs.frozen
class TremblingHandPerfect:
    """Nash equilibria of two players in which no mixture weakly dominates either strategy.

    For two players these are exactly the trembling-hand perfect equilibria (van Damme,
    "Stability and Perfection of Nash Equilibria", 1991, theorem 3.2.2): limits of best
    responses to mistakes that make every action possible. With more players the condition
    is necessary and not sufficient, so they are refused.
    """

    invariances: ClassVar[frozenset[Invariance]] = FAMILY | {
        Invariance.OPPONENT_CONSTANTS,
        Invariance.MERGED_DUPLICATES,
    }
    mixes: ClassVar[bool] = True
    always_exists: ClassVar[bool] = True

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        reason = not_a_table("TremblingHandPerfect", game)
        if reason is None and len(game.players) == 1:
            return (
                "TremblingHandPerfect is decided for two players; of one player every "
                "Nash equilibrium is perfect: use Nash()"
            )
        if reason is None and len(game.players) > 2:
            return (
                "TremblingHandPerfect is decided for two players, and this game has "
                f"{len(game.players)}: there an equilibrium without weakly dominated "
                "strategies need not be perfect; use Nash(), or Proper(), which proves "
                "some equilibria of any game to be proper and so perfect"
            )
        return reason

    def judge(self, game: NormalFormGame) -> PerfectJudge:
        """A judge of many profiles of one game.

        Which supports are dominated is worked out once.
        """
        return PerfectJudge(game)

    def certify(self, game: NormalFormGame, profile: Any) -> Certificate:
        """Whether the profile is Nash and nobody's strategy is weakly dominated.

        ``profile``: of ``game``, as ``read_profile`` takes it. If not: the deviation, or
        what dominates.
        """
        reason = self.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        return PerfectJudge(game).certify(profile)

    def __str__(self) -> str:
        return "trembling-hand perfect"


class PerfectJudge:
    """Checks profiles of one game, of any number of players."""

    def __init__(self, game: NormalFormGame) -> None:
        self.game, self.nash = game, Nash().judge(game)
        self.known: dict[tuple[int, tuple[int, ...]], str | None] = {}

    def certify(self, profile: Any) -> Certificate:
        """The certificate of one profile: Nash, and no strategy weakly dominated."""
        read = read_profile(self.game.form, profile)
        certificate = self.nash.certify(read)
        if not certificate.holds:
            return certificate
        supports = (
            read.supports
            if isinstance(read, MixedProfile)
            else [(int(c),) for c in read.choices]
        )
        for axis, player in enumerate(self.game.players):
            words = self.dominated(axis, supports[axis])
            if words is not None:
                how = f"what {player} does is weakly dominated by {words}"
                return Certificate(False, Fraction(0), player, None, None, how)
        return Certificate(True, Fraction(0))

    def dominated(self, axis: int, support: tuple[int, ...]) -> str | None:
        """What weakly dominates the strategies of this support.

        All of them if any, as a best response to a belief is. ``axis``: the number of the
        player who mixes.
        """
        if (axis, support) not in self.known:
            lines = lines_of(self.game, axis).astype(object)
            gains: Any = lines * len(support) - lines[list(support)].sum(axis=0)
            found = dominating_mixture(np.asarray(gains, dtype=object), strict=False)
            names = self.game.actions[self.game.players[axis]]
            self.known[axis, support] = (
                None
                if found is None
                else mixed_words({names[j]: w for j, w in found.items()})
            )
        return self.known[axis, support]
