"""strategy sweep: a table of verdicts on the disk, that goes on where it was ended."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from strategy.characters import escaped
from strategy.cli import _models, _signals
from strategy.cli._help import whole
from strategy.cli._output import print_json, print_table, say
from strategy.cli._progress import rated_bar
from strategy.concepts.choices import choose
from strategy.deadline import OutOfTime
from strategy.errors import RefusalError, StrategyError
from strategy.executors import dask_cluster, local_processes
from strategy.files import require_places
from strategy.names import unknown
from strategy.report.question import Question
from strategy.sensitivity import (
    Design,
    Grid,
    LatinHypercube,
    Rows,
    SobolPoints,
    Sweep,
    UniformSamples,
    sweep,
)
from strategy.sensitivity.sweeping.files import MANIFEST
from strategy.solvers.protocol import Limits
from strategy.texts import seconds_words

__all__ = ["design", "run"]

_DRAWN: dict[str, Callable[[Any, Any], Design]] = {
    "uniform": UniformSamples,
    "latin-hypercube": LatinHypercube,
    "sobol": SobolPoints,
}


def design(
    samples: int | None, seed: int, kind: str, grid: list[str], rows: Path | None
) -> Design:
    """The design that the options describe.

    Raises StrategyError unless they describe one.
    """
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
            f"sweep was given {named}: say what to sweep by one of {', '.join(given)}"
        )
    if kind not in _DRAWN:
        raise StrategyError(unknown(kind, _DRAWN, "design"))
    if rows is not None:
        return Rows(rows)
    if grid:
        return Grid(
            {
                label: _points(text)
                for label, text in _models.changes(grid, "--grid", "leverage=11").items()
            }
        )
    return _DRAWN[kind](samples, seed)


def _points(text: str) -> Any:
    """How many points, or the points."""
    return (
        whole(text)
        if text.isdecimal()
        else [one.strip() for one in text.split(",") if one.strip()]
    )


def run(
    given: str,
    out: Path,
    taken: Design,
    *,
    workers: int | None,
    dask: str | None,
    outcomes: list[str],
    concept: str | None,
    changes: list[str],
    seconds: float | None,
    row_seconds: float | None,
    probabilities: bool,
    as_json: bool,
) -> None:
    """Sweep, and say what there is then."""
    if workers is not None and dask is not None:
        raise StrategyError(
            "--workers and --dask: give only one of them, as the work runs either here or "
            "on a cluster"
        )
    require_places(out / MANIFEST)
    model = _models.find_model(given)
    question = Question.of(model, _models.changes(changes), next(iter(outcomes), None))
    chosen = choose(concept) if concept is not None else _first(question)
    place: AbstractContextManager[Any] = nullcontext()
    if workers is not None:
        place = local_processes(workers)
    elif dask is not None:
        place = dask_cluster(dask)
    asked = outcomes or question.outcome
    try:
        with place as executor, rated_bar("rows") as progress:
            found = sweep(
                model,
                chosen,
                asked,
                taken,
                out,
                question.at,
                executor=executor,
                limits=Limits(seconds=row_seconds),
                probabilities=probabilities,
                progress=progress,
                seconds=seconds,
            )
            if not found.complete:
                raise OutOfTime  # workers are ended; what they were at is not waited for
    except OutOfTime:
        print(f"strategy: stopped at {seconds_words(seconds)}", file=sys.stderr)
    except (KeyboardInterrupt, _signals.Terminated):
        _say_how_to_go_on(out)
        raise
    if as_json:
        print_json(found.data())
    else:
        _print(found)


def _first(question: Question) -> Any:
    """The first concept that fits."""
    if not question.concepts:
        raise RefusalError(
            f"no solution concept fits {question.model.name!r}: name one with --concept"
        )
    return question.concepts[0]


def _say_how_to_go_on(out: Path) -> None:
    try:
        there = Sweep.open(out)
    except StrategyError:
        return
    place = escaped(str(out))
    print(
        (
            f"strategy: {there.rows:,} of {there.samples:,} rows are in {place}; run the "
            "same command again to continue"
        ),
        file=sys.stderr,
    )


def _print(found: Sweep) -> None:
    say(found.heading, emphasis=True)
    for sentence in found.sentences:
        say(sentence, bullet="- ")
    for table in found.tables:
        say()
        say(table.caption)
        print_table(table)
