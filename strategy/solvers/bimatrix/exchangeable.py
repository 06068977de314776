"""All equilibria of a game that plays like a zero-sum game.

Any optimal strategy of one player forms one with any of the other.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
from flint import fmpz_mat
from numpy.typing import NDArray

from strategy.solvers.bimatrix.copies import expanded, groups_of_copies
from strategy.solvers.bimatrix.extreme import ExtremeFound, in_order
from strategy.solvers.bimatrix.plain import Face, basis_vertex, face_vertices
from strategy.solvers.bimatrix.zero_sum import Optimal

__all__ = ["all_optimal"]

Array = NDArray[Any]
_MOST = 2_000
"""So many extreme optimal strategies of one player are listed."""
_PAIRS = 100_000
"""So many extreme equilibria."""


def all_optimal(
    payoff: Array, best: Optimal, check: Callable[[], None] | None = None
) -> tuple[ExtremeFound, int] | None:
    """All extreme equilibria of a zero-sum game, and the dimension of the set.

    Player 1 gets ``payoff`` and player 2 loses it; None if there are too many. ``best``: an
    optimal strategy of either.

    The optimal strategies of a player form a polytope: those that use only best replies to
    an optimal strategy of the other, and leave every action that it uses a best reply (von
    Neumann 1928; Karlin 1959, section 2.4). ``check``: called now and then, to raise when
    the time is over.
    """
    rows = np.asarray(payoff).astype(object)
    groups = (groups_of_copies(rows, -rows), groups_of_copies(rows.T, -rows.T))
    x, y = [
        np.array([sum(side[copies]) for copies in part])
        for side, part in zip((best.x, best.y), groups, strict=True)
    ]
    rows = rows[np.ix_(*[[copies[0] for copies in part] for part in groups])]
    found = [
        _optimal(own, *given, check) for own, given in ((rows, (x, y)), (-rows.T, (y, x)))
    ]
    if found[0] is None or found[1] is None or len(found[0]) * len(found[1]) > _PAIRS:
        return None
    m, n = rows.shape
    numerators, tight = [], []
    for d, (vectors, own) in enumerate(zip(found, (rows, -rows.T), strict=True)):
        assert vectors is not None
        # what the player gets against each action of the other, who wants it least
        worth = vectors @ own
        sides = [vectors == 0, worth == worth.min(axis=1)[:, None]]
        numerators.append(vectors)
        tight.append(
            np.concatenate(sides if d == 0 else sides[::-1], axis=1)
            .astype(np.bool_)
            .reshape(len(vectors), m + n)
        )
    pairs = np.array(
        list(itertools.product(*[range(len(one)) for one in numerators])), dtype=np.int64
    )
    if rows.shape != np.shape(payoff):
        numerators, tight, pairs = expanded(numerators, tight, pairs, groups)
        if len(pairs) > _PAIRS:
            return None
    dimension = sum(
        int(fmpz_mat([[int(v) for v in row] for row in one]).rank()) - 1
        for one in numerators
    )
    return in_order(numerators, tight, pairs), dimension


def _optimal(
    payoff: Array, own: Array, other: Array, check: Callable[[], None] | None
) -> Array | None:
    """The extreme optimal strategies of the player along the rows.

    Whole numbers up to a factor, one a row.
    """
    replies = payoff @ other
    used = np.flatnonzero(replies == replies.max()).tolist()
    equal = np.flatnonzero(other).tolist()
    # Weights of these actions with which those replies pay the same. If there is but one
    # such vector, it is the strategy.
    system = [[int(payoff[i, j] - payoff[i, equal[0]]) for i in used] for j in equal[1:]]
    if len(used) == 1 or (system and int(fmpz_mat(system).rank()) == len(used) - 1):
        return own[None]
    losses = [[-int(payoff[i, j]) for i in used] for j in range(payoff.shape[1])]
    labels = (range(len(used)), range(len(used), len(used) + len(losses)))
    face = Face.whole(losses, *labels)
    for j in equal:
        if check is not None:
            check()
        if not face.tighten(labels[1][j]):
            raise AssertionError(
                "a reply that is used by an optimal strategy is a best reply"
            )
    vertices = []
    for one in itertools.islice(face_vertices(face, check), _MOST + 1):
        support = [i for i in labels[0] if i not in one.fixed]
        weights = basis_vertex(
            losses, support, [j for j, label in enumerate(labels[1]) if label in one.fixed]
        )
        assert weights is not None
        vector = np.zeros(len(payoff), dtype=object)
        vector[[used[i] for i in support]] = weights
        vertices.append(vector // np.gcd.reduce(vector))
    return np.array(vertices, dtype=object) if len(vertices) <= _MOST else None
