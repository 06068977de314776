"""Backward induction with ties.

Every node's set of continuations, by what they are worth to those who move before it.

At a node of player i with children c, a continuation worth u to i can be chosen iff for
every other child there is some continuation worth no more than u to i: iff u is at least
the largest of the children's least values. Continuations of a node with equal values for
all players who move above it form one *class*; a class keeps links to the classes it is
made of, so that profiles are counted and listed without ever being multiplied out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.profiles import PureProfile
from strategy.solvers.induction.classes import Classes, TooManyClasses
from strategy.solvers.induction.kernel import single_classes, without_ties

__all__ = ["Continuations", "induce"]


def movers_above(form: ExtensiveForm) -> list[frozenset[int]]:
    """For each node, the players who move somewhere above it.

    ``form``: of the tree.
    """
    result: list[frozenset[int]] = [frozenset()] * form.node_count
    mover, parent = form.mover.tolist(), form.parent.tolist()
    for node in range(1, form.node_count):
        above = result[parent[node]]
        who = mover[parent[node]]
        result[node] = above if who < 0 or who in above else above | {who}
    return result


def induce(
    form: ExtensiveForm,
    alive: NDArray[np.bool_],
    leaf: Sequence[Sequence[Any]],
    compare: Callable[[int, Any, Any], int] | None = None,
    budget: int = 2_000_000,
    check: Callable[[], None] | None = None,
    first_only: bool = False,
) -> Classes:
    """Continuation classes over numbers of any kind (ints, expressions), in plain Python.

    ``leaf``: for each play one value a player. ``compare(node, a, b)`` gives the sign of a
    - b where the mover of ``node`` chooses (default: by the numbers themselves). ``check``
      is called now and then, and may raise. Values that are not numbers must hash; equal
      hash and == means the same value.

    ``form``: of the tree; ``alive``: for each node, whether its parent can lead to it;
    ``budget``: the most links; ``first_only``: of several best actions only the first is
    kept, everywhere.
    """
    first = form.first.tolist()
    mover = form.mover.tolist()
    above = movers_above(form)
    count, players = form.node_count, range(len(form.players))
    begin, end = [0] * count, [0] * count
    values: list[tuple[Any, ...]] = []
    link_begin: list[int] = []
    link_end: list[int] = []
    links: list[int] = []
    compare = compare or _by_number
    play = form.play_count

    def close(node: int, groups: dict[tuple[Any, ...], list[int]]) -> None:
        begin[node] = len(values)
        for key, members in groups.items():
            values.append(key)
            link_begin.append(len(links))
            links.extend(members)
            link_end.append(len(links))
        end[node] = len(values)
        if len(links) > budget:
            raise TooManyClasses

    for node in range(count - 1, -1, -1):
        if check is not None and node % 1024 == 0:
            check()
        wanted = above[node]
        who = mover[node]
        groups: dict[tuple[Any, ...], list[int]] = {}
        if who == -2:
            play -= 1
            row = leaf[play]
            groups[tuple([row[i] if i in wanted else 0 for i in players])] = []
        elif who >= 0:
            children = range(first[node], first[node + 1])
            bar: Any = None
            for child in children:
                least = values[begin[child]][who]
                for k in range(begin[child] + 1, end[child]):
                    if compare(node, values[k][who], least) < 0:
                        least = values[k][who]
                if bar is None or compare(node, least, bar) > 0:
                    bar = least
            for child in children:
                for k in range(begin[child], end[child]):
                    if compare(node, values[k][who], bar) >= 0:
                        groups.setdefault(
                            tuple(
                                [x if i in wanted else 0 for i, x in enumerate(values[k])]
                            ),
                            [],
                        ).append(k)
            if first_only:
                groups = {key: ways[:1] for key, ways in [*groups.items()][:1]}
        else:
            live = [child for child in range(first[node], first[node + 1]) if alive[child]]
            blocks: list[tuple[tuple[Any, ...], list[int]]] = [((0,) * len(players), [])]
            for child in live:
                blocks = [
                    (
                        tuple(
                            [
                                x + y if i in wanted else 0
                                for i, (x, y) in enumerate(
                                    zip(total, values[k], strict=True)
                                )
                            ]
                        ),
                        [*parts, k],
                    )
                    for total, parts in blocks
                    for k in range(begin[child], end[child])
                ]
                if len(blocks) * len(live) > budget:
                    raise TooManyClasses
                if check is not None:
                    check()
            for total, parts in blocks:
                groups.setdefault(total, []).extend(parts)
        close(node, groups)
    return Classes(begin, end, values, link_begin, link_end, links)


def _by_number(node: int, a: Any, b: Any) -> int:
    return int(a > b) - int(a < b)


class Continuations:
    """Counts and lists what the classes stand for.

    Distributions over plays at the root, and profiles behind each.
    """

    def __init__(
        self,
        form: ExtensiveForm,
        alive: NDArray[np.bool_],
        classes: Classes,
        compare: Callable[[int, Any, Any], int] | None = None,
    ) -> None:
        self.form, self.alive, self.classes = form, alive, classes
        self.compare = compare or _by_number
        self._profiles: dict[int, int] = {}
        self._spread: dict[int, int] = {}
        self._links: dict[int, list[list[int]]] = {}
        self._owner: Any = None
        self.single: NDArray[np.bool_] | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {
            **self.__dict__,
            "_profiles": {},
            "_spread": {},
            "_links": {},
            "_owner": None,
            "compare": None,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.compare = _by_number

    # -- the structure

    def owner(self, k: int) -> int:
        """The node of a class.

        ``k``: its number.
        """
        if self._owner is None:
            # Classes are made from the last node to the first.
            sizes = np.asarray(self.classes.end) - np.asarray(self.classes.begin)
            owners = np.repeat(np.arange(len(sizes))[::-1], sizes[::-1])
            self._owner = (
                owners.tolist() if isinstance(self.classes.begin, list) else owners
            )
        return int(self._owner[k])

    def of(self, node: int) -> range:
        """The classes of a node."""
        return range(int(self.classes.begin[node]), int(self.classes.end[node]))

    def children(self, node: int) -> range:
        """The children of a node."""
        return range(int(self.form.first[node]), int(self.form.first[node + 1]))

    def links(self, k: int) -> list[list[int]]:
        """The ways to make class k.

        Each is a list of child classes (one for a decision, one for each event of chance).
        """
        found = self._links.get(k)
        if found is None:
            node = self.owner(k)
            flat = [
                int(x)
                for x in self.classes.links[
                    int(self.classes.link_begin[k]) : int(self.classes.link_end[k])
                ]
            ]
            width = (
                1
                if self.form.mover[node] >= 0
                else sum(1 for child in self.children(node) if self.alive[child])
            )
            found = (
                [[]]
                if self.form.mover[node] == -2
                else [flat[i : i + width] for i in range(0, len(flat), width)]
            )
            self._links[k] = found
        return found

    def allowed(self, node: int, child: int, chosen: int) -> list[int]:
        """Classes of another child that leave ``node``'s mover content with ``chosen``."""
        who = int(self.form.mover[node])
        worth = self.classes.values[chosen][who]
        return [
            k
            for k in self.of(child)
            if self.compare(node, self.classes.values[k][who], worth) <= 0
        ]

    def beside(self, node: int, link: list[int]) -> list[list[int]]:
        """For each child that a link leaves aside, the classes it may be in.

        Such a child is not chosen, or has probability zero. ``node``: the child's parent.
        """
        if self.form.mover[node] >= 0:
            taken = self.owner(link[0])
            return [
                self.allowed(node, child, link[0])
                for child in self.children(node)
                if child != taken
            ]
        return [
            list(self.of(child)) for child in self.children(node) if not self.alive[child]
        ]

    # -- counting

    def _fill(self, memo: dict[int, int], roots: Sequence[int], aside: bool) -> None:
        """Evaluate a sum over links of products over parts.

        Children first, without recursion.
        """
        if aside and self.single is None:
            self.single = single_classes(self)
        single = self.single if aside else None
        stack = list(roots)
        while stack:
            deadline.check()
            k = stack[-1]
            if k in memo:
                stack.pop()
                continue
            if single is not None and single[k]:
                memo[k] = 1
                stack.pop()
                continue
            node = self.owner(k)
            total = 0
            missing = []
            for link in self.links(k):
                product = 1
                parts = [[one] for one in link] + (
                    self.beside(node, link) if aside and link else []
                )
                for options in parts:
                    lacking = [one for one in options if one not in memo]
                    missing += lacking
                    if not lacking:
                        product *= sum(memo[one] for one in options)
                total += product
            if missing:
                stack.extend(missing)
            else:
                memo[k] = total
                stack.pop()

    def distribution_count(self) -> int:
        """How many distinct distributions over plays the root has."""
        roots = list(self.of(0))
        self._fill(self._spread, roots, aside=False)
        return sum(self._spread[k] for k in roots)

    # -- distributions

    def distribution(self, number: int) -> dict[int, list[int]]:
        """One distribution over plays, by number.

        It is given by the link taken for each class on the way.
        """
        self.distribution_count()
        chosen: dict[int, list[int]] = {}
        stack = [(list(self.of(0)), number)]
        while stack:
            options, rest = stack.pop()
            for k in options:
                if rest < self._spread[k]:
                    break
                rest -= self._spread[k]
            for link in self.links(k):
                size = 1
                for part in link:
                    size *= self._spread[part]
                if rest < size:
                    break
                rest -= size
            chosen[k] = link
            for part in reversed(link):
                rest, digit = divmod(rest, self._spread[part])
                stack.append(([part], digit))
        return chosen

    def multiplicity(self, chosen: dict[int, list[int]]) -> int:
        """How many profiles share a distribution over plays.

        ``chosen``: the link taken at each class on the way.
        """
        result = 1
        with without_ties.in_plain_code():
            for k, link in chosen.items():
                node = self.owner(k)
                if self.form.mover[node] == -2:
                    continue
                for options in self.beside(node, link):
                    self._fill(self._profiles, options, aside=True)
                    result *= sum(self._profiles[one] for one in options)
        return result

    def profile(self, chosen: dict[int, list[int]], number: int = 0) -> PureProfile:
        """One of the profiles that share a distribution over plays, by number.

        ``chosen``: the link taken at each class on the way.
        """
        choices = np.zeros(len(self.form.infoset_nodes), dtype=np.int32)
        stack: list[tuple[list[int], int]] = []
        for k, link in chosen.items():
            number = self._settle(choices, self.owner(k), link, number, stack, fixed=True)
        while stack:
            options, rest = stack.pop()
            k = options[0]
            if rest or len(options) > 1:
                self._fill(self._profiles, options, aside=True)
                for k in options:
                    if rest < self._profiles[k]:
                        break
                    rest -= self._profiles[k]
            node, ways = self.owner(k), self.links(k)
            link = ways[0]
            if rest:
                for link in ways:
                    size = self._way(node, link)
                    if rest < size:
                        break
                    rest -= size
            self._settle(choices, node, link, rest, stack, fixed=False)
        choices.flags.writeable = False
        return PureProfile(self.form, choices)

    def _way(self, node: int, link: list[int]) -> int:
        size = 1
        for options in [[one] for one in link] + self.beside(node, link):
            self._fill(self._profiles, options, aside=True)
            size *= sum(self._profiles[one] for one in options)
        return size

    def _settle(
        self,
        choices: NDArray[Any],
        node: int,
        link: list[int],
        rest: int,
        stack: list[tuple[list[int], int]],
        *,
        fixed: bool,
    ) -> int:
        """Write the choice at one node and hand the digits of ``rest`` to its parts.

        Returns what is left of the number.
        """
        if self.form.mover[node] == -2:
            return rest
        if self.form.mover[node] >= 0:
            choices[self.form.infoset[node]] = self.owner(link[0]) - int(
                self.form.first[node]
            )
        parts = ([] if fixed else [[one] for one in link]) + self.beside(node, link)
        for options in parts:
            digit = 0
            if rest:
                self._fill(self._profiles, options, aside=True)
                rest, digit = divmod(rest, sum(self._profiles[one] for one in options))
            stack.append((options, digit))
        return rest


@attrs.frozen(eq=False)
class Supporting:
    """The profiles behind one distribution over plays, given by its number.

    Counted, and listed lazily one by one.
    """

    listing: Continuations
    number: int

    @property
    def chosen(self) -> dict[int, list[int]]:
        """For each class on the way, the link taken."""
        return self.listing.distribution(self.number)

    def count(self) -> int:
        """How many there are."""
        return self.listing.multiplicity(self.chosen)

    def __iter__(self) -> Iterator[PureProfile]:
        number = 0
        total = self.count()
        chosen = self.chosen
        while number < total:
            yield self.listing.profile(chosen, number)
            number += 1
