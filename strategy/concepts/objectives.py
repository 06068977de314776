"""Linear functions of what happens: payoffs, welfare, probabilities.

They are to be made as small or as large as a concept allows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Protocol, runtime_checkable

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.display import number
from strategy.errors import GameError
from strategy.exact import exact
from strategy.forms.normal import NormalFormGame
from strategy.names import FrozenMapping, keyed, name, unknown

__all__ = ["Objective", "Payoff", "PayoffObjective", "Probability", "Welfare"]


@runtime_checkable
class Objective(Protocol):
    """A number for each play, of which the expected value is asked for."""

    def values(self, game: NormalFormGame) -> tuple[NDArray[Any], int]:
        """Whole numbers, one a play of ``game``, and a factor: the values are quotients."""


def _player(given: Any) -> str:
    return name(given, "player")


@attrs.frozen
class PayoffObjective:
    """What one player expects."""

    player: str = attrs.field(converter=_player)

    def values(self, game: NormalFormGame) -> tuple[NDArray[Any], int]:
        """The player's payoff on each play of ``game``: whole numbers, and a denominator."""
        if self.player not in game.players:
            raise GameError(unknown(self.player, game.players, "player"))
        table, factor = game.integer_tables[game.players.index(self.player)]
        return table.reshape(-1), factor

    def __str__(self) -> str:
        return f"payoff of {self.player}"


def _weights(given: Any) -> FrozenMapping[str, Fraction]:
    if not isinstance(given, Mapping) or not given:
        raise GameError(
            f"weights {given!r}: state how much a point of each player counts, such as "
            f"{{'Armenia': 1, 'Russia': '1/2'}}; payoffs of different players have no "
            "common unit of their own"
        )
    return FrozenMapping(
        {
            who: exact(weight, f"weight of {who}")
            for who, weight in keyed(given, "player").items()
        }
    )


@attrs.frozen
class Welfare:
    """The sum of the players' payoffs, each times a weight that is stated.

    Payoffs have no common unit by themselves.

    ``weights``: one for every player of the game; 0 leaves a player out of account, and
    says so.
    """

    weights: FrozenMapping[str, Fraction] = attrs.field(converter=_weights)

    def checked(self, game: Any) -> FrozenMapping[str, Fraction]:
        """The weights, one a player of the game, in its order.

        Raises GameError if one is missing or does not exist.
        """
        for who in self.weights:
            if who not in game.players:
                raise GameError(unknown(who, game.players, "player"))
        missing = [who for who in game.players if who not in self.weights]
        if missing:
            raise GameError(
                f"the weights {dict(self.weights)!r} leave out {missing[0]}: state 0 if "
                "it should not count"
            )
        return FrozenMapping({who: self.weights[who] for who in game.players})

    def values(self, game: NormalFormGame) -> tuple[NDArray[Any], int]:
        """The weighted sum on each play of ``game``: whole numbers, and their denominator."""
        weights = self.checked(game)
        tables = [
            (*table, weight)
            for table, weight in zip(game.integer_tables, weights.values(), strict=True)
        ]
        scale = 1
        for _, factor, weight in tables:
            scale = math.lcm(scale, factor * weight.denominator)
        total = np.zeros(game.form.play_count, dtype=object)
        for table, factor, weight in tables:
            total += table.reshape(-1).astype(object) * (weight * scale / factor).numerator
        return total, scale

    def __str__(self) -> str:
        return (
            "welfare ("
            + ", ".join(f"{who} {number(weight)}" for who, weight in self.weights.items())
            + ")"
        )


@attrs.frozen(eq=False)
class Probability:
    """How probable an outcome is.

    ``outcome``: an Outcome, a condition such as ``where(Armenia="open")``, or a mask (bool,
    one a play); ``label``: what people call it.
    """

    outcome: Any
    label: str = ""

    def mask(self, game: NormalFormGame) -> NDArray[np.bool_]:
        """The plays of ``game`` on which it happens, of shape (plays,)."""
        told = getattr(self.outcome, "when", self.outcome)
        found = np.asarray(told.mask(game.form) if hasattr(told, "mask") else told)
        if found.dtype != np.bool_ or found.size != game.form.play_count:
            raise GameError(
                f"{self.outcome!r} is not an outcome of {game!r}: give an Outcome, a "
                "condition such as where(Armenia='open'), or a mask of "
                f"{game.form.play_count} truth values"
            )
        return found.reshape(-1)

    def values(self, game: NormalFormGame) -> tuple[NDArray[Any], int]:
        """1 on each play of ``game`` where it happens, else 0; and their denominator, 1."""
        return self.mask(game).astype(np.int64), 1

    def __str__(self) -> str:
        words = self.label or getattr(self.outcome, "name", "")
        if not words:
            words = (
                self.outcome.words()
                if hasattr(self.outcome, "words")
                else "the plays of the mask"
            )
        return f"probability of {words}"


Payoff = PayoffObjective
