"""When a profile counts: one solution concept a file.

Each judges any profile of any game it takes, on its own.

A concept may say more of itself: ``mixes``, whether players randomise, so that a set may be
a continuum and an outcome random within one equilibrium (without it, the profiles listed
tell); ``refines``, the class of a concept among whose equilibria its own are, so that a
solver for that one finds them; ``always_exists``, whether every game that it takes has one;
``one_called``, what a member of its set is called that is not an equilibrium
("rationalizable play", many with an s); ``read(game, given)``, how what it judges is read,
where that is not a profile, pure or mixed, as ``forms.read_profile`` reads it.
"""

# ruff: noqa: F403, F405

from strategy.concepts.comparison import (
    ParetoComparison as ParetoComparison,
    Ranked as Ranked,
    pareto_comparison as pareto_comparison,
    welfare_ranking as welfare_ranking,
)
from strategy.concepts.dominance import (
    Elimination as Elimination,
    best_responses as best_responses,
    eliminate_strictly as eliminate_strictly,
    eliminate_strictly_by_mixtures as eliminate_strictly_by_mixtures,
    eliminate_weakly as eliminate_weakly,
    eliminate_weakly_by_mixtures as eliminate_weakly_by_mixtures,
    strictly_dominated as strictly_dominated,
    strictly_dominated_by_mixtures as strictly_dominated_by_mixtures,
    weakly_dominated as weakly_dominated,
    weakly_dominated_by_mixtures as weakly_dominated_by_mixtures,
)
from strategy.concepts.invariances import Invariance as Invariance
from strategy.concepts.listed import *
from strategy.concepts.objectives import (
    Payoff as Payoff,
    Probability as Probability,
    Welfare as Welfare,
)
from strategy.concepts.rationalizability import rationalizable as rationalizable
from strategy.concepts.risk_and_p_dominance import (
    PDominance as PDominance,
    RiskDominance as RiskDominance,
    p_dominance as p_dominance,
    risk_dominance as risk_dominance,
)
from strategy.lazy_names import handed_on

__all__ = ["ALL", *sorted(handed_on(__name__))]
