"""All extreme equilibria of a two-player game, exactly and with proof: the search, the vertices it leads to, what is found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from math import gcd
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.solvers import _bimatrix_plain as plain

__all__ = ["Enumeration", "Found", "Vertices", "extreme_equilibria", "reduced"]

Array = NDArray[Any]


@attrs.frozen(eq=False)
class Vertices:
    """Extreme strategies of one player: whole numerators (vertices, actions), denominators (vertices,), and which labels are
    tight (vertices, labels): own actions unused, the opponent's actions that are best replies. Player 1's actions come first."""

    numerators: Array
    denominators: Array
    tight: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.denominators)


@attrs.frozen(eq=False)
class Found:
    """Extreme equilibria: the vertices of either player that occur in one, and the pairs (i, j) that are equilibria,
    shape (pairs, 2).

    Vertices are in order of their supports, then of the best replies to them; pairs in that order.
    """

    x: Vertices
    y: Vertices
    pairs: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pairs)


def reduced(payoffs: Any, axis: int) -> Array:
    """Payoffs of one player in the smallest whole numbers with the same equilibria; own actions along ``axis``.

    What a player gets against one action of the opponent may be shifted, and all payoffs be divided.
    int64 where all fit in 60 bits.
    """
    given = np.asarray(payoffs)
    exact = given.astype(object)
    if not exact.size:
        return np.zeros(given.shape, dtype=np.int64)
    if given.dtype.kind in "iu" and given.dtype.itemsize <= 8 and bool(np.all(np.abs(given.astype(np.float64)) < 2.0**59)):
        exact = given.astype(np.int64)
    low, high = exact.min(axis=axis, keepdims=True), exact.max(axis=axis, keepdims=True)
    shifted = exact - low
    divisor = gcd(*[int(x) for x in np.unique(shifted.ravel())]) or 1
    result = shifted // divisor - (high - low) // divisor // 2
    largest = int(np.abs(result).max())
    whole: Array = result.astype(np.int64 if largest < 2**60 else object)
    return whole


class _PlainSearch:
    """The search in Python's integers: no limits to their size, and nothing to load."""

    def __init__(self, payoffs: tuple[Array, Array]) -> None:
        n, m = payoffs[0].shape
        self.labels = ((range(m), range(m, m + n)), (range(m, m + n), range(m)))
        self.rows = [[[int(x) for x in row] for row in payoff] for payoff in payoffs]
        self.numerators: tuple[list[Any], list[Any]] = ([], [])
        self.tight: tuple[list[list[bool]], list[list[bool]]] = ([], [])
        self.number: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self.pairs: list[tuple[int, int]] = []

    def steps(self, check: Callable[[], None] | None) -> Iterator[None]:
        """Search, face by face."""
        whole = [plain.Face.whole(rows, *labels) for rows, labels in zip(self.rows, self.labels, strict=True)]
        for faces in plain.equilibrium_faces(whole[0], whole[1], sum(map(len, self.labels[0])), check):
            xs, ys = ([self._vertex(d, one) for one in plain.face_vertices(face, check)] for d, face in enumerate(faces))
            self.pairs += [(i, j) for i in xs for j in ys]
            yield

    def _vertex(self, d: int, face: plain.Face) -> int:
        """The number of a vertex, by what is tight there."""
        rows, (own, other) = self.rows[d], self.labels[d]
        used = [i for i, label in enumerate(own) if label not in face.fixed]
        part = plain.basis_vertex(rows, used, [j for j, label in enumerate(other) if label in face.fixed])
        assert part is not None
        weights = [0] * len(own)
        for i, weight in zip(used, part, strict=True):
            weights[i] = weight
        values = [sum([row[i] * weights[i] for i in used]) for row in rows]
        best = max(values)
        tight = [False] * (len(own) + len(other))
        tight[own.start : own.stop] = [w == 0 for w in weights]
        tight[other.start : other.stop] = [v == best for v in values]
        key = sum([1 << k for k, one in enumerate(tight) if one])
        number = self.number[d].setdefault(key, len(self.numerators[d]))
        if number == len(self.numerators[d]):
            self.numerators[d].append(weights)
            self.tight[d].append(tight)
        return number

    def found(self) -> tuple[list[tuple[list[Any], Array]], Array]:
        """For each side numerators and tight labels of distinct vertices; the pairs that are equilibria."""
        size = sum(map(len, self.labels[0]))
        parts = [
            (numerators, np.array(tight, dtype=np.bool_).reshape(len(tight), size))
            for numerators, tight in zip(self.numerators, self.tight, strict=True)
        ]
        return parts, np.array(self.pairs, dtype=np.int64).reshape(len(self.pairs), 2)


class Enumeration:
    """A search for all extreme equilibria that runs in slices, and can be asked for what it has found so far.

    ``A``, ``B``: the payoffs as integers, shape (m, n), of any size.
    """

    def __init__(self, A: Any, B: Any) -> None:
        rows, columns = reduced(A, 0), reduced(B, 1)
        self.m, self.n = rows.shape
        self.payoffs = (np.ascontiguousarray(columns.T), np.ascontiguousarray(rows))
        self.finished = False
        self._search: Any = None

    def run(self, check: Callable[[], None] | None = None) -> None:
        """Search to the end; ``check`` is called now and then, and may raise."""
        for _ in self.steps(check):
            if check is not None:
                check()

    def steps(self, check: Callable[[], None] | None = None) -> Iterator[None]:
        """Search in slices of bounded work."""
        if _worth_compiling(self.m, self.n) and all(payoff.dtype == np.int64 for payoff in self.payoffs):
            from strategy.solvers._bimatrix_compiled import CompiledSearch, Polyhedron

            sides = (Polyhedron(self.payoffs[0], 0, self.m), Polyhedron(self.payoffs[1], self.m, 0))
            self._search = CompiledSearch(sides)
            self.finished = yield from self._search.steps()
            if self.finished:
                return
        start = time.perf_counter()
        self._search = _PlainSearch(self.payoffs)
        try:
            yield from self._search.steps(check)
        finally:
            _spent[0] += time.perf_counter() - start
        self.finished = True

    def found(self) -> Found:
        """What has been found so far."""
        if self._search is None:
            self._search = _PlainSearch(self.payoffs)
        sides, pairs = self._search.found()
        parts, columns = [], []
        for d, (numerators, tight) in enumerate(sides):
            # By support, then by best replies: first what uses the first actions. Labels of side 1 begin with the other's.
            keys = tight if d == 0 else np.roll(tight, -self.m, axis=1)
            order = np.lexsort(keys.T[::-1]) if len(keys) else np.zeros(0, dtype=np.int64)
            place = np.empty(len(order), dtype=np.int64)
            place[order] = np.arange(len(order))
            parts.append(_vertices([numerators[i] for i in order], tight[order], self.payoffs[d].shape[1]))
            columns.append(place[pairs[:, d]])
        ordered = np.lexsort((columns[1], columns[0]))
        return Found(parts[0], parts[1], np.stack([columns[0][ordered], columns[1][ordered]], axis=1))


def _vertices(numerators: list[Any], tight: Array, own: int) -> Vertices:
    """Vertices with numerators in lowest terms: int64 where they and their sums fit."""
    if all(isinstance(one, np.ndarray) for one in numerators):
        exact = np.array(numerators, dtype=np.int64).reshape(len(numerators), own)
    else:
        exact = np.array([[int(x) for x in one] for one in numerators], dtype=object)
    if len(exact):
        exact = exact // np.gcd.reduce(exact, axis=1)[:, None]
        largest = int(exact.max())
        exact = exact.astype(np.int64 if largest * own < 2**62 else object)
    return Vertices(exact, exact.sum(axis=1), tight)


_spent = [0.0]  # seconds in plain Python so far: many small games are worth loading compiled code for


def _worth_compiling(m: int, n: int) -> bool:
    return m + n > 14 or (m + n > 6 and _spent[0] > 0.5)


def extreme_equilibria(A: Any, B: Any, check: Callable[[], None] | None = None) -> Found:
    """All extreme equilibria of the two-player game with payoffs A and B, whole numbers of any size in arrays of shape (m, n).

    Every equilibrium is a convex combination of these within a maximal Nash subset. The branching is over labels; see
    Avis, Rosenberg, Savani and von Stengel, "Enumeration of Nash equilibria for two-player games", Economic Theory 42 (2010).
    """
    enumeration = Enumeration(A, B)
    enumeration.run(check)
    return enumeration.found()
