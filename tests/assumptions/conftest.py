"""One small model as a table, and one as a tree with chance, named information sets and a
player who may never move."""

import pytest

from strategy.assumptions import Claim, Model, Outcome, Parameter, Parameters, Term, where
from strategy.forms import Chance, Decision, End, ExtensiveForm, NormalForm


@pytest.fixture
def parameters():
    return Parameters(
        transit_income=Parameter(
            4,
            low=1,
            high=8,
            unit="points",
            source="essay ¶4",
            reason="what an open route brings Armenia",
        ),
        leverage=Parameter(5, low=2, high=9, unit="points", source="essay ¶4"),
        russia_attention=Parameter("0.3", low=0, high=1, unit="share", source="essay ¶5"),
    )


@pytest.fixture
def parts(parameters):
    """The keywords of the model of design.md, to be changed one at a time."""
    p = parameters
    runs = where(Armenia="open") & ~where(Russia="obstruct")
    return {
        "form": NormalForm(
            {"Armenia": ("open", "refuse"), "Russia": ("obstruct", "acquiesce")}
        ),
        "parameters": p,
        "terms": (
            Term("Armenia", p.transit_income, when=runs, claim="C4", name="transit"),
            Term("Russia", -p.leverage, when=runs, claim="C4", name="leverage lost"),
            Term(
                "Russia",
                -6 * (1 - p.russia_attention),
                when=where(Russia="obstruct"),
                claim="C7",
                name="cost of obstructing",
            ),
        ),
        "outcomes": (Outcome("corridor open", when=runs),),
        "claims": (
            Claim(
                "C4",
                "An open corridor pays Armenia and costs Russia leverage.",
                paragraph=4,
                if_wrong={"leverage": 0},
            ),
            Claim(
                "C7",
                "Russia's attention is elsewhere.",
                paragraph=5,
                if_wrong={"russia_attention": 1},
            ),
        ),
    }


@pytest.fixture
def model(parts):
    return Model("transit-of-two", **parts)


def tree(busy="1/2", free="1/2"):
    """Türkiye presses or holds; chance; Russia in the dark about it; Armenia twice on one
    path."""
    russia = {
        "obstruct": End(),
        "acquiesce": Decision("Armenia", {"open": Decision("Armenia", {"open": End(), "refuse": End()}, infoset="second round")}
                              | {"refuse": End()}, infoset="first round"),
    }  # fmt: skip
    return ExtensiveForm(
        Decision(
            "Türkiye",
            {
                "press": Chance(
                    "Russia's state",
                    {
                        "busy": (busy, Decision("Russia", russia, infoset="in the dark")),
                        "free": (
                            free,
                            Decision(
                                "Russia",
                                {"obstruct": End(), "acquiesce": End()},
                                infoset="in the dark",
                            ),
                        ),
                    },
                ),
                "hold": End(),
            },
        )
    )


@pytest.fixture
def make_tree():
    return tree


@pytest.fixture
def tree_model(parameters):
    p = parameters
    return Model(
        "tree",
        form=tree(1 - p.russia_attention, p.russia_attention),
        parameters=p,
        terms=(
            Term(
                "Armenia", p.transit_income, when=where(Armenia="open", at="second round")
            ),
            Term("Armenia", "-1/3", when=where(Armenia="refuse")),
            Term(
                "Türkiye",
                p.leverage * p.russia_attention,
                when=where({"Russia's state": "busy"}) & ~where(Russia="obstruct"),
            ),
            Term("Russia", 1.5),
        ),
        outcomes=(
            Outcome("Armenia opens", when=where(Armenia="open")),
            Outcome("quiet", when=where(Türkiye="hold")),
        ),
        headline="quiet",
    )
