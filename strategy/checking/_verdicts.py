"""Judging checks of verdicts.

Proved by exact branch and bound over gains, at one place or two, or by monotone gains;
thresholds along the line.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.algebraic import between
from strategy.assumptions.checks import Monotone, Occurs, Threshold
from strategy.assumptions.model import Model
from strategy.checking._budget import Budget
from strategy.checking._range import Values, require_moving, then
from strategy.checking._sweeping import ExampleSweep
from strategy.checking._verdict_judge import RANK, SETTLED, VerdictJudge, nearest_of
from strategy.checking.counterexamples import Evidence, Moved, TermChange
from strategy.display import number
from strategy.errors import ModelError, RefusalError
from strategy.sensitivity.analyses.thresholds import Thresholds
from strategy.sensitivity.deciding.at_samples import ORDER
from strategy.sensitivity.deciding.monotone import Proofs
from strategy.sensitivity.deciding.verdicts import Verdict, verdict_clause, verdict_words
from strategy.sensitivity.nearest.pairs import nearest_pair

__all__ = ["MonotoneJudge", "OccursJudge", "ThresholdJudge"]

_FEW_NODES, _EXAMPLES = 5, 8
"""Nodes of a first search for two places, and how many examples are asked for to each node
of a second one."""

GOALS = {
    "every": frozenset([Verdict.EVERY]),
    "some": frozenset([Verdict.EVERY, Verdict.SOME]),
    "no": frozenset([Verdict.NO, Verdict.NONE_EXISTS]),
    "not every": frozenset([Verdict.NO, Verdict.SOME, Verdict.NONE_EXISTS]),
}


class OccursJudge(VerdictJudge):
    """An outcome in every, some, no or not every equilibrium."""

    def __init__(self, check: Occurs, model: Model, at: Mapping[str, Any] | None) -> None:
        super().__init__(check, model, at, check.outcome)
        self.wrong = SETTLED - GOALS[check.equilibria]

    def fails(self, values: Mapping[str, Fraction]) -> bool:
        """Whether the verdict there is another.

        ``values``: of all parameters.
        """
        return self.range.inside(values) and self.verdict(values) in self.wrong

    def suspects(self, rows: NDArray[np.float64]) -> NDArray[np.bool_]:
        """At which of many values it seems to fail.

        ``rows``: the values.
        """
        return np.isin(self.verdicts(rows), [ORDER.index(one) for one in self.wrong])

    def settle(self, budget: Budget, sweep: ExampleSweep | None) -> bool | Values:
        """By the nearest place with another verdict, if there is one.

        ``budget``: the time that it may take; ``sweep``: not used here.
        """
        return nearest_of(self, self.wrong, {}, budget)

    def evidence(self, values: Values, moved: tuple[str, ...]) -> Evidence:
        """The verdict, the equilibria, whose turn made the difference.

        ``values``: of all parameters; ``moved``: which of them are not where the check
        starts.
        """
        turns, terms = self.turning(values, moved, self.wrong)
        said = verdict_clause(repr(self.outcome), self.verdict(values), self)
        return Evidence((said, *turns), self.equilibria(values), tuple(terms))


class MonotoneJudge(VerdictJudge):
    """Raising a parameter moves a verdict one way only.

    Points have one value more: the parameter's, after it is raised.
    """

    def __init__(self, check: Monotone, model: Model, at: Mapping[str, Any] | None) -> None:
        super().__init__(check, model, at, check.of)
        self.parameter = check.parameter
        self.sign = -1 if check.falls else 1
        self.extra = (check.parameter,)
        require_moving((check.parameter,), self.range)

    def _ends(self, values: Mapping[str, Fraction]) -> tuple[Values, Values]:
        here = values[self.parameter]
        there = values.get(then(self.parameter), values[self.parameter])
        plain = {label: values[label] for label in self.model.parameters}
        return {**plain, self.parameter: min(here, there)}, {
            **plain,
            self.parameter: max(here, there),
        }

    def fails(self, values: Mapping[str, Fraction]) -> bool:
        """Whether the verdict moves the other way between the two.

        ``values``: of all parameters.
        """
        ends = self._ends(values)
        if not all(self.range.inside(one) for one in ends):
            return False
        before, after = [RANK.get(self.verdict(one)) for one in ends]
        return before is not None and after is not None and self.sign * (after - before) < 0

    def suspects(self, rows: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Along which of many lines it seems to move the other way somewhere.

        ``rows``: the values.
        """
        codes = self.along(rows, self.parameter)
        ranks = self.sign * np.array([RANK.get(one, 0) for one in ORDER])[codes]
        known = np.isin(codes, [ORDER.index(one) for one in RANK])
        highest = np.maximum.accumulate(np.where(known, ranks, -len(ORDER)), axis=1)
        return np.asarray((known & (ranks < highest)).any(axis=1))

    def completed(self, values: Values) -> Iterator[Values]:
        """The same with two values of the parameter.

        These are where it starts and an end, then both ends, then others along the line.
        """
        one = self.model.parameters[self.parameter]
        start = self.range.base[self.parameter]
        for low, high in ((start, one.high), (one.low, start), (one.low, one.high)):
            yield {**values, self.parameter: low, then(self.parameter): high}
        plain = {label: values[label] for label in self.model.parameters}
        for (low, before), (high, after) in itertools.combinations(
            _samples(self.line(self.parameter, plain)), 2
        ):
            if (
                before in RANK
                and after in RANK
                and self.sign * (RANK[after] - RANK[before]) < 0
            ):
                yield {**values, self.parameter: low, then(self.parameter): high}

    def settle(self, budget: Budget, sweep: ExampleSweep | None) -> bool | Values:
        """By the cheaper proofs first, then a short search for the nearest two places.

        Monotone gains, the line through the start, moves of one parameter. ``budget``: the
        time that it may take; ``sweep``: looks at many values at once, None where that
        cannot be.
        """
        if Proofs(self.model, self.concept, self.model.outcomes[self.outcome]).verdict(
            self.parameter
        ) in (0, self.sign):
            return True
        if (
            found := next(filter(self.fails, self.completed(self.range.base)), None)
        ) is not None:
            return found
        # then the line is all there is
        if self.range.moving == (self.parameter,) and not self.range.bends(self.parameter):
            verdicts = [
                one
                for one in _in_order(self.line(self.parameter, self.range.base))
                if one is not Verdict.NONE_EXISTS
            ]
            if Verdict.UNKNOWN not in verdicts and verdicts == sorted(
                verdicts, key=RANK.__getitem__, reverse=self.sign < 0
            ):
                return True
        if sweep is not None and (values := sweep.least(1)) is not None:
            return values
        return self._nearest(_FEW_NODES if sweep is None else 1, budget)

    def settle_slowly(self, budget: Budget, examples: int) -> bool | Values:
        """By a longer search for two places: the longer, the more examples are asked for.

        ``budget``: the time that it may take.
        """
        return self._nearest(max(examples // _EXAMPLES, _FEW_NODES), budget)

    def _nearest(self, nodes: int, budget: Budget) -> bool | Values:
        every, some, no = [
            frozenset([one]) for one in (Verdict.EVERY, Verdict.SOME, Verdict.NO)
        ]
        falls = [(every, some | no), (every | some, no)]
        changes = falls if self.sign > 0 else [(after, before) for before, after in falls]
        try:
            found, pair = nearest_pair(
                self.model,
                self.concept,
                self.outcome,
                self.range.base,
                self.parameter,
                changes,
                vary=self.range.moving,
                within=self.affine_limits,
                nodes=nodes,
                enough=_FEW_NODES,
                seconds=budget.left,
                clock=time.process_time,
            )
        except RefusalError:
            return False
        budget.cut = budget.cut or (found.place is None and found.late)
        if pair is None:
            return found.lower is None
        values = {**self.range.base, **pair.values, then(self.parameter): pair.then}
        return values if self.fails(values) else False

    def evidence(self, values: Values, moved: tuple[str, ...]) -> Evidence:
        """The two verdicts, and the equilibria after.

        ``values``: of all parameters; ``moved``: which of them are not where the check
        starts.
        """
        low, high = self._ends(values)
        ends = [
            (
                f"{verdict_words(self.verdict(one), self)} with "
                f"{self.model.label(self.parameter)} = {number(one[self.parameter])}"
            )
            for one in (low, high)
        ]
        said = f"{self.outcome!r} is {ends[0]}, and {ends[1]}"
        turns, terms = self._turns(low, high)
        raised = Moved(self.parameter, low[self.parameter], high[self.parameter])
        return Evidence((said, *turns), self.equilibria(high), tuple(terms), raised)

    def _turns(self, low: Values, high: Values) -> tuple[list[str], list[TermChange]]:
        """Who turns first on the way from the one to the other, where lines tell.

        With it come the terms of what that one gains at both.
        """
        try:
            turning = self.line(self.parameter, low).turning
        except (RefusalError, ModelError):  # that amounts are not polynomials is the latter
            return [], []
        for point, binding in turning:
            if low[self.parameter] <= point <= high[self.parameter] and binding:
                return self.turns(
                    binding,
                    f"at {self.model.label(self.parameter)} = {number(point)}",
                    low,
                    high,
                )
        return [], []


class ThresholdJudge(VerdictJudge):
    """One threshold along a parameter.

    The verdict is as said on one side of it and not on the other.
    """

    def __init__(
        self, check: Threshold, model: Model, at: Mapping[str, Any] | None
    ) -> None:
        super().__init__(check, model, at, check.outcome)
        self.parameter = check.parameter
        self.goal = GOALS[check.equilibria]
        self.rising = check.rising
        self.needs_search = check.everywhere
        self._lines: dict[tuple[Fraction, ...], Thresholds] = {}
        require_moving((check.parameter,), self.range)
        if self.range.bends(check.parameter):
            raise RefusalError(
                f"thresholds are sought along the whole range of {check.parameter}: give "
                "limits that do not involve it, or that leave a closed range, such as "
                f"{check.parameter} >= 2"
            )
        if not check.everywhere and not self.range.inside(self.range.base):
            raise RefusalError(
                "its limits do not hold at the starting values of the others: give values "
                "that meet them, or everywhere=True"
            )

    def _line(self, values: Mapping[str, Fraction]) -> Thresholds:
        key = tuple(
            [values[label] for label in self.model.parameters if label != self.parameter]
        )
        if key not in self._lines:
            self._lines[key] = self.line(self.parameter, values)
        return self._lines[key]

    def fails(self, values: Mapping[str, Fraction]) -> bool:
        """Whether there is no such threshold, the others at values."""
        if not self.range.inside(values):
            return False
        line = self._line(values)
        found = _in_order(line)
        if Verdict.UNKNOWN in found:
            return False
        holds = [one in self.goal for one in (found if self.rising else found[::-1])]
        return holds != sorted(holds) or len({one in self.goal for one in line.pieces}) < 2

    def suspects(self, rows: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Along which of many lines there seems to be none.

        ``rows``: the values.
        """
        codes = self.along(rows, self.parameter)
        known = (codes != ORDER.index(Verdict.UNKNOWN)).all(axis=1)
        holds = np.isin(codes, [ORDER.index(one) for one in self.goal])
        holds = holds if self.rising else holds[:, ::-1]
        turns = (holds[:, 1:] != holds[:, :-1]).sum(axis=1)
        return np.asarray(known & ((turns != 1) | holds[:, 0]))

    def settle(self, budget: Budget, sweep: ExampleSweep | None) -> bool | Values:
        """The line through the start.

        Everywhere, a few moves, then the two ends of the range. ``budget``: the time that
        it may take; ``sweep``: looks at many values at once, None where that cannot be.
        """
        if self.fails(self.range.base):
            return dict(self.range.base)
        if not self.check.everywhere:
            return Verdict.UNKNOWN not in self._line(self.range.base).pieces
        if sweep is not None and (values := sweep.least(3)) is not None:
            return values
        one = self.model.parameters[self.parameter]
        right, wrong = (one.high, one.low) if self.rising else (one.low, one.high)
        for value, goal in ((right, SETTLED - self.goal), (wrong, self.goal)):
            found = nearest_of(self, goal, {self.parameter: value}, budget)
            if isinstance(found, dict) and self.fails(found):
                return found
            if found is not True:
                return False
        return False  # that the verdict changes only once is not proved here

    def evidence(self, values: Values, moved: tuple[str, ...]) -> Evidence:
        """The verdicts along the line.

        ``values``: of all parameters; ``moved``: which of them are not where the check
        starts.
        """
        line = self._line(values)
        called = self.model.label(self.parameter)
        edges = [line.low, *line.points, line.high]
        points = [line.at_ends[0], *line.at_points, line.at_ends[1]]
        parts = []
        for i, (edge, there) in enumerate(zip(edges, points, strict=True)):
            beside = line.pieces[max(i - 1, 0) : i + 1]
            if there not in beside or (0 < i < len(edges) - 1 and len(set(beside)) == 1):
                parts.append(f"{verdict_words(there, self)} at {called} = {number(edge)}")
            if i < len(line.pieces):
                within = (there == line.pieces[i], points[i + 1] == line.pieces[i])
                between = _BETWEEN[within].format(number(edge), number(edges[i + 1]))
                parts.append(
                    f"{verdict_words(line.pieces[i], self)} for {called} {between}"
                )
        return Evidence((f"{self.outcome!r}: {', '.join(parts)}",), (), ())


_BETWEEN = {
    (True, True): "from {} to {}",
    (True, False): "from {} to just below {}",
    (False, True): "above {}, up to {}",
    (False, False): "between {} and {}",
}
"""Words for an interval, by whether its lower and its upper end belong to it."""


def _in_order(line: Thresholds) -> list[Verdict]:
    """The verdicts along a line.

    They are at its lower end, between that and the first point, at this point, and so on.
    """
    between_ends = [
        one for pair in zip(line.pieces, line.at_points, strict=False) for one in pair
    ]
    return [line.at_ends[0], *between_ends, line.pieces[-1], line.at_ends[1]]


def _samples(line: Thresholds) -> list[tuple[Fraction, Verdict]]:
    """Rational values along a line, in order, with the verdict at each.

    Every piece, and every rational point, or those tried.
    """
    if line.sampled or line.low == line.high:
        return list(line.sampled) or [(line.low, line.at_ends[0])]
    found = []
    for i, (place, here) in enumerate(line.places):
        if isinstance(place, Fraction):
            found.append((place, here))
        if i < len(line.between):
            found.append((between(place, line.places[i + 1][0]), line.between[i]))
    return found
