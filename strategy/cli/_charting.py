"""A region map in characters: each has the verdict in its middle. It is coarse, where the figure and the data are exact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from strategy.display import Strip, Table, number

if TYPE_CHECKING:
    from strategy.sensitivity import Regions

__all__ = ["chart"]

_WIDE, _HIGH = 48, 14
_MOST_CELLS = 400


def chart(one: Regions, plain: bool) -> Table | None:
    """The map, the baseline marked; None for one too fine for characters. ``plain``: in ASCII."""
    if len(one.cells) > _MOST_CELLS:
        return None
    x, y = (one.model.parameters[label] for label in (one.x, one.y))
    across, up = float(x.high - x.low) / _WIDE, float(y.high - y.low) / _HIGH
    polygons = [([(float(a), float(b)) for a, b in cell.vertices], cell.verdict) for cell in one.cells]
    value, row_of_value = [float((axis.baseline - axis.low) / (axis.high - axis.low)) for axis in (x, y)]
    rows: list[list[Any]] = []
    for row in reversed(range(_HIGH)):
        middle = float(y.low) + (row + 0.5) * up
        verdicts = [_verdict_at(polygons, float(x.low) + (i + 0.5) * across, middle) for i in range(_WIDE)]
        mark = value if row == min(int(row_of_value * _HIGH), _HIGH - 1) else None
        strip = Strip([i / _WIDE for i in range(_WIDE + 1)], verdicts, (), mark, _WIDE, plain)
        label = number(y.high) if row == _HIGH - 1 else number(y.low) if row == 0 else ""
        rows.append([label, strip])
    low, high = number(x.low), number(x.high)
    across_label, up_label = one.model.labels((one.x, one.y))
    foot = f"{low}{across_label:^{_WIDE - len(low) - len(high)}}{high}"
    return Table(["", ""], [[up_label, ""], *rows, ["", foot]], right=[0])


def _verdict_at(polygons: list[Any], x: float, y: float) -> Any:
    """The verdict of the convex cell that holds a point, its corners counter-clockwise; the one found stays in front."""
    for i, (corners, verdict) in enumerate(polygons):
        sides = zip(corners, [*corners[1:], corners[0]], strict=True)
        if all((b[0] - a[0]) * (y - a[1]) >= (b[1] - a[1]) * (x - a[0]) for a, b in sides):
            polygons.insert(0, polygons.pop(i))
            return verdict
    return polygons[0][1]  # a point on the very edge, lost to rounding
