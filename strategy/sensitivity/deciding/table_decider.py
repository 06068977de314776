"""Pure Nash equilibria of a table, decided by the signs of its distinct gains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.assumptions.gains import Gains, gains_of
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.concepts.pure_nash import PureNash
from strategy.names import FrozenMapping
from strategy.polynomials import Polynomial
from strategy.protocols import Concept
from strategy.sensitivity.deciding.binding import Binding, matters
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.inequalities import Needed
from strategy.sensitivity.deciding.judges import Judge, Numbered
from strategy.sensitivity.deciding.polynomials_at_samples import Polynomials
from strategy.sensitivity.deciding.protocol import AtSamples, Decider, Standing
from strategy.sensitivity.deciding.slices import Signs, Slice
from strategy.sensitivity.deciding.table_judge import TableJudge

__all__ = ["TableDecider"]


class TableDecider(Decider):
    """Pure Nash equilibria of a table, with or without weakly dominated actions."""

    concept: PureNash

    def __init__(self, where: Slice, concept: Concept, outcome: Outcome) -> None:
        super().__init__(where, concept, outcome)
        self.gains = gains_of(where.model)
        self.polynomials = [
            where.restrict(gain).canonical() for gain in self.gains.polynomials
        ]

    @classmethod
    def fits(cls, model: Model, concept: Concept) -> bool:
        return isinstance(concept, PureNash) and not model.form.is_tree

    @classmethod
    def in_floats(cls, model: Model) -> bool:
        return True

    def signs(self, signs: Callable[[Polynomial], int]) -> Any:
        """The sign of every distinct gain.

        ``signs``: polynomial -> sign.
        """
        return np.array(
            [turn and turn * signs(poly) for poly, turn in self.polynomials],
            dtype=np.int8,
        )

    def found(self, signs: Callable[[Polynomial], int]) -> Found:
        deadline.check()
        return self.of(self.signs(signs))

    def of(self, signs: Any) -> Found:
        """What there is given the sign of every distinct gain.

        ``signs``: of these.
        """
        plays = np.flatnonzero(
            self.gains.stable(signs, undominated=self.concept.undominated)
        )
        return Found.of(plays.tolist(), self.mask)

    @property
    def plain(self) -> bool:
        """Whether a play is an equilibrium if and only if no gain from it is positive."""
        return not self.concept.undominated

    # -- from a place to others

    def turning(self, first: Signs, second: Signs, here: Signs) -> Iterator[Binding]:
        signs = [self.signs(first), self.signs(second)]
        finds = [self.of(one) for one in signs]
        for gone, back in ((0, 1), (1, 0)):
            for play in sorted(finds[gone].plays - finds[back].plays):
                if matters(finds[gone], finds[back], self.mask, play):
                    for axis, own, other in self._undoing(signs[back], play):
                        yield self._turn(
                            play, axis, (own, other) if gone == 0 else (other, own)
                        )

    def _undoing(self, signs: Any, play: int) -> Iterator[tuple[int, int, int]]:
        """What keeps a play from being an equilibrium.

        Each is (player, its action, a better one), or one that dominates it where nothing
        gains.
        """
        gains = self.gains
        found = gains.lookup(signs)
        cell = gains.form.indices(play)
        any_gain = False
        for axis, table in enumerate(gains.tables):
            for other in np.flatnonzero(found[table[play]] > 0).tolist():
                any_gain = True
                yield axis, cell[axis], other
        if not any_gain:
            for axis in range(len(gains.tables)):
                for other in np.flatnonzero(
                    gains.dominating(signs, axis)[cell[axis]]
                ).tolist():
                    yield axis, cell[axis], other

    def _turn(self, play: int, axis: int, pair: tuple[int, int]) -> Binding:
        form = self.gains.form
        player = form.players[axis]
        options = form.actions[player]
        plays = []
        for action in pair:
            chosen = {str(who): what for who, _, what in form.play(play).steps} | {
                player: options[action]
            }
            plays.append(FrozenMapping({form.play(form.find(chosen)): Fraction(1)}))
        return Binding(player, None, options[pair[0]], options[pair[1]], plays[0], plays[1])

    def needed(
        self, signs: Signs, every: bool, samples: NDArray[np.float64] | None = None
    ) -> list[Needed]:
        """What keeps one play with the outcome an equilibrium.

        For ``every``, there is also one deviation that undoes each play without it.
        ``signs``: form -> sign at the place; ``samples``: rows of values, as
        ``inequalities`` takes them.
        """
        if not self.plain:
            return super().needed(signs, every, samples)
        gains = self.gains
        mask = self.mask
        here = self.signs(signs)
        found = gains.lookup(here)
        columns = np.concatenate(gains.tables, axis=1)
        keeps = [
            set(np.abs(columns[play]).tolist()) - {0}
            for play in np.flatnonzero(gains.stable(here) & mask).tolist()
        ]
        needed = {(k - 1, False) for k in min(keeps, key=len)}
        if every:
            # Greedily: the deviation that undoes most of the plays that are left.
            rows = (found[columns] > 0) & ~mask[:, None]
            left = np.flatnonzero(~mask)
            while len(left):
                ks, counts = np.unique(
                    np.concatenate([np.unique(columns[play][rows[play]]) for play in left]),
                    return_counts=True,
                )
                k = int(ks[np.argmax(counts)])
                needed.add((abs(k) - 1, True))
                left = left[~(columns[left] == k).any(axis=1)]
        kept = [
            (*self.polynomials[k], int(here[k]), strict) for k, strict in sorted(needed)
        ]
        return [
            Needed(poly, sign * turn, strict) for poly, turn, sign, strict in kept if poly
        ]

    def standing(self, signs: Signs) -> list[Standing] | None:
        """For each equilibrium, that no deviation gains: this is what makes it one.

        With dominance it takes a search. ``signs``: form -> sign at the place.
        """
        if not self.plain:
            return None
        return [
            Standing((play,), list(self._stable(play)), False)
            for play in sorted(self.found(signs).plays)
        ]

    def _stable(self, play: int) -> Iterator[Needed]:
        for table, (player, options) in zip(
            self.gains.tables, self.gains.form.actions.items(), strict=True
        ):
            for other, k in zip(options, table[play].tolist(), strict=True):
                if k and (found := self.polynomials[abs(k) - 1])[1]:
                    turn = -found[1] if k > 0 else found[1]
                    yield Needed(found[0], turn, False, player, other, True)

    # -- wherever parameters may move

    @property
    def monomials(self) -> list[Polynomial]:
        return [poly for poly, _ in self.polynomials]

    def judge(self, planes: Numbered, wanted: frozenset[int] | None = None) -> Judge:
        hits = (
            self.mask
            if wanted is None
            else np.isin(np.arange(len(self.mask)), list(wanted))
        )
        return TableJudge(
            planes, self.gains, self.polynomials, self.concept.undominated, hits
        )

    @property
    def compared(self) -> Iterable[Any]:
        return self.gains.polynomials

    @property
    def breaking(self) -> Gains | None:
        return self.gains if self.plain else None

    def at_samples(self) -> AtSamples:
        """Signs of the distinct gains, then one compiled pass over the plays a sample."""
        from strategy.sensitivity.deciding.at_samples_kernel import SignTable

        polynomials = Polynomials(
            self.slice, [self.slice.restrict(gain) for gain in self.gains.polynomials]
        )
        table = SignTable(self.gains, self.mask, self.concept.undominated)
        return lambda block: table.found(polynomials(block), polynomials.margin)
