"""Maps with curved boundaries: what is proved holds at every point, and what is not proved
is a stated share of the area."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest

from strategy import (
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    RefusalError,
    Term,
    where,
)
from strategy.concepts import Nash, PureNash, StrongNash
from strategy.sensitivity import Regions, Verdict, regions, verdict
from tests.conftest import SCALE
from tests.sensitivity.test_mixed_thresholds import hunt, random_model


def product(p: Parameters) -> Model:
    """Going pays the product of two parameters, staying 1."""
    terms = [
        Term("A", p.x * p.y, when=where(A="go"), name="go"),
        Term("A", 1, when=where(A="stay"), name="stay"),
    ]
    outcome = Outcome("goes", when=where(A="go"))
    return Model(
        "product",
        form=NormalForm({"A": ("go", "stay")}),
        parameters=p,
        terms=terms,
        outcomes=(outcome,),
    )


@pytest.fixture
def two() -> Parameters:
    return Parameters(x=Parameter(1, low=0, high=2), y=Parameter(1, low=0, high=2))


@pytest.mark.parametrize("depth", [3, 5, 7])
def test_the_area_under_a_hyperbola(two: Parameters, depth: int) -> None:
    """x y > 1 on a square of side 2: the share is (3 - 2 log 2) / 4, between what is proved
    and what is not refuted."""
    found = regions(product(two), PureNash(), "goes", "x", "y", depth=depth)
    assert not found.exact
    share, proved = (3 - 2 * math.log(2)) / 4, found.shares()[Verdict.EVERY]
    assert proved <= share <= proved + found.error
    assert found.error < Fraction(2, 2**depth)
    assert found.verdict_at(1, 1) is Verdict.SOME
    assert found.edges == found.corners == ()


def holds(found: Regions, rng: random.Random, count: int) -> None:
    """Points of proved cells, corners included, have the verdict and the plays that the map
    says, by solving."""
    if found.exact:  # no gain of this one is curved
        return
    proved = [cell for cell in found.cells if cell.verdict is not Verdict.UNKNOWN]
    for cell in rng.sample(proved, min(count, len(proved))):
        (low, bottom), _, (high, top), _ = cell.vertices
        across, up = (Fraction(rng.randint(0, 4), 4) for _ in range(2))
        at = {found.x: low + across * (high - low), found.y: bottom + up * (top - bottom)}
        assert verdict(found.model, found.concept, found.outcome, at=at) is cell.verdict
    assert sum(found.shares().values()) == 1


@pytest.mark.deep_but(2)
@pytest.mark.parametrize("seed", range(round(8 * SCALE)))
def test_mixed_equilibria_over_two_parameters(seed: int) -> None:
    rng = random.Random(seed)
    holds(regions(random_model(rng), Nash(), "corner", "t", "s", depth=3), rng, 25)


@pytest.mark.parametrize("seed", range(round(8 * SCALE)))
def test_products_in_pure_equilibria(seed: int) -> None:
    """Payoffs with squares and products of both parameters."""
    rng = random.Random(seed)
    p = Parameters(x=Parameter(1, low=-1, high=2), y=Parameter(1, low=0, high=2))
    actions = {"A": ("a0", "a1", "a2"), "B": ("b0", "b1")}
    kinds = (p.x * p.y, p.x**2, p.y, p.x, p.x * p.y**2, 1)
    terms = [
        Term(
            who,
            rng.randint(-3, 3) * rng.choice(kinds) + rng.randint(-2, 2),
            when=where(A=a, B=b),
            name=f"{who} {a} {b}",
        )
        for who in actions
        for a in actions["A"]
        for b in actions["B"]
    ]
    outcome = Outcome("first", when=where(A="a0"))
    model = Model(
        "curved", form=NormalForm(actions), parameters=p, terms=terms, outcomes=(outcome,)
    )
    holds(
        regions(model, PureNash(undominated=seed % 2 == 0), "first", "x", "y", depth=5),
        rng,
        40,
    )


def test_what_is_refused(two: Parameters) -> None:
    with pytest.raises(RefusalError, match="integer from 0 to 10"):
        regions(product(two), PureNash(), "goes", "x", "y", depth=11)
    with pytest.raises(RefusalError, match="use verdict"):
        regions(hunt(two.x, two.y, two), StrongNash(), "both hunt", "x", "y")
