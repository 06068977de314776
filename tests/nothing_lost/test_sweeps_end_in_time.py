"""A time limit for a whole sweep: what is whole stays, the same call goes on, and rows are
those of a sweep without a limit."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from games.corridor import activation
from strategy import Limits, StrategyError, deadline
from strategy.cli import run
from strategy.concepts import Nash, PureNash
from strategy.executors import map_threads
from strategy.sensitivity import Sweep, sweep
from strategy.sensitivity.sweeping.answers import Answers, SweepQuestion
from strategy.sensitivity.sweeping.files import part_name

pytest.importorskip("pyarrow.parquet")

MODEL = activation.model


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What time it is: both clocks show it, and each answer takes a second."""
    now = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "time", lambda: now[0])
    original = SweepQuestion.answers

    def answers(self: SweepQuestion, samples: np.ndarray[Any, Any]) -> Answers:
        now[0] += 1
        deadline.check()
        return original(self, samples)

    monkeypatch.setattr(SweepQuestion, "answers", answers)
    return now


@pytest.mark.parametrize("concept", [PureNash(), Nash()], ids=str)
def test_the_same_call_goes_on_to_the_same_rows(
    concept: Any, tmp_path: Path, clock: list[float]
) -> None:
    def swept(seconds: float | None, folder: str) -> Sweep:
        return sweep(
            MODEL,
            concept,
            "corridor open",
            12,
            tmp_path / folder,
            part_rows=2,
            seconds=seconds,
        )

    first = swept(3.5, "a")
    assert (first.rows, first.complete) == (6, False)
    assert "6 of 12 rows" in first._state
    assert clock[0] < 1_005
    second = swept(2.5, "a")
    assert (second.rows, second.kept) == (10, 6)
    assert swept(None, "a").complete
    assert (
        swept(None, "b")
        .table()
        .to_table()
        .equals(Sweep.open(tmp_path / "a").table().to_table())
    )


def test_what_the_end_cuts_short_is_no_answer_to_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """solve() keeps what it has where the time is over, and says STOPPED, which is not that
    the row is not settled."""
    from strategy.sensitivity.sweeping import answers as answers_module

    now, original = [1_000.0], answers_module.solve
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def late(*given: Any, **named: Any) -> Any:
        now[0] += 1
        return original(*given, **{**named, "limits": Limits(count=0)})

    monkeypatch.setattr(answers_module, "solve", late)
    found = sweep(MODEL, Nash(), "corridor open", 8, tmp_path, part_rows=4, seconds=6.5)
    assert found.rows == 4


def test_files_are_small_where_rows_are_slow(tmp_path: Path, clock: list[float]) -> None:
    # two were timed
    assert (
        sweep(MODEL, Nash(), "corridor open", 64, tmp_path / "slow", seconds=12.5).rows
        == 10
    )
    assert (
        sweep(
            MODEL, Nash(), "corridor open", 64, tmp_path / "quick", seconds=2_000
        ).manifest.part_rows
        == 32
    )


def test_a_folder_whose_parts_take_longer_than_the_limit_says_what_to_do(
    tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def answers(self: SweepQuestion, samples: np.ndarray[Any, Any]) -> Answers:
        clock[0] += 1
        deadline.check()
        # what the answers are does not matter here
        return Answers(np.zeros((len(samples), 1), dtype=np.int8), None, 0, "")

    monkeypatch.setattr(SweepQuestion, "answers", answers)

    def swept(folder: str, seconds: float) -> Sweep:
        return sweep(MODEL, Nash(), "corridor open", 64, tmp_path / folder, seconds=seconds)

    assert swept("whole", 20_000).complete
    (tmp_path / "whole" / part_name(1)).unlink()
    short = swept("whole", 0.5)
    assert (short.rows, short.kept) == (32, 32)
    assert (
        "no part of 32 rows was done in this time: give the same command more time; "
        "in a "
        "new folder, "
    ) in str(short)
    assert "run the same command again for the rest" in str(swept("new", 12.5))
    assert swept("whole", 20_000).complete


def test_jobs_elsewhere_are_not_begun_when_the_time_is_over(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        found = sweep(
            MODEL,
            PureNash(),
            "corridor open",
            64,
            tmp_path,
            executor=pool,
            part_rows=2,
            seconds=0,
        )
    assert found.rows == 0


def test_a_limit_holds_in_threads() -> None:
    def work(one: int) -> None:
        deadline.check()

    with deadline.within(0), pytest.raises(deadline.OutOfTime):
        map_threads(work, range(4))


@pytest.mark.parametrize("seconds", [-1, float("nan"), "5", True])
def test_what_is_no_time_is_refused(seconds: Any, tmp_path: Path) -> None:
    with pytest.raises(StrategyError, match="seconds="):
        sweep(MODEL, PureNash(), "corridor open", 8, tmp_path / "a", seconds=seconds)
    assert not list(tmp_path.iterdir())


def test_the_command_says_how_many_rows_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["sweep", "corridor.activation", "--samples", "64", "-o", str(tmp_path / "a")]
    assert run([*words, "--seconds", "0"]) == 0
    told = capsys.readouterr()
    assert "stopped at the limit of 0 seconds" in told.err
    assert "0 of 64 rows" in told.out
    assert (
        "no part of 64 rows was done in this time: give the same command more time"
        in " ".join(told.out.split())
    )
    assert run([*words, "--seconds", "1e9"]) == 0
    assert "All 64 rows" in capsys.readouterr().out
