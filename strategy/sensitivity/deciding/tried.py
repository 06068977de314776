"""A range along which signs of gains do not decide the verdict.

No payoff moves there, or single values are all that is tried.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from strategy.assumptions.gains import gains_of
from strategy.assumptions.outcomes import Outcome
from strategy.concepts.invariances import Invariance
from strategy.polynomials import Polynomial
from strategy.protocols import Concept
from strategy.sensitivity.deciding.at_values import verdict
from strategy.sensitivity.deciding.slices import Slice
from strategy.sensitivity.deciding.verdicts import Verdict

__all__ = ["Tried", "changes", "stretches", "tried", "unmoved"]

Tried = tuple[tuple[Fraction, Verdict], ...]
"""Values of one parameter, increasing, each with the verdict there."""
_EQUAL = 8
_HALVED = 7


def unmoved(where: Slice, concept: Concept) -> bool:
    """Whether no equilibrium can move along a slice.

    No payoff and no chance does, or, in a table, no gain from any deviation, for concepts
    that do not see what is added to a player's payoffs whatever that player does.
    ``where``: the slice; ``concept``: whose equilibria.
    """
    model, still = where.model, True
    for player in model.players:
        _, payoffs = model.payoff_polynomials(player)
        scale = _shape(where, model.payoff_denominator(player))
        still = still and all(_still(where, one, scale) for one in payoffs)
    if model.form.chance and model.laws is not None:
        amounts = [one for law in model.laws.amounts for one in law]
        still = still and all(
            isinstance(one, Polynomial) and not where.restrict(one).used for one in amounts
        )
    if still or model.form.is_tree:
        return still
    return Invariance.OPPONENT_CONSTANTS in getattr(
        concept, "invariances", ()
    ) and _gains_stay(where)


def _gains_stay(where: Slice) -> bool:
    gains = gains_of(where.model)
    for player, table in zip(where.model.players, gains.tables, strict=True):
        scale = _shape(where, where.model.payoff_denominator(player))
        used = [gains.polynomials[k - 1] for k in np.unique(np.abs(table)).tolist() if k]
        if not all(_still(where, gain, scale) for gain in used):
            return False
    return True


def _shape(where: Slice, amount: Polynomial) -> Polynomial:
    """An amount up to its scale: amounts of one shape have a quotient that does not move."""
    return where.restrict(amount).canonical()[0]


def _still(where: Slice, amount: Polynomial, scale: Polynomial) -> bool:
    shape = _shape(where, amount)
    return not shape or shape == scale


def tried(where: Slice, concept: Concept, outcome: Outcome) -> Tried:
    """The verdict at equally spaced values of the one parameter that varies.

    Closer values are tried too where it differs from one to the next. ``concept``,
    ``outcome``: what is asked about.
    """
    (label,) = where.varied
    low = where.model.parameters[label].low
    high = where.model.parameters[label].high
    known: dict[Fraction, Verdict] = {}

    def ask(value: Fraction) -> Verdict:
        if value not in known:
            known[value] = verdict(
                where.model, concept, outcome, at={**where.values, label: value}
            )
        return known[value]

    for a, b in itertools.pairwise(
        [low + (high - low) * Fraction(i, _EQUAL) for i in range(_EQUAL + 1)]
    ):
        for _ in range(_HALVED):
            if ask(a) is ask(b):
                break
            middle = (a + b) / 2
            a, b = (middle, b) if ask(middle) is ask(a) else (a, middle)
    return tuple(sorted(known.items()))


def stretches(sampled: Tried) -> Iterator[Tried]:
    """The values tried in runs of neighbours with one verdict.

    ``sampled``: (value, verdict), in order.
    """
    for _, run in itertools.groupby(sampled, key=lambda pair: pair[1]):
        yield tuple(run)


def changes(sampled: Tried) -> tuple[tuple[Fraction, Fraction], ...]:
    """Neighbours with different verdicts, both settled.

    Somewhere from the first to the second, ends included, it changes. ``sampled``: (value,
    verdict), in order.
    """
    return tuple(
        [
            (a, b)
            for (a, one), (b, other) in itertools.pairwise(sampled)
            if one is not other and Verdict.UNKNOWN not in (one, other)
        ]
    )
