"""The next question: which comparison, put to the analyst, would tell most about the verdict.

The uncertainty of the verdict is its entropy over uniform samples of the range box, or of the part of it in which the statements
made so far hold. A question is as good as its answer is expected to lower that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions._statement_text import read_statement
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.preferences import Statement
from strategy.display import Table, joined, percent
from strategy.errors import ModelError, RefusalError, StrategyError
from strategy.sensitivity._classifying import ORDER, classify, in_floats
from strategy.sensitivity._intervals import Estimate, share
from strategy.sensitivity._slices import Slice
from strategy.sensitivity._splitting import Candidate, answers, comparisons, entropy, told, told_error, values
from strategy.sensitivity._stated import demands, fulfilled, moving_slice
from strategy.sensitivity.findings import Finding
from strategy.sensitivity.sampling import draw
from strategy.sensitivity.verdicts import Verdict, the_outcome

__all__ = ["Answer", "NextQuestion", "Question", "next_question"]

_FAST, _SLOW = 16_384, 200
_DRAWN = 64
_LEAST = 40
_ERRORS = 2
"""Standard errors by which what an answer tells must exceed nothing."""


@attrs.frozen
class Answer:
    """What one answer would leave: how much of the box that is asked about, and the share of each verdict in that part."""

    share: Estimate
    verdicts: Mapping[Verdict, Estimate]

    def words(self) -> str:
        """The verdicts with their shares: "EVERY 81%, NO 19%"."""
        found = {one: known for one, known in self.verdicts.items() if known.value}
        return ", ".join([f"{one.name} {percent(known.value)}" for one, known in found.items()]) or "at no sample"

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {"share": self.share.data(), "verdicts": {one.name: known.data() for one, known in self.verdicts.items()}}


@attrs.frozen
class Question:
    """One question: what yes means as an inequality (empty where it is none of sums), what an answer tells in bits with the
    standard error, and what each answer would leave. ``kind``: "parameters", "value" or "payoffs"."""

    kind: str
    words: str
    inequality: str
    bits: float
    error: float
    yes: Answer
    no: Answer

    @property
    def decides(self) -> bool:
        """Whether either answer leaves one verdict at all samples."""
        return all(sum(known.value > 0 for known in one.verdicts.values()) <= 1 for one in (self.yes, self.no))

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "question": self.words,
            "kind": self.kind,
            "yes_means": self.inequality or None,
            "bits": self.bits,
            "standard_error": self.error,
            "decides_at_all_samples": self.decides,
            "yes": self.yes.data(),
            "no": self.no.data(),
        }


@attrs.frozen(eq=False, repr=False)
class NextQuestion(Finding):
    """The questions that tell most, the best first.

    ``verdicts``: shares where the statements hold; ``bits``: the entropy of the verdict there. ``within``: the share of the
    range box in which they hold, of ``drawn`` samples. All shares and bits are of ``samples`` of those at which they hold; as
    many others chose the questions, so that the estimates do not flatter what was chosen. ``cut``: players of whose plays there
    were too many pairs to look at all.
    """

    model: Model
    concept: Any
    outcome: str
    at: Mapping[str, Any]
    stated: tuple[Statement, ...]
    verdicts: Mapping[Verdict, Estimate]
    bits: float
    within: Estimate
    questions: tuple[Question, ...]
    asked: int
    cut: tuple[str, ...]
    drawn: int
    samples: int
    seed: int

    @property
    def heading(self) -> str:
        """What was asked."""
        return f"Which question would tell most about whether {self.outcome!r} comes about in {self.model.name}, {self.concept}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """How uncertain the verdict is, and the best question."""
        said = []
        held = "over the range box"
        if self.stated:
            one = self.within
            said.append(
                f"The statements hold at {percent(one.value)} of the range box ({one.low:.1%} to {one.high:.1%}); all that "
                "follows is about that part."
            )
            held = "where they hold"
        found = [f"{verdict.name} at {percent(known.value)}" for verdict, known in self.verdicts.items() if known.value]
        basis = f"{self.samples:,} uniform samples, seed {self.seed}"
        if len(found) == 1:
            (verdict,) = [one for one, known in self.verdicts.items() if known.value]
            rest = 1 - self.verdicts[verdict].low
            said.append(
                f"The verdict is {verdict.name} at all {basis}, so no question would tell more about it (at under {rest:.2g} of "
                "the points it is another, by a 95 % interval)."
            )
            return tuple(said)
        said.append(f"The verdict {held} is {joined(found)} of the points: an uncertainty of {self.bits:.2f} bits ({basis}).")
        if not self.questions:
            said.append(f"None of the {self.asked:,} comparisons looked at is seen to tell anything about it.")
            return tuple(said)
        best = self.questions[0]
        means = f" (yes: {best.inequality})" if best.inequality and best.kind == "payoffs" else ""
        end = (
            "Either answer decides the verdict at all samples."
            if best.decides
            else f"Yes would leave {best.yes.words()}; no, {best.no.words()}."
        )
        said.append(
            f"Of {self.asked:,} comparisons the answer to this is expected to tell most, {best.bits:.2f} bits: "
            f"{best.words}{means} {end}"
        )
        if self.cut:
            said.append(f"Not all pairs of plays were looked at of {joined(self.cut)}: there are too many.")
        return tuple(said)

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row a question."""
        if not self.questions:
            return ()
        rows = [
            [
                one.words,
                one.inequality if one.kind == "payoffs" else "",
                f"{one.bits:.3f} ± {one.error:.3f}",
                percent(one.yes.share.value),
                one.yes.words(),
                one.no.words(),
            ]
            for one in self.questions
        ]
        header = ["question", "yes means", "bits", "yes at", "yes leaves", "no leaves"]
        return (Table(header, rows, [2, 3], caption="What an answer tells (± a standard error), and what it leaves"),)

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
            "samples": self.samples,
            "seed": self.seed,
            "questions": [one.data() for one in self.questions],
        }


def next_question(
    model: Model,
    concept: Any,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    stated: Annotated[
        Sequence[Statement | str], "What the analyst has said, such as 'x > 2 y' or 'ROW: up > down'; repeatable.", list
    ] = (),
    most: Annotated[int, "How many questions to show."] = 5,
    samples: Annotated[int, "Samples to use, half to choose and half to estimate; 0: as many as take a second or two."] = 0,
    seed: Annotated[int, "Seed of the samples."] = 0,
) -> NextQuestion:
    """The comparisons whose answer is expected to lower the uncertainty of the verdict most, over samples of the range box.

    Compared are two parameters of one unit that count for one player, a parameter and the number that splits its range best, and
    two plays at a move of the player who compares them. ``stated`` narrows the box to where it holds; ``at`` fixes parameters.
    """
    chosen = the_outcome(model, outcome)
    for what, given, least in (("samples", samples, 0), ("seed", seed, 0), ("most", most, 1)):
        if not hasattr(given, "__index__") or given < least:
            raise StrategyError(f"{what}={given!r}: expected a whole number, at least {least}")
    if isinstance(stated, str):
        raise ModelError(f"statements {stated!r}: give a sequence of them, such as [{stated!r}]")
    said = tuple([read_statement(model, one) for one in stated])
    where = moving_slice(model, at)
    count = samples or (_FAST if in_floats(model, concept) else _SLOW)
    points, drawn, met = _within(where, said, at, count, seed)
    codes = classify(model, concept, chosen, points, at)[0]
    half = len(points) // 2
    found, asked, cut = _chosen(where, points[:half], codes[:half], most)
    kept = [
        _question(where, one, codes[half:], yes) for one, yes in zip(found, answers(where, found, points[half:]), strict=True)
    ]
    kept = sorted([one for one in kept if one.bits > _ERRORS * one.error], key=lambda one: -one.bits)
    counts = np.bincount(codes[half:], minlength=len(ORDER))
    return NextQuestion(
        model,
        concept,
        chosen.name,
        dict(at or {}),
        said,
        _shares(counts),
        entropy(counts),
        share(met, drawn),
        tuple(kept),
        asked,
        tuple(cut),
        drawn,
        len(points) - half,
        seed,
    )


def _within(
    where: Slice, said: Sequence[Statement], at: Mapping[str, Any] | None, count: int, seed: int
) -> tuple[NDArray[np.float64], int, int]:
    """Uniform samples at which the statements hold, how many were drawn for that, and at how many of these they hold."""
    wanted = [one for each in said for one in demands(where, each)]
    drawn = count
    while True:
        points = draw(where.model, drawn, seed, at)
        met = fulfilled(where, wanted, points)
        if met.sum() >= count or drawn >= count * _DRAWN or not wanted:
            break
        drawn *= 4
    inside = points[met][:count]
    if len(inside) < min(_LEAST, count):
        raise RefusalError(
            f"the statements hold at {len(inside)} of {drawn:,} samples of the range box, too few to say anything: ask "
            "'consistent' whether they can hold together, leave one out, or give a value that is known as a value"
        )
    return inside, drawn, int(met.sum())


def _chosen(
    where: Slice, points: NDArray[np.float64], codes: NDArray[np.int8], most: int
) -> tuple[list[Candidate], int, list[str]]:
    """The questions that tell most at these samples, none with the answers of a better one; how many were looked at, and of whose
    plays not all pairs."""
    if len(np.unique(codes)) < 2:
        return [], 0, []
    found, cut = comparisons(where)
    asked = [*found, *values(where, points, codes)]
    rated = [(told(codes, yes), yes) for yes in answers(where, asked, points)]
    order = sorted(range(len(asked)), key=lambda i: (-round(rated[i][0], 12), i))
    kept: list[int] = []
    for i in order:
        bits, yes = rated[i]
        if bits <= 0 or len(kept) == most:
            break
        if not any((yes == rated[j][1]).all() or (yes != rated[j][1]).all() for j in kept):
            kept.append(i)
    return [asked[i] for i in kept], len(asked), cut


def _question(where: Slice, one: Candidate, codes: NDArray[np.int8], yes: NDArray[np.bool_]) -> Question:
    parts = []
    for part in (yes, ~yes):
        counts = np.bincount(codes[part], minlength=len(ORDER))
        parts.append(Answer(share(int(part.sum()), len(codes)), _shares(counts)))
    return Question(one.kind, one.words, one.inequality(where.varied), told(codes, yes), told_error(codes, yes), *parts)


def _shares(counts: NDArray[Any]) -> dict[Verdict, Estimate]:
    total = int(counts.sum())
    return {one: share(int(n), total) for one, n in zip(ORDER, counts, strict=True)} if total else {}
