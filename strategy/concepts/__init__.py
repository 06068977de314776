"""When a profile counts: one solution concept a file. Each judges any profile of any game
it takes, on its own.

A concept may say more of itself: ``mixes``, whether players randomise, so that a set may be
a continuum and an outcome random within one equilibrium (without it, the profiles listed
tell); ``always_exists``, whether every game that it takes has one; ``one_called``, what a
member of its set is called that is not an equilibrium ("rationalizable play", many with an
s); ``read(game, given)``, how what it judges is read, where that is not a profile, pure or
mixed, as ``forms.read_profile`` reads it.
"""

from strategy.concepts.coalition_proof import CoalitionProofNash
from strategy.concepts.commitment import Commitment
from strategy.concepts.comparison import (
    ParetoComparison,
    Ranked,
    pareto_comparison,
    welfare_ranking,
)
from strategy.concepts.correlated import CoarseCorrelatedEquilibrium, CorrelatedEquilibrium
from strategy.concepts.dominance import (
    Elimination,
    best_responses,
    eliminate_strictly,
    eliminate_strictly_by_mixtures,
    eliminate_weakly,
    eliminate_weakly_by_mixtures,
    strictly_dominated,
    strictly_dominated_by_mixtures,
    weakly_dominated,
    weakly_dominated_by_mixtures,
)
from strategy.concepts.invariances import Invariance
from strategy.concepts.nash import Nash
from strategy.concepts.objectives import Payoff, Probability, Welfare
from strategy.concepts.perfect import TremblingHandPerfect
from strategy.concepts.proper import Proper
from strategy.concepts.pure_nash import PureNash
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect
from strategy.concepts.quantal_response import LogitQuantalResponse
from strategy.concepts.rationalizability import Rationalizability, rationalizable
from strategy.concepts.risk_and_p_dominance import (
    PDominance,
    RiskDominance,
    p_dominance,
    risk_dominance,
)
from strategy.concepts.strong_nash import StrongNash

ALL = (
    PureNash,
    PureSubgamePerfect,
    Nash,
    StrongNash,
    CoalitionProofNash,
    TremblingHandPerfect,
    Proper,
)

__all__ = [
    "ALL",
    "CoalitionProofNash",
    "CoarseCorrelatedEquilibrium",
    "Commitment",
    "CorrelatedEquilibrium",
    "Elimination",
    "Invariance",
    "LogitQuantalResponse",
    "Nash",
    "PDominance",
    "ParetoComparison",
    "Payoff",
    "Probability",
    "Proper",
    "PureNash",
    "PureSubgamePerfect",
    "Ranked",
    "Rationalizability",
    "RiskDominance",
    "StrongNash",
    "TremblingHandPerfect",
    "Welfare",
    "best_responses",
    "eliminate_strictly",
    "eliminate_strictly_by_mixtures",
    "eliminate_weakly",
    "eliminate_weakly_by_mixtures",
    "p_dominance",
    "pareto_comparison",
    "rationalizable",
    "risk_dominance",
    "strictly_dominated",
    "strictly_dominated_by_mixtures",
    "weakly_dominated",
    "weakly_dominated_by_mixtures",
    "welfare_ranking",
]
