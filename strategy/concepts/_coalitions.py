"""Coalitions and what they can do together, in pure actions.

This is for the concepts that let players deviate jointly.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.certificates import Certificate
from strategy.completeness import NEVER_RATIONAL
from strategy.display import joined
from strategy.exact import comparable, exact
from strategy.executors import counted
from strategy.forms.normal import NormalFormGame

__all__ = ["coalitions", "joint_deviation", "joint_gains", "ordered_tables", "too_many"]

_MOST = 50_000_000


def coalitions(players: int) -> Iterator[tuple[int, ...]]:
    """Every coalition, by number of members.

    ``players``: how many there are.
    """
    for size in range(1, players + 1):
        for members in itertools.combinations(range(players), size):
            deadline.check()
            yield members


def ordered_tables(game: NormalFormGame) -> list[NDArray[Any]]:
    """Payoffs of each player in numbers of the same order, cheap to compare.

    ``game``: the table.
    """
    return [comparable(table) for table in game.tables]


def too_many(concept: str, game: NormalFormGame) -> str | None:
    """Why there is too much to look at, with the number; None if there is not.

    ``concept``: its name; ``game``: the table.
    """
    work = (
        math.prod(size + 1 for size in game.form.shape),
        2 ** len(game.players) * game.form.play_count,
    )
    if max(work) <= _MOST:
        return None
    return (
        f"{concept} would look at {counted(max(work))} joint deviations from a profile or "
        f"parts of the table, and at most {_MOST:,} are allowed: leave out players or "
        f"actions ({NEVER_RATIONAL})"
    )


def joint_gains(
    tables: list[NDArray[Any]], cell: tuple[int, ...], members: tuple[int, ...]
) -> NDArray[np.bool_]:
    """Which joint actions of a coalition pay each member more than the cell does.

    One axis a member. ``tables``: the payoffs; ``members``: the numbers of the players in
    it.
    """
    free = _free(cell, members)
    return np.logical_and.reduce([tables[i][free] > tables[i][cell] for i in members])  # type: ignore[no-any-return]


def joint_deviation(
    game: NormalFormGame,
    cell: tuple[int, ...],
    members: tuple[int, ...],
    gains: NDArray[np.bool_],
    why: str,
) -> Certificate:
    """The certificate that a coalition gains.

    Of its joint actions in ``gains``, it shows the one that pays the first member most.
    ``game``: the table; ``cell``: the profile; ``members``: of the coalition; ``why``: the
    reason for people.
    """
    table = game.tables[members[0]]
    first = comparable(table)[_free(cell, members)]
    best = max(np.argwhere(gains).tolist(), key=lambda place: first[tuple(place)])
    to = list(cell)
    for member, action in zip(members, best, strict=True):
        to[member] = action
    regret = exact(table[tuple(to)]) - exact(table[cell])
    players = [game.players[i] for i in members]
    actions = [
        game.actions[player][to[i]] for i, player in zip(members, players, strict=True)
    ]
    return Certificate(
        False,
        regret,
        joined(players),
        None,
        joined(actions),
        "a deviation gains" if len(members) == 1 else why,
    )


def _free(cell: tuple[int, ...], members: tuple[int, ...]) -> tuple[Any, ...]:
    return tuple([slice(None) if i in members else c for i, c in enumerate(cell)])
