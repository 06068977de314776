"""The parts of a proof from a recorded search and the certificates of what it found."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.concepts._boxes import widened
from strategy.concepts._certify import NotAnEquilibrium, Singular, certify
from strategy.concepts._gains import MixedGains
from strategy.solvers.cells import branching as kernel
from strategy.solvers.cells.isolating import RADIUS, _collected, _settled_as_pair
from strategy.solvers.cells.search import CellSearch
from strategy.solvers.proving.recording import Recording, Step
from strategy.solvers.proving.zeros import ZeroBox

__all__ = ["made"]

_SEARCHING = 0.7  # of the time


def made(
    tables: Sequence[NDArray[Any]], *, digits: int, budget: int, most_steps: int
) -> dict[str, Any]:
    """Search, and return the sets of equilibria, the zeros, the boxes and the steps.

    Within a time limit, the search gets a part of it; the rest is for what is made of what
    it found. Raises OutOfTime. ``tables``: the payoffs; ``digits``, ``budget``,
    ``most_steps``: as ``prove`` takes them.
    """
    shape = tables[0].shape
    recording = Recording(shape, most_steps)
    search = CellSearch(tables, budget=budget, most_left=4096, recorder=recording)
    try:
        with deadline.until(time.monotonic() + _SEARCHING * deadline.left()):
            search.run(None)
    except deadline.OutOfTime:
        search.stop("the time limit was reached")
    found = _collected(tables, search, lambda: True, digits)
    boxes = []
    if search.reason:
        boxes = search.unresolved()
        waiting = len(boxes) - int(search.counters[kernel.TOP]) - 1
        recording.leave(range(len(boxes) - 1, waiting - 1, -1), range(waiting))
    judged = _Judged(tables, search, digits, boxes)
    steps = [
        judged.leaf(step) if step[0] == "root" else step
        for step in deadline.watched(recording.steps)
    ]
    sets = [
        tuple([(vector,) for vector in widened(point.vectors)]) for point in found.points
    ]
    return {
        "sets": (*sets, *[polytope.vertices for polytope in found.polytopes]),
        "zeros": tuple(judged.zeros),
        "boxes": tuple([_bounds(low, high, shape) for low, high in boxes]),
        "steps": tuple(steps),
    }


def _bounds(
    low: NDArray[np.float64], high: NDArray[np.float64], shape: Sequence[int]
) -> Any:
    rows = zip(low.tolist(), high.tolist(), shape, strict=True)
    return tuple(
        [tuple(zip(least[:size], most[:size], strict=True)) for least, most, size in rows]
    )


class _Judged:
    """The roots of a search.

    Zeros that are certified, whether they are equilibria or not, and what is left of the
    others.
    """

    def __init__(
        self,
        tables: Sequence[NDArray[Any]],
        search: CellSearch,
        digits: int,
        boxes: list[Any],
    ) -> None:
        self.search, self.digits, self.boxes = search, digits, boxes
        self.gains = MixedGains(tables)
        self.zeros: list[ZeroBox] = []
        self.known: dict[int, tuple[str, int]] = {}

    def leaf(self, step: Step) -> Step:
        """The last step of a cell in which a root was found."""
        kind, number = self._place(step[1])
        return ("few mix",) if kind == "few mix" else (kind, number, *step[2:])

    def _place(self, number: int) -> tuple[str, int]:
        if number not in self.known:
            deadline.check()
            self.known[number] = self._judge(number)
        return self.known[number]

    def _judge(self, number: int) -> tuple[str, int]:
        search = self.search
        point = search.points[number]
        reach = float(search.reaches[number])
        support = tuple(
            [
                tuple([s for s, used in enumerate(row) if used])
                for row in search.supports[number].tolist()
            ]
        )
        exact, radius = None, max(RADIUS, 4 * reach)
        try:
            certified = certify(self.gains, point, support, radius, self.digits)
            exact = certified.vectors if certified.exact else None
        except NotAnEquilibrium:
            pass
        except Singular:
            if _settled_as_pair(search, support):
                return "few mix", 0
            far = 2 * reach + 1e-9
            self.boxes.append(
                (
                    (point - far) * search.supports[number],
                    (point + far) * search.supports[number],
                )
            )
            return "near", len(self.boxes) - 1
        sizes = self.gains.shape
        centre = tuple(
            [tuple(row[:size]) for row, size in zip(point.tolist(), sizes, strict=True)]
        )
        self.zeros.append(ZeroBox(support, centre, radius, exact))
        return "root", len(self.zeros) - 1
