"""Robustness of concept: does the verdict survive another idea of what counts as a solution?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import attrs

import strategy.concepts as concepts
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.display import Chip, Table, joined
from strategy.errors import RefusalError, StrategyError
from strategy.sensitivity.findings import Finding
from strategy.sensitivity.verdicts import Verdict, the_outcome, verdict
from strategy.solvers.protocol import Limits

__all__ = ["Robustness", "UnderConcept", "robustness"]


@attrs.frozen
class UnderConcept:
    """The verdict under one concept; ``reason``: why it is not settled, or why the concept does not apply."""

    concept: Any
    verdict: Verdict
    reason: str = ""


@attrs.frozen(eq=False, repr=False)
class Robustness(Finding):
    """The verdict on one outcome under every concept that takes the game."""

    model: Model
    concept: Any
    outcome: str
    at: Mapping[str, Any]
    rows: tuple[UnderConcept, ...]

    @property
    def survives(self) -> bool:
        """Whether every other concept gives the verdict of the one asked about."""
        return all(one.verdict is self.rows[0].verdict for one in self.rows)

    @property
    def heading(self) -> str:
        """What was asked."""
        return f"{self.outcome!r} in {self.model.name} under other solution concepts than {self.concept}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Which concepts agree, which do not."""
        first, others = self.rows[0], self.rows[1:]
        same = [str(one.concept) for one in others if one.verdict is first.verdict]
        said = [f"Under {first.concept} the outcome comes about {first.verdict}."]
        if same:
            said.append(f"{joined(same)} {'say' if len(same) > 1 else 'says'} the same.")
        for verdict_ in Verdict:
            differ = [str(one.concept) for one in others if one.verdict is verdict_ is not first.verdict]
            if differ:
                said.append(f"Under {joined(differ)}: {verdict_}.")
        return tuple(said)

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row a concept."""
        rows = [[str(one.concept), Chip(one.verdict), one.reason] for one in self.rows]
        return (Table(["solution concept", "the outcome comes about", "why"], rows, caption="The verdict by solution concept"),)

    def data(self) -> dict[str, Any]:
        """All of it."""
        rows = [{"concept": str(one.concept), "verdict": one.verdict.name, "reason": one.reason} for one in self.rows]
        return {"outcome": self.outcome, "survives": self.survives, "concepts": rows}


def robustness(
    model: Model,
    concept: Any,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    seconds: Annotated[float, "Time for each concept; what is not settled by then is UNKNOWN."] = 10.0,
) -> Robustness:
    """The verdict under every concept that takes the model's game, the one given first."""
    chosen = the_outcome(model, outcome)
    game = model.game(at=at)
    reason = concept.refuses(game)
    if reason is not None:
        raise RefusalError(reason)
    rows = []
    for one in dict.fromkeys([concept, *_others(game)]):
        try:
            found = verdict(model, one, chosen, at=at, limits=Limits(seconds=seconds))
            rows.append(UnderConcept(one, found, "" if found is not Verdict.UNKNOWN else f"not settled in {seconds:g} seconds"))
        except StrategyError as error:
            rows.append(UnderConcept(one, Verdict.UNKNOWN, str(error)))
    return Robustness(model, concept, chosen.name, dict(at or {}), tuple(rows))


def _others(game: Any) -> Iterator[Any]:
    for kind in concepts.ALL:
        made = [kind(), *([kind(undominated=True)] if kind is concepts.PureNash else [])]
        yield from [one for one in made if one.refuses(game) is None]
