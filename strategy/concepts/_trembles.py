"""Mistakes that prove an equilibrium to be proper.

Action s is taken by mistake with a probability like e^k(s), for small e.

What every action is then worth is a polynomial in e, and which of two is larger for all
small e is told by the first coefficient in which they differ: the lexicographic comparison
of Blume, Brandenburger and Dekel ("Lexicographic probabilities and equilibrium
refinements", Econometrica 59, 1991). If whatever is worth less has the higher power, and
the actions of the equilibrium are worth the same at every order, the profiles are e-proper
in the sense of Myerson (1978) for e -> 0.
"""

from __future__ import annotations

import functools
import itertools
from typing import Any

import numpy as np

from strategy.concepts._mixtures import lines_of
from strategy.concepts._regularity import as_weights
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import PureProfile

__all__ = ["proper_trembles"]

Powers = tuple[tuple[int, ...], ...]

_ROUNDS = 100


def proper_trembles(
    game: NormalFormGame, profile: PureProfile | MixedProfile
) -> Powers | None:
    """Mistakes that prove an equilibrium proper.

    The power of each action of each player (0: used); None if none are found.

    Starts from all mistakes alike, and ranks actions by their worth under the last mistakes
    until the ranks stay. ``game``: the table; ``profile``: the equilibrium.
    """
    weights = as_weights(game, profile)
    supports = [set(own.support) for own in weights]
    sizes = game.form.shape
    powers: Powers = tuple(
        [
            tuple([int(a not in used) for a in range(n)])
            for n, used in zip(sizes, supports, strict=True)
        ]
    )
    seen: set[Powers] = set()
    while powers not in seen and len(seen) < _ROUNDS:
        seen.add(powers)
        ranks = []
        for axis, used in enumerate(supports):
            worth = _worth(game, weights, powers, axis)
            order = sorted(set(worth), reverse=True)
            if any(worth[a] != order[0] for a in used):
                return None
            ranks.append(
                tuple(
                    [
                        0 if a in used else 1 + order.index(value)
                        for a, value in enumerate(worth)
                    ]
                )
            )
        if tuple(ranks) == powers or _in_order(game, weights, supports, powers):
            return powers
        powers = tuple(ranks)
    return None


def _in_order(
    game: NormalFormGame, weights: list[Weights], supports: list[set[int]], powers: Powers
) -> bool:
    """Whether these mistakes are proper as they are.

    Of two actions the one worth less has the higher power.
    """
    for axis, own in enumerate(powers):
        worth = _worth(game, weights, powers, axis)
        if any(
            worth[a] < worth[b] and own[a] <= own[b]
            for a, b in itertools.permutations(range(len(own)), 2)
        ):
            return False
    return True


def _worth(
    game: NormalFormGame, weights: list[Weights], powers: Powers, axis: int
) -> list[tuple[int, ...]]:
    """What each action of a player is worth, as coefficients of rising powers.

    They are on one scale.
    """
    lines = lines_of(game, axis).astype(object)
    others = [i for i in range(len(weights)) if i != axis]
    orders = functools.reduce(
        np.add.outer, [np.array(powers[i]) for i in others], np.zeros((), dtype=np.int64)
    ).reshape(-1)
    chances: Any = functools.reduce(
        np.multiply.outer,
        [
            np.array([int(v) if v else 1 for v in weights[i].values], dtype=object)
            for i in others
        ],
        np.array(1, dtype=object),
    )
    chances = np.asarray(chances, dtype=object).reshape(-1)
    parts = [
        lines[:, orders == order] @ chances[orders == order] for order in np.unique(orders)
    ]
    return [tuple([int(part[a]) for part in parts]) for a in range(len(lines))]
