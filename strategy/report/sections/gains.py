"""Who gains what by which claim: the payoffs of what is played, split. Points of different players are never added up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from strategy.report.plain import plays_data
from strategy.report.question import Question
from strategy.report.sections.equilibria import Group, groups_of
from strategy.report.sections.protocol import Section
from strategy.report.sections.splits import Part, parts_data, payoff_parts

__all__ = ["SECTION", "Found", "Split"]

_MOST_GROUPS = 20


@attrs.frozen(eq=False)
class Split:
    """One group of equilibria with its payoffs split. ``number``: its place in the list of groups, from 1."""

    number: int
    group: Group
    parts: tuple[Part, ...]

    @property
    def claims(self) -> tuple[str | None, ...]:
        """The claims that pay or cost anyone something here, and None if other terms do."""
        seen = {part.claim for part in self.parts}
        return tuple([claim for claim in dict.fromkeys(part.claim for part in self.parts) if claim is not None]) + (
            (None,) if None in seen else ()
        )

    def value(self, claim: str | None, player: str) -> Fraction | None:
        """What a claim gives a player; None where it has no part in the payoff."""
        return next((part.value for part in self.parts if part.claim == claim and part.player == player), None)


@attrs.frozen(eq=False)
class Found:
    """The groups under the main concept, split; ``left_out``: how many groups are not."""

    concept: Any
    splits: tuple[Split, ...]
    left_out: int


def find(question: Question) -> Found:
    """Split the payoffs of each group of equilibria of the main concept, at the values asked about."""
    concept = question.concepts[0]
    groups = groups_of(question.model.outcomes, question.solution(concept))
    splits = [
        Split(i, group, payoff_parts(question.model, group.plays, question.at))
        for i, group in enumerate(groups[:_MOST_GROUPS], 1)
    ]
    return Found(concept, tuple(splits), max(0, len(groups) - _MOST_GROUPS))


def data(found: Found) -> dict[str, Any]:
    """As plain data."""
    return {
        "concept": str(found.concept),
        "groups": [
            {
                "plays": plays_data(split.group.plays),
                "payoffs": {player: str(value) for player, value in split.group.payoffs.items()},
                "by_claim": parts_data(split.parts),
            }
            for split in found.splits
        ],
        "groups_left_out": found.left_out,
    }


SECTION = Section(key="gains", title="Who gains what, by claim", find=find, data=data)
