"""What concepts of normal-form games have in common: how they refuse everything else."""

from __future__ import annotations

from typing import Any

from strategy.errors import OtherKind
from strategy.forms.foreign import as_ours
from strategy.forms.normal import NormalFormGame

__all__ = ["not_a_table"]


def not_a_table(concept: str, game: Any) -> str | None:
    """Why a concept of normal-form games does not take something, with the remedy.

    It is None if that is a normal-form game.
    """
    if isinstance(game, NormalFormGame):
        return None
    kind = type(game).__name__
    if kind == "ExtensiveFormGame":
        return OtherKind(
            f"{concept} takes normal-form games, and this is a tree: use "
            "PureSubgamePerfect() for players who move in turn"
        )
    other = (
        as_ours(game)
        or f"a {kind}: build one with NormalFormGame.from_arrays or model.game()"
    )
    return f"{concept} takes a NormalFormGame, not {other}"
