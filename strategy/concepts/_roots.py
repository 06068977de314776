"""A proof that exactly one equilibrium with given supports lies inside given balls.

On the supports an equilibrium is a zero of a square system: everyone is indifferent between the actions used, and
probabilities sum to 1. Krawczyk's test (Krawczyk 1969; Neumaier, "Interval Methods for Systems of Equations", 1990) on the
balls, in ball arithmetic from the exact payoffs, proves that one zero lies inside and no other; then the actions left out
must be worth strictly less everywhere in the balls, and probabilities be positive.
"""

from __future__ import annotations

from typing import Any

from flint import arb, arb_mat, ctx

from strategy.forms._expected import action_values
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.normal import NormalFormGame

__all__ = ["proved_root"]

_GUARD_BITS = 64


def proved_root(game: NormalFormGame, profile: MixedProfile) -> str | None:
    """None if it is proved that exactly one equilibrium with the supports of the profile lies inside its balls; else why not."""
    bits = max((_bits(value) for one in profile.weights if one.denominator is None for value in one.values), default=0)
    with ctx.workprec(2 * bits + _GUARD_BITS):
        weights = [_filled(one, bits) for one in profile.weights]
        unknown = [(i, a) for i, one in enumerate(weights) for a in one.support if len(one.support) > 1]
        if any(not one.values[a] > 0 for one in weights for a in one.support):
            return "a ball of a probability in use reaches 0: give a smaller ball, or exactly 0"
        reason = _off_support(game, weights)
        return reason if reason is not None or not unknown else _krawczyk(game, weights, unknown)


def _bits(ball: Any) -> int:
    """About how many binary digits a ball fixes."""
    radius = ball.rad()
    if radius == 0:
        return int(ball.mid().man_exp()[0]).bit_length() + 8
    mantissa, exponent = map(int, radius.man_exp())
    return max(16, -(exponent + mantissa.bit_length()) + 8)


def _filled(weights: Weights, bits: int) -> Weights:
    """Exact probabilities as tiny balls, where that player mixes; zeros and certain actions stay exact."""
    if weights.denominator is None:
        return weights
    if len(weights.support) == 1:
        return Weights(tuple([arb(int(i in weights.support)) for i in range(len(weights.values))]), None)
    around = arb(0, arb(2) ** -(2 * bits))
    return Weights(
        tuple([arb(int(v)) / weights.denominator + around if v else arb(0) for v in weights.values]),
        None,
    )


def _off_support(game: NormalFormGame, weights: list[Weights]) -> str | None:
    """Actions left out are worth strictly less than one that is used, all over the balls."""
    for player, own in enumerate(weights):
        if len(own.support) == len(own.values):
            continue
        values, _ = action_values(game, weights, player)
        used = values[own.support[0]]
        for action, value in enumerate(values):
            if action not in own.support and not value < used:
                name = game.actions[game.players[player]][action]
                return f"it is not proved that {name!r} is worth less to {game.players[player]} than what is played"
    return None


def _krawczyk(game: NormalFormGame, weights: list[Weights], unknown: list[tuple[int, int]]) -> str | None:
    middle = [_with_values(one, lambda value: value.mid()) for one in weights]
    slopes = _jacobian(game, weights, unknown)
    rough = arb_mat([[entry.mid() for entry in row] for row in slopes])
    try:
        inverse = arb_mat([[entry.mid() for entry in row] for row in rough.inv().tolist()])
    except ZeroDivisionError:
        return "the equations of this equilibrium are singular: it is not proved to be isolated"
    size = len(unknown)
    box = arb_mat([[weights[i].values[a] - middle[i].values[a]] for i, a in unknown])
    identity = arb_mat([[int(i == j) for j in range(size)] for i in range(size)])
    step = (identity - inverse * arb_mat(slopes)) * box - inverse * arb_mat([[one] for one in _equations(game, middle)])
    for (player, action), shift in zip(unknown, (row[0] for row in step.tolist()), strict=True):
        ball = weights[player].values[action]
        if not ball.contains_interior(middle[player].values[action] + shift):
            return "no equilibrium is proved to lie inside the balls: give balls of a few more units in the last place"
    return None


def _with_values(weights: Weights, change: Any) -> Weights:
    return Weights(tuple([change(value) for value in weights.values]), None)


def _equations(game: NormalFormGame, weights: list[Weights]) -> list[Any]:
    """For each player who mixes: differences in worth between the actions used, then what the probabilities lack to 1."""
    result = []
    for player, own in enumerate(weights):
        if len(own.support) > 1:
            values, _ = action_values(game, weights, player)
            first, *others = own.support
            result.extend([values[a] - values[first] for a in others])
            result.append(sum((own.values[a] for a in own.support), arb(-1)))
    return result


def _jacobian(game: NormalFormGame, weights: list[Weights], unknown: list[tuple[int, int]]) -> list[list[Any]]:
    columns = []
    for j, b in unknown:
        certain = list(weights)
        certain[j] = Weights(tuple([arb(int(i == b)) for i in range(len(weights[j].values))]), None)
        column = []
        for player, own in enumerate(weights):
            if len(own.support) <= 1:
                continue
            if player == j:
                column.extend([arb(0)] * (len(own.support) - 1))
                column.append(arb(1))
            else:
                values, _ = action_values(game, certain, player)
                first, *others = own.support
                column.extend([values[a] - values[first] for a in others])
                column.append(arb(0))
        columns.append(column)
    return [list(row) for row in zip(*columns, strict=True)]
