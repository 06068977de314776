"""Every kind of game has the property that its name says, by a check of its own; and
shrinks to a game that can be read."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from strategy import GameError, NormalFormGame, Status, solve
from strategy.concepts import Nash, PureNash
from strategy.generators import (
    ALL,
    TABLES,
    TREES,
    PlantedSolution,
    chance_games,
    dominance_solved,
    extensive_forms,
    generic_games,
    hidden_move_games,
    normal_forms,
    ordinal_preferences,
    shapes,
    symmetric_games,
    unique_mixed_solved,
    zero_sum_games,
)
from strategy.testing.examples import drawn, simplest
from tests._kinds import LEAST, PROPERTIES

COUNT = 120


def test_every_kind_has_its_property_here() -> None:
    assert set(PROPERTIES) == set(ALL) == {*TABLES, *TREES}


@pytest.mark.deep_but(4)
@pytest.mark.parametrize("kind", ALL)
def test_games_are_of_their_kind(kind: str) -> None:
    games = drawn(ALL[kind](), COUNT)
    held = Counter(bool(PROPERTIES[kind](game)) for game in games)
    assert held[True] >= LEAST.get(kind, 1) * len(games), held
    several = {
        (game.form.play_count, *[tuple(column.tolist()) for column in game.payoffs])
        for game in games
    }
    assert len(several) > len(games) * 0.6  # they differ
    assert all(
        abs(value) <= 90
        for game in games
        for column in game.payoffs
        for value in column.tolist()
    )
    assert {len(game.players) for game in games} <= {2, 3}


def test_the_kinds_are_kinds() -> None:
    """Games that are drawn without a property mostly do not have it, so the checks can
    tell."""
    games = drawn(generic_games((3, 3)), 60)
    for kind in (
        "tied",
        "degenerate",
        "symmetric",
        "zero-sum",
        "supermodular",
        "potential",
        "dominance solvable",
    ):
        assert sum(PROPERTIES[kind](game) for game in games) < 30, kind


@pytest.mark.parametrize("kind", TABLES)
def test_tables_of_a_given_shape(kind: str) -> None:
    shape = (3, 3)
    assert {game.form.shape for game in drawn(TABLES[kind](shape), 10)} == {shape}
    with pytest.raises(GameError, match="shape"):
        TABLES[kind]((0, 2))


@pytest.mark.parametrize("solved", [dominance_solved, unique_mixed_solved])
def test_the_known_equilibrium_is_the_only_one(solved: Any) -> None:
    for one in drawn(solved(), COUNT // 4):
        assert isinstance(one, PlantedSolution)
        solution = solve(one.game, Nash())
        assert solution.status is Status.COMPLETE
        assert [equilibrium.profile for equilibrium in solution] == [one.profile]


def test_supermodular_and_potential_games_have_pure_equilibria() -> None:
    for kind in ("supermodular", "potential"):
        assert all(len(solve(game, PureNash())) for game in drawn(TABLES[kind](), 60))


@pytest.mark.deep
def test_generic_games_have_finitely_many_equilibria_as_a_rule() -> None:
    games = drawn(generic_games((3, 3)), 100)
    isolated = [
        all(one.dimension == 0 for one in solve(game, Nash()).components) for game in games
    ]
    assert sum(isolated) >= 95


SIMPLEST = {
    "generic": [[0, 1, 2, 3]] * 2,
    "tied": [[0] * 4] * 2,
    "degenerate": [[0] * 4] * 2,
    "symmetric": [[0] * 4] * 2,
    "zero-sum": [[0] * 4] * 2,
    "supermodular": [[0] * 4] * 2,
    "potential": [[0] * 4] * 2,
    "dominance solvable": [[0, 0, -1, 0], [0, -1, 0, -1]],
    "unique mixed": [[1, 0, 0, 1], [-1, 0, 0, -1]],
    "ordinal": [[1, 2, 3, 4]] * 2,
}


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("kind", TABLES)
def test_tables_shrink_to_two_players_and_small_numbers(kind: str) -> None:
    game = simplest(TABLES[kind](), lambda game: True)
    assert game.actions == {"A": ("a1", "a2"), "B": ("b1", "b2")}
    assert [column.tolist() for column in game.payoffs] == SIMPLEST[kind]


def test_a_counter_example_is_readable() -> None:
    """Claim: a game with pure equilibria has one that is best for A. The simplest game
    without has two players, 0s and 1s."""
    from strategy.generators import tied_games

    def fails(game: NormalFormGame) -> bool:
        equilibria = solve(game, PureNash())
        return len(equilibria) > 0 and all(
            one.payoffs["A"] < game.tables[0].max() for one in equilibria
        )

    game = simplest(tied_games(), fails)
    assert game.form.shape == (2, 2)
    assert sum(int(column.sum()) for column in game.payoffs) <= 3


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("kind", TREES)
def test_trees_shrink_to_few_moves(kind: str) -> None:
    game = simplest(TREES[kind](), lambda game: True)
    assert game.form.play_count <= 4
    assert not any(column.any() for column in game.payoffs)


def test_forms() -> None:
    assert {form.shape for form in drawn(normal_forms(), 40)} <= set(
        itertools.chain(*[itertools.product((2, 3), repeat=n) for n in (2, 3)])
    )
    assert [form.shape for form in drawn(normal_forms((1, 4)), 1)] == [(1, 4)]
    both = drawn(extensive_forms(chance=True, hidden=True), 40)
    assert all(form.chance and not form.has_perfect_information for form in both)
    assert {form.players for form in drawn(extensive_forms(players=2), 20)} == {("A", "B")}
    assert {len(shape) for shape in drawn(shapes(players=(1, 4), actions=(1, 1)), 40)} == {
        1,
        2,
        3,
        4,
    }
    assert {game.players[27] for game in drawn(generic_games((1,) * 28), 1)} == {"B2"}


def test_ordinal_preferences() -> None:
    orders = drawn(ordinal_preferences("xyz"), 200)
    assert set(orders) == set(weak_orders("xyz"))
    assert {len(order) for order in drawn(ordinal_preferences("xyz", ties=False), 60)} == {
        3
    }
    assert simplest(ordinal_preferences("xyz"), lambda order: True) == (
        ("x",),
        ("y",),
        ("z",),
    )


def weak_orders(options: str) -> Iterator[Any]:
    for order in itertools.permutations(options):
        for cuts in itertools.product((True, False), repeat=len(options) - 1):
            tiers = [[order[0]]]
            for one, cut in zip(order[1:], cuts, strict=True):
                tiers += [[one]] if cut else []
                tiers[-1] += [] if cut else [one]
            yield tuple(tuple(sorted(tier)) for tier in tiers)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: symmetric_games((2, 3)), "equally many"),
        (lambda: zero_sum_games((2, 2, 2)), "two players"),
        (lambda: unique_mixed_solved((1, 2)), "two actions"),
        (lambda: ALL["degenerate"]((1, 1)), "two actions"),
        (lambda: ordinal_preferences(()), "at least one"),
        (lambda: hidden_move_games(players=1), "at least 2"),
        (lambda: chance_games(depth=0), "at least 1"),
        (lambda: generic_games((1000, 1000)), "10,000 cells"),
    ],
)
def test_refusals(make: Any, words: str) -> None:
    with pytest.raises(GameError, match=words):
        make()
