"""What moving one assumption does to the verdict.

Where it changes, how far off that is, and who switches there for what.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy.algebraic import AlgebraicNumber, Point
from strategy.assumptions.model import Model
from strategy.assumptions.phrases import steps_in_words
from strategy.assumptions.splits import SplitPart, gain_parts, gain_words, parts_data
from strategy.completeness import no_equilibrium
from strategy.display import joined, number
from strategy.forms.plain import plays_data, point_data
from strategy.sensitivity.analyses.thresholds_result import Thresholds
from strategy.sensitivity.analyses.thresholds_words import (
    TextRun,
    along,
    at_values_tried,
    runs,
    when,
)
from strategy.sensitivity.deciding.binding import Binding
from strategy.sensitivity.deciding.verdicts import Verdict
from strategy.texts import number_text

__all__ = ["Along", "Stretch", "VerdictTurn", "along_data", "examined", "tried_data"]

_MOST_TURNS = 3
_MOST_PLACES = 2
_FEW = {
    Verdict.EVERY: "every",
    Verdict.NO: "none",
    Verdict.UNKNOWN: "not settled",
}


@attrs.frozen
class VerdictTurn:
    """A deviation that binds at a threshold, with what it gains there.

    ``value`` is within 1e-6 of an irrational point.
    """

    binding: Binding
    value: Fraction
    rounded: bool
    parts: tuple[SplitPart, ...]

    def place_in_words(self, model: Model) -> str:
        """Where it is: an information set, or in a table what the others do."""
        return model.place_in_words(self.binding.where) or _others(self.binding, model)

    @property
    def what(self) -> tuple[str, str, str, str]:
        """Who switches from what to what, and what it gains and loses by it."""
        return (
            self.binding.player,
            self.binding.from_,
            self.binding.to,
            gain_words(self.parts, self.rounded),
        )


@attrs.frozen
class Stretch:
    """A stretch of a range with one verdict.

    ``start`` and ``width`` as shares of the range, width 0 for a single value.
    """

    verdict: Verdict
    start: float
    width: float


@attrs.frozen(eq=False)
class Along:
    """What one assumption does to the verdict.

    The result, its stretches, where it changes and who switches there (none of these where
    single values alone were tried), or why there is nothing.

    ``distance``: how far the value must move to the nearest change, as a share of the
    range; None if the verdict never changes.
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
        """By how much the value must move to the nearest change.

        It is None if the verdict never changes.
        """
        if self.nearest is None:
            return None
        if isinstance(self.nearest, AlgebraicNumber):
            return self.nearest.apply([1, -self.value])
        return self.nearest - self.value

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The range as stretches of one verdict, for drawing.

        Where each begins and how wide it is, as shares of the range.
        """
        assert self.result is not None
        low = float(self.result.low)
        width = float(self.result.high - self.result.low)
        if not width:
            return (Stretch(self.runs[0].verdict, 0.0, 1.0),)
        ends = [
            ((float(run.low) - low) / width, (float(run.high) - low) / width)
            for run in self.runs
        ]
        return tuple(
            [
                Stretch(run.verdict, a, b - a)
                for run, (a, b) in zip(self.runs, ends, strict=True)
            ]
        )

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
        said = [
            f"{few.get(run.verdict, some)} {when(run, self.result.low, self.result.high)}"
            for run in self.runs
        ]
        return "; ".join(said)

    @property
    def turners(self) -> tuple[str, ...]:
        """Who switches from what to what as the parameter rises, each once."""
        several = len(self.turns) > 1
        said = [
            f"{turn.binding.player}: {turn.binding.from_} → {turn.binding.to}"
            + (f" (at {number(point)})" if several else "")
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
        if self.result is None:
            return ()
        return tuple(
            [
                f"At {number(point)}, as {self.label} rises, "
                f"{'; '.join(_said(turns, self.result.model))}."
                for point, turns in self.turns
                if turns
            ]
        )


def _said(turns: tuple[VerdictTurn, ...], model: Model) -> list[str]:
    """Turns in words; those that differ only in where they are made are said once."""
    places: dict[tuple[str, str, str, str], list[str]] = {}
    for turn in turns:
        places.setdefault(turn.what, []).append(turn.place_in_words(model))
    shown = []
    for (player, before, after, gain), where in places.items():
        here = joined(where[:_MOST_PLACES], "or") + (
            f" (and in {len(where) - _MOST_PLACES} more places)"
            if len(where) > _MOST_PLACES
            else ""
        )
        shown.append(
            f"{player}{f', {here},' if here else ''} "
            f"{model.switch_in_words(player, before, after)}: it {gain}"
        )
    left = len(shown) - _MOST_TURNS
    return shown[:_MOST_TURNS] + (
        [f"and {left} more deviation{'s bind' if left > 1 else ' binds'} there"]
        if left > 0
        else []
    )


def examined(result: Thresholds, value: Fraction, rest: Mapping[str, Fraction]) -> Along:
    """What one assumption does to the verdict.

    ``value``: where it is; ``rest``: the other values that are no baselines. ``result``:
    its thresholds.
    """
    label = result.model.label(result.parameter)
    if result.sampled:
        return Along(result.parameter, value, result, label=label)
    found = runs(result)
    turns = tuple(
        [(point, _turns(result, point, bound, rest)) for point, bound in result.turning]
    )
    return Along(
        result.parameter,
        value,
        result,
        found,
        turns,
        *_nearest(found, value, result.low, result.high),
        label=label,
    )


def _turns(
    result: Thresholds,
    point: Point,
    bound: tuple[Binding, ...],
    rest: Mapping[str, Fraction],
) -> tuple[VerdictTurn, ...]:
    rounded = isinstance(point, AlgebraicNumber)
    if isinstance(point, AlgebraicNumber):
        value = sum(point.narrowed(Fraction(1, 10**6)).interval, Fraction(0)) / 2
        value = min(max(value, result.low), result.high)
    else:
        value = point
    at = {**rest, result.parameter: value}
    return tuple(
        [
            VerdictTurn(
                one,
                value,
                rounded,
                gain_parts(result.model, one.after, one.before, at, one.player),
            )
            for one in bound
        ]
    )


def _nearest(
    found: tuple[TextRun, ...], value: Fraction, low: Fraction, high: Fraction
) -> tuple[Point | None, float | None]:
    """The nearest end of the stretch that holds the value, and how far it is.

    The distance is a share of the range.
    """
    if len(found) == 1:
        return None, None
    here = next(i for i, run in enumerate(found) if run.contains(value))
    ends = ([found[here].low] if here else []) + (
        [found[here].high] if here + 1 < len(found) else []
    )
    nearest = min(ends, key=lambda end: abs(float(end) - float(value)))
    return nearest, abs(float(nearest) - float(value)) / float(high - low)


def _others(one: Binding, model: Model) -> str:
    """What the others do, in a table."""
    if len(one.before) != 1:
        return ""
    (play,) = one.before
    steps = tuple([step for step in play.steps if step[0] != one.player])
    if steps and (said := steps_in_words(steps, model.phrases)):
        return f"while {said}"
    shown = [f"{player} {action}" for player, _, action in steps]
    return f"the others playing {joined(shown)}" if shown else ""


def along_data(one: Along) -> dict[str, Any]:
    result = one.result
    turns = {point: [_turn_data(turn) for turn in made] for point, made in one.turns}
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


def tried_data(one: Along) -> dict[str, Any]:
    assert one.result is not None
    return {
        "parameter": one.parameter,
        "value": number_text(one.value),
        "low": number_text(one.result.low),
        "high": number_text(one.result.high),
        "values": [
            {"at": number_text(value), "verdict": verdict.name}
            for value, verdict in one.result.sampled
        ],
        "changes_between": [
            [number_text(a), number_text(b)] for a, b in one.result.changes_seen
        ],
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
