"""How far each assumption must move before the conclusion changes: one analysis a file.

``catalogue`` lists the analyses, what they hand on with them. The names below are imported
when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from strategy.lazy_names import handed_on, looked_up_in
from strategy.moved import old_names

if TYPE_CHECKING:
    from strategy.sensitivity.analyses.catalogue import *  # noqa: F403
    from strategy.sensitivity.analyses.catalogue import Analysis as Analysis
    from strategy.sensitivity.analyses.finding import Finding as Finding
    from strategy.sensitivity.deciding.at_values import (
        outcome_probability as outcome_probability,
        verdict as verdict,
    )
    from strategy.sensitivity.deciding.binding import Binding as Binding
    from strategy.sensitivity.deciding.verdicts import Verdict as Verdict
    from strategy.sensitivity.samples.designs import (
        Design as Design,
        Grid as Grid,
        LatinHypercube as LatinHypercube,
        SobolPoints as SobolPoints,
        UniformSamples as UniformSamples,
    )
    from strategy.sensitivity.samples.distributions import (
        Joint as Joint,
        Pert as Pert,
        Triangular as Triangular,
        Uniform as Uniform,
    )
    from strategy.sensitivity.samples.shares import Shares as Shares, shares as shares
    from strategy.sensitivity.samples.user_tables import Rows as Rows
    from strategy.sensitivity.sweeping.result import Sweep as Sweep
    from strategy.sensitivity.sweeping.sweep import sweep as sweep

_HOMES = handed_on(__name__)
__all__ = sorted(_HOMES)
# functions that had another name than their command has
__getattr__ = looked_up_in(
    _HOMES,
    old_names(
        __name__,
        commitments="commitment",
        next_question="question",
        term_ablation="terms",
    ),
)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
