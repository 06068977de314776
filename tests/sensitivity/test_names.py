"""Functions have the names of their commands; those that they had before still work, and
warn once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from strategy import cli, sensitivity
from strategy.sensitivity.analyses.catalogue import ALL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("commitments", "commitment"),
        ("next_question", "question"),
        ("term_ablation", "terms"),
    ],
)
def test_an_old_name_warns_once(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(vars(sensitivity), old, raising=False)
    with pytest.warns(DeprecationWarning, match=f"{old} is called {new} now"):
        found = getattr(sensitivity, old)
    assert found is getattr(sensitivity, old) is getattr(sensitivity, new)


@pytest.mark.parametrize("name", [one.key for one in ALL])
def test_every_analysis_that_is_a_command_is_a_function_of_that_name_or_of_its_other_one(
    name: str,
) -> None:
    assert callable(getattr(sensitivity, {"map": "regions"}.get(name, name)))


@pytest.mark.parametrize("command", ["regions", "map", *[one.key for one in ALL]])
def test_help_speaks_of_the_command_line(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Usage: strategy {command} ")
    assert not re.search(r"``|Raises|Error\b|\bNone\b|UNKNOWN", said)


def test_commands_stand_under_what_one_wants_to_know(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["--help"]) == 0
    said = capsys.readouterr().out
    heads = [
        "The model:",
        "Its equilibria:",
        "How far assumptions can move:",
        "What drives the outcome:",
        "Claims and statements:",
    ]
    assert [line for line in said.splitlines() if line in heads] == heads
    assert "Also:" not in said


def test_a_sweep_is_an_analysis_that_is_told_its_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = ["sweep", "corridor.activation", "--samples", "3"]
    assert cli.run(asked) == 2
    assert "name its folder" in capsys.readouterr().err
    outcomes = ["--outcome", "corridor open", "--outcome", "Armenia opens"]
    assert cli.run([*asked, *outcomes, "-o", str(tmp_path / "swept"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["analysis"], found["rows"]) == ("sweep", 3)
    assert list(found["outcomes"]) == ["corridor open", "Armenia opens"]
