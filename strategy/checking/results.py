"""What running the claims of a model gives: one result a check, one a claim, counter-examples; as sentences, tables and data."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.checks import Check
from strategy.assumptions.claims import Claim
from strategy.assumptions.model import Model
from strategy.checking.counterexamples import CounterExample
from strategy.display import Table, joined, number
from strategy.sensitivity.findings import Finding

__all__ = ["Checked", "CheckedClaim", "Result", "Ruling"]


class Result(enum.Enum):
    """What is known of a check or a claim. The values are the words of tables and JSON."""

    PROVED = "PROVED"
    """It holds over the whole range, by an exact proof."""
    NOT_REFUTED = "NOT REFUTED"
    """No counter-example was met; nothing is proved."""
    REFUTED = "REFUTED"
    """There is a counter-example."""
    NOT_STATED = "NOT STATED"
    """The model does not state it, or this kind of model cannot be asked it."""

    def __str__(self) -> str:
        return self.value


@attrs.frozen(eq=False)
class Ruling:
    """The result of one check. ``examples``: how many were tried in a search; ``reason``: why it could not be asked; ``cut``:
    whether the time was up before the search was at its end, so that more time may find more."""

    check: Check
    result: Result
    examples: int = 0
    counterexample: CounterExample | None = None
    reason: str = ""
    cut: bool = False

    @property
    def words(self) -> str:
        """How sure it is."""
        if self.counterexample is not None:
            found = self.counterexample.words
        elif self.result is Result.NOT_REFUTED:
            found = f"no counter-example in {self.examples:,} examples"
        else:
            found = self.reason
        return (
            f"{found}; the time was up, and more of it may find {'less' if self.counterexample else 'more'}"
            if self.cut
            else found
        )

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "check": self.check.words(),
            "result": str(self.result),
            "examples": self.examples,
            "counterexample": self.counterexample and self.counterexample.data(),
            "reason": self.reason or None,
            "cut": self.cut,
        }


@attrs.frozen(eq=False)
class CheckedClaim:
    """A claim and the results of its checks: refuted if one is, proved if all are, not stated if none could be asked."""

    claim: Claim
    rulings: tuple[Ruling, ...]

    @property
    def result(self) -> Result:
        """The result of the claim. One that could be asked in part, and is not refuted in that, is not refuted."""
        found = {one.result for one in self.rulings}
        if Result.REFUTED in found:
            return Result.REFUTED
        if not found - {Result.NOT_STATED}:
            return Result.NOT_STATED
        return Result.PROVED if found == {Result.PROVED} else Result.NOT_REFUTED

    @property
    def fails(self) -> bool:
        """Whether it is refuted and was required to hold."""
        return self.claim.required and self.result is Result.REFUTED

    @property
    def said(self) -> tuple[str, ...]:
        """Where it fails, and how many of its checks have which other result."""
        if not self.rulings:
            return ("the model does not state it",)
        refuted = [f"refuted, {one.check.words()}: {one.words}" for one in self.rulings if one.counterexample is not None]
        counts = Counter([(one.result, one.words) for one in self.rulings if one.counterexample is None])
        if len(self.rulings) == 1:
            return (*refuted, *[words for _, words in counts if words])
        rest = [
            f"{count} of {len(self.rulings)} checks: {str(result).lower()}{words and f', {words}'}"
            for (result, words), count in counts.items()
        ]
        return (*refuted, *rest)

    def data(self) -> dict[str, Any]:
        """As plain data; ``counterexample`` is that of the first check that is refuted."""
        found = next((one.counterexample for one in self.rulings if one.counterexample is not None), None)
        return {
            "id": self.claim.id,
            "statement": self.claim.statement,
            "result": str(self.result),
            "required": self.claim.required,
            "counterexample": found and found.data(),
            "checks": [one.data() for one in self.rulings],
        }


@attrs.frozen(eq=False, repr=False)
class Checked(Finding):
    """The claims of a model with their results, at the values in ``at``; ``examples`` and ``seed`` are those of the searches.

    ``left``: claims that were not come to, as the work was interrupted.
    """

    model: Model
    at: Mapping[str, Fraction]
    claims: tuple[CheckedClaim, ...]
    examples: int
    seed: int
    left: tuple[str, ...] = ()

    def __getitem__(self, label: str) -> CheckedClaim:
        return next(one for one in self.claims if one.claim.id == label)

    @property
    def fails(self) -> bool:
        """Whether a required claim is refuted."""
        return any(one.fails for one in self.claims)

    @property
    def heading(self) -> str:
        """What was asked."""
        given = joined([f"{label} = {number(value)}" for label, value in self.at.items()])
        return (
            f"Whether the claims hold in {self.model.name}, over the ranges of its parameters{f', with {given}' if given else ''}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """How many claims have which result, and which are refuted."""
        counts = Counter(one.result for one in self.claims)
        words = joined([f"{counts[result]} {str(result).lower()}" for result in Result if counts[result]])
        many = "1 claim" if len(self.claims) == 1 else f"{len(self.claims)} claims"
        said = [f"Of {many}: {words}."] if self.claims else []
        if not self.claims and not self.left:
            said = ["The model has no claims."]
        for result, verb in ((Result.REFUTED, "Refuted"), (Result.PROVED, "Proved over the whole range")):
            names = [one.claim.id for one in self.claims if one.result is result]
            if names:
                said.append(f"{verb}: {joined(names)}.")
        if self.left:
            said.append(f"Interrupted before {joined(self.left)}.")
        return tuple(said)

    @property
    def tables(self) -> tuple[Table, ...]:
        """One row a check."""
        if not self.claims:
            return ()
        rows: list[list[Any]] = []
        for one in self.claims:
            if not one.rulings:
                rows.append([one.claim.id, "", Result.NOT_STATED, "the model does not state it"])
            for i, ruling in enumerate(one.rulings):
                label = one.claim.id + (" (required)" if one.claim.required else "")
                rows.append(["" if i else label, ruling.check.words(), ruling.result, ruling.words])
        head = ["claim", "what it says of the model", "result", "how far, or where not"]
        return (Table(head, rows, caption="Claims and results"),)

    @property
    def details(self) -> tuple[tuple[str, tuple[Table, ...]], ...]:
        """For each refuted check: the claim and the counter-example in a line, and as tables."""
        return tuple(
            [
                (f"{one.claim.id}, refuted: {ruling.check.words()}\n{ruling.counterexample.words}", ruling.counterexample.tables)
                for one in self.claims
                for ruling in one.rulings
                if ruling.counterexample is not None
            ]
        )

    def data(self) -> dict[str, Any]:
        """All of it."""
        values = {label: str(value) for label, value in self.at.items()}
        claims = [one.data() for one in self.claims]
        return {
            "model": self.model.name,
            "values": values,
            "examples": self.examples,
            "seed": self.seed,
            "claims": claims,
            "left": list(self.left),
        }
