"""Best responses in a game of two actions each, exactly.

They are unions of closed boxes in the unit square.

A place (p, q) is the probability that the row player takes its first action, and the same
for the column player. What the row player gains by its first action over its second is
linear in q, so its best responses are p = 1 where that is positive, p = 0 where it is
negative, and every p at its root: segments, or the whole square where nothing is ever
gained. All equilibria, pure and mixed, are where the two unions meet (von Stengel 2022,
Game Theory Basics, section 6.3).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import attrs

__all__ = ["ReplyBox", "best_response_boxes", "common_boxes"]

_ZERO, _ONE = Fraction(0), Fraction(1)
Interval = tuple[Fraction, Fraction]


@attrs.frozen
class ReplyBox:
    """A closed box in the square: a point, a segment or an area.

    ``p``, ``q``: its least and greatest coordinates.
    """

    p: Interval
    q: Interval

    @property
    def dimension(self) -> int:
        """0 for a point, 1 for a segment, 2 for an area."""
        return (self.p[0] < self.p[1]) + (self.q[0] < self.q[1])

    def contains(self, other: ReplyBox) -> bool:
        """Whether all of the ``other`` box lies in this one."""
        pairs = ((self.p, other.p), (self.q, other.q))
        return all(mine[0] <= its[0] and its[1] <= mine[1] for mine, its in pairs)


def best_response_boxes(
    payoffs: tuple[Any, Any],
) -> tuple[tuple[ReplyBox, ...], tuple[ReplyBox, ...]]:
    """The best responses of the row player and of the column player.

    Given their 2 x 2 arrays of Fraction. ``payoffs``: these arrays, own actions of the row
    player along the rows.
    """
    a, b = payoffs
    rows = _responses(a[0, 0] - a[1, 0], a[0, 1] - a[1, 1])
    columns = _responses(b[0, 0] - b[0, 1], b[1, 0] - b[1, 1])
    return tuple([ReplyBox(own, other) for own, other in rows]), tuple(
        [ReplyBox(other, own) for own, other in columns]
    )


def _responses(if_first: Fraction, if_second: Fraction) -> list[tuple[Interval, Interval]]:
    """(own probabilities, the other's) by what the first action gains.

    If the other takes its first, and its second.
    """
    always = (_ZERO, _ONE)
    if if_first == if_second == 0:
        return [(always, always)]
    if if_first == if_second:
        return [(_side(if_first), always)]
    root = if_second / (if_second - if_first)
    if not 0 <= root <= 1:
        return [(_side(if_first), always)]
    found = [(always, (root, root))]
    if root > 0:
        found.append((_side(if_second), (_ZERO, root)))
    if root < 1:
        found.append((_side(if_first), (root, _ONE)))
    return found


def _side(gain: Fraction) -> Interval:
    return (_ONE, _ONE) if gain > 0 else (_ZERO, _ZERO)


def common_boxes(
    rows: Iterable[ReplyBox], columns: Iterable[ReplyBox]
) -> tuple[ReplyBox, ...]:
    """Where two unions of boxes, ``rows`` and ``columns``, meet.

    The boxes come in order, and none of them is inside another.
    """
    second = tuple(columns)
    met = {
        ReplyBox(p, q)
        for one in rows
        for other in second
        if (p := _meet(one.p, other.p)) and (q := _meet(one.q, other.q))
    }
    largest = [
        box for box in met if not any(other != box and other.contains(box) for other in met)
    ]
    return tuple(sorted(largest, key=lambda box: (box.p, box.q)))


def _meet(one: Interval, other: Interval) -> Interval | None:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else None
