"""Ten million parameter values swept to the disk: in one process, in two, on a local Dask
cluster; each in a fresh process."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from strategy.executors import dask_cluster, local_processes
from tests.benchmarks.children import in_child, peak_memory
from tests.benchmarks.measuring import Effort, Row, Target
from tests.benchmarks.models import CASES

__all__ = ["rows"]

NAME = "corridor.activation, pure Nash"
ROUNDS = 3  # of all places in turn: the times of disks and shared machines drift
PLACES = ("one process", "two processes", "two workers of a local Dask cluster")


def _executor(place: str, stack: ExitStack) -> Any:
    if place == PLACES[0]:
        return None
    if place == PLACES[1]:
        made: AbstractContextManager[Any] = local_processes(2)
    else:
        from distributed import LocalCluster

        cluster = stack.enter_context(
            LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
        )
        made = dask_cluster(cluster.scheduler_address)
    return stack.enter_context(made)


def measure(place: str, samples: int) -> dict[str, Any]:
    """Seconds of wall time and of processor time of all processes, rows on the disk, and
    the most memory that a process held. Workers are started and warmed by a small sweep
    before the clock runs."""
    import psutil

    from strategy.sensitivity import sweep

    case, folder = (
        CASES[NAME],
        Path(tempfile.mkdtemp(dir=os.environ.get("STRATEGY_BENCH_DIR"))),
    )
    asked = (case.model, case.concept, case.outcome)
    warnings.simplefilter("ignore")  # what Dask warns of is its own affair
    try:
        with ExitStack() as stack:
            executor = _executor(place, stack)
            sweep(*asked, 40_000, folder / "warm", executor=executor)
            family = [psutil.Process(), *psutil.Process().children(recursive=True)]
            before = sum([sum(one.cpu_times()[:2]) for one in family])
            start = time.perf_counter()
            found = sweep(*asked, samples, folder / "swept", seed=1, executor=executor)
            seconds = time.perf_counter() - start
            spent = sum([sum(one.cpu_times()[:2]) for one in family]) - before
            peak = max([_peak(one.pid) for one in family])
        size = sum([one.stat().st_size for one in found.files])
        return {
            "seconds": seconds,
            "processor": spent,
            "peak": peak,
            "rows": found.rows,
            "size": size,
        }
    finally:
        shutil.rmtree(folder)


def _peak(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as lines:
            return next(
                int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")
            )
    except (OSError, StopIteration):
        return peak_memory()


def rows(effort: Effort) -> Iterator[Row]:
    """Each place; two processes are held against one, the cluster against two processes."""
    samples = 40_000 if effort.smoke else 10_000_000
    group = f"{samples:,} samples of the range box drawn, classified and written as Parquet"
    if find_spec("distributed") is None or find_spec("pyarrow") is None:
        yield Row(group=group, name=NAME, note="not installed: pip install '.[sweep]'")
        return
    seconds: dict[str, float] = {}
    # One thread of linear algebra everywhere, so that one process is one processor.
    run = partial(
        in_child,
        f"{__name__}:measure",
        limit=1800,
        environment={"OPENBLAS_NUM_THREADS": "1"},
    )
    places = PLACES[: 2 if effort.smoke else 3]
    rounds = [
        [run(place, samples) for place in places]
        for _ in range(1 if effort.smoke else ROUNDS)
    ]
    for place, several in zip(places, zip(*rounds, strict=True), strict=True):
        found = sorted(several, key=lambda one: float(one["seconds"]))[len(several) // 2]
        seconds[place] = found["seconds"]
        yield Row(
            group=group,
            name=place,
            seconds=found["seconds"],
            fastest=min([one["seconds"] for one in several]),
            peak=found["peak"],
            **_against(place, seconds),
            note=(
                f"{found['processor']:.1f} s of processor time, "
                f"{found['size'] / 2**20:,.0f} MiB"
            ),
        )


def _against(place: str, seconds: dict[str, float]) -> dict[str, Any]:
    memory = Target("peak", most=2**30)
    if place == PLACES[0]:
        return {"targets": (memory,)}
    if place == PLACES[1]:
        ratio = seconds[PLACES[0]] / seconds[place]
        targets = (Target("seconds", most=60), memory, Target("ratio", least=1.7))
        return {"ratio": ratio, "ratio_of": "times as fast as one", "targets": targets}
    ratio = seconds[place] / seconds[PLACES[1]]
    return {
        "ratio": ratio,
        "ratio_of": "times the time of two processes",
        "targets": (memory, Target("ratio", most=1.3)),
    }
