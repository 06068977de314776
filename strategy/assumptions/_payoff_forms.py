"""A player's distinct payoffs as polynomials.

Sums of amounts, over one positive denominator.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from strategy.assumptions.laws import signed_denominator
from strategy.assumptions.polynomials import is_polynomial, is_quotient
from strategy.errors import ModelError

if TYPE_CHECKING:
    from sympy.polys.rings import PolyElement, PolyRing

    from strategy.assumptions.payoffs import Signatures
    from strategy.assumptions.terms import Term

__all__ = ["payoff_forms"]


def payoff_forms(
    found: Signatures,
    terms: Sequence[Term],
    amounts: Sequence[Any],
    ring: PolyRing,
    box: Sequence[tuple[Fraction, Fraction]],
) -> tuple[tuple[PolyElement, ...], PolyElement]:
    """The payoffs of a player's signatures times a common denominator, and that.

    The denominator is positive over the ranges.

    ``amounts``: of all the model's ``terms``, read in ``ring``; ``box``: the range of each
    parameter. ``found``: the signatures.
    """
    common = ring.one
    for i in found.terms:
        amount = amounts[i]
        if is_quotient(amount):
            common = common.lcm(amount.denom)
        elif not is_polynomial(amount):
            term = terms[i]
            raise ModelError(
                f"term {term.name!r}: its amount {term.amount} is neither a "
                "polynomial nor a quotient of two, so payoffs of "
                f"{term.player} are not rational functions of the parameters: solve at "
                "chosen values with game(at=...), or make the nonlinear part a parameter "
                "of its own"
            )
    if common != 1:
        common = signed_denominator(common, [low for low, _ in box])
    whole = [_times(amounts[i], common) for i in found.terms]
    sums = []
    for row in found.matrix:
        total = ring.zero
        for i in row.nonzero()[0]:
            total = total + whole[i]
        sums.append(total)
    return tuple(sums), common


def _times(amount: Any, common: PolyElement) -> PolyElement:
    if is_quotient(amount):
        return amount.numer * common.exquo(amount.denom)
    return amount * common
