"""Refinements of Nash equilibrium.

Those of a Nash solver's equilibria that a stricter concept certifies.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np

from strategy.concepts.nash import Nash
from strategy.concepts.perfect import TremblingHandPerfect
from strategy.concepts.proper import EXISTENCE, UNDECIDED, Proper
from strategy.deadline import OutOfTime, until
from strategy.errors import RefusalError
from strategy.forms.normal import NormalFormGame
from strategy.protocols import Concept
from strategy.results import Component, Structure
from strategy.solvers._perfect_sets import perfect_components, points
from strategy.solvers.protocol import (
    Batch,
    BoxBatch,
    Candidate,
    Exhausted,
    Incomplete,
    Limits,
    Solver,
    refused,
)

__all__ = ["NashRefinement"]


@attrs.frozen
class NashRefinement:
    """Proposes every equilibrium that a Nash solver finds; the concept chooses among them.

    For trembling-hand perfection this is complete where the Nash solver is: of a maximal
    Nash subset the perfect equilibria are a union of faces, so their extreme points are
    extreme Nash equilibria. Of proper equilibria it is complete where there are finitely
    many Nash equilibria and none stays undecided. ``nash``: the solver that finds the
    candidates; None for the first that takes the game.
    """

    nash: Solver | None = attrs.field(default=None, kw_only=True)

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for TremblingHandPerfect and Proper.

        On games that a Nash solver takes.
        """
        reason = refused(
            self,
            game,
            concept,
            (TremblingHandPerfect, Proper),
            "perfect and proper equilibria: use TremblingHandPerfect() or Proper()",
        )
        return reason if reason is not None else self._finder(game)[1] or None

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """Whether all Nash equilibria of ``game`` are found.

        Under Proper, the ``concept``, a continuum may hold some that are not extreme
        points.
        """
        return isinstance(concept, TremblingHandPerfect) and self._finds_all(game)

    def propose(
        self,
        game: NormalFormGame,
        concept: Concept,
        limits: Limits,
        rng: np.random.Generator,
    ) -> Iterator[Any]:
        """The Nash equilibria, one by one; for Proper, at the end, how many stay undecided.

        ``game``, ``concept``, ``limits`` and ``rng`` as for every Solver.
        """
        solver, _ = self._finder(game)
        assert solver is not None
        assert isinstance(concept, TremblingHandPerfect | Proper)
        judge = concept.judge(game)
        structure = None
        count = 0
        held: list[Any] = []
        undecided: list[Any] = []
        # what is perfect, as proper equilibria are; with three players it is necessary
        # alone
        passed: list[Any] = []
        proposals: list[Any] = []
        ended: OutOfTime | Incomplete | None = None
        try:
            half = limits.halved()  # the other half is for judging
            with until(half.deadline):
                for one in solver.propose(game, Nash(), half, rng):
                    proposals.append(one)
        except (OutOfTime, Incomplete) as stop:
            ended = stop
        for proposal in proposals:
            if isinstance(proposal, Structure):
                structure = proposal
                continue
            batch = isinstance(proposal, (Batch, BoxBatch))
            for one in (
                (proposal.profile(game.form, i) for i in range(len(proposal)))
                if batch
                else (proposal,)
            ):
                limits.check()
                count += 1
                profile = getattr(one, "profile", one)
                certificate = judge.certify(profile)
                if certificate.holds or certificate.undecided:
                    passed.append(profile)
                if certificate.holds:
                    held.append(profile)
                    yield one
                elif certificate.undecided:
                    undecided.append(profile)
        if ended is not None:
            yield from undecided
            raise ended
        # The Nash solver has finished, so what it knows of the whole set holds.
        complete = self._finds_all(game)
        perfect: tuple[Component, ...] = ()
        if (
            complete
            and structure is not None
            and structure.infinite
            and len(game.players) == 2
        ):
            perfect = perfect_components(
                getattr(judge, "perfect", judge), structure.components, passed
            )
        alone = (
            count == 1
            if structure is None
            else structure.infinite is False
            or (bool(perfect) and all(one.dimension == 0 for one in perfect))
        )
        if complete and alone and len(undecided) == 1 and not held:
            held.append(undecided.pop())
            yield Candidate(held[0], proof=EXISTENCE)
        yield from undecided
        if complete and alone:
            yield from (points(held), Exhausted())
        elif isinstance(concept, TremblingHandPerfect) and perfect:
            yield Structure(perfect, infinite=True)
        if undecided:
            raise Incomplete(
                f"{len(undecided)} Nash "
                f"equilibri{'um is' if len(undecided) == 1 else 'a are'} {UNDECIDED}"
            )

    def _finds_all(self, game: Any) -> bool:
        solver, _ = self._finder(game)
        return solver is not None and solver.exhaustive(game, Nash())

    def _finder(self, game: Any) -> tuple[Solver | None, str]:
        from strategy.solvers import ALL

        reasons = []
        nash: list[Solver] = (
            [self.nash]
            if self.nash is not None
            else [make() for make in ALL if make is not NashRefinement]
        )
        for solver in nash:
            reason = solver.refuses(game, Nash())
            if reason is None:
                return solver, ""
            reasons.append(reason)
        return None, str(RefusalError.of(reasons, reasons[0]))
