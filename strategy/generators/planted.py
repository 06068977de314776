"""Tables with one Nash equilibrium that is known without solving.

It is proved here that there is no other.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from hypothesis import strategies as st

from strategy.errors import GameError
from strategy.forms.normal import NormalFormGame
from strategy.generators.tables import (
    Shape,
    games_of_shapes,
    numbers,
    plain_form,
    shapes,
    small,
    table_game,
)
from strategy.names import FrozenMapping

__all__ = [
    "PlantedSolution",
    "dominance_solvable_games",
    "dominance_solved",
    "unique_mixed_games",
    "unique_mixed_solved",
]

Profile = FrozenMapping[str, FrozenMapping[str, Fraction]]


@attrs.frozen
class PlantedSolution:
    """A game with its one Nash equilibrium.

    ``profile``: that equilibrium, player -> action -> probability.
    """

    game: NormalFormGame
    profile: Profile


def dominance_solvable_games(
    shape: Sequence[int] | None = None,
) -> st.SearchStrategy[NormalFormGame]:
    """Tables that iterated elimination of strictly dominated actions takes to one play.

    ``shape``: the number of actions of each player; None to draw it.
    """
    return dominance_solved(shape).map(lambda one: one.game)


def unique_mixed_games(
    shape: Sequence[int] | None = None,
) -> st.SearchStrategy[NormalFormGame]:
    """Two-player tables with one Nash equilibrium, which is mixed.

    Raises GameError on a shape of more players, or one.
    """
    return unique_mixed_solved(shape).map(lambda one: one.game)


def dominance_solved(
    shape: Sequence[int] | None = None,
) -> st.SearchStrategy[PlantedSolution]:
    """Tables that iterated strict dominance takes to one play, with that play.

    ``shape``: the number of actions of each player; None to draw it.

    Built backwards: to one play actions are added one at a time, each paying its player
    less than one that is there, whatever the others do; what it pays the others is drawn.
    Taken in the opposite order, the actions added are strictly dominated one after another,
    and no Nash equilibrium, pure or mixed, uses an action that such an elimination takes
    away.
    """
    return games_of_shapes(shape, functools.partial(_solved, mixed=False))


def unique_mixed_solved(
    shape: Sequence[int] | None = None,
) -> st.SearchStrategy[PlantedSolution]:
    """Two-player tables with one Nash equilibrium, which is mixed, with that equilibrium.

    The core is a game of hide and seek with n hiding places. The seeker wins s[k] > 0 by
    looking at k when the other hides there, the hider then loses h[k] > 0; otherwise
    nothing happens. Let seeker and hider mix by x and y in an equilibrium. If y[j] = 0 for
    some j, looking at j is worth 0, less than looking where the other may be, so x[j] = 0.
    Then hiding at j costs nothing, so whatever y uses costs nothing, and x is zero wherever
    y is not. But the seeker would win by looking there: a contradiction. So y is positive
    throughout, h[k] x[k] is the same for all k, x is positive too, and s[k] y[k] is the
    same for all k. There is one such pair: x is proportional to 1/h and y to 1/s. To the
    seeker's payoffs a constant is added for each choice of the hider, and the reverse,
    which changes no comparison; then actions are added that are strictly dominated, as in
    ``dominance_solved``; the players and their actions come in a drawn order. Raises
    GameError on a shape of more or fewer than two players, or with a player of one action.
    """
    return games_of_shapes(
        shape, functools.partial(_solved, mixed=True), shapes(players=(2, 2))
    )


@functools.lru_cache(maxsize=256)
def _solved(shape: Shape, *, mixed: bool) -> st.SearchStrategy[PlantedSolution]:
    if mixed and (len(shape) != 2 or min(shape) < 2):
        raise GameError(
            f"shape {shape}: a mixed equilibrium is planted for two players with two "
            "actions each or more"
        )

    @st.composite
    def drawn(draw: Callable[..., Any]) -> PlantedSolution:
        size = draw(st.integers(2, min(shape))) if mixed else 1
        tables = [np.zeros(shape, dtype=np.int64) for _ in shape]
        weights = _hide_and_seek(draw, size, tables) if mixed else _one_play(draw, tables)
        _add_dominated(draw, [size] * len(shape), tables)
        # The core is in the first actions: put each player's in an order of their own.
        orders = [draw(st.permutations(range(actions))) for actions in shape]
        moved = [table[np.ix_(*orders)] for table in tables]
        form = plain_form(shape)
        profile = {
            player: FrozenMapping(
                {
                    action: row[k] if k < size else Fraction(0)
                    for action, k in zip(options, order, strict=True)
                }
            )
            for (player, options), row, order in zip(
                form.actions.items(), weights, orders, strict=True
            )
        }
        return PlantedSolution(table_game(shape, moved), FrozenMapping(profile))

    return drawn()


def _one_play(draw: Callable[..., Any], tables: list[Any]) -> list[list[Fraction]]:
    for table in tables:
        table[(0,) * table.ndim] = draw(small)
    return [[Fraction(1)] for _ in tables]


def _hide_and_seek(
    draw: Callable[..., Any], size: int, tables: list[Any]
) -> list[list[Fraction]]:
    """Write the core into the first actions of both; the weights of the equilibrium."""
    prizes, losses = (draw(numbers(size, 1, 4)) for _ in range(2))
    seeker, hider = draw(st.sampled_from([(0, 1), (1, 0)]))
    for k in range(size):
        tables[seeker][k, k] = prizes[k]
        tables[hider][k, k] = -losses[k]
    tables[0][:size, :size] += np.array(draw(numbers(size, -2, 2)))[None, :]
    tables[1][:size, :size] += np.array(draw(numbers(size, -2, 2)))[:, None]
    weights: list[list[Fraction]] = [[], []]
    for who, stakes in ((seeker, losses), (hider, prizes)):
        weights[who] = [
            Fraction(1, stake) / sum(Fraction(1, other) for other in stakes)
            for stake in stakes
        ]
    return weights


def _add_dominated(draw: Callable[..., Any], there: list[int], tables: list[Any]) -> None:
    """Fill the tables up by actions that are strictly dominated.

    When they are the last ones.
    """
    shape = tables[0].shape
    while missing := [axis for axis, size in enumerate(shape) if there[axis] < size]:
        axis = draw(st.sampled_from(missing))
        better = draw(st.integers(0, there[axis] - 1))
        for cell in itertools.product(
            *[range(size) if i != axis else (there[axis],) for i, size in enumerate(there)]
        ):
            for who, table in enumerate(tables):
                instead = (*cell[:axis], better, *cell[axis + 1 :])
                table[cell] = (
                    table[instead] - draw(st.integers(1, 3)) if who == axis else draw(small)
                )
        there[axis] += 1
