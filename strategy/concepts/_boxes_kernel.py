"""Compiled proof that boxes around profiles in floats hold one equilibrium each.

Exactly one, by Krawczyk's test with a-priori bounds.

Payoffs are scaled to [0, 1] for each player, each float within one rounding of the exact
payoff. A box is a centre, whose weights of all actions in use but each player's first are
taken as the rationals that these floats are (the first action has what they leave), and a
radius. Floats only ever compute means of payoff differences, which lie in [-1, 1], so a
bound on what all roundings can do together is known beforehand: ``error`` below. Over a box
no mean differs from that at the centre by more than ``_drift`` (how far apart two products
of distributions can be, in sum), which bounds the slopes over it without intervals.
"""

from __future__ import annotations

from strategy.concepts._box_verdicts import HOLDS, NOT, OPEN
from strategy.kernels import kernel, part
from strategy.kernels.elimination import invert

__all__ = ["examine"]

ROUNDING = 2.0**-53
NEGATIVE = -1e-6
"""Centres with a weight below this are left open: the bounds count on the weights' absolute
values summing to nearly 1."""
FAR = 1.0
"""Stands for a distance that is not bounded."""
SAFE = 1.0 + 1e-6
"""Covers the rounding in the computation of the bounds themselves, which are sums and
products of positive numbers."""


@part()
def _first(used, j):  # type: ignore[no-untyped-def]
    """The first action that a player uses."""
    s = 0
    while not used[j, s]:
        s += 1
    return s


@part()
def _others(shape, stride, used, centre, player, other, off, weights):  # type: ignore[no-untyped-def]
    """Flat offsets and probabilities of the profiles of all but two players.

    If ``other`` < 0, they are of all but one. It returns how many there are.
    """
    made = 1
    off[0], weights[0] = 0, 1.0
    for j in range(shape.size):
        if j == player or j == other:  # noqa: SIM109 - slower as a tuple when compiled
            continue
        before, first = made, _first(used, j)
        for s in range(first + 1, shape[j]):
            if used[j, s]:
                for k in range(before):
                    off[made] = off[k] + s * stride[j]
                    weights[made] = weights[k] * centre[j, s]
                    made += 1
        for k in range(before):
            off[k] += first * stride[j]
            weights[k] *= centre[j, first]
    return made


@part()
def _ahead(stride, base, player, first, s, shift, made, off, weights):  # type: ignore[no-untyped-def]
    """The mean of what action ``s`` pays more than action ``first``.

    It is taken at ``shift`` from the offsets.
    """
    total = 0.0
    for k in range(made):
        at = off[k] + shift
        total += weights[k] * (
            base[player, at + s * stride[player]]
            - base[player, at + first * stride[player]]
        )
    return total


@part()
def _complete(shape, used, centre):  # type: ignore[no-untyped-def]
    """Give the first action in use what the others leave.

    How many weights are free, and how many pure profiles are in use.
    """
    free, profiles = 0, 1
    for j in range(shape.size):
        first = _first(used, j)
        rest, count = 1.0, 1
        for s in range(shape[j]):
            if s == first:
                continue
            if used[j, s]:
                rest -= centre[j, s]
                count += 1
            else:
                centre[j, s] = 0.0
        centre[j, first] = rest
        free += count - 1
        profiles *= count
    return free, profiles


@part()
def _equations(shape, stride, base, used, centre, off, weights, F, J):  # type: ignore[no-untyped-def]
    """Gains over the first actions in use, and their slopes in the free weights."""
    row = 0
    for i in range(shape.size):
        first = _first(used, i)
        column = 0
        rows = 0
        for s in range(first + 1, shape[i]):
            if used[i, s]:
                F[row + rows] = 0.0
                rows += 1
        known = False
        for j in range(shape.size):
            lead, columns = _first(used, j), 0
            for t in range(lead + 1, shape[j]):
                columns += used[j, t]
            if i == j:
                for a in range(rows):
                    for b in range(columns):
                        J[row + a, column + b] = 0.0
            elif rows > 0 and columns > 0:
                made = _others(shape, stride, used, centre, i, j, off, weights)
                a = row
                for s in range(first + 1, shape[i]):
                    if not used[i, s]:
                        continue
                    at_lead = _ahead(
                        stride, base, i, first, s, lead * stride[j], made, off, weights
                    )
                    total = centre[j, lead] * at_lead
                    b = column
                    for t in range(lead + 1, shape[j]):
                        if used[j, t]:
                            value = _ahead(
                                stride, base, i, first, s, t * stride[j], made, off, weights
                            )
                            J[a, b] = value - at_lead
                            total += centre[j, t] * value
                            b += 1
                    if not known:
                        F[a] = total
                    a += 1
                known = True
            column += columns
        row += rows


@part()
def _step(shape, used, centre, size, F, Y):  # type: ignore[no-untyped-def]
    """One step of Newton's method; how far it goes."""
    u, moved = 0, 0.0
    for j in range(shape.size):
        for s in range(_first(used, j) + 1, shape[j]):
            if used[j, s]:
                shift = 0.0
                for b in range(size):
                    shift += Y[u, b] * F[b]
                centre[j, s] -= shift
                moved = max(moved, abs(shift))
                u += 1
    return moved


@part()
def _drift(shape, used, radius):  # type: ignore[no-untyped-def]
    """How far apart in sum two products of distributions can be within a radius.

    The product of all 1 + 2 k r, less 1.
    """
    total = 0.0
    for j in range(shape.size):
        count = 0
        for s in range(shape[j]):
            count += used[j, s]
        total += 2.0 * (count - 1) * radius
    return 1.01 * total * (1.0 + total) if total < 0.5 else FAR


@part()
def _one_root(size, F, J, Y, error, drift, radius):  # type: ignore[no-untyped-def]
    """How far from the centre the one root in the box is at most.

    -1 if it is not proved that there is exactly one, or that it is nearer to the centre
    than a quarter of the radius.
    """
    norm, far = 0.0, 0.0
    if not drift < FAR:
        return -1.0
    for a in range(size):
        sizes, off, step, length = 0.0, 0.0, 0.0, 0.0
        for c in range(size):
            sizes += abs(Y[a, c])
            step += Y[a, c] * F[c]
            length += abs(Y[a, c] * F[c])
        for b in range(size):
            entry = -1.0 if a == b else 0.0
            for c in range(size):
                entry += Y[a, c] * J[c, b]
            off += abs(entry)
        # Slopes lie in [-2, 2]: they are off by 3 errors, change by 2 drifts, and the sums
        # above add their own roundings.
        off += size * sizes * (3.0 * error + 2.0 * drift + 4.0 * (size + 2) * ROUNDING)
        step = abs(step) + sizes * error + 2.0 * (size + 2) * ROUNDING * length
        # here, for a maximum forgets what is not a number
        if not (off < 0.9 and step < radius):
            return -1.0
        norm, far = max(norm, off), max(far, step)
    norm, far = norm * SAFE, far * SAFE
    if not (norm < 0.9 and far + norm * radius < radius / SAFE):
        return -1.0
    within = SAFE * far / (1.0 - norm)
    return within if within <= 0.25 * radius else -1.0


@part()
def _weights_at(shape, used, centre, within):  # type: ignore[no-untyped-def]
    """HOLDS if all weights in use are positive at the root, NOT if one is negative."""
    verdict = HOLDS
    for j in range(shape.size):
        count, first = 0, _first(used, j)
        for s in range(shape[j]):
            count += used[j, s]
        for s in range(shape[j]):
            if not used[j, s] or count == 1:
                continue
            wide = (
                within
                if s != first
                else (count - 1) * within * SAFE + 2.0 * count * ROUNDING
            )
            if centre[j, s] + wide < 0.0:
                return NOT
            if not centre[j, s] - wide > 0.0:
                verdict = OPEN
    return verdict


@part()
def _unused_at(shape, stride, base, used, centre, slack, off, weights):  # type: ignore[no-untyped-def]
    """HOLDS if every action left out pays strictly less at the root, NOT if one pays more."""
    verdict = HOLDS
    for i in range(shape.size):
        first = _first(used, i)
        made = -1
        for s in range(shape[i]):
            if used[i, s]:
                continue
            if made < 0:
                made = _others(shape, stride, used, centre, i, -1, off, weights)
            gain = _ahead(stride, base, i, first, s, 0, made, off, weights)
            if gain > slack:
                return NOT
            if not gain < -slack:
                verdict = OPEN
    return verdict


@part()
def _one(shape, stride, base, used, centre, radius, steps, work):  # type: ignore[no-untyped-def]
    """The verdict on one box, its radius, and how far its root is from the centre at most.

    The radius is wider if the centre moved.
    """
    off, weights, F, J, A, Y = work
    size, profiles = _complete(shape, used, centre)
    moved, within = 0.0, 0.0
    if size > 0:
        _equations(shape, stride, base, used, centre, off, weights, F, J)
        if not invert(J, A, Y, size, 0.0):
            return OPEN, radius, within
        for _ in range(steps):
            shift = _step(shape, used, centre, size, F, Y)
            _complete(shape, used, centre)
            moved += shift
            if not moved < 1e-3:
                return OPEN, radius, within
            _equations(shape, stride, base, used, centre, off, weights, F, J)
            if not invert(J, A, Y, size, 0.0):
                return OPEN, radius, within
            if shift < 1e-14:
                break
    error = 2.0 * (profiles + shape.size + size + 8) * ROUNDING
    radius = max(radius, 2.0 * moved) if steps > 0 else radius
    for j in range(shape.size):
        for s in range(shape[j]):
            if not centre[j, s] >= NEGATIVE:
                return OPEN, radius, within
    if size > 0:
        within = _one_root(size, F, J, Y, error, _drift(shape, used, radius), radius)
        if within < 0.0:
            return OPEN, radius, within
    verdict = _weights_at(shape, used, centre, within)
    if verdict != HOLDS:
        return verdict, radius, within
    slack = (error + _drift(shape, used, within)) * SAFE
    return (
        _unused_at(shape, stride, base, used, centre, slack, off, weights),
        radius,
        within,
    )


@kernel("proofs that boxes hold one equilibrium", _nrt=False)
def examine(shape, stride, base, used, centres, radii, within, verdicts, steps, work):  # type: ignore[no-untyped-def]
    """For each box the verdict.

    HOLDS if it holds exactly one equilibrium with just these actions in use, NOT if exactly
    one solution of the indifference equations, which is not an equilibrium, and OPEN if
    neither is proved.

    ``used`` and ``centres``: shape (boxes, players, most actions); ``radii``: in every free
    weight. ``steps``: how often each centre is improved first by Newton's method; the box
    then grows with how far it moved. ``within``: how far from its centre the one root is at
    most.
    """
    for number in range(radii.size):
        verdicts[number], radii[number], within[number] = _one(
            shape, stride, base, used[number], centres[number], radii[number], steps, work
        )
