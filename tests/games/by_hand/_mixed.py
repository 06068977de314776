"""Mixed play of a table by plain sums in fractions: what each action is worth against the
others' probabilities, and the index of an equilibrium that stands alone. No code of the
toolkit."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from tests.games.by_hand._situation import Situation

Mixed = Mapping[str, Mapping[str, Fraction]]
"""For each player the probability of each action in use."""


class Chances:
    """A table at one place, for players who mix."""

    def __init__(self, one: Situation, x: Fraction) -> None:
        self.plays, self.happens = one.plays, one.happens
        self.pays = {
            player: [line.at(x) for line in lines] for player, lines in one.pays.items()
        }
        self.actions = one.printed.actions

    def weight(self, play: int, mixed: Mixed) -> Fraction:
        """How likely the actions of a play are, those of the players who are given."""
        taken = self.plays[play]
        return math.prod(
            [chances.get(taken[player], Fraction(0)) for player, chances in mixed.items()],
            start=Fraction(1),
        )

    def values(self, player: str, mixed: Mixed) -> dict[str, Fraction]:
        """What each of a player's actions is worth against the others'."""
        others = {who: chances for who, chances in mixed.items() if who != player}
        found = dict.fromkeys(self.actions[player], Fraction(0))
        for play, taken in enumerate(self.plays):
            if weight := self.weight(play, others):
                found[taken[player]] += weight * self.pays[player][play]
        return found

    def regrets(self, mixed: Mixed) -> dict[tuple[str, str], Fraction]:
        """By how much each action of each player falls short of the player's best."""
        found = {}
        for player in self.actions:
            values = self.values(player, mixed)
            for action, value in values.items():
                found[player, action] = max(values.values()) - value
        return found

    def chance(self, outcome: str, mixed: Mixed) -> Fraction:
        """The probability of an outcome."""
        happens = self.happens[outcome]
        return sum(
            [self.weight(play, mixed) for play in range(len(self.plays)) if happens[play]],
            Fraction(0),
        )

    def index(self, mixed: Mixed) -> int:
        """+1 or -1 for an equilibrium that stands alone and is strict outside its supports,
        0 where the equations of indifference do not determine it.

        The sign of the determinant of minus the derivatives of what each further action in
        use is worth above the first one, by the probability that goes to it from the first:
        +1 for a strict pure equilibrium (Shapley 1974; Ritzberger 1994).
        """
        further = [
            (player, next(iter(chances)), action)
            for player, chances in mixed.items()
            for action in list(chances)[1:]
        ]
        rows = []
        for player, first, action in further:
            row = []
            for other, from_, to in further:
                gain = Fraction(0)
                for sign, taken in ((1, to), (-1, from_)) if other != player else ():
                    values = self.values(player, {**mixed, other: {taken: Fraction(1)}})
                    gain += sign * (values[action] - values[first])
                row.append(-gain)
            rows.append(row)
        found = determinant(rows)
        return (found > 0) - (found < 0)


def determinant(rows: Sequence[Sequence[Fraction]]) -> Fraction:
    """By expansion along the first row."""
    if not rows:
        return Fraction(1)
    return sum(
        [
            (-1) ** k * value * determinant([[*row[:k], *row[k + 1 :]] for row in rows[1:]])
            for k, value in enumerate(rows[0])
            if value
        ],
        Fraction(0),
    )
