"""Thresholds: how far one assumption must move before the verdict changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import parameter_name
from strategy.errors import StrategyError
from strategy.protocols import Concept
from strategy.sensitivity.analyses.thresholds_finding import ThresholdsFound
from strategy.sensitivity.analyses.thresholds_result import Thresholds
from strategy.sensitivity.analyses.thresholds_rows import Along, examined
from strategy.sensitivity.deciding.at_values import verdict
from strategy.sensitivity.deciding.deciders import decider, decides
from strategy.sensitivity.deciding.line import Line
from strategy.sensitivity.deciding.slices import Slice
from strategy.sensitivity.deciding.tried import tried, unmoved
from strategy.sensitivity.deciding.verdicts import Verdict, read_question

__all__ = ["Thresholds", "along_each", "thresholds"]


def thresholds(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    parameter: str,
    at: Mapping[str, Any] | None = None,
) -> Thresholds:
    """Where along the range of one parameter the verdict changes, and who switches there.

    ``model``, ``concept``, ``outcome``: what is asked about; ``parameter``: the name of the
    one that moves; the others stay at the baseline or as ``at`` says (name -> number).
    Exact for pure and subgame-perfect equilibria, and for all Nash equilibria of two
    players, where payoffs are polynomials in the parameter: rational thresholds are
    Fractions, others AlgebraicNumbers. Elsewhere, unless the parameter moves nothing that
    the equilibria rest on, the verdict is known at the values tried alone (``sampled``):
    equally spaced ones, and closer ones where it differs from one to the next. Raises
    RefusalError if the concept does not take the game.
    """
    chosen = read_question(model, concept, outcome)
    where = Slice.of(model, (parameter,), at)
    label = where.varied[0]
    low = model.parameters[label].low
    high = model.parameters[label].high
    if not decides(model, concept):
        about = (model, concept, chosen.name, label, dict(at or {}), ())
        if low == high or unmoved(where, concept):
            known = verdict(model, concept, chosen, at=where.values)
            return Thresholds(*about, (known,), (), (known, known), ())
        seen = tried(where, concept, chosen)
        return Thresholds(
            *about, (Verdict.UNKNOWN,), (), (seen[0][1], seen[-1][1]), (), sampled=seen
        )
    line = Line(decider(where, concept, chosen), low, high)
    line.settle()
    points, pieces, at_points, binding = line.summary()
    ends = (line.at(low).verdict, line.at(high).verdict)
    return Thresholds(
        model,
        concept,
        chosen.name,
        label,
        dict(at or {}),
        points,
        pieces,
        at_points,
        ends,
        binding,
        line.at_ends(),
    )


def along_each(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    parameter: Annotated[
        str | None, "The one parameter to move (default: each in turn)."
    ] = None,
) -> ThresholdsFound:
    """Where along its range, exactly, each assumption changes the verdict, moved alone.

    It also says who switches there.

    ``at`` holds values other than the baselines, from which distances are counted;
    ``parameter`` asks for one assumption. Raises RefusalError if there is nothing to be
    found along that one; among several, one that is refused is kept with the reason.
    ``model``, ``concept``, ``outcome``: what is asked about.
    """
    chosen = read_question(model, concept, outcome)
    values = model.parameters.read(at)
    given = [parameter_name(label) for label in at or {}]
    wanted = None if parameter is None else parameter_name(parameter)
    if wanted is not None:
        model.parameters[wanted]  # an unknown one is refused with the nearest name

    def moved(label: str) -> Along:
        rest = {other: values[other] for other in given if other != label}
        try:
            return examined(
                thresholds(model, concept, chosen, label, at=rest), values[label], rest
            )
        except StrategyError as error:
            if wanted is not None:
                raise
            return Along(
                label, values[label], None, refused=str(error), label=model.label(label)
            )

    found = [moved(label) for label in (model.parameters if wanted is None else [wanted])]
    return ThresholdsFound.of(model, concept, chosen.name, found, wanted)
