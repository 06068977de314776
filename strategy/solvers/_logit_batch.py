"""Logit quantal responses of many games of one shape at one lambda.

In floats, each with a proof that one is near.

The unknowns are d[i, a] = log p[i, a] - log p[i, 0], and the equations d[i, a] = lambda
(u[i, a] - u[i, 0]), where u is what actions are worth. From lambda = 0, where d = 0, the
branch is followed as long as it goes on with lambda (Turocy, "A dynamic homotopy
interpretation of the logistic quantal response equilibrium correspondence", Games and
Economic Behavior 51, 2005); a game whose branch turns back, or whose answer is not proved,
is left to ``LogitTracing``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.kernels.elimination import eliminate, invert
from strategy.solvers.bimatrix.integers import (
    COUNTS,
    INT,
    NONE,
    PAIRS,
    REAL,
    ROOM,
    TABLE,
    TRUTH,
    inner,
    outer,
)

__all__ = ["CLOSE", "responses"]

Floats = NDArray[np.float64]
CLOSE = 1e-9  # what probabilities may be off
LEAST = 1e-12  # a pivot below it may be 0
CHUNK = 256  # games between looks at the clock


@inner(NONE(ROOM, COUNTS, ROOM))
def _probabilities(d, shape, p):  # type: ignore[no-untyped-def]
    """The probabilities of all actions, player by player."""
    at, free = 0, 0
    for size in shape:
        top = 0.0
        for a in range(size - 1):
            top = max(top, d[free + a])
        p[at] = math.exp(-top)
        total = p[at]
        for a in range(1, size):
            p[at + a] = math.exp(d[free + a - 1] - top)
            total += p[at + a]
        for a in range(size):
            p[at + a] /= total
        at += size
        free += size - 1


@inner(NONE(PAIRS, COUNTS, COUNTS, ROOM, ROOM, PAIRS))
def _worths(t, shape, cell, p, u, W):  # type: ignore[no-untyped-def]
    """What each action is worth (u), and for each action of one other player (W).

    There the rest mix.
    """
    for k in range(u.size):
        u[k] = 0.0
        for b in range(u.size):
            W[k, b] = 0.0
    for i in range(shape.size):
        cell[i] = 0
    for c in range(t.shape[1]):
        at = 0
        for i in range(shape.size):
            beside = 0
            for j in range(shape.size):
                if j != i:
                    weight, place = 1.0, 0
                    for k in range(shape.size):
                        if k != i and k != j:
                            weight *= p[place + cell[k]]
                        place += shape[k]
                    W[at + cell[i], beside + cell[j]] += t[i, c] * weight
                beside += shape[j]
            weight, place = 1.0, 0
            for k in range(shape.size):
                if k != i:
                    weight *= p[place + cell[k]]
                place += shape[k]
            u[at + cell[i]] += t[i, c] * weight
            at += shape[i]
        i = shape.size - 1
        while i > 0 and cell[i] == shape[i] - 1:
            cell[i] = 0
            i -= 1
        cell[i] += 1


@inner(NONE(PAIRS, COUNTS, COUNTS, ROOM, REAL, ROOM, ROOM, PAIRS, PAIRS, PAIRS))
def _system(t, shape, cell, d, rationality, p, u, W, M, R):  # type: ignore[no-untyped-def]
    """The derivatives of the equations, what they lack, and the derivative by lambda.

    M: the derivatives by d; R: the other two, from which a solve makes Newton's step and
    the derivative of d by lambda.
    """
    _probabilities(d, shape, p)
    _worths(t, shape, cell, p, u, W)
    row, at = 0, 0
    for i in range(shape.size):
        for a in range(1, shape[i]):
            column, beside = 0, 0
            gain = u[at + a] - u[at]
            for j in range(shape.size):
                for b in range(1, shape[j]):
                    if j == i:
                        M[row, column] = 1.0 if a == b else 0.0
                    else:
                        M[row, column] = (
                            -rationality
                            * p[beside + b]
                            * (W[at + a, beside + b] - W[at, beside + b] - gain)
                        )
                    column += 1
                beside += shape[j]
            R[row, 0] = d[row] - rationality * gain
            R[row, 1] = gain
            row += 1
        at += shape[i]


@inner(
    TRUTH(
        PAIRS, COUNTS, COUNTS, REAL, ROOM, ROOM, ROOM, ROOM, ROOM, ROOM, PAIRS, PAIRS, PAIRS
    )
)
def _follow(t, shape, cell, target, d, near, way, p, before, u, W, M, R):  # type: ignore[no-untyped-def]
    """From lambda = 0 to the target, if the branch goes on with lambda all the way.

    The response there is left in d.
    """
    size = d.size
    for k in range(size):
        d[k] = 0.0
    _system(t, shape, cell, d, 0.0, p, u, W, M, R)
    for k in range(size):
        way[k] = R[k, 1]
    for k in range(p.size):
        before[k] = p[k]
    here, step = 0.0, 1.0
    for _ in range(1000):
        if here == target:
            return True
        there = here + step
        if there >= target:
            there = target
        for k in range(size):
            near[k] = d[k] + (there - here) * way[k]
        good, last, first = False, 1e300, 0.0
        for round in range(8):
            _system(t, shape, cell, near, there, p, u, W, M, R)
            moved = 0.0
            for k in range(p.size):
                moved = max(moved, abs(p[k] - before[k]))
            if not moved < 0.1 or eliminate(M, R, size, 2, LEAST) <= 0:
                break
            shift, largest = 0.0, 1.0
            for k in range(size):
                near[k] -= R[k, 0]
                shift = max(shift, abs(R[k, 0]))
                largest = max(largest, abs(near[k]))
            if round == 0:
                first = shift
            if not (shift < 0.3 * last or shift < 1e-13 * largest) or not shift < 0.3:
                break
            last = shift
            if shift < (1e-12 * largest if there == target else 1e-4 * largest):
                good = True
                break
        if good:
            here = there
            _probabilities(near, shape, before)
            for k in range(size):
                d[k], way[k] = near[k], R[k, 1]
            if first < 0.05:
                step *= 2.0
        else:
            step = 0.5 * (there - here)
            if step < 1e-5 * (here + 1e-3):
                return False
    return False


@inner(
    REAL(PAIRS, COUNTS, COUNTS, REAL, REAL, ROOM, ROOM, ROOM, PAIRS, PAIRS, PAIRS, PAIRS)
)
def _radius(t, shape, cell, rationality, off, d, p, u, W, M, R, A):  # type: ignore[no-untyped-def]
    """A radius around d within which one quantal response is proved to lie.

    Exactly one, in all d at once; infinite if none is.

    Newton's method with one approximate inverse R is a contraction there: |I - R J| at d,
    which is computed, grows by at most |R| L times the radius, and derivatives change by at
    most L = lambda N (N - 1) for N players whose payoffs differ by at most 1 (a second
    derivative of probabilities by d sums to at most 2 in absolute value, a first to 1).
    ``off``: how far payoffs may be off. All rounding is bounded too.
    """
    size, players = d.size, shape.size
    _system(t, shape, cell, d, rationality, p, u, W, M, R)
    unit = 2.0**-52
    largest = 0.0
    lack = 0.0
    high = 0
    few = t.shape[1]
    for k in range(size):
        largest = max(largest, abs(d[k]))
        lack = max(lack, abs(R[k, 0]))
    for i in shape:
        high = max(high, i)
        few = min(few, i)
    if invert(M, A, R, size, LEAST) <= 0:
        return math.inf
    probability = unit * (2 * largest + high + 32)
    worth = players * probability + unit * (t.shape[1] // few + 8) + 2 * off
    lack += rationality * (2 * worth + 8 * unit) + 4 * unit * (largest + rationality)
    slope = rationality * players * (4 * worth + 4 * probability + 16 * unit)
    inverse, rest, steep = 0.0, 0.0, 0.0
    for r in range(size):
        total, left, row = 0.0, 0.0, 0.0
        for c in range(size):
            value = 1.0 if r == c else 0.0
            for k in range(size):
                value -= R[r, k] * M[k, c]
            total += abs(R[r, c])
            left += abs(value)
            row += abs(M[r, c])
        inverse = max(inverse, total)
        rest = max(rest, left)
        steep = max(steep, row)
    rest += inverse * (slope + unit * (size + 8) * (steep + 1.0)) + unit
    radius = 2.0 * 1.001 * inverse * lack
    if not rest + inverse * rationality * players * (players - 1) * radius < 0.49:
        return math.inf
    return radius


@outer(NONE(TABLE, INT, INT, REAL, COUNTS, PAIRS, ROOM))
def _respond(T, begin, end, rationality, shape, P, radius):  # type: ignore[no-untyped-def]
    """Solve games ``begin`` to ``end``.

    Probabilities are in the rows of P, and how far logarithms of their ratios may be off.
    """
    players = T.shape[0]
    cells = T.shape[2]
    actions = P.shape[1]
    size = actions - players
    t = np.empty((players, cells))
    W = np.empty((actions, actions))
    M = np.empty((size, size))
    A = np.empty((size, size))
    R = np.empty((size, max(size, 2)))
    d = np.empty(size)
    near = np.empty(size)
    way = np.empty(size)
    before = np.empty(actions)
    u = np.empty(actions)
    cell = np.empty(players, dtype=np.int64)
    for g in range(begin, end):
        radius[g] = math.inf
        spread, huge = 0.0, 0.0
        for i in range(players):
            low, top = T[i, g, 0], T[i, g, 0]
            for c in range(cells):
                low, top = min(low, T[i, g, c]), max(top, T[i, g, c])
                huge = max(huge, abs(T[i, g, c]))
            spread = max(spread, top - low)
            for c in range(cells):
                t[i, c] = T[i, g, c] - low
        unit = spread if spread > 1e-290 else 1.0
        target = rationality * unit
        if not target < 1e9:
            continue
        for i in range(players):
            for c in range(cells):
                t[i, c] /= unit
        if _follow(t, shape, cell, target, d, near, way, P[g], before, u, W, M, R):
            off = 2.0**-52 * huge / unit + 2.0**-51
            radius[g] = _radius(t, shape, cell, target, off, d, P[g], u, W, M, R, A)


def responses(
    arrays: Sequence[NDArray[Any]],
    rationality: float,
    check: Callable[[], None] | None = None,
) -> tuple[tuple[Floats, ...], NDArray[np.bool_]]:
    """The principal response of each game at one lambda.

    Probabilities of shape (games, actions) for each player, at most 1e-9 off and none zero,
    and for which games they are proved.

    ``arrays``: payoffs for each player, shape (games, actions of player 0, ...). ``check``
    is called now and then, and may raise. ``rationality``: the lambda.
    """
    games = len(arrays[0])
    shape = np.array(arrays[0].shape[1:], dtype=np.int64)
    tables = np.empty((len(arrays), games, int(shape.prod())))
    for i, one in enumerate(arrays):
        tables[i] = one.reshape(games, -1)
    P, radius = np.empty((games, int(shape.sum()))), np.empty(games)
    for begin in range(0, games, CHUNK):
        if check is not None:
            check()
        _respond(tables, begin, min(begin + CHUNK, games), rationality, shape, P, radius)
    np.maximum(P, 5e-324, out=P)  # what is too small for a float is still not zero
    ends = np.cumsum(shape)
    parts = [
        np.ascontiguousarray(P[:, end - size : end])
        for end, size in zip(ends, shape, strict=True)
    ]
    return tuple(parts), radius < CLOSE / 2
