"""What is drawn for models: parameter values, sets of claims, payoff shifts; and what
counter-examples shrink to."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from games.corridor.activation import model as corridor
from strategy import (
    Claim,
    GameError,
    Model,
    NormalForm,
    NormalFormGame,
    Parameter,
    ParameterError,
    Parameters,
    Term,
)
from strategy.generators import (
    claim_subsets,
    parameter_values,
    payoff_shifts,
    shifted,
    shifted_games,
)
from strategy.testing.examples import drawn, simplest

p = Parameters(
    x=Parameter(3, low=1, high=8),
    share=Parameter("0.35", low=0, high=1),
    fixed=Parameter("1/3", low="1/3", high="1/3"),
    wide=Parameter(0, low=-5000, high="12345.6"),
)
CLAIMS = (
    Claim("C1", "One.", if_wrong={"x": 1}),
    Claim("C2", "Two.", if_wrong={"x": 2}),
    Claim("C3", "Three."),
)
model = Model(
    "m",
    form=NormalForm({"A": ("a",)}),
    parameters=p,
    terms=(Term("A", p.x * p.share),),
    claims=CLAIMS,
)


def test_values_are_inside_and_of_every_sort() -> None:
    several = drawn(parameter_values(model), 300)
    for values in several:
        assert list(values) == list(p)
        assert values == p.read(values)
        assert all(type(value) is Fraction for value in values.values())
    shares = [values["share"] for values in several]
    assert {Fraction(0), Fraction(1), Fraction(7, 20)} <= set(shares)
    assert len(set(shares)) > 30
    assert all(values["fixed"] == Fraction(1, 3) for values in several)


def test_values_of_a_registered_model_make_games() -> None:
    for values in drawn(parameter_values(corridor), 30):
        corridor.game(at=values)


def test_some_fixed_some_varied() -> None:
    for values in drawn(parameter_values(model, at={"x": "2.5"}), 50):
        assert values["x"] == Fraction(5, 2)
    several = drawn(parameter_values(model, vary=("wide",)), 50)
    assert {(values["x"], values["share"]) for values in several} == {(3, Fraction(7, 20))}
    assert len({values["wide"] for values in several}) > 10
    wrong = model.with_claims_wrong("C1")
    assert {values["x"] for values in drawn(parameter_values(wrong), 50)} == {1}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"vary": ("y",)}, "unknown parameter"),
        ({"vary": "x"}, "single string"),
        ({"at": {"x": 9}}, "outside its range"),
        ({"at": {"x": 2}, "vary": ("x",)}, "both fixed"),
    ],
)
def test_refusals_of_values(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        parameter_values(model, **options)


# What must hold of the counter-example, and the values it shrinks to where they are not
# baselines.
SHRUNK: list[tuple[Any, dict[str, Any]]] = [
    (lambda v: True, {}),
    (lambda v: v["x"] != 3, {"x": 1}),
    (lambda v: v["x"] > 3, {"x": 8}),
    (lambda v: 3 < v["x"] < 8, {"x": 4}),
    (lambda v: v["share"] > Fraction(1, 2), {"share": 1}),
    (lambda v: Fraction(1, 2) < v["share"] < 1, {"share": "3/5"}),
    (lambda v: v["wide"] < 0 and v["share"] < Fraction(7, 20), {"wide": -5000, "share": 0}),
]


@pytest.mark.parametrize(("holds", "moved"), SHRUNK)
@pytest.mark.deep_but(2)
def test_values_shrink_to_baselines_then_to_short_numbers(
    holds: Any, moved: dict[str, Any]
) -> None:
    assert simplest(parameter_values(model), holds) == p.read(moved)


def test_claims_that_can_be_wrong_together() -> None:
    assert set(drawn(claim_subsets(model), 60)) == {(), ("C1",), ("C2",)}
    for ids in drawn(claim_subsets(corridor), 60):
        corridor.with_claims_wrong(*ids)
    assert simplest(claim_subsets(corridor), lambda ids: True) == ()
    assert (
        simplest(claim_subsets(Model("none", form=model.form, terms=())), lambda ids: True)
        == ()
    )


# -- shifts

GAME = NormalFormGame.from_arrays([[4, "3/2"], [1, 1]], [[0, 5], [2, 2]])
CELLS = [{"1": a, "2": b} for a in "12" for b in "12"]
KEEP = {"1": CELLS, "2": [(CELLS[1], CELLS[3]), (CELLS[2], CELLS[0])]}


@settings(max_examples=200, database=None)
@given(payoff_shifts(GAME, 3, keep=KEEP))
def test_shifts_keep_the_orderings(shifts: dict[str, tuple[int, ...]]) -> None:
    assert all(abs(shift) <= 3 for row in shifts.values() for shift in row)
    one, two = (row.tolist() for row in shifted(GAME, shifts).payoffs)
    assert one[0] > one[1] > one[2] == one[3]
    assert two[1] > two[3]
    assert two[2] > two[0]


def test_every_shift_that_keeps_them_can_be_drawn() -> None:
    keep = {"1": [CELLS[0], CELLS[1]]}
    several = {row["1"][:2] for row in drawn(payoff_shifts(GAME, 2, keep=keep), 400)}
    assert several == {
        (x, y) for x in range(-2, 3) for y in range(-2, 3) if 4 + x > Fraction(3, 2) + y
    }
    ordered = {
        row["1"]
        for row in drawn(
            payoff_shifts((3,), 1, keep={"1": [{"1": one} for one in "312"]}), 20
        )
    }
    assert ordered == {(0, -1, 1)}


def test_shifts_of_games_shrink_to_the_game() -> None:
    same = simplest(shifted_games(GAME, 5, keep=KEEP), lambda game: True)
    assert [table.tolist() for table in same.tables] == [
        table.tolist() for table in GAME.tables
    ]
    turned = simplest(
        shifted_games(GAME, 5),
        lambda game: game.payoff("1", CELLS[2]) > game.payoff("1", CELLS[0]),
    )
    assert [row.tolist() for row in turned.payoffs] == [
        [4, Fraction(3, 2), 5, 1],
        [0, 5, 2, 2],
    ]


@pytest.mark.parametrize(
    ("arguments", "keep", "words"),
    [
        ((GAME, -1), None, "non-negative integer"),
        ((GAME, 2), {"3": CELLS}, "unknown player"),
        ((GAME, 2), {"1": CELLS[::-1]}, "best first"),
        (((2, 2), 1), {"1": CELLS}, "larger bound"),
        (((2, 2), 5), {"1": [CELLS[:2], CELLS[1::-1]]}, "contradict"),
        (("ab", 5), None, "give a game"),
    ],
)
def test_refusals_of_shifts(arguments: Any, keep: Any, words: str) -> None:
    with pytest.raises(GameError, match=words):
        payoff_shifts(*arguments, keep=keep)


def test_a_shape_has_one_shift_a_play() -> None:
    assert {len(row["1"]) for row in drawn(payoff_shifts((2, 3), 4), 5)} == {6}
