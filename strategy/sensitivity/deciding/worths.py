"""What plays are worth to each player on a slice, as polynomials.

The least and the greatest of some at a place are found here too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from strategy.errors import ModelError
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.slices import Slice

__all__ = ["extreme", "payoffs_along"]


def extreme(
    polys: Sequence[Polynomial], signs: Callable[[Polynomial], int], way: int
) -> Polynomial:
    """The largest (way 1) or smallest (way -1) of some polynomials at a place.

    ``signs``: polynomial -> sign.
    """
    best = polys[0]
    for one in polys[1:]:
        difference, turn = (one - best).canonical()
        if turn and way * turn * signs(difference) > 0:
            best = one
    return best


def payoffs_along(where: Slice, player: str) -> list[Polynomial] | None:
    """What each play pays a player on a slice; None where it is not a polynomial there."""
    model = where.model
    try:
        numbers, polynomials = model.payoff_polynomials(player)
        below = where.restrict(model.payoff_denominator(player))
    except ModelError:
        return None
    if below.used:
        return None
    worths = [where.restrict(one) * (1 / below.number) for one in polynomials]
    return [worths[i] for i in numbers.tolist()]
