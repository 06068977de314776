"""From a solution in floats to the exact vertex.

Which unknowns are used and which constraints bind is all that is taken over.

Let P be the unknowns that are positive, Q those at 0 that would cost nothing, D the
constraints with a price, Z those that bind without one. A square system of P with some of
Q, on D with some of Z, fixes both the vertex and the prices. It is found by elimination
modulo a prime, solved in whole numbers, and checked exactly, so a wrong guess can only make
it fail. (Exact recovery from a basis: Applegate, Cook, Dash and Espinoza, "Exact solutions
to linear programming problems", 2007.)
"""

from __future__ import annotations

import warnings
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.deadline import check, within_time
from strategy.linear._integers import Programme, holds

__all__ = ["recovered"]

_PRIME = 2**61 - 1
_CUTS = (1e-9, 1e-7, 1e-5)
"""What counts as nothing beside numbers of size 1 in the search; each guess is checked
exactly."""


def recovered(programme: Programme) -> tuple[list[Fraction], list[Fraction]] | None:
    """The exact optimum and its prices.

    The result is None if floats do not lead there (no optimum, or numbers of very unlike
    sizes). ``programme``: the linear programme.
    """
    rough = _rough(programme)
    if rough is None:
        return None
    for cut in _CUTS:
        check()
        chosen = _square(programme, *[abs(part) > cut for part in rough])
        if chosen is None:
            continue
        found = _solved(programme, *chosen)
        if found is not None and holds(programme, *found):
            return found
    return None


def _rough(
    programme: Programme,
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]] | None:
    """(unknowns, slacks, prices, costs of unknowns) in floats, on a scale of their own."""
    from scipy.optimize import OptimizeWarning, linprog
    from scipy.sparse import csr_matrix

    rows, heights = _floats(programme.rows)
    widths = np.abs(rows).max(axis=0, initial=0.0)
    widths[widths == 0] = 1
    rows = rows / widths
    bounds, _ = _floats(_over(programme.bounds, heights)[None])
    costs, _ = _floats(_over(programme.objective, widths)[None])
    split = programme.inequalities
    upper, level = csr_matrix(rows[:split]), csr_matrix(rows[split:])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OptimizeWarning)
        answer = linprog(
            -costs[0],
            A_ub=upper if split else None,
            b_ub=bounds[0][:split] if split else None,
            A_eq=level if split < len(rows) else None,
            b_eq=bounds[0][split:] if split < len(rows) else None,
            method="highs-ds",
            options={
                "primal_feasibility_tolerance": 1e-10,
                "dual_feasibility_tolerance": 1e-10,
            }
            | within_time(),
        )
    if answer.status != 0:
        return None
    slack = np.concatenate([answer.ineqlin.residual, np.zeros(len(rows) - split)])
    prices = np.concatenate([answer.ineqlin.marginals, answer.eqlin.marginals])
    return answer.x, slack, prices, answer.lower.marginals


def _floats(matrix: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Each row over its largest entry, in floats, and these largest entries."""
    if matrix.dtype != object:
        rows = matrix.astype(np.float64)
        largest: NDArray[Any] = np.abs(rows).max(axis=1, initial=0.0)
        largest[largest == 0] = 1
        return rows / largest[:, None], largest
    largest = np.array(
        [max((abs(v) for v in row), default=0) or 1 for row in matrix], dtype=object
    )
    divided = [
        [float(v / top) for v in row] for row, top in zip(matrix, largest, strict=True)
    ]
    return np.array(divided, dtype=np.float64).reshape(matrix.shape), largest


def _over(values: NDArray[Any], divisors: NDArray[Any]) -> NDArray[Any]:
    """Quotients, as Fractions where a float could not hold them."""
    if values.dtype != object and divisors.dtype != object:
        quotients: NDArray[Any] = values.astype(np.float64) / divisors
        return quotients
    result = np.empty(len(values), dtype=object)
    result[:] = [
        Fraction(int(v)) / Fraction(d) for v, d in zip(values, divisors, strict=True)
    ]
    return result


def _square(
    programme: Programme,
    used: NDArray[Any],
    loose: NDArray[Any],
    priced: NDArray[Any],
    costly: NDArray[Any],
) -> tuple[list[int], list[int]] | None:
    """(constraints, unknowns) of a square system that fixes the vertex and the prices."""
    positive = np.flatnonzero(used).tolist()
    free = np.flatnonzero(~used & ~costly).tolist()
    tight = np.flatnonzero(priced & ~loose).tolist()
    binding = tight + np.flatnonzero(~priced & ~loose).tolist()
    kept = _independent(programme.rows[np.ix_(binding, positive)].T)
    if len(kept) < len(positive):
        return None
    rows = sorted({*tight, *[binding[i] for i in kept]})
    candidates = positive + free
    columns = _independent(programme.rows[np.ix_(rows, candidates)])
    return None if len(columns) < len(rows) else (rows, [candidates[j] for j in columns])


def _independent(matrix: NDArray[Any]) -> list[int]:
    """The first columns of a matrix that are independent, modulo a prime."""
    from flint import nmod_mat

    if not matrix.size:
        return []
    residues = matrix % _PRIME
    reduced, rank = nmod_mat(
        len(matrix), matrix.shape[1], [int(v) for v in residues.reshape(-1)], _PRIME
    ).rref()
    columns, column = [], 0
    for row in range(rank):
        while int(reduced[row, column]) == 0:
            column += 1
        columns.append(column)
    return columns


def _solved(
    programme: Programme, rows: list[int], columns: list[int]
) -> tuple[list[Fraction], list[Fraction]] | None:
    from flint import fmpq_mat, fmpz_mat

    x = [Fraction(0)] * len(programme.objective)
    y = [Fraction(0)] * len(programme.bounds)
    if not rows:
        return x, y
    square = fmpq_mat(
        fmpz_mat([[int(v) for v in row] for row in programme.rows[np.ix_(rows, columns)]])
    )
    try:
        point = square.solve(fmpq_mat(fmpz_mat([[int(programme.bounds[i])] for i in rows])))
        prices = square.transpose().solve(
            fmpq_mat(fmpz_mat([[int(programme.objective[j])] for j in columns]))
        )
    except ZeroDivisionError:
        return None
    for k, j in enumerate(columns):
        x[j] = Fraction(int(point[k, 0].p), int(point[k, 0].q))
    for k, i in enumerate(rows):
        y[i] = Fraction(int(prices[k, 0].p), int(prices[k, 0].q))
    return x, y
