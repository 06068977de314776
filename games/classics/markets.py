"""Markets: quantities of three firms, bids of two buyers."""

from __future__ import annotations

from fractions import Fraction

import strategy
from games.classics.answers import Classic, Number, require_at_least, surely
from games.classics.tables import everyone, from_rule


def cournot(
    firms: int = 3, highest_price: int = 13, unit_cost: int = 1, most: int = 6
) -> strategy.NormalFormGame:
    """Firms choose whole quantities up to ``most`` of one good.

    Its price falls by one with each unit sold.

    Cournot, Recherches sur les principes mathématiques de la théorie des richesses (1838),
    chapter 7; Osborne, An Introduction to Game Theory (2004), section 3.1. With divisible
    quantities the equilibrium is unique, (highest_price - unit_cost) / (firms + 1) each.
    """
    require_at_least(1, firms=firms, most=most)

    def profits(choice: tuple[int, ...]) -> tuple[int, ...]:
        price = max(0, highest_price - sum(choice))
        return tuple((price - unit_cost) * quantity for quantity in choice)

    return from_rule(
        everyone(firms, tuple(str(quantity) for quantity in range(most + 1))), profits
    )


def second_price_auction(
    values: tuple[int, int] = (3, 2), highest_bid: int = 4
) -> strategy.NormalFormGame:
    """Two buyers bid whole amounts for one object.

    The higher bid wins and pays the lower one, a coin decides between equal bids.

    Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of
    Finance 16(1), 1961, pp. 8-37: bidding one's value weakly dominates every other bid, and
    yet there are many other equilibria.
    """
    require_at_least(1, highest_bid=highest_bid)

    def surplus(choice: tuple[int, ...]) -> tuple[Number, Number]:
        first, second = choice
        if first == second:
            return Fraction(values[0] - first, 2), Fraction(values[1] - first, 2)
        return (values[0] - second, 0) if first > second else (0, values[1] - first)

    return from_rule(
        everyone(2, tuple(str(bid) for bid in range(highest_bid + 1))), surplus
    )


CLASSICS = (
    Classic(
        name="cournot-three",
        title="Cournot competition of three firms in whole units",
        build=cournot,
        source=(
            "Cournot (1838), chapter 7; Osborne, An Introduction to Game Theory (2004), "
            "section 3.1; derived here in whole units"
        ),
        basis="derived",
        concept_name="PureNash",
        # A whole quantity q is a best response iff |q + Q - 12| <= 1, with Q the total.
        # Summed over three firms this leaves Q = 9 and quantities from 2 to 4: the
        # divisible solution, and six others made by a best response that is not unique.
        answer=(
            surely(("3", "3", "3"), (9, 9, 9)),
            surely(("2", "3", "4"), (6, 9, 12)),
            surely(("2", "4", "3"), (6, 12, 9)),
            surely(("3", "2", "4"), (9, 6, 12)),
            surely(("3", "4", "2"), (9, 12, 6)),
            surely(("4", "2", "3"), (12, 6, 9)),
            surely(("4", "3", "2"), (12, 9, 6)),
        ),
    ),
    Classic(
        name="second-price-auction",
        title="Second-price auction of two buyers",
        build=second_price_auction,
        source=(
            "Vickrey, Journal of Finance 16(1), 1961, pp. 8-37; values 3 and 2, bids from "
            "0 to 4 chosen here"
        ),
        basis="derived",
        concept_name="PureNash",
        # The first buyer wins with 2 or more against at most 1, with 3 or more against 2,
        # or with 4 against 3. The second wins with 3 or more against at most 2: against 0
        # and 1 at a gain, against 2 at none, which costs neither anything.
        answer=(
            surely(("2", "0"), (3, 0)),
            surely(("2", "1"), (2, 0)),
            surely(("3", "0"), (3, 0)),
            surely(("3", "1"), (2, 0)),
            surely(("3", "2"), (1, 0)),
            surely(("4", "0"), (3, 0)),
            surely(("4", "1"), (2, 0)),
            surely(("4", "2"), (1, 0)),
            surely(("4", "3"), (0, 0)),
            surely(("0", "3"), (0, 2)),
            surely(("0", "4"), (0, 2)),
            surely(("1", "3"), (0, 1)),
            surely(("1", "4"), (0, 1)),
            surely(("2", "3"), (0, 0)),
            surely(("2", "4"), (0, 0)),
        ),
        undominated=(("3", "2"),),
        after_weak=(("3",), ("2",)),
        order_matters=True,
    ),
)
