"""Region maps: two assumptions vary, and the plane falls into exact cells.

On each of them the answer is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.display import Table, joined, notebook, title
from strategy.errors import RefusalError
from strategy.forms.plays import Play
from strategy.polynomials import Polynomial
from strategy.protocols import Concept
from strategy.results import Equilibrium
from strategy.sensitivity.deciding.arrangement import (
    Corner2,
    Line,
    Subdivision,
    inside,
    middle,
    side,
    subdivide,
)
from strategy.sensitivity.deciding.deciders import decider
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.protocol import Decider
from strategy.sensitivity.deciding.refining import SheetPart, refined
from strategy.sensitivity.deciding.slices import Signs, Slice
from strategy.sensitivity.deciding.verdicts import Verdict, chip, read_question
from strategy.solving import solve

__all__ = ["Cell", "Corner", "Edge", "Regions", "regions"]

_DEEPEST = 10


@attrs.frozen(eq=False, repr=False)
class Cell:
    """An open convex polygon of parameter values with one set of equilibrium plays.

    ``vertices``: exact corners (x, y), counter-clockwise; ``verdict``: that on the cell;
    ``play_numbers``: the plays that happen in some equilibrium there, by number;
    ``regions``: the map that it belongs to.
    """

    vertices: tuple[Corner2, ...]
    verdict: Verdict
    play_numbers: frozenset[int]
    _regions: _Plane

    @property
    def point(self) -> Corner2:
        """A point strictly inside."""
        return inside(self.vertices)

    @property
    def plays(self) -> tuple[Play, ...]:
        """The plays that happen in some equilibrium on this cell."""
        return tuple(
            [self._regions.model.form.play(number) for number in sorted(self.play_numbers)]
        )

    @cached_property
    def equilibria(self) -> tuple[Equilibrium, ...]:
        """All equilibria at ``point``, solved and certified there when asked for."""
        plane = self._regions
        at = {**plane.at, plane.x: self.point[0], plane.y: self.point[1]}
        return tuple(solve(plane.model.game(at=at), plane.concept).equilibria)

    def __repr__(self) -> str:
        corners = ", ".join(f"({float(x):.4g}, {float(y):.4g})" for x, y in self.vertices)
        return f"Cell({self.verdict.name}, {corners})"


@attrs.frozen
class Edge:
    """An open segment between two corners, its ``ends``, with the verdict on it."""

    ends: tuple[Corner2, Corner2]
    verdict: Verdict


@attrs.frozen
class Corner:
    """A single point where edges meet, with the verdict at it."""

    point: Corner2
    verdict: Verdict


@attrs.frozen(eq=False)
class _Plane:
    """What a map is about."""

    model: Model
    concept: Concept
    outcome: str
    x: str
    y: str
    at: Mapping[str, Any]


@attrs.frozen(eq=False, repr=False)
class Regions:
    """The verdict over the ranges of two parameters: cells, and the faces between them.

    ``plane``: what the map is about; ``cells``, ``edges``, ``corners``: the pieces of the
    map, from areas down to points. ``exact``: whether the cells fill the map. Where gains
    are curved they do not: then the cells are closed rectangles, on those with a verdict it
    is proved, and the others, UNKNOWN, hold the boundaries; there are no edges and corners
    then.
    """

    plane: _Plane
    cells: tuple[Cell, ...]
    edges: tuple[Edge, ...]
    corners: tuple[Corner, ...]
    exact: bool = True

    @property
    def error(self) -> Fraction:
        """The share of the map's area on which the verdict was not settled.

        0 if the map is exact.
        """
        return self.shares().get(Verdict.UNKNOWN, Fraction(0))

    @property
    def model(self) -> Model:
        """The model."""
        return self.plane.model

    @property
    def concept(self) -> Any:
        """The solution concept."""
        return self.plane.concept

    @property
    def outcome(self) -> str:
        """The outcome's name."""
        return self.plane.outcome

    @property
    def x(self) -> str:
        """The parameter along the horizontal axis."""
        return self.plane.x

    @property
    def y(self) -> str:
        """The parameter along the vertical axis."""
        return self.plane.y

    @property
    def at(self) -> Mapping[str, Any]:
        """What was given for the other parameters."""
        return self.plane.at

    @cached_property
    def _decider(self) -> Decider:
        where = Slice.of(self.model, (self.x, self.y), self.at)
        return decider(where, self.concept, self.model.outcomes[self.outcome])

    def verdict_at(self, x: Any, y: Any) -> Verdict:
        """The verdict at any point of the two ranges, edges and corners included, exactly.

        ``x``, ``y``: the values of the two parameters.
        """
        values = self.model.parameters.read({self.x: x, self.y: y})
        return self._decider.found(Signs((values[self.x], values[self.y]))).verdict

    def shares(self) -> dict[Verdict, Fraction]:
        """The share of the map's area with each verdict, exactly."""
        total: dict[Verdict, Fraction] = {}
        for cell in self.cells:
            total[cell.verdict] = total.get(cell.verdict, Fraction(0)) + _area(
                cell.vertices
            )
        whole = sum(total.values(), Fraction(0))
        return {verdict: total[verdict] / whole for verdict in Verdict if verdict in total}

    def __repr__(self) -> str:
        return f"Regions({self.outcome!r}, {self.x} by {self.y}, {len(self.cells)} cells)"

    def __str__(self) -> str:
        return f"{self._head}\n{self._table.text()}"

    def _repr_html_(self) -> str:
        from strategy.sensitivity.analyses.regions_drawing import region_map

        return notebook(title(self._head), *region_map(self), self._table)

    @property
    def _head(self) -> str:
        return (
            f"{self.outcome!r} over {joined(self.model.labels((self.x, self.y)))}, "
            f"{self.concept}"
        )

    @property
    def _table(self) -> Table:
        rows = [
            [chip(verdict, self), f"{float(share):.1%}"]
            for verdict, share in self.shares().items()
        ]
        return Table(["the outcome holds", "share of the map"], rows, [1])


def _area(polygon: tuple[Corner2, ...]) -> Fraction:
    twice = sum(
        (
            a[0] * b[1] - b[0] * a[1]
            for a, b in zip(polygon, (*polygon[1:], polygon[0]), strict=True)
        ),
        Fraction(0),
    )
    return twice / 2


def regions(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    x: str,
    y: str,
    at: Mapping[str, Any] | None = None,
    *,
    depth: int = 6,
) -> Regions:
    """The map of the verdict over the ranges of two parameters.

    ``model``, ``concept``, ``outcome``: what is asked about; ``x``, ``y``: the names of the
    two; ``at``: values of the others instead of their baselines (name -> number).

    Exact where gains are jointly affine in the two parameters. Where they are curved (a
    product of the two, a square, mixed equilibria) the map is refined instead: rectangles,
    halved up to ``depth`` times a side, on which the verdict is proved, and a strip along
    the boundaries on which it is UNKNOWN; ``error`` is its share of the area. RefusalError
    for concepts that signs of gains do not decide.
    """
    if not hasattr(depth, "__index__") or not 0 <= depth <= _DEEPEST:
        raise RefusalError(f"depth={depth!r}: expected an integer from 0 to {_DEEPEST}")
    chosen = read_question(model, concept, outcome)
    where = Slice.of(model, (x, y), at)
    for label in where.varied:
        if model.parameters[label].low == model.parameters[label].high:
            raise RefusalError(
                f"parameter {label!r} has a range of one value, so there is no map: use "
                "thresholds() along the other one"
            )
    decide = decider(where, concept, chosen)
    sheet = _FlatSheet(where, decide)
    plane = _Plane(
        model, concept, chosen.name, where.varied[0], where.varied[1], dict(at or {})
    )
    try:
        faces = sheet.settle()
    except _Curved:
        parts = refined(decide, sheet.x, sheet.y, depth)
        return Regions(
            plane, tuple([_cell(part, plane) for part in parts]), (), (), exact=False
        )
    cells = tuple(
        [
            Cell(one, sheet.at(inside(one)).verdict, sheet.at(inside(one)).plays, plane)
            for one in faces.cells
        ]
    )
    edges = tuple([Edge(one, sheet.at(middle(*one)).verdict) for one in faces.edges])
    corners = tuple([Corner(one, sheet.at(one).verdict) for one in faces.corners])
    return Regions(plane, cells, edges, corners)


def _cell(part: SheetPart, plane: _Plane) -> Cell:
    if part.found is None:
        return Cell(part.corners, Verdict.UNKNOWN, frozenset(), plane)
    return Cell(part.corners, part.found.verdict, part.found.plays, plane)


class _Curved(Exception):
    """A gain is not jointly affine in the two parameters."""


class _FlatSheet:
    """The faces of a rectangle.

    Cut along every form asked for, until deciding the faces asks for no new form.
    """

    def __init__(self, where: Slice, decide: Decider) -> None:
        self.where, self.decide = where, decide
        self.x, self.y = [
            (where.model.parameters[label].low, where.model.parameters[label].high)
            for label in where.varied
        ]
        self.box = subdivide(self.x, self.y, ()).corners
        self.seen: set[Polynomial] = set()
        self.lines: list[Line] = []
        self.known: dict[Corner2, Found] = {}

    def at(self, point: Corner2) -> Found:
        """What there is at a point; new polynomials asked for become lines."""
        if point not in self.known:
            signs = Signs(point)
            self.known[point] = self.decide.found(signs)
            for poly in signs.asked:
                if poly not in self.seen:
                    self.seen.add(poly)
                    self.learn(poly)
        return self.known[point]

    def learn(self, poly: Polynomial) -> None:
        """Add the line on which a polynomial vanishes, if it crosses the rectangle."""
        line = self.line(poly)
        sides = {side(line, corner) for corner in self.box}
        if {1, -1} <= sides:
            line = self.line(poly.canonical()[0])
            if line not in self.lines:
                self.lines.append(line)

    def line(self, poly: Polynomial) -> Line:
        """A polynomial as a line. Raises _Curved if it is not affine."""
        if poly.degree > 1:
            raise _Curved
        terms = dict(poly.terms)
        return (
            terms.get((0, 0), Fraction(0)),
            terms.get((1, 0), Fraction(0)),
            terms.get((0, 1), Fraction(0)),
        )

    def settle(self) -> Subdivision:
        """Decide every face, then leave out the lines that separate nothing."""
        while True:
            count = len(self.lines)
            faces = subdivide(self.x, self.y, self.lines)
            self.decide_all(faces)
            if len(self.lines) == count:
                break
        kept = _needed(faces, self.lines, self.known)
        self.lines = [line for line, needed in zip(self.lines, kept, strict=True) if needed]
        faces = subdivide(self.x, self.y, self.lines)
        self.decide_all(faces)
        return faces

    def decide_all(self, faces: Subdivision) -> None:
        for cell in faces.cells:
            self.at(inside(cell))
        for edge in faces.edges:
            self.at(middle(*edge))
        for corner in faces.corners:
            self.at(corner)


def _needed(
    faces: Subdivision, lines: list[Line], known: dict[Corner2, Found]
) -> list[bool]:
    """For each line, whether something changes across or on it.

    Dropping all others at once leaves every face with one answer.
    """
    beside: dict[tuple[Corner2, Corner2], list[Found]] = {}
    meeting: dict[Corner2, list[tuple[Corner2, Corner2]]] = {}
    for cell in faces.cells:
        for a, b in zip(cell, (*cell[1:], cell[0]), strict=True):
            beside.setdefault((min(a, b), max(a, b)), []).append(known[inside(cell)])
    for edge in faces.edges:
        for end in edge:
            meeting.setdefault(end, []).append(edge)
    result = []
    for line in lines:
        needed = False
        for edge in faces.edges:
            if side(line, edge[0]) == 0 == side(line, edge[1]) and any(
                one != known[middle(*edge)] for one in beside[edge]
            ):
                needed = True
                break
        if not needed:
            corners = [corner for corner in faces.corners if side(line, corner) == 0]
            needed = any(
                known[middle(*edge)] != known[corner]
                for corner in corners
                for edge in meeting[corner]
            )
        result.append(needed)
    return result
