"""The branching over labels, compiled: which pairs of faces hold the equilibria of a two-player game.

A node is a pair of faces. Every label must be tight on one side; one that cannot be on one side is forced on the other. Of the
rest the label furthest from zero is branched on: tight on one side, or not tight there and so tight on the other. That the
branches are disjoint is what finds every extreme equilibrium once, in degenerate games too. The search runs in slices.
"""

from __future__ import annotations

import numba
import numpy as np

from strategy.solvers._bimatrix_dictionary import FIXED, IMPLIED, NEVER, copy_side, deduce, loosen, tighten

__all__ = ["DONE", "DOUBTFUL", "FULL", "GROW", "OVERFLOW", "PAUSED", "search", "search_face"]

DONE, PAUSED, FULL, GROW, OVERFLOW, DOUBTFUL = 0, 1, 2, 3, 4, 5


@numba.njit(cache=True)
def _settle(F, X, D, N, ROW, COL, LOC, STRICT, T, work, m, n, words, s):  # type: ignore[no-untyped-def]
    """Draw all conclusions in a slot. False if it holds no equilibrium."""
    stale0, stale1 = True, True
    while (stale0 or stale1) and not work[2]:
        d = 0 if stale0 else 1
        if not deduce(F, X, D, N, ROW, COL, LOC, STRICT, T, work, m, n, words, s, d):
            return False
        changed = False
        for label in range(m + n):
            if LOC[s, d, label] == NEVER and LOC[s, 1 - d, label] < FIXED:
                if not tighten(F, X, D, N, ROW, COL, LOC, STRICT, T, work, m, n, words, s, 1 - d, label):
                    return False
                changed = True
        if d == 0:
            stale0 = False
            stale1 = stale1 or changed
        else:
            stale1 = False
            stale0 = stale0 or changed
    return True


@numba.njit(cache=True)
def _add_scores(F, N, ROW, scores, limits, words, s, d):  # type: ignore[no-untyped-def]
    """Add for each label of a row how far its slack is from zero, in units of what all columns together can take off it."""
    f = F[s, d]
    rows, active = N[s, d, 0], N[s, d, 1]
    small = 0.0 if words else 1e-11
    for j in range(1, active + 1):
        limits[j] = np.inf
    for i in range(rows):
        b = f[i, 0]
        for j in range(1, active + 1):
            a = -f[i, j]
            ratio = b / a if a > small else np.inf
            limits[j] = min(limits[j], ratio)
    for j in range(1, active + 1):
        if limits[j] == np.inf:
            limits[j] = 1e300
    for i in range(rows):
        b = f[i, 0]
        if b <= small:
            continue
        loss = 0.0
        for j in range(1, active + 1):
            loss -= min(f[i, j], 0.0) * limits[j]
        scores[ROW[s, d, i]] += b / loss if loss > 0.0 else 1e300


@numba.njit(cache=True)
def _choose(F, N, ROW, LOC, scores, limits, m, n, words, s):  # type: ignore[no-untyped-def]
    """The open label to branch on; -1 if every label is tight somewhere."""
    for label in range(m + n):
        scores[label] = 0.0
    _add_scores(F, N, ROW, scores, limits, words, s, 0)
    _add_scores(F, N, ROW, scores, limits, words, s, 1)
    best = -1
    for label in range(m + n):
        if LOC[s, 0, label] < FIXED and LOC[s, 1, label] < FIXED and (best < 0 or scores[label] > scores[best]):
            best = label
    return best


@numba.njit(cache=True)
def _record(N, LOC, STRICT, LEAF, SIZE, m, n, s, at):  # type: ignore[no-untyped-def]
    """Note a pair of faces: for each label 1 fixed, 2 implied, plus 4 if strict; and how many columns are still active."""
    for d in range(2):
        SIZE[at, d] = N[s, d, 1]
        for label in range(m + n):
            where = LOC[s, d, label]
            LEAF[at, d, label] = (1 if where == FIXED else 2 if where == IMPLIED else 0) + 4 * STRICT[s, d, label]


@numba.njit(cache=True)
def search(F, X, D, N, ROW, COL, LOC, STRICT, T, LEAF, SIZE, STACK, work, state, m, n, words, budget, doubts):  # type: ignore[no-untyped-def]
    """Go on with a search until it is done, ``budget`` pivots are made, or room is lacking.

    ``state``: how many nodes are on ``STACK`` (numbers of slots, free ones above), how many leaves are recorded.
    """
    scores, limits = np.zeros(m + n), np.zeros(F.shape[3])
    end = work[0] + budget
    while state[0] > 0:
        if work[2]:
            return OVERFLOW
        if words == 0 and work[1] > doubts:
            return DOUBTFUL
        if work[0] > end:
            return PAUSED
        if state[1] == LEAF.shape[0]:
            return FULL
        if state[0] == STACK.size:
            return GROW
        s = STACK[state[0] - 1]
        state[0] -= 1
        end -= 1
        if not _settle(F, X, D, N, ROW, COL, LOC, STRICT, T, work, m, n, words, s) or work[2]:
            continue
        label = _choose(F, N, ROW, LOC, scores, limits, m, n, words, s)
        if label < 0:
            _record(N, LOC, STRICT, LEAF, SIZE, m, n, s, state[1])
            state[1] += 1
            continue
        new = STACK[state[0] + 1]
        copy_side(F, X, D, N, ROW, COL, LOC, STRICT, words, s, new, 0)
        first = tighten(F, X, D, N, ROW, COL, LOC, STRICT, T, work, m, n, words, new, 0, label)
        if first:
            copy_side(F, X, D, N, ROW, COL, LOC, STRICT, words, s, new, 1)
        second = loosen(F, X, D, N, ROW, COL, LOC, STRICT, work, words, s, 0, label) and tighten(
            F, X, D, N, ROW, COL, LOC, STRICT, T, work, m, n, words, s, 1, label
        )
        if second:
            state[0] += 2 if first else 1
        elif first:
            STACK[state[0] + 1] = s
            STACK[state[0]] = new
            state[0] += 1
    return OVERFLOW if work[2] else DONE


@numba.njit(cache=True)
def search_face(F, X, D, N, ROW, COL, LOC, STRICT, T, LEAF, SIZE, STACK, work, state, m, n, words, budget, d):  # type: ignore[no-untyped-def]
    """Go on with the enumeration of the vertices of one side's face, as ``search`` does: a label is tight or it is not."""
    scores, limits = np.zeros(m + n), np.zeros(F.shape[3])
    end = work[0] + budget
    while state[0] > 0:
        if work[2]:
            return OVERFLOW
        if work[0] > end:
            return PAUSED
        if state[1] == LEAF.shape[0]:
            return FULL
        if state[0] == STACK.size:
            return GROW
        s = STACK[state[0] - 1]
        state[0] -= 1
        end -= 1
        if not deduce(F, X, D, N, ROW, COL, LOC, STRICT, T, work, m, n, words, s, d) or work[2]:
            continue
        if N[s, d, 1] == 0:
            _record(N, LOC, STRICT, LEAF, SIZE, m, n, s, state[1])
            state[1] += 1
            continue
        for label in range(m + n):
            scores[label] = 0.0
        _add_scores(F, N, ROW, scores, limits, words, s, d)
        best = -1
        for label in range(m + n):
            if LOC[s, d, label] < NEVER and not STRICT[s, d, label] and (best < 0 or scores[label] > scores[best]):
                best = label
        if best < 0:
            continue
        new = STACK[state[0] + 1]
        copy_side(F, X, D, N, ROW, COL, LOC, STRICT, words, s, new, d)
        if loosen(F, X, D, N, ROW, COL, LOC, STRICT, work, words, s, d, best):
            state[0] += 1
        else:
            STACK[state[0]], STACK[state[0] + 1] = new, s
            new = STACK[state[0]]
        if tighten(F, X, D, N, ROW, COL, LOC, STRICT, T, work, m, n, words, new, d, best):
            state[0] += 1
    return OVERFLOW if work[2] else DONE
