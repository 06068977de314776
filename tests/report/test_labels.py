"""A model with labels: people read them and never a name of a parameter or a claim;
commands and data keep the names."""

from __future__ import annotations

import functools
import html
import pickle
import re
from collections.abc import Iterator

import matplotlib.text
import pytest

from strategy import (
    Claim,
    Decision,
    End,
    ExtensiveForm,
    Inquiry,
    Model,
    ModelError,
    NormalForm,
    Outcome,
    Parameter,
    ParameterError,
    Parameters,
    PureNash,
    PureSubgamePerfect,
    Term,
    plots,
    where,
)
from strategy.assumptions import (
    Comparison,
    Complements,
    Monotone,
    Occurs,
    Payoff,
    Threshold,
)
from strategy.checking import check, consistent
from strategy.report import analyse, as_html
from strategy.report.analysis import Report
from strategy.report.document import as_json
from strategy.report.figures import draw
from strategy.sensitivity import regions, thresholds, tipping
from strategy.sensitivity.analyses.catalogue import ALL

NAME = re.compile(r"zzq_\w+")
ASK = "Does the <corridor> open?"
INCOME, LEVERAGE, ATTENTION = (
    "what the <route> earns",
    "Russia's lever",
    "Russia's spare attention",
)


def model(kind: str) -> Model:
    """Armenia opens unless Russia obstructs; every parameter and claim has a label and a
    name that nothing else is called."""
    p = Parameters(
        zzq_1=Parameter(
            4, low=1, high=8, unit="points", label=INCOME, ends=("a trickle", "a flood")
        ),
        zzq_2=Parameter(5, low=2, high=9, unit="points", label=LEVERAGE),
        zzq_3=Parameter(
            "0.1", low=0, high=1, unit="share", label=ATTENTION, ends=("none", "all of it")
        ),
    )
    runs, obstructs = (
        where(Armenia="open") & ~where(Russia="obstruct"),
        where(Russia="obstruct"),
    )
    opens = Decision("Russia", {"obstruct": End(), "acquiesce": End()})
    forms = {
        "table": NormalForm(
            {"Armenia": ("open", "refuse"), "Russia": ("obstruct", "acquiesce")}
        ),
        "tree": ExtensiveForm(Decision("Armenia", {"open": opens, "refuse": End()})),
    }
    pays = (
        Occurs("corridor open", "every", given=p.zzq_3 <= 0.5),
        Monotone("zzq_1", "corridor open"),
        Threshold("zzq_3", "corridor open", "no"),
        Complements("Armenia", "zzq_1", (where(Armenia="open"), where(Armenia="refuse"))),
    )
    busy = (
        Occurs("corridor open", "every"),
        Monotone("zzq_3", Payoff("Russia", obstructs, ~obstructs), falls=True),
        Threshold("zzq_3", "corridor open", "no", given=p.zzq_3 <= 0.5),
    )
    return Model(
        f"labelled-{kind}",
        form=forms[kind],
        parameters=p,
        terms=(
            Term("Armenia", p.zzq_1, when=runs, claim="zzq_c1", name="transit"),
            Term(
                "Armenia", -p.zzq_2 / 2, when=where(Armenia="open"), name="cost of opening"
            ),
            Term("Russia", -p.zzq_2, when=runs, claim="zzq_c1", name="leverage lost"),
            Term(
                "Russia",
                -6 * (1 - p.zzq_3),
                when=obstructs,
                claim="zzq_c2",
                name="cost of obstructing",
            ),
        ),
        outcomes=(
            Outcome(
                "corridor open",
                when=runs,
                ask=ASK,
                yes="the corridor opens",
                no="the corridor stays shut",
            ),
        ),
        claims=(
            Claim(
                "zzq_c1",
                "An open corridor pays.",
                if_wrong={"zzq_2": 2},
                checks=pays,
                label="The route pays",
            ),
            Claim(
                "zzq_c2",
                "Russia is elsewhere.",
                if_wrong={"zzq_3": 1},
                checks=busy,
                label="Russia is busy",
                required=True,
            ),
        ),
        focus=("zzq_3", "zzq_2"),
        inquiries=(
            Inquiry("How far?", "thresholds", options={"parameter": "zzq_3"}),
            Inquiry("Both?", "map"),
        ),
    )


@functools.cache
def report(kind: str) -> Report:
    return analyse(model(kind), at={"zzq_3": "0.2"}, called=["labelled"])


def texts(figure: object) -> str:
    return "\n".join(one.get_text() for one in figure.findobj(matplotlib.text.Text))  # type: ignore[attr-defined]


def said(kind: str) -> Iterator[str]:
    """All that people are told outside the report."""
    asked, concept = model(kind), PureNash() if kind == "table" else PureSubgamePerfect()
    explained = asked.explain({"Armenia": "open", "Russia": "acquiesce"})
    checked = check(asked, at={"zzq_2": 6})
    stated = consistent(asked, ["zzq_1 > 2 zzq_2", "zzq_2 > zzq_1"])
    along = [thresholds(asked, concept, "corridor open", one) for one in asked.parameters]
    mapped = regions(asked, concept, "corridor open", *asked.focus or ())
    for one in (asked, explained, checked, stated, mapped, *along):
        yield f"{one}\n{one._repr_html_()}"  # type: ignore[attr-defined]
    yield str(plots.claim_steps(explained, "Russia"))
    yield "\n".join(
        line + "".join(table.text() for table in tables) for line, tables in checked.details
    )
    for drawn, size in (
        (functools.partial(plots.plot_thresholds, along), plots.strips_size(along)),
        (functools.partial(plots.plot_regions, mapped), plots.map_size(mapped)),
    ):
        figure, ax = plots.blank(*size)
        drawn(ax)
        yield texts(figure)


@pytest.mark.parametrize("kind", ["table", "tree"])
def test_people_read_labels_alone(kind: str) -> None:
    found = "\n".join(said(kind))
    assert not NAME.findall(found)
    for one in (LEVERAGE, ATTENTION, "The route pays"):
        assert one in html.unescape(found)


@pytest.mark.parametrize("kind", ["table", "tree"])
@pytest.mark.deep_but(1)
def test_the_report_speaks_in_labels_and_its_commands_in_names(kind: str) -> None:
    page = as_html(report(kind))
    shown = re.sub(
        r"<(style|script|pre)\b.*?</\1>|<code>strategy .*?</code>",
        " ",
        page,
        flags=re.DOTALL,
    )
    assert not NAME.findall(re.sub(r"\s(id|href|for)=\"[^\"]*\"", "", shown))
    assert "--set zzq_3=1/5" in page
    assert "--parameter zzq_3" in page
    assert html.escape(INCOME) in page  # and so not as a tag
    assert "<route>" not in page
    assert "0 (none)" in page
    assert "1 (all of it)" in page


@pytest.mark.parametrize("kind", ["table", "tree"])
@pytest.mark.deep_but(1)
def test_figures_are_labelled(kind: str) -> None:
    found = report(kind)
    drawn = [
        texts(figure)
        for one in found.models
        for section in found.sections
        for figure in draw(one, section).values()
    ]
    assert not NAME.findall("\n".join(drawn))
    assert any(ATTENTION in one for one in drawn)


def test_outcomes_are_said_in_their_own_words() -> None:
    found = report("tree")
    page = as_html(found)
    assert html.escape(ASK) in page
    assert "The corridor opens is taken to mean" not in page
    assert "the corridor stays shut in every" in found.models[0].answer[0]
    assert found.models[0].answer[0].startswith("No: ")
    assert "“corridor open” comes about" not in page
    mapped = found.models[0]["region_map"].maps[0]
    assert "the corridor opens: " in mapped.sentence
    assert mapped.alternative.count("The corridor opens: ") == 1


@pytest.mark.parametrize(
    "phrase", [{"ask": "a\nb?"}, {"yes": "x" * 81}, {"no": "\u202eshut"}, {"yes": 1}]
)
def test_a_phrase_that_cannot_be_read_is_refused(phrase: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="phrase of an outcome"):
        Outcome("open", when=where(A="x"), **phrase)  # type: ignore[arg-type]


def test_data_keep_names() -> None:
    found = set(NAME.findall(as_json(report("table"))))
    assert found == {"zzq_1", "zzq_2", "zzq_3", "zzq_c1", "zzq_c2"}


@pytest.mark.parametrize(
    "one", [one for one in ALL if one.figure and not one.in_report], ids=lambda one: one.key
)
def test_what_no_report_asks_is_labelled_too(one: object) -> None:
    found = one.load()(model("table"), PureNash(), "corridor open")  # type: ignore[attr-defined]
    figure, ax = plots.blank(*getattr(plots, f"{one.figure}_size")(found))  # type: ignore[attr-defined]
    getattr(plots, f"plot_{one.figure}")(found, ax)  # type: ignore[attr-defined]
    assert not NAME.findall(f"{found}\n{found._repr_html_()}\n{texts(figure)}")


def test_formulas_are_written_in_labels() -> None:
    asked = model("table")
    assert asked.in_words(-6 * (1 - asked.parameters.zzq_3)) == f"6 × {ATTENTION} - 6"
    assert asked.in_words(asked.parameters.zzq_2**2) == f"{LEVERAGE}^2"
    assert (
        Comparison("zzq_2", ">", 2 * asked.parameters.zzq_3).words(asked.label)
        == f"{LEVERAGE} > 2 × {ATTENTION}"
    )
    assert Comparison("zzq_2", ">", 2 * asked.parameters.zzq_3).words() == "zzq_2 > 2 zzq_3"


def test_labels_are_names_in_normal_form() -> None:
    assert (
        Parameter(1, low=0, high=2, label="Tu\u0308rkiye's cost").label == "Türkiye's cost"
    )
    assert (
        pickle.loads(pickle.dumps(model("table").parameters)) == model("table").parameters
    )


@pytest.mark.parametrize("label", ["a\nb", "\u202ecost", "  ", "x" * 81, 3])
def test_a_label_that_cannot_be_read_is_refused(label: object) -> None:
    with pytest.raises(ParameterError, match="label of a parameter"):
        Parameter(1, low=0, high=2, label=label)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="label of a claim"):
        Claim("C1", "It pays.", label=label)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "ends", ["none", ("none",), ("none", ""), ("none", "a\tlot"), (0, 1)]
)
def test_ends_are_two_words(ends: object) -> None:
    with pytest.raises(ParameterError, match=r"ends=|end of a parameter's range"):
        Parameter(1, low=0, high=2, ends=ends)  # type: ignore[arg-type]


def test_two_things_with_one_label_are_refused() -> None:
    with pytest.raises(ParameterError, match="both called 'cost'"):
        Parameters(
            a=Parameter(1, low=0, high=2, label="cost"), cost=Parameter(1, low=0, high=2)
        )
    form = NormalForm({"A": ("x", "y")})
    claims = (
        Claim("C1", "It pays.", label="pays"),
        Claim("C2", "It pays more.", label="pays"),
    )
    with pytest.raises(ModelError, match="both called 'pays'"):
        Model("twice", form=form, terms=(Term("A", 1, name="pay"),), claims=claims)


def test_a_range_that_is_widened_loses_the_words_for_its_ends() -> None:
    one = Parameter(1, low=0, high=2, ends=("none", "all of it"))
    assert one.with_baseline(one.high).ends == ("none", "all of it")
    assert one.with_baseline(one.high + 1).ends is None


def test_where_selection_switches_is_told_in_labels() -> None:
    """A stag hunt: as the hare is worth more, risk dominance selects it before the hunt
    ends."""
    both = where(Ann="stag", Bob="stag")
    p = Parameters(zzq_1=Parameter(3, low=-1, high=6, label="the worth of a hare"))
    hunt = Model(
        "hunt",
        form=NormalForm(dict.fromkeys(("Ann", "Bob"), ("stag", "hare"))),
        parameters=p,
        terms=tuple([Term(who, 4, when=both) for who in ("Ann", "Bob")])
        + tuple([Term(who, p.zzq_1, when=where({who: "hare"})) for who in ("Ann", "Bob")]),
        outcomes=(Outcome("a stag", when=both),),
    )
    found = tipping(hunt, PureNash(), "a stag")
    assert found.switches
    assert "the worth of a hare" in str(found)
    assert not NAME.search(f"{found}\n{found._repr_html_()}")
