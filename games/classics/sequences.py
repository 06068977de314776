"""Short trees: a first mover's advantage, a long refusal to trust, and a move of chance."""

from __future__ import annotations

from fractions import Fraction

import strategy
from games.classics.answers import (
    Classic,
    KnownEquilibrium,
    Number,
    require_at_least,
    require_decreasing,
    surely,
)


def sequential_battle_of_the_sexes(
    favourite: Number = 2, other: Number = 1, apart: Number = 0
) -> strategy.ExtensiveFormGame:
    """The battle of the sexes in which one player buys a ticket before the other chooses.

    The first gets her concert.

    The follower prefers company, so the leader's choice decides; the advantage of
    committing first is that of Schelling, The Strategy of Conflict (1960), chapters 2 and
    5. Payoffs of Osborne and Rubinstein, A Course in Game Theory (1994), Example 15.3.
    """
    require_decreasing(favourite=favourite, other=other, apart=apart)
    together = {
        "Bach": {"1": favourite, "2": other},
        "Stravinsky": {"1": other, "2": favourite},
    }
    alone = {"1": apart, "2": apart}

    def follow(ticket: str) -> strategy.Decision:
        return strategy.Decision(
            "2",
            {
                concert: strategy.End(together[concert] if concert == ticket else alone)
                for concert in together
            },
        )

    tree = strategy.Decision("1", {ticket: follow(ticket) for ticket in together})
    return strategy.ExtensiveFormGame.from_tree(tree, players=("1", "2"))


def centipede(moves: int = 4) -> strategy.ExtensiveFormGame:
    """Two players in turn take the larger of two piles, or pass and let both double.

    The game ends after ``moves`` passes.

    Rosenthal, "Games of perfect information, predatory pricing and the chain-store
    paradox", Journal of Economic Theory 25(1), 1981, pp. 92-100. Piles of McKelvey and
    Palfrey, "An experimental study of the centipede game", Econometrica 60(4), 1992, pp.
    803-836, in units of ten cents: 4 and 1 at the first move; after the last pass they fall
    as if the next player had taken.
    """
    require_at_least(1, moves=moves)

    def taken(passes: int) -> strategy.End:
        taker, other = ("1", "2") if passes % 2 == 0 else ("2", "1")
        return strategy.End({taker: 4 * 2**passes, other: 2**passes})

    # From the end to the start, so that no length of the game meets the recursion limit
    # here.
    node: strategy.Decision | strategy.End = taken(moves)
    for passes in reversed(range(moves)):
        node = strategy.Decision(
            "1" if passes % 2 == 0 else "2", {"take": taken(passes), "pass": node}
        )
    return strategy.ExtensiveFormGame.from_tree(node, players=("1", "2"))


def chance_after_risk(ends: Fraction = Fraction(1, 2)) -> strategy.ExtensiveFormGame:
    """The first player stops, or takes a risk.

    Chance then ends the game in her favour or hands the move to the second player.

    ``ends`` is the probability that the game ends there. Osborne, An Introduction to Game
    Theory (2004), section 7.6 (perfect information with chance moves). The second player
    chooses C, so the first takes the risk while 3 * ends > 1.
    """
    tree = strategy.Decision(
        "1",
        {
            "A": strategy.End({"1": 1, "2": 1}),
            "B": strategy.Chance(
                "luck",
                {
                    "ends": (ends, strategy.End({"1": 3, "2": 0})),
                    "goes on": (
                        1 - ends,
                        strategy.Decision(
                            "2",
                            {
                                "C": strategy.End({"1": 0, "2": 1}),
                                "D": strategy.End({"1": 1, "2": 0}),
                            },
                        ),
                    ),
                },
            ),
        },
    )
    return strategy.ExtensiveFormGame.from_tree(tree, players=("1", "2"))


HALF = Fraction(1, 2)
THIRD = Fraction(1, 3)

CLASSICS = (
    Classic(
        name="sequential-battle-of-the-sexes",
        title="Battle of the sexes, one after the other",
        build=sequential_battle_of_the_sexes,
        source=(
            "Osborne and Rubinstein, A Course in Game Theory (1994), Example 15.3, played "
            "in sequence"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        answer=(surely(("Bach", "Bach"), (2, 1), count=1),),
    ),
    Classic(
        name="centipede",
        title="Centipede of four moves",
        build=centipede,
        source=(
            "McKelvey and Palfrey, Econometrica 60(4), 1992, pp. 803-836, the game of "
            "four moves"
        ),
        basis="published",
        concept_name="PureSubgamePerfect",
        answer=(surely(("take",), (4, 1), count=1),),
    ),
    Classic(
        name="centipede-long",
        title="Centipede of a hundred moves",
        build=centipede,
        arguments={"moves": 100},
        source=(
            "McKelvey and Palfrey, Econometrica 60(4), 1992, pp. 803-836, continued to a "
            "hundred moves (payoffs to 2^102)"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        answer=(surely(("take",), (4, 1), count=1),),
    ),
    Classic(
        name="chance-after-risk",
        title="A risk that chance resolves",
        build=chance_after_risk,
        source="Osborne, An Introduction to Game Theory (2004), section 7.6",
        basis="published",
        concept_name="PureSubgamePerfect",
        answer=(
            KnownEquilibrium(
                ((("B", "ends"), HALF), (("B", "goes on", "C"), HALF)),
                (Fraction(3, 2), HALF),
                count=1,
            ),
        ),
    ),
    Classic(
        name="chance-after-risk-at-the-margin",
        title="A risk that is exactly not worth more than stopping",
        build=chance_after_risk,
        arguments={"ends": THIRD},
        source=(
            "Osborne, An Introduction to Game Theory (2004), section 7.6, where both "
            "actions pay 1"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        answer=(
            surely(("A",), (1, 1), count=1),
            KnownEquilibrium(
                ((("B", "ends"), THIRD), (("B", "goes on", "C"), 1 - THIRD)),
                (1, 1 - THIRD),
                count=1,
            ),
        ),
    ),
)
