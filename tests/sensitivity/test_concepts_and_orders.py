"""The verdict under other concepts and in other orders of moves."""

from __future__ import annotations

from fractions import Fraction

import pytest

from games.corridor import activation, sequence
from strategy import (
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
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict, orders, robustness, verdict
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
