"""What a section of a report is: it finds something out about a question, and shows it as data, figures and a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from strategy.report.question import Question

__all__ = ["NOT_IN_TIME", "Refused", "Section"]


def _no_figures(_: Question, __: Any) -> Mapping[str, Figure]:
    return {}


@attrs.frozen(kw_only=True)
class Section:
    """One section. To add another: a file in ``sections/`` with its ``SECTION``, a template of its key, a line in ``ALL``.

    ``find(question)`` gives the findings (a type of the section's own), or raises StrategyError with the reason why there are
    none; ``data(findings)`` gives them as plain data for JSON; ``figures(question, findings)`` gives named figures. ``template``
    shows them where no template has the section's key. ``commands(question)``: the command lines that print the same, one a
    concept where they differ by it; without it ``strategy analyse --only`` is.
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

    def command_lines(self, question: Question) -> tuple[str, ...]:
        """The command lines that give just this section, for this very question; none where the model has no name there."""
        from strategy.report.commands import analyse_line
        from strategy.report.sections import ALL

        if self.commands is not None:
            lines = self.commands(question)
        else:  # the command line knows no section from outside
            lines = tuple([analyse_line(question, self.key) for one in ALL if one is self])
        return tuple([line for line in dict.fromkeys(lines) if line])


NOT_IN_TIME = "the time asked for was over before this was done"


@attrs.frozen
class Refused:
    """What stands in place of findings that a section cannot have: the reason."""

    reason: str
