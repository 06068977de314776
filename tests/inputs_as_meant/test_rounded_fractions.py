"""Fractions that floats have rounded are read as they print, and a hint says what they are
likely to stand for."""

import json
import warnings
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from strategy import Decision, End, ExtensiveFormGame, NormalFormGame, solve
from strategy.cli import run
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.forms.rounded import rounding_hint

THIRD, TWO = 1 / 3, 2 / 3
ROUNDED: dict[str, tuple[Any, str]] = {
    "two thirds in two cells": (
        [[TWO, 0], [TWO, 1]],
        "0.6666666666666666 in the payoffs (2 cells) is likely 2/3 rounded",
    ),
    "two fractions": ([[TWO, 0], [0, THIRD]], "are likely 2/3 and 1/3 rounded"),
    "beside other numbers": ([[TWO, "1/2"], [TWO, 1]], "is likely 2/3"),
    "above one": ([[5 / 3, 0], [100 / 7, 0]], "are likely 5/3 and 100/7"),
    "below zero": ([[-TWO, 0], [TWO, 0]], "(2 cells) is likely 2/3"),
    "short floats": (
        np.array([[TWO, 0], [TWO, 1]], dtype=np.float32),
        "0.6666667 in the payoffs (2 cells) is likely 2/3",
    ),
    "sums of tenths": (
        [[0.1 + 0.2, 0], [0.1 + 0.2, 0]],
        "0.30000000000000004 in the payoffs (2 cells) is likely 0.3",
    ),
}


@pytest.mark.parametrize(("table", "said"), ROUNDED.values(), ids=ROUNDED)
def test_a_hint_names_the_fraction(table: Any, said: str) -> None:
    game = NormalFormGame.from_arrays(table, np.zeros((2, 2), dtype=int))
    found = solve(game, PureNash())
    assert said in found.hint
    assert str(found).endswith(found.hint)
    assert "\n" not in found.hint


QUIET: dict[str, Any] = {
    "one cell": [[TWO, 0], [0, 1]],
    "exact fractions": [[Fraction(2, 3), "1/3"], ["2/3", 1]],
    "short decimals": [[0.35, 0.1], [1e-3, 0.125]],
    "whole numbers": [[1, 2], [3, 10**20]],
    "short integers": np.array([[1234567, 1234567], [0, 1]], dtype=np.int32),
    "enormous": [[Fraction(10**400, 3**30), Fraction(10**400, 3**30)], [0, 1]],
    "any floats": np.random.default_rng(1).random((2, 2)),
    "decimals of many digits": [["0.6666666666666667123", "0.3333333333333331"], [1, 0]],
}


@pytest.mark.parametrize("table", QUIET.values(), ids=QUIET)
def test_nothing_is_said_where_nothing_was_rounded(table: Any) -> None:
    assert (
        rounding_hint(NormalFormGame.from_arrays(table, np.zeros((2, 2), dtype=int))) == ""
    )


def test_a_tree_has_the_hint_and_the_tie_that_was_lost() -> None:
    ends = {"a": End({"Ana": TWO}), "b": End({"Ana": "2/3"}), "c": End({"Ana": TWO})}
    found = solve(ExtensiveFormGame.from_tree(Decision("Ana", ends)), PureSubgamePerfect())
    assert len(found) == 1
    assert "give Fraction(2, 3) or '2/3', so that ties are exact" in found.hint


def test_the_hint_is_no_warning_and_no_error() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(solve(NormalFormGame.from_arrays([[TWO, TWO]]), PureNash())) == 2


def test_the_command_line_and_its_data_have_the_hint(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rounded.py").write_text(
        "from strategy import NormalFormGame\ngame = NormalFormGame.from_arrays([[2 / "
        "3, 0], [2 / 3, 1]], [[0, 0], [0, 0]])\n"
    )
    assert run(["solve", "rounded.py:game"]) == 0
    assert "Hint: 0.6666666666666666" in capsys.readouterr().out
    assert run(["solve", "rounded.py:game", "--json"]) == 0
    assert "likely 2/3" in json.loads(capsys.readouterr().out)["hint"]
