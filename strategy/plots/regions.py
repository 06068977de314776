"""A region map: two assumptions, the verdict in each part of the plane, and what is played there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from strategy.display import number
from strategy.plots._palette import BASELINE, INK, look, swatches
from strategy.plots._text import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from strategy.forms.plays import Play
    from strategy.sensitivity import Cell, Regions, Verdict

__all__ = ["letters", "plot_regions"]

_FONT = 9
_MOST_LETTERS = 26


def plot_regions(regions: Regions, ax: Axes) -> Axes:
    """Draw a region map into ``ax``: verdicts as colours and hatches, the baseline, letters for what is played.

    A letter stands in the largest cell of each area where the same plays happen, if it fits; ``letters`` spells them out. A
    boundary on which the verdict is that of neither side has the colour of its own verdict.
    """
    for verdict, cells in _by_verdict(regions.cells).items():
        _fill(ax, cells, verdict)
    _draw_boundaries(regions, ax)
    x, y = (regions.model.parameters[label] for label in (regions.x, regions.y))
    ax.set_xlim(float(x.low), float(x.high))
    ax.set_ylim(float(y.low), float(y.high))
    for set_label, label, one in ((ax.set_xlabel, regions.x, x), (ax.set_ylabel, regions.y, y)):
        plain(set_label(f"{label} ({one.unit})" if one.unit else label))
    ax.plot([float(x.baseline)], [float(y.baseline)], zorder=5, clip_on=False, **BASELINE)
    _write_letters(regions, ax)
    _add_legend(regions, ax, f"baseline ({number(x.baseline)}, {number(y.baseline)})")
    return ax


def letters(regions: Regions) -> dict[Play, str]:
    """The letter of each play that happens somewhere on the map, by the area over which it does, the largest first."""
    area: dict[Play, float] = {}
    for cell in regions.cells:
        for play in cell.plays:
            area[play] = area.get(play, 0.0) + abs(_area(_floats(cell)))
    ordered = sorted(area, key=lambda play: (-area[play], play.history))
    return {play: chr(ord("A") + i) for i, play in enumerate(ordered[:_MOST_LETTERS])}


def _by_verdict(cells: Iterable[Cell]) -> dict[Verdict, list[Cell]]:
    groups: dict[Verdict, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(cell.verdict, []).append(cell)
    return groups


def _floats(cell: Cell) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in cell.vertices]


def _area(polygon: list[tuple[float, float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(polygon, [*polygon[1:], polygon[0]], strict=True)) / 2


def _fill(ax: Axes, cells: list[Cell], verdict: Verdict) -> None:
    """All cells of a verdict as one shape. An outline in the colour of the fill closes the hair between neighbours."""
    polygons = [_floats(cell) for cell in cells]
    shape = Path.make_compound_path(*[Path([*one, one[0]], closed=True) for one in polygons])
    style = look(verdict)
    ax.add_patch(PathPatch(shape, facecolor=style.fill, edgecolor=style.fill, linewidth=0.6, zorder=0.5))
    if style.hatch:
        ax.add_patch(PathPatch(shape, facecolor="none", edgecolor=style.line, linewidth=0, hatch=style.hatch, zorder=0.6))


def _draw_boundaries(regions: Regions, ax: Axes) -> None:
    """Lines between verdicts; thin where only what is played changes, thick and coloured where the line has its own verdict."""
    beside: dict[Any, list[Cell]] = {}
    for cell in regions.cells:
        for a, b in zip(cell.vertices, (*cell.vertices[1:], cell.vertices[0]), strict=True):
            beside.setdefault(frozenset((a, b)), []).append(cell)
    lines: dict[tuple[str, float, float], list[Any]] = {}
    for edge in regions.edges:
        cells = beside.get(frozenset(edge.ends), [])
        sides = {cell.verdict for cell in cells}
        segment = [(float(x), float(y)) for x, y in edge.ends]
        if edge.verdict not in sides:
            lines.setdefault((look(edge.verdict).line, 2.6, 3), []).append(segment)
        elif len(sides) > 1:
            lines.setdefault((INK, 1.4, 2), []).append(segment)
        elif len({cell.plays for cell in cells}) > 1:
            lines.setdefault((INK, 0.4, 1), []).append(segment)
    _draw_lone_corners(regions, ax)
    for (colour, width, order), segments in lines.items():
        ax.add_collection(LineCollection(segments, color=colour, linewidth=width, zorder=order, capstyle="round"))


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
            ax.scatter([float(x)], [float(y)], s=30, color=style.fill, edgecolors=style.line, zorder=4, clip_on=False)


# -- what is played ----------------------------------------------------------------------------------------------


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


def _write_letters(regions: Regions, ax: Axes) -> None:
    known = letters(regions)
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    for area in _areas(regions):
        text = " ".join(sorted(known[play] for play in area[0].plays if play in known))
        if len(known) < 2 or not text:
            continue
        for cell in sorted(area, key=lambda cell: -abs(_area(_floats(cell)))):
            if _fits(ax, _floats(cell), text):
                break


def _fits(ax: Axes, polygon: list[tuple[float, float]], text: str) -> bool:
    """Write a text into the middle of a convex cell, unless it would stick out or hide the baseline."""
    x, y = (sum(point[i] for point in polygon) / len(polygon) for i in (0, 1))
    box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.8}
    written = plain(ax.text(x, y, text, fontsize=_FONT, weight="bold", ha="center", va="center", color=INK, bbox=box, zorder=4))
    extent = written.get_window_extent().expanded(1.3, 1.3)
    inside = Path([*polygon, polygon[0]], closed=True).transformed(ax.transData)
    stars = [ax.transData.transform(line.get_xydata())[0] for line in ax.lines]
    hidden = any(extent.expanded(1.0, 1.0).padded(8).contains(*star) for star in stars)
    if hidden or not inside.contains_points(extent.corners()).all():
        written.remove()
        return False
    return True


def _add_legend(regions: Regions, ax: Axes, baseline: str) -> None:
    present = {cell.verdict for cell in regions.cells} | {edge.verdict for edge in regions.edges}
    present |= {corner.verdict for corner in regions.corners}
    handles: list[Any] = swatches(present, f"{regions.outcome}: ")
    handles.append(Line2D([], [], label=baseline, **BASELINE))
    legend = ax.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.12), frameon=False, fontsize=_FONT, ncols=1)
    for text in legend.get_texts():
        plain(text)
