"""From a float root of an indifference system to a certified equilibrium: exact rationals, or balls that hold exactly one.

All of it starts from the whole payoffs. Where two players mix, the system is linear and solved exactly. Otherwise Krawczyk's test
in ball arithmetic proves that a box around the float root, wide enough for all that the search means by it, holds exactly one
solution; Newton steps then narrow the ball to the digits asked for. If the solution is rational with small denominators, that is
checked exactly, and the balls are not needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from flint import arb, arb_mat, ctx, fmpq, fmpq_mat
from numpy.typing import NDArray

from strategy.solvers._cells_newton import CLOSE

__all__ = ["NotAnEquilibrium", "Point", "Singular", "certify", "judged", "pure_point"]

Table = NDArray[Any]
Support = tuple[tuple[int, ...], ...]
RADIUS = 2 * CLOSE
"""Half the width of the box that is shown to hold exactly one solution. The search merges roots of cells within CLOSE of each
other, each of which stands for all equilibria within CLOSE/2."""
LARGEST = 10**12
"""Rationals with larger denominators are not looked for."""


class NotAnEquilibrium(Exception):
    """The root is certified, and it is no equilibrium."""


class Singular(Exception):
    """Whether there is an equilibrium near the root could not be decided."""


@attrs.frozen
class Point:
    """One certified equilibrium: ``vectors[i][s]`` is a Fraction, or an arb if ``exact`` is false.

    ``regular``: its support system is nonsingular and every action off the support pays strictly less; ``index`` is then its
    index, +1 or -1, and None otherwise.
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


def pure_point(tables: Sequence[Table], profile: tuple[int, ...]) -> Point:
    """A pure equilibrium; strict means regular, with index +1."""
    strict = True
    for i, table in enumerate(tables):
        line: list[Any] = list(profile)
        line[i] = slice(None)
        values = table[tuple(line)].tolist()
        strict = strict and values.count(values[profile[i]]) == 1
    vectors = tuple(
        tuple(Fraction(int(s == action)) for s in range(size)) for action, size in zip(profile, tables[0].shape, strict=True)
    )
    return Point(vectors, exact=True, regular=strict, index=1 if strict else None)


def certify(tables: Sequence[Table], point: NDArray[np.float64], support: Support, digits: int) -> Point:
    """The one equilibrium near ``point`` that makes all actions of ``support`` best replies.

    Raises NotAnEquilibrium if there is none, Singular if that cannot be decided.
    """
    cut = [_cut(table, support, i) for i, table in enumerate(tables)]
    mixing = [i for i, actions in enumerate(support) if len(actions) > 1]
    if len(mixing) == 2:
        return judged(tables, _linear(cut, support, mixing))
    return _nonlinear(tables, cut, support, mixing, point, digits)


def _cut(table: Table, support: Support, player: int) -> Table:
    """A player's whole payoffs where the others keep to their support, the least moved to 0: balls lose no digits to it."""
    part: Table = table[np.ix_(*_others(support, player, table.shape[player]))].astype(object)
    moved: Table = part - part.min()
    return moved


def _others(support: Support, player: int, size: int) -> list[Sequence[int]]:
    return [range(size) if j == player else actions for j, actions in enumerate(support)]


def _linear(cut: list[Table], support: Support, mixing: list[int]) -> tuple[tuple[Fraction, ...], ...]:
    """Two players mix: each one's weights make the other indifferent."""
    sizes = [len(support[i]) for i in mixing]
    if sizes[0] != sizes[1]:
        raise Singular
    vectors = [tuple(Fraction(int(s in actions)) for s in range(cut[i].shape[i])) for i, actions in enumerate(support)]
    for i, j in (mixing, mixing[::-1]):
        payoff = cut[i].take(support[i], axis=i).reshape(sizes) if i < j else cut[i].take(support[i], axis=i).reshape(sizes).T
        rows = [[int(entry) for entry in row - payoff[0]] for row in payoff[1:]] + [[1] * sizes[0]]
        right = [[0]] * (sizes[0] - 1) + [[1]]
        try:
            solved = fmpq_mat(sizes[0], sizes[0], [fmpq(entry) for row in rows for entry in row]).solve(
                fmpq_mat(sizes[0], 1, [fmpq(entry) for row in right for entry in row])
            )
        except ZeroDivisionError:
            raise Singular from None
        weights = list(vectors[j])
        for place, s in enumerate(support[j]):
            weights[s] = Fraction(int(solved[place, 0].p), int(solved[place, 0].q))
        vectors[j] = tuple(weights)
    return tuple(vectors)


def judged(tables: Sequence[Table], vectors: tuple[tuple[Fraction, ...], ...]) -> Point:
    """An exact profile as a certified point, if it is an equilibrium."""
    if any(weight < 0 for vector in vectors for weight in vector):
        raise NotAnEquilibrium
    support = tuple(tuple(s for s, weight in enumerate(vector) if weight) for vector in vectors)
    strict = True
    cuts = []
    for i, table in enumerate(tables):
        cut = _cut(table, support, i)
        cuts.append(cut)
        values = cut
        for j in range(len(tables) - 1, -1, -1):
            if j != i:
                values = np.tensordot(values, np.array([vectors[j][s] for s in support[j]], dtype=object), (j, 0))
        best = max(values)
        if any(values[s] != best for s in support[i]):
            raise NotAnEquilibrium
        strict = strict and sum(value == best for value in values) == len(support[i])
    index = _index(cuts, support, vectors) if strict else None
    return Point(vectors, exact=True, regular=index is not None, index=index)


def _index(cut: list[Table], support: Support, vectors: tuple[tuple[Fraction, ...], ...]) -> int | None:
    """The sign of det(-J), J the Jacobian of the support system; None if it is singular."""
    weights = [np.array([vector[s] for s in actions], dtype=object) for vector, actions in zip(vectors, support, strict=True)]
    rows = jacobian(cut, support, weights)
    if not rows:
        return 1
    det = fmpq_mat(len(rows), len(rows), [fmpq(-e.numerator, e.denominator) for row in rows for e in row]).det()
    return None if det == 0 else 1 if det > 0 else -1


def jacobian(cut: list[Table], support: Support, weights: Sequence[Table]) -> list[list[Any]]:
    """Slopes of ``U[i][s] - U[i][first]`` (rows) in the weights of all actions of the supports but the first (columns)."""
    n = len(support)
    rows = []
    for i in range(n):
        block: list[list[Any]] = [[] for _ in support[i][1:]]
        own = cut[i].take(support[i], axis=i)
        gains = own.take(range(1, own.shape[i]), axis=i) - own.take([0], axis=i)
        for j in range(n):
            width = len(support[j]) - 1
            if j == i or not block or not width:
                for row in block:
                    row += [0] * width
                continue
            values = gains
            for k in range(n - 1, -1, -1):
                if k not in (i, j):
                    values = np.tensordot(values, weights[k], (k, 0))
            values = values if i < j else values.T
            for row, line in zip(block, values, strict=True):
                row += [entry - line[0] for entry in line[1:]]
        rows += block
    return rows


def _payoffs(cut: Table, player: int, weights: Sequence[Table]) -> Table:
    """The player's payoff for each own action."""
    for j in range(len(weights) - 1, -1, -1):
        if j != player:
            cut = np.tensordot(cut, weights[j], (j, 0))
    return cut


def _gains(cut: list[Table], support: Support, weights: Sequence[Table]) -> list[Any]:
    gains = []
    for i, actions in enumerate(support):
        if len(actions) > 1:
            values = _payoffs(cut[i], i, weights)
            gains += [values[s] - values[actions[0]] for s in actions[1:]]
    return gains


def _weights(support: Support, free: Sequence[Any]) -> list[Table]:
    """Weights on the supports, the first of each what the others leave."""
    weights, at = [], 0
    for actions in support:
        rest = list(free[at : at + len(actions) - 1])
        at += len(actions) - 1
        weights.append(np.array([1 - sum(rest) if rest else arb(1), *rest], dtype=object))
    return weights


def _nonlinear(
    tables: Sequence[Table], cut: list[Table], support: Support, mixing: list[int], point: NDArray[np.float64], digits: int
) -> Point:
    free = [float(point[i, s]) for i in mixing for s in support[i][1:]]
    size = len(free)
    with _precision(80):
        wide = [arb(x, RADIUS + 1e-12) for x in free]
        slopes = arb_mat(size, size, [arb(e) for row in jacobian(cut, support, _weights(support, wide)) for e in row])
        middle = arb_mat(size, size, [entry.mid() for entry in slopes.entries()])
        try:
            inverse = middle.inv()
        except ZeroDivisionError:
            raise Singular from None
        inverse = arb_mat(size, size, [entry.mid() for entry in inverse.entries()])
        rest = (inverse * slopes).entries()
        rows = [[(rest[a * size + b] - int(a == b)).abs_upper() for b in range(size)] for a in range(size)]
        norm = max(sum(row, arb(0)).abs_upper() for row in rows)
        sign = (-1) ** size * (1 if middle.det() > 0 else -1 if middle.det() < 0 else 0)
    if not norm < 1 or sign == 0:
        raise Singular
    digits = max(digits, 30)
    bits = int(3.33 * digits) + 40
    with _precision(bits):
        at, error = _refined(cut, support, inverse, [arb(x) for x in free], norm, arb(10) ** -(digits + 3))
        moved = max((x - start).abs_upper() for x, start in zip(at, free, strict=True))
        if not (moved + error < arb(RADIUS) * (1 - norm) / 2):
            raise Singular
        balls = [x + arb(0, 1) * error for x in at]
        exact = _rational(cut, support, at, error)
        if exact is not None:
            vectors = tuple(_spread(weights, actions, table.shape[i], Fraction(0)) for i, (weights, actions, table)
                            in enumerate(zip(exact, support, tables, strict=True)))  # fmt: skip
            return judged(tables, vectors)
        return _judged_balls(tables, cut, support, _weights(support, balls), sign)


def _refined(
    cut: list[Table], support: Support, inverse: arb_mat, at: list[Any], norm: Any, wanted: Any
) -> tuple[list[Any], Any]:
    """Newton steps with a fixed inverse, and a bound on the distance of the solution."""
    size = len(at)
    for _ in range(40):
        step = (inverse * arb_mat(size, 1, _gains(cut, support, _weights(support, at)))).entries()
        error = (max(entry.abs_upper() for entry in step) / (1 - norm)).abs_upper()
        if error < wanted:
            return at, error
        at = [(x - entry).mid() for x, entry in zip(at, step, strict=True)]
    raise Singular


def _spread(weights: Table, actions: tuple[int, ...], size: int, zero: Any) -> tuple[Any, ...]:
    vector = [zero] * size
    for s, weight in zip(actions, weights, strict=True):
        vector[s] = weight
    return tuple(vector)


def _rational(cut: list[Table], support: Support, at: list[Any], error: Any) -> list[Table] | None:
    """The solution in rationals, if it has small denominators: found by continued fractions, checked exactly."""
    found = []
    mantissa, exponent = error.man_exp()
    far = 4 * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    for x in at:
        mantissa, exponent = x.mid().man_exp()
        value = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
        near = value.limit_denominator(LARGEST)
        if abs(near - value) > far:
            return None
        found.append(near)
    weights: list[Table] = [np.array(one, dtype=object) for one in _exact_weights(support, found)]
    return weights if all(gain == 0 for gain in _gains(cut, support, weights)) else None


def _exact_weights(support: Support, free: list[Fraction]) -> list[list[Fraction]]:
    weights, at = [], 0
    for actions in support:
        rest = free[at : at + len(actions) - 1]
        at += len(actions) - 1
        weights.append([1 - sum(rest, Fraction(0)), *rest])
    return weights


def _judged_balls(tables: Sequence[Table], cut: list[Table], support: Support, weights: list[Table], sign: int) -> Point:
    for one in weights:
        for weight in one:
            if weight < 0:
                raise NotAnEquilibrium
            if not weight > 0:
                raise Singular
    for i, actions in enumerate(support):
        values = _payoffs(cut[i], i, weights)
        for t in range(tables[i].shape[i]):
            if t not in actions:
                if values[t] > values[actions[0]]:
                    raise NotAnEquilibrium
                if not values[t] < values[actions[0]]:
                    raise Singular
    vectors = tuple(
        tuple(
            Fraction(1) if len(actions) == 1 and s in actions else x
            for s, x in enumerate(_spread(one, actions, table.shape[i], Fraction(0)))
        )
        for i, (one, actions, table) in enumerate(zip(weights, support, tables, strict=True))
    )
    return Point(vectors, exact=False, regular=True, index=sign)
