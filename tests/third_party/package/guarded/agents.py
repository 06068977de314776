"""Nash equilibrium among agents, one at each information set: nobody gains by changing what
is done at one place alone.

Selten, "Reexamination of the perfectness concept for equilibrium points in extensive
games", International Journal of Game Theory 4 (1975). What is judged are behaviour
profiles: probabilities at each information set of a tree.
"""

from fractions import Fraction

import attrs

from strategy import Certificate, ExtensiveFormGame, RefusalError
from strategy.forms import read_profile


@attrs.frozen
class AgentNash:
    """Behaviour profiles of a tree in which no information set gains by another action, all
    else as it is."""

    invariances = frozenset()
    mixes = True

    def refuses(self, game):
        if isinstance(game, ExtensiveFormGame):
            return None
        return (
            f"AgentNash takes an ExtensiveFormGame, not a {type(game).__name__}: in a "
            "table use Nash()"
        )

    def certify(self, game, profile):
        reason = self.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        read = read_profile(game.form, profile)
        worst = Certificate(True, Fraction(0))
        for axis, player in enumerate(game.players):
            got = expected(game, read.at, axis)
            for place in game.form.infosets(player):
                for number, action in enumerate(game.form.options(place)):
                    gain = expected(game, changed(read.at, place, number), axis) - got
                    if gain > worst.regret:
                        key = game.form.infoset_key(place)
                        worst = Certificate(
                            False,
                            gain,
                            player,
                            key,
                            action,
                            "another action at one place gains",
                        )
        return worst

    def __str__(self):
        return "agent Nash"


def changed(at, place, action):
    """What is done everywhere, with one action taken for sure at one place."""
    return lambda other: ((action, Fraction(1)),) if other == place else at(other)


def expected(game, at, axis):
    """What a player, by number, expects where ``at(place)`` is done: (action number,
    probability) pairs."""
    plays = game.form.play_numbers(at, game.laws)
    return sum(
        weight * game.payoff(game.players[axis], game.form.play(number))
        for number, weight in plays.items()
    )
