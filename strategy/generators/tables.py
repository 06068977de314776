"""What strategies for tables share: shapes, plain names, rows of small whole numbers."""

from __future__ import annotations

import functools
import math
import string
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from strategy.errors import GameError
from strategy.forms.normal import NormalForm, NormalFormGame
from strategy.names import ordered

__all__ = [
    "Shape",
    "games_of_shapes",
    "normal_forms",
    "numbers",
    "plain_form",
    "plain_names",
    "shapes",
    "small",
    "table_game",
]

Shape = tuple[int, ...]
small = st.integers(-5, 5)


def shapes(
    *, players: tuple[int, int] = (2, 3), actions: tuple[int, int] = (2, 3)
) -> st.SearchStrategy[Shape]:
    """Shapes of tables: how many actions each player has.

    ``players`` and ``actions`` are the least and greatest number.
    """
    return st.lists(st.integers(*actions), min_size=players[0], max_size=players[1]).map(
        tuple
    )


def plain_names(count: int) -> tuple[str, ...]:
    """Names of players: "A", "B", ..., and after "Z" "A2", "B2", ....

    ``count``: how many.
    """
    return tuple(
        [
            string.ascii_uppercase[i % 26] + (str(i // 26 + 1) if i >= 26 else "")
            for i in range(count)
        ]
    )


@functools.lru_cache(maxsize=256)
def plain_form(shape: Shape) -> NormalForm:
    """The table of this shape in which A chooses among "a1", "a2", ....

    B among "b1", ..., and so on.
    """
    return NormalForm(
        {
            player: [f"{player.lower()}{k + 1}" for k in range(size)]
            for player, size in zip(plain_names(len(shape)), shape, strict=True)
        }
    )


def table_game(shape: Shape, payoffs: Sequence[Any]) -> NormalFormGame:
    """A game in plain names from whole numbers, for each player one a cell.

    ``shape``: the number of actions of each player; ``payoffs``: the numbers.
    """
    tables = []
    for column in payoffs:
        table = np.array(column, dtype=np.int64).reshape(shape)
        table.setflags(write=False)
        tables.append(table)
    return NormalFormGame(plain_form(shape), tuple(tables))


@functools.lru_cache(maxsize=256)
def numbers(count: int, low: int = -5, high: int = 5) -> st.SearchStrategy[tuple[int, ...]]:
    """``count`` whole numbers, from ``low`` to ``high``."""
    return st.tuples(*[st.integers(low, high)] * count)


def games_of_shapes(
    shape: Sequence[int] | None,
    make: Callable[[Shape], st.SearchStrategy[Any]],
    drawn: st.SearchStrategy[Shape] | None = None,
) -> st.SearchStrategy[Any]:
    """The games that ``make`` makes of a shape: of the one given, or of drawn ones."""
    if shape is None:
        return (shapes() if drawn is None else drawn).flatmap(make)
    given = ordered(shape, "shape")
    if (
        not given
        or not all(type(size) is int and size > 0 for size in given)
        or math.prod(given) > 10_000
    ):
        raise GameError(
            f"shape {shape!r}: give the number of actions of each player, such as (2, 3), "
            "at most 10,000 cells in all"
        )
    return make(given)


def normal_forms(shape: Sequence[int] | None = None) -> st.SearchStrategy[NormalForm]:
    """Tables without payoffs, of the shape given or of drawn ones.

    A chooses among "a1", "a2", ..., B among "b1", ....
    """
    return games_of_shapes(shape, lambda drawn: st.just(plain_form(drawn)))
