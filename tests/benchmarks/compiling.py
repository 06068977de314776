"""What compiling costs: processor time of the first call of every kernel, with nothing
compiled, and from Numba's cache."""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from strategy import Decision, End, ExtensiveFormGame, NormalFormGame, solve, solve_many
from strategy.concepts import LogitQuantalResponse, Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import shares
from tests.benchmarks.children import in_child
from tests.benchmarks.measuring import Effort, Row, Target

__all__ = ["first_calls", "rows"]

WHOLE = "all kernels"


def _table(*shape: int) -> NormalFormGame:
    rng = np.random.default_rng(0)
    return NormalFormGame.from_arrays(*[rng.integers(-50, 51, size=shape) for _ in shape])


def _many(*, logit: bool) -> None:
    payoffs = np.random.default_rng(0).normal(size=(2, 500, 4, 4))
    if logit:
        solve_many(list(payoffs), LogitQuantalResponse(1))
    else:
        solve_many(list(payoffs), Nash())


def _binary(depth: int, rng: np.random.Generator) -> Any:
    if depth == 0:
        return End({"A": int(rng.integers(-50, 51)), "B": int(rng.integers(-50, 51))})
    return Decision(
        "AB"[depth % 2], {"left": _binary(depth - 1, rng), "right": _binary(depth - 1, rng)}
    )


def _three_players() -> None:
    """A small game, but with the kernels that it would do without."""
    from strategy.concepts._boxes_kernel import examine
    from strategy.solvers.cells.branching import search

    search.spent = examine.spent = math.inf
    solve(_table(3, 3, 3), Nash())


def _sampled() -> None:
    from games.corridor.activation import model

    shares(model, PureNash(), next(iter(model.outcomes)), samples=1)


# In this order: what comes first also loads Numba itself.
CALLS: dict[str, Callable[[], Any]] = {
    "Nash of 12 x 12 actions, and loading Numba": lambda: solve(_table(12, 12), Nash()),
    "Nash of 500 games of 4 x 4 at once": lambda: _many(logit=False),
    "Nash of 3 x 3 x 3 actions, compiled": _three_players,
    "logit responses of many games": lambda: _many(logit=True),
    "samples of a table's range box": _sampled,
    "backward induction of 16,383 nodes": lambda: solve(
        ExtensiveFormGame.from_tree(_binary(13, np.random.default_rng(0))),
        PureSubgamePerfect(),
    ),
}
SMALL = {
    "Nash of 3 x 3 actions": lambda: solve(_table(3, 3), Nash()),
    "Nash of 2 x 2 x 2 actions": lambda: solve(_table(2, 2, 2), Nash()),
    "Nash of 3 x 3 x 3 actions": lambda: solve(_table(3, 3, 3), Nash()),
}


def first_calls() -> list[tuple[str, float, float]]:
    """Name, seconds of processor time of the first call, and of a second one, small games
    first."""
    result = []
    for name, call in {**SMALL, **CALLS}.items():
        seconds = []
        for _ in range(2):
            start = time.process_time()
            call()
            seconds.append(time.process_time() - start)
        result.append((name, seconds[0], seconds[1]))
    return result


def rows(effort: Effort) -> Iterator[Row]:
    """A process with nothing compiled, then one that finds everything in the cache; a smoke
    run does with what is there."""
    ways = (
        ("as things are",)
        if effort.smoke
        else ("nothing compiled before", "from the cache")
    )
    with tempfile.TemporaryDirectory() as folder:
        for way in ways:
            group = f"processor time of first calls, {way}"
            found = in_child(
                f"{__name__}:first_calls",
                environment={} if effort.smoke else {"NUMBA_CACHE_DIR": folder},
            )
            for name, first, second in found:
                yield Row(group=group, name=f"{name}; {way}", seconds=second, first=first)
            yield Row(
                group=group,
                name=f"{WHOLE}; {way}",
                seconds=sum(first for _, first, _ in found),
                targets=() if effort.smoke else (Target("seconds", most=15),),
            )
