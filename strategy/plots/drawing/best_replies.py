"""Where each reply is best.

The mixed strategies of one player divided by what the other does best against them,
exactly.

B. von Stengel, "Equilibrium computation for two-player games in strategic and extensive
form", in Nisan et al. (eds), Algorithmic Game Theory (2007), chapter 3, draws games of up
to three actions each in this way.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import attrs

__all__ = ["ReplyRegion", "hull", "regions_of_replies"]

Vector = tuple[Fraction, ...]
"""Probabilities of the actions of the player whose strategies are divided."""


@attrs.frozen
class ReplyRegion:
    """Where these replies are best (several, if they always pay the same).

    The corners of a convex set, in order around it.
    """

    replies: tuple[int, ...]
    corners: tuple[Vector, ...]

    @property
    def dimension(self) -> int:
        """0 for a point, 1 for a segment, 2 for an area."""
        return min(len(self.corners) - 1, 2)


def regions_of_replies(payoffs: Any) -> tuple[ReplyRegion, ...]:
    """The regions in which some reply is best.

    ``payoffs``: Fractions of shape (actions, at most 3; replies), what the replying player
    gets.
    """
    actions, replies = payoffs.shape
    alike: dict[tuple[Fraction, ...], list[int]] = {}
    for reply in range(replies):
        alike.setdefault(tuple(payoffs[:, reply]), []).append(reply)
    found = []
    for column, same in alike.items():
        corners = [
            tuple([Fraction(int(i == j)) for j in range(actions)]) for i in range(actions)
        ]
        for other in alike:
            corners = _clipped(corners, [a - b for a, b in zip(column, other, strict=True)])
        if corners:
            found.append(ReplyRegion(tuple(same), tuple(corners)))
    return tuple(found)


def _clipped(corners: Sequence[Vector], ahead: Sequence[Fraction]) -> list[Vector]:
    """The part of a convex set where the mean of ``ahead`` is not negative.

    The set is given by its corners in order.
    """
    values = [
        sum((p * d for p, d in zip(corner, ahead, strict=True)), Fraction(0))
        for corner in corners
    ]
    kept: list[Vector] = []
    for i, (corner, value) in enumerate(zip(corners, values, strict=True)):
        if value >= 0:
            kept.append(corner)
        following = (i + 1) % len(corners)
        if value * values[following] < 0:
            share = value / (value - values[following])
            pairs = zip(corner, corners[following], strict=True)
            kept.append(tuple([a + share * (b - a) for a, b in pairs]))
    return list(dict.fromkeys(kept))


def hull(vectors: Sequence[Sequence[Any]]) -> list[tuple[float, ...]]:
    """The corners of what lies between strategies of up to three actions.

    They come in order around it, as floats. ``vectors``: the strategies.
    """
    points = sorted({tuple(map(float, vector)) for vector in vectors})
    if len(points) <= 2 or len(points[0]) < 3:
        return points[:1] + points[-1:] if len(points) > 1 else points
    lower, upper = _chain(points), _chain(points[::-1])
    return lower[:-1] + upper[:-1]


def _chain(points: Sequence[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """One side of the convex hull, by the first two coordinates.

    A. M. Andrew's monotone chain, 1979.
    """
    chain: list[tuple[float, ...]] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 1e-15:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
