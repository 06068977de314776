"""Finding room: where a box can go among others.

It also finds the spots of a convex polygon with most room around them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
import numpy as np

__all__ = ["Rectangle", "Room", "around", "inside", "places"]

Rectangle = tuple[float, float, float, float]
"""Left, lower, right, upper."""

_GRID = 9  # places in a polygon that are tried, across and up
_WAYS = 16


@attrs.define(eq=False)
class Room:
    """What is taken already, as rectangles in one unit."""

    taken: list[Rectangle] = attrs.field(factory=list)

    def free(self, box: Rectangle) -> bool:
        """Whether nothing lies in ``box``."""
        return all(
            box[2] <= a or c <= box[0] or box[3] <= b or d <= box[1]
            for a, b, c, d in self.taken
        )

    def take(self, box: Rectangle) -> None:
        """From now on something lies in ``box``."""
        self.taken.append(box)

    def take_line(self, points: Sequence[Any], width: float) -> None:
        """The same for a line from point to point.

        ``points``: on its way; ``width``: of the line.
        """
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            steps = max(1, int(math.hypot(x1 - x0, y1 - y0) / width))
            for i in range(steps + 1):
                x = x0 + (x1 - x0) * i / steps
                y = y0 + (y1 - y0) * i / steps
                self.take((x - width / 2, y - width / 2, x + width / 2, y + width / 2))

    def near(
        self, spot: Any, size: tuple[float, float], away: Any, reaches: Iterable[float]
    ) -> Rectangle:
        """A free box of a size beside a spot, near it and rather on the side of ``away``.

        The last one tried if none is free. ``reaches``: how far from the spot to try.
        """
        box = (0.0, 0.0, 0.0, 0.0)
        for reach in reaches:
            for angle in _angles(math.atan2(away[1], away[0])):
                x = spot[0] + math.cos(angle) * (reach + size[0] / 2)
                y = spot[1] + math.sin(angle) * (reach + size[1] / 2)
                box = around((x, y), size)
                if self.free(box):
                    return box
        return box


def _angles(first: float) -> Iterator[float]:
    for i in range(_WAYS // 2 + 1):
        for sign in (1, -1):
            yield first + sign * 2 * math.pi * i / _WAYS


def around(middle: Any, size: tuple[float, float]) -> Rectangle:
    """The rectangle of a size around its middle."""
    return (
        middle[0] - size[0] / 2,
        middle[1] - size[1] / 2,
        middle[0] + size[0] / 2,
        middle[1] + size[1] / 2,
    )


def places(corners: Any) -> Any:
    """Places in a convex polygon, those farthest from its sides first.

    Its middle before others that are as far. ``corners``: of the polygon, in order.
    """
    steps = (np.arange(_GRID) + 0.5) / _GRID
    low, high = corners.min(axis=0), corners.max(axis=0)
    grid = np.stack(
        np.meshgrid(*(low[i] + steps * (high[i] - low[i]) for i in (0, 1))), axis=-1
    ).reshape(-1, 2)
    spots = np.concatenate([[corners.mean(axis=0)], grid])
    room = np.min(_distances(corners, spots), axis=1)
    return spots[np.argsort(-room, kind="stable")][: int((room > 0).sum())]


def _distances(corners: Any, spots: Any) -> Any:
    """How far inside each side of a convex polygon (counter-clockwise) each spot is.

    Shape (spots, sides); 0 of a side that has no length.
    """
    along = np.roll(corners, -1, axis=0) - corners
    offset = spots[:, None, :] - corners[None]
    length = np.hypot(*along.T)
    return (along[:, 0] * offset[..., 1] - along[:, 1] * offset[..., 0]) / np.where(
        length > 0, length, 1
    )


def inside(corners: Any, spots: Any) -> bool:
    """Whether all spots lie inside a convex polygon (counter-clockwise).

    ``corners``: of the polygon.
    """
    return bool((_distances(corners, spots) > 0).all())
