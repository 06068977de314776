"""The result of a sweep.

A folder of Parquet files as a table, a data frame, an array or a database, and shares by
verdict.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from strategy.characters import one_line
from strategy.completeness import captioned
from strategy.display import Chip, Table, count_text, joined
from strategy.errors import StrategyError
from strategy.older_pickles import takes_older_pickles
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.at_samples import ORDER
from strategy.sensitivity.deciding.verdicts import Verdict
from strategy.sensitivity.samples.intervals import share
from strategy.sensitivity.samples.optional_libraries import imported
from strategy.sensitivity.sweeping.files import (
    MANIFEST,
    part_name,
    require_intact,
    require_size,
)
from strategy.sensitivity.sweeping.manifest import Manifest

__all__ = ["Sweep"]


@takes_older_pickles
@attrs.frozen(eq=False, repr=False)
class Sweep(Finding):
    """What a sweep has written to ``folder``, complete or not.

    ``repaired``: parts that were damaged and made again just now; ``kept``: rows that were
    there already. ``manifest_repaired``: the manifest was damaged and was made anew from
    the parts. ``remedy``: where the time was over before one part more was whole, what to
    do.
    """

    folder: Path
    manifest: Manifest
    repaired: tuple[str, ...] = ()
    kept: int = 0
    manifest_repaired: bool = False
    remedy: str = ""

    @classmethod
    def open(cls, folder: Any) -> Sweep:
        """A sweep that was written before.

        Raises StrategyError if the folder holds none, or one that is damaged: here parts
        are known by their sizes, and before rows are read by their checksums.
        """
        path = Path(folder)
        manifest = Manifest.read(path)
        if manifest is None:
            raise StrategyError(f"{path} holds no sweep ({MANIFEST} is not there)")
        found = cls(path, manifest)
        for number, one in manifest.done.items():
            require_size(path / part_name(number), one.size)
        return found

    @property
    def samples(self) -> int:
        """How many rows were asked for."""
        return self.manifest.samples

    @property
    def rows(self) -> int:
        """How many rows are there."""
        parts, size = self.manifest.done, self.manifest.part_rows
        return sum([min(size, self.samples - number * size) for number in parts])

    @property
    def complete(self) -> bool:
        """Whether all rows are there."""
        return self.manifest.complete

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes asked about."""
        return tuple(self.manifest.identity["outcomes"])

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files of the parts that are done, in the order of their rows."""
        return tuple(
            [self.folder / part_name(number) for number in sorted(self.manifest.done)]
        )

    def counts(self, outcome: str | None = None) -> dict[Verdict, int]:
        """How many rows have which verdict, for the first outcome or another."""
        place = 0 if outcome is None else self._place(outcome)
        total = np.sum(
            [
                (0,) * len(ORDER),
                *[one.counts[place] for one in self.manifest.done.values()],
            ],
            axis=0,
        )
        return dict(zip(ORDER, total.tolist(), strict=True))

    def share(self, verdict: Verdict, outcome: str | None = None) -> float:
        """The share of rows with a verdict.

        ``outcome``: by name (None: the first asked about).
        """
        return self.counts(outcome)[verdict] / max(self.rows, 1)

    def interval(
        self, verdict: Verdict, outcome: str | None = None
    ) -> tuple[float, float] | None:
        """The exact binomial interval, at 95 %, of a verdict's share of the range box.

        ``verdict`` is that on ``outcome``, by name (None: the first asked about). None
        where the rows are not a random sample of the box. For Latin hypercubes it is wider
        than need be (Owen, Annals of Statistics 25, 1997).
        """
        if not self.manifest.words["drawn"] or not self.rows:
            return None
        found = share(self.counts(outcome)[verdict], self.rows)
        return found.low, found.high

    def _place(self, outcome: str) -> int:
        from strategy.names import unknown

        if outcome not in self.outcomes:
            raise StrategyError(unknown(outcome, self.outcomes, "outcome of the sweep"))
        return self.outcomes.index(outcome)

    # -- the rows

    def table(self) -> Any:
        """The rows as a ``pyarrow.dataset.Dataset``, in order.

        Raises StrategyError on a part that is damaged or missing.
        """
        self._require_rows()
        return imported("pyarrow.dataset").dataset(
            [str(one) for one in self.files], format="parquet"
        )

    def to_pandas(self, columns: list[str] | None = None) -> Any:
        """The rows as a data frame, indexed by their number; verdicts are categories.

        ``columns``: only these.
        """
        imported("pandas")
        index = self.manifest.words["columns"]["index"]
        wanted = (
            None if columns is None else [index, *[one for one in columns if one != index]]
        )
        frame = self.table().to_table(columns=wanted).unify_dictionaries().to_pandas()
        return frame.set_index(index)

    def to_xarray(self) -> Any:
        """The rows as an ``xarray.Dataset``.

        A grid has a dimension for each of its parameters, other designs one, the index.
        Raises StrategyError unless the sweep is complete.
        """
        xarray = imported("xarray")
        if not self.complete:
            raise StrategyError(
                f"{self.rows:,} of {self.samples:,} rows are done: run the same command "
                "again to complete the sweep"
            )
        names = self.manifest.words["columns"]
        axes = dict(self.manifest.words["axes"])
        answers = [label for group in names["outcomes"].values() for label in group]
        frame = self.to_pandas(answers if axes else None)
        dims = tuple(axes) or (names["index"],)
        shape = tuple([len(one) for one in axes.values()]) or (self.samples,)
        data = {}
        for label in frame.columns:
            column = frame[label]
            values = (
                column.astype(str).to_numpy(dtype=object)
                if column.dtype == "category"
                else column.to_numpy()
            )
            data[label] = (dims, values.reshape(shape))
        return xarray.Dataset(
            data,
            coords=axes or {dims[0]: np.arange(self.samples)},
            attrs={"sweep": self.heading},
        )

    def to_duckdb(self, connection: Any = None) -> Any:
        """The rows as a DuckDB relation, on a connection of one's own or a new one.

        Raises StrategyError on a part that is damaged or missing.
        """
        self._require_rows()
        duckdb = imported("duckdb")
        return (connection or duckdb.connect()).read_parquet(
            [_literal(one) for one in self.files]
        )

    def sql(self, query: str) -> Any:
        """The answer to a query in SQL, as a DuckDB relation.

        The rows are the table ``sweep``.
        """
        return self.to_duckdb().query("sweep", query)

    def _require_rows(self) -> None:
        if not self.manifest.done:
            raise StrategyError(
                f"no part of the sweep in {self.folder} is done yet: run the same command "
                "again"
            )
        for number, one in self.manifest.done.items():
            require_intact(self.folder / part_name(number), one.size, one.sha256)

    # -- as a finding

    @property
    def heading(self) -> str:
        """What was asked."""
        said = self.manifest.identity
        asked = " and ".join([repr(one) for one in self.outcomes])
        seed = f", seed {said['seed']}" if "seed" in said else ""
        where = one_line(
            f"{said['model']}, {self.manifest.words['concept']}: "
            f"{count_text(self.samples)} {said['design']}{seed}"
        )
        return f"{asked} in {where}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is there, and what it means."""
        said = [self._state]
        if self.repaired:
            was = "were" if len(self.repaired) > 1 else "was"
            said.append(
                f"{joined(self.repaired)} {was} damaged or missing, and {was} made again."
            )
        if self.manifest_repaired:
            said.append(
                f"{MANIFEST} was damaged, and was rebuilt from the parts that are whole."
            )
        refused = [one for one in self.manifest.done.values() if one.refused]
        if refused:
            count = sum([one.refused for one in refused])
            rows = "row" if count == 1 else "rows"
            said.append(
                f"{count_text(count)} {rows} could not be solved, and count as not "
                f"settled; the first: {one_line(refused[0].why)}"
            )
        if self.manifest.words["drawn"]:
            said.append(
                "Shares are of the range box, each range taken as uniform; they are not "
                "probabilities of events."
            )
        else:
            said.append(
                "Shares are of the rows, which are not a random sample: they are not "
                "probabilities of events."
            )
        return tuple(said)

    @property
    def _state(self) -> str:
        files = (
            f"{count_text(len(self.files))} Parquet "
            f"{'file' if len(self.files) == 1 else 'files'} in {self.folder}"
        )
        if self.complete:
            return f"All {count_text(self.rows)} rows are in {files}."
        again = self.remedy or "run the same command again for the rest"
        return (
            f"{count_text(self.rows)} of {count_text(self.samples)} rows are in {files}; "
            f"{again}."
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """Rows and shares by verdict, a table an outcome."""
        return tuple([self._shares(one) for one in self.outcomes])

    def _shares(self, outcome: str) -> Table:
        drawn, rows = self.manifest.words["drawn"], []
        for verdict, count in self.counts(outcome).items():
            if count and drawn:
                found = share(count, self.rows)
                rows.append(
                    [Chip(verdict), count_text(count), found.percent_alone(), found.ends()]
                )
            elif count:
                rows.append([Chip(verdict), count_text(count), f"{count / self.rows:.2%}"])
        head = [
            "the outcome comes about",
            "rows",
            "share",
            *(["95% interval"] if drawn else []),
        ]
        return Table(
            head,
            rows,
            right=[1, 2],
            caption=captioned(f"{outcome!r} by verdict", self.manifest.words["concept"]),
        )

    def data(self) -> dict[str, Any]:
        """All of it but the rows."""
        shares = {}
        for outcome in self.outcomes:
            found = {}
            for verdict, count in self.counts(outcome).items():
                interval = self.interval(verdict, outcome)
                found[verdict.name] = {
                    "rows": count,
                    "share": self.share(verdict, outcome),
                    "interval": interval,
                }
            shares[outcome] = found
        return {
            "folder": str(self.folder),
            "samples": self.samples,
            "rows": self.rows,
            "complete": self.complete,
            "repaired": [*self.repaired, *([MANIFEST] if self.manifest_repaired else [])],
            "outcomes": shares,
            "sweep": dict(self.manifest.identity),
        }

    def __repr__(self) -> str:
        return f"Sweep({str(self.folder)!r}, {self.rows:,} of {self.samples:,} rows)"


def _literal(path: Path) -> str:
    """A file's name in which DuckDB sees no pattern."""
    return "".join([f"[{sign}]" if sign in "*?[" else sign for sign in str(path)])
