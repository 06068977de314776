"""Tipping: how long an equilibrium lasts, and where it comes back, against closed forms and
against solving."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from games.corridor import activation, sequence
from strategy import (
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    RefusalError,
    Term,
    solve,
    where,
)
from strategy.algebraic import between
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import Tipping, tipping
from tests.conftest import SCALE
from tests.sensitivity.test_mixed_thresholds import hunt, random_model


@pytest.fixture
def p() -> Parameters:
    return Parameters(stag=Parameter(4, low=1, high=8), hare=Parameter(3, low=0, high=6))


def test_the_hunt_by_hand(p: Parameters) -> None:
    """The stag lasts until it pays less than a hare, 3; the hares, coming back, to the end.
    Risk dominance tips at 6."""
    found = tipping(hunt(p.stag, p.hare, p), PureNash(), "both hunt", parameter="stag")
    stag, hare = found.lives
    assert stag.down is not None
    assert stag.up is None
    assert (stag.down.point, stag.down.attained, stag.down.back) == (3, True, (8,))
    assert [str(one) for one in stag.down.next] == ["A: hare, B: hare"]
    assert hare.down is hare.up is None
    assert [(one.rule, one.point, one.below) for one in found.switches] == [
        ("risk dominance", 6, "A: hare, B: hare")
    ]
    assert "remains an equilibrium down to and including 3" in found.sentences[0]


def test_quantal_responses_tip_near_risk_dominance(p: Parameters) -> None:
    """In 2 x 2 games of coordination the principal branch leads to the risk-dominant
    equilibrium (Turocy 2005)."""
    found = tipping(
        hunt(p.stag, p.hare, p), PureNash(), "both hunt", parameter="hare", rationality=8
    )
    exact, near = found.switches
    assert exact.point == 2
    assert abs(near.point - exact.point) <= Fraction(6, 32)


def test_hysteresis() -> None:
    """Adopting pays x + 2 if the other adopts and x if not, waiting 1: both waits end above
    1, both adoptions below -1."""
    p = Parameters(x=Parameter(0, low=-3, high=3))
    ways = ("adopt", "wait")
    terms = [
        Term(who, p.x, when=where({who: "adopt"}), name=f"{who} adopts") for who in "AB"
    ]
    terms += [
        Term(who, 2, when=where(A="adopt", B="adopt"), name=f"{who} both") for who in "AB"
    ]
    terms += [Term(who, 1, when=where({who: "wait"}), name=f"{who} waits") for who in "AB"]
    outcome = Outcome("both adopt", when=where(A="adopt", B="adopt"))
    model = Model(
        "adoption",
        form=NormalForm({"A": ways, "B": ways}),
        parameters=p,
        terms=terms,
        outcomes=(outcome,),
    )
    adopted, waited = tipping(model, PureNash(), "both adopt").lives
    assert (adopted.up, waited.down) == (None, None)
    assert adopted.down is not None
    assert waited.up is not None
    assert (waited.up.point, waited.up.back) == (1, (-1,))
    assert (adopted.down.point, adopted.down.back) == (-1, (1,))


@pytest.mark.parametrize("seed", range(round(30 * SCALE)))
def test_against_solving(seed: int) -> None:
    """From the value to the end the play is an equilibrium; at the end as stated; just
    beyond it is none."""
    rng = random.Random(seed)
    model = random_model(rng)
    check(tipping(model, PureNash(), "corner", at={"t": Fraction(rng.randint(0, 12), 4)}))


@pytest.mark.parametrize(
    ("model", "concept"),
    [(activation.model, PureNash()), (sequence.model, PureSubgamePerfect())],
)
def test_the_corridor(model: Model, concept: object) -> None:
    check(tipping(model, concept, "corridor open"))


def check(found: Tipping) -> None:
    def holds(label: str, value: Fraction, play: object) -> bool:
        game = found.model.game(at={**found.at, label: value})
        return any(play in one.plays for one in solve(game, found.concept))

    for life in found.lives:
        known = found.model.parameters[life.parameter]
        assert holds(life.parameter, life.value, life.play)
        for end, stop in ((life.down, known.low), (life.up, known.high)):
            if end is None:
                assert holds(life.parameter, stop, life.play)
                continue
            if isinstance(end.point, Fraction):
                assert holds(life.parameter, end.point, life.play) == end.attained
                near = end.point + (stop - end.point) / 10**6
                if end.point != stop:
                    assert not holds(life.parameter, near, life.play)
            if end.point != life.value:
                inside = between(*sorted((end.point, life.value)))
                assert holds(life.parameter, inside, life.play)


def test_what_is_refused(p: Parameters) -> None:
    with pytest.raises(RefusalError, match=r"use PureNash\(\)"):
        tipping(hunt(p.stag, p.hare, p), Nash(), "both hunt")


def test_what_comes_at_the_end_of_a_range_does_not_last_to_the_other_end() -> None:
    """At russia_attention = 1, the top of its range, Russia's brokering costs it nothing,
    and nowhere below."""
    found = tipping(
        activation.model,
        PureNash(undominated=True),
        "corridor open",
        parameter="russia_attention",
    )
    (said,) = found.sentences
    assert "remains an equilibrium up to but not including 1; at 1: " in said
    assert said.endswith(
        "Russia runs the route and Iran lets the route be), which on the way back remains one down to 1."
    )
