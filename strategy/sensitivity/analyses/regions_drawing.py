"""A region map in characters for terminals, and as a drawing for notebooks.

No plotting library is loaded for the drawing.

Characters are coarse; ``strategy.plots`` has the figure, and the data are exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from strategy.display import Strip, Table, number, paragraph, polygon_map
from strategy.sensitivity.deciding.verdicts import verdict_words

__all__ = ["chart", "region_map"]

_MOST_CELLS = 2_000
_MOST_PLAYS = 3
_WIDE, _HIGH = 48, 14
_MOST_CHARTED = 400


def region_map(regions: Any) -> Iterator[Any]:
    """The map, and a line of words on how to read it.

    ``regions``: the map.
    """
    if len(regions.cells) > _MOST_CELLS:
        yield paragraph(
            f"{len(regions.cells):,} cells, too many to draw here: "
            "strategy.plots.plot_regions draws them."
        )
        return
    x, y = (regions.model.parameters[label] for label in (regions.x, regions.y))

    def place(point: tuple[Fraction, Fraction]) -> tuple[float, float]:
        return float((point[0] - x.low) / (x.high - x.low)), float(
            (point[1] - y.low) / (y.high - y.low)
        )

    sides: dict[Any, set[Any]] = {}
    for cell in regions.cells:
        for a, b in zip(cell.vertices, (*cell.vertices[1:], cell.vertices[0]), strict=True):
            sides.setdefault(frozenset((a, b)), set()).add(cell.verdict)
    polygons = [
        ([place(one) for one in cell.vertices], cell.verdict, _words(cell, regions))
        for cell in regions.cells
    ]
    segments = []
    for edge in regions.edges:
        beside = sides.get(frozenset(edge.ends), set())
        if len(beside) > 1 or edge.verdict not in beside:
            own = None if edge.verdict in beside else edge.verdict
            segments.append((place(edge.ends[0]), place(edge.ends[1]), own))
    labels = regions.model.labels((regions.x, regions.y))
    units = [
        f"{label} ({one.unit})" if one.unit else label
        for label, one in zip(labels, (x, y), strict=True)
    ]
    ranges = ((x.low, x.high), (y.low, y.high))
    yield polygon_map(
        polygons, segments, place((x.baseline, y.baseline)), ranges, (units[0], units[1])
    )
    yield paragraph(
        "The star is the baseline; a coloured line is a boundary with a verdict of its own."
    )


def _words(cell: Any, regions: Any) -> str:
    plays = [str(play) for play in cell.plays[:_MOST_PLAYS]]
    left = len(cell.play_numbers) - len(plays)
    more = [f"... and {left:,} more plays"] if left > 0 else []
    return "\n".join([verdict_words(cell.verdict, regions), *plays, *more])


def chart(one: Any) -> Table | None:
    """The map in characters, each with the verdict in its middle, the baseline marked.

    It is None for one that is too fine for characters.
    """
    if len(one.cells) > _MOST_CHARTED:
        return None
    x, y = (one.model.parameters[label] for label in (one.x, one.y))
    across = float(x.high - x.low) / _WIDE
    up = float(y.high - y.low) / _HIGH
    polygons = [
        ([(float(a), float(b)) for a, b in cell.vertices], cell.verdict)
        for cell in one.cells
    ]
    value, row_of_value = [
        float((axis.baseline - axis.low) / (axis.high - axis.low)) for axis in (x, y)
    ]
    rows: list[list[Any]] = []
    for row in reversed(range(_HIGH)):
        middle = float(y.low) + (row + 0.5) * up
        verdicts = [
            _verdict_at(polygons, float(x.low) + (i + 0.5) * across, middle)
            for i in range(_WIDE)
        ]
        mark = value if row == min(int(row_of_value * _HIGH), _HIGH - 1) else None
        strip = Strip([i / _WIDE for i in range(_WIDE + 1)], verdicts, (), mark, _WIDE)
        label = number(y.high) if row == _HIGH - 1 else number(y.low) if row == 0 else ""
        rows.append([label, strip])
    low, high = number(x.low), number(x.high)
    across_label, up_label = one.model.labels((one.x, one.y))
    foot = f"{low}{across_label:^{_WIDE - len(low) - len(high)}}{high}"
    return Table(["", ""], [[up_label, ""], *rows, ["", foot]], right=[0])


def _verdict_at(polygons: list[Any], x: float, y: float) -> Any:
    """The verdict of the convex cell that holds a point, its corners counter-clockwise.

    The one found stays in front.
    """
    for i, (corners, verdict) in enumerate(polygons):
        sides = zip(corners, [*corners[1:], corners[0]], strict=True)
        if all((b[0] - a[0]) * (y - a[1]) >= (b[1] - a[1]) * (x - a[0]) for a, b in sides):
            polygons.insert(0, polygons.pop(i))
            return verdict
    return polygons[0][1]  # a point on the very edge, lost to rounding
