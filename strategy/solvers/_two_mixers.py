"""Equilibria in which two players take one of two actions each by chance.

All others are certain of theirs.

A game of many players whose payoffs are drawn at random often has no pure equilibrium, and
several of these. How the two mix follows from one another's payoffs in closed form, for all
that the others may do at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.forms.mixed import MixedProfile
from strategy.forms.normal import NormalFormGame
from strategy.solvers._from_supports import two_mix

__all__ = ["two_mixers"]

Floats = NDArray[np.float64]
Pair = tuple[int, int]

_SLACK = 1e-9
"""Of the range of payoffs: by so much a best reply may fall short in floats."""


def two_mixers(
    game: NormalFormGame, tables: list[Floats], check: Callable[[], None]
) -> Iterator[MixedProfile]:
    """Profiles with such supports that are equilibria as far as floats tell.

    The concept judges.

    ``tables``: each player's payoffs on a range of 1, in the shape of the game. ``check``
    is called now and then, and may raise.
    """
    shape, players = tables[0].shape, range(len(tables))
    for i, j in itertools.combinations(players, 2):
        others = [k for k in players if k not in (i, j)]
        of_i, of_j = (
            np.transpose(tables[a], (a, b, *others)).reshape(shape[a], shape[b], -1)
            for a, b in ((i, j), (j, i))
        )
        for own, other in itertools.product(
            *[itertools.combinations(range(shape[k]), 2) for k in (i, j)]
        ):
            check()
            cells, q = _tied(of_i, own, other)
            within, p = _tied(of_j[..., cells], other, own)
            cells, q = cells[within], q[within]
            chosen = list(np.unravel_index(cells, [shape[k] for k in others]))
            for k in others:
                fits = _best(
                    tables[k],
                    k,
                    (i, own, p),
                    (j, other, q),
                    dict(zip(others, chosen, strict=True)),
                )
                p = p[fits]
                q = q[fits]
                chosen = [digits[fits] for digits in chosen]
            for number, (share, opposite) in enumerate(zip(p, q, strict=True)):
                sure = {
                    k: int(digits[number]) for k, digits in zip(others, chosen, strict=True)
                }
                yield from _profiles(game, sure, {i: (own, share), j: (other, opposite)})


def _tied(lines: Floats, own: Pair, other: Pair) -> tuple[NDArray[np.int64], Floats]:
    """(where two own actions are best replies to a mixture of two; its first weight).

    A mixture of two of the other's, and the chance of the first of these.

    ``lines``: own payoffs, shape (own actions, other's actions, cells of the rest).
    """
    first, second = (lines[own[0], b] - lines[own[1], b] for b in other)
    at = np.flatnonzero(first * second < 0)
    first, second = first[at], second[at]
    share = second / (second - first)
    values = share * lines[:, other[0], at] + (1 - share) * lines[:, other[1], at]
    best = values.max(axis=0) <= values[own[0]] + _SLACK
    return at[best], share[best]


def _best(
    table: Floats, k: int, one: Any, two: Any, chosen: dict[int, Any]
) -> NDArray[np.bool_]:
    """Where the action that player k is certain of is a best reply.

    ``one``, ``two``: (player, actions, chances of the first).
    """
    (i, own, p), (j, other, q) = one, two
    place = [chosen.get(player) for player in range(table.ndim)]
    place[k] = np.arange(table.shape[k])[:, None]
    values: Any = 0.0
    for (a, chance), (b, opposite) in itertools.product(
        zip(own, (p, 1 - p), strict=True), zip(other, (q, 1 - q), strict=True)
    ):
        place[i], place[j] = a, b
        values = values + chance * opposite * table[tuple(place)]
    return np.asarray(values.max(axis=0) <= values[chosen[k], np.arange(len(p))] + _SLACK)


def _profiles(
    game: NormalFormGame, sure: dict[int, int], mixed: dict[int, tuple[Pair, Any]]
) -> Iterator[MixedProfile]:
    """The exact profile with these supports near these chances."""
    supports, near = [], []
    for k, size in enumerate(game.form.shape):
        own, share = mixed.get(k, ((sure.get(k, 0),), 1.0))
        supports.append(own)
        near.append([Fraction(0)] * size)
        near[-1][own[0]] = Fraction(float(share))
        if len(own) > 1:
            near[-1][own[1]] = 1 - Fraction(float(share))
    yield from two_mix(game, list(mixed), supports, near)
