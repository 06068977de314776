"""Regular equilibria.

No unused best responses, and the equations of indifference determine the profile (Harsanyi
1973).
"""

from __future__ import annotations

from typing import Any

from strategy import deadline
from strategy.concepts._roots import proved_root
from strategy.forms._expected import action_values
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import PureProfile

__all__ = ["as_weights", "is_regular", "jacobian", "lacking", "mixing"]


def is_regular(game: NormalFormGame, profile: PureProfile | MixedProfile) -> bool:
    """Whether an equilibrium is proved to be regular.

    Strict outside its supports, with a non-singular Jacobian on them. ``game``: the table;
    ``profile``: the equilibrium.
    """
    if isinstance(profile, MixedProfile) and not profile.is_exact:
        return proved_root(game, profile) is None  # Krawczyk's test asks for both
    weights = as_weights(game, profile)
    for axis, own in enumerate(weights):
        values, _ = action_values(game, weights, axis)
        used = values[own.support[0]]
        if any(
            value >= used
            for action, value in enumerate(values)
            if action not in own.support
        ):
            return False
    return _determined(game, weights)


def as_weights(game: NormalFormGame, profile: PureProfile | MixedProfile) -> list[Weights]:
    """The probabilities of each player, of a pure profile too.

    ``game``: the table.
    """
    if isinstance(profile, MixedProfile):
        return list(profile.weights)
    return [
        _certain(size, int(chosen))
        for size, chosen in zip(game.form.shape, profile.choices, strict=True)
    ]


def _certain(size: int, chosen: int) -> Weights:
    return Weights(tuple([int(i == chosen) for i in range(size)]), 1)


def _determined(game: NormalFormGame, weights: list[Weights]) -> bool:
    """Whether the indifference equations and sums to 1 have a non-singular Jacobian."""
    return not mixing(weights) or bool(jacobian(game, weights).det() != 0)


def mixing(weights: list[Weights]) -> list[tuple[int, int]]:
    """(player, action) of every action in use by a player who mixes.

    The unknowns of the equations of indifference. ``weights``: of the players.
    """
    return [
        (i, a) for i, own in enumerate(weights) for a in own.support if len(own.support) > 1
    ]


def lacking(game: NormalFormGame, weights: list[Weights]) -> list[Any]:
    """What the equations of indifference lack, for each player who mixes.

    Differences in worth, then the sum less 1. ``game``: the table; ``weights``: of the
    players.
    """
    from flint import fmpq

    result: list[Any] = []
    for player, own in enumerate(weights):
        if len(own.support) > 1:
            values, scale = action_values(game, weights, player)
            first, *others = own.support
            result += [fmpq(values[a] - values[first], scale) for a in others]
            result.append(
                fmpq(sum(int(v) for v in own.values), int(own.denominator or 1)) - 1
            )
    return result


def jacobian(game: NormalFormGame, weights: list[Weights]) -> Any:
    """The derivatives of ``lacking`` by the probabilities in use, as a flint.fmpq_mat.

    Rows are what is lacking, columns the probabilities. ``game``: the table; ``weights``:
    of the players.
    """
    from flint import fmpq, fmpq_mat

    columns: list[list[Any]] = []
    for j, b in mixing(weights):
        deadline.check()
        varied = list(weights)
        varied[j] = _certain(len(weights[j].values), b)
        column: list[Any] = []
        for player, own in enumerate(weights):
            if len(own.support) > 1:
                first, *others = own.support
                if player == j:
                    column += [fmpq(0)] * len(others) + [fmpq(1)]
                else:
                    values, scale = action_values(game, varied, player)
                    column += [fmpq(values[a] - values[first], scale) for a in others] + [
                        fmpq(0)
                    ]
        columns.append(column)
    return fmpq_mat(columns).transpose()
