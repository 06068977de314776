"""The range of linear functions over all correlated equilibria.

One linear programme for each end, solved exactly.

The equilibria are a polytope (Aumann 1974; Hart and Schmeidler 1989 prove that it is not
empty by the duality of these very programmes): one unknown a play, one inequality for each
action told and each action taken instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.concepts.correlated import CoarseCorrelatedEquilibrium, CorrelatedEquilibrium
from strategy.concepts.objectives import Objective, Payoff
from strategy.display import number
from strategy.errors import RefusalError, SizeError, StrategyError
from strategy.executors import counted
from strategy.forms._expected import fits_int64
from strategy.forms.distributions import PlayDistribution
from strategy.forms.normal import NormalFormGame
from strategy.linear import maximise
from strategy.names import FrozenMapping
from strategy.protocols import Concept
from strategy.solvers.protocol import Incomplete, Limits, refused

__all__ = [
    "CorrelatedProgramme",
    "Extremes",
    "Reached",
    "correlated_extremes",
    "correlated_optimum",
]

_MOST_ENTRIES = 20_000_000
"""Larger programmes are refused: their exact check alone would take minutes and
gigabytes."""

Correlated = CorrelatedEquilibrium | CoarseCorrelatedEquilibrium


@attrs.frozen
class CorrelatedProgramme:
    """The equilibria at which each player's expected payoff is least and greatest.

    Two linear programmes a player, exactly.
    """

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for the correlated ones on tables.

        These are CorrelatedEquilibrium and CoarseCorrelatedEquilibrium.
        """
        return refused(
            self,
            game,
            concept,
            (CorrelatedEquilibrium, CoarseCorrelatedEquilibrium),
            "correlated equilibria: use CorrelatedEquilibrium()",
        )

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """False, whatever ``game`` and ``concept``: of a polytope some corners are listed."""
        return False

    def propose(
        self,
        game: NormalFormGame,
        concept: Concept,
        limits: Limits,
        rng: np.random.Generator,
    ) -> Iterator[PlayDistribution]:
        """The ends of each player's range, player by player.

        ``game``, ``concept``, ``limits`` and ``rng`` as for every Solver; nothing is drawn.
        """
        assert isinstance(concept, (CorrelatedEquilibrium, CoarseCorrelatedEquilibrium))
        for player in game.players:
            limits.check()
            (found,) = correlated_extremes(game, concept, Payoff(player))
            yield found.least.distribution
            yield found.greatest.distribution
        raise Incomplete(
            "those listed are where some player's payoff is least or greatest; "
            "correlated_extremes(game, concept, ...) gives the range of anything else"
        )


@attrs.frozen
class Reached:
    """A value that is reached, and an equilibrium, ``distribution``, that reaches it."""

    value: Fraction
    distribution: PlayDistribution


@attrs.frozen
class Extremes:
    """The least and the greatest expected value of an objective over all equilibria.

    Those of a concept; both are proved and reached.

    By convexity every value between them is reached too.
    """

    objective: Any
    concept: Correlated
    least: Reached
    greatest: Reached

    def __str__(self) -> str:
        low = number(self.least.value)
        high = number(self.greatest.value)
        return (
            f"{self.objective}: "
            + (f"{low} in every" if low == high else f"{low} to {high} over all")
            + f" {self.concept}"
        )


def correlated_extremes(
    game: NormalFormGame, concept: Correlated, *objectives: Objective
) -> tuple[Extremes, ...]:
    """The range of each objective over all correlated equilibria, with both ends.

    They are coarse correlated ones if ``concept`` says so; there are equilibria at both
    ends.

    ``objectives``: ``Payoff(player)``, ``Welfare(weights)``, ``Probability(outcome)``, in
    any number. Raises RefusalError where the concept does not take the game and SizeError
    where the programme is too large, with the remedy.
    """
    rows = _inequalities(game, concept, objectives)
    return tuple(
        [
            Extremes(
                one,
                concept,
                _reached(game, concept, rows, one, -1),
                _reached(game, concept, rows, one, 1),
            )
            for one in objectives
        ]
    )


def correlated_optimum(
    game: NormalFormGame, concept: Correlated, objective: Objective
) -> Reached:
    """The greatest expected value of an objective over all equilibria, and where it is.

    ``game``: a table; ``concept``: CorrelatedEquilibrium or CoarseCorrelatedEquilibrium;
    ``objective``: a Payoff, Welfare or Probability.
    """
    return _reached(game, concept, _inequalities(game, concept, (objective,)), objective, 1)


def _reached(
    game: NormalFormGame,
    concept: Correlated,
    rows: NDArray[Any],
    objective: Objective,
    sign: int,
) -> Reached:
    values, factor = objective.values(game)
    values = values if fits_int64(values, 2) else values.astype(object)
    total = np.ones((1, game.form.play_count), dtype=np.int64)
    found = maximise(
        sign * values,
        at_most=(rows, np.zeros(len(rows), dtype=np.int64)),
        equal=(total, np.ones(1, dtype=np.int64)),
    )
    assert found.value is not None
    weights = FrozenMapping({play: weight for play, weight in enumerate(found.x) if weight})
    distribution = PlayDistribution(game.form, weights)
    certificate = concept.certify(game, distribution)
    if not certificate.holds:
        raise StrategyError(
            f"the programme's answer is not {concept}: {certificate.reason}; report this"
        )
    return Reached(sign * found.value / factor, distribution)


def _inequalities(
    game: NormalFormGame, concept: Correlated, objectives: tuple[Any, ...]
) -> NDArray[Any]:
    """What deviations gain, one row each, at most 0.

    Whole numbers, shape (deviations, plays).
    """
    if not isinstance(concept, (CorrelatedEquilibrium, CoarseCorrelatedEquilibrium)):
        raise RefusalError(
            f"{concept!r}: give CorrelatedEquilibrium() or CoarseCorrelatedEquilibrium()"
        )
    reason = concept.refuses(game)
    if reason is not None:
        raise RefusalError(reason)
    for one in objectives:
        if isinstance(one, type) or not isinstance(one, Objective):
            raise RefusalError(
                f"objective {one!r}: give Payoff(player), Welfare(weights) or "
                "Probability(outcome)"
            )
    told = isinstance(concept, CorrelatedEquilibrium)
    plays, shape = game.form.play_count, game.form.shape
    count = sum(size * (size - 1) if told else size for size in shape)
    if plays * count > _MOST_ENTRIES:
        coarser = (
            "ask for CoarseCorrelatedEquilibrium(), which has fewer inequalities, or "
            if told
            else ""
        )
        raise SizeError(
            f"the programme has {counted(plays)} unknowns (plays) and {count:,} "
            f"inequalities, {counted(plays * count)} entries, and at most "
            f"{_MOST_ENTRIES:,} are allowed: {coarser}leave out players or actions (see "
            "rationalizable(game))"
        )
    found = [row for axis in range(len(shape)) for row in _deviations(game, axis, told)]
    return np.array(found).reshape(len(found), plays)


def _deviations(game: NormalFormGame, axis: int, told: bool) -> Iterator[NDArray[Any]]:
    table, _ = game.integer_tables[axis]
    table = table if fits_int64(table, 4) else table.astype(object)
    for instead in range(table.shape[axis]):
        gains = table.take([instead], axis=axis) - table
        if not told:
            yield gains.reshape(-1)
            continue
        for action in range(table.shape[axis]):
            if action != instead:
                row = np.zeros_like(table)
                place = (slice(None),) * axis + (action,)
                row[place] = gains[place]
                yield row.reshape(-1)
