"""Planted statements: how long the false ones take to be refuted, and how long the true
ones are searched that nothing proves."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from statistics import median

from strategy.checking import Result, rule
from tests._planted import FALSE, TRUE, Planted
from tests.benchmarks.measuring import Effort, Row, Target

__all__ = ["rows"]

EXAMPLES = 10_000
LIMIT = 10
"""Seconds within which a false statement is to be refuted."""


def ruled(one: Planted, examples: int, limit: float) -> tuple[Result, float]:
    """What is found of a statement, and the seconds that it took."""
    start = time.perf_counter()
    found = rule(one.statement, one.model, examples=examples, seconds=limit)
    return found.result, time.perf_counter() - start


def _rows(
    group: str, what: str, times: dict[str, float], *targets: Target
) -> Iterator[Row]:
    slowest = max(times, key=times.__getitem__)
    name = f"{len(times)} {what}: the slowest"
    yield Row(group=group, name=name, seconds=times[slowest], targets=targets, note=slowest)
    yield Row(group=group, name="  the median", seconds=median(times.values()))


def rows(effort: Effort) -> Iterator[Row]:
    """The slowest and the median refutation, then the same of what is true and not proved,
    in 10,000 examples."""
    group = "Planted statements, refuted or searched"
    false: Sequence[Planted] = FALSE[::8] if effort.smoke else FALSE
    # at full size some minutes: all that is not proved is searched
    true: Sequence[Planted] = TRUE[::8] if effort.smoke else TRUE
    examples = 20 if effort.smoke else EXAMPLES
    ruled(FALSE[0], 1, LIMIT)
    refuted, proved, searched = {}, {}, {}
    for one in false:
        result, seconds = ruled(one, EXAMPLES, LIMIT)
        if result is not Result.REFUTED:
            raise AssertionError(f"{one.label}: is false, and {result}")
        refuted[one.label] = seconds
    for one in true:
        result, seconds = ruled(one, examples, 60 * LIMIT)
        if result not in (Result.PROVED, Result.NOT_REFUTED):
            raise AssertionError(f"{one.label}: is true, and {result}")
        (proved if result is Result.PROVED else searched)[one.label] = seconds
    yield from _rows(
        group, "false statements, refuted", refuted, Target("seconds", most=LIMIT)
    )
    yield from _rows(group, "true statements, proved", proved)
    yield from _rows(
        group, f"true statements that are not proved, {examples:,} examples each", searched
    )
