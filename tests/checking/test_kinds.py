"""Each kind of check: its result, its smallest counter-example, and what becomes of the
claim."""

import attrs
import pytest

from strategy import Status, solve
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
from strategy.checking import Result, _verdict_judge, check, rule
from tests.checking._small import (
    COST,
    MODEL,
    acquiesces,
    going,
    obstructs,
    opens,
    p,
    q,
    refuses,
    runs,
    two,
)

NO_ATTENTION = p.russia_attention <= 0

# check -> the result, and the parameters moved in the counter-example
CASES = {
    "open or refuse: it pays from 2 on": (
        Prefers("Armenia", opens, refuses),
        "REFUTED",
        {"transit_income": "1"},
    ),
    "given enough income": (
        Prefers("Armenia", opens, refuses, given=p.transit_income >= 2),
        "PROVED",
        None,
    ),
    "given more than that": (
        Prefers(
            "Armenia", runs, ~runs, alike=False, strictly=True, given=p.transit_income > 2
        ),
        "PROVED",
        None,
    ),
    "the two want opposites": (
        Prefers(("Armenia", "Russia"), opens, refuses),
        "REFUTED",
        set(),
    ),
    "obstructing is not a reply to a refusal": (
        BestReply("Russia", "obstruct", when=refuses, never=True),
        "REFUTED",
        {"russia_attention": "1"},
    ),
    "below full attention": (
        BestReply(
            "Russia", "obstruct", when=refuses, never=True, given=p.russia_attention <= 0.9
        ),
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
    "a gain rises": (
        Monotone("leverage", Payoff("Russia", obstructs, acquiesces)),
        "PROVED",
        None,
    ),
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
        Occurs(
            "corridor open",
            "some",
            given=(NO_ATTENTION, p.leverage <= 5, p.transit_income >= 2),
        ),
        "PROVED",
        None,
    ),
    "never obstructed without attention": (
        Occurs(obstructs, "no", given=NO_ATTENTION),
        "REFUTED",
        {"leverage"},
    ),
    "a threshold of attention": (
        Threshold("russia_attention", obstructs, "every"),
        "PROVED",
        None,
    ),
    "whatever the rest": (
        Threshold("russia_attention", obstructs, "every", everywhere=True),
        "REFUTED",
        {"transit_income"},
    ),
    "the other way round": (
        Threshold("russia_attention", obstructs, "every", rising=False),
        "REFUTED",
        set(),
    ),
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
    model = two(
        Claim("A", "good", checks=good, required=True),
        Claim("B", "bad", checks=(good, bad)),
        Claim("C", "unsaid"),
    )
    found = check(model)
    assert [str(one.result) for one in found.claims] == ["PROVED", "REFUTED", "NOT STATED"]
    assert not found.fails
    assert check(two(Claim("B", "bad", checks=bad, required=True))).fails
    assert [one["result"] for one in found.data()["claims"]] == [
        "PROVED",
        "REFUTED",
        "NOT STATED",
    ]
    assert found["B"].data()["counterexample"]["found"]
    assert [one["readings"] for one in found.data()["claims"]] == [
        "1 of 1 readings holds", "1 of 2 readings holds, 1 refuted", "no reading is stated",
    ]  # fmt: skip
    assert "3 claims with 3 readings: 2 proved and 1 refuted." in str(found)


def test_the_same_seed_gives_the_same_answer():
    open_, closed = (
        Occurs("corridor open", "not every", given=p.transit_income * p.leverage >= 4),
        CASES["whatever the rest"][0],
    )
    for one in (open_, closed):
        first, second = (rule(one, MODEL, examples=40, seed=3) for _ in range(2))
        assert (first.result, first.examples, first.words) == (
            second.result,
            second.examples,
            second.words,
        )


def test_a_counter_example_gives_its_game_and_what_is_raised():
    found = rule(Monotone("leverage", "corridor open"), MODEL).counterexample
    raised = found.evidence.raised
    assert (raised.parameter, raised.baseline < raised.value) == ("leverage", True)
    assert found.values["leverage"] == raised.value
    assert found.settings == {}  # it is raised to its baseline
    assert (
        found.game.payoff("Russia", {"Armenia": "open", "Russia": "acquiesce"})
        == -raised.value
    )
    assert found.data()["raised"] == {
        "parameter": "leverage",
        "from": str(raised.baseline),
        "to": str(raised.value),
    }
    assert "Russia switches from acquiesce to obstruct at leverage = 4.2" in found.words
    assert found.evidence.terms[0].term == "leverage lost"
    one = rule(CASES["whatever the rest"][0], MODEL).counterexample
    assert one.evidence.raised is None
    assert one.data()["raised"] is None


def test_a_single_line_is_decided_exactly():
    model = going(q.x**2 - 2)  # from the root of 2 on
    at = {"y": 1}
    assert rule(Monotone("x", "goes"), model, at).result is Result.PROVED
    assert rule(Monotone("x", "goes", falls=True), model, at).result is Result.REFUTED
    wave = going((q.x - 1) * (q.x - 2) * (q.x - 3))
    assert rule(Monotone("x", "goes"), wave, at).result is Result.REFUTED
    assert rule(Monotone("x", "goes", given=q.x >= 2.5), wave, at).result is Result.PROVED


def test_single_points_are_named_where_they_break_a_threshold():
    there = rule(Threshold("x", "goes", "no"), going(-((q.x - 2) ** 2)))
    assert "in some, not in every pure Nash equilibrium at x = 2" in there.words
    assert (
        "in some, not in every pure Nash equilibrium at x = 0"
        in rule(Threshold("x", "goes", "some"), going(-q.x)).words
    )


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (-q.x, "above 0, up to"),  # goes and stays alike at 0 alone
        (q.x - q.x**2, "between 0 and 1"),
        (-((q.x - 2) ** 2), "from 0 to just below 2"),
    ],
)
def test_an_interval_says_which_of_its_ends_belong_to_it(amount, said):
    checked = Threshold("x", "goes", "some")
    found = rule(checked, going(amount)).words
    assert said in found, found


def test_a_claim_that_is_asked_in_part_is_not_proved():
    good = CASES["a payoff rises"][0]
    found = check(
        two(Claim("A", "both", checks=(good, Monotone("leverage", "corridor open")))),
        {"leverage": 4},
    )
    assert [str(one.result) for one in found["A"].rulings] == ["PROVED", "NOT STATED"]
    assert found["A"].result is Result.NOT_REFUTED
    assert "with leverage = 4" in str(found)


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
        return attrs.evolve(
            solve(*arguments, **options), status=Status.STOPPED, reason="interrupted"
        )

    monkeypatch.setattr(_verdict_judge, "solve", stopped)
    found = check(
        two(
            Claim("A", "good", checks=CASES["a payoff rises"][0]),
            Claim("B", "open", checks=Occurs("corridor open")),
        )
    )
    assert [one.claim.id for one in found.claims] == ["A"]
    assert found.left == ("B",)
