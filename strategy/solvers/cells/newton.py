"""Cells where every action in use has to be a best reply.

Indifference, preconditioned, and at most one solution of it.

In the weights of the vertices (``lam``, vertex 0 left out) indifference is a multilinear
system ``F = 0``. With ``Y`` the inverse of its Jacobian in the middle of the cell, ``Y F``
is multilinear too, so its values and slopes are bounded at the corners without interval
arithmetic. Values shrink the cell towards the solution or show that there is none; if the
slopes differ from the unit matrix by less than 1 in the maximum norm, there is at most one
solution, and it is found by iterating ``lam - Y F(lam)`` (Krawczyk's operator; R. B.
Kearfott, Rigorous Global Search, 1996, chapters 1 and 5). There may be more equations than
unknowns, where a sub-simplex is thinner than the face it lies in: the rows of the
elimination that are left over have constant linear parts, and a solution needs them to
vanish as well.
"""

from __future__ import annotations

from strategy.kernels import part
from strategy.solvers.cells.cells import longest_edge, squeeze
from strategy.solvers.cells.log import (
    INCONSISTENT,
    OUTSIDE,
    OVERFULL,
    ROOT as ROOT_NOTED,
    SQUEEZE,
    begun,
    down,
    note_equations,
)
from strategy.solvers.cells.pruning import EMPTY, SQUEEZED, UNCHANGED
from strategy.solvers.cells.shrinking import FINEST, LEAST, PROGRESS

__all__ = ["CLOSE", "ROOT", "newton"]

ROOT = 4
NOISE = 2e-12
"""Bound on the error of a difference of two payoffs at a corner of a cell, after some
thousands of operations."""
CLOSE = 1e-6
"""A root is handed over once every equilibrium of the cell is known to be nearer to it than
this in every weight."""


@part()
def _equations(shape, stride, digit, carrier, v, U, off, E):  # type: ignore[no-untyped-def]
    """Values of all indifference equations at all corners of the cell: ``E[b, k]``.

    Returns how many b and k there are.
    """
    corners = 1
    off[0] = 0
    for j in range(shape.size):
        before = corners
        for p in range(1, v[j]):
            for k in range(before):
                off[corners] = off[k] + p * stride[j]
                corners += 1
    equations = 0
    for i in range(shape.size):
        first = -1
        for s in range(shape[i]):
            if not carrier[i, s]:
                continue
            if first < 0:
                first = s
                continue
            for k in range(corners):
                at = off[k] - digit[i, off[k]] * stride[i]
                E[equations, k] = U[i, at + s * stride[i]] - U[i, at + first * stride[i]]
            equations += 1
    return equations, corners


@part()
def _jacobian(v, equations, corners, E, J):  # type: ignore[no-untyped-def]
    """Mean slopes over the cell, in ``J[b, u]``; the unit matrix beside them.

    Returns the number of unknowns.
    """
    unknowns, weight = 0, 1
    for j in range(v.size):
        for p in range(1, v[j]):
            for b in range(equations):
                total = 0.0
                for block in range(0, corners, weight * v[j]):
                    for k in range(block, block + weight):
                        total += E[b, k + p * weight] - E[b, k]
                J[b, unknowns] = total * v[j] / corners
            unknowns += 1
        weight *= v[j]
    for b in range(equations):
        for c in range(equations):
            J[b, unknowns + c] = 1.0 if b == c else 0.0
    return unknowns


@part()
def _eliminate(equations, unknowns, J, row_of):  # type: ignore[no-untyped-def]
    """Gauss-Jordan elimination with pivots from all rows.

    ``row_of[u]`` is unknown u's row, or -1. Returns the rank.
    """
    rank = 0
    width = unknowns + equations
    for u in range(unknowns):
        best, size = -1, 1e-9
        for b in range(rank, equations):
            if abs(J[b, u]) > size:
                best, size = b, abs(J[b, u])
        row_of[u] = -1
        if best < 0:
            continue
        for c in range(width):
            J[best, c], J[rank, c] = J[rank, c], J[best, c]
        pivot = J[rank, u]
        for c in range(width):
            J[rank, c] /= pivot
        for b in range(equations):
            factor = J[b, u]
            if b != rank and factor != 0.0:
                for c in range(width):
                    J[b, c] -= factor * J[rank, c]
        row_of[u] = rank
        rank += 1
    return rank


@part()
def _combine(equations, unknowns, corners, J, E, G, slack, over):  # type: ignore[no-untyped-def]
    """``G = Y E``, and in ``slack`` how far rounding may have put each row off.

    Whether it was done before the time was over.
    """
    for r in range(equations):
        if over[0] != 0:
            return False
        size = 0.0
        for k in range(corners):
            G[r, k] = 0.0
        for b in range(equations):
            y = J[r, unknowns + b]
            size += abs(y)
            if y != 0.0:
                for k in range(corners):
                    G[r, k] += y * E[b, k]
        slack[r] = size * NOISE
    return True


@part()
def _inconsistent(equations, corners, G, slack):  # type: ignore[no-untyped-def]
    """A row, of the unknowns' or left over, that vanishes nowhere in the cell.

    -1 if there is none.
    """
    for r in range(equations):
        low, high = G[r, 0], G[r, 0]
        for k in range(1, corners):
            low, high = min(low, G[r, k]), max(high, G[r, k])
        if low > slack[r] or high < -slack[r]:
            return r
    return -1


@part()
def _least_weights(v, j, first, weight, corners, G, slack, row_of, most, least):  # type: ignore[no-untyped-def]
    """Lower bounds for the weights of player ``j``'s vertices.

    Returns their sum, or 2 if there is no solution.
    """
    total = 0.0
    for target in range(v[j]):
        for p in range(v[j]):
            most[j, p] = -1e300
        extra = 0.0
        for block in range(0, corners, weight * v[j]):
            for k in range(block, block + weight * v[j]):
                value = 0.0
                if target > 0:
                    value = G[row_of[first + target - 1], k]
                else:
                    for u in range(first, first + v[j] - 1):
                        value -= G[row_of[u], k]
                p = (k - block) // weight
                if value > most[j, p]:
                    most[j, p] = value
        if target > 0:
            extra = slack[row_of[first + target - 1]]
        else:
            for u in range(first, first + v[j] - 1):
                extra += slack[row_of[u]]
        bad = -1e300
        for p in range(v[j]):
            if p != target:
                bad = max(bad, most[j, p] + extra)
        good = most[j, target] + extra
        least[target] = 0.0
        if bad < 0.0:
            if good < 0.0:
                return 2.0
            least[target] = -bad / (good - bad)
            total += least[target]
    return total


@part()
def _note_narrow(code, shape, row_of, least, v, j, first, to_note):  # type: ignore[no-untyped-def]
    carrier, equations, unknowns, J, log = to_note
    kept = v[j] if code == SQUEEZE else 0
    at = begun(log, code, j, equations, v[j] - 1, kept + (3 + v[j] - 1) * equations)
    for p in range(kept):
        log[at + p] = least[p]
    note_equations(
        log, at + kept, shape, carrier, equations, unknowns, J, first, v[j] - 1, row_of
    )


@part()
def _narrow(  # type: ignore[no-untyped-def]
    shape, stride, digit, corner, count, corners, G, slack, row_of, most, least, V, v, U, to_note
):  # fmt: skip
    """Squeeze every player's sub-simplex to the weights that a solution can have.

    ``to_note``: None, or what else a log needs: the carriers, how many equations and
    unknowns, ``J`` and the log itself.
    """
    done, first, weight = UNCHANGED, 0, 1
    for j in range(shape.size):
        pivoted = v[j] > 1
        for u in range(first, first + v[j] - 1):
            if row_of[u] < 0:
                pivoted = False
        if pivoted:
            total = _least_weights(
                v, j, first, weight, corners, G, slack, row_of, most, least
            )
            if total > 1.0 + 1e-9:
                if to_note is not None:
                    _note_narrow(OVERFULL, shape, row_of, least, v, j, first, to_note)
                return EMPTY
            edge = longest_edge(shape, V, v, j)
            if 1.0 - total <= PROGRESS and PROGRESS * edge > FINEST:
                rest = max(1.0 - total + 1e-9, LEAST, FINEST / edge)
                for p in range(v[j]):
                    least[p] *= (1.0 - rest) / total
                if to_note is not None:
                    rest = 1.0
                    for p in range(v[j]):
                        least[p] = down(least[p])
                        rest -= least[p]
                    _note_narrow(SQUEEZE, shape, row_of, least, v, j, first, to_note)
                squeeze(shape, stride, corner, count, digit, j, least, 1.0 - rest, V, v, U)
                done = SQUEEZED
        first += v[j] - 1
        weight *= v[j]
    return done


@part()
def _spread(v, unknowns, corners, G, slack, row_of, deviation):  # type: ignore[no-untyped-def]
    """The maximum norm of what the slopes of ``Y F`` differ from the unit matrix by.

    Row by row in ``deviation``.
    """
    norm = 0.0
    for r in range(unknowns):
        row = row_of[r]
        total = 0.0
        u, weight = 0, 1
        for j in range(v.size):
            for p in range(1, v[j]):
                wanted = 1.0 if u == r else 0.0
                most = 0.0
                for block in range(0, corners, weight * v[j]):
                    for k in range(block, block + weight):
                        most = max(most, abs(G[row, k + p * weight] - G[row, k] - wanted))
                total += most + 2.0 * slack[row]
                u += 1
            weight *= v[j]
        deviation[r] = total
        norm = max(norm, total)
    return norm


@part()
def _residual(v, unknowns, corners, G, row_of, lam, weights, step):  # type: ignore[no-untyped-def]
    """``step = Y F(lam)``; returns its greatest absolute entry."""
    made = 1
    weights[0] = 1.0
    for j in range(v.size):
        before = made
        for p in range(1, v[j]):
            for k in range(before):
                weights[made] = weights[k] * lam[j, p]
                made += 1
        for k in range(before):
            weights[k] *= lam[j, 0]
    size = 0.0
    for u in range(unknowns):
        total = 0.0
        for k in range(corners):
            total += weights[k] * G[row_of[u], k]
        step[u] = total
        size = max(size, abs(total))
    return size


@part()
def _iterate(v, unknowns, corners, G, row_of, lam, weights, step):  # type: ignore[no-untyped-def]
    """Solve ``Y F(lam) = 0`` from the middle of the cell."""
    for j in range(v.size):
        for p in range(v[j]):
            lam[j, p] = 1.0 / v[j]
    before = 1e300
    for _ in range(60):
        size = _residual(v, unknowns, corners, G, row_of, lam, weights, step)
        if size > 1e3 or (size < 1e-9 and size > 0.5 * before):
            break
        before = size
        u = 0
        for j in range(v.size):
            for p in range(1, v[j]):
                lam[j, p] -= step[u]
                lam[j, 0] += step[u]
                u += 1
        if size < 1e-15:
            break


@part()
def _clamp(v, lam):  # type: ignore[no-untyped-def]
    """Move ``lam`` into the cell."""
    for j in range(v.size):
        total = 0.0
        for p in range(v[j]):
            lam[j, p] = min(max(lam[j, p], 0.0), 1.0)
            total += lam[j, p]
        for p in range(v[j]):
            lam[j, p] /= total


@part()
def _outside(v, lam, step, deviation, reach, far):  # type: ignore[no-untyped-def]
    """Whether a solution within ``reach`` of ``lam`` has to lie outside the cell after all."""
    u = 0
    for j in range(v.size):
        base, width = lam[j, 0], 0.0
        for p in range(1, v[j]):
            at = lam[j, p] - step[u]
            spread = deviation[u] * reach + far
            if at + spread < 0.0 or at - spread > 1.0:
                return True
            base += step[u]
            width += spread
            u += 1
        if base + width < 0.0 or base - width > 1.0:
            return True
    return False


@part()
def _solve(  # type: ignore[no-untyped-def]
    shape, unknowns, corners, G, slack, row_of, deviation, norm, lam, weights, step, V, v
):
    """ROOT, with the weights in ``lam``, if every solution in the cell is near them.

    EMPTY if there is none. And how near.
    """
    _iterate(v, unknowns, corners, G, row_of, lam, weights, step)
    _clamp(v, lam)
    size = _residual(v, unknowns, corners, G, row_of, lam, weights, step)
    far = 0.0
    for u in range(unknowns):
        far = max(far, slack[row_of[u]])
    reach = (size + far) / (1.0 - norm)
    if _outside(v, lam, step, deviation, reach, far):
        return EMPTY, 0.0
    near = 0.0
    for j in range(shape.size):
        near = max(near, reach * (v[j] - 1) * longest_edge(shape, V, v, j))
    return (ROOT if near < CLOSE else UNCHANGED), near


@part()
def _note_inconsistent(shape, carrier, equations, unknowns, J, G, row, log):  # type: ignore[no-untyped-def]
    at = begun(log, INCONSISTENT, 1 if G[row, 0] > 0.0 else -1, equations, 1, 4 * equations)
    note_equations(log, at, shape, carrier, equations, unknowns, J, row, 1, None)


@part()
def _note_solved(found, shape, carrier, equations, unknowns, J, row_of, lam, v, log):  # type: ignore[no-untyped-def]
    code = ROOT_NOTED if found == ROOT else OUTSIDE
    at = begun(log, code, 0, equations, unknowns, unknowns + (3 + unknowns) * equations)
    for j in range(shape.size):
        for p in range(1, v[j]):
            log[at] = lam[j, p]
            at += 1
    note_equations(log, at, shape, carrier, equations, unknowns, J, 0, unknowns, row_of)


@part()
def newton(  # type: ignore[no-untyped-def]
    shape, stride, digit, corner, count, carrier, V, v, U, off, E, G, J, slack, row_of, deviation,
    lam, weights, step, most,
    least, over, log
):  # fmt: skip
    """UNCHANGED, SQUEEZED, EMPTY, or ROOT with its weights in ``lam``.

    The second result is how near every solution in the cell is to the root. ``most``,
    ``least``, ``over`` and ``log``: as in ``contract``; ``off``, ``E``, ``G``, ``J``,
    ``slack``, ``row_of``, ``deviation``, ``step``: room; ``shape``, ``stride``, ``digit``,
    ``corner``, ``count``, ``carrier``, ``V``, ``v``, ``U``: as in ``solvers.cells.cells``.
    """
    equations, corners = _equations(shape, stride, digit, carrier, v, U, off, E)
    unknowns = _jacobian(v, equations, corners, E, J)
    rank = _eliminate(equations, unknowns, J, row_of)
    if not _combine(equations, unknowns, corners, J, E, G, slack, over):
        return UNCHANGED, 0.0
    row = _inconsistent(equations, corners, G, slack)
    if row >= 0:
        if log is not None:
            _note_inconsistent(shape, carrier, equations, unknowns, J, G, row, log)
        return EMPTY, 0.0
    if rank == unknowns:
        norm = _spread(v, unknowns, corners, G, slack, row_of, deviation)
        if norm < 0.9:
            found, near = _solve(
                shape,
                unknowns,
                corners,
                G,
                slack,
                row_of,
                deviation,
                norm,
                lam,
                weights,
                step,
                V,
                v,
            )
            if found != UNCHANGED:
                if log is not None:
                    _note_solved(
                        found, shape, carrier, equations, unknowns, J, row_of, lam, v, log
                    )
                return found, near
    if log is None:
        return _narrow(
            shape,
            stride,
            digit,
            corner,
            count,
            corners,
            G,
            slack,
            row_of,
            most,
            least,
            V,
            v,
            U,
            None,
        ), 0.0
    to_note = (carrier, equations, unknowns, J, log)
    return _narrow(
        shape,
        stride,
        digit,
        corner,
        count,
        corners,
        G,
        slack,
        row_of,
        most,
        least,
        V,
        v,
        U,
        to_note,
    ), 0.0
