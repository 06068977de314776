"""All extreme equilibria of a two-player game, exactly and with proof: the search, the vertices it leads to, what is found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
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


class _Registry:
    """The vertices of one side, each once, by what is tight at them."""

    def __init__(self, payoff: Array, first: int, second: int) -> None:
        self.payoff, self.first, self.second = payoff, first, second  # payoff (other, own); where own and other labels begin
        self.numerators: list[Any] = []
        self.tight: list[NDArray[np.bool_]] = []
        self.number: dict[bytes, int] = {}
        self.basis: dict[bytes, int] = {}
        self.faces: dict[bytes, list[int]] = {}
        self._rows: list[list[int]] | None = None

    @property
    def rows(self) -> list[list[int]]:
        """The payoffs as lists of Python integers."""
        if self._rows is None:
            self._rows = [[int(x) for x in row] for row in self.payoff]
        return self._rows

    @property
    def labels(self) -> tuple[range, range]:
        """Labels of own actions, and of the opponent's."""
        other, own = self.payoff.shape
        return range(self.first, self.first + own), range(self.second, self.second + other)

    def add(self, weights: Any, tight: NDArray[np.bool_]) -> int:
        """The number of a vertex."""
        key = tight.tobytes()
        number = self.number.setdefault(key, len(self.numerators))
        if number == len(self.numerators):
            self.numerators.append(weights)
            self.tight.append(tight)
        return number

    def from_basis(self, fixed: Sequence[int]) -> int:
        """The vertex where these labels, as many as own actions, are tight; -1 if that is no strategy, -2 if it is no point."""
        own, other = self.labels
        chosen = set(fixed)
        used = [i for i, label in enumerate(own) if label not in chosen]
        replies = [j for j, label in enumerate(other) if label in chosen]
        part = plain.basis_vertex(self.rows, used, replies) if used and len(used) == len(replies) else None
        if part is None:
            return -2
        if min(part) < 0:
            return -1
        weights = [0] * len(own)
        for i, weight in zip(used, part, strict=True):
            weights[i] = weight
        values = [sum([row[i] * weights[i] for i in used]) for row in self.rows]
        best = values[replies[0]]
        if max(values) > best:
            return -1
        tight = np.zeros(len(own) + len(other), dtype=np.bool_)
        tight[own.start : own.stop] = [w == 0 for w in weights]
        tight[other.start : other.stop] = [v == best for v in values]
        return self.add(weights, tight)

    def plain_face(self, labels: Sequence[int], check: Callable[[], None] | None = None) -> list[int]:
        """The vertices of the face where these labels are tight, in Python's integers."""
        face = plain.Face.whole(self.rows, *self.labels)
        if not all(face.tighten(label) for label in labels):
            return []
        return [self.from_basis(one.fixed) for one in plain.face_vertices(face, check)]

    def vertices(self, used: Array, order: Array) -> Vertices:
        """The numbered vertices in an order, as arrays; those not used are left out."""
        own = self.payoff.shape[1]
        wanted = [int(i) for i in order if used[i]]
        tight = np.array([self.tight[i] for i in wanted], dtype=np.bool_).reshape(len(wanted), sum(self.payoff.shape))
        weights = [self.numerators[i] for i in wanted]
        exact = np.empty((len(wanted), own), dtype=object)
        if all(isinstance(w, np.ndarray) and w.dtype == np.int64 for w in weights):
            exact = np.array(weights, dtype=np.int64).reshape(len(wanted), own)
            if exact.size and float(exact.max()) * own >= 2.0**62:
                exact = exact.astype(object)
        else:
            for i, w in enumerate(weights):
                exact[i] = [int(x) for x in w]
        divisors = np.gcd.reduce(exact, axis=1) if len(exact) else np.zeros(0, dtype=np.int64)
        exact = exact // divisors[:, None]
        return Vertices(exact, exact.sum(axis=1), tight)

    def order(self) -> Array:
        """Numbers of all vertices by support, then by best replies: first those that use the first actions."""
        if not self.tight:
            return np.zeros(0, dtype=np.int64)
        bits = np.array(self.tight)
        own, other = self.labels
        keys = np.concatenate([bits[:, own.start : own.stop], bits[:, other.start : other.stop]], axis=1)
        return np.lexsort(keys.T[::-1])


class Enumeration:
    """A search for all extreme equilibria that runs in slices, and can be asked for what it has found so far.

    ``A``, ``B``: the payoffs as integers, shape (m, n), of any size.
    """

    def __init__(self, A: Any, B: Any) -> None:
        self.A, self.B = reduced(A, 0), reduced(B, 1)
        self.m, self.n = self.A.shape
        self.sides = (
            _Registry(np.ascontiguousarray(self.B.T), 0, self.m),
            _Registry(np.ascontiguousarray(self.A), self.m, 0),
        )
        self.pairs: dict[tuple[int, int], None] = {}
        self.finished = False

    def run(self, check: Callable[[], None] | None = None) -> None:
        """Search to the end; ``check`` is called now and then, and may raise."""
        for _ in self.steps(check):
            if check is not None:
                check()

    def steps(self, check: Callable[[], None] | None = None) -> Iterator[None]:
        """Search in slices of bounded work."""
        if _worth_compiling(self.m, self.n) and self.A.dtype == self.B.dtype == np.int64:
            from strategy.solvers._bimatrix_compiled import compiled_search

            done = yield from compiled_search(self)
            if done:
                self.finished = True
                return
        start = time.perf_counter()
        try:
            yield from self._plain(check)
        finally:
            _spent[0] += time.perf_counter() - start
        self.finished = True

    def _plain(self, check: Callable[[], None] | None) -> Iterator[None]:
        whole = [plain.Face.whole(side.rows, *side.labels) for side in self.sides]
        for faces in plain.equilibrium_faces(whole[0], whole[1], self.m + self.n, check):
            numbers = [
                [side.from_basis(one.fixed) for one in plain.face_vertices(face, check)]
                for side, face in zip(self.sides, faces, strict=True)
            ]
            self.keep(*numbers)
            yield

    def keep(self, xs: Sequence[int], ys: Sequence[int]) -> None:
        """Note that all pairs of these vertices are equilibria."""
        for i in xs:
            for j in ys:
                self.pairs[i, j] = None

    def found(self) -> Found:
        """What has been found so far."""
        pairs = np.array(list(self.pairs), dtype=np.int64).reshape(len(self.pairs), 2)
        parts, columns = [], []
        for s, side in enumerate(self.sides):
            used = np.zeros(len(side.tight), dtype=np.bool_)
            used[pairs[:, s]] = True
            order = side.order()
            parts.append(side.vertices(used, order))
            place = np.empty(len(order), dtype=np.int64)
            place[order[used[order]]] = np.arange(int(used.sum()))
            columns.append(place[pairs[:, s]])
        ordered = np.lexsort((columns[1], columns[0]))
        return Found(parts[0], parts[1], np.stack([columns[0][ordered], columns[1][ordered]], axis=1))


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
