"""Where a verdict was tried at single values, these are not thresholds: the result, its
text, figure and data say so."""

from __future__ import annotations

import itertools
import json
import random
from fractions import Fraction
from typing import Any

import pytest

from strategy import Model, NormalForm, Outcome, Parameter, Parameters, Term, where
from strategy.concepts import (
    CoalitionProofNash,
    LogitQuantalResponse,
    Nash,
    PureNash,
    StrongNash,
)
from strategy.plots import blank, plot_thresholds, strips_size
from strategy.sensitivity import Verdict, thresholds, verdict
from strategy.sensitivity.analyses.thresholds import along_each
from tests.words_and_proofs._trees import SPE, random_tree

ACTIONS = ("a", "b")


def three_players() -> Model:
    """All get x if all play a, and 2 if all play b; ``idle`` is in no payoff, ``gift``
    comes to A whatever A plays."""
    p = Parameters(
        x=Parameter(1, low=0, high=3),
        idle=Parameter(7, low=0, high=14),
        gift=Parameter(1, low=0, high=2),
        known=Parameter(0, low=0, high=0),
    )
    terms = [
        Term(who, p.x, when=where(A="a", B="a", C="a"), name=f"{who} all a")
        for who in "ABC"
    ]
    terms += [
        Term(who, 2, when=where(A="b", B="b", C="b"), name=f"{who} all b") for who in "ABC"
    ]
    terms += [
        Term("A", p.gift, when=where(B="a"), name="gift"),
        Term("A", 1, when=where(A="b"), name="one for b"),
    ]
    return table("three", p, terms, Outcome("all a", when=where(A="a", B="a", C="a")))


def table(name: str, p: Parameters, terms: list[Term], outcome: Outcome) -> Model:
    """A model of three players with two actions each."""
    return Model(
        name,
        form=NormalForm(dict.fromkeys("ABC", ACTIONS)),
        parameters=p,
        terms=terms,
        outcomes=(outcome,),
    )


def test_the_points_of_a_sampled_line_are_empty() -> None:
    """All play a in some equilibrium from x = 1 on: values tried lie close around 1, and
    none of them is called a threshold."""
    found = thresholds(three_players(), Nash(), "all a", "x")
    assert found.points == ()
    assert found.pieces == (Verdict.UNKNOWN,)
    assert [value for value, _ in found.sampled] == sorted(
        {value for value, _ in found.sampled}
    )
    assert (found.sampled[0], found.sampled[-1]) == (
        (0, found.at_ends[0]),
        (3, found.at_ends[1]),
    )
    ((below, above),) = found.changes_seen
    assert below <= 1 <= above
    assert above - below < Fraction(1, 100)
    for value, known in found.sampled[::4]:
        assert (
            known
            is found.verdict_at(value)
            is verdict(found.model, Nash(), "all a", at={"x": value})
        )
    assert found.verdict_at("0.123456") is Verdict.UNKNOWN


@pytest.mark.parametrize("label", ["idle", "gift"])
def test_what_moves_no_gain_has_one_verdict(label: str) -> None:
    """A parameter in no payoff, and one in payoffs that no choice of the player who gets
    them changes."""
    found = thresholds(three_players(), Nash(), "all a", label)
    assert (found.points, found.sampled) == ((), ())
    assert set(found.pieces) | set(found.at_ends) == {Verdict.SOME}
    assert found.verdict_at(found.high) is Verdict.SOME


@pytest.mark.parametrize("concept", [StrongNash(), CoalitionProofNash()])
def test_what_others_get_matters_to_coalitions(concept: Any) -> None:
    """Concepts that compare what a player gets for other actions of the others see the
    gift, and not what is in no payoff."""
    assert thresholds(three_players(), concept, "all a", "gift").sampled
    assert not thresholds(three_players(), concept, "all a", "idle").sampled


def test_a_payoff_that_is_only_rescaled_is_not_left_out() -> None:
    """Quantal responses see the size of a gain: a factor on all payoffs keeps Nash
    equilibria and moves them."""
    p = Parameters(size=Parameter(1, low=1, high=5))
    terms = [Term(who, p.size, when=where({who: "a"}), name=f"{who} a") for who in "ABC"]
    outcome = Outcome("A plays a", when=where(A="a"))
    model = table("scaled", p, terms, outcome)
    assert thresholds(model, LogitQuantalResponse(1), "A plays a", "size").sampled
    quotient = [
        Term(who, 1 / p.size, when=where({who: "a"}), name=f"{who} a") for who in "ABC"
    ]
    model = table("divided", p, quotient, outcome)
    assert thresholds(model, LogitQuantalResponse(1), "A plays a", "size").sampled


@pytest.mark.parametrize("seed", range(6))
def test_a_change_that_was_seen_is_one(seed: int) -> None:
    """Random games of three players: values tried have the verdict of solving there, and
    neighbours seen to differ do differ."""
    rng = random.Random(seed)
    p = Parameters(t=Parameter("1/2", low=0, high=3), idle=Parameter(0, low=0, high=1))
    cells = [(a, b, c) for a in ACTIONS for b in ACTIONS for c in ACTIONS]
    terms = [
        Term(
            who,
            rng.randint(0, 4) + rng.choice([-1, 0, 0, 1]) * p.t,
            when=where(A=a, B=b, C=c),
            name=f"{who} {a}{b}{c}",
        )
        for who in "ABC"
        for a, b, c in cells
    ]
    outcome = Outcome("corner", when=where(A="a", B="a", C="a"))
    model = table("random", p, terms, outcome)
    found = thresholds(model, Nash(), "corner", "t")
    assert found.points == ()
    for a, b in found.changes_seen:
        assert verdict(model, Nash(), "corner", at={"t": a}) is not verdict(
            model, Nash(), "corner", at={"t": b}
        )
    still = thresholds(model, Nash(), "corner", "idle")
    assert still.sampled == () == still.points
    exact = thresholds(model, PureNash(), "corner", "t")
    assert exact.sampled == ()


def test_text_figure_and_data_say_that_values_were_tried() -> None:
    model = three_players()
    found = thresholds(model, Nash(), "all a", "x")
    assert "values only; between them the verdict is not settled" in str(found)
    assert "tried" in repr(found)
    assert set(str(found.strip())) == {"?", "◆"}
    assert "Tried at these" in found._repr_html_()
    _, ax = blank(*strips_size([found]))
    plot_thresholds([found], ax)
    dots = [
        line
        for line in ax.lines
        if line.get_marker() == "o"
        and len(line.get_xdata())
        and line.get_clip_on() is False
    ]
    assert len(dots) >= len(found.sampled)
    # no number stands under the strip as if it were a threshold
    assert [text.get_text() for text in ax.texts] == ["0", "3"]
    along = along_each(model, Nash(), "all a")
    assert [one.parameter for one in along.tried] == ["x"]
    assert [one.parameter for one in along.still] == ["idle", "gift", "known"]
    assert not along.moving
    assert not along.settled
    (said,) = [text for text in along.sentences if "x" in text.split()]
    assert "between them nothing is settled" in said
    assert "the verdict changes somewhere between" in said
    (entry,) = json.loads(json.dumps(along.data()))["tried"]
    assert entry["parameter"] == "x"
    assert len(entry["values"]) == len(found.sampled)
    assert entry["changes_between"] == [[str(a), str(b)] for a, b in found.changes_seen]


def two_players(rng: random.Random) -> Model:
    """Payoffs of each cell affine in t or not, so that gains often vanish where the verdict
    does not change."""
    p = Parameters(t=Parameter("1/2", low=-2, high=3), s=Parameter("1/3", low=-2, high=2))
    terms = [
        Term(
            who,
            rng.randint(-1, 1) + rng.choice([-1, 0, 1]) * p.t + rng.choice([0, 1]) * p.s,
            when=where(A=a, B=b),
            name=who + a + b,
        )
        for who in "AB"
        for a in ACTIONS
        for b in ACTIONS
    ]
    corner = Outcome("leaf 0", when=where(A="a", B="a"))
    return Model(
        "two",
        form=NormalForm(dict.fromkeys("AB", ACTIONS)),
        parameters=p,
        terms=terms,
        outcomes=(corner,),
    )


@pytest.mark.parametrize("kind", ["tree", "tree with chance", "pure Nash", "Nash"])
@pytest.mark.parametrize("seed", range(8))
def test_each_point_is_a_change_and_there_is_none_between(seed: int, kind: str) -> None:
    """Solving at a point and a little to either side never gives one verdict; a piece has
    that of its middle."""
    rng = random.Random(300 + seed)
    concept: Any = {"pure Nash": PureNash(), "Nash": Nash()}.get(kind, SPE)
    model = (
        two_players(rng)
        if concept is not SPE
        else random_tree(rng, 0.4 if kind == "tree with chance" else 0)
    )
    for label in model.parameters:
        found = thresholds(model, concept, "leaf 0", label)
        edges = [Fraction(float(one)) for one in (found.low, *found.points, found.high)]
        small = min(b - a for a, b in itertools.pairwise(edges)) / 1000

        def solved(value: Any, label: str = label) -> Verdict:
            return verdict(model, concept, "leaf 0", at={label: value})

        for point, near in zip(found.points, edges[1:-1], strict=True):
            assert len({solved(point), solved(near - small), solved(near + small)}) > 1
        middles = [(a + b) / 2 for a, b in itertools.pairwise(edges)]
        assert tuple(map(solved, middles)) == found.pieces
        assert tuple(map(solved, found.points)) == found.at_points
