"""The region map: the verdict over two assumptions at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from strategy.errors import StrategyError
from strategy.names import FrozenMapping
from strategy.protocols import Concept
from strategy.report.asking import finding
from strategy.report.commands import concept_lines
from strategy.report.question import Question
from strategy.report.section import Refused, Section
from strategy.sensitivity.analyses.catalogue import ALL
from strategy.sensitivity.analyses.regions_finding import Mapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["SECTION", "MapsFound"]

_MAP = next(one for one in ALL if one.key == "map")


@attrs.frozen(eq=False)
class MapsFound:
    """One map a concept, or the reason why there is none.

    ``pair`` is None if nobody named two parameters.
    """

    pair: tuple[str, str] | None
    maps: tuple[Mapped | Refused, ...] = ()


def find(question: Question) -> MapsFound | Refused:
    """Map the outcome asked about over the question's two parameters, under every concept."""
    if question.map is None:
        return Refused(
            "the model names no two parameters as its focus, and none were given"
        )
    return MapsFound(
        question.map,
        tuple([_tried(question, concept, *question.map) for concept in question.concepts]),
    )


def _tried(question: Question, concept: Concept, x: str, y: str) -> Mapped | Refused:
    try:
        made = finding(question, _MAP, concept, FrozenMapping({"x": x, "y": y}))
    except StrategyError as error:
        return Refused(str(error))
    assert isinstance(made, Mapped)
    return made


def _figures(question: Question, found: MapsFound) -> dict[str, Figure]:
    from strategy.plots import blank, plot_regions

    made = {}
    for i, one in enumerate(found.maps):
        if isinstance(one, Mapped):
            figure, ax = blank(6.4, 5.8)
            plot_regions(one.regions, ax)
            made[f"map{f'-{i + 1}' if i else ''}"] = figure
    return made


def data(found: MapsFound) -> dict[str, Any]:
    """What was ``found``, as plain data."""
    return {"parameters": found.pair, "maps": [_map_data(one) for one in found.maps]}


def _map_data(one: Mapped | Refused) -> dict[str, Any]:
    return {"refused": one.reason} if isinstance(one, Refused) else one.data()


def _commands(question: Question) -> tuple[str, ...]:
    return concept_lines("map", question, *question.map or ())


SECTION = Section(
    key="region_map",
    title=_MAP.title,
    find=find,
    data=data,
    figures=_figures,
    commands=_commands,
)
