"""Irrational thresholds: known roots, exact signs at them and on both sides, and what
happens to isolated changes."""

import pickle
import random
from fractions import Fraction
from typing import Any

import pytest
import sympy

from strategy import (
    AlgebraicNumber,
    Chance,
    Decision,
    End,
    ExtensiveForm,
    Model,
    NormalForm,
    Outcome,
    Parameter,
    ParameterError,
    Parameters,
    RefusalError,
    Term,
    where,
)
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict, outcome_probability, thresholds, verdict
from strategy.solvers import BackwardInduction, PureEnumeration
from tests import _oracles as naive
from tests._checks import check_bindings, check_line
from tests._games import seeds
from tests._models import close, naive_payoffs, naive_tree, random_model

EVERY, SOME, NO = Verdict.EVERY, Verdict.SOME, Verdict.NO
P = Parameters(
    x=Parameter(1, low=-2, high=3),
    y=Parameter(0, low=-1, high=1),
    q=Parameter("1/2", low=0, high=1),
)
FORMS = [
    (NormalForm({"A": ("l", "r")}), PureNash()),
    (ExtensiveForm(Decision("A", {"l": End(), "r": End()})), PureSubgamePerfect()),
]


def choice(amount: Any, form: Any) -> Model:
    """A plays l where the amount is positive, either where it is zero, else r."""
    terms = (Term("A", amount, when=where(A="l")),)
    return Model(
        "choice",
        form=form,
        parameters=P,
        terms=terms,
        outcomes=(Outcome("l", when=where(A="l")),),
    )


@pytest.mark.deep_but(3)
@pytest.mark.parametrize(("form", "concept"), FORMS, ids=["table", "tree"])
@pytest.mark.parametrize(
    ("amount", "points", "pieces", "at_points"),
    [
        (
            P.x**2 - P.x - 1,
            ["(1-sqrt(5))/2", "(1+sqrt(5))/2"],
            [EVERY, NO, EVERY],
            [SOME, SOME],
        ),
        (P.x**3 - 2, ["2**(1/3)"], [NO, EVERY], [SOME]),
        ((P.x**2 - 2) ** 2, ["-sqrt(2)", "sqrt(2)"], [EVERY, EVERY, EVERY], [SOME, SOME]),
        (-((P.x**2 - 2) ** 2), ["-sqrt(2)", "sqrt(2)"], [NO, NO, NO], [SOME, SOME]),
        ((P.x**2 - 2) ** 3, ["-sqrt(2)", "sqrt(2)"], [EVERY, NO, EVERY], [SOME, SOME]),
        (
            (P.x - 1) * (P.x**2 - 2),
            ["-sqrt(2)", "1", "sqrt(2)"],
            [NO, EVERY, NO, EVERY],
            [SOME, SOME, SOME],
        ),
        (P.x**2 + 1, [], [EVERY], []),
        (P.x**2 + P.y, ["0"], [EVERY, EVERY], [SOME]),
        (P.x**5 - P.x - 1, ["rootof(x**5 - x - 1, 0)"], [NO, EVERY], [SOME]),
    ],
)
def test_known_roots(
    form: Any,
    concept: Any,
    amount: Any,
    points: list[str],
    pieces: list[Verdict],
    at_points: list[Verdict],
) -> None:
    model = choice(amount, form)
    t = thresholds(model, concept, "l", "x")
    assert list(t.pieces) == pieces
    assert list(t.at_points) == at_points
    assert len(t.points) == len(points)
    for point, known in zip(t.points, points, strict=True):
        # SymPy's own minimal polynomial, and its own 50 digits.
        root = sympy.sympify(known)
        if isinstance(point, Fraction):
            assert sympy.Rational(point.numerator, point.denominator) == root
        else:
            polynomial = sympy.Poly(sympy.minimal_polynomial(root, sympy.Symbol("x")))
            assert list(point.minimal_polynomial) == [
                int(c) for c in polynomial.all_coeffs()
            ]
            assert abs(
                sympy.Rational(*close(point).value.as_integer_ratio()) - root.evalf(60)
            ) < sympy.Rational(1, 10**50)
    check_line(t, random.Random(0))
    assert check_bindings(t) == 0
    assert [
        t.verdict_at(point) for point in pickle.loads(pickle.dumps(t.points))
    ] == at_points


def test_probabilities_that_bend() -> None:
    """A risks 3 against a sure 1 at odds q^2; at q = 1/sqrt(3) it does not care, and the
    prize has probability 0 or q^2."""
    tree = Decision(
        "A",
        {
            "risk": Chance("luck", {"good": (P.q**2, End()), "bad": (1 - P.q**2, End())}),
            "safe": End(),
        },
    )
    won = where(luck="good")
    model = Model(
        "risk",
        form=ExtensiveForm(tree),
        parameters=P,
        terms=(
            Term("A", 3, when=won, name="prize"),
            Term("A", 1, when=where(A="safe"), name="sure"),
        ),
        outcomes=(Outcome("won", when=won), Outcome("safe", when=where(A="safe"))),
    )
    t = thresholds(model, PureSubgamePerfect(), "safe", "q")
    (point,) = t.points
    assert point.minimal_polynomial == (3, 0, -1)
    assert (t.pieces, t.at_points, t.at_ends) == ((EVERY, NO), (SOME,), (EVERY, NO))
    assert check_bindings(t) == 0
    at = {"q": point}
    assert outcome_probability(model, PureSubgamePerfect(), "won", at=at) == (
        0,
        Fraction(1, 3),
    )
    assert outcome_probability(model, PureSubgamePerfect(), "safe", at=at) == (0, 1)
    assert verdict(model, PureSubgamePerfect(), "won", at=at) is SOME
    # Where chance cannot fail the outcome is certain, and only there.
    assert [
        verdict(model, PureSubgamePerfect(), "won", at={"q": q}) for q in ("0.5", "0.6", 1)
    ] == [NO, SOME, EVERY]


@pytest.mark.deep
def test_least_and_greatest_probability_at_irrational_points() -> None:
    met = 0
    for seed in seeds(120):
        model = random_model(f"bounds {seed}", 2)
        if not isinstance(model.form, ExtensiveForm):
            continue
        for label in model.parameters:
            for point in thresholds(model, PureSubgamePerfect(), "it", label).points:
                if isinstance(point, Fraction):
                    continue
                least, greatest = outcome_probability(
                    model, PureSubgamePerfect(), "it", at={label: point}
                )
                values = {**model.parameters.read(), label: close(point)}
                tree = naive_tree(model, naive_payoffs(model, values), values)
                happens = {
                    play.history
                    for play in model.form.plays()
                    if model.outcomes["it"].when.holds(play)
                }
                chances = [
                    sum((weight for play, weight in plays if play in happens), Fraction(0))
                    for _, plays in naive.by_recursion(tree, model.players, spread=True)
                ]
                for found, expected in ((least, min(chances)), (greatest, max(chances))):
                    assert (
                        close(found) if isinstance(found, AlgebraicNumber) else found
                    ) == expected
                met += 1
    assert met > 3


def test_what_an_irrational_value_cannot_be_used_for() -> None:
    root, far = (
        AlgebraicNumber((1, 0, -2), (Fraction(low), Fraction(low + 1))) for low in (1, -2)
    )
    beyond = AlgebraicNumber((1, 0, -17), (Fraction(4), Fraction(5)))
    for (form, concept), solver in zip(
        FORMS, (PureEnumeration(), BackwardInduction()), strict=True
    ):
        model = choice(P.x**2 - 2, form)
        assert (
            verdict(model, concept, "l", at={"x": root})
            is verdict(model, concept, "l", at={"x": far})
            is SOME
        )
        assert outcome_probability(model, concept, "l", at={"x": root}) == (0, 1)
        with pytest.raises(ParameterError, match="outside its range"):
            verdict(model, concept, "l", at={"x": beyond})
        with pytest.raises(ParameterError, match="at most one"):
            verdict(model, concept, "l", at={"x": root, "y": root})
        with pytest.raises(RefusalError, match="solver=None"):
            verdict(model, concept, "l", at={"x": root}, solver=solver)
        with pytest.raises(ValueError, match="x"):
            model.game(at={"x": root})
        with pytest.raises(RefusalError, match="leave it out of at"):
            thresholds(model, concept, "l", "x", at={"x": 1})
        with pytest.raises(ParameterError, match="did you mean 'x'"):
            thresholds(model, concept, "l", "xx")
        with pytest.raises(ValueError, match="unknown outcome 'L'"):
            thresholds(model, concept, "L", "x")


def test_a_range_of_one_value() -> None:
    p = Parameters(x=Parameter(1, low=1, high=1), y=Parameter(0, low=0, high=2))
    for form, concept in FORMS:
        model = Model(
            "one",
            form=form,
            parameters=p,
            terms=(Term("A", p.x - p.y, when=where(A="l")),),
            outcomes=(Outcome("l", when=where(A="l")),),
        )
        for y, expected in ((0, EVERY), (1, SOME), (2, NO)):
            t = thresholds(model, concept, "l", "x", at={"y": y})
            assert (t.points, t.pieces, t.at_ends, t.binding) == (
                (),
                (expected,),
                (expected, expected),
                (),
            )
            assert t.verdict_at(1) is expected
            with pytest.raises(ParameterError, match="outside its range"):
                t.verdict_at(2)
