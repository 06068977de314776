"""All pure Nash equilibria of a table and all pure subgame-perfect equilibria of a tree, by
going through everything that can be done: no code of the toolkit."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from tests.games.by_hand._conditions import Taken
from tests.games.by_hand._situation import Situation, Worth, mover

Found = Mapping[int, int]
"""Plays of equilibria by number, and how many equilibria have each."""


class Table:
    """A table. ``beside``: for each player and play the plays that differ from it in the
    player's action alone, in the order of the actions (itself among them)."""

    def __init__(self, one: Situation) -> None:
        self.actions, self.plays = one.printed.actions, one.plays
        number = {frozenset(taken.items()): i for i, taken in enumerate(one.plays)}
        self.beside = {
            player: [
                [number[frozenset({**taken, player: action}.items())] for action in actions]
                for taken in one.plays
            ]
            for player, actions in self.actions.items()
        }

    def rivals(self, player: str) -> set[tuple[int, int]]:
        """Pairs of plays between which a player chooses."""
        return {(i, k) for i, others in enumerate(self.beside[player]) for k in others}

    def equilibria(self, worth: Worth, *, undominated: bool = False) -> Found:
        """Nobody has more by another action; ``undominated``: nor takes one that is weakly
        dominated by another."""
        left = set(range(len(self.plays)))
        for player, pays in worth.items():
            beside = self.beside[player]
            left = {i for i in left if pays[i] == max([pays[k] for k in beside[i]])}
        bad = self.dominated(worth) if undominated and left else set()
        return {i: 1 for i in left if not bad & set(self.plays[i].items())}

    def dominated(self, worth: Worth) -> set[tuple[str, str]]:
        """(player, action) such that another is never worse and somewhere better."""
        found = set()
        for player, actions in self.actions.items():
            pays, beside = worth[player], self.beside[player]
            for a, action in enumerate(actions):
                places = [i for i, row in enumerate(beside) if row[a] == i]
                for other in range(len(actions)):
                    gains = [pays[beside[i][other]] - pays[i] for i in places]
                    if min(gains) >= 0 and max(gains) > 0:
                        found.add((player, action))
        return found


class Tree:
    """A tree: who moves after what, with the number of the play at every end."""

    def __init__(self, one: Situation) -> None:
        self.order, self.actions = one.printed.order, one.printed.actions
        self.plays = one.plays
        self.number = {frozenset(taken.items()): i for i, taken in enumerate(one.plays)}

    def rivals(self, player: str) -> set[tuple[int, int]]:
        """Pairs of plays that part at a move of the player."""
        return {
            (i, k)
            for i, one in enumerate(self.plays)
            for k, other in enumerate(self.plays[:i])
            if self._parting(one, other) == player
        }

    def _parting(self, one: Taken, other: Taken) -> str:
        return next(who for who in self.order if one.get(who) != other.get(who))

    def equilibria(self, worth: Worth) -> Found:
        """From the last moves to the first: with each equilibrium of what follows every
        action, those actions are taken that pay most."""
        return self.after({}, worth)

    def after(self, taken: Taken, worth: Worth) -> Found:
        """What may be played once this was done."""
        player = mover(taken, self.order)
        if player is None:
            return {self.number[frozenset(taken.items())]: 1}
        pays = worth[player]
        below = [
            self.after({**taken, player: action}, worth) for action in self.actions[player]
        ]
        found: Counter[int] = Counter()
        for mine, options in enumerate(below):
            for play, ways in options.items():
                # the others must not pay more, in whichever of their equilibria
                found[play] += ways * math.prod(
                    sum(n for end, n in rest.items() if pays[end] <= pays[play])
                    for other, rest in enumerate(below)
                    if other != mine
                )
        return {play: ways for play, ways in found.items() if ways}
