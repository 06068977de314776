"""The way that solve() goes for all Nash equilibria of a table.

What is cheap and sure comes before the long search.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import nullcontext
from fractions import Fraction
from functools import partial
from typing import Any

import attrs
import numpy as np

from strategy.concepts._mixture_search import Overspent
from strategy.concepts.dominance import Elimination, eliminate_quickly
from strategy.concepts.nash import Nash
from strategy.deadline import grace, left, until
from strategy.forms.mixed import MixedProfile, Weights
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import PureProfile
from strategy.protocols import Concept
from strategy.results import Component, Structure
from strategy.solvers._logit_path import scaled_tables
from strategy.solvers._restriction import Restriction
from strategy.solvers._two_mixers import two_mixers
from strategy.solvers.bimatrix.exchangeable import all_optimal
from strategy.solvers.bimatrix.extreme import ExtremeFound
from strategy.solvers.bimatrix.float_path import prepare
from strategy.solvers.bimatrix.pivoting import SMALL
from strategy.solvers.bimatrix.zero_sum import optimal
from strategy.solvers.bimatrix_enumeration import BimatrixEnumeration, batch_of
from strategy.solvers.branch_and_prune import BranchAndPrune
from strategy.solvers.lemke_howson import LemkeHowson
from strategy.solvers.logit_tracing import LogitTracing
from strategy.solvers.protocol import (
    BATCHES,
    Batch,
    BoxBatch,
    Enough,
    FoundBy,
    Incomplete,
    Limits,
    OutOfTime,
    PureBatch,
    Solver,
    Together,
    refused,
)
from strategy.solvers.pure_enumeration import best_reply_mask
from strategy.solvers.zero_sum_programme import ZeroSumProgramme, equivalent

__all__ = ["CandidatesFirst"]

_SOON = 0.05
"""Seconds after which a search has shown that it is not over at once."""
_QUICK = 24
"""Actions of two players together, and actions of more players beside their first ones, up
to which it may be over at once."""
_QUICK_MANY = 10
_DOMINANCE, _ONE, _LATE = 0.1, 0.25, 0.2
"""Shares of the time limit for taking out dominated actions, and for one equilibrium;
seconds for one once the time is over."""
_WORK = 3_000_000_000
"""Numbers that may be looked at for dominated actions where there is no time limit: some
seconds."""


@attrs.frozen
class CandidatesFirst:
    """All Nash equilibria, in this order.

    Pure ones, dominated actions, zero-sum games, and then the search for the rest.

    A game that the search is done with at once is left to it. Otherwise pure equilibria are
    listed; strictly dominated actions are taken out, by mixtures too and round by round,
    for at most a tenth of the time limit, with the proof in ``Solution.elimination``; a
    game that plays like a zero-sum game is solved by its linear programme, which gives the
    whole set if it is not too large; all else is searched by ``BimatrixEnumeration`` or
    ``BranchAndPrune``. If that is cut short, what was found is kept; where nothing was, one
    equilibrium, looked for beforehand in at most a quarter of the time: from
    ``LemkeHowson``, or of more players one in which only two mix, and if there is none,
    from ``LogitTracing``.
    """

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for normal-form games and Nash."""
        return refused(self, game, concept, Nash, "Nash equilibria: use Nash()")

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """True, whatever ``game`` and ``concept``.

        Where the search leaves something out, it ends by Incomplete.
        """
        return True

    def propose(
        self,
        game: NormalFormGame,
        concept: Concept,
        limits: Limits,
        rng: np.random.Generator,
    ) -> Iterator[Any]:
        """One batch, in the order of the search, and then its structure.

        ``game``, ``concept``, ``limits`` and ``rng`` as for every Solver.
        """
        got, end = _tried(game, concept, limits, rng)
        if end is not None and not isinstance(end, KeyboardInterrupt):
            with grace(_LATE) if left() < _LATE else nullcontext():
                plan = _Plan(game, concept, limits, rng)
            if isinstance(end, OutOfTime):
                try:
                    got, end = plan.followed()
                except (OutOfTime, KeyboardInterrupt) as cut:
                    end = cut
            if end is not None:
                with grace(_LATE):
                    got = plan.kept(got)
                if not any(
                    not isinstance(one, (FoundBy, Structure)) for one in got
                ) and isinstance(end, OutOfTime):
                    got = plan.one_more(_LATE)
        yield from got
        if end is not None:
            raise end


def _searching(game: NormalFormGame) -> Solver:
    return BimatrixEnumeration() if len(game.players) == 2 else BranchAndPrune()


def quick(shape: tuple[int, ...]) -> bool:
    """Whether the search for all equilibria of a game of this shape may be over at once."""
    return (
        sum(shape) <= _QUICK if len(shape) == 2 else sum(shape) - len(shape) <= _QUICK_MANY
    )


def _within(limits: Limits, seconds: float) -> Limits:
    """The same limits with at most so many seconds from now on."""
    end = time.monotonic() + seconds
    return Limits(
        limits.seconds,
        limits.count,
        end if limits.deadline is None else min(end, limits.deadline),
    )


def _collected(
    solver: Solver, game: Any, concept: Concept, limits: Limits, rng: Any
) -> tuple[list[Any], BaseException | None]:
    """What a solver proposes, and what cut it short."""
    got: list[Any] = [
        FoundBy(
            CandidatesFirst.__name__
            if isinstance(solver, CandidatesFirst)
            else type(solver).__name__
        )
    ]
    try:
        with until(limits.deadline):
            for one in solver.propose(game, concept, limits, rng):
                got.append(one)
    except (OutOfTime, KeyboardInterrupt, Incomplete) as end:
        return got, end
    return got, None


def _tried(
    game: NormalFormGame, concept: Concept, limits: Limits, rng: Any
) -> tuple[list[Any], BaseException | None]:
    """The search itself, if it is over at once."""
    if not quick(game.tables[0].shape):
        return [], OutOfTime()
    return _collected(_searching(game), game, concept, _within(limits, _SOON), rng)


class _Plan:
    """What is known of one game by now."""

    def __init__(
        self, game: NormalFormGame, concept: Concept, limits: Limits, rng: Any
    ) -> None:
        self.game = game
        self.concept = concept
        self.limits = limits
        self.rng = rng
        self.pure = PureBatch(np.argwhere(best_reply_mask(game.tables)))
        self.one: list[Any] = []
        self.part: Restriction | None = None
        self.elimination: Elimination | None = None

    def followed(self) -> tuple[list[Any], BaseException | None]:
        """Step by step; what is to be proposed, and what cut it short."""
        self.limits.check()
        if self.limits.count is not None and len(self.pure) > self.limits.count:
            return [FoundBy("PureEnumeration"), self.pure], Enough()
        if not len(self.pure) and (
            self.limits.seconds is not None or self.limits.count is not None
        ):
            share = (
                math.inf
                if self.limits.seconds is None
                else _ONE * float(self.limits.seconds)
            )
            self.one = self.one_more(max(share, _LATE))
        self.limits.check()
        whole = self.game
        found = eliminate_quickly(whole, _Purse(self.limits))
        if not found.rounds:
            return self._search(whole)
        self.elimination = found
        rows = zip(whole.actions.values(), found.actions.values(), strict=True)
        self.part = part = Restriction(
            whole,
            tuple([tuple([options.index(a) for a in left]) for options, left in rows]),
        )
        if all(len(row) == 1 for row in part.kept):
            return [
                FoundBy("CandidatesFirst"),
                *_only(part.kept, whole.form.shape, found),
            ], None
        got, end = self._search(part.small())
        lifted = [one if isinstance(one, FoundBy) else part.lifted(one) for one in got]
        judge = Nash().judge(whole)
        if any(isinstance(one, BoxBatch) and not one.held(judge).all() for one in lifted):
            # boxes too wide to show that what was taken out is not a best reply there
            self.elimination = self.part = None
            return self._search(whole)
        return [
            attrs.evolve(one, elimination=found) if isinstance(one, Structure) else one
            for one in lifted
        ], end

    def _search(self, game: NormalFormGame) -> tuple[list[Any], BaseException | None]:
        programme = ZeroSumProgramme()
        if programme.refuses(game, self.concept) is None:
            payoff = equivalent(game)
            best = optimal(payoff, self.limits.check)
            pair = MixedProfile(
                game.form,
                tuple([Weights(side, int(side.sum())) for side in (best.x, best.y)]),
            )
            self.one = [
                FoundBy(type(programme).__name__),
                pair if self.part is None else self.part.lifted(pair),
            ]
            whole = all_optimal(payoff, best, self.limits.check)
            if whole is not None:
                found, dimension = whole
                return [
                    FoundBy(type(programme).__name__),
                    batch_of(found),
                    Structure(partial(_component, found, dimension), (), dimension > 0),
                ], None
            if not quick(game.form.shape):
                return [], Incomplete(
                    "too many optimal strategies to list; the equilibria are "
                    "interchangeable"
                )
        if (
            self.limits.count is not None
            and max(len(self.pure), len(self.one)) >= self.limits.count
        ):
            return [], Enough()
        return _collected(_searching(game), game, self.concept, self.limits, self.rng)

    def one_more(self, seconds: float) -> list[Any]:
        """One equilibrium, if it is found in so many seconds, even if the time is over."""
        if len(self.game.players) == 2 and sum(self.game.form.shape) > SMALL:
            with grace(seconds):
                prepare()
        solvers: list[Solver] = (
            [LemkeHowson()]
            if len(self.game.players) == 2
            else [_TwoMixers(), LogitTracing()]
        )
        with nullcontext() if seconds == math.inf else grace(seconds):
            by = None if seconds == math.inf else time.monotonic() + seconds
            for solver in solvers:  # until one has found it
                got, end = _collected(
                    solver,
                    self.game,
                    self.concept,
                    attrs.evolve(self.limits, deadline=by),
                    self.rng,
                )
                if len(got) > 1 or isinstance(end, (KeyboardInterrupt, OutOfTime)):
                    break
        if isinstance(end, KeyboardInterrupt):
            raise end
        return got if len(got) > 1 else []

    def kept(self, got: list[Any]) -> list[Any]:
        """What a search that was cut short has found, and beside it the pure equilibria.

        Else one equilibrium.
        """
        batches = [one for one in got if isinstance(one, BATCHES) and len(one)]
        rest = [one for one in got if not isinstance(one, BATCHES)]
        if self.elimination is not None and not any(
            isinstance(one, Structure) for one in rest
        ):
            rest.append(Structure((), elimination=self.elimination))
        if batches and not isinstance(batches[0], PureBatch):
            missing = _missing(self.pure, batches[0])
            batches = [Together(batches[0], missing)] if len(missing) else batches
        elif len(self.pure):
            batches = [self.pure]
            rest = [
                FoundBy("PureEnumeration"),
                *[one for one in rest if isinstance(one, Structure)],
            ]
        elif not batches:
            batches = self.one[1:]
            rest = [*self.one[:1], *[one for one in rest if isinstance(one, Structure)]]
        # once the time is over no more than one batch, or profile, is taken
        return [*rest, *batches]


class _TwoMixers(CandidatesFirst):
    """The first of the equilibria in which just two players mix, two actions each.

    If there is one.
    """

    def propose(
        self,
        game: NormalFormGame,
        concept: Concept,
        limits: Limits,
        rng: np.random.Generator,
    ) -> Iterator[Any]:
        """One profile or none."""
        tables, _ = scaled_tables(game, each=True)
        judge = Nash().judge(game)
        for one in two_mixers(game, tables, limits.check):
            if judge.certify(one).holds:
                yield one
                return


class _Purse:
    """Pays for the search for dominated actions.

    A tenth of the time limit, or so much work.
    """

    def __init__(self, limits: Limits) -> None:
        self.left = _WORK
        self.limits = (
            limits
            if limits.seconds is None
            else _within(limits, _DOMINANCE * float(limits.seconds))
        )

    def __call__(self, numbers: int) -> None:
        self.left -= numbers
        try:
            self.limits.check()
        except OutOfTime:
            raise Overspent from None
        if self.limits.seconds is None and self.left < 0:
            raise Overspent


def _only(
    kept: tuple[tuple[int, ...], ...], shape: tuple[int, ...], elimination: Elimination
) -> list[Any]:
    """The profile that is left, and that it is one component."""
    vectors = [
        tuple([Fraction(int(a == row[0])) for a in range(size)])
        for row, size in zip(kept, shape, strict=True)
    ]
    component = Component((tuple([(one,) for one in vectors]),), (0,), 0, 1)
    return [
        PureBatch(np.array([[row[0] for row in kept]])),
        Structure((component,), (), False, elimination=elimination),
    ]


def _component(found: ExtremeFound, dimension: int) -> tuple[Component, ...]:
    """All equilibria as one product of two polytopes; the index of all together is 1."""
    sides = tuple([
        tuple([tuple([Fraction(int(v), int(d)) for v in row]) for row, d in zip(side.numerators,
        side.denominators, strict=True)])
        for side in (found.x, found.y)
    ])  # fmt: skip
    return (Component((sides,), tuple(range(len(found))), dimension, 1),)


def _missing(pure: PureBatch, batch: Any) -> PureBatch:
    """The pure equilibria that are not in a batch."""
    if isinstance(batch, Batch):
        chosen = [
            np.where((numbers != 0).sum(axis=1) == 1, (numbers != 0).argmax(axis=1), -1)
            for numbers, _ in batch.vertices
        ]
        cells = np.stack(
            [side[column] for side, column in zip(chosen, batch.pairs.T, strict=True)],
            axis=1,
        )
        there = set(map(tuple, cells.tolist()))
    else:
        singles = [
            batch.single(-1 - number) for number in batch.numbers.tolist() if number < 0
        ]
        there = {tuple(one.choices) for one in singles if isinstance(one, PureProfile)}
        held = batch.boxes.used.sum(axis=2)
        there |= {
            tuple(row)
            for row in batch.boxes.used[(held == 1).all(axis=1)].argmax(axis=2).tolist()
        }
    return pure.part(
        np.array(
            [
                i
                for i, cell in enumerate(map(tuple, pure.cells.tolist()))
                if cell not in there
            ],
            dtype=np.int64,
        )
    )
