"""The claims with their results, as the page shows them and the data has them."""

from __future__ import annotations

import html
import re

import attrs
import pytest

from strategy import Claim, Model, where
from strategy.assumptions import Check, Monotone, Occurs, Payoff, Prefers
from strategy.checking import Result, check
from strategy.report import Analysis, analyse, as_document, as_html
from strategy.report.sections import ALL
from tests.report.conftest import made
from tests.report.test_page import read

ONLY = tuple([one for one in ALL if one.key == "checks"])
OPENS = where(Armenia="open")
INEVITABLE: tuple[Check, ...] = (
    Occurs("corridor open", "some"),
    Occurs("corridor open", "every"),
)


def transit(*claims: Claim) -> Model:
    return attrs.evolve(
        made("transit"),
        claims=claims,
        terms=tuple([attrs.evolve(one, claim=None) for one in made("transit").terms]),
    )


HIGH_LEVERAGE = made("transit").parameters.symbols[1] > 3
CLAIMED = transit(
    Claim(
        "A",
        "More income makes opening pay more.",
        paragraph=4,
        checks=(Monotone("income", Payoff("Armenia", OPENS)),),
    ),
    Claim(
        "B",
        "It is inevitable & <sure>.",
        paragraph="1 and 9",
        checks=INEVITABLE,
        required=True,
    ),
    Claim(
        "C",
        "It never falls as leverage grows.",
        checks=(Monotone("leverage", "corridor open"),),
    ),
    Claim("D", "History is on its side."),
    Claim(
        "E",
        "All gain.",
        checks=(
            Prefers(
                ("Armenia", "Russia"), OPENS, where(Armenia="refuse"), given=HIGH_LEVERAGE
            ),
        ),
    ),
)


def reported(model: Model, **asked: object) -> Analysis:
    return analyse(model, sections=ONLY, **asked)  # type: ignore[arg-type]


def words(analysis: Analysis) -> str:
    return " ".join(" ".join(read(as_html(analysis)).text).split())


def rows(page: str) -> dict[str, str]:
    """The first table, by claim: what stands beside it."""
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    found = re.findall(r'<tr><th scope="row">(\w+)(.*?)</tr>', table, flags=re.DOTALL)
    return {label: " ".join(re.sub(r"<[^>]*>", " ", rest).split()) for label, rest in found}


def test_each_claim_has_its_result() -> None:
    analysis = reported(CLAIMED)
    found = analysis.models[0]["checks"]
    shown = rows(as_html(analysis))
    assert list(shown) == ["A", "B", "C", "D", "E"]
    for one in check(CLAIMED, examples=found.examples).claims:
        assert one.tally in shown[one.claim.id]
        assert found[one.claim.id].result is one.result
        for ruling in one.rulings:
            assert f"{ruling.result}: {ruling.checked}" in html.unescape(
                shown[one.claim.id]
            )
    reading = "raising income never lowers Armenia's payoff from Armenia: open"
    assert html.unescape(shown["A"]) == (
        f"¶ 4 1 of 1 readings holds More income makes opening pay more. PROVED: {reading}"
    )
    assert shown["B"].startswith(
        "¶ 1 and 9 required, does not pass 0 of 2 readings hold, 2 refuted It is "
        "inevitable &amp; &lt;sure&gt;."
    )
    assert shown["D"] == (
        "no reading is stated History is on its side. NOT STATED: the model does not "
        "state it"
    )
    assert "Holding in every reading: A (1 of 1 readings holds)." in words(analysis)


def test_counter_examples_are_shown_with_what_decides_them() -> None:
    analysis = reported(CLAIMED)
    text, found = words(analysis), analysis.models[0]["checks"]
    refuted = [
        ruling
        for one in found.claims
        for ruling in one.rulings
        if ruling.counterexample is not None
    ]
    assert f"The counter-examples ({len(refuted)})" in text
    for ruling in refuted:
        example = ruling.counterexample
        assert ruling.checked in text
        assert all(said in text for said in example.evidence.said)
        assert all(play in text for play in example.evidence.equilibria)
        assert all(term.term in text for term in example.evidence.terms)
        for one in example.moved:
            assert f"{one.parameter} =" in text
    assert {one.parameter for ruling in refuted for one in ruling.counterexample.moved}, (
        "some differ from the baseline"
    )


def test_values_given_are_held() -> None:
    """Where Russia's attention is nothing, and only there, the corridor opens whatever the
    leverage is."""
    at = {"attention": 0, "leverage": 2}
    analysis = reported(transit(Claim("B", "Sure.", checks=INEVITABLE)), at=at)
    found = analysis.models[0]["checks"]
    assert found["B"].result is Result.PROVED
    assert "over the ranges of all parameters that were given no value" in words(analysis)
    assert (
        reported(transit(Claim("B", "Sure.", checks=INEVITABLE)))
        .models[0]["checks"]["B"]
        .result
        is Result.REFUTED
    )


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ((), "The model states no claims."),
        (
            (Claim("A", "Something."),),
            "No claim of the model says what it would mean in the model",
        ),
    ],
    ids=["no claims", "no checks"],
)
def test_what_cannot_be_checked_is_said_in_a_sentence(
    claims: tuple[Claim, ...], sentence: str
) -> None:
    analysis = reported(transit(*claims))
    text = words(analysis)
    assert sentence in text
    assert "<table" not in as_html(analysis)
    assert len(as_document(analysis)["models"][0]["checks"]["claims"]) == len(claims)


def test_data_is_that_of_the_command() -> None:
    document = as_document(reported(CLAIMED))["models"][0]["checks"]
    assert document == check(CLAIMED, examples=document["examples"]).data()
    assert document["examples"] > 1


def test_a_check_that_cannot_be_asked_gives_its_reason() -> None:
    claim = Claim(
        "A",
        "Twice.",
        checks=(
            Occurs("corridor open", "every", concept="pure-subgame-perfect"),
            *INEVITABLE[:1],
        ),
    )
    shown = rows(as_html(reported(transit(claim), at={"attention": 0, "leverage": 2})))["A"]
    assert "1 of 2 readings holds, 1 not stated" in shown
    assert "NOT STATED: " in shown
