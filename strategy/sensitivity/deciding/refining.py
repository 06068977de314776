"""A rectangle whose gains are curved.

Halved until the verdict is proved on a part, or the part is as small as asked for.

On a part where every polynomial asked for has one strict sign, closed, the verdict is that
of its middle: bounds by Bernstein coefficients, in exact arithmetic (J. Garloff, "The
Bernstein algorithm", Interval Computations 2, 1993).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from strategy.assumptions.bernstein import range_over
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.arrangement import Polygon
from strategy.sensitivity.deciding.found import Found, Impossible
from strategy.sensitivity.deciding.protocol import Decider
from strategy.sensitivity.deciding.slices import Signs
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = ["SheetPart", "refined"]

Span = tuple[Fraction, Fraction]
_MOST_OPEN = 5
"""So many signs at most are tried in all combinations."""


@attrs.frozen
class SheetPart:
    """A rectangle on which the verdict is proved to be one, with all that is played there.

    ``found`` is None where it was not settled.
    """

    corners: Polygon
    found: Found | None


def refined(decide: Decider, x: Span, y: Span, depth: int) -> list[SheetPart]:
    """The parts of a rectangle, in order; none is halved more than ``depth`` times a side.

    ``decide``: the decider; ``x``, ``y``: the ranges of the two parameters.
    """

    def look(
        x: Span, y: Span, settled: Mapping[Polynomial, frozenset[int]], left: int
    ) -> Iterator[SheetPart]:
        middle = ((x[0] + x[1]) / 2, (y[0] + y[1]) / 2)
        signs = Signs(middle)
        here, middle_found = _Here(x, y, settled), decide.found(signs)
        found: Found | None = middle_found
        open_ = sum(len(here[poly]) > 1 for poly in signs.asked)
        if open_:
            found = (
                _whatever(decide, here, {}, middle_found.verdict)
                if open_ <= _MOST_OPEN
                else None
            )
        if found is not None or not left:
            yield SheetPart(_corners(x, y), found)
        else:
            known = {poly: kinds for poly, kinds in here.kinds.items() if len(kinds) == 1}
            for rows in ((y[0], middle[1]), (middle[1], y[1])):
                for columns in ((x[0], middle[0]), (middle[0], x[1])):
                    yield from look(columns, rows, known, left - 1)

    return list(look(x, y, {}, depth))


class _Here:
    """Which signs each polynomial may have on a closed rectangle."""

    def __init__(
        self, x: Span, y: Span, known: Mapping[Polynomial, frozenset[int]]
    ) -> None:
        self.x = x
        self.y = y
        self.kinds = dict(known)

    def __getitem__(self, poly: Polynomial) -> frozenset[int]:
        if poly not in self.kinds:
            low, high = range_over(poly, (self.x, self.y))
            self.kinds[poly] = frozenset(
                [
                    one
                    for one in (-1, 0, 1)
                    if (low < 0, low <= 0 <= high, high > 0)[one + 1]
                ]
            )
        return self.kinds[poly]


class _Open(Exception):
    """A polynomial may have several signs, and none is assumed."""


def _whatever(
    decide: Decider, here: _Here, assumed: Mapping[Polynomial, int], verdict: Verdict
) -> Found | None:
    """What there is if the verdict is this one whatever signs are possible.

    The plays are those of all of them together.
    """

    def signs(poly: Polynomial) -> int:
        kinds = here[poly]
        if len(kinds) == 1:
            return next(iter(kinds))
        if poly not in assumed:
            raise _Open(poly)
        return assumed[poly]

    try:
        found = decide.found(signs)
        return found if found.verdict is verdict else None
    except _Open as open_:
        (poly,) = open_.args
    if len(assumed) == _MOST_OPEN:
        return None
    parts: list[Found] = []
    for sign in here[poly]:
        try:
            part = _whatever(decide, here, {**assumed, poly: sign}, verdict)
        except Impossible:
            continue
        if part is None:
            return None
        parts.append(part)
    if not parts:
        raise Impossible
    return attrs.evolve(parts[0], plays=frozenset().union(*[part.plays for part in parts]))


def _corners(x: Span, y: Span) -> Polygon:
    return ((x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1]))
