"""All pure equilibria of a table of five players with eight actions each, from float
arrays."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import NormalFormGame, solve
from strategy.concepts import PureNash
from tests.benchmarks.children import TooSlow, in_child
from tests.benchmarks.measuring import Effort, Row, Target, ready, side_by_side

__all__ = ["rows"]

PLAYERS = 5
Arrays = list[NDArray[np.float64]]

# How payoffs are drawn. Small integers have many equilibria, each of which is certified.
KINDS: dict[str, Callable[[np.random.Generator, tuple[int, ...]], NDArray[Any]]] = {
    "normal floats": lambda rng, shape: rng.standard_normal(shape),
    "integers 0 to 99": lambda rng, shape: rng.integers(0, 100, shape),
    "integers 0 to 9": lambda rng, shape: rng.integers(0, 10, shape),
    "integers 0 to 2": lambda rng, shape: rng.integers(0, 3, shape),
}


def payoffs(kind: str, actions: int) -> Arrays:
    """One float array a player."""
    rng = np.random.default_rng(20)
    return [
        KINDS[kind](rng, (actions,) * PLAYERS).astype(np.float64) for _ in range(PLAYERS)
    ]


def ours(arrays: Arrays) -> int:
    """How many pure equilibria there are, by the toolkit: read, checked, solved, each
    equilibrium certified."""
    return len(solve(NormalFormGame.from_arrays(*arrays), PureNash()))


def bare(arrays: Arrays) -> int:
    """The same by the least that NumPy needs: are the arrays finite, and where is every
    player's payoff the largest?"""
    mask = np.ones(arrays[0].shape, dtype=bool)
    for axis, array in enumerate(arrays):
        if not np.isfinite(array).all():
            raise ValueError("not finite")
        mask &= array == array.max(axis=axis, keepdims=True)
    return len(np.argwhere(mask))


def quantecon(kind: str, actions: int, repeats: int) -> dict[str, Any]:
    """Seconds that QuantEcon's ``pure_nash_brute`` takes on a game that is built already,
    and how many equilibria it finds."""
    from quantecon.game_theory import NormalFormGame as Game, Player, pure_nash_brute

    # QuantEcon has each player's own actions first, the following players' after them.
    arrays = payoffs(kind, actions)
    game = Game(
        [
            Player(np.transpose(array, [*range(i, PLAYERS), *range(i)]))
            for i, array in enumerate(arrays)
        ]
    )
    pure_nash_brute(Game([[(1, 1), (0, 0)], [(0, 0), (1, 1)]]))
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        found = pure_nash_brute(game)
        seconds.append(time.perf_counter() - start)
    return {
        "seconds": sorted(seconds)[repeats // 2],
        "fastest": min(seconds),
        "count": len(found),
    }


def rows(effort: Effort) -> Iterator[Row]:
    """For each kind of payoffs: the toolkit, bare NumPy, QuantEcon."""
    actions = 3 if effort.smoke else 8
    group = (
        f"All pure equilibria, {PLAYERS} players with {actions} actions, from float arrays"
    )
    for kind in KINDS:
        arrays = payoffs(kind, actions)
        count = ours(arrays)
        if count != bare(arrays):
            raise AssertionError(
                f"{kind}: bare NumPy finds {bare(arrays)} equilibria, solve() {count}"
            )
        times = side_by_side(
            {"ours": ready(ours, arrays), "bare": ready(bare, arrays)}, effort
        )
        label = f"{kind} ({count} equilibri{'um' if count == 1 else 'a'})"
        yield Row.of(
            group,
            f"{label}: solve",
            times["ours"],
            first=None,
            ratio=times["ours"].median / times["bare"].median,
            ratio_of="times bare NumPy",
            targets=(Target("ratio", most=3),),
        )
        yield Row.of(group, "  bare NumPy", times["bare"], first=None)
        yield _peer(group, kind, actions, count, times["ours"].median, effort)


def _peer(
    group: str, kind: str, actions: int, count: int, seconds: float, effort: Effort
) -> Row:
    name = "  QuantEcon pure_nash_brute"
    if effort.smoke:
        return Row(group=group, name=name, note="no peers in a smoke run")
    if find_spec("quantecon") is None:
        return Row(
            group=group, name=name, note="quantecon is not installed: pip install quantecon"
        )
    try:
        found = in_child(f"{__name__}:quantecon", kind, actions, 3, limit=120)
    except TooSlow as slow:
        return Row(group=group, name=name, note=str(slow))
    if found["count"] != count:
        raise AssertionError(
            f"{kind}: QuantEcon finds {found['count']} equilibria, solve() {count}"
        )
    return Row(
        group=group,
        name=name,
        seconds=found["seconds"],
        fastest=found["fastest"],
        ratio=found["seconds"] / seconds,
        ratio_of="times solve",
        targets=(Target("ratio", least=200),),
    )
