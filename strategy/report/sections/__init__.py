"""The sections of a report, one a file, in the order in which they are read."""

from strategy.report.section import Refused, Section
from strategy.report.sections import (
    answer,
    assumptions,
    checks,
    claims,
    drawing,
    equilibria,
    found,
    gains,
    leaves_out,
    questions,
    region_map,
    reproduce,
    thresholds,
    verdicts,
)

ALL: tuple[Section, ...] = (
    answer.SECTION,
    questions.SECTION,
    region_map.SECTION,
    thresholds.SECTION,
    gains.SECTION,
    checks.SECTION,
    *found.SECTIONS,
    drawing.SECTION,
    equilibria.SECTION,
    verdicts.SECTION,
    assumptions.SECTION,
    claims.SECTION,
    leaves_out.SECTION,
    reproduce.SECTION,
)

__all__ = ["ALL", "Refused", "Section"]
