"""Maximise a linear function under linear constraints, with a proof.

It is maximised over x >= 0, in rational numbers.

Floats only search: HiGHS (through scipy) tells which unknowns and constraints seem to
matter, the vertex that they fix is computed in whole numbers, and optimality is checked
exactly. Small programmes, and those on which the search misleads, go through a simplex
method in whole numbers. There is no tolerance in any answer.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import attrs
from numpy.typing import NDArray

from strategy.errors import StrategyError
from strategy.linear._integers import (
    Programme,
    holds,
    integer_programme,
    no_bound,
    no_point,
)
from strategy.linear._recovery import recovered
from strategy.linear._simplex import simplex

__all__ = ["LinearSolution", "LinearStatus", "maximise"]

_SMALL = 2_000
"""Up to so many entries the simplex in whole numbers is quicker than starting HiGHS."""


class LinearStatus(enum.Enum):
    """What is proved about a linear programme."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"

    def __str__(self) -> str:
        return self.value


@attrs.frozen
class LinearSolution:
    """The answer to ``maximise``, and what proves it.

    ``status``: ``OPTIMAL``: ``x`` reaches ``value``, and ``dual`` (one multiplier a
    constraint, ``at_most`` before ``equal``, none of the former negative) shows that
    nothing exceeds it: the multiples of the constraints add up to coefficients no smaller
    than the objective's, and to the bound ``value``. ``INFEASIBLE``: with ``dual`` they add
    up to coefficients of which none is negative and a bound that is (Farkas).
    ``UNBOUNDED``: ``x`` is feasible and stays so along ``ray``, which gains.
    """

    status: LinearStatus
    value: Fraction | None = None
    x: tuple[Fraction, ...] = ()
    dual: tuple[Fraction, ...] = ()
    ray: tuple[Fraction, ...] = ()


Constraints = tuple[Any, Sequence[Any] | NDArray[Any]]
"""A matrix of shape (constraints, unknowns) and their bounds, of numbers that
``strategy.exact`` reads."""


def maximise(
    objective: Sequence[Any] | NDArray[Any],
    *,
    at_most: Constraints | None = None,
    equal: Constraints | None = None,
) -> LinearSolution:
    """The greatest ``objective @ x`` over ``x >= 0`` under the constraints.

    ``A @ x <= b`` for at_most=(A, b) and ``C @ x == d`` for equal=(C, d).

    Exact for numbers of any size; floats stand for their shortest decimals. Raises
    StrategyError if shapes do not fit.
    """
    programme = integer_programme(objective, at_most, equal)
    large = programme.rows.size > _SMALL
    found = recovered(programme) if large else None
    if found is None:
        kind, x, y = simplex(programme)
    else:
        kind, (x, y) = "optimal", found
    return _answer(programme, kind, x, y)


def _answer(
    programme: Programme, kind: str, x: list[Fraction], y: list[Fraction]
) -> LinearSolution:
    """The answer in the scale of what was given, checked."""
    # Multipliers of the rows as given; those of a contradiction need no scale of the
    # objective.
    unit = programme.objective_factor if kind == "optimal" else 1
    dual = tuple(
        [
            value * factor / unit
            for value, factor in zip(y, programme.factors, strict=bool(y))
        ]
    )
    if kind == "optimal" and holds(programme, x, y):
        value = sum(
            (int(c) * v for c, v in zip(programme.objective, x, strict=True) if v),
            Fraction(0),
        )
        return LinearSolution(
            LinearStatus.OPTIMAL, value / programme.objective_factor, tuple(x), dual
        )
    if kind == "infeasible" and no_point(programme, y):
        return LinearSolution(LinearStatus.INFEASIBLE, dual=dual)
    if kind == "unbounded":
        size = len(programme.objective)
        point, ray = x[:size], x[size:]
        if no_bound(programme, point, ray):
            return LinearSolution(LinearStatus.UNBOUNDED, x=tuple(point), ray=tuple(ray))
    raise StrategyError(
        f"a linear programme of shape {programme.rows.shape} ended as {kind} without a "
        "certificate: report this"
    )
