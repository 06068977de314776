"""Work that needs a process of its own: for its peak memory, under a time limit, or with
nothing compiled or loaded before."""

from __future__ import annotations

import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["ROOT", "TooSlow", "call_to_call", "in_child", "peak_memory"]

ROOT = Path(__file__).resolve().parents[2]


class TooSlow(Exception):
    """The child did not end within its time."""


def in_child(
    job: str,
    *arguments: Any,
    limit: float = 600,
    environment: Mapping[str, str] | None = None,
    python: str = sys.executable,
) -> Any:
    """What ``job`` ("module:function", arguments and result as JSON holds them) returns in
    a fresh process.

    ``python``: the interpreter, which needs no more installed than the job does. Raises
    TooSlow after ``limit`` seconds, RuntimeError with the child's complaint if it fails.
    """
    command = [python, "-W", "error", "-m", __name__, job, json.dumps(arguments)]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        raise TooSlow(f"not done within {limit:g} s") from None
    if done.returncode:
        raise RuntimeError(f"{job} failed in its own process:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def peak_memory() -> int:
    """The most memory that this process ever held, in bytes."""
    try:
        # Not getrusage: on Linux a child's figure starts from what its parent held when it
        # was started.
        with open("/proc/self/status", encoding="ascii") as lines:
            for line in lines:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def call_to_call(
    build: Callable[[int], Any], work: Callable[[Any], int], count: int, seconds: float
) -> dict[str, Any]:
    """In a child: how long ``work`` takes on each of ``count`` things, built outside of the
    clock: of each the median over calls until ``seconds`` have passed, and of these the
    median; the sum of what it returns; and the peak of memory."""
    medians, fastest, found = [], [], 0
    for number in range(count):
        times: list[float] = []
        result = 0
        while not times or (sum(times) < seconds and len(times) < 50):
            thing = build(number)
            start = time.perf_counter()
            result = work(thing)
            times.append(time.perf_counter() - start)
        medians.append(statistics.median(times))
        fastest.append(min(times))
        found += result
    return {
        "seconds": statistics.median(medians),
        "fastest": min(fastest),
        "found": found,
        "peak": peak_memory(),
    }


def main() -> None:
    """The child's side."""
    job, arguments = sys.argv[1:]
    module, _, function = job.partition(":")
    print(
        json.dumps(
            getattr(importlib.import_module(module), function)(*json.loads(arguments))
        )
    )


if __name__ == "__main__":
    main()
