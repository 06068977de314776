"""The compiled search for extreme equilibria from Python: its arrays, what to do when they are full, vertices from leaves."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from strategy.solvers import _bimatrix_integers
from strategy.solvers import _bimatrix_kernel as kernel
from strategy.solvers._bimatrix_dictionary import HEAD

if TYPE_CHECKING:
    from strategy.solvers._bimatrix import Enumeration, _Registry

__all__ = ["compiled_search"]

Array = NDArray[Any]
# Numba's annotations know nothing of a call's arguments.
solve_bases: Any = _bimatrix_integers.solve_bases
search: Any = kernel.search

SLICE = 20_000  # pivots between looks at the clock: some 50 milliseconds
MOST_BYTES = 2**31
ARITHMETIC = (0, 1, 2)  # machine words of an exact integer; 0: floats and proofs


class _Workspace:
    """The arrays of a search; see ``_bimatrix_dictionary``. ``only``, ``face``: for the vertices of a face of one side."""

    def __init__(self, payoffs: tuple[Array, Array], words: int, only: int = -1, face: Array | None = None) -> None:
        n, m = payoffs[0].shape
        self.words, self.only = words, only
        self.face = np.zeros(0, dtype=np.int64) if face is None else face.astype(np.int64)
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
        self.leaf = np.zeros((256, 2, m + n), dtype=np.uint8)
        self.size = np.zeros((256, 2), dtype=np.int64)
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
            self.q, self.only, self.face, SLICE, doubts,
        )  # fmt: skip
        return int(outcome)


def compiled_search(enumeration: Enumeration) -> Generator[None, None, bool]:
    """Search with the arithmetic that is likely to do, and with a larger one if it does not.

    Yields between slices. Returns whether all equilibria were found; False: the numbers are too large for it.
    """
    payoffs = (enumeration.sides[0].payoff, enumeration.sides[1].payoff)
    m, n = enumeration.m, enumeration.n
    if _Workspace.slot_bytes(m, n, 2) * (min(m + n, 12) + 2) > MOST_BYTES:
        return False
    for words in ARITHMETIC:
        space = _Workspace(payoffs, words)
        while True:
            outcome = space.search(20 + 2 * (m + n))
            if outcome in (kernel.OVERFLOW, kernel.DOUBTFUL):
                break
            yield from _keep(enumeration, space)
            space.state[1] = 0
            if outcome == kernel.DONE:
                return True
            if outcome == kernel.GROW:
                space.grow(2 * space.slots)
            yield
    return False


def _keep(enumeration: Enumeration, space: _Workspace) -> Generator[None, None, None]:
    """Turn the leaves recorded into equilibria."""
    count = int(space.state[1])
    if not count:
        return
    codes, sizes = space.leaf[:count].copy(), space.size[:count]
    numbers = []
    for d, side in enumerate(enumeration.sides):
        fixed = (codes[:, d] & 3) == 1
        # A face of one point only; anything else is looked at as a face.
        numbers.append(_from_bases(side, fixed, sizes[:, d] == 0))
    for at in range(count):
        found = []
        for d, side in enumerate(enumeration.sides):
            code, number = codes[at, d], int(numbers[d][at])
            options = [number] if number >= 0 else []
            if number == -2:
                options = yield from _face(enumeration, d, np.flatnonzero(code & 3))
            claimed, strict = (code & 3) > 0, code >= 4
            found.append([i for i in options if not (side.tight[i] & strict).any() and side.tight[i][claimed].all()])
        enumeration.keep(*found)


def _from_bases(side: _Registry, fixed: NDArray[np.bool_], single: NDArray[np.bool_]) -> Array:
    """Numbers of the vertices where labels are fixed; -1 if there is none, -2 if it is not settled that there is one only."""
    result = np.full(len(fixed), -2, dtype=np.int64)
    todo: dict[bytes, list[int]] = {}
    for at in np.flatnonzero(single):
        key = fixed[at].tobytes()
        if key in side.basis:
            result[at] = side.basis[key]
        else:
            todo.setdefault(key, []).append(int(at))
    if todo:
        bases = fixed[[places[0] for places in todo.values()]]
        other, own = side.payoff.shape
        low, high = np.zeros((len(bases), own), dtype=np.int64), np.zeros((len(bases), own), dtype=np.int64)
        tight, status = np.zeros((len(bases), own + other), dtype=np.bool_), np.zeros(len(bases), dtype=np.int64)
        solve_bases(side.payoff, bases, side.first, side.second, low, high, tight, status)
        short = (high == low >> 63).all(axis=1)
        for k, (key, places) in enumerate(todo.items()):
            if status[k] == 0:
                weights = (
                    low[k] if short[k] else [int(h) << 64 | int(w) & (2**64 - 1) for h, w in zip(high[k], low[k], strict=True)]
                )
                number = side.add(weights, tight[k])
            else:
                number = side.from_basis([int(i) for i in np.flatnonzero(bases[k])]) if status[k] == 1 else 1 - int(status[k])
            side.basis[key] = number
            result[places] = number
    return result


def _face(enumeration: Enumeration, d: int, labels: Array) -> Generator[None, None, list[int]]:
    """Numbers of all vertices of the face of one side where labels are tight."""
    side = enumeration.sides[d]
    key = labels.tobytes()
    if key not in side.faces:
        side.faces[key] = yield from _vertices(enumeration, d, labels)
    return side.faces[key]


def _vertices(enumeration: Enumeration, d: int, labels: Array) -> Generator[None, None, list[int]]:
    side = enumeration.sides[d]
    space = _Workspace((enumeration.sides[0].payoff, enumeration.sides[1].payoff), 2, d, labels)
    numbers: list[int] = []
    while True:
        outcome = space.search()
        if outcome == kernel.OVERFLOW:
            break
        count = int(space.state[1])
        numbers += [int(i) for i in _from_bases(side, (space.leaf[:count, d] & 3) == 1, np.ones(count, dtype=np.bool_))]
        space.state[1] = 0
        if outcome == kernel.DONE:
            return list(dict.fromkeys(numbers))
        if outcome == kernel.GROW:
            space.grow(2 * space.slots)
        yield
    return side.plain_face([int(i) for i in labels])
