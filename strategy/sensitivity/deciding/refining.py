"""A rectangle whose gains are curved.

Halved until the verdict is proved on a part, or the part is as small as asked for.

On a part where every form asked for has one strict sign, closed, the verdict is that of its
middle: bounds by Bernstein coefficients, in exact arithmetic (J. Garloff, "The Bernstein
algorithm", Interval Computations 2, 1993).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs
import numpy as np

from strategy.assumptions.bernstein import coefficients_over
from strategy.sensitivity.deciding.arrangement import Polygon
from strategy.sensitivity.deciding.found import Found, Impossible
from strategy.sensitivity.deciding.protocol import Decider
from strategy.sensitivity.deciding.slices import Form, Signs
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = ["SheetPart", "refined"]

Span = tuple[Fraction, Fraction]
_MOST_OPEN = 5
"""So many signs at most are tried in all combinations."""


@attrs.frozen
class SheetPart:
    """A rectangle on which the verdict is proved to be one, with all that is played there.

    None where it was not settled.
    """

    corners: Polygon
    found: Found | None


def refined(decide: Decider, x: Span, y: Span, depth: int) -> list[SheetPart]:
    """The parts of a rectangle, in order; none is halved more than ``depth`` times a side.

    ``decide``: the decider; ``x``, ``y``: the ranges of the two parameters.
    """

    def look(
        x: Span, y: Span, settled: Mapping[Form, frozenset[int]], left: int
    ) -> Iterator[SheetPart]:
        middle = ((x[0] + x[1]) / 2, (y[0] + y[1]) / 2)
        signs = Signs(middle)
        here, middle_found = _Here(x, y, settled), decide.found(signs)
        found: Found | None = middle_found
        open_ = sum(len(here[form]) > 1 for form in signs.asked)
        if open_:
            found = (
                _whatever(decide, here, {}, middle_found.verdict)
                if open_ <= _MOST_OPEN
                else None
            )
        if found is not None or not left:
            yield SheetPart(_corners(x, y), found)
        else:
            known = {form: kinds for form, kinds in here.kinds.items() if len(kinds) == 1}
            for rows in ((y[0], middle[1]), (middle[1], y[1])):
                for columns in ((x[0], middle[0]), (middle[0], x[1])):
                    yield from look(columns, rows, known, left - 1)

    return list(look(x, y, {}, depth))


class _Here:
    """Which signs each form may have on a closed rectangle."""

    def __init__(self, x: Span, y: Span, known: Mapping[Form, frozenset[int]]) -> None:
        self.x = x
        self.y = y
        self.kinds = dict(known)

    def __getitem__(self, form: Form) -> frozenset[int]:
        if form not in self.kinds:
            low, high = _bounds(form, self.x, self.y)
            self.kinds[form] = frozenset(
                [
                    one
                    for one in (-1, 0, 1)
                    if (low < 0, low <= 0 <= high, high > 0)[one + 1]
                ]
            )
        return self.kinds[form]


class _Open(Exception):
    """A form may have several signs, and none is assumed."""


def _whatever(
    decide: Decider, here: _Here, assumed: Mapping[Form, int], verdict: Verdict
) -> Found | None:
    """What there is if the verdict is this one whatever signs are possible.

    The plays are those of all of them together.
    """

    def signs(form: Form) -> int:
        kinds = here[form]
        if len(kinds) == 1:
            return next(iter(kinds))
        if form not in assumed:
            raise _Open(form)
        return assumed[form]

    try:
        found = decide.found(signs)
        return found if found.verdict is verdict else None
    except _Open as open_:
        (form,) = open_.args
    if len(assumed) == _MOST_OPEN:
        return None
    parts: list[Found] = []
    for sign in here[form]:
        try:
            part = _whatever(decide, here, {**assumed, form: sign}, verdict)
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


def _bounds(form: Form, x: Span, y: Span) -> tuple[Fraction, Fraction]:
    """Between which values a form lies on a closed rectangle."""
    table = np.full(
        [max(key[axis] for key, _ in form) + 1 for axis in (0, 1)],
        Fraction(0),
        dtype=object,
    )
    for key, value in form:
        table[key] = value
    found = coefficients_over(table, (x, y))
    return found.min(), found.max()
