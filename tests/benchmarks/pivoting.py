"""One equilibrium of large two-player games of floats, by the path of Lemke and Howson;
beside QuantEcon."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy import NormalFormGame, solve
from strategy.concepts import Nash
from strategy.solvers import LemkeHowson
from tests.benchmarks.measuring import Effort, Row, Target, ready, side_by_side

__all__ = ["rows"]

Games = list[tuple[NDArray[Any], NDArray[Any]]]
COUNT = 20


def random_games(n: int) -> Games:
    """Games of floats of 16 digits."""
    rngs = [np.random.default_rng(seed) for seed in range(COUNT)]
    return [(rng.random((n, n)), rng.random((n, n))) for rng in rngs]


def ours(games: Games) -> None:
    """Read, solved and certified exactly."""
    for A, B in games:
        assert solve(NormalFormGame.from_arrays(A, B), Nash(), solver=LemkeHowson())[
            0
        ].certificate.holds


def quantecon(games: Games) -> None:
    """The same path in floats, from arrays to an answer in floats."""
    from quantecon import game_theory

    for A, B in games:
        game_theory.lemke_howson(
            game_theory.NormalFormGame(
                (game_theory.Player(A), game_theory.Player(B.T.copy()))
            )
        )


def rows(effort: Effort) -> Iterator[Row]:
    """Both sizes of which there are targets."""
    group = (
        "One equilibrium of an n x n game of floats by Lemke and Howson, the mean of "
        f"{COUNT} random games"
    )
    for n in (20,) if effort.smoke else (60, 100):
        games = random_games(n)
        ways: dict[str, Any] = {"ours": ready(ours, games)}
        if find_spec("quantecon") is not None:
            ways["quantecon"] = ready(quantecon, games)
        times = side_by_side(ways, effort)
        mine = times["ours"]
        ratio = mine.median / times["quantecon"].median if "quantecon" in times else None
        yield Row(
            group=group,
            name=f"n = {n}: solve",
            seconds=mine.median / COUNT,
            fastest=mine.fastest / COUNT,
            ratio=ratio,
            ratio_of="times QuantEcon's lemke_howson, in floats",
            targets=(Target("ratio", most=10),),
        )
        if "quantecon" in times:
            other = times["quantecon"]
            yield Row(
                group=group,
                name=f"n = {n}: QuantEcon",
                seconds=other.median / COUNT,
                fastest=other.fastest / COUNT,
            )
