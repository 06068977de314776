"""What the table of concepts and games says is what happens."""

from __future__ import annotations

import pytest

from strategy import RefusalError, Status, concepts, solve
from strategy.solvers import ALL
from strategy.solvers.coverage import FUNCTIONS, coverage, coverage_text, kinds

ROWS = coverage()


@pytest.mark.parametrize("row", ROWS, ids=[f"{type(row.concept).__name__}, {row.kind}" for row in ROWS])
def test_games_are_solved_or_refused_as_the_table_says(row) -> None:
    game = kinds()[row.kind]
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
            assert status is (Status.COMPLETE if name in row.complete else Status.PARTIAL) or row.partial
        else:
            with pytest.raises(RefusalError):
                solve(game, row.concept, solver=make())


def test_every_concept_is_in_the_table() -> None:
    named = {name for name in concepts.__all__ if hasattr(getattr(concepts, name), "certify")}
    assert {type(row.concept).__name__ for row in ROWS} == named
    text = coverage_text()
    assert all(name in text for name in named)
    assert "all: PureEnumeration" in text
    assert len(ROWS) == len(named) * len(kinds())
