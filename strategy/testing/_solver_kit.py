"""What every solver keeps to, whatever its algorithm."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from strategy.errors import RefusalError
from strategy.forms.profiles import PureProfile
from strategy.protocols import Concept
from strategy.results import Solution, Status
from strategy.solvers.protocol import Limits, Solver
from strategy.solving import choose_solver, solve
from strategy.testing._common import (
    Game,
    games_to_try,
    payoffs_of,
    pickled,
    require,
    require_copies,
    require_instance,
    require_refusal,
    succeed,
)
from strategy.testing.brute_force import holding, known_by, profile_count

__all__ = ["check_solver"]

_MOST_PROFILES = 1000  # of a game that is looked through by brute force


def check_solver(
    solver: Any, concept: Concept, *, games: Iterable[Game] | None = None, seed: int = 0
) -> None:
    """Raise AssertionError, in words, where a solver does not keep to the protocol.

    Tried on ``games``, or on drawn ones of every kind in ``strategy.generators.ALL`` that
    solver and concept take: it refuses in words and never by raising; all that it has found
    is judged by the concept; the same seed gives the same answer; a set that is said to be
    all has every pure profile that the concept certifies, and is the set that the toolkit's
    own complete solver finds; limits are kept to; nothing that was given is changed; solver
    and answers can be pickled.
    """
    require_instance(solver, ("refuses", "propose", "exhaustive"), "solver")
    require_instance(concept, ("refuses", "certify"), "solution concept")
    require(
        isinstance(solver, Solver),
        f"{solver!r} does not have the methods of strategy.Solver",
    )
    who = type(solver).__name__
    require_copies(solver, who)
    for thing in (None, "a game", object()):
        reason = succeed(
            f"{who}.refuses({thing!r}, {concept})", solver.refuses, thing, concept
        )
        require_refusal(reason, who, repr(thing))
        require(
            reason is not None,
            (
                f"{who} does not refuse {thing!r}, which is not a game: pass on "
                "concept.refuses(game)"
            ),
        )
    foreign = _NoConcept()

    def takes(game: Game) -> bool:
        if concept.refuses(game) is not None:
            return False
        for asked in (concept, foreign):
            reason = succeed(
                f"{who}.refuses({game!r}, {asked})", solver.refuses, game, asked
            )
            require_refusal(reason, who, f"{game!r}, {asked}")
        require(
            reason is not None,
            (
                f"{who} does not refuse a concept that it cannot know: refuse all but "
                "those it is for"
            ),
        )
        refusal = solver.refuses(game, concept)
        if refusal is not None:
            _require_refused(solver, concept, game, refusal)
        return refusal is None

    for game in games_to_try(games, takes, f"{who} with {concept}"):
        _check_on(solver, concept, game, seed)


class _NoConcept:
    """A concept that no solver has heard of."""

    invariances: frozenset[Any] = frozenset()

    def refuses(self, game: Any) -> None:
        return None

    def __str__(self) -> str:
        return "a concept that it does not know"


def _require_refused(solver: Any, concept: Concept, game: Game, reason: str) -> None:
    try:
        solve(game, concept, solver=solver)
    except RefusalError as error:
        require(
            str(error) == reason,
            (
                f"{type(solver).__name__} refuses with other words at each call: "
                f"{reason!r}, then {error}"
            ),
        )


def _check_on(solver: Any, concept: Concept, game: Game, seed: int) -> None:
    who, before = type(solver).__name__, payoffs_of(game)
    what = f"solving by {who} of\n{game}\n"
    promise = solver.exhaustive(game, concept)
    require(
        type(promise) is bool, f"{who}.exhaustive gives {promise!r}: give True or False"
    )
    solution = succeed(what, solve, game, concept, solver=solver, seed=seed)
    again = succeed(what, solve, game, concept, solver=solver, seed=seed)
    require(payoffs_of(game) == before, f"{what}changed the game that was given")
    found = [known_by(game, one.profile) for one in solution]
    require(
        found == [known_by(game, one.profile) for one in again]
        and solution.status is again.status,
        (
            f"{what}gave another answer the second time with the same seed: draw random "
            "numbers from rng alone"
        ),
    )
    for one in solution:
        require(
            concept.certify(game, one.profile).holds,
            f"{what}lists {one!r}, which {concept} does not certify",
        )
    require(
        promise or not solution.proved,
        f"{what}is said to be {solution.status}, though {who}.exhaustive gives False",
    )
    if solution.proved:
        _check_all(solver, concept, game, set(found), what)
    _check_limits(solver, concept, game, solution, what, seed)
    kept = pickled(solution, f"the solution after {what}")
    require(
        kept.status is solution.status and len(kept) == len(solution),
        f"{what}gives a solution that pickling changes",
    )


def _check_all(
    solver: Any, concept: Concept, game: Game, found: set[Any], what: str
) -> None:
    """A set that is said to be all is all.

    As far as brute force and another solver can tell.
    """
    if profile_count(game) <= _MOST_PROFILES:
        for profile in holding(game, concept):
            require(
                known_by(game, profile) in found,
                f"{what}is said to be all, but {_shown(profile)} is missing, which "
                f"{concept} certifies: let exhaustive() give False, or raise "
                "Incomplete(reason)",
            )
    other = choose_solver(game, concept)
    if type(other) is type(solver):
        return
    reference = solve(game, concept, solver=other, seed=0)
    if reference.proved:
        theirs = {known_by(game, one.profile) for one in reference}
        for words, gap in (
            (f"only {type(other).__name__} finds", theirs - found),
            ("only it finds", found - theirs),
        ):
            require(
                not gap, f"{what}is said to be all, but {words} {sorted(map(str, gap))[:3]}"
            )


def _check_limits(
    solver: Any, concept: Concept, game: Game, whole: Solution, what: str, seed: int
) -> None:
    few = succeed(
        what, solve, game, concept, solver=solver, limits=Limits(count=1), seed=seed
    )
    require(len(few) <= 1, f"{what}with Limits(count=1) lists {len(few)}")
    if whole.status is Status.COMPLETE and len(whole) > 1:
        require(
            not few.proved,
            (
                f"{what}with Limits(count=1) is said to be {few.status}, though there are "
                f"{len(whole)}"
            ),
        )
    stopped = succeed(
        f"{what}with no time",
        solve,
        game,
        concept,
        solver=solver,
        limits=Limits(seconds=0),
        seed=seed,
    )
    if stopped.proved:
        require(
            len(stopped) == len(whole),
            (
                f"{what}without time is said to be {stopped.status}, but equilibria are "
                "missing"
            ),
        )


def _shown(profile: PureProfile) -> str:
    return ", ".join(f"{player}: {action}" for player, action in profile.actions.items())
