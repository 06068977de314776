"""Designs: which parameter values a sweep takes.

Any rows can be made by themselves, so that work may be cut anywhere.

A value in a column stands for its shortest decimal.
"""

from __future__ import annotations

import abc
import hashlib
import math
import threading
import warnings
from collections.abc import Mapping
from fractions import Fraction
from numbers import Integral
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.assumptions.parameters import parameter_name
from strategy.errors import ParameterError, RefusalError, StrategyError
from strategy.exact import exact, require_plain, whole
from strategy.executors import counted
from strategy.names import keyed, ordered
from strategy.sensitivity.samples.permutation import permuted
from strategy.sensitivity.samples.shares import uniform
from strategy.texts import number_text, shown

__all__ = ["Design", "Grid", "LatinHypercube", "RangeBox", "SobolPoints", "UniformSamples"]

Floats = NDArray[np.float64]


@attrs.frozen(eq=False)
class RangeBox:
    """The parameters of a model for a design.

    The ranges as floats that lie inside, and the columns that do not vary.
    """

    labels: tuple[str, ...]
    low: Floats
    high: Floats
    fixed: Mapping[str, float]

    @classmethod
    def of(cls, model: Model, fixed: Mapping[str, Fraction]) -> RangeBox:
        """The ranges of a model, some parameters at exact values.

        ``fixed``: these, by name.

        Raises ParameterError where a range contains no float.
        """
        low, high = [], []
        for label, one in model.parameters.items():
            bottom = inner(one.low, np.inf)
            top = inner(one.high, -np.inf)
            if label not in fixed and bottom > top:
                raise ParameterError(
                    f"no float lies in the range of {label}, {one.low} to {one.high}: "
                    "widen it, or fix it with at="
                )
            low.append(bottom)
            high.append(top)
        return cls(
            tuple(model.parameters),
            np.array(low),
            np.array(high),
            {one: float(fixed[one]) for one in fixed},
        )

    @property
    def varied(self) -> NDArray[np.int64]:
        """The columns that vary."""
        return np.array(
            [i for i, label in enumerate(self.labels) if label not in self.fixed],
            dtype=np.int64,
        )

    def table(self, varied: Floats) -> Floats:
        """All columns, given those that vary.

        ``varied``: those.
        """
        result = np.empty((len(varied), len(self.labels)))
        result[:, self.varied] = varied
        return self.fix(result)

    def fix(self, table: Floats) -> Floats:
        """A table with the columns that do not vary set."""
        for column, label in enumerate(self.labels):
            if label in self.fixed:
                table[:, column] = self.fixed[label]
        return table


def inner(end: Fraction, inwards: float) -> float:
    """The float nearest to the end of a range whose shortest decimal is not outside.

    ``inwards``: infinity, with the sign of the way into the range.
    """
    value = float(end)
    while (exact(value) - end) * (1 if inwards > 0 else -1) < 0:
        value = float(np.nextafter(value, inwards))
    return value


class Design(abc.ABC):
    """Rows of parameter values.

    ``words`` says what they are; ``drawn``: whether they are a random sample, so that
    shares have an interval; ``repeats``: whether columns hold few distinct values.
    """

    words: str
    drawn = False
    repeats = False

    @property
    @abc.abstractmethod
    def samples(self) -> int:
        """How many rows."""

    def varied(self, model: Model, at: Mapping[str, Any]) -> tuple[str, ...]:
        """The parameters that vary: those of ``model`` without a value in ``at``.

        Raises ParameterError where that does not fit.
        """
        given = {parameter_name(label) for label in at} | model.held
        return tuple(
            [
                label
                for label, one in model.parameters.items()
                if label not in given and one.low < one.high
            ]
        )

    def part(self, start: int, stop: int) -> Design:
        """What a worker needs to make the rows from ``start`` to ``stop`` (not included)."""
        return self

    @abc.abstractmethod
    def rows(self, box: RangeBox, start: int, stop: int) -> Floats:
        """Rows ``start`` to ``stop`` (not included), a column a parameter of the model.

        ``box``: the range of each parameter. Returns floats of shape (rows, parameters).
        """

    @abc.abstractmethod
    def identity(self) -> dict[str, Any]:
        """What makes two designs the same, as plain data."""


_MOST_ROWS = 2**53 - 1
_MOST_POINTS = 10_000_000
"""Of a parameter's axis, which is kept whole."""


def _count(value: Any) -> int:
    return whole(value, "samples", 1, _MOST_ROWS)


def _seed(value: Any) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__") or value < 0:
        raise StrategyError(
            f"seed={shown(value)}: expected a non-negative integer, so that the sweep can "
            "be repeated"
        )
    return int(value.__index__())


@attrs.frozen
class _Seeded(Design):
    samples: int = attrs.field(converter=_count)
    seed: int = attrs.field(default=0, converter=_seed)

    def identity(self) -> dict[str, Any]:
        """Its kind, size and seed."""
        return {"design": self.words, "samples": self.samples, "seed": self.seed}


@attrs.frozen
class UniformSamples(_Seeded):
    """Independent uniform samples of the range box; those of ``draw`` with the same seed."""

    words = "uniform samples"
    drawn = True

    def rows(self, box: RangeBox, start: int, stop: int) -> Floats:
        """Rows ``start`` to ``stop``, each from its own place in a stream of its own block.

        ``box``: the range of each parameter.
        """
        return box.fix(uniform(self.seed, box.low, box.high, start, stop))


@attrs.frozen
class LatinHypercube(_Seeded):
    """A Latin hypercube of ``samples`` rows, drawn from ``seed``.

    Each range is cut into as many equal strata as there are samples, and each stratum is
    taken once: McKay, Beckman and Conover, "A comparison of three methods for selecting
    values of input variables", Technometrics 21 (1979).
    """

    words = "Latin hypercube samples"
    drawn = True

    def rows(self, box: RangeBox, start: int, stop: int) -> Floats:
        """Rows ``start`` to ``stop``, each at a uniform place in its stratum of ``box``.

        The stratum of each row is by a permutation that is evaluated, not stored.
        """
        columns = box.varied
        low, high = box.low[columns], box.high[columns]
        places = uniform(
            self.seed, np.zeros(len(columns)), np.ones(len(columns)), start, stop
        )
        for i in range(len(columns)):
            places[:, i] += permuted(self.samples, self.seed, i, start, stop)
        places /= self.samples
        return box.table(np.clip(low + places * (high - low), low, high))


@attrs.frozen
class SobolPoints(_Seeded):
    """A scrambled Sobol' sequence of ``samples`` points, with ``seed``.

    They fill the box more evenly than chance does; best with powers of two. Sobol', USSR
    Computational Mathematics and Mathematical Physics 7 (1967); scrambling: Owen, Journal
    of Complexity 14 (1998); by SciPy, with the directions of Joe and Kuo (2008).
    """

    words = "points of a scrambled Sobol' sequence"

    def varied(self, model: Model, at: Mapping[str, Any]) -> tuple[str, ...]:
        """The parameters of ``model`` that vary: those without a value in ``at``.

        Raises StrategyError beyond the 2^30 points that 30 bits tell apart.
        """
        if self.samples > 2**30:
            raise StrategyError(
                f"samples={counted(self.samples)}: a Sobol' sequence has 2^30 points "
                "here; take uniform samples"
            )
        return super().varied(model, at)

    def rows(self, box: RangeBox, start: int, stop: int) -> Floats:
        """Rows ``start`` to ``stop`` of the sequence, over the ranges in ``box``.

        It is followed from where this thread has left it, or from its beginning.
        """
        columns = box.varied
        if not len(columns):
            return box.table(np.empty((stop - start, 0)))
        low, high = box.low[columns], box.high[columns]
        return box.table(
            np.clip(
                low + _followed(len(columns), self.seed, start, stop) * (high - low),
                low,
                high,
            )
        )


_sequences = threading.local()


def _followed(columns: int, seed: int, start: int, stop: int) -> Floats:
    from scipy.stats import qmc

    known: Any
    sequence: Any
    known, sequence = getattr(_sequences, "last", (None, None))
    if known != (columns, seed) or sequence.num_generated > start:
        sequence = qmc.Sobol(columns, scramble=True, seed=np.random.default_rng(seed))
        _sequences.last = ((columns, seed), sequence)
    with warnings.catch_warnings():
        # numbers of points that are not a power of two are the user's choice
        warnings.simplefilter("ignore", UserWarning)
        if sequence.num_generated < start:
            sequence.fast_forward(start - sequence.num_generated)
        return np.asarray(sequence.random(stop - start))


@attrs.frozen(init=False)
class Grid(Design):
    """All combinations of points a parameter.

    ``Grid(russia_attention=11, leverage=(2, 5, "7.5"))``; the last varies fastest.

    A number n means n points spread evenly over the range, ends included. Parameters that
    are not named stay at their values.
    """

    points: Mapping[str, int | tuple[Fraction, ...]]
    words = "points of a grid"
    repeats = True

    def __init__(self, points: Mapping[str, Any] | None = None, /, **named: Any) -> None:
        chosen = keyed(
            {**(points or {}), **named}, "parameter", StrategyError, parameter_name
        )
        read = {label: _points(label, given) for label, given in chosen.items()}
        if not read:
            raise StrategyError(
                "the grid has no parameter: name one with its number of points, such as "
                "Grid(leverage=11)"
            )
        self.__attrs_init__(read)

    @property
    def samples(self) -> int:
        """The product of the numbers of points."""
        return math.prod(self.shape)

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of points of each parameter."""
        return tuple([_size(one) for one in self.points.values()])

    def varied(self, model: Model, at: Mapping[str, Any]) -> tuple[str, ...]:
        """The parameters of ``model`` that the grid names.

        Raises ParameterError on unknown ones, on points outside the range and on those in
        ``at``.
        """
        for label, given in self.points.items():
            one = model.parameters[label]
            if label in {parameter_name(name) for name in at}:
                raise ParameterError(
                    f"parameter {label!r} varies over the grid and is also given a value: "
                    "leave one out"
                )
            for value in given if isinstance(given, tuple) else ():
                if not one.low <= value <= one.high:
                    raise ParameterError(
                        f"grid point {label} = {value} is outside its range from "
                        f"{one.low} to {one.high}"
                    )
        return tuple([label for label in model.parameters if label in self.points])

    def rows(self, box: RangeBox, start: int, stop: int) -> Floats:
        """Rows ``start`` to ``stop``: row numbers written in the mixed base of the grid.

        ``box``: the range of each parameter.
        """
        table = np.empty((stop - start, len(box.labels)))
        number = np.arange(start, stop)
        for label, size in reversed(list(zip(self.points, self.shape, strict=True))):
            table[:, box.labels.index(label)] = self.axis(box, label)[number % size]
            number //= size
        return box.fix(table)

    def axis(self, box: RangeBox, label: str) -> Floats:
        """The points of the parameter ``label``, over its range in ``box``."""
        given, i = self.points[label], box.labels.index(label)
        if isinstance(given, tuple):
            return np.array([float(one) for one in given])
        low = exact(float(box.low[i]))
        high = exact(float(box.high[i]))
        spread = [float(low + (high - low) * k / max(given - 1, 1)) for k in range(given)]
        return np.clip(spread, box.low[i], box.high[i])

    def identity(self) -> dict[str, Any]:
        """The points."""
        points = [
            [label, one if isinstance(one, int) else [number_text(x) for x in one]]
            for label, one in self.points.items()
        ]
        return {"design": self.words, "samples": self.samples, "points": points}


def _size(points: int | tuple[Fraction, ...]) -> int:
    return points if isinstance(points, int) else len(points)


def _points(label: str, given: Any) -> int | tuple[Fraction, ...]:
    if isinstance(given, (str, bool)) or not (
        isinstance(given, Integral) or hasattr(given, "__iter__")
    ):
        raise StrategyError(
            f"grid {label}={given!r}: expected a number of points, or the points"
        )
    if isinstance(given, Integral):
        if given < 2:
            raise StrategyError(
                f"grid {label}={shown(given)}: expected at least 2 points; to fix a "
                "parameter use at="
            )
        return whole(given, f"grid {label}", 2, _MOST_POINTS)
    require_plain(given, f"grid of {label}")
    values = tuple(
        [
            exact(one, f"grid point of {label}")
            for one in ordered(given, f"grid of {label}", StrategyError)
        ]
    )
    if not values or len(set(values)) < len(values):
        raise StrategyError(
            f"grid {label}={given!r}: expected different points, at least one"
        )
    for one in values:
        if exact(float(one)) != one:
            raise RefusalError(
                f"grid point {label} = {one} is not a decimal that a column of floats "
                f"holds: give one, such as {float(one)!r}"
            )
    return values


def digest(array: NDArray[Any]) -> str:
    """A fingerprint of an array's contents."""
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()[:32]
