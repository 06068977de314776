"""strategy draw: a game in text, or as a figure of it or of what is played in it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from strategy.cli import _models
from strategy.cli._output import WIDEST, columns, print_table, say
from strategy.cli._solving import game_of
from strategy.concepts import Nash
from strategy.concepts.choices import fitting
from strategy.display import game_table
from strategy.errors import RefusalError, StrategyError
from strategy.exact import exact
from strategy.files import require_places
from strategy.protocols import Game
from strategy.solvers import LogitTracing, logit_branch
from strategy.solving import solve

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from strategy.results import Solution

__all__ = ["FIGURES", "run"]


def run(
    given: str,
    output: Path | None,
    changes: list[str],
    *,
    figure: str | None,
    orientation: str | None,
    fold: int | None,
    fixed: list[str],
) -> None:
    """Print the game, or draw it if a file is named."""
    if output is not None:
        from strategy.plots.files import figure_files

        require_places(*figure_files(output))
    game = game_of(_models.find(given), given, _models.changes(changes))
    kind = figure if figure is not None else "tree" if game.form.is_tree else "payoffs"
    if kind not in FIGURES:
        raise StrategyError(f"--figure {kind!r}: expected one of {', '.join(FIGURES)}")
    choices = {"--orientation": orientation, "--fold": fold, "--given": fixed or None}
    for option, value in choices.items():
        if value is not None and option not in _TAKES.get(kind, ()):
            raise StrategyError(
                f"{option} is not for {kind}: leave it out, or ask for another --figure"
            )
    if output is None:
        if figure is not None or any(value is not None for value in choices.values()):
            raise StrategyError(
                "the options of a figure were given and no file to draw it to: add -o "
                "game.svg"
            )
        print_table(game_table(game, columns() or WIDEST))
        return
    from strategy.plots import save

    drawn = FIGURES[kind](
        game,
        orientation or "right",
        fold,
        _models.changes(fixed, "--given", "Russia=obstruct"),
    )
    for path in save(drawn, output):
        say(f"the figure: {path}")


def _solution(game: Game) -> Solution | None:
    """What is played.

    It is None for a game that no concept at hand takes, which can be drawn all the same.
    """
    try:
        return solve(game, fitting(game)[0])
    except RefusalError:
        return None


def _tree(game: Game, orientation: Any, fold: int | None, fixed: dict[str, str]) -> Figure:
    from strategy.plots import blank, plot_tree, tree_size

    solution = _solution(game) if game.form.is_tree else None
    figure, ax = blank(*tree_size(game, solution, orientation=orientation, fold_below=fold))
    plot_tree(game, ax, solution, orientation=orientation, fold_below=fold)
    return figure


def _payoffs(
    game: Game, orientation: Any, fold: int | None, fixed: dict[str, str]
) -> Figure:
    from strategy.plots import blank, payoffs_size, plot_payoffs

    payoffs_size(game, given=fixed)  # refuses what cannot be drawn before it is solved
    solution = _solution(game)
    figure, ax = blank(*payoffs_size(game, solution, given=fixed))
    plot_payoffs(game, ax, solution, given=fixed)
    return figure


def _best_responses(
    game: Game, orientation: Any, fold: int | None, fixed: dict[str, str]
) -> Figure:
    from strategy.plots import blank, plot_best_responses

    figure, ax = blank(5.4, 6.2)
    plot_best_responses(game, ax, given=fixed)
    return figure


def _equilibria(
    game: Game, orientation: Any, fold: int | None, fixed: dict[str, str]
) -> Figure:
    from strategy.plots import blank, equilibria_size, plot_equilibria
    from strategy.plots.equilibria import drawable

    solution = solve(drawable(game), Nash())
    figure, ax = blank(*equilibria_size(solution))
    plot_equilibria(solution, ax)
    return figure


def _quantal_responses(
    game: Any, orientation: Any, fold: int | None, fixed: dict[str, str]
) -> Figure:
    from strategy.plots import blank, plot_quantal_responses, responses_size

    reason = Nash().refuses(game)
    if reason is not None:
        raise RefusalError(reason)
    ranges = [exact(table.max()) - exact(table.min()) for table in game.tables]
    # the same curve in whatever unit payoffs are
    branch = logit_branch(game, _LARGEST / (max(ranges) or 1))
    found = solve(game, Nash(), solver=LogitTracing())
    limit = found[0] if len(found) else None
    figure, ax = blank(*responses_size(branch, limit))
    plot_quantal_responses(branch, ax, limit)
    return figure


FIGURES: dict[str, Callable[[Any, Any, int | None, dict[str, str]], Figure]] = {
    "tree": _tree,
    "payoffs": _payoffs,
    "best-responses": _best_responses,
    "equilibria": _equilibria,
    "quantal-responses": _quantal_responses,
}
_TAKES = {
    "tree": ("--orientation", "--fold"),
    "payoffs": ("--given",),
    "best-responses": ("--given",),
}
# lambda times the widest range of payoffs, to which quantal responses are drawn
_LARGEST = Fraction(100)
