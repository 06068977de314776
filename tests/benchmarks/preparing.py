"""What Nash() does before the search: dominance by mixtures, round by round, and the
programme of a zero-sum game."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from strategy import NormalFormGame, Status, solve
from strategy.concepts import Nash
from strategy.concepts.dominance import eliminate_strictly_by_mixtures
from tests.benchmarks.measuring import Effort, Row, Target, timed

__all__ = ["rows"]


def travellers(most: int) -> NormalFormGame:
    """The traveller's dilemma (Basu 1994): claims from 2 on, reward 2."""
    claims = np.arange(2, most + 1)
    paid = np.minimum(claims[:, None], claims) + 2 * np.sign(claims - claims[:, None])
    return NormalFormGame.from_arrays(paid, paid.T)


def zero_sum(n: int) -> NormalFormGame:
    """Whole payoffs from -100 to 100."""
    A = np.random.default_rng(0).integers(-100, 101, (n, n))
    return NormalFormGame.from_arrays(A, -A)


def complete(game: NormalFormGame) -> None:
    """Solved, and proved to be all."""
    assert solve(game, Nash()).status is Status.COMPLETE


def rows(effort: Effort) -> Iterator[Row]:
    """The traveller's dilemma by either way, and a zero-sum game."""
    most, large, n = (20, 30, 20) if effort.smoke else (100, 300, 100)
    dilemma, larger, duel = travellers(most), travellers(large), zero_sum(n)
    works: dict[str, tuple[Callable[[], Any], float]] = {
        f"traveller's dilemma, claims to {most}: elimination": (
            partial(eliminate_strictly_by_mixtures, dilemma),
            2.0,
        ),
        f"traveller's dilemma, claims to {most}: solve": (partial(complete, dilemma), 2.0),
        f"traveller's dilemma, claims to {large}: solve": (partial(complete, larger), 6.0),
        f"{n} x {n}, zero-sum: solve": (partial(complete, duel), 1.0),
    }
    for name, (work, limit) in works.items():
        times = timed(work, effort)
        targets = (Target("seconds", most=limit),)
        group = "What Nash() does before the search"
        yield Row(
            group=group,
            name=name,
            seconds=times.median,
            fastest=times.fastest,
            first=times.first,
            targets=targets,
        )
