"""strategy solve: what a model or a game comes to, and what is proved of it.

Under a solution concept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from strategy.cli import _models, _signals, _solvers
from strategy.cli._answering import ANSWERS, Answer, Request
from strategy.cli._comparing import print_comparison
from strategy.cli._equilibria import Shown, print_equilibria
from strategy.cli._output import print_json, say
from strategy.cli._progress import working
from strategy.cli._solved_data import SCHEMA, solution_data
from strategy.cli._structure import print_components, print_unresolved
from strategy.concepts import (
    CoarseCorrelatedEquilibrium,
    CorrelatedEquilibrium,
    PureNash,
    Welfare,
)
from strategy.concepts.choices import choose, fitting
from strategy.errors import ModelError, RefusalError
from strategy.results import Status
from strategy.solvers.protocol import Limits
from strategy.solving import solve

__all__ = ["game_of", "run"]


def run(
    given: str,
    concept: str | None,
    changes: list[str],
    *,
    objectives: list[str],
    weights: list[str],
    seconds: float | None,
    count: int | None,
    solver: str | None,
    as_json: bool,
) -> None:
    """Solve, print, and end with 130 if Ctrl-C cut the search short."""
    found, values = _models.find(given), _models.changes(changes)
    game = game_of(found, given, values)
    chosen = fitting(game)[0] if concept is None else choose(concept)
    stated = _models.changes(weights, "--weight", "Armenia=1")
    if stated:
        Welfare(stated).checked(game)  # wrong names and numbers are said before the work
    if objectives and not isinstance(
        chosen, (CorrelatedEquilibrium, CoarseCorrelatedEquilibrium)
    ):
        raise RefusalError(
            "--objective is for the concepts correlated and coarse-correlated: leave it "
            "out, or name one of them"
        )
    answer = ANSWERS.get(type(chosen), _equilibria)
    way = None if solver is None else _solvers.choose(solver)
    if way is not None and answer is not _equilibria:
        raise RefusalError(
            f"--solver is for concepts under which equilibria are listed, and {chosen} is "
            "answered in one way: leave it out"
        )
    asked = Request(
        game,
        chosen,
        getattr(found, "outcomes", {}),
        objectives,
        stated,
        Limits(seconds=seconds, count=count),
        way,
    )
    with working(
        f"looking for all there is under {chosen}; Ctrl-C stops and keeps what is found"
    ):
        data, show = answer(asked)
    if as_json:
        print_json(
            {
                "schema": SCHEMA,
                "model": given,
                "values": values,
                "concept": str(chosen),
                **data(),
            }
        )
    else:
        show()
    if _signals.interrupted():
        raise typer.Exit(130)


def game_of(found: Any, given: str, values: Mapping[str, str]) -> Any:
    """The game of a model at these values, or the game itself.

    A game has no parameters to set.
    """
    if type(found).__name__ == "Model":
        return found.game(at=values)
    if values:
        raise ModelError(
            f"{given!r} is a game with numeric payoffs and no parameters: leave out --set "
            f"{next(iter(values))}=..."
        )
    return found


def _equilibria(asked: Request) -> Answer:
    """Equilibria, under any concept that solve() takes."""
    shown = Shown(
        solve(asked.game, asked.concept, asked.solver, limits=asked.limits),
        asked.outcomes,
        asked.weights,
    )
    return lambda: solution_data(shown), lambda: _print(shown)


def _print(shown: Shown) -> None:
    solution = shown.solution
    words = solution.headline.sentence
    say(f"{words[:1].upper()}{words[1:]}.", emphasis=True)
    if len(solution):
        say()
        print_equilibria(shown)
        print_components(shown)
    print_unresolved(solution)
    if solution.hint:
        say()
        say(solution.hint)
    if len(solution):
        print_comparison(shown)
    elif isinstance(solution.concept, PureNash) and solution.status is Status.NONE_EXISTS:
        say()
        say("In mixed actions there is always one: --concept nash finds them all.")
