"""The simplex method in whole numbers, which cannot cycle.

Dantzig 1951; integer pivoting after Edmonds 1967.

The unknown that promises most enters; after a step without progress the first that promises
anything, until there is progress again (Bland 1977), so no basis comes twice.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.linear._integers import Programme

__all__ = ["simplex"]


def simplex(programme: Programme) -> tuple[str, list[Fraction], list[Fraction]]:
    """The programme solved in whole numbers.

    The result is ("optimal", x, y), ("infeasible", [], y) or ("unbounded", [*x, *ray], []).
    """
    tableau = _Tableau(programme)
    if tableau.artificial:
        costs = np.zeros(tableau.width, dtype=object)
        costs[tableau.artificial] = -1
        tableau.climb(costs)
        if tableau.table[-1, -1] < 0:
            return "infeasible", [], tableau.multipliers(costs)
        tableau.drop_artificial()
    costs = np.zeros(tableau.width, dtype=object)
    costs[: tableau.size] = programme.objective
    column = tableau.climb(costs)
    if column is not None:
        return "unbounded", [*tableau.point(), *tableau.ray(column)], []
    return "optimal", tableau.point(), tableau.multipliers(costs)


class _Tableau:
    """Rows of whole numbers over one common denominator.

    The unknowns, a slack an inequality, artificial unknowns, the bound.
    """

    def __init__(self, programme: Programme) -> None:
        count, self.size = programme.rows.shape
        slacks = programme.inequalities
        self.signs = [-1 if bound < 0 else 1 for bound in programme.bounds]
        needy = [i for i in range(count) if i >= slacks or self.signs[i] < 0]
        self.width = self.size + slacks + len(needy)
        self.artificial = list(range(self.size + slacks, self.width))
        self.column_of = {row: self.size + slacks + k for k, row in enumerate(needy)}
        table = np.zeros((count + 1, self.width + 1), dtype=object)
        signs = np.array(self.signs, dtype=object)
        table[:count, : self.size] = programme.rows.astype(object) * signs[:, None]
        table[:count, -1] = programme.bounds.astype(object) * signs
        for i in range(slacks):
            table[i, self.size + i] = self.signs[i]
        for row, column in self.column_of.items():
            table[row, column] = 1
        self.table: NDArray[Any] = table
        self.basis = [self.column_of.get(i, self.size + i) for i in range(count)]
        self.slacks, self.denominator = slacks, 1
        self.barred = np.zeros(self.width, dtype=bool)

    def climb(self, costs: NDArray[Any]) -> int | None:
        """Pivot to an optimum; the column of an unbounded direction if there is none."""
        # The last row holds what each unknown would lose, times the denominator.
        self.table[-1] = 0
        self.table[-1, :-1] = -self.denominator * costs
        for row, column in enumerate(self.basis):
            if costs[column]:
                self.table[-1] += costs[column] * self.table[row]
        stuck = False
        while True:
            deadline.check()
            losses = self.table[-1, :-1]
            candidates = np.flatnonzero((losses < 0) & ~self.barred)
            if not len(candidates):
                return None
            entering = int(
                candidates[0] if stuck else candidates[np.argmin(losses[candidates])]
            )
            leaving = self._leaving(entering)
            if leaving is None:
                return entering
            stuck = self.table[leaving, -1] == 0
            self._pivot(leaving, entering)

    def _leaving(self, column: int) -> int | None:
        best: tuple[int, Any, Any] | None = None
        for row in np.flatnonzero(self.table[:-1, column] > 0).tolist():
            entry = self.table[row, column]
            bound = self.table[row, -1]
            if best is not None:
                difference = bound * best[1] - best[2] * entry
                if difference > 0 or (
                    difference == 0 and self.basis[row] > self.basis[best[0]]
                ):
                    continue
            best = (row, entry, bound)
        return None if best is None else best[0]

    def _pivot(self, row: int, column: int) -> None:
        if self.table[row, column] < 0:
            self.table[row] = -self.table[row]
        pivot, own = self.table[row, column], self.table[row].copy()
        changed = np.outer(self.table[:, column], own)
        self.table *= pivot
        self.table -= changed
        self.table //= self.denominator  # exact: every entry is a determinant
        self.table[row] = own
        self.denominator, self.basis[row] = pivot, column

    def drop_artificial(self) -> None:
        """Take artificial unknowns, all 0 by now, out of the basis, and bar them.

        Where another can stand in.
        """
        self.barred[self.artificial] = True
        start = self.size + self.slacks
        for row, column in enumerate(self.basis):
            if column >= start:
                others = np.flatnonzero(self.table[row, :start] != 0)
                if len(others):
                    self._pivot(row, int(others[0]))

    def point(self) -> list[Fraction]:
        result = [Fraction(0)] * self.size
        for row, column in enumerate(self.basis):
            if column < self.size:
                result[column] = Fraction(self.table[row, -1], self.denominator)
        return result

    def ray(self, column: int) -> list[Fraction]:
        result = [Fraction(0)] * self.width
        result[column] = Fraction(1)
        for row, basic in enumerate(self.basis):
            result[basic] = Fraction(-self.table[row, column], self.denominator)
        return result[: self.size]

    def multipliers(self, costs: NDArray[Any]) -> list[Fraction]:
        """The dual: what one more unit of each bound is worth."""
        result = []
        for i, sign in enumerate(self.signs):
            if i < self.slacks:
                result.append(Fraction(self.table[-1, self.size + i], self.denominator))
            else:
                column = self.column_of[i]
                result.append(
                    sign
                    * (
                        Fraction(self.table[-1, column], self.denominator)
                        + int(costs[column])
                    )
                )
        return result
