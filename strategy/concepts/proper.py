"""Proper equilibrium.

It survives mistakes of which costlier ones are infinitely rarer (Myerson 1978).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import attrs

from strategy.certificates import Certificate
from strategy.completeness import undecided_words
from strategy.concepts._regularity import is_regular
from strategy.concepts._tables import not_a_table
from strategy.concepts._trembles import proper_trembles
from strategy.concepts.invariances import FAMILY, Invariance
from strategy.concepts.perfect import PerfectJudge as PerfectJudge
from strategy.errors import RefusalError
from strategy.forms.mixed import MixedProfile, read_profile
from strategy.forms.normal import NormalFormGame

__all__ = ["Proper"]

UNDECIDED = undecided_words("to be proper")
EXISTENCE = "no other Nash equilibrium of the game can be proper, and one is (Myerson 1978)"
REGULAR = "regular, and so proper"
TREMBLES = "a limit of mistakes of which costlier ones are rarer"


@attrs.frozen
class Proper:
    """Proper equilibria, as far as they are certified; with any number of players.

    What is proved. *Proper*: an equilibrium that is regular (nobody has an unused best
    response, and the equations of indifference determine it: van Damme 1991, section 2.5),
    strict ones among them; and any for which mistakes are found, powers of one small
    number, that are smaller for costlier actions at every order. *Not proper*: what is not
    Nash, and what uses a strategy weakly dominated by a mixture. Between the two a profile
    stays undecided, and says so. A solution is COMPLETE where all Nash equilibria are
    known, they are finitely many and none is undecided; the last that is left is proper, as
    every finite game has a proper equilibrium. Otherwise it is PARTIAL.
    """

    invariances: ClassVar[frozenset[Invariance]] = FAMILY | {Invariance.OPPONENT_CONSTANTS}
    mixes: ClassVar[bool] = True
    always_exists: ClassVar[bool] = True

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        return not_a_table("Proper", game)

    def judge(self, game: NormalFormGame) -> ProperJudge:
        """A judge of many profiles of one game."""
        return ProperJudge(game)

    def certify(self, game: NormalFormGame, profile: Any) -> Certificate:
        """Whether the profile is proved to be proper.

        ``profile``: of ``game``, as ``read_profile`` takes it. ``reason`` says what proves
        or refutes it, or that neither is known.
        """
        reason = self.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        return ProperJudge(game).certify(profile)

    def __str__(self) -> str:
        return "proper"


class ProperJudge:
    """Checks profiles of one game."""

    def __init__(self, game: NormalFormGame) -> None:
        self.game, self.perfect = game, PerfectJudge(game)

    def certify(self, profile: Any) -> Certificate:
        """The certificate of one profile."""
        read = read_profile(self.game.form, profile)
        necessary = self.perfect.certify(read)
        if not necessary.holds:
            return necessary
        if is_regular(self.game, read):
            return Certificate(True, Fraction(0), reason=REGULAR)
        if (not isinstance(read, MixedProfile) or read.is_exact) and proper_trembles(
            self.game, read
        ) is not None:
            return Certificate(True, Fraction(0), reason=TREMBLES)
        return Certificate(False, Fraction(0), reason=UNDECIDED, undecided=True)
