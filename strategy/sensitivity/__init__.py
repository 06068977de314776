"""How far each assumption must move before the conclusion changes: one analysis a file."""

from strategy.sensitivity._binding import Binding
from strategy.sensitivity.region import Cell, Corner, Edge, Regions, regions
from strategy.sensitivity.sampling import Shares, shares
from strategy.sensitivity.threshold import Thresholds, thresholds
from strategy.sensitivity.triviality import dominant_actions, idle_parameters
from strategy.sensitivity.verdicts import Verdict, outcome_probability, verdict

__all__ = [
    "Binding",
    "Cell",
    "Corner",
    "Edge",
    "Regions",
    "Shares",
    "Thresholds",
    "Verdict",
    "dominant_actions",
    "idle_parameters",
    "outcome_probability",
    "regions",
    "shares",
    "thresholds",
    "verdict",
]
