"""Claims negated, for the analyses that do so.

What each then sets, which contradict, and a model whose ranges hold it all.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.parameters import Parameters, parameter_name
from strategy.errors import RefusalError

__all__ = ["contradictions", "fixed_values", "that_can_be_wrong", "widened"]


def that_can_be_wrong(model: Model) -> dict[str, Mapping[str, Fraction]]:
    """The claims of ``model`` that say what holds if they are wrong, with what they say.

    Raises RefusalError if there is none.
    """
    found: dict[str, Mapping[str, Fraction]] = {
        label: one.if_wrong for label, one in model.claims.items() if one.if_wrong
    }
    if not found:
        raise RefusalError(
            f"no claim of model {model.name!r} says what holds if it is wrong: give its "
            f"claims if_wrong={{parameter: value}}"
        )
    return found


def contradictions(
    wrong: Mapping[str, Mapping[str, Fraction]],
) -> dict[tuple[str, str], str]:
    """The pairs of claims that cannot be wrong together.

    Each comes with a parameter that they then set differently.
    """
    found = {}
    for a, b in itertools.combinations(wrong, 2):
        differ = [
            label
            for label, value in wrong[a].items()
            if wrong[b].get(label, value) != value
        ]
        if differ:
            found[a, b] = differ[0]
    return found


def widened(model: Model, *values: Mapping[str, Fraction]) -> Model:
    """The same model, baselines and all, with ranges that contain these values too.

    Sampling it is not sampling the model.
    """
    parameters = dict(model.parameters)
    for label, value in itertools.chain.from_iterable(one.items() for one in values):
        one = parameters[label]
        parameters[label] = attrs.evolve(
            one, low=min(one.low, value), high=max(one.high, value)
        )
    return attrs.evolve(model, parameters=Parameters(parameters))


def fixed_values(model: Model, at: Mapping[str, Any] | None) -> dict[str, Fraction]:
    """What samples of a model's range box have in common, exactly.

    What ``at`` says, what claims negated before have set (``Model.held``), and ranges that
    are a single point.
    """
    values = model.parameters.read(at)
    given = {parameter_name(one) for one in at or ()}
    return {
        label: values[label]
        for label, one in model.parameters.items()
        if label in given or label in model.held or one.low == one.high
    }
