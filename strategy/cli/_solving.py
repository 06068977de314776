"""strategy solve: all equilibria of a model or a game."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from strategy.cli import _models, _signals
from strategy.cli._output import print_json, print_table, say
from strategy.display import number
from strategy.errors import ModelError
from strategy.report.choices import choose, fitting
from strategy.report.sections.equilibria import Group, groups_of
from strategy.report.words import solution_words
from strategy.results import Solution, as_mapping
from strategy.solvers.protocol import Limits
from strategy.solving import solve

__all__ = ["game_of", "run"]

_MOST_ROWS = 40


def run(given: str, concept: str | None, changes: list[str], *, seconds: float | None, count: int | None, as_json: bool) -> None:
    """Solve, print, and end with 130 if Ctrl-C cut the search short."""
    found = _models.find(given)
    game = game_of(found, given, _models.changes(changes))
    chosen = fitting(game)[0] if concept is None else choose(concept)
    solution = solve(game, chosen, limits=Limits(seconds=seconds, count=count))
    if as_json:
        print_json({"model": given, "values": _models.changes(changes), **as_mapping(solution)})
    else:
        _print(solution, getattr(found, "outcomes", {}))
    if _signals.interrupted():
        raise typer.Exit(130)


def game_of(found: Any, given: str, values: Mapping[str, str]) -> Any:
    """The game of a model at these values, or the game itself, which has no parameters to set."""
    if type(found).__name__ == "Model":
        return found.game(at=values)
    if values:
        raise ModelError(f"{given!r} is a game of bare numbers without parameters: leave out --set {next(iter(values))}=...")
    return found


def _print(solution: Solution, outcomes: Mapping[str, Any]) -> None:
    say(solution_words(solution), emphasis=True)
    if not len(solution):
        return
    groups = groups_of(outcomes, solution)
    players = solution.game.players
    table = bool(groups[0].choices)
    header = ["#", "what is played", *outcomes, *[f"to {player}" for player in players], "equilibria" if table else "profiles"]
    rows = [[str(i), _played(group), *_numbers(group)] for i, group in enumerate(groups[:_MOST_ROWS], 1)]
    start = 2 + len(outcomes)
    print_table(header, rows, right=[0, *range(start, len(header))])
    if len(groups) > _MOST_ROWS:
        say(f"... and {len(groups) - _MOST_ROWS:,} more rows (--json prints all equilibria)")
    if any(not group.whole for group in groups[:_MOST_ROWS]):
        say("* not every combination of the choices shown is an equilibrium")


def _played(group: Group) -> str:
    if group.choices:
        return ", ".join(f"{player}: {' or '.join(actions)}" for player, actions in group.choices.items())
    plays = group.plays.items()
    return " | ".join(f"{play}" + (f" ({number(weight)})" if weight != 1 else "") for play, weight in plays)


def _numbers(group: Group) -> list[str]:
    happens = ["yes" if value == 1 else "no" if value == 0 else number(value) for value in group.outcomes.values()]
    pays = [number(value) for value in group.payoffs.values()]
    return [*happens, *pays, group.profiles + ("" if group.whole else "*")]
