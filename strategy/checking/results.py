"""What running the claims of a model gives.

One result a check, how many hold of each claim, counter-examples; as sentences, tables and
data. A result is that of a check, which is one reading of its claim, so the check's
sentence stands beside it.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.checks import Check
from strategy.assumptions.claims import Claim
from strategy.assumptions.model import Model
from strategy.checking.counterexamples import CounterExample
from strategy.display import Table, joined
from strategy.sensitivity.analyses.finding import Finding
from strategy.texts import number_text

__all__ = ["Checked", "CheckedClaim", "Result", "Ruling"]

_UNSAID = "the model does not state it"


class Result(enum.Enum):
    """What is known of a check. The values are the words of tables and JSON."""

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
    """The result of one check.

    ``examples``: how many were tried in a search; ``counterexample``: where the check
    fails, if one was found; ``reason``: why it could not be asked; ``cut``: whether the
    time was up before the search was at its end, so that more time may find more;
    ``concept``: that whose equilibria a check of verdicts speaks of; ``label``: what people
    call a parameter.
    """

    check: Check
    result: Result
    examples: int = 0
    counterexample: CounterExample | None = None
    reason: str = ""
    cut: bool = False
    concept: Any = None
    label: Callable[[str], str] = str

    @property
    def checked(self) -> str:
        """What is checked, in words that name the concept."""
        return self.check.words(self.concept, self.label)

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
            (
                f"{found}; the time limit was reached, and with more time "
                f"{'a smaller one' if self.counterexample else 'one'} may be found"
            )
            if self.cut
            else found
        )

    @property
    def sentence(self) -> str:
        """What is checked, in its own words, behind the result.

        "REFUTED: Armenia no worse off ...; at income = 1: ...".
        """
        return f"{self.result}: {self.checked}{self.words and f'; {self.words}'}"

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "check": self.checked,
            "result": str(self.result),
            "examples": self.examples,
            "counterexample": self.counterexample and self.counterexample.data(),
            "reason": self.reason or None,
            "cut": self.cut,
        }


@attrs.frozen(eq=False)
class CheckedClaim:
    """A claim and the results of its checks.

    The checks are readings of the claim: each says one thing of the model, in a sentence.
    ``rulings``: one a check, in order; where the work was interrupted, or its time was
    over, those of the first checks.
    """

    claim: Claim
    rulings: tuple[Ruling, ...]

    @property
    def unseen(self) -> int:
        """How many of its checks were not come to."""
        return len(self.claim.checks) - len(self.rulings)

    @property
    def result(self) -> Result:
        """The results taken together.

        Refuted if one check is, not stated if none could be asked, and so on.

        For programs: beside the claim's statement people read ``tally``, and ``said`` with
        each check in its words.
        """
        found = {one.result for one in self.rulings}
        if Result.REFUTED in found:
            return Result.REFUTED
        if self.unseen:
            return Result.NOT_REFUTED
        if not found - {Result.NOT_STATED}:
            return Result.NOT_STATED
        return Result.PROVED if found == {Result.PROVED} else Result.NOT_REFUTED

    @property
    def tally(self) -> str:
        """How many readings hold, and what became of the others.

        "4 of 5 readings hold, 1 refuted".
        """
        count = len(self.rulings) + self.unseen
        if not count:
            return "no reading is stated"
        counts = Counter(one.result for one in self.rulings)
        hold = counts[Result.PROVED]
        others = [
            f", {counts[one]} {str(one).lower()}"
            for one in Result
            if one is not Result.PROVED and counts[one]
        ]
        others += [f", {self.unseen} not looked at"] if self.unseen else []
        return f"{hold} of {count} readings hold{'s' * (hold == 1)}{''.join(others)}"

    @property
    def failing(self) -> str:
        """Why it does not pass although it is required to.

        A reading that is refuted or could not be asked, or none at all.

        Empty where it passes, or is not required.
        """
        if not self.claim.required:
            return ""
        bad = [
            one for one in self.rulings if one.result in (Result.REFUTED, Result.NOT_STATED)
        ]
        unseen = (
            [f"{self.unseen} of {len(self.claim.checks)} readings were not looked at"]
            if self.unseen
            else []
        )
        return (
            "; ".join([*[one.sentence for one in bad], *unseen])
            if self.rulings
            else _UNSAID
        )

    @property
    def said(self) -> tuple[str, ...]:
        """Each check in its own words, with its result."""
        return tuple([one.sentence for one in self.rulings]) or (
            f"{Result.NOT_STATED}: {_UNSAID}",
        )

    def data(self) -> dict[str, Any]:
        """As plain data; ``counterexample`` is that of the first check that is refuted."""
        found = next(
            (one.counterexample for one in self.rulings if one.counterexample is not None),
            None,
        )
        return {
            "id": self.claim.id,
            "statement": self.claim.statement,
            "readings": self.tally,
            "result": str(self.result),
            "required": self.claim.required,
            "failing": self.failing or None,
            "counterexample": found and found.data(),
            "checks": [one.data() for one in self.rulings],
            "unseen": self.unseen,
        }


@attrs.frozen(eq=False, repr=False)
class Checked(Finding):
    """The claims of a model with their results, at the values in ``at``.

    ``examples`` and ``seed`` are those of the searches.

    ``left``: claims of which no check is done, as the work was interrupted or (``late``)
    its time was over.
    """

    model: Model
    at: Mapping[str, Fraction]
    claims: tuple[CheckedClaim, ...]
    examples: int
    seed: int
    left: tuple[str, ...] = ()
    late: bool = False

    def __getitem__(self, label: str) -> CheckedClaim:
        return next(one for one in self.claims if one.claim.id == label)

    @property
    def fails(self) -> bool:
        """Whether a claim that is required to hold does not pass.

        It is refuted in a reading, cannot be asked, or is left.
        """
        return any(one.failing for one in self.claims) or bool(self._required_left)

    @property
    def _called(self) -> dict[str, str]:
        """What each claim is called in a sentence."""
        return {
            label: self.model.claim_label(label, quoted=True) for label in self.model.claims
        }

    @property
    def _required_left(self) -> list[str]:
        return [label for label in self.left if self.model.claims[label].required]

    @property
    def heading(self) -> str:
        """What was asked."""
        given = joined(self.model.values_in_words(self.at))
        return (
            f"Whether the claims hold in {self.model.name}, over the ranges of its "
            f"parameters{f', with {given}' if given else ''}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What became of the readings, claim by claim.

        Of which claims how many hold, and which required claims do not pass.
        """
        if not self.claims and not self.left:
            return (
                "No claim was asked about."
                if self.model.claims
                else "The model has no claims.",
            )
        rulings = [ruling for one in self.claims for ruling in one.rulings]
        counts = Counter(one.result for one in rulings)
        words = joined(
            [
                f"{counts[result]} {str(result).lower()}"
                for result in Result
                if counts[result]
            ]
        )
        called = self._called
        counted = f"{_counted(len(self.claims), 'claim')} with {_counted(len(rulings), 'reading')}"
        said = [f"{counted}{words and f': {words}'}."] if self.claims else []
        for result, start in (
            (Result.REFUTED, "Refuted in a reading"),
            (Result.PROVED, "Holding in every reading"),
        ):
            found = [
                f"{called[one.claim.id]} ({one.tally})"
                for one in self.claims
                if one.result is result
            ]
            if found:
                said.append(f"{start}: {joined(found)}.")
        unsaid = [
            called[one.claim.id] for one in self.claims if one.result is Result.NOT_STATED
        ]
        if unsaid:
            said.append(f"Not stated: {joined(unsaid)}.")
        said += [
            f"{called[one.claim.id]} is required to hold and does not pass: {one.failing}."
            for one in self.claims
            if one.failing
        ]
        said += [
            f"Of {called[one.claim.id]} {len(one.rulings)} of {len(one.claim.checks)} "
            "readings were looked at before "
            f"{'the time limit was reached' if self.late else 'the interrupt'}."
            for one in self.claims
            if one.unseen
        ]
        if self.left and not self.late:
            said.append(f"Interrupted before {joined([called[one] for one in self.left])}.")
        elif self.left:
            said.append(
                "Not checked before the time limit was reached: "
                f"{joined([called[one] for one in self.left])}."
            )
            said += [
                (
                    f"{called[label]} is required to hold and does not pass: it was not "
                    "checked."
                )
                for label in self._required_left
            ]
        return tuple(said)

    @property
    def tables(self) -> tuple[Table, ...]:
        """One row a check."""
        if not self.claims:
            return ()
        rows: list[list[Any]] = []
        for one in self.claims:
            label = self.model.claim_label(one.claim.id) + (
                " (required)" if one.claim.required else ""
            )
            if not one.rulings:
                rows.append([label, "", Result.NOT_STATED, _UNSAID])
            for i, ruling in enumerate(one.rulings):
                rows.append(
                    ["" if i else label, ruling.checked, ruling.result, ruling.words]
                )
        head = ["claim", "what it says of the model", "result", "how far, or where not"]
        return (Table(head, rows, caption="Claims and results"),)

    @property
    def details(self) -> tuple[tuple[str, tuple[Table, ...]], ...]:
        """The claim and counter-example of each refuted check, in a line and as tables."""
        return tuple(
            [
                (
                    (
                        f"{self._called[one.claim.id]}, refuted: {ruling.checked}\n"
                        f"{ruling.counterexample.words}"
                    ),
                    ruling.counterexample.tables,
                )
                for one in self.claims
                for ruling in one.rulings
                if ruling.counterexample is not None
            ]
        )

    def data(self) -> dict[str, Any]:
        """All of it."""
        values = {label: number_text(value) for label, value in self.at.items()}
        claims = [one.data() for one in self.claims]
        return {
            "model": self.model.name,
            "values": values,
            "examples": self.examples,
            "seed": self.seed,
            "claims": claims,
            "left": list(self.left),
            "late": self.late,
        }


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"
