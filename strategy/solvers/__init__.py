"""How equilibria are found: one algorithm a file. Solvers propose; concepts judge."""

from strategy.solvers.backward_induction import BackwardInduction
from strategy.solvers.protocol import Candidate, Incomplete, Limits, OutOfTime, Solver
from strategy.solvers.pure_enumeration import PureEnumeration

ALL = (PureEnumeration, BackwardInduction)

__all__ = ["ALL", "BackwardInduction", "Candidate", "Incomplete", "Limits", "OutOfTime", "PureEnumeration", "Solver"]
