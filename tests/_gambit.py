"""Gambit as an oracle for games of any number of players: the union of what its
``enumpure``, ``gnm`` and ``ipa`` find.

Run as a script it is the child process: gnm can abort the interpreter and ipa can hang, so
every call has a time limit, and a call that fails is left out. ``STRATEGY_TESTS_GAMBIT``
names an interpreter that has pygambit, if this one has not.
"""

from __future__ import annotations

import functools
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

PYTHON = os.environ.get("STRATEGY_TESTS_GAMBIT", sys.executable)
STARTS = 3
Found = list[list[list[float]]]


@functools.cache
def missing() -> str:
    """Why there is no oracle, or nothing."""
    done = subprocess.run(
        [PYTHON, "-c", "import pygambit"], capture_output=True, text=True, check=False
    )
    return (
        f"{PYTHON} has no pygambit (STRATEGY_TESTS_GAMBIT names another interpreter)"
        if done.returncode
        else ""
    )


def union(games: Sequence[Sequence[Any]], limit: float = 0.5) -> Iterator[Found]:
    """For each game (one array a player) the profiles that Gambit found, each a vector a
    player; not judged, with repeats."""
    results: list[Found] = [[] for _ in games]
    jobs = [(number, method, start) for number in range(len(games)) for method in ("enumpure", "gnm", "ipa") for start in range(
        1 if method == "enumpure" else STARTS)]  # fmt: skip
    while jobs:
        jobs = jobs[_some(games, jobs, results, limit) :]
    yield from results


def _some(
    games: Sequence[Sequence[Any]],
    jobs: Sequence[tuple[int, str, int]],
    results: list[Found],
    limit: float,
) -> int:
    """Do jobs in one child until it ends, hangs or aborts; how many are over, one that
    failed included."""
    with subprocess.Popen(
        [PYTHON, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            for place, (number, method, start) in enumerate(jobs):
                tables = [table.tolist() for table in games[number]]
                try:
                    child.stdin.write(json.dumps([tables, method, start]).encode() + b"\n")
                    child.stdin.flush()
                except BrokenPipeError:
                    return place + 1
                ready, _, _ = select.select(
                    [child.stdout], [], [], limit + (20 if place == 0 else 0)
                )
                line = child.stdout.readline() if ready else b""
                if not line:
                    return place + 1
                results[number] += json.loads(line)
        finally:
            child.kill()
    return len(jobs)


def solved(game: Any, method: str, start: int) -> Found:
    """One call of Gambit; in the child."""
    import pygambit
    from numpy.random import default_rng

    origin = game
    if start:
        rng = default_rng(start)
        origin = game.mixed_strategy_profile(
            data=[rng.random(len(player.strategies)).tolist() for player in game.players]
        )
    try:
        found = getattr(pygambit.nash, f"{method}_solve")(
            game if method == "enumpure" else origin
        ).equilibria
    except Exception:
        return []
    return [
        [[float(profile[s]) for s in player.strategies] for player in game.players]
        for profile in found
    ]


def enumpoly(shape: Sequence[int], count: int, seconds: float) -> dict[str, Any]:
    """What its ``enumpoly`` takes for games with random whole payoffs from 0 to 100, call
    to call; for ``children.in_child``."""
    import pygambit
    from numpy.random import default_rng

    from tests.benchmarks.children import call_to_call

    def build(seed: int) -> Any:
        rng = default_rng(seed)
        return pygambit.Game.from_arrays(
            *[rng.integers(0, 101, size=tuple(shape)) for _ in shape]
        )

    return call_to_call(
        build,
        lambda game: len(pygambit.nash.enumpoly_solve(game).equilibria),
        count,
        seconds,
    )


def enummixed(n: int, count: int, rational: bool) -> dict[str, Any]:
    """What its ``enummixed`` takes for the random games of ``benchmarks.enumerating``, call
    to call; the same."""
    import pygambit
    from numpy.random import default_rng

    from tests.benchmarks.children import call_to_call

    def build(seed: int) -> Any:
        return pygambit.Game.from_arrays(*default_rng(seed).integers(-50, 51, (2, n, n)))

    return call_to_call(
        build,
        lambda game: len(pygambit.nash.enummixed_solve(game, rational=rational).equilibria),
        count,
        0.2,
    )


def enumpure(games: Sequence[Any]) -> dict[str, Any]:
    """What its ``enumpure`` takes for tables given as nested lists, call to call; the
    same."""
    import numpy
    import pygambit

    from tests.benchmarks.children import call_to_call

    def build(number: int) -> Any:
        return pygambit.Game.from_arrays(*[numpy.array(table) for table in games[number]])

    return call_to_call(
        build,
        lambda game: len(pygambit.nash.enumpure_solve(game).equilibria),
        len(games),
        0.05,
    )


def main() -> None:
    """The child: a line in, a line out."""
    import numpy
    import pygambit

    for line in sys.stdin:
        tables, method, start = json.loads(line)
        game = pygambit.Game.from_arrays(*[numpy.array(table) for table in tables])
        print(json.dumps(solved(game, method, start)), flush=True)


if __name__ == "__main__":
    main()
