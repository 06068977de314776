"""Thousands of perturbed games in one call of solve_many(), from arrays to arrays; beside
what others do game by game."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import solve_many
from strategy.concepts import LogitQuantalResponse, Nash, PureNash
from tests.benchmarks.children import TooSlow, in_child
from tests.benchmarks.measuring import Effort, Row, Target, duration, timed

__all__ = ["rows"]

FEW = 200  # games that peers solve, which take them one by one


def perturbed(n: int, count: int) -> NDArray[np.float64]:
    """One random game, and noise of a third of its size: shape (2, count, n, n)."""
    rng = np.random.default_rng(4)
    result: NDArray[np.float64] = rng.standard_normal(
        (2, 1, n, n)
    ) + 0.3 * rng.standard_normal((2, count, n, n))
    return result


def _quantecon(name: str) -> tuple[Callable[[Any, Any], Any], Callable[[Any], Any]]:
    from quantecon import game_theory

    return (
        lambda A, B: game_theory.NormalFormGame(
            (game_theory.Player(A), game_theory.Player(B.T))
        ),
        getattr(game_theory, name),
    )


def _nashpy(name: str) -> tuple[Callable[[Any, Any], Any], Callable[[Any], Any]]:
    import warnings

    import nashpy

    warnings.simplefilter("ignore")  # it warns of games with an even number of equilibria
    if name == "lemke_howson":
        return nashpy.Game, lambda game: game.lemke_howson(0)
    return nashpy.Game, lambda game: list(getattr(game, name)())


def peer(library: str, name: str, n: int) -> dict[str, Any]:
    """Seconds a game by another library, from arrays and apart from building its games, and
    how many equilibria it finds."""
    build, work = {"QuantEcon": _quantecon, "Nashpy": _nashpy}[library](name)
    arrays = list(zip(*perturbed(n, FEW), strict=True))
    work(build(*arrays[0]))
    seconds, built = [], []
    for _ in range(5):
        start = time.perf_counter()
        games = [build(A, B) for A, B in arrays]
        middle = time.perf_counter()
        found = [work(game) for game in games]
        seconds.append(time.perf_counter() - start)
        built.append(middle - start)
    return {
        "seconds": sorted(seconds)[2] / FEW,
        "fastest": min(seconds) / FEW,
        "building": sorted(built)[2] / FEW,
        "count": sum(map(len, found)),
    }


PEERS = {
    "Nash": [
        ("QuantEcon", "vertex_enumeration"),
        ("QuantEcon", "support_enumeration"),
        ("QuantEcon", "lemke_howson"),
        ("Nashpy", "vertex_enumeration"),
        ("Nashpy", "support_enumeration"),
        ("Nashpy", "lemke_howson"),
    ],
    "PureNash": [("QuantEcon", "pure_nash_brute")],
}


def best_replies(arrays: NDArray[np.float64]) -> int:
    """Pure equilibria by bare NumPy, the least that can be done: how many."""
    first, second = arrays
    return int(
        (
            (first == first.max(axis=1, keepdims=True))
            & (second == second.max(axis=2, keepdims=True))
        ).sum()
    )


def rows(effort: Effort) -> Iterator[Row]:
    """All Nash equilibria, pure ones and logit quantal responses of 10,000 games."""
    count = 100 if effort.smoke else 10_000
    for concept, sizes in (
        (Nash(), (2, 3, 4, 6)),
        (PureNash(), (4,)),
        (LogitQuantalResponse(1), (4,)),
    ):
        group = f"10,000 perturbed games at once, from arrays to arrays ({concept}): a game"
        for n in sizes:
            arrays = perturbed(n, count)
            times = timed(partial(solve_many, arrays, concept), effort)
            settled = int(solve_many(arrays, concept).exactly.sum())
            yield Row(
                group=group,
                name=f"{concept}, {n} x {n}",
                seconds=times.median / count,
                fastest=times.fastest / count,
                targets=(Target("seconds", most=8e-6),)
                if n == 4 and concept == Nash()
                else (),
                note=f"{settled} of them settled in exact numbers" if settled else "",
            )
            if isinstance(concept, PureNash):
                bare = timed(partial(best_replies, arrays), effort)
                yield Row(
                    group=group,
                    name="  bare NumPy, how many",
                    seconds=bare.median / count,
                    fastest=bare.fastest / count,
                )
            if n == 4:
                yield from _beside(
                    group, type(concept).__name__, times.median / count, n, effort
                )


def _beside(group: str, kind: str, seconds: float, n: int, effort: Effort) -> Iterator[Row]:
    for library, name in PEERS.get(kind, []):
        label = f"  {library} {name}" + (", one" if name == "lemke_howson" else "")
        if effort.smoke or find_spec(library.lower()) is None:
            yield Row(
                group=group,
                name=label,
                note="no peers in a smoke run"
                if effort.smoke
                else f"{library} is not installed",
            )
            continue
        try:
            found = in_child(f"{__name__}:peer", library, name, n, limit=120)
        except TooSlow as slow:
            yield Row(group=group, name=label, note=str(slow))
            continue
        missed = len(solve_many(perturbed(n, FEW), Nash()).numbers) - found["count"]
        notes = (
            [f"misses {missed} equilibria"]
            if kind == "Nash" and name != "lemke_howson" and missed
            else []
        )
        notes.append(f"{duration(found['building'])} of it to build a game")
        yield Row(
            group=group,
            name=label,
            seconds=found["seconds"],
            fastest=found["fastest"],
            ratio=found["seconds"] / seconds,
            ratio_of="times solve_many",
            targets=(Target("ratio", least=1),),
            note="; ".join(notes),
        )
