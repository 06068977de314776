"""Tables in which all players are in the same position."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

from hypothesis import strategies as st

from strategy.errors import GameError
from strategy.forms.normal import NormalFormGame
from strategy.generators.tables import Shape, games_of_shapes, numbers, table_game

__all__ = ["symmetric_games"]


def symmetric_games(
    shape: Sequence[int] | None = None,
) -> st.SearchStrategy[NormalFormGame]:
    """Tables in which a payoff depends on how many others take each action.

    It depends on one's own action too, but not on who the others are.

    Raises GameError on a shape in which players have different numbers of actions.
    """
    alike = st.tuples(st.integers(2, 3), st.integers(2, 3)).map(
        lambda pair: (pair[0],) * pair[1]
    )
    return games_of_shapes(shape, _symmetric, alike)


@functools.lru_cache(maxsize=256)
def _symmetric(shape: Shape) -> st.SearchStrategy[NormalFormGame]:
    if len(set(shape)) > 1:
        raise GameError(
            f"shape {shape}: players of a symmetric game have equally many actions, such "
            "as (3, 3)"
        )
    place: dict[Shape, int] = {}
    columns: list[list[int]] = []
    for i in range(len(shape)):
        column = []
        for cell in itertools.product(*map(range, shape)):
            seen = (cell[i], *sorted(cell[:i] + cell[i + 1 :]))
            column.append(place.setdefault(seen, len(place)))
        columns.append(column)
    return numbers(len(place)).map(
        lambda values: table_game(
            shape, [[values[k] for k in column] for column in columns]
        )
    )
