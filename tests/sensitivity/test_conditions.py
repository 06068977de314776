"""Conditions of equilibria: in tables they hold exactly where the equilibrium does; in
trees where they hold the play stays."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from games.corridor import activation, sequence
from strategy import Model, Parameter, Parameters, RefusalError, solve
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.sensitivity import Condition, conditions
from tests.conftest import SCALE
from tests.sensitivity.test_mixed_thresholds import hunt, random_model


def holds(one: Condition, values: dict[str, Fraction]) -> bool:
    total = (
        sum((c * values[label] for label, c in one.inequality.coefficients), Fraction(0))
        - one.inequality.bound
    )
    return total > 0 if one.inequality.strict else total >= 0


def points(model: Model, rng: random.Random, count: int) -> list[dict[str, Fraction]]:
    return [
        {
            label: one.low + (one.high - one.low) * Fraction(rng.randint(0, 8), 8)
            for label, one in model.parameters.items()
        }
        for _ in range(count)
    ]


def plays(model: Model, concept: Any, at: dict[str, Fraction]) -> set[Any]:
    return {play for one in solve(model.game(at=at), concept) for play in one.plays}


@pytest.mark.parametrize("seed", range(round(30 * SCALE)))
def test_in_tables_they_are_necessary_and_sufficient(seed: int) -> None:
    rng = random.Random(seed)
    model = random_model(rng)
    found = conditions(
        model, PureNash(), "corner", at={"t": Fraction(rng.randint(0, 6), 2)}
    )
    assert found.exact
    for at in points(model, rng, 20):
        there = plays(model, PureNash(), at)
        for one in found.polyhedra:
            assert all(holds(each, at) for each in one.conditions) == (
                one.plays[0] in there
            )


def test_in_the_corridor() -> None:
    rng = random.Random(1)
    (one,) = conditions(activation.model, PureNash(), "corridor open").polyhedra
    assert [str(each.inequality) for each in one.conditions] == [
        "2 iran_threat + bypass_fee ≥ bypass_value",
        "brokering_strain ≥ 3 russia_attention",
    ]
    assert [(each.player, each.to) for each in one.conditions] == [
        ("Azerbaijan", "bypass"),
        ("Russia", "broker"),
    ]
    for at in points(activation.model, rng, 40):
        assert all(holds(each, at) for each in one.conditions) == (
            one.plays[0] in plays(activation.model, PureNash(), at)
        )


@pytest.mark.deep
def test_in_a_tree_they_are_sufficient() -> None:
    """At points near the baseline at which they hold, the same is played."""
    rng = random.Random(2)
    model = sequence.model
    found = conditions(model, PureSubgamePerfect(), "corridor open")
    (one,) = found.polyhedra
    assert not found.exact
    base = model.parameters.read(None)
    met = 0
    for far in points(model, rng, 60):
        at = {label: base[label] + (far[label] - base[label]) / 8 for label in base}
        if all(holds(each, at) for each in one.conditions):
            met += 1
            assert plays(model, PureSubgamePerfect(), at) == set(one.plays)
    assert met > 3


def test_by_hand_and_refused() -> None:
    p = Parameters(stag=Parameter(4, low=1, high=8), hare=Parameter(3, low=0, high=6))
    stag, hare = conditions(hunt(p.stag, p.hare, p), PureNash(), "both hunt").polyhedra
    assert [str(each.inequality) for each in stag.conditions] == ["stag ≥ hare"]
    assert not hare.conditions
    with pytest.raises(RefusalError, match="hold hare"):
        conditions(hunt(p.stag * p.hare, p.hare, p), PureNash(), "both hunt")
    held = conditions(
        hunt(p.stag * p.hare, p.hare, p), PureNash(), "both hunt", hold=["hare"]
    )
    assert not held.polyhedra[0].conditions
