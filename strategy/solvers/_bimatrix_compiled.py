"""The compiled search for extreme equilibria from Python: its arrays, what to do when they are full, vertices from leaves."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.solvers import _bimatrix_integers
from strategy.solvers import _bimatrix_kernel as kernel
from strategy.solvers._bimatrix_dictionary import HEAD
from strategy.solvers._bimatrix_plain import basis_vertex

__all__ = ["NOTHING", "CompiledSearch", "Polyhedron", "Workspace"]

Array = NDArray[Any]
Mask = NDArray[np.bool_]
# Numba's annotations know nothing of a call's arguments.
solve_bases: Any = _bimatrix_integers.solve_bases
search: Any = kernel.search

SLICE = 20_000  # pivots between looks at the clock: some 20 milliseconds
MOST_BYTES = 2**31
ARITHMETIC = (0, 1, 2)  # machine words of an exact integer; 0: floats and proofs
NOTHING = np.zeros(0, dtype=np.int64)


class Workspace:
    """The arrays of a search; see ``_bimatrix_dictionary``. ``only``, ``face``, ``barred``: see ``kernel.search``."""

    def __init__(
        self, payoffs: tuple[Array, Array], words: int, only: int = -1, face: Array = NOTHING, barred: Array = NOTHING
    ) -> None:
        n, m = payoffs[0].shape
        self.words, self.only, self.face, self.barred = words, only, face, barred
        self.rows, self.labels = max(m, n), m + n
        self.width = -(-(self.rows + 1) // 8) * 8
        self.P = np.zeros((2, self.rows, self.rows), dtype=np.int64)
        self.P[0, :n, :m], self.P[1, :m, :n] = payoffs
        self.T = self.P / max(int(np.abs(self.P).max()), 1)
        self.q = (m, n, words, HEAD, HEAD + m + n, HEAD + 2 * (m + n), HEAD + 2 * (m + n) + self.rows)
        self.slots = 0
        self.arrays: tuple[Array, ...] = ()
        self.stack = np.zeros(0, dtype=np.int64)
        self.grow(min(m + n, 12) + 2)
        leaves = 4096 if only < 0 else 128
        self.leaf = np.empty((leaves, 2, m + n), dtype=np.uint8)
        self.size = np.empty((leaves, 2), dtype=np.int64)
        self.room = np.zeros(self.width)
        self.work = np.zeros(3, dtype=np.int64)
        self.state = np.array([-1, 0])

    @staticmethod
    def slot_bytes(m: int, n: int, words: int) -> int:
        """Memory of one slot."""
        return 2 * max(m, n) * (max(m, n) + 8) * 8 * (1 + words)

    def grow(self, slots: int) -> None:
        """Make room for more slots, keeping those there are."""
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
                fresh[: self.slots] = old
            stack[: self.slots] = self.stack
        self.arrays, self.stack, self.slots = new, stack, slots

    def search(self, doubts: int = 0) -> int:
        """One slice."""
        outcome = search(
            *self.arrays, self.T, self.P, self.leaf, self.size, self.stack, self.room, self.work, self.state,
            self.q, self.only, self.face, self.barred, SLICE, doubts,
        )  # fmt: skip
        if outcome == kernel.GROW:
            self.grow(2 * self.slots)
        return int(outcome)

    def take(self) -> tuple[Array, Array]:
        """The leaves recorded since the last time."""
        count = int(self.state[1])
        self.state[1] = 0
        return self.leaf[:count].copy(), self.size[:count].copy()


@attrs.frozen(eq=False)
class Polyhedron:
    """One side: payoffs (other, own), and where the labels of own and of the opponent's actions begin."""

    payoff: Array
    first: int
    second: int

    def solve(self, bases: Mask) -> tuple[list[Any], Mask, Array]:
        """The points where labels are tight, as many as own actions each: numerators, all that is tight, and a status: 0 a
        vertex, 2 a point outside, 3 not a single point."""
        other, own = self.payoff.shape
        count = len(bases)
        low, high = np.zeros((count, own), dtype=np.int64), np.zeros((count, own), dtype=np.int64)
        tight, status = np.zeros((count, own + other), dtype=np.bool_), np.zeros(count, dtype=np.int64)
        solve_bases(self.payoff, bases, self.first, self.second, low, high, tight, status)
        numerators: list[Any] = list(low)
        wide = (high != low >> 63).any(axis=1)
        for k in np.flatnonzero(wide & (status == 0)):
            numerators[k] = [int(h) << 64 | int(w) & (2**64 - 1) for h, w in zip(high[k], low[k], strict=True)]
        for k in np.flatnonzero(status == 1):
            numerators[k], tight[k], status[k] = self._solve_large(bases[k])
        return numerators, tight, status

    def _solve_large(self, basis: Mask) -> tuple[list[int], Mask, int]:
        """The same for one basis in Python's integers."""
        other, own = self.payoff.shape
        tight = np.zeros(own + other, dtype=np.bool_)
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
        return weights, tight, 2 if min(part) < 0 or max(values) > values[replies[0]] else 0


class CompiledSearch:
    """All extreme equilibria, with the arithmetic that is likely to do, or a larger one if it does not."""

    def __init__(self, sides: tuple[Polyhedron, Polyhedron]) -> None:
        self.sides = sides
        self.payoffs = (sides[0].payoff, sides[1].payoff)
        self.faces: dict[bytes, Mask] = {}
        # For pairs of vertices: numbers into the numerators and masks of either side. The same may occur more than once.
        self.numerators: tuple[list[Any], list[Any]] = ([], [])
        self.tight: tuple[list[Mask], list[Mask]] = ([], [])
        self.pairs: list[Array] = []

    def steps(self) -> Generator[None, None, bool]:
        """Search in slices. Returns whether all equilibria were found; False: the numbers are too large for it."""
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
        leaves = np.arange(len(codes))
        fixed = (codes & 3) == 1
        bases, owners = [], []
        for d in range(2):
            # A face that is a single point has one basis; the vertices of any other are listed.
            basis, owner = [fixed[sizes[:, d] == 0, d]], [leaves[sizes[:, d] == 0]]
            for at in leaves[sizes[:, d] > 0]:
                part = yield from self._vertices(d, codes[at, d])
                basis.append(part)
                owner.append(np.full(len(part), at))
            bases.append(np.concatenate(basis))
            owners.append(np.concatenate(owner))
        numbers: list[list[Array]] = [[], []]
        of: list[list[Array]] = [[], []]
        for d in range(2):
            first, inverse = _distinct(bases[d])
            numerators, tight, status = self.sides[d].solve(bases[d][first])
            code = codes[owners[d], d]
            here = tight[inverse]
            good = (status[inverse] == 0) & ~(here & (code >= 4)).any(axis=1) & (here | ((code & 3) == 0)).all(axis=1)
            base = len(self.numerators[d])
            self.numerators[d].extend(numerators)
            self.tight[d].append(tight)
            numbers[d].append(base + inverse[good])
            of[d].append(owners[d][good])
            for at in np.flatnonzero(status[inverse] == 3):
                # Floats took dependent labels for independent: what they claim is a face to be looked at exactly.
                leaf = owners[d][at]
                part = yield from self._vertices(d, codes[leaf, d])
                more, masks, _ = self.sides[d].solve(part)
                base = len(self.numerators[d])
                self.numerators[d].extend(more)
                self.tight[d].append(masks)
                numbers[d].append(base + np.arange(len(part)))
                of[d].append(np.full(len(part), leaf))
        left, right = (np.concatenate(one) for one in of)
        xs, ys = (np.concatenate(one) for one in numbers)
        self.pairs.append(_joined(left, xs, right, ys))

    def _vertices(self, d: int, code: Array) -> Generator[None, None, Mask]:
        """Bases of all vertices of a face of one side that are on none of its strict labels."""
        key = bytes([d]) + code.tobytes()
        if key not in self.faces:
            face, barred = np.flatnonzero(code & 3), np.flatnonzero(code >= 4)
            for words in (1, 2):
                space = Workspace(self.payoffs, words, d, face, barred)
                found: list[Mask] = []
                outcome = kernel.PAUSED
                while outcome not in (kernel.DONE, kernel.OVERFLOW):
                    outcome = space.search()
                    found.append((space.take()[0][:, d] & 3) == 1)
                    if outcome != kernel.DONE:
                        yield
                if outcome == kernel.DONE:
                    break
            else:
                found = [self._plain_vertices(d, face, barred)]
            self.faces[key] = np.concatenate(found)
        return self.faces[key]

    def _plain_vertices(self, d: int, face: Array, barred: Array) -> Mask:
        from strategy.solvers._bimatrix_plain import Face, face_vertices

        side = self.sides[d]
        other, own = side.payoff.shape
        rows = [[int(x) for x in row] for row in side.payoff]
        whole = Face.whole(rows, range(side.first, side.first + own), range(side.second, side.second + other))
        found = []
        if all(whole.tighten(int(k)) for k in face) and all(whole.loosen(int(k)) for k in barred):
            found = [one.fixed for one in face_vertices(whole)]
        result = np.zeros((len(found), own + other), dtype=np.bool_)
        for k, labels in enumerate(found):
            result[k, labels] = True
        return result

    def found(self) -> tuple[list[tuple[list[Any], Mask]], Array]:
        """For each side numerators and tight labels of distinct vertices; the pairs that are equilibria."""
        parts, columns = [], []
        pairs = np.concatenate([np.zeros((0, 2), dtype=np.int64), *self.pairs])
        for d in range(2):
            tight = np.concatenate([np.zeros((0, sum(self.payoffs[d].shape)), dtype=np.bool_), *self.tight[d]])
            used, place = np.unique(pairs[:, d], return_inverse=True)
            first, inverse = _distinct(tight[used])
            parts.append(([self.numerators[d][k] for k in used[first]], tight[used[first]]))
            columns.append(inverse[place])
        return parts, np.unique(np.stack(columns, axis=1), axis=0)


def _distinct(masks: Mask) -> tuple[Array, Array]:
    """Where each distinct row occurs first, and which of them each row is."""
    packed = np.packbits(masks, axis=1)
    words = np.zeros((len(masks), -(-packed.shape[1] // 8) * 8), dtype=np.uint8)
    words[:, : packed.shape[1]] = packed
    keys: Any = words.view(np.uint64)
    keys = keys[:, 0] if keys.shape[1] == 1 else np.ascontiguousarray(keys).view(np.dtype((np.void, 8 * keys.shape[1])))[:, 0]
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    return first, inverse


def _joined(left: Array, xs: Array, right: Array, ys: Array) -> Array:
    """All pairs of an x and a y that belong to the same leaf."""
    order = np.argsort(right, kind="stable")
    right, ys = right[order], ys[order]
    begin, end = np.searchsorted(right, left, "left"), np.searchsorted(right, left, "right")
    counts = end - begin
    starts = np.repeat(begin - np.cumsum(counts) + counts, counts)
    return np.stack([np.repeat(xs, counts), ys[starts + np.arange(int(counts.sum()))]], axis=1)
