"""How far limits of seconds are overrun: heavy games under every solver and concept, asked
for some seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from strategy import Chance, Decision, End, ExtensiveFormGame, Limits, NormalFormGame, solve
from strategy.concepts import (
    CoalitionProofNash,
    LogitQuantalResponse,
    Nash,
    Proper,
    PureNash,
    PureSubgamePerfect,
    StrongNash,
    TremblingHandPerfect,
)
from strategy.errors import TimeLimitError
from strategy.results import Status
from strategy.solvers import (
    BranchAndPrune,
    LemkeHowson,
    LogitTracing,
    ZeroSumProgramme,
    prove,
)
from strategy.solving_many import solve_many
from tests.benchmarks.measuring import Effort, Row, Target

__all__ = ["rows"]

SECONDS = 5.0
MOST = 0.5 + 0.05 * SECONDS  # what a call may take beyond its limit


def tables(shape: tuple[int, ...], top: int) -> NormalFormGame:
    """A table of whole payoffs from 0 to ``top``, drawn with seed 0."""
    rng = np.random.default_rng(0)
    return NormalFormGame.from_arrays(*[rng.integers(0, top + 1, shape) for _ in shape])


def identity(size: int) -> NormalFormGame:
    """Both get 1 where they do the same: 2^size - 1 equilibria."""
    return NormalFormGame.from_arrays(np.eye(size, dtype=int), np.eye(size, dtype=int))


def floats(size: int, *, zero_sum: bool = False) -> NormalFormGame:
    """Two players with payoffs of 16 digits."""
    rng = np.random.default_rng(0)
    A = rng.random((size, size))
    return NormalFormGame.from_arrays(A, -A if zero_sum else rng.random((size, size)))


def tied(moves: int) -> ExtensiveFormGame:
    """As many players in turn, three actions each, and nobody cares."""

    def step(history: tuple[str, ...]) -> Any:
        return (
            Decision(f"player {len(history)}", ("a", "b", "c"))
            if len(history) < moves
            else End()
        )

    return ExtensiveFormGame.from_rules(step)


def chance(depth: int, payoffs: int) -> ExtensiveFormGame:
    """Two players and chance by turns; ``payoffs``: how many values leaves have."""
    count = iter(range(2**depth))

    def node(left: int, path: str) -> Any:
        if not left:
            number = next(count)
            return End({"A": number % payoffs, "B": 7 * number % payoffs})
        ways = {one: node(left - 1, path + one) for one in "xy"}
        if left % 2:
            return Chance(
                f"chance {path}", {"x": ("1/3", ways["x"]), "y": ("2/3", ways["y"])}
            )
        return Decision("A" if left % 4 else "B", ways)

    return ExtensiveFormGame.from_tree(node(depth, ""))


CASES: dict[str, tuple[Callable[[], Any], Any, Any]] = {
    "identity, n = 20: Nash": (lambda: identity(20), Nash(), None),
    "identity, n = 24: Nash": (lambda: identity(24), Nash(), None),
    "60 x 60: Nash": (lambda: tables((60, 60), 100), Nash(), None),
    "500 x 500: Nash": (lambda: tables((500, 500), 100), Nash(), None),
    "100 x 100, 16 digits: Nash": (lambda: floats(100), Nash(), None),
    "9 players, 4 actions: Nash": (lambda: tables((4,) * 9, 99), Nash(), None),
    "11 players, 3 actions: Nash": (lambda: tables((3,) * 11, 99), Nash(), None),
    "16 players, 2 actions: Nash": (lambda: tables((2,) * 16, 99), Nash(), None),
    "6 players, 5 actions, all tied: Nash": (lambda: tables((5,) * 6, 0), Nash(), None),
    "8 x 8 x 8, ties: Nash": (lambda: tables((8, 8, 8), 1), Nash(), None),
    "60 x 60: Nash by boxes": (lambda: tables((60, 60), 100), Nash(), BranchAndPrune()),
    "200 x 200: Lemke-Howson": (lambda: tables((200, 200), 99), Nash(), LemkeHowson()),
    "400 x 400, 16 digits: zero-sum": (
        lambda: floats(400, zero_sum=True),
        Nash(),
        ZeroSumProgramme(),
    ),
    "9 players, 4 actions: tracing": (lambda: tables((4,) * 9, 99), Nash(), LogitTracing()),
    "200 x 200: tracing": (lambda: tables((200, 200), 99), Nash(), LogitTracing()),
    "9 players, 4 actions: quantal response": (
        lambda: tables((4,) * 9, 99),
        LogitQuantalResponse(5),
        None,
    ),
    "20 players, all tied: pure": (lambda: tables((2,) * 18, 0), PureNash(), None),
    "1500 x 1500: pure, undominated": (
        lambda: tables((1500, 1500), 99),
        PureNash(undominated=True),
        None,
    ),
    "identity, n = 16: perfect": (lambda: identity(16), TremblingHandPerfect(), None),
    "identity, n = 16: proper": (lambda: identity(16), Proper(), None),
    "6 x 6 x 6, ties: proper": (lambda: tables((6, 6, 6), 2), Proper(), None),
    "200 x 200, all tied: strong": (lambda: tables((200, 200), 0), StrongNash(), None),
    "9 players, 3 actions: coalition-proof": (
        lambda: tables((3,) * 9, 2),
        CoalitionProofNash(),
        None,
    ),
    "11 players in turn, all tied": (lambda: tied(11), PureSubgamePerfect(), None),
    "14 levels with chance, few payoffs": (
        lambda: chance(14, 5),
        PureSubgamePerfect(),
        None,
    ),
    "10 levels with chance, few payoffs": (
        lambda: chance(10, 5),
        PureSubgamePerfect(),
        None,
    ),
}


def _row(
    name: str, work: Callable[[], Any], seconds: float, note: Callable[[Any], str]
) -> Row:
    start = time.perf_counter()
    found = work()
    taken = time.perf_counter() - start
    return Row(
        group=f"How far a limit of {seconds:g} s is overrun",
        name=name,
        seconds=max(taken - seconds, 0.0),
        ratio=taken / seconds,
        ratio_of="of what was asked",
        targets=(Target("seconds", most=0.5 + 0.05 * seconds),),
        note=note(found),
    )


def _told(solution: Any) -> str:
    return f"{solution.status}, {len(solution):,} equilibria"


def _proof(game: NormalFormGame, seconds: float) -> Any:
    try:
        return prove(game, seconds=seconds, most_steps=10**9)
    except TimeLimitError:
        return "no proof was made by then"


def rows(effort: Effort) -> Iterator[Row]:
    """Every case once, everything compiled."""
    seconds = 0.2 if effort.smoke else SECONDS
    warm = Limits(seconds=1)
    for game, concept, solver in (
        (tables((18, 18), 50), Nash(), None),
        (tables((4, 4, 4), 9), Nash(), None),
        (tables((3, 3), 9), Nash(), BranchAndPrune()),
        (chance(13, 5), PureSubgamePerfect(), None),
    ):
        solve(game, concept, solver, limits=warm)
    for name, (make, concept, solver) in CASES.items():
        game = make()
        yield _row(
            name,
            partial(solve, game, concept, solver, limits=Limits(seconds=seconds)),
            seconds,
            _told,
        )
    for size, concept in (
        (20, Nash()),
        (8, LogitQuantalResponse(5)),
        (60, PureNash(undominated=True)),
    ):
        arrays = list(
            np.random.default_rng(0).integers(
                0, 9, (2, 20_000 if size < 50 else 500, size, size)
            )
        )
        yield _row(
            f"{len(arrays[0]):,} games {size} x {size}: solve_many, {concept}",
            lambda: solve_many(arrays, concept, limits=Limits(seconds=seconds)),  # noqa: B023
            seconds,
            lambda found: (
                f"{sum(one is not Status.STOPPED for one in found.statuses):,} games done"
            ),
        )
    game = tables((3, 3, 3, 3), 9)
    yield _row("3 x 3 x 3 x 3: prove", lambda: _proof(game, seconds), seconds, str)
