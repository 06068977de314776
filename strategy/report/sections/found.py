"""Sections for the analyses in the catalogue.

Each is asked under every concept of the question, with its defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from strategy.errors import StrategyError
from strategy.report.asking import finding
from strategy.report.commands import concept_lines
from strategy.report.question import Question
from strategy.report.section import Refused, Section
from strategy.sensitivity.analyses.catalogue import ALL, Analysis

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from strategy.sensitivity.analyses.finding import Finding

__all__ = ["SECTIONS", "alike", "section_of"]

Found = tuple["Finding | Refused", ...]


def _find(analysis: Analysis, question: Question) -> Found | Refused:
    """One finding a concept, or the reason why there is none.

    The reason alone if it is the same for all.
    """
    found: list[Finding | Refused] = []
    for concept in question.concepts:
        try:
            found.append(finding(question, analysis, concept))
        except StrategyError as error:
            found.append(Refused(str(error)))
    reasons = {one.reason for one in found if isinstance(one, Refused)}
    if len(reasons) == 1 and all(isinstance(one, Refused) for one in found):
        return Refused(reasons.pop())
    return tuple(found)


def alike(found: Found, i: int) -> int | None:
    """The first finding that shows the same as the one at ``i``, under another concept.

    It is None if there is none before that one.

    The same are findings of the same data, and those of the same words and tables, which
    may rest on more or less work. ``found``: the findings.
    """
    one = found[i]
    if isinstance(one, Refused):
        return None
    for j, other in enumerate(found[:i]):
        if not isinstance(other, Refused) and (
            other.data() == one.data() or _shown(other) == _shown(one)
        ):
            return j
    return None


def _shown(one: Finding) -> tuple[Any, ...]:
    return one.sentences, [(table.caption, table.text()) for table in one.tables]


def _data(found: Found) -> list[Any]:
    return [
        {"refused": one.reason} if isinstance(one, Refused) else one.data() for one in found
    ]


def _figures(analysis: Analysis, question: Question, found: Found) -> Mapping[str, Figure]:
    from strategy.plots.drawing.found import figure_of

    made = {}
    for i, one in enumerate(found):
        if (
            analysis.figure
            and not isinstance(one, Refused)
            and one.has_figure
            and alike(found, i) is None
        ):
            figure = figure_of(one, analysis.figure)
            (ax,) = figure.axes
            # else it is the words again, and nothing drawn
            if ax.lines or ax.patches or ax.collections or ax.child_axes:
                made[f"{analysis.key}{f'-{i + 1}' if i else ''}"] = figure
    return made


def section_of(analysis: Analysis) -> Section:
    """The section of an analysis."""
    return Section(
        key=analysis.key,
        title=analysis.title,
        find=partial(_find, analysis),
        data=_data,
        figures=partial(_figures, analysis),
        template="finding.html.j2",
        commands=partial(concept_lines, analysis.key),
    )


SECTIONS = {one.key: section_of(one) for one in ALL if one.in_report}
