"""What a concept says of one profile: an equilibrium, not one, or neither is proved."""

from __future__ import annotations

import enum
from collections.abc import Hashable
from fractions import Fraction

import attrs

from strategy.errors import GameError

__all__ = ["Certificate", "CertificateAnswer"]


class CertificateAnswer(enum.Enum):
    """What a certificate says of a profile."""

    HOLDS = "holds"
    """Proved: it is an equilibrium of the concept."""
    FAILS = "fails"
    """Proved: it is not."""
    UNDECIDED = "undecided"
    """Neither is proved."""

    def __str__(self) -> str:
        return self.value


@attrs.frozen
class Certificate:
    """A concept's own verdict on one profile.

    ``holds``: whether it is proved to be an equilibrium; ``undecided``: whether neither
    that nor the contrary is proved; ``reason``: why, in words for people ("" if there is
    nothing to add).

    ``regret``: the most that anyone gains by the best deviation that the concept allows, in
    that player's payoff units (0 if none gains); ``player``, ``information_set``,
    ``deviation``: that deviation, None where nothing binds.

    Raises GameError if it both holds and is undecided.
    """

    holds: bool
    regret: Fraction
    player: str | None = None
    information_set: Hashable = None
    deviation: str | None = None
    reason: str = ""
    undecided: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.holds and self.undecided:
            raise GameError(
                "a certificate that holds is not undecided: give holds=False with "
                "undecided=True"
            )

    @property
    def answer(self) -> CertificateAnswer:
        """Holds, fails or undecided."""
        return (
            CertificateAnswer.HOLDS
            if self.holds
            else CertificateAnswer.UNDECIDED
            if self.undecided
            else CertificateAnswer.FAILS
        )
