"""Answers by looking at every pure profile of a small game."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from strategy.forms.extensive import ExtensiveFormGame
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import PureProfile, plays_of
from strategy.protocols import Concept

__all__ = ["holding", "known_by", "profile_count", "pure_profiles"]

Game = NormalFormGame | ExtensiveFormGame


def profile_count(game: Game) -> int:
    """How many pure profiles there are."""
    return game.form.play_count if isinstance(game, NormalFormGame) else game.form.profile_count


def pure_profiles(game: Game) -> Iterator[PureProfile]:
    """Every pure profile."""
    if isinstance(game, NormalFormGame):
        for cell in itertools.product(*map(range, game.form.shape)):
            yield PureProfile(game.form, cell)
    else:
        sizes = np.diff(game.form.first)[game.form.infoset_nodes].tolist()
        for choices in itertools.product(*map(range, sizes)):
            yield PureProfile(game.form, np.array(choices, dtype=np.int32))


def holding(game: Game, concept: Concept) -> list[PureProfile]:
    """The pure profiles that a concept certifies."""
    return [profile for profile in pure_profiles(game) if concept.certify(game, profile).holds]


def known_by(game: Game, profile: Any) -> Hashable:
    """What profiles that count as one equilibrium share: in a tree the plays that happen, in a table who uses which action.

    In a table a set of (player, action, probability), a ball as a rounded float.
    """
    if isinstance(game, ExtensiveFormGame):
        return frozenset(plays_of(game, profile).items())
    found = set()
    for player, row in profile.items():
        for action, weight in row.items():
            shown = weight if isinstance(weight, Fraction) else round(float(weight), 9)
            if shown:
                found.add((player, action, shown))
    return frozenset(found)
