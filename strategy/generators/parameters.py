"""Parameter values of a model inside its ranges.

Baselines first, then ends and short decimals, then anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from strategy.assumptions.model import Model
from strategy.assumptions.parameters import Parameter, parameter_name
from strategy.errors import ParameterError
from strategy.names import ordered, unknown

__all__ = ["parameter_values", "values_within"]

_FINE = 4  # digits beyond those of the short decimals


def parameter_values(
    model: Model, *, at: Mapping[str, Any] | None = None, vary: Iterable[str] | None = None
) -> st.SearchStrategy[dict[str, Fraction]]:
    """Values of all parameters of a model, each inside its range.

    As ``model.game(at=)`` takes them.

    ``at`` fixes some; ``vary`` names those that are drawn, all others staying at their
    baselines. Left out, all are drawn that ``at`` does not fix, except those that
    ``with_claims_wrong`` has set. A counter-example shrinks to as many baselines as it can
    have, then to ends of ranges and numbers of few digits. Raises ParameterError on an
    unknown name, a fixed value outside its range, and a parameter both fixed and varied.
    """
    fixed = model.parameters.read(at)
    given = {parameter_name(label) for label in at or ()}
    drawn = [
        label
        for label in model.parameters
        if label not in given and label not in model.held
    ]
    if vary is not None:
        if isinstance(vary, str):
            raise ParameterError(
                f"vary={vary!r} is a single string: give a tuple of names, such as "
                f"({vary!r},)"
            )
        drawn = [parameter_name(label) for label in ordered(vary, "vary", ParameterError)]
        for label in drawn:
            if label not in model.parameters:
                raise ParameterError(unknown(label, model.parameters, "parameter"))
            if label in given:
                raise ParameterError(
                    f"parameter {label!r} is both fixed by at= and named in vary=: leave "
                    "it out of one"
                )
    each = [
        values_within(model.parameters[label]) if label in drawn else st.just(value)
        for label, value in fixed.items()
    ]
    return st.tuples(*each).map(lambda values: dict(zip(fixed, values, strict=True)))


def values_within(parameter: Parameter) -> st.SearchStrategy[Fraction]:
    """One value inside a parameter's range.

    The baseline, an end, zero, a number of few digits, or (a third of them) anything.

    Each is a choice of its own, and numbers are listed from the baseline outwards, so that
    shrinking finds the simplest that will do.
    """
    middle = parameter.baseline
    low = parameter.low
    high = parameter.high
    if low == high:
        return st.just(middle)
    ends = [
        one
        for one in dict.fromkeys((low, high, Fraction(0)))
        if low <= one <= high and one != middle
    ]
    unit = _unit(low, high)
    lists = []
    for step in (10 * unit, unit):
        up = _between(middle, high, step)
        down = _between(low, middle, step)[::-1]
        lists += [st.sampled_from(line) for line in (up, down) if line]
    fine = unit / 10**_FINE
    anything = st.integers(-((middle - low) // fine), (high - middle) // fine).map(
        lambda steps: middle + steps * fine
    )
    simple: list[st.SearchStrategy[Fraction]] = [
        st.just(middle),
        *map(st.just, ends),
        *lists,
    ]
    return st.one_of(*simple, *[anything] * (len(simple) // 2))


def _unit(low: Fraction, high: Fraction) -> Fraction:
    """The power of ten of which a range holds ten to a hundred."""
    width = high - low
    power = math.floor(math.log10(width.numerator) - math.log10(width.denominator)) - 1
    return Fraction(10) ** power


def _between(low: Fraction, high: Fraction, step: Fraction) -> list[Fraction]:
    """The multiples of a step strictly between two numbers, increasing."""
    return [step * k for k in range(math.floor(low / step) + 1, math.ceil(high / step))]
