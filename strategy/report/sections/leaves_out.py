"""What the model leaves out, in its own words."""

from __future__ import annotations

from strategy.report.question import Question
from strategy.report.section import Section

__all__ = ["SECTION"]


def find(question: Question) -> tuple[str, ...]:
    """The own statements of the model in ``question``."""
    return question.model.leaves_out


def data(found: tuple[str, ...]) -> list[str]:
    """What was ``found``, as plain data."""
    return list(found)


SECTION = Section(key="leaves_out", title="What the model leaves out", find=find, data=data)
