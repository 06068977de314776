"""strategy ask: the questions that a model states, and their answers."""

from __future__ import annotations

from collections.abc import Iterable

from strategy.cli import _models
from strategy.cli._output import print_json, say, say_command
from strategy.cli._progress import working
from strategy.deadline import within
from strategy.report.asking import Answered, answered_in_time
from strategy.report.document import NOTE
from strategy.report.question import Question
from strategy.report.section import NOT_IN_TIME, Refused
from strategy.report.sections.questions import SECTION
from strategy.texts import number_text

__all__ = ["print_answers", "run"]


def run(given: str, changes: list[str], *, seconds: float | None, as_json: bool) -> None:
    """Answer every inquiry of a model."""
    model = _models.find_model(given)
    question = Question.of(model, _models.changes(changes), called=given)
    question.concepts  # noqa: B018 - refuses a game that no concept takes
    with working("answering the questions of the model"), within(seconds):
        found = tuple([answered_in_time(question, one) for one in question.model.inquiries])
    if as_json:
        values = {label: number_text(one) for label, one in question.at.items()}
        print_json(
            {
                "model": model.name,
                "values": values,
                "note": NOTE,
                "questions": SECTION.data(found),
            }
        )
        return
    if not found:
        say("The model states no questions of its own.")
        return
    print_answers(found)
    say(NOTE)


def print_answers(found: Iterable[Answered] | Refused, most: int = 3) -> None:
    """Question, so many sentences, and the command that prints the rest."""
    if isinstance(found, Refused):
        say(f"No answers: {found.reason}.")
        return
    for one in found:
        say(one.inquiry.text, emphasis=True)
        if one.refused:
            why = (
                "Not answered"
                if one.refused == NOT_IN_TIME
                else "This model does not answer it"
            )
            say(f"{why}: {one.refused}.", bullet="- ")
        for sentence in one.sentences[:most]:
            say(sentence, bullet="- ")
        left = one.more + len(one.sentences[most:])
        if left:
            say(
                f"and {left} more sentence{'s' if left > 1 else ''}:"
                if one.command
                else f"and {left} more.",
                bullet="- ",
            )
        if one.command:
            say_command(one.command)
        say()
