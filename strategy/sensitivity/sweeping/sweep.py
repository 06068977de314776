"""sweep(): millions of parameter values, each with its verdict, on the disk.

Killed at any moment it goes on where it was.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.characters import escaped
from strategy.concepts.reading import require_concept
from strategy.deadline import OutOfTime, require_seconds, until
from strategy.display import count_text
from strategy.errors import StrategyError
from strategy.executors import run_jobs
from strategy.files import require_places
from strategy.names import ordered
from strategy.protocols import Concept
from strategy.sensitivity.deciding.verdicts import the_outcome
from strategy.sensitivity.samples.designs import Design, Grid, UniformSamples
from strategy.sensitivity.samples.optional_libraries import arrow
from strategy.sensitivity.sweeping import files as files
from strategy.sensitivity.sweeping.answers import SweepQuestion
from strategy.sensitivity.sweeping.manifest import DamagedError, Manifest, columns
from strategy.sensitivity.sweeping.options import design_of, place_of, read_grid
from strategy.sensitivity.sweeping.parts import Made, found, jobs, make, rows_a_part
from strategy.sensitivity.sweeping.plan import SweepPlan, require_same, rows_in_time
from strategy.sensitivity.sweeping.result import Sweep
from strategy.solvers.protocol import Limits

__all__ = ["sweep", "sweep_into"]

Progress = Callable[[int, int], None]
# seconds between two manifests; parts that a killed run has not entered are found by their
# names
_SAVE_EVERY = 1.0


def sweep(
    model: Model,
    concept: Concept,
    outcome: str | Outcome | Iterable[str | Outcome],
    samples: int | Design,
    out: str | Path,
    at: Mapping[str, Any] | None = None,
    *,
    seed: int = 0,
    executor: Executor | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, so safe to share
    probabilities: bool = False,
    part_rows: int | None = None,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> Sweep:
    """The verdict on one or more outcomes at every row of a design, written to a folder.

    ``model``, ``concept``, ``outcome`` (one or several): what is asked about. ``samples``:
    a number of uniform samples of the range box with ``seed``, or a design: UniformSamples,
    LatinHypercube, SobolPoints, Grid, Rows. ``out``: the folder, of Parquet files. The same
    call again goes on where one was ended, killed or not; damaged parts are made again.
    Rows do not depend on ``executor`` (any of ``concurrent.futures``; None: here, in one
    thread), nor on ``part_rows``, the rows of a file, which is settled when the folder is
    new. ``at`` fixes parameters exactly; ``limits`` hold for each row, and a row that is
    not settled within is UNKNOWN; ``seconds`` are for the whole sweep: when they are over,
    the files that are whole are kept, and the same call goes on. With ``probabilities`` the
    least and greatest probability of the outcome over the equilibria come too. ``progress``
    is called with rows done and rows in all.

    Raises StrategyError if the folder holds another sweep (with what differs), or is taken
    by one; SizeError if the disk is too small; RefusalError if the concept does not take
    the game. An interrupt keeps what is done.
    """
    require_seconds(seconds)
    end = (
        None
        if seconds is None
        else time.monotonic() + float(min(seconds, threading.TIMEOUT_MAX))
    )
    arrow()
    plan = _plan(
        model, concept, outcome, samples, at, seed, limits, probabilities, part_rows
    )
    folder = files.made(out)
    files.require_ours(folder)
    with files.locked(folder) as token:
        new = not (folder / files.MANIFEST).exists()
        if seconds is not None and part_rows is None and new:
            with until(end):
                plan = attrs.evolve(plan, part_rows=rows_in_time(plan, seconds))
        plan, manifest, repaired, damaged = _begin(plan, folder)
        kept = Sweep(folder, manifest).rows
        with until(end), suppress(OutOfTime):
            _run(
                plan,
                manifest,
                folder,
                token,
                executor,
                progress or (lambda done, total: None),
            )
        names = tuple([files.part_name(one) for one in repaired])
        swept = Sweep(folder, manifest)
        remedy = (
            ""
            if swept.complete or swept.rows > kept
            else _remedy(plan, settled=part_rows is None and not new)
        )
        return attrs.evolve(
            swept, repaired=names, kept=kept, manifest_repaired=damaged, remedy=remedy
        )


def sweep_into(
    model: Model,
    concept: Concept,
    outcome: str | Outcome | Iterable[str | Outcome],
    at: Mapping[str, Any] | None = None,
    *,
    out: Annotated[
        Path | None, "Folder for the table; give the same one to continue."
    ] = None,
    samples: Annotated[int | None, "How many samples of the range box."] = None,
    seed: Annotated[int, "Seed of the samples."] = 0,
    design: Annotated[
        str, "How samples are drawn: uniform, latin-hypercube or sobol."
    ] = "uniform",
    grid: Annotated[
        Mapping[str, Any] | None,
        (
            "Instead of samples, a grid, NAME=POINTS: how many points over the range of a "
            "parameter, or their values as 1,2.5,4; may be repeated."
        ),
        read_grid,
    ] = None,
    rows: Annotated[
        Path | None, "Instead of samples, the rows of a CSV or Parquet file."
    ] = None,
    workers: Annotated[
        int | None, "Split the work among N processes on this machine."
    ] = None,
    dask: Annotated[
        str | None,
        "Split the work among the workers of the Dask cluster with this scheduler.",
    ] = None,
    seconds: Annotated[
        float | None,
        "Stop after this many seconds; to continue, run the same command again.",
    ] = None,
    seconds_per_row: Annotated[
        float | None, "Seconds for one row; what is not settled by then is unknown."
    ] = None,
    probabilities: Annotated[
        bool, "Add the least and greatest probability over the equilibria."
    ] = False,
    progress: Progress | None = None,
) -> Sweep:
    """The verdict at every row of a design, written to a folder of Parquet files.

    The folder reads as one table, a row a sample. If interrupted, run the same command
    again to finish. Rows do not depend on the number of workers or on where they run.

    It is ``sweep`` with all that it needs said in options: ``samples``, ``seed`` and
    ``design``, or ``grid``, or ``rows`` say what to sweep, ``workers`` or ``dask`` where
    the work is done, ``out`` where the table is.
    Raises StrategyError as ``sweep`` does, and where the options do not go together.
    """
    asked = _asked(model, outcome)
    require_concept(concept, model)
    if out is None:
        raise StrategyError("sweep writes a table: name its folder, as in --out swept")
    taken, place = design_of(samples, seed, design, grid, rows), place_of(workers, dask)
    require_places(out / files.MANIFEST)
    try:
        with suppress(OutOfTime), place as executor:
            found = sweep(
                model,
                concept,
                asked,
                taken,
                out,
                at,
                executor=executor,
                limits=Limits(seconds=seconds_per_row),
                probabilities=probabilities,
                progress=progress,
                seconds=seconds,
            )
            if not found.complete:
                raise OutOfTime  # workers are ended; what they were at is not waited for
    except BaseException as ended:
        if not isinstance(ended, Exception):  # an interrupt, or a request to end
            with suppress(StrategyError):
                there = Sweep.open(out)
                ended.add_note(
                    f"{there.rows:,} of {there.samples:,} rows are in "
                    f"{escaped(str(out))}; run the same command again to continue"
                )
        raise
    return found


def _remedy(plan: SweepPlan, *, settled: bool) -> str:
    """What to do where the time is too short for one part.

    ``settled``: an earlier call may have made parts large.
    """
    smaller = (
        "; in a new folder, begun with this limit, parts are smaller"
        if settled and not plan.asked.fast
        else ""
    )
    each = min(plan.part_rows, plan.samples)
    return (
        f"no part of {count_text(each)} row{'s' * (each != 1)} was done in this time: "
        f"give the same command more time{smaller}"
    )


def _plan(
    model: Model,
    concept: Concept,
    outcome: Any,
    samples: Any,
    at: Mapping[str, Any] | None,
    seed: int,
    limits: Limits,
    probabilities: bool,
    part_rows: int | None,
) -> SweepPlan:
    outcomes = _asked(model, outcome)
    if part_rows is not None and (
        isinstance(part_rows, bool) or not hasattr(part_rows, "__index__") or part_rows < 1
    ):
        raise StrategyError(
            f"part_rows={part_rows!r}: expected a positive integer, the rows of a file"
        )
    design = samples if isinstance(samples, Design) else UniformSamples(samples, seed)
    values = model.parameters.read(at)
    varied = design.varied(model, at or {})
    fixed = {label: value for label, value in values.items() if label not in varied}
    return SweepPlan.of(
        SweepQuestion.of(model, concept, outcomes, fixed, limits, probabilities),
        design,
        part_rows,
    )


def _asked(model: Model, outcome: Any) -> tuple[Outcome, ...]:
    """The outcomes asked about, one at least."""
    given = (
        [outcome]
        if isinstance(outcome, (str, Outcome)) or not isinstance(outcome, Iterable)
        else ordered(outcome, "outcomes", StrategyError)
    )
    outcomes = tuple(dict.fromkeys([the_outcome(model, one) for one in given]))
    if not outcomes:
        raise StrategyError("no outcome to ask about: name one of the model's")
    return outcomes


def _begin(plan: SweepPlan, folder: Path) -> tuple[SweepPlan, Manifest, list[int], bool]:
    """What is done already, checked.

    The plan as the folder has it, the manifest, which parts are to be repaired, and whether
    the manifest was damaged. Raises StrategyError if nothing in the folder tells that it is
    of this sweep.
    """
    files.clean(folder)
    present = files.require_ours(folder)
    manifest, damaged = _manifest(folder)
    if manifest is not None:
        require_same(manifest.identity, plan.identity, folder)
    part_rows = rows_a_part(plan, folder, sorted(present))
    if manifest is not None and part_rows not in (None, manifest.part_rows):
        manifest, damaged = None, True
    if manifest is None:
        if part_rows is None and (damaged or present):
            what = (
                f"{files.MANIFEST}, which is damaged or no sweep's,"
                if damaged
                else f"parts and no {files.MANIFEST},"
            )
            raise StrategyError(
                f"{folder} holds {what} and no part that is whole: remove them, or give "
                "another folder"
            )
        plan = attrs.evolve(plan, part_rows=part_rows or plan.part_rows)
        manifest = Manifest(plan.identity, plan.samples, plan.part_rows, _words(plan), {})
    plan = attrs.evolve(plan, part_rows=manifest.part_rows)
    files.require_ours(folder, plan.parts)
    listed, repaired = dict(manifest.done), []
    manifest.done.clear()
    for number in sorted({*present, *listed}):
        there, said = found(plan, number, folder), listed.get(number)
        if there is None or (said is not None and said.sha256 != there.sha256):
            repaired.append(number)
        else:
            manifest.done[number] = there
            damaged |= said is not None and said != there
    missing = plan.samples - Sweep(folder, manifest).rows
    files.require_space(folder, missing * plan.row_bytes)
    manifest = attrs.evolve(manifest, identity=plan.identity, words=_words(plan))
    manifest.write(folder)
    for number in repaired:
        files.remove(folder / files.part_name(number))
    return plan, manifest, repaired, damaged


def _manifest(folder: Path) -> tuple[Manifest | None, bool]:
    """The manifest, and whether it is damaged."""
    try:
        return Manifest.read(folder), False
    except DamagedError:
        return None, True


def _words(plan: SweepPlan) -> dict[str, Any]:
    """What a reader of the folder is told beside the identity."""
    design, asked = plan.design, plan.asked
    axes = (
        [[label, design.axis(plan.box, label).tolist()] for label in design.points]
        if isinstance(design, Grid)
        else []
    )
    return {
        "concept": str(asked.concept),
        "drawn": design.drawn,
        "axes": axes,
        "columns": columns(plan.box.labels, asked.outcomes, asked.probabilities),
    }


def _run(
    plan: SweepPlan,
    manifest: Manifest,
    folder: Path,
    token: str,
    executor: Executor | None,
    progress: Progress,
) -> None:
    """Make what is missing.

    The manifest is written now and then, and at the end, whatever the end is.
    """
    missing = [number for number in range(plan.parts) if number not in manifest.done]
    rows = plan.samples - sum([stop - start for start, stop in map(plan.span, missing)])
    progress(rows, plan.samples)
    saved = time.monotonic()
    try:
        for made in run_jobs(
            make,
            jobs(plan, missing, folder, token, elsewhere=executor is not None),
            executor,
        ):
            _keep(made, folder)
            manifest.done[made.number] = made.done
            start, stop = plan.span(made.number)
            rows += stop - start
            if time.monotonic() - saved > _SAVE_EVERY:
                manifest.write(folder)
                saved = time.monotonic()
            progress(rows, plan.samples)
    finally:
        manifest.write(folder)


def _keep(made: Made, folder: Path) -> None:
    """Write what a worker has sent that does not see the folder."""
    if made.content is not None:
        files.replace(folder / files.part_name(made.number), made.content)
