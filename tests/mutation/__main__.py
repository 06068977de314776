"""``python -m tests.mutation``: make the mutants, run the tests against them, and print a
table."""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import random
import sys
import time
from pathlib import Path

import attrs

MADE = Path("build") / "mutants"
TESTS = (
    "tests/solvers",
    "tests/concepts",
    "tests/test_contract.py",
    "tests/test_results.py",
)
OPTIONS = ("-q", "-s", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "timeout=0")


def main() -> None:
    """Make, then run where they were made: Python takes the modules of the folder that it
    starts in."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    add, no_end = parser.add_argument, float("inf")
    add(
        "only",
        nargs="*",
        metavar="PATTERN",
        help="mutants, as in 'strategy.concepts.nash.*'; all if none is given",
    )
    add(
        "--processes",
        type=int,
        default=os.cpu_count(),
        metavar="N",
        help="how many mutants at a time",
    )
    add(
        "--minutes",
        type=float,
        default=no_end,
        metavar="M",
        help="stop then; the order is random: those done are a sample",
    )
    add("--seed", type=int, default=0, metavar="S", help="of the order")
    add(
        "--seconds",
        type=float,
        default=no_end,
        metavar="S",
        help="per mutant, no more tests than take so long without it",
    )
    add(
        "--again",
        action="append",
        default=[],
        metavar="STATUS",
        help="forget results: survived, unreached, timeout, all",
    )
    add(
        "--control",
        action="store_true",
        help="instead try mutants without a fault, one a function: all have to survive",
    )
    add(
        "--table",
        action="store_true",
        help="print the results of earlier runs, and run nothing",
    )
    add("--run", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not asked.run:
        from tests.mutation.making import make

        MADE.mkdir(parents=True, exist_ok=True)
        mutants = make(Path.cwd(), MADE)
        (MADE / "mutants.json").write_text(
            json.dumps([attrs.asdict(one) for one in mutants]), encoding="utf-8"
        )
        os.chdir(MADE)
        os.execv(
            sys.executable, [sys.executable, "-m", "tests.mutation", "--run", *sys.argv[1:]]
        )
    run(asked)


def run(asked: argparse.Namespace) -> None:
    """Try the mutants that are not done yet, and say what became of all."""
    import pytest

    from tests.mutation.making import Mutant
    from tests.mutation.reporting import table, write_survivors
    from tests.mutation.running import Attempts, Result, results

    mutants = [
        Mutant(**one)
        for one in json.loads(Path("mutants.json").read_text(encoding="utf-8"))
    ]
    mutants = [
        one
        for one in mutants
        if not asked.only
        or any(fnmatch.fnmatch(one.name, pattern) for pattern in asked.only)
    ]
    if asked.control:
        functions = {one.function: one for one in mutants}
        mutants = [
            attrs.evolve(one, name=f"{function}__mutmut_0", change="")
            for function, one in functions.items()
        ]
    file = Path("control.jsonl" if asked.control else "results.jsonl")
    known = {one.mutant: one for one in results(file)}
    current = {
        one.name: known[one.name]
        for one in mutants
        if one.name in known and known[one.name].change == one.change
    }
    again = set(asked.again)
    left = [
        one
        for one in mutants
        if one.name not in current or current[one.name].status in again or "all" in again
    ]
    if not asked.table and left:
        random.Random(asked.seed).shuffle(left)
        left.sort(key=lambda one: one.name not in current)  # those to be tried again first

        def record(result: Result) -> None:
            current[result.mutant] = result
            with file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(attrs.asdict(result)) + "\n")
            if len(current) % 100 == 0:
                print(f"{len(current)} of {len(mutants)} done", flush=True)

        plugin = Attempts(
            left, record, asked.processes, time.time() + 60 * asked.minutes, asked.seconds
        )
        given = [*TESTS, *OPTIONS]
        if pytest.main(given, plugins=[plugin]):
            raise SystemExit("the tests could not be run")
    print(table(mutants, current))
    if asked.control:
        return
    write_survivors(mutants, current, Path("survivors.txt"))
    print(f"the diffs of those that live: {MADE / 'survivors.txt'}")


if __name__ == "__main__":
    main()
