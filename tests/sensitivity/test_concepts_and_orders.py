"""The verdict under other concepts and in other orders of moves."""

from __future__ import annotations

from fractions import Fraction

import pytest

from games.corridor import activation, sequence
from strategy import (
    Decision,
    End,
    ExtensiveForm,
    Model,
    ModelError,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    RefusalError,
    Term,
    where,
)
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict, orders, robustness, shares, verdict
from strategy.sensitivity.samples.concepts_beside import AtSamplesUnder
from tests.sensitivity.test_deciding import table
from tests.sensitivity.test_mixed_thresholds import hunt


def test_the_hunt_under_every_concept() -> None:
    """The stag is in some Nash and correlated equilibria, and it alone is one that no group
    would leave."""
    p = Parameters(hare=Parameter(3, low=0, high=6))
    found = robustness(hunt(4, p.hare, p), PureNash(), "both hunt")
    by_name = {str(one.concept): one for one in found.rows}
    assert (
        by_name["Nash"].chance
        == by_name["correlated"].chance
        == by_name["rationalizability"].chance
        == (0, 1)
    )
    assert by_name["strong Nash (pure)"].verdict is Verdict.EVERY
    assert not found.survives
    assert found.rows[0].verdict is Verdict.SOME
    erring = [one for one in found.rows if not one.compared]
    assert all(one.chance is not None and 0 < float(one.chance[0]) < 1 for one in erring)


def test_a_dilemma_survives_all_but_coalitions() -> None:
    p = Parameters(tempted=Parameter(5, low=4, high=6))
    model = table([[1, p.tempted], [0, 3]], [[1, 0], [p.tempted, 3]], p)
    found = robustness(model, PureNash(), "corner")
    differ = {
        str(one.concept)
        for one in found.rows
        if one.compared and one.verdict not in (Verdict.EVERY, Verdict.UNKNOWN)
    }
    assert differ == {"strong Nash (pure)"}
    assert found.data()["concepts"][0]["verdict"] == "EVERY"


def test_how_often_over_the_ranges_with_mixed_play() -> None:
    """The mixed equilibrium of the hunt lets both hunt wherever hunting may pay, as a pure one
    does, and is one more where it does not pay for sure."""
    p = Parameters(hare=Parameter(3, low=0, high=6))
    found = robustness(
        hunt(4, p.hare, p), PureNash(), "both hunt", samples=40, seconds_per_concept=600
    )
    by_name = {str(one.concept): one for one in found.ranges}
    assert set(by_name) == {"pure Nash", "Nash"}
    for one in by_name.values():
        assert one.settled == one.samples == 40
        counts = shares(found.model, one.concept, "both hunt", samples=40).counts
        assert dict(counts) == dict(one.verdicts)
        assert 0 < one.possible.value < 1
    assert [row["settled"] for row in found.data()["ranges"]] == [40, 40]
    (said,) = [one for one in found.sentences if "Over the ranges" in one]
    assert "(40 of 40 settled) and" in said


def test_what_is_not_settled_may_be_either() -> None:
    """Without time nothing is solved: the interval is all that is possible."""
    found = robustness(activation.model, PureNash(), "corridor open", seconds_per_concept=0)
    open_ = AtSamplesUnder(
        Nash(), {kind: 25 * (kind is Verdict.UNKNOWN) for kind in Verdict}
    )
    assert (open_.settled, open_.possible.low, open_.possible.high) == (0, 0, 1)
    assert all(str(one.concept) != "Nash" for one in found.ranges)


def test_threats_that_need_not_be_carried_out() -> None:
    """The entrant stays out of the market if the other threatens to fight, though fighting
    would not be carried out: pure Nash in a tree, beside subgame perfection."""
    p = Parameters(cost=Parameter(1, low="1/2", high=2))
    enter, fight = where(Entrant="enter"), where(Owner="fight")
    model = Model(
        "deterred",
        form=ExtensiveForm(
            Decision(
                "Entrant",
                {
                    "enter": Decision("Owner", {"fight": End(), "yield": End()}),
                    "out": End(),
                },
            )
        ),
        parameters=p,
        terms=(
            Term("Entrant", -1, when=fight, name="fought"),
            Term("Entrant", 2, when=where(Owner="yield"), name="share"),
            Term("Owner", -p.cost, when=fight, name="cost of fighting"),
        ),
        outcomes=(Outcome("entry", when=enter),),
    )
    found = robustness(model, PureSubgamePerfect(), "entry", samples=20)
    rows = {str(one.concept): (one.verdict, one.chance) for one in found.rows}
    assert rows == {
        "pure subgame-perfect": (Verdict.EVERY, (1, 1)),
        "pure Nash": (Verdict.SOME, (0, 1)),
        "Nash": (Verdict.SOME, (0, 1)),
    }
    assert not found.survives
    assert [str(one.concept) for one in found.ranges] == [
        "pure subgame-perfect",
        "pure Nash",
    ]
    assert [one.frequency(Verdict.EVERY).value for one in found.ranges] == [1, 0]


def chicken() -> Model:
    p = Parameters(crash=Parameter(-4, low=-8, high=-1))
    ways = ("swerve", "straight")
    terms = [
        Term(who, p.crash, when=where(A="straight", B="straight"), name=f"crash {who}")
        for who in "AB"
    ]
    terms += [
        Term("A", 1, when=where(A="straight", B="swerve"), name="A"),
        Term("B", 1, when=where(B="straight", A="swerve"), name="B"),
    ]
    outcome = Outcome("A goes first", when=where(A="straight", B="swerve"))
    return Model(
        "chicken",
        form=NormalForm({"A": ways, "B": ways}),
        parameters=p,
        terms=terms,
        outcomes=(outcome,),
    )


def test_who_moves_first_in_chicken() -> None:
    """Going straight before the other does is worth 1, and moving last 0."""
    found = orders(chicken(), PureNash(), "A goes first")
    assert found.at_once is Verdict.SOME
    assert {one.order: one.verdict for one in found.turns} == {
        ("A", "B"): Verdict.EVERY,
        ("B", "A"): Verdict.NO,
    }
    assert found.place("A", 0) == (1, 1)
    assert found.place("A", -1) == (0, 0)
    assert found.share(Verdict.EVERY) == Fraction(1, 2)
    assert "A gets 1 moving first, and 0 moving last." in found.sentences


def test_an_order_is_the_sequential_model() -> None:
    """The table with its players in the order of the tree says what the tree says."""
    order = ("Türkiye", "Azerbaijan", "Russia", "Iran", "Armenia")
    (turn,) = [
        one
        for one in orders(
            activation.model, PureNash(), "corridor open", last="Armenia"
        ).turns
        if one.order == order
    ]
    assert turn.verdict is verdict(sequence.model, PureSubgamePerfect(), "corridor open")


def test_only_what_was_asked_for_is_said() -> None:
    """Where one player moves first in all orders, nothing is said of the others' moving
    first, nor of its moving last."""
    found = orders(chicken(), PureNash(), "A goes first", first="A")
    assert found.sentences[-2:] == ("A gets 1 moving first.", "B gets 0 moving last.")
    with pytest.raises(RefusalError, match="B moves at place 0 in none of the 1 orders"):
        found.place("B", 0)
    said = orders(activation.model, PureNash(), "corridor open", first="Türkiye").sentences
    assert not any("Türkiye before" in one for one in said), (
        "that holds of all these orders"
    )
    assert any(one.startswith("Türkiye gets") and "last" not in one for one in said)


def test_what_is_refused() -> None:
    with pytest.raises(RefusalError, match="this model is a tree"):
        orders(sequence.model, PureSubgamePerfect(), "corridor open")
    with pytest.raises(ModelError, match="did you mean 'Armenia'"):
        orders(activation.model, PureNash(), "corridor open", last="Armenja")
