"""strategy solve --solver NAME: which way to go, by the name of the solver; a wrong name,
or a refusal, is one line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from strategy import RefusalError
from strategy.cli import _completing, _solvers
from strategy.solvers import ALL, PLANS, LemkeHowson

HUNT = "games.classics.coordination:stag_hunt"


def strategy(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "strategy", "solve", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["lemke-howson", "LemkeHowson", "lemke_howson"])
def test_names_as_users_write_them(name):
    assert isinstance(_solvers.choose(name), LemkeHowson)


def test_every_solver_has_a_name():
    assert [type(_solvers.choose(name)) for name in _solvers.solvers()] == [*PLANS, *ALL]
    assert {
        "bimatrix-enumeration",
        "branch-and-prune",
        "zero-sum-programme",
        "candidates-first",
    } <= set(_solvers.solvers())
    with pytest.raises(
        RefusalError,
        match=(
            r"unknown solver 'lemke-houson' \(did you mean 'lemke-howson'\?\): expected "
            r"one of"
        ),
    ):
        _solvers.choose("lemke-houson")


def test_registered_solvers_are_named_as_they_are_registered(monkeypatch):
    monkeypatch.setattr(
        _solvers, "registered", lambda _: {"my dynamics": lambda: LemkeHowson}
    )
    assert isinstance(_solvers.choose("my dynamics"), LemkeHowson)


def test_names_are_completed():
    assert [name for name, _ in _completing.solvers("lem")] == ["lemke-howson"]
    assert all(about for _, about in _completing.solvers(""))


def test_the_way_named_is_taken():
    done = strategy(HUNT, "--concept", "nash", "--solver", "lemke-howson", "--json")
    answer = json.loads(done.stdout)
    assert (
        done.returncode,
        answer["status"],
        answer["solver"],
        len(answer["equilibria"]),
    ) == (0, "PARTIAL", "LemkeHowson", 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("--concept", "nash", "--solver", "lemke-houson"),
            "unknown solver 'lemke-houson' (did you mean 'lemke-howson'?)",
        ),
        (
            ("--concept", "nash", "--solver", "zero-sum-programme"),
            "use --solver lemke-howson",
        ),
        (
            ("--concept", "pure-nash", "--solver", "branch-and-prune"),
            "branch-and-prune finds Nash equilibria",
        ),
        (
            ("--concept", "correlated", "--solver", "branch-and-prune"),
            "--solver is for concepts",
        ),
    ],
)
def test_what_does_not_fit_is_one_line(arguments, words):
    done = strategy(HUNT, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_help_names_solvers_and_says_what_is_done_without_one():
    text = " ".join(strategy("--help").stdout.split())
    assert "Solvers: candidates-first" in text
    assert "pure equilibria; strictly dominated actions" in text
