"""Profiles by number, as a solver of one's own may propose them: only those that the form
has."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from strategy import (
    Decision,
    End,
    ExtensiveFormGame,
    GameError,
    NormalFormGame,
    PureProfile,
    Status,
    solve,
)
from strategy.concepts import PureNash, PureSubgamePerfect

TABLE = NormalFormGame.from_arrays([[1, 0], [0, 1]], [[1, 0], [0, 1]])
TREE = ExtensiveFormGame.from_tree(
    Decision(
        "A", {"l": Decision("B", {"x": End({"B": 1}), "y": End()}), "r": End({"A": 1})}
    )
)
CASES = [(TABLE, PureNash()), (TREE, PureSubgamePerfect())]


class Proposing:
    def __init__(self, *profiles: Any) -> None:
        self.profiles = profiles

    def refuses(self, game: Any, concept: Any) -> None:
        return None

    def propose(self, game: Any, concept: Any, limits: Any, rng: Any) -> Iterator[Any]:
        return iter(self.profiles)

    def exhaustive(self, game: Any, concept: Any) -> bool:
        return True


@pytest.mark.parametrize(("game", "concept"), CASES, ids=["table", "tree"])
@pytest.mark.parametrize(
    "choices", [(-1, -1), (0, -1), (2, 0), (0,), (0, 0, 0), (0.5, 0), ("l", "x")], ids=str
)
def test_numbers_that_are_no_actions_are_refused(
    game: Any, concept: Any, choices: tuple[Any, ...]
) -> None:
    for given in (choices, np.array(choices)):
        with pytest.raises(GameError):
            concept.certify(game, PureProfile(game.form, given))
        with pytest.raises(GameError):
            solve(game, concept, solver=Proposing(PureProfile(game.form, given)))


@pytest.mark.parametrize("make", [tuple, list, np.array])
def test_numbers_come_in_any_sequence(make: Any) -> None:
    for (game, concept), good in zip(CASES, ((1, 1), (1, 0)), strict=True):
        proposals = [
            PureProfile(game.form, make(good)),
            PureProfile(game.form, tuple(good)),
        ]
        solution = solve(game, concept, solver=Proposing(*proposals))
        assert (solution.status, len(solution)) == (Status.COMPLETE, 1)
        assert solution[0].profile == proposals[1]
        assert solution[0].payoffs


def test_a_solver_may_use_its_array_again() -> None:
    scratch = np.zeros(2, dtype=np.int32)

    def walk() -> Iterator[Any]:
        for chosen in ((1, 0), (0, 0), (1, 1)):
            scratch[:] = chosen
            yield PureProfile(TREE.form, scratch)

    solution = solve(TREE, PureSubgamePerfect(), solver=Walking(walk))
    assert [one.profile.actions for one in solution] == [
        {"A": {(): "r"}, "B": {("l",): "x"}}
    ]
    # the third is played as the first is, and so not looked at
    assert solution.rejected == 1


class Walking(Proposing):
    def __init__(self, walk: Any) -> None:
        self.walk = walk

    def propose(self, game: Any, concept: Any, limits: Any, rng: Any) -> Iterator[Any]:
        return self.walk()


def test_changes_to_a_base() -> None:
    base = np.array([1, 0], dtype=np.int32)
    changed = PureProfile(TREE.form, base, {0: 0, 1: 1})
    assert changed.actions == {"A": {(): "l"}, "B": {("l",): "y"}}
    assert [changed.choice(place) for place in (0, 1)] == [0, 1]
    assert changed == PureProfile(TREE.form, np.array([0, 1], dtype=np.int32))
    assert hash(changed) == hash(PureProfile(TREE.form, np.array([0, 1], dtype=np.int32)))
    assert PureProfile(TREE.form, base).actions == {"A": {(): "r"}, "B": {("l",): "x"}}
