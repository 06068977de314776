"""A proof that exactly one equilibrium with given supports lies inside given balls.

On the supports an equilibrium is a zero of a square system in the probabilities of all
actions in use but each player's first, which has what they leave: everyone is indifferent
between the actions in use. Krawczyk's test (Krawczyk 1969; Neumaier, "Interval Methods for
Systems of Equations", 1990) on the balls, in ball arithmetic from the exact payoffs, proves
that one zero lies inside and no other; then the actions left out must be worth strictly
less everywhere in the balls, and probabilities be positive.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb, arb_mat, ctx

from strategy.completeness import none_in_balls, not_proved
from strategy.concepts._gains import (
    MixedGains,
    Support,
    jacobian,
    mean,
    residuals,
    split,
    system,
)
from strategy.concepts._krawczyk import image
from strategy.exact import is_ball
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.normal import NormalFormGame

__all__ = ["as_ball", "proved_root"]

_GUARD_BITS = 64
_MISSED = (
    f"{none_in_balls('equilibrium')}: give balls that are a few units in the last place "
    "wider"
)


def proved_root(
    game: NormalFormGame, profile: MixedProfile, gains: MixedGains | None = None
) -> str | None:
    """None if one equilibrium is proved to lie inside the balls of a profile; else why not.

    Exactly one, with the supports of the profile.

    ``gains``: those of the game, where many profiles are judged.
    """
    gains = gains or MixedGains([numbers for numbers, _ in game.integer_tables])
    bits = max(
        (
            _bits(value)
            for one in profile.weights
            if one.denominator is None
            for value in one.values
        ),
        default=0,
    )
    with ctx.workprec(2 * bits + _GUARD_BITS):
        weights = [_filled(one, bits) for one in profile.weights]
        if any(not one.values[a] > 0 for one in weights for a in one.support):
            return (
                "a ball of a probability in use reaches 0: give a smaller ball, or "
                "exactly 0"
            )
        support = profile.supports
        free = [[own.values[a] for a in own.support[1:]] for own in weights]
        reason = _off_support(game, gains, support, free)
        return reason if reason is not None else _krawczyk(gains, support, free, weights)


def as_ball(value: Any) -> Any:
    """A number as a ball: exact ones as tight as the working precision allows.

    ``value``: the number.
    """
    if is_ball(value):
        return value
    exactly = Fraction(value)
    return arb(exactly.numerator) / exactly.denominator


def _bits(ball: Any) -> int:
    """About how many binary digits a ball fixes."""
    radius = ball.rad()
    if radius == 0:
        return int(ball.mid().man_exp()[0]).bit_length() + 8
    mantissa, exponent = map(int, radius.man_exp())
    return max(16, -(exponent + mantissa.bit_length()) + 8)


def _filled(weights: Weights, bits: int) -> Weights:
    """Exact probabilities as tiny balls, where that player mixes.

    Zeros and certain actions stay exact.
    """
    if weights.denominator is None:
        return weights
    if len(weights.support) == 1:
        return Weights(
            tuple([arb(int(i in weights.support)) for i in range(len(weights.values))]),
            None,
        )
    around = arb(0, arb(2) ** -(2 * bits))
    return Weights(
        tuple(
            [
                arb(int(v)) / weights.denominator + around if v else arb(0)
                for v in weights.values
            ]
        ),
        None,
    )


def _off_support(
    game: NormalFormGame, gains: MixedGains, support: Support, free: list[list[Any]]
) -> str | None:
    """Actions left out are worth strictly less than one that is used, all over the balls."""
    for player, used in enumerate(support):
        others = [a for a in range(gains.shape[player]) if a not in used]
        weights = [*free[:player], *free[player + 1 :]]
        for action, values in zip(others, gains.over(support, player, others), strict=True):
            if not mean(values, weights) < 0:
                who = game.players[player]
                return not_proved(
                    f"that {game.actions[who][action]!r} is worth less to {who} than what "
                    "is played"
                )
    return None


def _krawczyk(
    gains: MixedGains, support: Support, free: list[list[Any]], weights: list[Weights]
) -> str | None:
    """None if exactly one zero of the support's equations lies inside the balls."""
    balls = [ball for row in free for ball in row]
    middle = split(support, [ball.mid() for ball in balls])
    slopes = arb_mat(
        [[arb(entry) for entry in row] for row in jacobian(gains, support, free)]
    )
    try:
        inside = image(balls, slopes, residuals(system(gains, support), middle), slopes)
    except ZeroDivisionError:
        return (
            "the equations of this equilibrium are singular: "
            f"{not_proved('to be isolated')}"
        )
    found = split(support, inside)
    for own, used, row in zip(weights, support, found, strict=True):
        # the first action has what the others leave
        for a, value in zip(used, [1 - sum(row, arb(0)), *row], strict=True):
            if not (
                own.values[a].contains_interior(value) if row else own.values[a].contains(1)
            ):
                return _MISSED
    return None
