"""Whether all of some affine polynomials can be negative at once over a range.

An exact linear programme, with a point if they can.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from strategy.linear import LinearStatus, maximise
from strategy.polynomials import Polynomial

__all__ = ["common_point"]


def common_point(
    rows: Sequence[tuple[Polynomial, bool]],
    box: Sequence[tuple[Fraction, Fraction]],
    start: Mapping[str, Fraction],
) -> dict[str, Fraction] | None:
    """A point of a box at which each affine polynomial is at least 0, above 0 if strict.

    In the order of the values at the start.

    None: proved, there is none. A slack t is added to the strict rows and made as great as
    it can be (Motzkin's transposition in its usual form).
    """
    used = sorted({i for poly, _ in rows for i in poly.used})
    above, limits = [], []
    for poly, strict in rows:
        slopes = [poly.slope(i).number for i in used]
        above.append([*[-one for one in slopes], Fraction(strict)])
        limits.append(poly.at([low for low, _ in box]))
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
