"""Backward induction of trees of a million nodes, ties and all."""

from __future__ import annotations

import copy
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import attrs
import numpy as np

from strategy import ExtensiveFormGame, solve
from strategy.concepts import PureSubgamePerfect
from tests.benchmarks.children import in_child
from tests.benchmarks.measuring import Effort, Row, Target, ready, side_by_side
from tests.benchmarks.shapes import SHAPES, built, with_payoffs

__all__ = ["rows"]

FEW, MANY = 1_000_000, 50  # payoffs from -most to most
# level by level is no way to go down half a million levels
COMPARED = ("binary", "2 to 10 branches")
# seconds from which on a tree is not solved again: what is kept of it makes no difference
# then
SLOW = 5.0
CONCEPT = PureSubgamePerfect()
WITHIN = Target("seconds", most=0.3)


def unseen(game: ExtensiveFormGame) -> ExtensiveFormGame:
    """The same built tree as if it had never been looked at: nothing derived from it is
    kept."""
    return ExtensiveFormGame(copy.copy(game.form), game.payoffs, game.laws)


def _new(game: ExtensiveFormGame) -> Callable[[], Callable[[], Any]]:
    return lambda: partial(solve, unseen(game), CONCEPT)


def bare(game: ExtensiveFormGame) -> Callable[[], Any]:
    """Level by level in NumPy, the first of the best actions everywhere: no ties, nothing
    certified, no profile."""
    form = game.form
    leaf, first, mover, levels = (
        np.stack(game.payoffs, axis=1),
        form.first,
        form.mover,
        form.levels,
    )
    plays = np.where(mover == -2, np.cumsum(mover == -2) - 1, -1)

    def induce() -> int:
        play = plays.copy()
        for low, high in zip(
            levels[-3::-1].tolist(), levels[-2:0:-1].tolist(), strict=True
        ):
            nodes = low + np.flatnonzero(mover[low:high] >= 0)
            begin = first[nodes]
            widths = first[nodes + 1] - begin
            starts = np.cumsum(widths) - widths
            children = np.repeat(begin - starts, widths) + np.arange(widths.sum())
            worth = leaf[play[children], np.repeat(mover[nodes], widths)]
            best = worth == np.repeat(np.maximum.reduceat(worth, starts), widths)
            place = np.where(best, np.arange(len(worth)), len(worth))
            play[nodes] = play[children[np.minimum.reduceat(place, starts)]]
        return int(play[0])

    return induce


def rows(effort: Effort) -> Iterator[Row]:
    """For each shape: trees with few and with many ties, solved for the first time and
    again; then what compiling takes."""
    nodes = 10_000 if effort.smoke else 1_000_000
    group = (
        f"All pure subgame-perfect equilibria of a built tree of about {nodes:,} nodes, 5 "
        "players, integer payoffs"
    )
    for name, shape in SHAPES.items():
        tree = built(shape(nodes))
        chance = bool(len(tree.laws))
        for most in (FEW, MANY):
            game = with_payoffs(tree, most)
            start = time.perf_counter()
            solution = solve(game, CONCEPT)
            works = {"new": _new(game)}
            if time.perf_counter() - start < SLOW:
                works["again"] = ready(solve, game, CONCEPT)
            if most == FEW and name in COMPARED:
                induce = bare(game)
                if induce() not in {play for one in solution for play in one.play_numbers}:
                    raise AssertionError(
                        f"{name}: bare NumPy ends at play {induce()}, which no "
                        "equilibrium of solve() does"
                    )
                works["bare"] = ready(induce)
            times = side_by_side(works, effort)
            ties = (
                f"{'few' if most == FEW else 'many'} ties, {len(solution):,} on "
                f"{tree.form.node_count:,} nodes"
            )
            targets = () if chance else (WITHIN,)
            row = Row.of(
                group, f"{name}, {ties}", times["new"], first=None, targets=targets
            )
            if "bare" in times:
                row = attrs.evolve(
                    row,
                    ratio=times["new"].median / times["bare"].median,
                    ratio_of="times bare NumPy",
                )
            yield row
            if "again" in times:
                yield Row.of(
                    group, "  solved again", times["again"], first=None, targets=targets
                )
            if "bare" in times:
                yield Row.of(group, "  bare NumPy, no ties", times["bare"], first=None)
    if not effort.smoke:
        yield from _compiling(group)


def first_call(nodes: int) -> dict[str, float]:
    """Seconds from a built tree to its solution in a process that has compiled nothing, and
    once more."""
    game = with_payoffs(built(SHAPES["binary"](nodes)), FEW)
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        solve(unseen(game), CONCEPT)
        seconds.append(time.perf_counter() - start)
    return {"first": seconds[0], "second": seconds[1]}


def _compiling(group: str) -> Iterator[Row]:
    """What the first call in a process takes on a small tree that is still compiled for,
    with and without Numba's cache."""
    with tempfile.TemporaryDirectory() as folder:
        for name in (
            "first call ever, compiling",
            "first call in a process, compiled before",
        ):
            found = in_child(
                f"{__name__}:first_call", 10_000, environment={"NUMBA_CACHE_DIR": folder}
            )
            yield Row(
                group=group,
                name=f"10,000 nodes: {name}",
                seconds=found["second"],
                first=found["first"],
            )
