"""How long people wait before anything happens: whole processes, from start to end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.children import ROOT
from tests.benchmarks.measuring import Effort, Row, Target, side_by_side

__all__ = ["rows"]


def rows(effort: Effort) -> Iterator[Row]:
    """The interpreter alone, ``import strategy``, ``strategy --help``, in turn."""
    group = "From the start of a process to its end"
    python = [sys.executable, "-c"]
    commands = {
        "python -c pass": [*python, "pass"],
        "python -c 'import strategy'": [*python, "import strategy"],
    }
    targets = {"python -c 'import strategy'": (Target("seconds", most=0.1),)}
    shown = "strategy --help"
    command = console_script()
    if command is not None:
        commands[shown] = [command, "--help"]
        targets[shown] = (Target("seconds", most=0.4),)
    times = side_by_side(
        {name: _run(command) for name, command in commands.items()}, effort
    )
    for name, one in times.items():
        yield Row.of(group, name, one, first=None, targets=targets.get(name, ()))
    if command is None:
        yield Row(
            group=group,
            name=shown,
            note="the console script is not installed: pip install --editable .",
        )


def console_script() -> str | None:
    """Where ``strategy`` is: beside the interpreter that runs this, or on the path; None if
    it is not installed."""
    beside = Path(sys.executable).with_name("strategy")
    return str(beside) if beside.exists() else shutil.which("strategy")


def _run(command: list[str]) -> Callable[[], Callable[[], Any]]:
    # A plain terminal of a fixed width, so that the same is printed everywhere.
    environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", "TERM": "dumb"}

    def work() -> None:
        subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    return lambda: work
