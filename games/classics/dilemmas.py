"""Dilemmas: what is best for each alone is worse for all."""

from __future__ import annotations

from fractions import Fraction

import strategy
from games.classics.answers import (
    Classic,
    Number,
    require_at_least,
    require_decreasing,
    surely,
)
from games.classics.tables import everyone, from_cells, from_rule


def prisoners_dilemma(
    temptation: Number = 5, reward: Number = 3, punishment: Number = 1, sucker: Number = 0
) -> strategy.NormalFormGame:
    """Two players who each gain by defecting, whatever the other does.

    Both lose when both do.

    Story by A. W. Tucker (1950); the payoffs are those of Axelrod, The Evolution of
    Cooperation (1984), p. 8.
    """
    require_decreasing(
        temptation=temptation, reward=reward, punishment=punishment, sucker=sucker
    )
    return from_cells(
        ("cooperate", "defect"),
        ("cooperate", "defect"),
        (
            ((reward, reward), (sucker, temptation)),
            ((temptation, sucker), (punishment, punishment)),
        ),
    )


def travellers_dilemma(
    lowest: int = 2, highest: int = 6, bonus: Number = 2
) -> strategy.NormalFormGame:
    """Two travellers claim a value for the same lost case.

    The lower claim is paid to both, plus a bonus to whoever made it.

    The higher claimant loses as much as the bonus. Basu, "The traveler's dilemma: paradoxes
    of rationality in game theory", American Economic Review 84(2), 1994, pp. 391-395, where
    claims run from 2 to 100; a smaller range has the same answer.
    """
    require_at_least(lowest + 1, highest=highest)
    claims = tuple(range(lowest, highest + 1))

    def paid(choice: tuple[int, ...]) -> tuple[Number, Number]:
        first, second = claims[choice[0]], claims[choice[1]]
        if first == second:
            return first, second
        low = min(first, second)
        return (low + bonus, low - bonus) if first < second else (low - bonus, low + bonus)

    return from_rule(everyone(2, tuple(str(claim) for claim in claims)), paid)


def public_goods(
    players: int = 3, endowment: Number = 2, share: Number = 1
) -> strategy.NormalFormGame:
    """Each player keeps an endowment, or gives it up for all.

    Then every player, the giver too, receives a share.

    Keeping is strictly dominant while a share is less than the endowment; giving is best
    for all together while the shares add up to more. The linear game of Isaac and Walker,
    "Group size effects in public goods provision", Quarterly Journal of Economics 103(1),
    1988, pp. 179-199, with all or nothing to give; here the marginal return to the giver is
    1/2.
    """
    require_at_least(2, players=players)
    require_decreasing(all_shares=players * share, endowment=endowment, share=share)

    def kept_and_shared(choice: tuple[int, ...]) -> tuple[Number, ...]:
        shared = share * sum(choice)
        return tuple(shared if gives else shared + endowment for gives in choice)

    return from_rule(everyone(players, ("keep", "contribute")), kept_and_shared)


CLASSICS = (
    Classic(
        name="prisoners-dilemma",
        title="Prisoner's dilemma",
        build=prisoners_dilemma,
        source="Axelrod, The Evolution of Cooperation (1984), ch. 1, p. 8",
        basis="published",
        concept_name="PureNash",
        answer=(surely(("defect", "defect"), (1, 1)),),
        undominated=(("defect", "defect"),),
        after_strict=(("defect",), ("defect",)),
        after_weak=(("defect",), ("defect",)),
        order_matters=False,
        mixed=(),
    ),
    Classic(
        name="travellers-dilemma",
        title="Traveller's dilemma",
        build=travellers_dilemma,
        source=(
            "Basu, American Economic Review 84(2), 1994, pp. 391-395; claims cut to 2..6, "
            "the argument is the same"
        ),
        basis="derived",
        concept_name="PureNash",
        answer=(surely(("2", "2"), (2, 2)),),
        undominated=(("2", "2"),),
        # the highest claim ties with the next against every low one: weak only
        after_strict=(("2", "3", "4", "5", "6"),) * 2,
        after_weak=(("2",), ("2",)),
        order_matters=False,
        mixed=(),
    ),
    Classic(
        name="public-goods",
        title="Public goods with three players",
        build=public_goods,
        source=(
            "Isaac and Walker, Quarterly Journal of Economics 103(1), 1988, pp. 179-199; "
            "reduced to all or nothing"
        ),
        basis="derived",
        concept_name="PureNash",
        answer=(surely(("keep", "keep", "keep"), (2, 2, 2)),),
        undominated=(("keep", "keep", "keep"),),
        after_strict=(("keep",),) * 3,
        after_weak=(("keep",),) * 3,
        order_matters=False,
        mixed=(),
    ),
    Classic(
        name="public-goods-small-stakes",
        title="Public goods, all payoffs a billionth",
        build=public_goods,
        arguments={"endowment": Fraction(2, 10**9), "share": Fraction(1, 10**9)},
        source=(
            "The game above in another unit: equilibria do not depend on the unit of a "
            "payoff"
        ),
        basis="derived",
        concept_name="PureNash",
        answer=(surely(("keep", "keep", "keep"), (Fraction(2, 10**9),) * 3),),
        after_strict=(("keep",),) * 3,
        mixed=(),
    ),
)
