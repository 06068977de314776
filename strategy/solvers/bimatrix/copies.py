"""Actions that are copies of one another in a two-player game.

Solved as one, and told apart again afterwards.

Let a player's actions i and k pay that player the same against everything, and leave the
opponent with the same differences between replies. In an extreme strategy at most one of
them is used (against both, the equations are the same), and either may stand for the other;
so the extreme equilibria of the game are those of the game without copies, with all choices
among copies.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["expanded", "groups_of_copies"]

Array = NDArray[Any]


def groups_of_copies(A: Array, B: Array) -> list[list[int]]:
    """The rows of payoff matrices ``A`` and ``B``, copies together.

    The groups come in order of their first rows.
    """
    found: dict[Any, list[int]] = {}
    first = _rows(A)
    if len(set(first)) == len(first):
        return [[i] for i in range(len(first))]
    for i, key in enumerate(zip(first, _rows(B), strict=True)):
        found.setdefault(key, []).append(i)
    return list(found.values())


def _rows(A: Array) -> list[Any]:
    """A key for each row, the same for equal ones."""
    if A.dtype != np.int64:
        return [tuple(row) for row in A]
    raw, width = A.tobytes(), 8 * A.shape[1]
    return [raw[i * width : (i + 1) * width] for i in range(len(A))]


def expanded(
    numerators: list[Array],
    tight: list[Array],
    pairs: Array,
    groups: tuple[list[list[int]], list[list[int]]],
) -> tuple[list[Array], list[Array], Array]:
    """Vertices and pairs of them, of a game without copies, as those of the game with them.

    ``numerators`` and ``tight`` for either side, ``tight`` over the labels of both, player
    1's first. ``groups``: the copies of either player's actions.
    """
    sizes = [sum(map(len, part)) for part in groups]
    owners = [np.empty(size, dtype=np.int64) for size in sizes]
    for owner, part in zip(owners, groups, strict=True):
        for number, copies in enumerate(part):
            owner[copies] = number
    labels = np.concatenate([owners[0], len(groups[0]) + owners[1]])
    new_numerators = []
    new_tight = []
    versions = []
    for d in range(2):
        begin = 0 if d == 0 else sizes[0]
        rows: list[Array] = []
        masks: list[Array] = []
        numbers: dict[int, range] = {}
        for k in sorted(set(pairs[:, d].tolist())):
            used = np.flatnonzero(numerators[d][k])
            begin_rows = len(rows)
            for chosen in itertools.product(*[groups[d][i] for i in used]):
                row = np.zeros(sizes[d], dtype=numerators[d].dtype)
                row[list(chosen)] = numerators[d][k][used]
                mask = tight[d][k][labels]
                mask[begin : begin + sizes[d]] = row == 0
                rows.append(row)
                masks.append(mask)
            numbers[k] = range(begin_rows, len(rows))
        new_numerators.append(
            np.array(rows, dtype=numerators[d].dtype).reshape(len(rows), sizes[d])
        )
        new_tight.append(np.array(masks, dtype=np.bool_).reshape(len(masks), sum(sizes)))
        versions.append(numbers)
    both = [
        (i, j) for a, b in pairs.tolist() for i in versions[0][a] for j in versions[1][b]
    ]
    return new_numerators, new_tight, np.array(both, dtype=np.int64).reshape(len(both), 2)
