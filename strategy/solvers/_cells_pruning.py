"""What gains at the corners of a cell prove: actions dominated in it, vertices that nobody can weigh, parts without equilibria.

Let ``D = U[i][s] - U[i][t]`` be what player ``i`` gains by ``s`` over ``t``. If ``D < 0`` at every corner, ``s`` is not played,
and the cell falls to the face that does not use it. If ``s`` has to be a best reply, ``D >= 0`` is needed: where all vertices of
another player but one violate it whatever the others do, that player's sub-simplex shrinks towards the good vertex.

Ties have no sign in floats. They are settled on the whole payoffs themselves (``exact``): if ``D <= 0`` at every pure profile
that a corner mixes, then it holds at the corner, and a vertex at all of whose corners ``D < 0`` gets no weight.
"""

from __future__ import annotations

from strategy.solvers._cells import MARGIN, drop, inner, squeeze

__all__ = ["EMPTY", "DROPPED", "SQUEEZED", "UNCHANGED", "all_tied", "contract", "dominance", "pure_equilibrium"]

UNCHANGED, SQUEEZED, DROPPED, EMPTY = 0, 1, 2, 3
PROGRESS = 0.95
"""A squeeze is worth making if it leaves at most this share of each edge."""
LEAST = 0.01
"""A squeeze leaves at least this share of each edge."""
FINEST = 1e-4
"""No squeeze makes edges shorter than this."""


@inner
def _exactly_below(shape, stride, digit, exact, carrier, i, s, t):  # type: ignore[no-untyped-def]
    """Whether ``s`` pays less than ``t`` at every pure profile of what the others may use."""
    for k in range(exact.shape[1]):
        if digit[i, k] != 0:
            continue
        used = True
        for j in range(shape.size):
            if j != i and not carrier[j, digit[j, k]]:
                used = False
                break
        if used and exact[i, k + s * stride[i]] >= exact[i, k + t * stride[i]]:
            return False
    return True


@inner
def _exactly_not_above(shape, stride, digit, exact, V, i, s, t, at):  # type: ignore[no-untyped-def]
    """Whether ``s`` pays at most what ``t`` pays at every pure profile that the corner at offset ``at`` mixes."""
    for k in range(exact.shape[1]):
        if digit[i, k] != 0:
            continue
        used = True
        for j in range(shape.size):
            if j != i and V[j, digit[j, at], digit[j, k]] == 0.0:
                used = False
                break
        if used and exact[i, k + s * stride[i]] > exact[i, k + t * stride[i]]:
            return False
    return True


@inner
def _below(shape, stride, digit, exact, corner, count, carrier, U, i, s, t):  # type: ignore[no-untyped-def]
    """Whether ``s`` pays less than ``t`` everywhere in the cell."""
    near = False
    for c in range(count[i]):
        k = corner[i, c]
        gain = U[i, k + s * stride[i]] - U[i, k + t * stride[i]]
        if gain > MARGIN:
            return False
        if gain >= -MARGIN:
            near = True
    return not near or _exactly_below(shape, stride, digit, exact, carrier, i, s, t)


@inner
def _below_mixture(stride, corner, count, U, i, s, t, r):  # type: ignore[no-untyped-def]
    """Whether ``s`` pays less everywhere in the cell than some mixture of ``t`` and ``r``."""
    low, high = 0.0, 1.0
    for c in range(count[i]):
        k = corner[i, c]
        own = U[i, k + s * stride[i]] + MARGIN
        one = U[i, k + t * stride[i]] - own
        two = U[i, k + r * stride[i]] - own
        if one <= 0.0 and two <= 0.0:
            return False
        if one > two:
            low = max(low, -two / (one - two))
        elif one < two:
            high = min(high, two / (two - one))
        if low > high:
            return False
    share = 0.5 * (low + high)
    for c in range(count[i]):
        k = corner[i, c]
        mixed = share * U[i, k + t * stride[i]] + (1.0 - share) * U[i, k + r * stride[i]]
        if mixed - U[i, k + s * stride[i]] <= MARGIN:
            return False
    return True


@inner
def _dominated(shape, stride, digit, exact, corner, count, carrier, mixtures, U, i, s):  # type: ignore[no-untyped-def]
    for t in range(shape[i]):
        if t != s and _below(shape, stride, digit, exact, corner, count, carrier, U, i, s, t):
            return True
    if mixtures and shape[i] > 2:
        for t in range(shape[i]):
            for r in range(t):
                if t != s and r != s and _below_mixture(stride, corner, count, U, i, s, t, r):
                    return True
    return False


@inner
def dominance(shape, stride, digit, exact, corner, count, carrier, B, mixtures, V, v, U):  # type: ignore[no-untyped-def]
    """Leave the faces that use no action dominated in the cell. UNCHANGED, DROPPED or EMPTY."""
    done = UNCHANGED
    for i in range(shape.size):
        for s in range(shape[i]):
            if not (carrier[i, s] or B[i, s]):
                continue
            if _dominated(shape, stride, digit, exact, corner, count, carrier, mixtures, U, i, s):
                if B[i, s]:
                    return EMPTY
                for p in range(v[i] - 1, -1, -1):
                    if V[i, p, s] > 0.0:
                        drop(shape, stride, digit, i, p, V, v, U)
                if v[i] == 0:
                    return EMPTY
                carrier[i, s] = False
                done = DROPPED
        if done == DROPPED:
            return done  # the corners are others now
    return done


@inner
def _drop_ties(shape, stride, digit, exact, corner, count, most, V, v, U, i, s, t):  # type: ignore[no-untyped-def]
    """Where ``D <= 0`` throughout the cell exactly: drop the vertices at all of whose corners ``D < 0``."""
    some = False
    for j in range(shape.size):
        for p in range(v[j]):
            if j != i and most[j, p] < -MARGIN:
                some = True
    if not some:
        return UNCHANGED
    for c in range(count[i]):
        k = corner[i, c]
        near = U[i, k + s * stride[i]] - U[i, k + t * stride[i]] >= -MARGIN
        if near and not _exactly_not_above(shape, stride, digit, exact, V, i, s, t, k):
            return UNCHANGED
    for j in range(shape.size):
        if j != i:
            for p in range(v[j] - 1, -1, -1):
                if most[j, p] < -MARGIN:
                    drop(shape, stride, digit, j, p, V, v, U)
            if v[j] == 0:
                return EMPTY
    return DROPPED


@inner
def _edge(shape, V, v, j):  # type: ignore[no-untyped-def]
    length = 0.0
    for p in range(v[j]):
        for q in range(p):
            for s in range(shape[j]):
                length = max(length, abs(V[j, p, s] - V[j, q, s]))
    return length


@inner
def _shrink(shape, stride, digit, corner, count, most, least, V, v, U, j):  # type: ignore[no-untyped-def]
    """Shrink player ``j``'s sub-simplex towards its one vertex where ``D >= 0`` is possible, if there is one such vertex."""
    good, bad = -1, -2.0
    for p in range(v[j]):
        if most[j, p] >= -MARGIN:
            if good >= 0:
                return UNCHANGED
            good = p
        else:
            bad = max(bad, most[j, p] + 0.5 * MARGIN)
    if good < 0:
        return EMPTY
    room = max(most[j, good], 0.0) + MARGIN
    rest = room / (room - bad)
    if rest > PROGRESS:
        return UNCHANGED
    rest = max(rest, LEAST, FINEST / _edge(shape, V, v, j))
    if rest > PROGRESS:
        return UNCHANGED
    for p in range(v[j]):
        least[p] = 0.0
    least[good] = 1.0 - rest
    squeeze(shape, stride, corner, count, digit, j, least, 1.0 - rest, V, v, U)
    return SQUEEZED


@inner
def _greatest(shape, stride, digit, corner, count, v, U, i, s, t, most):  # type: ignore[no-untyped-def]
    """The greatest ``D`` of all corners, and in ``most[j, p]`` of those at each vertex, if ``D < 0`` somewhere; else 1."""
    lowest, highest = 1.0, -1.0
    for c in range(count[i]):
        k = corner[i, c]
        gain = U[i, k + s * stride[i]] - U[i, k + t * stride[i]]
        lowest, highest = min(lowest, gain), max(highest, gain)
    if lowest >= -MARGIN:
        return 1.0
    for j in range(shape.size):
        for p in range(v[j]):
            most[j, p] = -1.0
    for c in range(count[i]):
        k = corner[i, c]
        gain = U[i, k + s * stride[i]] - U[i, k + t * stride[i]]
        for j in range(shape.size):
            p = digit[j, k]
            if gain > most[j, p]:
                most[j, p] = gain
    return highest


@inner
def contract(shape, stride, digit, exact, corner, count, B, most, least, V, v, U):  # type: ignore[no-untyped-def]
    """One sweep over the needed inequalities. UNCHANGED, SQUEEZED, DROPPED (some vertices; the sweep ends there) or EMPTY."""
    done = UNCHANGED
    for i in range(shape.size):
        for s in range(shape[i]):
            for t in range(shape[i]):
                if not B[i, s] or t == s:
                    continue
                highest = _greatest(shape, stride, digit, corner, count, v, U, i, s, t, most)
                if highest < -MARGIN:
                    return EMPTY
                if highest <= MARGIN:
                    tied = _drop_ties(shape, stride, digit, exact, corner, count, most, V, v, U, i, s, t)
                    if tied != UNCHANGED:
                        return tied
                for j in range(shape.size):
                    if j != i and v[j] > 1 and highest < 1.0:
                        shrunk = _shrink(shape, stride, digit, corner, count, most, least, V, v, U, j)
                        if shrunk == EMPTY:
                            return EMPTY
                        if shrunk == SQUEEZED:
                            done = SQUEEZED
                            highest = 1.0  # the bounds are of the cell as it was
    return done


@inner
def pure_equilibrium(shape, stride, exact, at):  # type: ignore[no-untyped-def]
    """Whether the pure profile at an offset is an equilibrium: 0 no, 1 with ties, 2 strict."""
    kind = 2
    for i in range(shape.size):
        own = (at // stride[i]) % shape[i]
        for t in range(shape[i]):
            other = exact[i, at + (t - own) * stride[i]]
            if t != own and other > exact[i, at]:
                return 0
            if t != own and other == exact[i, at]:
                kind = 1
    return kind


@inner
def all_tied(shape, stride, digit, exact, carrier):  # type: ignore[no-untyped-def]
    """Whether every profile of the actions that the cell may use is an equilibrium: every such pure profile is one."""
    for k in range(exact.shape[1]):
        used = True
        for j in range(shape.size):
            if not carrier[j, digit[j, k]]:
                used = False
                break
        if used and pure_equilibrium(shape, stride, exact, k) == 0:
            return False
    return True
