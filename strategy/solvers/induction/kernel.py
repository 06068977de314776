"""The compiled form of ``solvers.induction.ties.induce``, for machine numbers.

The same classes in the same order, which a test compares.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.forms.extensive import ExtensiveForm
from strategy.kernels import Kernel, kernel, part
from strategy.solvers.induction.classes import Classes, TooManyClasses

__all__ = ["first_profile", "induce_compiled", "induction", "worth_loading"]

LARGE = 5_000  # nodes of a tree that compiled code is loaded for at once

_LAST, _DONE = -1, -2  # in place of the next row of a class


@kernel("who moves above each node of a tree", _nrt=False)
def _relevant(first, mover, above):  # type: ignore[no-untyped-def]
    """For each node a bit mask of the players who move above it.

    ``above`` begins with zeros.
    """
    for node in range(mover.size):
        if mover[node] == -2:
            continue
        mask = above[node]
        if mover[node] >= 0:
            mask |= np.uint64(1) << np.uint64(mover[node])
        for child in range(first[node], first[node + 1]):
            above[child] = mask


@part(_nrt=True)
def _grown(array, needed):  # type: ignore[no-untyped-def]
    bigger = np.empty(max(needed, 2 * array.size), array.dtype)
    for k in range(array.size):
        bigger[k] = array[k]
    return bigger


@part(_nrt=True)
def _grown_rows(array, needed):  # type: ignore[no-untyped-def]
    bigger = np.empty((max(needed, 2 * array.shape[0]), array.shape[1]), array.dtype)
    for k in range(array.shape[0]):
        for i in range(array.shape[1]):
            bigger[k, i] = array[k, i]
    return bigger


@part()
def _least_first(totals, mask, order, spare, count):  # type: ignore[no-untyped-def]
    """Put ``order`` in the order of the rows of ``totals``.

    As far as ``mask`` says that columns count: merging, bottom up.
    """
    for j in range(count):
        order[j] = j
    width = 1
    while width < count:
        for j in range(0, count, 2 * width):
            a, b = j, j + width
            middle, end = min(b, count), min(b + width, count)
            for place in range(j, end):
                left = b >= end
                if not left and a < middle:
                    left = True
                    for i in range(totals.shape[1]):
                        if (mask >> np.uint64(i)) & np.uint64(1) and totals[
                            order[a], i
                        ] != totals[order[b], i]:
                            left = totals[order[a], i] < totals[order[b], i]
                            break
                if left:
                    spare[place] = order[a]
                    a += 1
                else:
                    spare[place] = order[b]
                    b += 1
        for j in range(count):
            order[j] = spare[j]
        width *= 2


@kernel("backward induction")
def induction(  # type: ignore[no-untyped-def]
    first, mover, above, alive, leaf, budget, first_only, begin, end, row, link_begin, links,
    parts, totals, order, spare
):  # fmt: skip
    """Classes from the last node to the first.

    A class's values are a row of ``rows``: its play's payoffs, or a sum made by chance. The
    arrays after the budget are replaced by larger ones as needed.
    """
    count, players = mover.size, leaf.shape[1]
    rows = leaf
    used = leaf.shape[0]
    made = 0
    linked = 0
    play = leaf.shape[0]
    link_begin[0] = 0
    for node in range(count - 1, -1, -1):
        who = mover[node]
        begin[node] = made
        if made + 2 >= row.size:
            row = _grown(row, made + 3)
            link_begin = _grown(link_begin, made + 3)
        if who == -2:
            play -= 1
            row[made] = play
            made += 1
            link_begin[made] = linked
            end[node] = made
            continue
        mask = above[node]
        low, high = first[node], first[node + 1]
        width = 1
        found = 0
        if who >= 0:
            bar = rows[row[begin[low]], who]
            for child in range(low, high):
                least = rows[row[begin[child]], who]
                for k in range(begin[child] + 1, end[child]):
                    least = min(least, rows[row[k], who])
                bar = least if child == low else max(bar, least)
            for child in range(low, high):
                for k in range(begin[child], end[child]):
                    if rows[row[k], who] >= bar and not (first_only and found):
                        if found >= parts.size:
                            parts = _grown(parts, found + 1)
                        parts[found] = k
                        found += 1
        else:
            width = 0
            found = 1
            for child in range(low, high):
                if alive[child]:
                    width += 1
                    found *= end[child] - begin[child]
                    if found * width > budget:
                        return 1, rows, row, link_begin, links, made, linked
            if found * width > parts.size:
                parts = _grown(parts, found * width)
            if used + found > rows.shape[0]:
                rows = _grown_rows(rows, used + found)
            for j in range(found):
                rest, place = j, (j + 1) * width
                for i in range(players):
                    rows[used + j, i] = 0
                for child in range(high - 1, low - 1, -1):  # the last one changes fastest
                    if alive[child]:
                        size = end[child] - begin[child]
                        k = begin[child] + rest % size
                        rest //= size
                        place -= 1
                        parts[place] = k
                        for i in range(players):
                            rows[used + j, i] += rows[row[k], i]
        if linked + found * width > budget:
            return 1, rows, row, link_begin, links, made, linked
        if linked + found * width > links.size:
            links = _grown(links, linked + found * width)
        # Group rows equal for those who move above: sort, then chain runs of equal rows
        # (``spare`` says what comes next), so that classes come in the order of their first
        # rows.
        if found > totals.shape[0]:
            totals = _grown_rows(totals, found)
            order, spare = _grown(order, found), _grown(spare, found)
        order[0] = 0
        if found > 1:
            for j in range(found):
                source = row[parts[j]] if who >= 0 else used + j
                for i in range(players):
                    totals[j, i] = rows[source, i]
            _least_first(totals, mask, order, spare, found)
        for j in range(found):
            here = order[j]
            spare[here] = _LAST
            same = j > 0
            if same:
                for i in range(players):
                    if (mask >> np.uint64(i)) & np.uint64(1) and totals[here, i] != totals[
                        order[j - 1], i
                    ]:
                        same = False
                        break
            if same:
                spare[order[j - 1]] = here
        for j in range(found):
            if spare[j] == _DONE:
                continue
            if made + 2 >= row.size:
                row = _grown(row, made + 3)
                link_begin = _grown(link_begin, made + 3)
            row[made] = row[parts[j]] if who >= 0 else used + j
            made += 1
            here = j
            while here != _LAST:
                for place in range(width):
                    links[linked] = parts[here * width + place]
                    linked += 1
                following = spare[here]
                spare[here] = _DONE
                here = following
            link_begin[made] = linked
        if who == -1:
            used += found
        end[node] = made
    return 0, rows, row, link_begin, links, made, linked


def worth_loading(work: Kernel, form: ExtensiveForm) -> bool:
    """Whether a kernel had better do its work on a tree.

    On a large one, and on any once plain code has taken as long as loading the kernel does.
    ``form``: of the tree.
    """
    return form.node_count >= LARGE or work.due()


@attrs.frozen(eq=False)
class ClassRows:
    """The values of each class, kept as a number of a row."""

    rows: NDArray[Any]
    row: NDArray[np.int32]

    def __getitem__(self, k: int) -> NDArray[Any]:
        return self.rows[self.row[k]]  # type: ignore[no-any-return]

    def __len__(self) -> int:
        return len(self.row)


def induce_compiled(
    form: ExtensiveForm,
    alive: NDArray[np.bool_],
    leaf: NDArray[Any],
    budget: int,
    first_only: bool = False,
) -> Classes:
    """Continuation classes, as ``induce`` finds them and in the same order.

    ``leaf`` is (plays, players), int64, or float64 if there is no chance. At most 64
    players.

    ``form``: of the tree; ``alive``: for each node, whether its parent can lead to it.

    Raises TooManyClasses if more than ``budget`` links would be needed.
    """
    if leaf.dtype != np.int64:
        leaf = _in_order(leaf)
    count, room = form.node_count, np.int32
    above = np.zeros(count, dtype=np.uint64)
    first, mover = _read(form.first, form.mover)
    _relevant(first, mover, above)
    begin: Any = np.zeros(count, dtype=room)
    end: Any = np.zeros(count, dtype=room)
    outcome, rows, row, link_begin, links, made, linked = induction(
        first, mover, above, alive, leaf, min(budget, 2**31 - 2), first_only, begin,
        end,
        np.empty(count + 64, dtype=room), np.empty(count + 65, dtype=room), np.empty(count + 64,
        dtype=room),
        np.empty(64, dtype=room), np.empty((64, leaf.shape[1]), dtype=leaf.dtype), *np.empty((2,
        64), dtype=np.int64),
    )  # fmt: skip
    if outcome:
        raise TooManyClasses
    return Classes(
        begin,
        end,
        ClassRows(rows, row[:made]),
        link_begin[:made],
        link_begin[1 : made + 1],
        links[:linked],
    )


def _read(*arrays: NDArray[Any]) -> list[NDArray[Any]]:
    """The arrays as those that are not written to, which those of a copied tree might be.

    Kernels are compiled for one kind.
    """
    views = [array.view() for array in arrays]
    for view in views:
        view.flags.writeable = False
    return views


def _in_order(floats: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole numbers in the same order, so that one kernel does for both.

    The bits of floats, where those below zero count downwards.
    """
    bits = (floats + 0.0).view(np.int64)  # -0.0 becomes 0.0
    return np.where(bits < 0, bits ^ np.int64(2**63 - 1), bits)


@kernel("the parts of a tree without ties", _nrt=False)
def without_ties(first, mover, alive, begin, end, rows, row, link_begin, links, single):  # type: ignore[no-untyped-def]
    """Which classes stand for one profile only.

    No tie anywhere below, and one way for everyone left aside. ``first``, ``mover``: of the
    form; ``alive``: for each node, whether its parent can lead to it; ``begin``, ``end``,
    ``rows``, ``row``, ``link_begin``, ``links``: as ``induction`` makes them; ``single``:
    what is written.
    """
    for node in range(mover.size - 1, -1, -1):
        who = mover[node]
        low, high = first[node], first[node + 1]
        for k in range(begin[node], end[node]):
            if who == -2:
                single[k] = True
                continue
            width = 1
            if who == -1:
                width = 0
                for child in range(low, high):
                    width += alive[child]
            if link_begin[k + 1] - link_begin[k] != width:
                continue
            alone = True
            for place in range(link_begin[k], link_begin[k + 1]):
                alone = alone and single[links[place]]
            for child in range(low, high):
                if who == -1:
                    if not alive[child]:
                        alone = (
                            alone
                            and end[child] - begin[child] == 1
                            and single[begin[child]]
                        )
                    continue
                taken = links[link_begin[k]]
                if begin[child] <= taken < end[child]:
                    continue
                ways = 0
                for other in range(begin[child], end[child]):
                    if rows[row[other], who] <= rows[row[taken], who]:
                        ways += 1
                        alone = alone and single[other]
                alone = alone and ways == 1
            single[k] = alone


def single_classes(listing: Any) -> NDArray[np.bool_] | None:
    """Which classes stand for a single profile, so that counting need not look below them.

    The result is None where that is not worth knowing, or where classes were made in plain
    Python. ``listing``: of the continuations.
    """
    if not (
        isinstance(listing.classes.values, ClassRows)
        and worth_loading(without_ties, listing.form)
    ):
        return None
    form, classes = listing.form, listing.classes
    values = classes.values
    starts = np.append(classes.link_begin, classes.link_end[-1])
    single = np.zeros(len(values), dtype=np.bool_)
    without_ties(
        *_read(form.first, form.mover),
        listing.alive,
        classes.begin,
        classes.end,
        values.rows,
        values.row,
        starts,
        classes.links,
        single,
    )
    return single


@kernel("the first equilibrium of a tree", _nrt=False)
def _choose(  # type: ignore[no-untyped-def]
    first, mover, infoset, alive, begin, end, rows, row, link_begin, links, choices, k_of
):
    """Top down from the root's class.

    That of every node (as first linked, else the first that is allowed), the action there.
    """
    for node in range(mover.size):
        who = mover[node]
        if who == -2:
            continue
        k = k_of[node]
        place = link_begin[k]
        low, high = first[node], first[node + 1]
        if who == -1:
            for child in range(low, high):
                if alive[child]:
                    k_of[child] = links[place]
                    place += 1
                else:
                    k_of[child] = begin[child]
            continue
        taken = links[place]
        for child in range(low, high):
            if begin[child] <= taken < end[child]:
                k_of[child] = taken
                choices[infoset[node]] = child - low
            else:
                for other in range(begin[child], end[child]):
                    if rows[row[other], who] <= rows[row[taken], who]:
                        k_of[child] = other
                        break


def first_profile(listing: Any) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The action numbers of the first profile at all information sets.

    With them comes, for each node, the class that it is in. ``listing``: of the
    continuations.
    """
    form, classes = listing.form, listing.classes
    choices = np.zeros(len(form.infoset_nodes), dtype=np.int32)
    kinds = np.full(form.node_count, -1, dtype=np.int32)
    kinds[0] = classes.begin[0]
    _choose(
        *_read(form.first, form.mover, form.infoset), listing.alive, classes.begin, classes.end,
        classes.values.rows, classes.values.row,
        classes.link_begin, classes.links, choices, kinds,
    )  # fmt: skip
    return choices, kinds
