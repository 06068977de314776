"""solve_many(): thousands of games of one form, from arrays to arrays.

Each answer is that of solve().
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from functools import cached_property
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.concepts.reading import require_concept
from strategy.display import count_text, progress_bar
from strategy.errors import RefusalError
from strategy.executors import local_threads
from strategy.forms.stacks import NormalFormGames
from strategy.protocols import Concept
from strategy.results import Solution
from strategy.solvers.protocol import Limits
from strategy.solving import solve
from strategy.solving_many._finding import STATUSES, GamesPart, finder_of
from strategy.solving_many._pieces import Serial, Work

__all__ = ["Solutions", "solve_many"]

Floats = NDArray[np.float64]


@attrs.frozen(eq=False, repr=False)
class Solutions:
    """The equilibria of many games as arrays.

    Those of game g of ``games`` under ``concept`` are the rows ``offsets[g]`` to
    ``offsets[g + 1]`` of ``vectors``: for each player an array of shape (equilibria,
    actions), probabilities at most ``within`` off; they are zero where the action is not
    used, and nowhere else, and that is proved. ``codes``: what is proved of each game's
    set, as a number; ``exactly``: which games were left to solve(). ``reason``: why the
    work ended before its end, if it did. Equilibria of a game come in the order of solve().
    """

    games: NormalFormGames
    concept: Concept
    offsets: NDArray[np.int64]
    vectors: tuple[Floats, ...]
    exactly: NDArray[np.bool_]
    within: float
    reason: str
    _codes: NDArray[np.uint8]

    @cached_property
    def statuses(self) -> NDArray[Any]:
        """What is proved about each game: an object array of Status.

        STOPPED for the games not come to.
        """
        found: NDArray[Any] = np.array(STATUSES, dtype=object)[self._codes]
        return found

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many equilibria of each game were found."""
        return np.diff(self.offsets)

    @property
    def numbers(self) -> NDArray[np.int64]:
        """The number of the game to which each row of ``vectors`` belongs."""
        return np.repeat(np.arange(len(self)), self.counts)

    @property
    def supports(self) -> tuple[NDArray[np.bool_], ...]:
        """For each player which actions are used: shape (equilibria, actions)."""
        return tuple([one > 0 for one in self.vectors])

    def exact(self, number: int) -> Solution:
        """The solution of the game of this ``number`` by solve().

        It comes with exact probabilities, certificates and components.
        """
        return solve(self.games.game(number), self.concept)

    def __len__(self) -> int:
        return len(self.games)

    def __getitem__(self, number: int) -> tuple[Floats, ...]:
        """The equilibria of one game.

        For each player there is an array of shape (equilibria, actions).
        """
        place = range(len(self))[number]
        rows = slice(int(self.offsets[place]), int(self.offsets[place + 1]))
        return tuple([one[rows] for one in self.vectors])

    def __iter__(self) -> Iterator[tuple[Floats, ...]]:
        return (self[number] for number in range(len(self)))

    def __repr__(self) -> str:
        told = np.bincount(self._codes, minlength=len(STATUSES))
        parts = [
            f"{count:,} {status.name}"
            for status, count in zip(STATUSES, told.tolist(), strict=True)
            if count
        ]
        found = int(self.offsets[-1])
        ends = (
            f"game{'' if len(self) == 1 else 's'}",
            f"equilibri{'um' if found == 1 else 'a'}",
        )
        told_of = f"{count_text(len(self))} {ends[0]}" + (": " if parts else "")
        return (
            f"Solutions({self.concept}; {told_of}{', '.join(parts)}; {count_text(found)} "
            f"{ends[1]} listed)"
        )


def solve_many(
    arrays: Sequence[Any],
    concept: Concept | None = None,
    executor: Executor | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, so safe to share
    *,
    players: Sequence[str] | None = None,
    actions: Sequence[Sequence[str]] | None = None,
    piece: int | None = None,
) -> Solutions:
    """All equilibria of many games of one form, as far as solve() proves them of one.

    ``arrays``: for each player payoffs of shape (games, actions of player 0, actions of
    player 1, ...). Pure Nash equilibria, all Nash equilibria of two players and logit
    quantal responses go through compiled code in floats with proofs, and only what these do
    not settle through solve(); so do other concepts and games, one by one. ``executor``:
    any of ``concurrent.futures``, for pieces of ``piece`` games (None: as many as take a
    fifth of a second); None to do them here, compiled code in a thread a processor. The
    answers are the same. An interrupt or ``limits.seconds`` ends the work and keeps what is
    done; the other games are STOPPED.

    Raises RefusalError if the concept does not take such games, GameError, NumberError or
    SizeError on arrays that do not fit.
    """
    _check_options(executor, limits, piece)
    concept = require_concept(concept, arrays if hasattr(arrays, "certify") else None)
    if hasattr(concept, "read"):
        raise RefusalError(
            f"solve_many lists pure and mixed profiles, and {concept} judges something "
            "else: use solve() for each game"
        )
    running = limits.started()
    games = NormalFormGames.from_arrays(arrays, players=players, actions=actions)
    finder, within, threads = finder_of(games.form, concept)
    work = Work(games, finder, running, piece)
    here = (
        local_threads()
        if executor is None and threads and len(games) > work.size
        else nullcontext(executor)
    )
    with progress_bar("solving games", len(games)) as progress, here as chosen:
        reason = work.run(Serial() if chosen is None else chosen, progress)
    return _joined(games, concept, work.parts(), within, reason)


def _check_options(executor: Any, limits: Any, piece: Any) -> None:
    if executor is not None and not isinstance(executor, Executor):
        raise RefusalError(
            f"executor={executor!r}: give a concurrent.futures.Executor, or None to solve "
            "here"
        )
    if piece is not None and (
        isinstance(piece, bool) or not isinstance(piece, int) or piece < 1
    ):
        raise RefusalError(
            f"piece={piece!r}: give how many games are solved at a time, a positive "
            "integer, or None"
        )
    if not isinstance(limits, Limits) or limits.count is not None:
        raise RefusalError(
            f"limits={limits!r}: give Limits(seconds=...); a count is for the equilibria "
            "of one game"
        )


def _joined(
    games: NormalFormGames,
    concept: Concept,
    parts: Sequence[GamesPart],
    within: float,
    reason: str,
) -> Solutions:
    offsets = np.concatenate(
        [[0], np.cumsum(np.concatenate([one.counts for one in parts]))]
    )
    vectors = tuple(
        [np.concatenate(rows) for rows in zip(*[one.vectors for one in parts], strict=True)]
    )
    codes, exactly = (
        np.concatenate([getattr(one, name) for one in parts])
        for name in ("codes", "exactly")
    )
    for array in (offsets, *vectors, codes, exactly):
        array.flags.writeable = False
    return Solutions(games, concept, offsets, vectors, exactly, within, reason, codes)
