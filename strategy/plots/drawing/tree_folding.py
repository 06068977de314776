"""Which part of a tree is drawn.

All that is played, then as much of the rest as there is room for; the rest is counted.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from strategy.forms.extensive import ExtensiveForm

__all__ = ["Facts", "Flags", "FoldedNode", "fold", "plays_words"]

Flags = NDArray[np.bool_]

_END, _CHANCE = -2, -1
_MOST_PLAYED = 500
"""Rows that what is played may take, whatever the room; if it takes more it is folded, from
the top down."""

_WORTHWHILE = 4
"""Rows that must be left for some of a move's branches to be drawn, with the others as
one."""


@attrs.frozen
class FoldedNode:
    """A node that is drawn.

    ``branch``: the action or event that leads to it; ``plays``: how many a folded part
    holds, else 0; ``uniform``: whether they all pay the same; ``number``: negative for the
    rest of a parent's branches, drawn as one.
    """

    number: int
    parent: int
    kind: str  # "decision", "chance", "end", "folded" or "rest"
    branch: str
    title: str
    on_path: bool
    depth: int
    plays: int = 0
    uniform: bool = False


@attrs.frozen(eq=False)
class Facts:
    """A tree and what is to be written into it.

    ``branches(node)`` gives the labels of a node's branches, ``key(play)`` what tells
    payoffs apart and ``payoffs(play)`` their texts (both None without payoffs).
    """

    form: ExtensiveForm
    branches: Callable[[int], Sequence[str]]
    on_path: Flags
    key: Callable[[int], Hashable] | None
    payoffs: Callable[[int], Sequence[str]] | None
    plays: NDArray[np.int64] = attrs.field(init=False)
    """For each node, how many plays lie below it."""
    alike: Flags = attrs.field(init=False)
    """For each node, whether all plays below it pay the same."""

    def __attrs_post_init__(self) -> None:
        plays, alike = _subtrees(self.form, self.key)
        object.__setattr__(self, "plays", plays)
        object.__setattr__(self, "alike", alike)

    def children(self, node: int) -> range:
        """The numbers of a node's children."""
        return range(int(self.form.first[node]), int(self.form.first[node + 1]))

    def values(self, node: FoldedNode) -> tuple[str, ...]:
        """What is paid at an end, ``node``.

        Of a folded part that pays the same everywhere, it is what is paid at every end.
        """
        if self.payoffs is None or not (
            node.kind == "end" or (node.kind == "folded" and node.uniform)
        ):
            return ()
        leaf = node.number
        while self.form.mover[leaf] != _END:
            leaf = int(self.form.first[leaf])
        return tuple(self.payoffs(int(self.form.leaf_number[leaf])))


def _subtrees(
    form: ExtensiveForm, key: Callable[[int], Hashable] | None
) -> tuple[Any, Any]:
    plays = np.zeros(form.node_count, dtype=np.int64)
    plays[form.leaves] = 1
    least = np.zeros(form.node_count, dtype=np.int64)
    if key is not None:
        numbers: dict[Any, int] = {}
        least[form.leaves] = [
            numbers.setdefault(key(play), len(numbers)) for play in range(form.play_count)
        ]
    least[form.mover != _END] = np.iinfo(np.int64).max
    greatest = np.where(form.mover == _END, least, -1)
    for start, stop in zip(form.levels[-2:0:-1], form.levels[:1:-1], strict=True):
        parents = form.parent[start:stop]
        np.add.at(plays, parents, plays[start:stop])
        np.minimum.at(least, parents, least[start:stop])
        np.maximum.at(greatest, parents, greatest[start:stop])
    return plays, (least == greatest) & (key is not None)


def fold(facts: Facts, most: int, deepest: int) -> list[FoldedNode]:
    """The nodes drawn, in the order of rows, in at most ``most`` rows.

    What is played, then level by level.

    Moves at depth ``deepest`` and below are folded, but for those that are played.
    ``facts``: the tree and what is written into it.
    """
    shown = _opened(facts, most, deepest)
    drawn = []
    stack = [(0, -1, "")]
    while stack:
        node, parent, branch = stack.pop()
        drawn.append(
            _rest(facts, parent, shown[parent])
            if node < 0
            else _node(facts, node, parent, branch, shown)
        )
        if node in shown:
            labels = facts.branches(node)
            children = facts.children(node)
            below = [(children[i], node, labels[i]) for i in sorted(shown[node])]
            if len(below) < len(children):
                below.append((-1, node, ""))
            stack.extend(reversed(below))
    return drawn


def _node(
    facts: Facts, v: int, parent: int, branch: str, shown: dict[int, set[int]]
) -> FoldedNode:
    form, mover = facts.form, int(facts.form.mover[v])
    kind = (
        "end"
        if mover == _END
        else "folded"
        if v not in shown
        else "chance"
        if mover == _CHANCE
        else "decision"
    )
    plays = int(facts.plays[v]) if kind == "folded" else 0
    if kind == "folded":
        title = plays_words(plays) + (", all alike" if facts.alike[v] and plays > 1 else "")
    else:
        title = (
            ""
            if mover == _END
            else form.chance_names[v]
            if mover == _CHANCE
            else form.players[mover]
        )
    return FoldedNode(
        v, parent, kind, branch, title, on_path=bool(facts.on_path[v]), depth=int(form.depth[v]),
        plays=plays,
        uniform=bool(facts.alike[v]),
    )  # fmt: skip


def _rest(facts: Facts, parent: int, shown: set[int]) -> FoldedNode:
    """The branches of a node that are not drawn, as one."""
    hidden = [child for i, child in enumerate(facts.children(parent)) if i not in shown]
    plays = int(facts.plays[hidden].sum())
    what = "event" if facts.form.mover[parent] == _CHANCE else "action"
    title = f"… {len(hidden):,} more {what}{'s' if len(hidden) > 1 else ''}"
    if plays > len(hidden):
        title += f", {plays_words(plays)}"
    played = bool(facts.on_path[hidden].any())
    return FoldedNode(
        -parent - 2,
        parent,
        "rest",
        "",
        title,
        on_path=played,
        depth=int(facts.form.depth[parent]) + 1,
        plays=plays,
    )


def plays_words(count: int) -> str:
    """``count`` plays in words."""
    return f"{count:,} play{'s' if count != 1 else ''}"


def _opened(facts: Facts, most: int, deepest: int) -> dict[int, set[int]]:
    """The nodes whose branches are drawn, and which of these are."""
    form = facts.form
    shown: dict[int, set[int]] = {}
    rows = 1
    played = [
        (node, {i for i, child in enumerate(facts.children(node)) if facts.on_path[child]})
        for node in _played(facts)
    ]
    more = [
        len(taken) + (len(taken) < len(facts.children(node))) - 1 for node, taken in played
    ]
    limit = most if sum(more) >= _MOST_PLAYED else _MOST_PLAYED
    # first what is played, with the other branches as one
    for (node, taken), added in zip(played, more, strict=True):
        if not shown or rows + added <= limit:
            shown[node], rows = taken, rows + added
    for node in list(shown):  # then the other branches there, as many as there is room for
        hidden = [i for i in range(len(facts.children(node))) if i not in shown[node]]
        if len(hidden) > 1:
            added = len(hidden) if rows + len(hidden) - 1 <= most else max(most - rows, 0)
            shown[node] |= set(hidden[:added])
            rows += min(added, len(hidden) - 1)
        else:
            shown[node] |= set(hidden)

    def rank(node: int) -> tuple[bool, int, int]:
        return (bool(facts.alike[node]), int(form.depth[node]), node)

    def closed(parent: int) -> Iterator[tuple[bool, int, int]]:
        for i, child in enumerate(facts.children(parent)):
            if (
                i in shown[parent]
                and child not in shown
                and form.mover[child] != _END
                and form.depth[child] < deepest
            ):
                yield rank(child)

    waiting = [one for node in shown for one in closed(node)]
    heapq.heapify(waiting)
    while waiting:  # then the rest, level by level
        *_, node = heapq.heappop(waiting)
        size = len(facts.children(node))
        if rows + size - 1 > most and most - rows < _WORTHWHILE:
            continue
        shown[node] = set(range(size if rows + size - 1 <= most else most - rows))
        rows = min(rows + size - 1, most)
        for one in closed(node):
            heapq.heappush(waiting, one)
    return shown


def _played(facts: Facts) -> Iterator[int]:
    """The root and the moves that are played, from the top."""
    moves = facts.on_path & (facts.form.mover != _END)
    moves[0] = facts.form.mover[0] != _END
    return map(int, np.flatnonzero(moves))
