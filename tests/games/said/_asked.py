"""The sentences of ``strategy ask``, each with the command that it names: run, and held to it.

The numbers and verdicts of a sentence are solved anew by the readers of ``tests/report``, which
read it as the same model says it that has no words for people.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from unittest import mock

from games.corridor import activation, alignment, sequence
from strategy.report.asking import Answered, answered
from strategy.report.question import Question
from tests._models import in_names
from tests.games.said._sentences import MARKS, Sentence
from tests.games.said._table import Row
from tests.report.sentences import Said, checked, inquired
from tests.report.solved_anew import Told
from tests.test_docs import in_this_process

MODELS = {
    one.name: one
    for one in (activation.model, sequence.model, sequence.reaction, alignment.model)
}


def answers(name: str) -> list[Answered]:
    """What the model answers, in words for people."""
    return [answered(Question.of(MODELS[name]), one) for one in MODELS[name].inquiries]


def rows(name: str, found: list[Answered]) -> Iterator[Row]:
    """Every sentence of the answers, with the call that it names, run, and how it was checked."""
    named = Question.of(in_names(MODELS[name]))
    for answer, inquiry in zip(found, named.model.inquiries, strict=True):
        again, told = printed(answer.command), answered(named, inquiry).sentences
        about, concept = inquired(inquiry.text, named)
        for place, (sentence, plain) in enumerate(zip(answer.sentences, told, strict=True)):
            how = checked(
                Said("questions", "", inquiry.text, "li", plain),
                Told(about, concept, "questions", inquiry.text, "", told, place),
                name,
            )
            problem = how.problem or (
                "" if joined(sentence) in again else "not what it prints"
            )
            one = Sentence(f"strategy ask {name}", inquiry.text, place + 1, sentence)
            yield Row(one, how.how, answer.command, plain, problem)


def unaccounted(name: str, found: list[Answered]) -> list[str]:
    """Lines of ``strategy ask`` with a number or a verdict that are no sentence of an answer, no
    question, and no command."""
    known = {MODELS[name].name, *[one.text for one in MODELS[name].inquiries]}
    for answer in found:
        more = f"and {answer.more} more sentence{'s' * (answer.more > 1)}:"
        known |= {*answer.sentences, answer.command, more}
    lines = [
        line.strip().removeprefix("- ")
        for line in _printed(f"strategy ask {name}").splitlines()
    ]
    return [line for line in lines if line and line not in known and MARKS.search(line)]


def printed(command: str) -> str:
    return joined(_printed(command))


def _printed(command: str) -> str:
    wide = {"COLUMNS": "5000", "NO_COLOR": "1", "TERM": "dumb"}
    with mock.patch.dict(os.environ, wide):
        code, text, errors = in_this_process(shlex.join(shlex.split(command)))
    assert code == 0, f"{command}: {errors}"
    return text


def joined(text: str) -> str:
    return " ".join(text.split())
