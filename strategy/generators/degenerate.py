"""Tables that careless code stumbles over.

Copied actions, an indifferent player, payoffs that are all equal.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from strategy.errors import GameError
from strategy.forms.normal import NormalFormGame
from strategy.generators.tables import Shape, games_of_shapes, numbers, table_game

__all__ = ["degenerate_games"]


def degenerate_games(
    shape: Sequence[int] | None = None,
) -> st.SearchStrategy[NormalFormGame]:
    """Tables in which some player has two actions that always pay it the same.

    All payoffs of each player are equal, or one player's do not depend on its own action,
    or an action is a copy of another. Raises GameError on a shape in which no player has
    two actions.
    """
    return games_of_shapes(shape, _degenerate)


@functools.lru_cache(maxsize=256)
def _degenerate(shape: Shape) -> st.SearchStrategy[NormalFormGame]:
    axes = [axis for axis, size in enumerate(shape) if size > 1]
    if not axes:
        raise GameError(f"shape {shape}: a degenerate game needs a player with two actions")
    rows = st.tuples(*[numbers(math.prod(shape))] * len(shape))

    @st.composite
    def drawn(draw: Callable[..., Any]) -> NormalFormGame:
        kind = draw(st.sampled_from(("all equal", "indifferent", "copied")))
        if kind == "all equal":
            return table_game(
                shape, [[value] * math.prod(shape) for value in draw(numbers(len(shape)))]
            )
        tables = [np.array(row).reshape(shape) for row in draw(rows)]
        axis = draw(st.sampled_from(axes))
        if kind == "indifferent":
            tables[axis] = np.broadcast_to(tables[axis].take([0], axis=axis), shape)
        else:
            copy = draw(st.integers(1, shape[axis] - 1))
            original = draw(st.integers(0, copy - 1))
            for table in tables:
                # a view, so the table itself is written to
                lines = np.moveaxis(table, axis, 0)
                lines[copy] = lines[original]
        return table_game(shape, tables)

    return drawn()
