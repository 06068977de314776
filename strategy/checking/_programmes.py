"""Whether all of some affine forms can be negative at once over a range.

An exact linear programme, with a point if they can.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from strategy.assumptions.polynomials import coefficients
from strategy.linear import LinearStatus, maximise

__all__ = ["affine", "common_point"]


def affine(poly: Any) -> bool:
    """Whether a polynomial is affine in all parameters together.

    ``poly``: the polynomial.
    """
    return all(sum(powers) <= 1 for powers in poly)


def common_point(
    rows: Sequence[tuple[Any, bool]],
    box: Sequence[tuple[Fraction, Fraction]],
    start: Mapping[str, Fraction],
) -> dict[str, Fraction] | None:
    """A point of a box at which each affine form is at least 0, above 0 if strict.

    In the order of the values at the start.

    None: proved, there is none. A slack t is added to the strict rows and made as great as
    it can be (Motzkin's transposition in its usual form).
    """
    read = [(coefficients(poly), strict) for poly, strict in rows]
    used = sorted({powers.index(1) for terms, _ in read for powers in terms if any(powers)})
    above, limits = [], []
    for terms, strict in read:
        slopes, constant = [Fraction(0)] * len(used), Fraction(0)
        for powers, value in terms.items():
            if any(powers):
                i = powers.index(1)
                slopes[used.index(i)] = value
                constant += value * box[i][0]
            else:
                constant += value
        above.append([*[-one for one in slopes], Fraction(strict)])
        limits.append(constant)
    for place, i in enumerate(used):
        above.append([Fraction(place == j) for j in range(len(used))] + [Fraction(0)])
        limits.append(box[i][1] - box[i][0])
    above.append([Fraction(0)] * len(used) + [Fraction(1)])
    limits.append(Fraction(1))
    found = maximise([Fraction(0)] * len(used) + [Fraction(1)], at_most=(above, limits))
    if found.status is LinearStatus.INFEASIBLE or (
        any(strict for _, strict in rows) and not found.value
    ):
        return None
    values, labels = dict(start), list(start)
    for i, y in zip(used, found.x, strict=False):
        values[labels[i]] = box[i][0] + y
    return values
