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
    verdicts,
)
from strategy.sensitivity.analyses.catalogue import every_analysis

_FIRST: tuple[Section, ...] = (
    answer.SECTION,
    questions.SECTION,
    region_map.SECTION,
    found.SECTIONS["thresholds"],
    gains.SECTION,
    checks.SECTION,
)
_LAST: tuple[Section, ...] = (
    drawing.SECTION,
    equilibria.SECTION,
    verdicts.SECTION,
    assumptions.SECTION,
    claims.SECTION,
    leaves_out.SECTION,
    reproduce.SECTION,
)
ALL: tuple[Section, ...] = (
    *_FIRST,
    *[one for one in found.SECTIONS.values() if one not in _FIRST],
    *_LAST,
)

__all__ = ["ALL", "Refused", "Section", "every_section"]


def every_section() -> tuple[Section, ...]:
    """The sections of a report.

    The toolkit's own, and after those of its analyses what other packages have registered,
    as analyses and as ``strategy.sections``.
    """
    analyses = [found.section_of(one) for one in every_analysis().values() if one.in_report]
    others = {one.key: one for one in (*analyses, *loaded("sections", Section).values())}
    for one in ALL:
        others.pop(one.key, None)
    return (*ALL[: -len(_LAST)], *others.values(), *_LAST)
