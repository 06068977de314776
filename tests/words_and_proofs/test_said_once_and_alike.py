"""What analyses say of one thing agrees: with their own tables, with one another, and with
games solved anew."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import pytest

from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    Term,
    solve,
    where,
)
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.exact import span_of, weighted_sum
from strategy.sensitivity import (
    Verdict,
    commitment,
    conditions,
    drivers,
    flip,
    information,
    orders,
    outcome_probability,
    question,
    radius,
    robustness,
    statics,
    stress,
    terms,
    tornado,
    verdict,
)
from strategy.sensitivity.samples.alone import alone

SPE = PureSubgamePerfect()
PLAYERS = ("Ann", "Ben", "Cy")


def joining() -> Model:
    """Joining costs k and pays g if another joins: all do, none does, or each with an
    irrational probability."""
    p = Parameters(
        g=Parameter(2, low=0, high=5),
        k=Parameter(1, low="1/2", high=3),
        idle=Parameter(7, low=0, high=10),
    )
    form = NormalForm(dict.fromkeys(PLAYERS, ("join", "stay")))
    terms = []
    for i, who in enumerate(PLAYERS):
        others = where({PLAYERS[(i + 1) % 3]: "join"}) | where(
            {PLAYERS[(i + 2) % 3]: "join"}
        )
        terms.append(Term(who, -p.k, when=where({who: "join"}), name=f"{who} cost"))
        terms.append(Term(who, p.g, when=where({who: "join"}) & others, name=f"{who} gain"))
    outcomes = (
        Outcome("all join", when=where(dict.fromkeys(PLAYERS, "join"))),
        Outcome("Ann joins", when=where(Ann="join")),
    )
    return Model("joining", form=form, parameters=p, terms=terms, outcomes=outcomes)


def pennies() -> Model:
    """One mixed equilibrium, heads with probability 1 / (1 + a); none in pure actions but
    where b is 0."""
    p = Parameters(
        a=Parameter(1, low="1/2", high=3),
        b=Parameter(1, low=0, high=2),
        idle=Parameter(7, low=0, high=10),
    )
    form = NormalForm({"Ann": ("h", "t"), "Ben": ("h", "t")})
    terms = (
        Term("Ann", p.a, when=where(Ann="h", Ben="h"), name="hh"),
        Term("Ann", p.b, when=where(Ann="t", Ben="t"), name="tt"),
        Term("Ben", p.a, when=where(Ann="h", Ben="t"), name="ht"),
        Term("Ben", 1, when=where(Ann="t", Ben="h"), name="th"),
    )
    return Model(
        "pennies",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=(Outcome("heads", when=where(Ann="h")),),
    )


def voyage() -> Model:
    """A captain sails if that pays; then chance, chance again, and a buyer."""
    p = Parameters(
        p=Parameter("1/4", low=0, high=1),
        q=Parameter("1/2", low=0, high=1),
        gain=Parameter(4, low=0, high=8),
        loss=Parameter(8, low=1, high=12),
    )
    second = Chance(
        "second leg",
        {
            "smooth": (p.q, Decision("Bo", {"buy": End(), "pass": End()})),
            "rough": (1 - p.q, End()),
        },
    )
    weather = Chance("weather", {"storm": (p.p, End()), "calm": (1 - p.p, second)})
    terms = (
        Term("Captain", p.gain, when=where(Bo="buy"), name="sale"),
        Term("Captain", 2, when=where({"second leg": "rough"}), name="salvage"),
        Term("Captain", -p.loss, when=where(weather="storm"), name="wreck"),
        Term("Bo", p.gain - 3, when=where(Bo="buy"), name="goods"),
    )
    form = ExtensiveForm(Decision("Captain", {"sail": weather, "stay": End()}))
    return Model(
        "voyage",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=(Outcome("sold", when=where(Bo="buy")),),
    )


# -- irrational equilibria beside rational ones


def test_irrational_and_rational_equilibria_stand_in_one_span() -> None:
    model = joining()
    assert outcome_probability(model, Nash(), "all join") == (0, 1)
    least, most = outcome_probability(model, Nash(), "Ann joins") or (None, None)
    assert (least, most) == (0, 1)
    found = commitment(model, Nash(), "all join")
    assert found.sentences[0] == (
        "Ann gains 1 at worst, and gains nothing at best, by being bound to join "
        "('all join' then has probability 1)."
    )
    assert "-5.86e-18" not in str(found)
    assert "about 0 to 1" in str(found)
    rows = {str(one.concept): one for one in robustness(model, PureNash(), "all join").rows}
    assert rows["Nash"].chance == (0, 1)


def test_information_where_equilibria_are_irrational() -> None:
    found = information(joining(), Nash(), "all join", parameter="k")
    assert "Known to all" in " ".join(found.sentences)
    assert found.data()["known_to"]


def test_a_payoff_of_nothing_is_no_figure_of_roundings() -> None:
    text = str(tornado(joining(), Nash(), "all join"))
    assert "e-1" not in text
    assert "about 0 to 4" in text


def test_sums_and_spans_of_balls_and_fractions() -> None:
    from flint import arb

    ball = arb(0.25, 1e-20)
    assert span_of([Fraction(1), ball, Fraction(0)]) == (0, 1)
    assert weighted_sum([(Fraction(1, 2), Fraction(1, 3))]) == Fraction(1, 6)
    assert weighted_sum([(Fraction(1, 2), ball), (1, Fraction(1))]).contains(arb("1.125"))


# -- probabilities where they change


def test_a_tornado_counts_what_its_table_shows() -> None:
    found = tornado(pennies(), Nash(), "heads")
    assert (
        "Moved alone to its lowest value, 2 of 3 change that: b and a." in found.sentences
    )
    assert "Moved alone to its highest value, 1 of 3 changes that: a." in found.sentences
    for one in found.bars:
        for end, value in ((one.at_low, one.low), (one.at_high, one.high)):
            chance = outcome_probability(pennies(), Nash(), "heads", {one.parameter: value})
            assert end.chance == chance
            assert found.moved(end) is (chance != (Fraction(1, 2),) * 2)
    (row,) = [one for one in found.data()["bars"] if one["parameter"] == "a"]
    assert row["at_high"]["probability"] == ["1/4", "1/4"]
    (low,) = [
        one for one in tornado(voyage(), SPE, "sold").sentences if "its lowest value" in one
    ]
    assert low.startswith("Moved alone to its lowest value, 3 of 4 change that: ")
    assert all(name in low.split(": ")[1] for name in ("gain", "p", "q"))


def test_where_there_is_none_a_payoff_is_not_unknown() -> None:
    found = tornado(pennies(), PureNash(), "heads")
    assert "not known" not in str(found)
    assert "Moved alone to its lowest value, 1 of 3 changes that: b." in found.sentences


def test_analyses_say_the_probability_at_their_start() -> None:
    model = voyage()
    chance = outcome_probability(model, SPE, "sold")
    assert chance == (Fraction(3, 8),) * 2
    every = "in every pure subgame-perfect equilibrium"
    rescaled = terms(model, SPE, "sold")
    assert (
        "With all terms as they are the outcome comes about with probability 0.375 "
        f"{every}."
    ) in rescaled.sentences
    assert "Doubled alone, 1 of 4 terms changes the verdict: 'wreck'." in rescaled.sentences
    moved = stress(model, SPE, "sold", group=["storms: p=1/2"])
    assert moved.sentences[0] == (
        f"At the values asked about the outcome comes about with probability 0.375 {every}."
    )
    assert moved.sentences[1].startswith("The verdict changes on the way to: storms")
    near = radius(model, SPE, "sold")
    assert near.sentences[0] == (
        "At the baseline the verdict on 'sold' is: possible but not sure, with "
        f"probability 0.375 {every}."
    )
    assert near.data()["start_probability"] == ["3/8", "3/8"]
    mixed = orders(pennies(), Nash(), "heads")
    assert (
        mixed.sentences[0]
        == "At once the outcome comes about with probability 0.5 in every Nash equilibrium."
    )
    assert mixed.sentences[1] == (  # pure, in a tree
        "In each of these 2 orders it comes about in some, not in every pure "
        "subgame-perfect equilibrium."
    )
    known = information(model, SPE, "sold", parameter="gain")
    assert (
        f"Known to all, 'sold' comes about with probability 0.1875 {every}."
        in known.sentences
    )


# -- what is held


def test_what_is_held_is_not_said_of_each_parameter() -> None:
    """With p at 0 and q at 1 the goods are sold for certain: so it is not that no change
    does it."""
    model = voyage()
    assert verdict(model, SPE, "sold", {"p": 0, "q": 1}) is Verdict.EVERY
    assert (
        "No change of gain and loss within the ranges brings 'sold' about in every "
        "pure subgame-perfect equilibrium."
    ) in flip(model, SPE, "sold").sentences
    begins = (
        "Moves by at most 4.35 % (1/23) of the range of each parameter that is not held"
    )
    assert any(one.startswith(begins) for one in radius(model, SPE, "sold").sentences)
    assert any(one.startswith(begins) for one in conditions(model, SPE, "sold").sentences)
    asked = radius(pennies(), PureNash(), "heads", hold=["a"])
    assert "Held fixed, as asked: a." in asked.sentences
    assert any("each parameter that is not held" in one for one in asked.sentences)
    assert any(
        re.match(r"Moves by .+ of the range of each parameter cannot", one)
        for one in radius(pennies(), PureNash(), "heads").sentences
    )


# -- what raising does


def test_what_was_seen_of_payoffs_in_mixed_equilibria_was_looked_at() -> None:
    """Ann gets a b / (a + b) in the one equilibrium, which rises in both; heads have
    probability b / (a + b), so nothing is said of whether a changes it."""
    found = statics(pennies(), Nash(), "heads")
    assert [found.sign(one, "Ann") for one in ("a", "b", "idle")] == ["(+)", "(+)", "(0)"]
    assert found.sentences[0] == "Never changes the verdict on 'heads': a, b and idle."
    assert "mixed play" in found.sentences[-1]


def test_values_without_equilibrium_are_said() -> None:
    found = statics(pennies(), PureNash(), "heads")
    assert (
        "There is no pure Nash equilibrium at some of its values, and one verdict at "
        "the others: b."
    ) in found.sentences
    assert (
        "There is no pure Nash equilibrium wherever it moves, so there is nothing to "
        "compare: a and idle."
    ) in found.sentences
    assert (found.sign("a"), found.sign("idle", "Ann")) == ("", "")
    at = [
        len(solve(pennies().game(at={"b": value}), PureNash()))
        for value in (0, "1/1000", 2)
    ]
    assert at == [1, 0, 0]


# -- words, not identifiers


@pytest.mark.parametrize(
    ("model", "concept", "outcome"),
    [(voyage(), SPE, "sold"), (pennies(), PureNash(), "heads")],
)
def test_questions_name_verdicts_in_words(
    model: Model, concept: object, outcome: str
) -> None:
    text = str(question(model, concept, outcome, samples=2000))
    assert not any(name in text for name in ("EVERY", "SOME", "NONE_EXISTS", "NO "))
    assert "possible but not sure" in text or "no pure Nash equilibrium" in text


def test_several_concepts_without_equilibrium_are_named() -> None:
    said = robustness(pennies(), PureNash(), "heads").sentences
    assert any(
        one.endswith("and coalition-proof Nash (pure) there is no equilibrium.")
        for one in said
    )
    assert "of this concept" not in " ".join(said)


# -- shares


@pytest.mark.parametrize("size", [700, 4096, 16384])
@pytest.mark.parametrize("cut", [0.5, 0.503, 0.7])
def test_a_parameter_that_decides_alone_accounts_for_all(size: int, cut: float) -> None:
    """Where an indicator jumps with one parameter its interval holds 1, wherever in a bin
    the jump is."""
    for seed in range(5):
        points = np.random.default_rng(seed).random((size, 2))
        found = alone(["x", "y"], points, points[:, 0] > cut)
        assert found is not None
        one, whole = found
        assert one["x"].high == 1
        assert whole.high == 1
        assert one["y"].low == 0


def test_nothing_is_said_to_be_left_for_interactions_where_all_may_be_alone() -> None:
    p = Parameters(w=Parameter("1/2", low=-1, high=1), idle=Parameter(0, low=-1, high=1))
    form = ExtensiveForm(Decision("Ann", {"in": End(), "out": End()}))
    enters = Outcome("enters", when=where(Ann="in"))
    model = Model(
        "one",
        form=form,
        parameters=p,
        terms=[Term("Ann", p.w, when=where(Ann="in"), name="w")],
        outcomes=[enters],
    )
    said = " ".join(drivers(model, SPE, "enters", samples=4096).sentences)
    assert "no interactions are seen beyond that" in said
    assert "the rest is their interactions" not in said
