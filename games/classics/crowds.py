"""Three players for whom it matters how many others do the same."""

from __future__ import annotations

import strategy
from games.classics.answers import (
    Classic,
    Number,
    mixed,
    require_at_least,
    require_decreasing,
    surely,
)
from games.classics.tables import everyone, from_rule
from strategy.errors import GameError


def el_farol(
    players: int = 3, capacity: int = 2, pleasant: Number = 1, crowded: Number = -3
) -> strategy.NormalFormGame:
    """Each decides whether to go to a bar that is pleasant up to its capacity.

    Beyond it the bar is worse than home.

    Arthur, "Inductive reasoning and bounded rationality", American Economic Review 84(2),
    1994, pp. 406-411, with a hundred people and a capacity of sixty. Staying at home gives
    0.
    """
    require_at_least(1, players=players, capacity=capacity)
    require_decreasing(pleasant=pleasant, home=0, crowded=crowded)

    def evening(choice: tuple[int, ...]) -> tuple[Number, ...]:
        at_bar = pleasant if sum(choice) <= capacity else crowded
        return tuple(at_bar if goes else 0 for goes in choice)

    return from_rule(everyone(players, ("stay", "go")), evening)


def minority_game(players: int = 3) -> strategy.NormalFormGame:
    """Each chooses one of two sides; those on the smaller side win 1, the others nothing.

    Challet and Zhang, "Emergence of cooperation and organization in an evolutionary game",
    Physica A 246, 1997, pp. 407-418. The number of players is odd, so that there always is
    a smaller side; if it is empty, nobody wins.
    """
    require_at_least(3, players=players)
    if players % 2 == 0:
        raise GameError(
            f"players={players}: expected an odd number, so that the sides cannot be equal"
        )

    def winners(choice: tuple[int, ...]) -> tuple[int, ...]:
        smaller = 1 if sum(choice) < players - sum(choice) else 0
        return tuple(int(side == smaller) for side in choice)

    return from_rule(everyone(players, ("A", "B")), winners)


def threshold_public_good(
    players: int = 3, needed: int = 2, benefit: Number = 8, cost: Number = 3
) -> strategy.NormalFormGame:
    """A good that all enjoy comes about if enough players contribute.

    Contributions are lost if too few do.

    Palfrey and Rosenthal, "Participation and the provision of discrete public goods: a
    strategic analysis", Journal of Public Economics 24(2), 1984, pp. 171-193, without
    refund. With one contributor needed it is the volunteer's dilemma of Diekmann, Journal
    of Conflict Resolution 29(4), 1985, pp. 605-610.
    """
    require_at_least(1, players=players, needed=needed)
    require_decreasing(benefit=benefit, cost=cost, nothing=0)

    def provided(choice: tuple[int, ...]) -> tuple[Number, ...]:
        good = benefit if sum(choice) >= needed else 0
        return tuple(good - cost if contributes else good for contributes in choice)

    return from_rule(everyone(players, ("abstain", "contribute")), provided)


CLASSICS = (
    Classic(
        name="el-farol",
        title="El Farol bar with three players",
        build=el_farol,
        source=(
            "Arthur, American Economic Review 84(2), 1994, pp. 406-411; size and payoffs "
            "1, 0, -3 chosen here"
        ),
        basis="derived",
        concept_name="PureNash",
        answer=(
            surely(("stay", "go", "go"), (0, 1, 1)),
            surely(("go", "stay", "go"), (1, 0, 1)),
            surely(("go", "go", "stay"), (1, 1, 0)),
        ),
        # All three go with 1/2 (the other two are both there with 1/4), or one goes surely
        # and the others with 1/4.
        mixed=(
            mixed(("1/2", "1/2"), ("1/2", "1/2"), ("1/2", "1/2")),
            mixed(("0", "1"), ("3/4", "1/4"), ("3/4", "1/4")),
            mixed(("3/4", "1/4"), ("0", "1"), ("3/4", "1/4")),
            mixed(("3/4", "1/4"), ("3/4", "1/4"), ("0", "1")),
        ),
    ),
    Classic(
        name="minority-game",
        title="Minority game with three players",
        build=minority_game,
        source=(
            "Challet and Zhang, Physica A 246, 1997, pp. 407-418; derived here for three "
            "players: every split of two against one"
        ),
        basis="derived",
        concept_name="PureNash",
        answer=(
            surely(("A", "A", "B"), (0, 0, 1)),
            surely(("A", "B", "A"), (0, 1, 0)),
            surely(("A", "B", "B"), (1, 0, 0)),
            surely(("B", "A", "A"), (1, 0, 0)),
            surely(("B", "A", "B"), (0, 1, 0)),
            surely(("B", "B", "A"), (0, 0, 1)),
        ),
    ),
    Classic(
        name="threshold-public-good",
        title="Discrete public good that needs two of three",
        build=threshold_public_good,
        source=(
            "Palfrey and Rosenthal, Journal of Public Economics 24(2), 1984, pp. 171-193; "
            "benefit 8 and cost 3 chosen here"
        ),
        basis="derived",
        concept_name="PureNash",
        answer=(
            surely(("abstain", "abstain", "abstain"), (0, 0, 0)),
            surely(("abstain", "contribute", "contribute"), (8, 5, 5)),
            surely(("contribute", "abstain", "contribute"), (5, 8, 5)),
            surely(("contribute", "contribute", "abstain"), (5, 5, 8)),
        ),
        # A mixing player is decisive with probability cost/benefit = 3/8: 2q(1-q) = 3/8 if
        # all mix alike, 1-q = 3/8 beside one sure contributor. Beside one sure abstainer q
        # = 3/8, but then the abstainer is decisive with 15/32 > 3/8 and contributes.
        mixed=(
            mixed(("3/4", "1/4"), ("3/4", "1/4"), ("3/4", "1/4")),
            mixed(("1/4", "3/4"), ("1/4", "3/4"), ("1/4", "3/4")),
            mixed(("0", "1"), ("3/8", "5/8"), ("3/8", "5/8")),
            mixed(("3/8", "5/8"), ("0", "1"), ("3/8", "5/8")),
            mixed(("3/8", "5/8"), ("3/8", "5/8"), ("0", "1")),
        ),
    ),
)
