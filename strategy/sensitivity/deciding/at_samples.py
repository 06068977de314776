"""Verdicts at many parameter samples at once, in floats with a proved margin.

What the margin leaves open is decided exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import parameter_name
from strategy.exact import exact
from strategy.executors import map_threads
from strategy.protocols import Concept
from strategy.sensitivity.deciding.at_values import verdict
from strategy.sensitivity.deciding.deciders import decider, kind_of
from strategy.sensitivity.deciding.protocol import AtSamples, Booleans
from strategy.sensitivity.deciding.slices import Signs, Slice
from strategy.sensitivity.deciding.verdicts import Verdict, read_question

__all__ = ["BLOCK", "ORDER", "classify", "in_floats", "told_by_floats"]

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
    """The verdict at every row of parameter values, as codes into ``ORDER``.

    Under a concept that signs of gains do not decide every row is solved. The values are in
    the order of the model's parameters. And how many rows had to be
    decided again exactly (if not ``exactly``, they are left UNKNOWN). Parameters in ``at``
    have these values, whatever their column says. ``concept``, ``outcome``: what is asked
    about; ``samples``: the rows.
    """
    chosen = read_question(model, concept, outcome)
    where = _common_slice(model, samples, at)
    judge = _judge(model, concept, chosen, where.varied, tuple(where.values.items()))
    codes = np.empty(len(samples), dtype=np.int8)

    def decide(start: int) -> NDArray[np.int64]:
        deadline.check()
        hit, miss, doubtful = judge(samples[start : start + BLOCK])
        codes[start : start + len(hit)] = _codes(hit, miss)
        return start + np.flatnonzero(doubtful)

    doubtful = [
        int(i) for rows in map_threads(decide, range(0, len(samples), BLOCK)) for i in rows
    ]
    if not exactly:
        codes[doubtful] = _CODE[Verdict.UNKNOWN]
        return codes, len(doubtful)
    varied = [
        (column, label)
        for column, label in enumerate(model.parameters)
        if label in where.varied
    ]
    for i in doubtful:
        deadline.check()
        values = {
            **where.values,
            **{label: exact(float(samples[i, column])) for column, label in varied},
        }
        codes[i] = _CODE[_decided(model, concept, chosen, values)]
    return codes, len(doubtful)


def told_by_floats(
    model: Model, concept: Concept, outcome: str | Outcome, values: Mapping[str, Fraction]
) -> Verdict:
    """The verdict at one place, or UNKNOWN where floats do not tell.

    Whatever has a range counts as moving, so that one judge serves all places. ``model``,
    ``concept``, ``outcome``: what is asked about; ``values``: of all parameters.
    """
    row = np.array([[float(values[label]) for label in model.parameters]])
    if model.laws and any(
        exact(x) != values[label]
        for label, x in zip(model.parameters, row[0].tolist(), strict=True)
    ):
        # whether a probability is 0 is decided at the floats themselves
        return Verdict.UNKNOWN
    moving = tuple([label for label, one in model.parameters.items() if one.low < one.high])
    fixed = tuple(
        [(label, one.low) for label, one in model.parameters.items() if label not in moving]
    )
    hit, miss, doubtful = _judge(
        model, concept, read_question(model, concept, outcome), moving, fixed
    )(row)
    return Verdict.UNKNOWN if doubtful[0] else ORDER[_codes(hit, miss)[0]]


def _decided(
    model: Model, concept: Concept, outcome: Outcome, values: Mapping[str, Any]
) -> Verdict:
    """The verdict at one place, exactly."""
    solved = model.laws is not None and not model.laws.polynomial
    if solved or kind_of(model, concept) is None:
        return verdict(
            model, concept, outcome, at={label: values[label] for label in model.parameters}
        )
    return decider(Slice(model, (), values), concept, outcome).found(Signs(())).verdict


@lru_cache(maxsize=16)
def _judge(
    model: Model,
    concept: Concept,
    outcome: Outcome,
    varied: tuple[str, ...],
    values: tuple[tuple[str, Any], ...],
) -> AtSamples:
    """The judge of a slice; making one takes as long as some thousand rows."""
    if in_floats(model, concept):
        return decider(Slice(model, varied, dict(values)), concept, outcome).at_samples()
    return _one_by_one


def in_floats(model: Model, concept: Concept) -> bool:
    """Whether floats settle nearly every row, thousands at once.

    Pure Nash in tables, subgame perfection in trees (unless a probability divides by a
    parameter). Asked of a ``model`` and a ``concept``.
    """
    kind = kind_of(model, concept)
    return kind is not None and kind.in_floats(model)


def _common_slice(
    model: Model, samples: NDArray[np.float64], at: Mapping[str, Any] | None
) -> Slice:
    """The slice in which the samples lie.

    Parameters with one value in all of them are fixed there, ties and all.
    """
    values, varied = model.parameters.read(at), []
    given = {parameter_name(one) for one in at or ()}
    same = (samples == samples[:1]).all(axis=0) & (len(samples) > 0)
    for column, (label, parameter) in enumerate(model.parameters.items()):
        if label in given or parameter.low == parameter.high:
            continue
        if same[column]:
            values[label] = exact(float(samples[0, column]))
        else:
            varied.append(label)
    return Slice(model, tuple(varied), values)


def _one_by_one(block: NDArray[np.float64]) -> tuple[Booleans, Booleans, Booleans]:
    """Nothing is settled in floats: every row is decided exactly."""
    nothing = np.zeros(len(block), dtype=bool)
    return nothing, nothing, ~nothing


def _codes(hit: Booleans, miss: Booleans) -> NDArray[np.int8]:
    every, some, no, none = (
        _CODE[one] for one in (Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS)
    )
    return np.where(hit, np.where(miss, some, every), np.where(miss, no, none)).astype(
        np.int8
    )
