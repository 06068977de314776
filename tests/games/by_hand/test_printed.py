"""What a model prints in words, on its page, and in data, in analysis.json, is one and the
same; and what is no amount or condition is refused, not run."""

import json
import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from typer.testing import CliRunner

from strategy.cli import app
from tests.games.by_hand import _amounts, _conditions
from tests.games.by_hand._amounts import Line
from tests.games.by_hand._conditions import Taken
from tests.games.by_hand._printed import printed
from tests.games.by_hand._situation import along
from tests.games.by_hand.test_pure import MODELS, some_point

each_model = pytest.mark.parametrize("name", list(MODELS))


def line(start: int | str, slope: int = 0) -> Line:
    return Line(Fraction(start), Fraction(slope))


def holds(when: Mapping[str, Any], taken: Taken) -> bool:
    """A condition in data."""
    if "who" in when:
        return taken.get(when["who"]) == when["action"]
    if "not" in when:
        return not holds(when["not"], taken)
    if "all" in when:
        return all(holds(one, taken) for one in when["all"])
    return any(holds(one, taken) for one in when["any"])


@each_model
def test_the_page_says_what_the_data_say(name: str) -> None:
    model = MODELS[name]
    asked = ["analyse", f"corridor.{name}", "--only", "assumptions", "--json"]
    document = json.loads(CliRunner().invoke(app, asked).stdout)
    data = document["models"][0]["assumptions"]
    shown = printed(model)
    values = some_point(shown, random.Random(name), parts=10**6)
    plays = along(shown, values, next(iter(values))).plays
    by_label = {label: Line(value) for label, value in values.items()}
    names = [one["name"] for one in data["parameters"]]
    by_name = dict(zip(names, by_label.values(), strict=True))
    for part, one in zip(shown.parts, data["terms"], strict=True):
        assert part.player == one["player"]
        assert part.amount(by_label) == _amounts.read(one["amount"], names)(by_name)
        for taken in plays:
            assert part.when(taken) == holds(one["when"], taken)
    for one in data["outcomes"]:
        for taken in plays:
            assert shown.outcomes[one["name"]](taken) == holds(one["when"], taken)


@each_model
def test_the_plays_are_those_of_the_model(name: str) -> None:
    shown = printed(MODELS[name])
    values = {label: low for label, (low, _) in shown.ranges.items()}
    one = along(shown, values, next(iter(values)))
    plays = [one.history(i) for i in range(len(one.plays))]
    assert sorted(plays) == sorted(play.history for play in MODELS[name].form.plays())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-3*(1 - x)", line(-3, 3)),
        ("y/2 - x", line(2, -1)),
        ("2 × the long name^2 − 0.5", line("17.5")),
        ("-x**2/x", None),
        ("x*x", None),
        ("1/x", None),
    ],
)
def test_amounts(text: str, value: Line | None) -> None:
    values = {"x": line(0, 1), "y": line(4), "the long name": line(3), "name": line(7)}
    amount = _amounts.read(text, values)
    if value is not None:
        assert amount(values) == value
    else:
        with pytest.raises(ValueError, match="parameter that moves"):
            amount(values)


@pytest.mark.parametrize(
    "text", ["", "2 x", "Max(x, 1)", "(x", "x)", "x**x", "__import__('os')", "x +"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not understood|ends|left open|no whole"):
        _amounts.read(text, ["x"])


ACTIONS = {"Ana": ("go", "go on", "stop"), "Ben": ("go", "stop")}


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("always", {"go go", "stop go", "go on stop"}),
        ("Ana: go", {"go go"}),
        ("Ana: go on or stop", {"stop go", "go on stop"}),
        ("not Ana: go and Ben: stop", {"go on stop"}),
        ("not (Ana: go or Ben: stop)", {"stop go"}),
        ("Ana: stop or (Ben: go and not Ana: go)", {"stop go"}),
    ],
)
def test_conditions(text: str, true: set[str]) -> None:
    when = _conditions.read(text, ACTIONS)
    plays = [("go", "go"), ("stop", "go"), ("go on", "stop")]
    assert {
        " ".join(play) for play in plays if when(dict(zip(ACTIONS, play, strict=True)))
    } == true


@pytest.mark.parametrize(
    "text", ["", "Ana", "Ana: run", "Cy: go", "(Ana: go", "Ana: go and"]
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not understood|left open"):
        _conditions.read(text, ACTIONS)
