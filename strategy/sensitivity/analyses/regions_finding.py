"""The map of the verdict over two assumptions in words, tables and data.

Its parts, where they lie, what is played there.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from strategy.assumptions.outcomes import Outcome
from strategy.completeness import (
    capital,
    leaves_to_chance,
    verdict_label,
    verdict_sentence,
    verdict_short,
)
from strategy.display import Chip, Table, joined, number, percent
from strategy.forms.plain import play_data
from strategy.forms.plays import Play
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.analyses.regions import Cell, Regions
from strategy.sensitivity.analyses.regions_drawing import chart
from strategy.sensitivity.deciding.verdicts import Verdict, verdict_words
from strategy.texts import number_text

__all__ = ["Area", "Mapped", "letters"]

_MOST_SAID = 12
_MOST_PARTS = 4

Span = tuple[Fraction, Fraction]


@attrs.frozen
class Area:
    """All cells of a map with one verdict on which the same is played.

    ``x``, ``y``: within which values they lie; ``whole``: whether they fill all between
    those; ``share``: of the map's area.
    """

    verdict: Verdict
    plays: tuple[Play, ...]
    share: Fraction
    x: Span
    y: Span
    whole: bool


@attrs.frozen(eq=False, repr=False)
class Mapped(Finding):
    """The map under one concept.

    ``at``: the values of its two parameters that were asked about.
    """

    regions: Regions
    at: tuple[Fraction, Fraction]
    at_values: Verdict

    @property
    def baselines(self) -> tuple[Fraction, Fraction]:
        """The baselines of its two parameters, where the star stands."""
        known = self.regions.model.parameters
        return known[self.regions.x].baseline, known[self.regions.y].baseline

    @property
    def chance(self) -> bool:
        """Whether an outcome may be random within an equilibrium."""
        return leaves_to_chance(self.regions.concept, self.regions.model.form)

    def words(self, verdict: Verdict) -> str:
        """A verdict as a label."""
        return verdict_label(verdict, self.regions.concept, random=self.chance)

    @property
    def sentence(self) -> str:
        """The shares of the map's area by verdict."""
        one = self.regions
        shares = sorted(one.shares().items(), key=lambda pair: -pair[1])
        said = joined(
            [
                (
                    f"{verdict_short(verdict, one.concept, random=self.chance)} on "
                    f"{percent(share)}"
                )
                for verdict, share in shares
            ]
        )
        varied = f"Over the ranges of {joined(self.labels)}, all else as assumed"
        return f"{varied}, {self._outcome.clause()}: {said} of the map's area."

    @property
    def sentences(self) -> tuple[str, ...]:
        """The shares, the largest parts, and the verdict at the values asked about.

        The parts with where they lie.
        """
        named = [
            f"{self.words(one.verdict)} on {percent(one.share)}, {self.where(one)}"
            for one in self.areas[:_MOST_PARTS]
        ]
        left = len(self.areas) - len(named)
        others = f"; {left} more part{'s' if left > 1 else ''}" if left else ""
        here = joined(
            [
                f"{one} = {number(value)}"
                for one, value in zip(self.labels, self.at, strict=True)
            ]
        )
        verdict = verdict_sentence(
            self._outcome, self.at_values, self.regions.concept, random=self.chance
        )
        return (
            self.sentence,
            (
                "Divided by what is played, its largest parts are: "
                f"{'; '.join(named)}{others}."
            ),
            f"At {here}, {verdict}.",
        )

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The map in parts, the largest first."""
        cells: dict[tuple[Verdict, frozenset[int]], list[Cell]] = {}
        for cell in self.regions.cells:
            cells.setdefault((cell.verdict, cell.play_numbers), []).append(cell)
        total = sum((cell_area(cell) for cell in self.regions.cells), Fraction(0))
        return tuple(
            sorted(
                [_area(same, total) for same in cells.values()], key=lambda one: -one.share
            )
        )

    @property
    def lines(self) -> tuple[Verdict, ...]:
        """Verdicts that hold on lines or at points of the map and on no area."""
        inside = {cell.verdict for cell in self.regions.cells}
        found = {edge.verdict for edge in self.regions.edges} | {
            corner.verdict for corner in self.regions.corners
        }
        return tuple([verdict for verdict in Verdict if verdict in found - inside])

    @property
    def _outcome(self) -> Outcome:
        return self.regions.model.outcomes[self.regions.outcome]

    @property
    def labels(self) -> tuple[str, str]:
        """What its two parameters are called."""
        return self.regions.model.label(self.regions.x), self.regions.model.label(
            self.regions.y
        )

    @property
    def alternative(self) -> str:
        """The map for those who do not see it: its parts with their verdicts."""
        one = self.regions
        x = one.model.parameters[one.x]
        y = one.model.parameters[one.y]
        across, up = (
            f"{label} from {number(p.low)} to {number(p.high)}"
            for label, p in zip(self.labels, (x, y), strict=True)
        )
        said = [
            f"{self.words(area.verdict)} on {percent(area.share)}, {self.where(area)}"
            for area in self.areas[:_MOST_SAID]
        ]
        left = len(self.areas) - _MOST_SAID
        said += [f"{left} more parts"] if left > 0 else []
        here = self.words(self.at_values)
        head = f"A map, {across} across and {up} up. {capital(self._outcome.clause())}: "
        return f"{head}{'; '.join(said)}. At the values asked about: {here}."

    def where(self, area: Area) -> str:
        """Where a part of the map lies, in words.

        ``area``: the part.
        """
        spans = []
        for label, (low, high) in ((self.regions.x, area.x), (self.regions.y, area.y)):
            one = self.regions.model.parameters[label]
            if (low, high) != (one.low, one.high):
                spans.append(
                    f"{self.regions.model.label(label)} between {number(low)} and "
                    f"{number(high)}"
                )
        if not spans:
            return "all over the map" if area.whole else "spread over the map"
        return ("" if area.whole else "in part of ") + " and ".join(spans)

    @property
    def key(self) -> dict[Play, str]:
        """The letters on the map, for the plays that they stand for."""
        return letters(self.regions)

    @property
    def heading(self) -> str:
        """What was asked."""
        one = self.regions
        return (
            f"“{one.outcome}” over {joined(self.labels)} in {one.model.name}, {one.concept}"
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """The share of each verdict, the map in characters, and what its letters stand for."""
        shares = sorted(self.regions.shares().items(), key=lambda pair: -pair[1])
        rows = [
            [Chip(verdict, verdict_words(verdict, self.regions)), percent(share)]
            for verdict, share in shares
        ]
        drawn = chart(self.regions)
        played = (
            [[letter, str(play)] for play, letter in self.key.items()]
            if len(self.key) > 1
            else []
        )
        return (
            Table(["the outcome comes about", "of the map"], rows, right=[1]),
            *([drawn] if drawn is not None else []),
            Table(["letter", "what is played"], played),
        )

    def data(self) -> dict[str, Any]:
        """All of it: cells, edges and corners with their verdicts."""
        found = self.regions
        plays = {
            play: i
            for i, play in enumerate(
                dict.fromkeys(play for cell in found.cells for play in cell.plays)
            )
        }
        return {
            "concept": str(found.concept),
            "outcome": found.outcome,
            "x": found.x,
            "y": found.y,
            "values": [number_text(value) for value in self.at],
            "verdict_at_values": self.at_values.name,
            "shares_of_area": {
                verdict.name: number_text(share)
                for verdict, share in found.shares().items()
            },
            "plays": [play_data(play) for play in plays],
            "cells": [
                {
                    "vertices": [
                        [number_text(x), number_text(y)] for x, y in cell.vertices
                    ],
                    "verdict": cell.verdict.name,
                    "plays": [plays[play] for play in cell.plays],
                }
                for cell in found.cells
            ],
            "edges": [
                {
                    "ends": [[number_text(x), number_text(y)] for x, y in edge.ends],
                    "verdict": edge.verdict.name,
                }
                for edge in found.edges
            ],
            "corners": [
                {
                    "point": [number_text(end) for end in corner.point],
                    "verdict": corner.verdict.name,
                }
                for corner in found.corners
            ],
            "sentence": self.sentence,
        }


def _area(cells: list[Cell], total: Fraction) -> Area:
    x, y = ([vertex[axis] for cell in cells for vertex in cell.vertices] for axis in (0, 1))
    size = sum((cell_area(cell) for cell in cells), Fraction(0))
    box = (max(x) - min(x)) * (max(y) - min(y))
    return Area(
        cells[0].verdict,
        cells[0].plays,
        size / total,
        (min(x), max(x)),
        (min(y), max(y)),
        size == box,
    )


def cell_area(cell: Cell) -> Fraction:
    """The area of a cell, in the units of its two parameters."""
    corners = cell.vertices
    turns = zip(corners, (*corners[1:], corners[0]), strict=True)
    return sum((a[0] * b[1] - b[0] * a[1] for a, b in turns), Fraction(0)) / 2


def letters(regions: Regions) -> dict[Play, str]:
    """The letter of each play that happens somewhere on the map.

    By the area over which it does, the largest first. ``regions``: the map.
    """
    area: dict[Play, float] = {}
    for cell in regions.cells:
        for play in cell.plays:
            area[play] = area.get(play, 0.0) + abs(float(cell_area(cell)))
    ordered = sorted(area, key=lambda play: (-area[play], play.history))
    return {play: _letter(i) for i, play in enumerate(ordered)}


def _letter(place: int) -> str:
    """A to Z, then AA, AB and so on."""
    first, last = divmod(place, 26)
    return (_letter(first - 1) if first else "") + chr(ord("A") + last)
