"""What each kind of game is, by a check of its own that looks at the game alone and not at
how it was drawn."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from strategy import ExtensiveFormGame, NormalFormGame, solve
from strategy.concepts import Nash, PureNash, eliminate_strictly

__all__ = ["LEAST", "PROPERTIES"]

Cell = tuple[int, ...]


def cells(game: NormalFormGame) -> Iterator[Cell]:
    return itertools.product(*map(range, game.form.shape))


def put(cell: Cell, player: int, action: int) -> Cell:
    return (*cell[:player], action, *cell[player + 1 :])


def has_ties(game: NormalFormGame) -> bool:
    return any(len(set(column.tolist())) < len(column) for column in game.payoffs)


def has_equal_actions(game: NormalFormGame) -> bool:
    """Whether some player has two actions that always pay it the same."""
    for i, (size, table) in enumerate(zip(game.form.shape, game.tables, strict=True)):
        lines = {
            tuple(table[cell] for cell in cells(game) if cell[i] == action)
            for action in range(size)
        }
        if len(lines) < size:
            return True
    return False


def is_symmetric(game: NormalFormGame) -> bool:
    """Whether any exchange of two players with their actions changes nothing."""
    for i, j in itertools.combinations(range(len(game.players)), 2):
        for cell in cells(game):
            turned = put(put(cell, i, cell[j]), j, cell[i])
            for k, table in enumerate(game.tables):
                other = game.tables[j if k == i else i if k == j else k]
                if table[cell] != other[turned]:
                    return False
    return True


def is_zero_sum(game: NormalFormGame) -> bool:
    return len(game.players) == 2 and all(
        game.tables[0][cell] == -game.tables[1][cell] for cell in cells(game)
    )


def is_supermodular(game: NormalFormGame) -> bool:
    """By differences: what raising one's action by any amount adds does not fall when
    another raises theirs."""
    shape = game.form.shape
    for cell in cells(game):
        for i, j in itertools.permutations(range(len(shape)), 2):
            for up, higher in itertools.product(
                range(cell[i] + 1, shape[i]), range(cell[j] + 1, shape[j])
            ):
                table = game.tables[i]
                here = table[put(cell, i, up)] - table[cell]
                there = (
                    table[put(put(cell, i, up), j, higher)] - table[put(cell, j, higher)]
                )
                if there < here:
                    return False
    return True


def has_potential(game: NormalFormGame) -> bool:
    """By cycles of four: two players change their actions and change them back, and what
    they gain adds up to nothing."""
    shape = game.form.shape
    for cell in cells(game):
        for i, j in itertools.combinations(range(len(shape)), 2):
            for a, b in itertools.product(range(shape[i]), range(shape[j])):
                path = [
                    cell,
                    put(cell, i, a),
                    put(put(cell, i, a), j, b),
                    put(cell, j, b),
                    cell,
                ]
                gains = [
                    int(game.tables[who][after]) - int(game.tables[who][before])
                    for who, (before, after) in zip(
                        (i, j, i, j), itertools.pairwise(path), strict=True
                    )
                ]
                if sum(gains):
                    return False
    return True


def is_ranked(game: NormalFormGame) -> bool:
    return all(
        set(column.tolist()) == set(range(1, int(max(column)) + 1))
        for column in game.payoffs
    )


def one_play_left(game: NormalFormGame) -> bool:
    return all(len(options) == 1 for options in eliminate_strictly(game).actions.values())


def one_mixed_equilibrium(game: NormalFormGame) -> bool:
    return len(solve(game, Nash())) == 1 and not len(solve(game, PureNash()))


def sees_all(game: ExtensiveFormGame) -> bool:
    return game.form.has_perfect_information and not game.form.chance


def has_chance(game: ExtensiveFormGame) -> bool:
    return (
        bool(game.form.chance)
        and game.form.has_perfect_information
        and (game.form.mover >= 0).any()
    )


def hides_and_nobody_forgets(game: ExtensiveFormGame) -> bool:
    """Whether some moves are not told apart, and on all ways to an information set its
    player has known and done the same."""
    known: dict[Any, set[Any]] = {}
    for play in game.form.plays():
        for k, (player, place, _) in enumerate(play.steps):
            known.setdefault((player, place), set()).add(
                tuple(step for step in play.steps[:k] if step[0] == player)
            )
    return not game.form.has_perfect_information and all(
        len(ways) == 1 for ways in known.values()
    )


PROPERTIES: dict[str, Callable[[Any], bool]] = {
    "generic": lambda game: not has_ties(game),
    "tied": has_ties,
    "degenerate": has_equal_actions,
    "symmetric": is_symmetric,
    "zero-sum": is_zero_sum,
    "supermodular": is_supermodular,
    "potential": has_potential,
    "dominance solvable": one_play_left,
    "unique mixed": one_mixed_equilibrium,
    "ordinal": is_ranked,
    "perfect information": sees_all,
    "chance": has_chance,
    "hidden moves": hides_and_nobody_forgets,
}
LEAST = {"generic": 0.99, "tied": 0.95}
"""The share of games that must have the property, where it is not all of them."""
