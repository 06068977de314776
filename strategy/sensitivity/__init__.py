"""How far each assumption must move before the conclusion changes: one analysis a file.

``catalogue`` lists the analyses that are commands and sections of the report. The names
below are imported when first used.
"""

from __future__ import annotations

import importlib
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from strategy.sensitivity.analyses.ablation import (
        Ablation,
        ClaimShares,
        Wrong,
        ablation,
    )
    from strategy.sensitivity.analyses.best_reply_shares import (
        ActionReplies,
        BestReplies,
        best_replies,
    )
    from strategy.sensitivity.analyses.catalogue import Analysis
    from strategy.sensitivity.analyses.commitment import (
        Commitments,
        PlayerCommitment,
        commitment,
    )
    from strategy.sensitivity.analyses.conditions import (
        Condition,
        Conditions,
        Polyhedron,
        conditions,
    )
    from strategy.sensitivity.analyses.coordination import Coordination, Trust, coordination
    from strategy.sensitivity.analyses.drivers import drivers
    from strategy.sensitivity.analyses.drivers_finding import Drivers, Influence
    from strategy.sensitivity.analyses.finding import Finding
    from strategy.sensitivity.analyses.flip import Flip, flip
    from strategy.sensitivity.analyses.information import Information, Knowing, information
    from strategy.sensitivity.analyses.orders import Orders, Turn, orders
    from strategy.sensitivity.analyses.question import (
        Answer,
        NextQuestion,
        Question,
        question,
    )
    from strategy.sensitivity.analyses.radius import Radius, radius
    from strategy.sensitivity.analyses.regions import Cell, Corner, Edge, Regions, regions
    from strategy.sensitivity.analyses.regret import (
        ActionRegret,
        PlayerRegret,
        Regret,
        regret,
    )
    from strategy.sensitivity.analyses.robustness import Robustness, robustness
    from strategy.sensitivity.analyses.statics import (
        Effect,
        Entry,
        Statics,
        Witness,
        statics,
    )
    from strategy.sensitivity.analyses.stress import Stress, StressPath, stress
    from strategy.sensitivity.analyses.terms import RescaledTerm, TermAblation, terms
    from strategy.sensitivity.analyses.thresholds import Thresholds, thresholds
    from strategy.sensitivity.analyses.tipping import Life, Switch, Tipping, tipping
    from strategy.sensitivity.analyses.tornado import Bar, Solved, Tornado, tornado
    from strategy.sensitivity.analyses.triviality import (
        dominant_actions,
        idle_parameters,
        weighed_parameters,
    )
    from strategy.sensitivity.deciding.at_values import outcome_probability, verdict
    from strategy.sensitivity.deciding.binding import Binding
    from strategy.sensitivity.deciding.verdicts import Verdict
    from strategy.sensitivity.samples.designs import (
        Design,
        Grid,
        LatinHypercube,
        SobolPoints,
        UniformSamples,
    )
    from strategy.sensitivity.samples.distributions import Joint, Pert, Triangular, Uniform
    from strategy.sensitivity.samples.shares import Shares, shares
    from strategy.sensitivity.samples.user_tables import Rows
    from strategy.sensitivity.sweeping.result import Sweep
    from strategy.sensitivity.sweeping.sweep import sweep

_HOMES = {
    "deciding.binding": ("Binding",),
    "analyses.best_reply_shares": ("ActionReplies", "BestReplies", "best_replies"),
    "analyses.catalogue": ("Analysis",),
    "samples.user_tables": ("Rows",),
    "analyses.coordination": ("Coordination", "Trust", "coordination"),
    "analyses.commitment": ("Commitments", "PlayerCommitment", "commitment"),
    "samples.designs": (
        "Design",
        "Grid",
        "LatinHypercube",
        "SobolPoints",
        "UniformSamples",
    ),
    "analyses.drivers_finding": ("Drivers", "Influence"),
    "samples.distributions": ("Joint", "Pert", "Triangular", "Uniform"),
    "analyses.drivers": ("drivers",),
    "analyses.finding": ("Finding",),
    "analyses.flip": ("Flip", "flip"),
    "analyses.radius": ("Radius", "radius"),
    "analyses.information": ("Information", "Knowing", "information"),
    "analyses.orders": ("Orders", "Turn", "orders"),
    "analyses.conditions": ("Condition", "Conditions", "Polyhedron", "conditions"),
    "analyses.regions": ("Cell", "Corner", "Edge", "Regions", "regions"),
    "analyses.robustness": ("Robustness", "robustness"),
    "samples.shares": ("Shares", "shares"),
    "sweeping.sweep": ("sweep",),
    "sweeping.result": ("Sweep",),
    "analyses.thresholds": ("Thresholds", "thresholds"),
    "analyses.tipping": ("Life", "Switch", "Tipping", "tipping"),
    "analyses.triviality": (
        "dominant_actions",
        "idle_parameters",
        "weighed_parameters",
    ),
    "deciding.at_values": ("outcome_probability", "verdict"),
    "deciding.verdicts": ("Verdict",),
    "analyses.stress": ("Stress", "StressPath", "stress"),
    "analyses.regret": ("ActionRegret", "PlayerRegret", "Regret", "regret"),
    "analyses.question": ("Answer", "NextQuestion", "Question", "question"),
    "analyses.tornado": ("Bar", "Solved", "Tornado", "tornado"),
    "analyses.statics": ("Effect", "Entry", "Statics", "Witness", "statics"),
    "analyses.terms": ("RescaledTerm", "TermAblation", "terms"),
    "analyses.ablation": ("Ablation", "ClaimShares", "Wrong", "ablation"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
_RENAMED = {
    "commitments": "commitment",
    "next_question": "question",
    "term_ablation": "terms",
}
"""Functions that had another name than their command has."""

__all__ = [
    "Ablation",
    "ActionRegret",
    "ActionReplies",
    "Analysis",
    "Answer",
    "Bar",
    "BestReplies",
    "Binding",
    "Cell",
    "ClaimShares",
    "Commitments",
    "Condition",
    "Conditions",
    "Coordination",
    "Corner",
    "Design",
    "Drivers",
    "Edge",
    "Effect",
    "Entry",
    "Finding",
    "Flip",
    "Grid",
    "Influence",
    "Information",
    "Joint",
    "Knowing",
    "LatinHypercube",
    "Life",
    "NextQuestion",
    "Orders",
    "Pert",
    "PlayerCommitment",
    "PlayerRegret",
    "Polyhedron",
    "Question",
    "Radius",
    "Regions",
    "Regret",
    "RescaledTerm",
    "Robustness",
    "Rows",
    "Shares",
    "SobolPoints",
    "Solved",
    "Statics",
    "Stress",
    "StressPath",
    "Sweep",
    "Switch",
    "TermAblation",
    "Thresholds",
    "Tipping",
    "Tornado",
    "Triangular",
    "Trust",
    "Turn",
    "Uniform",
    "UniformSamples",
    "Verdict",
    "Witness",
    "Wrong",
    "ablation",
    "best_replies",
    "commitment",
    "conditions",
    "coordination",
    "dominant_actions",
    "drivers",
    "flip",
    "idle_parameters",
    "information",
    "orders",
    "outcome_probability",
    "question",
    "radius",
    "regions",
    "regret",
    "robustness",
    "shares",
    "statics",
    "stress",
    "sweep",
    "terms",
    "thresholds",
    "tipping",
    "tornado",
    "verdict",
    "weighed_parameters",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    now = _RENAMED.get(name, name)
    home = _HOME.get(now)
    if home is None:
        raise AttributeError(f"module 'strategy.sensitivity' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"strategy.sensitivity.{home}"), now)
    if now != name:
        warnings.warn(
            f"strategy.sensitivity.{name} is called {now} now, as its command is",
            DeprecationWarning,
            stacklevel=2,
        )
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
