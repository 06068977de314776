"""The sections of a report, one a file, in the order in which they are read."""

from strategy.report.sections import assumptions, drawing, equilibria, gains, region_map, thresholds, verdicts
from strategy.report.sections.protocol import Refused, Section

ALL: tuple[Section, ...] = (
    verdicts.SECTION,
    thresholds.SECTION,
    region_map.SECTION,
    equilibria.SECTION,
    gains.SECTION,
    drawing.SECTION,
    assumptions.SECTION,
)

__all__ = ["ALL", "Refused", "Section"]
