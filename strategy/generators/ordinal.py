"""Preferences as an order, without numbers."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Hashable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from strategy.errors import GameError
from strategy.forms.normal import NormalFormGame
from strategy.generators.tables import Shape, games_of_shapes, table_game
from strategy.names import ordered

__all__ = ["ordinal_games", "ordinal_preferences"]

T = TypeVar("T", bound=Hashable)


def ordinal_preferences(
    options: Sequence[T], *, ties: bool = True
) -> st.SearchStrategy[tuple[tuple[T, ...], ...]]:
    """Orders of preference over ``options``: tuples of what is equally good, best first.

    ``ties``: whether several may be equally good. The simplest is as given.
    """
    given = ordered(options, "options")
    if not given or len(set(given)) < len(given):
        raise GameError(f"options {options!r}: give at least one, each once")
    joined = st.tuples(*[st.booleans() if ties else st.just(False)] * (len(given) - 1))
    return st.tuples(st.permutations(given), joined).map(
        lambda parts: _tiers(given, *parts)
    )


def ordinal_games(shape: Sequence[int] | None = None) -> st.SearchStrategy[NormalFormGame]:
    """Tables whose payoffs are ranks: each player orders all plays, with ties.

    1 is the worst. ``shape``: the number of actions of each player; None to draw it.
    """
    return games_of_shapes(shape, _ordinal)


def _tiers(
    given: Sequence[T], order: list[T], joined: tuple[bool, ...]
) -> tuple[tuple[T, ...], ...]:
    tiers = [[order[0]]]
    for one, same in zip(order[1:], joined, strict=True):
        if same:
            tiers[-1].append(one)
        else:
            tiers.append([one])
    return tuple([tuple(sorted(tier, key=given.index)) for tier in tiers])


@functools.lru_cache(maxsize=256)
def _ordinal(shape: Shape) -> st.SearchStrategy[NormalFormGame]:
    count = math.prod(shape)
    one = st.tuples(
        st.permutations(range(count)), st.tuples(*[st.booleans()] * (count - 1))
    ).map(_ranks)
    return st.tuples(*[one] * len(shape)).map(lambda columns: table_game(shape, columns))


def _ranks(parts: tuple[list[int], tuple[bool, ...]]) -> list[int]:
    order, joined = parts
    values = list(itertools.accumulate([int(not same) for same in joined], initial=1))
    return [values[place] for place in order]
