"""An equilibrium of a tree is a plan: what everyone would do where the play does not come
is shown in every channel."""

import json
import re

import pytest

from strategy import Chance, Decision, End, ExtensiveFormGame, NormalFormGame, cli, solve
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.display import place_words
from strategy.display._plans import _MOST_PLACES
from strategy.results import as_mapping

ENTRY = Decision("Entrant", {"enter": Decision("Incumbent", {"fight": End({"Entrant": -1, "Incumbent": -1}),
                                                             "yield": End({"Entrant": 1, "Incumbent": 1})}),
                             "stay out": End({"Incumbent": 2})})  # fmt: skip
THREAT = Decision("Entrant", {"enter": Decision("Incumbent", {"fight": End({"Entrant": -1, "Incumbent": 1}),
                                                              "yield": End({"Entrant": 1})}),
                              "stay out": End({"Incumbent": 2})})  # fmt: skip
WEATHER = Decision(
    "A",
    {
        "sail": Chance(
            "weather",
            {
                "storm": ("0", Decision("B", {"help": End({"B": 1}), "hide": End()})),
                "calm": ("1", End({"A": 1})),
            },
        ),
        "stay": Decision("B", {"wave": End({"B": 1}), "sleep": End()}),
    },
)
TIED = Decision(
    "A",
    {
        "in": End({"A": 1}),
        "out": Decision("B", {"x": End(), "y": End(), "z": End()}, infoset="in the dark"),
    },
)
TREES = {"threat": THREAT, "chance of nothing": WEATHER, "tied": TIED, "entry": ENTRY}


def five(history):
    """Five players in turn; none cares, so that there are many plans and many
    equilibria."""
    return Decision(f"p{len(history)}", ("a", "b")) if len(history) < 5 else End()


def game_of(name):
    return (
        ExtensiveFormGame.from_rules(five)
        if name == "many"
        else ExtensiveFormGame.from_tree(TREES[name])
    )


def off_the_play(equilibrium):
    """Each place that no play with positive probability passes, with the action there, from
    plays and profile alone."""
    passed = {
        (player, place) for play in equilibrium.plays for player, place, _ in play.steps
    }
    return [
        (player, place, action)
        for player, rows in equilibrium.profile.actions.items()
        for place, action in rows.items()
        if (player, place) not in passed
    ]


@pytest.mark.parametrize("name", TREES)
def test_each_place_off_the_play_is_in_the_text(name):
    solution = solve(game_of(name), PureSubgamePerfect())
    text = str(solution)
    for one in solution:
        for player, place, action in off_the_play(one):
            assert f"  {player}, {place_words(place)}: {action}\n" in text + "\n"
        assert text.count("\n  ") == sum(len(off_the_play(other)) for other in solution)


def test_an_empty_threat_is_seen_to_be_none():
    text = str(solve(game_of("threat"), PureSubgamePerfect()))
    assert "Off the path of #1:\n  Incumbent, after enter: fight" in text


def test_the_plan_shown_is_one_of_many():
    solution = solve(game_of("tied"), PureSubgamePerfect())
    assert solution[0].count == 3
    assert (
        "Off the path of #1, in one of 3 plans that lead to it:\n  B, at in the dark: "
    ) in str(solution)


@pytest.mark.parametrize("name", [*TREES, "many"])
def test_the_profile_as_text_has_the_whole_plan(name):
    profile = solve(game_of(name), PureSubgamePerfect())[0].profile
    lines = [re.split(r"  +", line) for line in str(profile).split("\n")[2:]]
    shown = [
        [player, place_words(place), action]
        for player, rows in profile.actions.items()
        for place, action in rows.items()
    ]
    assert lines == shown
    page = profile._repr_html_()
    assert all(f"<td>{action}</td>" in page for _, _, action in shown)


def test_what_is_long_is_folded_and_says_how_much(capsys):
    solution = solve(game_of("many"), PureSubgamePerfect())
    places = len(off_the_play(solution[0]))
    left = (
        f"... and {places - _MOST_PLACES} more places where somebody would move: "
        "print(solution[0].profile) shows all"
    )
    assert left in str(solution)
    assert (
        f"... and the plans of {len(solution) - 3} more equilibria: "
        "print(solution[3].profile) shows all"
    ) in str(solution)
    assert "more places where somebody would move" in solution._repr_html_()
    assert cli.run(["solve", "corridor.sequence"]) == 0
    assert (
        "... and 12 more places where somebody would move: --json prints all"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize("name", [*TREES, "many"])
def test_data_has_every_place_and_whether_the_play_comes_there(name):
    solution = solve(game_of(name), PureSubgamePerfect())
    for one, told in zip(solution, as_mapping(solution)["equilibria"], strict=True):
        actions = {
            (player, tuple(row["at"]) if isinstance(row["at"], list) else row["at"]): (
                row["action"],
                row["reached"],
            )
            for player, rows in told["plan"].items()
            for row in rows
        }
        off = {(player, place) for player, place, _ in off_the_play(one)}
        assert actions == {
            (player, place): (action, (player, place) not in off)
            for player, rows in one.profile.actions.items()
            for place, action in rows.items()
        }


def test_the_command_prints_the_plan_as_text_and_as_data(capsys):
    assert cli.run(["solve", "corridor.reaction", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["equilibria"]
    rows = [(player, row) for player, rows in one["plan"].items() for row in rows]
    assert len(rows) == 21
    assert cli.run(["solve", "corridor.reaction"]) == 0
    out = " ".join(capsys.readouterr().out.split())  # however wide the page is
    shown = [
        f"{player}, {place_words(tuple(row['at']))}: {row['action']}" in out
        for player, row in rows
        if not row["reached"]
    ]
    assert sum(shown) == _MOST_PLACES


def test_plans_that_are_too_much_are_left_out_of_the_data(monkeypatch):
    monkeypatch.setattr("strategy.results._MOST_PLACES", 10)
    assert (
        as_mapping(solve(game_of("many"), PureSubgamePerfect()))["equilibria"][0]["plan"]
        is None
    )


def test_a_table_has_no_plan_beside_its_profile():
    solution = solve(
        NormalFormGame.from_arrays([[1, 0], [0, 1]], [[1, 0], [0, 1]]), PureNash()
    )
    assert "does not come" not in str(solution)
    assert "plan" not in as_mapping(solution)["equilibria"][0]
    assert str(solution[0].profile) == "PureProfile(1: 1, 2: 1)"
    assert "<td>1</td>" in solution[0].profile._repr_html_()
