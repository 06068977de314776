"""When a profile counts: one solution concept a file. Each judges any profile of any game it takes, on its own."""

from strategy.concepts.dominance import (
    best_responses,
    eliminate_strictly,
    eliminate_weakly,
    strictly_dominated,
    weakly_dominated,
)
from strategy.concepts.nash import Nash
from strategy.concepts.pure_nash import PureNash
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect

ALL = (PureNash, PureSubgamePerfect, Nash)

__all__ = [
    "ALL",
    "Nash",
    "PureNash",
    "PureSubgamePerfect",
    "best_responses",
    "eliminate_strictly",
    "eliminate_weakly",
    "strictly_dominated",
    "weakly_dominated",
]
