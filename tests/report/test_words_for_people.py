"""Words for people: phrases for values and actions, and the corridor models, whose pages,
text and figures a reader who never saw the code reads."""

from __future__ import annotations

import pickle
import re
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pytest

from games.corridor import activation, alignment, sequence
from strategy import (
    Decision,
    End,
    ExtensiveForm,
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
    cli,
    where,
)
from strategy.assumptions import Phrase
from strategy.report import analyse, as_html
from strategy.sensitivity import commitment, radius, tipping
from strategy.sensitivity.analyses.catalogue import ALL
from strategy.sensitivity.analyses.thresholds import along_each
from tests._models import in_names
from tests.report.conftest import CORE

CORRIDOR = {
    one.name: one
    for one in (sequence.model, activation.model, sequence.reaction, alignment.model)
}
NAMES = {name for model in CORRIDOR.values() for name in model.parameters if "_" in name}
PHRASES = {
    ("Armenia", "open"): Phrase("Armenia opens", "to open the route"),
    ("Armenia", "refuse"): Phrase("Armenia refuses", "to refuse"),
    ("Russia", "obstruct"): Phrase("Russia obstructs it", "to obstruct it"),
    ("Russia", "acquiesce"): Phrase("Russia lets it be", "to let it be"),
}


def model(tree: bool = False, **more: Any) -> Model:
    p = Parameters(
        income=Parameter(4, low=1, high=8, says="an open route brings {v}"),
        attention=Parameter(
            "0.1", low=0, high=1, unit="share", says="Russia can spare {v} of its attention"
        ),
    )
    opens = Decision("Russia", {"obstruct": End(), "acquiesce": End()})
    runs = where(Armenia="open", Russia="acquiesce")
    return Model(
        "transit",
        form=ExtensiveForm(Decision("Armenia", {"open": opens, "refuse": End()}))
        if tree
        else NormalForm(
            {"Armenia": ("open", "refuse"), "Russia": ("obstruct", "acquiesce")}
        ),
        parameters=p,
        terms=(
            Term("Armenia", p.income, when=runs, name="transit"),
            Term("Armenia", -1, when=where(Armenia="open"), name="cost"),
            Term("Russia", -5, when=runs, name="leverage"),
            Term(
                "Russia",
                -6 * (1 - p.attention),
                when=where(Russia="obstruct"),
                name="effort",
            ),
        ),
        outcomes=(Outcome("runs", when=runs, yes="it runs", no="it does not run"),),
        **{"phrases": PHRASES, **more},
    )


def test_a_value_is_said_in_its_phrase() -> None:
    one = model()
    assert one.value_in_words("income", Fraction(4)) == "an open route brings 4"
    assert (
        one.value_in_words("attention", Fraction(1))
        == "Russia can spare 100 % of its attention"
    )
    assert (
        one.value_in_words("attention", Fraction(2, 3))
        == "Russia can spare 2/3 of its attention"
    )
    assert in_names(one).value_in_words("income", Fraction(4)) == "income = 4"


@pytest.mark.parametrize(
    "says", ["spares some", "{v} of {v}", "{v} {w}", "{v}}", 3, "a\n{v}"]
)
def test_a_phrase_has_one_place_for_the_value(says: object) -> None:
    with pytest.raises(ParameterError, match=r"says=|phrase for a parameter's value"):
        Parameter(1, low=0, high=2, says=says)  # type: ignore[arg-type]


def test_actions_are_said_in_their_phrases() -> None:
    tree, table = model(tree=True), model()
    assert table.play_in_words(table.form.play(1)) == "Armenia opens and Russia lets it be"
    assert tree.place_in_words(("open",)) == "after Armenia opens"
    assert tree.place_in_words(()) == "at the start"
    assert table.switch_in_words("Russia", "acquiesce", "obstruct") == (
        "prefers to obstruct it rather than to let it be"
    )
    assert table.action_in_words("Russia", "obstruct") == "to obstruct it"


def test_without_phrases_names_are_said() -> None:
    some = model(phrases={("Armenia", "open"): PHRASES["Armenia", "open"]})
    assert some.play_in_words(some.form.play(1)) == "Armenia: open, Russia: acquiesce"
    assert (
        some.switch_in_words("Armenia", "open", "refuse") == "switches from open to refuse"
    )
    assert some.action_in_words("Russia", "obstruct") == "to obstruct"
    assert model(tree=True, phrases={}).place_in_words(("open",)) == "after open"


@pytest.mark.parametrize(
    ("phrases", "error"),
    [
        ({("Georgia", "open"): PHRASES["Armenia", "open"]}, "unknown player 'Georgia'"),
        ({("Armenia", "opens"): PHRASES["Armenia", "open"]}, "did you mean 'open'"),
        ({"Armenia": PHRASES["Armenia", "open"]}, "has the key 'Armenia'"),
        ({("Armenia", "open"): "Armenia opens"}, "give a mapping"),
        ([PHRASES["Armenia", "open"]], "give a mapping"),
    ],
)
def test_a_phrase_for_nothing_is_refused(phrases: Any, error: str) -> None:
    with pytest.raises(ModelError, match=error):
        model(phrases=phrases)


@pytest.mark.parametrize("said", ["", "a\nb", "x" * 81, 1])
def test_a_phrase_that_cannot_be_read_is_refused(said: Any) -> None:
    with pytest.raises(ModelError, match="phrase of an action"):
        Phrase(said, "to open")


def test_names_of_phrases_are_found_in_any_normal_form() -> None:
    form = NormalForm({"Türkiye": ("press",)})
    said = {("Tu\u0308rkiye", "press"): Phrase("Türkiye presses", "to press")}
    one = Model("one", form=form, terms=(Term("Türkiye", 1, name="a"),), phrases=said)
    assert one.play_in_words(one.form.play(0)) == "Türkiye presses"


def test_pickles_keep_words_and_older_ones_load() -> None:
    kept = pickle.loads(pickle.dumps(model()))
    assert (kept.phrases, kept.parameters) == (model().phrases, model().parameters)
    for one, field in ((model(), "phrases"), (model().parameters["income"], "says")):
        state = {key: value for key, value in one.__getstate__().items() if key != field}  # type: ignore[attr-defined]
        older = object.__new__(type(one))
        older.__setstate__(state)  # type: ignore[attr-defined]
        assert not getattr(older, field)


def test_sentences_tell_plays_values_and_switches() -> None:
    tree, concept = model(tree=True), PureSubgamePerfect()
    (along,) = along_each(tree, concept, "runs", parameter="attention").moving
    assert along.sentence.startswith(
        "While Russia can spare less than 1/6 of its attention, it runs in"
    )
    assert (
        "Russia, after Armenia opens, prefers to obstruct it rather than to let it be"
        in (along.turning[0])
    )
    assert "There Russia prefers to obstruct it rather than to let it be after Armenia" in (
        " ".join(radius(tree, concept, "runs").sentences)
    )
    assert "(Armenia opens and Russia lets it be) remains an equilibrium" in (
        " ".join(tipping(tree, concept, "runs").sentences)
    )
    assert "by being bound to " in commitment(model(), PureNash(), "runs").sentences[0]
    said = analyse(tree, sections=CORE[:1]).models[0].answer
    assert "In it, Armenia opens and Russia lets it be." in said


def test_words_change_no_number() -> None:
    """A model in names says the same of the same assumptions, number by number."""
    tree, concept = model(tree=True), PureSubgamePerfect()
    for asked in (
        lambda one: along_each(one, concept, "runs"),
        lambda one: radius(one, concept, "runs"),
    ):
        words, names = [" ".join(asked(one).sentences) for one in (tree, in_names(tree))]
        assert words != names
        assert re.findall(r"\d[\d./]*", words) == re.findall(r"\d[\d./]*", names)


@pytest.mark.parametrize("model", CORRIDOR.values(), ids=list(CORRIDOR))
def test_the_corridor_has_words_for_all_its_parts(model: Model) -> None:
    assert all(one.label and one.says and one.ends for one in model.parameters.values())
    assert all(one.label for one in model.claims.values())
    assert all(one.ask and one.yes and one.no for one in model.outcomes.values())
    # "does not open in every equilibrium" could be read in two ways
    assert not any(" not " in one.no for one in model.outcomes.values())
    assert {*model.phrases} == {
        (player, action) for player, done in model.form.actions.items() for action in done
    }


class _Visible(HTMLParser):
    """The text that a reader of a page sees, but for code."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        if tag in ("script", "style", "code", "pre"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.text.append(data)


def names_in(text: str) -> set[str]:
    return NAMES & set(re.findall(r"\w+", text))


@pytest.mark.deep
@pytest.mark.parametrize("model", CORRIDOR.values(), ids=list(CORRIDOR))
def test_no_page_of_the_corridor_shows_a_name(model: Model) -> None:
    page = _Visible()
    page.feed(as_html(analyse(model)))
    text = "\n".join(page.text)
    assert not names_in(text)
    assert all(one.label in text for one in model.parameters.values())


QUICK = ("thresholds", "map", "radius", "tipping")


@pytest.mark.parametrize(
    ("command", "model"),
    [
        pytest.param(
            command,
            name,
            marks=()
            if command in QUICK and name == "corridor.sequence"
            else pytest.mark.deep,
        )
        for name in CORRIDOR
        for command in (*[one.key for one in ALL], "ask", "check")
    ],
)
def test_no_command_says_a_name(
    command: str, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a name is printed, it is to be typed: in a command."""
    cli.run([command, model])
    # a command that goes on in the next line, as a shell reads it
    said = re.sub(r"\s*\\\n\s*", " ", capsys.readouterr().out)
    typed = re.sub(r"^\s*strategy .*(?:\n\s+--.*)*", "", said, flags=re.MULTILINE)
    assert not names_in(re.sub(r"--set \S+", "", typed))
