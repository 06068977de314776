"""The compiled code of the search for extreme equilibria.

It searches one game, in slices, or many, from arrays to arrays. Both are one kernel, so
that the search is compiled once.
"""

from __future__ import annotations

import math

from strategy.kernels.elimination import invert
from strategy.solvers.bimatrix.integers import (
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
from strategy.solvers.bimatrix.kernel import DONE, search

__all__ = ["CLOSE", "solve_games"]

CLOSE = 1e-11  # what probabilities may be off


@inner(TRUTH(TABLE, SHAPE, CODES, INT, INT, TABLE, ROOM))
def _vertex(T, q, LEAF, at, d, M, out):  # type: ignore[no-untyped-def]
    """Whether exactly one strategy uses just these actions, with just these best replies.

    It is written to ``out``.

    The equations for its weights and worth are inverted in floats. With E = I - (inverse R)
    (matrix M), rounding and the errors of payoffs included, and its norm a < 1 the matrix
    is regular, and the solution z off R e by at most a |R e| / (1 - a): Rump, "Verification
    methods: rigorous results using floating-point arithmetic", Acta Numerica 19 (2010),
    section 10.
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
    if invert(M[0], M[1], M[2], size, 1e-200) == 0:
        return False
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
    """Whether leaf a comes before leaf b.

    Leaves are ordered by the support of x, then by the best replies to it.
    """
    for label in range(LEAF.shape[2]):
        if (LEAF[a, 0, label] & 1) != (LEAF[b, 0, label] & 1):
            return (LEAF[a, 0, label] & 1) < (LEAF[b, 0, label] & 1)
    return False


@outer(
    "the search for equilibria of two players",
    INT(
        TABLE, TABLE, INT, INT, FLOATS, WORDS, STATE, TABLE, TABLE, STATE, CODES, SIZES, COUNTS,
        ROOM, COUNTS, COUNTS, SHAPE,
        INT, COUNTS, COUNTS, INT, INT, TABLE, PAIRS, PAIRS, COUNTS,
    ),
)  # fmt: skip
def solve_games(  # type: ignore[no-untyped-def]
    A, B, begin, end, F, X, W, S, T, P, LEAF, SIZE, STACK, room, work, state, q, only, face,
    barred, budget, doubts,
    M, XS, YS, count
):  # fmt: skip
    """Solve games ``begin`` to ``end``.

    ``count``: how many equilibria each has, -1 if that is not proved.

    Returns the first game that was not looked at because the arrays for results were full.
    Where A has no games, go on with one search, see ``solvers.bimatrix.kernel.search``, and
    return its outcome. ``A``, ``B``: the payoffs, (games, m, n); ``M``, ``XS``, ``YS``:
    room for what is found. All else, ``F``, ``X``, ``W``, ``S``, ``T``, ``P``, ``LEAF``,
    ``SIZE``, ``STACK``, ``room``, ``work``, ``state``, ``q``, ``only``, ``face``,
    ``barred``, ``budget``, ``doubts``, as in ``search``.
    """
    m, n = q[0], q[1]
    if A.shape[0] == 0:
        return search(
            F,
            X,
            W,
            S,
            T,
            P,
            LEAF,
            SIZE,
            STACK,
            room,
            work,
            state,
            q,
            only,
            face,
            barred,
            budget,
            doubts,
        )
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
        outcome = search(
            F,
            X,
            W,
            S,
            T,
            P,
            LEAF,
            SIZE,
            STACK,
            room,
            work,
            state,
            q,
            only,
            face,
            barred,
            budget,
            doubts,
        )
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
            good = (
                good
                and _vertex(T, q, LEAF, at, 0, M, XS[used + a])
                and _vertex(T, q, LEAF, at, 1, M, YS[used + a])
            )
        count[g] = found if good else -1
        if good:
            used += found
    return end
