"""Planted statements: each false one is refuted within ten seconds by as few moves as there
can be, a true one never.

True ones are searched with few examples by default, and with 10,000 from
``STRATEGY_TESTS_SCALE=100`` on.
"""

from collections import Counter

import pytest

from strategy.assumptions import Complements, Monotone, Payoff
from strategy.checking import Result, rule
from tests._games import SCALE
from tests._planted import FALSE, TEXTBOOK, TRUE
from tests._statements import fails, fewer, inside, points, start

SECONDS = 10
EXAMPLES = min(10_000, round(100 * SCALE))
POINTS = min(400, round(60 * SCALE))
GRID = {0: 1, 1: 4, 2: 4} if SCALE < 10 else {0: 1, 1: 20, 2: 8}
"""Steps from end to end at which it is looked whether fewer moves would do, by how many are
moved."""


def shown_at(one, shown):
    """Where a counter-example is, and greater values of what the statement raises: for a
    verdict those that it names, for a payoff those just beside, since its slope is what the
    statement is about."""
    if not isinstance(one.statement, (Complements, Monotone)):
        return shown.values, {}
    if isinstance(one.statement, Monotone) and not isinstance(one.statement.of, Payoff):
        label = one.statement.parameter
        raised = shown.evidence.raised
        return {**shown.values, label: raised.baseline}, {label: raised.value}
    near = {
        label: (parameter.high - parameter.low) / 10**6
        for label, parameter in one.model.parameters.items()
    }
    low = {
        label: min(value, one.model.parameters[label].high - near[label])
        for label, value in shown.values.items()
    }
    return low, {label: value + near[label] for label, value in low.items()}


@pytest.mark.parametrize("one", FALSE, ids=lambda one: one.label)
@pytest.mark.deep_but(8)
def test_what_is_false_is_refuted_by_the_fewest_moves(one):
    found = rule(one.statement, one.model, examples=10_000, seconds=SECONDS)
    assert found.result is Result.REFUTED
    shown = found.counterexample
    assert len(shown.moved) == one.least, found.words
    assert fails(one.statement, one.model, *shown_at(one, shown)), found.words


@pytest.mark.parametrize(
    "one", [one for one in FALSE if one.least], ids=lambda one: one.label
)
@pytest.mark.deep_but(15)
def test_fewer_moves_do_not_refute_it(one):
    assert inside(one.statement, start(one.model))  # or the start would not be the baseline
    for moved in range(one.least):
        for values, more in fewer(one.model, one.statement, moved, GRID[moved]):
            assert not fails(one.statement, one.model, values, more), values


@pytest.mark.deep_but(11)
@pytest.mark.parametrize("one", TRUE, ids=lambda one: one.label)
def test_what_is_true_is_not_refuted(one):
    found = rule(one.statement, one.model, examples=EXAMPLES, seconds=600)
    assert found.result in (Result.PROVED, Result.NOT_REFUTED), found.words
    assert found.result is Result.PROVED or (found.examples >= EXAMPLES and not found.cut)


@pytest.mark.deep_but(8)
@pytest.mark.parametrize("one", TRUE, ids=lambda one: one.label)
def test_what_is_true_holds_at_random_values(one):
    for values, more in points(one.model, one.statement, POINTS, seed=5):
        assert not fails(one.statement, one.model, values, more), (values, more)


def test_there_are_enough_of_every_sort():
    assert len(FALSE) >= 30
    assert len(TRUE) >= 30
    for planted in (FALSE, TRUE):
        assert len({one.label for one in planted}) == len(planted)
        assert sum(one.name in TEXTBOOK for one in planted) >= 12
    moves = Counter(one.least for one in FALSE)
    assert moves[1] >= 12
    assert moves[2] + moves[3] >= 6
    assert {one.name for one in (*FALSE, *TRUE)} >= set(TEXTBOOK)
