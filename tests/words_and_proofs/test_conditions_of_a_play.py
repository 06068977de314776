"""Conditions of a play of a tree say where some equilibrium leads to it: as solving,
``radius`` and ``tipping`` do."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import attrs
import pytest

from games.corridor import activation, alignment, sequence
from strategy import (
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
from strategy.concepts import PureNash
from strategy.plots import blank, conditions_size, plot_conditions
from strategy.sensitivity import Condition, Conditions, conditions, radius, tipping
from tests.conftest import SCALE
from tests.words_and_proofs._trees import SPE, distributions, random_place, random_tree


def holds(one: Condition, values: dict[str, Fraction]) -> bool:
    total = (
        sum((c * values[label] for label, c in one.inequality.coefficients), Fraction(0))
        - one.inequality.bound
    )
    return total > 0 if one.inequality.strict else total >= 0


def check_at(found: Conditions, values: dict[str, Fraction]) -> None:
    """Where all conditions hold some equilibrium leads to the play; where one that is
    called necessary fails, none does."""
    there = distributions(found.model, values)
    for one in found.polyhedra:
        kept = [holds(each, values) for each in one.conditions]
        if all(kept):
            assert frozenset(one.plays) in there
        if any(
            each.necessary and not met
            for each, met in zip(one.conditions, kept, strict=True)
        ):
            assert frozenset(one.plays) not in there


@pytest.mark.parametrize("chance", [0, 0.3])
@pytest.mark.parametrize("seed", range(round(12 * SCALE)))
@pytest.mark.deep_but(8)
def test_against_solving(seed: int, chance: float) -> None:
    rng = random.Random(1000 * seed + round(10 * chance))
    model = random_tree(rng, chance)
    start = model.parameters.read({"x": rng.choice([0, 1, Fraction(1, 3)])})
    found = conditions(model, SPE, model.outcomes["leaf 0"], at={"x": start["x"]})
    assert {frozenset(one.plays) for one in found.polyhedra} == distributions(model, start)
    for most in (Fraction(1), Fraction(1, 3)):
        for _ in range(6):
            check_at(found, {**random_place(model, rng, start, most), **found.held})
    for one in found.polyhedra:
        reaches = [found.reach(each) for each in one.conditions]
        assert (one.lower is None) <= (not one.conditions)
        if one.lower is None:
            continue
        assert one.lower == one.upper
        # the true distance is that of all replies, the shortest bar that of these
        assert min(reaches) <= one.lower
        if one.exact:
            assert min(reaches) == one.lower
        for _ in range(6):
            near = random_place(model, rng, start, one.lower)
            assert frozenset(one.plays) in distributions(model, {**near, **found.held})


@pytest.mark.parametrize("seed", range(round(12 * SCALE)))
@pytest.mark.deep_but(4)
def test_radius_and_tipping_agree(seed: int) -> None:
    """How far it is until no equilibrium leads to a play: the radius of "this is played",
    to "in no equilibrium"; no end along one parameter alone comes sooner, and beyond it a
    condition fails."""
    rng = random.Random(seed)
    model = random_tree(rng, 0)
    start = model.parameters.read({"x": Fraction(rng.choice([1, 3]), 2)})
    found = conditions(model, SPE, "leaf 0", at={"x": start["x"]})
    lives = tipping(model, SPE, "leaf 0", at={"x": start["x"]}).lives
    for one in found.polyhedra:
        (play,) = one.plays
        (leaf,) = [
            label for label, outcome in model.outcomes.items() if outcome.holds(play)
        ]
        far = radius(model, SPE, leaf, at={"x": start["x"]}, to="no")
        assert (far.lower, far.upper) == (one.lower, one.upper)
        for life in lives:
            if life.play != play:
                continue
            known = model.parameters[life.parameter]
            for end, stop in ((life.down, known.low), (life.up, known.high)):
                if end is None:
                    continue
                assert isinstance(end.point, Fraction)
                assert one.lower is not None
                assert abs(end.point - life.value) / (known.high - known.low) >= one.lower
                beyond = {**start, life.parameter: end.point + (stop - end.point) / 10**6}
                assert not all(holds(each, beyond) for each in one.conditions)
                assert all(
                    holds(each, {**start, life.parameter: end.point})
                    for each in one.conditions
                    if each.necessary
                )


@pytest.mark.parametrize(
    ("model", "concept"),
    [
        (activation.model, PureNash()),
        (alignment.model, PureNash()),
        (sequence.model, SPE),
        (sequence.reaction, SPE),
    ],
)
@pytest.mark.deep_but(2)
def test_the_corridor(model: Model, concept: Any) -> None:
    """A play lasts as far as its nearest condition, and as the radius of "it is played"
    says; along a single assumption it ends where tipping says, and a condition fails
    beyond."""
    found = conditions(model, concept, "corridor open")
    lives = tipping(model, concept, "corridor open", parameter="russia_attention").lives
    start = model.parameters.read(None)
    for one, life in zip(found.polyhedra, lives, strict=True):
        (play,) = one.plays
        assert life.play == play
        assert one.lower == one.upper == min(found.reach(each) for each in one.conditions)
        assert f"{100 * float(one.lower):.3g} % ({one.lower})" in " ".join(found.sentences)
        this = Outcome(
            "this play", when=where({str(who): action for who, _, action in play.steps})
        )
        asked = attrs.evolve(model, outcomes=(*model.outcomes.values(), this))
        far = [radius(asked, concept, "this play", to=to).lower for to in ("no", "none")]  # type: ignore[arg-type]
        assert min(size for size in far if size is not None) == one.lower
        for end, way in ((life.up, 1), (life.down, -1)):
            if end is not None:
                beyond = {
                    **start,
                    "russia_attention": Fraction(end.point) + way * Fraction(1, 10**6),
                }  # type: ignore[arg-type]
                assert not all(holds(each, beyond) for each in one.conditions)
                assert all(
                    holds(each, {**start, "russia_attention": end.point})
                    for each in one.conditions
                    if each.necessary
                )  # type: ignore[dict-item]
    if model is sequence.model:
        assert (
            found.polyhedra[0].lower
            == radius(model, concept, "corridor open").distance
            == Fraction(12, 305)
        )


def test_a_union_by_hand() -> None:
    """In may enter; then Guard fights (worth g) or Gives in (worth 0), and if it gives in,
    a Judge takes back (j) or not (0). In stays out as long as entering pays no more: the
    guard fights, or the judge takes back."""
    p = Parameters(g=Parameter(1, low=-4, high=4), j=Parameter(1, low=-4, high=4))
    judge = Decision("Judge", {"take back": End(), "leave": End()})
    form = ExtensiveForm(
        Decision(
            "In",
            {
                "enter": Decision("Guard", {"fight": End(), "give in": judge}),
                "stay out": End(),
            },
        )
    )
    terms = (
        Term("In", 1, when=where(Judge="leave"), name="gain"),
        Term("In", -1, when=where(Guard="fight"), name="beaten"),
        Term("In", -1, when=where(Judge="take back"), name="taken back"),
        Term("Guard", p.g, when=where(Guard="fight"), name="fighting"),
        Term("Judge", p.j, when=where(Judge="take back"), name="taking back"),
    )
    out = Outcome("out", when=where(In="stay out"))
    model = Model("door", form=form, parameters=p, terms=terms, outcomes=(out,))
    found = conditions(model, SPE, "out")
    (one,) = found.polyhedra
    assert [str(each.inequality) for each in one.conditions] in (["g ≥ 0"], ["j ≥ 0"])
    assert not one.conditions[0].necessary
    assert not one.exact
    # It ends where both g and j fall below 0: both by 1 of 8.
    assert (one.lower, one.upper, one.attained) == (Fraction(1, 8), Fraction(1, 8), False)
    assert "elsewhere other replies off the path may lead to it too" in found.sentences[0]
    assert (
        "at most 12.5 % of the range of each parameter cannot end it; arbitrarily little more can"
        in found.sentences[1]
    )
    assert "other replies may keep it" in str(found)
    far = radius(model, SPE, "out")
    assert far.distance == Fraction(1, 8)
    # neither ends it alone
    assert all(life.up is life.down is None for life in tipping(model, SPE, "out").lives)
    entry = found.data()["equilibria"][0]
    assert (entry["necessary"], entry["ends_at_least"], entry["ends_at_most"]) == (
        False,
        "1/8",
        "1/8",
    )
    at = {"g": -1, "j": 1}
    (alone,) = conditions(model, SPE, "out", at=at).polyhedra
    assert [(str(each.inequality), each.necessary) for each in alone.conditions] == [
        ("j ≥ 0", False)
    ]
    _, ax = blank(*conditions_size(found))
    plot_conditions(found, ax)
    assert any("No joint move by less than 12.5 %" in text.get_text() for text in ax.texts)


def test_ties_are_no_reason_to_refuse() -> None:
    """Where the mover is indifferent both plays are there, each with the side of the tie
    that keeps it."""
    p = Parameters(a=Parameter(0, low=-1, high=1))
    form = ExtensiveForm(Decision("One", {"left": End(), "right": End()}))
    left = Outcome("left", when=where(One="left"))
    terms = (Term("One", p.a, when=where(One="left"), name="left"),)
    found = conditions(
        Model("tie", form=form, parameters=p, terms=terms, outcomes=(left,)), SPE, "left"
    )
    assert [str(each.inequality) for one in found.polyhedra for each in one.conditions] == [
        "a ≥ 0",
        "0 ≥ a",
    ]
    assert found.exact
    assert [one.lower for one in found.polyhedra] == [0, 0]
    assert "It can be ended by arbitrarily small moves." in found.sentences


@pytest.mark.parametrize("seed", range(12))
def test_without_dominated_actions(seed: int) -> None:
    """A refinement of a table: each play has conditions of its own, weak dominance among
    them, as solving at places says."""
    rng = random.Random(seed)
    p = Parameters(t=Parameter("1/2", low=-2, high=2), s=Parameter("1/3", low=-2, high=2))
    ways = ("u", "v")
    terms = [
        Term(
            who,
            rng.randint(-1, 1) + rng.choice([0, 1]) * p.t + rng.choice([0, -1]) * p.s,
            when=where(A=a, B=b),
            name=who + a + b,
        )
        for who in "AB"
        for a in ways
        for b in ways
    ]
    corner = Outcome("corner", when=where(A="u", B="u"))
    model = Model(
        "small",
        form=NormalForm({"A": ways, "B": ways}),
        parameters=p,
        terms=terms,
        outcomes=(corner,),
    )
    found = conditions(model, PureNash(undominated=True), "corner")
    for _ in range(30):
        values = {label: Fraction(rng.randint(-8, 8), 4) for label in ("t", "s")}
        there = {
            play
            for one in solve(model.game(at=values), PureNash(undominated=True))
            for play in one.plays
        }
        for one in found.polyhedra:
            if all(holds(each, values) for each in one.conditions):
                assert set(one.plays) <= there
            elif any(each.necessary and not holds(each, values) for each in one.conditions):
                assert not set(one.plays) & there


def test_very_many_equilibria_are_counted_not_looked_at() -> None:
    """Six players who do not care about anything: 64 plays, all in equilibrium whatever the
    parameter."""

    def tree(left: int) -> Decision | End:
        return (
            Decision(f"P{left}", {f"a{left}": tree(left - 1), f"b{left}": tree(left - 1)})
            if left
            else End()
        )

    p = Parameters(x=Parameter(0, low=0, high=1))
    form = ExtensiveForm(tree(6))
    outcome = Outcome("first", when=where(P6="a6"))
    term = Term("P6", p.x, when=where(P6="a6"), name="x")
    found = conditions(
        Model("idle", form=form, parameters=p, terms=(term,), outcomes=(outcome,)),
        SPE,
        "first",
    )
    assert (len(found.polyhedra), found.left_out) == (24, 40)
    assert "40 more equilibria were not looked at" in found.sentences[-1]
