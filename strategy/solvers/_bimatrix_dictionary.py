"""Faces of both best-reply polyhedra as simplex dictionaries in arrays, compiled: the steps of ``_bimatrix_plain.Face``.

A *slot* holds the faces of both sides, so that a search can keep a stack of them. ``words`` says what the dictionaries are made
of: 1 or 2 machine words for an exact integer, with the nearest float beside it; or 0, floats alone. Floats are never trusted:
whatever they say cannot be zero is believed only when multipliers prove it (``_proved``). Where the proof fails, the search goes
on as if it could be zero, and counts a *doubt*.

Arrays, by slot and side: ``F`` (rows, columns) floats, column 0 the constants; ``X`` (words, rows, columns) integers; ``D`` the
denominator; ``N`` how many rows, active columns, all columns; ``ROW`` and ``COL`` their labels; ``LOC`` where each label is: a
row, minus a column, NEVER, or from FIXED on tight; ``STRICT`` which labels shall not be zero. ``T`` (side, other, own): float
payoffs of at most 1. ``work``: pivots, doubts, whether an integer did not fit.
"""

from __future__ import annotations

import numba
import numpy as np

from strategy.solvers._bimatrix_integers import exact_pivot, float_pivot

__all__ = ["FIXED", "IMPLIED", "NEVER", "copy_side", "deduce", "loosen", "start", "tighten"]

NEVER, FIXED, IMPLIED = 1 << 20, 1 << 21, 1 << 22
SMALL = 1e-11  # what floats take for zero: a matter of speed, not of truth


@numba.njit(cache=True)
def start(F, X, D, N, ROW, COL, LOC, STRICT, T, P, m, n, words):  # type: ignore[no-untyped-def]
    """Fill slot 0 with the whole polyhedra; ``P``: the payoffs as integers, laid out as ``T``."""
    for d in range(2):
        own, other = (m, n) if d == 0 else (n, m)
        first, second = (0, m) if d == 0 else (m, 0)
        f, x, t, p = F[0, d], X[0, d], T[d], P[d]
        reply = 0
        for j in range(1, other):
            if (p[j, 0] > p[reply, 0]) if words else (t[j, 0] > t[reply, 0]):
                reply = j
        N[0, d, 0] = other
        N[0, d, 1] = own
        N[0, d, 2] = own
        D[0, d, 0] = 1
        D[0, d, 1] = 0
        for i in range(1, own):
            COL[0, d, i] = first + i
            LOC[0, d, first + i] = -i
        COL[0, d, own] = second + reply
        LOC[0, d, second + reply] = -own
        ROW[0, d, 0] = first
        LOC[0, d, first] = 0
        for i in range(own + 1):
            f[0, i] = -1.0
        f[0, 0] = 1.0
        f[0, own] = 0.0
        if words:
            for i in range(own + 1):
                x[0, 0, i] = int(f[0, i])
        r = 1
        for j in range(other):
            STRICT[0, d, second + j] = 0
            if j == reply:
                continue
            ROW[0, d, r] = second + j
            LOC[0, d, second + j] = r
            if words:
                base = p[reply, 0] - p[j, 0]
                for i in range(1, own):
                    x[0, r, i] = p[reply, i] - p[j, i] - base
                x[0, r, 0] = base
                x[0, r, own] = 1
                for i in range(own + 1):
                    f[r, i] = x[0, r, i]
            else:
                gap = t[reply, 0] - t[j, 0]
                for i in range(1, own):
                    f[r, i] = t[reply, i] - t[j, i] - gap
                f[r, 0] = gap
                f[r, own] = 1.0
            r += 1
        for i in range(own):
            STRICT[0, d, first + i] = 0
        if words == 2:
            for i in range(other):
                for j in range(own + 1):
                    x[1, i, j] = -1 if x[0, i, j] < 0 else 0


@numba.njit(cache=True)
def copy_side(F, X, D, N, ROW, COL, LOC, STRICT, words, s, to, d):  # type: ignore[no-untyped-def]
    """Copy one side of slot ``s``."""
    rows, width = N[s, d, 0], N[s, d, 2] + 1
    for i in range(rows):
        for j in range(width):
            F[to, d, i, j] = F[s, d, i, j]
        ROW[to, d, i] = ROW[s, d, i]
    for w in range(words):
        for i in range(rows):
            for j in range(width):
                X[to, d, w, i, j] = X[s, d, w, i, j]
    for j in range(width):
        COL[to, d, j] = COL[s, d, j]
    for label in range(LOC.shape[2]):
        LOC[to, d, label] = LOC[s, d, label]
        STRICT[to, d, label] = STRICT[s, d, label]
    for k in range(3):
        N[to, d, k] = N[s, d, k]
    D[to, d, 0] = D[s, d, 0]
    D[to, d, 1] = D[s, d, 1]


@numba.njit(cache=True)
def _pivot(F, X, D, N, ROW, COL, LOC, words, work, s, d, r, c):  # type: ignore[no-untyped-def]
    rows, width = N[s, d, 0], N[s, d, 2] + 1
    work[0] += 1
    if words == 0:
        float_pivot(F[s, d], rows, width, r, c)
    elif not exact_pivot(F[s, d], X[s, d], D[s, d], words, rows, width, r, c):
        work[2] = 1
    ROW[s, d, r], COL[s, d, c] = COL[s, d, c], ROW[s, d, r]
    LOC[s, d, ROW[s, d, r]] = r
    LOC[s, d, COL[s, d, c]] = -c


@numba.njit(cache=True)
def _move_column(F, X, N, COL, LOC, words, s, d, a, b):  # type: ignore[no-untyped-def]
    """Put column a into place b."""
    if a != b:
        for i in range(N[s, d, 0]):
            F[s, d, i, b] = F[s, d, i, a]
            for w in range(words):
                X[s, d, w, i, b] = X[s, d, w, i, a]
        COL[s, d, b] = COL[s, d, a]
        if LOC[s, d, COL[s, d, b]] < 0:
            LOC[s, d, COL[s, d, b]] = -b


@numba.njit(cache=True)
def _fix(F, X, N, COL, LOC, STRICT, words, m, s, d, c):  # type: ignore[no-untyped-def]
    """Set column c to zero. False if its label shall not be zero."""
    label = COL[s, d, c]
    LOC[s, d, label] = FIXED
    active = N[s, d, 1]
    if words == 0 and (label < m) != (d == 0):
        # Proofs need what fixed slacks weigh: their columns stay, behind the active ones.
        for i in range(N[s, d, 0]):
            F[s, d, i, c], F[s, d, i, active] = F[s, d, i, active], F[s, d, i, c]
        COL[s, d, c] = COL[s, d, active]
        COL[s, d, active] = label
        if c != active:
            LOC[s, d, COL[s, d, c]] = -c
    else:
        _move_column(F, X, N, COL, LOC, words, s, d, active, c)
        _move_column(F, X, N, COL, LOC, words, s, d, N[s, d, 2], active)
        N[s, d, 2] -= 1
    N[s, d, 1] -= 1
    return STRICT[s, d, label] == 0


@numba.njit(cache=True)
def _drop(F, X, N, ROW, LOC, words, s, d, r, mark):  # type: ignore[no-untyped-def]
    """Drop a row; its label is NEVER or IMPLIED from here on."""
    LOC[s, d, ROW[s, d, r]] = mark
    last = N[s, d, 0] - 1
    if r != last:
        for j in range(N[s, d, 2] + 1):
            F[s, d, r, j] = F[s, d, last, j]
            for w in range(words):
                X[s, d, w, r, j] = X[s, d, w, last, j]
        ROW[s, d, r] = ROW[s, d, last]
        LOC[s, d, ROW[s, d, r]] = r
    N[s, d, 0] = last


@numba.njit(cache=True)
def _proved(F, N, ROW, COL, LOC, T, m, n, s, d, r):  # type: ignore[no-untyped-def]
    """Whether the slack of row r is proved positive all over the face.

    Take weights c on the slacks, with c <= 0 on those that are free, and 1 on the row's own. If that slack were zero,
    then sum c slack <= 0; but it is v sum c - sum over used actions i of x[i] sum over j of c[j] payoff[j, i], which is positive
    if every inner sum is below -|v sum c|. Payoffs are at most 1, so |v| is in an equilibrium; rounding is bounded.
    """
    own, first, second = (m, 0, m) if d == 0 else (n, m, 0)
    f = F[s, d]
    label = ROW[s, d, r]
    gains = np.zeros(own)
    weights, size, terms = 0.0, 0.0, 2
    if (label < m) != (d == 0):
        weights = 1.0
        size = 1.0
        for i in range(own):
            gains[i] = T[d, label - second, i]
    for j in range(1, N[s, d, 2] + 1):
        k = COL[s, d, j]
        c = -f[r, j]
        if (k < m) == (d == 0) or c == 0.0 or (j <= N[s, d, 1] and c > 0.0):
            continue
        weights += c
        size += abs(c)
        terms += 1
        row = T[d, k - second]
        for i in range(own):
            gains[i] += c * row[i]
    bound = -abs(weights) - 2.0**-51 * (terms + 4) * size - 1e-290
    good = True
    for i in range(own):
        good = good and (gains[i] < bound or first + i == label or LOC[s, d, first + i] >= FIXED)
    return good


@numba.njit(cache=True)
def _leaving(F, N, ROW, s, d, c, wanted, bland, small):  # type: ignore[no-untyped-def]
    """The row that limits column c's growth, 0 or more; ``wanted`` among equals, or the least label. -1: none."""
    f = F[s, d]
    best, least = -1, np.inf
    for i in range(N[s, d, 0]):
        a = -f[i, c]
        if a > small:
            ratio = f[i, 0] / a
            if ratio < least * (1 - 1e-13):
                best, least = i, ratio
            elif ratio <= least * (1 + 1e-13) and (i == wanted or (bland and best != wanted and ROW[s, d, i] < ROW[s, d, best])):
                best, least = i, min(ratio, least)
    return best


@numba.njit(cache=True)
def _exchange(F, X, D, N, ROW, COL, LOC, words, work, s, d, r, c):  # type: ignore[no-untyped-def]
    """Pivot; if another row limits the column more by less than floats can tell, let that one leave instead."""
    _pivot(F, X, D, N, ROW, COL, LOC, words, work, s, d, r, c)
    while words and not work[2]:
        worst = -1
        for i in range(N[s, d, 0]):
            if F[s, d, i, 0] < 0.0 and (worst < 0 or F[s, d, i, 0] < F[s, d, worst, 0]):
                worst = i
        if worst < 0:
            break
        _pivot(F, X, D, N, ROW, COL, LOC, words, work, s, d, worst, c)


@numba.njit(cache=True)
def tighten(F, X, D, N, ROW, COL, LOC, STRICT, T, work, m, n, words, s, d, label):  # type: ignore[no-untyped-def]
    """Restrict a face to where a label is tight, by minimising its slack. False if that is nowhere."""
    if LOC[s, d, label] == NEVER:
        return False
    small = 0.0 if words else SMALL
    rounds = 0
    while LOC[s, d, label] < NEVER and not work[2]:
        r = LOC[s, d, label]
        if r < 0:
            return _fix(F, X, N, COL, LOC, STRICT, words, m, s, d, -r)
        f = F[s, d]
        active = N[s, d, 1]
        c, low = 0, -small
        for j in range(1, active + 1):
            if f[r, j] < low:
                c, low = j, f[r, j]
        if f[r, 0] <= small:
            for j in range(1, active + 1):
                if abs(f[r, j]) > -low:
                    c, low = j, -abs(f[r, j])
            if c:
                _pivot(F, X, D, N, ROW, COL, LOC, words, work, s, d, r, c)
                continue
        if c == 0 or rounds > 200:
            if f[r, 0] > small and c == 0 and (words or _proved(F, N, ROW, COL, LOC, T, m, n, s, d, r)):
                return False
            if words == 0:
                work[1] += 1
            if words == 0 or c == 0:
                _drop(F, X, N, ROW, LOC, words, s, d, r, IMPLIED)
                return STRICT[s, d, label] == 0
        rounds += 1
        bland = rounds > 2 * active + 4
        if bland:
            for j in range(1, active + 1):
                if f[r, j] < -small and COL[s, d, j] < COL[s, d, c]:
                    c = j
        _exchange(F, X, D, N, ROW, COL, LOC, words, work, s, d, _leaving(F, N, ROW, s, d, c, -1 if bland else r, bland, small), c)
    return STRICT[s, d, label] == 0


@numba.njit(cache=True)
def loosen(F, X, D, N, ROW, COL, LOC, STRICT, work, words, s, d, label):  # type: ignore[no-untyped-def]
    """Demand that a label be not tight, by maximising its slack until it is positive. False if that is impossible."""
    STRICT[s, d, label] = 1
    if LOC[s, d, label] >= FIXED:
        return False
    if words == 0:
        return True
    while LOC[s, d, label] < NEVER and not work[2]:
        r = LOC[s, d, label]
        c = -r
        if r >= 0:
            if F[s, d, r, 0] > 0.0:
                return True
            c = 0
            for j in range(1, N[s, d, 1] + 1):
                if F[s, d, r, j] > 0.0 and (c == 0 or COL[s, d, j] < COL[s, d, c]):
                    c = j
            if c == 0:
                return False
        k = _leaving(F, N, ROW, s, d, c, -1, True, 0.0)
        if k < 0 or F[s, d, k, 0] > 0.0:
            return True
        _pivot(F, X, D, N, ROW, COL, LOC, words, work, s, d, k, c)
    return True


@numba.njit(cache=True)
def deduce(F, X, D, N, ROW, COL, LOC, STRICT, T, work, m, n, words, s, d):  # type: ignore[no-untyped-def]
    """Drop rows that cannot be zero, and set to zero what must be. False if that denies a strict label."""
    small = 0.0 if words else SMALL
    f = F[s, d]
    again = True
    while again:
        again = False
        for r in range(N[s, d, 0] - 1, -1, -1):
            low, high = 0.0, 0.0
            for j in range(1, N[s, d, 1] + 1):
                low = min(low, f[r, j])
                high = max(high, f[r, j])
            if f[r, 0] > small:
                if low >= -small:
                    if words or _proved(F, N, ROW, COL, LOC, T, m, n, s, d, r):
                        _drop(F, X, N, ROW, LOC, words, s, d, r, NEVER)
                    else:
                        work[1] += 1
                continue
            if high > small or words == 0:
                continue
            if low < 0.0:
                again = True
                for j in range(N[s, d, 1], 0, -1):
                    if f[r, j] < 0.0 and not _fix(F, X, N, COL, LOC, STRICT, words, m, s, d, j):
                        return False
            if STRICT[s, d, ROW[s, d, r]]:
                return False
            _drop(F, X, N, ROW, LOC, words, s, d, r, IMPLIED)
    return True
