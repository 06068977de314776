"""Where the parts of a drawn tree go: which subtrees are folded, and places in units of the font size.

The tree grows to the right, one row for each play or folded subtree. Everything that belongs to a node lies between its first and
its last row, so labels of different subtrees cannot meet; within a column each kind of thing has a strip of its own.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.plots._text import em_width, shortened

if TYPE_CHECKING:
    from strategy.forms.extensive import ExtensiveForm

__all__ = ["Layout", "Node", "lay_out"]

Flags = NDArray[np.bool_]

ROW = 1.75  # height of a row
GAP = 0.5  # between things side by side
FAN = 2.6  # where the branches spread
LONGEST = 32  # characters of a name


@attrs.frozen
class Node:
    """A node that is drawn. ``branch``: the action or event that leads to it; ``plays``: how many a folded subtree holds, else 0;
    ``x``: where its own label begins; ``y``: its row, from the top; ``end``: where its branches leave."""

    number: int
    parent: int
    branch: str
    title: str
    on_path: bool
    kind: str  # "decision", "chance", "end" or "folded"
    plays: int
    uniform: bool
    depth: int
    x: float = 0.0
    y: float = 0.0
    end: float = 0.0


@attrs.frozen
class Layout:
    """Nodes in the order of drawing, where labels of branches begin (by depth), the columns of payoffs and the size of it all."""

    nodes: dict[int, Node]
    label_start: tuple[float, ...]
    table: float
    columns: tuple[float, ...]
    values: dict[int, tuple[str, ...]]
    width: float
    height: float


def lay_out(form: ExtensiveForm, branches: Any, payoffs: Any, on_path: Flags, most_rows: int, widest: float) -> Layout:
    """Lay a tree out in at most ``most_rows`` rows and ``widest`` font sizes, as far as folding allows.

    ``branches(node)`` gives the labels of a node's branches, ``payoffs(play)`` the texts of a play's payoffs (None without).
    """
    plays, alike = _subtrees(form, payoffs)
    deepest = int(form.depth[-1])
    while True:
        opened = _opened(form, on_path, alike, most_rows, deepest)
        drawn = [_blank(form, *step, opened, on_path, plays, alike) for step in _walk(form, opened, branches)]
        values = {node.number: _values(form, node, payoffs) for node in drawn if node.kind in ("end", "folded")}
        layout = _placed(drawn, values if payoffs is not None else {}, form.players if payoffs is not None else ())
        room = widest - (layout.width - layout.table)
        depth = max((node.depth for node in layout.nodes.values() if node.end <= room), default=0)
        if layout.width <= widest or deepest <= 1:
            return layout
        deepest = max(min(depth, deepest - 1), 1)


def _subtrees(form: ExtensiveForm, payoffs: Any) -> tuple[Any, Any]:
    """For each node, how many plays lie below it, and whether they all pay the same."""
    plays = np.zeros(form.node_count, dtype=np.int64)
    plays[form.leaves] = 1
    least = np.zeros(form.node_count, dtype=np.int64)
    if payoffs is not None:
        numbers: dict[Any, int] = {}
        least[form.leaves] = [numbers.setdefault(payoffs.key(play), len(numbers)) for play in range(form.play_count)]
    least[form.mover != -2] = np.iinfo(np.int64).max
    greatest = np.where(form.mover == -2, least, -1)
    for start, stop in zip(form.levels[-2:0:-1], form.levels[:1:-1], strict=True):
        parents = form.parent[start:stop]
        np.add.at(plays, parents, plays[start:stop])
        np.minimum.at(least, parents, least[start:stop])
        np.maximum.at(greatest, parents, greatest[start:stop])
    return plays, (least == greatest) & (payoffs is not None)


def _opened(form: ExtensiveForm, on_path: Flags, alike: Flags, most_rows: int, deepest: int) -> set[int]:
    """The nodes whose branches are drawn: those that are reached first, then level by level as long as there are rows."""

    def rank(node: int) -> tuple[bool, bool, int, int]:
        return (not on_path[node], bool(alike[node]), int(form.depth[node]), node)

    opened: set[int] = set()
    rows, waiting = 1, [rank(0)] if form.mover[0] != -2 else []
    while waiting:
        *_, node = heapq.heappop(waiting)
        first, last = int(form.first[node]), int(form.first[node + 1])
        if opened and rows + last - first - 1 > most_rows:
            continue
        opened.add(node)
        rows += last - first - 1
        for child in range(first, last):
            if form.mover[child] != -2 and form.depth[child] < deepest:
                heapq.heappush(waiting, rank(child))
    return opened


def _walk(form: ExtensiveForm, opened: set[int], branches: Any) -> Iterator[tuple[int, int, str]]:
    """(node, parent, label of the branch) in the order of rows."""
    stack = [(0, -1, "")]
    while stack:
        node, parent, branch = stack.pop()
        yield node, parent, branch
        if node in opened:
            labels, first = branches(node), int(form.first[node])
            stack.extend([(first + i, node, shortened(labels[i], LONGEST)) for i in reversed(range(len(labels)))])


def _blank(
    form: ExtensiveForm, v: int, parent: int, branch: str, opened: set[int], on_path: Flags, plays: Any, alike: Flags
) -> Node:
    mover = int(form.mover[v])
    kind = "end" if mover == -2 else "folded" if v not in opened else "chance" if mover == -1 else "decision"
    if kind == "folded":
        title = f"{plays[v]:,} plays" + (", all alike" if alike[v] else "")
    else:
        title = "" if mover == -2 else form.chance_names[v] if mover == -1 else form.players[mover]
    folded = int(plays[v]) if kind == "folded" else 0
    return Node(v, parent, branch, shortened(title, LONGEST), bool(on_path[v]), kind, folded, bool(alike[v]), int(form.depth[v]))


def _values(form: ExtensiveForm, node: Node, payoffs: Any) -> tuple[str, ...]:
    if payoffs is None or (node.kind == "folded" and not node.uniform):
        return ()
    leaf = node.number
    while form.mover[leaf] != -2:
        leaf = int(form.first[leaf])
    return tuple(payoffs(int(form.leaf_number[leaf])))


def _title_width(node: Node) -> float:
    if node.kind == "end":
        return 0.3
    return em_width(node.title, bold=node.on_path) + (1.6 if node.kind == "folded" else 0.7)


def _placed(drawn: list[Node], values: dict[int, tuple[str, ...]], header: tuple[str, ...]) -> Layout:
    depth = max(node.depth for node in drawn) + 1
    labels, titles = [0.0] * depth, [0.0] * depth
    for node in drawn:
        labels[node.depth] = max(labels[node.depth], em_width(node.branch, bold=True))
        titles[node.depth] = max(titles[node.depth], _title_width(node))
    starts, begins, x = [], [], GAP
    for d in range(depth):
        starts.append(x)
        x += labels[d] + (2 * GAP if d else 0)
        begins.append(x)
        x += titles[d] + FAN
    rows, count = _rows(drawn)
    nodes = {}
    for node in drawn:
        x = begins[node.depth]
        nodes[node.number] = attrs.evolve(node, x=x, y=rows[node.number], end=x + _title_width(node))
    table = right = max(node.end for node in nodes.values()) + 2 * GAP
    columns = []
    for i, name in enumerate(header):
        shown = [row[i] for row in values.values() if row]
        right += max(em_width(text, bold=True) for text in (shortened(name, LONGEST), *shown))
        columns.append(right)
        right += 2 * GAP
    return Layout(nodes, tuple(starts), table, tuple(columns), values, right, ROW * (count + 1.5))


def _rows(drawn: list[Node]) -> tuple[dict[int, float], int]:
    """The height of each node from the top: rows for the ends, the middle of the outer branches for the others."""
    rows: dict[int, float] = {}
    span: dict[int, list[float]] = {}
    count = 0
    for node in drawn:
        if node.kind in ("end", "folded"):
            rows[node.number] = ROW * (count + 1.5)
            count += 1
    for node in reversed(drawn):
        if node.number in span:
            rows[node.number] = (min(span[node.number]) + max(span[node.number])) / 2
        span.setdefault(node.parent, []).append(rows[node.number])
    return rows, count
