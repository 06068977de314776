"""Where a check is made.

The ranges of the parameters that move, as far as ``given`` limits them, and a point to
start from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.amounts import read_amount
from strategy.assumptions.checks import Given
from strategy.assumptions.model import Model
from strategy.assumptions.parameters import Parameter, Parameters
from strategy.errors import RefusalError
from strategy.linear.systems import LinearSystem, SystemProof
from strategy.polynomials import Polynomial
from strategy.sensitivity.analyses.claims_put_wrong import fixed_values
from strategy.sensitivity.deciding.inequalities import read

__all__ = ["Range", "Values", "common_point", "require_moving", "then"]

Values = dict[str, Fraction]


@attrs.frozen(eq=False)
class Range:
    """Where a check is made.

    ``model``: the model with its ranges narrowed to where the check is made; ``moving``:
    the parameters that move; ``base``: the baseline, or the values asked about, moved as
    little as the narrowed ranges need; ``limits``: what else must hold.
    """

    model: Model
    moving: tuple[str, ...]
    base: Values
    limits: tuple[tuple[Polynomial, bool], ...]
    joint: bool
    """Whether a limit speaks of several parameters, so that what is left is not a box."""

    @classmethod
    def of(
        cls, model: Model, given: tuple[Given, ...], at: Mapping[str, Any] | None
    ) -> Range:
        """Narrow the ranges.

        ``model``: whose ranges; ``given``: the limits; ``at``: values that are fixed.

        Raises RefusalError where nothing is left, or a limit is not a polynomial.
        """
        fixed, limits = fixed_values(model, at), []
        found = {
            label: _fixed(one, fixed[label]) if label in fixed else one
            for label, one in model.parameters.items()
        }
        joint = False
        for one in given:
            amount = read_amount(one.amount, model.ring)
            if not isinstance(amount, Polynomial):
                raise RefusalError(
                    f"given {model.in_words(one.text)}: expected polynomials in the "
                    "parameters"
                )
            limits.append((amount, one.strict))
            label = _only(amount, model)
            if label is None:
                joint = True
            else:
                found[label] = _narrowed(found[label], amount, one, model, label)
        narrow = Parameters(found)
        inner = (
            model if narrow == model.parameters else attrs.evolve(model, parameters=narrow)
        )
        if limits:
            _require_some(inner, limits, given)
        moving = tuple([label for label, one in narrow.items() if one.low < one.high])
        found_range = cls(inner, moving, narrow.read(), tuple(limits), joint)
        if not moving and not found_range.inside(found_range.base):
            raise RefusalError(f"{_nowhere(model, given)}, with all parameters given")
        return found_range

    def among(self, rows: NDArray[np.float64]) -> NDArray[np.bool_]:
        """At which of many values all limits hold, in floats: at their edges, too.

        ``rows``: the values.
        """
        found = np.ones(len(rows), dtype=np.bool_)
        for amount, _ in self.limits:
            value = np.zeros(len(rows))
            for powers, factor in amount.terms:
                value += float(factor) * np.prod(rows ** np.array(powers), axis=1)
            found &= value > -1e-9
        return found

    def bends(self, parameter: str) -> bool:
        """Whether limits leave a parameter's range dependent on the others.

        It also holds where they leave a range without one of its ends.
        """
        place = list(self.model.parameters).index(parameter)
        about = [(amount, strict) for amount, strict in self.limits if place in amount.used]
        return any(
            strict or _only(amount, self.model) != parameter for amount, strict in about
        )

    def inside(self, values: Mapping[str, Fraction]) -> bool:
        """Whether all limits hold.

        ``values``: of all parameters.
        """
        known = [values[label] for label in self.model.parameters]
        for amount, strict in self.limits:
            value = amount.at(known)
            if value < 0 or (strict and value == 0):
                return False
        return True


def _require_some(
    model: Model, limits: Sequence[tuple[Polynomial, bool]], given: tuple[Given, ...]
) -> None:
    """Refuse limits that no values meet together, as far as linear programmes tell.

    Of nowhere, anything could be said.
    """
    plain = [(amount, strict) for amount, strict in limits if amount.degree <= 1]
    if common_point(plain, model, model.parameters.read()) is None:
        raise RefusalError(_nowhere(model, given))


def common_point(
    rows: Sequence[tuple[Polynomial, bool]], model: Model, start: Mapping[str, Fraction]
) -> Values | None:
    """A point of the range box at which each affine polynomial is at least 0.

    Above 0, if strict. None: none exists, by an exact proof. ``rows``: the polynomials, and
    whether they are strict; ``model``: whose box; ``start``: a point of it, which is taken
    if it does.
    """
    labels = tuple(model.parameters)
    system = LinearSystem(
        tuple([read(poly, 1, strict, labels) for poly, strict in rows]),
        dict(zip(labels, model.parameters.box, strict=True)),
        start,
    )
    found = system.deepest(range(len(rows)))
    return None if isinstance(found, SystemProof) else dict(found)


def _nowhere(model: Model, given: tuple[Given, ...]) -> str:
    return (
        f"given {', '.join(model.in_words(one.text) for one in given)}: no values within "
        "the ranges meet this"
    )


def require_moving(parameters: Iterable[str], where: Range) -> None:
    """Refuse to raise what has one value.

    ``parameters``: those raised; ``where``: the ranges.
    """
    for one in parameters:
        if one not in where.moving:
            raise RefusalError(
                f"{where.model.label(one)} does not move; leave it out of the values given"
            )


def then(parameter: str) -> str:
    """The name that a parameter's second value has in checks that compare two."""
    return f"{parameter}, then"


def _fixed(one: Parameter, value: Fraction) -> Parameter:
    return attrs.evolve(one, baseline=value, low=value, high=value)


def _only(amount: Polynomial, model: Model) -> str | None:
    """The parameter of which alone a limit speaks, in the first power."""
    if amount.degree != 1 or len(amount.used) != 1:
        return None
    return list(model.parameters)[amount.used[0]]


def _narrowed(
    one: Parameter, amount: Polynomial, given: Given, model: Model, label: str
) -> Parameter:
    slope = amount.slope(amount.used[0]).number
    end = -amount.number / slope
    low, high = (
        (max(one.low, end), one.high) if slope > 0 else (one.low, min(one.high, end))
    )
    if low > high or (given.strict and low == high == end):
        known = (
            f"no value of {model.label(label)} within its range from {one.low} to "
            f"{one.high} meets it"
        )
        raise RefusalError(f"given {model.in_words(given.text)}: {known}")
    baseline = min(max(one.baseline, low), high)
    if given.strict and baseline == end:
        baseline = (low + high) / 2
    return attrs.evolve(one, low=low, high=high, baseline=baseline)
