"""Information sets in a drawn tree.

Their moves stand on one level, and an outline or a link shows that they belong together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import attrs

from strategy.plots.drawing.tree_folding import FoldedNode

if TYPE_CHECKING:
    from strategy.forms.extensive import ExtensiveForm

__all__ = ["Link", "aligned", "linked", "with_names"]


@attrs.frozen
class Link:
    """The moves of one information set on one level.

    ``lane``: None where they are neighbours, and one outline goes around them; else the
    number of the strip in which a line joins their outlines. ``line``: where that line
    runs, along.
    """

    level: int
    members: tuple[int, ...]
    lane: int | None
    line: float = 0.0


def _sets(drawn: Collection[FoldedNode], form: ExtensiveForm) -> list[list[FoldedNode]]:
    """The information sets of which several moves are drawn."""
    sets: dict[int, list[FoldedNode]] = {}
    for node in drawn:
        if node.kind == "decision":
            sets.setdefault(int(form.infoset[node.number]), []).append(node)
    return [members for members in sets.values() if len(members) > 1]


def aligned(
    drawn: Collection[FoldedNode], form: ExtensiveForm
) -> tuple[dict[int, int], set[int]]:
    """The level of each node, equal for the moves of an information set.

    With it come the moves for which that cannot be had.

    It cannot where two sets each come before the other, or a set comes after itself. Those
    moves stand as deep as they are. ``drawn``: the nodes; ``form``: the tree.
    """
    sets = _sets(drawn, form)
    deepest = min((len(sets) + 1) * (max(node.depth for node in drawn) + 1), len(drawn))
    scattered: set[int] = set()
    while True:
        levels = _levels(
            drawn, [one for one in sets if one[0].number not in scattered], deepest
        )
        late = [
            node.number for one in sets for node in one if levels[one[0].number] > deepest
        ]
        if not late:
            return levels, scattered
        scattered.update(late)


def _levels(
    drawn: Collection[FoldedNode], sets: list[list[FoldedNode]], deepest: int
) -> dict[int, int]:
    """Every node deeper than its parent, and as deep as the moves of its set.

    No further than a set beyond ``deepest``.
    """
    levels = {node.number: node.depth for node in drawn}
    changed = bool(sets)
    while changed and max(levels[one[0].number] for one in sets) <= deepest:
        changed = False
        for node in drawn:
            if node.parent in levels and levels[node.number] <= levels[node.parent]:
                levels[node.number] = levels[node.parent] + 1
                changed = True
        for members in sets:
            level = max(levels[node.number] for node in members)
            for node in members:
                changed |= levels[node.number] != level
                levels[node.number] = level
    return levels


def with_names(
    drawn: list[FoldedNode], scattered: Collection[int], form: ExtensiveForm
) -> list[FoldedNode]:
    """The nodes, where an information set is not on one level with its name in the titles.

    ``drawn``: the nodes; ``scattered``: moves that cannot stand on one level; ``form``: the
    tree.
    """
    return [
        attrs.evolve(
            node,
            title=f"{node.title}: {form.infoset_names[int(form.infoset[node.number])]}",
        )
        if node.number in scattered
        else node
        for node in drawn
    ]


def linked(
    drawn: Collection[FoldedNode],
    levels: Mapping[int, int],
    across: Mapping[int, float],
    scattered: Collection[int],
    form: ExtensiveForm,
) -> tuple[Link, ...]:
    """One link for each information set.

    Neighbours on their level have an outline around them, others a lane of their own.
    ``drawn``: the nodes; ``levels`` and ``across``: their places; ``scattered``: moves that
    cannot stand on one level; ``form``: the tree.
    """
    order: dict[int, list[int]] = {}
    for node in drawn:
        order.setdefault(levels[node.number], []).append(node.number)
    for row in order.values():
        row.sort(key=across.__getitem__)
    links: list[Link] = []
    taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for members in _sets(drawn, form):
        if members[0].number in scattered:
            continue
        level = levels[members[0].number]
        mine = sorted((node.number for node in members), key=across.__getitem__)
        first = order[level].index(mine[0])
        if order[level][first : first + len(mine)] == mine:
            links.append(Link(level, tuple(mine), None))
            continue
        span, lane = (across[mine[0]], across[mine[-1]]), 0
        while any(
            span[0] <= high and low <= span[1] for low, high in taken.get((level, lane), ())
        ):
            lane += 1
        taken.setdefault((level, lane), []).append(span)
        links.append(Link(level, tuple(mine), lane))
    return tuple(links)
