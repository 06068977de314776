"""The branch and prune search itself, in slices of bounded work: examine a cell, settle it or cut it, go on with its parts.

Cells wait on a stack, each with its tensors. One whose longest edge is below ``finest`` is put aside with its vertices alone; the
next pass takes up what was put aside, with a smaller ``finest``. So memory is bounded, and what is left when a budget ends is as
fine as the budget allows, everywhere.
"""

from __future__ import annotations

import numba

from strategy.solvers._cells import carriers, copy_cell, corners, drop, inner, load, longest_edge, split
from strategy.solvers._cells_newton import CLOSE, ROOT, newton
from strategy.solvers._cells_pruning import DROPPED, EMPTY, SQUEEZED, UNCHANGED, all_tied, contract, dominance, pure_equilibrium

__all__ = ["DONE", "FULL", "WORKING", "search"]

WORKING, DONE, FULL = 0, 1, 2
SETTLED, OPEN = 0, 1
# Places in the counters.
TOP, NEXT, LEFT, ROOTS, PURES, FACES, CELLS, STATUS = 0, 1, 2, 3, 4, 5, 6, 7


@inner
def _note_pure(shape, stride, exact, carrier, found, counters, pures, faces, mixer):  # type: ignore[no-untyped-def]
    """Note a pure profile that is an equilibrium, or, with ``mixer``, one that is to be judged with that player mixing."""
    at = 0
    for i in range(shape.size):
        for s in range(shape[i]):
            if carrier[i, s] and i != mixer:
                at += s * stride[i]
    if mixer < 0:
        if pure_equilibrium(shape, stride, exact, at) > 0 and not found[shape.size, at]:
            found[shape.size, at] = True
            pures[counters[PURES]] = at
            counters[PURES] += 1
    elif not found[mixer, at]:
        found[mixer, at] = True
        faces[counters[FACES], 0] = mixer
        faces[counters[FACES], 1] = at
        counters[FACES] += 1


@inner
def _pays_more(shape, stride, carrier, v, U, off, weights, sizes):  # type: ignore[no-untyped-def]
    """Whether at the root some action is surely better than one that should be a best reply."""
    for i in range(shape.size):
        best, least = -1.0, 2.0
        for s in range(shape[i]):
            total = 0.0
            for k in range(sizes):
                own = (off[k] // stride[i]) % shape[i]
                total += weights[k] * U[i, off[k] + (s - own) * stride[i]]
            best = max(best, total)
            if carrier[i, s]:
                least = min(least, total)
        if best - least > 1e-9 + 4.0 * CLOSE * shape.size * shape[i]:
            return True
    return False


@inner
def _note_root(shape, stride, carrier, V, v, U, lam, off, weights, counters, points, supports):  # type: ignore[no-untyped-def]
    """Keep a root that may be an equilibrium, unless it is near one kept before."""
    sizes = 1
    for i in range(shape.size):
        sizes *= v[i]
    if _pays_more(shape, stride, carrier, v, U, off, weights, sizes):
        return
    new = counters[ROOTS]
    for i in range(shape.size):
        for s in range(shape[i]):
            supports[new, i, s] = carrier[i, s]
            points[new, i, s] = 0.0
            for p in range(v[i]):
                points[new, i, s] += lam[i, p] * V[i, p, s]
    for old in range(new):
        same = True
        for i in range(shape.size):
            for s in range(shape[i]):
                if supports[old, i, s] != supports[new, i, s] or abs(points[old, i, s] - points[new, i, s]) > CLOSE:
                    same = False
        if same:
            return
    counters[ROOTS] += 1


@inner
def _undecided(shape, carrier, B):  # type: ignore[no-untyped-def]
    """A player and an action in use that is not yet taken for a best reply; -1 if there is none."""
    player, action, fewest = -1, -1, 0
    for i in range(shape.size):
        open_ones, last = 0, -1
        for s in range(shape[i]):
            if carrier[i, s] and not B[i, s]:
                open_ones += 1
                if last < 0:
                    last = s
        if open_ones > 0 and (player < 0 or open_ones < fewest):
            player, action, fewest = i, last, open_ones
    return player, action


@inner
def _examine(  # type: ignore[no-untyped-def]
    shape, stride, digit, exact, mixtures, corner, count, carrier, B, V, v, U, off, E, G, J, slack, row_of, deviation, lam,
    weights, step, most, least, found, counters, points, supports, pures, faces
):  # fmt: skip
    """Prune one cell as far as it goes: SETTLED, with what was found in it noted, or OPEN."""
    fresh, rounds = True, 0
    while True:
        if fresh:
            corners(shape, stride, v, corner, count)
            mixing = carriers(shape, V, v, B, carrier)
            fresh = False
        done = dominance(shape, stride, digit, exact, corner, count, carrier, B, mixtures, V, v, U)
        if done == EMPTY:
            return SETTLED
        if done == DROPPED:
            fresh = True
            continue
        if mixing <= 1:
            mixer = -1
            for i in range(shape.size):
                used = 0
                for s in range(shape[i]):
                    used += carrier[i, s]
                if used > 1:
                    mixer = i
            _note_pure(shape, stride, exact, carrier, found, counters, pures, faces, mixer)
            return SETTLED
        done = contract(shape, stride, digit, exact, corner, count, B, most, least, V, v, U)
        if done == EMPTY:
            return SETTLED
        if done == DROPPED:
            fresh = True
            continue
        if done == SQUEEZED and rounds < 30:
            rounds += 1
            fresh = True
            continue
        if _undecided(shape, carrier, B)[0] >= 0:
            return OPEN
        done = newton(shape, stride, digit, corner, count, carrier, V, v, U, off, E, G, J, slack, row_of, deviation, lam, weights,
                      step, most, least)  # fmt: skip
        if done == ROOT:
            _note_root(shape, stride, carrier, V, v, U, lam, off, weights, counters, points, supports)
        if done in (ROOT, EMPTY):
            return SETTLED
        if done == UNCHANGED or rounds >= 30:
            return OPEN
        rounds += 1


@numba.njit(cache=True, error_model="numpy")
def search(  # type: ignore[no-untyped-def]
    shape, stride, digit, base, exact, mixtures, branching, finest, steps, SV, Sv, SB, SU, PV, Pv, PB, pending, LV, Lv, LB,
    corner, count, carrier, off, E, G, J, slack, row_of, deviation, lam, weights, step, most, least,
    found, counters, points, supports, pures, faces, boxes
):  # fmt: skip
    """Up to ``steps`` cells of one pass over the ``pending`` cells; how it stands is in ``counters``."""
    n = shape.size
    for _ in range(steps):
        top = counters[TOP]
        if top < 0:
            if counters[NEXT] == pending:
                return DONE
            new = counters[NEXT]
            counters[NEXT] += 1
            counters[TOP] = top = 0
            for i in range(n):
                Sv[0, i] = Pv[new, i]
                for s in range(shape[i]):
                    SB[0, i, s] = PB[new, i, s]
                for p in range(Pv[new, i]):
                    for s in range(shape[i]):
                        SV[0, i, p, s] = PV[new, i, p, s]
            load(base, shape, stride, SV[0], Sv[0], SU[0])
        if counters[ROOTS] + 1 >= points.shape[0] or counters[LEFT] + 1 >= LV.shape[0]:
            return FULL
        V, v, B, U = SV[top], Sv[top], SB[top], SU[top]
        counters[CELLS] += 1
        result = _examine(
            shape, stride, digit, exact, mixtures, corner, count, carrier, B, V, v, U, off, E, G, J, slack, row_of, deviation,
            lam, weights, step, most, least, found, counters, points, supports, pures, faces
        )  # fmt: skip
        if result == OPEN and all_tied(shape, stride, digit, exact, carrier):
            new = counters[STATUS]
            if new < boxes.shape[0]:
                for i in range(n):
                    for s in range(shape[i]):
                        boxes[new, i, s] = carrier[i, s]
                counters[STATUS] += 1
                result = SETTLED
        if result == SETTLED:
            counters[TOP] -= 1
            continue
        j, p, q, edge = longest_edge(shape, V, v)
        player, action = _undecided(shape, carrier, B)
        branch = player >= 0 and edge <= branching
        if top + 1 == SV.shape[0] or (not branch and edge < finest):
            new = counters[LEFT]
            counters[LEFT] += 1
            for i in range(n):
                Lv[new, i] = v[i]
                for s in range(shape[i]):
                    LB[new, i, s] = B[i, s]
                for r in range(v[i]):
                    for s in range(shape[i]):
                        LV[new, i, r, s] = V[i, r, s]
            counters[TOP] -= 1
            continue
        copy_cell(shape, v, V, U, B, Sv[top + 1], SV[top + 1], SU[top + 1], SB[top + 1])
        if branch:
            B[player, action] = True
            for r in range(v[player] - 1, -1, -1):
                if V[player, r, action] > 0.0:
                    drop(shape, stride, digit, player, r, SV[top + 1], Sv[top + 1], SU[top + 1])
        else:
            share = (30 + counters[CELLS] % 5) / 64.0  # its complement is exact as well
            corners(shape, stride, v, corner, count)
            split(shape, stride, corner, count, digit, j, p, q, share, V, v, U)
            split(shape, stride, corner, count, digit, j, q, p, 1.0 - share, SV[top + 1], Sv[top + 1], SU[top + 1])
        counters[TOP] += 1
    return WORKING
