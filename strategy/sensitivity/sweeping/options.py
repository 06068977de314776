"""What a command line says of a sweep: the design, and where the work is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from strategy.errors import StrategyError
from strategy.executors import dask_cluster, local_processes
from strategy.names import unknown
from strategy.sensitivity.samples.designs import (
    Design,
    Grid,
    LatinHypercube,
    SobolPoints,
    UniformSamples,
)
from strategy.sensitivity.samples.user_tables import Rows
from strategy.texts import assignments, shown

__all__ = ["design_of", "place_of", "read_grid"]

_DRAWN: dict[str, Callable[[Any, Any], Design]] = {
    "uniform": UniformSamples,
    "latin-hypercube": LatinHypercube,
    "sobol": SobolPoints,
}


def read_grid(words: Iterable[str]) -> dict[str, Any]:
    """The points of each parameter: "leverage=11" is how many, "leverage=2,5,7.5" which."""
    given = assignments(words, "--grid", "leverage=11")
    return {label: _points(text) for label, text in given.items()}


def _points(text: str) -> Any:
    if not text.isdecimal():
        return [one.strip() for one in text.split(",") if one.strip()]
    try:
        return int(text)
    except ValueError:  # more digits than Python reads
        raise StrategyError(f"{shown(text)}: expected an integer, such as 10") from None


def design_of(
    samples: int | None,
    seed: int,
    kind: str,
    grid: Mapping[str, Any] | None,
    rows: Path | None,
) -> Design:
    """The one design that is described. Raises StrategyError unless there is just one."""
    given = {
        "--samples": samples is not None,
        "--grid": bool(grid),
        "--rows": rows is not None,
    }
    if sum(given.values()) != 1:
        named = (
            " and ".join([option for option, there in given.items() if there]) or "nothing"
        )
        raise StrategyError(
            f"sweep was given {named}: give exactly one of {', '.join(given)}"
        )
    if kind not in _DRAWN:
        raise StrategyError(unknown(kind, _DRAWN, "design"))
    if rows is not None:
        return Rows(rows)
    return Grid(grid) if grid else _DRAWN[kind](samples, seed)


def place_of(
    workers: int | None, dask: str | None
) -> AbstractContextManager[Executor | None]:
    """Where the work is done: in so many processes, on a cluster, or here.

    Raises StrategyError where two places are named.
    """
    if workers is not None and dask is not None:
        raise StrategyError(
            "--workers and --dask: give only one of them, as the work runs either here or "
            "on a cluster"
        )
    if workers is not None:
        return local_processes(workers)
    return nullcontext() if dask is None else dask_cluster(dask)
