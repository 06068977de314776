"""Logit quantal response equilibrium.

Everyone does better things more often, and nobody always the best.

McKelvey and Palfrey, "Quantal response equilibria for normal form games", Games and
Economic Behavior 10 (1995).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import attrs

from strategy.certificates import Certificate
from strategy.concepts._regularity import as_weights
from strategy.concepts._tables import not_a_table
from strategy.concepts.invariances import Invariance
from strategy.display import number
from strategy.errors import NumberError, RefusalError
from strategy.exact import exact, is_ball
from strategy.forms._expected import action_values
from strategy.forms.mixed import Weights, read_profile
from strategy.forms.normal import NormalFormGame
from strategy.texts import shown

__all__ = ["LogitQuantalResponse"]


def _rationality(given: Any) -> Fraction:
    value = exact(given, "rationality")
    if value < 0:
        raise NumberError(
            f"rationality={shown(given)}: expected a non-negative number (0: all actions "
            "alike)"
        )
    return value


@attrs.frozen
class LogitQuantalResponse:
    """Each action is played the more often, the more it is worth, by a logit rule.

    Its probability is proportional to exp(lambda times what it is worth against the others'
    probabilities).

    ``rationality`` is lambda: 0 makes all actions alike, and as it grows responses become
    best responses. It multiplies payoffs, so it means nothing without their unit: double
    every payoff and lambda counts double. There may be several quantal responses at one
    lambda.
    """

    rationality: Fraction = attrs.field(
        converter=_rationality, metadata={"symbol": "lambda"}
    )
    invariances: ClassVar[frozenset[Invariance]] = frozenset(
        {Invariance.RELABELLING, Invariance.REORDERING, Invariance.OPPONENT_CONSTANTS}
    )
    mixes: ClassVar[bool] = True
    always_exists: ClassVar[bool] = True

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        return not_a_table("LogitQuantalResponse", game)

    def certify(self, game: NormalFormGame, profile: Any) -> Certificate:
        """Whether the balls of a profile are proved to hold exactly one quantal response.

        ``profile``: of ``game``, as ``read_profile`` takes it. The proof is Krawczyk's
        test. Quantal responses are irrational except where everyone is indifferent, so
        rational probabilities hold only if every action of a player has the same. If it
        does not hold, ``regret`` is not a gain but the largest difference between a
        probability and the logit response to the others, at the middle of the balls.
        """
        from strategy.concepts._logit_system import (
            ball,
            proved_response,
            response_distance,
            surely_no_response,
        )

        reason = self.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        weights = as_weights(game, read_profile(game.form, profile))
        vectors = [[v if is_ball(v) else ball(v) for v in one.exact] for one in weights]
        rational = all(one.denominator is not None for one in weights)
        missing = (
            self._rational(game, weights)
            if rational
            else proved_response(game, self.rationality, vectors)
        )
        if missing is None:
            return Certificate(True, Fraction(0))
        distance = response_distance(game, self.rationality, [one.exact for one in weights])
        undecided = not rational and not surely_no_response(game, self.rationality, vectors)
        return Certificate(False, distance, reason=missing, undecided=undecided)

    def _rational(self, game: NormalFormGame, weights: list[Weights]) -> str | None:
        """exp of a rational number other than 0 is irrational (Lambert 1761).

        Lambda or all differences of worth must vanish.
        """
        for player, own in enumerate(weights):
            values, _ = action_values(game, weights, player)
            alike = len({int(v) for v in own.values}) == 1
            if not alike or (self.rationality and len(set(values)) > 1):
                return (
                    "rational probabilities are a quantal response only where everyone is "
                    "indifferent: give balls"
                )
        return None

    def __str__(self) -> str:
        return f"logit quantal response, at lambda = {number(self.rationality)}"
