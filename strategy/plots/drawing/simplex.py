"""The mixed strategies of up to three actions as a figure.

A point, an interval or a triangle, in points of paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from matplotlib.patches import Polygon

from strategy.plots.drawing.best_replies import hull
from strategy.plots.drawing.palette import INK
from strategy.plots.drawing.room import Rectangle, Room, around, inside, places
from strategy.plots.drawing.text import amount, em_width, plain, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Simplex", "WrittenLabel", "write"]

_LINE = 1.3  # of a line of text, in font sizes
_GAP = 2.0  # between a name and its corner, for a number
_MARGIN = 2.6  # beside a triangle, for numbers, in font sizes
_DOT: dict[str, Any] = {
    "marker": "o",
    "markersize": 7,
    "linestyle": "none",
    "color": INK,
    "markeredgecolor": "white",
}


@attrs.frozen
class WrittenLabel:
    """A text and the middle of its place; ``spot``: what it belongs to."""

    text: str
    middle: tuple[float, float]
    size: float
    spot: tuple[float, float] | None = None


@attrs.frozen(eq=False)
class Simplex:
    """Mixed strategies of these actions.

    ``corners``: where each action is; ``band``: how high an interval is, upwards.

    ``names``: the actions as they are written; ``room``: what is taken.
    """

    actions: tuple[str, ...]
    corners: tuple[tuple[float, float], ...]
    band: float
    font: float
    names: tuple[WrittenLabel, ...]
    room: Room

    @classmethod
    def within(
        cls, actions: tuple[str, ...], box: Rectangle, font: float, side: float, band: float
    ) -> Simplex:
        """As large as ``side`` and ``band`` say and the box allows.

        The box is (left, lower, right, upper); with room for the names. ``actions``: the
        names; ``font``: the size of type, in points.
        """
        left, low, right, top = box
        middle, line = (left + right) / 2, _LINE * font
        above, below = _surround(actions, right - left, font)
        low, top = low + below, top - above
        room = Room()
        corners: tuple[tuple[float, float], ...]
        if len(actions) == 3:
            side = min(
                side * 1.6, right - left - 2 * _MARGIN * font, max(top - low, font) / 0.866
            )
            foot = low + max(top - low - 0.866 * side, 0.0) / 2
            corners = (
                (middle - side / 2, foot),
                (middle + side / 2, foot),
                (middle, foot + 0.866 * side),
            )
        elif len(actions) == 2:
            side = right - left - 2 * _MARGIN * font
            foot = low + max(top - low - band, 0.0) / 2
            corners = ((middle - side / 2, foot), (middle + side / 2, foot))
        else:
            corners = ((middle, (low + top) / 2),)
        written = _names(actions, corners, font, (left, right))
        for one in written:
            room.take(_box(one, line))
        return cls(
            actions, corners, band if len(actions) == 2 else 0.0, font, written, room
        )

    @staticmethod
    def height(
        actions: tuple[str, ...], width: float, font: float, side: float, band: float
    ) -> float:
        """How high a box of a width has to be for this side or band.

        ``actions``: the names; ``font``: the size of type, in points.
        """
        return (
            sum(_surround(actions, width, font))
            + {1: 0.0, 2: band, 3: 0.866 * side}[len(actions)]
        )

    def at(self, vector: Sequence[Any]) -> tuple[float, float]:
        """Where a strategy, a ``vector`` of probabilities, is."""
        x, y = np.array([float(weight) for weight in vector]) @ np.array(self.corners)
        return float(x), float(y)

    def outline(self, vectors: Iterable[Sequence[Any]]) -> list[tuple[float, float]]:
        """A convex set of strategies as it is filled: of an interval a band.

        ``vectors``: strategies between which it lies.
        """
        spots = [self.at(vector) for vector in vectors]
        if self.band and len(spots) == 2:
            spots = sorted(spots)
            return [*spots, *[(x, y + self.band) for x, y in reversed(spots)]]
        return spots

    # -- what is written where

    def write_numbers(
        self, marked: Sequence[tuple[Sequence[Any], str]]
    ) -> list[WrittenLabel]:
        """Find room for the words of each marked strategy beside its dot."""
        line = _LINE * self.font
        spots = [self.at(vector) for vector, _ in marked]
        for spot in spots:
            # a diamond may be under the dot
            self.room.take(around(spot, (1.25 * self.font, 1.25 * self.font)))
        centre = np.mean(self.corners, axis=0)
        found = []
        for spot, (_, words) in zip(spots, marked, strict=True):
            size = (em_width(words, bold=True) * self.font + 3, line)
            away = (
                (0.3, -1.0)
                if self.band
                else (spot[0] - centre[0] + 0.01, spot[1] - centre[1] + 0.02)
            )
            box = self.room.near(
                spot,
                size,
                away,
                [self.font * reach for reach in (0.7, 1.1, 1.6, 2.2, 3, 4, 5.5, 7, 9, 12)],
            )
            self.room.take(box)
            found.append(
                WrittenLabel(
                    words, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), self.font, spot
                )
            )
        return found

    def write_region(
        self, corners: Sequence[Sequence[Any]], words: str
    ) -> WrittenLabel | None:
        """Find room for words inside a region; None if they do not fit.

        ``corners``: of the region.
        """
        polygon = np.array(self.outline(corners))
        if len(polygon) < 3:
            return None
        for size in (self.font, self.font - 1.5):
            for widest, lines in ((12, 1), (12, 2), (8, 3)):
                text = wrapped(words, widest, lines)
                if "…" in text:
                    continue
                half = (
                    em_width(text) * size / 2 + 3,
                    (text.count("\n") + 1) * _LINE * size / 2 + 1,
                )
                for spot in places(polygon):
                    box = around(spot, (2 * half[0], 2 * half[1]))
                    ends = spot + np.array(
                        [(a * half[0], b * half[1]) for a in (-1, 1) for b in (-1, 1)]
                    )
                    if inside(polygon, ends) and self.room.free(box):
                        self.room.take(box)
                        return WrittenLabel(text, (float(spot[0]), float(spot[1])), size)
        return None

    def write_cuts(self, cuts: Iterable[Sequence[Any]]) -> list[WrittenLabel]:
        """Over an interval, the probability of its right end at both ends and at the cuts."""
        found: list[WrittenLabel] = []
        if not self.band:
            return found
        (left, y), (right, _) = self.corners
        said = wrapped(f"probability of {self.actions[1]}", (right - left) / self.font, 1)
        head = WrittenLabel(
            said, ((left + right) / 2, y + self.band + 2.1 * self.font), 0.9 * self.font
        )
        found.append(head)
        self.room.take(_box(head, _LINE * self.font))
        for vector in [(1, 0), (0, 1), *cuts]:
            x, y = self.at(vector)
            text = amount(vector[1])
            one = WrittenLabel(text, (x, y + self.band + 0.8 * self.font), 0.9 * self.font)
            if self.room.free(_box(one, _LINE * self.font)):
                self.room.take(_box(one, _LINE * self.font))
                found.append(one)
        return found

    def keep_free(self, vectors: Sequence[Sequence[Any]]) -> None:
        """Nothing shall be written on the border of a set of strategies.

        ``vectors``: its corners.
        """
        spots = [self.at(vector) for vector in hull(vectors)]
        self.room.take_line(
            [*spots, spots[0]] if len(spots) > 2 else spots, 0.8 * self.font
        )

    # -- drawing

    def draw_names(self, ax: Axes, colour: str) -> None:
        """The actions at the corners, and an outline.

        ``ax``: the Axes; ``colour``: of the outline.
        """
        for one in self.names:
            write(ax, one, color=colour)
        if len(self.corners) > 1:
            frame = self.outline(np.eye(len(self.corners)))
            ax.add_patch(
                Polygon(
                    frame,
                    closed=True,
                    facecolor="none",
                    edgecolor=INK,
                    linewidth=1.0,
                    zorder=2,
                )
            )

    def draw_region(self, ax: Axes, corners: Sequence[Sequence[Any]], fill: str) -> None:
        """An area, or a line or a point where it has no inside.

        ``ax``: the Axes; ``corners``: of the area; ``fill``: its colour.
        """
        spots = self.outline(corners)
        if len(spots) > 2:
            ax.add_patch(
                Polygon(
                    spots,
                    closed=True,
                    facecolor=fill,
                    edgecolor=INK,
                    linewidth=0.8,
                    zorder=1,
                )
            )
        elif len(spots) == 2:
            ax.plot(
                *zip(*spots, strict=True),
                color=INK,
                linewidth=4.6,
                zorder=2.1,
                solid_capstyle="butt",
            )
            ax.plot(
                *zip(*spots, strict=True),
                color=fill,
                linewidth=3.0,
                zorder=2.2,
                solid_capstyle="butt",
            )
        elif len(self.corners) > 1:
            ax.plot(
                *spots[0],
                marker="D",
                markersize=10,
                color=fill,
                markeredgecolor=INK,
                zorder=2.2,
            )

    def draw_subset(self, ax: Axes, vertices: Sequence[Sequence[Any]]) -> None:
        """All between some strategies: a thick line, or a hatched area.

        ``ax``: the Axes; ``vertices``: these strategies.
        """
        spots = [self.at(vector) for vector in hull(vertices)]
        if len(spots) == 2:
            ax.plot(
                *zip(*spots, strict=True),
                color=INK,
                linewidth=3.4,
                zorder=3,
                solid_capstyle="round",
                clip_on=False,
            )
        elif len(spots) > 2:
            ax.add_patch(
                Polygon(
                    spots,
                    closed=True,
                    facecolor="none",
                    edgecolor=INK,
                    hatch="....",
                    linewidth=2.2,
                    zorder=3,
                    alpha=0.8,
                )
            )

    def draw_numbers(self, ax: Axes, numbers: Iterable[WrittenLabel]) -> None:
        """A dot for each, with its number in a box.

        A thin line joins the two where they are apart. ``ax``: the Axes; ``numbers``: what
        to write where.
        """
        for one in numbers:
            assert one.spot is not None
            ax.plot(
                *zip(one.spot, one.middle, strict=True),
                color=INK,
                linewidth=0.6,
                zorder=3.5,
            )
            ax.plot(*one.spot, zorder=5, clip_on=False, **_DOT)
            box = {
                "boxstyle": "round,pad=0.12",
                "facecolor": "white",
                "edgecolor": INK,
                "linewidth": 0.6,
            }
            write(ax, one, weight="bold", bbox=box, zorder=6)


def write(ax: Axes, one: WrittenLabel, **style: Any) -> None:
    """Write a text, ``one``, in its place in ``ax``.

    ``style``: for Matplotlib.
    """
    shown: dict[str, Any] = {"color": INK, "zorder": 4, **style}
    plain(
        ax.text(
            *one.middle,
            one.text,
            fontsize=one.size,
            ha="center",
            va="center",
            linespacing=1.1,
            **shown,
        )
    )


def _name(actions: Sequence[str], i: int, width: float, font: float) -> str:
    """An action as it is written at its corner."""
    return wrapped(
        actions[i], (0.9 if i == 2 or len(actions) == 1 else 0.44) * width / font, 2
    )


def _surround(actions: Sequence[str], width: float, font: float) -> tuple[float, float]:
    """The room that numbers, names and scale take above and below."""
    lines = [_name(actions, i, width, font).count("\n") + 1 for i in range(len(actions))]
    above = {1: 2.0 * font, 2: 3.4 * font, 3: _GAP * font + lines[-1] * _LINE * font}[
        len(actions)
    ]
    return above, _GAP * font + max(lines[:2]) * _LINE * font


def _names(
    actions: tuple[str, ...], corners: Any, font: float, across: tuple[float, float]
) -> tuple[WrittenLabel, ...]:
    """Each action at its corner.

    The top one above, those below under theirs, none beyond the sides of the box.
    """
    found = []
    for i, (x, y) in enumerate(corners):
        text = _name(actions, i, across[1] - across[0], font)
        high = (text.count("\n") + 1) * _LINE * font
        wide = em_width(text) * font
        gap = _GAP * font
        lift = gap + high / 2 if i == 2 else -gap - high / 2
        x = min(max(x, across[0] + wide / 2), across[1] - wide / 2)
        found.append(WrittenLabel(text, (x, y + lift), font))
    return tuple(found)


def _box(one: WrittenLabel, line: float) -> Rectangle:
    return around(
        one.middle, (em_width(one.text) * one.size + 2, (one.text.count("\n") + 1) * line)
    )
