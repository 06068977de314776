"""Shapley values of a worth that is sampled.

Shares of a total among those who bring it about together.

L. S. Shapley, "A value for n-person games", in: Contributions to the Theory of Games II
(1953). With many members, orders are drawn, each with its reverse (J. Castro, D. Gómez and
J. Tejada, "Polynomial calculation of the Shapley value based on sampling", Computers &
Operations Research 36, 2009).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

__all__ = ["Divided", "divide"]

Worth = Callable[[int], NDArray[np.bool_]]
"""From a set of members, as bits, to what it is worth at each sample: 1 or 0."""


@attrs.frozen(eq=False)
class Divided:
    """``shares`` of each member and their standard ``errors``.

    They add up to ``whole`` less ``empty``, the worths of all members together and of none.
    ``sets``: how many sets were asked for; ``orders``: how many orders were drawn, 0 if all
    count.
    """

    shares: tuple[float, ...]
    errors: tuple[float, ...]
    whole: float
    empty: float
    sets: int
    orders: int


def divide(members: int, worth: Worth, most: int, seed: int | None) -> Divided:
    """Divide what all members are worth together, less what none is.

    Over all sets if there are at most ``most`` of them, else along orders drawn at random
    until about so many sets were asked for.

    The samples are the same for every set, so at each of them the shares add up, and their
    errors are those of differences. ``seed``: for the orders.
    """
    known: dict[int, NDArray[np.bool_]] = {}

    def ask(group: int) -> NDArray[np.bool_]:
        if group not in known:
            known[group] = worth(group)
        return known[group]

    everyone = 2**members - 1
    if 2**members <= most:
        rows = [_over_all_sets(member, members, ask) for member in range(members)]
        spread, orders = np.zeros(members), 0
    else:
        drawn = _orders(members, most, seed)
        rows, spread = _along(drawn, members, ask)
        orders = len(drawn)
    size = len(ask(0))
    shares = tuple([float(row.mean()) for row in rows])
    errors = [
        math.sqrt(float(row.var()) / max(size - 1, 1) + float(more))
        for row, more in zip(rows, spread, strict=True)
    ]
    return Divided(
        shares,
        tuple(errors),
        float(ask(everyone).mean()),
        float(ask(0).mean()),
        len(known),
        orders,
    )


def _over_all_sets(member: int, members: int, ask: Worth) -> NDArray[np.float64]:
    """What a member adds to a set, at each sample.

    The mean over all sets without it, those of each size weighing the same.
    """
    others = [one for one in range(members) if one != member]
    total = np.zeros(len(ask(0)))
    for size in range(members):
        weight = 1 / (members * math.comb(members - 1, size))
        for chosen in itertools.combinations(others, size):
            group = sum(2**one for one in chosen)
            total += weight * (ask(group | 2**member).astype(np.int8) - ask(group))
    return total


def _orders(members: int, most: int, seed: int | None) -> list[tuple[int, ...]]:
    rng = np.random.default_rng(seed)
    pairs = max(8, (most - 2) // (2 * max(members - 1, 1)))
    drawn = []
    for _ in range(pairs):
        order = tuple(rng.permutation(members).tolist())
        drawn += [order, order[::-1]]
    return drawn


def _along(
    orders: Sequence[tuple[int, ...]], members: int, ask: Worth
) -> tuple[list[NDArray[np.float64]], NDArray[np.float64]]:
    """What each member adds on average over the orders at each sample.

    It comes with the variance that drawing the orders leaves.
    """
    total = np.zeros((members, len(ask(0))))
    means = np.zeros((len(orders), members))
    for row, order in enumerate(orders):
        group = 0
        for member in order:
            added = ask(group | 2**member).astype(np.int8) - ask(group)
            total[member] += added
            means[row, member] = added.mean()
            group |= 2**member
    # an order and its reverse are drawn together
    pairs = means.reshape(-1, 2, members).mean(axis=1)
    return list(total / len(orders)), pairs.var(axis=0, ddof=1) / len(pairs)
