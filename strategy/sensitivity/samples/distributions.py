"""How assumptions may be spread over their ranges.

Uniform, triangular, PERT, and rank correlations between them.

These are assumptions about assumptions: a model has ranges, and whoever asks how often
something happens must say how the values lie in them.
"""

from __future__ import annotations

import abc
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.assumptions.parameters import Parameter, parameter_name
from strategy.display import joined, number
from strategy.errors import ParameterError
from strategy.exact import exact
from strategy.executors import require_memory
from strategy.names import unknown
from strategy.sensitivity.samples.shares import uniform

__all__ = [
    "Distribution",
    "Joint",
    "Pert",
    "Triangular",
    "Uniform",
    "read_correlations",
    "read_distributions",
]

Floats = NDArray[np.float64]


@attrs.frozen
class Distribution(abc.ABC):
    """How the values of one parameter lie between its low and its high.

    The mode, where there is one, is the baseline.
    """

    @abc.abstractmethod
    def quantile(self, unit: Floats, one: Parameter) -> Floats:
        """The values below which these shares of the probability lie.

        The inverse of the distribution function. ``unit``: the shares; ``one``: the
        parameter.
        """

    @abc.abstractmethod
    def __str__(self) -> str:
        """Its name, as it is also given on the command line."""


@attrs.frozen
class Uniform(Distribution):
    """All values between low and high alike."""

    def quantile(self, unit: Floats, one: Parameter) -> Floats:
        """The value of the parameter ``one`` at each quantile in ``unit``, between 0 and 1."""
        low, high = float(one.low), float(one.high)
        return low + unit * (high - low)

    def __str__(self) -> str:
        return "uniform"


@attrs.frozen
class Triangular(Distribution):
    """The density rises from low to the baseline and falls from there to high.

    It does so in straight lines.
    """

    def quantile(self, unit: Floats, one: Parameter) -> Floats:
        """The value of the parameter ``one`` at each quantile in ``unit``, between 0 and 1."""
        low = float(one.low)
        mode = float(one.baseline)
        high = float(one.high)
        below = (mode - low) * (high - low)
        above = (high - mode) * (high - low)
        rising = low + np.sqrt(unit * below)
        falling = high - np.sqrt((1 - unit) * above)
        return np.where(unit * (high - low) < mode - low, rising, falling)

    def __str__(self) -> str:
        return "triangular"


@attrs.frozen
class Pert(Distribution):
    """A beta distribution from low to high whose mode is the baseline.

    A greater ``shape`` crowds it around the mode.

    Malcolm, Roseboom, Clark and Fazar, Application of a Technique for Research and
    Development Program Evaluation, Operations Research 7 (1959); ``shape`` 4 is theirs.
    """

    shape: float = attrs.field(default=4.0, validator=attrs.validators.gt(0.0))

    def quantile(self, unit: Floats, one: Parameter) -> Floats:
        """The value of the parameter ``one`` at each quantile in ``unit``, between 0 and 1."""
        from scipy.special import betaincinv

        low = float(one.low)
        mode = float(one.baseline)
        high = float(one.high)
        a = 1 + self.shape * (mode - low) / (high - low)
        b = 1 + self.shape * (high - mode) / (high - low)
        return np.asarray(low + (high - low) * betaincinv(a, b, unit))

    def __str__(self) -> str:
        return "pert" if self.shape == 4 else f"pert of shape {self.shape:g}"


_KINDS: dict[str, Distribution] = {
    "uniform": Uniform(),
    "triangular": Triangular(),
    "pert": Pert(),
}

Distributions = Distribution | str | Mapping[str | None, Distribution | str]
"""One for all parameters; or by name of the parameter, with None for all that are not named
(uniform if that is left out)."""
Correlations = Mapping[tuple[str, str], Any]
"""Spearman's rank correlation of pairs of parameters, each between -1 and 1; pairs left out
have none."""


@attrs.frozen(eq=False)
class Joint:
    """The joint distribution of a model's parameters.

    ``varied``: the names of those that vary, in order; ``marginals``: what each of them
    follows; ``correlations``: of the ranks of two, (name, name) -> number; ``fixed``: the
    values of the others.

    Correlation is by a Gaussian copula, which keeps each parameter's own distribution:
    Nelsen, An Introduction to Copulas (2nd ed. 2006), sections 2.3 and 5.1.
    """

    model: Model
    varied: tuple[str, ...]
    marginals: tuple[Distribution, ...]
    correlations: Mapping[tuple[str, str], float]
    fixed: Mapping[str, Any]

    @classmethod
    def of(
        cls,
        model: Model,
        distribution: Distributions = "uniform",
        correlation: Correlations | None = None,
        at: Mapping[str, Any] | None = None,
    ) -> Joint:
        """Read and check what is given.

        Parameters in ``at``, those with one value only and those that ``with_claims_wrong``
        has set do not vary. Raises ParameterError, with the remedy. ``model``: whose
        parameters; ``distribution`` and ``correlation`` as ``drivers`` takes them.
        """
        values = model.parameters.read(at)
        given = {parameter_name(one) for one in at or ()} | model.held
        varied = tuple(
            [
                label
                for label, one in model.parameters.items()
                if label not in given and one.low < one.high
            ]
        )
        fixed = {label: value for label, value in values.items() if label not in varied}
        result = cls(
            model,
            varied,
            _marginals(model, varied, distribution),
            _pairs(model, varied, correlation or {}),
            fixed,
        )
        result.root()  # checks that the correlations fit together
        return result

    @property
    def independent(self) -> bool:
        """Whether no two parameters are correlated."""
        return not any(self.correlations.values())

    def root(self) -> Floats:
        """A lower triangular matrix, a root of a correlation matrix.

        Its product with its transpose is the correlation of the normal variables under the
        copula: Spearman's rho is 6/pi arcsin(r/2) there, so r = 2 sin(pi rho / 6).
        """
        matrix = np.eye(len(self.varied))
        for (a, b), rho in self.correlations.items():
            i, j = self.varied.index(a), self.varied.index(b)
            matrix[i, j] = matrix[j, i] = 2 * np.sin(np.pi * rho / 6)
        least = float(np.linalg.eigvalsh(matrix)[0]) if len(matrix) else 0.0
        if least < -1e-9:
            raise ParameterError(
                f"no distribution has the correlations {self.pairs()} together (the least "
                f"eigenvalue of their matrix is {least:.3g}, below 0): make them smaller, "
                "or leave one out"
            )
        return _cholesky(matrix)

    def pairs(self) -> str:
        """The correlations in words."""
        label = self.model.label
        return joined(
            [
                f"{label(a)}, {label(b)} = {rho:g}"
                for (a, b), rho in self.correlations.items()
            ]
        )

    def words(self) -> str:
        """What is assumed, in words: "uniform over the ranges, independent"."""
        kinds: dict[str, list[str]] = {}
        for label, one in zip(self.varied, self.marginals, strict=True):
            kinds.setdefault(str(one), []).append(self.model.label(label))
        most = max(kinds, key=lambda kind: len(kinds[kind]), default="uniform")
        others = [
            f"{joined(labels)} {kind}" for kind, labels in kinds.items() if kind != most
        ]
        said = f"{most} over the ranges" + (f", {joined(others)}" if others else "")
        apart = (
            "independent" if self.independent else f"with rank correlations {self.pairs()}"
        )
        return f"{said}, {apart}"

    def draw(self, samples: int, seed: Any, start: int = 0) -> Floats:
        """Rows of values of all the model's parameters, from row ``start`` on.

        ``samples``: how many rows. Row i depends on the ``seed`` and i alone; uniform and
        independent ones are those of ``sampling.draw``.
        """
        labels = list(self.model.parameters)
        require_memory(
            24 * samples * max(1, len(self.model.parameters)),
            f"a table of {samples:,} samples",
            "draw fewer samples",
        )
        unit = uniform(
            seed, np.zeros(len(labels)), np.ones(len(labels)), start, start + samples
        )
        return self.rows(unit[:, [labels.index(one) for one in self.varied]])

    def rows(self, unit: Floats) -> Floats:
        """Values of all the model's parameters for uniform numbers between 0 and 1.

        These are independent, a column for each that varies: any design of points in the
        unit cube becomes one of this distribution.
        """
        if not self.independent:
            unit = self._correlated(unit)
        values = np.empty((len(unit), len(self.model.parameters)))
        marginals = dict(
            zip(self.varied, zip(unit.T, self.marginals, strict=True), strict=True)
        )
        for column, (label, parameter) in enumerate(self.model.parameters.items()):
            if label not in marginals:
                values[:, column] = float(self.fixed[label])
                continue
            shares, one = marginals[label]
            np.clip(
                one.quantile(shares, parameter),
                float(parameter.low),
                float(parameter.high),
                out=values[:, column],
            )
        return values

    def _correlated(self, unit: Floats) -> Floats:
        """Uniform numbers with the correlations, from independent ones."""
        from scipy.special import ndtr, ndtri

        moved = [
            i
            for i, label in enumerate(self.varied)
            if any(label in pair for pair in self.correlations)
        ]
        root = self.root()[np.ix_(moved, moved)]
        inside = np.clip(unit[:, moved], np.finfo(float).tiny, 1 - 2.0**-53)
        result = unit.copy()
        result[:, moved] = ndtr(ndtri(inside) @ root.T)
        return result


def _marginals(
    model: Model, varied: tuple[str, ...], given: Distributions
) -> tuple[Distribution, ...]:
    if not isinstance(given, Mapping):
        return (_kind(given),) * len(varied)
    rest = _kind(given.get(None, Uniform()))
    named = {
        _known(model, varied, label): _kind(one)
        for label, one in given.items()
        if label is not None
    }
    return tuple([named.get(label, rest) for label in varied])


def _kind(given: Distribution | str) -> Distribution:
    if isinstance(given, Distribution):
        return given
    if given not in _KINDS:
        raise ParameterError(unknown(given, _KINDS, "distribution"))
    return _KINDS[given]


def _known(model: Model, varied: tuple[str, ...], given: str) -> str:
    _ = model.parameters[given]  # an unknown name: an error with the nearest one
    label = parameter_name(given)
    if label not in varied:
        raise ParameterError(
            f"parameter {label!r} has one value here, so it follows no distribution: "
            "leave it out, or let it vary"
        )
    return label


def _pairs(
    model: Model, varied: tuple[str, ...], given: Mapping[Any, Any]
) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for pair, value in given.items():
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise ParameterError(
                f"correlation of {pair!r}: expected a pair of names, such as ('leverage', "
                "'commitment')"
            )
        a, b = [_known(model, varied, one) for one in pair]
        if a == b:
            raise ParameterError(
                f"correlation of {a!r} with itself: expected two different parameters"
            )
        if (a, b) in found or (b, a) in found:
            raise ParameterError(
                f"the correlation of {a!r} and {b!r} comes twice: give it once"
            )
        rho = exact(value, f"correlation of {a} and {b}")
        if not -1 <= rho <= 1:
            raise ParameterError(
                f"the correlation {number(rho)} of {a!r} and {b!r}: expected a number "
                "from -1 to 1"
            )
        found[a, b] = float(rho)
    return found


def _cholesky(matrix: Floats) -> Floats:
    """Cholesky's factor of a positive semidefinite matrix.

    A column of zeros where nothing is left to explain.
    """
    root = np.zeros_like(matrix)
    for j in range(len(matrix)):
        left = matrix[j:, j] - root[j:, :j] @ root[j, :j]
        if left[0] > 1e-12:
            root[j:, j] = left / np.sqrt(left[0])
    return root


def read_distributions(words: Iterable[str]) -> Mapping[str | None, Distribution | str]:
    """From a command line: "pert" for all parameters, "leverage=triangular" for one.

    ``words``: such texts.
    """
    found: dict[str | None, Distribution | str] = {}
    for one in words:
        label, equals, kind = one.rpartition("=")
        key = label.strip() if equals else None
        if key in found:
            raise ParameterError(
                f"{one!r}: {f'{key!r} has' if equals else 'the other parameters have'} a "
                "distribution already"
            )
        _kind(kind.strip())
        found[key] = kind.strip()
    return found


def read_correlations(words: Iterable[str]) -> dict[tuple[str, str], str]:
    """From a command line: "leverage,commitment=0.5".

    ``words``: such texts.
    """
    found: dict[tuple[str, str], str] = {}
    for one in words:
        pair, equals, value = one.rpartition("=")
        names = [label.strip() for label in pair.split(",")]
        if not equals or len(names) != 2 or not all(names) or not value.strip():
            raise ParameterError(
                f"{one!r}: expected NAME,NAME=NUMBER, such as leverage,commitment=0.5"
            )
        if (names[0], names[1]) in found:
            raise ParameterError(
                f"the correlation of {names[0]!r} and {names[1]!r} comes twice: give it "
                "once"
            )
        found[names[0], names[1]] = value.strip()
    return found
