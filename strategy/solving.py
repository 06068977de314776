"""solve(): the one way in; it refuses, finds and certifies.

It is the only place where solutions are built.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Hashable, Sequence
from contextlib import nullcontext
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from strategy.certificates import Certificate
from strategy.concepts.reading import require_concept
from strategy.deadline import grace, left, until
from strategy.errors import OtherKind, RefusalError
from strategy.exact import is_ball
from strategy.forms.mixed import read_profile
from strategy.protocols import Concept, Game, Profile
from strategy.registry import registered
from strategy.results import Equilibrium, Listing, Solution, Status, Structure
from strategy.solvers import ALL, PLANS
from strategy.solvers.protocol import (
    BATCHES,
    Candidate,
    Enough,
    Exhausted,
    FoundBy,
    Incomplete,
    Limits,
    OutOfTime,
    Solver,
)
from strategy.texts import seconds_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["checked_solver", "choose_solver", "solve"]


def choose_solver(game: Game, concept: Concept) -> Solver:
    """The plan for this ``game`` and ``concept``, or the first solver that takes them.

    The toolkit's own come before registered ones. Raises RefusalError, with every solver's
    reason, if there is none.
    """
    for plan in PLANS:
        if plan().refuses(game, concept) is None:
            return plan()
    reasons = []
    for make in ALL:
        solver = make()
        reason = solver.refuses(game, concept)
        if reason is None:
            return solver
        reasons.append(reason)
    for load in registered("solvers").values():
        solver = load()()
        reason = solver.refuses(game, concept)
        if reason is None:
            return solver  # type: ignore[no-any-return]
        reasons.append(OtherKind(reason))
    raise RefusalError.of(
        reasons,
        f"no solver is for {concept}: write one, and give it as solver= or announce it in "
        "the entry-point group strategy.solvers",
    )


def solve(
    game: Game,
    concept: Concept | None = None,
    solver: Solver | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, so safe to share
    seed: int | np.random.Generator | None = None,
) -> Solution:
    """All equilibria of a game under a concept, as far as the solver can prove.

    Every one is judged by the concept itself. ``game``: a normal-form or extensive-form
    game, such as ``model.game()``; ``concept``: what counts as an equilibrium, such as
    ``Nash()`` (none is chosen for the user); ``solver``: how they are found (the first that
    fits); ``limits``: ``Limits(seconds=..., count=...)``, when to stop; ``seed``: a
    non-negative integer or a numpy Generator, for solvers that draw (None: other draws each
    time).

    Returns a Solution whose ``status`` says what is proved. An interrupt (Ctrl-C), a limit
    or the end of the memory gives STOPPED with what was found. Raises RefusalError if the
    concept or the solver does not take the game, with the remedy.
    """
    import numpy as np

    concept = require_concept(concept, game)
    if not isinstance(limits, Limits):
        raise RefusalError(f"limits={limits!r}: give Limits(seconds=..., count=...)")
    running = limits.started()
    try:
        rng = _unseeded() if seed is None else np.random.default_rng(seed)
    except (TypeError, ValueError):
        raise RefusalError(
            f"seed={seed!r}: expected a non-negative integer, a numpy.random.Generator or "
            "None"
        ) from None
    status, why = None, ""
    collected = _Collected(game, concept, running)
    try:
        with until(running.deadline):
            solver = checked_solver(game, concept, solver)
            for proposal in solver.propose(game, concept, running, rng):
                if not collected.take(proposal):
                    raise Enough
                if not isinstance(proposal, (FoundBy, Structure)):
                    running.check()
    except Enough:
        many = "equilibrium" if limits.count == 1 else "equilibria"
        status = Status.STOPPED
        why = f"stopped at the limit of {limits.count} {many}"
    except OutOfTime:
        status = Status.STOPPED
        why = f"stopped at {seconds_words(limits.seconds)}"
    except KeyboardInterrupt:
        status, why = Status.STOPPED, "interrupted"
    except MemoryError as error:
        beside = f" ({error})" if str(error) else ""
        status = Status.STOPPED
        why = f"stopped when memory ran out{beside}: give a smaller game, or more memory"
    except Incomplete as incomplete:
        status, why = Status.PARTIAL, str(incomplete)
    if status is None:
        assert solver is not None
        status, why = _finished(solver, game, concept, collected)
    return Solution(
        game,
        concept,
        status,
        collected.equilibria(status),
        collected.by or ("" if solver is None else type(solver).__name__),
        why,
        collected.rejected,
        collected.structure,
        len(collected.undecided),
    )


_GRACE = 0.1  # seconds for judging one profile that was found as the time ran out


@functools.cache
def _unseeded() -> np.random.Generator:
    """One generator for all who give no seed.

    To seed one takes as long as to solve a small game.
    """
    import numpy as np

    return np.random.default_rng()


# processes that share a beginning shall not share what comes after
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unseeded.cache_clear)


class _Collected:
    """What a solver has proposed and the concept's judge has let pass, each once."""

    def __init__(self, game: Game, concept: Concept, limits: Limits) -> None:
        self.game, self.concept = game, concept
        self.most, self.limits = limits.count, limits
        self.found: dict[Any, Equilibrium] = {}
        self.batch: Any = None
        self.by = ""
        self.structure: Structure | None = None
        self.rejected = 0
        self.undecided: list[str] = []
        self.exhausted = False

    @cached_property
    def judge(self) -> Any:
        """What the concept judges many profiles by, if it has such a thing.

        Made within the time limit.
        """
        return self.concept.judge(self.game) if hasattr(self.concept, "judge") else None

    @cached_property
    def read(self) -> Callable[[Any], Profile]:
        """Makes a profile of what is proposed: as the concept reads it, else as the form."""
        return partial(
            self.concept.read if hasattr(self.concept, "read") else _read_by_form, self.game
        )

    @cached_property
    def certify(self) -> Any:
        """Judges one profile."""
        return (
            self.judge.certify
            if self.judge is not None
            else partial(self.concept.certify, self.game)
        )

    @property
    def count(self) -> int:
        """How many equilibria there are by now."""
        return len(self.found) + (0 if self.batch is None else len(self.batch))

    def take(self, proposal: Any) -> bool:
        """Judge what a solver proposes.

        False if it goes beyond the number of equilibria asked for.
        """
        if isinstance(proposal, Structure):
            self.structure = proposal
            return True
        if isinstance(proposal, Exhausted):
            self.exhausted = True
            return True
        if isinstance(proposal, FoundBy):
            self.by = proposal.solver
            return True
        if isinstance(proposal, BATCHES):
            return self._take_batch(proposal)
        candidate = proposal if isinstance(proposal, Candidate) else Candidate(proposal)
        # what is found in time is judged, even if a little later
        with grace(_GRACE) if left() < _GRACE else nullcontext():
            profile = self.read(candidate.profile)
            key = _known_by(self.game, profile, candidate.key)
            certificate = None if key in self.found else self.certify(profile)
        if certificate is None:
            return True
        if certificate.undecided and candidate.proof:
            certificate = Certificate(True, Fraction(0), reason=candidate.proof)
        if not certificate.holds:
            self._pass_over(certificate)
        elif self.most is not None and self.count >= self.most:
            return False
        else:
            self.found[key] = Equilibrium(
                self.game,
                profile,
                certificate,
                candidate.count,
                candidate.profiles,
                candidate.component,
            )
        return True

    def _take_each(self, batch: Any) -> bool:
        for i in range(len(batch)):
            if self.limits.overdue():
                raise OutOfTime
            if not self.take(batch.profile(self.game.form, i)):
                return False
        return True

    def _pass_over(self, certificate: Certificate) -> None:
        if certificate.undecided:
            self.undecided.append(certificate.reason)
        else:
            self.rejected += 1

    def _take_batch(self, batch: Any) -> bool:
        """What a solver found before the time was over is judged for a little longer.

        What is not judged then is left out.
        """
        import numpy as np

        if self.batch is not None or self.found or not hasattr(self.judge, "hold"):
            return self._take_each(batch)
        held: list[NDArray[Any]] = []
        for start in range(0, len(batch), batch.AT_ONCE):
            if start and self.limits.overdue():
                break
            part = (
                batch
                if len(batch) <= batch.AT_ONCE
                else batch.part(np.arange(start, min(start + batch.AT_ONCE, len(batch))))
            )
            # what compiled code judges by may have to be loaded
            with grace(_GRACE) if left() < _GRACE else nullcontext():
                holds = part.held(self.judge)
            if part is batch and holds.all() and self.most is None:
                self.batch = batch
                return True
            held.append(start + holds.nonzero()[0])
            for number in (~holds).nonzero()[0].tolist():
                self._pass_over(self.certify(part.profile(self.game.form, number)))
        passed = np.concatenate(held) if held else np.zeros(0, dtype=np.int64)
        self.batch = batch.part(passed[: self.most])
        return len(self.batch) == len(passed)

    def equilibria(self, status: Status) -> Sequence[Equilibrium]:
        """All of them, in the order in which they were proposed."""
        if self.batch is None:
            return tuple(self.found.values())
        batch = self.batch
        # To which component one belongs is known only where all are.
        make = partial(
            _made, self.game, batch, self.structure if status is Status.COMPLETE else None
        )
        listed = Listing(len(batch), make)
        return (*listed, *self.found.values()) if self.found else listed


def _made(game: Game, batch: Any, structure: Structure | None, number: int) -> Equilibrium:
    component = None if structure is None else partial(structure.component_of, number)
    profile = batch.profile(game.form, number)
    return Equilibrium(
        game, profile.pure() or profile, Certificate(True, Fraction(0)), component=component
    )


def _read_by_form(game: Game, given: Any) -> Profile:
    return read_profile(game.form, given)


def _known_by(game: Game, profile: Profile, known: Hashable) -> Hashable:
    """What two profiles that count as one equilibrium share.

    In a tree what is ``known``, or how probable every play is.
    """
    if not game.form.is_tree:
        return profile.key()
    if known is not None:
        return ("key", known)
    return frozenset(
        (play, str(p) if is_ball(p) else p)
        for play, p in profile.play_numbers(game).items()
    )


def checked_solver(game: Game, concept: Concept, solver: Any) -> Solver:
    """The ``solver`` given, or the first that fits ``game`` and ``concept``.

    Raises RefusalError where the concept or the solver does not.
    """
    reason = concept.refuses(game)
    if reason is not None:
        raise RefusalError(reason)
    if solver is None:
        return choose_solver(game, concept)
    if isinstance(solver, type):
        raise RefusalError(
            f"{solver.__name__} is a class: give an instance, solver={solver.__name__}()"
        )
    if not isinstance(solver, Solver):
        raise RefusalError(
            f"solver={solver!r}: expected an object with refuses, propose and exhaustive, "
            "such as LemkeHowson(), or None"
        )
    reason = solver.refuses(game, concept)
    if reason is not None:
        raise RefusalError(reason)
    return solver


def _finished(
    solver: Solver, game: Game, concept: Concept, collected: _Collected
) -> tuple[Status, str]:
    if not solver.exhaustive(game, concept) and not collected.exhausted:
        return Status.PARTIAL, f"{type(solver).__name__} does not look everywhere"
    if collected.undecided:
        first, many = collected.undecided[0], len(collected.undecided)
        return (
            Status.PARTIAL,
            f"{many} profile{' is' if many == 1 else 's are'} undecided"
            + (f": {first}" if first else ""),
        )
    return (Status.COMPLETE, "") if collected.count else (Status.NONE_EXISTS, "")
