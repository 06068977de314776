"""strategy consistent and strategy question: what they print, as text and as data, and how
they end."""

from __future__ import annotations

import json

import pytest

from strategy.cli import run

MODEL = "corridor.activation"


def test_statements_that_can_hold_end_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(
            [
                "consistent",
                MODEL,
                "--stated",
                "leverage > 2 broker_rent",
                "--stated",
                "commitment < 1.5",
            ]
        )
        == 0
    )
    shown = capsys.readouterr().out
    assert "They can, for instance with Türkiye's commitment = 1.4" in shown


def test_a_contradiction_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    stated = ["leverage > 4", "leverage > commitment", "commitment > 2 leverage"]
    assert (
        run(
            [
                "consistent",
                MODEL,
                *[part for one in stated for part in ("--stated", one)],
                "--all",
                "--json",
            ]
        )
        == 1
    )
    data = json.loads(capsys.readouterr().out)
    assert data["model"] == MODEL
    assert data["consistent"] is False
    assert [one["statements"] for one in data["contradictions"]] == [[1, 3], [2, 3]]
    assert data["all_contradictions"] is True


def test_values_are_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(
            [
                "consistent",
                MODEL,
                "--stated",
                "leverage > commitment",
                "--set",
                "leverage=2",
                "--set",
                "commitment=3",
            ]
        )
        == 1
    )
    assert "Statement 1 cannot hold." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ([], "no statement is given"),
        (["--stated", "lever > 3"], "did you mean 'leverage'"),
        (["--stated", "x"], "one relation"),
    ],
)
def test_what_is_wrong_ends_with_2(
    stated: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["consistent", MODEL, *stated]) == 2
    assert said in capsys.readouterr().err


def test_the_next_question(capsys: pytest.CaptureFixture[str]) -> None:
    given = [
        "question",
        MODEL,
        "--samples",
        "2000",
        "--stated",
        "leverage > 2 broker_rent",
        "--most",
        "3",
    ]
    assert run(given) == 0
    shown = capsys.readouterr().out
    assert "The statements hold at" in shown
    assert run([*given, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["analysis"] == "question"
    assert data["statements"] == ["leverage > 2 broker_rent"]
    assert 0 < len(data["questions"]) <= 3
