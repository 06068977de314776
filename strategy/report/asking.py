"""Inquiries of a model answered.

Each by the analysis that it names, in the words that the analysis makes of its results.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import attrs

from strategy.assumptions import Inquiry
from strategy.assumptions.inquiries import Option
from strategy.concepts.choices import choose
from strategy.deadline import OutOfTime, check
from strategy.errors import RefusalError, StrategyError, refusing_beyond_floats
from strategy.names import FrozenMapping, unknown
from strategy.protocols import Concept
from strategy.report.commands import command_line
from strategy.report.question import Question
from strategy.report.section import NOT_IN_TIME
from strategy.sensitivity.analyses.catalogue import Analysis, every_analysis
from strategy.sensitivity.analyses.finding import Finding

__all__ = ["Answered", "answered", "answered_in_time", "finding"]

_MOST = 3
_NONE: FrozenMapping[str, Option] = FrozenMapping()


@attrs.frozen
class Answered:
    """An inquiry with its answer.

    ``sentences``, and how many ``more`` the ``command`` prints (empty: there is none); or
    why it is ``refused``. ``section``: the key of the report's section where its evidence
    is, None if there is none.
    """

    inquiry: Inquiry
    outcome: str
    concept: str
    sentences: tuple[str, ...]
    more: int
    command: str
    section: str | None
    refused: str = ""


def finding(
    question: Question,
    analysis: Analysis,
    concept: Concept,
    options: FrozenMapping[str, Option] = _NONE,
) -> Finding:
    """What an analysis of the catalogue finds under one concept, found once.

    ``question``: what the report asks; ``options``: of the analysis.

    Raises StrategyError where it finds nothing.
    """

    def find() -> Finding:
        function = analysis.load()
        given = _read(analysis, options)
        with refusing_beyond_floats():
            made: Finding = function(
                question.model, concept, question.outcome, at=question.at, **given
            )
        return made

    found: Finding = question.once((analysis.key, concept, options), find)
    return found


def answered(question: Question, inquiry: Inquiry) -> Answered:
    """The answer to one inquiry, at the values of a question.

    Its outcome and concept are the inquiry's own.
    """
    asked = question.about(
        inquiry.outcome or question.model.headline or question.outcome.name
    )
    name = asked.outcome.name
    try:
        concept = (
            question.concepts[0] if inquiry.concept is None else choose(inquiry.concept)
        )
    except StrategyError as error:
        return Answered(inquiry, name, inquiry.concept or "", (), 0, "", None, str(error))
    try:
        sentences, command, section = _answer(asked, inquiry, concept)
    except StrategyError as error:
        return Answered(
            inquiry,
            name,
            str(concept),
            (),
            0,
            _plain_line(asked, inquiry, concept),
            None,
            str(error),
        )
    shown = sentences[:_MOST]
    here = asked is question and concept in question.concepts
    return Answered(
        inquiry,
        name,
        str(concept),
        shown,
        len(sentences) - len(shown),
        command,
        section if here else None,
    )


def answered_in_time(question: Question, inquiry: Inquiry) -> Answered:
    """The same, or that there was no time for it.

    ``question``: what the report asks; ``inquiry``: of its model.
    """
    try:
        check()
        return answered(question, inquiry)
    except OutOfTime:
        return Answered(
            inquiry,
            inquiry.outcome or question.outcome.name,
            inquiry.concept or "",
            (),
            0,
            "",
            None,
            NOT_IN_TIME,
        )


Answer = tuple[tuple[str, ...], str, str | None]
"""Sentences, the command that prints them, and the section with the evidence."""


def _answer(question: Question, inquiry: Inquiry, concept: Concept) -> Answer:
    known = every_analysis()
    if inquiry.analysis not in known:
        raise RefusalError(unknown(inquiry.analysis, known, "analysis"))
    analysis = known[inquiry.analysis]
    found = finding(question, analysis, concept, inquiry.options)
    section = _section(question, analysis, inquiry.options)
    return found.sentences, _plain_line(question, inquiry, concept), section


def _section(
    question: Question, analysis: Analysis, options: Mapping[str, Option]
) -> str | None:
    """The key of the section of a report that has the same.

    It asks with the defaults, or about the question's map.
    """
    if (
        analysis.section
        and question.map is not None
        and dict(options) in ({}, dict(zip("xy", question.map, strict=True)))
    ):
        return analysis.section
    return analysis.key if analysis.in_report and not options else None


def _plain_line(question: Question, inquiry: Inquiry, concept: Concept) -> str:
    analysis = every_analysis().get(inquiry.analysis)
    options = dict(inquiry.options)
    words = [
        str(options.pop(label))
        for label in (analysis.arguments() if analysis else ())
        if label in options
    ]
    return command_line(
        question, inquiry.analysis, *words, concept=concept, options=options
    )


def _read(analysis: Analysis, options: Mapping[str, Option]) -> dict[str, Any]:
    """Options as the function takes them, read as the command line reads them."""
    own, given = analysis.options(), dict[str, Any]()
    for label, value in options.items():
        if label not in own:
            raise RefusalError(unknown(label, own, f"option of {analysis.key}"))
        _, _, *reader = get_args(own[label].annotation)
        texts = list(value) if isinstance(value, tuple) else [str(value)]
        given[label] = (
            reader[0](texts) if reader else texts if isinstance(value, tuple) else value
        )
    return given
