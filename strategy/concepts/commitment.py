"""Commitment: one player binds itself first, openly, and the other replies.

See von Stackelberg 1934; Conitzer and Sandholm 2006.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import attrs
import numpy as np

from strategy.certificates import Certificate
from strategy.concepts._leadership import Leadership, Optimum
from strategy.concepts._tables import not_a_table
from strategy.concepts.invariances import FAMILY, Invariance
from strategy.errors import GameError, RefusalError
from strategy.forms._expected import expected_payoffs
from strategy.forms.mixed import MixedProfile, read_profile
from strategy.forms.normal import NormalFormGame
from strategy.names import name, unknown

__all__ = ["Commitment"]


def _leader(given: Any) -> str:
    return name(given, "leader")


@attrs.frozen
class Commitment:
    """The leader binds itself to a strategy, and the follower takes a best reply.

    The follower sees the strategy (not what a mixed one draws).

    ``mixed``: the leader may bind itself to a mixed strategy, not only to an action.
    ``pessimistic``: among equally good replies the follower takes the worst for the leader
    (a weak Stackelberg solution) rather than the best (a strong one). A pessimistic mixed
    leader may come as close to its value as it likes and never reach it.
    """

    leader: str = attrs.field(converter=_leader)
    mixed: bool = attrs.field(default=True, kw_only=True)
    pessimistic: bool = attrs.field(default=False, kw_only=True)
    invariances: ClassVar[frozenset[Invariance]] = FAMILY | {Invariance.MERGED_DUPLICATES}
    one_called: ClassVar[str] = "optimal commitment"

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        reason = not_a_table("Commitment", game)
        if reason is not None:
            return reason
        if len(game.players) != 2:
            return (
                "Commitment takes a leader and one follower, and this game has "
                f"{len(game.players)} players: what several followers do among themselves "
                "is a game of its own; write the order of moves as a tree and use "
                "PureSubgamePerfect()"
            )
        if self.leader not in game.players:
            return unknown(self.leader, game.players, "leader")
        return None

    def certify(self, game: NormalFormGame, profile: Any) -> Certificate:
        """Whether the tie-breaking allows the reply, and no other commitment is better.

        ``profile``: the leader's strategy and the follower's reply in ``game``. If it does
        not hold: the regret of the follower, or else what the leader would gain by the best
        commitment (a supremum, where it is not reached).
        """
        tables = self.tables(game)
        read = read_profile(game.form, profile)
        mixed = read if isinstance(read, MixedProfile) else _as_mixed(game, read)
        if not mixed.is_exact:
            raise GameError(
                f"profile {mixed!r} has balls for probabilities: give rational ones"
            )
        axis = game.players.index(self.leader)
        leader = mixed.vectors[axis]
        reply = mixed.vectors[1 - axis]
        follower = game.players[1 - axis]
        worth = tables.worth_to_follower(leader)
        best = tables.best_replies(leader)
        got = sum((p * w for p, w in zip(reply, worth, strict=True)), Fraction(0))
        if got < max(worth):
            regret = (max(worth) - got) / game.integer_tables[1 - axis][1]
            return Certificate(
                False,
                regret,
                follower,
                None,
                game.actions[follower][best[0]],
                "a better reply",
            )
        if not self.mixed and len([x for x in leader if x]) > 1:
            return Certificate(
                False,
                Fraction(0),
                self.leader,
                None,
                None,
                "the leader mixes, and this concept binds it to an action",
            )
        gains = tables.worth(leader)
        if self.pessimistic and any(
            p and gains[b] > min(gains[c] for c in best) for b, p in enumerate(reply)
        ):
            return Certificate(
                False,
                Fraction(0),
                follower,
                None,
                None,
                "another best reply is worse for the leader",
            )
        leads = expected_payoffs(game, mixed)[axis]
        short = self.optima(game)[0].value / game.integer_tables[axis][1] - leads
        if short > 0:
            return Certificate(
                False,
                short,
                self.leader,
                None,
                None,
                "another commitment gives the leader more",
            )
        return Certificate(True, Fraction(0))

    def tables(self, game: NormalFormGame) -> Leadership:
        """The payoffs of leader and follower in whole numbers.

        Raises RefusalError where the game is refused.
        """
        reason = self.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        axis = game.players.index(self.leader)
        tables = [
            np.moveaxis(table, axis, 0).astype(object) for table, _ in game.integer_tables
        ]
        return Leadership(tables[axis], tables[1 - axis])

    def optima(self, game: NormalFormGame) -> list[Optimum]:
        """The optimal commitments in ``game``, on the leader's scale of whole numbers."""
        tables = self.tables(game)
        if not self.mixed:
            return tables.pure(self.pessimistic)
        return tables.pessimistic() if self.pessimistic else tables.optimistic()

    def __str__(self) -> str:
        how = "a mixed strategy" if self.mixed else "an action"
        return f"commitment of {self.leader} to {how}" + (
            ", ties against it" if self.pessimistic else ""
        )


def _as_mixed(game: NormalFormGame, pure: Any) -> MixedProfile:
    vectors = [
        [Fraction(int(i == c)) for i in range(n)]
        for n, c in zip(game.form.shape, pure.choices, strict=True)
    ]
    return MixedProfile.from_vectors(game.form, vectors)
