"""What a sweep asks of each row of parameter values, and the answers.

Codes of verdicts, least and greatest probabilities.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.concepts.reading import require_concept
from strategy.errors import RefusalError, StrategyError
from strategy.exact import exact
from strategy.protocols import Concept
from strategy.results import Status
from strategy.sensitivity.deciding.at_samples import ORDER, classify, in_floats
from strategy.sensitivity.deciding.verdicts import Verdict, probabilities_in, verdict_of
from strategy.solvers.protocol import Limits
from strategy.solving import solve

__all__ = ["Answers", "SweepQuestion"]

_CODE = {one: code for code, one in enumerate(ORDER)}
_CERTAIN = {Verdict.EVERY: (1.0, 1.0), Verdict.SOME: (0.0, 1.0), Verdict.NO: (0.0, 0.0)}
"""Least and greatest probability where it is 0 or 1 in each equilibrium."""


@attrs.frozen(eq=False)
class Answers:
    """The answers of some rows.

    ``codes``: int8 into ``ORDER``, shape (rows, outcomes). ``bounds``: least and greatest
    probability, shape (rows, outcomes, 2), NaN where not proved, or None if not asked for.
    ``refused``: how many rows could not be solved, and why the first could not.
    """

    codes: NDArray[np.int8]
    bounds: NDArray[np.float64] | None
    refused: int = 0
    why: str = ""


@attrs.frozen(eq=False)
class SweepQuestion:
    """The question of a sweep. ``at``: exact values of the parameters that do not vary.

    ``fast``: signs of gains decide thousands of rows at once; all else is solved row by
    row.
    """

    model: Model
    concept: Concept
    outcomes: tuple[str, ...]
    at: Mapping[str, Fraction]
    limits: Limits
    probabilities: bool
    fast: bool

    @classmethod
    def of(
        cls,
        model: Model,
        concept: Concept,
        outcomes: tuple[Outcome, ...],
        at: Mapping[str, Fraction],
        limits: Limits,
        probabilities: bool,
    ) -> SweepQuestion:
        """Make the question of a sweep.

        ``outcomes``: asked about; ``at``: exact values of what does not vary; ``limits``:
        for each row; ``probabilities``: whether they are asked for. Raises RefusalError if
        the concept does not take the model's game.
        """
        require_concept(concept, model.game(at=at))
        reason = concept.refuses(model.game(at=at))
        if reason is not None:
            raise RefusalError(reason)
        names = tuple([one.name for one in outcomes])
        return cls(
            model,
            concept,
            names,
            at,
            limits,
            probabilities,
            _fast(model, concept, names[0], at),
        )

    def answers(self, samples: NDArray[np.float64]) -> Answers:
        """The answers for rows of parameter values, in the order of the model's parameters.

        ``samples``: the rows.
        """
        if not self.fast:
            return self._one_by_one(samples)
        try:
            codes = np.column_stack(
                [
                    classify(self.model, self.concept, one, samples, self.at)[0]
                    for one in self.outcomes
                ]
            )
        # ties under chance at some row: it is named, and the other rows have their answers
        except RefusalError:
            return self._one_by_one(samples)
        return Answers(codes, self._bounds(samples, codes) if self.probabilities else None)

    def _bounds(
        self, samples: NDArray[np.float64], codes: NDArray[np.int8]
    ) -> NDArray[np.float64]:
        """Least and greatest probability, told by the verdict unless chance leaves it open.

        Then the row is solved.
        """
        bounds = np.array([_CERTAIN.get(one, (np.nan, np.nan)) for one in ORDER])[codes]
        if len(getattr(self.model.form, "laws", ())):
            open_ = (codes == _CODE[Verdict.SOME]).any(axis=1)
            solved = self._one_by_one(samples[open_]).bounds
            bounds[open_] = solved
        return bounds

    def _one_by_one(self, samples: NDArray[np.float64]) -> Answers:
        codes = np.full(
            (len(samples), len(self.outcomes)), _CODE[Verdict.UNKNOWN], dtype=np.int8
        )
        bounds = np.full((*codes.shape, 2), np.nan)
        refused, why = 0, ""
        varied = [
            (column, label)
            for column, label in enumerate(self.model.parameters)
            if label not in self.at
        ]
        for row, values in enumerate(samples.tolist()):
            at = {**self.at, **{label: exact(values[column]) for column, label in varied}}
            try:
                solution = solve(self.model.game(at=at), self.concept, limits=self.limits)
            except StrategyError as error:
                refused, why = refused + 1, why or str(error)
                continue
            # solve() has kept what the end of the whole sweep cut short; it is not an
            # answer to the row
            deadline.check()
            if solution.status is Status.STOPPED and solution.reason == "interrupted":
                # solve() has kept it for itself, and nobody wants a table of answers cut
                # short
                raise KeyboardInterrupt
            for i, label in enumerate(self.outcomes):
                outcome = self.model.outcomes[label]
                codes[row, i] = _CODE[verdict_of(solution, outcome)]
                if self.probabilities and solution.proved and len(solution):
                    found = [float(one) for one in probabilities_in(solution, outcome)]
                    bounds[row, i] = min(found), max(found)
        return Answers(codes, bounds if self.probabilities else None, refused, why)


def _fast(model: Model, concept: Concept, outcome: str, at: Mapping[str, Fraction]) -> bool:
    """Whether ``classify`` decides in floats and takes the amounts of the model.

    Tried where all parameters vary.
    """
    if not in_floats(model, concept):
        return False
    ends = (
        np.array([[float(one.low), float(one.high)] for one in model.parameters.values()])
        .reshape(-1, 2)
        .T
    )
    try:
        classify(model, concept, outcome, ends, at)
    except StrategyError:
        return False
    return True
