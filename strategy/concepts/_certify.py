"""From a float root of an indifference system to a certified equilibrium.

Exact rationals, or balls that hold exactly one.

All of it starts from the whole payoffs. Where two players mix, the system is linear and
solved exactly. Otherwise Krawczyk's test in ball arithmetic proves that a box around the
float root holds exactly one solution; Newton steps then narrow the ball to the digits asked
for. If the solution is rational with small denominators, that is checked exactly, and the
balls are not needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import attrs
from flint import arb, arb_mat, ctx, fmpq, fmpq_mat
from numpy.typing import NDArray

from strategy.concepts._gains import (
    MixedGains,
    Support,
    jacobian,
    mean,
    residuals,
    split,
    system,
)
from strategy.concepts._krawczyk import preconditioned

__all__ = [
    "CertifiedPoint",
    "NotAnEquilibrium",
    "Singular",
    "certify",
    "judged",
    "pure_point",
]

LARGEST = 10**12
"""Rationals with larger denominators are not looked for."""
ZERO, ONE = Fraction(0), Fraction(1)


class NotAnEquilibrium(Exception):
    """The root is certified, and it is not an equilibrium."""


class Singular(Exception):
    """Whether there is an equilibrium near the root could not be decided."""


@attrs.frozen
class CertifiedPoint:
    """One certified equilibrium.

    ``vectors[i][s]`` is a Fraction, or an arb if ``exact`` is false.

    ``regular``: its support system is nonsingular and every action off the support pays
    strictly less; ``index`` is then its index, +1 or -1, and None otherwise.
    """

    vectors: tuple[tuple[Any, ...], ...]
    exact: bool
    regular: bool
    index: int | None


@contextmanager
def _precision(bits: int) -> Iterator[None]:
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def pure_point(gains: MixedGains, at: int) -> CertifiedPoint:
    """The pure equilibrium at a place of the table; strict means regular, with index +1.

    ``gains``: of the game.
    """
    profile = [
        at // step % count for step, count in zip(gains.stride, gains.shape, strict=True)
    ]
    strict = True
    for i, action in enumerate(profile):
        line = gains.line(i, at)
        strict = strict and line.count(line[action]) == 1
    vectors = tuple(
        [
            _spread([], (action,), count)
            for action, count in zip(profile, gains.shape, strict=True)
        ]
    )
    return CertifiedPoint(vectors, exact=True, regular=strict, index=1 if strict else None)


def certify(
    gains: MixedGains, point: NDArray[Any], support: Support, radius: float, digits: int
) -> CertifiedPoint:
    """The one equilibrium in a box that makes all of ``support`` best replies.

    The box has half the width ``radius``.

    ``gains``: of the game; ``point``: the middle of the box; ``digits``: to which the root
    is found.

    Raises NotAnEquilibrium if there is none, Singular if that cannot be decided.
    """
    mixing = [i for i, actions in enumerate(support) if len(actions) > 1]
    if len(mixing) == 2:
        return _linear(gains, support, mixing)
    return _nonlinear(gains, support, mixing, point.tolist(), radius, digits)


def _spread(free: Sequence[Any], actions: tuple[int, ...], count: int) -> tuple[Any, ...]:
    """A vector of weights from those of a support but its first action's."""
    vector: list[Any] = [ZERO] * count
    vector[actions[0]] = (1 - sum(free[1:], free[0])) if free else ONE
    for s, weight in zip(actions[1:], free, strict=True):
        vector[s] = weight
    return tuple(vector)


def _linear(gains: MixedGains, support: Support, mixing: list[int]) -> CertifiedPoint:
    """Two players mix: each one's weights make the other indifferent."""
    one, two = mixing
    count = len(support[one]) - 1
    if len(support[two]) - 1 != count:
        raise Singular
    free: list[list[Any]] = [[] for _ in support]
    sign = (-1) ** count
    for i, j in ((one, two), (two, one)):
        rows = gains.over(support, i, support[i][1:])
        if count == 1:
            slope = rows[0][1] - rows[0][0]
            if slope == 0:
                raise Singular
            free[j] = [Fraction(-rows[0][0], slope)]
            sign = sign if slope > 0 else -sign
        else:
            matrix = fmpq_mat(
                count, count, [row[t] - row[0] for row in rows for t in range(1, count + 1)]
            )
            det = matrix.det()
            if det == 0:
                raise Singular
            solved = matrix.solve(fmpq_mat(count, 1, [-row[0] for row in rows])).entries()
            free[j] = [Fraction(int(weight.p), int(weight.q)) for weight in solved]
            sign = sign if det > 0 else -sign
    return _exact_point(gains, support, free, sign)


def _exact_point(
    gains: MixedGains, support: Support, free: list[list[Fraction]], sign: int
) -> CertifiedPoint:
    """Judge the exact solution of a support's nonsingular system."""
    vectors = tuple(
        [
            _spread(weights, actions, count)
            for weights, actions, count in zip(free, support, gains.shape, strict=True)
        ]
    )
    if any(
        vector[s] < 0
        for vector, actions in zip(vectors, support, strict=True)
        for s in actions
    ):
        raise NotAnEquilibrium
    if any(
        not vector[s]
        for vector, actions in zip(vectors, support, strict=True)
        for s in actions
    ):
        return judged(gains, vectors)
    strict = True
    for i, actions in enumerate(support):
        others = [t for t in range(gains.shape[i]) if t not in actions]
        weights = [*free[:i], *free[i + 1 :]]
        for values in gains.over(support, i, others):
            gain = mean(values, weights)
            if gain > 0:
                raise NotAnEquilibrium
            strict = strict and gain < 0
    return CertifiedPoint(
        vectors, exact=True, regular=strict, index=sign if strict else None
    )


def judged(gains: MixedGains, vectors: tuple[tuple[Fraction, ...], ...]) -> CertifiedPoint:
    """An exact profile as a certified point; NotAnEquilibrium if it is none.

    ``gains``: of the game; ``vectors``: of the profile.
    """
    if any(weight < 0 for vector in vectors for weight in vector):
        raise NotAnEquilibrium
    support = tuple(
        [tuple([s for s, weight in enumerate(vector) if weight]) for vector in vectors]
    )
    free = [
        [vector[s] for s in actions[1:]]
        for vector, actions in zip(vectors, support, strict=True)
    ]
    strict = True
    for i, actions in enumerate(support):
        weights = [*free[:i], *free[i + 1 :]]
        for t, values in enumerate(gains.over(support, i, range(gains.shape[i]))):
            gain = mean(values, weights)
            if gain > 0 or (gain < 0 and t in actions):
                raise NotAnEquilibrium
            strict = strict and (gain < 0 or t in actions)
    index = None
    if strict:
        rows = jacobian(gains, support, free)
        det = fmpq_mat(
            len(rows),
            len(rows),
            [fmpq(-e.numerator, e.denominator) for row in rows for e in row],
        ).det()
        index = None if det == 0 else 1 if det > 0 else -1
    return CertifiedPoint(vectors, exact=True, regular=index is not None, index=index)


def _nonlinear(
    gains: MixedGains,
    support: Support,
    mixing: list[int],
    point: list[list[float]],
    radius: float,
    digits: int,
) -> CertifiedPoint:
    start = [point[i][s] for i in mixing for s in support[i][1:]]
    size = len(start)
    with _precision(80):
        wide = split(support, [arb(x, radius) for x in start])
        matrix = arb_mat(
            size, size, [arb(e) for row in jacobian(gains, support, wide) for e in row]
        )
        inverse, norm, sign = _preconditioner(matrix)
    digits = max(digits, 30)
    with _precision(int(3.33 * digits) + 40):
        equations = system(gains, support)
        at, error = _refined(
            equations,
            support,
            inverse,
            [arb(x) for x in start],
            norm,
            arb(10) ** -(digits + 3),
        )
        moved = max([(x - first).abs_upper() for x, first in zip(at, start, strict=True)])
        if not moved + error < radius * (1 - norm) / 2:
            raise Singular
        exact = _rational(at, error)
        if exact is not None and all(
            gain == 0 for gain in residuals(equations, split(support, exact))
        ):
            return _exact_point(gains, support, split(support, exact), sign)
        return _judged_balls(
            gains, support, split(support, [x + arb(0, error) for x in at]), sign
        )


def _preconditioner(matrix: arb_mat) -> tuple[arb_mat, arb, int]:
    """An inverse of a matrix of balls, nearly.

    A bound below 1 of how far their product is from 1; the sign of det(-J).
    """
    try:
        inverse, rest = preconditioned(matrix, matrix)
    except ZeroDivisionError:
        raise Singular from None
    det = matrix.mid().det()
    norm = max(
        [sum(map(arb.abs_upper, row), arb(0)).abs_upper() for row in rest.tolist()],
        default=arb(0),
    )
    if not norm < 1 or not (det > 0 or det < 0):
        raise Singular
    return inverse, norm, (-1) ** matrix.nrows() * (1 if det > 0 else -1)


def _refined(
    equations: list[tuple[int, list[int]]],
    support: Support,
    inverse: arb_mat,
    at: list[Any],
    norm: Any,
    wanted: Any,
) -> tuple[list[Any], Any]:
    """Newton steps with a fixed inverse, and a bound on the distance of the solution."""
    size = len(at)
    for _ in range(40):
        step = (
            inverse * arb_mat(size, 1, residuals(equations, split(support, at)))
        ).entries()
        error = (max([entry.abs_upper() for entry in step]) / (1 - norm)).abs_upper()
        if error < wanted:
            return at, error
        at = [(x - entry).mid() for x, entry in zip(at, step, strict=True)]
    raise Singular


def _rational(at: list[Any], error: Any) -> list[Fraction] | None:
    """Rationals with small denominators near a solution, by continued fractions.

    They are not yet checked.
    """
    found = []
    for x in at:
        near = _near(x)
        if near is None or abs(x - arb(near)) > 4 * error:
            return None
        found.append(Fraction(int(near.p), int(near.q)))
    return found


def _near(x: Any) -> fmpq | None:
    """The first convergent after which a number's expansion breaks off.

    Of a float or a ball's middle, if its denominator is small.
    """
    mantissa, exponent = x.mid().man_exp()
    top, bottom = (
        (int(mantissa) << int(exponent), 1)
        if exponent >= 0
        else (int(mantissa), 1 << -int(exponent))
    )
    before, now, low, high = 0, 1, 1, 0
    while bottom:
        whole, rest = divmod(top, bottom)
        before, now, low, high = now, whole * now + before, high, whole * high + low
        if high > LARGEST:
            return None
        if rest * LARGEST < bottom:  # the next entry of the expansion would be huge
            return fmpq(now, high)
        top, bottom = bottom, rest
    return fmpq(now, high)


def _judged_balls(
    gains: MixedGains, support: Support, free: list[list[Any]], sign: int
) -> CertifiedPoint:
    vectors = tuple(
        [
            _spread(weights, actions, count)
            for weights, actions, count in zip(free, support, gains.shape, strict=True)
        ]
    )
    for vector, actions in zip(vectors, support, strict=True):
        for s in actions:
            if vector[s] < 0:
                raise NotAnEquilibrium
            if not vector[s] > 0:
                raise Singular
    for i, actions in enumerate(support):
        others = [t for t in range(gains.shape[i]) if t not in actions]
        if not others:
            continue
        weights = [*free[:i], *free[i + 1 :]]
        for values in gains.over(support, i, others):
            gain = mean(values, weights)
            if gain > 0:
                raise NotAnEquilibrium
            if not gain < 0:
                raise Singular
    return CertifiedPoint(vectors, exact=False, regular=True, index=sign)
