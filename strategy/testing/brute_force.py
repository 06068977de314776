"""Answers by looking at every pure profile of a small game."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from strategy.forms.extensive import ExtensiveFormGame
from strategy.forms.normal import NormalForm, NormalFormGame
from strategy.forms.profiles import PureProfile
from strategy.protocols import Concept, Profile

__all__ = ["holding", "known_by", "profile_count", "pure_profiles"]

Game = NormalFormGame | ExtensiveFormGame


def profile_count(game: Game) -> int:
    """How many pure profiles ``game`` has."""
    return game.form.profile_count


def pure_profiles(game: Game) -> Iterator[PureProfile]:
    """Every pure profile of ``game``."""
    form = game.form
    places = (
        form.shape
        if isinstance(form, NormalForm)
        else np.diff(form.first)[form.infoset_nodes].tolist()
    )
    for choices in itertools.product(*map(range, places)):
        yield PureProfile(form, choices)


def holding(game: Game, concept: Concept) -> list[PureProfile]:
    """The pure profiles of ``game`` that a concept certifies."""
    return [
        profile for profile in pure_profiles(game) if concept.certify(game, profile).holds
    ]


def known_by(game: Game, profile: Profile) -> Hashable:
    """What profiles that count as one equilibrium share.

    In a tree these are the plays that happen, in a table who uses which action.

    It is a set of (play number, probability), in a table of (player, action, probability);
    a ball is taken as a rounded float. ``game``: the game; ``profile``: such a profile.
    """
    used: list[tuple[Any, ...]] = [
        (player, action, p)
        for player, row in profile.strategies.items()
        for action, p in row.items()
    ]
    happens = used or list(profile.play_numbers(game).items())
    shown = [
        (*what, p if isinstance(p, Fraction) else round(float(p), 9))
        for *what, p in happens
    ]
    return frozenset([one for one in shown if one[-1]])
