"""Faces of both best-reply polyhedra as simplex dictionaries in arrays, compiled.

The steps of ``solvers.bimatrix.plain.Face``.

A *slot* holds the faces of both sides, so that a search can keep a stack of them. ``words``
says what the dictionaries are made of: 1 or 2 machine words for an exact integer, with the
nearest float beside it; or 0, floats alone. Floats are never trusted: whatever they say
cannot be zero is believed only when multipliers prove it (``_proved``). Where the proof
fails, the search goes on as if it could be zero, and counts a *doubt*.

Arrays, by slot s and side d: ``F[s, d, row, column]`` floats, column 0 the constants;
``X[s, d, word, row, column]`` integers; ``W[s, d, .]`` the rest: how many ROWS, ACTIVE
columns, columns in ALL; the denominator; whether it is stale; and for each label where it
is (a row, minus a column, NEVER, or from FIXED on tight), whether it is strict, then the
labels of rows and columns. ``T[d, other, own]``: float payoffs of at most 1. ``S[s, d,
label]``: scores. ``room``: for a row. ``work``: pivots, doubts, whether an integer did not
fit. ``q``: m, n, words, and where in W the four lists of labels begin.
"""

from __future__ import annotations

import numpy as np

from strategy.solvers.bimatrix.integers import (
    COUNTS,
    FLOATS,
    INT,
    NONE,
    REAL,
    ROOM,
    SHAPE,
    STATE,
    TABLE,
    TRUTH,
    WORDS,
    exact_pivot,
    float_pivot,
    inner,
)  # fmt: skip

__all__ = [
    "ACTIVE",
    "ALL",
    "FIXED",
    "HEAD",
    "IMPLIED",
    "NEVER",
    "ROWS",
    "SMALL",
    "STALE",
    "copy_side",
    "deduce",
    "loosen",
    "start",
    "tighten",
]

NEVER = 1 << 20
FIXED = 1 << 21
IMPLIED = 1 << 22
ROWS, ACTIVE, ALL, LOW, HIGH, STALE, HEAD = range(7)
SMALL = 1e-11  # what floats take for zero: a matter of speed, not of truth


@inner(NONE(FLOATS, WORDS, STATE, TABLE, STATE, SHAPE))
def start(F, X, W, T, P, q):  # type: ignore[no-untyped-def]
    """Fill slot 0 with the whole polyhedra.

    ``P``: the payoffs as integers, laid out as ``T``. ``F``, ``X``, ``W``, ``q``: as the
    module says.
    """
    m, n, words, loc, strict, row, col = q
    for d in range(2):
        own, other = (m, n) if d == 0 else (n, m)
        first, second = (0, m) if d == 0 else (m, 0)
        reply = 0
        for j in range(1, other):
            if (P[d, j, 0] > P[d, reply, 0]) if words else (T[d, j, 0] > T[d, reply, 0]):
                reply = j
        W[0, d, ROWS] = other
        W[0, d, ACTIVE] = own
        W[0, d, ALL] = own
        W[0, d, LOW] = 1
        W[0, d, HIGH] = 0
        W[0, d, STALE] = 3
        for label in range(m + n):
            W[0, d, strict + label] = 0
        for i in range(1, own):
            W[0, d, col + i] = first + i
            W[0, d, loc + first + i] = -i
        W[0, d, col + own] = second + reply
        W[0, d, loc + second + reply] = -own
        r = 0
        for j in range(-1, other):
            if j == reply:
                continue
            label = first if j < 0 else second + j
            W[0, d, row + r] = label
            W[0, d, loc + label] = r
            if words:
                base = 1 if j < 0 else P[d, reply, 0] - P[d, j, 0]
                for i in range(1, own):
                    X[0, d, 0, r, i] = -1 if j < 0 else P[d, reply, i] - P[d, j, i] - base
                X[0, d, 0, r, 0] = base
                X[0, d, 0, r, own] = 0 if j < 0 else 1
                for i in range(own + 1):
                    F[0, d, r, i] = X[0, d, 0, r, i]
                    if words == 2:
                        X[0, d, 1, r, i] = -1 if X[0, d, 0, r, i] < 0 else 0
            else:
                gap = 1.0 if j < 0 else T[d, reply, 0] - T[d, j, 0]
                for i in range(1, own):
                    F[0, d, r, i] = -1.0 if j < 0 else T[d, reply, i] - T[d, j, i] - gap
                F[0, d, r, 0] = gap
                F[0, d, r, own] = 0.0 if j < 0 else 1.0
            r += 1


@inner(NONE(FLOATS, WORDS, STATE, TABLE, SHAPE, INT, INT, INT))
def copy_side(F, X, W, S, q, s, to, d):  # type: ignore[no-untyped-def]
    """Copy one side of slot ``s``.

    ``to``: the slot that it goes to; ``d``: the side; ``F``, ``X``, ``W``, ``S``, ``q``: as
    the module says.
    """
    rows, width = W[s, d, ROWS], W[s, d, ALL] + 1
    for i in range(rows):
        for j in range(width):
            F[to, d, i, j] = F[s, d, i, j]
    for w in range(q[2]):
        for i in range(rows):
            for j in range(width):
                X[to, d, w, i, j] = X[s, d, w, i, j]
    for k in range(q[6] + width):
        W[to, d, k] = W[s, d, k]
    for label in range(S.shape[2]):
        S[to, d, label] = S[s, d, label]


@inner(NONE(FLOATS, WORDS, STATE, SHAPE, INT, INT, INT, INT))
def _move_column(F, X, W, q, s, d, a, b):  # type: ignore[no-untyped-def]
    """Put column a into place b."""
    if a != b:
        for i in range(W[s, d, ROWS]):
            F[s, d, i, b] = F[s, d, i, a]
        for w in range(q[2]):
            for i in range(W[s, d, ROWS]):
                X[s, d, w, i, b] = X[s, d, w, i, a]
        label = W[s, d, q[6] + a]
        W[s, d, q[6] + b] = label
        if W[s, d, q[3] + label] < 0:
            W[s, d, q[3] + label] = -b


@inner(TRUTH(FLOATS, WORDS, STATE, SHAPE, INT, INT, INT))
def _fix(F, X, W, q, s, d, c):  # type: ignore[no-untyped-def]
    """Set column c to zero. False if its label shall not be zero."""
    m, _, words, loc, strict, _, col = q
    label, active = W[s, d, col + c], W[s, d, ACTIVE]
    W[s, d, loc + label] = FIXED
    if words == 0 and (label < m) != (d == 0):
        # Proofs need what fixed slacks weigh: their columns stay, behind the active ones.
        for i in range(W[s, d, ROWS]):
            F[s, d, i, c], F[s, d, i, active] = F[s, d, i, active], F[s, d, i, c]
        W[s, d, col + c] = W[s, d, col + active]
        W[s, d, col + active] = label
        if c != active:
            W[s, d, loc + W[s, d, col + c]] = -c
    else:
        _move_column(F, X, W, q, s, d, active, c)
        _move_column(F, X, W, q, s, d, W[s, d, ALL], active)
        W[s, d, ALL] -= 1
    W[s, d, ACTIVE] -= 1
    W[s, d, STALE] = 3
    return W[s, d, strict + label] == 0


@inner(NONE(FLOATS, WORDS, STATE, SHAPE, INT, INT, INT, INT))
def _drop(F, X, W, q, s, d, r, mark):  # type: ignore[no-untyped-def]
    """Drop a row; its label is NEVER or IMPLIED from here on."""
    loc, row = q[3], q[5]
    W[s, d, loc + W[s, d, row + r]] = mark
    last = W[s, d, ROWS] - 1
    if r != last:
        width = W[s, d, ALL] + 1
        for j in range(width):
            F[s, d, r, j] = F[s, d, last, j]
        for w in range(q[2]):
            for j in range(width):
                X[s, d, w, r, j] = X[s, d, w, last, j]
        W[s, d, row + r] = W[s, d, row + last]
        W[s, d, loc + W[s, d, row + r]] = r
    W[s, d, ROWS] = last


@inner(TRUTH(FLOATS, STATE, TABLE, ROOM, SHAPE, INT, INT, INT), fastmath={"contract"})
def _proved(F, W, T, room, q, s, d, r):  # type: ignore[no-untyped-def]
    """Whether the slack of row r is proved positive all over the face.

    Take weights c on the slacks, with c <= 0 on those that are free, and 1 on the row's
    own. If that slack were zero, then sum c slack <= 0; but it is v sum c - sum over used
    actions i of x[i] sum over j of c[j] payoff[j, i], which is positive if every inner sum
    is below -|v sum c|. Payoffs are at most 1, so |v| is in an equilibrium; rounding is
    bounded.
    """
    m, n, _, loc, _, row, col = q
    own, first, second = (m, 0, m) if d == 0 else (n, m, 0)
    label = W[s, d, row + r]
    weights, size, terms = 0.0, 0.0, 8
    if (label < m) != (d == 0):
        weights = 1.0
        size = 1.0
        for i in range(own):
            room[i] = T[d, label - second, i]
    else:
        for i in range(own):
            room[i] = 0.0
    for j in range(1, W[s, d, ALL] + 1):
        k = W[s, d, col + j]
        c = -F[s, d, r, j]
        if (k < m) == (d == 0) or c == 0.0 or (j <= W[s, d, ACTIVE] and c > 0.0):
            continue
        weights += c
        size += abs(c)
        terms += 1
        for i in range(own):
            room[i] += c * T[d, k - second, i]
    bound = -abs(weights) - 2.0**-51 * terms * size - 1e-290
    good = True
    for i in range(own):
        good = good and (
            room[i] < bound or first + i == label or W[s, d, loc + first + i] >= FIXED
        )
    return good


@inner(INT(FLOATS, STATE, SHAPE, INT, INT, INT, INT, TRUTH, REAL))
def _leaving(F, W, q, s, d, c, wanted, bland, small):  # type: ignore[no-untyped-def]
    """The row that limits column c's growth, 0 or more.

    ``wanted`` among equals, or the least label. -1: none.
    """
    row = q[5]
    best, least = -1, np.inf
    for i in range(W[s, d, ROWS]):
        a = -F[s, d, i, c]
        if a > small and F[s, d, i, 0] <= least * a * (1 + 1e-13):
            ratio = F[s, d, i, 0] / a
            if ratio < least * (1 - 1e-13):
                best, least = i, ratio
            elif i == wanted or (
                bland and best != wanted and W[s, d, row + i] < W[s, d, row + best]
            ):
                best, least = i, min(ratio, least)
    return best


@inner(NONE(FLOATS, WORDS, STATE, ROOM, COUNTS, SHAPE, INT, INT, INT, INT))
def _exchange(F, X, W, room, work, q, s, d, r, c):  # type: ignore[no-untyped-def]
    """Exchange row r and column c.

    If another row limits c more, by less than floats can tell, that one leaves instead.
    """
    loc, col = q[3], q[6] + c
    while r >= 0:
        rows = W[s, d, ROWS]
        width = W[s, d, ALL] + 1
        row = q[5] + r
        work[0] += 1
        if q[2] == 0:
            float_pivot(F, room, s, d, rows, width, r, c)
        else:
            low, high, fits = exact_pivot(
                F, X, s, d, q[2], rows, width, r, c, W[s, d, LOW], W[s, d, HIGH]
            )
            W[s, d, LOW] = low
            W[s, d, HIGH] = high
            if not fits:
                work[2] = 1
        W[s, d, row], W[s, d, col] = W[s, d, col], W[s, d, row]
        W[s, d, loc + W[s, d, row]] = r
        W[s, d, loc + W[s, d, col]] = -c
        W[s, d, STALE] = 3
        r = -1
        if q[2] and not work[2]:
            worst = 0.0
            for i in range(rows):
                if F[s, d, i, 0] < worst:
                    r, worst = i, F[s, d, i, 0]


@inner(TRUTH(FLOATS, WORDS, STATE, TABLE, ROOM, COUNTS, SHAPE, INT, INT, INT))
def tighten(F, X, W, T, room, work, q, s, d, label):  # type: ignore[no-untyped-def]
    """Restrict a face to where a label is tight, by minimising its slack.

    False if that is nowhere. ``s``, ``d``: the slot and the side; ``F``, ``X``, ``W``,
    ``T``, ``room``, ``work``, ``q``: as the module says.
    """
    words = q[2]
    loc = q[3] + label
    strict = q[4] + label
    col = q[6]
    if W[s, d, loc] == NEVER:
        return False
    small = 0.0 if words else SMALL
    rounds = 0
    while W[s, d, loc] < NEVER and not work[2]:
        r = W[s, d, loc]
        if r < 0:
            return _fix(F, X, W, q, s, d, -r)
        active = W[s, d, ACTIVE]
        c, low = 0, -small
        at_zero = F[s, d, r, 0] <= small
        for j in range(1, active + 1):
            value = F[s, d, r, j]
            if at_zero:
                value = -abs(value)
            if value < low:
                c, low = j, value
        if c == 0 or rounds > 200:
            if not at_zero and c == 0 and (words or _proved(F, W, T, room, q, s, d, r)):
                return False
            if words == 0:
                work[1] += 1
            if words == 0 or c == 0:
                _drop(F, X, W, q, s, d, r, IMPLIED)
                W[s, d, STALE] = 3
                return W[s, d, strict] == 0
        rounds += 1
        leaves = r
        if not at_zero:
            bland = rounds > 2 * active + 4
            if bland:
                for j in range(1, active + 1):
                    if F[s, d, r, j] < -small and W[s, d, col + j] < W[s, d, col + c]:
                        c = j
            leaves = _leaving(F, W, q, s, d, c, -1 if bland else r, bland, small)
        _exchange(F, X, W, room, work, q, s, d, leaves, c)
    return W[s, d, strict] == 0


@inner(TRUTH(FLOATS, WORDS, STATE, ROOM, COUNTS, SHAPE, INT, INT, INT))
def loosen(F, X, W, room, work, q, s, d, label):  # type: ignore[no-untyped-def]
    """Demand that a label be not tight, by maximising its slack until it is positive.

    False if that is impossible. ``s``, ``d``: the slot and the side; ``F``, ``X``, ``W``,
    ``room``, ``work``, ``q``: as the module says.
    """
    words = q[2]
    loc = q[3] + label
    col = q[6]
    W[s, d, q[4] + label] = 1
    if W[s, d, loc] >= FIXED:
        return False
    if words == 0:
        return True
    while W[s, d, loc] < NEVER and not work[2]:
        r = W[s, d, loc]
        c = -r
        if r >= 0:
            if F[s, d, r, 0] > 0.0:
                return True
            c = 0
            for j in range(1, W[s, d, ACTIVE] + 1):
                if F[s, d, r, j] > 0.0 and (c == 0 or W[s, d, col + j] < W[s, d, col + c]):
                    c = j
            if c == 0:
                return False
        k = _leaving(F, W, q, s, d, c, -1, True, 0.0)
        if k < 0 or F[s, d, k, 0] > 0.0:
            return True
        _exchange(F, X, W, room, work, q, s, d, k, c)
    return True


@inner(
    TRUTH(FLOATS, WORDS, STATE, TABLE, ROOM, COUNTS, SHAPE, INT, INT),
    fastmath={"nnan", "nsz"},
)
def deduce(F, X, W, T, room, work, q, s, d):  # type: ignore[no-untyped-def]
    """Drop rows that cannot be zero, and set to zero what must be.

    False if that denies a strict label. ``s``, ``d``: the slot and the side; ``F``, ``X``,
    ``W``, ``T``, ``room``, ``work``, ``q``: as the module says.
    """
    words = q[2]
    strict = q[4]
    row = q[5]
    small = 0.0 if words else SMALL
    again = True
    while again:
        again = False
        for r in range(W[s, d, ROWS] - 1, -1, -1):
            low, high = 0.0, 0.0
            for j in range(1, W[s, d, ACTIVE] + 1):
                low = min(low, F[s, d, r, j])
                high = max(high, F[s, d, r, j])
            if F[s, d, r, 0] > small:
                if low >= -small:
                    if words or _proved(F, W, T, room, q, s, d, r):
                        _drop(F, X, W, q, s, d, r, NEVER)
                    else:
                        work[1] += 1
                continue
            if high > small or words == 0:
                continue
            if low < 0.0:
                again = True
                for j in range(W[s, d, ACTIVE], 0, -1):
                    if F[s, d, r, j] < 0.0 and not _fix(F, X, W, q, s, d, j):
                        return False
            if W[s, d, strict + W[s, d, row + r]]:
                return False
            _drop(F, X, W, q, s, d, r, IMPLIED)
    W[s, d, STALE] &= 2
    return True
