"""The questions that the model is put.

Each is answered in the words of the analysis that it names.
"""

from __future__ import annotations

from typing import Any

from strategy.report.asking import Answered, answered
from strategy.report.commands import command_line
from strategy.report.question import Question
from strategy.report.section import Section

__all__ = ["SECTION"]


def find(question: Question) -> tuple[Answered, ...]:
    """Every inquiry of the model in ``question``, answered."""
    return tuple([answered(question, one) for one in question.model.inquiries])


def data(found: tuple[Answered, ...]) -> list[dict[str, Any]]:
    """What was ``found``, as plain data."""
    return [
        {
            "question": one.inquiry.text,
            "outcome": one.outcome,
            "concept": one.concept,
            "analysis": one.inquiry.analysis,
            "options": {
                label: list(value) if isinstance(value, tuple) else value
                for label, value in one.inquiry.options.items()
            },
            "sentences": list(one.sentences),
            "more_sentences": one.more,
            "command": one.command,
            "section": one.section,
            "refused": one.refused,
        }
        for one in found
    ]


def _commands(question: Question) -> tuple[str, ...]:
    return (command_line(question, "ask", outcome=False),)


SECTION = Section(
    key="questions", title="Questions", find=find, data=data, commands=_commands
)
