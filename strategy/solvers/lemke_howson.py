"""One Nash equilibrium of a two-player game.

The path of Lemke and Howson, exactly, from any action of either player.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np

from strategy.concepts.nash import Nash
from strategy.errors import GameError
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.normal import NormalFormGame
from strategy.names import name, unknown
from strategy.protocols import Concept
from strategy.solvers.bimatrix.pivoting import one_equilibrium
from strategy.solvers.protocol import Incomplete, Limits, refused

__all__ = ["LemkeHowson"]


def _player(value: str | None) -> str | None:
    return None if value is None else name(value, "player")


def _action(value: str | None) -> str | None:
    return None if value is None else name(value, "action")


@attrs.frozen
class LemkeHowson:
    """One equilibrium by complementary pivoting.

    Lemke and Howson, "Equilibrium points of bimatrix games" (1964).

    ``LemkeHowson(player="Row", action="top")`` drops the label of that action: the path
    begins where the player surely takes it. Left out, it is the player's first action, and
    the first player's. Different actions may lead to different equilibria. The answer is
    exact: floats follow the path of a large game, and what is used at its end is solved for
    in whole numbers and checked. Ties are broken as in a game in which every action pays
    less by an infinitesimal of its own, so the path never cycles and degenerate games are
    taken. The status is PARTIAL: there may be others, even ones that no path finds.
    """

    player: str | None = attrs.field(default=None, kw_only=True, converter=_player)
    action: str | None = attrs.field(default=None, kw_only=True, converter=_action)

    def __attrs_post_init__(self) -> None:
        if self.action is not None and self.player is None:
            raise GameError(
                f"action={self.action!r} without its player: give player=..., "
                f"action={self.action!r}"
            )

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for two-player games and Nash.

        The options must be names of the game.
        """
        reason = refused(self, game, concept, Nash, "Nash equilibria: use Nash()")
        if reason is not None:
            return reason
        if len(game.players) != 2:
            return (
                f"LemkeHowson takes two players, not {len(game.players)}: use "
                "LogitTracing() for one equilibrium"
            )
        if self.player is not None and self.player not in game.players:
            return unknown(self.player, game.players, "player")
        options = game.actions[self.player or game.players[0]]
        if self.action is not None and self.action not in options:
            return unknown(self.action, options, f"action of {self.player}")
        return None

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """False, whatever ``game`` and ``concept``: one path is followed."""
        return False

    def propose(
        self,
        game: NormalFormGame,
        concept: Concept,
        limits: Limits,
        rng: np.random.Generator,
    ) -> Iterator[Any]:
        """The equilibrium at the end of the path.

        ``game``, ``concept``, ``limits`` and ``rng`` as for every Solver; nothing is drawn.
        """
        own = self.player or game.players[0]
        number = 0 if self.action is None else game.actions[own].index(self.action)
        first = 0 if own == game.players[0] else len(game.actions[game.players[0]])
        A, B = game.tables
        strategies = one_equilibrium(A, B, first + number, limits.check)
        found = MixedProfile(
            game.form, tuple([Weights(one, int(one.sum())) for one in strategies])
        )
        yield found.pure() or found
        dropped = self.action or game.actions[own][0]
        raise Incomplete(
            f"the equilibrium to which the path leads that begins with {own}: {dropped}; "
            "there may be others"
        )
