"""Conditions: values that mean the same on a play, as a mask over a form, and after a round
trip through plain data."""

import json
import pickle
import unicodedata

import numpy as np
import pytest
from hypothesis import given, strategies as st

from strategy.assumptions import Outcome, where
from strategy.assumptions.conditions import Condition, always, condition
from strategy.errors import GameError, ModelError, StrategyError
from strategy.forms import Chance, Decision, End, ExtensiveForm, NormalForm

TABLE = NormalForm({"A": ("x", "y", "z"), "B": ("x", "w"), "C": ("x", "y")})
AFTER_GOOD = {"x": Decision("A", {"x": End(), "z": End()}, infoset="late"), "w": End()}
AFTER_BAD = {"x": End(), "w": Decision("C", {"x": End(), "y": End()})}
LUCK = {
    "good": ("1/2", Decision("B", AFTER_GOOD, infoset="early")),
    "bad": ("1/2", Decision("B", AFTER_BAD, infoset="early")),
}
LAST = {"x": Decision("B", {"x": End(), "w": End()}, infoset="late"), "y": End()}
TREE = ExtensiveForm(
    Decision("A", {"x": Chance("luck", LUCK), "y": End(), "z": Decision("C", LAST)})
)


def literals(form):
    choices = [
        where({who: action})
        for who, actions in {**form.actions, **form.chance}.items()
        for action in actions
    ]
    if form is TREE:
        choices += [
            where({"A": "x"}, at="late"),
            where({"B": ("x", "w")}, at="early"),
            where({"B": "x"}, at="late"),
        ]
    return st.sampled_from([*choices, always, where({"A": ("x", "y"), "B": "x"})])


def conditions(form):
    return st.recursive(
        literals(form),
        lambda inner: st.one_of(
            inner.map(lambda one: ~one),
            st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
            st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
        ),
        max_leaves=8,
    )


both = st.sampled_from([TABLE, TREE]).flatmap(
    lambda form: st.tuples(st.just(form), conditions(form), conditions(form))
)


@given(both)
def test_a_mask_says_on_which_plays_a_condition_holds(case):
    form, one, _ = case
    assert one.mask(form).tolist() == [one.holds(play) for play in form.plays()]


@given(both)
def test_the_algebra_of_conditions(case):
    form, one, two = case
    assert np.array_equal((~(one & two)).mask(form), (~one | ~two).mask(form))
    assert np.array_equal((~(one | two)).mask(form), (~one & ~two).mask(form))
    assert np.array_equal((one & two).mask(form), one.mask(form) & two.mask(form))
    assert np.array_equal((one | two).mask(form), one.mask(form) | two.mask(form))
    assert (~(~one)).mask(form).tolist() == one.mask(form).tolist()
    assert (one & always) == one
    assert (one | always) == always
    assert (one & one) == one


@given(both)
def test_round_trips(case):
    _, one, _ = case
    again = condition(json.loads(json.dumps(one.to_data())))
    assert again == one
    assert hash(again) == hash(one)
    assert Condition.from_data(one.to_data()) == one
    assert pickle.loads(pickle.dumps(one)) == one
    assert eval(repr(one), {"where": where, "always": always}) == one


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (where(Armenia="open"), "Armenia: open"),
        (
            where(Armenia="open") & ~where(Russia="obstruct"),
            "Armenia: open and not Russia: obstruct",
        ),
        (
            where({"United States": ("join", "wait")}, at="second round"),
            "United States at second round: join or wait",
        ),
        (where(A=("x", "y"), B="x"), "(A: x or y) and B: x"),
        (~(where(A="x") & where(B="x")) | where(C="y"), "not (A: x and B: x) or C: y"),
        (~where(A=("x", "y")), "not (A: x or y)"),
        (always, "always"),
        (~always, "never"),
        (~~where(A="x"), "A: x"),
    ],
)
def test_conditions_read_as_words(one, words):
    assert one.words() == words
    assert str(one) == words


def test_not_open_is_not_refuse():
    form = ExtensiveForm(
        Decision(
            "Russia",
            {"block": End(), "let": Decision("Armenia", {"open": End(), "refuse": End()})},
        )
    )
    assert (~where(Armenia="open")).mask(form).tolist() == [True, False, True]
    assert where(Armenia="refuse").mask(form).tolist() == [False, False, True]


def test_names_lists_each_literal_once():
    one = (where(A="x") & where(B=("x", "w"), at="early")) | ~where(A="x")
    assert one.names() == (("A", "x", None), ("B", "x", "early"), ("B", "w", "early"))


def test_decomposed_names_match():
    decomposed = unicodedata.normalize("NFD", "Türkiye")
    form = NormalForm({"Türkiye": ("geç", "bekle")})
    one = where({decomposed: unicodedata.normalize("NFD", "geç")})
    assert one == where(Türkiye="geç")
    assert one.mask(form).tolist() == [True, False]


@pytest.mark.parametrize(
    ("build", "shown"),
    [
        (lambda: where(), ["names no player", "where(Armenia='open')"]),
        (lambda: where(at="open"), ["called 'at'", "where({'at': 'open'})"]),
        (lambda: where("Armenia"), ["mapping"]),
        (lambda: where(Armenia=()), ["Armenia", "no action"]),
        (lambda: where(Armenia=3), ["3", "int"]),
        (lambda: where(Armenia=""), ["empty"]),
        (lambda: bool(where(A="x")), ["A: x", "&, | and ~"]),
        (lambda: where(A="x") and where(B="x"), ["&, | and ~"]),
        (lambda: not where(A="x"), ["&, | and ~"]),
        (lambda: where(D="x").mask(TABLE), ["unknown player 'D'", "'A', 'B', 'C'"]),
        (
            lambda: where(luk="good").mask(TREE),
            ["player or chance move 'luk'", "did you mean 'luck'"],
        ),
        (lambda: where(A="xx").mask(TREE), ["action of A 'xx'", "did you mean 'x'"]),
        (lambda: where(luck="god").mask(TREE), ["event of luck", "did you mean 'good'"]),
        (
            lambda: where(A="x", at="lat").mask(TREE),
            ["information set of A 'lat'", "did you mean 'late'"],
        ),
        (lambda: where(A="x", at="early").mask(TREE), ["information set of A 'early'"]),
        (lambda: where(A="x", at="late").mask(TABLE), ["table", "leave out at="]),
        (
            lambda: where(luck="good", at="late").mask(TREE),
            ["chance move", "leave out at="],
        ),
        (lambda: where(C="x", at="late").mask(TREE), ["C has no named", "leave out at="]),
        (lambda: condition({"who": "A"}), ["is not a condition"]),
        (lambda: condition({"any": []}), ["is not a condition"]),
        (lambda: condition("A: x"), ["is not a condition"]),
        (lambda: Outcome("it", when=None).holds("x"), ["not a play"]),
        (lambda: Outcome("it", when="open"), ["where("]),
        (lambda: Outcome("it", when=where(A="x")).mask, ["model.outcomes"]),
    ],
)
def test_refusals(build, shown):
    with pytest.raises(StrategyError) as caught:
        build()
    for part in shown:
        assert part in str(caught.value)


def test_other_operands_are_a_type_error():
    with pytest.raises(TypeError):
        where(A="x") & True
    with pytest.raises(TypeError):
        where(A="x") | "B"


def test_outcomes_hold_on_plays_and_mappings(model, tree_model):
    free = Outcome("open", when=where(Armenia="open", at="second round"))
    assert free.holds({"Armenia": {"first round": "refuse", "second round": "open"}})
    assert not free.holds({"Armenia": "open"})
    assert Outcome("busy", when=where({"Russia's state": "busy"})).holds(
        {"Russia's state": "busy"}
    )
    bound = model.outcomes["corridor open"]
    assert bound == Outcome("corridor open", when=bound.when)
    assert bound.holds({"Armenia": "open", "Russia": "acquiesce"})
    for outcome in (*model.outcomes.values(), *tree_model.outcomes.values()):
        assert outcome.mask.tolist() == [
            outcome.holds(play) for play in outcome.form.plays()
        ]
    for wrong in (
        {"Armenia": "open"},
        {"Armenia": "opn", "Russia": "acquiesce"},
        {"Armena": "open", "Russia": "acquiesce"},
    ):
        with pytest.raises(GameError):
            bound.holds(wrong)
    assert isinstance(ModelError("x"), StrategyError)
