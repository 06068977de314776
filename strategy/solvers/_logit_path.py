"""Following the principal branch of logit quantal responses, in floats.

From lambda = 0, where all actions are alike.

Predictor and corrector in arc length, so that turning points are passed: Turocy, "A dynamic
homotopy interpretation of the logistic quantal response equilibrium correspondence", Games
and Economic Behavior 51 (2005); Allgower and Georg, "Numerical Continuation Methods"
(1990). The unknowns are logarithms of probabilities, and lambda.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.deadline import watched

__all__ = ["LogitSystem", "follow"]

Floats = NDArray[np.float64]

_CORRECTIONS = 6
_CLOSE = 1e-10
_ASTRAY = 0.03
"""A probability that ends farther than this from where the tangent led may lie on another
branch: the step was too long."""


class LogitSystem:
    """The equations of logit quantal response for payoffs in floats.

    The payoffs are on a scale on which they differ by about 1.
    """

    def __init__(self, tables: list[Floats]) -> None:
        self.tables, self.shape = tables, tables[0].shape
        ends = np.cumsum(self.shape)
        self.parts = [
            slice(int(end - size), int(end))
            for end, size in zip(ends, self.shape, strict=True)
        ]
        self.size = int(ends[-1])
        self.by_own = [
            np.ascontiguousarray(np.moveaxis(table, i, 0)).reshape(self.shape[i], -1)
            for i, table in enumerate(tables)
        ]

    def split(self, logs: Floats) -> list[Floats]:
        """The probabilities of each player.

        ``logs``: the unknowns.
        """
        return [np.exp(np.minimum(logs[part], 1.0)) for part in self.parts]

    def equations(self, logs: Floats, rationality: float) -> tuple[Floats, Floats]:
        """What the equations lack, and their derivatives by the logarithms and by lambda.

        Those by lambda are in the last column. ``logs``: the unknowns; ``rationality``: the
        lambda.
        """
        deadline.check()
        chances = self.split(logs)
        lack = np.zeros(self.size)
        slopes = np.zeros((self.size, self.size + 1))
        for i, part in enumerate(self.parts):
            own, start = logs[part], part.start
            top = int(np.argmax(own))
            others = [one for j, one in enumerate(chances) if j != i] or [np.ones(1)]
            crosses = _for_each_other(self.by_own[i], others)
            values = crosses[0] @ others[0]
            rows = [start + a for a in range(len(own)) if a != top]
            rest = [a for a in range(len(own)) if a != top]
            lack[rows] = own[rest] - own[top] - rationality * (values[rest] - values[top])
            slopes[rows, rows] = 1.0
            slopes[rows, start + top] = -1.0
            slopes[rows, -1] = -(values[rest] - values[top])
            for j, beside in enumerate(self.parts):
                if j != i:
                    cross = crosses[j - (j > i)]
                    slopes[rows, beside] = (
                        -rationality * (cross[rest] - cross[top]) * chances[j]
                    )
            lack[start + top] = chances[i].sum() - 1.0
            slopes[start + top, part] = chances[i]
        return lack, slopes

    def at(self, logs: Floats, rationality: float) -> Floats | None:
        """The quantal response near a guess at one lambda, by Newton's method.

        It is None if the method does not converge. ``logs``: the guess; ``rationality``:
        the lambda.
        """
        for _ in range(50):
            lack, slopes = self.equations(logs, rationality)
            try:
                step = np.linalg.solve(slopes[:, :-1], -lack)
            except np.linalg.LinAlgError:
                return None
            logs = logs + step
            if not np.isfinite(logs).all():
                return None
            if np.abs(step).max() <= _CLOSE * (1 + np.abs(logs).max()):
                return logs
        return None


def _for_each_other(table: Floats, chances: list[Floats]) -> list[Floats]:
    """What own actions are worth for each action of one other player, the rest mixing.

    An array (own, other's) for each other.

    ``table``: shape (own actions, cells of the others). The others are halved: either half
    mixes while the other is looked into, so that a table is gone through twice, whatever
    the number of players.
    """
    if len(chances) == 1:
        return [table]
    half = len(chances) // 2
    first, second = (
        functools.reduce(lambda a, b: np.outer(a, b).ravel(), part)
        for part in (chances[:half], chances[half:])
    )
    cells = table.reshape(len(table), len(first), len(second))
    return [
        *_for_each_other(cells @ second, chances[:half]),
        *_for_each_other(first @ cells, chances[half:]),
    ]


@attrs.frozen(eq=False)
class BranchPoint:
    """One point of the branch."""

    rationality: float
    logs: Floats


def follow(
    system: LogitSystem,
    check: Callable[[], None],
    *,
    finest: float = 1.0,
    steps: int = 20_000,
) -> Iterator[BranchPoint]:
    """Points of the branch in order.

    They go on without end but for ``steps`` or a step that cannot be made.

    ``finest``: no probability moves by more than this from one point to the next.
    ``system``: the equations; ``check``: called between steps, to raise when the time is
    over.
    """
    start = np.concatenate([np.full(size, -math.log(size)) for size in system.shape])
    here = np.append(start, 0.0)
    yield BranchPoint(0.0, here[:-1])
    tangent = _tangent(system, here, np.append(np.zeros(system.size), 1.0))
    length = 0.05
    for _ in range(steps):
        while True:
            check()
            guess = here + length * tangent
            there = _corrected(system, guess, tangent)
            if there is not None:
                found = np.exp(there[0][:-1])
                moved = np.abs(found - np.exp(here[:-1])).max()
                astray = np.abs(found - np.exp(np.minimum(guess[:-1], 1.0))).max()
                turn = _tangent(system, there[0], tangent)
                if moved <= finest and astray <= _ASTRAY and float(turn @ tangent) > 0.8:
                    break
            length /= 2
            if length < 1e-12 * (1 + float(np.abs(here).max())):
                return
        here, tangent = there[0], turn
        yield BranchPoint(float(here[-1]), here[:-1].copy())
        if there[1] <= 3:
            length = min(2 * length, 0.5 * (1 + float(np.abs(here).max())))


def _tangent(system: LogitSystem, here: Floats, before: Floats) -> Floats:
    """The direction of the branch, going on as before."""
    _, slopes = system.equations(here[:-1], float(here[-1]))
    end = np.zeros(len(here))
    end[-1] = 1.0
    matrix = np.vstack([slopes, before])
    try:
        found = np.linalg.solve(matrix, end)
    except np.linalg.LinAlgError:
        found = np.linalg.lstsq(matrix, end, rcond=None)[0]
    size = float(np.linalg.norm(found))
    if not math.isfinite(size) or size == 0:
        return before
    return np.asarray(found / size, dtype=np.float64)


def _corrected(
    system: LogitSystem, guess: Floats, tangent: Floats
) -> tuple[Floats, int] | None:
    """Back to the branch, at right angles to the tangent.

    The point, and how many corrections it took.
    """
    here, before = guess, math.inf
    for count in range(1, _CORRECTIONS + 1):
        lack, slopes = system.equations(here[:-1], float(here[-1]))
        try:
            step = np.linalg.solve(np.vstack([slopes, tangent]), np.append(-lack, 0.0))
        except np.linalg.LinAlgError:
            return None
        size = float(np.abs(step).max())
        if not math.isfinite(size) or size > 2 * before:
            return None
        here, before = here + step, size
        if size <= _CLOSE * (1 + float(np.abs(here).max())):
            return here, count
    return None


def scaled_tables(game: Any, *, each: bool) -> tuple[list[Floats], Any]:
    """(payoffs in floats from 0 up; the range that they are over, exactly).

    The largest range of a player's payoffs.

    ``each``: over each player's own range, so that units do not matter; the range returned
    is then 1. ``game``: the table.
    """
    ranges = [_range(game, i) for i in range(len(game.tables))]
    common = max(ranges) or Fraction(1)
    tables = []
    for i, own in enumerate(ranges):
        unit = (own or Fraction(1)) if each else common
        if game.tables[i].dtype.kind == "f" and Fraction(1, 10**290) < unit < 10**290:
            tables.append((game.tables[i] - game.tables[i].min()) / float(unit))
            continue
        table, factor = game.integer_tables[i]
        low, unit = int(table.min()), unit * factor
        # floats without rounding
        if (
            max(abs(int(table.max())), abs(low)) < 2**51 // unit.denominator
            and unit.numerator < 2**53
        ):
            tables.append(
                (table.astype(np.float64) - low) * unit.denominator / unit.numerator
            )
        else:
            flat = [
                (int(v) - low) * unit.denominator / unit.numerator
                for v in watched(table.reshape(-1))
            ]
            tables.append(np.array(flat).reshape(table.shape))
    return tables, Fraction(1) if each else common


def _range(game: Any, player: int) -> Fraction:
    """By how much the payoffs of one player differ."""
    table = game.tables[player]
    if table.dtype.kind != "f":
        table, factor = game.integer_tables[player]
        return Fraction(int(table.max()) - int(table.min()), factor)
    return Fraction(float(table.max())) - Fraction(float(table.min()))
