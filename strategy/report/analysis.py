"""analyse(): ask every section of the report about every model, and keep what each found."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from strategy.assumptions import Model
from strategy.deadline import OutOfTime, check, left, require_seconds, until, within
from strategy.errors import ModelError, StrategyError
from strategy.names import FrozenMapping, ordered
from strategy.report.question import Question
from strategy.report.sections import Refused, Section, every_section
from strategy.solvers.protocol import Limits

__all__ = ["Analysis", "ModelAnalysis", "Progress", "Report", "analyse"]

Progress = Callable[[int, int, str], None]
"""Called before each step: steps done, steps in all, what comes next."""


_SHARE = 1 / 6
"""What a section may take at first of the time that is left, so that a slow one leaves some
to those after it."""


@attrs.frozen(eq=False, repr=False)
class ModelAnalysis:
    """What was found out about one model.

    ``question``: what was asked; ``findings``: by the key of each section, ``Refused`` with
    the reason where there is none.
    """

    question: Question
    findings: FrozenMapping[str, Any]

    @property
    def model(self) -> Model:
        """The model."""
        return self.question.model

    @property
    def answer(self) -> tuple[str, ...]:
        """The short answer, a sentence each; nothing if it was not asked for."""
        found = self.findings.get("answer", ())
        return () if isinstance(found, Refused) else tuple(found)

    def __getitem__(self, key: str) -> Any:
        return self.findings[key]

    def __repr__(self) -> str:
        return f"ModelAnalysis({self.model.name!r}, {self.question.outcome.name!r})"


@attrs.frozen(eq=False, repr=False)
class Report:
    """The analyses of several models, in the order given, and the sections that made them."""

    models: tuple[ModelAnalysis, ...]
    sections: tuple[Section, ...]

    def __repr__(self) -> str:
        return f"Analysis({', '.join(repr(one.model.name) for one in self.models)})"


def _sections(given: Any) -> tuple[Section, ...]:
    chosen = given if isinstance(given, str) else ordered(given, "sections", StrategyError)
    if not all(isinstance(one, Section) for one in chosen):
        raise StrategyError(
            f"sections={given!r}: give Sections, such as [one for one in "
            "strategy.report.sections.ALL if ...]"
        )
    return tuple(chosen)


def _require_models(given: Iterable[Any]) -> None:
    strange = next((one for one in given if not isinstance(one, Model)), None)
    if strange is not None:
        raise ModelError(
            f"{str(strange)[:60]!r} is a {type(strange).__name__}: give Models, such as "
            "those of games.corridor"
        )


def analyse(
    models: Model | Iterable[Model],
    at: Mapping[str, Any] | None = None,
    outcome: str | None = None,
    map: tuple[str, str] | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, so safe to share
    progress: Progress | None = None,
    sections: tuple[Section, ...] | None = None,
    called: Iterable[str] | None = None,
    seconds: float | None = None,
) -> Report:
    """Analyse one model or several: a short answer, and what it rests on.

    ``models``: the model or models. ``at`` gives parameter values instead of baselines,
    ``outcome`` what to ask about instead of each model's headline, ``map`` two parameters
    instead of each model's focus; all of them must fit every model. ``sections``: those
    wanted, in their order (None: all there are, other packages' among them). ``called``:
    how a command line names each model, for the commands in the report (those of registered
    models are known). ``limits``: for each game that is solved; ``progress`` is called
    before each step with steps done, steps in all, and what comes next.

    What a section cannot answer is kept as ``Refused`` with the reason, and so is what is
    not done when ``seconds`` are over; input that does not fit a model raises its
    StrategyError at once.
    """
    require_seconds(seconds)
    sections = every_section() if sections is None else _sections(sections)
    end = (
        None
        if seconds is None
        else time.monotonic() + float(min(seconds, threading.TIMEOUT_MAX))
    )
    chosen = (
        (models,) if isinstance(models, Model) else ordered(models, "models", ModelError)
    )
    _require_models(chosen)
    names: tuple[str | None, ...] = (
        (None,) * len(chosen) if called is None else tuple(called)
    )
    questions = [
        Question.of(model, at, outcome, map, limits, name)
        for model, name in zip(chosen, names, strict=True)
    ]
    for question in questions:
        question.concepts  # noqa: B018 - refuses a game that no concept takes before any work is done
    todo = [(question, section) for question in questions for section in sections]
    # the short answers first, and what is a table before what needs a figure
    if end is not None:
        todo = sorted(
            [(one, section) for section in sections for one in questions],
            key=lambda one: one[1].draws,
        )
    total, done = len(todo), 0
    for share in (_SHARE, 1.0) if end is not None else (1.0,):
        late: list[tuple[Question, Section]] = []
        for question, section in todo:
            if progress is not None:
                progress(done, total, f"{question.model.name}: {section.title}")
            try:
                with (
                    until(end),
                    within(max(share * left(), 0.0) if end is not None else None),
                ):
                    check()
                    section.found(question)
                done += 1
            except OutOfTime:
                late.append((question, section))
        todo = late
    if progress is not None:
        progress(total, total, "done")
    analysed = []
    for question in questions:
        findings = {section.key: section.given_up(question) for section in sections}
        analysed.append(ModelAnalysis(question, FrozenMapping(findings)))
    return Report(tuple(analysed), sections)


Analysis = Report
