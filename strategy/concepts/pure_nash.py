"""Pure Nash equilibrium.

Nobody gains by changing their own action alone (Nash 1951, in pure strategies).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from strategy.certificates import Certificate
from strategy.concepts._tables import not_a_table
from strategy.concepts.invariances import Invariance
from strategy.errors import RefusalError
from strategy.exact import exact
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import PureProfile, read_pure

__all__ = ["PureNash"]


@attrs.frozen
class PureNash:
    """Pure Nash equilibria of a normal-form game with any number of players.

    ``undominated=True`` leaves out equilibria that use an action weakly dominated by a pure
    one in the original game (one simultaneous round, every player's dominated actions at
    once).
    """

    undominated: bool = attrs.field(default=False, kw_only=True)

    @property
    def invariances(self) -> frozenset[Invariance]:
        """What may be done to a game.

        With ``undominated`` an action added may break a weak domination of another
        player's.
        """
        return frozenset(Invariance) - (
            {Invariance.DOMINATED_ACTION} if self.undominated else set()
        )

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        return not_a_table("PureNash", game)

    def certify(self, game: NormalFormGame, profile: Any) -> Certificate:
        """Whether the profile is an equilibrium, and the deviation that gains most.

        ``profile``: a pure profile of ``game``, as ``read_profile`` takes it. Exact at any
        scale.
        """
        if not isinstance(game, NormalFormGame):
            raise RefusalError(self.refuses(game))
        pure = read_pure(game.form, profile)
        worst: tuple[Fraction, str, str] | None = None
        for axis, (player, options) in enumerate(game.actions.items()):
            line = _own_payoffs(game, pure, axis)
            best = line.argmax()
            if line[best] > line[pure.choices[axis]]:
                gain = exact(line[best]) - exact(line[pure.choices[axis]])
                if worst is None or gain > worst[0]:
                    worst = (gain, player, options[int(best)])
        if worst is not None:
            return Certificate(
                False, worst[0], worst[1], None, worst[2], "a deviation gains"
            )
        if self.undominated:
            return _dominance_certificate(game, pure)
        return _HOLDS

    def __str__(self) -> str:
        return (
            "pure Nash, without weakly dominated actions"
            if self.undominated
            else "pure Nash"
        )


_HOLDS = Certificate(True, Fraction(0))


def _own_payoffs(game: NormalFormGame, profile: PureProfile, axis: int) -> Any:
    """One player's payoffs over its own actions, the others playing the profile."""
    index: list[Any] = list(profile.choices)
    index[axis] = slice(None)
    return game.tables[axis][tuple(index)]


def _dominance_certificate(game: NormalFormGame, profile: PureProfile) -> Certificate:
    for axis, (player, options) in enumerate(game.actions.items()):
        table = game.tables[axis]
        used = table.take([profile.choices[axis]], axis=axis)
        for other, action in enumerate(options):
            instead = table.take([other], axis=axis)
            if (instead >= used).all() and (instead > used).any():
                return Certificate(
                    False,
                    Fraction(0),
                    player,
                    None,
                    action,
                    f"{options[profile.choices[axis]]!r} is weakly dominated by {action!r}",
                )
    return _HOLDS
