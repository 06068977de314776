"""A player's distinct payoffs as polynomials.

Sums of amounts, over one positive denominator.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from strategy.assumptions.amounts import Quotient
from strategy.assumptions.laws import signed_denominator
from strategy.errors import ModelError
from strategy.polynomials import Polynomial

if TYPE_CHECKING:
    from strategy.assumptions.payoffs import Signatures
    from strategy.assumptions.terms import Term

__all__ = ["payoff_polynomials"]


def payoff_polynomials(
    found: Signatures,
    terms: Sequence[Term],
    amounts: Sequence[Any],
    box: Sequence[tuple[Fraction, Fraction]],
) -> tuple[tuple[Polynomial, ...], Polynomial]:
    """The payoffs of a player's signatures times a common denominator, and that.

    The denominator is positive over the ranges.

    ``amounts``: of all the model's ``terms``; ``box``: the range of each parameter;
    ``found``: the signatures.
    """
    common = Polynomial.constant(1, len(box))
    for i in found.terms:
        amount = amounts[i]
        if isinstance(amount, Quotient):
            common = common.with_factors_of(amount.denom)
        elif not isinstance(amount, Polynomial):
            term = terms[i]
            raise ModelError(
                f"term {term.name!r}: its amount {term.amount} is neither a polynomial "
                f"nor a quotient of two, so payoffs of {term.player} are not rational "
                "functions of the parameters: solve at chosen values with game(at=...), "
                "or make the nonlinear part a parameter of its own"
            )
    if common.used:
        common = signed_denominator(common, [low for low, _ in box])
    whole = [_times(amounts[i], common) for i in found.terms]
    nothing = Polynomial.constant(0, len(box))
    sums = [sum([whole[i] for i in row.nonzero()[0]], nothing) for row in found.matrix]
    return tuple(sums), common


def _times(amount: Polynomial | Quotient, common: Polynomial) -> Polynomial:
    if isinstance(amount, Quotient):
        return amount.numer * common.without_factors_of(amount.denom)
    return amount * common
