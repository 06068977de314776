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
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.deadline import OutOfTime, require_seconds, until
from strategy.display import count_text
from strategy.errors import StrategyError
from strategy.executors import run_jobs
from strategy.names import ordered
from strategy.protocols import Concept
from strategy.sensitivity.deciding.verdicts import the_outcome
from strategy.sensitivity.samples.designs import Design, Grid, UniformSamples
from strategy.sensitivity.samples.optional_libraries import arrow
from strategy.sensitivity.sweeping import files as files
from strategy.sensitivity.sweeping.answers import SweepQuestion
from strategy.sensitivity.sweeping.manifest import DamagedError, Manifest, columns
from strategy.sensitivity.sweeping.parts import Made, found, jobs, make, rows_a_part
from strategy.sensitivity.sweeping.plan import SweepPlan, require_same, rows_in_time
from strategy.sensitivity.sweeping.result import Sweep
from strategy.solvers.protocol import Limits

__all__ = ["sweep"]

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
    given = (
        [outcome]
        if isinstance(outcome, (str, Outcome))
        else ordered(outcome, "outcomes", StrategyError)
    )
    outcomes = tuple(dict.fromkeys([the_outcome(model, one) for one in given]))
    if not outcomes:
        raise StrategyError("no outcome to ask about: name one of the model's")
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
                f"{folder} holds {what} and no part that is whole: remove them, or "
                "give another folder"
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
