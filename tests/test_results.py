"""Solutions, equilibria, thresholds and maps: what they say of themselves, groups, plain
data, and copies that say the same."""

import copy
import json
import pickle
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest

from games.corridor import activation, sequence
from strategy import (
    Certificate,
    Chance,
    Decision,
    End,
    Equilibrium,
    ExtensiveFormGame,
    GameError,
    NormalFormGame,
    Play,
    PureProfile,
    Solution,
    Status,
    solve,
)
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.results import as_mapping
from strategy.sensitivity import regions, shares, thresholds
from strategy.solvers import BackwardInduction

TABLE = NormalFormGame.from_arrays(
    [[2, 0, "1/3"], [0, 1, 0]],
    [[1, 0, 0], [0, 2, 0]],
    players=("A", "B"),
    actions=(("a", "b"), ("x", "y", "z")),
)
LUCK = Chance(
    "luck",
    {
        "good": ("1/3", End({"A": 3, "B": 1})),
        "bad": ("2/3", End({"A": 0, "B": -1})),
        "never": (0, End({"A": 9})),
    },
)
TREE = ExtensiveFormGame.from_tree(
    Decision(
        "A",
        {
            "risk": LUCK,
            "safe": Decision("B", {"l": End({"A": 1}), "r": End({"A": 1})}),
            "bad": End({"A": -1}),
        },
    )
)


def test_an_equilibrium_of_a_table() -> None:
    solution = solve(TABLE, PureNash())
    assert [one.plays for one in solution] == [
        {Play((("A", None, "a"), ("B", None, "x"))): 1},
        {Play((("A", None, "b"), ("B", None, "y"))): 1},
    ]
    one = solution[0]
    assert isinstance(one, Equilibrium)
    assert one.profile == {"A": {"a": 1, "b": 0}, "B": {"x": 1, "y": 0, "z": 0}}
    assert one.profile.actions == {"A": "a", "B": "x"}
    assert one.payoffs == {"A": 2, "B": 1}
    assert all(isinstance(value, Fraction) for value in one.payoffs.values())
    assert one.certificate == Certificate(True, Fraction(0))
    assert [vector.dtype for vector in one.to_arrays()] == [np.float64] * 2
    assert (one.count, one.component) == (None, None)
    assert repr(one) == "Equilibrium(A: a, B: x)"
    assert "2 equilibria (pure Nash): proved to be all" in str(solution)


@pytest.mark.parametrize(
    "solver", [BackwardInduction(compiled_from=10**9), BackwardInduction(compiled_from=0)]
)
def test_equilibria_of_a_tree(solver: Any) -> None:
    solution = solve(TREE, PureSubgamePerfect(), solver=solver)
    assert [(dict(one.payoffs), one.count) for one in solution] == [
        ({"A": 1, "B": Fraction(-1, 3)}, 2),
        ({"A": 1, "B": 0}, 1),
        ({"A": 1, "B": 0}, 1),
    ]
    risk = solution[0]
    assert risk.plays == {
        Play((("A", (), "risk"), (None, "luck", "good"))): Fraction(1, 3),
        Play((("A", (), "risk"), (None, "luck", "bad"))): Fraction(2, 3),
    }
    assert risk.profile["B"][("safe",)] == {"l": 1, "r": 0}
    assert {one["B"][("safe",)]["l"] for one in risk.profiles()} == {0, 1}
    with pytest.raises(GameError, match="read \\.profile"):
        risk.to_arrays()
    assert "1/3" in str(solution)


def test_a_solution_is_a_read_only_sequence() -> None:
    solution = solve(TABLE, PureNash())
    assert (
        list(solution)
        == [solution[i] for i in range(len(solution))]
        == list(solution.equilibria)
    )
    assert solution[-1] is solution[1]
    with pytest.raises(IndexError):
        solution[2]
    one = solution[0]
    for thing, name in (
        (solution, "status"),
        (one, "profile"),
        (one.certificate, "holds"),
        (one.profile, "form"),
    ):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(thing, name, None)
    none = solve(
        NormalFormGame.from_arrays([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]), PureNash()
    )
    assert (len(none), none.status, bool(none), none.proved) == (
        0,
        Status.NONE_EXISTS,
        True,
        True,
    )
    assert "no pure Nash equilibrium (proved)" in str(none)
    assert str(none.status) == "none exists"


def test_groups_join_what_a_bystander_changes() -> None:
    """C gets nothing anywhere, so its two actions double each equilibrium without making
    another one of it."""
    a, b = np.eye(2, dtype=int), np.zeros((2, 2), dtype=int)
    game = NormalFormGame.from_arrays(
        *[np.stack([table, table], axis=2) for table in (a, a, b)]
    )
    solution = solve(game, PureNash())
    groups = solution.groups()
    assert [len(group) for group in groups] == [2, 2]
    assert [{one.profile.actions["1"] for one in group} for group in groups] == [
        {"1"},
        {"2"},
    ]
    assert sum(groups, ()) == tuple(
        sorted(solution, key=lambda one: one.profile.actions["1"])
    )
    by_third = solution.groups(lambda one: one.profile.actions["3"])
    assert [len(group) for group in by_third] == [2, 2]
    tree = solve(TREE, PureSubgamePerfect())
    assert [len(group) for group in tree.groups()] == [1, 1, 1]
    assert [
        len(group)
        for group in tree.groups(lambda one: next(iter(one.plays)).took("A", "safe"))
    ] == [1, 2]


def test_profiles_compare_by_what_they_choose() -> None:
    first, second = solve(TABLE, PureNash())
    assert isinstance(first.profile, PureProfile)
    assert first.profile != second.profile
    assert first.profile == {"A": {"a": 1, "b": 0}, "B": {"x": 1, "y": 0, "z": 0}}
    assert hash(first.profile) == hash(solve(TABLE, PureNash())[0].profile)
    assert list(first.profile) == ["A", "B"]
    assert len(first.profile) == 2
    risk = solve(TREE, PureSubgamePerfect())[0]
    assert len(set(risk.profiles())) == 2
    with pytest.raises(KeyError):
        first.profile["C"]


def test_plain_data_is_json() -> None:
    for game, concept in ((TABLE, PureNash()), (TREE, PureSubgamePerfect())):
        solution = solve(game, concept)
        data = json.loads(json.dumps(as_mapping(solution)))
        assert data["status"] == "COMPLETE"
        assert len(data["equilibria"]) == len(solution)
        for row, one in zip(data["equilibria"], solution, strict=True):
            assert {
                who: Fraction(value) for who, value in row["payoffs"].items()
            } == one.payoffs
            weights = [Fraction(play["probability"]) for play in row["plays"]]
            assert weights == list(one.plays.values())
            steps = [
                [(who, _place(at), action) for who, at, action in play["steps"]]
                for play in row["plays"]
            ]
            assert [tuple(play) for play in steps] == [play.steps for play in one.plays]


def _place(at: Any) -> Any:
    return tuple(at) if isinstance(at, list) else at


def told(thing: Any) -> list[Any]:
    """What a result says, for comparison with what its copy says."""
    if isinstance(thing, Solution):
        return [str(thing), thing.status, [[*told(one)] for one in thing]]
    if isinstance(thing, Equilibrium):
        listed = [
            profile.actions for _, profile in zip(range(5), thing.profiles(), strict=False)
        ]
        return [
            repr(thing),
            dict(thing.plays),
            dict(thing.payoffs),
            thing.count,
            thing.profile.actions,
            thing.certificate,
            listed,
        ]
    return [str(thing), repr(thing)]


MODELS = [
    (activation.model, PureNash(undominated=True)),
    (sequence.model, PureSubgamePerfect()),
]


@pytest.mark.parametrize(
    "again",
    [lambda thing: pickle.loads(pickle.dumps(thing)), copy.deepcopy],
    ids=["pickled", "copied"],
)
def test_copies_say_the_same(again: Any) -> None:
    things: list[Any] = [TABLE, TREE, TREE.form, TABLE.form]
    for solver in (
        BackwardInduction(compiled_from=10**9),
        BackwardInduction(compiled_from=0),
    ):
        solution = solve(TREE, PureSubgamePerfect(), solver=solver)
        # before anything was asked of it, and after
        assert told(again(solution)) == told(solution)
        assert told(again(solution)) == told(solution)
        assert told(again(solution[0])) == told(solution[0])
        assert told(again(solution[0].profile)) == told(solution[0].profile)
    things += [
        solve(TABLE, PureNash()),
        solve(TABLE, PureNash())[0],
        next(iter(solve(TABLE, PureNash())[0].plays)),
    ]
    for thing in things:
        assert told(again(thing)) == told(thing)
    for model, concept in MODELS:
        t = thresholds(model, concept, "corridor open", "leverage")
        twin = again(t)
        assert told(twin) == told(t)
        assert (twin.points, twin.pieces, twin.at_points, twin.at_ends, twin.binding) == (
            t.points, t.pieces, t.at_points, t.at_ends, t.binding,
        )  # fmt: skip
        assert twin.verdict_at(5) is t.verdict_at(5)
        r = regions(model, concept, "corridor open", "russia_attention", "normalisation")
        before = again(r)
        r.verdict_at("0.3", "0.4")
        for one in (before, again(r)):
            assert [cell.vertices for cell in one.cells] == [
                cell.vertices for cell in r.cells
            ]
            assert (one.edges, one.corners) == (r.edges, r.corners)
            assert one.verdict_at("0.3", "0.4") is r.verdict_at("0.3", "0.4")
            assert told(
                Solution(r.model.game(), concept, Status.PARTIAL, one.cells[0].equilibria)
            ) == told(
                Solution(r.model.game(), concept, Status.PARTIAL, r.cells[0].equilibria)
            )
        s = shares(model, concept, "corridor open", samples=50)
        assert str(again(s)) == str(s)
