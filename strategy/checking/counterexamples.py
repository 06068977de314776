"""A counter-example: which assumptions differ from the baseline, and what follows.

What is the case there, and which terms make the difference.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.display import Table, joined, number
from strategy.texts import number_text

__all__ = ["CounterExample", "Evidence", "Moved", "TermChange"]


@attrs.frozen
class Moved:
    """A parameter that differs from where the check starts.

    ``baseline``: where it starts (its baseline in the model, if that is where the statement
    is made); ``value``: where it is.
    """

    parameter: str
    baseline: Fraction
    value: Fraction


@attrs.frozen
class TermChange:
    """A term's part in the gain that turns the check, before and after.

    ``player``: whose term; ``claim``: the id of the claim that it rests on, None if none;
    ``baseline``, ``value``: its part at the start and in the counter-example, in units of
    payoff.
    """

    player: str
    term: str
    claim: str | None
    baseline: Fraction
    value: Fraction


@attrs.frozen
class Evidence:
    """What is the case in a counter-example.

    ``said``: in words; ``equilibria``: those there; ``terms``: those that make the
    difference. ``raised``: the parameter that the check raises, from where to where; then
    the equilibria are those after, and the terms are compared before and after.
    """

    said: tuple[str, ...]
    equilibria: tuple[str, ...]
    terms: tuple[TermChange, ...]
    raised: Moved | None = None


@attrs.frozen(eq=False)
class CounterExample:
    """Where a check fails.

    ``values``: of every parameter of the ``model`` (what the check raises, after it is
    raised); ``moved``: those that differ from the start; ``evidence``: what is the case
    there.
    """

    model: Model
    values: dict[str, Fraction]
    moved: tuple[Moved, ...]
    evidence: Evidence

    @property
    def game(self) -> Any:
        """The game there."""
        return self.model.game(at={label: self.values[label] for label in self.settings})

    @property
    def settings(self) -> dict[str, Fraction]:
        """The values that differ from the baselines, as ``--set`` takes them."""
        return {
            label: value
            for label, value in self.values.items()
            if value != self.model.parameters[label].baseline
        }

    @property
    def words(self) -> str:
        """In a line."""
        raised = self.evidence.raised
        start = {
            label: value
            for label, value in self.settings.items()
            if raised is None or label != raised.parameter
        }
        values = {one.parameter: one.value for one in self.moved} or start
        listed = joined(self.model.values_in_words(values))
        where = (
            f"at {listed}"
            if self.moved
            else f"at the start ({listed})"
            if listed
            else "at the baseline"
        )
        return f"{where}: {'; '.join(self.evidence.said)}"

    @property
    def tables(self) -> tuple[Table, ...]:
        """The assumptions that moved, the equilibria, the terms."""
        found = []
        if self.moved:
            rows = [
                [self.model.label(one.parameter), number(one.baseline), number(one.value)]
                for one in self.moved
            ]
            found.append(
                Table(
                    ["parameter", "start", "here"],
                    rows,
                    [1, 2],
                    caption="What differs from the start",
                )
            )
        if self.evidence.equilibria:
            found.append(
                Table(
                    ["what is played"],
                    [[one] for one in self.evidence.equilibria],
                    caption="The equilibria there",
                )
            )
        if self.evidence.terms:
            terms = [
                [
                    one.player,
                    one.term,
                    self.model.claim_label(one.claim or ""),
                    number(one.baseline),
                    number(one.value),
                ]
                for one in self.evidence.terms
            ]
            head = [
                "player",
                "term",
                "claim",
                *(("before", "after") if self.evidence.raised else ("start", "here")),
            ]
            found.append(
                Table(head, terms, [3, 4], caption="The terms of the gain that decides it")
            )
        return tuple(found)

    def data(self) -> dict[str, Any]:
        """As plain data."""
        raised = self.evidence.raised
        return {
            "values": {one.parameter: number_text(one.value) for one in self.moved},
            "start": {one.parameter: number_text(one.baseline) for one in self.moved},
            "raised": raised
            and {
                "parameter": raised.parameter,
                "from": number_text(raised.baseline),
                "to": number_text(raised.value),
            },
            "all_values": {
                label: number_text(value) for label, value in self.values.items()
            },
            "found": list(self.evidence.said),
            "equilibria": list(self.evidence.equilibria),
            "terms": [
                {
                    "player": one.player,
                    "term": one.term,
                    "claim": one.claim,
                    "start": number_text(one.baseline),
                    "value": number_text(one.value),
                }
                for one in self.evidence.terms
            ],
        }
