"""What may be done to a game without changing an answer.

Up to the same change of names; declared by every concept.

The tests over all complete solvers are driven from these declarations.
"""

from __future__ import annotations

import enum

__all__ = ["FAMILY", "Invariance"]


class Invariance(enum.Enum):
    """A change of a game that the set of all answers follows."""

    RELABELLING = "other names of players and actions"
    REORDERING = "another order of players and actions"
    POSITIVE_AFFINE = (
        "each player's payoffs times a positive factor of their own, plus a constant"
    )
    OPPONENT_CONSTANTS = (
        "a constant added to a player's payoffs for each combination of the others' actions"
    )
    DOMINATED_ACTION = "an action added that is strictly dominated by a pure one"
    MERGED_DUPLICATES = (
        "an action added that pays everyone what another does, once the two are merged"
    )

    def __str__(self) -> str:
        return self.value


FAMILY = frozenset(
    {Invariance.RELABELLING, Invariance.REORDERING, Invariance.POSITIVE_AFFINE}
)
"""What every concept follows that compares only payoffs of one player."""
