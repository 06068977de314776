"""The same backward induction as ``_induction.induce`` for machine numbers, compiled; used for large trees."""

from __future__ import annotations

from typing import Any

import attrs
import numba
import numpy as np
from numpy.typing import NDArray

from strategy.forms.extensive import ExtensiveForm
from strategy.forms.profiles import PureProfile
from strategy.solvers._induction import Classes, Listing, TooManyClasses

__all__ = ["Profiles", "induce_compiled"]


@numba.njit(cache=True)
def _relevant(first, mover, players):  # type: ignore[no-untyped-def]
    """For each node a bit mask of the players who move above it."""
    above = np.zeros(mover.size, dtype=np.uint64)
    for node in range(mover.size):
        if mover[node] == -2:
            continue
        mask = above[node]
        if mover[node] >= 0:
            mask |= np.uint64(1) << np.uint64(mover[node])
        for child in range(first[node], first[node + 1]):
            above[child] = mask
    return above


@numba.njit(cache=True)
def _grown(array, needed):  # type: ignore[no-untyped-def]
    bigger = np.empty(max(needed, 2 * array.size), dtype=array.dtype)
    bigger[: array.size] = array
    return bigger


@numba.njit(cache=True)
def _grown_rows(array, needed):  # type: ignore[no-untyped-def]
    bigger = np.empty((max(needed, 2 * array.shape[0]), array.shape[1]), dtype=array.dtype)
    bigger[: array.shape[0]] = array
    return bigger


@numba.njit(cache=True)
def _induce(first, mover, above, alive, leaf, budget):  # type: ignore[no-untyped-def]
    """Classes from the last node to the first. A class's values are a row of ``rows``: its play's payoffs, or a sum made by
    chance."""
    count, players = mover.size, leaf.shape[1]
    begin = np.zeros(count, dtype=np.int32)
    end = np.zeros(count, dtype=np.int32)
    row = np.zeros(count + 64, dtype=np.int32)
    link_begin = np.zeros(count + 65, dtype=np.int32)
    links = np.zeros(count + 64, dtype=np.int32)
    rows = leaf
    used, made, linked, play = leaf.shape[0], 0, 0, leaf.shape[0]
    parts = np.zeros(64, dtype=np.int32)
    totals = np.zeros((64, players), dtype=leaf.dtype)
    one = np.zeros(1, dtype=np.int64)
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
                    if rows[row[k], who] >= bar:
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
                        return 1, begin, end, rows, row, link_begin, links
            if found * width > parts.size:
                parts = _grown(parts, found * width)
            if used + found > rows.shape[0]:
                rows = _grown_rows(rows, used + found)
            for j in range(found):
                rest, place = j, 0
                for i in range(players):
                    rows[used + j, i] = 0
                for child in range(low, high):
                    if alive[child]:
                        size = end[child] - begin[child]
                        k = begin[child] + rest % size
                        rest //= size
                        parts[j * width + place] = k
                        place += 1
                        for i in range(players):
                            rows[used + j, i] += rows[row[k], i]
        if linked + found * width > links.size:
            if linked + found * width > budget:
                return 1, begin, end, rows, row, link_begin, links
            links = _grown(links, linked + found * width)
        # Group rows equal for those who move above: sort, then walk through runs of equal rows.
        order = one
        if found > 1:
            if found > totals.shape[0]:
                totals = _grown_rows(totals, found)
            for j in range(found):
                source = row[parts[j]] if who >= 0 else used + j
                for i in range(players):
                    totals[j, i] = rows[source, i]
            order = np.arange(found)
            for i in range(players - 1, -1, -1):
                if (mask >> np.uint64(i)) & np.uint64(1):
                    order = order[np.argsort(totals[order, i], kind="mergesort")]
        for j in range(found):
            here = order[j]
            same = j > 0
            if same:
                for i in range(players):
                    if (mask >> np.uint64(i)) & np.uint64(1) and totals[here, i] != totals[order[j - 1], i]:
                        same = False
                        break
            if not same:
                if made + 2 >= row.size:
                    row = _grown(row, made + 3)
                    link_begin = _grown(link_begin, made + 3)
                row[made] = row[parts[here]] if who >= 0 else used + here
                made += 1
            for place in range(width):
                links[linked] = parts[here * width + place]
                linked += 1
            link_begin[made] = linked
        if who == -1:
            used += found
        end[node] = made
    return 0, begin, end, rows[:used], row[:made], link_begin[: made + 1], links[:linked]


@attrs.frozen(eq=False)
class Rows:
    """The values of each class, kept as a number of a row."""

    rows: NDArray[Any]
    row: NDArray[np.int32]

    def __getitem__(self, k: int) -> NDArray[Any]:
        return self.rows[self.row[k]]  # type: ignore[no-any-return]

    def __len__(self) -> int:
        return len(self.row)


def induce_compiled(form: ExtensiveForm, alive: NDArray[np.bool_], leaf: NDArray[Any], budget: int) -> Classes:
    """Continuation classes of a large tree; ``leaf`` is (plays, players) int64 or float64. At most 64 players.

    Raises TooManyClasses if more than ``budget`` links would be needed.
    """
    above = _relevant(form.first, form.mover, len(form.players))
    outcome, begin, end, rows, row, link_begin, links = _induce(
        form.first, form.mover, above, alive, leaf, min(max(budget, 2 * form.node_count), 2**31 - 2)
    )
    if outcome:
        raise TooManyClasses
    return Classes(begin, end, Rows(rows, row), link_begin[:-1], link_begin[1:], links)


@numba.njit(cache=True)
def _single(first, mover, alive, begin, end, rows, row, link_begin, links):  # type: ignore[no-untyped-def]
    """Which classes stand for one profile only: no tie anywhere below, and one way for everyone left aside."""
    single = np.zeros(row.size, dtype=np.bool_)
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
                        alone = alone and end[child] - begin[child] == 1 and single[begin[child]]
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
    return single


def single_classes(listing: Listing) -> NDArray[np.bool_]:
    """Which classes stand for a single profile, so that counting need not look below them."""
    form, classes = listing.form, listing.classes
    values = classes.values
    starts = np.append(classes.link_begin, classes.link_end[-1])
    return _single(  # type: ignore[no-any-return]
        form.first, form.mover, listing.alive, classes.begin, classes.end, values.rows, values.row, starts, classes.links
    )


@numba.njit(cache=True)
def _choose(first, mover, infoset, alive, begin, end, rows, row, link_begin, links, root_class, chosen_link, sets):  # type: ignore[no-untyped-def]
    """Top down: the class of every node (as linked, else the first that is allowed) and the action taken there."""
    count = mover.size
    choices = np.zeros(sets, dtype=np.int32)
    k_of = np.full(count, -1, dtype=np.int32)
    k_of[0] = root_class
    for node in range(count):
        who = mover[node]
        if who == -2:
            continue
        k = k_of[node]
        place = chosen_link[node] if chosen_link[node] >= 0 else link_begin[k]
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
    return choices, k_of


class Profiles:
    """One profile behind each distribution over plays, as changes to the profile behind the first one asked for."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.base: NDArray[np.int32] | None = None

    def profile(self, chosen: dict[int, list[int]]) -> PureProfile:
        """A profile whose way from the root is ``chosen``: class -> link."""
        way = {self.listing.owner(k): (k, link) for k, link in chosen.items() if link}
        if self.base is None:
            return self._first(way)
        changes: dict[int, int] = {}
        form, classes = self.listing.form, self.listing.classes
        stack = [(0, way[0][0] if way else int(self.classes_of[0]))]
        while stack:
            node, k = stack.pop()
            if form.mover[node] == -2 or (node not in way and k == self.classes_of[node] and node not in self.way):
                continue
            link = way[node][1] if node in way else self.listing.links(k)[0]
            first = int(form.first[node])
            parts = dict(zip([self.listing.owner(part) for part in link], link, strict=True))
            if form.mover[node] >= 0:
                (taken,) = parts
                if self.base[form.infoset[node]] != taken - first:
                    changes[int(form.infoset[node])] = taken - first
                for child in self.listing.children(node):
                    stack.append((child, parts[child] if child == taken else self.listing.allowed(node, child, parts[taken])[0]))
            else:
                stack.extend([(child, parts.get(child, int(classes.begin[child]))) for child in self.listing.children(node)])
        return PureProfile(form, self.base, changes)

    def _first(self, way: dict[int, tuple[int, list[int]]]) -> PureProfile:
        form, classes = self.listing.form, self.listing.classes
        chosen_link = np.full(form.node_count, -1, dtype=np.int64)
        for node, (k, link) in way.items():
            chosen_link[node] = int(classes.link_begin[k]) + self.listing.links(k).index(link) * len(link)
        root = way[0][0] if way else int(classes.begin[0])
        self.base, self.classes_of = _choose(
            form.first, form.mover, form.infoset, self.listing.alive, classes.begin, classes.end, classes.values.rows,
            classes.values.row, classes.link_begin, classes.links, root, chosen_link, len(form.infoset_nodes),
        )  # fmt: skip
        self.base.flags.writeable = False
        # Nodes on the way of the base may have taken another link than the first.
        self.way = frozenset(way)
        return PureProfile(form, self.base)
