"""How the equilibria of a two-player game hang together.

Maximal Nash subsets, connected components, dimension and index.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from flint import fmpz_mat

from strategy.results import Component
from strategy.solvers.bimatrix.extreme import ExtremeFound, Vertices, reduced
from strategy.solvers.bimatrix.plain import (
    Face,
    Matrix,
    equilibrium_faces,
    infinitesimal_unit,
)

__all__ = ["components", "maximal_products", "number_of_components"]


def components(found: ExtremeFound, A: Any, B: Any) -> tuple[Component, ...]:
    """The connected components of the set of equilibria.

    They come in order of their first extreme equilibria.

    ``found``: all extreme equilibria of the game with payoffs A and B (whole numbers).
    Maximal Nash subsets are the maximal complete bipartite parts of the graph of extreme
    equilibria, and components are its components: Avis, Rosenberg, Savani and von Stengel,
    "Enumeration of Nash equilibria for two-player games", Economic Theory 42 (2010).
    """
    own, other = _neighbours(found)
    game = _Bimatrix(reduced(A, 0), reduced(B, 1))
    strategies = [_fractions(side) for side in (found.x, found.y)]
    pairs = [(int(i), int(j)) for i, j in found.pairs]
    of_row: list[list[int]] = [[] for _ in own]
    for k, (i, _) in enumerate(pairs):
        of_row[i].append(k)
    result = []
    for rows, columns in _connected(own, other):
        members = sorted([k for i in _bits(rows) for k in of_row[i]])
        subsets, dimension = [], 0
        for subset in sorted(
            maximal_products(own, rows, columns),
            key=lambda part: [_bits(one) for one in part],
        ):
            chosen = [_bits(one) for one in subset]
            dimension = max(
                dimension, _dimension(found.x, chosen[0]) + _dimension(found.y, chosen[1])
            )
            subsets.append(
                tuple(
                    [
                        tuple([vectors[i] for i in some])
                        for vectors, some in zip(strategies, chosen, strict=True)
                    ]
                )
            )
        index = sum(
            [
                game.index(found.x.tight[pairs[k][0]], found.y.tight[pairs[k][1]])
                for k in members
            ]
        )
        result.append(Component(tuple(subsets), tuple(members), dimension, index))
    return tuple(sorted(result, key=lambda one: one.equilibria))


def number_of_components(found: ExtremeFound) -> int:
    """How many connected components there are, without their indices.

    ``found``: all extreme equilibria.
    """
    return sum(1 for _ in _connected(*_neighbours(found)))


def _fractions(side: Vertices) -> list[tuple[Fraction, ...]]:
    return [
        tuple([Fraction(int(x), int(d)) for x in row])
        for row, d in zip(side.numerators, side.denominators, strict=True)
    ]


def _bits(mask: int) -> list[int]:
    result = []
    while mask:
        low = mask & -mask
        result.append(low.bit_length() - 1)
        mask ^= low
    return result


def _neighbours(found: ExtremeFound) -> tuple[list[int], list[int]]:
    own, other = [0] * len(found.x), [0] * len(found.y)
    for i, j in found.pairs.tolist():
        own[i] |= 1 << j
        other[j] |= 1 << i
    return own, other


def _connected(own: Sequence[int], other: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The components of a bipartite graph, as masks of either part."""
    left = (1 << len(own)) - 1
    while left:
        rows, columns = left & -left, 0
        fresh = rows
        while fresh:
            reached = 0
            for i in _bits(fresh):
                reached |= own[i]
            fresh = 0
            for j in _bits(reached & ~columns):
                fresh |= other[j]
            columns |= reached
            fresh &= ~rows
            rows |= fresh
        left &= ~rows
        yield rows, columns


def maximal_products(
    own: Sequence[int], rows: int, columns: int
) -> Iterator[tuple[int, int]]:
    """The maximal complete bipartite parts of a connected bipartite graph, each once.

    They are found by closing one row after another.

    ``own``: for each row the mask of its columns. The order of closing is that of
    Kuznetsov's Close-by-One. ``rows``, ``columns``: masks of all of them.
    """
    members = _bits(rows)

    def closed(shared: int) -> int:
        return sum([1 << i for i in members if own[i] & shared == shared])

    stack = [(closed(columns), columns, 0)]
    while stack:
        part, shared, start = stack.pop()
        if part:
            yield part, shared
        for place in range(start, len(members)):
            i = members[place]
            if part >> i & 1 or not own[i] & shared:
                continue
            smaller = shared & own[i]
            larger = closed(smaller)
            below = (1 << i) - 1
            if larger & below == part & below:
                stack.append((larger, smaller, place + 1))


def _dimension(side: Vertices, chosen: Sequence[int]) -> int:
    """The dimension of the convex hull of some vertices."""
    if len(chosen) == 1:
        return 0
    return int(fmpz_mat([[int(x) for x in side.numerators[i]] for i in chosen]).rank()) - 1


class _Bimatrix:
    """The index of its extreme equilibria.

    The sum over the equilibria that each becomes when payoffs are slightly perturbed.

    Perturbed is what every action pays, whatever the opponent does, by different
    infinitesimals: those of the order of 1 / unit. Such a pair of simplex bases,
    complementary and feasible, counts (-1)^(k + 1) sign det A' sign det B' for k actions
    used by either, A' and B' bordered by ones (Shapley, "A note on the Lemke-Howson
    algorithm", 1974; von Stengel, "Computing equilibria for two-person games", 2002). A
    strict equilibrium counts 1, and all together 1.
    """

    def __init__(self, A: Any, B: Any) -> None:
        self.A: Matrix = [[int(x) for x in row] for row in A]
        self.columns: Matrix = [[int(x) for x in column] for column in zip(*B, strict=True)]
        self.m, self.n = len(self.A), len(self.columns)
        self.unit = infinitesimal_unit(self.A, self.columns)
        self._draw(random.Random(0))

    def _draw(self, rng: random.Random) -> None:
        self.rng = rng
        self.malus = [
            [rng.randrange(1 << 24) for _ in range(count)] for count in (self.n, self.m)
        ]

    def index(self, x: Any, y: Any) -> int:
        """The index of the pair of vertices at which these labels are tight."""
        own, other = range(self.m), range(self.m, self.m + self.n)
        if int(x.sum()) == self.m and int(y.sum()) == self.n:
            return self._sign(
                [i for i in own if not x[i]], [j for j in range(self.n) if x[self.m + j]]
            )
        P = self._cone(x, Face.whole(self.columns, own, other, self.malus[0], self.unit))
        Q = self._cone(y, Face.whole(self.A, other, own, self.malus[1], self.unit))
        total = 0
        for p, q in equilibrium_faces(P, Q, self.m + self.n):
            if p.columns or q.columns:
                self._draw(self.rng)
                return self.index(x, y)
            total += self._sign(
                [i for i in own if i not in p.fixed],
                [j for j in range(self.n) if self.m + j in p.fixed],
            )
        return total

    def _cone(self, tight: Any, face: Face) -> Face:
        """The perturbed polyhedron near a vertex.

        A basis there, and only the constraints that are tight at the vertex.
        """
        labels = {k for k in range(self.m + self.n) if tight[k]}
        while True:  # minimise the sum of the slacks that shall vanish
            total = [0] * (len(face.columns) + 1)
            for row, label in zip(face.rows, face.labels, strict=True):
                if label in labels:
                    total = [a + b for a, b in zip(total, row, strict=True)]
            for c, label in enumerate(face.columns):
                if label in labels:
                    total[c + 1] += face.det
            falling = [c for c in range(len(face.columns)) if total[c + 1] < 0]
            if not falling:
                break
            c = min(falling, key=face.columns.__getitem__)
            face.pivot(face.bland(c), c)
        for r in range(len(face.rows) - 1, -1, -1):
            if face.labels[r] not in labels:
                face.never |= 1 << face.labels.pop(r)
                del face.rows[r]
        return face

    def _sign(self, used: Sequence[int], replies: Sequence[int]) -> int:
        """What an equilibrium counts in which these actions are used."""
        signs = -1 if len(used) % 2 == 0 else 1
        for matrix in (
            [[self.A[i][j] for j in replies] for i in used],
            [[self.columns[j][i] for j in replies] for i in used],
        ):
            bordered = fmpz_mat(
                [*[[*row, 1] for row in matrix], [*[1] * len(replies), 0]]
            ).det()
            signs *= (bordered > 0) - (bordered < 0)
        return signs
