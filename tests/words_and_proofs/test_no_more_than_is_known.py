"""Sentences of analyses where equilibria are several: what holds whichever is played, and
what depends on it, are told apart."""

from __future__ import annotations

import itertools
import re

import attrs
import pytest
from typer.testing import CliRunner

from strategy import (
    Model,
    NormalForm,
    NormalFormGame,
    Outcome,
    Parameter,
    Parameters,
    Term,
    solve,
    where,
)
from strategy.assumptions import Occurs
from strategy.checking import rule
from strategy.cli import app
from strategy.concepts import Nash, Proper, PureNash, TremblingHandPerfect
from strategy.forms.profiles import PureProfile
from strategy.sensitivity import information, statics
from tests.words_and_proofs.test_sampled_is_no_threshold import ACTIONS

HUNT = NormalFormGame.from_arrays([[3, 0], [1, 1]], [[3, 1], [0, 1]])


def meeting(gift: int) -> Model:
    """Two meet at a (worth 1 each) or at b (worth 1 + gift * t, t from -1 to 1), and get
    nothing apart."""
    p = Parameters(t=Parameter(0, low=-1, high=1))
    terms = [
        Term(who, 1, when=where(A=one, B=one), name=f"{who} {one}")
        for who in "AB"
        for one in ACTIONS
    ]
    terms += [
        Term(who, gift * p.t, when=where(A="b", B="b"), name=f"{who} gift")
        for who in "AB"
        if gift
    ]
    form = NormalForm(dict.fromkeys("AB", ACTIONS))
    return Model(
        "meeting",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=(Outcome("at a", when=where(A="a", B="a")),),
    )


def pennies() -> Model:
    """The first wins what they show alike, 1 or t for two heads, from the second, and else
    pays 1."""
    p = Parameters(t=Parameter(1, low="1/2", high=2))
    form = NormalForm(dict.fromkeys("AB", ("h", "t")))
    terms = [
        Term(
            who,
            way * (p.t if a == b == "h" else 1 if a == b else -1),
            when=where(A=a, B=b),
            name=f"{who} {a}{b}",
        )
        for (who, way), a, b in itertools.product((("A", 1), ("B", -1)), "ht", "ht")
    ]
    heads = Outcome("two heads", when=where(A="h", B="h"))
    return Model("pennies", form=form, parameters=p, terms=terms, outcomes=(heads,))


MEETING, PENNIES = meeting(0), pennies()


def told(model: Model, who: str) -> list[str]:
    """What is said of those who come to know."""
    return [
        one
        for one in information(model, PureNash(), "at a").sentences
        if one.startswith(f"Known to {who}:")
    ]


def test_what_may_stay_the_same_is_no_gain() -> None:
    """If t is known a pays 1, and b pays 3 or -1: so a or b of 1 before, a or (a, or half
    of 1 and 3) after."""
    assert told(meeting(2), "all") == [
        (
            f"Known to all: {who} may gain, and does not lose, depending on the "
            "equilibrium: 1 to 2 instead of 1."
        )
        for who in "AB"
    ]


def test_a_range_that_stays_is_no_payoff_that_stays() -> None:
    """Nothing depends on t. Where meeting at b is worth nothing, meeting there is an
    equilibrium of worth 0 beside that of 1."""
    model = MEETING
    flat = attrs.evolve(model, terms=[one for one in model.terms if one.name[-1] == "a"])
    assert told(flat, "all") == [
        f"Known to all: {who} gets 0 to 1, as before: it depends on the equilibrium."
        for who in "AB"
    ]
    assert told(model, "all") == ["Known to all: A and B are paid the same as before."]


def test_a_verdict_that_does_not_move_is_no_probability_that_does_not() -> None:
    """Matching pennies, where the first heads pays t: the verdict stays, and the
    probability of two heads falls as t rises."""
    found = statics(PENNIES, Nash(), "two heads")
    assert found.sentences[0] == "Never changes the verdict on 'two heads': t."
    assert not re.search("less likely|More likely", " ".join(found.sentences))
    assert (
        "The verdict rises: the outcome comes about in no, then in some, then in "
        "every Nash equilibrium"
    ) in found.sentences[-1]


@pytest.mark.parametrize("concept", [Proper(), TremblingHandPerfect(), Nash()])
def test_whoever_proposes_it_what_nobody_mixes_in_is_pure(
    concept: Nash | Proper | TremblingHandPerfect,
) -> None:
    """So that what is said of strict equilibria is said under every concept."""
    found = [one for one in solve(HUNT, concept) if set(one.to_arrays()[0]) <= {0, 1}]
    assert len(found) == 2
    assert all(isinstance(one.profile, PureProfile) for one in found)


@pytest.mark.parametrize(
    "concept", ["proper", "trembling-hand-perfect", "nash", "pure-nash"]
)
def test_strict_equilibria_are_compared_under_every_concept(concept: str) -> None:
    done = CliRunner().invoke(app, ["solve", f"{__name__}:MEETING", "--concept", concept])
    out = " ".join(done.output.split())
    assert "risk-dominates" in out
    assert "none of these is" not in out


def test_of_one_player_no_false_reason_is_given() -> None:
    alone = NormalFormGame.from_arrays([1, 0, 1])
    reason = TremblingHandPerfect().refuses(alone)
    assert reason is not None
    assert "every Nash equilibrium is perfect" in reason
    assert "need not be perfect" not in reason


@pytest.mark.parametrize(
    ("equilibria", "result"),
    [("every", "REFUTED"), ("some", "REFUTED"), ("no", "PROVED"), ("not every", "PROVED")],
)
def test_a_check_that_holds_where_there_is_no_equilibrium_says_so(
    equilibria: str, result: str
) -> None:
    """Matching pennies has no pure equilibrium at any t: "in no equilibrium" alone would
    say that there is one."""
    found = rule(Occurs("two heads", equilibria), PENNIES)
    proved = equilibria in ("no", "not every")
    assert str(found.result) == ("PROVED" if proved else "REFUTED")
    assert ("(there may be none)" in found.sentence) is proved
