"""The same backward induction as ``_induction.induce`` for machine numbers, compiled; used for large trees."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from strategy.forms.extensive import ExtensiveForm
from strategy.solvers._induction import Classes, TooManyClasses

__all__ = ["first_profile", "induce_compiled"]


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
    count, players = mover.size, leaf.shape[1]
    begin = np.zeros(count, dtype=np.int64)
    end = np.zeros(count, dtype=np.int64)
    values = np.zeros((count + 64, players), dtype=leaf.dtype)
    link_begin = np.zeros(count + 64, dtype=np.int64)
    link_end = np.zeros(count + 64, dtype=np.int64)
    links = np.zeros(count + 64, dtype=np.int64)
    made, linked, play = 0, 0, leaf.shape[0]
    parts = np.zeros(64, dtype=np.int64)
    totals = np.zeros((64, players), dtype=leaf.dtype)
    for node in range(count - 1, -1, -1):
        who = mover[node]
        mask = above[node]
        begin[node] = made
        if made + 1 >= values.shape[0]:
            values = _grown_rows(values, made + 2)
            link_begin = _grown(link_begin, made + 2)
            link_end = _grown(link_end, made + 2)
        if who == -2:
            play -= 1
            for i in range(players):
                values[made, i] = leaf[play, i] if (mask >> np.uint64(i)) & np.uint64(1) else 0
            link_begin[made] = linked
            link_end[made] = linked
            made += 1
            end[node] = made
            continue
        low, high = first[node], first[node + 1]
        width = 1
        found = 0
        if who >= 0:
            bar = values[begin[low], who]
            for child in range(low, high):
                least = values[begin[child], who]
                for k in range(begin[child] + 1, end[child]):
                    if values[k, who] < least:
                        least = values[k, who]
                if child == low or least > bar:
                    bar = least
            for child in range(low, high):
                for k in range(begin[child], end[child]):
                    if values[k, who] >= bar:
                        if found >= parts.size:
                            parts = _grown(parts, found + 1)
                        parts[found] = k
                        found += 1
            if found > totals.shape[0]:
                totals = _grown_rows(totals, found)
            for j in range(found):
                for i in range(players):
                    totals[j, i] = values[parts[j], i] if (mask >> np.uint64(i)) & np.uint64(1) else 0
        else:
            width = 0
            found = 1
            for child in range(low, high):
                if alive[child]:
                    width += 1
                    found *= end[child] - begin[child]
                    if found * width > budget:
                        return 1, begin, end, values, link_begin, link_end, links
            if found * width > parts.size:
                parts = _grown(parts, found * width)
            if found > totals.shape[0]:
                totals = _grown_rows(totals, found)
            for j in range(found):
                rest, place = j, 0
                for i in range(players):
                    totals[j, i] = 0
                for child in range(low, high):
                    if alive[child]:
                        size = end[child] - begin[child]
                        k = begin[child] + rest % size
                        rest //= size
                        parts[j * width + place] = k
                        place += 1
                        for i in range(players):
                            if (mask >> np.uint64(i)) & np.uint64(1):
                                totals[j, i] += values[k, i]
        if linked + found * width > links.size:
            if linked + found * width > budget:
                return 1, begin, end, values, link_begin, link_end, links
            links = _grown(links, linked + found * width)
        # Group equal totals: sort row numbers, then walk through runs of equal rows.
        if found == 1:
            order = np.zeros(1, dtype=np.int64)
        else:
            order = np.arange(found)
            for i in range(players - 1, -1, -1):
                if (mask >> np.uint64(i)) & np.uint64(1):
                    order = order[np.argsort(totals[order, i], kind="mergesort")]
        for j in range(found):
            here = order[j]
            same = j > 0
            if same:
                for i in range(players):
                    if totals[here, i] != totals[order[j - 1], i]:
                        same = False
                        break
            if not same:
                if made + 1 >= values.shape[0]:
                    values = _grown_rows(values, made + 2)
                    link_begin = _grown(link_begin, made + 2)
                    link_end = _grown(link_end, made + 2)
                for i in range(players):
                    values[made, i] = totals[here, i]
                link_begin[made] = linked
                made += 1
            for place in range(width):
                links[linked] = parts[here * width + place]
                linked += 1
            link_end[made - 1] = linked
        end[node] = made
    return 0, begin, end, values[:made], link_begin[:made], link_end[:made], links[:linked]


def induce_compiled(form: ExtensiveForm, alive: NDArray[np.bool_], leaf: NDArray[Any], budget: int) -> Classes:
    """Continuation classes of a large tree; ``leaf`` is (plays, players) int64 or float64. At most 64 players.

    Raises TooManyClasses if more than ``budget`` links would be needed.
    """
    above = _relevant(form.first, form.mover, len(form.players))
    outcome, *arrays = _induce(form.first, form.mover, above, alive, leaf, max(budget, 2 * form.node_count))
    if outcome:
        raise TooManyClasses
    return Classes(*arrays)


@numba.njit(cache=True)
def _choose(first, mover, infoset, alive, begin, end, values, link_begin, links, chosen_class, chosen_link, sets):  # type: ignore[no-untyped-def]
    """Top down: the class of every node (given on the way, else the first that is allowed) and the action taken there."""
    count = mover.size
    choices = np.zeros(sets, dtype=np.int32)
    k_of = np.full(count, -1, dtype=np.int64)
    k_of[0] = chosen_class[0]
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
                    if values[other, who] <= values[taken, who]:
                        k_of[child] = other
                        break
    return choices


def first_profile(form: ExtensiveForm, alive: NDArray[np.bool_], classes: Classes, nodes: dict[int, tuple[int, int]]) -> NDArray[np.int32]:
    """One profile behind a distribution over plays: ``nodes`` gives, on its way, node -> (class, place of the link taken)."""
    chosen_class = np.full(form.node_count, -1, dtype=np.int64)
    chosen_link = np.full(form.node_count, -1, dtype=np.int64)
    for node, (k, place) in nodes.items():
        chosen_class[node], chosen_link[node] = k, place
    choices = _choose(
        form.first, form.mover, form.infoset, alive, classes.begin, classes.end, classes.values,
        classes.link_begin, classes.links, chosen_class, chosen_link, len(form.infoset_nodes),
    )  # fmt: skip
    choices.flags.writeable = False
    return choices  # type: ignore[no-any-return]
