"""A region map as a drawing for notebooks, which no plotting library is loaded for; ``strategy.plots`` has the figure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from strategy.display import paragraph, polygon_map
from strategy.sensitivity.deciding.verdicts import verdict_words

__all__ = ["region_map"]

_MOST_CELLS = 2_000
_MOST_PLAYS = 3


def region_map(regions: Any) -> Iterator[Any]:
    """The map, and a line of words on how to read it."""
    if len(regions.cells) > _MOST_CELLS:
        yield paragraph(f"{len(regions.cells):,} cells, too many to draw here: strategy.plots.plot_regions draws them.")
        return
    x, y = (regions.model.parameters[label] for label in (regions.x, regions.y))

    def place(point: tuple[Fraction, Fraction]) -> tuple[float, float]:
        return float((point[0] - x.low) / (x.high - x.low)), float((point[1] - y.low) / (y.high - y.low))

    sides: dict[Any, set[Any]] = {}
    for cell in regions.cells:
        for a, b in zip(cell.vertices, (*cell.vertices[1:], cell.vertices[0]), strict=True):
            sides.setdefault(frozenset((a, b)), set()).add(cell.verdict)
    polygons = [([place(one) for one in cell.vertices], cell.verdict, _words(cell, regions)) for cell in regions.cells]
    segments = []
    for edge in regions.edges:
        beside = sides.get(frozenset(edge.ends), set())
        if len(beside) > 1 or edge.verdict not in beside:
            own = None if edge.verdict in beside else edge.verdict
            segments.append((place(edge.ends[0]), place(edge.ends[1]), own))
    labels = regions.model.labels((regions.x, regions.y))
    units = [f"{label} ({one.unit})" if one.unit else label for label, one in zip(labels, (x, y), strict=True)]
    ranges = ((x.low, x.high), (y.low, y.high))
    yield polygon_map(polygons, segments, place((x.baseline, y.baseline)), ranges, (units[0], units[1]))
    yield paragraph("The star is the baseline; a coloured line is a boundary with a verdict of its own.")


def _words(cell: Any, regions: Any) -> str:
    plays = [str(play) for play in cell.plays[:_MOST_PLAYS]]
    left = len(cell.play_numbers) - len(plays)
    more = [f"... and {left:,} more plays"] if left > 0 else []
    return "\n".join([verdict_words(cell.verdict, regions), *plays, *more])
