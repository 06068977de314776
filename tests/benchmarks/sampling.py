"""A million values of all parameters of a corridor model, drawn from their ranges and
classified by verdict."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import numpy as np

from strategy import NormalForm
from strategy.sensitivity import Verdict, shares, verdict
from strategy.sensitivity.samples.shares import draw
from tests.benchmarks.children import in_child, peak_memory
from tests.benchmarks.measuring import Effort, Row, Target, Times, side_by_side
from tests.benchmarks.models import CASES, cases

__all__ = ["rows"]

WANTED = "corridor.activation, pure Nash"  # what the targets are about
ONE_BY_ONE = 300  # samples that the slow way is measured on


def measure(name: str, samples: int, seconds: float, least: int) -> dict[str, Any]:
    """In a process of its own: times of ``shares``, of bare NumPy where there is a table of
    gains, of one verdict a sample."""
    case = CASES[name]
    model, concept, outcome = case.model, case.concept, case.outcome
    # what is compiled, or read from the cache, is measured apart
    shares(model, concept, outcome, samples=1)
    kept = []
    works: dict[str, Callable[[], Callable[[], Any]]] = {
        "shares": lambda: (
            lambda: kept.append(shares(model, concept, outcome, samples=samples))
        )
    }
    if isinstance(model.form, NormalForm):
        works["bare"] = lambda: lambda: bare(model, samples)
    times = side_by_side(works, Effort(seconds=seconds, least=least))
    peak = peak_memory()
    drawn = draw(model, min(samples, ONE_BY_ONE), seed=1).tolist()
    start = time.perf_counter()
    for row in drawn:
        verdict(model, concept, outcome, at=dict(zip(model.parameters, row, strict=True)))
    single = (time.perf_counter() - start) / len(drawn) * samples
    counts = {one.name: count for one, count in kept[0].counts.items()}
    return {
        **{name: attrs.asdict(one) for name, one in times.items()},
        "peak": peak,
        "single": single,
        "redone": kept[0].redone,
        "counts": counts,
    }


def bare(model: Any, samples: int) -> int:
    """Draw as many numbers, multiply by a matrix of as many columns as the model has
    distinct gains, count signs."""
    from strategy.assumptions.gains import gains_of

    rng, block = np.random.default_rng(0), 2**14
    width, columns = len(model.parameters), len(gains_of(model).polynomials)
    slopes, positive = rng.standard_normal((width, columns)), 0
    for start in range(0, samples, block):
        positive += int(
            np.count_nonzero(rng.random((min(block, samples - start), width)) @ slopes > 0)
        )
    return positive


def rows(effort: Effort) -> Iterator[Row]:
    """Each model and concept in a process of its own; then what compiling takes."""
    samples = 2_000 if effort.smoke else 1_000_000
    group = (
        f"{samples:,} samples of the range box, drawn and classified, a thread a processor"
    )
    for name in cases(effort):
        found = in_child(f"{__name__}:measure", name, samples, effort.seconds, effort.least)
        times = Times(found["shares"]["first"], tuple(found["shares"]["warm"]))
        counts = ", ".join(
            f"{Verdict[one]} {count / samples:.1%}"
            for one, count in found["counts"].items()
            if count
        )
        yield Row.of(
            group,
            name,
            times,
            first=None,
            peak=found["peak"],
            ratio=found["single"] / times.median,
            ratio_of="times as fast as one by one",
            targets=(Target("seconds", most=3), Target("peak", most=2**31))
            if name == WANTED
            else (),
            note=f"{counts}; {found['redone']:,} decided again exactly",
        )
        if "bare" in found:
            floor = Times(found["bare"]["first"], tuple(found["bare"]["warm"]))
            yield Row.of(group, "  bare NumPy: draw, multiply, compare", floor, first=None)
    if not effort.smoke:
        yield from _compiling(group)


def first_call(name: str) -> dict[str, float]:
    """Seconds of the first call in a process, for one sample, and of the second."""
    case = CASES[name]
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        shares(case.model, case.concept, case.outcome, samples=1)
        seconds.append(time.perf_counter() - start)
    return {"first": seconds[0], "second": seconds[1]}


def _compiling(group: str) -> Iterator[Row]:
    """What the first call in a process takes, for one sample, with and without Numba's
    cache."""
    with tempfile.TemporaryDirectory() as folder:
        for name in (
            "first call ever, compiling",
            "first call in a process, compiled before",
        ):
            found = in_child(
                f"{__name__}:first_call",
                next(iter(CASES)),
                environment={"NUMBA_CACHE_DIR": folder},
            )
            yield Row(
                group=group,
                name=f"one sample: {name}",
                seconds=found["second"],
                first=found["first"],
            )
