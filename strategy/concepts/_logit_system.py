"""The equations of logit quantal response, in ball arithmetic.

They are in logarithms of probabilities; with the proof of a solution.

With y = log p: for each player the differences of y between actions are lambda times the
differences of what these are worth, and the probabilities sum to 1. Logarithms keep the
system well scaled where probabilities are tiny.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from flint import arb, arb_mat, ctx, fmpq

from strategy.completeness import none_in_balls, not_proved
from strategy.concepts._krawczyk import image
from strategy.forms._expected import action_values
from strategy.forms.mixed import Weights
from strategy.forms.normal import NormalFormGame

__all__ = ["newton_step", "proved_response", "response_distance"]

Logs = list[list[Any]]
"""One ball an action, for each player; players with one action have [0]."""

_GUARD_BITS = 64


def ball(value: Fraction) -> Any:
    """A rational number, ``value``, as a ball."""
    return arb(fmpq(value.numerator, value.denominator))


def _weights(logs: Logs) -> list[Weights]:
    return [
        Weights(tuple([value.exp() for value in row]) if len(row) > 1 else (arb(1),), None)
        for row in logs
    ]


def unknowns(logs: Logs) -> list[tuple[int, int]]:
    """(player, action) of every unknown: players with one action have no choice.

    ``logs``: the logarithms of the probabilities.
    """
    return [(i, a) for i, row in enumerate(logs) if len(row) > 1 for a in range(len(row))]


def residual(game: NormalFormGame, rationality: Fraction, logs: Logs) -> list[Any]:
    """What the equations lack, player by player: differences first, then the sum.

    ``game``: the table; ``rationality``: the lambda; ``logs``: the logarithms of the
    probabilities.
    """
    weights = _weights(logs)
    factor = ball(rationality)
    result = []
    for player, row in enumerate(logs):
        if len(row) > 1:
            values = _values(game, weights, player)
            result += [
                row[a] - row[0] - factor * (values[a] - values[0])
                for a in range(1, len(row))
            ]
            result.append(sum(weights[player].values, arb(-1)))
    return result


def slopes(game: NormalFormGame, rationality: Fraction, logs: Logs) -> list[list[Any]]:
    """The derivatives of the equations by the unknowns.

    ``game``: the table; ``rationality``: the lambda; ``logs``: the logarithms of the
    probabilities.
    """
    weights = _weights(logs)
    factor = ball(rationality)
    columns = []
    for j, b in unknowns(logs):
        sure = list(weights)
        sure[j] = Weights(tuple([arb(int(i == b)) for i in range(len(logs[j]))]), None)
        column: list[Any] = []
        for player, row in enumerate(logs):
            if len(row) == 1:
                continue
            if player == j:
                column += [arb(int(a == b) - int(b == 0)) for a in range(1, len(row))]
                column.append(weights[j].values[b])
            else:
                values = _values(game, sure, player)
                share = factor * weights[j].values[b]
                column += [-share * (values[a] - values[0]) for a in range(1, len(row))]
                column.append(arb(0))
        columns.append(column)
    return [list(row) for row in zip(*columns, strict=True)]


def _values(game: NormalFormGame, weights: Sequence[Weights], player: int) -> list[Any]:
    values, scale = action_values(game, weights, player)
    return [arb(value) / scale for value in values]


def middle(logs: Logs) -> Logs:
    """The midpoints of balls.

    ``logs``: the balls.
    """
    return [[value.mid() for value in row] for row in logs]


def newton_step(game: NormalFormGame, rationality: Fraction, logs: Logs) -> Logs:
    """One step of Newton's method from midpoints to midpoints.

    ``game``: the table; ``rationality``: the lambda; ``logs``: the logarithms of the
    probabilities.

    Raises ZeroDivisionError where the Jacobian is singular.
    """
    now = middle(logs)
    names = unknowns(now)
    if not names:
        return now
    matrix = arb_mat(slopes(game, rationality, now))
    shift = matrix.solve(arb_mat([[value] for value in residual(game, rationality, now)]))
    for k, (i, a) in enumerate(names):
        now[i][a] = (now[i][a] - shift[k, 0]).mid()
    return now


def proved_response(
    game: NormalFormGame, rationality: Fraction, vectors: Sequence[Sequence[Any]]
) -> str | None:
    """None if the balls are proved to hold exactly one quantal response; else why not.

    The balls are of probabilities.

    By Krawczyk's test. ``game``: the table; ``rationality``: the lambda; ``vectors``: the
    probabilities.
    """
    bits = max(
        int(value.rel_accuracy_bits())
        for row in vectors
        for value in row
        if value.rad() != 0
    )
    with ctx.workprec(2 * max(bits, 16) + _GUARD_BITS):
        if any(not value > 0 for row in vectors for value in row):
            return (
                "a ball of a probability reaches 0, and in a quantal response every "
                "action has some: give smaller balls"
            )
        logs = [
            [value.log() for value in row] if len(row) > 1 else [arb(0)] for row in vectors
        ]
        box, centre = [logs[i][a] for i, a in unknowns(logs)], middle(logs)
        steep, near = (arb_mat(slopes(game, rationality, one)) for one in (logs, centre))
        try:
            found = image(box, steep, residual(game, rationality, centre), near)
        except ZeroDivisionError:
            return (
                "the equations are singular here: "
                f"{not_proved('that one quantal response is near')}"
            )
        if not all(map(arb.contains_interior, box, found)):
            return (
                f"{none_in_balls('quantal response')}: give balls that are a few units in "
                "the last place wider"
            )
    return None


def surely_no_response(
    game: NormalFormGame, rationality: Fraction, vectors: Sequence[Sequence[Any]]
) -> bool:
    """Whether no profile inside the balls is a quantal response.

    Some probability differs from the response all over them. ``game``: the table;
    ``rationality``: the lambda; ``vectors``: the probabilities.
    """
    with ctx.workprec(128):
        return any(not gap.contains(0) for gap in _gaps(game, rationality, vectors))


def _gaps(
    game: NormalFormGame, rationality: Fraction, vectors: Sequence[Sequence[Any]]
) -> Iterator[Any]:
    """Each probability less the logit response to the others'."""
    weights = [Weights(tuple(row), None) for row in vectors]
    factor = ball(rationality)
    for player, row in enumerate(vectors):
        worth = [factor * value for value in _values(game, weights, player)]
        top = max(worth, key=lambda one: float(one.mid()))
        raw = [(value - top).exp() for value in worth]
        total = sum(raw[1:], raw[0])
        yield from [p - r / total for p, r in zip(row, raw, strict=True)]


def response_distance(
    game: NormalFormGame, rationality: Fraction, vectors: Sequence[Sequence[Any]]
) -> Fraction:
    """The largest difference between a probability and the logit response to the others.

    An upper bound near the balls. ``game``: the table; ``rationality``: the lambda;
    ``vectors``: the probabilities.
    """
    with ctx.workprec(128):
        balls = [
            [value.mid() if type(value).__name__ == "arb" else ball(value) for value in row]
            for row in vectors
        ]
        worst = functools.reduce(arb.max, map(abs, _gaps(game, rationality, balls)), arb(0))
        worst = worst.abs_upper()
        if not worst.is_finite():
            return Fraction(1)  # as far apart as two probabilities can be
        mantissa, exponent = map(int, worst.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent
