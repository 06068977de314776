"""Judging checks of verdicts: proved by exact branch and bound over gains, or by monotone gains; thresholds along the line."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from strategy.algebraic import between
from strategy.assumptions.checks import Monotone, Occurs, Threshold
from strategy.assumptions.conditions import Condition
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.checking._payoffs import term_changes
from strategy.checking._range import Range, Values
from strategy.checking.counterexamples import Evidence, TermChange
from strategy.display import number
from strategy.errors import RefusalError
from strategy.sensitivity._changes import Question
from strategy.sensitivity._monotone import Proofs
from strategy.sensitivity.choices import choose, fitting
from strategy.sensitivity.threshold import Thresholds, thresholds
from strategy.sensitivity.verdicts import Verdict, verdict_of
from strategy.solvers.protocol import Limits
from strategy.solving import solve

__all__ = ["MonotoneJudge", "OccursJudge", "ThresholdJudge"]

GOALS = {
    "every": frozenset([Verdict.EVERY]),
    "some": frozenset([Verdict.EVERY, Verdict.SOME]),
    "no": frozenset([Verdict.NO, Verdict.NONE_EXISTS]),
    "not every": frozenset([Verdict.NO, Verdict.SOME, Verdict.NONE_EXISTS]),
}
_SETTLED = frozenset(one for one in Verdict if one is not Verdict.UNKNOWN)
_RANK = {Verdict.NO: 0, Verdict.SOME: 1, Verdict.EVERY: 2}
_LIMITS = Limits(seconds=5)
_NODES = 400
_SHOWN = 4


class _VerdictJudge:
    """What checks of verdicts share: the model with the outcome asked about, solved where asked, once."""

    extra: tuple[str, ...] = ()
    needs_search = True

    def __init__(self, check: Any, model: Model, at: Mapping[str, Any] | None, about: Any) -> None:
        self.check = check
        if isinstance(about, Condition):
            label = about.words()
            if label not in model.outcomes:
                model = attrs.evolve(model, outcomes=(*model.outcomes.values(), Outcome(label, when=about)))
            about = label
        self.outcome: str = about
        self.range = Range.of(model, check.given, at)
        self.model = self.range.model
        game = self.model.game(at=self.range.base)
        self.concept = choose(check.concept) if check.concept is not None else fitting(game)[0]
        reason = self.concept.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        self._known: dict[tuple[Fraction, ...], Verdict] = {}

    def verdict(self, values: Mapping[str, Fraction]) -> Verdict:
        """The verdict at values of all parameters."""
        key = tuple([values[label] for label in self.model.parameters])
        if key not in self._known:
            self._known[key] = verdict_of(self._solved(values), self.model.outcomes[self.outcome])
        return self._known[key]

    def _solved(self, values: Mapping[str, Fraction]) -> Any:
        at = {label: values[label] for label in self.model.parameters}
        return solve(self.model.game(at=at), self.concept, limits=_LIMITS)

    def line(self, parameter: str, values: Mapping[str, Fraction]) -> Thresholds:
        """The verdict along a parameter, the others at values."""
        at = {label: values[label] for label in self.model.parameters if label != parameter}
        return thresholds(self.model, self.concept, self.outcome, parameter, at=at)

    def equilibria(self, values: Mapping[str, Fraction]) -> tuple[str, ...]:
        """What is played in the equilibria there, those few that are shown."""
        plays = dict.fromkeys(str(play) for one in itertools.islice(self._solved(values), 50) for play in one.plays)
        shown = list(plays)[:_SHOWN]
        return (*shown, *([f"{len(plays) - _SHOWN} more"] if len(plays) > _SHOWN else []))

    def turning(self, values: Values, moved: Sequence[str], goal: frozenset[Verdict]) -> tuple[list[str], list[TermChange]]:
        """Whose deviation turns the verdict on the way from the start, and the terms of what it gains."""
        if not moved or self.verdict(self.range.base) in goal:
            return [], []
        try:
            ranges = {label: self._between(label, values[label]) for label in moved}
            near = attrs.evolve(self.model, parameters=type(self.model.parameters)({**self.model.parameters, **ranges}))
            question = Question.of(near, self.concept, self.outcome, self.range.base, norm="max", vary=list(moved), hold=None)
            _, binding = question.witness(question.nearest(goal, _NODES, 3).place, goal)
        except RefusalError:
            return [], []
        for one in binding:
            said = f"{one.player} turns from {one.from_} to {one.to} on the way"
            if len(one.before) == 1 and len(one.after) == 1:
                (old,), (new,) = one.before, one.after
                here = self.model.explain(new, instead_of=old, at=values).of(one.player)
                before = self.model.explain(new, instead_of=old, at=self.range.base).of(one.player)
                return [said], term_changes(here, before)
        return [f"{one.player} turns from {one.from_} to {one.to} on the way" for one in binding[:2]], []

    def _between(self, label: str, value: Fraction) -> Any:
        start = self.range.base[label]
        return attrs.evolve(self.model.parameters[label], low=min(start, value), high=max(start, value))


class OccursJudge(_VerdictJudge):
    """An outcome in every, some, no or not every equilibrium."""

    def __init__(self, check: Occurs, model: Model, at: Mapping[str, Any] | None) -> None:
        super().__init__(check, model, at, check.outcome)
        self.wrong = _SETTLED - GOALS[check.equilibria]

    def fails(self, values: Mapping[str, Fraction]) -> bool:
        """Whether the verdict there is another."""
        return self.range.inside(values) and self.verdict(values) in self.wrong

    def settle(self, seconds: float) -> bool | Values:
        """By the nearest place with another verdict, if there is one."""
        return nearest_of(self, self.wrong, {}, seconds)

    def evidence(self, values: Values, moved: tuple[str, ...]) -> Evidence:
        """The verdict, the equilibria, whose turn made the difference."""
        turns, terms = self.turning(values, moved, self.wrong)
        said = f"{self.outcome!r} is {self.verdict(values)}"
        return Evidence((said, *turns), self.equilibria(values), tuple(terms))


def nearest_of(judge: _VerdictJudge, goal: frozenset[Verdict], at: Values, seconds: float) -> bool | Values:
    """A place of the range at which the verdict is in ``goal``; True if it is proved that there is none; False: not settled."""
    base = {**judge.range.base, **at}
    vary = [label for label in judge.range.moving if label not in at]
    if not vary:
        return base if judge.verdict(base) in goal else True
    try:
        question = Question.of(judge.model, judge.concept, judge.outcome, base, norm="sum", vary=vary, hold=None)
        found = question.nearest(goal, _NODES, seconds)
        witness, _ = question.witness(found.place, goal)
    except RefusalError:
        return False
    if witness is not None:
        values = {**base, **witness.values}
        return values if judge.range.inside(values) else False
    return found.lower is None


class MonotoneJudge(_VerdictJudge):
    """Raising a parameter moves a verdict one way only. Points have one value more: the parameter's, after it is raised."""

    def __init__(self, check: Monotone, model: Model, at: Mapping[str, Any] | None) -> None:
        super().__init__(check, model, at, check.of)
        self.parameter, self.sign = check.parameter, -1 if check.falls else 1
        self.extra = (check.parameter,) if check.parameter in self.range.moving else ()

    def _ends(self, values: Mapping[str, Fraction]) -> tuple[Values, Values]:
        here, there = values[self.parameter], values.get(then(self.parameter), values[self.parameter])
        plain = {label: values[label] for label in self.model.parameters}
        return {**plain, self.parameter: min(here, there)}, {**plain, self.parameter: max(here, there)}

    def fails(self, values: Mapping[str, Fraction]) -> bool:
        """Whether the verdict moves the other way between the two."""
        ends = self._ends(values)
        if not all(self.range.inside(one) for one in ends):
            return False
        before, after = [_RANK.get(self.verdict(one)) for one in ends]
        return before is not None and after is not None and self.sign * (after - before) < 0

    def settle(self, seconds: float) -> bool | Values:
        """By monotone gains, or by the line through the start."""
        if Proofs(self.model, self.concept, self.model.outcomes[self.outcome]).verdict(self.parameter) in (0, self.sign):
            return True
        if not self.extra or self.range.joint:
            return False
        found = _samples(self.line(self.parameter, self.range.base))
        for (low, before), (high, after) in itertools.combinations(found, 2):
            if before in _RANK and after in _RANK and self.sign * (_RANK[after] - _RANK[before]) < 0:
                return {**self.range.base, self.parameter: low, then(self.parameter): high}
        return False

    def evidence(self, values: Values, moved: tuple[str, ...]) -> Evidence:
        """The two verdicts, and the equilibria after."""
        low, high = self._ends(values)
        span = f"raising {self.parameter} from {number(low[self.parameter])} to {number(high[self.parameter])}"
        said = f"{span} turns {self.outcome!r} from {self.verdict(low)} to {self.verdict(high)}"
        return Evidence((said,), self.equilibria(high), ())


def then(parameter: str) -> str:
    """The name under which a second value of a parameter is kept."""
    return f"{parameter}, then"


class ThresholdJudge(_VerdictJudge):
    """One threshold along a parameter, with the verdict as said on one side of it and not on the other."""

    def __init__(self, check: Threshold, model: Model, at: Mapping[str, Any] | None) -> None:
        super().__init__(check, model, at, check.outcome)
        self.parameter, self.goal, self.rising = check.parameter, GOALS[check.equilibria], check.rising
        self.needs_search = check.everywhere
        self._lines: dict[tuple[Fraction, ...], Thresholds] = {}
        if self.parameter not in self.range.moving:
            raise RefusalError(f"{check.words()}: {self.parameter} does not move; leave it out of the values given")

    def _line(self, values: Mapping[str, Fraction]) -> Thresholds:
        key = tuple([values[label] for label in self.model.parameters if label != self.parameter])
        if key not in self._lines:
            self._lines[key] = self.line(self.parameter, values)
        return self._lines[key]

    def fails(self, values: Mapping[str, Fraction]) -> bool:
        """Whether there is no such threshold, the others at values."""
        if not self.range.inside(values):
            return False
        line = self._line(values)
        between_ends = [one for pair in zip(line.pieces, line.at_points, strict=False) for one in pair]
        found = [line.at_ends[0], *between_ends, line.pieces[-1], line.at_ends[1]]
        if Verdict.UNKNOWN in found:
            return False
        holds = [one in self.goal for one in (found if self.rising else found[::-1])]
        return holds != sorted(holds) or len({one in self.goal for one in line.pieces}) < 2

    def settle(self, seconds: float) -> bool | Values:
        """The line through the start; everywhere, the two ends of the range and that nothing turns back between them."""
        if self.fails(self.range.base):
            return dict(self.range.base)
        if not self.check.everywhere:
            return Verdict.UNKNOWN not in self._line(self.range.base).pieces
        one = self.model.parameters[self.parameter]
        right, wrong = (one.high, one.low) if self.rising else (one.low, one.high)
        for value, goal in ((right, _SETTLED - self.goal), (wrong, self.goal)):
            found = nearest_of(self, goal, {self.parameter: value}, seconds / 2)
            if isinstance(found, dict) and self.fails(found):
                return found
            if found is not True:
                return False
        return False  # that the verdict changes only once is not proved here

    def evidence(self, values: Values, moved: tuple[str, ...]) -> Evidence:
        """The verdicts along the line."""
        line = self._line(values)
        edges = [line.low, *line.points, line.high]
        parts = [
            f"{piece} for {self.parameter} from {number(a)} to {number(b)}"
            for piece, (a, b) in zip(line.pieces, itertools.pairwise(edges), strict=True)
        ]
        return Evidence((f"{self.outcome!r} is {', '.join(parts)}",), (), ())


def _samples(line: Thresholds) -> list[tuple[Fraction, Verdict]]:
    """Rational values along a line, in order, with the verdict at each: every piece, and every rational point."""
    edges = [line.low, *line.points, line.high]
    verdicts = [line.at_ends[0], *line.at_points, line.at_ends[1]]
    found = []
    for i, edge in enumerate(edges):
        if isinstance(edge, Fraction):
            found.append((edge, verdicts[i]))
        if i < len(line.pieces) and line.low < line.high:
            found.append((between(edge, edges[i + 1]), line.pieces[i]))
    return found
