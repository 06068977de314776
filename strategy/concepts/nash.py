"""Nash equilibrium, pure and mixed: nobody's action is worth more than what they get.

See Nash, Annals of Mathematics 54 (1951).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.certificates import Certificate
from strategy.concepts._box_verdicts import HOLDS
from strategy.concepts._boxes import Boxes, unit_payoffs
from strategy.concepts._gains import MixedGains
from strategy.concepts._replies_kernel import strike
from strategy.concepts._roots import as_ball, proved_root
from strategy.concepts._tables import not_a_table
from strategy.concepts.invariances import Invariance
from strategy.errors import RefusalError
from strategy.exact import comparable
from strategy.forms._expected import action_values, contenders, fits_int64
from strategy.forms.mixed import MixedProfile, Weights, read_profile
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import PureProfile

__all__ = ["Nash"]

_HOLDS = Certificate(True, Fraction(0))
_INT64 = np.dtype(np.int64)


@attrs.frozen
class Nash:
    """Nash equilibria in mixed actions of a normal-form game with any number of players.

    Of a continuum of equilibria, the extreme points are listed; ``Solution.components``
    says what lies between them.
    """

    invariances: ClassVar[frozenset[Invariance]] = frozenset(Invariance)
    mixes: ClassVar[bool] = True
    always_exists: ClassVar[bool] = True

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        return not_a_table("Nash", game)

    def judge(self, game: NormalFormGame) -> NashJudge:
        """A judge of many profiles of one ``game``, which looks once at what they share."""
        return NashJudge(game)

    def certify(self, game: NormalFormGame, profile: Any) -> Certificate:
        """Whether nobody gains by another action, and the deviation that gains most.

        All in exact arithmetic.

        ``profile``: of ``game``, as ``read_profile`` takes it. Where probabilities are
        balls, the certificate holds if it is proved that exactly one equilibrium with these
        supports lies inside the balls (Krawczyk's test), whose regret is 0. Raises
        RefusalError on a game that is not a table.
        """
        reason = self.refuses(game)
        if reason is not None:
            raise RefusalError(reason)
        return NashJudge(game).certify(profile)

    def __str__(self) -> str:
        return "Nash"


class NashJudge:
    """Checks profiles of one game."""

    def __init__(self, game: NormalFormGame) -> None:
        self.game = game

    def certify(self, profile: Any) -> Certificate:
        """The certificate of one profile."""
        read = read_profile(self.game.form, profile)
        if isinstance(read, PureProfile):
            return self._of_pure(read.choices)
        weights = read.weights
        if any(one.denominator is None for one in weights):
            return self._of_balls(MixedProfile(self.game.form, weights))
        worst: tuple[Fraction, str, str] | None = None
        for axis, (player, options) in enumerate(self.game.actions.items()):
            own = weights[axis]
            looked_at = sorted(
                {*own.support, *contenders(self.game.tables[axis], weights, axis)}
            )
            values, scale = action_values(self.game, weights, axis, looked_at)
            got = sum(
                int(own.values[a]) * value
                for a, value in zip(looked_at, values, strict=True)
            )
            best = max(values)
            gain = best * int(own.denominator or 1) - got
            if gain > 0:
                regret = Fraction(gain, scale * int(own.denominator or 1))
                if worst is None or regret > worst[0]:
                    worst = (regret, player, options[looked_at[values.index(best)]])
        if worst is None:
            return _HOLDS
        return Certificate(False, worst[0], worst[1], None, worst[2], "a deviation gains")

    def _of_pure(self, cell: Sequence[int] | NDArray[Any]) -> Certificate:
        worst: tuple[Fraction, str, str] | None = None
        for axis, (player, options) in enumerate(self.game.actions.items()):
            place = [
                range(len(options)) if i == axis else [int(c)] for i, c in enumerate(cell)
            ]
            table, factor = self.game.integer_part(axis, place)
            line = table.reshape(-1).tolist()
            best, got = max(line), line[int(cell[axis])]
            if best > got:
                regret = Fraction(best - got, factor)
                if worst is None or regret > worst[0]:
                    worst = (regret, player, options[line.index(best)])
        return (
            _HOLDS
            if worst is None
            else Certificate(False, worst[0], worst[1], None, worst[2], "a deviation gains")
        )

    @cached_property
    def _gains(self) -> MixedGains:
        return MixedGains([numbers for numbers, _ in self.game.integer_tables])

    def _of_balls(self, profile: MixedProfile) -> Certificate:
        """Holds if an equilibrium inside the balls is proved.

        Fails if somebody gains all over them, and else is undecided.

        Else it is undecided. If it does not hold, the regret is that at the midpoints.
        """
        reason = proved_root(self.game, profile, self._gains)
        if reason is None:
            return _HOLDS
        middle = MixedProfile.from_vectors(
            self.game.form, [_midpoint(one) for one in profile.weights]
        )
        undecided = not self._gains_all_over(profile)
        return attrs.evolve(
            self.certify(middle), holds=False, reason=reason, undecided=undecided
        )

    def _gains_all_over(self, profile: MixedProfile) -> bool:
        """Whether somebody surely gains by one action at every profile inside the balls."""
        for axis, own in enumerate(profile.weights):
            values = [
                as_ball(value)
                for value in action_values(self.game, profile.weights, axis)[0]
            ]
            got = sum(
                [
                    as_ball(weight) * value
                    for weight, value in zip(own.exact, values, strict=True)
                ],
                as_ball(0),
            )
            if any(value > got for value in values):
                return True
        return False

    def hold_pure(self, cells: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of many pure profiles hold.

        ``cells``: shape (profiles, players), numbers of actions.
        """
        held = np.ones(len(cells), dtype=bool)
        for axis, table in enumerate(self.game.tables):
            numbers = comparable(table)
            others = tuple(np.delete(cells, axis, axis=1).T)
            best = np.asarray(numbers.max(axis=axis))  # one player: a bare number
            held &= numbers[tuple(cells.T)] == best[others]
        return held

    def hold_boxes(self, boxes: Boxes) -> NDArray[np.bool_]:
        """Which ``boxes`` are proved to hold one equilibrium that uses just their actions.

        The proof is in floats with bounds on all that rounding can do, from the game's own
        payoffs; see ``_boxes_kernel``.
        """
        shape = self.game.form.shape
        if boxes.used.shape[1:] != (len(shape), max(shape)):
            return np.zeros(len(boxes), dtype=bool)
        own = Boxes.around(
            self._gains, boxes.used, boxes.centres, boxes.radii, boxes.digits
        )
        held: NDArray[np.bool_] = own.examine(unit_payoffs(own.gains.tables)) == HOLDS
        return held

    def hold(
        self,
        vertices: Sequence[tuple[NDArray[Any], NDArray[Any]]],
        pairs: NDArray[np.int64],
    ) -> NDArray[np.bool_]:
        """Which of many profiles of a two-player game hold.

        ``vertices``: for each player (numerators of shape (vectors, actions), denominators
        of shape (vectors,)); ``pairs``: shape (profiles, 2), the numbers of the vectors
        that make each profile. Whole numbers of any size.
        """
        held = np.ones(len(pairs), dtype=bool)
        if not len(pairs) or (strike.due() and self._struck(vertices, pairs, held)):
            return held
        with strike.in_plain_code():
            return self._hold_by_arrays(vertices, pairs)

    def _struck(
        self, vertices: Sequence[Any], pairs: NDArray[Any], held: NDArray[np.bool_]
    ) -> bool:
        """Write in compiled code which profiles hold; False if numbers are too large."""
        for own, table in enumerate(_facing(self.game)):
            (mine, total), (others, _) = vertices[own], vertices[1 - own]
            arrays = (table, mine, total, others, pairs)
            if {one.dtype for one in arrays} != {_INT64}:
                return False
            short = np.empty((len(others), len(table)), dtype=bool)
            sound = np.empty(len(mine), dtype=bool)
            contiguous = [np.ascontiguousarray(one) for one in arrays]
            if not strike(*contiguous, own, short, sound, held):
                return False
        return True

    def _hold_by_arrays(
        self, vertices: Sequence[Any], pairs: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Which profiles hold, in whole numbers of any size."""
        held = np.ones(len(pairs), dtype=bool)
        for own, table in enumerate(_facing(self.game)):
            (mine, total) = vertices[own]
            (numerators, denominators) = vertices[1 - own]
            sound = (mine >= 0).all(axis=1) & (mine.sum(axis=1) == total) & (total > 0)
            held &= sound[pairs[:, own]]
            if numerators.dtype == object or not fits_int64(table, int(denominators.max())):
                numerators = numerators.astype(object)
                table = table.astype(object)
            values = numerators @ table.T
            short = values < values.max(axis=1, keepdims=True)
            for start in range(0, len(pairs), 65_536):
                part = slice(start, start + 65_536)
                held[part] &= ~(
                    (mine != 0)[pairs[part, own]] & short[pairs[part, 1 - own]]
                ).any(axis=1)
        return held


def _facing(game: NormalFormGame) -> tuple[NDArray[Any], NDArray[Any]]:
    """Both tables of a two-player game with the own actions along the rows."""
    (first, _), (second, _) = game.integer_tables
    return first, second.T


def _midpoint(weights: Weights) -> list[Fraction]:
    """Rational probabilities near the middle of the balls, summing to 1."""
    if weights.denominator is not None:
        return [Fraction(value) for value in weights.exact]
    rough = []
    for value in weights.values:
        mantissa, exponent = map(int, value.mid().man_exp())
        rough.append(max(Fraction(mantissa) * Fraction(2) ** exponent, Fraction(0)))
    total = sum(rough, Fraction(0))
    return (
        [one / total for one in rough] if total else [Fraction(1, len(rough))] * len(rough)
    )
