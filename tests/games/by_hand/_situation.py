"""The plays of a model as its pages describe them, and what each pays along a line of values
of one parameter: no code of the toolkit."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.games.by_hand._amounts import Line
from tests.games.by_hand._conditions import Taken
from tests.games.by_hand._printed import Printed

Worth = Mapping[str, Sequence[int]]
"""For each player what every play pays, in a unit of the player's own."""


@dataclass(frozen=True)
class Situation:
    """Plays by number, what each pays each player, and on which each outcome holds."""

    printed: Printed
    plays: Sequence[Taken]
    pays: Mapping[str, Sequence[Line]]
    happens: Mapping[str, Sequence[bool]]

    def worth(self, x: Fraction) -> Worth:
        """What the plays pay where the parameter that moves is x: whole numbers, since only
        comparisons count."""
        found = {}
        for player, lines in self.pays.items():
            values = [line.at(x) for line in lines]
            unit = math.lcm(*[value.denominator for value in values])
            found[player] = [int(value * unit) for value in values]
        return found

    def history(self, play: int) -> tuple[str, ...]:
        """The actions of a play in the order in which they were taken."""
        taken = self.plays[play]
        order = self.printed.order or self.printed.actions
        return tuple(taken[player] for player in order if player in taken)


def along(printed: Printed, values: Mapping[str, Fraction], moving: str) -> Situation:
    """All parameters at these values but for one, which moves."""
    here = {name: Line(value) for name, value in values.items()}
    here[moving] = Line(Fraction(0), Fraction(1))
    amounts = [part.amount(here) for part in printed.parts]
    plays = list(in_turn({}, printed) if printed.order else at_once(printed))
    assert len(plays) == printed.plays
    pays = {
        player: [
            sum(
                [
                    amount
                    for amount, part in zip(amounts, printed.parts, strict=True)
                    if part.player == player and part.when(taken)
                ],
                Line(Fraction(0)),
            )
            for taken in plays
        ]
        for player in printed.actions
    }
    happens = {
        name: [when(taken) for taken in plays] for name, when in printed.outcomes.items()
    }
    return Situation(printed, plays, pays, happens)


def at_once(printed: Printed) -> Iterator[Taken]:
    """Everyone does something."""
    for actions in itertools.product(*printed.actions.values()):
        yield dict(zip(printed.actions, actions, strict=True))


def in_turn(taken: Taken, printed: Printed) -> Iterator[Taken]:
    """The plays that go on from what was done."""
    player = mover(taken, printed.order)
    if player is None:
        yield taken
        return
    for action in printed.actions[player]:
        yield from in_turn({**taken, player: action}, printed)


def mover(taken: Taken, order: Sequence[str]) -> str | None:
    """Who moves next, after what was done; None at an end."""
    left = [player for player in order if player not in taken and asked(player, taken)]
    return left[0] if left else None


def asked(player: str, taken: Taken) -> bool:
    """ "In the trees nobody is asked once Azerbaijan does not connect, and Russia and Iran
    are not asked once Armenia refuses" (docs/explanation/corridor.md)."""
    if taken.get("Azerbaijan") not in (None, "connect"):
        return False
    return not (taken.get("Armenia") == "refuse" and player in ("Russia", "Iran"))
