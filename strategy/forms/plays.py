"""A play: one complete way of playing a game, a cell of the table or a path to a leaf."""

from __future__ import annotations

from collections.abc import Hashable

import attrs

from strategy.names import composed

__all__ = ["Play", "Step"]

Step = tuple[str | None, Hashable, str]
"""(player, information set, action); a chance step is (None, name, event), a step in a
table (player, None, action)."""


@attrs.frozen(repr=False)
class Play:
    """The steps of one play, in order. Plays are hashable and compare by their steps."""

    steps: tuple[Step, ...] = attrs.field(converter=composed)

    def took(self, who: str, action: str, at: str | None = None) -> bool:
        """Whether ``who`` took ``action`` on this play.

        A player or a chance move; somewhere, or at one information set.
        """
        who, action, at = composed((who, action, at))
        for player, place, what in self.steps:
            if what == action and (
                (player == who and (at is None or place == at))
                or (player is None and place == who and at is None)
            ):
                return True
        return False

    @property
    def history(self) -> tuple[str, ...]:
        """The actions and events alone, in order."""
        return tuple([action for _, _, action in self.steps])

    def __str__(self) -> str:
        return (
            ", ".join(
                f"{player if player is not None else place}: {action}"
                for player, place, action in self.steps
            )
            or "(nothing is played)"
        )

    def __repr__(self) -> str:
        return f"Play({self})"
