"""Payoffs at the leaves as numbers that chance only has to add up.

Every leaf's payoff is multiplied by the probability that chance does its part on the way
there, and each player's numbers by one common positive factor that makes them integers. A
chance move is then a sum, and the children of a decision are still compared on one scale,
since chance has done the same on the way to all of them. Below an event of probability zero
the scale starts afresh: its subgame is played optimally, but adds nothing.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.exact import integers

__all__ = ["LeafValues", "leaf_values"]

_ROOM = 2**62


@attrs.frozen(eq=False)
class LeafValues:
    """What the ends of a tree pay, as numbers.

    ``values``: (plays, players), int64 or float64 or Python ints. ``alive``: for each node,
    whether its parent can lead to it.
    """

    values: NDArray[Any]
    alive: NDArray[np.bool_]


def leaf_values(game: Any) -> LeafValues:
    """The additive leaf values of a tree game.

    Floats only where there is no chance and nothing is ever added.
    """
    form = game.form
    alive = np.ones(form.node_count, dtype=bool)
    chance = np.flatnonzero(form.mover == -1)
    if not len(chance):
        return LeafValues(_ordered(game.payoffs), alive)
    numerators = np.array([1] * form.node_count, dtype=object)
    denominators = np.array([1] * form.node_count, dtype=object)
    _reach(game, numerators, denominators, alive)
    numerators = numerators[form.leaves]
    denominators = denominators[form.leaves]
    common = math.lcm(*set(denominators.tolist()))
    weights = numerators * (common // denominators)
    columns = [integers(payoffs).astype(object) * weights for payoffs in game.payoffs]
    values = np.stack(columns, axis=1)
    if all(sum(map(abs, column.tolist())) < _ROOM for column in columns):
        values = values.astype(np.int64)
    return LeafValues(values, alive)


def _ordered(payoffs: tuple[NDArray[Any], ...]) -> NDArray[Any]:
    """Without chance only order counts.

    Native numbers where one type holds all, otherwise ranks.
    """
    kinds = {(column.dtype.kind, column.dtype.itemsize <= 8) for column in payoffs}
    if kinds == {("i", True)}:
        return np.stack([column.astype(np.int64) for column in payoffs], axis=1)
    if kinds == {("f", True)}:
        return np.stack([column.astype(np.float64) for column in payoffs], axis=1)
    ranks = []
    for column in payoffs:
        numbers = integers(column) if column.dtype == object else column
        ranks.append(
            np.unique(numbers, return_inverse=True)[1].reshape(-1).astype(np.int64)
        )
    return np.stack(ranks, axis=1)


def _reach(
    game: Any,
    numerators: NDArray[Any],
    denominators: NDArray[Any],
    alive: NDArray[np.bool_],
) -> None:
    """Fill in, level by level, how probable chance makes the way to each node."""
    form = game.form
    step_numerator = np.array([1] * form.node_count, dtype=object)
    step_denominator = np.array([1] * form.node_count, dtype=object)
    for number, law in enumerate(game.laws):
        nodes = np.flatnonzero(form.law == number)
        for i, probability in enumerate(law):
            children = form.first[nodes] + i
            step_numerator[children] = probability.numerator
            step_denominator[children] = probability.denominator
            if probability == 0:
                alive[children] = False
    for start, stop in zip(form.levels[1:-1], form.levels[2:], strict=True):
        parents = form.parent[start:stop]
        numerators[start:stop] = numerators[parents] * step_numerator[start:stop]
        denominators[start:stop] = denominators[parents] * step_denominator[start:stop]
        dead = start + np.flatnonzero(~alive[start:stop])
        numerators[dead] = 1
        denominators[dead] = 1


def expected_from(game: Any, choices: NDArray[Any], node: int, player: int) -> Fraction:
    """What one player expects from a node on, under pure choices, exactly.

    ``game``: the tree.
    """
    from strategy.exact import exact

    form, total = game.form, Fraction(0)
    stack = [(node, Fraction(1))]
    while stack:
        here, weight = stack.pop()
        first = int(form.first[here])
        if form.mover[here] >= 0:
            stack.append((first + int(choices[form.infoset[here]]), weight))
        elif form.mover[here] == -1:
            stack.extend(
                [
                    (first + i, weight * p)
                    for i, p in enumerate(game.laws[form.law[here]])
                    if p
                ]
            )
        else:
            total += weight * exact(game.payoffs[player][form.leaf_number[here]])
    return total
