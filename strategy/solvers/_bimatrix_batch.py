"""All equilibria of many two-player games of one shape, from arrays to arrays: floats with proved signs, else exact integers.

Each game is searched with floats, and every conclusion proved as in ``_bimatrix_dictionary``. An equilibrium is kept if floats
prove that there is exactly one with these used actions and best replies (``_vertex``). A game in which any proof fails - a
degenerate game, or one that nearly is - is solved again in exact integers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.exact import integers
from strategy.solvers import _bimatrix_kernel
from strategy.solvers._bimatrix import Vertices, extreme_equilibria
from strategy.solvers._bimatrix_compiled import NOTHING, Workspace
from strategy.solvers._bimatrix_integers import (
    CODES,
    COUNTS,
    FLOATS,
    INT,
    PAIRS,
    ROOM,
    SHAPE,
    SIZES,
    STATE,
    TABLE,
    TRUTH,
    WORDS,
    inner,
    outer,
)

__all__ = ["Equilibria", "many"]

Floats = NDArray[np.float64]
CLOSE = 1e-11  # what probabilities may be off
CHUNK = 2048  # games between looks at the clock
search = _bimatrix_kernel.search
DONE = _bimatrix_kernel.DONE


@attrs.frozen(eq=False)
class Equilibria:
    """All extreme equilibria of many games: those of game g are rows ``offsets[g]`` to ``offsets[g + 1]`` of x and y.

    ``x`` (equilibria, m) and ``y`` (equilibria, n): probabilities, at most 1e-11 off; zeros are exact. ``exactly``: which games
    floats could not settle, and integers did.
    """

    offsets: NDArray[np.int64]
    x: Floats
    y: Floats
    exactly: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.exactly)


@inner(TRUTH(TABLE, SHAPE, CODES, INT, INT, TABLE, ROOM))
def _vertex(T, q, LEAF, at, d, M, out):  # type: ignore[no-untyped-def]
    """Whether exactly one strategy uses just these actions, with just these best replies; it is written to ``out``.

    The equations for its weights and worth are inverted in floats. With E = I - (inverse R) (matrix M), rounding and the errors
    of payoffs included, and its norm a < 1 the matrix is regular, and the solution z off R e by at most a |R e| / (1 - a): Rump,
    "Verification methods: rigorous results using floating-point arithmetic", Acta Numerica 19 (2010), section 10.
    """
    m, n = q[0], q[1]
    own, other, first, second = (m, n, 0, m) if d == 0 else (n, m, m, 0)
    k, tied = 0, 0
    for i in range(own):
        out[i] = 0.0
        k += LEAF[at, d, first + i] & 3 != 1
    for j in range(other):
        tied += LEAF[at, d, second + j] & 3 == 1
    if k != tied or k == 0:
        return False
    size = k + 1
    # M[0] the equations, M[1] what is left of them, M[2] the inverse.
    r = 0
    for j in range(other):
        if LEAF[at, d, second + j] & 3 == 1:
            c = 0
            for i in range(own):
                if LEAF[at, d, first + i] & 3 != 1:
                    M[0, r, c] = T[d, j, i]
                    c += 1
            M[0, r, k] = -1.0
            r += 1
    for c in range(k):
        M[0, k, c] = 1.0
    M[0, k, k] = 0.0
    for r in range(size):
        for c in range(size):
            M[1, r, c] = M[0, r, c]
            M[2, r, c] = 1.0 if r == c else 0.0
    for c in range(size):
        p = c
        for r in range(c + 1, size):
            if abs(M[1, r, c]) > abs(M[1, p, c]):
                p = r
        if not abs(M[1, p, c]) > 1e-200:
            return False
        factor = 1.0 / M[1, p, c]
        for t in range(size):
            M[1, p, t], M[1, c, t] = M[1, c, t], M[1, p, t] * factor
            M[2, p, t], M[2, c, t] = M[2, c, t], M[2, p, t] * factor
        for r in range(size):
            if r != c:
                factor = M[1, r, c]
                for t in range(size):
                    M[1, r, t] -= factor * M[1, c, t]
                    M[2, r, t] -= factor * M[2, c, t]
    unit = 2.0**-52 * (size + 4)
    norm, largest = 0.0, 0.0
    for r in range(size):
        total = 0.0
        for c in range(size):
            value = 1.0 if r == c else 0.0
            weight = value
            for t in range(size):
                term = M[2, r, t] * M[0, t, c]
                value -= term
                weight += abs(term)
            total += abs(value) + unit * weight
        norm = max(norm, total)
        largest = max(largest, abs(M[2, r, k]))
    norm *= 1.0 + unit
    if not norm < 0.5:
        return False
    error = 2.0 * norm * largest + 1e-290
    if not error < CLOSE:
        return False
    c = 0
    for i in range(own):
        if LEAF[at, d, first + i] & 3 != 1:
            out[i] = M[2, c, k]
            c += 1
            if not out[i] > error:
                return False
    worth = M[2, k, k]
    for j in range(other):
        if LEAF[at, d, second + j] & 3 != 1:
            slack, weight = worth, abs(worth) + 1.0
            for i in range(own):
                slack -= T[d, j, i] * out[i]
                weight += abs(T[d, j, i] * out[i])
            if not slack > (own + 1) * error + unit * (own + 4) * weight:
                return False
    return True


@inner(TRUTH(CODES, SIZES, INT, INT))
def _before(LEAF, SIZE, a, b):  # type: ignore[no-untyped-def]
    """Whether leaf a comes before leaf b: by the support of x, then by the best replies to it."""
    for label in range(LEAF.shape[2]):
        if (LEAF[a, 0, label] & 1) != (LEAF[b, 0, label] & 1):
            return (LEAF[a, 0, label] & 1) < (LEAF[b, 0, label] & 1)
    return False


@outer(
    INT(
        TABLE, TABLE, INT, INT, FLOATS, WORDS, STATE, TABLE, TABLE, STATE, CODES, SIZES, COUNTS, ROOM, COUNTS, COUNTS, SHAPE,
        COUNTS, TABLE, PAIRS, PAIRS, COUNTS,
    )
)  # fmt: skip
def _solve_games(A, B, begin, end, F, X, W, S, T, P, LEAF, SIZE, STACK, room, work, state, q, empty, M, XS, YS, count):  # type: ignore[no-untyped-def]
    """Solve games ``begin`` to ``end``; ``count``: how many equilibria each has, -1 if that is not proved.

    Returns the first game that was not looked at because the arrays for results were full.
    """
    m, n = q[0], q[1]
    used = 0
    for g in range(begin, end):
        if used + LEAF.shape[0] > XS.shape[0]:
            return g
        for d in range(2):
            largest = 0.0
            for i in range(m):
                for j in range(n):
                    largest = max(largest, abs(A[g, i, j] if d else B[g, i, j]))
            scale = math.ldexp(1.0, -math.frexp(largest)[1]) if largest > 1e-290 else 0.0
            for i in range(m):
                for j in range(n):
                    if d:
                        T[1, i, j] = A[g, i, j] * scale
                    else:
                        T[0, j, i] = B[g, i, j] * scale
        for k in range(3):
            work[k] = 0
        state[0] = -1
        state[1] = 0
        for k in range(STACK.size):
            STACK[k] = k
        outcome = search(F, X, W, S, T, P, LEAF, SIZE, STACK, room, work, state, q, -1, empty, empty, 20000, 0)
        good = outcome == DONE and work[1] == 0
        found = state[1] if good else 0
        for a in range(found):  # in order, by insertion; SIZE[., 0] is free to hold it
            good = good and SIZE[a, 0] == 0 and SIZE[a, 1] == 0
        for a in range(found):
            place = a
            while place > 0 and _before(LEAF, SIZE, a, SIZE[place - 1, 0]):
                SIZE[place, 0] = SIZE[place - 1, 0]
                place -= 1
            SIZE[place, 0] = a
        for a in range(found):
            at = SIZE[a, 0]
            good = good and _vertex(T, q, LEAF, at, 0, M, XS[used + a]) and _vertex(T, q, LEAF, at, 1, M, YS[used + a])
        count[g] = found if good else -1
        if good:
            used += found
    return end


def _floats(side: Vertices) -> Floats:
    """Probabilities; one that is too small for a float is still not zero."""
    result: Floats = (side.numerators / side.denominators[:, None]).astype(np.float64)
    result[(side.numerators != 0) & (result == 0)] = 5e-324
    return result


def many(A: Any, B: Any, check: Callable[[], None] | None = None) -> Equilibria:
    """All extreme equilibria of games with payoffs A and B, arrays of shape (games, m, n) of floats or integers.

    Floats are the decimals they print as. ``check`` is called after every few thousand games, and may raise.
    """
    left, right = np.asarray(A), np.asarray(B)
    games, m, n = left.shape
    floats = [np.require(one, np.float64, ["C", "W"]) for one in (left, right)]
    space = Workspace((np.zeros((n, m), dtype=np.int64), np.zeros((m, n), dtype=np.int64)), 0)
    space.grow(m + n + 3)
    most = len(space.leaf)
    XS, YS = np.empty((most + 4 * CHUNK, m)), np.empty((most + 4 * CHUNK, n))
    M = np.empty((3, min(m, n) + 1, min(m, n) + 1))
    count = np.empty(games, dtype=np.int64)
    xs, ys, sizes, exactly = [], [], [], np.zeros(games, dtype=np.bool_)
    begin = 0
    while begin < games:
        if check is not None:
            check()
        end = _solve_games(
            *floats, begin, min(begin + CHUNK, games), *space.arrays, space.T, space.P, space.leaf, space.size, space.stack,
            space.room, space.work, space.state, space.q, NOTHING, M, XS, YS, count,
        )  # fmt: skip
        part = count[begin:end]
        settled = np.maximum(part, 0)
        ends = np.cumsum(settled)
        total = int(ends[-1]) if len(ends) else 0
        x, y = XS[:total].copy(), YS[:total].copy()
        for k in np.flatnonzero(part < 0)[::-1]:
            found = extreme_equilibria(integers(left[begin + k]), integers(right[begin + k]), check)
            exactly[begin + k] = True
            settled[k] = len(found)
            at = int(ends[k])
            new = [_floats(side)[found.pairs[:, d]] for d, side in enumerate((found.x, found.y))]
            x, y = np.insert(x, at, new[0], axis=0), np.insert(y, at, new[1], axis=0)
        xs.append(x)
        ys.append(y)
        sizes.append(settled)
        begin = end
    offsets = np.concatenate([[0], np.cumsum(np.concatenate([np.zeros(0, dtype=np.int64), *sizes]))]).astype(np.int64)
    return Equilibria(offsets, np.concatenate([np.empty((0, m)), *xs]), np.concatenate([np.empty((0, n)), *ys]), exactly)
