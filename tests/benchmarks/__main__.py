"""``python -m tests.benchmarks``: measure, and print a table a group."""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from tests.benchmarks import (
    alone,
    chance,
    compiling,
    deciding,
    enumerating,
    enumerating_many,
    generating,
    inducing,
    limiting,
    mapping,
    pivoting,
    preparing,
    refuting,
    sampling,
    starting,
    sweeping,
    swept,
    tables,
    unfolding,
)
from tests.benchmarks.machine import described, load
from tests.benchmarks.measuring import Effort, Row, table

GROUPS: dict[str, Callable[[Effort], Iterator[Row]]] = {
    "tables": tables.rows,
    "inducing": inducing.rows,
    "limiting": limiting.rows,
    "unfolding": unfolding.rows,
    "sampling": sampling.rows,
    "chance": chance.rows,
    "swept": swept.rows,
    "starting": starting.rows,
    "mapping": mapping.rows,
    "deciding": deciding.rows,
    "enumerating": enumerating.rows,
    "alone": alone.rows,
    "pivoting": pivoting.rows,
    "preparing": preparing.rows,
    "compiling": compiling.rows,
    "many-players": enumerating_many.rows,
    "sweeping": sweeping.rows,
    "generating": generating.rows,
    "refuting": refuting.rows,
}


def main() -> None:
    """Measure what was asked for. A missed target is shown, and is not an error."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--smoke",
        action="store_true",
        help="small sizes and no peers, in seconds: does everything run?",
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="also write what was measured to a file"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=list(GROUPS),
        metavar="NAME",
        help=f"a group: {', '.join(GROUPS)}",
    )
    asked = parser.parse_args()
    warnings.simplefilter("error")
    effort = Effort.quick() if asked.smoke else Effort()
    machine, before = described(), load()
    print("; ".join(f"{what} {value}" for what, value in machine.items()))
    print(f"load before (1, 5, 15 minutes): {before}", flush=True)
    done: list[Row] = []
    for name in asked.only or GROUPS:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        rows = list(GROUPS[name](effort))
        if asked.smoke:
            # they are for the full sizes
            rows = [attrs.evolve(row, targets=()) for row in rows]
        done += rows
        print(f"\n{rows[0].group}\n{table(rows)}", flush=True)
    after = load()
    print(f"\nload after: {after}")
    judged = [row for row in done if row.met is not None]
    if not asked.smoke:
        print(
            f"{sum(bool(row.met) for row in judged)} of {len(judged)} rows with "
            "targets meet them"
        )
    if asked.json is not None:
        load_seen = {"before": before, "after": after}
        data = {
            "machine": machine,
            "load": load_seen,
            "smoke": asked.smoke,
            "rows": [row.as_data() for row in done],
        }
        asked.json.write_text(
            json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
