"""The equilibria in groups by what happens and what it pays.

A bystander's choice does not make one story look like many.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

import attrs

from strategy.assumptions import Outcome
from strategy.display import count_text, mixed_words
from strategy.exact import is_ball
from strategy.forms.plain import plays_data
from strategy.forms.plays import Play
from strategy.names import FrozenMapping
from strategy.report.commands import concept_lines
from strategy.report.question import Question
from strategy.report.section import Section
from strategy.results import Equilibrium, Solution
from strategy.texts import number_text

__all__ = ["SECTION", "EquilibriaFound", "Group", "groups_of"]

_MOST_GROUPS = 200


@attrs.frozen(eq=False)
class Group:
    """Equilibria with the same payoffs and the same outcomes.

    In a table they are linked by changes that change nobody's payoff.

    ``choices``: for each player of a table, the actions that it takes in some member;
    ``whole``: whether every combination of them is a member. ``outcomes``: the probability
    of each outcome.
    """

    members: tuple[Equilibrium, ...]
    outcomes: FrozenMapping[str, Fraction]
    choices: FrozenMapping[str, tuple[str, ...]]
    whole: bool

    @property
    def plays(self) -> FrozenMapping[Play, Fraction]:
        """What is played in the first member: Play -> probability."""
        return self.members[0].plays

    @property
    def payoffs(self) -> FrozenMapping[str, Fraction]:
        """What each player gets."""
        return self.members[0].payoffs

    @property
    def profiles(self) -> str:
        """How many profiles come to this, as text.

        Cells of a table, or strategy profiles that differ only off the path.
        """
        return count_text(len(self.members) if self.choices else _profiles(self.members))


@attrs.frozen(eq=False)
class EquilibriaFound:
    """The groups under one concept; ``left_out``: how many groups are not listed."""

    solution: Solution
    groups: tuple[Group, ...]
    left_out: int

    @property
    def concept(self) -> Any:
        """The solution concept."""
        return self.solution.concept

    @property
    def sentence(self) -> str:
        """How many there are and what is proved."""
        return self.solution.headline.sentence


def _profiles(members: tuple[Equilibrium, ...]) -> int | None:
    counts = [one.count for one in members]
    return None if None in counts else sum(count for count in counts if count is not None)


def find(question: Question) -> tuple[EquilibriaFound, ...]:
    """The equilibria under every concept of ``question``, at the values asked about."""
    found = []
    for concept in question.concepts:
        solution = question.solution(concept)
        groups = groups_of(question.model.outcomes, solution)
        found.append(
            EquilibriaFound(
                solution, groups[:_MOST_GROUPS], max(0, len(groups) - _MOST_GROUPS)
            )
        )
    return tuple(found)


def groups_of(outcomes: Mapping[str, Outcome], solution: Solution) -> tuple[Group, ...]:
    """Group the equilibria of a solution by what happens.

    A family is split where its members differ in an outcome. ``outcomes``: those of the
    model, by name.
    """
    groups: dict[Hashable, list[Equilibrium]] = {}
    known: dict[Hashable, dict[str, Fraction]] = {}
    for i, family in enumerate(solution.groups()):
        for one in family:
            happens = {
                label: one.probability(outcome.mask) for label, outcome in outcomes.items()
            }
            key = (
                i,
                *[str(value) if is_ball(value) else value for value in happens.values()],
            )
            groups.setdefault(key, []).append(one)
            known[key] = happens
    return tuple([_group(tuple(members), known[key]) for key, members in groups.items()])


def _group(members: tuple[Equilibrium, ...], outcomes: Mapping[str, Fraction]) -> Group:
    if not members[0].profile.strategies:
        return Group(members, FrozenMapping(outcomes), FrozenMapping(), True)
    chosen: dict[str, dict[str, None]] = {}
    for one in members:
        for player, row in one.profile.strategies.items():
            chosen.setdefault(player, {})[mixed_words(row)] = None
    combinations = 1
    for actions in chosen.values():
        combinations *= len(actions)
    choices = FrozenMapping((player, tuple(actions)) for player, actions in chosen.items())
    return Group(members, FrozenMapping(outcomes), choices, combinations == len(members))


def data(found: tuple[EquilibriaFound, ...]) -> list[dict[str, Any]]:
    """What was ``found``, as plain data: one entry for each concept."""
    return [
        {
            "concept": str(one.concept),
            "status": one.solution.status.name,
            "reason": one.solution.reason,
            "count": len(one.solution),
            "sentence": one.sentence,
            "headline": one.solution.headline.data(),
            "groups": [_group_data(group) for group in one.groups],
            "groups_left_out": one.left_out,
        }
        for one in found
    ]


def _group_data(group: Group) -> dict[str, Any]:
    count = len(group.members) if group.choices else _profiles(group.members)
    return {
        "members": len(group.members),
        "profiles": None if count is None else str(count),
        "plays": plays_data(group.plays),
        "choices": {player: list(actions) for player, actions in group.choices.items()},
        "all_combinations_of_choices": group.whole,
        "outcomes": {label: number_text(value) for label, value in group.outcomes.items()},
        "payoffs": {player: number_text(value) for player, value in group.payoffs.items()},
    }


SECTION = Section(
    key="equilibria",
    title="Equilibria",
    find=find,
    data=data,
    commands=partial(concept_lines, "solve", outcome=False),
)
