"""The protocols that a concept, a form, a game and a profile of one's own have to meet. Structural: nothing is inherited."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from strategy.certificates import Certificate

__all__ = ["Concept"]


@runtime_checkable
class Concept(Protocol):
    """A solution concept: it says which games it takes, and judges profiles. Options are fields of the object.

    It may have more: ``judge(game)``, an object whose ``certify(profile)`` judges many profiles of one game; ``invariances``,
    what may be done to a game without changing the answer. Its ``str()`` is how tables and sentences call it.
    """

    def refuses(self, game: Any, /) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""

    def certify(self, game: Any, profile: Any, /) -> Certificate:
        """Whether a profile of the game is an equilibrium, and if not, who gains most by which deviation."""

    def __hash__(self) -> int:
        """Equal concepts hash alike, so that what is found under one is found once."""
