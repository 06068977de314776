"""Exact cells: products of simplices in whole numbers.

With them come the values that combinations of gains take at their corners.

Everything here is in whole numbers and fractions, from the game's exact payoffs. Payoffs
are multilinear, so over a cell a combination of gains lies between its least and its
greatest value at the corners.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["ExactCell", "Refuted", "Tables", "binary", "greatest", "row_values"]

Equations = Sequence[Sequence[int]]
Rows = Sequence[Sequence[float]]
MOST_BITS = 50_000
"""Cells whose vertices take more binary digits than this are refused: no search makes
them."""


class Refuted(Exception):
    """A step does not hold; the message says why."""


class Tables:
    """The payoffs of a game as whole numbers, and each player's range.

    Combinations weigh payoffs in units of these ranges.
    """

    def __init__(self, tables: Sequence[NDArray[Any]]) -> None:
        self.tables = [np.array(table.tolist(), dtype=object) for table in tables]
        self.shape: tuple[int, ...] = tables[0].shape
        self.facing = [np.moveaxis(table, i, 0) for i, table in enumerate(self.tables)]
        self.ranges = [int(table.max()) - int(table.min()) or 1 for table in self.tables]

    def gain(self, player: int, action: int, other: int) -> NDArray[Any]:
        """What the player gains by an action over another at the pure profiles.

        The player's own axis has length 1. ``other``: that action.
        """
        own = self.facing[player]
        return np.expand_dims(own[action] - own[other], player)


class ExactCell:
    """A cell of profiles in whole numbers.

    Vertex ``p`` of player ``j``'s simplex is row ``p`` of ``vertices[j]`` over
    ``2**bits[j]``; ``required``: pairs (player, action) such that the equilibria meant are
    those where the action is a best reply.
    """

    def __init__(
        self,
        vertices: list[NDArray[Any]],
        bits: list[int],
        required: frozenset[tuple[int, int]],
    ) -> None:
        self.vertices, self.bits, self.required = vertices, bits, required

    @classmethod
    def whole(cls, shape: Sequence[int]) -> ExactCell:
        """All profiles of tables of this ``shape``."""
        return cls([np.array([[int(s == p) for s in range(m)] for p in range(m)],
        dtype=object) for m in shape],
                   [0] * len(shape), frozenset())  # fmt: skip

    def copy(self) -> ExactCell:
        """A cell that can be changed by itself."""
        return ExactCell(list(self.vertices), list(self.bits), self.required)

    @property
    def empty(self) -> bool:
        """Whether some player has no vertex left."""
        return any(len(one) == 0 for one in self.vertices)

    def sizes(self) -> list[int]:
        """How many vertices each player's simplex has."""
        return [len(one) for one in self.vertices]

    def carriers(self) -> list[list[int]]:
        """The actions that some vertex uses."""
        return [[s for s in range(one.shape[1]) if any(one[:, s])] for one in self.vertices]

    def needed(self) -> frozenset[tuple[int, int]]:
        """The pairs that are required, and those of actions that are used everywhere.

        Actions that have weight everywhere in the cell are best replies.
        """
        always = {
            (i, s)
            for i, one in enumerate(self.vertices)
            for s in range(one.shape[1])
            if all(one[:, s])
        }
        return self.required | always

    def bounds(self) -> list[list[tuple[Fraction, Fraction]]]:
        """The least and greatest weight of each action of each player."""
        found = []
        for one, bits in zip(self.vertices, self.bits, strict=True):
            columns = one.T.tolist()
            found.append(
                [
                    (Fraction(min(column), 1 << bits), Fraction(max(column), 1 << bits))
                    for column in columns
                ]
            )
        return found

    def drop(self, player: int, vertices: Sequence[int]) -> None:
        """Leave the face opposite to some vertices.

        The greatest first, the last one of all takes the place of each. ``player``: whose
        simplex.
        """
        order = list(range(len(self.vertices[player])))
        for p in sorted(vertices, reverse=True):
            order[p] = order[-1]
            order.pop()
        self.vertices[player] = self.vertices[player][np.array(order, dtype=np.int64)]

    def without(self, player: int, action: int) -> None:
        """Leave the face that does not use an action.

        ``player``: whose action.
        """
        self.drop(player, [p for p, row in enumerate(self.vertices[player]) if row[action]])

    def move(self, player: int, matrix: Sequence[Sequence[int]], bits: int) -> None:
        """Replace the vertices by combinations of them.

        The rows of a matrix of whole numbers over ``2**bits``. ``player``: whose vertices.
        """
        moved = np.array(matrix, dtype=object) @ self.vertices[player]
        bits += self.bits[player]
        together = math.gcd(*moved.ravel().tolist())
        spare = min((together & -together).bit_length() - 1, bits)
        self.vertices[player] = moved >> spare
        self.bits[player] = bits - spare
        if self.bits[player] > MOST_BITS:
            raise Refuted(
                f"its vertices take {self.bits[player]:,} binary digits; at most "
                f"{MOST_BITS:,} are followed"
            )


def binary(numbers: Sequence[float]) -> tuple[list[int], int]:
    """Floats, exactly, as whole numbers over a power of 2: the numbers and the exponent."""
    ratios = [number.as_integer_ratio() for number in numbers]
    unit = max(ratio[1] for ratio in ratios)
    return [top * (unit // bottom) for top, bottom in ratios], unit.bit_length() - 1


def _averaged(
    tables: Tables, cell: ExactCell, values: NDArray[Any], player: int
) -> NDArray[Any]:
    """Values at the pure profiles of the others as those at the corners of the cell.

    Times 2 to their bits.
    """
    # each turn takes the first axis to the end
    for j, vertices in enumerate(cell.vertices):
        if j == player:
            values = np.moveaxis(values, 0, -1)
        else:
            rest = values.shape[1:]
            values = (values.reshape(values.shape[0], -1).T @ vertices.T).reshape(
                *rest, len(vertices)
            )
    return values


def row_values(
    tables: Tables, cell: ExactCell, equations: Equations, rows: Rows
) -> tuple[list[NDArray[Any]], int]:
    """Combinations of gains at the corners of a cell.

    One array a row, with an axis a player, and what all entries are over.

    ``equations``: player, an action, another: what the first gains on the other; ``rows``:
    the factors of each. ``tables``: the payoffs.
    """
    players = sorted({equation[0] for equation in equations})
    common = math.lcm(*(tables.ranges[i] for i in players))
    together = sum(cell.bits)
    lone = together - cell.bits[players[0]] if len(players) == 1 else together
    gains = []
    for i, s, t in equations:
        factor = (common // tables.ranges[i]) << (lone - together + cell.bits[i])
        gains.append(_averaged(tables, cell, tables.gain(i, s, t), i) * factor)
    numbers, bits = binary([entry for row in rows for entry in row])
    found = []
    for start in range(0, len(numbers), len(gains)):
        total: Any = 0
        for entry, gain in zip(numbers[start : start + len(gains)], gains, strict=True):
            if entry:
                total = total + entry * gain
        found.append(np.broadcast_to(np.asarray(total, dtype=object), cell.sizes()))
    return found, common << (lone + bits)


def greatest(cell: ExactCell, values: NDArray[Any], player: int) -> list[int]:
    """The greatest value of the corners at each vertex of a player.

    ``cell``: the cell; ``values``: at its corners.
    """
    return [int(values.take(p, player).max()) for p in range(len(cell.vertices[player]))]
