"""What gains at the corners of a cell prove.

Actions dominated in it, and vertices that nobody can weigh.

Let ``D = U[i][s] - U[i][t]`` be what player ``i`` gains by ``s`` over ``t``. If ``D < 0``
at every corner, ``s`` is not played, and the cell falls to the face that does not use it.

Ties have no sign in floats. They are settled on the whole payoffs themselves (``exact``):
if ``D <= 0`` at every pure profile that a corner mixes, then it holds at the corner, and a
vertex at all of whose corners ``D < 0`` gets no weight.
"""

from __future__ import annotations

from strategy.kernels import part
from strategy.solvers.cells.cells import MARGIN, drop
from strategy.solvers.cells.log import DROP, UNUSED, begun

__all__ = [
    "DROPPED",
    "EMPTY",
    "SQUEEZED",
    "UNCHANGED",
    "all_tied",
    "dominance",
    "drop_ties",
    "pure_equilibrium",
]

UNCHANGED, SQUEEZED, DROPPED, EMPTY = 0, 1, 2, 3


@part()
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


@part()
def _exactly_not_above(shape, stride, digit, exact, V, i, s, t, at):  # type: ignore[no-untyped-def]
    """Whether ``s`` pays at most what ``t`` pays at every pure profile of a corner.

    Every one that the corner at offset ``at`` mixes.
    """
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


@part()
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


@part()
def _share_above(stride, corner, count, U, i, s, t, r):  # type: ignore[no-untyped-def]
    """The share of ``t`` in a mixture with ``r`` that pays more than ``s``.

    Everywhere in the cell; -1 if none is found.
    """
    low, high = 0.0, 1.0
    for c in range(count[i]):
        k = corner[i, c]
        own = U[i, k + s * stride[i]] + MARGIN
        one = U[i, k + t * stride[i]] - own
        two = U[i, k + r * stride[i]] - own
        if one <= 0.0 and two <= 0.0:
            return -1.0
        if one > two:
            low = max(low, -two / (one - two))
        elif one < two:
            high = min(high, two / (two - one))
        if low > high:
            return -1.0
    share = 0.5 * (low + high)
    for c in range(count[i]):
        k = corner[i, c]
        mixed = share * U[i, k + t * stride[i]] + (1.0 - share) * U[i, k + r * stride[i]]
        if mixed - U[i, k + s * stride[i]] <= MARGIN:
            return -1.0
    return share


@part()
def _dominator(shape, stride, digit, exact, corner, count, carrier, mixtures, U, i, s):  # type: ignore[no-untyped-def]
    """What pays more than ``s`` in the whole cell.

    An action, or the number of a pair of actions that can be mixed to do so.

    That of ``t`` and ``r`` is ``shape[i] * (1 + t) + r``; -1 if nothing is found.
    """
    for t in range(shape[i]):
        if t != s and _below(
            shape, stride, digit, exact, corner, count, carrier, U, i, s, t
        ):
            return t
    if mixtures and shape[i] > 2:
        for t in range(shape[i]):
            for r in range(t):
                if (
                    t != s
                    and r != s
                    and _share_above(stride, corner, count, U, i, s, t, r) >= 0.0
                ):
                    return shape[i] * (1 + t) + r
    return -1


@part()
def _note_unused(shape, stride, corner, count, U, i, s, better, log):  # type: ignore[no-untyped-def]
    t, r, share = better, better, 1.0
    if better >= shape[i]:
        t, r = better // shape[i] - 1, better % shape[i]
        share = _share_above(stride, corner, count, U, i, s, t, r)
    at = begun(log, UNUSED, i, s, t, 2)
    log[at], log[at + 1] = r, share


@part()
def dominance(  # type: ignore[no-untyped-def]
    shape, stride, digit, exact, corner, count, carrier, B, mixtures, V, v, U, over, log
):  # fmt: skip
    """Leave the faces that use no action dominated in the cell.

    UNCHANGED, DROPPED or EMPTY. ``over``: see ``contract``. ``mixtures``: whether to look
    for mixtures that dominate; ``log``: None for no log; ``shape``, ``stride``, ``digit``,
    ``exact``, ``corner``, ``count``, ``carrier``, ``B``, ``V``, ``v``, ``U``: as in
    ``solvers.cells.cells``.
    """
    done = UNCHANGED
    for i in range(shape.size):
        for s in range(shape[i]):
            if not (carrier[i, s] or B[i, s]):
                continue
            if over[0] != 0:
                return done
            better = _dominator(
                shape, stride, digit, exact, corner, count, carrier, mixtures, U, i, s
            )
            if better >= 0:
                if log is not None:
                    _note_unused(shape, stride, corner, count, U, i, s, better, log)
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


@part()
def _note_drop(v, most, i, s, t, log):  # type: ignore[no-untyped-def]
    number = 0
    for j in range(v.size):
        for p in range(v[j]):
            number += j != i and most[j, p] < -MARGIN
    at = begun(log, DROP, i, s, t, 2 * number)
    for j in range(v.size):
        for p in range(v[j] - 1, -1, -1):
            if j != i and most[j, p] < -MARGIN:
                log[at], log[at + 1] = j, p
                at += 2


@part()
def drop_ties(shape, stride, digit, exact, corner, count, most, V, v, U, i, s, t, log):  # type: ignore[no-untyped-def]
    """Where ``D <= 0`` throughout the cell exactly but ``D >= 0`` is needed.

    Drop vertices at all of whose corners ``D < 0``.

    ``most[j, p]``: the greatest ``D`` of the corners at vertex ``p`` of player ``j``.
    ``i``: the player; ``s``, ``t``: the actions of ``D``; ``log``: None for no log;
    ``shape``, ``stride``, ``digit``, ``exact``, ``corner``, ``count``, ``V``, ``v``, ``U``:
    as in ``solvers.cells.cells``.
    """
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
    if log is not None:
        _note_drop(v, most, i, s, t, log)
    for j in range(shape.size):
        if j != i:
            for p in range(v[j] - 1, -1, -1):
                if most[j, p] < -MARGIN:
                    drop(shape, stride, digit, j, p, V, v, U)
            if v[j] == 0:
                return EMPTY
    return DROPPED


@part()
def pure_equilibrium(shape, stride, exact, at):  # type: ignore[no-untyped-def]
    """Whether the pure profile at an offset is an equilibrium: 0 no, 1 with ties, 2 strict.

    ``shape``, ``stride``, ``exact``: as in ``solvers.cells.cells``.
    """
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


@part()
def all_tied(shape, stride, digit, exact, carrier):  # type: ignore[no-untyped-def]
    """Whether every profile of the actions that the cell may use is an equilibrium.

    Every such pure profile is one. ``shape``, ``stride``, ``digit``, ``exact``,
    ``carrier``: as in ``solvers.cells.cells``.
    """
    for k in range(exact.shape[1]):
        used = True
        for j in range(shape.size):
            if not carrier[j, digit[j, k]]:
                used = False
                break
        if used and pure_equilibrium(shape, stride, exact, k) == 0:
            return False
    return True
