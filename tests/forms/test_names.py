"""Names of all kinds work everywhere: composed or decomposed, with spaces, quotes, markup,
and in any script."""

import pickle
import unicodedata
from fractions import Fraction
from typing import Any

import pytest

from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    ExtensiveFormGame,
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
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.concepts.dominance import best_responses, eliminate_weakly
from strategy.names import FrozenMapping, name, names, unknown
from strategy.sensitivity import regions, thresholds, verdict

NFC, NFD = (unicodedata.normalize(form, "Türkiye") for form in ("NFC", "NFD"))
ODD = [
    NFD,
    "<script>alert('x')</script>",
    "two words",
    " led by a space",
    "a\"b'c\\d",
    "日本",
    "🙂",
    "{x}",
    "%s",
    "1",
]
each_name = pytest.mark.parametrize("odd", ODD, ids=ascii)


def test_composed_and_decomposed_are_one() -> None:
    assert NFC != NFD
    assert name(NFD, "player") == name(NFC, "player") == NFC
    assert names(("a", NFD), "player") == ("a", NFC)
    with pytest.raises(ValueError, match=f"player '{NFC}' comes twice"):
        names((NFC, NFD), "player")
    assert "did you mean 'Türkiye'" in unknown("Turkiye", ("Armenia", "Türkiye"), "player")


def shown(name: str, text: str) -> bool:
    """Whether a text shows a name: as it is, or as Python writes it."""
    return name in text or repr(name)[1:-1] in text


@each_name
def test_tables(odd: str) -> None:
    kept = unicodedata.normalize("NFC", odd)
    game = NormalFormGame.from_arrays(
        [[2, 0], [1, 1]],
        [[1, 0], [0, 1]],
        players=("first", odd),
        actions=((odd, "other"), ("other", odd)),
    )
    assert game.players == ("first", kept)
    assert game.actions[kept] == ("other", kept)
    play = {"first": odd, odd: "other"}
    assert game.payoff(odd, play) == 1
    assert game.payoff("first", {"first": kept, kept: "other"}) == 2
    assert game.form.play(game.form.find(play)).steps == (
        ("first", None, kept),
        (kept, None, "other"),
    )
    assert best_responses(game, odd, {"first": odd}) == ("other",)
    solution = solve(game, PureNash())
    assert solution[0].profile[odd] == {"other": 1, kept: 0}
    assert solution[0].payoffs[kept] == 1
    assert PureNash().certify(game, {"first": {odd: 1}, odd: "other"}).holds
    assert PureNash().certify(game, {"first": "other", odd: "other"}).deviation == kept
    for text in (
        str(game),
        str(solution),
        str(eliminate_weakly(game)),
        repr(game),
        repr(solution[0]),
        repr(solution[0].profile),
    ):
        assert shown(kept, text)
    assert str(pickle.loads(pickle.dumps(solution))) == str(solution)


def tree(odd: str, leaf: Any) -> Decision:
    lucky = Chance(f"{odd} luck", {odd: ("1/3", leaf(1)), "no": ("2/3", leaf(0))})
    return Decision(
        odd,
        {
            odd: lucky,
            "stop": Decision("second", {odd: leaf(2), "go": leaf(3)}, infoset=odd),
        },
    )


@each_name
def test_trees(odd: str) -> None:
    kept = unicodedata.normalize("NFC", odd)
    game = ExtensiveFormGame.from_tree(
        tree(odd, lambda value: End({odd: value, "second": -value}))
    )
    assert game.players == (kept, "second")
    assert game.form.chance == {f"{kept} luck": (kept, "no")}
    assert game.payoff(odd, {odd: "stop", "second": odd}) == 2
    assert game.payoff(odd, {odd: odd, f"{odd} luck": odd}) == 1
    assert game.payoff("second", {odd: "stop", "second": {odd: odd}}) == -2
    (one,) = solve(game, PureSubgamePerfect())
    assert one.profile[odd][()] == {kept: 0, "stop": 1}
    assert one.profile["second"][kept][kept] == 1
    ((play, weight),) = one.plays.items()
    assert (play.steps, weight) == (((kept, (), "stop"), ("second", kept, kept)), 1)
    nested = {odd: {(): odd}, "second": {odd: {odd: 1}}}
    found = PureSubgamePerfect().certify(game, nested)
    assert (found.player, found.information_set, found.deviation, found.regret) == (
        kept,
        (),
        "stop",
        Fraction(5, 3),
    )
    for text in (str(game), str(solve(game, PureSubgamePerfect())), repr(one), repr(play)):
        assert shown(kept, text)
    again = pickle.loads(pickle.dumps(game))
    assert again.payoff(odd, {odd: odd, f"{odd} luck": odd}) == 1
    rules = ExtensiveFormGame.from_rules(
        lambda history: End({odd: 1}) if history else Decision(odd, (odd, "stop"))
    )
    assert rules.form.infoset_actions(0) == (kept, "stop")


@each_name
def test_models(odd: str) -> None:
    kept = unicodedata.normalize("NFC", odd)
    p = Parameters(x=Parameter(1, low=-1, high=2), y=Parameter(0, low=-1, high=1))
    for form, concept in [
        (NormalForm({odd: (odd, "other"), "second": (odd, "go")}), PureNash()),
        (ExtensiveForm(tree(odd, lambda _: End())), PureSubgamePerfect()),
    ]:
        model = Model(
            odd,
            form=form,
            parameters=p,
            terms=(
                Term(odd, p.x - p.y, when=where({odd: odd}), name=odd),
                Term("second", 1, when=where({"second": (odd, "go")})),
            ),
            outcomes=(Outcome(odd, when=where({odd: odd})),),
        )
        assert model.name == kept
        assert verdict(model, concept, odd).name == "EVERY"
        assert thresholds(model, concept, odd, "x").points == (0,)
        assert regions(model, concept, odd, "x", "y").outcome == kept
        (binding,) = thresholds(model, concept, odd, "x").binding[0][:1]
        assert (binding.player, binding.to) == (kept, kept)
        assert kept in str(thresholds(model, concept, odd, "x")) or repr(kept)[1:-1] in str(
            thresholds(model, concept, odd, "x")
        )


def test_decomposed_names_are_found_in_every_mapping() -> None:
    game = NormalFormGame.from_arrays([1, 0], players=(NFD,), actions=((NFD, "other"),))
    (one,) = solve(game, PureNash())
    assert one.profile[NFD][NFC] == 1
    assert NFD in game.actions
    assert game.actions[NFD] == (NFC, "other")
    assert one.payoffs[NFD] == 1
    assert one.profile[NFC][NFD] == 1


def test_read_only_mappings() -> None:
    mapping = FrozenMapping({"b": 1, "a": 2})
    assert list(mapping) == ["b", "a"]
    assert hash(mapping) == hash(FrozenMapping({"a": 2, "b": 1}))
    assert mapping == {"a": 2, "b": 1} == FrozenMapping([("a", 2), ("b", 1)])
    assert pickle.loads(pickle.dumps(mapping)) == mapping
    with pytest.raises(TypeError):
        mapping["c"] = 3  # type: ignore[index]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("", "''"),
        ("   ", "empty"),
        (None, "NoneType"),
        (3, "int"),
        (("a",), "tuple"),
        (b"a", "bytes"),
    ],
)
def test_what_is_no_name_is_refused(given: Any, shown: str) -> None:
    for build in (
        lambda: NormalForm({"A": (given, "x")}),
        lambda: NormalForm({given: ("x", "y")}),
        lambda: Decision(given, {"x": End()}),
        lambda: Decision("A", {given: End(), "x": End()}),
        lambda: Chance(given, {"x": (1, End())}),
        lambda: Chance("luck", {given: (1, End())}),
        lambda: Term(given, 1),
        lambda: Outcome(given, when=where(A="x")),
    ):
        with pytest.raises(ValueError, match="give a non-empty string") as caught:
            build()
        assert shown in str(caught.value)
