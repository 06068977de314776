"""Verdicts at many parameter samples at once, in floats with a proved margin; what the margin leaves open is decided exactly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.assumptions.gains import gains_of
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import parameter_name
from strategy.assumptions.polynomials import is_polynomial
from strategy.concepts.pure_nash import PureNash
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect
from strategy.exact import exact
from strategy.executors import map_threads
from strategy.forms.normal import NormalForm
from strategy.protocols import Concept
from strategy.sensitivity.deciding.at_values import verdict
from strategy.sensitivity.deciding.deciders import decider
from strategy.sensitivity.deciding.polynomials_at_samples import Polynomials
from strategy.sensitivity.deciding.slices import Signs, Slice
from strategy.sensitivity.deciding.trees_at_samples import MOST_PLAYERS, SampledTreeJudge
from strategy.sensitivity.deciding.verdicts import Verdict, read_question

__all__ = ["BLOCK", "ORDER", "classify", "in_floats"]

ORDER = (Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS, Verdict.UNKNOWN)
"""The verdicts in the order of their codes in arrays."""
_CODE = {one: code for code, one in enumerate(ORDER)}
BLOCK = 2**14
"""Rows taken at a time."""


def classify(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    samples: NDArray[np.float64],
    at: Mapping[str, Any] | None = None,
    *,
    exactly: bool = True,
) -> tuple[NDArray[np.int8], int]:
    """The verdict at every row of parameter values (in the order of the model's parameters): codes into ``ORDER``, and how many
    rows had to be decided again exactly (if not ``exactly``, they are left UNKNOWN). Parameters in ``at`` have these values,
    whatever their column says."""
    chosen = read_question(model, concept, outcome)
    where = _common_slice(model, samples, at)
    judge = _judge(model, concept, chosen, where.varied, tuple(where.values.items()))
    codes = np.empty(len(samples), dtype=np.int8)

    def decide(start: int) -> NDArray[np.int64]:
        deadline.check()
        hit, miss, doubtful = judge.judge(samples[start : start + BLOCK])
        codes[start : start + len(hit)] = _codes(hit, miss)
        return start + np.flatnonzero(doubtful)

    doubtful = [int(i) for rows in map_threads(decide, range(0, len(samples), BLOCK)) for i in rows]
    if not exactly:
        codes[doubtful] = _CODE[Verdict.UNKNOWN]
        return codes, len(doubtful)
    varied = [(column, label) for column, label in enumerate(model.parameters) if label in where.varied]
    for i in doubtful:
        deadline.check()
        values = {**where.values, **{label: exact(float(samples[i, column])) for column, label in varied}}
        codes[i] = _CODE[_decided(model, concept, chosen, values)]
    return codes, len(doubtful)


def _decided(model: Model, concept: Concept, outcome: Outcome, values: Mapping[str, Any]) -> Verdict:
    """The verdict at one place, exactly."""
    if not _laws_are_polynomials(model):
        return verdict(model, concept, outcome, at={label: values[label] for label in model.parameters})
    return decider(Slice(model, (), values), concept, outcome).found(Signs(())).verdict


@lru_cache(maxsize=16)
def _judge(
    model: Model, concept: Concept, outcome: Outcome, varied: tuple[str, ...], values: tuple[tuple[str, Any], ...]
) -> _SampleJudge:
    """The judge of a slice; making one takes as long as some thousand rows."""
    where = Slice(model, varied, dict(values))
    if in_floats(model, concept):
        return _SampledTableJudge(where, concept, outcome) if isinstance(concept, PureNash) else SampledTreeJudge(where, outcome)
    if _laws_are_polynomials(model) or not isinstance(concept, PureSubgamePerfect):
        decider(where, concept, outcome)  # refuses, with the remedy, what signs do not decide
    return _OneByOne()


def in_floats(model: Model, concept: Concept) -> bool:
    """Whether floats settle nearly every row, thousands at once: pure Nash in tables, subgame perfection in trees (unless a
    probability divides by a parameter)."""
    if isinstance(model.form, NormalForm):
        return isinstance(concept, PureNash)
    return isinstance(concept, PureSubgamePerfect) and len(model.players) <= MOST_PLAYERS and _laws_are_polynomials(model)


def _laws_are_polynomials(model: Model) -> bool:
    """Whether all chance probabilities are polynomials in the parameters (or there is no chance)."""
    return model.laws is None or all(is_polynomial(one) for law in model.laws.amounts for one in law)


def _common_slice(model: Model, samples: NDArray[np.float64], at: Mapping[str, Any] | None) -> Slice:
    """The slice in which the samples lie: parameters with one value in all of them are fixed there, ties and all."""
    values, varied = model.parameters.read(at), []
    given = {parameter_name(one) for one in at or ()}
    for column, (label, parameter) in enumerate(model.parameters.items()):
        if label in given or parameter.low == parameter.high:
            continue
        first = float(samples[0, column]) if len(samples) else 0.0
        if len(samples) and (samples[:, column] == first).all():
            values[label] = exact(first)
        else:
            varied.append(label)
    return Slice(model, tuple(varied), values)


Booleans = NDArray[np.bool_]


class _SampleJudge(Protocol):
    def judge(self, block: NDArray[np.float64]) -> tuple[Booleans, Booleans, Booleans]:
        """For each row: whether some equilibrium has the outcome, whether some has not, whether floats could not settle it."""


class _OneByOne:
    """Nothing is settled in floats: every row is decided exactly."""

    def judge(self, block: NDArray[np.float64]) -> tuple[Booleans, Booleans, Booleans]:
        nothing = np.zeros(len(block), dtype=bool)
        return nothing, nothing, ~nothing


class _SampledTableJudge:
    """Signs of the distinct gains, then one compiled pass over the plays for each sample."""

    def __init__(self, where: Slice, concept: PureNash, outcome: Outcome) -> None:
        from strategy.sensitivity.deciding.at_samples_kernel import SignTable

        gains = gains_of(where.model)
        self.polynomials = Polynomials(where, [where.restrict(form) for form in gains.forms])
        self.table = SignTable(gains, outcome.mask, concept.undominated)

    def judge(self, block: NDArray[np.float64]) -> tuple[Booleans, Booleans, Booleans]:
        return self.table.found(self.polynomials(block), self.polynomials.margin)


def _codes(hit: Booleans, miss: Booleans) -> NDArray[np.int8]:
    every, some, no, none = (_CODE[one] for one in (Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS))
    return np.where(hit, np.where(miss, some, every), np.where(miss, no, none)).astype(np.int8)
