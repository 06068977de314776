"""Searching where few values fail: the fewest moves are found, what is found is exact, and
nothing depends on the clock."""

import itertools
from fractions import Fraction
from math import prod

import attrs
import numpy as np
import pytest

from games.corridor.activation import model as activation
from games.corridor.sequence import model as sequence, reaction
from strategy import Model, NormalForm, Outcome, Parameter, Parameters, Term, where
from strategy.assumptions import Monotone, Occurs, Payoff, Threshold
from strategy.checking import Result, rule
from strategy.checking._budget import Budget
from strategy.checking._sweeping import ExampleSweep
from strategy.checking._verdicts import MonotoneJudge
from strategy.checking.running import _judge

NAMES = tuple("abcdefgh")
p = Parameters(
    {label: Parameter("0.3", low=0, high=1) for label in NAMES}
    | {"effort": Parameter(1, low=0, high=2)}
)
act, wait = where(One="act"), where(One="wait")


def model(worth, of=p):
    """One player, who acts if that is worth something."""
    return Model(
        "one",
        form=NormalForm({"One": ("act", "wait")}),
        parameters=of,
        terms=(Term("One", worth, when=act, name="worth"),),
        outcomes=(Outcome("acts", when=act),),
    )


def product(count):
    """High only where so many parameters are high."""
    return prod(getattr(p, label) for label in NAMES[:count])


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_verdict_that_turns_where_few_are_high_is_refuted_by_as_few(count):
    # Effort helps, but for a corner in which it hurts more: 2 % of each side, and some 1 in
    # 100,000 of the box for three.
    corner = product(count) - Fraction(98, 100) ** count
    found = rule(Monotone("effort", "acts"), model(0.5 - corner * 200 * (p.effort - 1)))
    assert found.result is Result.REFUTED
    assert len(found.counterexample.moved) == count
    assert {one.parameter for one in found.counterexample.moved} <= set(NAMES[:count])
    assert not found.cut


def test_no_fewer_would_have_done():
    found = rule(
        Monotone("effort", "acts"), model(0.5 - (p.a * p.b - 0.9) * 200 * (p.effort - 1))
    )
    values = found.counterexample.values
    moved = [one.parameter for one in found.counterexample.moved]
    start = p.read()
    assert len(moved) == 2
    judge = MonotoneJudge(
        found.check, model(0.5 - (p.a * p.b - 0.9) * 200 * (p.effort - 1)), None
    )
    for few in itertools.chain([()], itertools.combinations(moved, 1)):
        fewer = {
            **start,
            **{label: values[label] for label in few},
            "effort": 0,
            "effort, then": 2,
        }
        assert not judge.fails(fewer)


def test_nothing_is_found_where_it_holds():
    found = rule(
        Monotone("effort", "acts"),
        model((p.effort - 1) * (1 + p.a * p.b) + p.c),
        examples=20,
    )
    assert found.result in (Result.PROVED, Result.NOT_REFUTED)
    judge = MonotoneJudge(
        Monotone("commitment", where(Russia="obstruct"), falls=True), activation, None
    )
    sweep = ExampleSweep(judge, Budget(60))
    assert sweep.drawn(4000, 1) is None
    assert sweep.looked == 4000


EITHER_WAY = model((p.effort - 2 * p.a) * (1 - 1.5 * p.b) + 0.3 * (p.c - 0.5))
"""Effort helps where b is below 2/3 and hurts above; the turn is somewhere about 2 a, or
nowhere."""


@pytest.mark.parametrize(
    "check",
    [
        Occurs("acts", "every"),
        Occurs("acts", "not every"),
        Monotone("effort", "acts"),
        Monotone("effort", "acts", falls=True),
        Threshold("effort", "acts", "every", everywhere=True),
        Threshold("effort", "acts", "no", rising=False, everywhere=True),
        Threshold("effort", "acts", "some", rising=False, everywhere=True),
    ],
    ids=lambda check: check.words(),
)
def test_what_is_suspected_is_so_and_little_else_is(check):
    judge, rng = _judge(check, EITHER_WAY, None), np.random.default_rng(3)
    rows = np.round(rng.random((60, len(p))), 4)
    somewhere = [
        dict(zip(p, [Fraction(str(one)) for one in row], strict=True)) for row in rows
    ]
    so = np.array(
        [any(judge.fails(one) for one in judge.completed(values)) for values in somewhere]
    )
    suspected = judge.suspects(rows)
    assert not (suspected & ~so).any()
    assert suspected.sum() >= 0.95 * so.sum()
    assert 10 < so.sum() < 50


def test_a_threshold_that_is_missing_in_a_corner():
    # Acting pays above an effort of 1, and in the corner everywhere.
    everywhere = Threshold("effort", "acts", "every", everywhere=True)
    found = rule(everywhere, model(p.effort - 1 + 1.2 * (p.a * p.b) ** 4), examples=20)
    assert found.result is Result.REFUTED
    assert len(found.counterexample.moved) == 2


def needle(falls):
    """One acts where a is within a millionth, and up to an effort of 1, or from there
    on."""
    options = ("act", "wait", "go low", "go high")
    effort = (p.effort - 1) / 1000
    worth = {
        "wait": effort if falls else -effort,
        "go low": 432.1 - 1000 * p.a,
        "go high": 1000 * p.a - 432.101,
    }
    return Model(
        "needle",
        form=NormalForm({"One": options}),
        parameters=p,
        terms=tuple(
            Term("One", amount, when=where(One=label), name=label)
            for label, amount in worth.items()
        ),
        outcomes=(Outcome("acts", when=act),),
    )


@pytest.mark.parametrize("falls", [False, True])
def test_what_no_sample_meets_is_found_exactly_or_proved_not_to_be(falls):
    found = rule(Monotone("effort", "acts"), needle(falls))
    assert found.result is (Result.REFUTED if falls else Result.PROVED)
    other = rule(Monotone("effort", "acts", falls=True), needle(falls))
    assert other.result is (Result.PROVED if falls else Result.REFUTED)
    (moved,) = (found if falls else other).counterexample.moved
    assert moved.parameter == "a"
    assert Fraction("0.4321") <= moved.value <= Fraction("0.432101")


def test_what_the_longer_search_finds_last_counts(monkeypatch):
    monkeypatch.setattr(MonotoneJudge, "settle", lambda judge, budget, sweep: False)
    found = rule(Monotone("effort", "acts"), needle(True))
    assert (found.result, found.examples > 10_000) == (Result.REFUTED, True)
    assert (
        rule(Monotone("effort", "acts", falls=True), needle(True)).result is Result.PROVED
    )


@pytest.mark.parametrize("model_in_turn", [sequence, reaction])
def test_backing_never_brings_obstruction_on(model_in_turn):
    (check,) = [
        one
        for one in model_in_turn.claims["C1"].checks
        if isinstance(one, Monotone) and not isinstance(one.of, Payoff)
    ]
    # Nobody asks for a road that is obstructed: of what is played this says little.
    assert rule(attrs.evolve(check, played={}), model_in_turn).result is Result.PROVED
    assert check.played
    assert rule(check, model_in_turn).result is not Result.REFUTED


@pytest.mark.deep
def test_backing_never_brings_obstruction_on_where_it_is_answered():
    # Russia's and Iran's answers, once all the others have moved: the longer search ends.
    (check,) = [
        one
        for one in reaction.claims["C1"].checks
        if isinstance(one, Monotone) and not isinstance(one.of, Payoff)
    ]
    assert rule(check, reaction, examples=1000, seconds=100).result is Result.PROVED


def test_four_of_six_are_enough():
    judge = _judge(Occurs("acts", "no"), model(product(4) - 0.4), None)
    found = ExampleSweep(judge, Budget(60)).among(list("fedcba"), 5)
    assert [label for label in NAMES if found[label] != judge.range.base[label]] == list(
        "abcd"
    )
    assert judge.fails(found)
    assert ExampleSweep(judge, Budget(60)).among(list("fedcba"), 3) is None


def test_what_is_raised_is_looked_for_anew():
    judge = _judge(Monotone("effort", "acts"), EITHER_WAY, None)
    plain = dict(judge.range.base)
    several = [
        {**plain, "effort": Fraction(0), "effort, then": Fraction(1, 100), "b": b}
        for b in (Fraction(1, 2), Fraction(1))
    ]
    assert not any(judge.fails(one) for one in several)
    found = ExampleSweep(judge, Budget(60)).any_of(several)
    assert found["b"] == 1
    assert judge.fails(found)


@pytest.mark.deep
def test_a_limit_of_time_is_said_and_nothing_else_depends_on_it():
    check = Monotone("effort", "acts")
    there = model(0.5 - (p.a * p.b * p.c - 0.94) * 200 * (p.effort - 1))
    several = [rule(check, there, seconds=seconds) for seconds in (30, 300)]
    assert len({one.words for one in several}) == 1
    assert not any(one.cut for one in several)
    hurried = rule(check, there, seconds=1e-9)
    assert hurried.cut
    assert "the time limit was reached" in hurried.words
    assert hurried.data()["cut"] is True


@pytest.mark.parametrize("check", [Monotone("effort", "acts"), Occurs("acts", "no")])
def test_a_proof_that_the_clock_ends_is_said_to_be_cut(check):
    judge, budget = _judge(check, needle(False), None), Budget(1e-9)
    search = judge.settle_slowly if isinstance(check, Monotone) else judge.settle
    assert search(budget, 200 if isinstance(check, Monotone) else None) is False
    assert budget.cut


# in floats, -2/3 and 2 more are not 4/3
@pytest.mark.parametrize(("low", "high"), [("1/7", "4/3"), ("-2/3", "4/3")])
def test_ends_and_starts_that_are_no_decimals_are_kept_exactly(low, high):
    third = Parameters(
        x=Parameter("1/3", low=low, high=high), effort=Parameter(1, low=0, high=2)
    )
    judge = MonotoneJudge(
        Monotone("effort", "acts"), model(third.x - third.effort, third), None
    )
    seen = []
    judge.suspects = lambda rows: rows[:, 0] >= -1
    judge.fails = lambda values: seen.append(values["x"])
    ExampleSweep(judge, Budget(60)).drawn(200, 0)
    assert {Fraction(low), Fraction(1, 3), Fraction(high)} <= set(seen)
    assert all(Fraction(low) <= one <= Fraction(high) for one in seen)
