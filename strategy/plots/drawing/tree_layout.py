"""Where the parts of a drawn tree go, in units of the font size, whichever way it grows.

Places have two coordinates: ``along`` the way the tree grows, where every level has strips
for the labels of branches, for the links of information sets and for the titles of moves;
and ``across``, where everything that belongs to a subtree lies between its first and its
last end. So labels cannot meet, in whatever direction the tree is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from strategy.plots.drawing.text import em_width, shortened, wrapped
from strategy.plots.drawing.tree_folding import Facts, FoldedNode, fold
from strategy.plots.drawing.tree_sets import Link, aligned, linked, with_names

__all__ = ["GAP", "LINE", "Layout", "NodePlace", "Orientation", "lay_out"]

Orientation = Literal["right", "down"]

GAP = 0.5  # between things side by side
LINE = 1.25  # height of a line of text
LANE = 0.9  # for a link of an information set
_ROW = 1.75  # across, where the tree grows to the right
_LONGEST = 32  # characters of a name on one line
_HEADER = (8.0, 3)  # width and lines of a player's name above payoffs


@attrs.frozen
class NodePlace:
    """Where a node is.

    ``across``: its middle, and ``half``: how far an outline around it reaches from there.

    Along: its branch turns straight at ``bend``, the label of the branch begins at
    ``label``, the node itself at ``begin``, and its own branches leave at ``end``.
    ``branch``, ``title``, ``values``: its texts as they are written.
    """

    across: float
    bend: float
    label: float
    begin: float
    end: float
    half: float
    branch: str
    title: str
    values: tuple[str, ...]


@attrs.frozen
class Layout:
    """Nodes and their places by number, information sets, and payoffs.

    Where along they are, each player's name and place.

    ``length`` is along, ``breadth`` across, and the tree begins at ``beginning``; ``rows``:
    how many ends there are.
    """

    nodes: dict[int, FoldedNode]
    places: dict[int, NodePlace]
    links: tuple[Link, ...]
    header: tuple[tuple[str, float], ...]
    table: float
    beginning: float
    length: float
    breadth: float
    rows: int


@attrs.frozen
class Right:
    """Sizes of texts in a tree that grows to the right: on one line, along."""

    fan: float = 2.6

    def branch(self, text: str) -> str:
        return shortened(text, _LONGEST)

    title = branch

    def label_along(self, text: str) -> float:
        return em_width(text, bold=True) + 2 * GAP if text else 2 * GAP

    def title_along(self, node: FoldedNode, text: str) -> float:
        if node.kind == "end":
            return 0.3
        return em_width(text, bold=node.on_path) + {"folded": 1.6, "rest": 0.3}.get(
            node.kind, 0.7
        )

    def across(
        self, node: FoldedNode, branch: str, title: str, values: tuple[str, ...]
    ) -> float:
        return (
            _ROW
            if node.kind in ("end", "folded", "rest")
            else 2 * self.half(node, title) + 0.1
        )

    def half(self, node: FoldedNode, title: str) -> float:
        return 1.0


@attrs.frozen
class Down:
    """Sizes of texts in a tree that grows down: on a few short lines, across."""

    fan: float = 3.2

    def branch(self, text: str) -> str:
        return wrapped(text, 9.0, 3, bold=True)

    def title(self, text: str) -> str:
        return wrapped(text, 10.0, 3, bold=True)

    def label_along(self, text: str) -> float:
        return LINE * (text.count("\n") + 1) + 1.0 if text else 0.6

    def title_along(self, node: FoldedNode, text: str) -> float:
        if node.kind == "end":
            return 0.3
        return LINE * (text.count("\n") + 1) + {"folded": 1.3, "rest": 0.3}.get(
            node.kind, 0.6
        )

    def across(
        self, node: FoldedNode, branch: str, title: str, values: tuple[str, ...]
    ) -> float:
        box = (
            2 * self.half(node, title)
            if node.kind in ("decision", "chance")
            else em_width(title, bold=True)
        )
        return (
            max(
                em_width(branch, True), box, *[em_width(text, True) for text in values], 0.6
            )
            + 2 * GAP
        )

    def half(self, node: FoldedNode, title: str) -> float:
        return em_width(title, bold=node.on_path) / 2 + 0.45


WAYS: Mapping[str, Right | Down] = {"right": Right(), "down": Down()}


def lay_out(
    facts: Facts,
    orientation: Orientation,
    most: int,
    fold_below: int | None,
    room: tuple[float, float] | None = None,
) -> Layout:
    """Lay a tree out in at most ``most`` rows.

    It is kept within ``room`` (along, across) as far as folding allows. ``facts``: the tree
    and what is written into it; ``orientation``: "right" or "down"; ``fold_below``: the
    depth from which moves are folded, None for none.
    """
    deepest = int(facts.form.depth[-1]) + 1 if fold_below is None else fold_below
    while True:
        layout = _placed(fold(facts, most, deepest), facts, orientation)
        length, breadth = room or (layout.length, layout.breadth)
        tables = layout.length - layout.table
        if layout.breadth > breadth and layout.rows > 2 and layout.rows <= most:
            most = max(min(int(layout.rows * breadth / layout.breadth), layout.rows - 1), 2)
        elif layout.length > length and deepest > 1:
            fitting = [
                layout.nodes[v].depth
                for v, place in layout.places.items()
                if place.end <= length - tables
            ]
            deepest = max(min(max(fitting, default=1), deepest - 1 - deepest // 8), 1)
        else:
            return layout


def _placed(drawn: list[FoldedNode], facts: Facts, orientation: Orientation) -> Layout:
    way = WAYS[orientation]
    levels, scattered = aligned(drawn, facts.form)
    drawn = with_names(drawn, scattered, facts.form)
    branches = {node.number: way.branch(node.branch) for node in drawn}
    titles = {node.number: way.title(node.title) for node in drawn}
    values = {node.number: facts.values(node) for node in drawn}
    sizes = {
        node.number: way.across(
            node, branches[node.number], titles[node.number], values[node.number]
        )
        for node in drawn
    }
    header = tuple(facts.form.players) if any(values.values()) else ()
    names = [wrapped(name, *_HEADER, bold=True) for name in header]
    beginning = _beginning(names, orientation)
    across, breadth, rows = _across(drawn, sizes, beginning)
    links = linked(drawn, levels, across, scattered, facts.form)
    places: dict[int, NodePlace] = {}
    strips: list[float] = []
    starts: list[float] = []
    along = GAP
    for level in range(max(levels.values()) + 1):
        here = [node for node in drawn if levels[node.number] == level]
        start = along
        along += (
            max([way.label_along(branches[node.number]) for node in here], default=0.0)
            if level
            else 0.0
        )
        lanes = max(
            [
                link.lane + 1
                for link in links
                if link.level == level and link.lane is not None
            ],
            default=0,
        )
        begin = along + LANE * lanes
        strips.append(along)
        ends = {
            node.number: begin + way.title_along(node, titles[node.number]) for node in here
        }
        starts.append(start)
        for node in here:
            v, end = node.number, ends[node.number]
            bend = starts[levels[node.parent] + 1] if level else 0.0
            places[v] = NodePlace(
                across[v],
                bend,
                start,
                begin,
                end,
                way.half(node, titles[v]),
                branches[v],
                titles[v],
                values[v],
            )
        along = max(ends.values(), default=begin) + way.fan
    links = tuple(
        [
            attrs.evolve(link, line=strips[link.level] + LANE * ((link.lane or 0) + 0.3))
            for link in links
        ]
    )
    table = max(place.end for place in places.values()) + 2 * GAP
    places = {node.number: places[node.number] for node in drawn}
    columns, length = _columns(names, values, table, orientation)
    nodes = {node.number: node for node in drawn}
    return Layout(nodes, places, links, columns, table, beginning, length, breadth, rows)


def _beginning(names: list[str], orientation: Orientation) -> float:
    """How much is taken, across, by the players' names beside the payoffs."""
    if not names:
        return GAP
    if orientation == "down":
        return max(em_width(name, bold=True) for name in names) + 2 * GAP
    return LINE * (max(name.count("\n") for name in names) + 1) + 0.3


def _columns(
    names: list[str],
    values: Mapping[int, tuple[str, ...]],
    table: float,
    orientation: Orientation,
) -> tuple[tuple[tuple[str, float], ...], float]:
    """Each player's name with the place, along, where its payoffs stand; and the length.

    The place is of their right edge, or their middle.
    """
    columns, along = [], table
    for i, name in enumerate(names):
        if orientation == "right":
            along += max(
                em_width(text, bold=True)
                for text in (name, *[row[i] for row in values.values() if row])
            )
            columns.append((name, along))
            along += 2 * GAP
        else:
            lines = name.count("\n") + 1
            columns.append((name, along + LINE * lines / 2))
            along += LINE * lines + 0.35
    return tuple(columns), along


def _across(
    drawn: list[FoldedNode], sizes: Mapping[int, float], beginning: float
) -> tuple[dict[int, float], float, int]:
    """The middle of each node across, the breadth of it all, and how many ends there are.

    A subtree is as broad as its branches together, or as the texts of its root; nodes stand
    in the middle of the outer branches, kept within it.
    """
    below: dict[int, list[int]] = {}
    for node in drawn:
        below.setdefault(node.parent, []).append(node.number)
    need = dict(sizes)
    for node in reversed(drawn):
        if node.number in below:
            need[node.number] = max(
                sizes[node.number], sum(need[child] for child in below[node.number])
            )
    start = {drawn[0].number: beginning}
    middle: dict[int, float] = {}
    for node in drawn:
        children = below.get(node.number, ())
        spare = need[node.number] - sum(need[child] for child in children)
        at = start[node.number] + spare / 2
        for child in children:
            start[child] = at
            at += need[child]
    for node in reversed(drawn):
        v = node.number
        if v in below:
            half = sizes[v] / 2
            centre = (middle[below[v][0]] + middle[below[v][-1]]) / 2
            middle[v] = min(max(centre, start[v] + half), start[v] + need[v] - half)
        else:
            middle[v] = start[v] + need[v] / 2
    return (
        middle,
        beginning + need[drawn[0].number] + GAP,
        sum(node.number not in below for node in drawn),
    )
