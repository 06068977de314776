"""A user's own table of parameter values as a design.

It comes from a CSV or Parquet file, a data frame or columns by name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.assumptions.parameters import parameter_name
from strategy.errors import ParameterError, StrategyError
from strategy.exact import exact, require_plain
from strategy.sensitivity.samples.designs import Design, RangeBox, digest
from strategy.sensitivity.samples.optional_libraries import arrow

__all__ = ["Rows"]


@attrs.frozen(init=False, eq=False)
class Rows(Design):
    """A table of one's own, as a design.

    ``source``: a file, a frame or a mapping: ``Rows("values.csv")``,
    ``Rows("values.parquet")``, ``Rows(frame)``, ``Rows({"leverage": [2, 5]})``. Columns are
    parameters by name, those without a column stay at their values; a number means its
    shortest decimal. Raises StrategyError with the row (the first is 0) on values that are
    missing or no numbers, ParameterError outside the range.
    """

    labels: tuple[str, ...]
    values: NDArray[np.float64]
    first: int
    words = "rows of a table"
    repeats = True

    def __init__(self, source: Any) -> None:
        columns = _columns(source)
        labels = tuple([parameter_name(one) for one in columns])
        if not labels or not len(next(iter(columns.values()))):
            raise StrategyError(
                "the table is empty: give one column for each parameter, and at least one "
                "row"
            )
        if len(set(labels)) < len(labels):
            raise StrategyError(f"the table names a column twice: {', '.join(labels)}")
        self.__attrs_init__(
            labels,
            np.column_stack([_floats(label, one) for label, one in columns.items()]),
            0,
        )

    @property
    def samples(self) -> int:
        """How many rows."""
        return len(self.values)

    def varied(self, model: Model, at: Mapping[str, Any]) -> tuple[str, ...]:
        """The columns, which are parameters of ``model``.

        Raises ParameterError on one that is not a parameter or is given in ``at`` too, and
        on values outside.
        """
        for column, label in enumerate(self.labels):
            one = model.parameters[label]
            if label in {parameter_name(name) for name in at}:
                raise ParameterError(
                    f"parameter {label!r} is a column of the table and is also given a "
                    "value: leave one out"
                )
            mine = self.values[:, column]
            for value in np.unique(
                mine[(mine <= float(one.low)) | (mine >= float(one.high))]
            ).tolist():
                if not one.low <= exact(value) <= one.high:
                    row = int(np.flatnonzero(mine == value)[0])
                    raise ParameterError(
                        f"row {row} of the table (the first is 0): {label} = {value!r} is "
                        f"outside its range from {one.low} to {one.high}: change the "
                        "value, or the range in the model"
                    )
        return tuple([label for label in model.parameters if label in self.labels])

    def part(self, start: int, stop: int) -> Rows:
        """The rows from ``start`` to ``stop`` alone.

        No worker is sent the whole table.
        """
        return _part(
            self.labels, self.values[start - self.first : stop - self.first], start
        )

    def rows(self, box: RangeBox, start: int, stop: int) -> NDArray[np.float64]:
        """The rows from ``start`` to ``stop``, the columns in the order of the model.

        ``box``: the range of each parameter.
        """
        mine = self.values[start - self.first : stop - self.first]
        table = np.empty((stop - start, len(box.labels)))
        for column, label in enumerate(self.labels):
            table[:, box.labels.index(label)] = mine[:, column]
        return box.fix(table)

    def identity(self) -> dict[str, Any]:
        """Its columns and a fingerprint of all of its values."""
        return {
            "design": self.words,
            "samples": self.samples,
            "columns": list(self.labels),
            "values": digest(self.values),
        }


def _part(labels: tuple[str, ...], values: NDArray[np.float64], first: int) -> Rows:
    made = Rows.__new__(Rows)
    made.__attrs_init__(labels, np.ascontiguousarray(values), first)
    return made


def _columns(source: Any) -> dict[str, Any]:
    """The columns by name: NumPy arrays or sequences."""
    if isinstance(source, (str, os.PathLike)):
        try:
            return _named(_read(Path(source)))
        except UnicodeDecodeError:
            raise StrategyError(
                f"{source}: cannot be read as a table (its text is not UTF-8): save it as "
                "UTF-8"
            ) from None
    if hasattr(source, "column_names") and hasattr(source, "column"):
        return _named(source)
    if isinstance(source, Mapping):
        return {str(label): one for label, one in source.items()}
    if hasattr(source, "columns") and hasattr(source, "__getitem__"):
        return {str(label): np.asarray(source[label]) for label in source.columns}
    raise StrategyError(
        f"a table of type {type(source).__name__}: give a file name, a data frame, or "
        "columns by name"
    )


def _named(table: Any) -> dict[str, Any]:
    names = list(table.column_names)
    twice = next((one for one in names if names.count(one) > 1), None)
    if twice is not None:
        raise StrategyError(f"the table has two columns {twice!r}: keep one")
    return {label: table.column(i).to_numpy() for i, label in enumerate(names)}


def _read(path: Path) -> Any:
    pa = arrow()
    try:
        if path.suffix.lower() in (".parquet", ".pq") or path.is_dir():
            import pyarrow.parquet as pq

            return pq.read_table(path)
        import pyarrow.csv as csv

        return csv.read_csv(path)
    except (OSError, pa.ArrowException) as error:
        why = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise StrategyError(
            f"{path}: cannot be read as a table ({why}): give CSV or Parquet"
        ) from None


def _floats(label: str, given: Any) -> NDArray[np.float64]:
    """A column as floats.

    Each stands for the same shortest decimal as what was given.
    """
    require_plain(given, f"column {label!r} of the table")
    column = np.asarray(given)
    # in a list NumPy takes a truth value for a number
    if not hasattr(given, "dtype") and column.ndim == 1:
        column = np.asarray(
            [
                _float(label, row, one) if isinstance(one, bool) else one
                for row, one in enumerate(given)
            ]
        )
    if column.ndim != 1:
        raise StrategyError(
            f"column {label!r} of the table has {column.ndim} dimensions: give one value "
            "for each row"
        )
    if column.dtype.kind not in "iufOU":
        raise StrategyError(
            f"column {label!r} of the table has dtype {column.dtype}: give numbers"
        )
    if column.dtype == np.float64:
        values = column
    else:
        values = np.array(
            [_float(label, row, one) for row, one in enumerate(column.tolist())],
            dtype=np.float64,
        )
        if (
            column.dtype.kind in "iu"
            and (values.astype(object) != column.astype(object)).any()
        ):
            raise StrategyError(
                f"column {label!r} of the table holds whole numbers beyond 2^53: floats "
                "do not hold them"
            )
    bad = np.flatnonzero(~np.isfinite(values))
    if len(bad):
        raise StrategyError(
            f"row {bad[0]} of the table (the first is 0): {label} = {values[bad[0]]} is "
            "not a finite number: fill it in, or leave the row out"
        )
    return values


def _float(label: str, row: int, value: Any) -> float:
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        return float(value)
    except (TypeError, ValueError):
        raise StrategyError(
            f"row {row} of the table (the first is 0): {label} = {value!r} is not a number"
        ) from None
