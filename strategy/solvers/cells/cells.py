"""Cells of the branch and prune search for all equilibria.

Products of sub-simplices that carry the payoffs at their corners.

A cell is a sub-simplex of each player's mixed strategies. ``V[i, p, s]`` is the weight of
action ``s`` at vertex ``p`` of player ``i``'s sub-simplex, ``v[i]`` how many vertices it
has, ``B[i, s]`` whether the equilibria looked for in it are those where ``s`` is a best
reply. ``U[i]`` is player ``i``'s payoff table with every *other* player's axis taken at the
vertices instead of the actions, flat, with the strides of the game. Payoffs are
multilinear, so over the cell the gain of one action on another lies between its least and
its greatest value at the corners, and both are attained.

A cell stands for the exact result of its sequence of operations, each of which takes floats
as the rationals they are. ``U`` and ``V`` approximate it: every entry stays a convex
combination of payoffs scaled to [0, 1], and each operation adds a few rounding errors of
2^-53, so that after thousands of operations they are far below ``MARGIN``. A sign is
believed only beyond it.

Arrays of a game: ``shape``, the numbers of actions; ``stride[i]``, how far apart two plays
are that differ by one action of player ``i``; ``digit[i]``, the action of player ``i`` on
each play; ``base`` and ``exact``, the payoffs scaled to [0, 1] and as whole numbers in the
same order. Of a cell: ``corner[i]`` and ``count[i]``, the offsets of the others' corners
and how many there are; ``carrier[i, s]``, whether some vertex uses the action.
"""

from __future__ import annotations

from strategy.kernels import part

__all__ = [
    "MARGIN",
    "carriers",
    "copy_cell",
    "corners",
    "drop",
    "edge_of",
    "load",
    "longest_edge",
    "pull",
    "split",
    "squeeze",
    "telling_edge",
]

MARGIN = 1e-10
"""Gains (payoffs scaled to [0, 1]) nearer to zero than this have no sign for the search:
exact arithmetic settles them."""


@part()
def corners(shape, stride, v, corner, count):  # type: ignore[no-untyped-def]
    """For each player the flat offsets of all corners of the others' sub-simplices.

    Own action 0; ``count`` says how many. ``shape``, ``stride``, ``v``, ``corner``: as the
    module says.
    """
    for i in range(shape.size):
        made = 1
        corner[i, 0] = 0
        for j in range(shape.size):
            if j != i:
                before = made
                for p in range(1, v[j]):
                    for k in range(before):
                        corner[i, made] = corner[i, k] + p * stride[j]
                        made += 1
        count[i] = made


@part()
def load(base, shape, stride, V, v, U, old):  # type: ignore[no-untyped-def]
    """Fill ``U`` for the cell with the given vertices from the payoffs at pure profiles.

    ``old``: room for a row; ``base``, ``shape``, ``stride``, ``V``, ``v``: as the module
    says.
    """
    n, size = base.shape
    for i in range(n):
        for k in range(size):
            U[i, k] = base[i, k]
        for j in range(n):
            if j == i:
                continue
            step = stride[j]
            for block in range(0, size, step * shape[j]):
                for k in range(block, block + step):
                    for s in range(shape[j]):
                        old[s] = U[i, k + s * step]
                    for p in range(v[j]):
                        total = 0.0
                        for s in range(shape[j]):
                            total += V[j, p, s] * old[s]
                        U[i, k + p * step] = total


@part()
def carriers(shape, V, v, B, carrier):  # type: ignore[no-untyped-def]
    """Mark which actions some vertex uses, and which must be best replies.

    These are those that every vertex uses. Returns how many players may mix. ``shape``,
    ``V``, ``v``, ``B``, ``carrier``: as the module says.
    """
    mixing = 0
    for i in range(shape.size):
        used = 0
        for s in range(shape[i]):
            some, every = False, True
            for p in range(v[i]):
                if V[i, p, s] > 0.0:
                    some = True
                else:
                    every = False
            carrier[i, s] = some
            if some:
                used += 1
                if every:
                    B[i, s] = True
        if used > 1:
            mixing += 1
    return mixing


@part()
def drop(shape, stride, digit, j, p, V, v, U):  # type: ignore[no-untyped-def]
    """Leave the face of player ``j``'s sub-simplex opposite to vertex ``p``.

    The last vertex takes its place. ``shape``, ``stride``, ``digit``, ``V``, ``v``, ``U``:
    as the module says.
    """
    last = v[j] - 1
    if p != last:
        for s in range(shape[j]):
            V[j, p, s] = V[j, last, s]
        shift = (last - p) * stride[j]
        for i in range(shape.size):
            if i != j:
                for k in range(U.shape[1]):
                    if digit[j, k] == p:
                        U[i, k] = U[i, k + shift]
    v[j] = last


@part()
def squeeze(shape, stride, corner, count, digit, j, least, total, V, v, U):  # type: ignore[no-untyped-def]
    """Leave the part of a sub-simplex where vertex ``p`` weighs at least ``least[p]``.

    The sub-simplex is that of player ``j``; the least weights sum to ``total`` < 1.
    ``shape``, ``stride``, ``corner``, ``count``, ``digit``, ``V``, ``v``, ``U``: as the
    module says.
    """
    rest = 1.0 - total
    for s in range(shape[j]):
        base = 0.0
        for p in range(v[j]):
            base += least[p] * V[j, p, s]
        for p in range(v[j]):
            V[j, p, s] = base + rest * V[j, p, s]
    step = stride[j]
    for i in range(shape.size):
        if i == j:
            continue
        for c in range(count[i]):
            k = corner[i, c]
            if digit[j, k] == 0:
                for t in range(shape[i]):
                    at = k + t * stride[i]
                    base = 0.0
                    for p in range(v[j]):
                        base += least[p] * U[i, at + p * step]
                    for p in range(v[j]):
                        U[i, at + p * step] = base + rest * U[i, at + p * step]


@part()
def split(shape, stride, corner, count, digit, j, p, q, share, V, v, U):  # type: ignore[no-untyped-def]
    """Move vertex ``p`` of player ``j`` along its edge to vertex ``q``.

    It moves to where it weighs ``share``. ``shape``, ``stride``, ``corner``, ``count``,
    ``digit``, ``V``, ``v``, ``U``: as the module says.
    """
    for s in range(shape[j]):
        V[j, p, s] = V[j, q, s] + share * (V[j, p, s] - V[j, q, s])
    shift = (q - p) * stride[j]
    for i in range(shape.size):
        if i == j:
            continue
        for c in range(count[i]):
            k = corner[i, c]
            if digit[j, k] == p:
                for t in range(shape[i]):
                    at = k + t * stride[i]
                    U[i, at] = U[i, at + shift] + share * (U[i, at] - U[i, at + shift])


@part()
def pull(shape, stride, corner, count, digit, j, g, keep, V, v, U):  # type: ignore[no-untyped-def]
    """Move every vertex ``p`` of player ``j`` but ``g`` towards ``g``.

    To the share ``keep[p]`` of its distance. ``shape``, ``stride``, ``corner``, ``count``,
    ``digit``, ``V``, ``v``, ``U``: as the module says.
    """
    for p in range(v[j]):
        if p != g:
            for s in range(shape[j]):
                V[j, p, s] = V[j, g, s] + keep[p] * (V[j, p, s] - V[j, g, s])
    step = stride[j]
    for i in range(shape.size):
        if i == j:
            continue
        for c in range(count[i]):
            k = corner[i, c]
            if digit[j, k] == g:
                for t in range(shape[i]):
                    at = k + t * stride[i]
                    for p in range(v[j]):
                        to = at + (p - g) * step
                        if p != g:
                            U[i, to] = U[i, at] + keep[p] * (U[i, to] - U[i, at])


@part()
def edge_of(shape, V, j, p, q):  # type: ignore[no-untyped-def]
    """The length of an edge, in its greatest coordinate.

    The edge of player ``j`` from vertex ``p`` to vertex ``q``; ``shape``, ``V``: as the
    module says.
    """
    length = 0.0
    for s in range(shape[j]):
        length = max(length, abs(V[j, p, s] - V[j, q, s]))
    return length


@part()
def longest_edge(shape, V, v, j):  # type: ignore[no-untyped-def]
    """The length of player ``j``'s longest edge; 0 at a point.

    ``shape``, ``V``, ``v``: as the module says.
    """
    length = 0.0
    for p in range(v[j]):
        for q in range(p):
            length = max(length, edge_of(shape, V, j, p, q))
    return length


@part()
def _change(shape, stride, digit, corner, count, carrier, v, U, i, j, p, q):  # type: ignore[no-untyped-def]
    """How much player ``i``'s mean gains change between two vertices, squared.

    The change is from vertex ``q`` to vertex ``p`` of player ``j``.
    """
    used, total, square = 0, 0.0, 0.0
    for s in range(shape[i]):
        if carrier[i, s]:
            change = 0.0
            for c in range(count[i]):
                at = corner[i, c] + s * stride[i]
                if digit[j, at] == p:
                    change += U[i, at] - U[i, at + (q - p) * stride[j]]
            change *= v[j] / count[i]
            used += 1
            total += change
            square += change * change
    return square - total * total / used


@part()
def telling_edge(shape, stride, digit, corner, count, carrier, V, v, U, least, over):  # type: ignore[no-untyped-def]
    """The edge on which gains change most, of those that are long: player, two vertices.

    An edge is long if it is as long as ``least`` and as its player's others.

    The first that will do is returned if ``over[0]`` is not 0: the time is over. ``shape``,
    ``stride``, ``digit``, ``corner``, ``count``, ``carrier``, ``V``, ``v``, ``U``: as the
    module says.
    """
    player = 0
    first = 0
    second = 0
    most = -1.0
    for j in range(shape.size):
        long = max(least, 0.99 * longest_edge(shape, V, v, j))
        for p in range(v[j]):
            for q in range(p):
                if edge_of(shape, V, j, p, q) < long:
                    continue
                if over[0] != 0:
                    return j, p, q
                change = 0.0
                for i in range(shape.size):
                    if i != j:
                        change += _change(
                            shape, stride, digit, corner, count, carrier, v, U, i, j, p, q
                        )
                if change > most:
                    player = j
                    first = p
                    second = q
                    most = change
    return player, first, second


@part()
def copy_cell(shape, v, V, U, B, v_to, V_to, U_to, B_to):  # type: ignore[no-untyped-def]
    """Copy a cell with all it carries.

    It is copied from ``v``, ``V``, ``U``, ``B`` to ``v_to``, ``V_to``, ``U_to``, ``B_to``;
    ``shape``: as the module says.
    """
    for i in range(shape.size):
        v_to[i] = v[i]
        for s in range(shape[i]):
            B_to[i, s] = B[i, s]
        for p in range(v[i]):
            for s in range(shape[i]):
                V_to[i, p, s] = V[i, p, s]
        for k in range(U.shape[1]):
            U_to[i, k] = U[i, k]
