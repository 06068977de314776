"""Shares of best replies, and what players weigh, on random small tables and trees, with
chance and ties: by their definitions, in fractions."""

import random
from fractions import Fraction
from statistics import fmean
from typing import Any

import pytest

from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    Model,
    NormalForm,
    Parameter,
    Parameters,
    RefusalError,
    Term,
    where,
)
from strategy.sensitivity import best_replies, dominant_actions, weighed_parameters
from tests import _oracles as naive
from tests._games import Move, seeds, subtrees, walk
from tests._models import naive_payoffs, naive_tree, random_model

Options = dict[str, list[Any]]
"""What each action may bring the one who chooses."""


def choices(model: Model, values: dict[str, Fraction]) -> list[tuple[str, Options]]:
    """Who chooses between what: against each profile of the others, or at each move with any
    equilibrium after it."""
    payoffs = naive_payoffs(model, values)
    if isinstance(model.form, NormalForm):
        found: dict[Any, Options] = {}
        for number, play in enumerate(model.form.plays()):
            for axis, (player, _, action) in enumerate(play.steps):
                key = (player, tuple(one for one in play.steps if one[0] != player))
                found.setdefault(key, {})[action] = [payoffs[axis][number]]
        return [(player, options) for (player, _), options in found.items()]
    result = []
    for _, node in walk(naive_tree(model, payoffs, values)):
        if isinstance(node, Move):
            me = model.players.index(node.player)
            options = {
                action: [
                    worth[me]
                    for worth, _ in naive.by_recursion(after, model.players, spread=False)
                ]
                for action, after in subtrees(node).items()
            }
            result.append((node.player, options))
    return result


def test_at_single_points() -> None:
    ties = 0
    for seed in seeds(60):
        rng = random.Random(f"replies {seed}")
        model = random_model(f"replies {seed}")
        values = {
            label: one.low + (one.high - one.low) * Fraction(rng.randint(0, 3), 3)
            for label, one in model.parameters.items()
        }
        found = best_replies(model, samples=1, at=values)
        cases: dict[tuple[str, str], list[tuple[bool, bool]]] = {}
        for player, options in choices(model, values):
            for action, mine in options.items():
                others = [rest for other, rest in options.items() if other != action]
                weakly = all(max(mine) >= min(rest) for rest in others)
                strictly = all(min(mine) > max(rest) for rest in others)
                cases.setdefault((player, action), []).append((weakly, strictly))
        assert [(one.player, one.action) for one in found.rows] == [
            (player, action)
            for player in model.players
            for action in model.form.actions[player]
        ]
        for one in found.rows:
            here = cases[one.player, one.action]
            assert one.weakly.value == pytest.approx(fmean(weak for weak, _ in here))
            assert one.strictly.value == pytest.approx(fmean(strict for _, strict in here))
            assert one.everywhere.value == all(weak for weak, _ in here)
            assert one.somewhere.value == any(weak for weak, _ in here)
            ties += one.weakly.value > one.strictly.value
    assert ties > 5


def test_dominant_actions_are_best_replies_everywhere() -> None:
    seen = 0
    for seed in seeds(30):
        model = random_model(f"dominant {seed}")
        for player, action in dominant_actions(model).items():
            assert best_replies(model, samples=20).of(player, action).everywhere.value == 1
            seen += 1
    assert seen > 3


p = Parameters(
    stake=Parameter(1, low=0, high=2),
    tax=Parameter(1, low=0, high=2),
    luck=Parameter("1/2", low=0, high=1),
)


def test_what_cancels_is_not_weighed() -> None:
    """A tax that falls due whatever a player does; in a tree with chance, the luck counts."""
    terms = (
        Term("Ana", p.stake, when=where(Ana="in"), name="stake"),
        Term("Ana", -p.tax, name="tax"),
        Term("Ben", -p.tax, when=where(Ana="in"), name="tax of Ben"),
    )
    moves = {"Ana": ("in", "out"), "Ben": ("in", "out")}
    table = Model("table", form=NormalForm(moves), parameters=p, terms=terms)
    assert weighed_parameters(table) == {"Ana": ("stake",), "Ben": ()}
    last = Decision("Ben", {"in": End(), "out": End()})
    tree = Decision("Ana", {"in": last, "out": last})
    form = ExtensiveForm(tree, players=("Ana", "Ben"))
    in_turn = Model("tree", form=form, parameters=p, terms=terms)
    assert weighed_parameters(in_turn) == {"Ana": ("stake",), "Ben": ()}
    drawn = Chance("weather", {"fair": (p.luck, tree), "foul": (1 - p.luck, End())})
    form = ExtensiveForm(drawn, players=("Ana", "Ben"))
    by_chance = Model("luck", form=form, parameters=p, terms=terms)
    assert weighed_parameters(by_chance) == {"Ana": ("stake", "luck"), "Ben": ("luck",)}


def test_what_is_hidden_is_refused() -> None:
    later = {"in": End(), "out": End()}
    hidden = Decision(
        "Ana",
        {
            "in": Decision("Ben", later, infoset="hidden"),
            "out": Decision("Ben", later, infoset="hidden"),
        },
    )
    model = Model("hidden", form=ExtensiveForm(hidden), parameters=p, terms=())
    with pytest.raises(RefusalError, match="information"):
        best_replies(model)


def test_the_table_says_what_was_drawn() -> None:
    found = best_replies(random_model("replies 3"), samples=50, seed=2)
    text = " ".join(str(found).split())
    assert "50 uniform samples, seed 2" in text
    for one in found.rows:
        assert f"{one.player} {one.action} {one.weakly.percent()}" in text
