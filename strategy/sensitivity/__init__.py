"""How far each assumption must move before the conclusion changes: one analysis a file.

``catalogue`` lists the analyses that are commands and sections of the report. The names below are imported when first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from strategy.sensitivity._binding import Binding
    from strategy.sensitivity._driven import Drivers, Influence
    from strategy.sensitivity._user_tables import Rows
    from strategy.sensitivity.across_concepts import Robustness, robustness
    from strategy.sensitivity.catalogue import Analysis
    from strategy.sensitivity.committing import Commitments, PlayerCommitment, commitments
    from strategy.sensitivity.comparative_statics import Effect, Entry, Statics, Witness, statics
    from strategy.sensitivity.coordinating import Coordination, Trust, coordination
    from strategy.sensitivity.designs import Design, Grid, LatinHypercube, SobolPoints, UniformSamples
    from strategy.sensitivity.distributions import Joint, Pert, Triangular, Uniform
    from strategy.sensitivity.driving import drivers
    from strategy.sensitivity.findings import Finding
    from strategy.sensitivity.flips import Flip, flip
    from strategy.sensitivity.informing import Information, Knowing, information
    from strategy.sensitivity.joint_stress import Stress, StressPath, stress
    from strategy.sensitivity.moving_in_turn import Orders, Turn, orders
    from strategy.sensitivity.next_questions import Answer, NextQuestion, Question, next_question
    from strategy.sensitivity.one_at_a_time import Bar, Solved, Tornado, tornado
    from strategy.sensitivity.polyhedra import Condition, Conditions, Polyhedron, conditions
    from strategy.sensitivity.radii import Radius, radius
    from strategy.sensitivity.region import Cell, Corner, Edge, Regions, regions
    from strategy.sensitivity.regrets import ActionRegret, PlayerRegret, Regret, regret
    from strategy.sensitivity.rescaled_terms import RescaledTerm, TermAblation, term_ablation
    from strategy.sensitivity.sampling import Shares, shares
    from strategy.sensitivity.sweeps import sweep
    from strategy.sensitivity.swept import Sweep
    from strategy.sensitivity.threshold import Thresholds, thresholds
    from strategy.sensitivity.tipping_points import Life, Switch, Tipping, tipping
    from strategy.sensitivity.triviality import dominant_actions, idle_parameters
    from strategy.sensitivity.verdicts import Verdict, outcome_probability, verdict
    from strategy.sensitivity.wrong_claims import Ablation, ClaimShares, Wrong, ablation

_HOMES = {
    "_binding": ("Binding",),
    "catalogue": ("Analysis",),
    "_user_tables": ("Rows",),
    "coordinating": ("Coordination", "Trust", "coordination"),
    "committing": ("Commitments", "PlayerCommitment", "commitments"),
    "designs": ("Design", "Grid", "LatinHypercube", "SobolPoints", "UniformSamples"),
    "_driven": ("Drivers", "Influence"),
    "distributions": ("Joint", "Pert", "Triangular", "Uniform"),
    "driving": ("drivers",),
    "findings": ("Finding",),
    "flips": ("Flip", "flip"),
    "radii": ("Radius", "radius"),
    "informing": ("Information", "Knowing", "information"),
    "moving_in_turn": ("Orders", "Turn", "orders"),
    "polyhedra": ("Condition", "Conditions", "Polyhedron", "conditions"),
    "region": ("Cell", "Corner", "Edge", "Regions", "regions"),
    "across_concepts": ("Robustness", "robustness"),
    "sampling": ("Shares", "shares"),
    "sweeps": ("sweep",),
    "swept": ("Sweep",),
    "threshold": ("Thresholds", "thresholds"),
    "tipping_points": ("Life", "Switch", "Tipping", "tipping"),
    "triviality": ("dominant_actions", "idle_parameters"),
    "verdicts": ("Verdict", "outcome_probability", "verdict"),
    "joint_stress": ("Stress", "StressPath", "stress"),
    "regrets": ("ActionRegret", "PlayerRegret", "Regret", "regret"),
    "next_questions": ("Answer", "NextQuestion", "Question", "next_question"),
    "one_at_a_time": ("Bar", "Solved", "Tornado", "tornado"),
    "comparative_statics": ("Effect", "Entry", "Statics", "Witness", "statics"),
    "rescaled_terms": ("RescaledTerm", "TermAblation", "term_ablation"),
    "wrong_claims": ("Ablation", "ClaimShares", "Wrong", "ablation"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Analysis", "Finding",
    "Ablation", "ClaimShares", "Wrong", "ablation",
    "RescaledTerm", "TermAblation", "term_ablation",
    "Stress", "StressPath", "stress",
    "Effect", "Entry", "Statics", "Witness", "statics",
    "Bar", "Solved", "Tornado", "tornado",
    "Binding",
    "Cell", "Corner", "Edge", "Regions", "regions",
    "Flip", "flip",
    "Radius", "radius",
    "Drivers", "Influence", "drivers", "Joint", "Pert", "Triangular", "Uniform",
    "Robustness", "robustness",
    "Shares", "shares",
    "Sweep", "sweep", "Design", "Grid", "LatinHypercube", "Rows", "SobolPoints", "UniformSamples",
    "Thresholds", "thresholds",
    "Commitments", "PlayerCommitment", "commitments",
    "Coordination", "Trust", "coordination",
    "Information", "Knowing", "information",
    "ActionRegret", "PlayerRegret", "Regret", "regret",
    "Condition", "Conditions", "Polyhedron", "conditions",
    "Orders", "Turn", "orders",
    "Answer", "NextQuestion", "Question", "next_question",
    "Life", "Switch", "Tipping", "tipping",
    "dominant_actions", "idle_parameters",
    "Verdict", "outcome_probability", "verdict",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'strategy.sensitivity' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"strategy.sensitivity.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
