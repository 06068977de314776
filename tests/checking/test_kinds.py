"""Each kind of check, on a model small enough to see the answer."""

import itertools
from collections import Counter
from fractions import Fraction

import attrs
import numpy as np
import pytest
import sympy

from strategy import ModelError, NormalForm, Outcome, Parameter, Parameters, Status, StrategyError, Term, solve, where
from strategy.assumptions import BestReply, Claim, Complements, Model, Monotone, Occurs, Payoff, Prefers, Threshold
from strategy.assumptions.checks import Given
from strategy.checking import Result, _verdict_judge, check, rule
from strategy.checking._range import Range
from strategy.checking._verdicts import GOALS
from strategy.concepts import PureNash
from strategy.sensitivity import verdict

p = Parameters(
    transit_income=Parameter(4, low=1, high=8),
    leverage=Parameter(5, low=2, high=9),
    russia_attention=Parameter("0.3", low=0, high=1),
)
opens, refuses = where(Armenia="open"), where(Armenia="refuse")
obstructs, acquiesces = where(Russia="obstruct"), where(Russia="acquiesce")
runs = opens & ~obstructs
COST = 6 * (1 - p.russia_attention)


def two(*claims):
    return Model(
        "two",
        form=NormalForm({"Armenia": ("open", "refuse"), "Russia": ("obstruct", "acquiesce")}),
        parameters=p,
        terms=(
            Term("Armenia", p.transit_income - 2, when=runs, name="transit"),
            Term("Russia", -p.leverage, when=runs, name="leverage lost"),
            Term("Russia", -COST, when=obstructs, name="cost of obstructing"),
        ),
        outcomes=(Outcome("corridor open", when=runs),),
        claims=claims,
    )


MODEL = two()
NO_ATTENTION = p.russia_attention <= 0

# check -> the result, and the parameters moved in the counter-example
CASES = {
    "open or refuse: it pays from 2 on": (Prefers("Armenia", opens, refuses), "REFUTED", {"transit_income": "1"}),
    "given enough income": (Prefers("Armenia", opens, refuses, given=p.transit_income >= 2), "PROVED", None),
    "given more than that": (
        Prefers("Armenia", runs, ~runs, alike=False, strictly=True, given=p.transit_income > 2),
        "PROVED",
        None,
    ),
    "the two want opposites": (Prefers(("Armenia", "Russia"), opens, refuses), "REFUTED", set()),
    "obstructing is no reply to a refusal": (
        BestReply("Russia", "obstruct", when=refuses, never=True),
        "REFUTED",
        {"russia_attention": "1"},
    ),
    "below full attention": (
        BestReply("Russia", "obstruct", when=refuses, never=True, given=p.russia_attention <= 0.9),
        "PROVED",
        None,
    ),
    "it is one where the leverage is worth it": (
        BestReply("Russia", "obstruct", when=opens, given=p.leverage >= COST),
        "PROVED",
        None,
    ),
    "and not elsewhere": (
        BestReply("Russia", "obstruct", when=opens, never=True, given=p.leverage < COST),
        "PROVED",
        None,
    ),
    "not by attention alone": (
        BestReply("Russia", "obstruct", when=opens, given=p.russia_attention >= 0.5),
        "REFUTED",
        {"leverage": "2"},
    ),
    "a payoff rises": (Monotone("transit_income", Payoff("Armenia", runs)), "PROVED", None),
    "a payoff falls": (Monotone("leverage", Payoff("Russia", runs)), "REFUTED", set()),
    "a gain rises": (Monotone("leverage", Payoff("Russia", obstructs, acquiesces)), "PROVED", None),
    "a verdict falls": (Monotone("leverage", "corridor open", falls=True), "PROVED", None),
    "a verdict does not rise": (Monotone("leverage", "corridor open"), "REFUTED", set()),
    "income counts where the route runs": (
        Complements("Armenia", "transit_income", (acquiesces, obstructs), when=opens),
        "PROVED",
        None,
    ),
    "what Russia saves and loses": (
        Complements("Russia", (opens, refuses), (acquiesces, obstructs)),
        "REFUTED",
        set(),
    ),
    "open everywhere": (Occurs("corridor open"), "REFUTED", set()),
    "open without attention and with little leverage": (
        Occurs("corridor open", "some", given=(NO_ATTENTION, p.leverage <= 5, p.transit_income >= 2)),
        "PROVED",
        None,
    ),
    "never obstructed without attention": (Occurs(obstructs, "no", given=NO_ATTENTION), "REFUTED", {"leverage"}),
    "a threshold of attention": (Threshold("russia_attention", obstructs, "every"), "PROVED", None),
    "whatever the rest": (Threshold("russia_attention", obstructs, "every", everywhere=True), "REFUTED", {"transit_income"}),
    "the other way round": (Threshold("russia_attention", obstructs, "every", rising=False), "REFUTED", set()),
}


@pytest.mark.parametrize("case", CASES)
def test_the_result_and_the_smallest_counter_example(case):
    check_, result, moved = CASES[case]
    found = rule(check_, MODEL, examples=30)
    assert str(found.result) == result, found.words
    if moved is not None:
        assert found.counterexample is not None
        known = {one.parameter: str(one.value) for one in found.counterexample.moved}
        assert (known if isinstance(moved, dict) else set(known)) == moved


def test_the_game_of_a_counter_example_shows_it():
    found = rule(CASES["it is one where the leverage is worth it"][0], MODEL)
    assert found.counterexample is None
    found = rule(CASES["not by attention alone"][0], MODEL)
    game = MODEL.game(at=found.counterexample.values)
    assert game.payoff("Russia", {"Armenia": "open", "Russia": "obstruct"}) < game.payoff(
        "Russia", {"Armenia": "open", "Russia": "acquiesce"}
    )
    first = found.counterexample.evidence.terms[0]
    assert (first.term, first.baseline, first.value) == ("leverage lost", 5, 2)


def test_a_claim_is_as_good_as_its_worst_check():
    good, bad = CASES["a payoff rises"][0], CASES["a payoff falls"][0]
    model = two(Claim("A", "good", checks=good, required=True), Claim("B", "bad", checks=(good, bad)), Claim("C", "unsaid"))
    found = check(model)
    assert [str(one.result) for one in found.claims] == ["PROVED", "REFUTED", "NOT STATED"]
    assert not found.fails
    assert check(two(Claim("B", "bad", checks=bad, required=True))).fails
    assert [one["result"] for one in found.data()["claims"]] == ["PROVED", "REFUTED", "NOT STATED"]
    assert found["B"].data()["counterexample"]["found"]
    assert "Of 3 claims: 1 proved, 1 refuted and 1 not stated." in str(found)


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
    found, known = [rule(one, two(Claim("A", "good", checks=one))) for one in (named, plain)]
    assert (found.result, found.examples) == (known.result, known.examples)
    assert (found.counterexample and found.counterexample.values) == (known.counterexample and known.counterexample.values)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome("corridor open", when=opens), "outcome 'corridor open' is Armenia: open here, and Armenia: open and not"),
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


KINDS = [Monotone("leverage", "corridor open"), Monotone("transit_income", "corridor open"), Occurs("corridor open")]


@pytest.mark.parametrize("amount", [sympy.Max(p.transit_income, p.leverage) - 5, sympy.exp(p.leverage)])
@pytest.mark.parametrize(
    "kind", [Monotone("leverage", "corridor open"), Monotone("transit_income", "corridor open"), Occurs("corridor open")]
)
def test_amounts_that_are_no_polynomials_are_said_or_refuted_at_values(amount, kind):
    model = two(Claim("A", "bent", checks=kind), Claim("B", "good", checks=Prefers("Russia", obstructs, acquiesces)))
    bent = attrs.evolve(model, terms=(*model.terms, Term("Armenia", amount, when=opens, name="bent")))
    found = check(bent, examples=10)
    assert found["A"].result in (Result.NOT_STATED, Result.REFUTED)
    assert (
        found["A"].result is Result.REFUTED or "polynomial" in found["A"].rulings[0].words or "exp" in found["A"].rulings[0].words
    )
    assert found["B"].result is not Result.PROVED


def test_a_single_line_is_decided_exactly():
    model = going(q.x**2 - 2)  # from the root of 2 on
    at = {"y": 1}
    assert rule(Monotone("x", "goes"), model, at).result is Result.PROVED
    assert rule(Monotone("x", "goes", falls=True), model, at).result is Result.REFUTED
    wave = going((q.x - 1) * (q.x - 2) * (q.x - 3))
    assert rule(Monotone("x", "goes"), wave, at).result is Result.REFUTED
    assert rule(Monotone("x", "goes", given=q.x >= 2.5), wave, at).result is Result.PROVED


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (Prefers("Iran", opens, refuses), "unknown player 'Iran'"),
        (Prefers("Armenia", opens, where(Armenia="shut")), "shut"),
        (Occurs("road open"), "unknown outcome 'road open'"),
        ("corridor open", "is not a check"),
        (Monotone("income", "corridor open"), "unknown parameter 'income'"),
        (Occurs("corridor open", given=Parameters(y=Parameter(1, low=0, high=2)).y > 0), "given y > 0: unknown parameter"),
    ],
)
def test_a_check_of_another_model_is_an_error(check, said):
    with pytest.raises(StrategyError, match=said):
        rule(check, MODEL)


def test_the_same_seed_gives_the_same_answer():
    open_, closed = Occurs("corridor open", "not every", given=p.transit_income * p.leverage >= 4), CASES["whatever the rest"][0]
    for one in (open_, closed):
        first, second = (rule(one, MODEL, examples=40, seed=3) for _ in range(2))
        assert (first.result, first.examples, first.words) == (second.result, second.examples, second.words)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: two(Claim("A", "x", checks=Occurs("corridor opn"))), "did you mean 'corridor open'"),
        (lambda: two(Claim("A", "x", checks=Monotone("leverag", "corridor open"))), "leverage"),
        (lambda: two(Claim("A", "x", checks=Prefers("Armenia", where(Armenia="opn"), refuses))), "did you mean 'open'"),
        (lambda: Occurs("corridor open", "most"), "expected one of 'every'"),
        (lambda: Prefers((), opens, refuses), "name at least one player"),
        (lambda: Prefers("Armenia", opens, refuses, given=p.leverage), "is not a comparison"),
        (lambda: Complements("Armenia", opens, "leverage"), "two conditions"),
        (lambda: Claim("A", "x", checks="no"), "give checks"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_remedy(wrong, said):
    with pytest.raises(ModelError, match=said):
        wrong()


@pytest.mark.parametrize("kind", [Monotone("leverage", "corridor open"), Threshold("leverage", "corridor open")])
def test_raising_what_is_given_a_value_cannot_be_asked(kind):
    ruling = rule(kind, MODEL, {"leverage": 4})
    assert ruling.result is Result.NOT_STATED
    assert "leverage does not move; leave it out of the values given" in ruling.words
    everything = {label: one.baseline for label, one in p.items()}
    assert rule(kind, MODEL, everything).result is Result.NOT_STATED
    assert rule(Occurs("corridor open"), MODEL, everything).result is Result.REFUTED


def test_an_interrupt_keeps_the_claims_that_are_done():
    good = CASES["a payoff rises"][0]
    model = two(*[Claim(label, "good", checks=good) for label in "ABC"])
    seen = []

    def stop(done, total, label):
        seen.append((done, total, label))
        if label == "C":
            raise KeyboardInterrupt

    found = check(model, progress=stop)
    assert seen == [(0, 3, "A"), (1, 3, "B"), (2, 3, "C")]
    assert [one.claim.id for one in found.claims] == ["A", "B"]
    assert found.left == ("C",)
    assert "Interrupted before C." in str(found)


def test_an_interrupt_within_a_game_says_nothing_of_its_claim(monkeypatch):
    def stopped(*arguments, **options):
        return attrs.evolve(solve(*arguments, **options), status=Status.STOPPED, reason="interrupted")

    monkeypatch.setattr(_verdict_judge, "solve", stopped)
    found = check(two(Claim("A", "good", checks=CASES["a payoff rises"][0]), Claim("B", "open", checks=Occurs("corridor open"))))
    assert [one.claim.id for one in found.claims] == ["A"]
    assert found.left == ("B",)


def test_a_counter_example_gives_its_game_and_what_is_raised():
    found = rule(Monotone("leverage", "corridor open"), MODEL).counterexample
    raised = found.evidence.raised
    assert (raised.parameter, raised.baseline < raised.value) == ("leverage", True)
    assert found.values["leverage"] == raised.value
    assert found.settings == {}  # it is raised to its baseline
    assert found.game.payoff("Russia", {"Armenia": "open", "Russia": "acquiesce"}) == -raised.value
    assert found.data()["raised"] == {"parameter": "leverage", "from": str(raised.baseline), "to": str(raised.value)}
    assert "Russia turns from acquiesce to obstruct at leverage = 4.2" in found.words
    assert found.evidence.terms[0].term == "leverage lost"
    one = rule(CASES["whatever the rest"][0], MODEL).counterexample
    assert one.evidence.raised is None
    assert one.data()["raised"] is None


def random_limits(rng):
    """Two comparisons of the model's parameters that hold somewhere, and the attention above something."""
    names, found = list(p), [p.russia_attention >= int(rng.integers(0, 8)) * Fraction(1, 10)]
    somewhere = {"transit_income": int(rng.integers(2, 8)), "leverage": int(rng.integers(3, 9)), "russia_attention": 1}
    for _ in range(2):
        a, b = rng.choice(names, 2, replace=False)
        factor = int(rng.integers(1, 7)) * int(rng.choice([-1, 1]))
        amount = (getattr(p, a) - somewhere[a]) - factor * (getattr(p, b) - somewhere[b])
        found.append(amount > -1 if rng.integers(2) else amount >= 0)
    return tuple([Given.of(one) for one in found])


def test_where_limits_join_parameters_verdicts_are_still_proved():
    rng, found = np.random.default_rng(5), Counter()
    places = itertools.product(range(1, 9), range(2, 10), range(0, 21, 2))
    grid = [{"transit_income": x, "leverage": y, "russia_attention": Fraction(z, 20)} for x, y, z in places]
    known = [verdict(MODEL, PureNash(), "corridor open", at=at) for at in grid]
    for _ in range(80):
        quantity, limits = str(rng.choice(list(GOALS))), random_limits(rng)
        ruling = rule(Occurs("corridor open", quantity, given=limits), MODEL, examples=10)
        found[ruling.result] += 1
        within = Range.of(MODEL, limits, None)
        assert any(one not in GOALS[quantity] for one, at in zip(known, grid, strict=True) if within.inside(at)) <= (
            ruling.result is Result.REFUTED
        ), [one.text for one in limits]
    assert found[Result.NOT_REFUTED] == found[Result.NOT_STATED] == 0
    assert min(found[Result.PROVED], found[Result.REFUTED]) > 15


def test_limits_that_nothing_meets_are_refused():
    nowhere = (p.leverage > p.transit_income + 4, p.transit_income > 6)
    ruling = rule(Occurs("corridor open", given=nowhere), MODEL)
    assert str(ruling.result) == "NOT STATED"
    assert "no values within the ranges meet this" in ruling.words


q = Parameters(x=Parameter(1, low=0, high=4), y=Parameter(1, low=0, high=4))
goes = where(A="go")


def going(amount):
    """A goes where an amount is not negative, and gains by it what the amount is."""
    return Model(
        "going",
        form=NormalForm({"A": ("go", "stay")}),
        parameters=q,
        terms=(Term("A", amount, when=goes),),
        outcomes=(Outcome("goes", when=goes),),
    )


@pytest.mark.parametrize(
    ("amount", "limits", "everywhere"),
    [
        (q.x - 2, (q.x + q.y <= 2,), False),
        (1 - q.x, (q.x <= q.y,), False),
        ((q.x - 1) * (3 - q.x), (q.x + q.y <= 3,), False),
        ((q.x - 1) * (3 - q.x), (q.x + q.y <= 2.5, q.y <= 0.5), True),
        ((q.x - 1) * (q.x - 2), (q.x > 1,), False),
        (q.x - 2, (q.x**2 <= 4,), False),
        (q.x - 2, (q.y + q.y**2 > 4,), False),
    ],
)
def test_a_threshold_is_not_asked_where_limits_cut_its_line(amount, limits, everywhere):
    ruling = rule(Threshold("x", "goes", "every", given=limits, everywhere=everywhere), going(amount))
    assert ruling.result is Result.NOT_STATED
    assert "whole range of x" in ruling.words or "where the others start" in ruling.words


def test_limits_that_leave_a_range_with_its_ends_do_not_keep_a_threshold_from_being_asked():
    inner = Threshold("x", "goes", "some", given=(q.x >= 1, q.x <= 3, q.y > 2))
    assert rule(inner, going(q.x - 2)).result is Result.PROVED
    assert rule(Threshold("x", "goes", "some", given=q.y > 2), going(q.x - q.y)).result is Result.PROVED
    apart = Threshold("x", "goes", "some", given=q.y >= q.y**2 + q.y - 1, everywhere=True)
    assert rule(apart, going(q.x - 2), examples=10).result is Result.NOT_REFUTED


def test_single_points_are_named_where_they_break_a_threshold():
    there = rule(Threshold("x", "goes", "no"), going(-((q.x - 2) ** 2)))
    assert "in some, not in every equilibrium at x = 2" in there.words
    assert "in some, not in every equilibrium at x = 0" in rule(Threshold("x", "goes", "some"), going(-q.x)).words


@pytest.mark.parametrize(
    "kind",
    [
        Monotone("x", Payoff("A", goes)),
        Complements("A", "x", "y"),
        Monotone("x", "goes"),
        Monotone("x", Payoff("A", goes), given=q.x >= 4),
    ],
)
def test_what_cannot_rise_is_not_asked_about(kind):
    values = {} if kind.given else {"x": 1}
    ruling = rule(kind, going(-q.x), values)
    assert ruling.result is Result.NOT_STATED
    assert "x does not move" in ruling.words


@pytest.mark.parametrize("limits", [(q.x < 2, q.x >= 2), (q.x >= 2, q.x < 2), (q.x * q.y > 15,)])
@pytest.mark.parametrize("kind", [Occurs("goes"), Prefers("A", goes, ~goes)])
def test_what_no_values_meet_is_not_asked_whatever_the_order(kind, limits):
    ruling = rule(attrs.evolve(kind, given=limits), going(q.x), {"y": 1} | ({"x": 2} if limits[0].has(q.y) else {}))
    assert ruling.result is Result.NOT_STATED
    assert "no value" in ruling.words


def test_only_values_within_the_limits_count_as_tried():
    ruling = rule(Occurs("goes", given=q.x * q.y > 15), going(q.x - 2), {"x": 1}, examples=30)
    assert (ruling.result, ruling.examples) == (Result.NOT_STATED, 0)
    assert "none of the values that were tried meets the limits" in ruling.words
    some = rule(Occurs("goes", given=q.x * q.y >= 1), going(q.x * q.y - 0.5), examples=30)
    assert some.result is Result.NOT_REFUTED
    assert 500 < some.examples < 4000


def test_a_claim_that_is_asked_in_part_is_not_proved():
    good = CASES["a payoff rises"][0]
    found = check(two(Claim("A", "both", checks=(good, Monotone("leverage", "corridor open")))), {"leverage": 4})
    assert [str(one.result) for one in found["A"].rulings] == ["PROVED", "NOT STATED"]
    assert found["A"].result is Result.NOT_REFUTED
    assert "with leverage = 4" in str(found)


def test_a_concept_that_does_not_exist_is_an_error():
    with pytest.raises(StrategyError, match="pure-nash"):
        rule(Occurs("corridor open", concept="pur-nash"), MODEL)
