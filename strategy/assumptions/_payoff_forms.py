"""A player's distinct payoffs as polynomials: sums of amounts, over one positive denominator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from strategy.assumptions.laws import signed_denominator
from strategy.assumptions.polynomials import is_polynomial, is_quotient
from strategy.errors import ModelError

if TYPE_CHECKING:
    from sympy.polys.rings import PolyElement

    from strategy.assumptions.model import Model

__all__ = ["payoff_forms"]


def payoff_forms(model: Model, player: str) -> tuple[tuple[PolyElement, ...], PolyElement]:
    """The payoff of each signature of a player times a common denominator, positive over the ranges, and that denominator."""
    found = model.signatures[player]
    common = model.ring.one
    for i in found.terms:
        amount = model.amounts[i]
        if is_quotient(amount):
            common = common.lcm(amount.denom)
        elif not is_polynomial(amount):
            term = model.terms[i]
            raise ModelError(
                f"term {term.name!r}: its amount {term.amount} is neither a polynomial nor a quotient of two, so payoffs of "
                f"{player} have no "
                "polynomial form: solve at chosen values with game(at=...), or give the bent part a parameter of its own"
            )
    if common != 1:
        common = signed_denominator(common, [low for low, _ in model.parameters.box])
    amounts = [_times(model.amounts[i], common) for i in found.terms]
    sums = []
    for row in found.matrix:
        total = model.ring.zero
        for i in row.nonzero()[0]:
            total = total + amounts[i]
        sums.append(total)
    return tuple(sums), common


def _times(amount: Any, common: PolyElement) -> PolyElement:
    if is_quotient(amount):
        return amount.numer * common.exquo(amount.denom)
    return amount * common
