"""Payoffs, equilibria, verdicts and thresholds of the corridor models, computed anew from what the
models print, and held against the toolkit: 200 random points a model."""

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from games.corridor import activation, alignment, sequence
from strategy import Model, PureNash, PureSubgamePerfect, solve
from strategy.sensitivity import thresholds, verdict
from tests._games import seeds
from tests.games.by_hand._equilibria import Table, Tree
from tests.games.by_hand._printed import Printed, printed
from tests.games.by_hand._situation import Situation, along
from tests.games.by_hand._verdicts import Course, courses, verdicts

MODELS = {
    "activation": activation.model,
    "alignment": alignment.model,
    "sequence": sequence.model,
    "reaction": sequence.reaction,
}


def concepts(rules: Table | Tree) -> list[tuple[Any, Any]]:
    """Concepts of the toolkit, each with how its equilibria are found by hand."""
    if isinstance(rules, Tree):
        return [(PureSubgamePerfect(), rules.equilibria)]
    return [
        (PureNash(), rules.equilibria),
        (
            PureNash(undominated=True),
            lambda worth: rules.equilibria(worth, undominated=True),
        ),
    ]


def some_point(shown: Printed, rng: random.Random, parts: int) -> dict[str, Fraction]:
    """A value for each parameter, as printed, from a grid of so many steps."""
    return {
        name: low + (high - low) * Fraction(rng.randint(0, parts), parts)
        for name, (low, high) in shown.ranges.items()
    }


def in_names(model: Model, values: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The values by the names that the toolkit takes: the page has the parameters in their
    order."""
    return dict(zip(model.parameters, values.values(), strict=True))


def pays_as_printed(one: Situation, game: Any, value: Fraction) -> bool:
    """Whether every play pays every player what the printed terms add up to."""
    return all(
        game.payoff(player, taken) == line.at(value)
        for player, lines in one.pays.items()
        for taken, line in zip(one.plays, lines, strict=True)
    )


def compare(model: Model, rng: random.Random, parameters: int) -> int:
    """At a random point, and from there along some parameters. Returns how many equilibria
    and thresholds were compared."""
    shown = printed(model)
    # from all over the ranges, or from a coarse grid on which ties are common
    values = some_point(shown, rng, rng.choice([6, 10**6]))
    at, met = in_names(model, values), 0
    for k, moving in enumerate(rng.sample(list(values), parameters)):
        one = along(shown, values, moving)
        low, high = shown.ranges[moving]
        label = list(at)[list(values).index(moving)]
        rest = {name: value for name, value in at.items() if name != label}
        assert k or pays_as_printed(one, model.game(at=at), values[moving])
        rules = (Tree if shown.order else Table)(one)
        for concept, equilibria in concepts(rules):
            if k == 0:
                found = equilibria(one.worth(values[moving]))
                assert {one.history(i): ways for i, ways in found.items()} == solved(
                    model, concept, at
                )
                met += len(found)
                for outcome, expected in verdicts(one, found).items():
                    assert verdict(model, concept, outcome, at=at).name == expected
            for outcome, course in courses(one, rules, equilibria, low, high).items():
                t = thresholds(model, concept, outcome, label, at=rest)
                assert course == Course(
                    t.points,
                    tuple(piece.name for piece in t.pieces),
                    tuple(here.name for here in t.at_points),
                    tuple(end.name for end in t.at_ends),
                ), (outcome, label, at)
                met += len(course.points)
    return met


def solved(
    model: Model, concept: PureNash | PureSubgamePerfect, at: Mapping[str, Fraction]
) -> dict[tuple[str, ...], int]:
    """The plays of the toolkit's equilibria, and how many equilibria have each."""
    found: dict[tuple[str, ...], int] = {}
    for one in solve(model.game(at=at), concept):
        (play,) = one.plays
        assert one.count is not None or not model.form.is_tree
        found[play.history] = one.count if one.count is not None else 1
    return found


@pytest.mark.deep_but(2)
@pytest.mark.parametrize("name", list(MODELS))
@pytest.mark.parametrize("part", range(13))
def test_at_random_points(name: str, part: int) -> None:
    rng = random.Random(f"{name} {part}")
    met = sum(compare(MODELS[name], rng, parameters=2) for _ in seeds(16))
    assert met > 0


@pytest.mark.deep_but(2)
@pytest.mark.parametrize("seed", range(40))
def test_in_other_orders(seed: int) -> None:
    rng = random.Random(seed)
    players = rng.sample(list(sequence.ACTIONS), 5)
    model = sequence.in_order(players, "in another order")
    assert printed(model).order == tuple(players)
    compare(model, rng, parameters=1)
