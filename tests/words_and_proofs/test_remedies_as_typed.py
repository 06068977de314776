"""A refusal on the command line says its remedy as it is typed there: an option, not an
argument of a function."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from strategy import cli
from strategy.cli._remedies import spoken

PYTHON = re.compile(
    r"\b[a-z_]+=[{'\[-]|\bNone\b|\b[A-Za-z]+\(\)|\b[A-Z][a-z]+[A-Z][a-z]+|plot_"
)
REFUSED = [
    (
        "draw corridor.activation -o x.svg",
        "--given Armenia=open --given Russia=obstruct --given Iran=obstruct",
    ),
    ("draw corridor.activation --figure best-responses -o x.svg", "--given Armenia=open"),
    ("draw corridor.sequence --figure best-responses -o x.svg", "--figure tree"),
    ("draw corridor.activation --figure tree -o x.svg", "--figure payoffs"),
    ("draw corridor.sequence --fold 0 -o x.svg", "--fold 0: expected a positive integer"),
    ("draw corridor.sequence --orientation up -o x.svg", "--orientation 'up': expected"),
    ("ablation corridor.sequence --sets 0", "--sets 0: expected"),
    ("check corridor.sequence --seconds-per-check 0", "--seconds-per-check 0.0: expected"),
    ("solve corridor.activation --count -1", "--count -1: expected a non-negative integer"),
    ("solve corridor.sequence --concept nash", "use --concept pure-subgame-perfect"),
    (
        "solve corridor.activation --concept nash --solver lemke-howson",
        "use --solver logit-tracing",
    ),
    ("coordination corridor.activation --concept nash", "use --concept pure-nash"),
    ("conditions corridor.activation --concept correlated", "strategy solve with --set"),
    ("sweep corridor.sequence --samples 9 --workers 0 -o kept", "--workers 0: expected"),
]


@pytest.mark.parametrize(
    ("command", "remedy"), REFUSED, ids=[command for command, _ in REFUSED]
)
def test_remedies(
    command: str,
    remedy: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(shlex.split(command)) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert remedy in said
    assert not PYTHON.search(said), PYTHON.search(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "too many: say who moves first=, last=",
            "too many: say who moves --first, --last",
        ),
        ("fix cost with at=", "fix cost with --set"),
        (
            "say what moves, such as group=['up: x=1']",
            "say what moves, such as --group 'up: x=1'",
        ),
        (
            "hold these, hold=['q'] (--hold q), or take thresholds() along one of them",
            "hold these, --hold q, or use strategy thresholds along one of them",
        ),
    ],
)
def test_arguments_are_options(text: str, said: str) -> None:
    assert spoken(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("such as given={'A b': \"it's\"}", """such as --given 'A b=it'"'"'s'"""),
        ("given={1: print(2)}", "--given PLAYER=ACTION"),
        ("leverage = 100 is outside its range", "leverage = 100 is outside its range"),
        ("unknown player 'PureNash'", "unknown player 'PureNash'"),
        ("unknown player 'given={}'", "unknown player 'given={}'"),
    ],
)
def test_what_users_have_named_stays(text: str, said: str) -> None:
    assert spoken(text) == said
