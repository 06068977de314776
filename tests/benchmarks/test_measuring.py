"""What the benchmarks are measured with. No test asserts a time."""

from __future__ import annotations

import time

import numpy as np
import pytest

from strategy import solve
from strategy.concepts import PureSubgamePerfect
from tests.benchmarks.children import TooSlow, in_child, peak_memory
from tests.benchmarks.inducing import bare
from tests.benchmarks.measuring import (
    Effort,
    Row,
    Target,
    Times,
    ready,
    side_by_side,
    table,
    timed,
)
from tests.benchmarks.shapes import SHAPES, built, with_payoffs

QUICK = Effort(smoke=True, seconds=0.0, least=3)


def test_first_call_is_apart_from_warm_ones() -> None:
    calls: list[int] = []
    times = timed(lambda: calls.append(len(calls)), QUICK)
    assert len(calls) == 4
    assert len(times.warm) == 3
    assert times.fastest <= times.median


def test_things_are_timed_in_turn_and_preparing_is_not_counted() -> None:
    seen: list[str] = []

    def slow_to_prepare() -> object:
        time.sleep(0.02)
        return lambda: seen.append("prepared")

    times = side_by_side({"a": slow_to_prepare, "b": ready(seen.append, "b")}, QUICK)  # type: ignore[dict-item]
    assert seen == ["prepared", "b"] * 4
    assert times["a"].fastest < 0.02


@pytest.mark.parametrize(
    ("target", "met", "shown"),
    [
        (Target("seconds", most=0.3), True, "≤ 300 ms"),
        (Target("seconds", most=0.1), False, "≤ 100 ms"),
        (Target("first", most=2), None, "first ≤ 2 s"),
        (Target("ratio", least=200), False, "ratio ≥ 200"),
        (Target("ratio", most=3), True, "ratio ≤ 3"),
        (Target("peak", most=2**30), True, "peak ≤ 1 GiB"),
    ],
)
def test_targets(target: Target, met: bool | None, shown: str) -> None:
    row = Row(group="g", name="n", seconds=0.2, ratio=2.5, peak=2**20, targets=(target,))
    assert target.met(row) is met
    assert row.met is met
    assert str(target) == shown
    assert shown in table([row])


def test_a_skipped_row_says_so_and_why() -> None:
    text = table(
        [
            Row.of("g", "done", Times(2.0, (0.5, 1.5, 1e-6))),
            Row(group="g", name="left", note="no such tool"),
        ]
    )
    assert "500 ms" in text
    assert "1 µs" in text
    assert "skipped" in text
    assert text.endswith("left: no such tool")


def test_a_child_answers_and_is_stopped_in_time() -> None:
    assert in_child("statistics:median", [3, 1, 2]) == 2
    assert 2**20 < in_child(f"{peak_memory.__module__}:peak_memory") < 2**30
    with pytest.raises(TooSlow, match=r"0\.5 s"):
        in_child("time:sleep", 60, limit=0.5)
    with pytest.raises(RuntimeError, match="StatisticsError"):
        in_child("statistics:median", [])


@pytest.mark.parametrize("shape", SHAPES)
def test_trees_have_the_shape_asked_for(shape: str) -> None:
    wanted = SHAPES[shape](4_000)
    game = with_payoffs(built(wanted), 1_000)
    form = game.form
    assert 0.8 * 4_000 < form.node_count < 1.3 * 4_000
    assert (np.diff(form.first) == wanted.sizes).all()
    inner = wanted.sizes > 0
    assert (form.mover[inner] == wanted.movers[inner]).all()
    if not len(game.laws):
        solution = solve(game, PureSubgamePerfect())
        assert bare(game)() in {play for one in solution for play in one.play_numbers}
