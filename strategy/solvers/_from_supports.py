"""An equilibrium near a guess in floats, given which actions are used.

Exact for two players, exact or in balls for more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.concepts._regularity import jacobian, lacking, mixing
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.normal import NormalFormGame
from strategy.linear import LinearStatus, maximise

__all__ = ["candidates", "two_mix"]

Supports = Sequence[Sequence[int]]

_STEPS = 12
_SIMPLE = 60


def candidates(
    game: NormalFormGame, supports: Supports, guess: Sequence[Any], digits: int
) -> Iterator[MixedProfile]:
    """Profiles with these supports that may be equilibria; the concept judges.

    ``guess``: one vector of floats a player. ``digits``: of balls, where probabilities are
    not found to be rational. ``game``: the table.
    """
    near = [_rounded(row, one, 10**9) for row, one in zip(guess, supports, strict=True)]
    simple = [[value.limit_denominator(_SIMPLE) for value in row] for row in near]
    if all(sum(row) == 1 for row in simple):
        # certain actions, halves, thirds
        yield MixedProfile.from_vectors(game.form, simple)
    mixers = [i for i, one in enumerate(supports) if len(one) > 1]
    if len(supports) == 1 or not mixers:
        return
    if len(mixers) <= 2:
        pair = (
            (mixers * 2)[:2]
            if len(mixers) == 2
            else sorted([mixers[0], int(mixers[0] == 0)])
        )
        yield from two_mix(game, pair, supports, simple)
    if len(mixers) > 2:
        yield from _newton(game, supports, guess, digits)


def two_mix(
    game: NormalFormGame,
    pair: Sequence[int],
    supports: Supports,
    near: list[list[Fraction]],
) -> Iterator[MixedProfile]:
    """Everyone but two players takes one action.

    A two-player game, in which each side's conditions are linear. ``pair``: the numbers of
    the two; ``supports``: of all; ``near``: a guess.
    """
    first, second = pair
    place = [
        range(size) if i in pair else one[:1]
        for i, (size, one) in enumerate(zip(game.form.shape, supports, strict=True))
    ]
    sides = [len(place[i]) for i in pair]
    tables = [game.integer_part(i, place)[0].astype(object).reshape(sides) for i in pair]
    for_second = _opposing(tables[0], supports[first], supports[second], near[second])
    for_first = _opposing(tables[1].T, supports[second], supports[first], near[first])
    if for_first is not None and for_second is not None:
        sure = [
            [Fraction(int(a == one[0])) for a in range(n)]
            for n, one in zip(game.form.shape, supports, strict=True)
        ]
        sure[first], sure[second] = for_first, for_second
        yield MixedProfile.from_vectors(game.form, sure)


def _opposing(
    lines: NDArray[Any], own: Sequence[int], other: Sequence[int], near: list[Fraction]
) -> list[Fraction] | None:
    """What the other player does so that all of the own support are best responses.

    The other player keeps to its support, and the vector is the one that differs least from
    ``near`` in sum. ``lines``: the own payoffs, own actions along the rows.
    """
    size = len(other)
    ahead = (lines - lines[own[0]])[:, list(other)]
    tied = [a for a in own if a != own[0]]
    rest = [a for a in range(len(lines)) if a not in own]
    only = (
        _determined(np.concatenate([np.ones((1, size), dtype=object), ahead[tied]]))
        if len(own) == size
        else None
    )
    if only is not None:
        return _spread(only, other, len(near)) if min(only) > 0 else None
    nothing: NDArray[Any] = np.zeros((len(lines), size), dtype=object)
    one: NDArray[Any] = np.identity(size, dtype=object)
    most = np.concatenate(
        [
            np.hstack([ahead[rest], nothing[rest]]),
            np.hstack([one, -one]),
            np.hstack([-one, -one]),
        ]
    )
    aims = [near[a] for a in other]
    whole = np.concatenate(
        [np.ones((1, size), dtype=object), np.zeros((1, size), dtype=object)], axis=1
    )
    answer = maximise(
        [0] * size + [-1] * size,
        at_most=(most, [0] * len(rest) + aims + [-value for value in aims]),
        equal=(
            np.concatenate([whole, np.hstack([ahead[tied], nothing[tied]])]),
            [1] + [0] * len(tied),
        ),
    )
    if answer.status is not LinearStatus.OPTIMAL:
        return None
    return _spread(answer.x[:size], other, len(near))


def _determined(square: NDArray[Any]) -> list[Fraction] | None:
    """The solution of a system that is 1 in the first place and 0 in all others.

    It is None if the matrix is singular.
    """
    from flint import fmpq_mat, fmpz_mat

    matrix = fmpq_mat(fmpz_mat([[int(v) for v in row] for row in square]))
    try:
        found = matrix.solve(
            fmpq_mat(fmpz_mat([[int(i == 0)] for i in range(len(square))]))
        )
    except ZeroDivisionError:
        return None
    return [Fraction(int(found[i, 0].p), int(found[i, 0].q)) for i in range(len(square))]


def _spread(
    weights: Sequence[Fraction], support: Sequence[int], size: int
) -> list[Fraction]:
    vector = [Fraction(0)] * size
    for action, weight in zip(support, weights, strict=True):
        vector[action] = weight
    return vector


def _newton(
    game: NormalFormGame, supports: Supports, guess: Sequence[Any], digits: int
) -> Iterator[MixedProfile]:
    """Newton's method on the equations of indifference in rational numbers.

    Rounded after each step.
    """
    from flint import arb, ctx, fmpq, fmpq_mat

    unit = 10 ** (2 * digits)
    weights = [
        _weights(_rounded(row, one, unit)) for row, one in zip(guess, supports, strict=True)
    ]
    names = mixing(weights)
    for _ in range(_STEPS):
        deadline.check()
        try:
            shift = jacobian(game, weights).solve(
                fmpq_mat([[value] for value in lacking(game, weights)])
            )
        except ZeroDivisionError:
            return
        moved = [
            [Fraction(int(v), int(one.denominator or 1)) for v in one.values]
            for one in weights
        ]
        for k, (i, a) in enumerate(names):
            step = shift[k, 0]
            moved[i][a] -= Fraction(_nearest(step, unit), unit)
        if any(moved[i][a] <= 0 for i, a in names):
            return
        weights = [_weights(row) for row in moved]
        if all(
            abs(Fraction(int(shift[k, 0].p), int(shift[k, 0].q))) < Fraction(1, 10**digits)
            for k in range(len(names))
        ):
            break
    else:
        return
    vectors = [
        [Fraction(int(v), int(one.denominator or 1)) for v in one.values] for one in weights
    ]
    simple = [
        [value.limit_denominator(10 ** (digits // 3)) for value in row] for row in vectors
    ]
    if all(sum(row) == 1 for row in simple):
        yield MixedProfile.from_vectors(game.form, simple)
    with ctx.workprec(8 * digits):
        radius = arb(10) ** -digits
        balls = [
            [
                arb(fmpq(v.numerator, v.denominator))
                + (arb(0, radius) if len(one) > 1 and v else 0)
                for v in row
            ]
            for row, one in zip(vectors, supports, strict=True)
        ]
    yield MixedProfile.from_vectors(game.form, balls)


def _nearest(value: Any, unit: int) -> int:
    return round(Fraction(int(value.p) * unit, int(value.q)))


def _rounded(row: Any, support: Sequence[int], unit: int) -> list[Fraction]:
    """The probabilities of the support alone, as fractions over one unit, summing to 1."""
    total = sum(float(row[a]) for a in support)
    result = [Fraction(0)] * len(row)
    for a in support:
        result[a] = Fraction(round(Fraction(float(row[a]) / total) * unit), unit)
    result[support[0]] += 1 - sum(result)
    return result


def _weights(row: list[Fraction]) -> Weights:
    denominator = math.lcm(*[value.denominator for value in row])
    return Weights(
        [value.numerator * (denominator // value.denominator) for value in row], denominator
    )
