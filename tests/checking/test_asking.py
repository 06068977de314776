"""What a check names: outcomes for conditions, what the model lacks, and amounts that
cannot be asked about."""

import attrs
import pytest
import sympy

from strategy import (
    ModelError,
    Outcome,
    Parameter,
    ParameterError,
    Parameters,
    StrategyError,
    Term,
    where,
)
from strategy.assumptions import (
    BestReply,
    Claim,
    Complements,
    Monotone,
    Occurs,
    Payoff,
    Prefers,
    Threshold,
)
from strategy.checking import Result, check, rule
from tests.checking._small import (
    MODEL,
    acquiesces,
    goes,
    going,
    obstructs,
    opens,
    p,
    q,
    refuses,
    runs,
    two,
)


@pytest.mark.parametrize(
    "said",
    [
        lambda one: Prefers("Armenia", one, refuses, alike=False),
        lambda one: Monotone("leverage", Payoff("Russia", refuses, one)),
        lambda one: Monotone("leverage", one),
        lambda one: Occurs(one, "some"),
        lambda one: Threshold("leverage", one, "no"),
        lambda one: Complements("Armenia", (one, refuses), "transit_income"),
        lambda one: BestReply("Armenia", "open", when=one),
    ],
)
def test_an_outcome_stands_for_its_condition_and_is_called_by_its_name(said):
    named, plain = said(MODEL.outcomes["corridor open"]), said(runs)
    assert "'corridor open'" in named.words()
    assert runs.words() not in named.words()
    found, known = [
        rule(one, two(Claim("A", "good", checks=one))) for one in (named, plain)
    ]
    assert (found.result, found.examples) == (known.result, known.examples)
    assert (found.counterexample and found.counterexample.values) == (
        known.counterexample and known.counterexample.values
    )


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (
            Outcome("corridor open", when=opens),
            "outcome 'corridor open' is Armenia: open here, and Armenia: open and not",
        ),
        (Outcome("road open", when=runs), "unknown outcome 'road open'"),
    ],
)
@pytest.mark.parametrize(
    "check",
    [
        Occurs,
        lambda one: Prefers("Armenia", one, refuses),
        lambda one: Monotone("leverage", Payoff("Russia", one)),
        lambda one: BestReply("Armenia", "open", when=one),
    ],
)
def test_an_outcome_that_the_model_does_not_have_is_refused(check, outcome, said):
    with pytest.raises(ModelError, match=said):
        two(Claim("A", "good", checks=check(outcome)))
    with pytest.raises(ModelError, match=said):
        rule(check(outcome), MODEL)


def test_an_outcome_may_be_written_another_way():
    written = Occurs(Outcome("corridor open", when=~obstructs & opens), "some")
    assert rule(written, MODEL).words == rule(Occurs("corridor open", "some"), MODEL).words
    assert eval(repr(written)) == written != Occurs(runs, "some")


def test_a_condition_is_not_mistaken_for_an_outcome_whose_name_reads_like_it():
    named = (Outcome("A: go", when=~goes), Outcome("(A: go)", when=~goes))
    model = attrs.evolve(going(2 - q.x), outcomes=named, headline="A: go")
    assert rule(Monotone("x", goes), model).result is Result.REFUTED
    assert rule(Monotone("x", goes, falls=True), model).result is Result.PROVED
    assert rule(Monotone("x", "A: go"), model).result is Result.PROVED


KINDS = [
    Monotone("leverage", "corridor open"),
    Monotone("transit_income", "corridor open"),
    Occurs("corridor open"),
]


@pytest.mark.parametrize(
    "amount", [sympy.Max(p.transit_income, p.leverage) - 5, sympy.exp(p.leverage)]
)
@pytest.mark.parametrize(
    "kind",
    [
        Monotone("leverage", "corridor open"),
        Monotone("transit_income", "corridor open"),
        Occurs("corridor open"),
    ],
)
def test_amounts_that_are_no_polynomials_are_said_or_refuted_at_values(amount, kind):
    model = two(
        Claim("A", "bent", checks=kind),
        Claim("B", "good", checks=Prefers("Russia", obstructs, acquiesces)),
    )
    bent = attrs.evolve(
        model, terms=(*model.terms, Term("Armenia", amount, when=opens, name="bent"))
    )
    found = check(bent, examples=10)
    assert found["A"].result in (Result.NOT_STATED, Result.REFUTED)
    assert (
        found["A"].result is Result.REFUTED
        or "polynomial" in found["A"].rulings[0].words
        or "exp" in found["A"].rulings[0].words
    )
    assert found["B"].result is not Result.PROVED


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (Prefers("Iran", opens, refuses), "unknown player 'Iran'"),
        (Prefers("Armenia", opens, where(Armenia="shut")), "shut"),
        (Occurs("road open"), "unknown outcome 'road open'"),
        ("corridor open", "is not a check"),
        (Monotone("income", "corridor open"), "unknown parameter 'income'"),
        (
            Occurs("corridor open", given=Parameters(y=Parameter(1, low=0, high=2)).y > 0),
            "given y > 0: unknown parameter",
        ),
    ],
)
def test_a_check_of_another_model_is_an_error(check, said):
    with pytest.raises(StrategyError, match=said):
        rule(check, MODEL)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            lambda: two(Claim("A", "x", checks=Occurs("corridor opn"))),
            "did you mean 'corridor open'",
        ),
        (
            lambda: two(Claim("A", "x", checks=Monotone("leverag", "corridor open"))),
            "leverage",
        ),
        (
            lambda: two(
                Claim("A", "x", checks=Prefers("Armenia", where(Armenia="opn"), refuses))
            ),
            "did you mean 'open'",
        ),
        (lambda: Occurs("corridor open", "most"), "expected one of 'every'"),
        (lambda: Prefers((), opens, refuses), "name at least one player"),
        (
            lambda: Prefers("Armenia", opens, refuses, given=p.leverage),
            "is not a comparison",
        ),
        (lambda: Complements("Armenia", opens, "leverage"), "two conditions"),
        (lambda: Claim("A", "x", checks="no"), "give checks"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_remedy(wrong, said):
    with pytest.raises(ModelError, match=said):
        wrong()


def test_a_concept_that_does_not_exist_is_an_error():
    with pytest.raises(StrategyError, match="pure-nash"):
        rule(Occurs("corridor open", concept="pur-nash"), MODEL)


def test_a_value_that_is_out_of_its_range_is_an_error():
    with pytest.raises(ParameterError, match="leverage = 100 is outside"):
        rule(Occurs("corridor open"), MODEL, {"leverage": 100})
