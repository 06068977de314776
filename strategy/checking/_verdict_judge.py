"""What judges of verdicts share: the verdict at values, at very many values, along a line.

The nearest place with another.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.assumptions.conditions import Called, Condition
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.checking._budget import Budget
from strategy.checking._payoffs import term_changes
from strategy.checking._range import Range, Values
from strategy.checking.counterexamples import TermChange
from strategy.concepts.choices import choose, fitting
from strategy.errors import RefusalError
from strategy.results import Status
from strategy.sensitivity.analyses.thresholds import Thresholds, thresholds
from strategy.sensitivity.deciding.at_samples import classify, in_floats, told_by_floats
from strategy.sensitivity.deciding.binding import Binding
from strategy.sensitivity.deciding.verdicts import Verdict, verdict_of
from strategy.sensitivity.nearest.changes import ChangeQuestion
from strategy.solvers.protocol import Limits
from strategy.solving import solve

__all__ = ["RANK", "SETTLED", "VerdictJudge", "nearest_of"]

SETTLED = frozenset(one for one in Verdict if one is not Verdict.UNKNOWN)
RANK = {Verdict.NO: 0, Verdict.SOME: 1, Verdict.EVERY: 2}
_LIMITS = Limits(seconds=5)
_NODES, _ENOUGH = 400, 40
_SHOWN = 4
_ALONG = 60_000
"""How many verdicts are looked at along lines at a time: the fewer lines, the more values
on each, within these bounds."""
_FEWEST, _MOST = 7, 33


class VerdictJudge:
    """What checks of verdicts share.

    The model with the outcome asked about, solved where asked, once.
    """

    extra: tuple[str, ...] = ()
    needs_search = True

    def __init__(
        self, check: Any, model: Model, at: Mapping[str, Any] | None, about: Any
    ) -> None:
        self.check = check
        if isinstance(about, Called):
            about = about.name
        elif isinstance(about, Condition):
            label = about.words()
            while label in model.outcomes and model.outcomes[label].when != about:
                label = f"({label})"
            if label not in model.outcomes:
                asked = Outcome(label, when=about, shared=bool(check.played))
                model = attrs.evolve(model, outcomes=(*model.outcomes.values(), asked))
            about = label
        self.outcome: str = about
        self.range = Range.of(model, check.given, at)
        self.model = self.range.model
        game = self.model.game(at=self.range.base)
        self.concept = (
            choose(check.concept) if check.concept is not None else fitting(game)[0]
        )
        reason = self.concept.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        self.sweeps = in_floats(self.model, self.concept)
        """Whether ``suspects`` can be asked."""
        self._swept = False
        self._known: dict[tuple[Fraction, ...], Verdict] = {}

    @property
    def affine_limits(self) -> list[tuple[Any, bool]]:
        """Limits without products.

        Those keep an exact search busy where they touch the edge of a verdict, and are left
        to sampling.
        """
        return [one for one in self.range.limits if one[0].degree <= 1]

    def verdicts(self, rows: NDArray[np.float64]) -> NDArray[np.int8]:
        """The verdicts at many values, in floats.

        Codes into ``ORDER``, UNKNOWN where floats do not tell. ``rows``: the values.
        """
        self._swept = True
        return classify(self.model, self.concept, self.outcome, rows, exactly=False)[0]

    def along(self, rows: NDArray[np.float64], parameter: str) -> NDArray[np.int8]:
        """The verdicts at values of a parameter in rising order, (rows, values).

        The others are at rows, its own value among them.
        """
        column = list(self.model.parameters).index(parameter)
        one = self.model.parameters[parameter]
        count = min(max(_ALONG // len(rows), _FEWEST), _MOST)
        # beside an end nothing ties that does at it
        shares = np.array([0, 0.003, *np.linspace(0, 1, count - 2)[1:-1], 0.997, 1])
        grid = float(one.low) + shares * (float(one.high) - float(one.low))
        values = np.sort(
            np.column_stack([np.tile(grid, (len(rows), 1)), rows[:, column]]), axis=1
        )
        lines = np.repeat(rows, values.shape[1], axis=0)
        lines[:, column] = np.clip(values, float(one.low), float(one.high)).ravel()
        return self.verdicts(lines).reshape(values.shape)

    def completed(self, values: Values) -> Iterator[Values]:
        """Counter-examples that values of the parameters may be part of."""
        yield values

    def verdict(self, values: Mapping[str, Fraction]) -> Verdict:
        """The verdict at values of all parameters."""
        key = tuple([values[label] for label in self.model.parameters])
        if key not in self._known:
            told = (
                told_by_floats(self.model, self.concept, self.outcome, values)
                if self._swept
                else Verdict.UNKNOWN
            )
            outcome = self.model.outcomes[self.outcome]
            self._known[key] = (
                verdict_of(self._solved(values), outcome)
                if told is Verdict.UNKNOWN
                else told
            )
        return self._known[key]

    def _solved(self, values: Mapping[str, Fraction]) -> Any:
        at = {label: values[label] for label in self.model.parameters}
        found = solve(self.model.game(at=at), self.concept, limits=_LIMITS)
        deadline.check()
        if found.status is Status.STOPPED and found.reason == "interrupted":
            # solve() has kept it for itself, and nothing follows from a game that is solved
            # in part
            raise KeyboardInterrupt
        return found

    def line(self, parameter: str, values: Mapping[str, Fraction]) -> Thresholds:
        """The verdict along a parameter, the others at values."""
        at = {label: values[label] for label in self.model.parameters if label != parameter}
        return thresholds(self.model, self.concept, self.outcome, parameter, at=at)

    def equilibria(self, values: Mapping[str, Fraction]) -> tuple[str, ...]:
        """What is played in the equilibria there, those few that are shown.

        ``values``: of all parameters.
        """
        plays = dict.fromkeys(
            str(play)
            for one in itertools.islice(self._solved(values), 50)
            for play in one.plays
        )
        shown = list(plays)[:_SHOWN]
        return (*shown, *([f"{len(plays) - _SHOWN} more"] if len(plays) > _SHOWN else []))

    def settle_slowly(self, budget: Budget, examples: int) -> bool | Values:
        """What else is tried where a search has found nothing.

        ``budget``: the time that it may take; ``examples``: how many were asked for.
        """
        return False

    def turning(
        self, values: Values, moved: Sequence[str], goal: frozenset[Verdict]
    ) -> tuple[list[str], list[TermChange]]:
        """Whose deviation turns the verdict on the way from the start, and why.

        The terms of what it gains. ``values``: where it fails; ``moved``: what is not where
        the check starts; ``goal``: the verdicts there.
        """
        if not moved or self.verdict(self.range.base) in goal:
            return [], []
        try:
            ranges = {label: self._between(label, values[label]) for label in moved}
            near = attrs.evolve(
                self.model,
                parameters=type(self.model.parameters)({**self.model.parameters, **ranges}),
            )
            question = ChangeQuestion.of(
                near,
                self.concept,
                self.outcome,
                self.range.base,
                norm="max",
                vary=list(moved),
                hold=None,
            )
            _, binding = question.witness(
                question.nearest(goal, _NODES, _LIMITS.seconds).place, goal
            )
        except RefusalError:
            return [], []
        return self.turns(binding, "on the way", self.range.base, values)

    def turns(
        self, binding: Sequence[Binding], where: str, before: Values, after: Values
    ) -> tuple[list[str], list[TermChange]]:
        """Who turns, in words, and the terms of what that gains at two places.

        ``binding``: the deviations; ``where``: of what, in words; ``before``, ``after``:
        the two places.
        """
        said = [
            f"{one.player} {self.model.switch_in_words(one.player, one.from_, one.to)} "
            f"{where}"
            for one in binding
        ]
        for one, words in zip(binding, said, strict=True):
            if len(one.before) == 1 and len(one.after) == 1:
                (old,), (new,) = one.before, one.after
                start, end = [
                    self.model.explain(new, instead_of=old, at=at).of(one.player)
                    for at in (before, after)
                ]
                return [words], term_changes(end, start)
        return said[:2], []

    def _between(self, label: str, value: Fraction) -> Any:
        start = self.range.base[label]
        return attrs.evolve(
            self.model.parameters[label], low=min(start, value), high=max(start, value)
        )


def nearest_of(
    judge: VerdictJudge, goal: frozenset[Verdict], at: Values, budget: Budget
) -> bool | Values:
    """A place of the range at which the verdict is in ``goal``.

    True if it is proved that there is none; False: not settled. ``judge``: knows the model
    and the outcome; ``budget``: the time that it may take.
    """
    base = {**judge.range.base, **at}
    vary = [label for label in judge.range.moving if label not in at]
    if not vary:
        return base if judge.range.inside(base) and judge.verdict(base) in goal else True
    try:
        question = ChangeQuestion.of(
            judge.model,
            judge.concept,
            judge.outcome,
            base,
            norm="sum",
            vary=vary,
            hold=None,
            within=judge.affine_limits,
        )
        found = question.nearest(goal, _NODES, budget.left, time.process_time, _ENOUGH)
        witness, _ = question.witness(found.place, goal)
    except RefusalError:
        return False
    budget.cut = budget.cut or (found.place is None and found.late)
    if witness is not None:
        values = {**base, **witness.values}
        return values if judge.range.inside(values) else False
    return found.lower is None
