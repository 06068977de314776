"""A region map: two assumptions, and the verdict in each part of the plane.

It also shows what is played there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path

from strategy.plots.drawing.given import of_a_result
from strategy.plots.drawing.palette import BASELINE, INK, dashes, dot, look, swatches
from strategy.plots.drawing.room import inside, places
from strategy.plots.drawing.surround import surround
from strategy.plots.drawing.text import amount, plain, points, wrapped
from strategy.sensitivity.analyses.regions_finding import Mapped, letters
from strategy.sensitivity.deciding.verdicts import Verdict, verdict_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.sensitivity import Cell, Regions

__all__ = ["letters", "map_size", "plot_regions", "regions_size"]

_FONT = 9
_WIDTH = 6.4  # inches
_DOTTED = ("..", "oo", "xx")  # outcomes beside the headline
# of a play that is written into a cell: width in font sizes, lines
_WORDS, _LINES = 14.0, 3


@of_a_result
def plot_regions(regions: Regions | Mapped, ax: Axes, *, key: bool = False) -> Axes:
    """Draw a map into ``ax``: verdicts as colours and hatches, and what is played.

    The baseline is marked.

    ``regions``: what ``regions`` or ``map`` returns; the latter is drawn with its key. What
    is played stands in a cell of each area where the same plays happen: a letter for each
    play, with the play in words where they fit; ``letters`` spells them all out, and so
    does the legend with ``key``. A boundary on which the verdict is that of neither side
    has the colours of its own verdict.
    """
    if isinstance(regions, Mapped):
        return plot_regions(regions.regions, ax, key=True)
    for verdict, cells in _by_verdict(regions.cells).items():
        _fill(ax, cells, verdict)
    beside = _beside(regions)
    for hatch, cells in zip(_DOTTED, beside.values(), strict=False):
        _dot(ax, cells, hatch)
    _draw_boundaries(regions, ax)
    x, y = (regions.model.parameters[label] for label in (regions.x, regions.y))
    ax.set_xlim(float(x.low), float(x.high))
    ax.set_ylim(float(y.low), float(y.high))
    labels = (
        _label(regions.model.label(regions.x), x.unit),
        _label(regions.model.label(regions.y), y.unit),
    )
    ax.plot([float(x.baseline)], [float(y.baseline)], zorder=5, clip_on=False, **BASELINE)
    handles = [
        *_handles(regions),
        *[
            Patch(facecolor="white", edgecolor=INK, hatch=hatch, linewidth=0.5, label=words)
            for hatch, words in zip(_DOTTED, beside, strict=False)
        ],
        Line2D(
            [],
            [],
            label=f"baseline ({amount(x.baseline)}, {amount(y.baseline)})",
            **BASELINE,
        ),
    ]
    handles += [
        Line2D([], [], linestyle="none", label=words)
        for words in (_key(regions) if key else ())
    ]
    surround(ax, labels, handles, _FONT)
    _write_plays(regions, ax)
    return ax


@of_a_result
def map_size(regions: Regions | Mapped, *, key: bool = False) -> tuple[float, float]:
    """A size in inches at which the map ``regions`` can be read.

    With room for the ``key`` if it has one.
    """
    if isinstance(regions, Mapped):
        return map_size(regions.regions, key=True)
    lines = sum(
        wrapped(words, _WIDTH * 60 / _FONT, 6).count("\n") + 1
        for words in (_key(regions) if key else ())
    )
    return _WIDTH, 5.8 + lines * 1.25 * _FONT / 72


regions_size = map_size


def _key(regions: Regions) -> list[str]:
    known = letters(regions)
    return [
        f"{letter if len(known) > 1 else 'what is played'}: {play}"
        for play, letter in known.items()
    ]


def _label(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit else label


def _by_verdict(cells: Iterable[Cell]) -> dict[Verdict, list[Cell]]:
    groups: dict[Verdict, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(cell.verdict, []).append(cell)
    return groups


def _floats(cell: Cell) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in cell.vertices]


def _area(polygon: list[tuple[float, float]]) -> float:
    return (
        sum(
            a[0] * b[1] - b[0] * a[1]
            for a, b in zip(polygon, [*polygon[1:], polygon[0]], strict=True)
        )
        / 2
    )


def _outline(cells: Iterable[Cell]) -> Path:
    polygons = [_floats(cell) for cell in cells]
    return Path.make_compound_path(*[Path([*one, one[0]], closed=True) for one in polygons])


def _fill(ax: Axes, cells: list[Cell], verdict: Verdict) -> None:
    """All cells of a verdict as one shape.

    An outline in the colour of the fill closes the hair between neighbours.
    """
    shape = _outline(cells)
    style = look(verdict)
    ax.add_patch(
        PathPatch(
            shape, facecolor=style.fill, edgecolor=style.fill, linewidth=0.6, zorder=0.5
        )
    )
    if style.hatch:
        ax.add_patch(
            PathPatch(
                shape,
                facecolor="none",
                edgecolor=style.line,
                linewidth=0,
                hatch=style.hatch,
                zorder=0.6,
            )
        )


def _beside(regions: Regions) -> dict[str, list[Cell]]:
    """On which cells an outcome beside the headline happens in all that is played.

    The keys are what the legend says of it; one that happens nowhere is left out.
    """
    outcomes = regions.model.outcomes
    if regions.outcome != regions.model.headline:
        return {}
    found = {
        f"{label}: {verdict_words(Verdict.EVERY, regions)}": [
            cell
            for cell in regions.cells
            if cell.play_numbers and outcomes[label].mask[sorted(cell.play_numbers)].all()
        ]
        for label in regions.model.beside
    }
    return {words: cells for words, cells in found.items() if cells}


def _dot(ax: Axes, cells: list[Cell], hatch: str) -> None:
    shape = _outline(cells)
    style: dict[str, Any] = {"facecolor": "none", "edgecolor": INK, "linewidth": 0}
    ax.add_patch(PathPatch(shape, hatch=hatch, zorder=0.7, **style))


def _draw_boundaries(regions: Regions, ax: Axes) -> None:
    """Lines between verdicts.

    Thin where only what is played changes, thick and coloured where the line has its own
    verdict.
    """
    beside: dict[Any, list[Cell]] = {}
    for cell in regions.cells:
        for a, b in zip(cell.vertices, (*cell.vertices[1:], cell.vertices[0]), strict=True):
            beside.setdefault(frozenset((a, b)), []).append(cell)
    lines: dict[tuple[str, float, float, Any], list[Any]] = {}
    for edge in regions.edges:
        cells = beside.get(frozenset(edge.ends), [])
        sides = {cell.verdict for cell in cells}
        segment = [(float(x), float(y)) for x, y in edge.ends]
        # two lines, dark around light: to be seen on any ground, in grey print too
        if edge.verdict not in sides:
            style = look(edge.verdict)
            for colour, width, order, dash in (
                (style.line, 4.2, 3, "solid"),
                (style.fill, 2.0, 3.1, dashes(edge.verdict)),
            ):
                lines.setdefault((colour, width, order, dash), []).append(segment)
        elif len(sides) > 1:
            lines.setdefault((INK, 1.4, 2, "solid"), []).append(segment)
        elif len({cell.plays for cell in cells}) > 1:
            lines.setdefault((INK, 0.4, 1, "solid"), []).append(segment)
    _draw_lone_corners(regions, ax)
    for (colour, width, order, dash), segments in lines.items():
        shown: dict[str, Any] = {
            "color": colour,
            "linewidth": width,
            "linestyle": dash,
            "zorder": order,
        }
        ax.add_collection(
            LineCollection(
                segments, capstyle="round" if dash == "solid" else "butt", **shown
            )
        )


def _draw_lone_corners(regions: Regions, ax: Axes) -> None:
    """A dot where a single point has a verdict that no segment ending there has."""
    around: dict[Any, set[Any]] = {}
    for edge in regions.edges:
        for end in edge.ends:
            around.setdefault(end, set()).add(edge.verdict)
    for corner in regions.corners:
        if corner.verdict not in around.get(corner.point, {corner.verdict}):
            x, y = corner.point
            style = look(corner.verdict)
            shown: dict[str, Any] = {
                "color": style.fill,
                "edgecolors": style.line,
                "marker": dot(corner.verdict),
            }
            ax.scatter([float(x)], [float(y)], s=30, zorder=4, clip_on=False, **shown)


# -- what is played


def _areas(regions: Regions) -> list[list[Cell]]:
    """Neighbouring cells on which the same plays happen."""
    owner: dict[Any, int] = {}
    root = list(range(len(regions.cells)))

    def find(i: int) -> int:
        while root[i] != i:
            i = root[i]
        return i

    for i, cell in enumerate(regions.cells):
        for a, b in zip(cell.vertices, (*cell.vertices[1:], cell.vertices[0]), strict=True):
            j = owner.setdefault((frozenset((a, b)), cell.plays), i)
            root[find(i)] = find(j)
    areas: dict[int, list[Cell]] = {}
    for i, cell in enumerate(regions.cells):
        areas.setdefault(find(i), []).append(cell)
    return list(areas.values())


def _write_plays(regions: Regions, ax: Axes) -> None:
    """Write what is played into each area: in words where they fit, else by letters."""
    known = letters(regions)
    points(ax)  # settles the layout
    for area in _areas(regions):
        plays = sorted(area[0].plays, key=lambda play: (len(known[play]), known[play]))
        if not plays:
            continue
        cells = [
            _floats(cell)
            for cell in sorted(area, key=lambda cell: -abs(_area(_floats(cell))))
        ]
        mark = "{}: " if len(known) > 1 else ""
        words = "\n".join(
            [
                wrapped(mark.format(known[play]) + ", ".join(play.history), _WORDS, _LINES)
                for play in plays
            ]
        )
        if ("…" in words or not _fits(ax, cells[0], words, _FONT - 1)) and mark:
            short = " ".join([known[play] for play in plays])
            any(
                _fits(ax, cell, short, size)
                for size in (_FONT, _FONT - 2)
                for cell in cells
            )


def _fits(ax: Axes, polygon: list[tuple[float, float]], text: str, size: float) -> bool:
    """Write a text into a convex cell where it has most room.

    It is left out if it would stick out or hide the baseline.
    """
    box = {
        "boxstyle": "round,pad=0.15",
        "facecolor": "white",
        "edgecolor": "none",
        "alpha": 0.85,
    }
    style: dict[str, Any] = {
        "weight": "bold",
        "color": INK,
        "ha": "center",
        "va": "center",
        "linespacing": 1.15,
    }
    written = plain(ax.text(*polygon[0], text, fontsize=size, bbox=box, zorder=4, **style))
    extent = written.get_window_extent()
    half = extent.width / 2 + 4, extent.height / 2 + 3
    corners = ax.transData.transform(polygon)
    stars = np.array([ax.transData.transform(line.get_xydata())[0] for line in ax.lines])
    for spot in places(corners):
        around = spot + np.array(
            [(a * half[0], b * half[1]) for a in (-1, 1) for b in (-1, 1)]
        )
        apart = np.abs(stars - spot) > np.array(half) + 10
        if inside(corners, around) and apart.any(axis=1).all():
            written.set_position(ax.transData.inverted().transform(spot))
            return True
    written.remove()
    return False


def _handles(regions: Regions) -> list[Any]:
    present = {cell.verdict for cell in regions.cells} | {
        edge.verdict for edge in regions.edges
    }
    present |= {corner.verdict for corner in regions.corners}
    return swatches(present, regions, f"{regions.outcome}: ")
