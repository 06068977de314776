"""Gains of a table's players over pure and mixed profiles, in any arithmetic.

The profiles are of the others; in whole numbers, rationals, balls.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from numpy.typing import NDArray

__all__ = ["MixedGains", "Support", "jacobian", "mean", "residuals", "split", "system"]

Support = tuple[tuple[int, ...], ...]
Weights = Sequence[Sequence[Any]]


class MixedGains:
    """What each player gains by an action over another, as whole numbers.

    Where the others keep to a support.

    Weights are given for all actions of a player's support but the first, whose weight is
    what they leave.
    """

    def __init__(self, tables: Sequence[NDArray[Any]]) -> None:
        self.tables = tuple(tables)
        self.shape = tables[0].shape
        size = tables[0].size
        self.stride = []
        for count in self.shape:
            size //= count
            self.stride.append(size)

    @cached_property
    def flat(self) -> list[list[int]]:
        """The payoffs as Python's whole numbers, the last player's action fastest."""
        return [table.ravel().tolist() for table in self.tables]

    def offset(self, profile: Sequence[int]) -> int:
        """The place of a pure profile."""
        return sum(step * action for step, action in zip(self.stride, profile, strict=True))

    def line(self, player: int, at: int) -> list[int]:
        """The player's payoffs for all own actions at the place of a pure profile."""
        step, count = self.stride[player], self.shape[player]
        first = at - at // step % count * step
        return self.flat[player][first : first + step * count : step]

    def over(
        self, support: Support, player: int, actions: Sequence[int]
    ) -> list[list[int]]:
        """For each action its gain over the first of the player's support.

        It is taken at the pure profiles of the others, the last varying fastest.
        ``actions``: by number.
        """
        places = [support[player][0] * self.stride[player]]
        for j, used in enumerate(support):
            if j != player:
                step = self.stride[j]
                if len(used) == 1:
                    places = [place + used[0] * step for place in places]
                else:
                    places = [place + s * step for place in places for s in used]
        flat = self.flat[player]
        step = self.stride[player]
        first = support[player][0]
        base = [flat[place] for place in places]
        return [
            [
                flat[place + (s - first) * step] - now
                for place, now in zip(places, base, strict=True)
            ]
            for s in actions
        ]


def contracted(values: list[Any], weights: Sequence[Any]) -> list[Any]:
    """Average the last axis.

    ``weights`` of all its entries but the first, which gets the rest. ``values``: along
    that axis.
    """
    count = len(weights) + 1
    first = values[::count]
    total = first
    for t, weight in enumerate(weights, start=1):
        total = [
            now + (value - base) * weight
            for now, value, base in zip(total, values[t::count], first, strict=True)
        ]
    return total


def mean(values: list[Any], weights: Weights) -> Any:
    """The expected value: one sequence of weights an axis.

    ``values``: a table, flat.
    """
    for one in reversed(weights):
        if one:
            values = contracted(values, one)
    return values[0]


def slopes(values: list[Any], weights: Weights) -> list[Any]:
    """The derivatives of the expected value in all weights, axis by axis.

    ``values``: a table, flat.
    """
    found: list[list[Any]] = []
    for axis in range(len(weights) - 1, -1, -1):
        one = weights[axis]
        if not one:
            continue
        count = len(one) + 1
        first = values[::count]
        found.append(
            [
                mean(
                    [v - base for v, base in zip(values[t::count], first, strict=True)],
                    weights[:axis],
                )
                for t in range(1, count)
            ]
        )
        values = contracted(values, one)
    return [slope for block in reversed(found) for slope in block]


def jacobian(
    gains: MixedGains, support: Support, free: Sequence[Sequence[Any]]
) -> list[list[Any]]:
    """Slopes of all gains over the first actions of the supports (rows).

    They are taken in all weights but theirs (columns). ``support``: the actions in use;
    ``free``: the weights but those of the first.
    """
    rows = []
    for i, actions in enumerate(support):
        weights = [*free[:i], *free[i + 1 :]]
        before = sum(map(len, free[:i]))
        for values in gains.over(support, i, actions[1:]):
            row = slopes(values, weights)
            rows.append([*row[:before], *[0] * len(free[i]), *row[before:]])
    return rows


def system(gains: MixedGains, support: Support) -> list[tuple[int, list[int]]]:
    """The gains that have to vanish, each with its player.

    ``support``: the actions in use.
    """
    return [
        (i, values)
        for i, actions in enumerate(support)
        for values in gains.over(support, i, actions[1:])
    ]


def residuals(equations: list[tuple[int, list[int]]], free: list[list[Any]]) -> list[Any]:
    """What they amount to.

    ``equations``: these gains; ``free``: the weights but those of the first actions.
    """
    return [mean(values, [*free[:i], *free[i + 1 :]]) for i, values in equations]


def split(support: Support, flat: Sequence[Any]) -> list[list[Any]]:
    """A sequence of free weights, player by player.

    ``support``: the actions in use; ``flat``: the sequence.
    """
    free, at = [], 0
    for actions in support:
        free.append(list(flat[at : at + len(actions) - 1]))
        at += len(actions) - 1
    return free


Gains = MixedGains  # what it is called in results saved by version 0.1
