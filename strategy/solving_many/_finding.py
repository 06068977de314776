"""How games of one form are solved together.

By the fast way there is for a concept, the rest one by one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.concepts.pure_nash import PureNash
from strategy.concepts.quantal_response import LogitQuantalResponse
from strategy.errors import StrategyError
from strategy.forms.normal import NormalForm, NormalFormGame
from strategy.forms.stacks import NormalFormGames
from strategy.protocols import Concept
from strategy.results import Status
from strategy.solvers.candidates_first import CandidatesFirst
from strategy.solvers.protocol import Limits
from strategy.solvers.pure_enumeration import best_reply_mask
from strategy.solving import checked_solver, solve

__all__ = ["CODE", "LATE", "STATUSES", "Finder", "GamesPart", "finder_of", "left"]

Floats = NDArray[np.float64]
STATUSES = tuple(Status)
CODE = {status: code for code, status in enumerate(STATUSES)}
# actions of two players up to which the search for all equilibria needs nothing before it
_TOGETHER = 40
LATE = "stopped at the limit of seconds"
_SMALLEST = 5e-324  # what is too small for a float is still not zero


@attrs.frozen(eq=False)
class GamesPart:
    """What is found in some games.

    How many equilibria each has, all of them one below the other, and each game's status.
    """

    counts: NDArray[np.int64]
    vectors: tuple[Floats, ...]
    codes: NDArray[np.uint8]
    exactly: NDArray[np.bool_]
    reason: str = ""
    seconds: float = 0.0

    @classmethod
    def nothing(cls, games: int, shape: Sequence[int], reason: str = "") -> GamesPart:
        """Games that were not come to.

        ``games``: how many; ``shape``: of each; ``reason``: why, in words.
        """
        codes = np.full(games, CODE[Status.STOPPED], dtype=np.uint8)
        vectors = tuple([np.empty((0, size)) for size in shape])
        return cls(
            np.zeros(games, dtype=np.int64),
            vectors,
            codes,
            np.zeros(games, dtype=bool),
            reason,
        )

    def with_left(self, games: int) -> GamesPart:
        """The same with so many games behind it that were not come to.

        As the time was over.
        """
        if not games:
            return self
        rest = GamesPart.nothing(games, [one.shape[1] for one in self.vectors])
        join = [
            np.concatenate([mine, others])
            for mine, others in zip(self._each_game, rest._each_game, strict=True)
        ]
        return GamesPart(join[0], self.vectors, join[1], join[2], LATE)

    @property
    def _each_game(self) -> tuple[NDArray[Any], ...]:
        return self.counts, self.codes, self.exactly


Finder = Callable[[NormalFormGames, int, Limits], GamesPart]
"""Solves a piece: the games, the number of the first, and when to stop."""


def left(limits: Limits) -> Limits:
    """Limits for a piece of work that may begin later, and elsewhere.

    ``limits``: those of the whole.
    """
    return (
        Limits()
        if limits.deadline is None
        else Limits(seconds=max(0.0, limits.deadline - time.monotonic()))
    )


def finder_of(form: NormalForm, concept: Concept) -> tuple[Finder, float, bool]:
    """How games of a form are solved, and how far off probabilities may be.

    It also says whether that is work for threads, which releases the lock. Raises
    RefusalError if they are not solved. ``concept``: under which.
    """
    nothing = np.broadcast_to(np.zeros((), dtype=np.int8), form.shape)
    solver = checked_solver(
        NormalFormGame(form, (nothing,) * len(form.players)), concept, None
    )
    if isinstance(concept, PureNash) and not concept.undominated:
        return _pure, 0.0, False
    if (
        isinstance(solver, CandidatesFirst)
        and len(form.shape) == 2
        and sum(form.shape) <= _TOGETHER
    ):
        return _bimatrix, 1e-11, True
    if isinstance(concept, LogitQuantalResponse):
        return partial(_logit, concept), 1e-9, True
    return partial(_one_by_one, concept), 1e-15, False


def _pure(games: NormalFormGames, first: int, limits: Limits) -> GamesPart:
    mask = best_reply_mask(games.tables, 1)
    counts = np.count_nonzero(mask.reshape(len(games), -1), axis=1)
    vectors = []
    for size, chosen in zip(games.form.shape, np.nonzero(mask)[1:], strict=True):
        vectors.append(np.zeros((len(chosen), size)))
        vectors[-1][np.arange(len(chosen)), chosen] = 1.0
    codes = np.where(counts > 0, CODE[Status.COMPLETE], CODE[Status.NONE_EXISTS]).astype(
        np.uint8
    )
    return GamesPart(counts, tuple(vectors), codes, np.zeros(len(games), dtype=bool))


def _bimatrix(games: NormalFormGames, first: int, limits: Limits) -> GamesPart:
    from strategy.solvers.bimatrix.batch import many

    A, B = games.tables
    found = many(A, B, limits.check)
    done = GamesPart(
        np.diff(found.offsets),
        (found.x, found.y),
        np.full(len(found), CODE[Status.COMPLETE], np.uint8),
        found.exactly,
    )
    return done.with_left(len(games) - len(found))


def _logit(
    concept: LogitQuantalResponse, games: NormalFormGames, first: int, limits: Limits
) -> GamesPart:
    from strategy.solvers._logit_batch import responses

    vectors, proved = responses(
        games.tables, float(min(concept.rationality, Fraction(10**300))), limits.check
    )
    codes = np.full(len(games), CODE[Status.PARTIAL], dtype=np.uint8)
    part = GamesPart(
        proved.astype(np.int64),
        tuple([one[proved] for one in vectors]),
        codes,
        np.zeros(len(games), dtype=bool),
    )
    return (
        part
        if proved.all()
        else _by_solve(part, np.flatnonzero(~proved), games, first, concept, limits)
    )


def _one_by_one(
    concept: Concept, games: NormalFormGames, first: int, limits: Limits
) -> GamesPart:
    return _by_solve(
        GamesPart.nothing(len(games), games.form.shape),
        np.arange(len(games)),
        games,
        first,
        concept,
        limits,
    )


def _by_solve(
    part: GamesPart,
    numbers: NDArray[np.int64],
    games: NormalFormGames,
    first: int,
    concept: Concept,
    limits: Limits,
) -> GamesPart:
    """A part in which some games have no equilibria yet.

    It is returned with these games solved one by one.
    """
    ends, places = np.cumsum(part.counts), list[int]()
    counts = part.counts.copy()
    codes = part.codes.copy()
    exactly = part.exactly.copy()
    codes[numbers], reason = CODE[Status.STOPPED], ""
    rows: list[list[list[float]]] = [[] for _ in part.vectors]
    for number in numbers.tolist():
        try:
            solution = solve(games.game(number), concept, limits=left(limits))
        except StrategyError as problem:
            raise type(problem)(f"game {first + number}: {problem}") from None
        counts[number] = len(solution)
        codes[number] = CODE[solution.status]
        exactly[number] = True
        places += [int(ends[number])] * len(solution)
        for one in solution:
            for side, weights in zip(rows, one.profile.strategies.values(), strict=True):
                side.append(
                    [
                        float(weight) or (0.0 if weight == 0 else _SMALLEST)
                        for weight in weights.values()
                    ]
                )
        if solution.status is Status.STOPPED:
            reason = solution.reason
            break
    vectors = [
        np.insert(one, places, np.array(side).reshape(len(side), one.shape[1]), axis=0)
        for one, side in zip(part.vectors, rows, strict=True)
    ]
    return GamesPart(counts, tuple(vectors), codes, exactly, reason)
