"""Games changed in the ways that concepts declare to follow.

They come with what became of every player and action.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.concepts.invariances import Invariance
from strategy.forms.normal import NormalFormGame

__all__ = ["CHANGES", "Changed", "Names", "changed", "unchanged"]

Names = Mapping[tuple[str, str], tuple[str, str] | None]
"""For each (player, action) of a changed game those of the game before; None for an action
that must not be used."""
Table = NDArray[np.object_]


@attrs.frozen(eq=False)
class Changed:
    """A table after a change, and what its names were before."""

    game: NormalFormGame
    names: Names


def changed(kind: Invariance, game: NormalFormGame, rng: random.Random) -> Changed:
    """A game changed in one way, at random.

    ``kind``: the way; ``rng``: what is drawn from.
    """
    actions, tables, names = CHANGES[kind](
        rng,
        dict(game.actions),
        dict(zip(game.players, game.to_arrays(exact=True), strict=True)),
    )
    made = NormalFormGame.from_arrays(
        *tables.values(), players=tuple(actions), actions=tuple(actions.values())
    )
    return Changed(made, names)


def unchanged(
    actions: Mapping[str, tuple[str, ...]],
) -> dict[tuple[str, str], tuple[str, str] | None]:
    """Every name of a player and of its ``actions`` is what it was."""
    return {
        (player, action): (player, action)
        for player, options in actions.items()
        for action in options
    }


Actions = dict[str, tuple[str, ...]]
Tables = dict[str, Table]
Parts = tuple[Actions, Tables, Names]


def _relabelled(rng: random.Random, actions: Actions, tables: Tables) -> Parts:
    who = {player: f"{chr(122 - k)} İ{player}" for k, player in enumerate(actions)}
    what = {
        (p, a): f"z{len(options) - k}"
        for p, options in actions.items()
        for k, a in enumerate(options)
    }
    renamed = {
        who[p]: tuple([what[p, a] for a in options]) for p, options in actions.items()
    }
    return (
        renamed,
        {who[p]: table for p, table in tables.items()},
        {(who[p], what[p, a]): (p, a) for p, a in what},
    )


def _reordered(rng: random.Random, actions: Actions, tables: Tables) -> Parts:
    players = list(actions)
    rng.shuffle(players)
    orders = {
        p: rng.sample(range(len(options)), len(options)) for p, options in actions.items()
    }
    axes = [list(actions).index(p) for p in players]
    moved = {p: tables[p][np.ix_(*orders.values())].transpose(axes) for p in players}
    return (
        {p: tuple([actions[p][k] for k in orders[p]]) for p in players},
        moved,
        unchanged(actions),
    )


def _affine(rng: random.Random, actions: Actions, tables: Tables) -> Parts:
    factors = [Fraction(1, 10**12), Fraction(3, 7), Fraction(10**15), Fraction(2)]
    shifts = [Fraction(0), Fraction(10**9), Fraction(-7, 3)]
    return (
        actions,
        {
            p: rng.choice(factors) * table + rng.choice(shifts)
            for p, table in tables.items()
        },
        unchanged(actions),
    )


def _with_constants(rng: random.Random, actions: Actions, tables: Tables) -> Parts:
    moved = {}
    for axis, (p, table) in enumerate(tables.items()):
        shift = np.empty(
            [1 if i == axis else size for i, size in enumerate(table.shape)], dtype=object
        )
        for cell in np.ndindex(*shift.shape):
            shift[cell] = Fraction(rng.randint(-5, 5), rng.choice([1, 3]))
        moved[p] = table + shift
    return actions, moved, unchanged(actions)


def _with_action(
    rng: random.Random, actions: Actions, tables: Tables, *, copied: bool
) -> Parts:
    player = rng.choice(list(actions))
    axis = list(actions).index(player)
    model = rng.randrange(len(actions[player]))
    longer = {}
    for p, table in tables.items():
        line = table.take([model], axis=axis)
        if not copied and p == player:
            line = line - rng.choice([Fraction(1), Fraction(1, 10**9)])
        elif not copied:
            line = line + np.array(
                [rng.choice([-2, 0, 0, 3]) for _ in range(line.size)], dtype=object
            ).reshape(line.shape)
        longer[p] = np.concatenate([table, line], axis=axis)
    new = next(
        label for label in ("new", "newer", "newest") if label not in actions[player]
    )
    names = {
        **unchanged(actions),
        (player, new): (player, actions[player][model]) if copied else None,
    }
    return (
        {p: (*options, new) if p == player else options for p, options in actions.items()},
        longer,
        names,
    )


def _with_dominated(rng: random.Random, actions: Actions, tables: Tables) -> Parts:
    return _with_action(rng, actions, tables, copied=False)


def _with_copy(rng: random.Random, actions: Actions, tables: Tables) -> Parts:
    return _with_action(rng, actions, tables, copied=True)


CHANGES: dict[Invariance, Callable[[random.Random, Actions, Tables], Parts]] = {
    Invariance.RELABELLING: _relabelled,
    Invariance.REORDERING: _reordered,
    Invariance.POSITIVE_AFFINE: _affine,
    Invariance.OPPONENT_CONSTANTS: _with_constants,
    Invariance.DOMINATED_ACTION: _with_dominated,
    Invariance.MERGED_DUPLICATES: _with_copy,
}
"""One change for each invariance that a concept can declare."""
