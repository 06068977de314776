"""Linear programmes in whole numbers, and the exact checks of certificates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.errors import StrategyError
from strategy.exact import exact_array, require_plain, scaled

__all__ = ["Programme", "holds", "integer_programme", "no_bound", "no_point"]

_CHUNK = 1 << 20


@attrs.frozen(eq=False)
class Programme:
    """Maximise ``objective @ x`` over ``x >= 0`` under linear constraints.

    ``rows @ x <= bounds`` in the first ``inequalities`` rows, equal in the rest.

    All whole numbers. Row i is ``factors[i]`` times what was given, the objective
    ``objective_factor`` times.
    """

    objective: NDArray[Any]
    objective_factor: int
    rows: NDArray[Any]
    bounds: NDArray[Any]
    factors: tuple[Fraction, ...]
    inequalities: int


def integer_programme(objective: Any, at_most: Any, equal: Any) -> Programme:
    """Read what ``maximise`` is given.

    ``objective``, ``at_most``, ``equal``: as there.
    """
    costs, factor = scaled(_array(objective, 1))
    size = len(costs)
    parts = [_rows(part, size) for part in (at_most, equal)]
    rows = np.concatenate([part[0] for part in parts]) if len(parts[1][0]) else parts[0][0]
    bounds = (
        np.concatenate([part[1] for part in parts]) if len(parts[1][0]) else parts[0][1]
    )
    return Programme(
        _signed(costs), factor, rows, bounds, (*parts[0][2], *parts[1][2]), len(parts[0][0])
    )


def _array(values: Any, dimensions: int) -> NDArray[Any]:
    require_plain(values, "programme")
    array = values if isinstance(values, np.ndarray) else np.array(values, dtype=object)
    if array.ndim != dimensions and not (dimensions == 2 and array.size == 0):
        raise StrategyError(
            f"a linear programme was given an array of shape {array.shape}: expected "
            f"{dimensions} dimensions"
        )
    return array if array.dtype.kind in "iu" else exact_array(array)


def _signed(array: NDArray[Any]) -> NDArray[Any]:
    """As int64, or as Python's integers where that is too small for sums and differences."""
    if array.dtype.kind == "u" or array.dtype == object:
        big = array.size and max(abs(int(array.max())), abs(int(array.min()))) >= 2**62
        return array.astype(object if big else np.int64)
    return array.astype(np.int64)


def _rows(part: Any, size: int) -> tuple[NDArray[Any], NDArray[Any], tuple[Fraction, ...]]:
    if part is None:
        return np.zeros((0, size), dtype=np.int64), np.zeros(0, dtype=np.int64), ()
    matrix, bounds = _array(part[0], 2), _array(part[1], 1)
    if matrix.size == 0:
        matrix = matrix.reshape(len(bounds), size)
    if matrix.shape != (len(bounds), size):
        raise StrategyError(
            f"a matrix of shape {matrix.shape} with {len(bounds)} bounds for {size} "
            "unknowns does not fit"
        )
    if matrix.dtype != object and bounds.dtype != object:
        return _signed(matrix), _signed(bounds), (Fraction(1),) * len(bounds)
    rows, factors = np.empty(matrix.shape, dtype=object), []
    limits = np.empty(len(bounds), dtype=object)
    for i, row in enumerate(matrix):
        whole, factor = scaled(np.append(exact_array(row), exact_array(bounds[i : i + 1])))
        shared = math.gcd(*[int(v) for v in whole]) or 1
        factors.append(Fraction(factor, shared))
        rows[i] = whole[:-1].astype(object) // shared
        limits[i] = int(whole[-1]) // shared
    return _signed(rows), _signed(limits), tuple(factors)


def holds(programme: Programme, x: Sequence[Fraction], y: Sequence[Fraction]) -> bool:
    """Whether x is feasible, y is dual feasible, and both have one value.

    Then both are optimal. ``programme``: the linear programme.
    """
    if not _feasible(programme, x) or any(
        value < 0 for value in y[: programme.inequalities]
    ):
        return False
    sums, scale = _combined(programme, y)
    costs = programme.objective.astype(object) * scale
    if not (sums >= costs).all():
        return False
    reached = sum(
        (int(c) * v for c, v in zip(programme.objective, x, strict=True) if v), Fraction(0)
    )
    return bool(reached == _bound(programme, y))


def no_point(programme: Programme, y: Sequence[Fraction]) -> bool:
    """Whether multiples y of the constraints add up to a contradiction (Farkas).

    ``programme``: the linear programme.
    """
    sums, _ = _combined(programme, y)
    return (
        all(v >= 0 for v in y[: programme.inequalities])
        and bool((sums >= 0).all())
        and _bound(programme, y) < 0
    )


def no_bound(programme: Programme, x: Sequence[Fraction], ray: Sequence[Fraction]) -> bool:
    """Whether x is feasible, stays so along the ray, and the objective grows along it.

    ``programme``: the linear programme.
    """
    still = attrs.evolve(programme, bounds=np.zeros(len(programme.bounds), dtype=np.int64))
    gain = sum(
        (int(c) * v for c, v in zip(programme.objective, ray, strict=True) if v),
        Fraction(0),
    )
    return _feasible(programme, x) and _feasible(still, ray) and gain > 0


def _feasible(programme: Programme, x: Sequence[Fraction]) -> bool:
    if any(value < 0 for value in x):
        return False
    used = [j for j, value in enumerate(x) if value]
    numerators, scale = _whole([x[j] for j in used])
    sums = _products(programme.rows[:, used], numerators)
    slack = programme.bounds.astype(object) * scale - sums
    return bool(
        (slack[: programme.inequalities] >= 0).all()
        and (slack[programme.inequalities :] == 0).all()
    )


def _combined(programme: Programme, y: Sequence[Fraction]) -> tuple[NDArray[Any], int]:
    """(the sum of the rows, each times its multiplier and one common scale; the scale)."""
    used = [i for i, value in enumerate(y) if value]
    numerators, scale = _whole([y[i] for i in used])
    return _products(programme.rows[used].T, numerators), scale


def _bound(programme: Programme, y: Sequence[Fraction]) -> Fraction:
    return sum(
        (int(b) * v for b, v in zip(programme.bounds, y, strict=True) if v), Fraction(0)
    )


def _whole(values: Sequence[Fraction]) -> tuple[NDArray[Any], int]:
    scale = math.lcm(*[value.denominator for value in values])
    result = np.empty(len(values), dtype=object)
    result[:] = [value.numerator * (scale // value.denominator) for value in values]
    return result, scale


def _products(matrix: NDArray[Any], vector: NDArray[Any]) -> NDArray[Any]:
    """``matrix @ vector`` in integers of any size, some rows at a time."""
    result = np.zeros(len(matrix), dtype=object)
    if len(vector):
        step = max(1, _CHUNK // len(vector))
        for start in range(0, len(matrix), step):
            result[start : start + step] = (
                matrix[start : start + step].astype(object) @ vector
            )
    return result
