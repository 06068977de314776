"""Tracing the logit quantal responses.

The branch that starts where all actions are alike, and the equilibrium it leads to.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.completeness import proved_to
from strategy.concepts.nash import Nash
from strategy.concepts.quantal_response import LogitQuantalResponse
from strategy.deadline import limited
from strategy.display import number
from strategy.errors import GameError, RefusalError
from strategy.exact import exact
from strategy.forms.mixed import MixedProfile
from strategy.forms.normal import NormalFormGame
from strategy.names import name, unknown
from strategy.protocols import Concept
from strategy.solvers._from_supports import candidates
from strategy.solvers._logit_path import BranchPoint, LogitSystem, follow, scaled_tables
from strategy.solvers.protocol import Incomplete, Limits, refused

__all__ = ["LogitBranch", "LogitTracing", "logit_branch"]

_FIRST, _FACTOR, _LAST = 30.0, 4.0, 1e9
_CUTS = (1e-2, 1e-3, 1e-4, 1e-6)


@attrs.frozen
class LogitTracing:
    """One equilibrium by following the principal branch of logit quantal responses.

    McKelvey and Palfrey 1995; Turocy 2005.

    For ``LogitQuantalResponse(lambda)``: the response on that branch where it first reaches
    lambda, as proved balls. For ``Nash()``: the equilibrium near which the branch is for
    large lambda, exact or as proved balls; every player's payoffs are first put on a range
    of 1, so units do not matter. Either way one answer, and PARTIAL: there may be others.
    For games that are too large to be solved for all equilibria. ``digits``: balls have a
    radius below 10^-digits.
    """

    digits: int = attrs.field(
        default=30,
        kw_only=True,
        validator=[attrs.validators.instance_of(int), attrs.validators.ge(10)],
    )

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for two concepts on tables.

        These are Nash and LogitQuantalResponse.
        """
        return refused(
            self,
            game,
            concept,
            (Nash, LogitQuantalResponse),
            "Nash equilibria and logit quantal responses: use Nash()",
        )

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """False, whatever ``game`` and ``concept``: one branch is followed."""
        return False

    def propose(
        self,
        game: NormalFormGame,
        concept: Concept,
        limits: Limits,
        rng: np.random.Generator,
    ) -> Iterator[MixedProfile]:
        """One profile.

        ``game``, ``concept``, ``limits`` and ``rng`` as for every Solver.
        """
        if isinstance(concept, LogitQuantalResponse):
            yield _response(game, concept.rationality, limits, self.digits)
            raise Incomplete(
                "the response on the principal branch; there may be others at this lambda"
            )
        yield _limit(game, limits, self.digits)
        raise Incomplete(
            "the equilibrium to which the logit branch leads; there may be others"
        )


def _limit(game: NormalFormGame, limits: Limits, digits: int) -> MixedProfile:
    tables, _ = scaled_tables(game, each=True)
    system = LogitSystem(tables)
    judge = Nash().judge(game)
    due = _FIRST
    tried: set[Any] = set()
    for point in follow(system, limits.check):
        if point.rationality < due:
            continue
        chances = system.split(point.logs)
        for cut in _CUTS:
            supports = tuple([tuple(np.flatnonzero(row > cut).tolist()) for row in chances])
            if supports in tried:
                continue
            for one in candidates(game, supports, chances, digits):
                limits.check()
                if judge.certify(one).holds:
                    return one
            tried.add(supports)
        due = point.rationality * _FACTOR
        if due > _LAST:
            break
    raise Incomplete(
        "the logit branch was followed without coming to an equilibrium that is "
        f"{proved_to()}: use BranchAndPrune()"
    )


def _response(
    game: NormalFormGame, rationality: Fraction, limits: Limits, digits: int
) -> MixedProfile:
    """The principal branch at one lambda, in balls; exact where all actions are alike."""
    from flint import arb, ctx

    from strategy.concepts._logit_system import middle, newton_step

    shape = game.form.shape
    alike = MixedProfile.from_vectors(
        game.form, [[Fraction(1, size)] * size for size in shape]
    )
    if LogitQuantalResponse(rationality).certify(game, alike).holds:
        return alike
    system, unit = _system(game)
    target = _finite(rationality * unit)
    logs = next(
        iter(_crossings(system, _points(system, target, limits, 1.0), target)), None
    )
    if logs is None:
        raise Incomplete(
            f"the branch was not followed to lambda = {number(rationality)}: its steps "
            "became too small"
        )
    bits = int(3.33 * digits) + 64 + max(0, int(math.log2(target + 1)))
    with ctx.workprec(2 * bits):
        parts = zip(system.parts, shape, strict=True)
        now = [
            [arb(float(v)) for v in logs[part]] if size > 1 else [arb(0)]
            for part, size in parts
        ]
        for _ in range(8 + digits.bit_length()):
            limits.check()
            before, now = now, newton_step(game, rationality, now)
            pairs = zip(itertools.chain(*now), itertools.chain(*before), strict=True)
            if all(abs(a - b) < arb(10) ** -(digits + 10) for a, b in pairs):
                break
        radius = arb(10) ** -(digits + 1)
        balls = [
            [(v + arb(0, radius)).exp() for v in row] if len(row) > 1 else [arb(1)]
            for row in middle(now)
        ]
    return MixedProfile.from_vectors(game.form, balls)


def _system(game: NormalFormGame) -> tuple[LogitSystem, Fraction]:
    tables, unit = scaled_tables(game, each=False)
    return LogitSystem(tables), unit


def _finite(value: Fraction) -> float:
    if value > 10**9:
        raise GameError(
            f"lambda times the largest range of payoffs is {number(value)}: responses are "
            "best responses to 9 digits by then; solve for Nash()"
        )
    return float(value)


def _points(
    system: LogitSystem, until: float, limits: Limits, finest: float
) -> Iterator[BranchPoint]:
    """The branch up to the first point at or beyond a lambda."""
    for point in follow(system, limits.check, finest=finest):
        yield point
        if point.rationality >= until:
            return


def _crossings(
    system: LogitSystem, points: Any, target: float
) -> Iterator[NDArray[np.float64]]:
    """Where the branch passes one lambda, each refined there."""
    before: BranchPoint | None = None
    for point in points:
        if point.rationality == target:
            yield point.logs
        elif (
            before is not None
            and (before.rationality - target) * (point.rationality - target) < 0
        ):
            share = (target - before.rationality) / (point.rationality - before.rationality)
            found = system.at(before.logs + share * (point.logs - before.logs), target)
            if found is not None:
                yield found
        before = point


@attrs.frozen(eq=False)
class LogitBranch:
    """The principal branch of logit quantal responses as a curve, in floats.

    ``lambdas``: shape (points,), in one over the ``unit`` of the payoffs of ``game``, not
    increasing where the branch turns back; ``probabilities``: shape (points, actions of all
    players in order), and ``logs`` their logarithms; ``reached``: whether it was followed
    to the lambda asked for. What is drawn is not proved: ``solve(game,
    LogitQuantalResponse(lambda))`` proves single points.
    """

    game: NormalFormGame
    lambdas: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    reached: bool
    _unit: Fraction
    _logs: NDArray[np.float64]

    def of(self, player: str) -> NDArray[np.float64]:
        """One player's probabilities along the branch: shape (points, actions)."""
        player = name(player, "player")
        if player not in self.game.players:
            raise GameError(unknown(player, self.game.players, "player"))
        start = sum(self.game.form.shape[: self.game.players.index(player)])
        return self.probabilities[:, start : start + len(self.game.actions[player])]

    @property
    def turns(self) -> tuple[int, ...]:
        """The numbers of the points at which lambda turns from growing to falling, or back."""
        ways = np.sign(np.diff(self.lambdas))
        return tuple([int(i) + 1 for i in np.flatnonzero(ways[1:] != ways[:-1])])

    def at(self, rationality: Any) -> tuple[tuple[NDArray[np.float64], ...], ...]:
        """Every response of the branch at one lambda, a vector of floats a player.

        ``rationality``: the lambda. There are several where the branch turns, in the order
        along it.
        """
        target = float(exact(rationality, "lambda") * self._unit)
        system = LogitSystem(scaled_tables(self.game, each=False)[0])
        unit = float(self._unit)
        points = [
            BranchPoint(float(lam) * unit, logs)
            for lam, logs in zip(self.lambdas, self._logs, strict=True)
        ]
        return tuple(
            [tuple(system.split(logs)) for logs in _crossings(system, points, target)]
        )

    def __repr__(self) -> str:
        return (
            f"LogitBranch({len(self.lambdas)} points, lambda from 0 to "
            f"{self.lambdas[-1]:.4g}, {len(self.turns)} turns)"
        )


def logit_branch(
    game: NormalFormGame,
    until: Any,
    *,
    finest: float = 0.02,
    limits: Limits = Limits(),  # noqa: B008
) -> LogitBranch:
    """Follow the principal branch from lambda 0 to ``until``, turning points passed.

    ``game``: a table. ``until`` counts in one over the unit of payoffs: with payoffs
    doubled the same curve ends at half of it. ``finest``: no probability moves by more than
    this between two points; ``limits``: when to stop. By predictor and corrector (Turocy
    2005).

    Raises RefusalError on what is not a normal-form game, TimeLimitError at the limit of
    seconds.
    """
    reason = LogitQuantalResponse(0).refuses(game)
    if reason is not None:
        raise RefusalError(reason)
    target = exact(until, "until")
    if target <= 0:
        raise GameError(f"until={until!r}: expected a lambda above 0")
    with limited(limits.seconds, "the branch", "limits=Limits(seconds=...)"):
        system, unit = _system(game)
        points = list(_points(system, _finite(target * unit), limits, finest))
        goal = float(target * unit)
        # not beyond what was asked for
        for logs_there in _crossings(system, points[-2:], goal):
            points[-1] = BranchPoint(goal, logs_there)
    reached = bool(points[-1].rationality >= goal)
    lambdas = np.array([point.rationality for point in points]) / float(unit)
    logs = np.array([point.logs for point in points])
    return LogitBranch(game, lambdas, np.exp(logs), reached, unit, logs)
