"""Krawczyk's test in ball arithmetic: that a box holds exactly one zero of equations.

Krawczyk (1969); Neumaier, "Interval Methods for Systems of Equations" (1990). Proofs in
files are checked by ``solvers.proving.zeros``, an independent judge; ``_boxes_kernel``,
``solvers.cells.newton`` and ``solvers._logit_batch`` have the same in floats whose rounding
is bounded, compiled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb_mat

__all__ = ["image", "preconditioned"]


def preconditioned(slopes: arb_mat, near: arb_mat) -> tuple[arb_mat, arb_mat]:
    """Nearly the inverse of a matrix of balls, and how far their product is from 1.

    The inverse is that of the middles of ``near``, a matrix not far off. Raises
    ZeroDivisionError where that is singular.
    """
    size = slopes.nrows()
    inverse = near.mid().inv().mid()
    return inverse, arb_mat(size, size, 1) - inverse * slopes


def image(
    box: Sequence[Any], slopes: arb_mat, values: Sequence[Any], near: arb_mat
) -> list[Any]:
    """Balls in which all zeros in a box lie; inside it, they prove that it holds just one.

    ``box``: a ball for each unknown; ``slopes``: of each equation in each unknown, all over
    the box; ``values``: of the equations in its middle; ``near``: slopes in its middle, or
    nearly. Raises ZeroDivisionError where they are singular.
    """
    inverse, rest = preconditioned(slopes, near)
    step = rest * arb_mat([[one - one.mid()] for one in box]) - inverse * arb_mat(
        [[value] for value in values]
    )
    return [one.mid() + shift for one, shift in zip(box, step.entries(), strict=True)]
