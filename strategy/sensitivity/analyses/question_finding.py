"""What asking for the next question gives.

The questions with what their answers tell, as sentences, a table and data.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.preferences import Statement
from strategy.completeness import everywhere_words
from strategy.display import Table, joined
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.verdicts import Verdict, verdict_words
from strategy.sensitivity.samples.intervals import Estimate, Z, leaders, telling
from strategy.texts import number_text

__all__ = ["Answer", "AskedQuestion", "NextQuestion", "Question"]


@attrs.frozen
class Answer:
    """What one answer would leave.

    ``share``: how much of the box that is asked about; ``verdicts``: the share of each
    verdict in that part.
    """

    share: Estimate
    verdicts: Mapping[Verdict, Estimate]

    def words(self, of: Any) -> str:
        """The verdicts with their shares, of a result.

        "in every equilibrium 81%, in no equilibrium 19%".
        """
        found = {one: known for one, known in self.verdicts.items() if known.value}
        return (
            ", ".join(
                [
                    f"{verdict_words(one, of)} {known.percent()}"
                    for one, known in found.items()
                ]
            )
            or "at no sample"
        )

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "share": self.share.data(),
            "verdicts": {one.name: known.data() for one, known in self.verdicts.items()},
        }


@attrs.frozen
class AskedQuestion:
    """One question, and what its answer would tell.

    ``kind``: "parameters", "value" or "payoffs"; ``words``: the question for people;
    ``inequality``: what yes means (empty where it is none of sums); ``bits``: what an
    answer tells, with the standard ``error``; ``yes``, ``no``: what each answer would
    leave.
    """

    kind: str
    words: str
    inequality: str
    bits: float
    error: float
    yes: Answer
    no: Answer

    @property
    def told(self) -> Estimate:
        """What an answer tells in bits, with its asymptotic interval."""
        return Estimate(
            self.bits, max(0.0, self.bits - Z * self.error), self.bits + Z * self.error
        )

    @property
    def decides(self) -> bool:
        """Whether either answer leaves one verdict at all samples."""
        return all(
            sum(known.value > 0 for known in one.verdicts.values()) <= 1
            for one in (self.yes, self.no)
        )

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "question": self.words,
            "kind": self.kind,
            "yes_means": self.inequality or None,
            "bits": self.bits,
            "interval": [self.told.low, self.told.high],
            "standard_error": self.error,
            "decides_at_all_samples": self.decides,
            "yes": self.yes.data(),
            "no": self.no.data(),
        }


@attrs.frozen(eq=False, repr=False)
class NextQuestion(Finding):
    """The questions that tell most, the best first.

    ``model``, ``concept``, ``outcome``, ``at``, ``stated``: what was asked. ``verdicts``:
    shares where the statements hold, at ``points`` samples; ``within``: the share of the
    range box in which they hold, of ``drawn`` samples (from ``seed``). The entropy of the
    verdict (``bits``) and what answers tell are of ``samples``, half of these points; the
    other half chose the ``questions``, out of ``asked`` that were compared, so that the
    estimates do not flatter what was chosen. ``cut``: players of whose plays there were too
    many pairs to look at all. ``proved``: the verdict is one and the same wherever the
    statements hold, by an exact proof; ``elsewhere``: values of what moved from the start
    to a place where it is another, although no sample has one.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    stated: tuple[Statement, ...]
    verdicts: Mapping[Verdict, Estimate]
    bits: float
    within: Estimate
    questions: tuple[AskedQuestion, ...]
    asked: int
    cut: tuple[str, ...]
    drawn: int
    points: int
    samples: int
    seed: int
    proved: bool = False
    elsewhere: Mapping[str, Fraction] | None = None

    @property
    def heading(self) -> str:
        """What was asked."""
        clause = self.model.outcomes[self.outcome].clause(repr(self.outcome))
        return (
            f"Which question would tell most about whether {clause} in {self.model.name}, "
            f"{self.concept}"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """How uncertain the verdict is, and the best question."""
        said = []
        held = "over the range box"
        if self.stated:
            one = self.within
            said.append(
                f"The statements hold at {one.percent()} of the range box; all that "
                "follows is about that part."
            )
            held = "where they hold"
        found = [
            f"{verdict_words(verdict, self)} at {known.percent()}"
            for verdict, known in self.verdicts.items()
            if known.value
        ]
        basis = f"{self.points:,} uniform samples, seed {self.seed}"
        if len(found) == 1:
            (verdict,) = [one for one, known in self.verdicts.items() if known.value]
            said.append(self._one_verdict(verdict, held, basis))
            return tuple(said)
        said.append(
            f"The verdict {held} is {joined(found)} of the points ({basis}; 95 % "
            f"intervals): an uncertainty of {self.bits:.2f} bits."
        )
        if not self.questions:
            said.append(
                f"None of the {self.asked:,} comparisons looked at is seen to tell "
                "anything about it."
            )
            return tuple(said)
        best = self.questions[0]
        means = (
            f" (yes: {self.model.in_words(best.inequality)})"
            if best.inequality and best.kind == "payoffs"
            else ""
        )
        end = (
            "Either answer decides the verdict at all samples."
            if best.decides
            else f"Yes would leave: {best.yes.words(self)}. No: {best.no.words(self)}."
        )
        said.append(f"{self._ahead()} {best.words}{means} {end}")
        if self.cut:
            said.append(
                f"Not all pairs of plays of {joined(self.cut)} were looked at: there are "
                "too many."
            )
        return tuple(said)

    def _ahead(self) -> str:
        """Which question tells most, as far as intervals part it from the others."""
        best = self.questions[0]
        known = {one.words: one.told for one in self.questions}
        if len(known) < 2 or leaders(known, 1):
            return (
                f"Of {self.asked:,} comparisons the answer to this is expected to tell "
                f"most, {best.told} bits:"
            )
        more = telling(known, self.points)
        enough = (
            f"about {more:,} samples would"
            if more is not None
            else "more samples may not either"
        )
        return (
            f"These samples do not say which of {self.asked:,} comparisons tells most "
            f"({enough}); among the first is this, with {best.told} bits:"
        )

    def _one_verdict(self, verdict: Verdict, held: str, basis: str) -> str:
        """That no question would tell more, and how sure that is."""
        if self.proved:
            return everywhere_words(verdict_words(verdict, self), held)
        said = f"The verdict is “{verdict_words(verdict, self)}” at all {basis}"
        if self.elsewhere is not None:
            where = joined(self.model.values_in_words(self.elsewhere))
            return (
                f"{said}, but not everywhere {held}: it is another at "
                f"{where or 'the start'}."
            )
        rest = 1 - self.verdicts[verdict].low
        return (
            f"{said}, so no question would tell more about it (at under {rest:.2g} of the "
            "points it is another, by a 95 % interval)."
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row a question."""
        if not self.questions:
            return ()
        rows = [
            [
                one.words,
                self.model.in_words(one.inequality) if one.kind == "payoffs" else "",
                str(one.told),
                one.yes.share.percent(),
                one.yes.words(self),
                one.no.words(self),
            ]
            for one in self.questions
        ]
        header = ["question", "yes means", "bits", "yes at", "yes leaves", "no leaves"]
        return (
            Table(
                header,
                rows,
                [2, 3],
                caption="What an answer tells, and what it leaves, with 95 % intervals",
            ),
        )

    def data(self) -> dict[str, Any]:
        """All of it."""
        return {
            "outcome": self.outcome,
            "statements": [one.words() for one in self.stated],
            "within": self.within.data(),
            "verdicts": {one.name: known.data() for one, known in self.verdicts.items()},
            "bits": self.bits,
            "comparisons": self.asked,
            "not_all_pairs_of": list(self.cut),
            "points": self.points,
            "samples": self.samples,
            "seed": self.seed,
            "proved": self.proved,
            "elsewhere": self.elsewhere
            and {label: number_text(value) for label, value in self.elsewhere.items()},
            "questions": [one.data() for one in self.questions],
        }


Question = AskedQuestion
