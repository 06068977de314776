"""Correlated and coarse correlated equilibrium.

Distributions over plays from which nobody gains by turning away.

Aumann, "Subjectivity and correlation in randomized strategies", Journal of Mathematical
Economics 1 (1974), and "Correlated equilibrium as an expression of Bayesian rationality",
Econometrica 55 (1987); the coarse kind: Moulin and Vial, International Journal of Game
Theory 7 (1978).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import attrs

from strategy.certificates import Certificate
from strategy.concepts._tables import not_a_table
from strategy.concepts.invariances import Invariance
from strategy.errors import RefusalError
from strategy.exact import exact
from strategy.forms.distributions import PlayDistribution, read_distribution
from strategy.forms.normal import NormalFormGame
from strategy.protocols import Concept

__all__ = ["CoarseCorrelatedEquilibrium", "CorrelatedEquilibrium"]

Worst = tuple[Fraction, str, str | None, str]
"""(gain, player, what it was told or None, what it does instead)."""


@attrs.frozen
class CorrelatedEquilibrium:
    """A device draws a play and tells each player its own part.

    Nobody who is told one action gains by another.

    What is judged are distributions over plays, not profiles: ``solve`` lists those at
    which a player's payoff is least or greatest, and ``correlated_extremes`` finds the
    range of any linear function over all of them. Every Nash equilibrium, and every mixture
    of several, is one.
    """

    invariances: ClassVar[frozenset[Invariance]] = frozenset(Invariance)
    mixes: ClassVar[bool] = True
    always_exists: ClassVar[bool] = True

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        return not_a_table("CorrelatedEquilibrium", game)

    def read(self, game: NormalFormGame, given: Any) -> PlayDistribution:
        """What is judged: a distribution over the plays of ``game``.

        ``given``: as ``read_distribution`` takes it.
        """
        return read_distribution(game.form, given)

    def certify(self, game: NormalFormGame, distribution: Any) -> Certificate:
        """Whether nobody gains by turning away from what it is told.

        ``distribution``: over the plays of ``game``, as ``read_distribution`` takes it. If
        it does not hold: ``regret`` is the largest gain given what the player is told
        (``information_set``).
        """
        return _certificate(self, game, distribution, True)

    def __str__(self) -> str:
        return "correlated"


@attrs.frozen
class CoarseCorrelatedEquilibrium:
    """A device draws a play, and players bind themselves before they are told.

    Nobody gains by staying out with one action.

    Every correlated equilibrium is one. An action that is strictly dominated may be used,
    as it may be part of a bargain.
    """

    invariances: ClassVar[frozenset[Invariance]] = frozenset(Invariance) - {
        Invariance.DOMINATED_ACTION
    }
    mixes: ClassVar[bool] = True
    always_exists: ClassVar[bool] = True

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        return not_a_table("CoarseCorrelatedEquilibrium", game)

    def read(self, game: NormalFormGame, given: Any) -> PlayDistribution:
        """What is judged: a distribution over the plays of ``game``.

        ``given``: as ``read_distribution`` takes it.
        """
        return read_distribution(game.form, given)

    def certify(self, game: NormalFormGame, distribution: Any) -> Certificate:
        """Whether nobody gains by one action whatever the device draws.

        ``distribution``: over the plays of ``game``, as ``read_distribution`` takes it. If
        somebody does: the largest gain.
        """
        return _certificate(self, game, distribution, False)

    def __str__(self) -> str:
        return "coarse correlated"


def _certificate(
    concept: Concept, game: NormalFormGame, given: Any, told: bool
) -> Certificate:
    reason = concept.refuses(game)
    if reason is not None:
        raise RefusalError(reason)
    distribution = read_distribution(game.form, given)
    worst: Worst | None = None
    for axis in range(len(game.players)):
        worst = _worse(worst, _deviation(game, distribution, axis, told))
    if worst is None:
        return Certificate(True, Fraction(0))
    return Certificate(False, *worst, "a deviation gains")


def _worse(one: Worst | None, other: Worst | None) -> Worst | None:
    return other if one is None or (other is not None and other[0] > one[0]) else one


def _deviation(
    game: NormalFormGame, distribution: PlayDistribution, axis: int, told: bool
) -> Worst | None:
    """The best deviation of one player, if any gains.

    By what it is told, or by one action against everything.
    """
    player, table = game.players[axis], game.tables[axis]
    options = game.actions[player]
    weight_of: dict[int | None, Fraction] = {}
    gain_of: dict[int | None, list[Fraction]] = {}
    for play, weight in distribution.numbers.items():
        cell = game.form.indices(play)
        place = cell[axis] if told else None
        gains = gain_of.setdefault(place, [Fraction(0)] * len(options))
        got = exact(table[cell])
        for action in range(len(options)):
            gains[action] += weight * (
                exact(table[(*cell[:axis], action, *cell[axis + 1 :])]) - got
            )
        weight_of[place] = weight_of.get(place, Fraction(0)) + weight
    worst: Worst | None = None
    for place, gains in gain_of.items():
        best = max(gains)
        if best > 0:
            found = (
                best / weight_of[place],
                player,
                None if place is None else options[place],
                options[gains.index(best)],
            )
            worst = _worse(worst, found)
    return worst
