"""A set has no order: where the order counts it is refused, so that no answer hangs on the
hash seed."""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from strategy import (
    Claim,
    Decision,
    End,
    ExtensiveFormGame,
    Model,
    NormalForm,
    NormalFormGame,
    Outcome,
    Parameter,
    Parameters,
    StrategyError,
    Term,
    solve,
    where,
)
from strategy.assumptions.preferences import Preference
from strategy.checking import check, consistent
from strategy.concepts import Nash, PureNash
from strategy.dynamics import moran_process, replicator_dynamics
from strategy.generators import ordinal_preferences, parameter_values, zero_sum_games
from strategy.sensitivity import Grid
from strategy.sensitivity.analyses.orders import in_turn
from strategy.solving_many import solve_many

A = [[3, 0], [5, 1]]
B = [[3, 5], [0, 1]]
game = NormalFormGame.from_arrays(
    A, B, players=("Ana", "Ben"), actions=(("c", "d"), ("c", "d"))
)
two = frozenset(("c", "d"))
p = Parameters(stag=Parameter(4, low=1, high=8), hare=Parameter(3, low=0, high=6))
model = Model(
    "hunt",
    form=NormalForm({"Ana": ("stag", "hare"), "Ben": ("stag", "hare")}),
    parameters=p,
    terms=(
        Term("Ana", p.stag, when=where(Ana="stag", Ben="stag")),
        Term("Ben", p.hare, when=where(Ben="hare")),
    ),
    claims=(Claim("C1", "One."), Claim("C2", "Two.")),
    outcomes=(Outcome("both", when=where(Ana="stag", Ben="stag")),),
)

REFUSED: dict[str, Callable[[], Any]] = {
    "actions of a table": lambda: NormalFormGame.from_arrays(A, B, actions=(two, two)),
    "the lists of actions": lambda: NormalFormGame.from_arrays(
        A, B, actions={("a", "b"), ("c", "d")}
    ),
    "players": lambda: NormalFormGame.from_arrays(A, B, players={"Ana", "Ben"}),
    "players of many games": lambda: solve_many(
        [[A], [B]], PureNash(), players={"Ana", "Ben"}
    ),
    "keys joined": lambda: NormalFormGame.from_arrays(
        A, B, players={"Ana": 1}.keys() | {"Ben"}
    ),
    "what walks through a set": lambda: NormalFormGame.from_arrays(
        A, B, players=iter({"Ana", "Ben"})
    ),
    "a form": lambda: NormalForm({"Ana": two, "Ben": ("c", "d")}),
    "moves": lambda: Decision("Ana", two),
    "players of a tree": lambda: ExtensiveFormGame.from_tree(
        Decision("Ana", {"a": End()}), players={"Ana", "Ben"}
    ),
    "payoffs": lambda: NormalFormGame.from_arrays([{3, 0}, {5, 1}], B),
    "probabilities": lambda: Nash().certify(game, {"Ana": {1, 0}, "Ben": "d"}),
    "terms": lambda: Model("m", form=game.form, terms={Term("Ana", 1), Term("Ben", 1)}),
    "outcomes": lambda: Model(
        "m", form=game.form, terms=(), outcomes={Outcome("o", when=where(Ana="c"))}
    ),
    "what the model leaves out": lambda: Model(
        "m", form=game.form, terms=(), leaves_out={"this", "that"}
    ),
    "focus": lambda: Model("m", form=game.form, terms=(), focus={"x", "y"}),
    "actions in a condition": lambda: where(Ana=two),
    "a preference": lambda: Preference("Ana", {where(Ana="c"), where(Ana="d")}),
    "statements": lambda: consistent(model, {"stag > hare", "hare > 1"}),
    "claims to check": lambda: check(model, claims={"C1", "C2"}),
    "an order of moves": lambda: in_turn(model, {"Ana", "Ben"}),
    "points of a grid": lambda: Grid(stag={2, 4}),
    "members of a population": lambda: moran_process(game, two),
    "times": lambda: replicator_dynamics(game, {"Ana": [1, 0], "Ben": [1, 0]}, {0.0, 1.0}),
    "options to order": lambda: ordinal_preferences(two),
    "parameters to draw": lambda: parameter_values(model, vary={"stag", "hare"}),
    "a shape": lambda: zero_sum_games({2, 3}),
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_a_set_is_refused_where_the_order_counts(make: Callable[[], Any]) -> None:
    with pytest.raises(StrategyError, match=r"order|focus is") as refused:
        make()
    assert "\n" not in str(refused.value)


def test_what_has_an_order_is_taken() -> None:
    for players in (
        ["Ana", "Ben"],
        {"Ana": 1, "Ben": 2}.keys(),
        np.array(["Ana", "Ben"]),
        (one for one in ("Ana", "Ben")),
    ):
        found = NormalFormGame.from_arrays(A, B, players=players)
        assert found.players == ("Ana", "Ben")
        assert {type(one) for one in found.players} == {str}


def test_a_refusal_is_the_same_for_every_hash_seed() -> None:
    code = (
        "from strategy import NormalFormGame\n"
        "try:\n    NormalFormGame.from_arrays([[1]], [[1]], players={'Ana', 'Ben', "
        "'Cem'})\n"
        "except ValueError as error:\n    print(error)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "7")
    }
    assert len(said) == 1
    assert "{'Ana', 'Ben', 'Cem'} is a set" in said.pop()


def test_entries_under_other_names_than_their_own_are_refused() -> None:
    one = Outcome("both hunt", when=where(Ana="c"))
    Model("m", form=game.form, terms=(), outcomes={"both hunt": one})
    with pytest.raises(StrategyError, match="'both hunt' under 'another'"):
        Model("m", form=game.form, terms=(), outcomes={"another": one})


def test_the_order_of_payoffs_at_an_end_does_not_count() -> None:
    ends = [{"Ana": 1, "Ben": 2}, {"Ben": 2, "Ana": 1}]
    found = [
        ExtensiveFormGame.from_tree(Decision("Ana", {"a": End(one), "b": End()}))
        for one in ends
    ]
    assert {str(each.payoff("Ben", {"Ana": "a"})) for each in found} == {"2"}
    assert len(solve(game, PureNash())) == 1


DRAWN: dict[str, Callable[[Any], Any]] = {
    "a map": lambda names: map(str, set(names)),
    "a filter": lambda names: filter(None, set(names)),
    "a generator": lambda names: (one for one in set(names)),
    "a generator over a map": lambda names: (one for one in map(str, set(names))),
    "a set in an array": lambda names: np.array(set(names)),
}


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_what_draws_from_a_set_is_refused_like_the_set(drawn: Callable[[Any], Any]) -> None:
    for make in (
        lambda: NormalForm({"Ana": drawn(("c", "d"))}),
        lambda: NormalFormGame.from_arrays(A, B, players=drawn(("Ana", "Ben"))),
        lambda: Decision("Ana", drawn(("c", "d"))),
        lambda: Grid(x=drawn(("1", "2"))),
    ):
        with pytest.raises(StrategyError, match="give a tuple or a list"):
            make()


def test_what_draws_from_a_list_is_taken() -> None:
    def drawn() -> Any:
        known = {"d"}
        yield from (one for one in ["c", "d"] if one == "c" or one in known)

    for names in (
        drawn(),
        map(str, ["c", "d"]),
        iter({"c": 1, "d": 2}),
        dict.fromkeys("cd").keys(),
    ):
        assert NormalForm({"Ana": names}).actions["Ana"] == ("c", "d")


def test_points_of_a_grid_in_an_array_are_read_like_those_in_a_list() -> None:
    assert Grid(x=np.array([1, 2])) == Grid(x=[1, 2])
    with pytest.raises(StrategyError, match="1 masked of 2"):
        Grid(x=np.ma.array([1, 2], mask=[0, 1]))
