"""Sentences say what their tables say, verdicts the probability of what is random, and of which concept there is none."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from games.corridor.activation import model as activation
from games.corridor.alignment import model as alignment
from strategy import Chance, Decision, End, ExtensiveForm, Model, NormalForm, Outcome, Parameter, Parameters, Term, where
from strategy.completeness import verdict_label, verdict_sentence
from strategy.concepts import LogitQuantalResponse, Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict, commitments, robustness, tornado, verdict

p = Parameters(stake=Parameter(1, low="1/2", high=2))
TWO = {"Ana": ("heads", "tails"), "Ben": ("heads", "tails")}
SAME = (where(Ana="heads") & where(Ben="heads")) | (where(Ana="tails") & where(Ben="tails"))


def matching() -> Model:
    """One equilibrium, in which both mix evenly."""
    terms = (Term("Ana", p.stake, when=SAME, name="won"), Term("Ben", -p.stake, when=SAME, name="lost"))
    return Model(
        "matching",
        form=NormalForm(TWO),
        parameters=p,
        terms=terms,
        outcomes=(Outcome("heads twice", when=where(Ana="heads") & where(Ben="heads")),),
    )


def lottery() -> Model:
    """One equilibrium, in which chance decides."""
    draw = Chance("draw", {"win": ("1/3", End()), "lose": ("2/3", End())})
    return Model(
        "lottery",
        form=ExtensiveForm(Decision("Ana", {"play": draw, "pass": End()})),
        parameters=p,
        terms=(Term("Ana", p.stake, when=where({"draw": "win"}), name="prize"),),
        outcomes=(Outcome("a prize", when=where({"draw": "win"})),),
    )


RANDOM = [
    (matching, Nash(), "heads twice", "with probability 0.25"),
    (lottery, PureSubgamePerfect(), "a prize", "with probability 1/3"),
]


@pytest.mark.parametrize(("make", "concept", "outcome", "words"), RANDOM)
def test_a_single_equilibrium_that_leaves_it_open(make: Any, concept: Any, outcome: str, words: str) -> None:
    assert verdict(make(), concept, outcome) is Verdict.SOME
    for finding in (tornado(make(), concept, outcome), robustness(make(), concept, outcome)):
        assert words in str(finding)
        own = str(finding).split("correlated")[0]
        assert "in some, not in every" not in own


@pytest.mark.parametrize(("make", "concept", "outcome"), [one[:3] for one in RANDOM])
def test_a_verdict_by_itself_is_true_of_any_game(make: Any, concept: Any, outcome: str) -> None:
    assert "in some" not in str(verdict(make(), concept, outcome))
    assert str(verdict(matching(), PureNash(), "heads twice")) == "there is no equilibrium of this concept"


def test_quantal_responses_say_their_probability() -> None:
    """Where nearly nobody does it, it is not called possible in some."""
    found = str(robustness(matching(), Nash(), "heads twice"))
    lines = [line for line in found.splitlines() if line.startswith("logit")]
    assert len(lines) == 2
    assert all("with probability" in line for line in lines)
    text = str(tornado(matching(), LogitQuantalResponse(50), "heads twice"))
    assert "with probability 0.25 in what was found" in text
    assert "in some" not in text


def test_the_concept_that_has_none_is_named() -> None:
    text = str(tornado(matching(), PureNash(), "heads twice"))
    assert "there is no pure Nash equilibrium" in text
    assert not re.search(r"there is no equilibrium\b(?! of this concept)", text)
    assert verdict_label(Verdict.NONE_EXISTS, PureNash(undominated=True)) == (
        "there is no pure Nash equilibrium without weakly dominated actions"
    )


@pytest.mark.parametrize(
    ("verdict_", "random", "bounds", "label"),
    [
        (Verdict.SOME, False, None, "in some, not in every Nash equilibrium"),
        (Verdict.SOME, True, None, "possible but not sure in Nash equilibrium"),
        (Verdict.SOME, True, (0, 1), "in some, not in every Nash equilibrium"),
        (Verdict.SOME, True, (Fraction(1, 4), Fraction(1, 4)), "with probability 0.25 in every Nash equilibrium"),
        (Verdict.SOME, True, (0, Fraction(1, 2)), "with probability between 0 and 0.5 over the Nash equilibria"),
        (Verdict.EVERY, True, (1, 1), "in every Nash equilibrium"),
        (Verdict.NO, True, (0, 0), "in no Nash equilibrium"),
        (Verdict.UNKNOWN, True, None, "not settled"),
    ],
)
def test_labels(verdict_: Verdict, random: bool, bounds: Any, label: str) -> None:
    """In sentences; in a cell, beside which the concept is named, in a word less."""
    assert verdict_label(verdict_, Nash(), random=random, bounds=bounds) == label
    beside = verdict_label(verdict_, Nash(), random=random, bounds=bounds, beside=True)
    assert beside == re.sub(r"(?: in| over the)? Nash .*|(?<=\d) in every .*| Nash", "", label) + (
        " equilibrium" if re.match("in (?:every|no|some)", label) else ""
    )
    if verdict_ is Verdict.SOME and bounds not in (None, (0, 1)):
        assert beside in verdict_sentence("it", verdict_, Nash(), random=random, bounds=bounds)


@pytest.mark.parametrize("model", [activation, alignment], ids=["activation", "alignment"])
def test_what_commitment_does_is_what_its_table_shows(model: Model) -> None:
    """Each action that a sentence names has the probability beside it that its row has."""
    finding = commitments(model, PureNash(), "corridor open")
    rows = {(row[0], row[1]): row[4] for row in finding.tables[0].rows}
    said = 0
    for who, sentence in zip(finding.players, finding.sentences, strict=True):
        for action, chance in re.findall(r"bound to ([^(]+) \('corridor open' then has probability ([^)]+)\)", sentence):
            assert str(rows[who.player, action]) == chance
            said += 1
    assert said >= len(finding.players)
