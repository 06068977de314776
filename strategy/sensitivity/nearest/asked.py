"""What a verdict hangs on where some parameters move.

The polynomials that decide it, as planes, and a judge of their signs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.display import joined, number
from strategy.errors import ParameterError
from strategy.polynomials import Polynomial
from strategy.protocols import Concept
from strategy.sensitivity.deciding.deciders import decider
from strategy.sensitivity.deciding.judges import ALL, MINUS, PLUS, ZERO
from strategy.sensitivity.deciding.protocol import Decider
from strategy.sensitivity.deciding.slices import Slice, known_parameter
from strategy.sensitivity.deciding.verdicts import the_outcome
from strategy.sensitivity.nearest.moves import Moves, Norm
from strategy.sensitivity.nearest.planes import Planes
from strategy.sensitivity.nearest.products import Products

__all__ = [
    "Asked",
    "chance_parameters",
    "held_for_chance",
    "held_words",
    "limited",
    "moving",
    "planes_over",
]


@attrs.frozen(eq=False)
class Asked:
    """Which verdict is asked about where some parameters move, and what decides it there."""

    outcome: Outcome
    where: Slice
    decide: Decider

    @classmethod
    def of(
        cls,
        model: Model,
        concept: Concept,
        outcome: str | Outcome,
        at: Mapping[str, Any] | None,
        vary: Sequence[str] | None,
        hold: Sequence[str] | None,
    ) -> Asked:
        """Read what is asked: which parameters move, and what decides there.

        ``model``, ``concept``, ``outcome``, ``at``, ``vary`` and ``hold`` as ``radius``
        takes them. Raises RefusalError, with the remedy, where it cannot be answered
        exactly.
        """
        chosen = the_outcome(model, outcome)
        where = Slice(model, moving(model, vary, hold), model.parameters.read(at))
        return cls(chosen, where, decider(where, concept, chosen))

    @property
    def varied(self) -> tuple[str, ...]:
        """The parameters that move."""
        return self.where.varied

    @property
    def starts(self) -> list[Fraction]:
        """Where they start."""
        return [self.where.values[label] for label in self.varied]

    @property
    def ranges(self) -> list[tuple[Fraction, Fraction]]:
        """Where they may be."""
        return [
            (one.low, one.high)
            for one in map(self.where.model.parameters.__getitem__, self.varied)
        ]

    def limits(
        self, within: Sequence[tuple[Polynomial, bool]]
    ) -> list[tuple[Polynomial, bool]]:
        """Limits as polynomials in what moves.

        ``within``: (amount, whether strictly above 0).
        """
        return [
            (one if one.count == len(self.varied) else self.where.restrict(one), strict)
            for one, strict in within
        ]


def planes_over(products: Products, costs: Sequence[Fraction], norm: Norm) -> Planes:
    """Planes in shares of the ranges of parameters, with a cost each.

    They are planes in products of parameters too, which cost nothing. ``costs``: of each
    parameter; ``norm``: "sum" or "max".
    """
    places = list(zip(products.ranges, products.start, products.spans, strict=True))
    low, high = [
        tuple([(span[k] - start) / long for span, start, long in places]) for k in (0, 1)
    ]
    return Planes(
        products, Moves(low, high, (*costs, *[Fraction(0)] * len(products.factors)), norm)
    )


def limited(
    planes: Planes, limits: Sequence[tuple[Polynomial, bool]]
) -> dict[int, int] | None:
    """The signs that polynomials may have inside limits; None if there is none inside.

    ``planes``: the polynomials.
    """
    found: dict[int, int] = {}
    for poly, strict in limits:
        plain, turn = poly.canonical()
        if not poly.used:
            if turn < 0 or (strict and turn == 0):
                return None
            continue
        number = planes.number(plain)
        signs = (PLUS if turn > 0 else MINUS) | (0 if strict else ZERO)
        found[number] = found.get(number, ALL) & signs & planes.widest[number]
        if not found[number]:
            return None
    return found


def moving(
    model: Model, vary: Sequence[str] | None, hold: Sequence[str] | None
) -> tuple[str, ...]:
    """The parameters that may move, in the model's order.

    ``vary``: only these; ``hold``: not these.
    """
    for option, given in (("vary", vary), ("hold", hold)):
        if isinstance(given, str):
            raise ParameterError(
                f"{option}={given!r}: give a list of parameter names, such as "
                f"{option}=[{given!r}]"
            )
    asked = None if vary is None else {known_parameter(model, one) for one in vary}
    held = {known_parameter(model, one) for one in hold or ()} | model.held
    free = [
        label
        for label in model.parameters
        if label not in held and (asked is None or label in asked)
    ]
    return tuple(
        [
            label
            for label in free
            if model.parameters[label].low < model.parameters[label].high
        ]
    )


def chance_parameters(model: Model) -> tuple[str, ...]:
    """The parameters of ``model`` with a range that probabilities of chance depend on."""
    moved = model.laws.moved_by if model.laws is not None else ()
    return tuple(
        [
            label
            for i, (label, one) in enumerate(model.parameters.items())
            if i in moved and one.low < one.high
        ]
    )


def held_for_chance(
    model: Model,
    at: Mapping[str, Any] | None,
    vary: Sequence[str] | None,
    hold: Sequence[str] | None,
) -> Mapping[str, Fraction]:
    """What is held though nobody asked for it, with the values.

    Probabilities that moved would make gains products of what moves. ``model``: the model;
    ``at``, ``vary``, ``hold``: as ``radius`` takes them.
    """
    asked = {
        known_parameter(model, one) for one in (*(vary or ()), *(hold or ()))
    } | model.held
    values = model.parameters.read(at)
    return {
        label: values[label] for label in chance_parameters(model) if label not in asked
    }


def held_words(model: Model, held: Mapping[str, Fraction]) -> tuple[str, ...]:
    """Which parameters were held and why, as a sentence; nothing where none was.

    ``model``: what calls them by their labels.
    """
    if not held:
        return ()
    listed = joined(
        [f"{model.label(label)} at {number(value)}" for label, value in held.items()]
    )
    depends = "them" if len(held) > 1 else "it"
    return (f"Held, as probabilities of chance depend on {depends}: {listed}.",)
