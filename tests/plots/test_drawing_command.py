"""strategy draw: the figure that fits a game, its options, and what is refused in one
line."""

from __future__ import annotations

from pathlib import Path

import pytest

from strategy import cli
from strategy.cli import _drawing

STAGS = "games.classics.coordination:stag_hunt"
GIVEN = ["--given", "Azerbaijan=wait", "--given", "Iran=acquiesce"]
DRAWN = {
    "tree": ["corridor.sequence"],
    "tree, down and folded": ["corridor.sequence", "--orientation", "down", "--fold", "2"],
    "table": [STAGS],
    "best responses": [STAGS, "--figure", "best-responses"],
    "a set of equilibria": [STAGS, "--figure", "equilibria"],
    "quantal responses": ["corridor.alignment", "--figure", "quantal-responses"],
    "a table cut out": [
        "corridor.activation",
        "--given",
        "Azerbaijan=wait",
        "--given",
        "Iran=acquiesce",
        "--given",
        "Türkiye=press",
    ],
}
REFUSED = {
    "the others must be said": (
        ["corridor.activation", "-o", "x.svg"],
        "say what the others do",
    ),
    "no such action": (
        ["corridor.activation", "-o", "x.svg", "--given", "Iran=acquiesc"],
        "did you mean 'acquiesce'",
    ),
    "no pair": (
        ["corridor.activation", "-o", "x.svg", "--given", "Iran"],
        "--given 'Iran': expected NAME=VALUE",
    ),
    "no such figure": (
        [STAGS, "-o", "x.svg", "--figure", "pie"],
        "one of tree, payoffs, best-responses, equilibria, quantal-",
    ),
    "a tree of a table": ([STAGS, "-o", "x.svg", "--figure", "tree"], "order of moves"),
    "a table of a tree": (
        ["corridor.sequence", "-o", "x.svg", "--figure", "payoffs"],
        "--figure tree",
    ),
    "no equilibria of five": (
        ["corridor.activation", "-o", "x.svg", "--figure", "equilibria"],
        "up to 3 actions each",
    ),
    "no equilibria of a tree": (
        ["corridor.sequence", "-o", "x.svg", "--figure", "equilibria"],
        "this is a tree",
    ),
    "no responses of a tree": (
        ["corridor.sequence", "-o", "x.svg", "--figure", "quantal-responses"],
        "this is a tree",
    ),
    "given for equilibria": (
        [STAGS, "-o", "x.svg", "--figure", "equilibria", "--given", "1=stag"],
        "--given is not for",
    ),
    "no such file": (["corridor.sequence", "-o", "x.eps"], ".svg, .png or .pdf"),
    "no such way": (
        ["corridor.sequence", "-o", "x.svg", "--orientation", "up"],
        "expected 'right' or 'down'",
    ),
    "fold a table": ([STAGS, "-o", "x.svg", "--fold", "2"], "--fold is not for payoffs"),
    "options without a file": ([STAGS, "--figure", "payoffs"], "add -o"),
    "too many actions": (
        [
            "corridor.activation",
            "-o",
            "x.svg",
            "--figure",
            "best-responses",
            "--given",
            "Iran=acquiesce",
        ],
        "4 choose",
    ),
}


@pytest.mark.parametrize("name", DRAWN)
def test_drawn(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "figure.svg"
    assert cli.run(["draw", *DRAWN[name], "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8").startswith("<?xml")
    assert "the figure:" in capsys.readouterr().out


def test_a_file_of_the_wrong_kind_is_refused_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_drawing, "solve", None)
    assert cli.run(["draw", STAGS, "-o", str(tmp_path / "table.eps")]) == 2
    assert ".svg, .png or .pdf" in capsys.readouterr().err


@pytest.mark.parametrize("name", REFUSED)
def test_refused(
    name: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, expected = REFUSED[name]
    assert cli.run(["draw", *arguments]) == 2
    said = capsys.readouterr().err
    assert expected in said
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
