"""The game itself: who moves, what they can do; a tree is drawn, with what is played in bold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from strategy.forms.extensive import ExtensiveForm
from strategy.report.question import Question
from strategy.report.sections.protocol import Section

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["SECTION", "Found"]


@attrs.frozen(eq=False)
class Found:
    """The form in numbers and names. ``is_tree``: whether there is an order of moves."""

    is_tree: bool
    play_count: int
    actions: Mapping[str, tuple[str, ...]]
    chance: Mapping[str, tuple[str, ...]]


def find(question: Question) -> Found:
    """What can be done in the game."""
    form = question.model.form
    return Found(isinstance(form, ExtensiveForm), form.play_count, form.actions, form.chance)


def _figures(question: Question, found: Found) -> dict[str, Figure]:
    from strategy.plots import blank, plot_tree, tree_size

    if not found.is_tree:
        return {}
    solution = question.solution(question.concepts[0])
    figure, ax = blank(*tree_size(question.game, solution))
    plot_tree(question.game, ax, solution)
    return {"tree": figure}


def data(found: Found) -> dict[str, Any]:
    """As plain data."""
    return {
        "form": "extensive" if found.is_tree else "normal",
        "plays": found.play_count,
        "actions": {player: list(actions) for player, actions in found.actions.items()},
        "chance": {name: list(events) for name, events in found.chance.items()},
    }


SECTION = Section(key="drawing", title="The game", find=find, data=data, figures=_figures)
