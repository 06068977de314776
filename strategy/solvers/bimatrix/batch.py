"""All equilibria of many two-player games of one shape, from arrays to arrays.

Floats with proved signs, else exact integers.

Each game is searched with floats, and every conclusion proved as in
``bimatrix.dictionary``. An equilibrium is kept if floats prove that there is exactly one
with these used actions and best replies (``bimatrix.games_kernel``). A game in which any
proof fails - a degenerate game, or one that nearly is - is solved again in exact integers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.deadline import OutOfTime
from strategy.exact import integers
from strategy.solvers.bimatrix.compiled import NOTHING, Workspace
from strategy.solvers.bimatrix.extreme import Vertices, extreme_equilibria
from strategy.solvers.bimatrix.games_kernel import CLOSE, solve_games

__all__ = ["CLOSE", "Equilibria", "many"]

Floats = NDArray[np.float64]
CHUNK = 2048  # games between looks at the clock, at most
_SHORT, _LONG = 0.01, 0.05  # seconds between two looks, about


@attrs.frozen(eq=False)
class Equilibria:
    """All extreme equilibria of many games.

    Those of game g are rows ``offsets[g]`` to ``offsets[g + 1]`` of x and y.

    ``x`` (equilibria, m) and ``y`` (equilibria, n): probabilities, at most 1e-11 off; zeros
    are exact. ``exactly``: which games floats could not settle, and integers did. If the
    time was over before the end, these are the first games alone.
    """

    offsets: NDArray[np.int64]
    x: Floats
    y: Floats
    exactly: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.exactly)


def _floats(side: Vertices) -> Floats:
    """Probabilities; one that is too small for a float is still not zero."""
    result: Floats = (side.numerators / side.denominators[:, None]).astype(np.float64)
    result[(side.numerators != 0) & (result == 0)] = 5e-324
    return result


def many(A: Any, B: Any, check: Callable[[], None] | None = None) -> Equilibria:
    """All extreme equilibria of games with payoffs A and B.

    Arrays of shape (games, m, n) of floats or integers.

    Floats are the decimals they print as. ``check`` is called every few hundredths of a
    second; where it raises OutOfTime, the games that are done are returned.
    """
    left, right = np.asarray(A), np.asarray(B)
    games, m, n = left.shape
    floats = [np.require(one, np.float64, ["C", "W"]) for one in (left, right)]
    space = Workspace(
        (np.zeros((n, m), dtype=np.int64), np.zeros((m, n), dtype=np.int64)), 0
    )
    space.grow(m + n + 3)
    most = len(space.leaf)
    XS = np.empty((most + 4 * CHUNK, m))
    YS = np.empty((most + 4 * CHUNK, n))
    M = np.empty((3, min(m, n) + 1, min(m, n) + 1))
    count = np.empty(games, dtype=np.int64)
    xs = list[Floats]()
    ys = list[Floats]()
    sizes = list[NDArray[np.int64]]()
    exactly = np.zeros(games, dtype=np.bool_)
    begin = 0
    chunk = max(1, min(32, 2_000 // (m * n)))
    late = False
    while begin < games and not late:
        start = time.perf_counter()
        if check is not None:
            try:
                check()
            except OutOfTime:
                break
        end = solve_games(
            *floats, begin, min(begin + chunk, games), *space.arrays, space.T, space.P,
            space.leaf, space.size, space.stack,
            space.room, space.work, space.state, space.q, -1, NOTHING, NOTHING, 20_000, 0, M, XS,
            YS, count,
        )  # fmt: skip
        spent = time.perf_counter() - start
        chunk = (
            min(2 * chunk, CHUNK)
            if spent < _SHORT
            else max(chunk // 2, 1)
            if spent > _LONG
            else chunk
        )
        settled = np.maximum(count[begin:end], 0)
        ends, row = [0, *np.cumsum(settled).tolist()], 0
        for k in np.flatnonzero(count[begin:end] < 0).tolist():
            try:
                found = extreme_equilibria(
                    integers(left[begin + k]), integers(right[begin + k]), check
                )
            except OutOfTime:
                settled, late = settled[:k], True
                break
            exactly[begin + k] = True
            settled[k] = len(found)
            for side, rows, probabilities in ((found.x, xs, XS), (found.y, ys, YS)):
                rows += [
                    probabilities[row : ends[k]].copy(),
                    _floats(side)[found.pairs[:, int(side is found.y)]],
                ]
            row = ends[k]
        for rows, probabilities in ((xs, XS), (ys, YS)):
            rows.append(probabilities[row : ends[len(settled)]].copy())
        sizes.append(settled)
        begin += len(settled)
    exactly = exactly[:begin]
    offsets = np.concatenate(
        [[0], np.cumsum(np.concatenate([np.zeros(0, dtype=np.int64), *sizes]))]
    ).astype(np.int64)
    return Equilibria(
        offsets,
        np.concatenate([np.empty((0, m)), *xs]),
        np.concatenate([np.empty((0, n)), *ys]),
        exactly,
    )
