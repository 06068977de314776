"""Tables of strategic complements: the higher the others go, the more it pays to go higher."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from strategy.forms.normal import NormalFormGame
from strategy.generators.tables import Shape, games_of_shapes, numbers, table_game

__all__ = ["supermodular_games"]


def supermodular_games(
    shape: Sequence[int] | None = None,
) -> st.SearchStrategy[NormalFormGame]:
    """Tables in which a higher action is worth more when another's action rises.

    What the next higher action adds to one's payoff never falls then; actions are in the
    order of their numbers. Such games have a least and a greatest pure Nash equilibrium
    (Topkis 1979). ``shape``: the number of actions of each player; None to draw it.
    """
    return games_of_shapes(shape, _supermodular)


@functools.lru_cache(maxsize=256)
def _supermodular(shape: Shape) -> st.SearchStrategy[NormalFormGame]:
    count = math.prod(shape)
    drawn = []
    for size in shape:
        others = count // size
        drawn.append(
            st.tuples(
                numbers(others), numbers(size - 1), numbers(others * (size - 1), 0, 2)
            )
        )

    def made(parts: tuple[Any, ...]) -> NormalFormGame:
        return table_game(
            shape, [_payoffs(shape, axis, *part) for axis, part in enumerate(parts)]
        )

    return st.tuples(*drawn).map(made)


def _payoffs(shape: Shape, axis: int, least: Any, firsts: Any, rises: Any) -> Any:
    """Payoffs of one player.

    At its least action they are as drawn; then one marginal after another is added, each a
    monotone function.
    """
    rest = (*shape[:axis], *shape[axis + 1 :])
    rows = [np.array(least).reshape(rest)]
    rise = np.array(rises).reshape(len(firsts), *rest)
    for first, growth in zip(firsts, rise, strict=True):
        rows.append(rows[-1] + _monotone(first, growth))
    return np.moveaxis(np.array(rows), 0, axis)


def _monotone(first: int, growth: Any) -> Any:
    """The function on a grid that exceeds its values one step below by ``growth``.

    The greatest of these values. Every monotone one is such.
    """
    values = growth + 0
    for cell in itertools.product(*map(range, growth.shape)):
        below = [values[*cell[:j], k - 1, *cell[j + 1 :]] for j, k in enumerate(cell) if k]
        values[cell] += max(below, default=first)
    return values
