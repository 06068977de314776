"""Small models of different kinds, each with the verdict that it is known to have."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest

from strategy import (
    Chance,
    Claim,
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
from strategy.report import analyse, as_html
from strategy.report.sections import ALL
from strategy.sensitivity.analyses.catalogue import ALL as ANALYSES

NASTY = "<script>alert('Türkiye & \"co\"')</script> $x_1$ of sixty characters"


def transit() -> Model:
    """Two players, two terms of one claim each: Armenia opens unless Russia obstructs,
    which pays it from attention 1/6 on."""
    p = Parameters(
        income=Parameter(
            4,
            low=1,
            high=8,
            unit="points",
            source="essay ¶4",
            reason="what an open route brings",
        ),
        leverage=Parameter(5, low=2, high=9, unit="points"),
        attention=Parameter("0.1", low=0, high=1, unit="share", source="essay ¶5"),
    )
    runs = where(Armenia="open") & ~where(Russia="obstruct")
    return Model(
        "transit-of-two",
        form=NormalForm(
            {"Armenia": ("open", "refuse"), "Russia": ("obstruct", "acquiesce")}
        ),
        parameters=p,
        terms=(
            Term("Armenia", p.income, when=runs, claim="C4", name="transit"),
            Term("Russia", -p.leverage, when=runs, claim="C4", name="leverage lost"),
            Term(
                "Russia",
                -6 * (1 - p.attention),
                when=where(Russia="obstruct"),
                claim="C7",
                name="cost of obstructing",
            ),
        ),
        outcomes=(
            Outcome("corridor open", when=runs),
            Outcome("Armenia opens", when=where(Armenia="open")),
        ),
        claims=(
            Claim(
                "C4",
                "An open corridor pays Armenia and costs Russia leverage.",
                paragraph=4,
                if_wrong={"leverage": 2},
            ),
            Claim(
                "C7",
                "Russia's attention is elsewhere.",
                paragraph=5,
                if_wrong={"attention": 1},
            ),
        ),
        title="Transit of two",
        about="A small model.",
        leaves_out=("all the others",),
        focus=("attention", "leverage"),
    )


def in_turn() -> Model:
    """A tree with chance: whatever is done, the outcome comes about with probability
    1/2."""
    p = Parameters(gain=Parameter(2, low=1, high=3))
    tree = Decision(
        "A",
        {
            "go": Chance("weather", {"fair": ("1/2", End()), "foul": ("1/2", End())}),
            "stay": End(),
        },
    )
    return Model(
        "in-turn",
        form=ExtensiveForm(tree),
        parameters=p,
        terms=(Term("A", p.gain, when=where(A="go"), name="gain"),),
        outcomes=(Outcome("it works", when=where({"weather": "fair"})),),
    )


def pennies() -> Model:
    """No pure equilibrium, whatever the stake."""
    p = Parameters(stake=Parameter(1, low="1/2", high=2))
    same = (where(A="heads") & where(B="heads")) | (where(A="tails") & where(B="tails"))
    return Model(
        "pennies",
        form=NormalForm({"A": ("heads", "tails"), "B": ("heads", "tails")}),
        parameters=p,
        terms=(
            Term("A", p.stake, when=same, name="won"),
            Term("B", p.stake, when=~same, name="won by B"),
        ),
        outcomes=(Outcome("same", when=same),),
    )


def bent() -> Model:
    """One player who acts once x squared exceeds 2: an irrational threshold; x times y: no
    map."""
    p = Parameters(x=Parameter(1, low=0, high=2), y=Parameter(1, low="1/2", high=2))
    return Model(
        "bent",
        form=NormalForm({"A": ("act", "rest")}),
        parameters=p,
        terms=(Term("A", p.x**2 * p.y - 2, when=where(A="act"), name="pay"),),
        outcomes=(Outcome("acts", when=where(A="act")),),
        focus=("x", "y"),
    )


def plain() -> Model:
    """No parameters at all, and players whose choices change nothing."""
    return Model(
        "plain",
        form=NormalForm({"A": ("a", "b"), "B": ("c", "d", "e")}),
        terms=(Term("A", 1, name="always"),),
        outcomes=(Outcome("a is played", when=where(A="a")),),
    )


def nasty() -> Model:
    """Every name is hostile to HTML, SVG, mathematics and file systems."""
    p = Parameters(
        {
            "π_rate": Parameter(1, low=0, high=2, unit=NASTY, source=NASTY, reason=NASTY),
            "b": Parameter(1, low=0, high=2),
        }
    )
    tree = Decision(
        NASTY, {NASTY: Decision("$B$", {"<b>": End(), "/": End()}), "--> ]]>": End()}
    )
    return Model(
        f"nasty/{NASTY}",
        form=ExtensiveForm(tree),
        parameters=p,
        terms=(
            Term(
                NASTY, p.symbols[0] - 1, when=where({NASTY: NASTY}), name=NASTY, claim=NASTY
            ),
            Term("$B$", p.symbols[1] - 1, when=where({"$B$": "<b>"}), name="$t$"),
        ),
        outcomes=(Outcome(NASTY, when=where({NASTY: NASTY})),),
        claims=(Claim(NASTY, NASTY, paragraph=NASTY),),
        title=NASTY,
        about=NASTY,
        leaves_out=(NASTY,),
        focus=("π_rate", "b"),
    )


MODELS: dict[str, Callable[[], Model]] = {
    make.__name__: make for make in (transit, in_turn, pennies, bent, plain, nasty)
}


CORE = tuple(
    [
        section
        for section in ALL
        if section.key not in {one.key for one in ANALYSES} - {"thresholds"}
    ]
)
"""The sections that are not an analysis of the catalogue, and the thresholds, which others
rest on."""
made = functools.cache(lambda label: MODELS[label]())
"""One of them by name, the same at every call."""
analysed = functools.cache(analyse)
"""The whole analysis of one of them, which takes seconds; asked once and read by many
tests."""


@functools.cache
def page_of(model: Model) -> str:
    """The page of one of them, which takes seconds to draw, made by a hostile command."""
    return as_html(analysed(model), "strategy analyse '<script>' & co")


QUICK = ("transit", "in_turn", "nasty")
"""The models whose analysis and page the quick part of the tests makes."""


@pytest.fixture(
    params=[
        pytest.param(label, marks=() if label in QUICK else pytest.mark.deep)
        for label in MODELS
    ]
)
def model(request: pytest.FixtureRequest) -> Model:
    """Each of the models in turn."""
    return made(request.param)


@pytest.fixture
def models() -> dict[str, Model]:
    """All of them by name."""
    return {label: made(label) for label in MODELS}
