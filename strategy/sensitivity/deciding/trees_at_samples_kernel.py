"""Backward induction at many samples, in floats with bounds on their errors.

The compiled form of deciding a tree by ``tree_induction`` at one place, which a test
compares; threads welcome.

At each node all continuations that some equilibrium has are kept, as a *row*: a leaf, or a
sum that chance makes of rows, with what it is worth to each player. Two worths further
apart than their bounds are told apart; closer ones count as equal only if they are one
polynomial, by whole-number coefficients; where neither is so and it matters, the sample is
in doubt.
"""

from __future__ import annotations

import numpy as np

from strategy.kernels import kernel, part

__all__ = ["MOST_MADE", "verdicts"]

MOST_MADE = 4096
"""Sums that chance may make at one sample; a sample with more is left in doubt."""
_DOUBT = 2


@part()
def _add_up(row, way, who, coefficients, work):  # type: ignore[no-untyped-def]
    """Add ``way`` times the polynomial that a row is worth to a player.

    Leaf by leaf, each weighted by its probability.
    """
    starts, monomials, wholes, _, _ = coefficients
    plays = starts.shape[0]
    _, part_begin, parts, stack, total = work
    top = 1
    stack[0] = row
    while top:
        top -= 1
        here = stack[top]
        if here < plays:
            for k in range(starts[here, who], starts[here, who + 1]):
                total[monomials[k]] += way * wholes[k]
            continue
        for k in range(part_begin[here - plays], part_begin[here - plays + 1]):
            stack[top] = parts[k]
            top += 1


@part()
def _same(a, b, who, coefficients, work):  # type: ignore[no-untyped-def]
    """Whether two rows are proved to be worth the same to a player.

    Wherever they are worth anything.
    """
    starts, _, _, forms, fits = coefficients
    if a == b:
        return True
    if a < starts.shape[0] and b < starts.shape[0] and forms[a, who] == forms[b, who]:
        return True
    if not fits[who]:
        return False
    total = work[4]
    total[:] = 0
    _add_up(a, 1, who, coefficients, work)
    _add_up(b, -1, who, coefficients, work)
    left = 0
    for k in range(total.size):
        left |= total[k]
    return left == 0


@part(forceinline=True)
def _compared(a, b, who, bound, coefficients, work):  # type: ignore[no-untyped-def]
    """The sign of what row a is worth to a player less what row b is, or ``_DOUBT``."""
    worth = work[0]
    gap = worth[a, who] - worth[b, who]
    if gap > bound:
        return 1
    if gap < -bound:
        return -1
    return 0 if _same(a, b, who, coefficients, work) else _DOUBT


@part(forceinline=True)
def _bar(node, tree, bound, coefficients, work, lists):  # type: ignore[no-untyped-def]
    """The row that a choice at a node must be worth no less than.

    The best of the worst of each action; -1 in doubt.
    """
    first, who = tree[0], tree[1][node]
    begin = lists[0]
    end = lists[1]
    item = lists[2]
    bar = -1
    for child in range(first[node], first[node + 1]):
        least = item[begin[child]]
        for k in range(begin[child] + 1, end[child]):
            sign = _compared(item[k], least, who, bound, coefficients, work)
            if sign == _DOUBT:
                return -1
            if sign < 0:
                least = item[k]
        if bar < 0:
            bar = least
            continue
        sign = _compared(least, bar, who, bound, coefficients, work)
        if sign == _DOUBT:
            return -1
        if sign > 0:
            bar = least
    return bar


@part(forceinline=True)
def _put(row, hit, miss, node, made, tree, bounds, coefficients, work, lists):  # type: ignore[no-untyped-def]
    """Put a continuation on a node's list.

    If one there is worth the same to all who move above, that one stands for it instead.
    """
    above, (begin, _, item, hits, misses) = tree[2], lists
    for k in range(begin[node], made):
        same = True
        for who in range(bounds.shape[1]):
            if (above[node] >> np.uint64(who)) & np.uint64(1):
                gap = abs(work[0][row, who] - work[0][item[k], who])
                if gap > 2 * bounds[node, who] or not _same(
                    row, item[k], who, coefficients, work
                ):
                    same = False
                    break
        if same:
            hits[k] |= hit
            misses[k] |= miss
            return made
    if made < item.size:
        item[made], hits[made], misses[made] = row, hit, miss
    return made + 1


@part(forceinline=True)
def _choose(node, made, tree, bounds, coefficients, work, lists):  # type: ignore[no-untyped-def]
    """The continuations that the mover may choose; how many are listed then, -1 in doubt."""
    first, who = tree[0], tree[1][node]
    begin, end, item, hits, misses = lists
    bound = 2 * bounds[node, who]
    bar = _bar(node, tree, bound, coefficients, work, lists)
    if bar < 0:
        return -1
    for child in range(first[node], first[node + 1]):
        for k in range(begin[child], end[child]):
            sign = _compared(item[k], bar, who, bound, coefficients, work)
            if sign == _DOUBT:
                return -1
            if sign >= 0:
                made = _put(
                    item[k],
                    hits[k],
                    misses[k],
                    node,
                    made,
                    tree,
                    bounds,
                    coefficients,
                    work,
                    lists,
                )
                if made >= item.size:
                    return -1
    return made


@part()
def _mix(node, made, used, law, alive, tree, bounds, coefficients, work, lists):  # type: ignore[no-untyped-def]
    """One continuation of each event that is not impossible, in every combination.

    Weighted; (listed then, rows used then).
    """
    first = tree[0]
    begin, end, item, hits, misses = lists
    worth, part_begin, parts, _, _ = work
    plays, low = coefficients[0].shape[0], first[node]
    combinations = 1
    for child in range(low, first[node + 1]):
        if alive[child - low]:
            combinations *= end[child] - begin[child]
            if combinations > MOST_MADE:
                return -1, used
    if used + combinations >= MOST_MADE:
        return -1, used
    for number in range(combinations):
        rest = number
        hit = False
        miss = False
        row = plays + used
        place = part_begin[used]
        worth[row] = 0.0
        for child in range(low, first[node + 1]):
            if not alive[child - low]:
                continue
            size = end[child] - begin[child]
            k = begin[child] + rest % size
            rest //= size
            if place + 1 >= parts.size:
                return -1, used
            parts[place] = item[k]
            place += 1
            hit |= hits[k]
            miss |= misses[k]
            for who in range(bounds.shape[1]):
                worth[row, who] += law[child - low] * worth[item[k], who]
        used += 1
        part_begin[used] = place
        made = _put(row, hit, miss, node, made, tree, bounds, coefficients, work, lists)
        if made >= item.size:
            return -1, used
    return made, used


@part()
def _only_play(values, tree, bounds, columns, chosen):  # type: ignore[no-untyped-def]
    """The play of the only equilibrium of a tree without chance.

    If every choice is told by more than the bounds; -1 where two continuations are worth
    the same, -2 in doubt.
    """
    first, mover, _, leaf, _ = tree
    for node in range(mover.size - 1, -1, -1):
        if mover[node] == -2:
            chosen[node] = leaf[node]
            continue
        who = mover[node]
        best = columns[chosen[first[node]], who]
        chosen[node] = chosen[first[node]]
        second, next_most = best, -np.inf
        for child in range(first[node] + 1, first[node + 1]):
            worth = columns[chosen[child], who]
            if values[worth] > values[best]:
                second, next_most = best, values[best]
                best = worth
                chosen[node] = chosen[child]
            elif values[worth] > next_most:
                second, next_most = worth, values[worth]
        if not values[best] - next_most > 2 * bounds[node, who]:
            return -1 if best == second else -2
    return chosen[0]


@kernel("verdicts on trees at many values", _nrt=False)
def verdicts(values, alive, tree, bounds, columns, mask, coefficients, work, lists, found):  # type: ignore[no-untyped-def]
    """For each sample whether the outcome happens in some equilibrium.

    Whether it fails to in some, and whether it is in doubt.

    ``values``: the payoffs' polynomials and after them the probabilities, (samples,
    polynomials); ``alive``: which probabilities are positive, (samples, probabilities);
    ``bounds``: on the error of a continuation's worth, (nodes, players); ``columns``: of
    each play's payoffs, (plays, players). ``work`` and ``lists`` are room.
    """
    _, mover, _, leaf, entry = tree
    worth, part_begin = work[0], work[1]
    begin, end, item, hits, misses = lists
    hit, miss, doubtful = found
    payoffs = values.shape[1] - alive.shape[1]
    for r in range(values.shape[0]):
        if alive.shape[1] == 0:
            only = _only_play(values[r], tree, bounds, columns, end)
            if only >= 0:
                hit[r] = mask[only]
                miss[r] = not mask[only]
            if only == -2:
                doubtful[r] = True
            if only != -1:
                continue
        made, used = 0, 0
        part_begin[0] = 0
        for node in range(mover.size - 1, -1, -1):
            begin[node] = made
            if mover[node] == -2:
                play = leaf[node]
                for who in range(columns.shape[1]):
                    worth[play, who] = values[r, columns[play, who]]
                if made < item.size:
                    item[made] = play
                    hits[made] = mask[play]
                    misses[made] = not mask[play]
                made += 1
            elif mover[node] >= 0:
                made = _choose(node, made, tree, bounds, coefficients, work, lists)
            else:
                place = entry[node]
                made, used = _mix(
                    node,
                    made,
                    used,
                    values[r, payoffs + place :],
                    alive[r, place:],
                    tree,
                    bounds,
                    coefficients,
                    work,
                    lists,
                )
            if made < 0 or made > item.size:
                doubtful[r] = True
                break
            end[node] = made
        if doubtful[r]:
            continue
        for k in range(begin[0], end[0]):
            hit[r] |= hits[k]
            miss[r] |= misses[k]
