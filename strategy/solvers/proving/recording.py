"""The log of a search, see ``solvers.cells.log``, as the steps of a proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.errors import SizeError
from strategy.solvers.cells import log as codes
from strategy.solvers.cells.branching import ROUNDS

__all__ = ["Recording", "Step"]

Step = tuple[Any, ...]
Values = list[float]


class Recording:
    """Writes down the steps of one search; SizeError beyond ``most_steps``."""

    def __init__(self, shape: Sequence[int], most_steps: int) -> None:
        players = len(shape)
        widest = max(shape)
        rows = sum(shape)
        pairs = sum(count * count for count in shape)
        sweep = pairs * (players - 1) * (8 + widest) + players * players * widest * (
            8 + 2 * widest
        )
        solving = players * (8 + widest + rows * (rows + 3))
        cell = (ROUNDS + rows + 2) * (sweep + solving)
        self.log: NDArray[np.float64] = np.zeros(4 * cell + 4096)
        self.log[0], self.log[1] = codes.START, cell + 64
        self.most_steps = most_steps
        self.steps: list[Step] = []

    def read(self) -> None:
        """Take what the log holds, and empty it."""
        values = self.log[: int(self.log[0])].tolist()
        self.log[0] = at = codes.START
        while at < len(values):
            code, one, two, three, count = map(int, values[at : at + codes.HEAD])
            at += codes.HEAD
            self._add(_STEPS[code](one, two, three, values[at : at + count]))
            at += count

    def settle_pairs(self, kept: Sequence[bool]) -> None:
        """Of the cells that wait, those not kept are settled.

        All equilibria in which their two players mix are known.
        """
        for stays in kept:
            self._add(("take",))
            self._add(("aside",) if stays else ("few mix",))

    def leave(self, boxes: Sequence[int], waiting: Sequence[int]) -> None:
        """The cells on the stack, then those that wait, are left over.

        The last first; in the boxes of these numbers. ``waiting``: the numbers of those.
        """
        for box in boxes:
            self._add(("left over", box))
        for box in waiting:
            self._add(("take",))
            self._add(("left over", box))

    def _add(self, step: Step) -> None:
        if step[0] == "numbered":  # the root before it
            self.steps[-1] = ("root", step[1], *self.steps[-1][2:])
            return
        if len(self.steps) >= self.most_steps:
            raise SizeError(
                f"the proof takes more than {self.most_steps:,} steps: allow more with "
                "prove(..., most_steps=...), or end the search earlier with budget=..., "
                "which leaves boxes"
            )
        self.steps.append(step)


def _rows(values: Values, equations: int, rows: int) -> tuple[Any, Any]:
    """The equations and the rows at the end of a record."""
    start = len(values) - equations * (3 + rows)
    which = tuple(
        [
            (int(a), int(b), int(c))
            for a, b, c in zip(
                *[iter(values[start : start + 3 * equations])] * 3, strict=True
            )
        ]
    )
    start += 3 * equations
    return which, tuple(
        [
            tuple(values[start + r * equations : start + (r + 1) * equations])
            for r in range(rows)
        ]
    )


def _unused(i: int, s: int, t: int, values: Values) -> Step:
    r, share = int(values[0]), values[1]
    mixture = [(i, s, t, share), (i, s, r, 1.0 - share)]
    return ("unused", i, s, tuple([one for one in mixture if one[3] > 0]))


def _shrunk(i: int, s: int, t: int, values: Values) -> Step:
    return ("shrink", int(values[0]), tuple(values[1:]), ((i, s, t, 1.0),))


def _shrunk_by_mixture(i: int, base: int, j: int, values: Values) -> Step:
    kept = int(values[0])
    keep, factors = tuple(values[1 : 1 + kept]), values[1 + kept :]
    combination = tuple(
        [(i, s, base, factor) for s, factor in enumerate(factors) if s != base and factor]
    )
    return ("shrink", j, keep, combination) if kept else ("none", combination)


def _drop(i: int, s: int, t: int, values: Values) -> Step:
    whole = list(map(int, values))
    return ("drop", tuple(zip(whole[::2], whole[1::2], strict=True)), ((i, s, t, 1.0),))


def _inconsistent(sign: int, count: int, rows: int, values: Values) -> Step:
    equations, (row,) = _rows(values, count, rows)
    return (
        "none",
        tuple([(*one, -sign * y) for one, y in zip(equations, row, strict=True) if y]),
    )


def _squeezed(player: int, count: int, rows: int, values: Values) -> Step:
    return ("squeeze", player, tuple(values[: rows + 1]), *_rows(values, count, rows))


def _overfull(player: int, count: int, rows: int, values: Values) -> Step:
    return ("overfull", player, *_rows(values, count, rows))


def _point(values: Values, unknowns: int) -> tuple[float, ...]:
    """Weights that do not sum to more than 1, whatever rounding did.

    They are rounded downwards in steps of 2^-40.
    """
    return tuple([int(max(weight, 0.0) * 2**40) / 2**40 for weight in values[:unknowns]])


def _outside(_: int, count: int, unknowns: int, values: Values) -> Step:
    return ("outside", _point(values, unknowns), *_rows(values, count, unknowns))


def _root(_: int, count: int, unknowns: int, values: Values) -> Step:
    return ("root", -1, _point(values, unknowns), *_rows(values, count, unknowns))


_STEPS: dict[int, Callable[[int, int, int, Values], Step]] = {
    codes.TAKE: lambda *_: ("take",),
    codes.ASIDE: lambda *_: ("aside",),
    codes.SPLIT: lambda j, p, q, values: ("split", j, p, q, values[0]),
    codes.BRANCH: lambda i, s, *_: ("branch", i, s),
    codes.BELOW: lambda i, s, t, _: ("none", ((i, s, t, 1.0),)),
    codes.UNUSED: _unused,
    codes.SHRINK: _shrunk,
    codes.SHRINK_MIXED: _shrunk_by_mixture,
    codes.DROP: _drop,
    codes.INCONSISTENT: _inconsistent,
    codes.SQUEEZE: _squeezed,
    codes.OVERFULL: _overfull,
    codes.OUTSIDE: _outside,
    codes.ROOT: _root,
    codes.NUMBERED: lambda number, *_: ("numbered", number),
    codes.FEW_MIX: lambda *_: ("few mix",),
    codes.TIED: lambda *_: ("tied",),
}
