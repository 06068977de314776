"""Verdicts at many parameter samples at once, in floats with a proved margin; what the margin leaves open is decided exactly."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.polynomials import monomial_table
from strategy.concepts.pure_nash import PureNash
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect
from strategy.exact import exact
from strategy.executors import map_threads
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.normal import NormalForm
from strategy.sensitivity._faces import TableDecider, decider
from strategy.sensitivity._slices import Signs, Slice
from strategy.sensitivity.verdicts import Verdict, the_outcome

__all__ = ["BLOCK", "ORDER", "classify"]

ORDER = (Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS, Verdict.UNKNOWN)
"""The verdicts in the order of their codes in arrays."""
_CODE = {one: code for code, one in enumerate(ORDER)}
BLOCK = 2**14
"""Rows taken at a time."""


def classify(model: Model, concept: Any, outcome: str | Outcome, samples: NDArray[np.float64]) -> tuple[NDArray[np.int8], int]:
    """The verdict at every row of parameter values (in the order of the model's parameters): codes into ``ORDER``, and how many
    rows had to be decided again exactly."""
    chosen = the_outcome(model, outcome)
    if isinstance(concept, PureNash) and isinstance(model.form, NormalForm):
        judge: _Judge = _TableJudge(model, concept, chosen)
    elif isinstance(concept, PureSubgamePerfect) and isinstance(model.form, ExtensiveForm) and not len(model.form.laws):
        judge = _TreeJudge(model, chosen)
    else:
        decider(Slice.of(model, (), None), concept, chosen)  # refuses, with the remedy, what signs do not decide
        judge = _OneByOne()
    codes = np.empty(len(samples), dtype=np.int8)

    def decide(start: int) -> NDArray[np.int64]:
        found, doubtful = judge.judge(samples[start : start + BLOCK])
        codes[start : start + len(found)] = found
        return start + np.flatnonzero(doubtful)

    doubtful = [int(i) for rows in map_threads(decide, range(0, len(samples), BLOCK)) for i in rows]
    for i in doubtful:
        codes[i] = _exactly(model, concept, chosen, samples[i])
    return codes, len(doubtful)


def _exactly(model: Model, concept: Any, outcome: Outcome, row: NDArray[np.float64]) -> int:
    values = {label: exact(float(x)) for label, x in zip(model.parameters, row, strict=True)}
    here = decider(Slice(model, (), values), concept, outcome)
    return _CODE[here.found(Signs(())).verdict]


class _Judge(Protocol):
    def judge(self, block: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        """Codes, and which rows floating point could not settle."""


class _OneByOne:
    """Nothing is settled in floats: every row is decided exactly."""

    def judge(self, block: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        return np.zeros(len(block), dtype=np.int8), np.ones(len(block), dtype=bool)


class _Polynomials:
    """Polynomials at many points, with a bound on what rounding (of the inputs and of every step) can do to each of them."""

    def __init__(self, model: Model, polynomials: Any) -> None:
        exponents, self.table = monomial_table(polynomials, exact=False)
        self.powers = [[(i, int(power)) for i, power in enumerate(row) if power] for row in exponents]
        largest = np.array([max(abs(float(low)), abs(float(high))) for low, high in model.parameters.box])
        sizes = np.array([float(np.prod([largest[i] ** power for i, power in row])) for row in self.powers])
        degree = max((sum(power for _, power in row) for row in self.powers), default=0)
        self.affine = self._affine(len(largest)) if degree <= 1 else None
        self.margin = (np.abs(self.table) @ sizes) * (len(self.powers) + 4 * degree + 8) * 2.0**-52

    def __call__(self, block: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values, shape (rows, polynomials)."""
        if self.affine is not None:
            values: NDArray[np.float64] = block @ self.affine[0] + self.affine[1]
            return values
        columns = np.ones((len(block), len(self.powers)))
        for column, row in enumerate(self.powers):
            for i, power in row:
                columns[:, column] *= block[:, i] if power == 1 else block[:, i] ** power
        return np.asarray(columns @ self.table.T)

    def _affine(self, width: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        slopes, constant = np.zeros((width, len(self.table))), np.zeros(len(self.table))
        for column, row in zip(self.table.T, self.powers, strict=True):
            if row:
                slopes[row[0][0]] = column
            else:
                constant[:] = column
        return slopes, constant


class _TableJudge:
    """Signs of the distinct gains, then one compiled pass over the plays for each sample."""

    def __init__(self, model: Model, concept: PureNash, outcome: Outcome) -> None:
        from strategy.sensitivity._classifying_kernel import Table

        gains = TableDecider(Slice.of(model, (), None), concept, outcome).gains
        self.polynomials = _Polynomials(model, gains.forms)
        self.table = Table(gains, outcome.mask, concept.undominated)

    def judge(self, block: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        hit, miss, doubtful = self.table.found(self.polynomials(block), self.polynomials.margin)
        return _codes(hit, miss), doubtful


def _codes(hit: NDArray[np.bool_], miss: NDArray[np.bool_]) -> NDArray[np.int8]:
    every, some, no, none = (_CODE[one] for one in (Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS))
    return np.where(hit, np.where(miss, some, every), np.where(miss, no, none)).astype(np.int8)


class _TreeJudge:
    """Backward induction over whole blocks of samples, for trees without chance: which leaves are played, a bit a sample."""

    def __init__(self, model: Model, outcome: Outcome) -> None:
        assert isinstance(model.form, ExtensiveForm)
        self.form, self.mask = model.form, outcome.mask
        self.numbers, self.polynomials = [], []
        for player in model.players:
            number, forms = model.payoff_polynomials(player)
            # Equal payoffs under different signatures are one polynomial, so that ties by construction stay ties in floats.
            distinct = list(dict.fromkeys(forms))
            self.numbers.append(np.array([distinct.index(one) for one in forms])[number])
            self.polynomials.append(_Polynomials(model, distinct))

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
