"""Two agents with two actions each: pure profiles, and the one at which each leaves the
other indifferent."""

import itertools
from fractions import Fraction

import attrs

from guarded.agents import AgentNash, expected


@attrs.frozen
class Indifference:
    """Looks at the four pure profiles, and at the mixed one that makes both players
    indifferent."""

    def refuses(self, game, concept):
        if not isinstance(concept, AgentNash):
            return (
                f"Indifference is for AgentNash(), not for {concept}: take the toolkit's "
                "own solvers for that"
            )
        reason = concept.refuses(game)
        if reason is not None:
            return reason
        form = game.form
        movers = [player for player in form.players for _ in form.infosets(player)]
        if len(movers) == len(form.players) == 2 and all(
            len(form.options(place)) == 2 for place in (0, 1)
        ):
            return None
        return (
            "Indifference takes two players who each choose once between two actions: "
            "judge other profiles with AgentNash()"
        )

    def exhaustive(self, game, concept):
        return False

    def propose(self, game, concept, limits, rng):
        form, places = (
            game.form,
            {player: next(game.form.infosets(player)) for player in game.players},
        )
        worth = {
            cell: self._pays(game, cell) for cell in itertools.product((0, 1), repeat=2)
        }
        for cell in worth:
            limits.check()
            yield self._profile(
                form, places, [Fraction(1 - cell[place]) for place in (0, 1)]
            )
        first = [0, 0]
        for axis, player in enumerate(game.players):
            own, other = places[player], 1 - places[player]
            # of the own first action over the second, against each action of the other
            gains = []
            for theirs in (0, 1):
                pair = [
                    worth[(mine, theirs) if own == 0 else (theirs, mine)][axis]
                    for mine in (0, 1)
                ]
                gains.append(pair[0] - pair[1])
            if gains[0] == gains[1]:
                return
            first[other] = gains[1] / (gains[1] - gains[0])
        if all(0 < p < 1 for p in first):
            yield self._profile(form, places, first)

    def _pays(self, game, cell):
        return [
            expected(game, lambda place: ((cell[place], Fraction(1)),), axis)
            for axis in (0, 1)
        ]

    def _profile(self, form, places, first):
        """A profile in names, where each place takes its first action with these
        probabilities."""
        return {
            player: {
                form.infoset_key(place): dict(
                    zip(form.options(place), (first[place], 1 - first[place]), strict=True)
                )
            }
            for player, place in places.items()
        }
