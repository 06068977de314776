"""Games and trees of one size alone, in a fresh process that finds compiled code on the
disk: the processor time that a loop over them settles down to, and whether any size falls
behind a larger one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from strategy import NormalFormGame, solve
from strategy.concepts import Nash, PureSubgamePerfect
from strategy.concepts._replies_kernel import strike
from tests.benchmarks.children import in_child
from tests.benchmarks.enumerating import missing, quantecon_of, random_games
from tests.benchmarks.inducing import FEW, unseen
from tests.benchmarks.measuring import Effort, Row, Target
from tests.benchmarks.shapes import SHAPES, built, with_payoffs

__all__ = ["rows"]

SIZES = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12)
AHEAD = (4, 6, 8)  # sizes at which QuantEcon is to be slower
NODES = (127, 255, 511, 1023, 2047, 4095, 8191)
GAMES = 10
SECONDS = 2.0  # more than it takes plain code to be left
SMOOTH = 1.5  # how much longer than the next larger size one may take


def tables(n: int, seconds: float) -> dict[str, float]:
    """In a child: solving random n x n games from arrays, one after the other."""
    games = random_games(n, GAMES)
    return _settled(
        lambda turn: solve(NormalFormGame.from_arrays(*games[turn % GAMES]), Nash()),
        seconds,
    )


def checks(n: int, seconds: float) -> dict[str, float]:
    """In a child: has that compiled which solving a few games would not."""
    strike.loaded = True
    return tables(n, seconds)


def quantecon(n: int, seconds: float) -> dict[str, float]:
    """In a child: the same games, built beforehand, by QuantEcon's enumeration of
    vertices."""
    build, work = quantecon_of("vertex_enumeration")
    games = [build(A, B) for A, B in random_games(n, GAMES)]
    return _settled(lambda turn: work(games[turn % GAMES]), seconds)


def trees(nodes: int, seconds: float) -> dict[str, float]:
    """In a child: solving a built binary tree of five players with few ties, each time as
    if it had never been looked at."""
    game = with_payoffs(built(SHAPES["binary"](nodes)), FEW)
    return _settled(lambda _: solve(unseen(game), PureSubgamePerfect()), seconds)


def _settled(work: Callable[[int], Any], seconds: float) -> dict[str, float]:
    """Processor time: the median and the fastest of the second half of the calls, and the
    first call."""
    times: list[float] = []
    while len(times) < 2 * GAMES or sum(times) < seconds:
        start = time.process_time()
        work(len(times))
        times.append(time.process_time() - start)
    late = times[len(times) // 2 :]
    return {"seconds": statistics.median(late), "fastest": min(late), "first": times[0]}


def rows(effort: Effort) -> Iterator[Row]:
    """Tables beside QuantEcon, then trees, which have no peer."""
    seconds = 0.0 if effort.smoke else SECONDS
    for job, largest in (("checks", SIZES[-1]), ("trees", NODES[-1])):
        in_child(f"{__name__}:{job}", largest, 0.0)  # compiles what is not on the disk
    group = (
        "Random n x n games of one size alone, all Nash equilibria, from arrays: "
        "processor time"
    )
    peerless = "no peers in a smoke run" if effort.smoke else missing("QuantEcon")
    for n, seen, smooth in _each("tables", SIZES[2:4] if effort.smoke else SIZES, seconds):
        more: dict[str, Any] = {"note": peerless, "targets": smooth}
        if not peerless:
            other = in_child(f"{__name__}:quantecon", n, seconds)
            more = {
                "ratio": other["seconds"] / seen["seconds"],
                "ratio_of": "times as fast as QuantEcon",
                "targets": [*smooth, Target("ratio", least=1)] if n in AHEAD else smooth,
            }
        yield Row(group=group, name=f"n = {n}", **seen, **more)
    for nodes, seen, smooth in _each(
        "trees", NODES[:2] if effort.smoke else NODES, seconds
    ):
        yield Row(
            group=group,
            name=f"binary tree, {nodes:,} nodes",
            **seen,
            ratio=seen["seconds"] / nodes * 1e6,
            ratio_of="µs a node",
            targets=smooth,
        )


def _each(
    job: str, sizes: Sequence[int], seconds: float
) -> Iterator[tuple[int, dict[str, float], tuple[Target, ...]]]:
    """Each size, what it takes, and that it is not much slower than the next larger."""
    seen = [in_child(f"{__name__}:{job}", size, seconds) for size in sizes]
    for size, here, larger in zip(sizes, seen, [*seen[1:], None], strict=True):
        most = (
            () if larger is None else (Target("seconds", most=SMOOTH * larger["seconds"]),)
        )
        yield size, here, most
