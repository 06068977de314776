"""strategy solve: all equilibria of a model or a game."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import typer

from strategy.cli import _models, _signals
from strategy.cli._output import columns, print_json, print_table, say, working
from strategy.display import Table, number
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
    with working(f"looking for every {chosen} equilibrium; Ctrl-C stops and keeps what is found"):
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
    say(solution_words(solution)[:1].upper() + solution_words(solution)[1:] + ".", emphasis=True)
    if not len(solution):
        return
    say()
    groups = groups_of(outcomes, solution)
    shown = groups[:_MOST_ROWS]
    table, width = _as_table(shown, outcomes, solution), columns()
    if width is None or table.width <= width:
        print_table(table)
    else:  # one under the other: a row that is broken into pieces cannot be read
        for i, group in enumerate(shown, 1):
            _print_group(i, group)
    if len(groups) > _MOST_ROWS:
        say(f"... and {len(groups) - _MOST_ROWS:,} more groups (--json prints all equilibria)")
    if any(not group.whole for group in shown):
        say("* not every combination of the choices shown is an equilibrium")


def _as_table(groups: Sequence[Group], outcomes: Mapping[str, Any], solution: Solution) -> Table:
    """One row a group."""
    players = solution.game.players
    counted = "equilibria" if groups[0].choices else "profiles"
    header = ["#", "what is played", *outcomes, *[f"to {player}" for player in players], counted]
    rows = [
        [str(i), _played(group), *map(_happens, group.outcomes.values()), *map(number, group.payoffs.values()), _profiles(group)]
        for i, group in enumerate(groups, 1)
    ]
    return Table(header, rows, [0, *range(2 + len(outcomes), len(header))])


def _print_group(i: int, group: Group) -> None:
    one, many = ("equilibrium", "equilibria") if group.choices else ("profile", "profiles")
    happens = [f"{label}: {_happens(value)}" for label, value in group.outcomes.items()]
    counted = f"({_profiles(group)} {one if group.profiles == '1' else many})"
    say(f"{'; '.join(happens)} {counted}".strip(), bullet=f"{i}. ", emphasis=True)
    if group.choices:
        rows = [[player, " or ".join(group.choices[player]), number(value)] for player, value in group.payoffs.items()]
        print_table(Table(["player", "does", "gets"], rows, [2]), indent=3)
    else:
        for play, weight in group.plays.items():
            say(f"{play}" + (f" (probability {number(weight)})" if weight != 1 else ""), bullet="   ")
        say("gets: " + ", ".join(f"{player} {number(value)}" for player, value in group.payoffs.items()), bullet="   ")
    say()


def _played(group: Group) -> str:
    if group.choices:
        return ", ".join(f"{player}: {' or '.join(actions)}" for player, actions in group.choices.items())
    plays = group.plays.items()
    return " | ".join(f"{play}" + (f" ({number(weight)})" if weight != 1 else "") for play, weight in plays)


def _happens(probability: Any) -> str:
    return "yes" if probability == 1 else "no" if probability == 0 else number(probability)


def _profiles(group: Group) -> str:
    return group.profiles + ("" if group.whole else "*")
