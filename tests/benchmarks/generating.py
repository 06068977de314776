"""Games drawn by Hypothesis: how long ten thousand of them take, all kinds in equal parts,
and each kind by itself.

How many games are of their kind is looked at afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from strategy.generators import ALL
from tests._kinds import LEAST, PROPERTIES
from tests.benchmarks.measuring import Effort, Row, Target

__all__ = ["rows"]

GAMES = 10_000


def drawn(kind: str, count: int) -> tuple[list[Any], float]:
    """Games of a kind, and the seconds that drawing them took; Hypothesis sorts and counts
    them as in a test."""
    games: list[Any] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(ALL[kind]())
    def take(game: Any) -> None:
        games.append(game)

    start = time.perf_counter()
    take()
    return games, time.perf_counter() - start


def rows(effort: Effort) -> Iterator[Row]:
    """One row for all kinds together, then one a kind, with the share of its games that
    have its property."""
    group = "Games drawn by Hypothesis"
    each = -(-(50 * len(ALL) if effort.smoke else GAMES) // len(ALL))
    for kind in ALL:
        drawn(kind, 5)
    measured = {kind: drawn(kind, each) for kind in ALL}
    total = sum(len(games) for games, _ in measured.values())
    seconds = sum(spent for _, spent in measured.values())
    yield Row(
        group=group,
        name=f"{total:,} games of {len(ALL)} kinds",
        seconds=seconds,
        targets=(Target("seconds", most=60),),
    )
    for kind, (games, spent) in measured.items():
        share = sum(bool(PROPERTIES[kind](game)) for game in games) / len(games)
        yield Row(
            group=group,
            name=f"  {len(games):,} {kind}",
            seconds=spent,
            ratio=share,
            ratio_of="share of the kind",
            targets=(Target("ratio", least=LEAST.get(kind, 1)),),
        )
