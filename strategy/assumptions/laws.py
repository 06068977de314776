"""Chance probabilities that are expressions in the parameters.

Proved to be probabilities over the whole range box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from strategy.assumptions.amounts import Quotient, as_written, evaluate, read_amount
from strategy.assumptions.bernstein import bounds
from strategy.errors import ModelError
from strategy.forms.extensive import ExtensiveForm, exact_laws
from strategy.polynomials import Polynomial
from strategy.texts import number_text

if TYPE_CHECKING:
    from sympy.polys.rings import PolyRing

__all__ = ["Laws", "point_words", "require_nonzero", "signed_denominator"]


@attrs.frozen(init=False, eq=False)
class Laws:
    """The laws of a form's chance moves, numbered as in the form.

    One tuple of read amounts a law.
    """

    amounts: tuple[tuple[Any, ...], ...]
    constant: tuple[tuple[Fraction, ...], ...] | None

    def __init__(
        self,
        form: ExtensiveForm,
        expressions: Sequence[Sequence[Any]],
        ring: PolyRing,
        box: Sequence[tuple[Fraction, Fraction]],
    ) -> None:
        read = []
        for number, law in enumerate(expressions):
            amounts = tuple([read_amount(one, ring) for one in law])
            if any(hasattr(one, "free_symbols") for one in law):
                _require_law(law, amounts, _title(form, number), ring, box)
            read.append(amounts)
        varies = any(hasattr(one, "free_symbols") for law in expressions for one in law)
        middle = [(low + high) / 2 for low, high in box]
        # Laws of numbers are checked here; those of expressions have been proved already
        # and pass.
        values = exact_laws(form, [[evaluate(one, middle) for one in law] for law in read])
        self.__attrs_init__(tuple(read), None if varies else values)

    @property
    def polynomial(self) -> bool:
        """Whether all probabilities are polynomials in the parameters."""
        return not any(isinstance(one, Quotient) for law in self.amounts for one in law)

    @property
    def moved_by(self) -> frozenset[int]:
        """The numbers of the parameters that a probability depends on."""
        return frozenset(
            [
                i
                for law in self.amounts
                for one in law
                for part in (
                    (one.numer, one.denom) if isinstance(one, Quotient) else (one,)
                )
                for i in part.used
            ]
        )

    def at(self, values: Mapping[str, Fraction]) -> tuple[tuple[Fraction, ...], ...]:
        """The probabilities at parameter values by name."""
        if self.constant is not None:
            return self.constant
        point = list(values.values())
        return tuple([tuple([evaluate(one, point) for one in law]) for law in self.amounts])


def _title(form: ExtensiveForm, number: int) -> str:
    return next(
        (
            f"chance move {title!r}"
            for node, title in form.chance_names.items()
            if form.law[node] == number
        ),
        "a chance move",
    )


def _require_law(
    law: Sequence[Any],
    amounts: tuple[Any, ...],
    title: str,
    ring: PolyRing,
    box: Sequence[tuple[Fraction, Fraction]],
) -> None:
    for one, amount in zip(law, amounts, strict=True):
        if isinstance(amount, Polynomial):
            numerator = amount
        elif isinstance(amount, Quotient):
            require_nonzero(amount.denom, ring.symbols, box, f"{title}: probability {one}")
            positive = amount.denom.at([low for low, _ in box]) > 0
            numerator = amount.numer if positive else -amount.numer
        else:
            raise ModelError(
                f"{title}: probability {one} is neither a polynomial nor a quotient of "
                "two: write it as one, with a parameter for the rest"
            )
        sign = bounds(numerator, box)
        if sign.below is not None:
            value = evaluate(amount, sign.below)
            raise ModelError(
                f"{title}: probability {one} is {number_text(value)} at "
                f"{point_words(ring.symbols, sign.below, numerator)}: it must lie from 0 "
                "to 1 over the whole ranges of its parameters, so narrow them or rewrite "
                "it"
            )
        if sign.kind not in ("nonnegative", "positive"):
            raise ModelError(
                f"{title}: probability {one} cannot be shown to be non-negative over the "
                "ranges of its parameters: narrow them, or write it so that it shows, "
                "such as q and 1 - q with a parameter q from 0 to 1"
            )
    total = read_amount(sum(law), ring)
    if total != Polynomial.constant(1, len(box)):
        raise ModelError(
            f"{title}: probabilities {', '.join(map(str, law))} sum to "
            f"{as_written(total, ring.symbols)}, not to 1 for all parameter values: write "
            "the last one as 1 minus the others"
        )


def require_nonzero(
    denominator: Polynomial,
    symbols: Sequence[Any],
    box: Sequence[tuple[Fraction, Fraction]],
    what: str,
) -> None:
    """Raise ModelError unless a denominator is proved to vanish nowhere on the range box.

    ``what`` names the amount.
    """
    sign = bounds(denominator, box)
    if sign.has_no_zero():
        return
    shown = as_written(denominator, symbols)
    if sign.zero is not None:
        problem = f"is zero at {point_words(symbols, sign.zero, denominator)}"
    elif sign.above is not None and sign.below is not None:
        above, below = (
            point_words(symbols, point, denominator) for point in (sign.above, sign.below)
        )
        problem = (
            f"is positive at {above} and negative at {below}, so zero somewhere in between"
        )
    else:
        problem = "cannot be shown to be nonzero over the ranges"
    raise ModelError(
        f"{what} divides by {shown}, which {problem}: narrow the ranges, or rewrite the "
        "amount"
    )


def signed_denominator(denominator: Polynomial, point: Sequence[Fraction]) -> Polynomial:
    """A denominator without zeros on the box, turned so that it is positive there.

    ``point`` is any point of the box.
    """
    return denominator if denominator.at(point) > 0 else -denominator


def point_words(symbols: Sequence[Any], point: Sequence[Fraction], poly: Polynomial) -> str:
    """The parameters that ``poly`` depends on, with their values at a point.

    ``ring``: of the model's polynomials.
    """
    return (
        ", ".join([f"{symbols[i]} = {number_text(point[i])}" for i in poly.used])
        or "every point"
    )
