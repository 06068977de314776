"""The sections of a report, one a file, in the order in which they are read."""

from strategy.registry import loaded
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
from strategy.sensitivity.analyses.catalogue import every_analysis

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

__all__ = ["ALL", "Refused", "Section", "every_section"]


def every_section() -> tuple[Section, ...]:
    """The sections of a report: the toolkit's own, and after those of its analyses what other packages have registered, as
    analyses and as ``strategy.sections``."""
    known = {one.key for one in ALL}
    analyses = [found.section_of(one) for one in every_analysis().values() if one.in_report and one.key not in known]
    others = {one.key: one for one in (*analyses, *loaded("sections", Section).values()) if one.key not in known}
    place = ALL.index(drawing.SECTION)
    return (*ALL[:place], *others.values(), *ALL[place:])
