"""One game of a corridor model at a time: building it from values, solving it, the
verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from strategy import Model, solve
from strategy.sensitivity import verdict
from strategy.sensitivity.samples.shares import draw
from tests.benchmarks.measuring import Effort, Row, timed
from tests.benchmarks.models import cases

__all__ = ["rows"]

GAMES = 50


def rows(effort: Effort) -> Iterator[Row]:
    """Solve and verdict at the baseline; games at values drawn from the ranges."""
    group = "One game of a corridor model at a time"
    for name, case in cases(effort).items():
        game = case.model.game()
        solved = timed(partial(solve, game, case.concept), effort)
        yield Row.of(group, f"solve, {name}", solved, first=None)
        judged = timed(partial(verdict, case.model, case.concept, case.outcome), effort)
        yield Row.of(group, "  verdict", judged, first=None)
    for model in dict.fromkeys(case.model for case in cases(effort).values()):
        values = [
            dict(zip(model.parameters, row, strict=True))
            for row in draw(model, GAMES, seed=1).tolist()
        ]
        times = timed(partial(_games, model, values), effort)
        speed = (
            f"{GAMES / times.median:,.0f} games a second, {len(model.parameters)} "
            "parameters each"
        )
        yield Row.of(
            group, f"{GAMES} games from values, {model.name}", times, first=None, note=speed
        )
    for model in dict.fromkeys(case.model for case in cases(effort).values()):
        times = timed(partial(_games, model, [None] * GAMES), effort)
        speed = f"{GAMES / times.median:,.0f} games a second"
        yield Row.of(
            group,
            f"{GAMES} games at the baseline, {model.name}",
            times,
            first=None,
            note=speed,
        )


def _games(model: Model, values: Sequence[Mapping[str, Any] | None]) -> None:
    for one in values:
        model.game(at=one)
