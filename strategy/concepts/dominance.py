"""Best responses, dominance, and iterated elimination, in normal-form games.

Dominance is by pure and by mixed actions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.concepts._mixtures import lines_of, mixed_dominations, quick_dominations
from strategy.concepts._tables import not_a_table
from strategy.display import mixed_words
from strategy.errors import GameError, RefusalError
from strategy.exact import comparable
from strategy.forms.normal import NormalFormGame
from strategy.names import FrozenMapping, keyed, name, unknown

__all__ = [
    "Elimination",
    "best_responses",
    "eliminate_quickly",
    "eliminate_strictly",
    "eliminate_strictly_by_mixtures",
    "eliminate_weakly",
    "eliminate_weakly_by_mixtures",
    "strictly_dominated",
    "strictly_dominated_by_mixtures",
    "weakly_dominated",
    "weakly_dominated_by_mixtures",
]

Kept = tuple[tuple[int, ...], ...]
"""The action numbers still in the game, one tuple a player."""

Mixture = FrozenMapping[str, Fraction]
"""Actions with their probabilities; those left out have none."""

Dominations = Callable[[Kept], Iterator[tuple[int, int, Any]]]
"""Within the actions kept: (player, action, what dominates it: an action number, or a
mixture of them)."""


def best_responses(
    game: NormalFormGame, player: str, others: Mapping[str, str]
) -> tuple[str, ...]:
    """All actions of one player that pay most against the others' actions, ties included.

    ``game``: a table; ``player``: by name; ``others``: each other player's action.
    """
    _require_table(game)
    player = name(player, "player")
    if player not in game.actions:
        raise GameError(unknown(player, game.players, "player"))
    options = game.actions[player]
    if not isinstance(others, Mapping):
        raise GameError(
            f"others={others!r}: give a mapping from every other player to an action"
        )
    rest = {who: action for who, action in keyed(others, "player").items() if who != player}
    cell = game.form.indices(game.form.find({**rest, player: options[0]}))
    axis = game.players.index(player)
    line = comparable(game.tables[axis])[
        tuple([slice(None) if i == axis else c for i, c in enumerate(cell)])
    ]
    best = line.max()
    return tuple(
        [action for action, value in zip(options, line, strict=True) if value == best]
    )


def strictly_dominated(game: NormalFormGame) -> FrozenMapping[str, FrozenMapping[str, str]]:
    """Each player's strictly dominated actions in ``game``, each with what dominates it.

    A pure action that pays more whatever the others do.
    """
    return _dominated(game, strict=True)


def weakly_dominated(game: NormalFormGame) -> FrozenMapping[str, FrozenMapping[str, str]]:
    """Each player's weakly dominated actions in ``game``, each with one that dominates it.

    A pure action that never pays less and sometimes more.
    """
    return _dominated(game, strict=False)


def strictly_dominated_by_mixtures(
    game: NormalFormGame,
) -> FrozenMapping[str, FrozenMapping[str, Mixture]]:
    """Each player's actions in ``game`` that a mixture of others strictly dominates.

    Each comes with the mixture, which pays more whatever the others do. Such an action is a
    best response to no belief about the others' play, correlated or not, and the reverse
    (Pearce 1984, lemma 3). The mixture is exact, and is the proof.
    """
    _require_table(game)
    return _found(game, partial(mixed_dominations, game, strict=True))


def weakly_dominated_by_mixtures(
    game: NormalFormGame,
) -> FrozenMapping[str, FrozenMapping[str, Mixture]]:
    """Each player's actions in ``game`` that a mixture of others weakly dominates.

    Each comes with the mixture, which never pays less and sometimes more.
    """
    _require_table(game)
    return _found(game, partial(mixed_dominations, game, strict=False))


def _dominated(
    game: NormalFormGame, *, strict: bool
) -> FrozenMapping[str, FrozenMapping[str, str]]:
    _require_table(game)
    return _found(game, partial(_dominations, _tables(game), strict=strict))


def _found(
    game: NormalFormGame, dominations: Dominations
) -> FrozenMapping[str, FrozenMapping[str, Any]]:
    found: dict[str, dict[str, Any]] = {player: {} for player in game.players}
    for axis, action, by in dominations(_all_actions(game)):
        player = game.players[axis]
        found[player].setdefault(game.actions[player][action], _named(game, axis, by))
    return FrozenMapping({player: FrozenMapping(rows) for player, rows in found.items()})


def _named(game: NormalFormGame, axis: int, by: Any) -> str | Mixture:
    options = game.actions[game.players[axis]]
    return (
        FrozenMapping({options[j]: weight for j, weight in by.items()})
        if isinstance(by, dict)
        else options[by]
    )


def weakly_dominated_masks(game: NormalFormGame) -> tuple[NDArray[np.bool_], ...]:
    """For each player, which actions are weakly dominated by a pure one in the whole game."""
    masks = tuple([np.zeros(size, dtype=bool) for size in game.form.shape])
    for axis, action, _ in _dominations(_tables(game), _all_actions(game), strict=False):
        masks[axis][action] = True
    return masks


@attrs.frozen
class Elimination:
    """The end of iterated elimination.

    ``rounds``: for each round, the eliminated (player, action, dominated by), all taken out
    at once, where an action is dominated by another, or with ``mixtures`` by a mapping of
    actions to probabilities; ``actions``: what is left to each player; ``order_matters``:
    whether some other order of elimination ends with another set of actions (always False
    for strict dominance; None if the search over orders was cut short).
    """

    strict: bool
    rounds: tuple[tuple[tuple[str, str, str | Mixture], ...], ...]
    actions: FrozenMapping[str, tuple[str, ...]]
    order_matters: bool | None
    mixtures: bool = False

    def holds(self, game: NormalFormGame) -> bool:
        """Whether the elimination of strictly dominated actions in ``game`` is right.

        Checked anew and exactly: what takes an action out uses actions still there, and
        pays more than it whatever others do who keep to what is left to them.
        """
        kept = [list(options) for options in game.actions.values()]
        for eliminated in self.rounds:
            places = [
                [game.actions[who].index(a) for a in row]
                for who, row in zip(game.players, kept, strict=True)
            ]
            for player, action, by in eliminated:
                axis = game.players.index(player)
                mixture = {by: Fraction(1)} if isinstance(by, str) else by
                if (
                    action not in kept[axis]
                    or not set(mixture) <= set(kept[axis])
                    or sum(mixture.values()) != 1
                ):
                    return False
                scale = math.lcm(*[weight.denominator for weight in mixture.values()])
                row = dict(
                    zip(
                        kept[axis],
                        lines_of(game, axis, tuple(map(tuple, places))).astype(object),
                        strict=True,
                    )
                )
                ahead = (
                    sum([int(weight * scale) * row[one] for one, weight in mixture.items()])
                    - scale * row[action]
                )
                if min(mixture.values()) < 0 or not (ahead > 0).all():
                    return False
            for player, action, _ in eliminated:
                kept[game.players.index(player)].remove(action)
        return self.strict and {
            who: tuple(row) for who, row in zip(game.players, kept, strict=True)
        } == dict(self.actions)

    def __str__(self) -> str:
        kind = "strictly" if self.strict else "weakly"
        how = " (by mixtures)" if self.mixtures else ""
        lines = [f"Iterated elimination of {kind} dominated actions{how}"]
        for number, eliminated in enumerate(self.rounds, 1):
            for player, action, by in eliminated:
                words = repr(by) if isinstance(by, str) else mixed_words(by)
                lines.append(
                    f"  round {number}: {player} drops {action!r}, dominated by {words}"
                )
        lines += [
            f"  left to {player}: {', '.join(options)}"
            for player, options in self.actions.items()
        ]
        note = {
            True: "another order ends elsewhere",
            False: "every order ends here",
            None: "whether another order ends elsewhere was not settled",
        }
        return "\n".join([*lines, f"  {note[self.order_matters]}"])


def eliminate_strictly(game: NormalFormGame) -> Elimination:
    """Take strictly dominated actions out of ``game``, round by round, until none is left.

    The order does not matter.
    """
    _require_table(game)
    return _eliminate(game, partial(_dominations, _tables(game), strict=True), strict=True)


def eliminate_weakly(game: NormalFormGame, search: int = 20_000) -> Elimination:
    """Take weakly dominated actions out of ``game``, all players' at once in each round.

    Until none is left. The order can matter: up to ``search`` sets of remaining actions are
    visited to see whether another order, one action at a time, ends elsewhere (up to
    actions that differ in nobody's payoff they may; the sets themselves are compared).
    """
    _require_table(game)
    return _eliminate(
        game,
        partial(_dominations, _tables(game), strict=False),
        strict=False,
        search=search,
    )


def eliminate_strictly_by_mixtures(game: NormalFormGame) -> Elimination:
    """Take actions strictly dominated by mixtures out of ``game``, until none is left.

    Round by round; the order does not matter.
    """
    _require_table(game)
    return _eliminate(
        game, partial(mixed_dominations, game, strict=True), strict=True, mixtures=True
    )


def eliminate_quickly(game: NormalFormGame, spend: Callable[[int], None]) -> Elimination:
    """The same as far as a search in floats sees it, and as long as it may take.

    ``spend`` is told of the work in numbers looked at, and ends it by raising Overspent.
    Every mixture is proved; more actions may be dominated. ``game``: the table.
    """
    found = _eliminate(
        game, partial(quick_dominations, game, spend), strict=True, mixtures=True
    )
    return attrs.evolve(found, order_matters=None)


def eliminate_weakly_by_mixtures(game: NormalFormGame, search: int = 1_000) -> Elimination:
    """Take actions weakly dominated by mixtures out of ``game``, in rounds for all players.

    ``search`` as in eliminate_weakly.
    """
    _require_table(game)
    find = partial(mixed_dominations, game, strict=False)
    return _eliminate(game, find, strict=False, mixtures=True, search=search)


def _eliminate(
    game: NormalFormGame,
    dominations: Dominations,
    *,
    strict: bool,
    mixtures: bool = False,
    search: int = 0,
) -> Elimination:
    """Eliminate round by round.

    For weak dominance, look for other ends in as many sets of actions as ``search`` says.
    """
    kept, rounds = _all_actions(game), []
    while True:
        drops: dict[tuple[int, int], Any] = {}
        for axis, action, by in dominations(kept):
            drops.setdefault((axis, action), by)
        if not drops:
            break
        names = [
            (game.players[axis], action, _named(game, axis, by))
            for (axis, action), by in drops.items()
        ]
        rounds.append(
            tuple(
                [(player, game.actions[player][action], by) for player, action, by in names]
            )
        )
        kept = tuple(
            [
                tuple([a for a in row if (axis, a) not in drops])
                for axis, row in enumerate(kept)
            ]
        )
    left = FrozenMapping(
        (player, tuple([game.actions[player][a] for a in row]))
        for player, row in zip(game.players, kept, strict=True)
    )
    order_matters = (
        False if strict else _other_ends(dominations, _all_actions(game), kept, search)
    )
    return Elimination(strict, tuple(rounds), left, order_matters, mixtures)


def _other_ends(
    dominations: Dominations, start: Kept, end: Kept, budget: int
) -> bool | None:
    """Whether eliminating one action at a time can end anywhere but at ``end``."""
    seen, stack = {start}, [start]
    while stack:
        deadline.check()
        kept = stack.pop()
        moves = {(axis, action) for axis, action, _ in dominations(kept)}
        if not moves and kept != end:
            return True
        for axis, action in moves:
            after = tuple(
                [
                    tuple([a for a in row if (i, a) != (axis, action)])
                    for i, row in enumerate(kept)
                ]
            )
            if after not in seen:
                seen.add(after)
                stack.append(after)
        if len(seen) > budget:
            return None
    return False


def _dominations(
    tables: list[NDArray[Any]], kept: Kept, strict: bool
) -> Iterator[tuple[int, int, int]]:
    """(player, action, a pure action that dominates it) within the actions kept."""
    for axis, row in enumerate(kept):
        part = tables[axis][np.ix_(*kept)]
        lines = np.moveaxis(part, axis, 0).reshape(len(row), -1)
        for i, action in enumerate(row):
            deadline.check()
            for j, by in enumerate(row):
                if i == j:
                    continue
                dominated = (
                    (lines[j] > lines[i]).all()
                    if strict
                    else (lines[j] >= lines[i]).all() and (lines[j] > lines[i]).any()
                )
                if dominated:
                    yield axis, action, by
                    break


def _tables(game: NormalFormGame) -> list[NDArray[Any]]:
    return [comparable(table) for table in game.tables]


def _all_actions(game: NormalFormGame) -> Kept:
    return tuple([tuple(range(size)) for size in game.form.shape])


def _require_table(game: Any) -> None:
    reason = not_a_table("dominance", game)
    if reason is not None:
        raise RefusalError(reason)
