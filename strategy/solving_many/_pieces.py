"""Work cut into pieces for an executor.

Handed out in order, kept when done, ended by a limit or an interrupt.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, TypeVar

import attrs

from strategy.deadline import until
from strategy.executors import available_memory
from strategy.forms.stacks import NormalFormGames
from strategy.solvers.protocol import Limits, OutOfTime
from strategy.solving_many._finding import LATE, Finder, GamesPart, left

__all__ = ["Serial", "Work"]

R = TypeVar("R")
# games of the first piece, what a piece may take, and its largest size
_FIRST = 512
_SECONDS = 0.2
_BYTES = 2**26
_INTERRUPTED = "interrupted"


class Serial(Executor):
    """Does what it is given at once.

    The serial path is the parallel one with this executor.
    """

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """The result, in a future that is done. An interrupt goes on to the caller.

        ``fn``: what is called, with ``args`` and ``kwargs``.
        """
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future


class Work:
    """Games solved piece by piece: pieces are handed out in order, and what is done stays."""

    def __init__(
        self, games: NormalFormGames, finder: Finder, limits: Limits, piece: int | None
    ) -> None:
        self.games, self.finder, self.limits = games, finder, limits
        entries = max(1, sum([table[:1].size for table in games.tables]))
        self.most = piece or max(1, _BYTES // (8 * entries))
        self.least = piece or 1
        # Of a piece that is cut short nothing is kept.
        first = (
            _FIRST
            if limits.deadline is None
            else max(1, min(_FIRST // 32, 2_000 // entries))
        )
        self.size = min(piece or first, self.most)
        self.given: list[tuple[int, int, Future[GamesPart]]] = []
        self.begin = self.bytes = 0
        self.ahead = 1  # pieces under way at once

    def run(self, executor: Executor, progress: Callable[[int], None]) -> str:
        """Solve all, or give the reason why not.

        ``executor``: what runs it; ``progress``: called with how many games are done.
        """
        self.ahead = 1 if isinstance(executor, Serial) else 2 * (os.cpu_count() or 1)
        place = 0
        try:
            while self.begin < len(self.games) or place < len(self.given):
                while self.begin < len(self.games) and len(self.given) - place < self.ahead:
                    self._give(executor)
                begin, end, future = self.given[place]
                part = future.result()
                reason = part.reason or self._too_large(part)
                if reason:
                    return reason
                place += 1
                progress(end)
                wanted = int(_SECONDS * (end - begin) / max(part.seconds, 1e-6))
                self.size = max(self.least, min(wanted, 4 * self.size, self.most))
        except OutOfTime:
            return LATE
        except KeyboardInterrupt:
            return _INTERRUPTED
        except BrokenExecutor as broken:
            return f"the executor broke: {broken}"
        finally:
            for _, _, future in self.given[place:]:
                future.cancel()
        return ""

    def _give(self, executor: Executor) -> None:
        self.limits.check()
        begin, rest = self.begin, len(self.games) - self.begin
        # so that none waits for one long piece at the end
        fair = max(self.least, min(_FIRST, self.most), -(-rest // self.ahead))
        end = begin + min(self.size, fair, rest)
        future = executor.submit(
            _solved, self.games.part(begin, end), begin, self.finder, left(self.limits)
        )
        self.given.append((begin, end, future))
        self.begin = end

    def _too_large(self, part: GamesPart) -> str:
        """Why the work ends because of its size: at the end all results are held twice."""
        self.bytes += sum([one.nbytes for one in part.vectors])
        if self.bytes < _BYTES or self.bytes < available_memory():
            return ""
        return (
            f"{self.bytes / 2**30:.1f} GiB of equilibria leave no memory for more: give "
            "the games in parts, one call for each part"
        )

    def parts(self) -> list[GamesPart]:
        """What is done, for all games in order."""
        shape, found = self.games.form.shape, []
        for begin, end, future in self.given:
            done = future.done() and not future.cancelled() and future.exception() is None
            found.append(future.result() if done else GamesPart.nothing(end - begin, shape))
        return [*found, GamesPart.nothing(len(self.games) - self.begin, shape)]


def _solved(
    games: NormalFormGames, first: int, finder: Finder, limits: Limits
) -> GamesPart:
    """One piece of work; ``first``: the number of its first game."""
    begin = time.perf_counter()
    try:
        running = limits.started()
        with until(running.deadline):
            part = finder(games, first, running)
    except OutOfTime:
        part = GamesPart.nothing(len(games), games.form.shape, LATE)
    except KeyboardInterrupt:
        part = GamesPart.nothing(len(games), games.form.shape, _INTERRUPTED)
    return attrs.evolve(part, seconds=time.perf_counter() - begin)
