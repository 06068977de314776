"""Play in which nobody could be hurt: every player's action is a maximin one."""

from fractions import Fraction

import attrs

from strategy import Certificate, NormalFormGame, RefusalError
from strategy.concepts import Invariance
from strategy.concepts.invariances import FAMILY
from strategy.forms.profiles import read_pure


@attrs.frozen
class Guarded:
    """Profiles of pure maximin actions: each player's least payoff is as large as one of
    its own actions can make it."""

    @property
    def invariances(self):
        return FAMILY | {Invariance.MERGED_DUPLICATES}

    def refuses(self, game):
        if isinstance(game, NormalFormGame):
            return None
        return (
            f"Guarded takes a NormalFormGame, not a {type(game).__name__}: build one with "
            "NormalFormGame.from_arrays"
        )

    def certify(self, game, profile):
        reason = self.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        pure = read_pure(game.form, profile)
        worst = Certificate(True, Fraction(0))
        for axis, (player, table) in enumerate(
            zip(game.players, game.to_arrays(exact=True), strict=True)
        ):
            floors = [
                min(table.take(k, axis=axis).flat) if table.ndim > 1 else table[k]
                for k in range(table.shape[axis])
            ]
            best = max(range(len(floors)), key=floors.__getitem__)
            lost = floors[best] - floors[pure.choices[axis]]
            if lost > worst.regret:
                worst = Certificate(
                    False,
                    lost,
                    player,
                    None,
                    game.actions[player][best],
                    "another action guarantees more",
                )
        return worst

    def __str__(self):
        return "guarded"
