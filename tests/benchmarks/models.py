"""The corridor models, each with the concepts that it is judged by."""

from __future__ import annotations

from typing import Any

import attrs

from games.corridor import activation, sequence
from strategy import Model
from strategy.concepts import PureNash, PureSubgamePerfect
from tests.benchmarks.measuring import Effort

__all__ = ["CASES", "Case", "cases"]


@attrs.frozen(eq=False)
class Case:
    """A model and a concept, with the outcome and the two assumptions that the model is
    shown by."""

    model: Model
    concept: Any
    outcome: str
    focus: tuple[str, str]


def _case(model: Model, concept: Any) -> Case:
    assert model.headline is not None
    assert model.focus is not None
    return Case(model, concept, model.headline, model.focus)


CASES = {
    f"{case.model.name}, {case.concept}": case
    for case in (
        _case(activation.model, PureNash()),
        _case(activation.model, PureNash(undominated=True)),
        _case(sequence.model, PureSubgamePerfect()),
        _case(sequence.reaction, PureSubgamePerfect()),
    )
}


def cases(effort: Effort) -> dict[str, Case]:
    """All of them; a table and a tree in a smoke run."""
    names = list(CASES)
    return {name: CASES[name] for name in (names[0], names[-1])} if effort.smoke else CASES
