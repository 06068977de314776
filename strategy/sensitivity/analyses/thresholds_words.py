"""Sentences made from results alone.

Nothing here knows a model, so nothing here can be false of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from strategy.algebraic import Point
from strategy.completeness import leaves_to_chance, verdict_sentence, verdict_short
from strategy.display import joined, number
from strategy.sensitivity.analyses.thresholds_result import Thresholds, tried_words
from strategy.sensitivity.deciding.tried import stretches
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = ["TextRun", "along", "runs", "when"]


@attrs.frozen
class TextRun:
    """A stretch of a parameter's range with one verdict; whether its ends belong to it."""

    verdict: Verdict
    low: Point
    high: Point
    with_low: bool
    with_high: bool

    def contains(self, value: Fraction) -> bool:
        """Whether a value lies in it."""
        above = value > self.low or (self.with_low and value == self.low)
        return above and (value < self.high or (self.with_high and value == self.high))


def runs(result: Thresholds) -> tuple[TextRun, ...]:
    """The stretches of a parameter's range with one verdict, from below.

    ``result``: the thresholds of the parameter.
    """
    edges: list[Point] = [result.low, *result.points, result.high]
    corners = [result.at_ends[0], *result.at_points, result.at_ends[1]]
    if result.low == result.high:
        return (TextRun(corners[0], result.low, result.low, True, True),)
    found = [TextRun(corners[0], edges[0], edges[0], True, True)]
    for i, piece in enumerate(result.pieces):
        for one in (
            TextRun(piece, edges[i], edges[i + 1], False, False),
            TextRun(corners[i + 1], edges[i + 1], edges[i + 1], True, True),
        ):
            if found[-1].verdict is one.verdict:
                found[-1] = attrs.evolve(found[-1], high=one.high, with_high=one.with_high)
            else:
                found.append(one)
    return tuple(found)


def when(run: TextRun, low: Fraction, high: Fraction) -> str:
    """A stretch in words: "below 2/3", "from 1 up to 3", "at 2/3 exactly".

    ``run``: the stretch; ``low``, ``high``: the ends of the range.
    """
    if run.low == run.high:
        end = "top" if run.low == high else "bottom" if run.low == low else ""
        exactly = " exactly" if isinstance(run.low, Fraction) else ""
        return (
            f"at the {end} of its range, {number(run.low)}"
            if end
            else f"at {number(run.low)}{exactly}"
        )
    from_start = run.low == low and run.with_low
    to_end = run.high == high and run.with_high
    if from_start:
        return f"{'up to' if run.with_high else 'below'} {number(run.high)}"
    lower = f"{'from' if run.with_low else 'above'} {number(run.low)}"
    if to_end:
        return lower + (" upwards" if run.with_low else "")
    return f"{lower} {'up to' if run.with_high else 'and below'} {number(run.high)}"


def along(result: Thresholds, found: Sequence[TextRun]) -> str:
    """Where along its range an assumption lets the outcome come about, as one sentence.

    ``result``: the thresholds of the assumption; ``found``: its stretches.
    """
    label = result.model.label(result.parameter)
    first, *rest = [when(run, result.low, result.high) for run in found]
    random = leaves_to_chance(result.concept, result.model.form)
    whole = verdict_sentence(
        result.model.outcomes[result.outcome],
        found[0].verdict,
        result.concept,
        random=random,
    )
    if not rest:
        return (
            f"Over the whole range of {label}, {number(result.low)} to "
            f"{number(result.high)}, {whole}."
        )
    parts = [f"While {_on(found[0], result) or f'{label} is {first}'}, {whole}"]
    parts += [
        f"{place}, {verdict_short(run.verdict, result.concept, random=random)}"
        for place, run in zip(rest, found[1:], strict=True)
    ]
    return "; ".join(parts) + "."


def _on(run: TextRun, result: Thresholds) -> str:
    """That the assumption is on a stretch from the low end of its range.

    In the words that it has for values; "" if it has none.
    """
    most = "" if run.low == run.high else "at most " if run.with_high else "less than "
    return result.model.parameters[result.parameter].said(f"{most}{number(run.high)}")


def at_values_tried(result: Thresholds) -> str:
    """What is known along an assumption of which single values were tried.

    It also says between which of them the verdict changes. ``result``: the thresholds of
    the assumption.
    """
    random = leaves_to_chance(result.concept, result.model.form)
    count = len(result.sampled)
    said: list[str] = []
    for run in stretches(result.sampled):
        place = tried_words([value for value, _ in run])
        found = run[0][1]
        whole = verdict_sentence(
            result.model.outcomes[result.outcome], found, result.concept, random=random
        )
        said.append(
            f"{place} "
            f"{verdict_short(found, result.concept, random=random) if said else whole}"
        )
    label = result.model.label(result.parameter)
    text = (
        f"Along {label} {count} values were tried, and between them nothing is settled: "
        f"{'; '.join(said)}."
    )
    if not result.changes_seen:
        return text
    return (
        f"{text} So the verdict changes somewhere "
        f"{joined([between_words(*pair) for pair in result.changes_seen])}."
    )


def between_words(low: Fraction, high: Fraction) -> str:
    """Two values tried, ``low`` and ``high``, between which something changes."""
    return f"between {number(low)} and {number(high)}"
