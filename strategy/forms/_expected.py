"""What actions are worth against mixed play in a table.

Exact sums in whole numbers, or in balls.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.deadline import watched
from strategy.exact import is_ball, product
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.normal import NormalFormGame

__all__ = ["action_values", "contenders", "expected_payoffs", "fits_int64"]

_MANY = 1024  # numbers in a table of which floats look first at what has to be read exactly


def fits_int64(table: NDArray[Any], *factors: int) -> bool:
    """Whether sums of entries, each times the factors, surely stay inside int64.

    ``table``: the entries.
    """
    if table.dtype == object:
        return False
    largest = max(abs(int(table.max())), abs(int(table.min())), 1)
    return largest * math.prod(factors) < 2**62


def contenders(
    table: NDArray[Any], weights: Sequence[Weights], player: int
) -> Sequence[int]:
    """Actions of one player (by number) outside which each surely pays less.

    Less than some other action.

    ``table``: the player's payoffs; ``weights`` of the others are exact. Of a large table
    of floats few actions are left, by sums in floats with a bound on all that rounding can
    do; of others all.
    """
    others = [i for i in range(len(weights)) if i != player]
    if table.dtype != np.float64 or table.size <= _MANY:
        return range(table.shape[player])
    supports = [
        range(size) if i == player else weights[i].support
        for i, size in enumerate(table.shape)
    ]
    part = np.moveaxis(table[np.ix_(*supports)], player, 0)
    largest = float(abs(part).max())
    if not 1e-290 < largest < 1e290:
        return range(table.shape[player])
    for i in reversed(others):
        part = part @ np.array(
            [
                int(weights[i].values[a]) / int(weights[i].denominator or 1)
                for a in weights[i].support
            ]
        )
    # Half a unit in the last place is lost on each payoff, weight, product and sum, of two
    # actions.
    off = 8 * (sum([len(weights[i].support) for i in others]) + 8) * 2.0**-53 * largest
    left: list[int] = np.flatnonzero(part >= part.max() - off).tolist()
    return left


def action_values(
    game: NormalFormGame,
    weights: Sequence[Weights],
    player: int,
    actions: Sequence[int] | None = None,
) -> tuple[list[Any], int]:
    """The expected payoff of each action of one player (by number).

    With ``actions``, it is only of these; the others play ``weights``.

    Returns (values, scale): exact payoffs are values / scale with whole numbers; with balls
    among the others' weights the values are balls, of all actions, and scale is 1. The
    player's own weights are not looked at. ``game``: the table.
    """
    others = [i for i in range(len(weights)) if i != player]
    if any(weights[i].denominator is None for i in others):
        return _ball_values(*game.integer_tables[player], weights, player), 1
    own = range(game.form.shape[player]) if actions is None else actions
    supports = [own if i == player else one.support for i, one in enumerate(weights)]
    table, factor = game.integer_part(player, supports)
    scale = math.prod(int(weights[i].denominator or 1) for i in others)
    kind: Any = np.int64 if fits_int64(table, scale) else object
    part = np.moveaxis(table, player, 0).astype(kind)
    for i in reversed(others):
        part = part @ np.array(
            [int(weights[i].values[a]) for a in weights[i].support], dtype=kind
        )
    return [int(value) for value in part], scale * factor


def _ball_values(
    table: NDArray[Any], factor: int, weights: Sequence[Weights], player: int
) -> list[Any]:
    from flint import arb

    part = np.moveaxis(table, player, 0)
    others = [i for i in range(len(weights)) if i != player]
    part = part[np.ix_(range(len(part)), *[weights[i].support for i in others])].astype(
        object
    )
    sums: list[Any] = part.tolist()
    for i in reversed(others):
        vector = [weights[i].exact[a] for a in weights[i].support]
        balls = [
            value if is_ball(value) else arb(value.numerator) / value.denominator
            for value in vector
        ]
        sums = _contract(sums, balls)
    return [arb(value) / factor for value in sums]


def _contract(nested: list[Any], balls: list[Any]) -> list[Any]:
    """Sums over the last axis of nested lists, each entry times its ball."""
    if not isinstance(nested[0], list):
        return sum(  # type: ignore[no-any-return]
            (ball * value for ball, value in zip(balls[1:], nested[1:], strict=True)),
            balls[0] * nested[0],
        )
    return [_contract(one, balls) for one in watched(nested)]


def expected_payoffs(game: NormalFormGame, profile: MixedProfile) -> list[Any]:
    """What each player expects under a profile.

    A Fraction, or a ball where probabilities are balls. ``game``: the table.
    """
    result = []
    for player, own in enumerate(profile.weights):
        values, scale = action_values(game, profile.weights, player)
        used = own.support
        if own.denominator is None or any(is_ball(values[a]) for a in used):
            parts = [product(own.exact[a], values[a]) for a in used]
            result.append(sum(parts[1:], parts[0]) / scale)
        else:
            result.append(
                Fraction(
                    sum(int(own.values[a]) * values[a] for a in used),
                    scale * own.denominator,
                )
            )
    return result
