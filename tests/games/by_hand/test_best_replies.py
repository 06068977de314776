"""How often each action of the corridor models is a best reply, and which parameters a
player weighs at all: recounted by hand at a few points."""

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from statistics import fmean

import pytest

from strategy.sensitivity import best_replies, weighed_parameters
from strategy.sensitivity.samples.shares import draw
from tests._games import seeds
from tests.games.by_hand._equilibria import Table, Tree
from tests.games.by_hand._printed import printed
from tests.games.by_hand._situation import Worth, along, mover
from tests.games.by_hand.test_pure import MODELS, some_point

Cases = dict[tuple[str, str], list[tuple[bool, bool]]]
"""For each action of each player whether it is a best reply, weakly and strictly, case by
case."""
each_model = pytest.mark.parametrize("name", list(MODELS))


def replies(rules: Table | Tree, worth: Worth) -> Cases:
    """All cases at one place."""
    found: Cases = {}
    for player, options in choices(rules, worth):
        for action, (least, most) in options.items():
            others = [ends for other, ends in options.items() if other != action]
            weakly = all(most >= low for low, _ in others)
            strictly = all(least > high for _, high in others)
            found.setdefault((player, action), []).append((weakly, strictly))
    return found


def choices(
    rules: Table | Tree, worth: Worth
) -> Iterator[tuple[str, dict[str, tuple[int, int]]]]:
    """Who chooses, and the least and the most that each action may bring: in a table against
    each profile of the others, in a tree at each move, with an equilibrium after it."""
    if isinstance(rules, Table):
        for player, actions in rules.actions.items():
            for plays in {tuple(row) for row in rules.beside[player]}:
                pays = [worth[player][i] for i in plays]
                yield player, {a: (x, x) for a, x in zip(actions, pays, strict=True)}
        return
    for taken in histories(rules, {}):
        player = mover(taken, rules.order)
        if player is not None:
            options = {}
            for action in rules.actions[player]:
                ends = rules.after({**taken, player: action}, worth)
                pays = [worth[player][play] for play in ends]
                options[action] = (min(pays), max(pays))
            yield player, options


def histories(rules: Tree, taken: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """Whatever may have been done at some time."""
    yield taken
    player = mover(taken, rules.order)
    for action in rules.actions[player] if player else ():
        yield from histories(rules, {**taken, player: action})


def at_place(name: str, values: Mapping[str, Fraction]) -> Cases:
    """All cases at values by the printed names."""
    shown, moving = printed(MODELS[name]), next(iter(values))
    one = along(shown, values, moving)
    return replies((Tree if shown.order else Table)(one), one.worth(values[moving]))


@each_model
def test_shares_of_best_replies(name: str) -> None:
    """The averages over the same points that the toolkit draws."""
    samples, seed = len(seeds(8)), 5
    found = best_replies(MODELS[name], samples=samples, seed=seed)
    points = [
        dict(zip(printed(MODELS[name]).ranges, map(Fraction, map(str, row)), strict=True))
        for row in draw(MODELS[name], samples, seed).tolist()
    ]
    expected = [at_place(name, values) for values in points]
    assert {(one.player, one.action) for one in found.rows} == set(expected[0])
    for one in found.rows:
        cases = [here[one.player, one.action] for here in expected]
        for known, which in ((one.weakly, 0), (one.strictly, 1)):
            shares = [fmean(case[which] for case in here) for here in cases]
            assert known.value == pytest.approx(fmean(shares), abs=1e-12)
            assert 0 <= known.low <= known.value <= known.high <= 1
        weakly = [[weak for weak, _ in here] for here in cases]
        assert one.somewhere.value == fmean(map(any, weakly))
        assert one.everywhere.value == fmean(map(all, weakly))


@each_model
def test_ties_in_best_replies(name: str) -> None:
    """At single points of a coarse grid, where players are often indifferent."""
    model, rng, tied = MODELS[name], random.Random(name), 0
    for _ in seeds(20):
        values = some_point(printed(model), rng, parts=2)
        at = dict(zip(model.parameters, values.values(), strict=True))
        found = best_replies(model, samples=1, at=at)
        for (player, action), cases in at_place(name, values).items():
            one = found.of(player, action)
            assert one.weakly.value == pytest.approx(fmean(weak for weak, _ in cases))
            assert one.strictly.value == pytest.approx(fmean(strict for _, strict in cases))
            tied += one.weakly.value > one.strictly.value
    assert tied > 0


@each_model
def test_what_players_weigh(name: str) -> None:
    """A parameter is weighed iff some payoffs between which the player chooses differ by an
    amount that changes with it, at a point where nothing cancels by chance."""
    model = MODELS[name]
    shown, found = printed(model), weighed_parameters(model)
    values = some_point(shown, random.Random(name), parts=10**6)
    for label, moving in zip(model.parameters, values, strict=True):
        one = along(shown, values, moving)
        rules = (Tree if shown.order else Table)(one)
        for player, lines in one.pays.items():
            moved = any((lines[i] - lines[k]).slope for i, k in rules.rivals(player))
            assert moved == (label in found[player]), (label, player)
