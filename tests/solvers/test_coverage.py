"""What the table of concepts and games says is what happens."""

from __future__ import annotations

import itertools
import re

import pytest

from strategy import RefusalError, Status, concepts, solve
from strategy.solvers import ALL
from strategy.solvers.coverage import FUNCTIONS, Coverage, coverage, coverage_text, kinds

ROWS = coverage()


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{type(row.concept).__name__}, {row.kind}" for row in ROWS]
)
def test_games_are_solved_or_refused_as_the_table_says(row) -> None:
    game = kinds()[row.kind]
    assert [
        one for one in coverage() if (one.concept, one.kind) == (row.concept, row.kind)
    ] == [row]
    if type(row.concept) in FUNCTIONS:
        assert row.refused is not None or row.complete == (FUNCTIONS[type(row.concept)],)
        return
    if row.refused is not None:
        with pytest.raises(RefusalError) as caught:
            solve(game, row.concept)
        assert str(caught.value) == row.refused
        return
    for make in ALL:
        name = make.__name__
        if name in row.complete + row.partial:
            if name == "BranchAndPrune":
                continue  # in a game with nothing at stake it spends its whole budget
            status = solve(game, row.concept, solver=make()).status
            assert (
                status is (Status.COMPLETE if name in row.complete else Status.PARTIAL)
                or row.partial
            )
        else:
            with pytest.raises(RefusalError):
                solve(game, row.concept, solver=make())


def test_every_concept_is_in_the_table() -> None:
    named = {
        name for name in concepts.__all__ if hasattr(getattr(concepts, name), "certify")
    }
    assert {type(row.concept).__name__ for row in ROWS} == named
    assert [(one.concept, one.kind) for one in coverage()] == list(
        itertools.product([one.concept for one in ROWS[::4]], kinds())
    )
    text = coverage_text()
    header, _, *lines = [re.split(r"\s{2,}", line) for line in text.splitlines()]
    assert header == ["concept", *kinds()]
    assert lines == [
        [type(four[0].concept).__name__, *map(str, four)]
        for four in zip(*[iter(ROWS)] * 4, strict=True)
    ]
    assert all(name in text for name in named)
    assert "all: PureEnumeration" in text
    assert len(ROWS) == len(named) * len(kinds())


def test_kinds_are_what_they_are_called() -> None:
    found = kinds()
    assert [len(game.players) for game in found.values()] == [2, 3, 2, 2]
    two, three, seen, hidden = found.values()
    assert (two.players, three.players, seen.players, hidden.players) == (
        ("A", "B"),
        ("A", "B", "C"),
        ("A", "B"),
        ("A", "B"),
    )
    assert seen.form.has_perfect_information
    assert len(seen.form.laws) == 1
    assert not hidden.form.has_perfect_information
    assert [game.form.play_count for game in found.values()] == [4, 8, 5, 4]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Coverage(concepts.Nash(), "tree", "why"), "refused"),
        (Coverage(concepts.Nash(), "tree", None), "judged only"),
        (Coverage(concepts.Nash(), "table", None, ("One", "Two")), "all: One, Two"),
        (
            Coverage(concepts.Nash(), "table", None, (), ("Three", "Four")),
            "some: Three, Four",
        ),
        (
            Coverage(concepts.Nash(), "table", None, ("One", "Two"), ("Three",)),
            "all: One, Two; some: Three",
        ),
    ],
)
def test_rows_in_words(row: Coverage, words: str) -> None:
    assert str(row) == words
