"""Coordination: several equilibria, and the question which of them."""

from __future__ import annotations

from fractions import Fraction

import strategy
from games.classics.answers import (
    Classic,
    Number,
    mixed,
    require_at_least,
    require_decreasing,
    surely,
)
from games.classics.tables import everyone, from_cells, from_rule


def battle_of_the_sexes(
    favourite: Number = 2, other: Number = 1, apart: Number = 0
) -> strategy.NormalFormGame:
    """Two people who want to go out together, each to a different concert.

    "Bach or Stravinsky".

    Luce and Raiffa, Games and Decisions (1957), section 5.3; payoffs of Osborne and
    Rubinstein, A Course in Game Theory (1994), Example 15.3, whose mixed equilibrium is in
    Example 34.1.
    """
    require_decreasing(favourite=favourite, other=other, apart=apart)
    together_bach, together_stravinsky, alone = (
        (favourite, other),
        (other, favourite),
        (apart, apart),
    )
    concerts = ("Bach", "Stravinsky")
    return from_cells(
        concerts, concerts, ((together_bach, alone), (alone, together_stravinsky))
    )


def coordination_game(
    better: Number = 2, worse: Number = 1, apart: Number = 0
) -> strategy.NormalFormGame:
    """Two people who agree which concert is better.

    They may still end up together at the worse one.

    Osborne and Rubinstein, A Course in Game Theory (1994), Example 16.1.
    """
    require_decreasing(better=better, worse=worse, apart=apart)
    concerts = ("Mozart", "Mahler")
    return from_cells(
        concerts,
        concerts,
        (((better, better), (apart, apart)), ((apart, apart), (worse, worse))),
    )


def stag_hunt(
    stag: Number = 4, hare: Number = 3, alone: Number = 0
) -> strategy.NormalFormGame:
    """Two hunters catch a stag together.

    A hare each can catch alone, and it is the safe choice.

    Rousseau, Discourse on Inequality (1755), part 2. With 4, 3 and 0 hare is risk-dominant
    in the sense of Harsanyi and Selten, A General Theory of Equilibrium Selection in Games
    (1988): a hunter needs to believe in the other's stag with probability 3/4.
    """
    require_decreasing(stag=stag, hare=hare, alone=alone)
    hunts = ("stag", "hare")
    return from_cells(
        hunts, hunts, (((stag, stag), (alone, hare)), ((hare, alone), (hare, hare)))
    )


def chicken(
    win: Number = 4, swerve: Number = 3, lose: Number = 1, crash: Number = 0
) -> strategy.NormalFormGame:
    """Two contestants would each rather fight a yielding opponent but yield to a fighter.

    The game is also known as hawk and dove.

    Osborne and Rubinstein, A Course in Game Theory (1994), Example 16.3.
    """
    require_decreasing(win=win, swerve=swerve, lose=lose, crash=crash)
    ways = ("dove", "hawk")
    return from_cells(
        ways, ways, (((swerve, swerve), (lose, win)), ((win, lose), (crash, crash)))
    )


def minimum_effort(players: int = 3, efforts: int = 7) -> strategy.NormalFormGame:
    """A team in which the least effort decides what everyone gets, and effort costs.

    Every common effort is an equilibrium.

    The payoff is 0.60 + 0.20 * (least effort) - 0.10 * (own effort), treatment A of Van
    Huyck, Battalio and Beil, "Tacit coordination games, strategic uncertainty, and
    coordination failure", American Economic Review 80(1), 1990, pp. 234-248.
    """
    require_at_least(1, players=players, efforts=efforts)

    def paid(choice: tuple[int, ...]) -> tuple[Fraction, ...]:
        least = min(choice) + 1
        return tuple(Fraction(60 + 20 * least - 10 * (own + 1), 100) for own in choice)

    return from_rule(
        everyone(players, tuple(str(effort) for effort in range(1, efforts + 1))), paid
    )


CLASSICS = (
    Classic(
        name="battle-of-the-sexes",
        title="Battle of the sexes",
        build=battle_of_the_sexes,
        source=(
            "Osborne and Rubinstein, A Course in Game Theory (1994), Examples 15.3 and 34.1"
        ),
        basis="published",
        concept_name="PureNash",
        answer=(
            surely(("Bach", "Bach"), (2, 1)),
            surely(("Stravinsky", "Stravinsky"), (1, 2)),
        ),
        mixed=(mixed(("2/3", "1/3"), ("1/3", "2/3")),),
    ),
    Classic(
        name="coordination-game",
        title="Coordination with a better and a worse equilibrium",
        build=coordination_game,
        source=(
            "Osborne and Rubinstein, A Course in Game Theory (1994), Example 16.1; the "
            "mixed equilibrium is derived"
        ),
        basis="published",
        concept_name="PureNash",
        answer=(surely(("Mozart", "Mozart"), (2, 2)), surely(("Mahler", "Mahler"), (1, 1))),
        mixed=(mixed(("1/3", "2/3"), ("1/3", "2/3")),),
    ),
    Classic(
        name="stag-hunt",
        title="Stag hunt",
        build=stag_hunt,
        source=(
            "Rousseau, Discourse on Inequality (1755), part 2; the payoffs 4, 3, 0 are "
            "chosen here"
        ),
        basis="derived",
        concept_name="PureNash",
        answer=(surely(("stag", "stag"), (4, 4)), surely(("hare", "hare"), (3, 3))),
        mixed=(mixed(("3/4", "1/4"), ("3/4", "1/4")),),
    ),
    Classic(
        name="chicken",
        title="Chicken, or hawk and dove",
        build=chicken,
        source=(
            "Osborne and Rubinstein, A Course in Game Theory (1994), Example 16.3; the "
            "mixed equilibrium is derived"
        ),
        basis="published",
        concept_name="PureNash",
        answer=(surely(("dove", "hawk"), (1, 4)), surely(("hawk", "dove"), (4, 1))),
        mixed=(mixed(("1/2", "1/2"), ("1/2", "1/2")),),
    ),
    Classic(
        name="minimum-effort",
        title="Minimum effort with three players",
        build=minimum_effort,
        source=(
            "Van Huyck, Battalio and Beil, American Economic Review 80(1), 1990, pp. "
            "234-248, treatment A"
        ),
        basis="published",
        concept_name="PureNash",
        answer=(
            surely(("1", "1", "1"), (Fraction("0.70"),) * 3),
            surely(("2", "2", "2"), (Fraction("0.80"),) * 3),
            surely(("3", "3", "3"), (Fraction("0.90"),) * 3),
            surely(("4", "4", "4"), (Fraction("1.00"),) * 3),
            surely(("5", "5", "5"), (Fraction("1.10"),) * 3),
            surely(("6", "6", "6"), (Fraction("1.20"),) * 3),
            surely(("7", "7", "7"), (Fraction("1.30"),) * 3),
        ),
    ),
)
