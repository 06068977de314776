"""What a model prints of itself, read as people read it: the tables of its page and the
order of moves in its description."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser

from strategy import Model
from tests._models import in_names
from tests.games.by_hand import _amounts, _conditions
from tests.games.by_hand._amounts import Amount
from tests.games.by_hand._conditions import Condition


@dataclass(frozen=True)
class Part:
    """A line of the table of terms: who gets how much, and when."""

    player: str
    amount: Amount
    when: Condition


@dataclass(frozen=True)
class Printed:
    """A model as its page shows it. Parameters go by the names that stand there; ``order``
    is that of the moves, and empty where all choose at once."""

    actions: Mapping[str, tuple[str, ...]]
    ranges: Mapping[str, tuple[Fraction, Fraction]]
    parts: tuple[Part, ...]
    outcomes: Mapping[str, Condition]
    order: tuple[str, ...]
    plays: int


@cache
def printed(model: Model) -> Printed:
    """Read the page of a model, in names: formulas are then as they are written."""
    page = in_names(model)._repr_html_()
    tables = _tables(page)
    actions = {player: tuple(names.split(", ")) for player, names in tables["actions"]}
    ranges = {row[0]: _range(row[2]) for row in tables["baseline"]}
    assert len(ranges) == len(model.parameters), "two parameters are printed alike"
    parts = [
        Part(player, _amounts.read(amount, ranges), _conditions.read(when, actions))
        for player, _, amount, when, *_ in tables["term"]
    ]
    outcomes = {
        name: _conditions.read(when, actions) for name, when in tables["comes about when"]
    }
    counts = re.search(r"([\d,]+) plays, ([\d,]+) terms", page)
    turns = re.search(r"they move in turn: ([^;]+);", model.about)
    assert counts is not None
    assert int(counts[2].replace(",", "")) == len(parts)
    return Printed(
        actions,
        ranges,
        tuple(parts),
        outcomes,
        tuple(turns[1].split(", ")) if turns else (),
        int(counts[1].replace(",", "")),
    )


def _range(text: str) -> tuple[Fraction, Fraction]:
    low, high = text.replace("−", "-").split(" to ")
    return Fraction(low), Fraction(high)


def _tables(page: str) -> dict[str, list[list[str]]]:
    """The rows of each table, by what its second column is headed."""
    reader = _Cells()
    reader.feed(page)
    return {rows[0][1]: rows[1:] for rows in reader.tables}


class _Cells(HTMLParser):
    """The text of every cell of every table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.tables[-1][-1][-1] += data
