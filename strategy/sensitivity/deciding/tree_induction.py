"""Backward induction over expressions.

What a tree's players choose where polynomials have given signs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.amounts import Quotient
from strategy.errors import RefusalError
from strategy.forms.extensive import ExtensiveForm
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.found import Found, Impossible
from strategy.sensitivity.deciding.slices import Slice
from strategy.sensitivity.deciding.worths import extreme
from strategy.solvers.induction.classes import Classes, TooManyClasses
from strategy.solvers.induction.ties import Continuations, induce

__all__ = ["InductionRun", "SlicedTree"]


class Value:
    """What a continuation is worth to one player.

    A polynomial, kept once, so that equal values are the same object.
    """

    __slots__ = ("known", "poly")

    def __init__(self, poly: Polynomial, known: dict[Polynomial, Value]) -> None:
        self.poly, self.known = poly, known

    @staticmethod
    def of(poly: Polynomial, known: dict[Polynomial, Value]) -> Value:
        """The one object for this polynomial.

        ``known``: the objects made so far.
        """
        found = known.get(poly)
        if found is None:
            found = known[poly] = Value(poly, known)
        return found

    def __add__(self, other: Value | int) -> Value:
        return (
            self if isinstance(other, int) else Value.of(self.poly + other.poly, self.known)
        )

    __radd__ = __add__


@attrs.frozen(eq=False)
class InductionRun:
    """One backward induction at a place.

    Its classes, and for each node the polynomials that were compared there.
    """

    listing: Continuations
    compared: dict[int, set[Polynomial]]


class SlicedTree:
    """A tree with perfect information, with its payoffs and chance laws on a slice."""

    def __init__(self, where: Slice, mask: NDArray[np.bool_]) -> None:
        self.slice, self.mask = where, mask
        model = where.model
        assert model.form.is_tree
        self.form: ExtensiveForm = model.form
        self.known: dict[Polynomial, Value] = {}
        self.differences: dict[tuple[Value, Value], tuple[Polynomial, int]] = {}
        self.payoffs = []
        for player in model.players:
            numbers, polynomials = model.payoff_polynomials(player)
            worths = [where.restrict(poly) for poly in polynomials]
            self.payoffs.append([worths[i] for i in numbers.tolist()])
        self.laws = self._laws()
        self.leaves: dict[bytes, list[list[Value]]] = {}

    def _laws(self) -> list[list[Polynomial]]:
        laws = self.slice.model.laws
        return (
            []
            if laws is None
            else [[self._probability(one) for one in law] for law in laws.amounts]
        )

    def _probability(self, amount: Polynomial | Quotient) -> Polynomial:
        if isinstance(amount, Polynomial):
            return self.slice.restrict(amount)
        below = self.slice.restrict(amount.denom)
        if below.used:
            raise RefusalError(
                f"the probability {amount.written} divides by a parameter that moves: "
                "exact thresholds need polynomial probabilities; use verdict() at chosen "
                "values"
            )
        return self.slice.restrict(amount.numer) * (1 / below.number)

    def _alive(self, signs: Callable[[Polynomial], int]) -> Any:
        """Which nodes chance leads to with positive probability from their parents."""
        alive = np.ones(self.form.node_count, dtype=bool)
        for number, law in enumerate(self.laws):
            parts = [probability.canonical() for probability in law]
            if not any(turn * signs(poly) for poly, turn in parts if turn):
                raise Impossible  # probabilities add up to 1
            for i, (poly, turn) in enumerate(parts):
                if not turn or not turn * signs(poly):
                    alive[self.form.first[np.flatnonzero(self.form.law == number)] + i] = (
                        False
                    )
        return alive

    def leaf_values(self, alive: Any) -> list[list[Value]]:
        """What each play is worth to each player, times how probable chance makes it.

        The probability with which chance does its part on the way there. ``alive``: for
        each node, whether it is reached with positive probability.
        """
        key = alive.tobytes()
        if key not in self.leaves:
            reach = self._reach(alive)
            rows = []
            for play, leaf in enumerate(self.form.leaves.tolist()):
                worths = [column[play] for column in self.payoffs]
                if reach is not None and reach[leaf] != self._one:
                    worths = [worth * reach[leaf] for worth in worths]
                rows.append([Value.of(worth, self.known) for worth in worths])
            self.leaves[key] = rows
        return self.leaves[key]

    @property
    def _one(self) -> Polynomial:
        return Polynomial.constant(1, len(self.slice.varied))

    def _reach(self, alive: Any) -> list[Polynomial] | None:
        """The probability with which chance does its part on the way to each node.

        Starting afresh below events of probability zero.
        """
        if not self.laws:
            return None
        form, reach = self.form, [self._one] * self.form.node_count
        for node in range(1, form.node_count):
            parent = int(form.parent[node])
            if not alive[node]:
                continue
            reach[node] = reach[parent]
            if form.mover[parent] == -1:
                law = self.laws[form.law[parent]]
                reach[node] = reach[parent] * law[node - int(form.first[parent])]
        return reach

    def run(
        self,
        signs: Callable[[Polynomial], int],
        elsewhere: Callable[[int], Callable[[Polynomial], int]] | None = None,
    ) -> InductionRun:
        """Backward induction where polynomials have these signs.

        ``elsewhere(node)`` may give other signs for the choice at a node.
        """
        compared: dict[int, set[Polynomial]] = {}
        differences = self.differences

        def compare(node: int, a: Value, b: Value) -> int:
            if a is b:
                return 0
            found = differences.get((a, b))
            if found is None:
                found = differences[a, b] = (a.poly - b.poly).canonical()
            poly, turn = found
            if not turn:
                return 0
            compared.setdefault(node, set()).add(poly)
            return turn * (signs if elsewhere is None else elsewhere(node))(poly)

        alive = self._alive(signs)
        try:
            classes: Classes = induce(self.form, alive, self.leaf_values(alive), compare)
        except TooManyClasses:
            raise RefusalError(
                "ties under chance moves give too many combinations of continuations to "
                "follow along a range: break ties that do not matter, or ask for "
                "verdict() at chosen values"
            ) from None
        return InductionRun(Continuations(self.form, alive, classes, compare), compared)

    def of(self, run: InductionRun) -> Found:
        """What a run amounts to.

        Which leaves happen in some equilibrium, and whether the outcome may happen or fail.
        """
        listing = run.listing
        plays = set()
        hit = False
        miss = False
        seen, stack = set(listing.of(0)), list(listing.of(0))
        while stack:
            k = stack.pop()
            ways = listing.links(k)
            if ways == [[]]:
                play = int(self.form.leaf_number[listing.owner(k)])
                plays.add(play)
                hit = hit or bool(self.mask[play])
                miss = miss or not self.mask[play]
            for link in ways:
                for part in link:
                    if part not in seen:
                        seen.add(part)
                        stack.append(part)
        return Found(frozenset(plays), hit, miss)

    @property
    def certain(self) -> list[Polynomial]:
        """For each play 1 where the outcome holds, else 0.

        Worth on average what the outcome's probability is.
        """
        return [self._one * int(holds) for holds in self.mask]

    def extremes(
        self,
        listing: Continuations,
        worth: Sequence[Polynomial],
        signs: Callable[[Polynomial], int],
    ) -> tuple[Polynomial, Polynomial]:
        """The least and the greatest that the plays of an equilibrium are worth on average.

        Over the equilibria that a run found, where the polynomials have these signs; ``worth``:
        of each play. ``listing``: the continuations that the run found.
        """
        bounds: dict[int, tuple[Polynomial, Polynomial]] = {}
        for k in range(len(listing.classes.values)):
            node = listing.owner(k)
            if self.form.mover[node] == -2:
                bounds[k] = (worth[self.form.leaf_number[node]],) * 2
                continue
            rows = [self._of_link(node, link, bounds, listing) for link in listing.links(k)]
            bounds[k] = (
                extreme([row[0] for row in rows], signs, -1),
                extreme([row[1] for row in rows], signs, 1),
            )
        roots = [bounds[k] for k in listing.of(0)]
        return extreme([row[0] for row in roots], signs, -1), extreme(
            [row[1] for row in roots], signs, 1
        )

    def _of_link(
        self,
        node: int,
        link: list[int],
        bounds: dict[int, tuple[Polynomial, Polynomial]],
        listing: Continuations,
    ) -> tuple[Polynomial, Polynomial]:
        if self.form.mover[node] >= 0:
            return bounds[link[0]]
        first = int(self.form.first[node])
        law = self.laws[self.form.law[node]]
        parts = [(law[listing.owner(part) - first], bounds[part]) for part in link]
        nothing = self._one * 0
        return (
            sum([weight * ends[0] for weight, ends in parts], nothing),
            sum([weight * ends[1] for weight, ends in parts], nothing),
        )
