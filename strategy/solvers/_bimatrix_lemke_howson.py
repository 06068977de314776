"""One equilibrium of a two-player game by complementary pivoting, exactly, from any label."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.solvers._bimatrix import reduced
from strategy.solvers._bimatrix_plain import Face, Matrix, basis_vertex, infinitesimal_unit

__all__ = ["one_equilibrium"]


class _Tie(Exception):
    """The infinitesimals drawn do not tell two rows apart."""


def one_equilibrium(A: Any, B: Any, label: int = 0, check: Callable[[], None] | None = None) -> tuple[NDArray[Any], NDArray[Any]]:
    """The equilibrium that the path of Lemke and Howson leads to when ``label`` is dropped: an action of player 1, 0 .. m-1, or
    of player 2, m .. m+n-1. Whole numerators for either player; their sums are the denominators.

    Lemke and Howson, "Equilibrium points of bimatrix games" (1964). Ties are broken as in a game in which every action pays
    less by an infinitesimal of its own, so that the path never meets a basis twice.
    """
    first, second = reduced(A, 0), reduced(B, 1)
    rows: Matrix = [[int(x) for x in row] for row in first]
    columns: Matrix = [[int(x) for x in column] for column in second.T]
    m, n = len(rows), len(columns)
    if not 0 <= label < m + n:
        raise ValueError(f"label {label}: expected an action of player 1, 0 to {m - 1}, or of player 2, {m} to {m + n - 1}")
    rng = random.Random(0)
    while True:
        try:
            fixed = _path(rows, columns, label, rng, check)
            break
        except _Tie:
            continue
    strategies = []
    for payoff, own, other in ((columns, range(m), range(m, m + n)), (rows, range(m, m + n), range(m))):
        here = fixed[0] if own.start == 0 else fixed[1]
        used = [i for i, k in enumerate(own) if k not in here]
        weights = basis_vertex(payoff, used, [j for j, k in enumerate(other) if k in here])
        assert weights is not None
        vector = np.zeros(len(own), dtype=object)
        vector[used] = weights
        vector //= np.gcd.reduce(vector)
        strategies.append(vector)
    return strategies[0], strategies[1]


def _path(
    rows: Matrix, columns: Matrix, label: int, rng: random.Random, check: Callable[[], None] | None
) -> tuple[list[int], list[int]]:
    """The labels of the columns of both dictionaries at the end of the path."""
    m, n = len(rows), len(columns)
    unit = infinitesimal_unit(rows, columns)
    malus = [[rng.randrange(1 << 24) for _ in range(count)] for count in (m, n)]
    labels = [range(m), range(m, m + n)]
    d = 0 if label < m else 1  # who begins, by playing the action dropped
    begin, reply = label - labels[d].start, -1
    faces: list[Face] = [None, None]  # type: ignore[list-item]
    for side in (d, 1 - d):
        # The first two steps of the path: a pure strategy, and the best reply to it.
        action = begin if side == d else reply
        payoff = columns if side == 0 else rows
        own, other = list(labels[side]), list(labels[1 - side])
        order = [action, *[i for i in range(len(own)) if i != action]]
        faces[side] = Face.whole(
            [[row[i] for i in order] for row in payoff], [own[i] for i in order], other, malus[1 - side], unit
        )
        reply = faces[side].columns[-1] - other[0]
    entering, side = labels[d][reply], d
    while entering != label:
        if check is not None:
            check()
        face = faces[side]
        c = face.columns.index(entering)
        r = face.leaving(c, -1)
        if any(i != r and _ties(face, i, r, c) for i in range(len(face.rows))):
            raise _Tie
        face.pivot(r, c)
        entering, side = face.columns[c], 1 - side
    return faces[0].columns, faces[1].columns


def _ties(face: Face, i: int, r: int, c: int) -> bool:
    row, limit = face.rows[i], face.rows[r]
    return row[c + 1] < 0 and row[0] * limit[c + 1] == limit[0] * row[c + 1]
