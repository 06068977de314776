"""All textbook games, family by family."""

from __future__ import annotations

from games.classics import (
    bargaining,
    coordination,
    crowds,
    dilemmas,
    dominance,
    entry,
    markets,
    sequences,
    voting,
    zero_sum,
)
from games.classics.answers import Classic
from strategy.errors import GameError

CLASSICS: tuple[Classic, ...] = (
    *dilemmas.CLASSICS,
    *coordination.CLASSICS,
    *zero_sum.CLASSICS,
    *dominance.CLASSICS,
    *crowds.CLASSICS,
    *markets.CLASSICS,
    *entry.CLASSICS,
    *sequences.CLASSICS,
    *bargaining.CLASSICS,
    *voting.CLASSICS,
)


def classic(name: str) -> Classic:
    """The textbook game of that name."""
    for known in CLASSICS:
        if known.name == name:
            return known
    names = ", ".join(known.name for known in CLASSICS)
    raise GameError(f"no textbook game is called {name!r}; known: {names}")
