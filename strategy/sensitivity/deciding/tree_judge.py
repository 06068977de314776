"""Trees judged by sets of signs.

Which continuations may, and which must, be played in some subgame-perfect equilibrium.

A continuation of a subgame is what it is worth to everyone and whether the outcome may
happen and fail in it. It may be chosen at a node if for every other action there is a
continuation that may be played there and may be worth no more to the mover; it must be
choosable if that is sure for continuations that must be playable. (Backward induction with
all ties kept.) Where every form has one sign it says what ``tree_induction`` says, which a
test compares.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np

from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.judges import (
    ALL,
    MINUS,
    PLUS,
    ZERO,
    Allowed,
    Bounds,
    Judge,
    Numbered,
)
from strategy.sensitivity.deciding.remembered import Remembered
from strategy.sensitivity.deciding.tree_courses import keeps_within
from strategy.sensitivity.deciding.tree_induction import SlicedTree

__all__ = ["AskedJudge", "TreeJudge", "tree_judge"]

_MOST_CONTINUATIONS = 20_000
_TURNED = {
    signs: (signs & ZERO) | (PLUS if signs & MINUS else 0) | (MINUS if signs & PLUS else 0)
    for signs in range(ALL + 1)
}


class AskedJudge:
    """Any tree: backward induction where every polynomial has one sign.

    Sets of more than one leave all open. ``within``: as in ``TreeJudge``.
    """

    sets = False
    exists = closed = True

    def __init__(
        self, planes: Numbered, tree: SlicedTree, within: frozenset[int] | None = None
    ) -> None:
        self.planes = planes
        self.tree, self.within = tree, within

    def bounds(self, allowed: Allowed) -> Bounds:
        def sign(poly: Polynomial) -> int:
            return {MINUS: -1, ZERO: 0, PLUS: 1}[allowed(self.planes.number(poly))]

        if self.within is not None:
            keeps = keeps_within(self.tree.run(sign), self.within)
            return Bounds(keeps, keeps, not keeps, not keeps)
        found = self.tree.of(self.tree.run(sign))
        return Bounds(found.hit, found.hit, found.miss, found.miss)


def tree_judge(
    planes: Numbered, tree: SlicedTree, within: frozenset[int] | None = None
) -> Judge:
    """The judge that tells sets of signs apart.

    Unless the tree has too many continuations for it. ``planes``: the forms by number;
    ``within``: only these plays count as hits, None for those with the outcome.
    """
    judge = TreeJudge(planes, tree, within)
    return judge if judge.fits else AskedJudge(planes, tree, within)


Continuation = tuple[tuple[int, ...], bool, bool]
"""What it is worth to each player, by number; whether it is a hit (the outcome may happen
in it), and whether the outcome may fail."""
Kept = tuple[int, ...]
"""The continuations of a node that survive, by number, in order."""


class TreeJudge:
    """All continuations of all subgames, whatever the signs.

    The judge tells which of them survive given sets of signs.

    ``within``: an equilibrium is a hit if all of its plays are among these, instead of one
    with the outcome.
    """

    sets = True
    exists = closed = True

    def __init__(
        self, planes: Numbered, tree: SlicedTree, within: frozenset[int] | None = None
    ) -> None:
        self.planes = planes
        self.form = tree.form
        self.hits = (
            tree.mask
            if within is None
            else np.isin(np.arange(len(tree.mask)), list(within))
        )
        self.mixed = any if within is None else all
        self.worth: dict[Polynomial, int] = {}
        self.known: dict[tuple[int, int], tuple[int, int]] = {}
        self.worths: list[Polynomial] = []
        self.alive = self._alive(tree)
        self.first = self.form.first.tolist()
        self.inner = [
            node
            for node in range(self.form.node_count - 1, -1, -1)
            if self.alive[node] and self.form.mover[node] != -2
        ]
        self.remembered = Remembered(self._kept)
        self.fits = self._unfold(tree)

    def _alive(self, tree: SlicedTree) -> list[bool]:
        """Which nodes are reached with positive probability.

        Nothing below the others counts for anyone.
        """
        form, alive = self.form, [True] * self.form.node_count
        for node in range(1, form.node_count):
            parent = int(form.parent[node])
            alive[node] = alive[parent]
            if (
                form.mover[parent] == -1
                and not tree.laws[form.law[parent]][node - int(form.first[parent])]
            ):
                alive[node] = False
        return alive

    def _unfold(self, tree: SlicedTree) -> bool:
        """List the continuations of every node.

        At every decision node those behind each action are listed too, by number.
        """
        form = self.form
        self.all: list[list[Continuation]] = [[] for _ in range(form.node_count)]
        self.behind: list[list[list[int]]] = [[] for _ in range(form.node_count)]
        self.parts: list[list[tuple[int, ...]]] = [[] for _ in range(form.node_count)]
        total = 0
        for node in range(form.node_count - 1, -1, -1):
            if not self.alive[node]:
                continue
            children = range(int(form.first[node]), int(form.first[node + 1]))
            if form.mover[node] == -2:
                play = int(form.leaf_number[node])
                worth = tuple([self._number(column[play]) for column in tree.payoffs])
                self.all[node] = [(worth, bool(self.hits[play]), not self.hits[play])]
            elif form.mover[node] == -1:
                size = int(
                    np.prod(
                        [
                            float(len(self.all[child]))
                            for child in children
                            if self.alive[child]
                        ]
                    )
                )
                if size > _MOST_CONTINUATIONS:
                    return False
                self._mix(node, [child for child in children if self.alive[child]], tree)
            else:
                numbers: dict[Continuation, int] = {}
                for child in children:
                    self.behind[node].append(
                        [numbers.setdefault(one, len(numbers)) for one in self.all[child]]
                    )
                self.all[node] = list(numbers)
            total += len(self.all[node])
            if total > _MOST_CONTINUATIONS:
                return False
        return True

    def _number(self, worth: Polynomial) -> int:
        if worth not in self.worth:
            self.worth[worth] = len(self.worths)
            self.worths.append(worth)
        return self.worth[worth]

    def _mix(self, node: int, children: list[int], tree: SlicedTree) -> None:
        """At a chance node: one continuation of each child, weighted."""
        law = [probability.number for probability in tree.laws[self.form.law[node]]]
        numbers: dict[Continuation, int] = {}
        for chosen in itertools.product(
            *[range(len(self.all[child])) for child in children]
        ):
            parts = [self.all[child][k] for child, k in zip(children, chosen, strict=True)]
            weights = [law[child - int(self.form.first[node])] for child in children]
            worth = [
                sum(
                    [
                        self.worths[part[0][who]] * weight
                        for part, weight in zip(parts, weights, strict=True)
                    ],
                    tree.certain[0] * 0,
                )
                for who in range(len(self.form.players))
            ]
            one = (
                tuple(map(self._number, worth)),
                self.mixed(part[1] for part in parts),
                any(part[2] for part in parts),
            )
            numbers.setdefault(one, len(numbers))
            self.parts[node].append((numbers[one], *chosen))
        self.all[node] = list(numbers)

    def bounds(self, allowed: Allowed) -> Bounds:
        may = self._survivors(allowed, surely=False)
        must = self._survivors(allowed, surely=True)
        root = self.all[0]
        return Bounds(
            any(root[k][1] for k in may),
            any(root[k][1] for k in must),
            any(root[k][2] for k in may),
            any(root[k][2] for k in must),
        )

    def _signs(self, a: int, b: int, allowed: Allowed) -> int:
        """The signs that the worth of one continuation less that of another may have."""
        if a == b:
            return ZERO
        found = self.known.get((a, b))
        if found is None:
            poly, turn = (self.worths[a] - self.worths[b]).canonical()
            found = self.known[a, b] = (self.planes.number(poly), turn)
            self.known[b, a] = (found[0], -turn)
        signs = allowed(found[0])
        return signs if found[1] > 0 else _TURNED[signs]

    def _survivors(self, allowed: Allowed, *, surely: bool) -> Kept:
        """The continuations of the whole game that may be played, or surely can be."""
        form, first = self.form, self.first
        kept: list[Kept] = [(0,)] * form.node_count
        for node in self.inner:
            below = tuple(kept[first[node] : first[node + 1]])
            kept[node] = self.remembered((node, surely, below), allowed)
        return kept[0]

    def _kept(self, at: tuple[int, bool, tuple[Kept, ...]], allowed: Allowed) -> Kept:
        """What survives at a node, of what survived below it."""
        node, surely, below = at
        if self.form.mover[node] == -1:
            first = self.first[node]
            known = [set(below[child - first]) for child in self._children(node)]
            whole = [
                one
                for one, *chosen in self.parts[node]
                if all(k in some for some, k in zip(known, chosen, strict=True))
            ]
            return tuple(sorted(set(whole)))

        def no_less(a: int, b: int) -> bool:
            signs = self._signs(a, b, allowed)
            return not signs & MINUS if surely else bool(signs & (ZERO | PLUS))

        behind = [
            [numbers[k] for k in some]
            for some, numbers in zip(below, self.behind[node], strict=True)
        ]
        return _chosen(
            behind, [one[0][self.form.mover[node]] for one in self.all[node]], no_less
        )

    def _children(self, node: int) -> list[int]:
        return [
            child
            for child in range(self.first[node], self.first[node + 1])
            if self.alive[child]
        ]


def _chosen(
    behind: list[list[int]], worth: Sequence[int], no_less: Callable[[int, int], bool]
) -> Kept:
    """What can be chosen: no less than some continuation of every other action."""
    found = set()
    for i, own in enumerate(behind):
        for k in own:
            others = (other for j, other in enumerate(behind) if j != i)
            if k not in found and all(
                any(no_less(worth[k], worth[b]) for b in other) for other in others
            ):
                found.add(k)
    return tuple(sorted(found))
