"""What a section of a report is.

It finds something out about a question, and shows it as data, figures and a template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from strategy.errors import StrategyError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from strategy.report.question import Question

__all__ = ["NOT_IN_TIME", "Refused", "Section"]


def _no_figures(_: Question, __: Any) -> Mapping[str, Figure]:
    return {}


@attrs.frozen(kw_only=True)
class Section:
    """One section.

    To add another, write a file in ``sections/`` with its ``SECTION``, a template of its
    key and a line in ``ALL``.

    ``find(question)`` gives the findings (a type of the section's own), or raises
    StrategyError with the reason why there are none; ``data(findings)`` gives them as plain
    data for JSON; ``figures(question, findings)`` gives named figures. ``template`` shows
    them where no template has the section's key. ``commands(question)``: the command lines
    that print the same, one a concept where they differ by it; without it ``strategy
    analyse --only`` is.
    """

    key: str
    title: str
    find: Callable[[Question], Any]
    data: Callable[[Any], Any]
    figures: Callable[[Question, Any], Mapping[str, Figure]] = _no_figures
    template: str = "data.html.j2"
    commands: Callable[[Question], tuple[str, ...]] | None = None

    @property
    def draws(self) -> bool:
        """Whether it has figures, or may have."""
        return self.figures is not _no_figures

    def found(self, question: Question) -> Any:
        """What it finds about a question, found once.

        ``Refused`` with the reason where it cannot. Sections may rest on one another so.

        Raises OutOfTime where the time is over before; asked again with more time it begins
        anew.
        """

        def find() -> Any:
            try:
                return self.find(question)
            except StrategyError as error:
                return Refused(str(error))

        return question.once(("section", self.key), find)

    def given_up(self, question: Question) -> Any:
        """What it has found by now, or that there was no time for it, for good.

        ``question``: what the report asks.
        """
        return question.once(("section", self.key), lambda: Refused(NOT_IN_TIME))


NOT_IN_TIME = "the time limit was reached before this was done"


@attrs.frozen
class Refused:
    """What stands in place of findings that a section cannot have: the reason."""

    reason: str
