"""What an analysis returns.

Sentences, tables and data, which the terminal, notebooks, the report and JSON all show.
"""

from __future__ import annotations

import abc
from typing import Any

from strategy.display import Table, notebook, paragraph, title

__all__ = ["Finding"]


class Finding(abc.ABC):
    """The base of every analysis' result.

    A result says in ``heading`` what was asked, in ``sentences`` what was found, and shows
    it in ``tables``; ``data()`` has all of it as plain data.
    """

    __slots__ = ()

    @property
    @abc.abstractmethod
    def heading(self) -> str:
        """What was asked, of which model, under which concept: one line."""

    @property
    @abc.abstractmethod
    def sentences(self) -> tuple[str, ...]:
        """What was found, a sentence each, the most important first."""

    @property
    @abc.abstractmethod
    def tables(self) -> tuple[Table, ...]:
        """What was found, row by row; each with a caption."""

    @property
    def has_figure(self) -> bool:
        """Whether a figure shows more than the sentences say; a report draws no other."""
        return True

    @abc.abstractmethod
    def data(self) -> dict[str, Any]:
        """All of it as plain data for JSON: exact numbers as text, verdicts by name."""

    def __str__(self) -> str:
        return "\n".join(
            [
                self.heading,
                *self.sentences,
                *[f"\n{table.caption}\n{table.text()}" for table in self.tables],
            ]
        )

    def _repr_html_(self) -> str:
        return notebook(
            title(self.heading), *[paragraph(one) for one in self.sentences], *self.tables
        )
