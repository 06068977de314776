"""Tables of two players of whom one gains what the other loses."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from hypothesis import strategies as st

from strategy.errors import GameError
from strategy.forms.normal import NormalFormGame
from strategy.generators.tables import Shape, games_of_shapes, numbers, shapes, table_game

__all__ = ["zero_sum_games"]


def zero_sum_games(shape: Sequence[int] | None = None) -> st.SearchStrategy[NormalFormGame]:
    """Two-player tables in which one gains what the other loses.

    Raises GameError on a shape of more players, or one.
    """
    return games_of_shapes(shape, _zero_sum, shapes(players=(2, 2)))


@functools.lru_cache(maxsize=256)
def _zero_sum(shape: Shape) -> st.SearchStrategy[NormalFormGame]:
    if len(shape) != 2:
        raise GameError(
            f"shape {shape}: zero-sum games are drawn for two players: give a shape such "
            "as (2, 3)"
        )
    return numbers(math.prod(shape)).map(
        lambda row: table_game(shape, [row, [-value for value in row]])
    )
