"""Exact maps over two assumptions, and thresholds of all of them, for each corridor model;
beside grids of solved games."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np

from strategy.concepts import PureNash
from strategy.sensitivity import Regions, Thresholds, regions, thresholds, verdict
from tests import _gambit
from tests.benchmarks.children import call_to_call, in_child
from tests.benchmarks.measuring import Effort, Row, Target, timed
from tests.benchmarks.models import CASES, cases

__all__ = ["rows"]

GRID = 200 * 200
FEW = 20  # games of the grid that the other libraries solve


def map_of(name: str) -> Regions:
    """The map that the model is shown by."""
    case = CASES[name]
    return regions(case.model, case.concept, case.outcome, *case.focus)


def thresholds_of(name: str) -> list[Thresholds]:
    """The thresholds of every parameter, the others at their baselines."""
    case = CASES[name]
    return [
        thresholds(case.model, case.concept, case.outcome, label)
        for label in case.model.parameters
    ]


def first_call(name: str, function: str) -> float:
    """Seconds of the first call in a process, once everything is imported."""
    work = {"map_of": map_of, "thresholds_of": thresholds_of}[function]
    start = time.perf_counter()
    work(name)
    return time.perf_counter() - start


def _points(name: str, count: int) -> list[dict[str, Any]]:
    """Points across the map."""
    case = CASES[name]
    x, y = (case.model.parameters[label] for label in case.focus)
    places = [
        (
            x.low + (x.high - x.low) * i / count,
            y.low + (y.high - y.low) * (count - i) / count,
        )
        for i in range(count)
    ]
    return [dict(zip(case.focus, place, strict=True)) for place in places]


def on_a_grid(name: str, points: int) -> float:
    """Seconds for the verdict at every point of a grid, measured on a few: a map without
    exact cells, by our own solver."""
    case, places = CASES[name], _points(name, points)
    start = time.perf_counter()
    for at in places:
        verdict(case.model, case.concept, case.outcome, at=at)
    return (time.perf_counter() - start) / points * GRID


def tables(name: str) -> list[Any]:
    """The payoffs of a table at some points of the grid, as nested lists of floats, one a
    player."""
    games = [CASES[name].model.game(at=at) for at in _points(name, FEW)]
    return [[one.tolist() for one in game.to_arrays()] for game in games]


def quantecon(games: list[Any]) -> dict[str, Any]:
    """In a child: what ``pure_nash_brute`` takes for games that are built already."""
    from quantecon.game_theory import NormalFormGame as Game, Player, pure_nash_brute

    def build(number: int) -> Any:
        arrays = [np.array(one) for one in games[number]]
        return Game(
            [
                Player(np.transpose(one, [*range(i, one.ndim), *range(i)]))
                for i, one in enumerate(arrays)
            ]
        )

    pure_nash_brute(build(0))
    return call_to_call(build, lambda game: len(pure_nash_brute(game)), len(games), 0.05)


def _peers(group: str, name: str, seconds: float, effort: Effort) -> Iterator[Row]:
    """The same grid by the libraries that list pure equilibria of tables; only solving
    counts, not making their games."""
    for library, job, python, missing in (
        (
            "QuantEcon pure_nash_brute",
            f"{__name__}:quantecon",
            sys.executable,
            "" if find_spec("quantecon") else "not installed",
        ),
        (
            "Gambit enumpure",
            "tests._gambit:enumpure",
            _gambit.PYTHON,
            "" if effort.smoke else _gambit.missing(),
        ),
    ):
        label = f"  200 x 200 games by {library}"
        if effort.smoke or missing:
            yield Row(group=group, name=label, note=missing or "no peers in a smoke run")
            continue
        found = in_child(job, tables(name), python=python)
        grid = found["seconds"] * GRID
        yield Row(
            group=group,
            name=label,
            seconds=grid,
            ratio=grid / seconds,
            ratio_of=TIMES,
            targets=(FASTER,),
        )


TIMES = "times the map's time"
FASTER = Target("ratio", least=50)


def rows(effort: Effort) -> Iterator[Row]:
    """Maps, then thresholds. ``first`` is the first call in a process, before anything
    about the model is known."""
    group = "Exact maps over two assumptions, and the thresholds of all"
    for name, case in cases(effort).items():
        cells = len(map_of(name).cells)
        times = timed(partial(map_of, name), effort)
        grid = on_a_grid(name, 5 if effort.smoke else 100)
        yield Row.of(
            group,
            f"map, {name}",
            times,
            first=in_child(f"{__name__}:first_call", name, "map_of"),
            targets=(Target("seconds", most=1), Target("first", most=1)),
            note=f"{case.focus[0]} by {case.focus[1]}, {cells} cells",
        )
        label = "  200 x 200 games by verdict()"
        yield Row(
            group=group,
            name=label,
            seconds=grid,
            ratio=grid / times.median,
            ratio_of=TIMES,
            targets=(FASTER,),
        )
        if case.concept == PureNash():
            yield from _peers(group, name, times.median, effort)
    for name in cases(effort):
        times = timed(partial(thresholds_of, name), effort)
        found = thresholds_of(name)
        yield Row.of(
            group,
            f"thresholds, {name}",
            times,
            first=in_child(f"{__name__}:first_call", name, "thresholds_of"),
            note=(
                f"{len(found)} parameters, {sum(len(one.points) for one in found)} "
                "thresholds"
            ),
        )
