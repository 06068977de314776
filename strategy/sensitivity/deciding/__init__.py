"""Deciding verdicts exactly.

One decider for each kind of game and concept, at a place, along a line, over a plane.
"""

from strategy.sensitivity.deciding.deciders import ALL
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.protocol import Decider
from strategy.sensitivity.deciding.slices import Signs, Slice
from strategy.sensitivity.deciding.worths import extreme

__all__ = [
    "ALL",
    "Decider",
    "Found",
    "Signs",
    "Slice",
    "extreme",
]
