"""Shrinking a cell by inequalities that its equilibria have to satisfy.

If action ``s`` of player ``i`` has to be a best reply, ``D = U[i][s] - U[i][t] >= 0`` is
needed for every ``t``; where several have to be, so is ``D >= 0`` for every combination ``D
= sum of w[s] U[i][s]`` with ``sum of w = 0`` and ``w[t] <= 0`` for the others. Where all
vertices of another player but one violate ``D >= 0`` whatever the rest do, only a part of
that player's sub-simplex around the good vertex is left: again a simplex, cut off by where
a linear upper bound of ``D`` vanishes on each edge. An edge keeps at least LEAST of its
length, and FINEST: what shrinks further is cut or solved elsewhere.
"""

from __future__ import annotations

from strategy.kernels import part
from strategy.solvers.cells.cells import MARGIN, longest_edge, pull
from strategy.solvers.cells.log import BELOW, SHRINK, SHRINK_MIXED, begun, up
from strategy.solvers.cells.pruning import EMPTY, SQUEEZED, UNCHANGED, drop_ties

__all__ = ["FINEST", "LEAST", "PROGRESS", "contract", "contract_mixed"]

PROGRESS = 0.95
"""Shrinking is worth while if some edge keeps at most this share of its length."""
LEAST = 0.01
FINEST = 1e-4
NOTHING, WHOLE = -1, -2
TRIES = 4
"""Steps in the search for a combination of inequalities."""


@part()
def _kept(shape, most, keep, V, v, j):  # type: ignore[no-untyped-def]
    """The one vertex of player ``j`` where ``D >= 0`` is possible.

    If the others' edges to it can be cut, to shares ``keep``.

    Otherwise NOTHING if there is no such vertex, and WHOLE if there are several or too
    little would be cut off.
    """
    good = NOTHING
    for p in range(v[j]):
        if most[j, p] >= -MARGIN:
            if good >= 0:
                return WHOLE
            good = p
    if good < 0:
        return NOTHING
    finest = FINEST / longest_edge(shape, V, v, j)
    room, smallest = max(most[j, good], 0.0) + MARGIN, 1.0
    for p in range(v[j]):
        if p != good:
            keep[p] = max(room / (room - most[j, p] - 0.5 * MARGIN), LEAST, finest)
            smallest = min(smallest, keep[p])
    if smallest > PROGRESS:
        return WHOLE
    for p in range(v[j]):
        keep[p] = min(keep[p], 1.0)
    return good


@part()
def _verdict(starts, bits, corner, count, v, U, own, i, s, t):  # type: ignore[no-untyped-def]
    """What ``D >= 0`` can do.

    0 nothing, 1 perhaps cut, 2 it holds nowhere, 3 it holds with ties at best.

    ``bits[k]`` marks the vertices of the corner at offset ``k``: a player two of whose
    vertices are at corners with ``D >= 0`` keeps its sub-simplex, so that most inequalities
    are done with after a few corners. (In tables too wide for that it is 0.)
    """
    some, above, seen = False, False, 0
    for c in range(count[i]):
        k = corner[i, c]
        gain = U[i, k + s * own] - U[i, k + t * own]
        if gain < -MARGIN:
            continue
        some = True
        above = above or gain > MARGIN
        if seen | bits[k] == seen:
            continue
        seen |= bits[k]
        useless = above
        for j in range(v.size):
            if useless and j != i and v[j] > 1:
                mine = (seen >> starts[j]) & ((1 << v[j]) - 1)
                useless = mine & (mine - 1) != 0
        if useless:
            return 0
    if not some:
        return 2
    return 1 if above else 3


@part()
def _greatest(shape, digit, corner, count, v, U, own, i, s, t, most):  # type: ignore[no-untyped-def]
    """``most[j, p]``: the greatest ``D`` of the corners at vertex ``p`` of player ``j``."""
    for j in range(shape.size):
        for p in range(v[j]):
            most[j, p] = -1.0
    for c in range(count[i]):
        k = corner[i, c]
        gain = U[i, k + s * own] - U[i, k + t * own]
        for j in range(shape.size):
            p = digit[j, k]
            if gain > most[j, p]:
                most[j, p] = gain


@part()
def _note_shrink(v, keep, i, s, t, j, good, log):  # type: ignore[no-untyped-def]
    at = begun(log, SHRINK, i, s, t, 1 + v[j])
    log[at] = j
    _note_keep(v, keep, j, good, at + 1, log)


@part()
def _note_keep(v, keep, j, good, at, log):  # type: ignore[no-untyped-def]
    """Shares of few binary digits, so that exact cells stay short to write down.

    0 for the vertex that is shrunk to.
    """
    for p in range(v[j]):
        keep[p] = up(keep[p]) if p != good else 0.0
        log[at + p] = keep[p]


@part()
def contract(  # type: ignore[no-untyped-def]
    shape, stride, digit, starts, bits, exact, corner, count, B, most, keep, V, v, U, over, log
):  # fmt: skip
    """One sweep over pairs of actions.

    UNCHANGED, SQUEEZED, DROPPED (some vertices; the sweep ends there) or EMPTY.

    It ends early, as it stands, once ``over[0]`` is not 0: the time is over. ``starts``,
    ``bits``: of each action, to tell the vertices that a corner has; ``most``, ``keep``:
    room; ``log``: None for no log; ``shape``, ``stride``, ``digit``, ``exact``, ``corner``,
    ``count``, ``B``, ``V``, ``v``, ``U``: as in ``solvers.cells.cells``.
    """
    done = UNCHANGED
    for i in range(shape.size):
        own = stride[i]
        for s in range(shape[i]):
            for t in range(shape[i]):
                if not B[i, s] or t == s:
                    continue
                if over[0] != 0:
                    return done
                verdict = _verdict(starts, bits, corner, count, v, U, own, i, s, t)
                if verdict == 2:
                    if log is not None:
                        begun(log, BELOW, i, s, t, 0)
                    return EMPTY
                if verdict == 0:
                    continue
                _greatest(shape, digit, corner, count, v, U, own, i, s, t, most)
                if verdict == 3:
                    tied = drop_ties(
                        shape,
                        stride,
                        digit,
                        exact,
                        corner,
                        count,
                        most,
                        V,
                        v,
                        U,
                        i,
                        s,
                        t,
                        log,
                    )
                    if tied != UNCHANGED:
                        return tied
                for j in range(shape.size):
                    if j != i and v[j] > 1:
                        good = _kept(shape, most, keep, V, v, j)
                        if good == NOTHING:
                            if log is not None:
                                begun(log, BELOW, i, s, t, 0)
                            return EMPTY
                        if good >= 0:  # the bounds hold for what is left as well
                            if log is not None:
                                _note_shrink(v, keep, i, s, t, j, good, log)
                            pull(
                                shape, stride, corner, count, digit, j, good, keep, V, v, U
                            )
                            done = SQUEEZED
    return done


@part()
def _into_cone(size, B, i, d, w):  # type: ignore[no-untyped-def]
    """The (nearly) nearest ``w`` to ``d`` with sum 0 and no positive entry outside ``B``.

    Returns its sum of absolutes.
    """
    total, free = 0.0, size
    for s in range(size):
        w[s] = 1.0
        total += d[s]
    for _ in range(size):
        before = free
        mean = total / free
        for s in range(size):
            if w[s] > 0.0 and not B[i, s] and d[s] > mean:
                w[s] = 0.0
                total -= d[s]
                free -= 1
        if free == before:
            break
    norm = 0.0
    for s in range(size):
        w[s] = d[s] - total / free if w[s] > 0.0 else 0.0
        norm += abs(w[s])
    return norm


@part()
def _combination(shape, stride, digit, corner, count, B, U, i, j, g, d, w):  # type: ignore[no-untyped-def]
    """Search, like a perceptron, for ``w`` with ``D < 0`` at all corners but some.

    The corners at vertex ``g`` of player ``j`` are left out.

    (F. Rosenblatt, Principles of Neurodynamics, 1962.) Returns the sum of absolutes of
    ``w``, or 0 without success.
    """
    size, own = shape[i], stride[i]
    for s in range(size):
        d[s] = 0.0
        for c in range(count[i]):
            k = corner[i, c]
            if digit[j, k] != g:
                d[s] -= U[i, k + s * own]
    for _ in range(TRIES):
        norm = _into_cone(size, B, i, d, w)
        if norm < 1e-9:
            return 0.0
        worst, at = -1e300, 0
        for c in range(count[i]):
            k = corner[i, c]
            if digit[j, k] != g:
                value = 0.0
                for s in range(size):
                    value += w[s] * U[i, k + s * own]
                if value > worst:
                    worst, at = value, k
        if worst < -1e-3 * norm:
            return norm
        mean, square = 0.0, 1e-12
        for s in range(size):
            mean += U[i, at + s * own] / size
        for s in range(size):
            square += (U[i, at + s * own] - mean) ** 2
        step = (max(worst, 0.0) + 0.1 * norm / size) / square
        for s in range(size):
            d[s] = w[s] - step * U[i, at + s * own]
    return 0.0


@part()
def _note_shrink_mixed(shape, B, v, keep, w, i, j, good, log):  # type: ignore[no-untyped-def]
    base = 0
    while not B[i, base]:
        base += 1
    kept = v[j] if good >= 0 else 0
    at = begun(log, SHRINK_MIXED, i, base, j, 1 + kept + shape[i])
    log[at] = kept
    if kept > 0:
        _note_keep(v, keep, j, good, at + 1, log)
    for s in range(shape[i]):
        log[at + 1 + kept + s] = w[s]


@part()
def contract_mixed(  # type: ignore[no-untyped-def]
    shape, stride, digit, corner, count, B, most, keep, V, v, U, d, w, over, log
):
    """One sweep over combinations of three and more actions.

    UNCHANGED, SQUEEZED or EMPTY; ``over`` as in ``contract``. ``most``, ``keep``, ``d``,
    ``w``: room; ``log``: None for no log; ``shape``, ``stride``, ``digit``, ``corner``,
    ``count``, ``B``, ``V``, ``v``, ``U``: as in ``solvers.cells.cells``.
    """
    done = UNCHANGED
    for i in range(shape.size):
        needed = 0
        for s in range(shape[i]):
            needed += B[i, s]
        for j in range(shape.size):
            if j == i or v[j] < 2 or needed == 0 or shape[i] < 3:
                continue
            for g in range(v[j]):
                if over[0] != 0:
                    return done
                norm = _combination(
                    shape, stride, digit, corner, count, B, U, i, j, g, d, w
                )
                if norm == 0.0:
                    continue
                for p in range(v[j]):
                    most[j, p] = -1.0
                for c in range(count[i]):
                    k = corner[i, c]
                    value = 0.0
                    for s in range(shape[i]):
                        value += w[s] * U[i, k + s * stride[i]]
                    most[j, digit[j, k]] = max(most[j, digit[j, k]], value / norm)
                good = _kept(shape, most, keep, V, v, j)
                if good == WHOLE:
                    continue
                if log is not None:
                    _note_shrink_mixed(shape, B, v, keep, w, i, j, good, log)
                if good == NOTHING:
                    return EMPTY
                pull(shape, stride, corner, count, digit, j, good, keep, V, v, U)
                done = SQUEEZED
    return done
