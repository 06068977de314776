"""Timings, the rows made of them, the targets they are held against, and the table that
people read."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import attrs

from strategy.display import text_table

__all__ = ["Effort", "Row", "Target", "Times", "ready", "side_by_side", "table", "timed"]


@attrs.frozen
class Effort:
    """How long to measure: each thing at least ``least`` times and on until ``seconds``
    have passed, but what is slow only until ``most`` seconds have passed. ``smoke``: small
    sizes."""

    smoke: bool = False
    seconds: float = 2.0
    least: int = 7
    most: float = 10.0

    @classmethod
    def quick(cls) -> Effort:
        """Just enough to see that everything runs."""
        return cls(smoke=True, seconds=0.05, least=2, most=1.0)


@attrs.frozen
class Times:
    """Seconds: of the first call, and of the calls after it."""

    first: float
    warm: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the warm calls."""
        return statistics.median(self.warm)

    @property
    def fastest(self) -> float:
        """The fastest warm call; far below the median, it says that the machine was busy
        with other things."""
        return min(self.warm)


@attrs.frozen
class Target:
    """A bound on one field of a row: "seconds", "first", "ratio" or "peak"."""

    what: str
    most: float = float("inf")
    least: float = 0.0

    def met(self, row: Row) -> bool | None:
        """Whether a row keeps to it; None if there is nothing to judge."""
        value = getattr(row, self.what)
        return None if value is None else self.least <= value <= self.most

    def __str__(self) -> str:
        if self.what == "ratio":
            return (
                f"ratio ≤ {self.most:g}" if self.least == 0 else f"ratio ≥ {self.least:g}"
            )
        if self.what == "peak":
            return f"peak ≤ {size(self.most)}"
        return f"{'first ' if self.what == 'first' else ''}≤ {duration(self.most)}"


@attrs.frozen(kw_only=True)
class Row:
    """One thing measured. Times in seconds, ``peak`` in bytes; ``seconds`` is None where it
    was skipped, and ``note`` says why.

    ``ratio`` is what ``ratio_of`` says, such as "times bare numpy".
    """

    group: str
    name: str
    seconds: float | None = None
    fastest: float | None = None
    first: float | None = None
    ratio: float | None = None
    ratio_of: str = ""
    peak: int | None = None
    targets: tuple[Target, ...] = ()
    note: str = ""

    @classmethod
    def of(cls, group: str, name: str, times: Times, **more: Any) -> Row:
        """A row of times."""
        return cls(
            **{
                "group": group,
                "name": name,
                "seconds": times.median,
                "fastest": times.fastest,
                "first": times.first,
                **more,
            }
        )

    @property
    def met(self) -> bool | None:
        """Whether all targets are met; None if there is none to judge."""
        judged = [
            one for one in (target.met(self) for target in self.targets) if one is not None
        ]
        return all(judged) if judged else None

    def as_data(self) -> dict[str, Any]:
        """The row as plain data for JSON."""
        data = attrs.asdict(self, recurse=False)
        return {
            **data,
            "targets": [str(target) for target in self.targets],
            "met": self.met,
        }


def timed(work: Callable[[], Any], effort: Effort) -> Times:
    """Time one thing: the first call apart, then warm ones."""
    return side_by_side({"": ready(work)}, effort)[""]


def ready(work: Callable[..., Any], *arguments: Any) -> Callable[[], Callable[[], Any]]:
    """A call that needs no preparing, for ``side_by_side``."""
    return lambda: partial(work, *arguments)


def side_by_side(
    works: Mapping[str, Callable[[], Callable[[], Any]]], effort: Effort
) -> dict[str, Times]:
    """Time several things in turn, so that a busy moment of the machine falls on all of
    them.

    Each is given as a function that prepares a call; what preparing takes is not counted.
    """
    first = {name: _once(prepare) for name, prepare in works.items()}
    warm: dict[str, list[float]] = {name: [] for name in works}
    gc.collect()
    rounds, spent = 0, 0.0
    while spent < effort.seconds * len(works) or (
        rounds < effort.least and spent < effort.most * len(works)
    ):
        for name, prepare in works.items():
            warm[name].append(_once(prepare))
            spent += warm[name][-1]
        rounds += 1
    return {name: Times(first[name], tuple(values)) for name, values in warm.items()}


def _once(prepare: Callable[[], Callable[[], Any]]) -> float:
    work = prepare()
    start = time.perf_counter()
    result = work()
    spent = time.perf_counter() - start
    del result  # a result of a million nodes is freed outside the clock
    return spent


def duration(seconds: float | None) -> str:
    """Seconds in a unit that suits them."""
    if seconds is None:
        return ""
    for unit, factor in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= factor:
            return f"{seconds / factor:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


def size(count: float | None) -> str:
    """Bytes in a unit that suits them."""
    if count is None:
        return ""
    return f"{count / 2**30:.3g} GiB" if count >= 2**30 else f"{count / 2**20:.3g} MiB"


_JUDGED = {True: "met", False: "MISSED", None: ""}


def table(rows: Sequence[Row]) -> str:
    """The rows as an aligned table, notes below."""
    header = ["", "median", "fastest", "first", "ratio", "", "peak", "target", ""]
    cells, notes = [], []
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
        times = [
            duration(row.seconds) if row.seconds is not None else "skipped",
            duration(row.fastest),
            duration(row.first),
        ]
        wanted = ", ".join(map(str, row.targets))
        cells.append(
            [
                row.name,
                *times,
                ratio,
                row.ratio_of,
                size(row.peak),
                wanted,
                _JUDGED[row.met],
            ]
        )
        if row.note:
            notes.append(f"  {row.name.strip()}: {row.note}")
    used = [i for i in range(len(header)) if i < 2 or any(row[i] for row in cells)]
    picked = [[row[i] for i in used] for row in cells]
    right = [place for place, i in enumerate(used) if i in (1, 2, 3, 4, 6)]
    return "\n".join(
        [text_table([header[i] for i in used], picked, right=right), *dict.fromkeys(notes)]
    )
