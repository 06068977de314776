"""A contradiction, explained.

The statements, what each demands, the ends of ranges that take part, and what they add up
to.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs

from strategy.assumptions.formulas import labelled
from strategy.assumptions.preferences import Statement
from strategy.display import Table, joined, number
from strategy.forms.plays import Play
from strategy.linear.inequality import Inequality
from strategy.texts import number_text

__all__ = ["Conflict", "ConflictPart"]


@attrs.frozen
class ConflictPart:
    """One inequality of a contradiction.

    ``member``: the number of the statement that demands it (from 0); ``times``: how often
    the ``inequality`` is counted; ``plays``: two plays, the better one first, if it
    compares what they pay.
    """

    member: int
    inequality: Inequality
    times: Fraction
    plays: tuple[Play, Play] | None = None

    def words(self) -> str:
        """Where it comes from: "statement 1, (...) over (...)"."""
        which = f"statement {self.member + 1}"
        return (
            which
            if self.plays is None
            else f"{which}, ({self.plays[0]}) over ({self.plays[1]})"
        )


@attrs.frozen
class Conflict:
    """Statements that contradict each other within the ranges, none of them dispensable.

    ``members``: their numbers, from 0; ``statements``: they themselves. ``parts``: what
    they demand. ``bounds``: the ends of ranges that take part (parameter, whether the upper
    end, its value, how often it is counted). Counted so often, all add up to 0 > ``sum`` (0
    >= ``sum`` unless ``strict``), which is false: that is the proof.
    """

    members: tuple[int, ...]
    statements: tuple[Statement, ...]
    parts: tuple[ConflictPart, ...]
    bounds: tuple[tuple[str, bool, Fraction, Fraction], ...]
    sum: Fraction
    strict: bool

    @property
    def falsehood(self) -> str:
        """What they add up to."""
        return f"0 {'>' if self.strict else '≥'} {number(self.sum)}"

    def bound_words(self, label: Callable[[str], str] = str) -> list[str]:
        """The ends of ranges that take part: "leverage ≤ 9".

        ``label``: what to call a parameter, such as ``model.label``.
        """
        return [
            f"{label(one)} {'≤' if upper else '≥'} {number(end)}"
            for one, upper, end, _ in self.bounds
        ]

    def within_words(self, label: Callable[[str], str] = str) -> str:
        """The ends of ranges that take part, for the end of a sentence.

        ``label``: what to call a parameter, such as ``model.label``.
        """
        said = [
            f"{label(one)} is at {'most' if upper else 'least'} {number(end)}"
            for one, upper, end, _ in self.bounds
        ]
        return f", as {joined(said)}" if said else ""

    def table(self, label: Callable[[str], str] = str) -> Table:
        """What adds up to the contradiction, row by row.

        ``label``: what to call a parameter, such as ``model.label``.
        """
        rows = [
            [one.words(), labelled(str(one.inequality), label), number(one.times)]
            for one in self.parts
        ]
        for (_, _, _, times), words in zip(
            self.bounds, self.bound_words(label), strict=True
        ):
            rows.append(["range", words, number(times)])
        caption = (
            "The contradiction: multiplied by these factors, the rows add up to "
            f"{self.falsehood}"
        )
        return Table(["from", "what holds", "times"], rows, [2], caption=caption)

    def data(self) -> dict[str, Any]:
        """All of it as plain data; statements by their numbers from 1, as they are shown."""
        return {
            "statements": [i + 1 for i in self.members],
            "words": [one.words() for one in self.statements],
            "demands": [
                {
                    "statement": one.member + 1,
                    "inequality": str(one.inequality),
                    "times": number_text(one.times),
                    "plays": None
                    if one.plays is None
                    else [str(play) for play in one.plays],
                }
                for one in self.parts
            ],
            "ranges": [
                {
                    "parameter": label,
                    "end": "high" if upper else "low",
                    "value": number_text(end),
                    "times": str(times),
                }
                for label, upper, end, times in self.bounds
            ],
            "adds_up_to": self.falsehood,
        }
