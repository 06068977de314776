"""solve(): the one way in. It refuses, finds, certifies, and is the only place where solutions are built."""

from __future__ import annotations

from functools import partial
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from strategy.errors import RefusalError
from strategy.forms.normal import NormalFormGame
from strategy.forms.profiles import plays_of, read_pure
from strategy.results import Equilibrium, Solution, Status
from strategy.solvers import ALL
from strategy.solvers.protocol import Candidate, Incomplete, Limits, OutOfTime, Solver

if TYPE_CHECKING:
    import numpy as np

__all__ = ["choose_solver", "registered", "solve"]


def registered(group: str) -> dict[str, Any]:
    """What other packages registered under the entry-point group ``strategy.<group>``: name -> loader."""
    return {point.name: point.load for point in entry_points(group=f"strategy.{group}")}


def choose_solver(game: Any, concept: Any) -> Solver:
    """The first solver that takes this game and concept, the toolkit's own before registered ones.

    Raises RefusalError, with every solver's reason, if there is none.
    """
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
        reasons.append(reason)
    raise RefusalError("no solver takes this game and concept: " + "; ".join(dict.fromkeys(reasons)))


def solve(
    game: Any,
    concept: Any,
    solver: Solver | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, so safe to share
    seed: int | np.random.Generator | None = None,
) -> Solution:
    """All equilibria of a game under a concept, as far as the solver can prove; every one judged by the concept itself.

    Returns a Solution whose ``status`` says what is proved. An interrupt (Ctrl-C) or a limit gives STOPPED with what was found.
    Raises RefusalError if the concept or the solver does not take the game, with the remedy.
    """
    import numpy as np

    if isinstance(concept, type) or not hasattr(concept, "certify"):
        shown = concept.__name__ if isinstance(concept, type) else repr(concept)
        raise RefusalError(f"{shown} is no solution concept: give an instance, such as PureNash() or PureSubgamePerfect()")
    if not isinstance(limits, Limits):
        raise RefusalError(f"limits={limits!r}: give Limits(seconds=..., count=...)")
    solver = _checked_solver(game, concept, solver)
    try:
        rng = np.random.default_rng(seed)
    except (TypeError, ValueError):
        raise RefusalError(f"seed={seed!r}: expected a whole number from 0 on, a numpy.random.Generator or None") from None
    found: dict[Any, Equilibrium] = {}
    rejected, status, why = 0, None, ""
    running = limits.started()
    try:
        certify = concept.judge(game).certify if hasattr(concept, "judge") else partial(concept.certify, game)
        for proposal in solver.propose(game, concept, running, rng):
            candidate = proposal if isinstance(proposal, Candidate) else Candidate(proposal)
            profile = read_pure(game.form, candidate.profile)
            key = profile.choices if isinstance(game, NormalFormGame) else frozenset(plays_of(game, profile).items())
            certificate = None if key in found else certify(profile)
            if certificate is None:
                pass
            elif not certificate.holds:
                rejected += 1
            elif limits.count is not None and len(found) >= limits.count:
                status, why = (
                    Status.STOPPED,
                    f"stopped at the limit of {limits.count} equilibri{'um' if limits.count == 1 else 'a'}",
                )
                break
            else:
                found[key] = Equilibrium(game, profile, certificate, candidate.count, candidate.profiles, candidate.component)
            running.check()
    except OutOfTime:
        status, why = Status.STOPPED, f"stopped at the limit of {limits.seconds} seconds"
    except KeyboardInterrupt:
        status, why = Status.STOPPED, "interrupted"
    except Incomplete as incomplete:
        status, why = Status.PARTIAL, str(incomplete)
    if status is None:
        status, why = _finished(solver, game, concept, len(found))
    return Solution(game, concept, status, tuple(found.values()), type(solver).__name__, why, rejected)


def _checked_solver(game: Any, concept: Any, solver: Any) -> Solver:
    """The solver given, or the first that fits. Raises RefusalError where the concept or the solver does not."""
    reason = concept.refuses(game)
    if reason is not None:
        raise RefusalError(reason)
    if solver is None:
        return choose_solver(game, concept)
    if isinstance(solver, type):
        raise RefusalError(f"{solver.__name__} is a class: give an instance, solver={solver.__name__}()")
    if not isinstance(solver, Solver):
        raise RefusalError(f"solver={solver!r}: expected an object with refuses, propose and exhaustive, or None")
    reason = solver.refuses(game, concept)
    if reason is not None:
        raise RefusalError(reason)
    return solver


def _finished(solver: Solver, game: Any, concept: Any, count: int) -> tuple[Status, str]:
    if not solver.exhaustive(game, concept):
        return Status.PARTIAL, f"{type(solver).__name__} does not look everywhere"
    return (Status.COMPLETE, "") if count else (Status.NONE_EXISTS, "")
