"""Who gains what and why.

Payoffs of what is played, and of the turns that would change the verdict, split by claim.

Points of different players are never added up.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from strategy.algebraic import Point
from strategy.assumptions.splits import (
    SplitPart,
    gain_parts,
    part_steps,
    parts_data,
    payoff_parts,
)
from strategy.forms.plain import plays_data, point_data
from strategy.protocols import Concept
from strategy.report.question import Question
from strategy.report.section import Refused, Section
from strategy.report.sections.equilibria import Group, groups_of
from strategy.report.sections.found import SECTIONS
from strategy.sensitivity.analyses.thresholds_rows import VerdictTurn
from strategy.texts import number_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["SECTION", "GainsFound", "Split", "Turning"]

_MOST_GROUPS = 20
_MOST_THRESHOLDS = 3
_MOST_TURNS = 3
_MOST_DRAWN = 3
_MOST_TURNS_DRAWN = 6


@attrs.frozen(eq=False)
class Split:
    """One group of equilibria with its payoffs split.

    ``number``: its place in the list of groups, from 1.
    """

    number: int
    group: Group
    parts: tuple[SplitPart, ...]

    @property
    def claims(self) -> tuple[str | None, ...]:
        """The claims that pay or cost anyone something here, and None if other terms do."""
        return _claims(self.parts)

    def value(self, claim: str | None, player: str) -> Fraction | None:
        """What a claim gives a player; None where it has no part in the payoff."""
        return next(
            (
                part.value
                for part in self.parts
                if part.claim == claim and part.player == player
            ),
            None,
        )

    def of(self, player: str) -> tuple[SplitPart, ...]:
        """The parts of one player's payoff."""
        return tuple([part for part in self.parts if part.player == player])


@attrs.frozen(eq=False)
class Turning:
    """A deviation that binds at the change nearest to an assumption's value.

    What the same turn gains at that value is kept with it.

    ``assumed`` is None where several plays may come of it: their probabilities are those at
    the threshold.
    """

    parameter: str
    value: Fraction
    point: Point
    turn: VerdictTurn
    assumed: tuple[SplitPart, ...] | None

    @property
    def rows(self) -> tuple[tuple[SplitPart, Fraction | None], ...]:
        """Each claim's part at the threshold, with its part at the value assumed."""
        here = {part.claim: part for part in self.turn.parts}
        there = {part.claim: part for part in self.assumed or ()}
        either = _claims((*self.turn.parts, *(self.assumed or ())))
        rows = []
        for claim in either:
            part = here.get(claim) or attrs.evolve(there[claim], value=Fraction(0))
            known = (
                None
                if self.assumed is None
                else there[claim].value
                if claim in there
                else Fraction(0)
            )
            rows.append((part, known))
        return tuple(rows)

    @property
    def total(self) -> Fraction:
        """What the turn gains at the threshold."""
        return sum((part.value for part in self.turn.parts), Fraction(0))

    @property
    def total_assumed(self) -> Fraction | None:
        """What the turn gains at the value assumed."""
        return (
            None
            if self.assumed is None
            else sum((part.value for part in self.assumed), Fraction(0))
        )


@attrs.frozen(eq=False)
class GainsFound:
    """The groups under the main concept, split, with how many are not.

    The turns at the nearest thresholds.
    """

    concept: Concept
    splits: tuple[Split, ...]
    left_out: int
    turnings: tuple[Turning, ...]


def _claims(parts: tuple[SplitPart, ...]) -> tuple[str | None, ...]:
    """The claims of parts in their order, what is outside them last."""
    seen = list(dict.fromkeys(part.claim for part in parts))
    return (
        *[claim for claim in seen if claim is not None],
        *[claim for claim in seen if claim is None],
    )


def find(question: Question) -> GainsFound:
    """Split the payoffs of each group of equilibria, and the gains of the nearest turns.

    The groups are those of the main concept. ``question``: what the report asks.
    """
    concept = question.concepts[0]
    groups = groups_of(question.model.outcomes, question.solution(concept))
    splits = [
        Split(i, group, payoff_parts(question.model, group.plays, question.at))
        for i, group in enumerate(groups[:_MOST_GROUPS], 1)
    ]
    return GainsFound(
        concept, tuple(splits), max(0, len(groups) - _MOST_GROUPS), _turnings(question)
    )


def _turnings(question: Question) -> tuple[Turning, ...]:
    found = SECTIONS["thresholds"].found(question)
    near = (
        ()
        if isinstance(found, Refused) or isinstance(found[0], Refused)
        else found[0].moving[:_MOST_THRESHOLDS]
    )
    turning = []
    for one in near:
        for turn in one.nearest_turns[:_MOST_TURNS]:
            before = turn.binding.before
            after = turn.binding.after
            assumed = None
            if len(before) == len(after) == 1:
                assumed = gain_parts(
                    question.model, after, before, question.at, turn.binding.player
                )
            assert one.nearest is not None
            turning.append(Turning(one.parameter, one.value, one.nearest, turn, assumed))
    return tuple(turning)


def _figures(question: Question, found: GainsFound) -> dict[str, Figure]:
    """A waterfall for each player in the first groups, and for the first turns."""
    from strategy.plots import blank, plot_waterfall, waterfall_size

    wanted = {}
    for split in found.splits[:_MOST_DRAWN]:
        for i, player in enumerate(question.model.players, 1):
            wanted[f"payoff-{split.number}-{i}"] = (
                part_steps(split.of(player)),
                player,
                "payoff",
            )
    for i, one in enumerate(found.turnings[:_MOST_TURNS_DRAWN], 1):
        who, _, from_, to = one.turn.binding
        wanted[f"turn-{i}"] = (
            part_steps(one.turn.parts),
            f"{who}: {to} instead of {from_}",
            "gain",
        )
    made = {}
    for name, (steps, title, total) in wanted.items():
        if steps:
            made[name], ax = blank(*waterfall_size(steps))
            plot_waterfall(steps, ax, title=title, total=total)
    return made


def data(found: GainsFound) -> dict[str, Any]:
    """What was ``found``, as plain data."""
    return {
        "concept": str(found.concept),
        "groups": [
            {
                "plays": plays_data(split.group.plays),
                "payoffs": {
                    player: number_text(value)
                    for player, value in split.group.payoffs.items()
                },
                "by_claim": parts_data(split.parts),
            }
            for split in found.splits
        ],
        "groups_left_out": found.left_out,
        "turns": [
            {
                "parameter": one.parameter,
                "at": point_data(one.point),
                "player": one.turn.binding.player,
                "from": one.turn.binding.from_,
                "to": one.turn.binding.to,
                "gain_at_values": None
                if one.total_assumed is None
                else number_text(one.total_assumed),
                "gain_at_values_by_claim": None
                if one.assumed is None
                else parts_data(one.assumed),
            }
            for one in found.turnings
        ],
    }


SECTION = Section(
    key="gains", title="Who gains what, and why", find=find, data=data, figures=_figures
)
