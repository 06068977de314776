"""Every kind of game has the property that its name says, by a check of its own; and shrinks to a game that can be read."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from strategy import ExtensiveFormGame, GameError, NormalFormGame, Status, solve
from strategy.concepts import Nash, PureNash, eliminate_strictly
from strategy.generators import (
    ALL,
    TABLES,
    TREES,
    Solved,
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

Cell = tuple[int, ...]
COUNT = 120


def cells(game: NormalFormGame) -> Iterator[Cell]:
    return itertools.product(*map(range, game.form.shape))


def put(cell: Cell, player: int, action: int) -> Cell:
    return (*cell[:player], action, *cell[player + 1 :])


def has_ties(game: NormalFormGame) -> bool:
    return any(len(set(column.tolist())) < len(column) for column in game.payoffs)


def has_equal_actions(game: NormalFormGame) -> bool:
    """Whether some player has two actions that always pay it the same."""
    for i, (size, table) in enumerate(zip(game.form.shape, game.tables, strict=True)):
        lines = {tuple(table[cell] for cell in cells(game) if cell[i] == action) for action in range(size)}
        if len(lines) < size:
            return True
    return False


def is_symmetric(game: NormalFormGame) -> bool:
    """Whether any exchange of two players with their actions changes nothing."""
    for i, j in itertools.combinations(range(len(game.players)), 2):
        for cell in cells(game):
            turned = put(put(cell, i, cell[j]), j, cell[i])
            for k, table in enumerate(game.tables):
                other = game.tables[j if k == i else i if k == j else k]
                if table[cell] != other[turned]:
                    return False
    return True


def is_zero_sum(game: NormalFormGame) -> bool:
    return len(game.players) == 2 and all(game.tables[0][cell] == -game.tables[1][cell] for cell in cells(game))


def is_supermodular(game: NormalFormGame) -> bool:
    """By differences: what raising one's action by any amount adds does not fall when another raises theirs."""
    shape = game.form.shape
    for cell in cells(game):
        for i, j in itertools.permutations(range(len(shape)), 2):
            for up, higher in itertools.product(range(cell[i] + 1, shape[i]), range(cell[j] + 1, shape[j])):
                table = game.tables[i]
                here = table[put(cell, i, up)] - table[cell]
                there = table[put(put(cell, i, up), j, higher)] - table[put(cell, j, higher)]
                if there < here:
                    return False
    return True


def has_potential(game: NormalFormGame) -> bool:
    """By cycles of four: two players change their actions and change them back, and what they gain adds up to nothing."""
    shape = game.form.shape
    for cell in cells(game):
        for i, j in itertools.combinations(range(len(shape)), 2):
            for a, b in itertools.product(range(shape[i]), range(shape[j])):
                path = [cell, put(cell, i, a), put(put(cell, i, a), j, b), put(cell, j, b), cell]
                gains = [
                    int(game.tables[who][after]) - int(game.tables[who][before])
                    for who, (before, after) in zip((i, j, i, j), itertools.pairwise(path), strict=True)
                ]
                if sum(gains):
                    return False
    return True


def is_ranked(game: NormalFormGame) -> bool:
    return all(set(column.tolist()) == set(range(1, int(max(column)) + 1)) for column in game.payoffs)


def one_play_left(game: NormalFormGame) -> bool:
    return all(len(options) == 1 for options in eliminate_strictly(game).actions.values())


def one_mixed_equilibrium(game: NormalFormGame) -> bool:
    return len(solve(game, Nash())) == 1 and not len(solve(game, PureNash()))


def sees_all(game: ExtensiveFormGame) -> bool:
    return game.form.has_perfect_information and not game.form.chance


def has_chance(game: ExtensiveFormGame) -> bool:
    return bool(game.form.chance) and game.form.has_perfect_information and (game.form.mover >= 0).any()


def hides_and_nobody_forgets(game: ExtensiveFormGame) -> bool:
    """Whether some moves are not told apart, and on all ways to an information set its player has known and done the same."""
    known: dict[Any, set[Any]] = {}
    for play in game.form.plays():
        for k, (player, place, _) in enumerate(play.steps):
            known.setdefault((player, place), set()).add(tuple(step for step in play.steps[:k] if step[0] == player))
    return not game.form.has_perfect_information and all(len(ways) == 1 for ways in known.values())


PROPERTIES: dict[str, Callable[[Any], bool]] = {
    "generic": lambda game: not has_ties(game),
    "tied": has_ties,
    "degenerate": has_equal_actions,
    "symmetric": is_symmetric,
    "zero-sum": is_zero_sum,
    "supermodular": is_supermodular,
    "potential": has_potential,
    "dominance solvable": one_play_left,
    "unique mixed": one_mixed_equilibrium,
    "ordinal": is_ranked,
    "perfect information": sees_all,
    "chance": has_chance,
    "hidden moves": hides_and_nobody_forgets,
}
LEAST = {"generic": 0.99, "tied": 0.95}
"""The share of games that must have the property, where it is not all of them."""


def test_every_kind_has_its_property_here() -> None:
    assert set(PROPERTIES) == set(ALL) == {*TABLES, *TREES}


@pytest.mark.parametrize("kind", ALL)
def test_games_are_of_their_kind(kind: str) -> None:
    games = drawn(ALL[kind](), COUNT)
    held = Counter(bool(PROPERTIES[kind](game)) for game in games)
    assert held[True] >= LEAST.get(kind, 1) * len(games), held
    several = {(game.form.play_count, *[tuple(column.tolist()) for column in game.payoffs]) for game in games}
    assert len(several) > len(games) * 0.6  # they differ
    assert all(abs(value) <= 90 for game in games for column in game.payoffs for value in column.tolist())
    assert {len(game.players) for game in games} <= {2, 3}


def test_the_kinds_are_kinds() -> None:
    """Games that are drawn without a property mostly do not have it, so the checks can tell."""
    games = drawn(generic_games((3, 3)), 60)
    for kind in ("tied", "degenerate", "symmetric", "zero-sum", "supermodular", "potential", "dominance solvable"):
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
        assert isinstance(one, Solved)
        solution = solve(one.game, Nash())
        assert solution.status is Status.COMPLETE
        assert [equilibrium.profile for equilibrium in solution] == [one.profile]


def test_supermodular_and_potential_games_have_pure_equilibria() -> None:
    for kind in ("supermodular", "potential"):
        assert all(len(solve(game, PureNash())) for game in drawn(TABLES[kind](), 60))


def test_generic_games_have_finitely_many_equilibria_as_a_rule() -> None:
    games = drawn(generic_games((3, 3)), 100)
    isolated = [all(one.dimension == 0 for one in solve(game, Nash()).components) for game in games]
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


@pytest.mark.parametrize("kind", TABLES)
def test_tables_shrink_to_two_players_and_small_numbers(kind: str) -> None:
    game = simplest(TABLES[kind](), lambda game: True)
    assert game.actions == {"A": ("a1", "a2"), "B": ("b1", "b2")}
    assert [column.tolist() for column in game.payoffs] == SIMPLEST[kind]


def test_a_counter_example_is_readable() -> None:
    """Claim: a game with pure equilibria has one that is best for A. The simplest game without has two players, 0s and 1s."""
    from strategy.generators import tied_games

    def fails(game: NormalFormGame) -> bool:
        equilibria = solve(game, PureNash())
        return len(equilibria) > 0 and all(one.payoffs["A"] < game.tables[0].max() for one in equilibria)

    game = simplest(tied_games(), fails)
    assert game.form.shape == (2, 2)
    assert sum(int(column.sum()) for column in game.payoffs) <= 3


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
    assert {len(shape) for shape in drawn(shapes(players=(1, 4), actions=(1, 1)), 40)} == {1, 2, 3, 4}
    assert {game.players[27] for game in drawn(generic_games((1,) * 28), 1)} == {"B2"}


def test_ordinal_preferences() -> None:
    orders = drawn(ordinal_preferences("xyz"), 200)
    assert set(orders) == set(weak_orders("xyz"))
    assert {len(order) for order in drawn(ordinal_preferences("xyz", ties=False), 60)} == {3}
    assert simplest(ordinal_preferences("xyz"), lambda order: True) == (("x",), ("y",), ("z",))


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
