"""What plays are worth to each player on a slice, as forms.

And the least and the greatest of some at a place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from strategy.errors import ModelError
from strategy.sensitivity.deciding.slices import Form, Slice, add, canonical

__all__ = ["extreme", "payoffs_along"]


def extreme(forms: Sequence[Form], signs: Callable[[Form], int], way: int) -> Form:
    """The largest (way 1) or smallest (way -1) of some forms at a place.

    ``signs``: form -> sign.
    """
    best = forms[0]
    for one in forms[1:]:
        difference, turn = canonical(add(one, best, -1))
        if turn and way * turn * signs(difference) > 0:
            best = one
    return best


def payoffs_along(where: Slice, player: str) -> list[Form] | None:
    """What each play pays a player on a slice; None where it is not a polynomial there."""
    model = where.model
    try:
        numbers, polynomials = model.payoff_polynomials(player)
        below = where.restrict(model.payoff_denominator(player))
    except ModelError:
        return None
    if len(below) != 1 or any(below[0][0]):
        return None
    scale = 1 / below[0][1]
    forms = [
        tuple([(key, value * scale) for key, value in where.restrict(one)])
        for one in polynomials
    ]
    return [forms[i] for i in numbers.tolist()]
