"""Names hold what is seen: controls, signs of direction or without width and lone
surrogates are refused, other letters kept."""

import enum
import pickle
import unicodedata
from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from strategy import (
    Chance,
    Claim,
    Decision,
    End,
    ExtensiveFormGame,
    Inquiry,
    Model,
    NormalForm,
    NormalFormGame,
    Outcome,
    Parameter,
    Parameters,
    StrategyError,
    Term,
    where,
)  # fmt: skip
from strategy.characters import escaped, hidden, one_line
from strategy.concepts import Nash, PureSubgamePerfect
from strategy.concepts.dominance import best_responses
from strategy.display import text_width
from strategy.errors import RefusalError
from strategy.sensitivity import Grid

HOSTILE = {
    "line break": "a\nb", "carriage return": "a\rb", "tab": "a\tb", "NUL": "a\0b", "escape": "a\x1b[2Jb", "bell": "a\x07b",
    "next line": "a\x85b", "line separator": "a\u2028b", "zero width space": "a\u200bb", "joiner in Latin": "a\u200db",
    "right-to-left override": "a\u202eb", "isolate": "a\u2066b", "right-to-left mark": "a\u200f", "byte order mark": "\ufeffa",
    "soft hyphen": "a\xadb", "word joiner": "a\u2060b", "lone surrogate": "a\ud800b", "not a character": "a\uffffb",
    "grapheme joiner": "a\u034fb", "blank letter": "a\u3164", "tag": "a\U000e0041", "variant of a Latin letter": "a\ufe0f",
}  # fmt: skip
each = pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
form = NormalForm({"Ana": ("c", "d"), "Ben": ("c", "d")})

PLACES: dict[str, Callable[[str], Any]] = {
    "player of a table": lambda name: NormalFormGame.from_arrays(
        [[1]], [[1]], players=("Ana", name)
    ),
    "action of a table": lambda name: NormalFormGame.from_arrays(
        [[1]], [[1]], actions=([name], ["x"])
    ),
    "form": lambda name: NormalForm({name: ("x",)}),
    "player of a tree": lambda name: Decision(name, {"x": End()}),
    "action of a tree": lambda name: Decision("Ana", {name: End()}),
    "information set": lambda name: Decision("Ana", {"x": End()}, infoset=name),
    "chance": lambda name: Chance(name, {"x": (1, End())}),
    "event": lambda name: Chance("weather", {name: (1, End())}),
    "payoff": lambda name: End({name: 1}),
    "parameter": lambda name: Parameters({name: Parameter(1, low=0, high=2)}),
    "model": lambda name: Model(name, form=form, terms=()),
    "term": lambda name: Term("Ana", 1, name=name),
    "outcome": lambda name: Outcome(name, when=where(Ana="c")),
    "claim": lambda name: Claim(name, "A statement."),
    "condition": lambda name: where({name: "c"}),
    "action in a condition": lambda name: where(Ana=name),
}


@each
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_hostile_name_is_refused_in_one_line_that_is_seen(
    place: Callable[[str], Any], name: str
) -> None:
    with pytest.raises(StrategyError) as refused:
        place(name)
    said = str(refused.value)
    assert hidden(said) is None
    assert escaped(name) in said
    assert str(pickle.loads(pickle.dumps(refused.value))) == said


def test_names_of_every_script_are_kept() -> None:
    for name in (
        "Türkiye",
        "می\u200cخواهم",
        "क्\u200dष",
        "❤\ufe0f",
        "葛\U000e0100城",
        "日本",
        "🙂",
        "a b",
        "<b>",
        "١\u0600",
    ):
        assert hidden(name) is None, ascii(name)
        found = NormalFormGame.from_arrays([[1]], [[1]], players=(name, "Ben"))
        assert name in str(found)
    assert text_width("می\u200cخواهم") == len("میخواهم")


def test_strings_of_other_kinds_become_plain_ones() -> None:
    class Move(enum.StrEnum):
        UP = "up"

    found = NormalFormGame.from_arrays([[1]], [[1]], actions=([Move.UP], ["x"]))
    assert found.actions["1"] == ("up",)
    assert type(found.actions["1"][0]) is str
    for name in (b"Ana", 1, None):
        with pytest.raises(StrategyError, match="not a name"):
            NormalFormGame.from_arrays([[1]], [[1]], players=(name, "Ben"))  # type: ignore[arg-type]


@each
def test_prose_is_one_line_in_which_such_characters_are_seen(name: str) -> None:
    one = Parameter(1, low=0, high=2, unit=name, source=name, reason=name)
    claim = Claim("C1", name, paragraph=name)
    inquiry = Inquiry(name, "radius")
    model = Model("m", form=form, terms=(), title=name, about=name, leaves_out=(name,))
    for text in (
        one.unit,
        one.source,
        one.reason,
        claim.statement,
        claim.paragraph,
        inquiry.text,
        model.title,
        *model.leaves_out,
    ):
        assert text == one_line(name)
        assert hidden(str(text)) is None
    assert model.about == escaped(name, keep="\n")


@each
def test_no_error_repeats_such_characters(name: str) -> None:
    assert hidden(str(RefusalError(f"unknown {name}: nothing"))) is None
    with pytest.raises(StrategyError) as refused:
        ExtensiveFormGame.from_tree(name)  # type: ignore[arg-type]
    assert hidden(str(refused.value)) is None


@given(st.text(st.characters(codec=None), min_size=1))
def test_whatever_is_a_name_is_shown_on_one_line_and_can_be_written_down(name: str) -> None:
    if not name.strip() or hidden(name) is not None:
        assert hidden(escaped(name)) is None
        with pytest.raises(StrategyError):
            NormalForm({name: ("x",)})
        return
    shown = str(NormalFormGame.from_arrays([[1]], [[2]], players=(name, "Ben")))
    assert len(shown.splitlines()) == len(
        str(NormalFormGame.from_arrays([[1]], [[2]], players=("Ana", "Ben"))).splitlines()
    )
    shown.encode()
    assert escaped(name) == name


def test_pictures_joined_to_one_are_a_name_and_a_joiner_beside_anything_else_is_none() -> (
    None
):
    for picture in (
        "👨\u200d👩\u200d👧",
        "🏳\ufe0f\u200d🌈",
        "👩🏽\u200d⚖\ufe0f judge",
        "❤\ufe0f\u200d🔥",
    ):
        assert hidden(picture) is None
        assert escaped(picture) == picture
    for other in (
        "👨\u200d",
        "\u200d👨",
        "👨\u200da",
        "a\u200d👨",
        "👨\u200d\u200d👩",
        "👨 \u200d 👩",
    ):
        assert hidden(other) == "\u200d"


COMPOSED = unicodedata.normalize("NFC", "Türkiye")
TWICE = {COMPOSED: "a", unicodedata.normalize("NFD", COMPOSED): "b"}
PAID = {name: 1 if action == "a" else 2 for name, action in TWICE.items()}
ferry = NormalFormGame.from_arrays(
    [[1, 0], [0, 2]],
    [[1, 0], [0, 2]],
    players=(COMPOSED, "Q"),
    actions=(("a", "b"), tuple("xy")),
)
crossing = ExtensiveFormGame.from_tree(
    Decision(COMPOSED, {"a": End({COMPOSED: 1}), "b": End()})
)
one = Parameters(fi=Parameter(1, low=0, high=9))
TWO_IN_ONE = {
    "a play of a table": lambda: ferry.payoff(COMPOSED, {**TWICE, "Q": "x"}),
    "a play of a tree": lambda: crossing.payoff(COMPOSED, TWICE),
    "a profile": lambda: Nash().certify(ferry, {**TWICE, "Q": "x"}),
    "a plan": lambda: PureSubgamePerfect().certify(
        crossing, {name: {(): action} for name, action in TWICE.items()}
    ),
    "best responses": lambda: best_responses(ferry, "Q", TWICE),
    "payoffs of an end": lambda: End(PAID),
    "values of parameters": lambda: one.read({"fi": 3, "ﬁ": 4}),
    "what holds if a claim is wrong": lambda: Claim(
        "C1", "It is so.", if_wrong={"fi": 3, "ﬁ": 4}
    ),
    "a grid": lambda: Grid({"fi": 3, "ﬁ": 4}),
    "actions apart by spaces alone": lambda: NormalForm(
        {"Q": ("wait here", "wait\u00a0here")}
    ),
    "actions apart by a last space": lambda: NormalForm({"Q": ("wait", "wait ")}),
}


@pytest.mark.parametrize("make", TWO_IN_ONE.values(), ids=TWO_IN_ONE)
def test_two_spellings_of_one_name_are_refused(make: Callable[[], Any]) -> None:
    with pytest.raises(StrategyError, match="comes twice"):
        make()
