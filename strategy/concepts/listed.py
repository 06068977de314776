"""The solution concepts, each a file and a line here.

Public names of ``strategy`` and of ``strategy.concepts``.
"""

from strategy.concepts.coalition_proof import CoalitionProofNash as CoalitionProofNash
from strategy.concepts.commitment import Commitment as Commitment
from strategy.concepts.correlated import (
    CoarseCorrelatedEquilibrium as CoarseCorrelatedEquilibrium,
    CorrelatedEquilibrium as CorrelatedEquilibrium,
)
from strategy.concepts.nash import Nash as Nash
from strategy.concepts.perfect import TremblingHandPerfect as TremblingHandPerfect
from strategy.concepts.proper import Proper as Proper
from strategy.concepts.pure_nash import PureNash as PureNash
from strategy.concepts.pure_subgame_perfect import PureSubgamePerfect as PureSubgamePerfect
from strategy.concepts.quantal_response import LogitQuantalResponse as LogitQuantalResponse
from strategy.concepts.rationalizability import Rationalizability as Rationalizability
from strategy.concepts.strong_nash import StrongNash as StrongNash

# Where no concept is named, the first of these that takes the game is meant.
ALL = (
    PureNash,
    PureSubgamePerfect,
    Nash,
    StrongNash,
    CoalitionProofNash,
    TremblingHandPerfect,
    Proper,
)
