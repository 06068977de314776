"""The branch and prune search itself, in slices of bounded work.

Examine a cell, settle it or cut it, go on with its parts.

Cells wait on a stack, each with its tensors. One whose longest edge is below ``finest`` is
put aside with its vertices alone; the next pass takes up what was put aside, with a smaller
``finest``. So memory is bounded, and what is left when a budget ends is as fine as the
budget allows, everywhere.
"""

from __future__ import annotations

from strategy.kernels import kernel, part
from strategy.solvers.cells.cells import (
    carriers,
    copy_cell,
    corners,
    drop,
    load,
    longest_edge,
    split,
    telling_edge,
)
from strategy.solvers.cells.log import (
    ASIDE,
    BRANCH,
    FEW_MIX,
    NUMBERED,
    SPLIT,
    TAKE,
    TIED as ALL_TIED,
    begun,
)
from strategy.solvers.cells.newton import CLOSE, ROOT, newton
from strategy.solvers.cells.pruning import (
    DROPPED,
    EMPTY,
    SQUEEZED,
    UNCHANGED,
    all_tied,
    dominance,
    pure_equilibrium,
)
from strategy.solvers.cells.shrinking import contract, contract_mixed

__all__ = ["DONE", "FULL", "ROUNDS", "WORKING", "logged_search", "search"]

WORKING, DONE, FULL = 0, 1, 2
SETTLED, OPEN, LATER = 0, 1, 2
# Places in the counters: the top of the stack, the next cell that waits, how many are put
# aside, how many of each kind were found, cells examined, sweeps that shrank something,
# whether the time is over.
TOP, NEXT, LEFT, ROOTS, PURES, FACES, TIED, CELLS, SHRUNK, OVER = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
)
ROUNDS = 30
"""How often a cell is shrunk before it is split."""


@part()
def _note_pure(shape, stride, exact, carrier, found, counters, pures, faces, mixer):  # type: ignore[no-untyped-def]
    """Note a pure profile that is an equilibrium.

    Or, with ``mixer``, one that is to be judged with that player mixing.
    """
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


@part()
def _pays_more(shape, stride, carrier, v, U, off, weights, sizes):  # type: ignore[no-untyped-def]
    """Whether at the root some action is surely better than a best reply.

    Than one that should be a best reply.
    """
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


@part()
def _note_root(  # type: ignore[no-untyped-def]
    shape, stride, carrier, V, v, U, lam, off, weights, near, counters, points, supports, reaches,
    log
):  # fmt: skip
    """Keep a root that may be an equilibrium, or let one kept before stand for it as well.

    All equilibria of the cells that a root stands for are within its reach.
    """
    sizes = 1
    for i in range(shape.size):
        sizes *= v[i]
    if log is None and _pays_more(shape, stride, carrier, v, U, off, weights, sizes):
        return  # a proof says where it is, and that it is not an equilibrium
    new = counters[ROOTS]
    for i in range(shape.size):
        for s in range(shape[i]):
            supports[new, i, s] = carrier[i, s]
            points[new, i, s] = 0.0
            for p in range(v[i]):
                points[new, i, s] += lam[i, p] * V[i, p, s]
    near += 1e-12  # the rounding of the sums above
    for old in range(new):
        distance = 0.0
        for i in range(shape.size):
            for s in range(shape[i]):
                if supports[old, i, s] != supports[new, i, s]:
                    distance = 1.0
                distance = max(distance, abs(points[old, i, s] - points[new, i, s]))
        if distance < 1e-9 + 2.0 * (near + reaches[old]):
            reaches[old] = max(reaches[old], distance + near)
            if log is not None:
                begun(log, NUMBERED, old, 0, 0, 0)
            return
    if log is not None:
        begun(log, NUMBERED, new, 0, 0, 0)
    reaches[new] = near
    counters[ROOTS] += 1


@part()
def _undecided(shape, carrier, B):  # type: ignore[no-untyped-def]
    """A player and an action in use that is not yet taken for a best reply.

    -1 if there is none.
    """
    player = -1
    action = -1
    fewest = 0
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


@part()
def _note_tied(shape, carrier, counters, tied, log):  # type: ignore[no-untyped-def]
    """Note that every profile of what the cell may use is an equilibrium.

    While there is room.
    """
    new = counters[TIED]
    if new == tied.shape[0]:
        return OPEN
    for i in range(shape.size):
        for s in range(shape[i]):
            tied[new, i, s] = carrier[i, s]
    counters[TIED] += 1
    if log is not None:
        begun(log, ALL_TIED, 0, 0, 0, 0)
    return SETTLED


@part()
def _mixer(shape, carrier):  # type: ignore[no-untyped-def]
    """The only player who may mix, -1 if nobody does."""
    for i in range(shape.size):
        used = 0
        for s in range(shape[i]):
            used += carrier[i, s]
        if used > 1:
            return i
    return -1


@part()
def _examine(game, mixtures, cell, work, notes, log):  # type: ignore[no-untyped-def]
    """Prune one cell as far as it goes: SETTLED, with what was found in it noted, or OPEN.

    LATER if the time was over before.
    """
    shape, stride, digit, starts, bits, _, exact = game
    V, v, B, U = cell
    (
        corner,
        count,
        carrier,
        off,
        E,
        G,
        J,
        slack,
        row_of,
        deviation,
        lam,
        weights,
        step,
        most,
        least,
    ) = work
    found, counters, points, supports, reaches, pures, faces, tied = notes
    rounds, over = 0, counters[OVER:]
    while True:
        corners(shape, stride, v, corner, count)
        mixing = carriers(shape, V, v, B, carrier)
        done = dominance(
            shape,
            stride,
            digit,
            exact,
            corner,
            count,
            carrier,
            B,
            mixtures,
            V,
            v,
            U,
            over,
            log,
        )
        if over[0] != 0:
            return LATER
        if done == DROPPED:
            continue
        if done == UNCHANGED and mixing <= 1:
            if log is not None:
                begun(log, FEW_MIX, 0, 0, 0, 0)
            _note_pure(
                shape,
                stride,
                exact,
                carrier,
                found,
                counters,
                pures,
                faces,
                _mixer(shape, carrier),
            )
            return SETTLED
        if done == UNCHANGED:
            done = contract(
                shape,
                stride,
                digit,
                starts,
                bits,
                exact,
                corner,
                count,
                B,
                most,
                least,
                V,
                v,
                U,
                over,
                log,
            )
        if done == UNCHANGED and mixtures:
            done = contract_mixed(
                shape,
                stride,
                digit,
                corner,
                count,
                B,
                most,
                least,
                V,
                v,
                U,
                deviation,
                step,
                over,
                log,
            )
        if done == UNCHANGED and _undecided(shape, carrier, B)[0] < 0:
            done, near = newton(
                shape, stride, digit, corner, count, carrier, V, v, U, off, E, G, J, slack,
                row_of, deviation, lam, weights, step,
                most, least, over, log
            )  # fmt: skip
            if done == ROOT:
                _note_root(
                    shape, stride, carrier, V, v, U, lam, off, weights, near, counters, points,
                    supports, reaches, log
                )  # fmt: skip
                return SETTLED
        if done == EMPTY:
            return SETTLED
        if over[0] != 0:
            return LATER
        if done == UNCHANGED or rounds == ROUNDS:
            break
        if done == SQUEEZED:
            rounds += 1
            counters[SHRUNK] += 1
    if all_tied(shape, stride, digit, exact, carrier):
        return _note_tied(shape, carrier, counters, tied, log)
    return OPEN


@part()
def _store(shape, v, V, B, to, v_to, V_to, B_to):  # type: ignore[no-untyped-def]
    """Keep a cell without its tensors."""
    for i in range(shape.size):
        v_to[to, i] = v[i]
        for s in range(shape[i]):
            B_to[to, i, s] = B[i, s]
        for p in range(v[i]):
            for s in range(shape[i]):
                V_to[to, i, p, s] = V[i, p, s]


@part()
def _cut(game, work, cell, other, player, action, edge, counters, log):  # type: ignore[no-untyped-def]
    """Cut a cell in two, ``cell`` and ``other``.

    An action is a best reply or unused, or (``player`` < 0) an edge is halved.
    """
    shape = game[0]
    stride = game[1]
    digit = game[2]
    V, v, B, U = cell
    V2, v2, B2, U2 = other
    corner = work[0]
    count = work[1]
    carrier = work[2]
    copy_cell(shape, v, V, U, B, v2, V2, U2, B2)
    if player >= 0:
        if log is not None:
            begun(log, BRANCH, player, action, 0, 0)
        B[player, action] = True
        for p in range(v[player] - 1, -1, -1):
            if V[player, p, action] > 0.0:
                drop(shape, stride, digit, player, p, V2, v2, U2)
    else:
        # not always the middle; its complement is exact as well
        share = (30 + counters[CELLS] % 5) / 64.0
        corners(shape, stride, v, corner, count)
        j, p, q = telling_edge(
            shape,
            stride,
            digit,
            corner,
            count,
            carrier,
            V,
            v,
            U,
            0.5 * edge,
            counters[OVER:],
        )
        if log is not None:
            log[begun(log, SPLIT, j, p, q, 1)] = share
        split(shape, stride, corner, count, digit, j, p, q, share, V, v, U)
        split(shape, stride, corner, count, digit, j, q, p, 1.0 - share, V2, v2, U2)


@part()
def _search(  # type: ignore[no-untyped-def]
    game,
    mixtures,
    branching,
    finest,
    steps,
    stack,
    waiting,
    pending,
    left,
    work,
    notes,
    log,
):
    shape = game[0]
    stride = game[1]
    base = game[5]
    carrier = work[2]
    counters = notes[1]
    SV, Sv, SB, SU = stack
    for _ in range(steps):
        if counters[TOP] < 0:
            if counters[NEXT] == pending:
                return DONE
            new = counters[NEXT]
            _store(shape, waiting[1][new], waiting[0][new], waiting[2][new], 0, Sv, SV, SB)
            load(base, shape, stride, SV[0], Sv[0], SU[0], work[14])
            counters[NEXT] += 1
            counters[TOP] = 0
            if log is not None:
                begun(log, TAKE, 0, 0, 0, 0)
        if log is not None and log[0] + log[1] > log.size:
            return FULL
        if (
            counters[ROOTS] + 1 >= notes[2].shape[0]
            or counters[LEFT] + 1 >= left[0].shape[0]
        ):
            return FULL
        top = counters[TOP]
        cell = (SV[top], Sv[top], SB[top], SU[top])
        status = _examine(game, mixtures, cell, work, notes, log)
        if status == LATER:
            return WORKING
        counters[CELLS] += 1
        if status == SETTLED:
            counters[TOP] -= 1
            continue
        edge = 0.0
        for i in range(shape.size):
            edge = max(edge, longest_edge(shape, SV[top], Sv[top], i))
        player, action = _undecided(shape, carrier, SB[top])
        if edge > branching:
            player = -1
        if top + 1 == SV.shape[0] or (player < 0 and edge < finest):
            _store(
                shape, Sv[top], SV[top], SB[top], counters[LEFT], left[1], left[0], left[2]
            )
            counters[LEFT] += 1
            counters[TOP] -= 1
            if log is not None:
                begun(log, ASIDE, 0, 0, 0, 0)
            continue
        other = (SV[top + 1], Sv[top + 1], SB[top + 1], SU[top + 1])
        _cut(game, work, cell, other, player, action, edge, counters, log)
        counters[TOP] += 1
    return WORKING


@kernel("the search for equilibria of three and more players", _nrt=False)
def search(  # type: ignore[no-untyped-def]
    game, mixtures, branching, finest, steps, stack, waiting, pending, left, work, notes
):
    """Up to ``steps`` cells of one pass over the ``pending`` cells that wait.

    How it stands is in the counters, among ``notes``.

    ``branching``: from this length of the longest edge on, actions are branched on;
    ``finest``: below it, cells are put aside. ``game``: the arrays of the game;
    ``mixtures``: whether mixtures of actions are looked at too; ``stack``, ``waiting``,
    ``left``: cells under way, put aside, and left over; ``work``: room.
    """
    return _search(
        game,
        mixtures,
        branching,
        finest,
        steps,
        stack,
        waiting,
        pending,
        left,
        work,
        notes,
        None,
    )


@kernel("the search for equilibria of three and more players, with its proof", _nrt=False)
def logged_search(  # type: ignore[no-untyped-def]
    game, mixtures, branching, finest, steps, stack, waiting, pending, left, work, notes, log
):  # fmt: skip
    """The same, with a log; see ``solvers.cells.log``.

    ``game``, ``mixtures``, ``branching``, ``finest``, ``steps``, ``stack``, ``waiting``,
    ``pending``, ``left``, ``work``, ``notes``: as in ``search``.
    """
    return _search(
        game,
        mixtures,
        branching,
        finest,
        steps,
        stack,
        waiting,
        pending,
        left,
        work,
        notes,
        log,
    )
