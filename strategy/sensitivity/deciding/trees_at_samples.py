"""Trees at many parameter samples at once, chance included.

What the compiled backward induction needs, made once for a slice.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.exact import exact
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.polynomials_at_samples import Polynomials
from strategy.sensitivity.deciding.slices import value
from strategy.sensitivity.deciding.tree_induction import SlicedTree
from strategy.solvers.induction.ties import movers_above

__all__ = ["MOST_PLAYERS", "SampledTreeJudge"]

MOST_PLAYERS = 64
_ROOM = 2**62  # whole numbers whose sums stay below it fit the compiled code


class SampledTreeJudge:
    """Which samples have the outcome in some subgame-perfect equilibrium.

    It also tells which lack it in some.
    """

    def __init__(self, tree: SlicedTree) -> None:
        form = tree.form
        self.mask = np.ascontiguousarray(tree.mask)
        self.laws: list[Polynomial] = [one for law in tree.laws for one in law]
        numbers: dict[tuple[int, Polynomial], int] = {}
        columns = [
            [
                numbers.setdefault((who, worths[play]), len(numbers))
                for who, worths in enumerate(tree.payoffs)
            ]
            for play in range(form.play_count)
        ]
        self.columns = np.array(columns, dtype=np.int64)
        self.polynomials = Polynomials(
            tree.slice, [*[one for _, one in numbers], *self.laws]
        )
        starts = np.cumsum([0, *[len(law) for law in tree.laws]])
        entry = np.array(
            [starts[law] if law >= 0 else 0 for law in form.law.tolist()], dtype=np.int64
        )
        above = np.array(
            [sum(1 << who for who in players) for players in movers_above(form)],
            dtype=np.uint64,
        )
        self.tree = (
            form.first.astype(np.int64),
            form.mover.astype(np.int64),
            above,
            form.leaf_number.astype(np.int64),
            entry,
        )
        self.bounds = self._bounds()
        self.sliced = tree

    def _bounds(self) -> NDArray[np.float64]:
        """By how much a continuation's worth may be off in floats, (nodes, players).

        An average of n worths of size V, off by e, with weights that add up to 1 and are
        off by d in all, is off by at most e + (d + (n + 2) u) 2 (V + e) where u = 2**-52.
        """
        first, mover, _, leaf, entry = self.tree
        margin = np.maximum(self.polynomials.margin, 0) + np.finfo(float).tiny
        largest = self.polynomials.sizes[self.columns].max(axis=0)
        off = margin[self.polynomials.count - len(self.laws) :]
        bounds = np.zeros((len(mover), self.columns.shape[1]))
        for node in range(len(mover) - 1, -1, -1):
            if mover[node] == -2:
                bounds[node] = margin[self.columns[leaf[node]]]
                continue
            children = bounds[first[node] : first[node + 1]].max(axis=0)
            bounds[node] = children
            if mover[node] == -1:
                many = int(first[node + 1] - first[node])
                weights = (
                    off[entry[node] : entry[node] + many].sum() + (many + 2) * 2.0**-52
                )
                bounds[node] = (children + weights * 2 * (largest + children)) * (
                    1 + 2.0**-20
                )
        return bounds

    @cached_property
    def coefficients(self) -> tuple[Any, int]:
        """What proves that two worths are one polynomial.

        Needed only where some lie close together.
        """
        return _coefficients(self.sliced)

    def judge(
        self, block: NDArray[np.float64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
        """For each row of parameter values, what the tree says of the outcome.

        Whether it happens in some equilibrium, whether it fails to in some, and whether the
        row has to be decided otherwise. ``block``: the rows.
        """
        values = self.polynomials(block)
        alive = self._alive(block, values)
        plays, players = self.columns.shape
        starts = np.zeros((plays, players + 1), dtype=np.int64)
        nothing = np.zeros(0, dtype=np.int64)
        by_number = (
            starts,
            nothing,
            nothing,
            self.columns,
            np.zeros(players, dtype=np.bool_),
        )
        found = self._found(values, alive, by_number, 0)
        close = np.flatnonzero(found[2])
        if self.laws and len(close):  # without chance, one polynomial has one number
            found[:, close] = self._found(values[close], alive[close], *self.coefficients)
        return found[0], found[1], found[2]

    def _found(
        self,
        values: NDArray[np.float64],
        alive: NDArray[np.bool_],
        coefficients: Any,
        monomials: int,
    ) -> NDArray[np.bool_]:
        from strategy.sensitivity.deciding.trees_at_samples_kernel import (
            MOST_MADE,
            verdicts,
        )

        found = np.zeros((3, len(values)), dtype=np.bool_)
        plays, players = self.columns.shape
        nodes = len(self.tree[1])
        made = MOST_MADE if self.laws else 0
        room = 4 * nodes + 2 * made
        work = (
            np.zeros((plays + made, players)),
            np.zeros(made + 1, dtype=np.int64),
            np.zeros(room, dtype=np.int64),
            np.zeros(nodes, dtype=np.int64),
            np.zeros(monomials, dtype=np.int64),
        )
        lists = (
            *np.zeros((2, nodes), dtype=np.int64),
            np.zeros(room, dtype=np.int64),
            *np.zeros((2, room), dtype=np.bool_),
        )
        verdicts(
            values, alive, self.tree, self.bounds, self.columns, self.mask, coefficients, work,
            lists,
            (found[0], found[1], found[2]),
        )  # fmt: skip
        return found

    def _alive(
        self, block: NDArray[np.float64], values: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """Which probabilities are positive, row by row: where floats do not tell, exactly."""
        count = len(self.laws)
        start = self.polynomials.count - count
        here = values[:, start:]
        margin = self.polynomials.margin[start:]
        alive: NDArray[np.bool_] = here > np.maximum(margin, 0)
        for row, k in zip(*np.nonzero(~alive & (margin >= 0)), strict=True):
            place = tuple(
                [exact(one) for one in block[row, self.polynomials.columns].tolist()]
            )
            alive[row, k] = value(self.laws[k], place) > 0
        return alive


def _coefficients(tree: SlicedTree) -> tuple[Any, int]:
    """Each play's payoffs, weighted by chance, as whole multiples of monomials.

    Weighted by the probability that chance leads there. Where those of a play and player
    start, the monomials, the multiples; numbers that say which are equal; for which players
    sums fit. And how many monomials there are.
    """
    form = tree.form
    alive = np.ones(form.node_count, dtype=bool)
    for node in range(1, form.node_count):
        parent = int(form.parent[node])
        if form.mover[parent] == -1:
            alive[node] = bool(tree.laws[form.law[parent]][node - int(form.first[parent])])
    weighted = [[one.poly for one in row] for row in tree.leaf_values(alive)]
    places: dict[tuple[int, ...], int] = {}
    known: dict[Polynomial, int] = {}
    players = range(len(form.players))
    scales = [
        math.lcm(*[factor.denominator for row in weighted for _, factor in row[who].terms])
        for who in players
    ]
    fits = [
        sum(
            [
                int(abs(factor) * scales[who])
                for row in weighted
                for _, factor in row[who].terms
            ]
        )
        < _ROOM
        for who in players
    ]
    starts: list[list[int]] = []
    monomials: list[int] = []
    wholes: list[int] = []
    for row in weighted:
        begins = []
        for who, one in enumerate(row):
            begins.append(len(monomials))
            for powers, factor in one.terms if fits[who] else ():
                monomials.append(places.setdefault(powers, len(places)))
                wholes.append(int(factor * scales[who]))
        starts.append([*begins, len(monomials)])
    same = [[known.setdefault(one, len(known)) for one in row] for row in weighted]
    told = (
        *[np.array(one, dtype=np.int64) for one in (starts, monomials, wholes, same)],
        np.array(fits),
    )
    return told, len(places)
