"""Tables in which all players climb one hill."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from strategy.forms.normal import NormalFormGame
from strategy.generators.tables import Shape, games_of_shapes, numbers, table_game

__all__ = ["potential_games"]


def potential_games(
    shape: Sequence[int] | None = None,
) -> st.SearchStrategy[NormalFormGame]:
    """Tables with an exact potential.

    What a change of one's own action gains is what it adds to one function of the play:
    each player's payoff is that function plus one of what the others do (Monderer and
    Shapley 1996). They have a pure Nash equilibrium, where the potential is greatest.
    ``shape``: the number of actions of each player; None to draw it.
    """
    return games_of_shapes(shape, _potential)


@functools.lru_cache(maxsize=256)
def _potential(shape: Shape) -> st.SearchStrategy[NormalFormGame]:
    count = math.prod(shape)
    rests = [(*shape[:i], 1, *shape[i + 1 :]) for i in range(len(shape))]

    def made(parts: tuple[tuple[int, ...], ...]) -> NormalFormGame:
        hill: Any = np.array(parts[0]).reshape(shape)
        return table_game(
            shape,
            [
                hill + np.array(part).reshape(rest)
                for part, rest in zip(parts[1:], rests, strict=True)
            ],
        )

    return st.tuples(
        numbers(count), *[numbers(count // size, -3, 3) for size in shape]
    ).map(made)
