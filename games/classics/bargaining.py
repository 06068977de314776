"""Dividing a pie of indivisible units.

An indifferent responder makes several equilibria.
"""

from __future__ import annotations

from fractions import Fraction

import strategy
from games.classics.answers import Classic, require_at_least, surely


def ultimatum(units: int = 3) -> strategy.ExtensiveFormGame:
    """One player offers some of the units; the other accepts, or both get nothing.

    Güth, Schmittberger and Schwarze, "An experimental analysis of ultimatum bargaining",
    Journal of Economic Behavior and Organization 3(4), 1982, pp. 367-388. An offer of
    nothing leaves the responder indifferent: if she accepts it, nothing is offered; if she
    rejects it, one unit is. Osborne, An Introduction to Game Theory (2004), section 6.1,
    treats both kinds of pie.
    """
    require_at_least(1, units=units)

    def respond(offer: int) -> strategy.Decision:
        accepted = strategy.End({"proposer": units - offer, "responder": offer})
        return strategy.Decision(
            "responder", {"accept": accepted, "reject": strategy.End({})}
        )

    tree = strategy.Decision(
        "proposer", {f"offer {offer}": respond(offer) for offer in range(units + 1)}
    )
    return strategy.ExtensiveFormGame.from_tree(tree, players=("proposer", "responder"))


def alternating_offers(
    units: int = 4, rounds: int = 2, discount: Fraction = Fraction(1, 2)
) -> strategy.ExtensiveFormGame:
    """Two players take turns in offering the other some of the units.

    They go on until one accepts, or the last round ends without agreement.

    What is agreed in round t is worth discount**(t - 1) times as much to both. Ståhl,
    Bargaining Theory (1972), for a last round; Rubinstein, "Perfect equilibrium in a
    bargaining model", Econometrica 50(1), 1982, pp. 97-109, without one.
    """
    require_at_least(1, units=units, rounds=rounds)

    def play_round(number: int) -> strategy.Decision | strategy.End:
        if number == rounds:
            return strategy.End({})
        proposer, responder = ("1", "2") if number % 2 == 0 else ("2", "1")
        worth = discount**number

        def respond(offer: int) -> strategy.Decision:
            accepted = strategy.End(
                {proposer: worth * (units - offer), responder: worth * offer}
            )
            return strategy.Decision(
                responder, {"accept": accepted, "reject": play_round(number + 1)}
            )

        return strategy.Decision(
            proposer, {f"offer {offer}": respond(offer) for offer in range(units + 1)}
        )

    return strategy.ExtensiveFormGame.from_tree(play_round(0), players=("1", "2"))


CLASSICS = (
    Classic(
        name="ultimatum",
        title="Ultimatum over three units",
        build=ultimatum,
        source=(
            "Osborne, An Introduction to Game Theory (2004), section 6.1; derived here "
            "for three units"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        answer=(
            surely(("offer 0", "accept"), (3, 0), count=1),
            surely(("offer 1", "accept"), (2, 1), count=1),
        ),
    ),
    Classic(
        name="ultimatum-one-unit",
        title="Ultimatum over a single unit",
        build=ultimatum,
        arguments={"units": 1},
        source=(
            "The game above with one unit: if offers of nothing are rejected, the "
            "proposer gets nothing either way"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        answer=(
            surely(("offer 0", "accept"), (1, 0), count=1),
            surely(("offer 0", "reject"), (0, 0), count=1),
            surely(("offer 1", "accept"), (0, 1), count=1),
        ),
    ),
    Classic(
        name="alternating-offers",
        title="Two rounds of alternating offers over four units",
        build=alternating_offers,
        source=(
            "Ståhl, Bargaining Theory (1972); discretised, with the discount factor 1/2, "
            "and solved by hand"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        # After each of five offers the last round is an ultimatum with two equilibria,
        # worth 2 or 3/2 to player 2 now. An offer of 2 is accepted after the second of
        # them, and in one of the two ways to resolve the tie after the first: 2^4 * 2
        # profiles. In the remaining 2^4 it is rejected, and player 1 offers 3, which every
        # continuation makes acceptable.
        answer=(
            surely(("offer 2", "accept"), (2, 2), count=32),
            surely(("offer 3", "accept"), (1, 3), count=16),
        ),
    ),
)
