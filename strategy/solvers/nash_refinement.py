"""Refinements of Nash equilibrium: those of a Nash solver's equilibria that a stricter concept certifies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np

from strategy.concepts.nash import Nash
from strategy.concepts.perfect import TremblingHandPerfect
from strategy.concepts.proper import UNDECIDED, Proper
from strategy.deadline import OutOfTime, until
from strategy.forms.normal import NormalFormGame
from strategy.results import Structure
from strategy.solvers.protocol import Batch, BoxBatch, Incomplete, Limits, Solver

__all__ = ["NashRefinement"]


@attrs.frozen
class NashRefinement:
    """Proposes every equilibrium that a Nash solver finds, and lets the concept choose among them.

    For trembling-hand perfection this is complete where the Nash solver is: of a maximal Nash subset the perfect equilibria are
    a union of faces, so their extreme points are extreme Nash equilibria. ``nash``: the solver that finds the candidates; None
    for the first that takes the game.
    """

    nash: Solver | None = attrs.field(default=None, kw_only=True)

    def refuses(self, game: Any, concept: Any) -> str | None:
        """Takes TremblingHandPerfect and Proper, on games that a Nash solver takes."""
        if not isinstance(concept, (TremblingHandPerfect, Proper)):
            return f"NashRefinement finds perfect and proper equilibria, not {concept}: use TremblingHandPerfect() or Proper()"
        reason = concept.refuses(game)
        return reason if reason is not None else self._finder(game)[1] or None

    def exhaustive(self, game: Any, concept: Any) -> bool:
        """Whether all Nash equilibria are found; of the proper ones, a continuum may hold some that are no extreme points."""
        solver, _ = self._finder(game)
        return isinstance(concept, TremblingHandPerfect) and solver is not None and solver.exhaustive(game, Nash())

    def propose(self, game: NormalFormGame, concept: Any, limits: Limits, rng: np.random.Generator) -> Iterator[Any]:
        """The Nash equilibria, one by one; for Proper it is said at the end how many stay undecided."""
        solver, _ = self._finder(game)
        assert solver is not None
        judge, undecided, late = concept.judge(game), 0, False
        proposals: list[Any] = []
        try:
            half = limits.halved()  # the other half is for judging
            with until(half.deadline):
                for one in solver.propose(game, Nash(), half, rng):
                    proposals.append(one)
        except OutOfTime:
            late = True
        for proposal in proposals:
            if isinstance(proposal, Structure):
                continue  # it speaks of all Nash equilibria
            batch = isinstance(proposal, (Batch, BoxBatch))
            for one in (proposal.profile(game.form, i) for i in range(len(proposal))) if batch else (proposal,):
                limits.check()
                certificate = judge.certify(getattr(one, "profile", one))
                undecided += certificate.reason == UNDECIDED
                if certificate.holds:
                    yield one
        if late:
            raise OutOfTime
        if undecided:
            raise Incomplete(f"{undecided} Nash equilibri{'um is' if undecided == 1 else 'a are'} {UNDECIDED}")

    def _finder(self, game: Any) -> tuple[Solver | None, str]:
        from strategy.solvers import ALL

        reasons = []
        for solver in [self.nash] if self.nash is not None else [make() for make in ALL if make is not NashRefinement]:
            reason = solver.refuses(game, Nash())
            if reason is None:
                return solver, ""
            reasons.append(reason)
        return None, "; ".join(dict.fromkeys(reasons))
