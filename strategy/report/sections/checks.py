"""What becomes of the claims of the text in the model.

Each with its result, and where it fails if it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from strategy.report.commands import command_line
from strategy.report.question import Question
from strategy.report.section import Section

if TYPE_CHECKING:
    from strategy.checking import Checked

__all__ = ["SECTION"]


def find(question: Question) -> Checked:
    """Every claim of the model with its result, over the ranges of what was given no value.

    ``question``: what the report asks.
    """
    from strategy.checking import check

    return check(question.model, question.at)


def data(found: Checked) -> dict[str, Any]:
    """What was ``found``, as plain data."""
    return found.data()


def _commands(question: Question) -> tuple[str, ...]:
    return (command_line(question, "check", outcome=False),)


SECTION = Section(
    key="checks", title="Claims and results", find=find, data=data, commands=_commands
)
