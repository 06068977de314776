"""Command lines that ask a question again.

What a reader copies to get one part of a report and nothing else.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from strategy.concepts.choices import choices
from strategy.protocols import Concept
from strategy.solvers.protocol import Limits
from strategy.texts import number_text

if TYPE_CHECKING:
    from strategy.assumptions.inquiries import Option
    from strategy.report.question import Question

__all__ = ["analyse_line", "command_line", "concept_lines"]


def command_line(
    question: Question,
    command: str,
    *words: str,
    concept: Concept | None = None,
    options: Mapping[str, Option] | None = None,
    outcome: bool = True,
    without: Iterable[str] = (),
) -> str:
    """One command line with the model, outcome, concept and values of a question.

    Empty where no command can ask it.

    ``words`` follow the model, ``options`` them; ``outcome``: whether the command takes
    one; ``without``: parameters that vary, of which no values are set.
    """
    named = _concept_words(question, concept)
    if not question.called or question.limits != Limits() or named is None:
        return ""
    line = ["strategy", command, question.called, *words, *_option_words(options or {})]
    if outcome and question.outcome.name != question.model.headline:
        line += ["--outcome", question.outcome.name]
    line += named
    for label, value in question.without(*without).items():
        line += ["--set", f"{label}={number_text(value)}"]
    return shlex.join(line)


def concept_lines(
    command: str, question: Question, *words: str, outcome: bool = True
) -> tuple[str, ...]:
    """The same command once for each concept of the question.

    ``words`` are parameters that vary. ``outcome``: whether to name the question's.
    """
    return tuple(
        [
            command_line(
                question, command, *words, concept=one, outcome=outcome, without=words
            )
            for one in question.concepts
        ]
    )


def analyse_line(question: Question, section: str) -> str:
    """The command for a section that has none of its own: all that it has to say, as data.

    ``question``: what the report asks.
    """
    moved = question.map is not None and question.map != question.model.focus
    pair = ["--map", *question.map] if moved and question.map is not None else []
    return command_line(question, "analyse", "--only", section, "--json", *pair)


def _concept_words(question: Question, concept: Concept | None) -> list[str] | None:
    """How a concept is named.

    Not at all if commands take it unasked, None if its name is not known.
    """
    if concept is None or concept == question.concepts[0]:
        return []
    label = next((label for label, one in choices().items() if one == concept), None)
    return None if label is None else ["--concept", label]


def _option_words(options: Mapping[str, Option]) -> list[str]:
    words = []
    for label, value in options.items():
        option = f"--{label.replace('_', '-')}"
        if isinstance(value, bool):
            words += [option] if value else []
        else:
            for one in value if isinstance(value, tuple) else (value,):
                words += [option, str(one)]
    return words
