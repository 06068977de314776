"""Sentences say what their tables say, verdicts the probability of what is random, and of
which concept there is none."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from games.corridor.activation import model as activation
from games.corridor.alignment import model as alignment
from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    Term,
    where,
)
from strategy.completeness import verdict_label, verdict_sentence
from strategy.concepts import LogitQuantalResponse, Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import (
    Verdict,
    ablation,
    commitment,
    robustness,
    terms,
    tornado,
    verdict,
)
from tests.report.conftest import transit

p = Parameters(stake=Parameter(1, low="1/2", high=2))
TWO = {"Ana": ("heads", "tails"), "Ben": ("heads", "tails")}
SAME = (where(Ana="heads") & where(Ben="heads")) | (where(Ana="tails") & where(Ben="tails"))


def matching() -> Model:
    """One equilibrium, in which both mix evenly."""
    terms = (
        Term("Ana", p.stake, when=SAME, name="won"),
        Term("Ben", -p.stake, when=SAME, name="lost"),
    )
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
def test_a_single_equilibrium_that_leaves_it_open(
    make: Any, concept: Any, outcome: str, words: str
) -> None:
    assert verdict(make(), concept, outcome) is Verdict.SOME
    for finding in (
        tornado(make(), concept, outcome),
        robustness(make(), concept, outcome),
    ):
        assert words in str(finding)
        own = str(finding).split("correlated")[0]
        assert "in some, not in every" not in own


@pytest.mark.parametrize(("make", "concept", "outcome"), [one[:3] for one in RANDOM])
def test_a_verdict_by_itself_is_true_of_any_game(
    make: Any, concept: Any, outcome: str
) -> None:
    assert "in some" not in str(verdict(make(), concept, outcome))
    assert (
        str(verdict(matching(), PureNash(), "heads twice"))
        == "there is no equilibrium of this concept"
    )


def test_quantal_responses_say_their_probability() -> None:
    """Where nearly nobody does it, it is not called possible in some."""
    found = str(robustness(matching(), Nash(), "heads twice"))
    lines = [line for line in found.splitlines() if line.startswith("logit")]
    assert len(lines) == 2
    assert all("with probability" in line for line in lines)
    text = str(tornado(matching(), LogitQuantalResponse(50), "heads twice"))
    assert (
        "with probability 0.25 in every logit quantal response equilibrium at lambda "
        "= 50 that was found"
    ) in " ".join(text.split())
    assert "in some" not in text


def test_dropped_terms_and_wrong_claims_of_quantal_responses_say_the_probability() -> None:
    """What was found is all that is known, and it is said with which probability the
    outcome comes about there."""
    for analysis in (terms, ablation):
        finding = analysis(transit(), LogitQuantalResponse(2), "corridor open")
        said = next(one for one in finding.sentences if one.startswith("With"))
        end = "in every logit quantal response equilibrium at lambda = 2 that was found."
        assert re.search(rf"comes about with probability about 0\.\d+ {end}", said)
        text = str(finding)
        assert "possible but not sure" not in text
        assert not re.search(r"\bsome\b", text), "pairs of claims have a probability too"


def test_what_is_true_of_a_set_is_said_of_it() -> None:
    """Rationalizable play has no equilibria; a probability is one over the correlated
    equilibria."""
    said = robustness(matching(), Nash(), "heads twice").sentences
    assert any(
        (
            "rationalizability, the outcome comes about in some, not in every "
            "rationalizable play"
        )
        in one
        for one in said
    )
    joint = robustness(
        activation, PureNash(), "corridor open", seconds_per_concept=0.1
    ).sentences
    assert any(
        re.search(
            (
                r"with probability between 0 and [^ ]+ \([^ ]+\) over the correlated "
                r"equilibria"
            ),
            one,
        )
        for one in joint
    )


def test_wrong_claims_are_named_with_what_holds_instead() -> None:
    finding = ablation(transit(), PureNash(), "corridor open", samples=16)
    assert finding.sentences[1] == (
        "Wrong alone, this claim changes that: C7 (attention = 1) to “in no pure Nash "
        "equilibrium”."
    )


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
        (
            Verdict.SOME,
            True,
            (Fraction(1, 4), Fraction(1, 4)),
            "with probability 0.25 in every Nash equilibrium",
        ),
        (
            Verdict.SOME,
            True,
            (0, Fraction(1, 2)),
            "with probability between 0 and 0.5 over the Nash equilibria",
        ),
        (Verdict.EVERY, True, (1, 1), "in every Nash equilibrium"),
        (Verdict.NO, True, (0, 0), "in no Nash equilibrium"),
        (Verdict.UNKNOWN, True, None, "not settled"),
    ],
)
def test_labels(verdict_: Verdict, random: bool, bounds: Any, label: str) -> None:
    """In sentences; in a cell, beside which the concept is named, in a word less."""
    assert verdict_label(verdict_, Nash(), random=random, bounds=bounds) == label
    beside = verdict_label(verdict_, Nash(), random=random, bounds=bounds, beside=True)
    assert beside == re.sub(
        r"(?: in| over the)? Nash .*|(?<=\d) in every .*| Nash", "", label
    ) + (" equilibrium" if re.match("in (?:every|no|some)", label) else "")
    if verdict_ is Verdict.SOME and bounds not in (None, (0, 1)):
        assert beside in verdict_sentence(
            Outcome("it", when=where(A="x")), verdict_, Nash(), random=random, bounds=bounds
        )


@pytest.mark.parametrize("model", [activation, alignment], ids=["activation", "alignment"])
def test_what_commitment_does_is_what_its_table_shows(model: Model) -> None:
    """Each action that a sentence names has the probability beside it that its row has."""
    finding = commitment(model, PureNash(), "corridor open")
    rows = {
        (row[0], model.action_in_words(row[0], row[1])): row[4]
        for row in finding.tables[0].rows
    }
    said = 0
    for who, sentence in zip(finding.players, finding.sentences, strict=True):
        for action, chance in re.findall(
            r"bound (to [^(]+) \('corridor open' then has probability ([^)]+)\)", sentence
        ):
            assert str(rows[who.player, action]) == chance
            said += 1
    assert said >= len(finding.players)
