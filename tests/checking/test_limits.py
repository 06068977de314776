"""Limits on where a statement is made: what is proved within them, and what cannot be
asked."""

import itertools
from collections import Counter
from fractions import Fraction

import attrs
import numpy as np
import pytest

from strategy.assumptions import Complements, Monotone, Occurs, Payoff, Prefers, Threshold
from strategy.assumptions.checks import Given
from strategy.checking import Result, rule
from strategy.checking._range import Range
from strategy.checking._verdicts import GOALS
from strategy.concepts import PureNash
from strategy.sensitivity import verdict
from tests.checking._small import MODEL, goes, going, p, q


def random_limits(rng):
    """Two comparisons of the model's parameters that hold somewhere, and the attention
    above something."""
    names, found = (
        list(p),
        [p.russia_attention >= int(rng.integers(0, 8)) * Fraction(1, 10)],
    )
    somewhere = {
        "transit_income": int(rng.integers(2, 8)),
        "leverage": int(rng.integers(3, 9)),
        "russia_attention": 1,
    }
    for _ in range(2):
        a, b = rng.choice(names, 2, replace=False)
        factor = int(rng.integers(1, 7)) * int(rng.choice([-1, 1]))
        amount = (getattr(p, a) - somewhere[a]) - factor * (getattr(p, b) - somewhere[b])
        found.append(amount > -1 if rng.integers(2) else amount >= 0)
    return tuple([Given.of(one) for one in found])


@pytest.mark.deep
def test_where_limits_join_parameters_verdicts_are_still_proved():
    rng, found = np.random.default_rng(5), Counter()
    places = itertools.product(range(1, 9), range(2, 10), range(0, 21, 2))
    grid = [
        {"transit_income": x, "leverage": y, "russia_attention": Fraction(z, 20)}
        for x, y, z in places
    ]
    known = [verdict(MODEL, PureNash(), "corridor open", at=at) for at in grid]
    for _ in range(80):
        quantity, limits = str(rng.choice(list(GOALS))), random_limits(rng)
        ruling = rule(Occurs("corridor open", quantity, given=limits), MODEL, examples=10)
        found[ruling.result] += 1
        within = Range.of(MODEL, limits, None)
        assert any(
            one not in GOALS[quantity]
            for one, at in zip(known, grid, strict=True)
            if within.inside(at)
        ) <= (ruling.result is Result.REFUTED), [one.text for one in limits]
    assert found[Result.NOT_REFUTED] == found[Result.NOT_STATED] == 0
    assert min(found[Result.PROVED], found[Result.REFUTED]) > 15


def test_limits_that_nothing_meets_are_refused():
    nowhere = (p.leverage > p.transit_income + 4, p.transit_income > 6)
    ruling = rule(Occurs("corridor open", given=nowhere), MODEL)
    assert str(ruling.result) == "NOT STATED"
    assert "no values within the ranges meet this" in ruling.words


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
    ruling = rule(
        Threshold("x", "goes", "every", given=limits, everywhere=everywhere), going(amount)
    )
    assert ruling.result is Result.NOT_STATED
    assert "whole range of x" in ruling.words or "starting values" in ruling.words


def test_limits_that_leave_a_range_with_its_ends_do_not_keep_a_threshold_from_being_asked():
    inner = Threshold("x", "goes", "some", given=(q.x >= 1, q.x <= 3, q.y > 2))
    assert rule(inner, going(q.x - 2)).result is Result.PROVED
    assert (
        rule(Threshold("x", "goes", "some", given=q.y > 2), going(q.x - q.y)).result
        is Result.PROVED
    )
    apart = Threshold("x", "goes", "some", given=q.y >= q.y**2 + q.y - 1, everywhere=True)
    assert rule(apart, going(q.x - 2), examples=10).result is Result.NOT_REFUTED


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


@pytest.mark.parametrize(
    "kind", [Monotone("leverage", "corridor open"), Threshold("leverage", "corridor open")]
)
def test_raising_what_is_given_a_value_cannot_be_asked(kind):
    ruling = rule(kind, MODEL, {"leverage": 4})
    assert ruling.result is Result.NOT_STATED
    assert "leverage does not move; leave it out of the values given" in ruling.words
    everything = {label: one.baseline for label, one in p.items()}
    assert rule(kind, MODEL, everything).result is Result.NOT_STATED
    assert rule(Occurs("corridor open"), MODEL, everything).result is Result.REFUTED


@pytest.mark.parametrize(
    "limits", [(q.x < 2, q.x >= 2), (q.x >= 2, q.x < 2), (q.x * q.y > 15,)]
)
@pytest.mark.parametrize("kind", [Occurs("goes"), Prefers("A", goes, ~goes)])
def test_what_no_values_meet_is_not_asked_whatever_the_order(kind, limits):
    ruling = rule(
        attrs.evolve(kind, given=limits),
        going(q.x),
        {"y": 1} | ({"x": 2} if limits[0].has(q.y) else {}),
    )
    assert ruling.result is Result.NOT_STATED
    assert "no value" in ruling.words


def test_only_values_within_the_limits_count_as_tried():
    ruling = rule(
        Occurs("goes", given=q.x * q.y > 15), going(q.x - 2), {"x": 1}, examples=30
    )
    assert (ruling.result, ruling.examples) == (Result.NOT_STATED, 0)
    assert "none of the values that were tried meets the limits" in ruling.words
    some = rule(Occurs("goes", given=q.x * q.y >= 1), going(q.x * q.y - 0.5), examples=30)
    assert some.result is Result.NOT_REFUTED
    assert 500 < some.examples < 4000
