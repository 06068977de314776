"""Exact numbers and plays as plain data for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from strategy.algebraic import AlgebraicNumber, Point
from strategy.forms.plays import Play
from strategy.texts import number_text

__all__ = ["play_data", "plays_data", "point_data"]


def point_data(value: Point) -> Any:
    """A Fraction as text ("7/20").

    An algebraic number as its minimal polynomial (highest power first), interval and
    decimal. ``value``: a Fraction or an AlgebraicNumber.
    """
    if isinstance(value, AlgebraicNumber):
        return {
            "minimal_polynomial": [number_text(one) for one in value.minimal_polynomial],
            "interval": [number_text(end) for end in value.interval],
            "approximately": float(value),
        }
    return number_text(value)


def play_data(play: Play) -> list[list[Any]]:
    """The steps of a play: [player or null, information set, action] each."""
    return [
        [player, list(place) if isinstance(place, tuple) else place, action]
        for player, place, action in play.steps
    ]


def plays_data(plays: Mapping[Play, Fraction]) -> list[dict[str, Any]]:
    """Plays with their probabilities.

    ``plays``: play -> probability.
    """
    return [
        {"probability": number_text(weight), "steps": play_data(play)}
        for play, weight in plays.items()
    ]
