"""One part of a sweep.

Its rows are drawn, answered and written as a Parquet file, which appears whole or not at
all.

A part carries its own seal: the SHA-256 of all its other bytes, 32 bytes between the last
column and the footer. Readers of Parquet find the footer from the end of the file and the
columns by their places, so that none of them sees it.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.deadline import check, left, until
from strategy.errors import StrategyError
from strategy.executors import one_thread
from strategy.sensitivity.deciding.at_samples import ORDER
from strategy.sensitivity.samples.designs import Design, RangeBox
from strategy.sensitivity.samples.optional_libraries import arrow
from strategy.sensitivity.sweeping.answers import Answers, SweepQuestion
from strategy.sensitivity.sweeping.files import LOCK, part_name, read, replace
from strategy.sensitivity.sweeping.manifest import Done, columns
from strategy.sensitivity.sweeping.plan import SweepPlan, require_same

__all__ = ["Job", "Made", "found", "jobs", "make", "rows_a_part"]

METADATA, PART_ROWS, REFUSED = b"strategy.sweep", b"strategy.part_rows", b"strategy.refused"
_SEAL = 32  # bytes


@attrs.frozen(eq=False)
class _Shared:
    """What all parts have in common."""

    asked: SweepQuestion
    box: RangeBox
    metadata: dict[bytes, bytes]
    repeats: bool


@attrs.frozen(eq=False)
class Job:
    """A part to make.

    ``shared``: what all parts have in common, pickled for other processes, which read it
    once; ``token``: what the folder's lock says; ``end``: when the time of the whole sweep
    is over, by ``time.time``, which all machines share.
    """

    number: int
    start: int
    stop: int
    design: Design
    shared: _Shared | bytes
    folder: str
    token: str
    end: float


@attrs.frozen(eq=False)
class Made:
    """A part made.

    ``content``: its file, if the worker does not see the folder, for the caller to write.
    """

    number: int
    done: Done
    content: bytes | None = None


def jobs(
    plan: SweepPlan, numbers: Sequence[int], folder: Path, token: str, *, elsewhere: bool
) -> Iterator[Job]:
    """The jobs of some parts, one at a time.

    ``elsewhere``: other processes do them. Raises StrategyError if a model or a concept
    cannot be sent there. ``plan``: of the sweep; ``numbers``: of the parts; ``folder``: of
    the sweep; ``token``: what the lock of the folder says.
    """
    metadata = {
        METADATA: json.dumps(plan.identity).encode(),
        PART_ROWS: str(plan.part_rows).encode(),
    }
    shared: _Shared | bytes = _Shared(plan.asked, plan.box, metadata, plan.design.repeats)
    if elsewhere:
        try:
            shared = pickle.dumps(shared)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise StrategyError(
                f"the model or the concept cannot be sent to workers ({error}): sweep "
                "without them"
            ) from error
    for number in numbers:
        start, stop = plan.span(number)
        yield Job(
            number,
            start,
            stop,
            plan.design.part(start, stop),
            shared,
            str(folder.resolve()),
            token,
            time.time() + left(),
        )


@lru_cache(maxsize=2)
def _read(shared: bytes) -> _Shared:
    return pickle.loads(shared)  # type: ignore[no-any-return]


def make(job: Job) -> Made:
    """Make a part, in one thread: the work of a worker.

    ``job``: which part, and of what.

    Raises OutOfTime if the sweep has no time left for it.
    """
    shared = _read(job.shared) if isinstance(job.shared, bytes) else job.shared
    folder = Path(job.folder)
    with one_thread(), until(time.monotonic() + job.end - time.time()):
        check()
        samples = job.design.rows(shared.box, job.start, job.stop)
        answers = shared.asked.answers(samples)
    content = _file(shared, job.start, samples, answers)
    done = Done(
        len(content),
        hashlib.sha256(content).hexdigest(),
        _counts(answers.codes),
        answers.refused,
        answers.why,
    )
    if not _sees(folder, job.token):
        return Made(job.number, done, content)
    replace(folder / part_name(job.number), content)
    return Made(job.number, done)


def _sees(folder: Path, token: str) -> bool:
    try:
        return (folder / LOCK).read_text(encoding="ascii") == token
    except (OSError, ValueError):
        return False


def _counts(codes: NDArray[np.int8]) -> tuple[tuple[int, ...], ...]:
    return tuple(
        [tuple(np.bincount(column, minlength=len(ORDER)).tolist()) for column in codes.T]
    )


def _file(
    shared: _Shared, start: int, samples: NDArray[np.float64], answers: Answers
) -> bytes:
    """The bytes of a part's file."""
    pa = arrow()
    import pyarrow.parquet as pq

    labels, asked = shared.box.labels, shared.asked
    names = columns(labels, asked.outcomes, asked.probabilities)
    table = {names["index"]: pa.array(np.arange(start, start + len(samples)))}
    table |= {
        label: pa.array(np.ascontiguousarray(samples[:, i]))
        for i, label in enumerate(labels)
    }
    words = pa.array([one.name for one in ORDER])
    for i, (verdict, *bounds) in enumerate(names["outcomes"].values()):
        table[verdict] = pa.DictionaryArray.from_arrays(
            pa.array(answers.codes[:, i]), words
        )
        for k, name in enumerate(bounds):
            assert answers.bounds is not None
            table[name] = pa.array(
                np.ascontiguousarray(answers.bounds[:, i, k]), from_pandas=True
            )
    drawn = (
        set()
        if shared.repeats
        else {label for label in labels if label not in shared.box.fixed}
    )
    sink = pa.BufferOutputStream()
    metadata = dict(shared.metadata)
    if answers.refused:
        metadata[REFUSED] = json.dumps([answers.refused, answers.why]).encode()
    whole = pa.table(table).replace_schema_metadata(metadata)
    pq.write_table(
        whole,
        sink,
        compression="zstd",
        compression_level=1,
        use_dictionary=[
            name for name in table if name not in drawn and name != names["index"]
        ],
        column_encoding={names["index"]: "DELTA_BINARY_PACKED"},
        write_page_checksum=True,
    )
    return sealed(memoryview(sink.getvalue()))


def sealed(content: memoryview) -> bytes:
    """The bytes of a Parquet file with a seal before its footer.

    ``content``: the file's bytes.
    """
    footer = _footer(content)
    return b"".join(
        [content[:-footer], hashlib.sha256(content).digest(), content[-footer:]]
    )


def whole(content: bytes) -> bool:
    """Whether the bytes of a file are those that were sealed.

    ``content``: the bytes.
    """
    view, footer = memoryview(content), _footer(content)
    if len(content) < footer + _SEAL:
        return False
    rest = hashlib.sha256(view[: -footer - _SEAL])
    rest.update(view[-footer:])
    return rest.digest() == view[-footer - _SEAL : -footer]


def _footer(content: bytes | memoryview) -> int:
    """How many bytes the footer of a Parquet file takes.

    Itself, its length in four bytes, and four that end the file.
    """
    return int.from_bytes(content[-8:-4], "little") + 8


def rows_a_part(plan: SweepPlan, folder: Path, numbers: Iterable[int]) -> int | None:
    """How many rows the parts in a folder have, by the first that is whole.

    The result is None if none is. Raises StrategyError if it is of another sweep. ``plan``:
    of the sweep; ``numbers``: of the parts to look at.
    """
    for number in numbers:
        content = read(folder / part_name(number))
        if content is None or not whole(content):
            continue
        try:
            file = _opened(content)
            metadata = file.schema_arrow.metadata
            rows = file.metadata.num_rows
            there = json.loads(metadata[METADATA])
            part_rows = int(metadata[PART_ROWS])
        except (
            OSError,
            arrow().ArrowException,
            KeyError,
            TypeError,
            ValueError,
            RecursionError,
        ):
            continue
        if (
            not isinstance(there, dict)
            or part_rows < 1
            or rows != min(part_rows, plan.samples - number * part_rows)
        ):
            continue
        require_same(there, plan.identity, folder)
        return part_rows
    return None


def found(plan: SweepPlan, number: int, folder: Path) -> Done | None:
    """What a part in the folder holds, if it is whole and of this sweep; None otherwise.

    ``plan``: of the sweep; ``number``: of the part.

    Raises StrategyError if it cannot be read.
    """
    pa = arrow()
    start, stop = plan.span(number)
    labels = plan.box.labels
    names = columns(labels, plan.asked.outcomes, plan.asked.probabilities)
    verdicts = [verdict for verdict, *_ in names["outcomes"].values()]
    expected = [
        names["index"],
        *labels,
        *[one for group in names["outcomes"].values() for one in group],
    ]
    content = read(folder / part_name(number))
    if content is None or not whole(content):
        return None
    try:
        file = _opened(content)
        metadata = file.schema_arrow.metadata
        if (
            json.loads(metadata[METADATA]) != plan.identity
            or int(metadata[PART_ROWS]) != plan.part_rows
        ):
            return None
        refused, why = json.loads(metadata.get(REFUSED, b'[0, ""]'))
        if (
            type(refused) is not int
            or not 0 <= refused <= stop - start
            or not isinstance(why, str)
        ):
            return None
        if file.schema_arrow.names != expected or file.metadata.num_rows != stop - start:
            return None
        table = file.read([names["index"], *labels, *verdicts])
        index = table[names["index"]]
        samples = plan.design.part(start, stop).rows(plan.box, start, stop)
        if index.type != pa.int64() or not np.array_equal(
            index.to_numpy(), np.arange(start, stop)
        ):
            return None
        if not all(
            np.array_equal(table[label].to_numpy(), samples[:, i])
            for i, label in enumerate(labels)
        ):
            return None
        words = pa.array([one.name for one in ORDER])
        codes = [
            pa.compute.index_in(table[one].cast(pa.string()), words)
            .fill_null(-1)
            .to_numpy()
            for one in verdicts
        ]
        # refuses what is below 0, no verdict
        counts = _counts(np.array(codes, dtype=np.int8).T)
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError, RecursionError):
        return None
    return Done(len(content), hashlib.sha256(content).hexdigest(), counts, refused, why)


def _opened(content: bytes) -> Any:
    import pyarrow.parquet as pq

    return pq.ParquetFile(arrow().BufferReader(content), page_checksum_verification=True)
