"""Thresholds: how far each assumption must move, alone, before the verdict changes, and whose deviation binds there."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from strategy.algebraic import AlgebraicNumber, Point
from strategy.assumptions.parameters import parameter_name
from strategy.completeness import never_changes, no_equilibrium
from strategy.display import joined, number, place_words
from strategy.errors import StrategyError
from strategy.protocols import Concept
from strategy.report.commands import concept_lines
from strategy.report.plain import plays_data, point_data
from strategy.report.question import Question
from strategy.report.section import Section
from strategy.report.sections.splits import SplitPart, gain_parts, gain_words, parts_data
from strategy.report.words import TextRun, along, at_values_tried, runs, when
from strategy.sensitivity import Binding, Thresholds, Verdict, thresholds
from strategy.texts import number_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["SECTION", "Along", "Stretch", "ThresholdsFound", "VerdictTurn", "along_all", "along_one", "found_data"]

_MOST_TURNS = 3
_MOST_PLACES = 2
_FEW = {
    Verdict.EVERY: "every",
    Verdict.NO: "none",
    Verdict.UNKNOWN: "not settled",
}


@attrs.frozen
class VerdictTurn:
    """A deviation that binds at a threshold, with what it gains there; ``value`` is within 1e-6 of an irrational point."""

    binding: Binding
    value: Fraction
    rounded: bool
    parts: tuple[SplitPart, ...]

    @property
    def place(self) -> str:
        """Where it is: an information set, or in a table what the others do."""
        return place_words(self.binding.where) or _others(self.binding)

    @property
    def what(self) -> tuple[str, str, str, str]:
        """Who switches from what to what, and what it gains and loses by it."""
        return self.binding.player, self.binding.from_, self.binding.to, gain_words(self.parts, self.rounded)


@attrs.frozen
class Stretch:
    """A stretch of a range with one verdict: ``start`` and ``width`` as shares of the range, width 0 for a single value."""

    verdict: Verdict
    start: float
    width: float


@attrs.frozen(eq=False)
class Along:
    """What one assumption does to the verdict: the result, its stretches, where it changes and who switches there (none of these
    where single values alone were tried), or why there is nothing.

    ``distance``: how far the value must move to the nearest change, as a share of the range; None if the verdict never changes.
    """

    parameter: str
    value: Fraction
    result: Thresholds | None
    runs: tuple[TextRun, ...] = ()
    turns: tuple[tuple[Point, tuple[VerdictTurn, ...]], ...] = ()
    nearest: Point | None = None
    distance: float | None = None
    refused: str = ""
    label: str = attrs.field(kw_only=True)

    @property
    def moves(self) -> bool:
        """Whether the verdict changes anywhere in the range."""
        return len(self.runs) > 1

    @property
    def moved(self) -> Point | None:
        """By how much the value must move to the nearest change; None if the verdict never changes."""
        if self.nearest is None:
            return None
        if isinstance(self.nearest, AlgebraicNumber):
            return self.nearest.apply([1, -self.value])
        return self.nearest - self.value

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The range as stretches of one verdict, for drawing: where each begins and how wide it is, as shares of the range."""
        assert self.result is not None
        low, width = float(self.result.low), float(self.result.high - self.result.low)
        if not width:
            return (Stretch(self.runs[0].verdict, 0.0, 1.0),)
        ends = [((float(run.low) - low) / width, (float(run.high) - low) / width) for run in self.runs]
        return tuple([Stretch(run.verdict, a, b - a) for run, (a, b) in zip(self.runs, ends, strict=True)])

    @property
    def place(self) -> float:
        """Where in the range the value lies, as a share of it."""
        assert self.result is not None
        width = self.result.high - self.result.low
        return float((self.value - self.result.low) / width) if width else 0.5

    @property
    def short(self) -> str:
        """The verdict along the range in few words: "none below 4; every from 4 upwards"."""
        assert self.result is not None
        some = "possibly some" if self.result.model.form.chance else "some"
        few = {**_FEW, Verdict.NONE_EXISTS: f"{no_equilibrium(self.result.concept)} at all"}
        said = [f"{few.get(run.verdict, some)} {when(run, self.result.low, self.result.high)}" for run in self.runs]
        return "; ".join(said)

    @property
    def turners(self) -> tuple[str, ...]:
        """Who switches from what to what as the parameter rises, each once."""
        several = len(self.turns) > 1
        said = [
            f"{turn.binding.player}: {turn.binding.from_} → {turn.binding.to}" + (f" (at {number(point)})" if several else "")
            for point, turns in self.turns
            for turn in turns
        ]
        return tuple(dict.fromkeys(said))

    @property
    def nearest_turns(self) -> tuple[VerdictTurn, ...]:
        """The deviations that bind at the nearest change."""
        return next((turns for point, turns in self.turns if point == self.nearest), ())

    @property
    def sentence(self) -> str:
        """Where along the range the outcome comes about."""
        assert self.result is not None
        return along(self.result, self.runs) if self.runs else at_values_tried(self.result)

    @property
    def turning(self) -> tuple[str, ...]:
        """One sentence a threshold: who switches there, as the parameter rises."""
        said = []
        for point, turns in self.turns:
            if turns:
                said.append(f"At {number(point)}, as {self.label} rises, {'; '.join(_said(turns))}.")
        return tuple(said)


def _said(turns: tuple[VerdictTurn, ...]) -> list[str]:
    """Turns in words; those that differ only in where they are made are said once."""
    places: dict[tuple[str, str, str, str], list[str]] = {}
    for turn in turns:
        places.setdefault(turn.what, []).append(turn.place)
    shown = []
    for (player, before, after, gain), where in places.items():
        here = joined(where[:_MOST_PLACES], "or") + (
            f" (and in {len(where) - _MOST_PLACES} more places)" if len(where) > _MOST_PLACES else ""
        )
        shown.append(f"{player}{f', {here},' if here else ''} switches from {before} to {after}: it {gain}")
    left = len(shown) - _MOST_TURNS
    return shown[:_MOST_TURNS] + ([f"and {left} more deviation{'s bind' if left > 1 else ' binds'} there"] if left > 0 else [])


@attrs.frozen(eq=False)
class ThresholdsFound:
    """All assumptions under one concept: those that move the verdict, nearest first; those that never do; those of which single
    values alone were tried; those not examined."""

    concept: Concept
    moving: tuple[Along, ...]
    still: tuple[Along, ...]
    tried: tuple[Along, ...]
    refused: tuple[Along, ...]

    @property
    def settled(self) -> bool:
        """Whether all were examined exactly and none moves the verdict."""
        return not self.moving and not self.tried and not self.refused

    @property
    def sentences(self) -> tuple[str, ...]:
        """Along each assumption that moves the verdict, nearest first, where it changes and who switches there; then what never
        moves it, and what was not examined."""
        said = [sentence for one in self.moving for sentence in (one.sentence, *one.turning)]
        if len(self.still) == 1:
            said.append(self.still[0].sentence)
        elif self.still:
            said.append(never_changes(joined([one.label for one in self.still])))
        said += [one.sentence for one in self.tried]
        return (*said, *[f"Not examined along {one.label}: {one.refused}." for one in self.refused])

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts that occur along the assumptions that move."""
        seen = {run.verdict for one in self.moving for run in one.runs}
        return tuple([verdict for verdict in Verdict if verdict in seen])


def find(question: Question) -> tuple[ThresholdsFound, ...]:
    """Thresholds of the outcome asked about, for every parameter, under every concept."""
    return tuple([along_all(question, concept) for concept in question.concepts])


def along_one(question: Question, concept: Concept, parameter: str) -> ThresholdsFound:
    """Thresholds along one parameter, under one concept."""
    return _grouped(concept, [_along(question, concept, parameter_name(parameter))])


def along_all(question: Question, concept: Concept) -> ThresholdsFound:
    """Thresholds along every parameter, under one concept."""
    return _grouped(concept, [_along(question, concept, parameter) for parameter in question.model.parameters])


def _grouped(concept: Concept, found: list[Along]) -> ThresholdsFound:
    moving = sorted([one for one in found if one.moves], key=lambda one: 2.0 if one.distance is None else one.distance)
    still = [one for one in found if len(one.runs) == 1]
    tried = [one for one in found if one.result is not None and one.result.sampled]
    return ThresholdsFound(concept, tuple(moving), tuple(still), tuple(tried), tuple([one for one in found if one.refused]))


def _along(question: Question, concept: Concept, parameter: str) -> Along:
    found: Along = question.once(("thresholds", concept, parameter), lambda: _examined(question, concept, parameter))
    return found


def _examined(question: Question, concept: Concept, parameter: str) -> Along:
    value, rest, label = question.values[parameter], question.without(parameter), question.model.label(parameter)
    try:
        result = thresholds(question.model, concept, question.outcome, parameter, at=rest)
    except StrategyError as error:
        return Along(parameter, value, None, refused=str(error), label=label)
    if result.sampled:
        return Along(parameter, value, result, label=label)
    found = runs(result)
    turns = tuple([(point, _turns(question, result, point, bound, rest)) for point, bound in result.turning])
    return Along(parameter, value, result, found, turns, *_nearest(found, value, result.low, result.high), label=label)


def _turns(
    question: Question, result: Thresholds, point: Point, bound: tuple[Binding, ...], rest: Mapping[str, Fraction]
) -> tuple[VerdictTurn, ...]:
    rounded = isinstance(point, AlgebraicNumber)
    if isinstance(point, AlgebraicNumber):
        value = sum(point.narrowed(Fraction(1, 10**6)).interval, Fraction(0)) / 2
        value = min(max(value, result.low), result.high)
    else:
        value = point
    at = {**rest, result.parameter: value}
    return tuple(
        [VerdictTurn(one, value, rounded, gain_parts(question.model, one.after, one.before, at, one.player)) for one in bound]
    )


def _nearest(found: tuple[TextRun, ...], value: Fraction, low: Fraction, high: Fraction) -> tuple[Point | None, float | None]:
    """The nearest end of the stretch that holds the value, and its distance as a share of the range."""
    if len(found) == 1:
        return None, None
    here = next(i for i, run in enumerate(found) if run.contains(value))
    ends = ([found[here].low] if here else []) + ([found[here].high] if here + 1 < len(found) else [])
    nearest = min(ends, key=lambda end: abs(float(end) - float(value)))
    return nearest, abs(float(nearest) - float(value)) / float(high - low)


def _others(one: Binding) -> str:
    """What the others do, in a table."""
    if len(one.before) != 1:
        return ""
    steps = next(iter(one.before)).steps
    shown = [f"{player} {action}" for player, _, action in steps if player != one.player]
    return f"the others playing {joined(shown)}" if shown else ""


def _figures(question: Question, found: tuple[ThresholdsFound, ...]) -> dict[str, Figure]:
    from strategy.plots import blank, plot_thresholds, strips_size

    made = {}
    for i, one in enumerate(found):
        results = [along.result for along in (*one.moving, *one.tried) if along.result is not None]
        if results:
            figure, ax = blank(*strips_size(results))
            plot_thresholds(results, ax)
            made[f"thresholds{f'-{i + 1}' if i else ''}"] = figure
    return made


def data(found: tuple[ThresholdsFound, ...]) -> list[dict[str, Any]]:
    """As plain data: one entry a concept."""
    return [found_data(one) for one in found]


def found_data(found: ThresholdsFound) -> dict[str, Any]:
    """One concept as plain data."""
    return {
        "concept": str(found.concept),
        "moving": [_along_data(each) for each in found.moving],
        "never_moving": [each.parameter for each in found.still],
        "tried": [_tried_data(each) for each in found.tried],
        "not_examined": [{"parameter": each.parameter, "reason": each.refused} for each in found.refused],
    }


def _along_data(one: Along) -> dict[str, Any]:
    result, turns = one.result, {point: [_turn_data(turn) for turn in made] for point, made in one.turns}
    assert result is not None
    return {
        "parameter": one.parameter,
        "value": number_text(one.value),
        "low": number_text(result.low),
        "high": number_text(result.high),
        "nearest_change": None if one.nearest is None else point_data(one.nearest),
        "distance_as_share_of_range": one.distance,
        "verdict_at_low": result.at_ends[0].name,
        "verdict_at_high": result.at_ends[1].name,
        "turns_at_low": turns.get(result.low, []),
        "turns_at_high": turns.get(result.high, []),
        "verdicts_between": [piece.name for piece in result.pieces],
        "points": [
            {"at": point_data(point), "verdict": verdict.name, "turns": turns[point]}
            for point, verdict in zip(result.points, result.at_points, strict=True)
        ],
        "sentence": one.sentence,
        "turning": list(one.turning),
    }


def _tried_data(one: Along) -> dict[str, Any]:
    assert one.result is not None
    return {
        "parameter": one.parameter,
        "value": number_text(one.value),
        "low": number_text(one.result.low),
        "high": number_text(one.result.high),
        "values": [{"at": number_text(value), "verdict": verdict.name} for value, verdict in one.result.sampled],
        "changes_between": [[number_text(a), number_text(b)] for a, b in one.result.changes_seen],
        "sentence": one.sentence,
    }


def _turn_data(turn: VerdictTurn) -> dict[str, Any]:
    one = turn.binding
    return {
        "player": one.player,
        "where": list(one.where) if isinstance(one.where, tuple) else one.where,
        "from": one.from_,
        "to": one.to,
        "before": plays_data(one.before),
        "after": plays_data(one.after),
        "gain_evaluated_at": number_text(turn.value),
        "gain": number_text(sum((part.value for part in turn.parts), Fraction(0))),
        "gain_by_claim": parts_data(turn.parts),
    }


SECTION = Section(
    key="thresholds",
    title="How far each assumption can move",
    find=find,
    data=data,
    figures=_figures,
    commands=partial(concept_lines, "thresholds"),
)
