"""Entry into a market: which threats of the incumbent are credible."""

from __future__ import annotations

import strategy
from games.classics.answers import (
    Classic,
    Number,
    require_at_least,
    require_decreasing,
    surely,
)


def entry_game(fight: Number = 0) -> strategy.ExtensiveFormGame:
    """A challenger enters a market or stays out.

    The incumbent acquiesces in the entry or fights it.

    ``fight`` is what fighting leaves to the incumbent, who gets 1 by acquiescing. Osborne,
    An Introduction to Game Theory (2004), Example 154.1. At ``fight=1`` the incumbent is
    indifferent, and the threat to fight becomes one of two subgame perfect equilibria.
    """
    tree = strategy.Decision(
        "challenger",
        {
            "in": strategy.Decision(
                "incumbent",
                {
                    "acquiesce": strategy.End({"challenger": 2, "incumbent": 1}),
                    "fight": strategy.End({"challenger": 0, "incumbent": fight}),
                },
            ),
            "out": strategy.End({"challenger": 1, "incumbent": 2}),
        },
    )
    return strategy.ExtensiveFormGame.from_tree(tree, players=("challenger", "incumbent"))


def committed_incumbent(
    monopoly: Number = 12, duopoly: Number = 4, war: Number = -2, cost: Number = 7
) -> strategy.ExtensiveFormGame:
    """The incumbent may first sink a cost that is of use only in a price war.

    The entrant sees it and decides.

    The commitment lowers the incumbent's profit by ``cost`` in a monopoly and in a shared
    market, but not in a war. It deters entry if war > duopoly - cost (fighting becomes
    credible) and monopoly - cost > duopoly (deterring is worth it). After Dixit, "Recent
    developments in oligopoly theory", American Economic Review 72(2), 1982, pp. 12-17, and
    "The role of investment in entry-deterrence", Economic Journal 90, 1980, pp. 95-106.
    """
    require_decreasing(monopoly=monopoly, duopoly=duopoly, nothing=0, war=war)

    def market(sunk: Number) -> strategy.Decision:
        response = strategy.Decision(
            "incumbent",
            {
                "fight": strategy.End({"incumbent": war, "entrant": war}),
                "share": strategy.End({"incumbent": duopoly - sunk, "entrant": duopoly}),
            },
        )
        return strategy.Decision(
            "entrant",
            {"enter": response, "stay out": strategy.End({"incumbent": monopoly - sunk})},
        )

    tree = strategy.Decision(
        "incumbent", {"commit": market(cost), "stay passive": market(0)}
    )
    return strategy.ExtensiveFormGame.from_tree(tree, players=("incumbent", "entrant"))


def chain_store(
    entrants: int = 1,
    out: tuple[Number, Number] = (5, 1),
    cooperative: tuple[Number, Number] = (2, 2),
    aggressive: tuple[Number, Number] = (0, 0),
) -> strategy.ExtensiveFormGame:
    """A chain store meets one potential entrant after the other.

    Each of them has seen how it treated those before.

    Each pair is what the chain store and the entrant get from that market. Selten, "The
    chain store paradox", Theory and Decision 9(2), 1978, pp. 127-159, with twenty markets:
    by backward induction everyone enters and is met cooperatively, however many follow.
    """
    require_at_least(1, entrants=entrants)
    names = tuple(f"entrant {number}" for number in range(1, entrants + 1))

    def market(
        number: int, store: Number, earned: dict[str, Number]
    ) -> strategy.Decision | strategy.End:
        if number == entrants:
            return strategy.End({"chain store": store, **earned})

        def next_market(pair: tuple[Number, Number]) -> strategy.Decision | strategy.End:
            return market(number + 1, store + pair[0], {**earned, names[number]: pair[1]})

        response = strategy.Decision(
            "chain store",
            {
                "cooperative": next_market(cooperative),
                "aggressive": next_market(aggressive),
            },
        )
        return strategy.Decision(names[number], {"in": response, "out": next_market(out)})

    return strategy.ExtensiveFormGame.from_tree(
        market(0, 0, {}), players=("chain store", *names)
    )


CLASSICS = (
    Classic(
        name="entry-game",
        title="Entry game",
        build=entry_game,
        source="Osborne, An Introduction to Game Theory (2004), Example 154.1 and section 5.4",
        basis="published",
        concept_name="PureSubgamePerfect",
        answer=(surely(("in", "acquiesce"), (2, 1), count=1),),
    ),
    Classic(
        name="entry-game-indifferent-incumbent",
        title="Entry game with an indifferent incumbent",
        build=entry_game,
        arguments={"fight": 1},
        source=(
            "Osborne, An Introduction to Game Theory (2004), chapter 5: the incumbent "
            "gets 1 either way"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        answer=(
            surely(("in", "acquiesce"), (2, 1), count=1),
            surely(("out",), (1, 2), count=1),
        ),
    ),
    Classic(
        name="committed-incumbent",
        title="Entry deterrence by commitment",
        build=committed_incumbent,
        source=(
            "After Dixit, American Economic Review 72(2), 1982, pp. 12-17; the numbers "
            "12, 4, -2 and 7 are chosen here"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        answer=(surely(("commit", "stay out"), (5, 0), count=1),),
    ),
    Classic(
        name="committed-incumbent-too-dear",
        title="A commitment that costs more than the entry it deters",
        build=committed_incumbent,
        arguments={"cost": 9},
        source=(
            "After Dixit, American Economic Review 72(2), 1982, pp. 12-17: monopoly - "
            "cost is below duopoly"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        answer=(surely(("stay passive", "enter", "share"), (4, 4), count=1),),
    ),
    Classic(
        name="chain-store",
        title="Chain store with one entrant",
        build=chain_store,
        source="Selten, Theory and Decision 9(2), 1978, pp. 127-159",
        basis="published",
        concept_name="PureSubgamePerfect",
        answer=(surely(("in", "cooperative"), (2, 2), count=1),),
    ),
    Classic(
        name="chain-store-three",
        title="Chain store with three entrants",
        build=chain_store,
        arguments={"entrants": 3},
        source=(
            "Selten, Theory and Decision 9(2), 1978, pp. 127-159; three entrants instead "
            "of twenty, by the same induction"
        ),
        basis="published",
        concept_name="PureSubgamePerfect",
        answer=(surely(("in", "cooperative") * 3, (6, 2, 2, 2), count=1),),
    ),
)
