"""Games drawn by Hypothesis: how long ten thousand of them take, all kinds in equal parts, and each kind by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from strategy.generators import ALL
from tests.benchmarks.measuring import Effort, Row, Target

__all__ = ["rows"]

GAMES = 10_000


def drawn(kind: str, count: int) -> tuple[int, float]:
    """How many games of a kind were drawn, and the seconds that it took; Hypothesis sorts and counts them as in a test."""
    games = 0

    @settings(max_examples=count, phases=[Phase.generate], database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ALL[kind]())
    def take(game: Any) -> None:
        nonlocal games
        games += 1

    start = time.perf_counter()
    take()
    return games, time.perf_counter() - start


def rows(effort: Effort) -> Iterator[Row]:
    """One row for all kinds together, then one a kind."""
    group = "Games drawn by Hypothesis"
    each = -(-(50 * len(ALL) if effort.smoke else GAMES) // len(ALL))
    for kind in ALL:
        drawn(kind, 5)
    measured = {kind: drawn(kind, each) for kind in ALL}
    total = sum(count for count, _ in measured.values())
    seconds = sum(spent for _, spent in measured.values())
    yield Row(group=group, name=f"{total:,} games of {len(ALL)} kinds", seconds=seconds, targets=(Target("seconds", most=60),))
    for kind, (count, spent) in measured.items():
        yield Row(group=group, name=f"  {count:,} {kind}", seconds=spent)
