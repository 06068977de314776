"""Games whose payoffs come from stated assumptions.

All equilibria with proof, and how far each assumption may move.

    forms/         what can be done: normal and extensive forms, plays, games given as numbers
    assumptions/   why it pays: parameters, conditions, terms, claims, models
    concepts/      when a profile counts: one solution concept a file
    solvers/       how equilibria are found: one algorithm a file
    solving.py     solve(): the one way in; solving_many/: thousands of games at once
    results.py     Status, Equilibrium, Solution; certificates.py: Certificate
    sensitivity/   verdicts, thresholds, regions: one analysis a file
    plots/         figures; report/: the page that people read; cli/: the command line

The names below are imported when first used, so that ``import strategy`` is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from strategy.lazy_names import handed_on, looked_up_in
from strategy.moved import find_moved_modules

if TYPE_CHECKING:
    from strategy.algebraic import AlgebraicNumber as AlgebraicNumber
    from strategy.assumptions import (
        Claim as Claim,
        Inquiry as Inquiry,
        Model as Model,
        Outcome as Outcome,
        Parameter as Parameter,
        Parameters as Parameters,
        Term as Term,
        where as where,
    )
    from strategy.certificates import Certificate as Certificate
    from strategy.concepts.listed import *  # noqa: F403
    from strategy.errors import (
        GameError as GameError,
        ModelError as ModelError,
        NumberError as NumberError,
        ParameterError as ParameterError,
        RefusalError as RefusalError,
        SizeError as SizeError,
        StrategyError as StrategyError,
    )
    from strategy.forms import (
        Chance as Chance,
        Decision as Decision,
        End as End,
        ExtensiveForm as ExtensiveForm,
        ExtensiveFormGame as ExtensiveFormGame,
        NormalForm as NormalForm,
        NormalFormGame as NormalFormGame,
        Play as Play,
        PureProfile as PureProfile,
    )
    from strategy.results import (
        Equilibrium as Equilibrium,
        Solution as Solution,
        Status as Status,
    )
    from strategy.solvers.protocol import (
        Candidate as Candidate,
        Incomplete as Incomplete,
        Limits as Limits,
        Solver as Solver,
    )
    from strategy.solving import solve as solve
    from strategy.solving_many import solve_many as solve_many

__version__ = "0.1.0"
find_moved_modules()
_HOMES = handed_on(__name__)
__all__ = sorted(_HOMES)
__getattr__ = looked_up_in(_HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
