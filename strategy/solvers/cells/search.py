"""The state of a branch and prune search between slices.

Payoffs as the kernels want them, the stack, and what was found.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.completeness import search_for_all
from strategy.concepts._boxes import unit_payoffs
from strategy.executors import require_memory
from strategy.solvers.cells import branching as kernel
from strategy.solvers.cells.pairs import mixing_two

__all__ = ["CellSearch", "Recorder", "ordered"]

Table = NDArray[Any]
PASSES = (1 / 4, 1 / 16, 1 / 64, 1 / 256, 1 / 1024, 1e-4)
"""Cells whose longest edge is below this wait for the next pass; after the last they are
left as they are."""


def ordered(table: Table) -> NDArray[np.int64]:
    """Whole numbers of 64 bits in the same order as one player's whole payoffs.

    ``table``: these payoffs.
    """
    if table.dtype == np.int64:
        return table
    values = sorted({int(value) for value in table.flat})
    if values[0] >= -(2**63) and values[-1] < 2**63:
        return table.astype(np.int64)
    rank = {value: place for place, value in enumerate(values)}
    return np.array([rank[int(value)] for value in table.flat], dtype=np.int64).reshape(
        table.shape
    )


class Recorder(Protocol):
    """Makes a proof of what the kernels write to its log, see ``solvers.cells.log``."""

    log: NDArray[np.float64]

    def read(self) -> None:
        """Take what the log holds, and empty it."""

    def settle_pairs(self, kept: Sequence[bool]) -> None:
        """Of the cells that wait, those not kept are settled.

        All equilibria in which their two players mix are known.
        """


class CellSearch:
    """One game's search.

    ``run`` goes on until it is done or the budget is spent; what it has found can be read
    at any time.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        *,
        budget: int,
        most_left: int,
        recorder: Recorder | None = None,
    ) -> None:
        shape = tables[0].shape
        n = len(shape)
        size = tables[0].size
        widest = max(shape)
        rows = sum(shape)
        self.budget, self.count_left = budget, 0
        depth = int(min(512, max(48, 2**28 // (8 * n * size))))
        cell = 8 * n * widest * (widest + 2)
        needed = 8 * (n * size * (depth + 5) + 2 * rows * size) + cell * (
            depth + 3 * min(most_left, 2**16)
        )
        require_memory(
            needed,
            search_for_all("x".join(map(str, shape))),
            "remove dominated actions first",
        )
        self.shape = np.array(shape, dtype=np.int64)
        self.stride = np.array(
            [size // int(np.prod(shape[: i + 1])) for i in range(n)], dtype=np.int64
        )
        self.digit = np.arange(size) // self.stride[:, None] % self.shape[:, None]
        self.starts = np.cumsum(self.shape) - self.shape
        self.bits = np.zeros(size, dtype=np.int64)
        if rows < 63:  # which vertices a corner has, as a set
            self.bits = (1 << (self.starts[:, None] + self.digit)).sum(axis=0)
        self.base = unit_payoffs(tables)
        self.exact = np.empty((n, size), dtype=np.int64)
        for i, table in enumerate(tables):
            self.exact[i] = ordered(table).reshape(-1)
        self.mixtures = n <= 3
        self.branching = 2.0 if n <= 3 else 0.4
        self.V = np.empty((depth, n, widest, widest))
        self.v = np.empty((depth, n), dtype=np.int64)
        self.B = np.zeros((depth, n, widest), dtype=np.bool_)
        self.U = np.empty((depth, n, size))
        self.waiting = self._cells(1)
        self.pending = 1
        self.waiting[0][0] = np.eye(widest)
        self.waiting[1][0] = self.shape
        self.left = self._cells(min(64, most_left))
        self.most_left = most_left
        self.work = self._workspace(n, size, widest, rows)
        self.counters = np.zeros(10, dtype=np.int64)
        self.counters[kernel.TOP] = -1
        self.found = np.zeros((n + 1, size), dtype=np.bool_)
        self.points = np.empty((64, n, widest))
        self.supports = np.zeros((64, n, widest), dtype=np.bool_)
        self.reaches = np.empty(64)
        self.pures = np.empty(size, dtype=np.int64)
        self.faces = np.empty((n * size, 2), dtype=np.int64)
        self.tied = np.zeros((64, n, widest), dtype=np.bool_)
        self.stage, self.finished, self.reason = 0, False, ""
        self.tables = tables
        self.pairs: dict[tuple[int, int, int], Any] = {}
        self.recorder = recorder

    def _cells(
        self, count: int
    ) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]]:
        n, widest = len(self.shape), int(self.shape.max())
        return (
            np.empty((count, n, widest, widest)),
            np.empty((count, n), dtype=np.int64),
            np.zeros((count, n, widest), dtype=np.bool_),
        )

    @staticmethod
    def _workspace(n: int, size: int, widest: int, rows: int) -> tuple[Table, ...]:
        whole, unit = np.int64, np.float64
        return (
            np.empty((n, size), dtype=whole),  # corner
            np.empty(n, dtype=whole),  # count
            np.zeros((n, widest), dtype=np.bool_),  # carrier
            np.empty(size, dtype=whole),  # off
            np.empty((rows, size)),  # E
            np.empty((rows, size)),  # G
            np.empty((rows, 2 * rows)),  # J
            np.empty(rows),  # slack
            np.empty(rows, dtype=whole),  # row_of
            np.empty(rows),  # deviation
            np.empty((n, widest), dtype=unit),  # lam
            np.empty(size),  # weights
            np.empty(rows),  # step
            np.empty((n, widest)),  # most
            np.empty(widest),  # least
        )

    def run(self, check: Callable[[], None] | None) -> None:
        """Search on.

        ``check`` is called every few hundredths of a second; what it raises passes through.
        So does OutOfTime.
        """
        with deadline.flagging(self.counters, kernel.OVER):
            self._run(check)

    def _run(self, check: Callable[[], None] | None) -> None:
        steps = 64
        while not self.finished:
            deadline.check()
            if check is not None:
                check()
            start = time.perf_counter()
            status = self._slice(steps)
            if self.recorder is not None:
                self.recorder.read()
            if time.perf_counter() - start < 0.02:
                steps = min(2 * steps, 2**20)
            elif time.perf_counter() - start > 0.08:
                steps = max(steps // 2, 1)
            if status == kernel.DONE:
                self._next_pass(check)
            elif status == kernel.FULL:
                self._make_room()
            if self.counters[kernel.CELLS] > self.budget and not self.finished:
                self.stop(f"the budget of {self.budget:,} cells was spent")

    def _slice(self, steps: int) -> int:
        compiled: Any = kernel.search
        log: tuple[Table, ...] = ()
        if self.recorder is not None:
            compiled, log = kernel.logged_search, (self.recorder.log,)
        game = (
            self.shape,
            self.stride,
            self.digit,
            self.starts,
            self.bits,
            self.base,
            self.exact,
        )
        stack = (self.V, self.v, self.B, self.U)
        notes = (
            self.found,
            self.counters,
            self.points,
            self.supports,
            self.reaches,
            self.pures,
            self.faces,
            self.tied,
        )
        finest = PASSES[self.stage]
        if compiled.small(self.base.size):
            steps = min(steps, 16)
        return int(
            compiled.run(
                self.base.size,
                game,
                self.mixtures,
                self.branching,
                finest,
                steps,
                stack,
                self.waiting,
                self.pending,
                self.left,
                self.work,
                notes,
                *log,
            )
        )

    def pair(self, one: int, two: int, at: int) -> Any:
        """What ``mixing_two`` says of two players and a pure profile of the others.

        It is worked out once. ``one``: the lower of the two numbers of players; ``at``: the
        flat offset of the profile.
        """
        key = (one, two, at)
        if key not in self.pairs:
            others = tuple((at // self.stride % self.shape).tolist())
            self.pairs[key] = mixing_two(self.tables, (one, two), others)
        return self.pairs[key]

    def _settle_pairs(self, check: Callable[[], None] | None) -> None:
        """Take away cells in which two players may mix.

        Where all such equilibria are described exactly.
        """
        count = int(self.counters[kernel.LEFT])
        if count == 0:
            return
        V, v, _ = (one[:count] for one in self.left)
        vertices = np.arange(V.shape[2])[None, None, :, None] < v[:, :, None, None]
        # what is beside them was never written
        own = np.arange(V.shape[3]) < self.shape[:, None, None]
        used: Table = np.asarray(((V > 0) & vertices & own).any(axis=2))
        mixing: Table = np.asarray(used.sum(axis=2) > 1)
        kept = np.ones(count, dtype=np.bool_)
        for cell in np.flatnonzero(mixing.sum(axis=1) == 2).tolist():
            if check is not None:
                check()
            one, two = np.flatnonzero(mixing[cell]).tolist()
            actions = used[cell].argmax(axis=1)
            actions[[one, two]] = 0
            kept[cell] = self.pair(one, two, int(actions @ self.stride)) is None
        if self.recorder is not None and not kept.all():
            self.recorder.settle_pairs(kept.tolist())
        for array in self.left:
            array[: int(kept.sum())] = array[:count][kept]
        self.counters[kernel.LEFT] = kept.sum()

    def _next_pass(self, check: Callable[[], None] | None) -> None:
        self._settle_pairs(check)
        left = int(self.counters[kernel.LEFT])
        if left == 0:
            self.finished = True
        elif self.stage + 1 == len(PASSES):
            self.stop(
                "equilibria that no finite test isolates: cells at the finest size are left"
            )
        elif left > self.most_left:
            self.stop(
                f"more than {self.most_left:,} cells are left at size "
                f"{PASSES[self.stage]:.2g}"
            )
        else:
            self.stage += 1
            self.waiting, self.left, self.pending = (
                self.left,
                self._cells(max(64, left)),
                left,
            )
            self.counters[kernel.NEXT] = self.counters[kernel.LEFT] = 0

    def _make_room(self) -> None:
        if self.counters[kernel.ROOTS] + 1 >= len(self.points):
            self.points = np.concatenate([self.points, np.empty_like(self.points)])
            self.supports = np.concatenate([self.supports, np.zeros_like(self.supports)])
            self.reaches = np.concatenate([self.reaches, np.empty_like(self.reaches)])
        if self.counters[kernel.LEFT] + 1 >= len(self.left[0]):
            if len(self.left[0]) > 64 * self.most_left:
                self.stop(
                    f"more than {64 * self.most_left:,} cells are left at size "
                    f"{PASSES[self.stage]:.2g}"
                )
                return
            self.left = tuple(
                np.concatenate([one, np.zeros_like(one)]) for one in self.left
            )  # type: ignore[assignment]

    def stop(self, reason: str) -> None:
        """End the search; what is not settled is left over.

        ``reason``: why, in words.
        """
        self.finished, self.reason = True, reason

    def unresolved(self) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """Boxes around all cells that are not settled.

        Least and greatest weights, shape (players, actions).
        """
        rest = [(self.waiting, range(int(self.counters[kernel.NEXT]), self.pending))]
        rest.append((self.left, range(int(self.counters[kernel.LEFT]))))
        rest.append(((self.V, self.v, self.B), range(int(self.counters[kernel.TOP]) + 1)))
        boxes: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
        for (V, v, _), cells in rest:
            part = slice(cells.start, max(cells.stop, cells.start))
            # what is beside them was never written
            own = np.arange(V.shape[3]) < self.shape[:, None]
            held = (np.arange(V.shape[2])[:, None] < v[part, :, None, None]) & own[
                :, None, :
            ]
            low = np.where(own, np.where(held, V[part], 1.0).min(axis=2), 0.0)
            high = np.where(own, np.where(held, V[part], 0.0).max(axis=2), 0.0)
            boxes += zip(
                np.maximum(low - 1e-12, 0),
                np.where(own, np.minimum(high + 1e-12, 1), 0.0),
                strict=True,
            )
        return boxes
