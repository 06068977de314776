"""The next question: which comparison would tell most about the verdict.

If it were put to the analyst.

The uncertainty of the verdict is its entropy over uniform samples of the range box, or of
the part of it in which the statements made so far hold. A question is as good as its answer
is expected to lower that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from strategy.assumptions._statement_text import read_statement
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.preferences import Statement
from strategy.errors import ModelError, RefusalError
from strategy.exact import whole
from strategy.protocols import Concept
from strategy.sensitivity.analyses.question_finding import Answer, NextQuestion, Question
from strategy.sensitivity.analyses.question_splits import (
    QuestionCandidate,
    answers,
    comparisons,
    entropy,
    told,
    told_error,
    values,
)
from strategy.sensitivity.analyses.statements import demands, fulfilled, moving_slice
from strategy.sensitivity.deciding.at_samples import ORDER, classify
from strategy.sensitivity.deciding.slices import Slice
from strategy.sensitivity.deciding.verdicts import Verdict, read_question
from strategy.sensitivity.nearest.changes import ChangeQuestion as Distance
from strategy.sensitivity.samples.intervals import Estimate, share
from strategy.sensitivity.samples.shares import draw, sample_size

__all__ = ["Answer", "NextQuestion", "Question", "question"]

_DRAWN = 64
_LEAST = 40
_NODES, _SECONDS = 400, 10.0
_ERRORS = 2
"""Standard errors by which what an answer tells must exceed nothing."""


def question(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    stated: Annotated[
        Sequence[Statement | str],
        (
            "What the analyst has stated, such as 'x > 2 y' or 'ROW: up > down'; may be "
            "repeated."
        ),
        list,
    ] = (),
    most: Annotated[int, "How many questions to show."] = 5,
    samples: Annotated[
        int,
        (
            "Samples to use, half to choose and half to estimate; 0: as many as take a "
            "second or two."
        ),
    ] = 0,
    seed: Annotated[int, "Seed of the samples."] = 0,
) -> NextQuestion:
    """The comparisons whose answer is expected to lower the verdict's uncertainty most.

    It compares, over samples of the range box, two parameters of one unit that count for
    one player, a parameter and the number that splits its range best, and two plays at a
    move of the player who compares them. What the analyst has stated narrows the box to
    where it holds; values that are given fix their parameters.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: such values (name ->
    number). ``stated``: Preferences, Comparisons, or text as ``read_statement`` takes it;
    ``most``: how many questions to show; ``samples``: half to choose and half to estimate
    (0: as many as take a second or two), with ``seed``.
    """
    chosen = read_question(model, concept, outcome)
    for what, given, least in (
        ("samples", samples, 0),
        ("seed", seed, 0),
        ("most", most, 1),
    ):
        whole(given, what, least)
    if isinstance(stated, str):
        raise ModelError(
            f"statements {stated!r}: give a sequence of them, such as [{stated!r}]"
        )
    said = tuple([read_statement(model, one) for one in stated])
    where = moving_slice(model, at)
    count = sample_size(model, concept, samples)
    points, drawn, met = _within(where, said, at, count, seed)
    codes = classify(model, concept, chosen, points, at)[0]
    half = len(points) // 2
    found, asked, cut = _chosen(where, points[:half], codes[:half], most)
    kept = [
        _question(where, one, codes[half:], yes)
        for one, yes in zip(found, answers(where, found, points[half:]), strict=True)
    ]
    kept = sorted(
        [one for one in kept if one.bits > _ERRORS * one.error], key=lambda one: -one.bits
    )
    judging = np.bincount(codes[half:], minlength=len(ORDER))
    proved, elsewhere = (
        _settled(where, concept, chosen, said, codes)
        if len(np.unique(codes)) == 1
        else (False, None)
    )
    return NextQuestion(
        model,
        concept,
        chosen.name,
        dict(at or {}),
        said,
        _shares(np.bincount(codes, minlength=len(ORDER))),
        entropy(judging),
        share(met, drawn),
        tuple(kept),
        asked,
        tuple(cut),
        drawn,
        len(points),
        len(points) - half,
        seed,
        proved,
        elsewhere,
    )


def _settled(
    where: Slice,
    concept: Concept,
    outcome: Outcome,
    said: Sequence[Statement],
    codes: NDArray[np.int8],
) -> tuple[bool, Mapping[str, Fraction] | None]:
    """Whether the one verdict of all samples is proved wherever the statements hold.

    If not, where it is another, if found.
    """
    others = frozenset(ORDER) - {ORDER[int(codes[0])], Verdict.UNKNOWN}
    limits = [(one.poly, one.strict) for each in said for one in demands(where, each)]
    try:
        asked = Distance.of(
            where.model,
            concept,
            outcome,
            where.values,
            norm="sum",
            vary=where.varied,
            hold=None,
            within=limits,
        )
        found = asked.nearest(others, _NODES, _SECONDS)
        witness, _ = asked.witness(found.place, others)
    except RefusalError:
        return False, None
    return found.lower is None, None if witness is None else witness.values


def _within(
    where: Slice,
    said: Sequence[Statement],
    at: Mapping[str, Any] | None,
    count: int,
    seed: int,
) -> tuple[NDArray[np.float64], int, int]:
    """Uniform samples at which the statements hold.

    How many were drawn for that, and at how many of these they hold.
    """
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
            f"the statements hold at {len(inside)} of {drawn:,} samples of the range box, "
            "too few to say anything: ask 'consistent' whether they can hold together, "
            "leave one out, or give a value that is known as a value"
        )
    return inside, drawn, int(met.sum())


def _chosen(
    where: Slice, points: NDArray[np.float64], codes: NDArray[np.int8], most: int
) -> tuple[list[QuestionCandidate], int, list[str]]:
    """The questions that tell most at these samples, none with the answers of a better one.

    How many were looked at, and of whose plays not all pairs.
    """
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


def _question(
    where: Slice, one: QuestionCandidate, codes: NDArray[np.int8], yes: NDArray[np.bool_]
) -> Question:
    parts = []
    for part in (yes, ~yes):
        counts = np.bincount(codes[part], minlength=len(ORDER))
        parts.append(Answer(share(int(part.sum()), len(codes)), _shares(counts)))
    return Question(
        one.kind,
        one.words,
        one.inequality(where.varied),
        told(codes, yes),
        told_error(codes, yes),
        *parts,
    )


def _shares(counts: NDArray[Any]) -> dict[Verdict, Estimate]:
    total = int(counts.sum())
    return (
        {one: share(int(n), total) for one, n in zip(ORDER, counts, strict=True)}
        if total
        else {}
    )
