"""The compiled search for extreme equilibria from Python.

Its arrays, what to do when they are full, vertices from leaves.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.solvers.bimatrix import kernel as kernel
from strategy.solvers.bimatrix.dictionary import HEAD
from strategy.solvers.bimatrix.games_kernel import solve_games
from strategy.solvers.bimatrix.integers import solve_bases
from strategy.solvers.bimatrix.plain import basis_vertex

__all__ = ["NOTHING", "CompiledSearch", "ReplyPolyhedron", "Workspace"]

Array = NDArray[Any]
Mask = NDArray[np.bool_]

# pivots of 20 x 20 dictionaries between looks at the clock: some 20 milliseconds
SLICE = 20_000
MOST_BYTES = 2**31
_COPIED = 2**26  # bytes copied between looks at the clock
ARITHMETIC = (0, 1, 2)  # machine words of an exact integer; 0: floats and proofs
NOTHING, NO_GAMES = np.zeros(0, dtype=np.int64), np.zeros((0, 0, 0))
NO_ROWS = np.zeros((0, 0))


class Workspace:
    """The arrays of a search; see ``solvers.bimatrix.dictionary``.

    ``only``, ``face``, ``barred``: see ``kernel.search``.
    """

    def __init__(
        self,
        payoffs: tuple[Array, Array],
        words: int,
        only: int = -1,
        face: Array = NOTHING,
        barred: Array = NOTHING,
    ) -> None:
        n, m = payoffs[0].shape
        self.words = words
        self.only = only
        self.face = face
        self.barred = barred
        self.rows, self.labels = max(m, n), m + n
        self.width = -(-(self.rows + 1) // 8) * 8
        self.P = np.zeros((2, self.rows, self.rows), dtype=np.int64)
        self.P[0, :n, :m], self.P[1, :m, :n] = payoffs
        self.T = self.P / max(int(np.abs(self.P).max()), 1)
        self.q = (
            m,
            n,
            words,
            HEAD,
            HEAD + m + n,
            HEAD + 2 * (m + n),
            HEAD + 2 * (m + n) + self.rows,
        )
        self.slice = min(SLICE, max(50, 400 * SLICE // (self.rows * self.width)))
        self.slots = 0
        self.arrays: tuple[Array, ...] = ()
        self.stack = np.zeros(0, dtype=np.int64)
        self.full = False
        self.grow(min(m + n, 12) + 2)
        leaves = 4096 if only < 0 else 128
        self.leaf = np.empty((leaves, 2, m + n), dtype=np.uint8)
        self.size = np.empty((leaves, 2), dtype=np.int64)
        self.room = np.zeros(self.width)
        self.work = np.zeros(3, dtype=np.int64)
        self.state = np.array([-1, 0])

    @staticmethod
    def slot_bytes(m: int, n: int, words: int) -> int:
        """Memory of one slot.

        ``m``, ``n``: actions of the two players; ``words``: of 64 bits a number.
        """
        return 2 * max(m, n) * (max(m, n) + 8) * 8 * (1 + words)

    def grow(self, slots: int) -> None:
        """Make room for more slots, keeping those there are.

        Copying gigabytes takes a second: raises OutOfTime.
        """
        shapes: list[tuple[tuple[int, ...], Any]] = [
            ((2, self.rows, self.width), np.float64),
            ((2, self.words, self.rows, self.width), np.int64),
            ((2, self.q[6] + self.width), np.int64),
            ((2, self.labels), np.float64),
        ]
        new = tuple([np.empty((slots, *shape), dtype=kind) for shape, kind in shapes])
        stack = np.arange(slots)
        if self.slots:
            for old, fresh in zip(self.arrays, new, strict=True):
                step = max(1, _COPIED // max(old[0].nbytes, 1))
                for start in range(0, self.slots, step):
                    deadline.check()
                    fresh[start : min(start + step, self.slots)] = old[start : start + step]
            stack[: self.slots] = self.stack
        self.arrays, self.stack, self.slots = new, stack, slots

    def search(self, doubts: int = 0) -> int:
        """One slice. Raises OutOfTime where room has to be made and the time is over.

        ``doubts``: how many floats may be in doubt before numbers are exact.
        """
        if self.full:
            self.grow(2 * self.slots)
        outcome = solve_games(
            NO_GAMES, NO_GAMES, 0, 0, *self.arrays, self.T, self.P, self.leaf, self.size,
            self.stack, self.room, self.work,
            self.state, self.q, self.only, self.face, self.barred, self.slice, doubts, NO_GAMES,
            NO_ROWS, NO_ROWS, NOTHING,
        )  # fmt: skip
        self.full = outcome == kernel.GROW
        return int(outcome)

    def take(self) -> tuple[Array, Array]:
        """The leaves recorded since the last time."""
        count = int(self.state[1])
        self.state[1] = 0
        return self.leaf[:count].copy(), self.size[:count].copy()


@attrs.frozen(eq=False)
class ReplyPolyhedron:
    """One side: payoffs (other, own), and where the labels of either begin.

    These are the labels of the own and of the opponent's actions.
    """

    payoff: Array
    first: int
    second: int

    def solve(self, codes: Array) -> tuple[Array, Mask, Array]:
        """Points by their bases, coded as ``solve_bases`` reads them.

        Numerators, all that is tight, and a status: 0 a vertex as it shall be, 2 not so, 3
        not a single point. ``codes``: shape (vertices, labels).
        """
        other, own = self.payoff.shape
        count = len(codes)
        low, high = np.zeros((2, count, own), dtype=np.int64)
        tight = np.zeros((count, own + other), dtype=np.bool_)
        status = np.zeros(count, dtype=np.int64)
        if solve_bases(
            self.payoff, codes, self.first, self.second, low, high, tight, status
        ):
            return low, tight, status
        numerators = low.astype(object)
        for k in np.flatnonzero(((high != low >> 63).any(axis=1)) & (status == 0)):
            numerators[k] = [
                int(h) << 64 | int(w) & (2**64 - 1)
                for h, w in zip(high[k], low[k], strict=True)
            ]
        for k in np.flatnonzero(status == 1):
            numerators[k], tight[k], status[k] = self._solve_large(codes[k])
        return numerators, tight, status

    def _solve_large(self, code: Array) -> tuple[list[int], Mask, int]:
        """The same for one basis in Python's integers."""
        other, own = self.payoff.shape
        tight = np.zeros(own + other, dtype=np.bool_)
        basis = code & 3 == 1
        used = [int(i) for i in np.flatnonzero(~basis[self.first : self.first + own])]
        replies = [int(j) for j in np.flatnonzero(basis[self.second : self.second + other])]
        rows = [[int(x) for x in row] for row in self.payoff]
        part = basis_vertex(rows, used, replies)
        if part is None:
            return [0] * own, tight, 3
        weights = [0] * own
        for i, weight in zip(used, part, strict=True):
            weights[i] = weight
        values = [sum([row[i] * weights[i] for i in used]) for row in rows]
        tight[self.first : self.first + own] = [w == 0 for w in weights]
        tight[self.second : self.second + other] = [v == values[replies[0]] for v in values]
        outside = min(part) < 0 or max(values) > values[replies[0]]
        return (
            weights,
            tight,
            2
            if outside or (tight < (code & 3 != 0)).any() or tight[code >= 4].any()
            else 0,
        )


class CompiledSearch:
    """All extreme equilibria, with the arithmetic that is likely to do.

    A larger one is used if it does not.
    """

    def __init__(self, sides: tuple[ReplyPolyhedron, ReplyPolyhedron]) -> None:
        self.sides = sides
        self.payoffs = (sides[0].payoff, sides[1].payoff)
        self.faces: dict[bytes, Array] = {}
        # For either side points that may recur, and points that are none; and pairs of
        # their numbers that are equilibria.
        self.numerators: tuple[list[Array], list[Array]] = ([], [])
        self.tight: tuple[list[Mask], list[Mask]] = ([], [])
        self.pairs: list[Array] = []
        self._counts = [0, 0]

    @property
    def count(self) -> int:
        """How many pairs there are by now."""
        return sum(map(len, self.pairs))

    def _add(self, d: int, codes: Array) -> tuple[Array, Array]:
        """Solve bases: the numbers that their points get, and their status."""
        numerators, tight, status = self.sides[d].solve(codes)
        self.numerators[d].append(numerators)
        self.tight[d].append(tight)
        self._counts[d] += len(codes)
        return np.arange(self._counts[d] - len(codes), self._counts[d]), status

    def steps(self) -> Generator[None, None, bool]:
        """Search in slices.

        Returns whether all equilibria were found; False: the numbers are too large for it.
        """
        n, m = self.payoffs[0].shape
        if Workspace.slot_bytes(m, n, 2) * (min(m + n, 12) + 2) > MOST_BYTES:
            return False
        for words in ARITHMETIC:
            space = Workspace(self.payoffs, words)
            while True:
                outcome = space.search(20 + 2 * (m + n))
                if outcome in (kernel.OVERFLOW, kernel.DOUBTFUL):
                    break
                if space.state[1]:
                    yield from self._keep(*space.take())
                if outcome == kernel.DONE:
                    return True
                yield
        return False

    def _keep(self, codes: Array, sizes: Array) -> Generator[None, None, None]:
        """Turn leaves into pairs of vertices."""
        points = [
            self._points(d, np.ascontiguousarray(codes[:, d]), sizes[:, d] == 0)
            for d in range(2)
        ]
        if not any(more for _, _, more in points):
            pairs, both = (
                np.array([points[0][0], points[1][0]]).T,
                points[0][1] & points[1][1],
            )
            self.pairs.append(pairs if both.all() else pairs[both])
            return
        numbers, owners = [], []
        for d, (number, good, more) in enumerate(points):
            parts, owner = [number[good]], [np.flatnonzero(good)]
            for at in more:
                deadline.check()
                bases = yield from self._vertices(d, codes[at, d])
                parts.append(self._add(d, bases)[0])
                owner.append(np.full(len(bases), at))
            numbers.append(np.concatenate(parts))
            owners.append(np.concatenate(owner))
        self.pairs.append(_joined(owners[0], numbers[0], owners[1], numbers[1]))

    def _points(self, d: int, codes: Array, single: Mask) -> tuple[Array, Mask, list[int]]:
        """The point of each face that is a single one.

        Its number, and whether it is a vertex with all that is claimed of it.

        Last which leaves are other faces, whose vertices must be listed: also those where
        floats took dependent labels for independent.
        """
        if single.all():
            number, status = self._add(d, codes)
            more: list[int] = []
        else:
            places = np.flatnonzero(single)
            number = np.zeros(len(codes), dtype=np.int64)
            status = np.full(len(codes), 2)
            number[places], status[places] = self._add(d, codes[places])
            more = np.flatnonzero(~single).tolist()
        good = status == 0
        if not good.all():
            more += (status == 3).nonzero()[0].tolist()
        return number, good, more

    def _vertices(self, d: int, code: Array) -> Generator[None, None, Array]:
        """Bases of all vertices of a face of one side.

        Those on none of its strict labels.
        """
        key = bytes([d]) + code.tobytes()
        if key not in self.faces:
            face = np.flatnonzero(code & 3)
            barred = np.flatnonzero(code >= 4)
            for words in (1, 2):
                space = Workspace(self.payoffs, words, d, face, barred)
                found: list[Array] = []
                outcome = kernel.PAUSED
                while outcome not in (kernel.DONE, kernel.OVERFLOW):
                    outcome = space.search()
                    found.append((space.take()[0][:, d] & 3 == 1).astype(np.uint8))
                    if outcome != kernel.DONE:
                        yield
                if outcome == kernel.DONE:
                    break
            else:
                found = [self._plain_vertices(d, face, barred)]
            self.faces[key] = np.concatenate(found)
        return self.faces[key]

    def _plain_vertices(self, d: int, face: Array, barred: Array) -> Array:
        from strategy.solvers.bimatrix.plain import Face, face_vertices

        side = self.sides[d]
        other, own = side.payoff.shape
        rows = [[int(x) for x in row] for row in side.payoff]
        whole = Face.whole(
            rows,
            range(side.first, side.first + own),
            range(side.second, side.second + other),
        )
        found = []
        if all(whole.tighten(int(k)) for k in face) and all(
            whole.loosen(int(k)) for k in barred
        ):
            found = [one.fixed for one in face_vertices(whole)]
        result = np.zeros((len(found), own + other), dtype=np.uint8)
        for k, labels in enumerate(found):
            result[k, labels] = 1
        return result

    def found(self) -> tuple[list[Array], list[Mask], Array]:
        """For either side points, which may recur, and what is tight there.

        The pairs of their numbers that are equilibria.
        """
        labels = sum(self.payoffs[0].shape)
        return (
            [
                _together(parts, payoff.shape[1], np.int64)
                for parts, payoff in zip(self.numerators, self.payoffs, strict=True)
            ],
            [_together(parts, labels, np.bool_) for parts in self.tight],
            _together(self.pairs, 2, np.int64),
        )


def _together(parts: list[Array], width: int, kind: Any) -> Array:
    """Rows of all ``parts``; of this ``width`` and ``kind`` where there are none."""
    if len(parts) == 1:
        return parts[0]
    return np.concatenate([np.zeros((0, width), dtype=kind), *parts])


def _joined(left: Array, xs: Array, right: Array, ys: Array) -> Array:
    """All pairs of an x and a y that belong to the same leaf."""
    order = np.argsort(right, kind="stable")
    right, ys = right[order], ys[order]
    begin = np.searchsorted(right, left, "left")
    end = np.searchsorted(right, left, "right")
    counts = end - begin
    starts = np.repeat(begin - np.cumsum(counts) + counts, counts)
    return np.stack(
        [np.repeat(xs, counts), ys[starts + np.arange(int(counts.sum()))]], axis=1
    )
