"""A table of two players, alone or cut out of a larger one by saying what the others do."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from strategy.display import joined
from strategy.errors import GameError, RefusalError
from strategy.exact import exact_array
from strategy.forms.normal import NormalFormGame
from strategy.names import keyed, name, unknown
from strategy.protocols import Game

if TYPE_CHECKING:
    from strategy.results import Solution

__all__ = ["TwoPlayers", "two_players"]


@attrs.frozen(eq=False)
class TwoPlayers:
    """Rows and columns: who chooses them, from what, and what each cell pays.

    Two object arrays of Fraction.

    ``given``: what the other players do; ``first``: the numbers of a cell's actions in the
    whole table are ``first`` with those of row and column at ``axes``.
    """

    game: NormalFormGame
    players: tuple[str, str]
    actions: tuple[tuple[str, ...], tuple[str, ...]]
    payoffs: tuple[Any, Any]
    given: Mapping[str, str]
    axes: tuple[int, int]
    others: Mapping[int, int]

    @property
    def given_words(self) -> str:
        """What the others do: "Russia: obstruct and Iran: acquiesce".

        Empty in a game of two.
        """
        return (
            joined(f"{player}: {action}" for player, action in self.given.items())
            if self.given
            else ""
        )

    def best_responses(self) -> tuple[Any, Any]:
        """For each of the two, which cells are best responses to what the other does there.

        Two arrays of bool.
        """
        a, b = self.payoffs
        return a == a.max(axis=0, keepdims=True), b == b.max(axis=1, keepdims=True)

    def played(self, solution: Solution | None) -> dict[tuple[int, int], bool]:
        """The cells that some equilibrium plays, and whether one plays it for certain.

        Cells outside the cut are left out. ``solution``: whose equilibria; None for none.
        """
        cells: dict[tuple[int, int], bool] = {}
        if solution is not None and not hasattr(solution, "equilibria"):
            raise RefusalError(
                f"solution={str(solution)[:40]!r} is a {type(solution).__name__}: give "
                "solve(game, concept)"
            )
        if solution is not None and getattr(solution.game, "form", None) != self.game.form:
            raise RefusalError(
                f"the solution is of another game, {solution.game!r}: solve this one, "
                f"{self.game!r}"
            )
        for equilibrium in solution or ():
            for play, weight in equilibrium.play_numbers.items():
                chosen = self.game.form.indices(play)
                if weight and all(
                    chosen[axis] == action for axis, action in self.others.items()
                ):
                    cell = (chosen[self.axes[0]], chosen[self.axes[1]])
                    cells[cell] = cells.get(cell, False) or weight == Fraction(1)
        return cells


def two_players(game: Game, given: Mapping[str, str] | None, what: str) -> TwoPlayers:
    """The table of the two players whom ``given`` leaves to choose.

    ``what`` is drawn of it, for messages.

    ``game``: the table.

    Raises RefusalError on a tree and where not exactly two are left, GameError on unknown
    names.
    """
    if not isinstance(game, NormalFormGame):
        remedy = (
            "draw a tree with plot_tree" if hasattr(game, "form") else "give model.game()"
        )
        raise RefusalError(
            f"{what} takes a NormalFormGame, not {type(game).__name__}: {remedy}"
        )
    fixed = _fixed(game, given or {})
    free = [player for player in game.players if player not in fixed]
    if len(free) != 2:
        example = {
            player: game.actions[player][0] for player in itertools.islice(free, 2, None)
        }
        remedy = (
            f"say what the others do, such as given={example!r}"
            if example
            else "leave two players free to choose"
        )
        raise RefusalError(
            f"{what} needs two players, and {len(free)} choose here "
            f"({', '.join(free) or 'nobody'}): {remedy}"
        )
    others = {
        game.players.index(player): game.actions[player].index(action)
        for player, action in fixed.items()
    }
    cut = tuple([others.get(axis, slice(None)) for axis in range(len(game.players))])
    axes = tuple([game.players.index(player) for player in free])
    a, b = (exact_array(game.tables[axis][cut]) for axis in axes)
    return TwoPlayers(
        game,
        (free[0], free[1]),
        (game.actions[free[0]], game.actions[free[1]]),
        (a, b),
        fixed,
        axes,  # type: ignore[arg-type]
        others,
    )


def _fixed(game: NormalFormGame, given: Mapping[str, str]) -> dict[str, str]:
    """The given actions by player, in the order of the players."""
    if not isinstance(given, Mapping):
        raise RefusalError(
            f"given={given!r}: say what the others do by name, such as "
            f"given={{{game.players[-1]!r}: ...}}"
        )
    chosen = keyed(given, "player")
    for player, action in chosen.items():
        if player not in game.actions:
            raise GameError(unknown(player, game.players, "player"))
        if (read := name(action, f"action of {player}")) not in game.actions[player]:
            raise GameError(unknown(action, game.actions[player], f"action of {player}"))
        chosen[player] = read
    return {player: chosen[player] for player in game.players if player in chosen}
