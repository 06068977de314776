"""Exact maps over two assumptions, and thresholds of all of them, for each corridor model."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial

from strategy.sensitivity import Regions, Thresholds, regions, thresholds, verdict
from tests.benchmarks.children import in_child
from tests.benchmarks.measuring import Effort, Row, Target, timed
from tests.benchmarks.models import CASES, cases

__all__ = ["rows"]

GRID = 101 * 101


def map_of(name: str) -> Regions:
    """The map that the model is shown by."""
    case = CASES[name]
    return regions(case.model, case.concept, case.outcome, *case.focus)


def thresholds_of(name: str) -> list[Thresholds]:
    """The thresholds of every parameter, the others at their baselines."""
    case = CASES[name]
    return [thresholds(case.model, case.concept, case.outcome, label) for label in case.model.parameters]


def first_call(name: str, function: str) -> float:
    """Seconds of the first call in a process, once everything is imported."""
    work = {"map_of": map_of, "thresholds_of": thresholds_of}[function]
    start = time.perf_counter()
    work(name)
    return time.perf_counter() - start


def on_a_grid(name: str, points: int) -> float:
    """Seconds for the verdict at every point of a 101 x 101 grid, measured on a few: a map without exact cells."""
    case = CASES[name]
    x, y = (case.model.parameters[label] for label in case.focus)
    start = time.perf_counter()
    for i in range(points):
        values = x.low + (x.high - x.low) * i / points, y.low + (y.high - y.low) * (points - i) / points
        verdict(case.model, case.concept, case.outcome, at=dict(zip(case.focus, values, strict=True)))
    return (time.perf_counter() - start) / points * GRID


def rows(effort: Effort) -> Iterator[Row]:
    """Maps, then thresholds. ``first`` is the first call in a process, before anything about the model is known."""
    group = "Exact maps over two assumptions, and the thresholds of all"
    for name, case in cases(effort).items():
        cells = len(map_of(name).cells)
        times = timed(partial(map_of, name), effort)
        grid = on_a_grid(name, 5 if effort.smoke else 100)
        yield Row.of(
            group,
            f"map, {name}",
            times,
            first=in_child(f"{__name__}:first_call", name, "map_of"),
            ratio=grid / times.median,
            ratio_of="times as fast as 101 x 101 verdicts",
            targets=(Target("seconds", most=2), Target("first", most=2)),
            note=f"{case.focus[0]} by {case.focus[1]}, {cells} cells",
        )
    for name in cases(effort):
        times = timed(partial(thresholds_of, name), effort)
        found = thresholds_of(name)
        yield Row.of(
            group,
            f"thresholds, {name}",
            times,
            first=in_child(f"{__name__}:first_call", name, "thresholds_of"),
            note=f"{len(found)} parameters, {sum(len(one.points) for one in found)} thresholds",
        )
