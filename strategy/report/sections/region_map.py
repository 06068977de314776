"""The region map: the verdict over two assumptions at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from strategy.display import joined, percent
from strategy.errors import StrategyError
from strategy.report.plain import play_data
from strategy.report.question import Question
from strategy.report.sections.protocol import Refused, Section
from strategy.report.words import holds_short
from strategy.sensitivity import Regions, Verdict, regions

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from strategy.forms.plays import Play

__all__ = ["SECTION", "Found", "Mapped", "map_data", "mapped"]


@attrs.frozen(eq=False)
class Mapped:
    """The map under one concept."""

    regions: Regions
    at_values: Verdict

    @property
    def sentence(self) -> str:
        """The shares of the map's area by verdict."""
        one = self.regions
        shares = sorted(one.shares().items(), key=lambda pair: -pair[1])
        said = joined([f"{holds_short(verdict)} on {percent(share)}" for verdict, share in shares])
        varied = f"Over the ranges of {one.x} and {one.y}, all else as assumed"
        return f"{varied}, “{one.outcome}” comes about ({one.concept}): {said} of the map's area."

    @property
    def key(self) -> dict[Play, str]:
        """The letters on the map, for the plays that they stand for."""
        from strategy.plots import letters

        return letters(self.regions)


@attrs.frozen(eq=False)
class Found:
    """One map a concept, or the reason why there is none; None if nobody named two parameters."""

    pair: tuple[str, str] | None
    maps: tuple[Mapped | Refused, ...] = ()


def find(question: Question) -> Found | Refused:
    """Map the outcome asked about over the question's two parameters, under every concept."""
    if question.map is None:
        return Refused("the model names no two parameters as its focus, and none were given")
    return Found(question.map, tuple([_tried(question, concept, *question.map) for concept in question.concepts]))


def _tried(question: Question, concept: Any, x: str, y: str) -> Mapped | Refused:
    try:
        return mapped(question, concept, x, y)
    except StrategyError as error:
        return Refused(str(error))


def mapped(question: Question, concept: Any, x: str, y: str) -> Mapped:
    """The map of the outcome asked about over two parameters. Raises StrategyError where there is none."""
    found = regions(question.model, concept, question.outcome, x, y, at=question.without(x, y))
    return Mapped(found, found.verdict_at(question.values[x], question.values[y]))


def _figures(question: Question, found: Found) -> dict[str, Figure]:
    from strategy.plots import blank, plot_regions

    made = {}
    for i, one in enumerate(found.maps):
        if isinstance(one, Mapped):
            figure, ax = blank(6.4, 5.8)
            plot_regions(one.regions, ax)
            made[f"map{f'-{i + 1}' if i else ''}"] = figure
    return made


def data(found: Found) -> dict[str, Any]:
    """As plain data."""
    return {"parameters": found.pair, "maps": [_any_data(one) for one in found.maps]}


def _any_data(one: Mapped | Refused) -> dict[str, Any]:
    return {"refused": one.reason} if isinstance(one, Refused) else map_data(one)


def map_data(one: Mapped) -> dict[str, Any]:
    """One map as plain data."""
    found = one.regions
    plays = {play: i for i, play in enumerate(dict.fromkeys(play for cell in found.cells for play in cell.plays))}
    return {
        "concept": str(found.concept),
        "outcome": found.outcome,
        "x": found.x,
        "y": found.y,
        "verdict_at_values": one.at_values.name,
        "shares_of_area": {verdict.name: str(share) for verdict, share in found.shares().items()},
        "plays": [play_data(play) for play in plays],
        "cells": [
            {
                "vertices": [[str(x), str(y)] for x, y in cell.vertices],
                "verdict": cell.verdict.name,
                "plays": [plays[play] for play in cell.plays],
            }
            for cell in found.cells
        ],
        "edges": [{"ends": [[str(x), str(y)] for x, y in edge.ends], "verdict": edge.verdict.name} for edge in found.edges],
        "corners": [{"point": [str(end) for end in corner.point], "verdict": corner.verdict.name} for corner in found.corners],
        "sentence": one.sentence,
    }


SECTION = Section(key="region_map", title="Two assumptions at once", find=find, data=data, figures=_figures)
