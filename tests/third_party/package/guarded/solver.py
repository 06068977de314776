"""Every pure profile in turn."""

import itertools

import attrs

from strategy import NormalFormGame


@attrs.frozen
class EveryProfile:
    """Looks at all pure profiles; for concepts that certify pure profiles of tables
    alone."""

    def refuses(self, game, concept):
        if type(concept).__name__ != "Guarded":
            return (
                f"EveryProfile is for Guarded(), not for {concept}: take the toolkit's "
                "own solvers for that"
            )
        return concept.refuses(game)

    def exhaustive(self, game, concept):
        return isinstance(game, NormalFormGame)

    def propose(self, game, concept, limits, rng):
        for actions in itertools.product(*game.actions.values()):
            limits.check()
            yield dict(zip(game.players, actions, strict=True))
