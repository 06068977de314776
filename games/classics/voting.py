"""Voting: who sets the agenda, and votes that decide nothing."""

from __future__ import annotations

from fractions import Fraction

import strategy
from games.classics.answers import Classic, Number, require_at_least, surely
from strategy.errors import GameError


def agenda_setter(
    status_quo: Number = 0, voter: Number = Fraction(3, 10), steps: int = 10
) -> strategy.ExtensiveFormGame:
    """A setter with the ideal point 1 proposes a policy.

    The median voter takes it or keeps the status quo.

    Both lose the distance from their ideal points. Romer and Rosenthal, "Political resource
    allocation, controlled agendas, and the status quo", Public Choice 33(4), 1978, pp.
    27-43: with the status quo below the voter's ideal, the setter gets min(1, 2
    * voter - status_quo), at which the voter is indifferent. Here policies are the
      multiples of 1/steps, so that the voter may also reject that one, and then the setter
      proposes the policy next to it.
    """
    require_at_least(1, steps=steps)

    def result(policy: Fraction) -> strategy.End:
        return strategy.End({"setter": -abs(1 - policy), "voter": -abs(policy - voter)})

    def vote(policy: Fraction) -> strategy.Decision:
        return strategy.Decision(
            "voter", {"accept": result(policy), "reject": result(Fraction(status_quo))}
        )

    policies = [Fraction(step, steps) for step in range(steps + 1)]
    tree = strategy.Decision(
        "setter", {f"propose {policy}": vote(policy) for policy in policies}
    )
    return strategy.ExtensiveFormGame.from_tree(tree, players=("setter", "voter"))


def roll_call(
    preferences: tuple[str, ...] = ("for", "for", "against"),
) -> strategy.ExtensiveFormGame:
    """Voters vote aloud one after the other.

    A strict majority passes the motion, and each gets 1 for the outcome preferred.

    With complete information and two alternatives the majority's alternative wins in every
    subgame perfect equilibrium; there are many of them, because a vote that no longer
    decides anything may go either way. Roll-call voting as in Sloth, "The theory of voting
    and equilibria in noncooperative games", Games and Economic Behavior 5(1), 1993, pp.
    152-169.
    """
    require_at_least(1, voters=len(preferences))
    for preference in preferences:
        if preference not in ("for", "against"):
            raise GameError(f"preference {preference!r}: expected 'for' or 'against'")
    voters = tuple(f"voter {number}" for number in range(1, len(preferences) + 1))

    def ballot(number: int, ayes: int) -> strategy.Decision | strategy.End:
        if number == len(voters):
            outcome = "for" if 2 * ayes > len(voters) else "against"
            return strategy.End(
                {
                    name: int(wish == outcome)
                    for name, wish in zip(voters, preferences, strict=True)
                }
            )
        return strategy.Decision(
            voters[number],
            {"yes": ballot(number + 1, ayes + 1), "no": ballot(number + 1, ayes)},
        )

    return strategy.ExtensiveFormGame.from_tree(ballot(0, 0), players=voters)


CLASSICS = (
    Classic(
        name="agenda-setter",
        title="Agenda setter with an indifferent voter",
        build=agenda_setter,
        source=(
            "Romer and Rosenthal, Public Choice 33(4), 1978, pp. 27-43; the discretised "
            "game is derived"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        # Two profiles each: a proposal of the status quo itself may be accepted or
        # rejected, to the same effect.
        answer=(
            surely(("propose 3/5", "accept"), (Fraction(-2, 5), Fraction(-3, 10)), count=2),
            surely(("propose 1/2", "accept"), (Fraction(-1, 2), Fraction(-1, 5)), count=2),
        ),
    ),
    Classic(
        name="agenda-setter-odd-grid",
        title="Agenda setter on a grid without the indifference point",
        build=agenda_setter,
        arguments={"steps": 7},
        source=(
            "Romer and Rosenthal, Public Choice 33(4), 1978, pp. 27-43, in sevenths: the "
            "largest below 3/5 is 4/7"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        answer=(
            surely(
                ("propose 4/7", "accept"), (Fraction(-3, 7), Fraction(-19, 70)), count=2
            ),
        ),
    ),
    Classic(
        name="roll-call",
        title="Roll call of three voters",
        build=roll_call,
        source=(
            "After Sloth, Games and Economic Behavior 5(1), 1993, pp. 152-169; counted by "
            "hand"
        ),
        basis="derived",
        concept_name="PureSubgamePerfect",
        # Off the path nothing depends on the second vote after a no (the third then decides
        # against) nor on the third after two noes: four profiles for each vote of the third
        # after two ayes, which is on the path.
        answer=(
            surely(("yes", "yes", "yes"), (1, 1, 0), count=4),
            surely(("yes", "yes", "no"), (1, 1, 0), count=4),
        ),
    ),
)
