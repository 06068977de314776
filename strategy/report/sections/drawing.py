"""The game itself: who moves, what they can do.

A tree is drawn, with what is played in bold.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from strategy.protocols import Concept
from strategy.report.commands import command_line
from strategy.report.question import Question
from strategy.report.section import Section

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["SECTION", "DrawingFound", "DrawnTable", "Square"]

_MOST_ACTIONS = 12
_MOST_PLAYS = 5


@attrs.frozen
class Square:
    """A cell of a table: what it pays the two players.

    Whether each replies best, whether it is an equilibrium that was found.
    """

    first: Fraction
    second: Fraction
    first_best: bool
    second_best: bool
    played: bool


@attrs.frozen(eq=False)
class DrawnTable:
    """The payoffs of two players.

    A line for each action of the first, a cell in it for each action of the second.
    """

    concept: Concept
    row: str
    column: str
    lines: tuple[tuple[str, tuple[Square, ...]], ...]


@attrs.frozen(eq=False)
class DrawingFound:
    """The form in numbers and names. ``is_tree``: whether there is an order of moves."""

    is_tree: bool
    play_count: int
    actions: Mapping[str, tuple[str, ...]]
    chance: Mapping[str, tuple[str, ...]]
    table: DrawnTable | None

    def alternative(self, question: Question) -> str:
        """The tree for those who do not see it: its size, and what is played.

        ``question``: what the report asks.
        """
        concept = question.concepts[0]
        plays = dict.fromkeys(
            play for one in question.solution(concept) for play in one.plays
        )
        said = "; ".join(str(play) for play in list(plays)[:_MOST_PLAYS])
        more = len(plays) - _MOST_PLAYS
        played = (
            f"Played in an equilibrium ({concept}): {said}"
            if plays
            else f"Equilibria ({concept}): {question.solution(concept).headline.short}"
        )
        return (
            f"A game tree with {self.play_count:,} plays. "
            f"{played}{f', and {more:,} more' if more > 0 else ''}."
        )


def find(question: Question) -> DrawingFound:
    """What can be done in the game, and for two players who choose at once all payoffs.

    ``question``: what the report asks.
    """
    form = question.model.form
    drawn = (
        not form.is_tree
        and len(form.players) == 2
        and max(map(len, form.actions.values())) <= _MOST_ACTIONS
    )
    return DrawingFound(
        form.is_tree,
        form.play_count,
        form.actions,
        form.chance,
        _table(question) if drawn else None,
    )


def _table(question: Question) -> DrawnTable:
    concept = question.concepts[0]
    (row, column) = question.model.players
    actions = question.model.form.actions
    played = {
        tuple(step[2] for step in play.steps)
        for one in question.solution(concept)
        for play in one.plays
    }

    pay = {
        (a, b): [question.game.payoff(who, {row: a, column: b}) for who in (row, column)]
        for a in actions[row]
        for b in actions[column]
    }
    best_row = {b: max(pay[a, b][0] for a in actions[row]) for b in actions[column]}
    best_column = {a: max(pay[a, b][1] for b in actions[column]) for a in actions[row]}

    def square(a: str, b: str) -> Square:
        first, second = pay[a, b]
        return Square(
            first, second, first == best_row[b], second == best_column[a], (a, b) in played
        )

    cells = [[square(a, b) for b in actions[column]] for a in actions[row]]
    return DrawnTable(
        concept,
        row,
        column,
        tuple([(a, tuple(line)) for a, line in zip(actions[row], cells, strict=True)]),
    )


def _figures(question: Question, found: DrawingFound) -> dict[str, Figure]:
    from strategy.plots import blank, plot_tree, tree_size

    if not found.is_tree:
        return {}
    solution = question.solution(question.concepts[0])
    figure, ax = blank(*tree_size(question.game, solution))
    plot_tree(question.game, ax, solution)
    return {"tree": figure}


def data(found: DrawingFound) -> dict[str, Any]:
    """What was ``found``, as plain data."""
    return {
        "form": "extensive" if found.is_tree else "normal",
        "plays": found.play_count,
        "actions": {player: list(actions) for player, actions in found.actions.items()},
        "chance": {name: list(events) for name, events in found.chance.items()},
    }


def _commands(question: Question) -> tuple[str, ...]:
    return (command_line(question, "draw", outcome=False),)


SECTION = Section(
    key="drawing",
    title="The game",
    find=find,
    data=data,
    figures=_figures,
    commands=_commands,
)
