"""How equilibria are found: one algorithm a file. Solvers propose; concepts judge."""

from strategy.solvers.backward_induction import BackwardInduction
from strategy.solvers.bimatrix_enumeration import BimatrixEnumeration
from strategy.solvers.branch_and_prune import BranchAndPrune
from strategy.solvers.candidates_first import CandidatesFirst
from strategy.solvers.commitment_programmes import (
    BestCommitment,
    CommitmentProgrammes,
    Committed,
    ValueOfCommitment,
    best_commitment,
    value_of_commitment,
)
from strategy.solvers.correlated_programme import (
    CorrelatedProgramme,
    Extremes,
    Reached,
    correlated_extremes,
    correlated_optimum,
)
from strategy.solvers.iterated_elimination import IteratedElimination
from strategy.solvers.lemke_howson import LemkeHowson
from strategy.solvers.logit_tracing import (
    LogitBranch,
    LogitTracing,
    logit_branch,
)
from strategy.solvers.nash_refinement import (
    NashRefinement,
)
from strategy.solvers.proofs import Proof, Replay, prove, replay
from strategy.solvers.protocol import (
    Batch,
    Candidate,
    Incomplete,
    Limits,
    OutOfTime,
    Solver,
)
from strategy.solvers.pure_enumeration import PureEnumeration
from strategy.solvers.zero_sum_programme import ZeroSumProgramme

# What solve() goes by where it fits: solvers that call others, in the order of what they
# cost.
PLANS = (CandidatesFirst,)
# Else solve() takes the first that fits: those that find all equilibria come before those
# that find one.
ALL = (
    PureEnumeration,
    BackwardInduction,
    BimatrixEnumeration,
    BranchAndPrune,
    NashRefinement,
    LogitTracing,
    ZeroSumProgramme,
    LemkeHowson,
    CorrelatedProgramme,
    IteratedElimination,
    CommitmentProgrammes,
)

__all__ = [
    "ALL",
    "PLANS",
    "BackwardInduction",
    "Batch",
    "BestCommitment",
    "BimatrixEnumeration",
    "BranchAndPrune",
    "Candidate",
    "CandidatesFirst",
    "CommitmentProgrammes",
    "Committed",
    "CorrelatedProgramme",
    "Extremes",
    "Incomplete",
    "IteratedElimination",
    "LemkeHowson",
    "Limits",
    "LogitBranch",
    "LogitTracing",
    "NashRefinement",
    "OutOfTime",
    "Proof",
    "PureEnumeration",
    "Reached",
    "Replay",
    "Solver",
    "ValueOfCommitment",
    "ZeroSumProgramme",
    "best_commitment",
    "correlated_extremes",
    "correlated_optimum",
    "logit_branch",
    "prove",
    "replay",
    "value_of_commitment",
]
