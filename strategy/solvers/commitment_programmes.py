"""The best commitment of a leader, and what being able to commit is worth to it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs

from strategy.completeness import no_equilibrium
from strategy.concepts.commitment import Commitment
from strategy.display import joined, mixed_words, number
from strategy.errors import GameError, RefusalError
from strategy.exact import exact
from strategy.forms.normal import NormalFormGame
from strategy.names import FrozenMapping
from strategy.protocols import Concept
from strategy.results import Solution
from strategy.solvers.protocol import Exhausted, Incomplete, Limits, refused

__all__ = [
    "BestCommitment",
    "CommitmentProgrammes",
    "Committed",
    "ValueOfCommitment",
    "best_commitment",
    "value_of_commitment",
]


@attrs.frozen
class Committed:
    """One commitment of the leader and a reply of the follower, with what both expect.

    Where the supremum is not reached, ``strategy`` is the limit, the payoffs are those in
    the limit, and ``toward`` is the strategy from which it is approached.
    """

    strategy: FrozenMapping[str, Fraction]
    reply: str
    payoffs: FrozenMapping[str, Fraction]
    toward: FrozenMapping[str, Fraction] | None = None

    def near(self, share: Any) -> FrozenMapping[str, Fraction]:
        """The strategy moved toward the inside, so that no tie of the follower harms.

        It moves by a share (above 0, at most 1). The smaller the share, the closer to the
        supremum.
        """
        share = exact(share, "share")
        if not 0 < share <= 1:
            raise GameError(f"share={share}: expected a number above 0 and at most 1")
        if self.toward is None:
            return self.strategy
        return FrozenMapping(
            {a: (1 - share) * x + share * self.toward[a] for a, x in self.strategy.items()}
        )


@attrs.frozen(eq=False)
class BestCommitment:
    """The most that a leader gets by committing.

    It is proved by a linear programme for every reply of the follower in ``game``.
    ``value``: the leader's payoff; ``attained``: whether some ``commitment`` reaches it, or
    only comes as close as one likes (pessimistic mixed leaders); ``optima``: for pure
    leaders all optimal commitments, for mixed ones at least one for every reply that is
    part of an optimum.
    """

    game: NormalFormGame
    commitment: Commitment
    value: Fraction
    attained: bool
    optima: tuple[Committed, ...]

    def __str__(self) -> str:
        leader = self.commitment.leader
        ways = [f"{mixed_words(one.strategy)} (reply: {one.reply})" for one in self.optima]
        how = "gets" if self.attained else "comes arbitrarily close to"
        return f"{self.commitment}: {leader} {how} {number(self.value)} by " + joined(
            ways, "or"
        )


def best_commitment(game: NormalFormGame, commitment: Commitment) -> BestCommitment:
    """The best commitment of a leader in a two-player game, exactly.

    Raises RefusalError where the commitment does not take the game.
    """
    found = commitment.optima(game)
    axis = game.players.index(commitment.leader)
    names = game.actions[commitment.leader]
    optima = []
    for one in found:
        strategy = FrozenMapping(zip(names, one.leader, strict=True))
        toward = (
            None
            if one.toward is None
            else FrozenMapping(zip(names, one.toward, strict=True))
        )
        for b in one.replies:
            payoffs = _payoffs(game, axis, one.leader, b)
            if payoffs[commitment.leader] == one.value / game.integer_tables[axis][1]:
                optima.append(
                    Committed(
                        strategy, game.actions[game.players[1 - axis]][b], payoffs, toward
                    )
                )
    value = found[0].value / game.integer_tables[axis][1]
    return BestCommitment(game, commitment, value, found[0].toward is None, tuple(optima))


def _payoffs(
    game: NormalFormGame, axis: int, leader: tuple[Fraction, ...], reply: int
) -> FrozenMapping[str, Fraction]:
    lines = [table.take(reply, axis=1 - axis) for table in game.tables]
    sums = [
        sum((x * exact(v) for x, v in zip(leader, line, strict=True) if x), Fraction(0))
        for line in lines
    ]
    return FrozenMapping(zip(game.players, sums, strict=True))


@attrs.frozen
class CommitmentProgrammes:
    """The optimal commitments of a leader, each with a reply.

    A linear programme for every reply of the follower.
    """

    def refuses(self, game: Any, concept: Concept) -> str | None:
        """Why not this ``game`` or ``concept``; None for Commitment on what it takes."""
        return refused(
            self, game, concept, Commitment, "optimal commitments: use Commitment(leader)"
        )

    def exhaustive(self, game: Any, concept: Concept) -> bool:
        """Whether a finished run on ``game`` under ``concept`` lists all.

        That is known only where the leader's supremum is not reached, so that there is
        none.
        """
        return False

    def propose(
        self, game: NormalFormGame, concept: Concept, limits: Limits, rng: Any
    ) -> Iterator[Any]:
        """At least one commitment for every reply that is part of an optimum.

        ``game``, ``concept``, ``limits`` and ``rng`` as for every Solver; nothing is drawn.
        """
        assert isinstance(concept, Commitment)
        best = best_commitment(game, concept)
        if not best.attained:
            yield Exhausted()
            return
        (follower,) = [player for player in game.players if player != concept.leader]
        for one in best.optima:
            limits.check()
            yield {concept.leader: one.strategy, follower: one.reply}
        raise Incomplete(
            "at least one is listed for every reply that is part of an optimum; "
            "best_commitment(game, concept) gives them with what is known of them"
        )


@attrs.frozen(eq=False)
class ValueOfCommitment:
    """What a leader gains by committing, against the equilibria of a solution.

    ``best``: the best commitment; ``over_best``, ``over_worst``: what it pays the leader
    more than its best and its worst equilibrium in ``solution``. Never negative against the
    worst Nash equilibrium in mixed strategies if the leader may mix. ``proved``: whether
    the solution holds all equilibria; if not, other equilibria may be better or worse than
    those compared with.
    """

    best: BestCommitment
    solution: Solution
    over_best: Fraction
    over_worst: Fraction

    @property
    def proved(self) -> bool:
        """Whether the comparison is with all equilibria."""
        return self.solution.proved

    def __str__(self) -> str:
        low, high = sorted((self.over_best, self.over_worst))
        known = "all" if self.proved else "the known"
        return (
            f"committing is worth {number(low)} to {self.best.commitment.leader} against "
            f"the best and {number(high)} against the worst of {known} equilibria "
            f"({self.solution.concept})"
        )


def value_of_commitment(best: BestCommitment, solution: Solution) -> ValueOfCommitment:
    """Compare a best commitment with the equilibria of the same game without commitment.

    ``solution``: of ``solve(game, Nash())``, or ``PureNash()`` where pure equilibria are
    the alternative. Of a continuum of equilibria the extreme points are enough, as the
    leader's payoff has its least and greatest values there. Raises RefusalError on a
    solution of another game, and on one without equilibria.
    """
    if not isinstance(solution.game, NormalFormGame) or not _equal(
        solution.game, best.game
    ):
        raise RefusalError(
            f"{solution!r} is not a solution of the game committed in: give solve(game, "
            "Nash()) of the same game"
        )
    if not len(solution):
        raise RefusalError(
            f"{solution!r} holds {no_equilibrium(solution.concept)} to compare with: give "
            "solve(game, Nash())"
        )
    pays = [one.payoffs[best.commitment.leader] for one in solution]
    return ValueOfCommitment(best, solution, best.value - max(pays), best.value - min(pays))


def _equal(one: Any, other: Any) -> bool:
    if one is other or one.form != other.form:
        return one is other
    pairs = zip(one.to_arrays(exact=True), other.to_arrays(exact=True), strict=True)
    return all((a == b).all() for a, b in pairs)
