"""strategy draw: a game in text, or its tree as a figure."""

from __future__ import annotations

from pathlib import Path

from strategy.cli import _models
from strategy.cli._output import columns, print_table, say
from strategy.cli._solving import game_of
from strategy.display import game_table
from strategy.errors import RefusalError
from strategy.forms.extensive import ExtensiveFormGame
from strategy.report.choices import fitting
from strategy.solving import solve

__all__ = ["run"]


def run(given: str, output: Path | None, changes: list[str]) -> None:
    """Print the game, or draw its tree if a file is named."""
    game = game_of(_models.find(given), given, _models.changes(changes))
    if output is None:
        print_table(game_table(game, columns()))
        return
    if not isinstance(game, ExtensiveFormGame):
        raise RefusalError(
            f"{given!r} is a table and only trees are drawn: leave out -o to print it, or see 'strategy map' for a figure"
        )
    from strategy.plots import blank, plot_tree, save, tree_size

    try:
        solution = solve(game, fitting(game)[0])
    except RefusalError:  # imperfect information: the tree can be drawn all the same
        solution = None
    figure, ax = blank(*tree_size(game, solution))
    plot_tree(game, ax, solution)
    for path in save(figure, output):
        say(f"the figure: {path}")
