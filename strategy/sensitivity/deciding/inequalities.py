"""Exact inequalities between assumptions.

Read from polynomials and their signs, without those that others imply.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from strategy.display import joined
from strategy.linear.inequality import Inequality
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.slices import Slice

__all__ = ["Needed", "bend", "implied", "irredundant", "ranges_of", "read"]

Ranges = Mapping[str, tuple[Fraction, Fraction]]


class Needed(NamedTuple):
    """A polynomial, the sign that it must have, whether it must not be zero.

    Who turns to what if it has another sign, and whether that ends the equilibrium for
    sure.
    """

    poly: Polynomial
    sign: int
    strict: bool
    player: str | None = None
    to: str | None = None
    necessary: bool = False


def ranges_of(where: Slice) -> Ranges:
    """The range of each parameter that varies on a slice.

    ``where``: the slice.
    """
    known = where.model.parameters
    return {label: (known[label].low, known[label].high) for label in where.varied}


def read(poly: Polynomial, sign: int, strict: bool, varied: tuple[str, ...]) -> Inequality:
    """sign * poly > 0, or >= 0, of an affine polynomial.

    ``strict``: whether it is the former; ``varied``: the names of the parameters.
    """
    parts = [
        (varied[powers.index(1)], sign * value)
        for powers, value in poly.terms
        if any(powers)
    ]
    return Inequality(tuple(parts), -sign * poly.number, strict)


def bend(poly: Polynomial, varied: tuple[str, ...]) -> tuple[str, str] | None:
    """What keeps a polynomial from being affine, and what to hold so that it is, in words.

    It is None if the polynomial is affine. ``varied``: the names of the parameters.
    """
    powers = next((powers for powers, _ in poly.terms if sum(powers) > 1), None)
    if powers is None:
        return None
    names = [label for label, power in zip(varied, powers, strict=True) if power]
    what = " times ".join(names) if len(names) > 1 else f"a power of {names[0]}"
    return what, joined(names[1:] or names)


def irredundant(found: list[Inequality], box: Ranges) -> Iterator[Inequality]:
    """Those that the ranges, alone or with one of the others, do not imply.

    ``found``: the inequalities; ``box``: the ranges.
    """
    nothing = Inequality((), Fraction(-1), False)
    kept = [one for one in found if not implied(one, nothing, box)]
    for one in list(kept):
        others = [other for other in kept if other is not one]
        if any(implied(one, other, box) for other in others):
            kept = others
    yield from kept


def implied(one: Inequality, other: Inequality, box: Ranges) -> bool:
    """Whether the first inequality follows from the second over the box.

    The difference of the two sides can only be greater in the first than in the second.
    ``one``, ``other``: the inequalities.
    """
    difference = dict(one.coefficients)
    for name, value in other.coefficients:
        difference[name] = difference.get(name, Fraction(0)) - value
    least = sum(
        (value * box[name][0 if value > 0 else 1] for name, value in difference.items()),
        Fraction(0),
    )
    margin = least + other.bound - one.bound if other.coefficients else least - one.bound
    return margin > 0 or (margin == 0 and (other.strict or not one.strict))
