"""The command lines that give one section of a report and nothing else."""

from __future__ import annotations

from strategy.report.commands import analyse_line
from strategy.report.question import Question
from strategy.report.section import Section
from strategy.report.sections import every_section

__all__ = ["command_lines"]


def command_lines(section: Section, question: Question) -> tuple[str, ...]:
    """The command lines that give just this section, for this very question.

    There are none where the model has no name there.
    """
    if section.commands is not None:
        lines = section.commands(question)
    else:  # the command line knows no section from outside
        lines = tuple(
            [
                analyse_line(question, section.key)
                for one in every_section()
                if one is section
            ]
        )
    return tuple([line for line in dict.fromkeys(lines) if line])
