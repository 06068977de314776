"""A time limit of an analysis is shared among its sections and its page; what is not done
is named."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import attrs
import pytest

from games.corridor import activation, sequence
from strategy import deadline
from strategy.cli import run
from strategy.report import analyse, write
from strategy.report.question import Question
from strategy.report.section import NOT_IN_TIME, Refused, Section
from strategy.report.sections import ALL

CHEAP = ("equilibria", "verdicts", "assumptions", "claims", "leaves_out", "reproduce")
DRAWN = ("region_map", "thresholds")


def slow(section: Section, now: list[float]) -> Section:
    """The same section, which comes to no end."""

    def find(question: Question) -> Any:
        while True:
            now[0] += 0.01
            deadline.check()

    return attrs.evolve(section, find=find)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    moment = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    return moment


@pytest.mark.parametrize("endless", [("answer",), ("checks", "ablation", "drivers")])
def test_slow_sections_leave_time_to_the_others(
    endless: tuple[str, ...], now: list[float]
) -> None:
    sections = tuple(
        [
            slow(one, now) if one.key in endless else one
            for one in ALL
            if one.key in (*endless, *CHEAP, *DRAWN)
        ]
    )
    analysis = analyse([activation.model, sequence.model], seconds=5, sections=sections)
    assert now[0] < 1_005.5
    for one in analysis.models:
        late = {key for key, found in one.findings.items() if found == Refused(NOT_IN_TIME)}
        assert late == set(endless)


@pytest.mark.deep
def test_figures_that_are_not_drawn_in_time_are_named(
    now: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from strategy.report import files

    few = tuple([one for one in ALL if one.key in ("answer", *DRAWN)])
    analysis = analyse([activation.model], sections=few)
    original = files.figure_bytes

    def figure_bytes(*given: Any) -> bytes:
        now[0] += 1
        return original(*given)

    monkeypatch.setattr(files, "figure_bytes", figure_bytes)
    written = write(analysis, tmp_path, seconds=2)
    assert written.late == ((0, "region_map"), (0, "thresholds"))
    assert [one.name for one in written.figures] == [
        "corridor.activation-map.svg",
        "corridor.activation-map.png",
    ]
    page = written.page.read_text(encoding="utf-8")
    assert page.count("Not all is drawn here: the time limit was reached.") == 2
    assert all(one.exists() for one in written.figures)
    assert write(analysis, tmp_path).late == ()
    assert "Not all is drawn" not in written.page.read_text(encoding="utf-8")


def test_the_command_names_what_is_not_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "analyse",
        "corridor.activation",
        "--only",
        "region_map",
        "--only",
        "claims",
        "-o",
        str(tmp_path),
    ]
    assert run([*words, "--seconds", "0"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert (
        "Not done within 0 seconds, the page included: Two assumptions at once, The claims."
        in said
    )
    assert (tmp_path / "report.html").exists()
