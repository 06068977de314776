"""The branching over labels, compiled.

Which pairs of faces hold the equilibria of a two-player game.

A node is a pair of faces. Every label must be tight on one side; one that cannot be on one
side is forced on the other. Of the rest the label furthest from zero is branched on: tight
on one side, or not tight there and so tight on the other. That the branches are disjoint is
what finds every extreme equilibrium once, in degenerate games too. The search runs in
slices.
"""

from __future__ import annotations

from strategy.solvers.bimatrix.dictionary import (
    ACTIVE,
    FIXED,
    IMPLIED,
    NEVER,
    ROWS,
    SMALL,
    STALE,
    copy_side,
    deduce,
    loosen,
    start,
    tighten,
)  # fmt: skip
from strategy.solvers.bimatrix.integers import (
    CODES,
    COUNTS,
    FLOATS,
    INT,
    NONE,
    ROOM,
    SHAPE,
    SIZES,
    STATE,
    TABLE,
    TRUTH,
    WORDS,
    inner,
)  # fmt: skip

__all__ = ["DONE", "DOUBTFUL", "FULL", "GROW", "OVERFLOW", "PAUSED", "search"]

DONE, PAUSED, FULL, GROW, OVERFLOW, DOUBTFUL = 0, 1, 2, 3, 4, 5


@inner(TRUTH(FLOATS, WORDS, STATE, TABLE, ROOM, COUNTS, SHAPE, INT))
def _settle(F, X, W, T, room, work, q, s):  # type: ignore[no-untyped-def]
    """Draw all conclusions in a slot. False if it holds no equilibrium."""
    loc = q[3]
    while not work[2]:
        d = 0 if W[s, 0, STALE] & 1 else 1
        if not W[s, d, STALE] & 1:
            break
        if not deduce(F, X, W, T, room, work, q, s, d):
            return False
        for label in range(loc, q[4]):
            if (
                W[s, d, label] == NEVER
                and W[s, 1 - d, label] < FIXED
                and not tighten(F, X, W, T, room, work, q, s, 1 - d, label - loc)
            ):
                return False
    return True


@inner(
    NONE(FLOATS, STATE, TABLE, ROOM, SHAPE, INT, INT),
    fastmath={"nnan", "nsz", "reassoc", "contract"},
)
def _score(F, W, S, room, q, s, d):  # type: ignore[no-untyped-def]
    """For each label of a row how far its slack is from zero.

    In units of what all columns together can take off it.
    """
    rows, active = W[s, d, ROWS], W[s, d, ACTIVE]
    small = 0.0 if q[2] else SMALL
    for label in range(S.shape[2]):
        S[s, d, label] = 0.0
    for j in range(1, active + 1):
        room[j] = 1e-300
    for i in range(rows):
        b = F[s, d, i, 0]
        inverse = -1.0 / b if b > small else -1e300
        for j in range(1, active + 1):
            room[j] = max(room[j], F[s, d, i, j] * inverse)
    for j in range(1, active + 1):
        room[j] = 1.0 / room[j]
    for i in range(rows):
        if F[s, d, i, 0] > small:
            loss = 1e-300
            for j in range(1, active + 1):
                loss -= min(F[s, d, i, j], 0.0) * room[j]
            S[s, d, W[s, d, q[5] + i]] = F[s, d, i, 0] / loss
    W[s, d, STALE] &= 1


@inner(INT(FLOATS, STATE, TABLE, ROOM, SHAPE, INT, INT))
def _choose(F, W, S, room, q, s, only):  # type: ignore[no-untyped-def]
    """The open label to branch on, on one side ``only`` or (-1) both; -1 if there is none."""
    loc, strict = q[3], q[4]
    for d in range(2):
        if only != 1 - d and W[s, d, STALE] & 2:
            _score(F, W, S, room, q, s, d)
    best, top = -1, -1.0
    for label in range(S.shape[2]):
        if only < 0:
            score = S[s, 0, label] + S[s, 1, label]
            free = W[s, 0, loc + label] < FIXED and W[s, 1, loc + label] < FIXED
        else:
            score = S[s, only, label]
            free = W[s, only, loc + label] < NEVER and not W[s, only, strict + label]
        if score > top and free:
            best, top = label, score
    return best


@inner(TRUTH(STATE, SHAPE, INT, INT))
def _pointed(W, q, s, d):  # type: ignore[no-untyped-def]
    """Whether enough labels may yet be tight to leave a single point of a face."""
    count = 0
    for label in range(q[0] + q[1]):
        count += W[s, d, q[3] + label] < NEVER and not W[s, d, q[4] + label]
    return count >= W[s, d, ACTIVE]


@inner(NONE(STATE, CODES, SIZES, SHAPE, INT, INT))
def _record(W, LEAF, SIZE, q, s, at):  # type: ignore[no-untyped-def]
    """Note a pair of faces: for each label 1 fixed, 2 implied, plus 4 if strict.

    Also note how many columns are still active.
    """
    for d in range(2):
        SIZE[at, d] = W[s, d, ACTIVE]
        for label in range(q[0] + q[1]):
            where = W[s, d, q[3] + label]
            LEAF[at, d, label] = (
                1 if where == FIXED else 2 if where == IMPLIED else 0
            ) + 4 * W[s, d, q[4] + label]


@inner(
    INT(
        FLOATS,
        WORDS,
        STATE,
        TABLE,
        TABLE,
        STATE,
        CODES,
        SIZES,
        COUNTS,
        ROOM,
        COUNTS,
        COUNTS,
        SHAPE,
        INT,
        COUNTS,
        COUNTS,
        INT,
        INT,
    )
)
def search(  # type: ignore[no-untyped-def]
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
):
    """Go on with a search until it is done, ``budget`` pivots are made, or room is lacking.

    ``state``: how many nodes are on ``STACK`` (numbers of slots, free ones above), -1 to
    begin; how many leaves are recorded. ``only``: -1, or the side on which to list the
    vertices of the face where labels ``face`` are tight and ``barred`` are not. Exact
    dictionaries leave side 0 at single points; with floats, and on side 1, leaves may be
    larger faces. ``LEAF``, ``SIZE``: the leaves that are recorded; ``P``: the payoffs as
    integers; ``doubts``: how many are borne before the outcome is DOUBTFUL; ``F``, ``X``,
    ``W``, ``S``, ``T``, ``work``, ``q``: as in ``solvers.bimatrix.dictionary``.
    """
    end = work[0] + budget
    if state[0] < 0:
        start(F, X, W, T, P, q)
        state[0] = 1
        for label in face:
            if state[0] and not tighten(F, X, W, T, room, work, q, 0, only, label):
                state[0] = 0
        for label in barred:
            if state[0] and not loosen(F, X, W, room, work, q, 0, only, label):
                state[0] = 0
    while state[0] > 0:
        if work[2]:
            return OVERFLOW
        if q[2] == 0 and work[1] > doubts:
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
        good = (
            _settle(F, X, W, T, room, work, q, s)
            if only < 0
            else deduce(F, X, W, T, room, work, q, s, only)
        )
        d = max(only, 0)
        if not good or work[2] or (q[2] and not _pointed(W, q, s, d)):
            continue
        # alone: it is about one side only whether the label is tight
        label, alone = -1, True
        if only < 0:
            label = _choose(F, W, S, room, q, s, -1)
            alone = label < 0
        if alone and q[2] and W[s, d, ACTIVE]:
            label = _choose(F, W, S, room, q, s, d)
            if label < 0:
                continue
        if label < 0:
            _record(W, LEAF, SIZE, q, s, state[1])
            state[1] += 1
            continue
        new = STACK[state[0] + 1]
        copy_side(F, X, W, S, q, s, new, d)
        first = tighten(F, X, W, T, room, work, q, new, d, label)
        if first and only < 0:
            copy_side(F, X, W, S, q, s, new, 1)
        second = loosen(F, X, W, room, work, q, s, d, label)
        if second and not alone:
            second = tighten(F, X, W, T, room, work, q, s, 1, label)
        if second:
            state[0] += 2 if first else 1
        elif first:
            STACK[state[0] + 1] = s
            STACK[state[0]] = new
            state[0] += 1
    return OVERFLOW if work[2] else DONE
