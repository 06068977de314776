"""Work that needs a process of its own: for its peak memory, under a time limit, or with nothing compiled or loaded before."""

from __future__ import annotations

import importlib
import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["ROOT", "TooSlow", "in_child", "peak_memory"]

ROOT = Path(__file__).resolve().parents[2]


class TooSlow(Exception):
    """The child did not end within its time."""


def in_child(job: str, *arguments: Any, limit: float = 600, environment: Mapping[str, str] | None = None) -> Any:
    """What ``job`` ("module:function", arguments and result as JSON holds them) returns in a fresh process.

    Raises TooSlow after ``limit`` seconds, RuntimeError with the child's complaint if it fails.
    """
    command = [sys.executable, "-W", "error", "-m", __name__, job, json.dumps(arguments)]
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
        # Not getrusage: on Linux a child's figure starts from what its parent held when it was started.
        with open("/proc/self/status", encoding="ascii") as lines:
            for line in lines:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    """The child's side."""
    job, arguments = sys.argv[1:]
    module, _, function = job.partition(":")
    print(json.dumps(getattr(importlib.import_module(module), function)(*json.loads(arguments))))


if __name__ == "__main__":
    main()
