"""Tables of exact payoffs from a rule or from the cells of a book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import strategy
from games.classics.answers import Number


def from_rule(
    actions: Mapping[str, Sequence[str]],
    rule: Callable[[tuple[int, ...]], Sequence[Number]],
) -> strategy.NormalFormGame:
    """The normal form in which ``rule`` gives every player's payoff for each choice.

    A choice is one action index a player.
    """
    # here, so that reading the catalogue of games and answers does not wait for it
    import numpy as np

    shape = tuple(len(names) for names in actions.values())
    # Python integers and Fractions: nothing is rounded, nothing wraps
    arrays = [np.empty(shape, dtype=object) for _ in actions]
    for choice in np.ndindex(*shape):
        for array, amount in zip(arrays, rule(choice), strict=True):
            array[choice] = amount
    return strategy.NormalFormGame.from_arrays(
        *arrays,
        players=tuple(actions),
        actions=tuple(tuple(names) for names in actions.values()),
    )


def from_cells(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[tuple[Number, Number]]],
    players: tuple[str, str] = ("1", "2"),
) -> strategy.NormalFormGame:
    """The two-player game printed as a table.

    ``cells[row][column]`` is the pair of payoffs.
    """
    return from_rule(
        {players[0]: rows, players[1]: columns}, lambda choice: cells[choice[0]][choice[1]]
    )


def everyone(players: int, actions: Sequence[str]) -> dict[str, Sequence[str]]:
    """The same actions for players "1", "2", ..."""
    return {str(number): actions for number in range(1, players + 1)}
