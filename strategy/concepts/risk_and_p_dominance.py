"""Which of several strict equilibria is the safer one.

Risk dominance, and the least p for which one is p-dominant.

Harsanyi and Selten, "A General Theory of Equilibrium Selection in Games" (1988); Morris,
Rob and Shin, "p-dominance and belief potential", Econometrica 63 (1995); more players:
Kajii and Morris, Econometrica 65 (1997).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import numpy as np

from strategy.completeness import NOT_AN_EQUILIBRIUM
from strategy.concepts._mixtures import lines_of
from strategy.concepts._tables import not_a_table
from strategy.display import number
from strategy.errors import RefusalError
from strategy.exact import exact
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import PureProfile, read_pure
from strategy.names import FrozenMapping

__all__ = ["PDominance", "RiskDominance", "p_dominance", "risk_dominance"]


@attrs.frozen
class RiskDominance:
    """Two strict equilibria of a 2 x 2 game compared by what leaving them costs.

    The product of what each player loses by leaving them alone.

    ``dominant``: the one with the larger product, None if they are equal; ``losses``: for
    each equilibrium what each player loses by being the only one to leave; ``products``:
    their products, of which only the order has a meaning.
    """

    equilibria: tuple[PureProfile, PureProfile]
    losses: tuple[FrozenMapping[str, Fraction], FrozenMapping[str, Fraction]]
    products: tuple[Fraction, Fraction]

    @property
    def dominant(self) -> PureProfile | None:
        """The equilibrium that risk-dominates the other."""
        first, second = self.products
        return None if first == second else self.equilibria[0 if first > second else 1]

    def __str__(self) -> str:
        shown = [
            ", ".join(f"{who}: {action}" for who, action in one.actions.items())
            for one in self.equilibria
        ]
        if self.dominant is None:
            return f"neither of ({shown[0]}) and ({shown[1]}) risk-dominates the other"
        safer, other = shown if self.dominant is self.equilibria[0] else shown[::-1]
        return f"({safer}) risk-dominates ({other})"


def risk_dominance(game: NormalFormGame) -> RiskDominance:
    """Compare the two strict equilibria of a game of two players with two actions each.

    Raises RefusalError on other games: ``p_dominance`` compares pure equilibria of any
    table.
    """
    reason = not_a_table("risk dominance", game)
    if reason is None and game.form.shape != (2, 2):
        sizes = " x ".join(map(str, game.form.shape))
        reason = (
            f"risk dominance is defined here for 2 x 2 games, and this is {sizes}: "
            "compare equilibria by p_dominance"
        )
    if reason is not None:
        raise RefusalError(reason)
    found = []
    for cell in ((0, 0), (0, 1), (1, 0), (1, 1)):
        losses = [_leaving(game, cell, axis) for axis in range(2)]
        if min(losses) > 0:
            found.append(
                (
                    PureProfile(game.form, cell),
                    FrozenMapping(zip(game.players, losses, strict=True)),
                    losses[0] * losses[1],
                )
            )
    if len(found) != 2:
        raise RefusalError(
            "risk dominance compares two strict equilibria, and this game has "
            f"{len(found)}: use p_dominance"
        )
    one, two = found
    return RiskDominance((one[0], two[0]), (one[1], two[1]), (one[2], two[2]))


def _leaving(game: NormalFormGame, cell: tuple[int, int], axis: int) -> Fraction:
    other = tuple([1 - c if i == axis else c for i, c in enumerate(cell)])
    return exact(game.tables[axis][cell]) - exact(game.tables[axis][other])


@attrs.frozen
class PDominance:
    """How sure of the others players have to be for their actions to be best responses.

    Whatever else they believe. ``profile``: the equilibrium. ``p``: the least number such
    that every player who gives the others' part at least this probability has no better
    action; the equilibrium is p-dominant from there on. ``by_player``: the same for each
    player alone; ``tempting``: for each player what binds, the other action and what the
    others would do instead (None where p is 0).
    """

    profile: PureProfile
    by_player: FrozenMapping[str, Fraction]
    tempting: FrozenMapping[str, tuple[str, FrozenMapping[str, str]] | None]

    @property
    def p(self) -> Fraction:
        """The largest of the players' numbers."""
        return max(self.by_player.values())

    def __str__(self) -> str:
        words = ", ".join(
            f"{who}: {action}" for who, action in self.profile.actions.items()
        )
        parts = ", ".join(f"{who} {number(value)}" for who, value in self.by_player.items())
        return f"({words}) is p-dominant for p of {number(self.p)} and above ({parts})"


def p_dominance(game: NormalFormGame, profile: Any) -> PDominance:
    """The least p for which a pure equilibrium is p-dominant.

    0 if every action is dominant, at most 1.

    Every player who believes with probability p or more that all others play their part,
    and anything about the rest, has no better action than its own. In a 2 x 2 game with
    equal players, an equilibrium risk-dominates the other iff its p is below 1/2. Raises
    RefusalError if the profile is mixed, or no equilibrium (then no p will do).
    """
    reason = not_a_table("p-dominance", game)
    if reason is not None:
        raise RefusalError(reason)
    pure = read_pure(game.form, profile)
    needed, tempting = {}, {}
    for axis, player in enumerate(game.players):
        needed[player], tempting[player] = _needed(game, pure, axis)
    return PDominance(pure, FrozenMapping(needed), FrozenMapping(tempting))


def _needed(
    game: NormalFormGame, pure: PureProfile, axis: int
) -> tuple[Fraction, tuple[str, FrozenMapping[str, str]] | None]:
    """One player's least probability, and what binds."""
    lines, player = lines_of(game, axis), game.players[axis]
    own = int(pure.choices[axis])
    sizes = [size for i, size in enumerate(game.form.shape) if i != axis]
    others = [int(c) for i, c in enumerate(pure.choices) if i != axis]
    part = int(np.ravel_multi_index(others, sizes)) if sizes else 0
    worst, binding = Fraction(0), None
    for action in range(len(lines)):
        ahead = lines[own] - lines[action]
        here, least = int(ahead[part]), int(ahead.min())
        if here < 0:
            raise RefusalError(
                f"{pure!r} {NOT_AN_EQUILIBRIUM}, so it is p-dominant for no p: {player} "
                f"gains by {game.actions[player][action]!r}"
            )
        if least < 0 and Fraction(-least, here - least) > worst:
            worst = Fraction(-least, here - least)
            cell = [int(c) for c in np.unravel_index(int(ahead.argmin()), sizes)]
            rest = [who for who in game.players if who != player]
            binding = (
                action,
                FrozenMapping(
                    {who: game.actions[who][c] for who, c in zip(rest, cell, strict=True)}
                ),
            )
    return worst, None if binding is None else (
        game.actions[player][binding[0]],
        binding[1],
    )
