"""Verdicts at many parameter samples at once, in floats with a proved margin; what the margin leaves open is decided exactly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.gains import gains_of
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import parameter_name
from strategy.concepts.pure_nash import PureNash
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect
from strategy.exact import exact
from strategy.executors import map_threads
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.normal import NormalForm
from strategy.sensitivity._faces import decider
from strategy.sensitivity._slices import Form, Signs, Slice
from strategy.sensitivity.verdicts import Verdict, the_outcome

__all__ = ["BLOCK", "ORDER", "classify", "in_floats"]

ORDER = (Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS, Verdict.UNKNOWN)
"""The verdicts in the order of their codes in arrays."""
_CODE = {one: code for code, one in enumerate(ORDER)}
BLOCK = 2**14
"""Rows taken at a time."""


def classify(
    model: Model,
    concept: Any,
    outcome: str | Outcome,
    samples: NDArray[np.float64],
    at: Mapping[str, Any] | None = None,
    *,
    exactly: bool = True,
) -> tuple[NDArray[np.int8], int]:
    """The verdict at every row of parameter values (in the order of the model's parameters): codes into ``ORDER``, and how many
    rows had to be decided again exactly (if not ``exactly``, they are left UNKNOWN). Parameters in ``at`` have these values,
    whatever their column says."""
    chosen = the_outcome(model, outcome)
    where = _common_slice(model, samples, at)
    judge = _judge(model, concept, chosen, where.varied, tuple(where.values.items()))
    codes = np.empty(len(samples), dtype=np.int8)

    def decide(start: int) -> NDArray[np.int64]:
        found, doubtful = judge.judge(samples[start : start + BLOCK])
        codes[start : start + len(found)] = found
        return start + np.flatnonzero(doubtful)

    doubtful = [int(i) for rows in map_threads(decide, range(0, len(samples), BLOCK)) for i in rows]
    if not exactly:
        codes[doubtful] = _CODE[Verdict.UNKNOWN]
        return codes, len(doubtful)
    varied = [(column, label) for column, label in enumerate(model.parameters) if label in where.varied]
    for i in doubtful:
        values = {**where.values, **{label: exact(float(samples[i, column])) for column, label in varied}}
        here = decider(Slice(model, (), values), concept, chosen)
        codes[i] = _CODE[here.found(Signs(())).verdict]
    return codes, len(doubtful)


@lru_cache(maxsize=16)
def _judge(model: Model, concept: Any, outcome: Outcome, varied: tuple[str, ...], values: tuple[tuple[str, Any], ...]) -> _Judge:
    """The judge of a slice; making one takes as long as some thousand rows."""
    where = Slice(model, varied, dict(values))
    if in_floats(model, concept):
        return _TableJudge(where, concept, outcome) if isinstance(model.form, NormalForm) else _TreeJudge(where, outcome)
    decider(where, concept, outcome)  # refuses, with the remedy, what signs do not decide
    return _OneByOne()


def in_floats(model: Model, concept: Any) -> bool:
    """Whether floats settle nearly every row, thousands at once: pure Nash in tables, subgame perfection in trees without chance.
    Then what is played in an equilibrium is certain, and an outcome has probability 0 or 1 in each."""
    if isinstance(model.form, NormalForm):
        return isinstance(concept, PureNash)
    return isinstance(concept, PureSubgamePerfect) and not len(model.form.laws)


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


class _Judge(Protocol):
    def judge(self, block: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        """Codes, and which rows floating point could not settle."""


class _OneByOne:
    """Nothing is settled in floats: every row is decided exactly."""

    def judge(self, block: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        return np.zeros(len(block), dtype=np.int8), np.ones(len(block), dtype=bool)


class _Polynomials:
    """Polynomials at many points, with a bound on what rounding (of the inputs and every step) can do to each of them.

    ``forms`` are restricted to a slice, so that what is zero or equal on all of it is known to be so: the zero form has a
    negative
    margin and is never in doubt.
    """

    def __init__(self, where: Slice, forms: list[Form]) -> None:
        labels = list(where.model.parameters)
        self.columns = [labels.index(one) for one in where.varied]
        places: dict[tuple[int, ...], int] = {}
        entries = [
            (row, places.setdefault(powers, len(places)), value) for row, form in enumerate(forms) for powers, value in form
        ]
        self.table = np.zeros((len(forms), len(places)))
        for row, place, value in entries:
            self.table[row, place] = float(value)
        self.powers = [[(i, power) for i, power in enumerate(powers) if power] for powers in places]
        ranges = [where.model.parameters[one] for one in where.varied]
        largest = [max(abs(float(one.low)), abs(float(one.high))) for one in ranges]
        sizes = np.array([float(np.prod([largest[i] ** power for i, power in row])) for row in self.powers])
        degree = max((sum(power for _, power in row) for row in self.powers), default=0)
        self.margin = (np.abs(self.table) @ sizes) * (len(self.powers) + 4 * degree + 8) * 2.0**-52
        self.margin[[not form for form in forms]] = -1
        self.affine = self._affine() if degree <= 1 else None

    def __call__(self, block: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values, shape (rows, polynomials)."""
        varied = block if len(self.columns) == block.shape[1] else block[:, self.columns]
        if self.affine is not None:
            values: NDArray[np.float64] = varied @ self.affine[0] + self.affine[1]
            return values
        columns = np.ones((len(block), len(self.powers)))
        for column, row in enumerate(self.powers):
            for i, power in row:
                columns[:, column] *= varied[:, i] if power == 1 else varied[:, i] ** power
        return np.asarray(columns @ self.table.T)

    def _affine(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        slopes, constant = np.zeros((len(self.columns), len(self.table))), np.zeros(len(self.table))
        for column, row in zip(self.table.T, self.powers, strict=True):
            if row:
                slopes[row[0][0]] = column
            else:
                constant[:] = column
        return slopes, constant


class _TableJudge:
    """Signs of the distinct gains, then one compiled pass over the plays for each sample."""

    def __init__(self, where: Slice, concept: PureNash, outcome: Outcome) -> None:
        from strategy.sensitivity._classifying_kernel import Table

        gains = gains_of(where.model)
        self.polynomials = _Polynomials(where, [where.restrict(form) for form in gains.forms])
        self.table = Table(gains, outcome.mask, concept.undominated)

    def judge(self, block: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        hit, miss, doubtful = self.table.found(self.polynomials(block), self.polynomials.margin)
        return _codes(hit, miss), doubtful


def _codes(hit: NDArray[np.bool_], miss: NDArray[np.bool_]) -> NDArray[np.int8]:
    every, some, no, none = (_CODE[one] for one in (Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS))
    return np.where(hit, np.where(miss, some, every), np.where(miss, no, none)).astype(np.int8)


class _TreeJudge:
    """Backward induction over whole blocks of samples, for trees without chance: which leaves are played, a bit a sample."""

    def __init__(self, where: Slice, outcome: Outcome) -> None:
        model = where.model
        assert isinstance(model.form, ExtensiveForm)
        self.form, self.mask = model.form, outcome.mask
        self.numbers, self.polynomials = [], []
        for player in model.players:
            number, polynomials = model.payoff_polynomials(player)
            forms = [where.restrict(one) for one in polynomials]
            # Equal payoffs under different signatures are one polynomial, so that ties by construction stay ties in floats.
            distinct = list(dict.fromkeys(forms))
            self.numbers.append(np.array([distinct.index(one) for one in forms])[number])
            self.polynomials.append(_Polynomials(where, distinct))

    def judge(self, block: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        form = self.form
        worth = [polynomials(block) for polynomials in self.polynomials]
        doubtful = np.zeros(len(block), dtype=bool)
        for values, polynomials in zip(worth, self.polynomials, strict=True):
            gaps = np.diff(np.sort(values, axis=1), axis=1)
            doubtful |= (gaps <= 2 * polynomials.margin.max(initial=0)).any(axis=1)
        # For each node its candidates: (values key for all players, outcome) -> (a play that stands for it, where it is played).
        found: list[dict[tuple[int, ...], tuple[int, NDArray[np.bool_]]]] = [{} for _ in range(form.node_count)]
        everywhere = np.ones(len(block), dtype=bool)
        mover, first = form.mover.tolist(), form.first.tolist()
        for node in range(form.node_count - 1, -1, -1):
            who = mover[node]
            if who == -2:
                play = int(form.leaf_number[node])
                key = (*[int(number[play]) for number in self.numbers], int(self.mask[play]))
                found[node] = {key: (play, everywhere)}
                continue
            values, number = worth[who], self.numbers[who]
            bar = np.full(len(block), -np.inf)
            children = range(first[node], first[node + 1])
            for child in children:
                least = np.full(len(block), np.inf)
                for play, where in found[child].values():
                    np.minimum(least, np.where(where, values[:, number[play]], np.inf), out=least)
                np.maximum(bar, least, out=bar)
            kept: dict[tuple[int, ...], tuple[int, NDArray[np.bool_]]] = {}
            for child in children:
                for key, (play, where) in found[child].items():
                    stays = where & (values[:, number[play]] >= bar)
                    if key in kept:
                        stays |= kept[key][1]
                    if stays.any():
                        kept[key] = (play, stays)
                found[child] = {}
            found[node] = kept
        hit, miss = np.zeros(len(block), dtype=bool), np.zeros(len(block), dtype=bool)
        for play, where in found[0].values():
            if self.mask[play]:
                hit |= where
            else:
                miss |= where
        return _codes(hit, miss), doubtful
