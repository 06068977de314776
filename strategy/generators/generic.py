"""Tables in which ties are absent, or abound."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence

from hypothesis import strategies as st

from strategy.forms.normal import NormalFormGame
from strategy.generators.tables import Shape, games_of_shapes, numbers, table_game

__all__ = ["generic_games", "tied_games"]


def generic_games(shape: Sequence[int] | None = None) -> st.SearchStrategy[NormalFormGame]:
    """Tables in which no player is indifferent between two plays.

    Each player's payoffs are a rising row of whole numbers in a drawn order; the simplest
    count 0, 1, 2, .... ``shape``: the number of actions of each player; None to draw it.
    """
    return games_of_shapes(shape, _generic)


def tied_games(shape: Sequence[int] | None = None) -> st.SearchStrategy[NormalFormGame]:
    """Tables with payoffs of 0, 1 and 2 alone, so that ties abound.

    ``shape``: the number of actions of each player; None to draw it.
    """
    return games_of_shapes(shape, _tied)


@functools.lru_cache(maxsize=256)
def _generic(shape: Shape) -> st.SearchStrategy[NormalFormGame]:
    count = math.prod(shape)
    one = st.tuples(
        st.permutations(range(count)), st.integers(-3, 3), numbers(count - 1, 1, 3)
    ).map(_rising)
    return st.tuples(*[one] * len(shape)).map(lambda columns: table_game(shape, columns))


def _rising(parts: tuple[list[int], int, tuple[int, ...]]) -> list[int]:
    order, first, steps = parts
    values = list(itertools.accumulate(steps, initial=first))
    return [values[place] for place in order]


@functools.lru_cache(maxsize=256)
def _tied(shape: Shape) -> st.SearchStrategy[NormalFormGame]:
    row = numbers(math.prod(shape), 0, 2)
    return st.tuples(*[row] * len(shape)).map(lambda columns: table_game(shape, columns))
