"""The short answer: the verdict at the values assumed, and the assumptions whose change would turn it soonest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from strategy.display import joined, number, percent
from strategy.report.question import Question
from strategy.report.sections.protocol import Refused
from strategy.report.sections.thresholds import Along
from strategy.report.sections.thresholds import Found as Thresholds
from strategy.report.words import solution_words
from strategy.results import Status

__all__ = ["short_answer"]

_NEAREST = 3


def short_answer(question: Question, findings: Mapping[str, Any]) -> tuple[str, ...]:
    """Sentences made from findings alone; each states only what one of them shows."""
    said: list[str] = []
    verdicts = findings.get("verdicts", ())
    for found in () if isinstance(verdicts, Refused) else verdicts:
        if found.outcome.name == question.outcome.name:
            solution = question.solution(found.concept)
            proof = "this is proved" if solution.status is Status.NONE_EXISTS else solution_words(solution)
            said.append(f"At the values assumed, {found.sentence} ({proof}).")
    thresholds = findings.get("thresholds", ())
    for each in () if isinstance(thresholds, Refused) else thresholds:
        said.extend(_hangs_on(each, len(thresholds) > 1))
    return tuple(dict.fromkeys(said))


def _hangs_on(found: Thresholds, several: bool) -> list[str]:
    about = f" ({found.concept})" if several else ""
    said = []
    if found.moving:
        shown = [_near(one) for one in found.moving[:_NEAREST]]
        more = len(found.moving) - len(shown)
        others = f"; {more} more assumption{'s do' if more > 1 else ' does'} further off" if more else ""
        said.append(f"Moved alone, these change the verdict soonest{about}: {'; '.join(shown)}{others}.")
    elif not found.refused and not found.still:
        said.append("The model has no parameters that could be moved.")
    elif not found.refused:
        said.append(f"No single assumption, moved alone over its range, changes this verdict{about}.")
    else:
        said.append(f"None of the assumptions that were examined changes this verdict when moved alone over its range{about}.")
    if found.refused:
        names = joined([one.parameter for one in found.refused])
        said.append(f"Not examined along {names}{about}: see the reasons below.")
    return said


def _near(one: Along) -> str:
    assert one.nearest is not None
    assert one.distance is not None
    if one.nearest == one.value:
        return f"{one.parameter} at {number(one.nearest)}, the very value assumed"
    return f"{one.parameter} at {number(one.nearest)} (assumed {number(one.value)}, {percent(one.distance)} of its range away)"
