"""One equilibrium of a two-player game by complementary pivoting, exactly, from any label."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from flint import fmpz_mat
from numpy.typing import NDArray

from strategy import deadline
from strategy.exact import integers
from strategy.forms._expected import contenders
from strategy.forms.mixed import Weights
from strategy.solvers.bimatrix.extreme import reduced
from strategy.solvers.bimatrix.float_path import float_path
from strategy.solvers.bimatrix.plain import Face, Matrix, infinitesimal_unit

__all__ = ["one_equilibrium"]

SMALL = 16
"""Up to so many actions together the path is followed exactly: floats would not be
faster."""


class _Tie(Exception):
    """The infinitesimals drawn do not tell two rows apart."""


def one_equilibrium(
    A: Any, B: Any, label: int = 0, check: Callable[[], None] | None = None
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The equilibrium that the path of Lemke and Howson leads to.

    ``label``: what is dropped, an action of player 1, 0 .. m-1, or of player 2, m .. m+n-1.
    Whole numerators for either player; their sums are the denominators. ``A`` and ``B``:
    arrays of numbers as games hold them.

    Lemke and Howson, "Equilibrium points of bimatrix games" (1964). Ties are broken as in a
    game in which every action pays less by an infinitesimal of its own, so that the path
    never meets a basis twice. Large games are followed in floats, and what is used at the
    end is solved for, and checked, in whole numbers; where that fails every pivot is exact.
    ``check``: called now and then, to raise when the time is over.
    """
    A, B = np.asarray(A), np.asarray(B)
    m, n = A.shape
    if not 0 <= label < m + n:
        raise ValueError(
            f"label {label}: expected an action of player 1, 0 to {m - 1}, or of player "
            f"2, {m} to {m + n - 1}"
        )
    large = m + n > SMALL
    if large and A.dtype != object and B.dtype != object:
        found = _by_floats(A, B, label, check)
        if found is not None:
            return found
    first, second = reduced(integers(A), 0), reduced(integers(B), 1)
    found = _by_floats(first, second, label, check) if large else None
    if found is not None:
        return found
    rows: Matrix = [[int(x) for x in row] for row in first]
    columns: Matrix = [[int(x) for x in column] for column in second.T]
    rng = random.Random(0)
    while True:
        try:
            x, y = _used(_path(rows, columns, label, rng, check), m, n)
            break
        except _Tie:
            continue
    found = _strategies(first, second.T, x, y)
    assert found is not None
    return found


def _by_floats(
    A: NDArray[Any], B: NDArray[Any], label: int, check: Any
) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """The same in floats, solved and checked in whole numbers; None if that fails."""
    fixed = float_path(A, B.T, label, _malus(random.Random(0), *A.shape), check)
    if fixed is None:
        return None
    x, y = _used(fixed, *A.shape)
    found = _strategies(A, B.T, x, y)
    return (
        found
        if found is not None and _in_equilibrium((A, B), found, (y[1], x[1]))
        else None
    )


Used = tuple[list[int], list[int]]
"""The actions that a strategy may use, and the replies that are best against it."""


def _used(fixed: tuple[list[int], list[int]], m: int, n: int) -> tuple[Used, Used]:
    """What the labels that are tight say, for either player."""
    x, y = map(set, fixed)
    return (
        ([i for i in range(m) if i not in x], [j for j in range(n) if m + j in x]),
        ([j for j in range(n) if m + j not in y], [i for i in range(m) if i in y]),
    )


def _strategies(
    rows: NDArray[Any], columns: NDArray[Any], x: Used, y: Used
) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """The strategies at two vertices; None if there are no such."""
    strategies = []
    for payoff, (used, replies) in ((columns, x), (rows, y)):
        vector = np.zeros(payoff.shape[1], dtype=object)
        weights = _vertex(integers(payoff[np.ix_(replies, used)]).tolist(), len(used))
        if weights is None:
            return None
        vector[used] = weights
        strategies.append(vector)
    return strategies[0], strategies[1]


def _vertex(payoff: Matrix, size: int) -> list[int] | None:
    """The weights, in lowest terms, that make as many replies equally good.

    The result is None if there are no such weights, or many.
    """
    ahead = [
        [int(v) - int(base) for v, base in zip(row, payoff[0], strict=True)]
        for row in payoff[1:]
    ]
    if len(ahead) != size - 1:
        return None
    try:
        found: Any = fmpz_mat([[1] * size, *ahead]).solve(
            fmpz_mat([[1], *[[0]] * len(ahead)])
        )
    except ZeroDivisionError:
        return None
    return [int(one) for one in found.numer_denom()[0].entries()]


def _in_equilibrium(
    tables: Sequence[NDArray[Any]],
    found: Sequence[NDArray[Any]],
    tight: Sequence[list[int]],
) -> bool:
    """Whether no weight is negative, and every action that is used is a best reply.

    ``tight``: for either player replies that are equally good, exactly.
    """
    weights = [Weights(one, int(one.sum())) for one in found]
    if min(map(min, found)) < 0 or any(
        not set(one.support) <= set(equal)
        for one, equal in zip(weights, tight, strict=True)
    ):
        return False
    for player, table in enumerate(tables):
        lines, other = (table, table.T)[player], weights[1 - player]
        rest = set(contenders(table, weights, player)).difference(tight[player])
        part = integers(lines[np.ix_([tight[player][0], *rest], other.support)])
        worth = part.astype(object) @ other.values[list(other.support)]  # type: ignore[call-overload]
        if worth.max() > worth[0]:
            return False
    return True


def _malus(rng: random.Random, m: int, n: int) -> list[list[int]]:
    """What every action of either player pays less, in infinitesimals."""
    return [[rng.randrange(1 << 24) for _ in range(count)] for count in (m, n)]


def _path(
    rows: Matrix,
    columns: Matrix,
    label: int,
    rng: random.Random,
    check: Callable[[], None] | None,
) -> tuple[list[int], list[int]]:
    """The labels of the columns of both dictionaries at the end of the path."""
    m, n = len(rows), len(columns)
    unit = infinitesimal_unit(rows, columns)
    malus = _malus(rng, m, n)
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
            [[row[i] for i in order] for row in payoff],
            [own[i] for i in order],
            other,
            malus[1 - side],
            unit,
        )
        reply = faces[side].columns[-1] - other[0]
    entering, side = labels[d][reply], d
    while entering != label:
        deadline.check()
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
