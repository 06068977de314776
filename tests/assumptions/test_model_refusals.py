"""What a model refuses when it is built: the message shows the value, what was expected and
the remedy."""

import pytest
import sympy

from strategy.assumptions import Claim, Model, Outcome, Parameter, Parameters, Term, where
from strategy.errors import (
    GameError,
    ModelError,
    NumberError,
    ParameterError,
    SizeError,
    StrategyError,
)
from strategy.forms import NormalForm

q = sympy.Symbol("leverag", real=True)
CASES = [
    ({"terms": (Term("Armena", 1),)}, ModelError, ["player 'Armena'", "did you mean 'Armenia'"]),
    ({"terms": (Term("Armenia", 1, when=where(Rusia="obstruct")),)}, ModelError, ["Rusia", "did you mean 'Russia'"]),
    ({"terms": (Term("Armenia", 1, when=where(Russia="obstuct"), name="t"),)}, ModelError, ["'t'", "did you mean 'obstruct'"]),
    ({"terms": (Term("Armenia", 1, when=where(Russia="obstruct", at="late")),)}, ModelError, ["late", "leave out at="]),
    ({"terms": (Term("Armenia", 1, claim="C5"),)}, ModelError, ["claim 'C5'", "'C4'"]),
    ({"terms": (Term("Armenia", 1, claim="C5"),), "claims": ()}, ModelError, ["no claims", "leave claim out"]),
    ({"terms": (Term("Armenia", 2 * q),)}, ParameterError, ["leverag", "did you mean 'leverage'"]),
    ({"terms": (Term("Armenia", sympy.Symbol("leverage")),)}, ParameterError, ["p.leverage", "real=True"]),
    ({"terms": (Term("Armenia", 1, name="t"), Term("Russia", 2, name="t"))}, ModelError, ["two terms are called 't'"]),
    ({"terms": (Term("Armenia", 1), Term("Armenia", 1))}, ModelError, ["two terms", "Armenia: 1"]),
    ({"terms": (Term("Armenia", 1, when=where(Armenia="open") & where(Armenia="refuse"), name="t"),)}, ModelError,
     ["'t'", "Armenia: open and Armenia: refuse", "never holds", "shared=True"]),
    ({"terms": Term("Armenia", 1)}, ModelError, ["single Term", "comma"]),
    ({"terms": (1,)}, ModelError, ["contains 1", "Term"]),
    ({"terms": 7}, ModelError, ["terms is 7"]),
    ({"terms": "Armenia"}, ModelError, ["'Armenia'"]),
    ({"terms": (Term("Armena", 1, when=where(Iran="x"), shared=True),)}, ModelError, ["did you mean 'Armenia'"]),
    ({"outcomes": (Outcome("o", when=where(Armenia="opn")),)}, ModelError, ["outcome 'o'", "did you mean 'open'"]),
    ({"outcomes": (Outcome("o", when=where(Armenia="open") & where(Armenia="refuse")),)}, ModelError, ["'o'", "never holds"]),
    ({"outcomes": (Outcome("o", when=where(Armenia="open")),) * 2}, ModelError, ["two outcomes are called 'o'"]),
    ({"outcomes": Outcome("o", when=where(Armenia="open"))}, ModelError, ["comma"]),
    ({"claims": (Claim("C4", "A."), Claim("C4", "B."), Claim("C7", "C."))}, ModelError, ["two claims are called 'C4'"]),
    ({"claims": (Claim("C4", "A.", if_wrong={"leverag": 0}), Claim("C7", "C."))}, ParameterError, ["did you mean 'leverage'"]),
    ({"focus": ("leverage", "attention")}, ParameterError, ["focus", "'attention'"]),
    ({"focus": ("leverage",)}, ModelError, ["focus", "two"]),
    ({"focus": "leverage"}, ModelError, ["focus", "two"]),
    ({"focus": ("leverage", "leverage")}, ModelError, ["focus", "different"]),
    ({"headline": "corridor opens"}, ModelError, ["headline", "did you mean 'corridor open'"]),
    ({"headline": 3}, GameError, ["headline 3"]),
    ({"form": {"Armenia": ("open",)}}, ModelError, ["form", "NormalForm"]),
    ({"parameters": {"leverage": Parameter(1, low=0, high=2)}}, ModelError, ["parameters is a dict", "Parameters("]),
    ({"title": 3}, ModelError, ["3"]),
    ({"leaves_out": (3,)}, ModelError, ["leaves_out", "3"]),
    ({"form": NormalForm({str(i): tuple(map(str, range(10))) for i in range(12)}), "terms": (), "outcomes": ()}, SizeError,
     ["1,000,000,000,000"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "error", "shown"), CASES)
def test_refusals(parts, change, error, shown):
    with pytest.raises(error) as caught:
        Model("m", **{**parts, **change})
    assert isinstance(caught.value, StrategyError)
    for part in shown:
        assert part in str(caught.value)


p = Parameters(
    a=Parameter(1, low=0, high=2),
    q=Parameter("1/2", low=0, high=1),
    leverage=Parameter(5, low=2, high=9),
)
TOUCHES_ZERO = (p.a - sympy.Rational(1, 3)) ** 2 / 9  # at a point that halving never meets
LAWS = [
    ((p.q, p.q), ModelError, ["Russia's state", "sum to 2*q", "1 minus the others"]),
    ((p.a, 1 - p.a), ModelError, ["Russia's state", "1 - a is -1 at a = 2", "narrow"]),
    ((p.a - p.a**2 + p.a**3, 1 - p.a + p.a**2 - p.a**3), ModelError, ["is -5 at a = 2"]),
    ((TOUCHES_ZERO, 1 - TOUCHES_ZERO), ModelError, ["cannot be shown", "q and 1 - q"]),
    ((sympy.sqrt(p.q), 1 - sympy.sqrt(p.q)), ModelError, ["sqrt(q)", "neither a polynomial"]),
    ((1 / p.a, 1 - 1 / p.a), ModelError, ["divides by a", "a = 0"]),
    ((sympy.Symbol("zz", real=True), 1), ParameterError, ["zz", "'leverage'"]),
    (("1/3", "1/3"), GameError, ["Russia's state", "2/3"]),
    (("4/3", "-1/3"), GameError, ["negative"]),
    ((p.q, "x"), NumberError, ["x"]),
]  # fmt: skip


@pytest.mark.parametrize(("law", "error", "shown"), LAWS)
def test_laws_must_be_probabilities_over_the_whole_ranges(make_tree, law, error, shown):
    with pytest.raises(error) as caught:
        Model("m", form=make_tree(*law), parameters=p, terms=())
    for part in shown:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (1 / p.a, ["divides by a", "zero at a = 0"]),
        (
            p.q / (p.a - 1),
            ["positive at a = 2", "negative at a = 0", "zero somewhere in between"],
        ),
        (1 / (p.a - sympy.Rational(1, 3)) ** 2, ["cannot be shown", "rewrite"]),
        ((1 + p.q) ** 200, ["power 200", "100"]),
    ],
)
def test_amounts_may_not_divide_by_zero_in_the_ranges(make_tree, amount, shown):
    with pytest.raises(ModelError, match="term 't'") as caught:
        Model(
            "m", form=make_tree(), parameters=p, terms=(Term("Armenia", amount, name="t"),)
        )
    for part in shown:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("build", "shown"),
    [
        (lambda: Term("", 1), ["empty"]),
        (lambda: Term(3, 1), ["player 3"]),
        (lambda: Term("A", "transit_income"), ["transit_income", "not a number"]),
        (lambda: Term("A", p.q / 3.0), ["Rational(1, 3)"]),
        (lambda: Term("A", 1, when="open"), ["'open'", "where("]),
        (lambda: Term("A", 1, when=True), ["True", "where("]),
        (lambda: Term("A", 1, shared=1), ["shared=1"]),
        (lambda: Term("A", 1, name=3), ["term name 3"]),
        (lambda: Claim("C1", ""), ["sentence"]),
        (lambda: Claim("C1", "Text.", paragraph=[4]), ["[4]"]),
        (lambda: Claim("C1", "Text.", if_wrong=3), ["if_wrong=3"]),
        (
            lambda: Claim("C1", "Text.", if_wrong={"x": "much"}),
            ["if_wrong value of x", "much"],
        ),
        (lambda: Claim(1, "Text."), ["claim id 1"]),
        (lambda: Outcome(1, when=where(A="x")), ["outcome 1"]),
    ],
)
def test_parts_refuse_what_they_cannot_be(build, shown):
    with pytest.raises(StrategyError) as caught:
        build()
    for part in shown:
        assert part in str(caught.value)
