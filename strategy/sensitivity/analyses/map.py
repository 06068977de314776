"""The verdict over two assumptions at once.

The map that ``regions`` computes, read at the values asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import parameter_name
from strategy.errors import RefusalError, StrategyError
from strategy.protocols import Concept
from strategy.sensitivity.analyses.regions import regions
from strategy.sensitivity.analyses.regions_finding import Mapped
from strategy.sensitivity.deciding.verdicts import read_question

__all__ = ["mapped"]


def mapped(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    x: Annotated[
        str | None,
        "Parameter along the horizontal axis (default: the first of the model's focus).",
    ] = None,
    y: Annotated[
        str | None,
        "Parameter along the vertical axis (default: the second of the model's focus).",
    ] = None,
) -> Mapped:
    """Map where an outcome comes about as two parameters vary.

    They vary over their ranges (by default, the two of the model's focus). Where gains are
    sums of the two, each times a number, the map is exact. Where they are not, boundaries
    are curves: the map is made of rectangles, on each of which the verdict is proved, and
    the share of the area that is left open is stated.

    ``model``, ``concept``, ``outcome``: what is asked about; ``x``, ``y``: the names of the
    two parameters, along the axes; ``at``: values of parameters instead of their baselines
    (name -> number), which for the two say where the verdict is also told.

    Raises StrategyError if one parameter is named without the other, RefusalError if none
    is named and the model has no focus, or if the concept does not take the game.
    """
    chosen = read_question(model, concept, outcome)
    if (x is None) != (y is None):
        raise StrategyError(
            f"map was given one parameter, {x or y!r}: give two, or none for the model's "
            "focus"
        )
    if x is None or y is None:
        if model.focus is None:
            names = ", ".join(model.parameters)
            raise RefusalError(
                f"model {model.name!r} names no two parameters as its focus: name two of "
                f"{names}"
            )
        x, y = model.focus
    values = model.parameters.read(at)
    varied = (parameter_name(x), parameter_name(y))
    rest = {
        label: values[label]
        for label in map(parameter_name, at or {})
        if label not in varied
    }
    found = regions(model, concept, chosen, *varied, at=rest)
    here = values[found.x], values[found.y]
    return Mapped(found, here, found.verdict_at(*here))
