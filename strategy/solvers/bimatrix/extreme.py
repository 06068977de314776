"""All extreme equilibria of a two-player game, exactly and with proof.

The search, the vertices it leads to, what is found.
"""

from __future__ import annotations

import itertools
import math
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.kernels.plain_time import PlainTime
from strategy.solvers.bimatrix import plain as plain
from strategy.solvers.bimatrix.copies import expanded, groups_of_copies

__all__ = [
    "Enumeration",
    "ExtremeFound",
    "Vertices",
    "extreme_equilibria",
    "in_order",
    "reduced",
]

Array = NDArray[Any]


@attrs.frozen(eq=False)
class Vertices:
    """Extreme strategies of one player.

    Whole numerators (vertices, actions), denominators (vertices,), and which labels are
    tight (vertices, labels): own actions unused, the opponent's actions that are best
    replies. Player 1's actions come first.
    """

    numerators: Array
    denominators: Array
    tight: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.denominators)


@attrs.frozen(eq=False)
class ExtremeFound:
    """Extreme equilibria.

    The vertices of either player that occur in one, and the pairs (i, j) that are
    equilibria, shape (pairs, 2).

    Vertices are in order of their supports, then of the best replies to them; pairs in that
    order.
    """

    x: Vertices
    y: Vertices
    pairs: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pairs)


def reduced(payoffs: Any, axis: int) -> Array:
    """Payoffs of one player in the smallest whole numbers with the same equilibria.

    Own actions along ``axis``.

    What a player gets against one action of the opponent may be shifted, and all payoffs be
    divided. int64 where all fit in 60 bits.
    """
    exact = np.asarray(payoffs)
    if exact.size <= _FEW_PAYOFFS:
        return _few_reduced(exact, axis)
    if exact.dtype != np.int64:
        exact = exact.astype(object)
    low, high = (
        part.reduce(exact, axis=axis, keepdims=True) for part in (np.minimum, np.maximum)
    )
    if exact.dtype != object and max(-int(low.min()), int(high.max())) >= 2**59:
        exact, low, high = (one.astype(object) for one in (exact, low, high))
    shifted = exact - low
    divisor = np.gcd.reduce(shifted, axis=None) or 1
    middle = (high - low) // 2
    if divisor != 1:
        shifted = shifted // divisor
        middle = (high - low) // divisor // 2
    result: Array = shifted - middle
    if result.dtype == object and max(-int(result.min()), int(result.max())) < 2**60:
        result = result.astype(np.int64)
    return result


_FEW_PAYOFFS = 50  # up to which lists are faster than arrays


def _few_reduced(exact: Array, axis: int) -> Array:
    """The same as ``reduced`` by lists, which is faster for a few payoffs."""
    lines = (exact.T if axis == 0 else exact).tolist()
    shifted = [[v - low for v in line] for line in lines for low in [min(line)]]
    divisor = math.gcd(*itertools.chain(*shifted)) or 1
    middles = [max(line) // divisor // 2 for line in shifted]
    numbers = [
        [v // divisor - middle for v in line]
        for line, middle in zip(shifted, middles, strict=True)
    ]
    kind = np.int64 if max(map(max, numbers)) < 2**60 else object
    result = np.array(numbers, dtype=kind)
    return result.T if axis == 0 else result


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

    @property
    def count(self) -> int:
        """How many pairs there are by now."""
        return len(self.pairs)

    def steps(self, check: Callable[[], None] | None) -> Iterator[None]:
        """Search, face by face."""
        whole = [
            plain.Face.whole(rows, *labels)
            for rows, labels in zip(self.rows, self.labels, strict=True)
        ]
        for faces in plain.equilibrium_faces(
            whole[0], whole[1], sum(map(len, self.labels[0])), check
        ):
            xs, ys = (
                [self._vertex(d, one) for one in plain.face_vertices(face, check)]
                for d, face in enumerate(faces)
            )
            self.pairs += [(i, j) for i in xs for j in ys]
            yield

    def _vertex(self, d: int, face: plain.Face) -> int:
        """The number of a vertex, by what is tight there."""
        rows, (own, other) = self.rows[d], self.labels[d]
        used = [i for i, label in enumerate(own) if label not in face.fixed]
        part = plain.basis_vertex(
            rows, used, [j for j, label in enumerate(other) if label in face.fixed]
        )
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

    def found(self) -> tuple[list[Array], list[Array], Array]:
        """For either side vertices and what is tight there.

        The pairs of their numbers that are equilibria.
        """
        numerators, tight = [], []
        for d, (own, other) in enumerate(self.labels):
            count = len(self.numerators[d])
            numerators.append(
                np.array(self.numerators[d], dtype=object).reshape(count, len(own))
            )
            tight.append(
                np.array(self.tight[d], dtype=np.bool_).reshape(
                    count, len(own) + len(other)
                )
            )
        return (
            numerators,
            tight,
            np.array(self.pairs, dtype=np.int64).reshape(len(self.pairs), 2),
        )


class Enumeration:
    """A search for all extreme equilibria that runs in slices.

    It can be asked for what it has found so far.

    ``A``, ``B``: the payoffs as integers, shape (m, n), of any size.
    """

    def __init__(self, A: Any, B: Any) -> None:
        rows, columns = reduced(A, 0), reduced(B, 1)
        self.shape = rows.shape
        self.groups = (groups_of_copies(rows, columns), groups_of_copies(rows.T, columns.T))
        self.m, self.n = (len(part) for part in self.groups)
        if (self.m, self.n) != self.shape:
            kept = np.ix_(*[[copies[0] for copies in part] for part in self.groups])
            rows, columns = rows[kept], columns[kept]
        self.payoffs = (np.ascontiguousarray(columns.T), np.ascontiguousarray(rows))
        self.finished = False
        self._search: Any = None

    def run(self, check: Callable[[], None] | None = None) -> None:
        """Search to the end; ``check`` is called now and then, and may raise.

        Of the time that ``deadline`` leaves, as much is kept as it will take to put in
        order what was found, and to judge it.
        """
        a_pair, measured = 0.0, 0
        for _ in self.steps(check):
            if check is not None:
                check()
            left = deadline.left()
            if left == math.inf:
                continue
            count = self._search.count
            if count > 4 * measured + 10_000:
                start = time.perf_counter()
                self.found()
                a_pair = (time.perf_counter() - start) / count
                measured = count
            if left < _JUDGING * a_pair * count:
                raise deadline.OutOfTime

    def steps(self, check: Callable[[], None] | None = None) -> Iterator[None]:
        """Search in slices of bounded work.

        ``check``: called between slices, to raise when the time is over.
        """
        if _worth_compiling(self.m, self.n) and all(
            payoff.dtype == np.int64 for payoff in self.payoffs
        ):
            from strategy.solvers.bimatrix.compiled import CompiledSearch, ReplyPolyhedron

            sides = (
                ReplyPolyhedron(self.payoffs[0], 0, self.m),
                ReplyPolyhedron(self.payoffs[1], self.m, 0),
            )
            self._search = CompiledSearch(sides)
            self.finished = yield from self._search.steps()
            if self.finished:
                return
        self._search = _PlainSearch(self.payoffs)
        with _plainly.in_plain_code():
            yield from self._search.steps(check)
        self.finished = True

    def found(self) -> ExtremeFound:
        """What has been found so far."""
        if self._search is None:
            self._search = _PlainSearch(self.payoffs)
        numerators, tight, pairs = self._search.found()
        if (self.m, self.n) != self.shape:
            numerators, tight, pairs = expanded(numerators, tight, pairs, self.groups)
        return in_order(numerators, tight, pairs)


def in_order(numerators: list[Array], tight: list[Array], pairs: Array) -> ExtremeFound:
    """Vertices of either side with what is tight there, and pairs of their numbers.

    As Found keeps them. ``numerators``: of the vertices of either side.
    """
    if len(pairs) <= _FEW_PAIRS:
        return _few_in_order(numerators, tight, pairs)
    m, n = (side.shape[1] for side in numerators)
    own_first = [*range(m, m + n), *range(m)]
    parts, columns = [], []
    for d in range(2):
        # A vertex is known by what is tight there. In order: by support, then by best
        # replies, the first actions first.
        packed = np.packbits(tight[d] if d == 0 else tight[d][:, own_first], axis=1)
        # whose order is that of the bits
        names = np.ascontiguousarray(packed).view(f"S{packed.shape[1]}").ravel()
        order, place = _distinct(names[pairs[:, d]])
        kept = pairs[order, d]
        parts.append(_vertices(numerators[d][kept], tight[d][kept]))
        columns.append(place)
    first, _ = _distinct(columns[0] * len(parts[1]) + columns[1])
    pairs = np.array([column[first] for column in columns]).T
    return ExtremeFound(parts[0], parts[1], pairs)


_FEW_PAIRS = 100  # pairs up to which lists are faster than arrays


def _few_in_order(
    numerators: list[Array], tight: list[Array], pairs: Array
) -> ExtremeFound:
    """The same as ``in_order`` by lists, which is faster for a few pairs."""
    m = numerators[0].shape[1]
    parts, columns = [], []
    for d, chosen in enumerate(pairs.T.tolist()):
        raw, width = tight[d].tobytes(), tight[d].shape[1]
        begin = d * m  # where the own labels begin: they come first in a name
        names = [
            raw[k * width + begin : (k + 1) * width] + raw[k * width : k * width + begin]
            for k in chosen
        ]
        first = dict(zip(reversed(names), reversed(chosen), strict=True))
        place = {name: number for number, name in enumerate(sorted(first))}
        kept = np.array([first[name] for name in place], dtype=np.int64)
        parts.append(_vertices(numerators[d].take(kept, 0), tight[d].take(kept, 0)))
        columns.append([place[name] for name in names])
    both = sorted(set(zip(*columns, strict=True)))
    return ExtremeFound(parts[0], parts[1], np.array(both, dtype=np.int64).reshape(-1, 2))


def _distinct(values: Array) -> tuple[Array, Array]:
    """Where each distinct value is first, in order; for each value its place in that order.

    As ``np.unique`` gives them, at a third of its cost for a few values.
    """
    order = values.argsort(kind="stable")
    values = values[order]
    new = np.empty(len(values), dtype=np.bool_)
    new[:1] = True
    new[1:] = values[1:] != values[:-1]
    place = np.empty_like(order)
    place[order] = new.cumsum() - 1
    return order[new], place


def _vertices(numerators: Array, tight: Array) -> Vertices:
    """Vertices with numerators in lowest terms: int64 where they and their sums fit."""
    if len(numerators):
        if numerators.dtype == object:  # others are so already
            numerators = numerators // np.gcd.reduce(numerators, axis=1)[:, None]
        fits = int(numerators.max()) * numerators.shape[1] < 2**62
        numerators = numerators.astype(np.int64 if fits else object, copy=False)
    return Vertices(numerators, numerators.sum(axis=1), tight)


_plainly = PlainTime(Path(__file__).with_name("games_kernel.py"), "solve_games")
# how much longer it takes to find, put in order and judge equilibria at the end than to put
# them in order
_JUDGING = 3.0


def _worth_compiling(m: int, n: int) -> bool:
    """Loading compiled code takes time: for large games, or many small ones."""
    kernels = sys.modules.get("strategy.solvers.bimatrix.games_kernel")
    loaded = kernels is not None and kernels.solve_games.loaded
    return m + n > 16 or (m + n > 4 and (loaded or _plainly.due()))


def extreme_equilibria(
    A: Any, B: Any, check: Callable[[], None] | None = None
) -> ExtremeFound:
    """All extreme equilibria of the two-player game with payoffs A and B.

    Whole numbers of any size in arrays of shape (m, n).

    Every equilibrium is a convex combination of these within a maximal Nash subset. The
    branching is over labels; see Avis, Rosenberg, Savani and von Stengel, "Enumeration of
    Nash equilibria for two-player games", Economic Theory 42 (2010). ``check``: called now
    and then, to raise when the time is over.
    """
    enumeration = Enumeration(A, B)
    enumeration.run(check)
    return enumeration.found()
