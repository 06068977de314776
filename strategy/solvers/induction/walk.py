"""A profile behind each distribution over plays, one after the other.

Each is made from the one before.

Two that follow each other mostly differ near their ends. A tree of n moves in a row, all
tied, has n distributions over plays of up to n moves; to begin at the root for each takes
n² steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.forms.profiles import PureProfile
from strategy.solvers.induction.ties import Continuations

__all__ = ["Walk"]

_DEAR = 25  # how much more memory a change takes than a choice
Pending = Any  # None, or a class that the way must go through and what is pending after it


@attrs.define(eq=False)
class _WalkEntry:
    """A class on the way, the link that is taken, and what is pending then.

    The number of the link; pending is what comes after all that the link leads to.
    """

    kind: int
    link: int
    rest: Pending


class Walk:
    """Iterates over one profile for each distribution.

    Distributions come in the order in which ``Continuations`` numbers them.

    ``start``: what ``first_profile`` returns, if the first one is known.
    """

    def __init__(
        self,
        listing: Continuations,
        start: tuple[NDArray[np.int32], NDArray[np.int32]] | None = None,
    ) -> None:
        self.listing, self.form = listing, listing.form
        self.choices: NDArray[np.int32] = np.zeros(
            len(self.form.infoset_nodes), dtype=np.int32
        )
        # of each node the class that it is in
        self.kinds: NDArray[np.int32] = np.full(self.form.node_count, -1, dtype=np.int32)
        self.known = start is not None
        if start is not None:
            self.choices, self.kinds = start
        # and the number of the link taken there, if it is not the first
        self.links: dict[int, int] = {}
        self.way: list[_WalkEntry] = []
        # how ``choices`` differ from those of the last profile that was written out in full
        self.changes: dict[int, int] = {}
        self.base: NDArray[np.int32] | None = None

    def _profile(self) -> PureProfile:
        if self.base is None or _DEAR * len(self.changes) > len(self.choices):
            self.base, self.changes = self.choices.copy(), {}
            self.base.flags.writeable = False
        return PureProfile(self.form, self.base, dict(self.changes))

    def __iter__(self) -> Iterator[PureProfile]:
        left = set[int]()
        for kind in self.listing.of(0):
            pending: Pending = (kind, None)
            changed = 0
            while True:
                self._extend(pending)
                if not self.known:
                    self._settle(changed, left)
                self.known = False
                yield self._profile()
                left = set()
                while self.way and self.way[-1].link + 1 == len(
                    self.listing.links(self.way[-1].kind)
                ):
                    left.add(self.listing.owner(self.way.pop().kind))
                if not self.way:
                    break
                entry, changed = self.way[-1], len(self.way) - 1
                entry.link += 1
                pending = self._after(entry)

    def _after(self, entry: _WalkEntry) -> Pending:
        pending = entry.rest
        for part in reversed(self.listing.links(entry.kind)[entry.link]):
            pending = (part, pending)
        return pending

    def _extend(self, pending: Pending) -> None:
        """Go on through all that is pending, by first links."""
        while pending is not None:
            kind, rest = pending
            self.way.append(_WalkEntry(kind, 0, rest))
            pending = self._after(self.way[-1])

    def _settle(self, changed: int, left: set[int]) -> None:
        """Write down what is done at the nodes of the way from one entry on, and beside it.

        ``left`` are off the way now.
        """
        listing, beside = self.listing, list[tuple[int, int]]()
        for entry in self.way[changed:]:
            node = listing.owner(entry.kind)
            beside += self._take(node, entry.kind, entry.link)[1]
            left.discard(node)
        while beside:
            deadline.check()
            node, kind = beside.pop()
            if self.kinds[node] != kind or node in self.links or node in left:
                left.discard(node)
                for parts in self._take(node, kind, 0):
                    beside += parts

    def _take(
        self, node: int, kind: int, number: int
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Take a link at a node.

        Returns the nodes that it leads to and those beside it, with the class of each.
        """
        listing = self.listing
        self.kinds[node] = kind
        self.links.pop(node, None)
        if number:
            self.links[node] = number
        if self.form.mover[node] == -2:
            return [], []
        link = listing.links(kind)[number]
        if self.form.mover[node] >= 0:
            place = int(self.form.infoset[node])
            action = listing.owner(link[0]) - int(self.form.first[node])
            self.choices[place] = action
            self.changes.pop(place, None)
            if self.base is not None and self.base[place] != action:
                self.changes[place] = action
        others = [options[0] for options in listing.beside(node, link)]
        return [(listing.owner(one), one) for one in link], [
            (listing.owner(one), one) for one in others
        ]
