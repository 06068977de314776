"""Games whose payoffs come from stated assumptions: all equilibria with proof, and how far
each assumption may move.

    forms/         what can be done: normal and extensive forms, plays, games given as numbers
    assumptions/   why it pays: parameters, conditions, terms, claims, models
    concepts/      when a profile counts: one solution concept a file
    solvers/       how equilibria are found: one algorithm a file
    solving.py     solve(): the one way in; solving_many/: thousands of games at once
    results.py     Status, Certificate, Equilibrium, Solution
    sensitivity/   verdicts, thresholds, regions: one analysis a file
    plots/         figures; report/: the page that people read; cli/: the command line

The names below are imported when first used, so that ``import strategy`` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from strategy.moved import find_moved_modules

if TYPE_CHECKING:
    from strategy.algebraic import AlgebraicNumber
    from strategy.assumptions import (
        Claim,
        Inquiry,
        Model,
        Outcome,
        Parameter,
        Parameters,
        Term,
        where,
    )
    from strategy.certificates import Certificate
    from strategy.concepts import (
        CoalitionProofNash,
        CoarseCorrelatedEquilibrium,
        Commitment,
        CorrelatedEquilibrium,
        LogitQuantalResponse,
        Nash,
        Proper,
        PureNash,
        PureSubgamePerfect,
        Rationalizability,
        StrongNash,
        TremblingHandPerfect,
    )
    from strategy.errors import (
        GameError,
        ModelError,
        NumberError,
        ParameterError,
        RefusalError,
        SizeError,
        StrategyError,
    )
    from strategy.forms import (
        Chance,
        Decision,
        End,
        ExtensiveForm,
        ExtensiveFormGame,
        NormalForm,
        NormalFormGame,
        Play,
        PureProfile,
    )
    from strategy.results import Equilibrium, Solution, Status
    from strategy.solvers.protocol import Candidate, Incomplete, Limits, Solver
    from strategy.solving import solve
    from strategy.solving_many import solve_many

__version__ = "0.1.0"
find_moved_modules()

_HOMES = {
    "strategy.algebraic": ("AlgebraicNumber",),
    "strategy.assumptions": ("Claim", "Inquiry", "Model", "Outcome", "Parameter", "Parameters",
    "Term", "where"),
    "strategy.concepts": (
        "CoalitionProofNash", "CoarseCorrelatedEquilibrium", "Commitment",
        "CorrelatedEquilibrium", "LogitQuantalResponse",
        "Nash", "Proper", "PureNash", "PureSubgamePerfect", "Rationalizability", "StrongNash",
        "TremblingHandPerfect",
    ),
    "strategy.errors": ("GameError", "ModelError", "NumberError", "ParameterError",
    "RefusalError", "SizeError", "StrategyError"),
    "strategy.forms": (
        "Chance", "Decision", "End", "ExtensiveForm", "ExtensiveFormGame", "NormalForm",
        "NormalFormGame", "Play", "PureProfile",
    ),
    "strategy.results": ("Certificate", "Equilibrium", "Solution", "Status"),
    "strategy.solvers.protocol": ("Candidate", "Incomplete", "Limits", "Solver"),
    "strategy.solving": ("solve",),
    "strategy.solving_many": ("solve_many",),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AlgebraicNumber",
    "Candidate",
    "Certificate",
    "Chance",
    "Claim",
    "CoalitionProofNash",
    "CoarseCorrelatedEquilibrium",
    "Commitment",
    "CorrelatedEquilibrium",
    "Decision",
    "End",
    "Equilibrium",
    "ExtensiveForm",
    "ExtensiveFormGame",
    "GameError",
    "Incomplete",
    "Inquiry",
    "Limits",
    "LogitQuantalResponse",
    "Model",
    "ModelError",
    "Nash",
    "NormalForm",
    "NormalFormGame",
    "NumberError",
    "Outcome",
    "Parameter",
    "ParameterError",
    "Parameters",
    "Play",
    "Proper",
    "PureNash",
    "PureProfile",
    "PureSubgamePerfect",
    "Rationalizability",
    "RefusalError",
    "SizeError",
    "Solution",
    "Solver",
    "Status",
    "StrategyError",
    "StrongNash",
    "Term",
    "TremblingHandPerfect",
    "solve",
    "solve_many",
    "where",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'strategy' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
