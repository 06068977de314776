"""Shares of the range box by verdict: many parameter samples at once, classified in floats with a proved margin.

A sample's floats stand for their shortest decimals. Signs that floating point cannot prove are decided again exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Protocol

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.polynomials import monomial_table
from strategy.concepts.pure_nash import PureNash
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect
from strategy.display import text_table
from strategy.errors import RefusalError, StrategyError
from strategy.exact import exact
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.normal import NormalForm
from strategy.sensitivity._faces import TableDecider, decider
from strategy.sensitivity._slices import Signs, Slice
from strategy.sensitivity.verdicts import Verdict, the_outcome

__all__ = ["ORDER", "Shares", "classify", "draw", "shares"]

ORDER = (Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS, Verdict.UNKNOWN)
"""The verdicts in the order of their codes in arrays."""
_CODE = {one: code for code, one in enumerate(ORDER)}
_BLOCK = 2**14


@attrs.frozen(eq=False)
class Shares:
    """How many samples of the range box have which verdict. ``redone``: samples decided again in exact arithmetic."""

    model: Model
    concept: Any
    outcome: str
    counts: Mapping[Verdict, int]
    samples: int
    seed: int | None
    redone: int

    def share(self, verdict: Verdict) -> float:
        """The share of samples with a verdict."""
        return self.counts.get(verdict, 0) / self.samples

    def __str__(self) -> str:
        rows = [[str(one), f"{count:,}", f"{self.share(one):.2%}"] for one, count in self.counts.items() if count]
        head = f"{self.outcome!r} over the range box of {self.model.name}, {self.concept}: {self.samples:,} uniform samples, seed {self.seed}"
        return f"{head}\n{text_table(['the outcome holds', 'samples', 'share'], rows, right=[1, 2])}"


def draw(model: Model, samples: int, seed: int | None = None, at: Mapping[str, Any] | None = None) -> NDArray[np.float64]:
    """Uniform samples of the range box: (samples, parameters). Row i depends on the seed and i alone. ``at`` fixes parameters."""
    if samples < 1:
        raise StrategyError(f"samples={samples}: expected at least 1")
    root = np.random.SeedSequence(seed)
    low = np.array([float(one.low) for one in model.parameters.values()])
    high = np.array([float(one.high) for one in model.parameters.values()])
    result = np.empty((samples, len(low)))
    blocks = range(0, samples, _BLOCK)
    for child, start in zip(root.spawn(len(blocks)), blocks, strict=True):
        part = np.random.default_rng(child).random((min(_BLOCK, samples - start), len(low)))
        np.clip(low + part * (high - low), low, high, out=result[start : start + len(part)])
    fixed = model.parameters.read(at)
    for column, label in enumerate(model.parameters):
        if at and label in at:
            result[:, column] = float(fixed[label])
    return result


def shares(
    model: Model,
    concept: Any,
    outcome: str | Outcome,
    samples: int = 100_000,
    seed: int | None = 0,
    at: Mapping[str, Any] | None = None,
) -> Shares:
    """The shares of uniform samples of the range box with each verdict. ``at`` fixes parameters instead of drawing them."""
    codes, redone = classify(model, concept, outcome, draw(model, samples, seed, at))
    counts = np.bincount(codes, minlength=len(ORDER))
    named = {one: int(count) for one, count in zip(ORDER, counts, strict=True)}
    return Shares(model, concept, the_outcome(model, outcome).name, named, samples, seed, redone)


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
    redone = 0
    for start in range(0, len(samples), _BLOCK):
        block = samples[start : start + _BLOCK]
        found, doubtful = judge.judge(block)
        for i in np.flatnonzero(doubtful):
            found[i] = _exactly(model, concept, chosen, block[i])
        redone += int(doubtful.sum())
        codes[start : start + len(block)] = found
    return codes, redone


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
        self.margin = (np.abs(self.table) @ sizes) * (len(self.powers) + 4 * degree + 8) * 2.0**-52

    def __call__(self, block: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values, shape (rows, polynomials)."""
        columns = np.ones((len(block), len(self.powers)))
        for column, row in enumerate(self.powers):
            for i, power in row:
                columns[:, column] *= block[:, i] if power == 1 else block[:, i] ** power
        return columns @ self.table.T


class _TableJudge:
    """Signs of the distinct gains; each pattern of signs is looked at once."""

    def __init__(self, model: Model, concept: PureNash, outcome: Outcome) -> None:
        self.concept, self.outcome = concept, outcome
        self.gains = TableDecider(Slice.of(model, (), None), concept, outcome).gains
        self.polynomials = _Polynomials(model, self.gains.forms)
        self.known: dict[bytes, int] = {}

    def judge(self, block: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        values = self.polynomials(block)
        doubtful = (np.abs(values) <= self.polynomials.margin).any(axis=1)
        positive = values > 0
        packed = np.packbits(positive, axis=1)
        packed = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8)))
        keys = packed.view(np.uint64) if packed.shape[1] else np.zeros((len(block), 1), dtype=np.uint64)
        if keys.shape[1] == 1:
            _, firsts, inverse = np.unique(keys[:, 0], return_index=True, return_inverse=True)
        else:
            _, firsts, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
        names = [keys[i].tobytes() for i in firsts]
        new = [i for i, key in zip(firsts, names, strict=True) if key not in self.known]
        for start in range(0, len(new), 1024):
            rows = new[start : start + 1024]
            signs = np.where(positive[rows], 1, -1).astype(np.int8)
            for i, code in zip(rows, self._codes(signs), strict=True):
                self.known[keys[i].tobytes()] = int(code)
        codes = np.array([self.known[key] for key in names], dtype=np.int8)
        return codes[inverse.reshape(-1)], doubtful

    def _codes(self, signs: NDArray[np.int8]) -> NDArray[np.int8]:
        stable = self.gains.stable(signs, undominated=self.concept.undominated)
        mask = self.outcome.mask
        return _codes(stable[:, mask].any(axis=1), stable[:, ~mask].any(axis=1))


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
