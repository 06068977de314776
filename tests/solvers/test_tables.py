"""Random tables: the pure equilibria are those that looking at every cell finds, and they
follow what is done to the game."""

import random
from fractions import Fraction
from typing import Any

import pytest

from strategy import (
    Certificate,
    Decision,
    End,
    ExtensiveFormGame,
    NormalFormGame,
    RefusalError,
    Status,
    solve,
)
from strategy.concepts import PureNash
from strategy.concepts.choices import fitting
from strategy.forms.profiles import read_pure
from tests import _oracles as naive
from tests._games import Cell, Table, random_table, seeds

FACTORS = [Fraction(1, 10**12), Fraction(3, 7), Fraction(10**15)]
SHIFTS = [Fraction(0), Fraction(10**9), Fraction(-(10**9), 3)]


def found(table: Table, *, undominated: bool = False) -> list[tuple[str, ...]]:
    """The action names at each equilibrium, in the order of the solution."""
    solution = solve(table.game(), PureNash(undominated=undominated))
    assert solution.status is (Status.COMPLETE if len(solution) else Status.NONE_EXISTS)
    # the search leaves out by itself what the concept would not let pass
    assert not solution.rejected
    return [
        tuple(action for _, _, action in play.steps)
        for one in solution
        for play in one.plays
    ]


class Equal:
    """Pure Nash equilibria at which all get the same."""

    refines = PureNash

    def refuses(self, game: Any) -> str | None:
        return PureNash().refuses(game)

    def certify(self, game: Any, profile: Any) -> Certificate:
        paid = {
            game.payoff(who, read_pure(game.form, profile).actions) for who in game.players
        }
        return (
            PureNash().certify(game, profile) if len(paid) == 1 else Certificate(False, 0)
        )


def test_a_concept_that_refines_pure_nash_needs_no_solver_of_its_own() -> None:
    game = NormalFormGame.from_arrays([[4, 0], [3, 3]], [[5, 3], [0, 3]])
    found = solve(game, Equal())
    assert (found.status, found.rejected) == (Status.COMPLETE, 1)
    assert [one.payoffs["1"] for one in found] == [3]


class Unfound:
    """A concept that no solver knows."""

    def refuses(self, game: Any) -> None:
        return None

    def certify(self, game: Any, profile: Any) -> Certificate:
        raise NotImplementedError

    def __str__(self) -> str:
        return "unfound"


def test_where_no_solver_fits_one_reason_is_said_and_the_others_are_there() -> None:
    game = NormalFormGame.from_arrays([[4, 0], [3, 3]], [[5, 3], [0, 3]])
    with pytest.raises(RefusalError, match=r"^no solver is for unfound: write one") as said:
        solve(game, Unfound())
    assert len(str(said.value)) < 150
    assert (
        "LemkeHowson finds Nash equilibria, not unfound: use Nash()" in said.value.reasons
    )
    assert len(said.value.reasons) > 5
    hidden = Decision("B", {"l": End({"A": 1}), "r": End()}, infoset="unseen")
    tree = ExtensiveFormGame.from_tree(Decision("A", {"x": hidden, "y": hidden}))
    with pytest.raises(RefusalError, match=r"^PureSubgamePerfect takes") as said:
        fitting(tree)
    assert any(one.startswith("Nash takes normal-form") for one in said.value.reasons)
    assert "Nash takes normal-form" not in str(said.value)


@pytest.mark.deep_but(2)
@pytest.mark.parametrize("block", range(4))
def test_equilibria_are_those_of_every_cell_looked_at(block: int) -> None:
    for seed in seeds(150):
        table = random_table(random.Random(f"cells {block} {seed}"))
        exact = table.exact()
        assert found(table) == [
            table.names(cell) for cell in naive.pure_nash(table.shape, exact)
        ], (block, seed)
        expected = [
            table.names(cell) for cell in naive.undominated_nash(table.shape, exact)
        ]
        assert found(table, undominated=True) == expected, (block, seed)


def test_payoffs_and_plays_of_equilibria_are_those_of_the_cells() -> None:
    for seed in seeds(60):
        table = random_table(random.Random(f"payoffs {seed}"), most_actions=3)
        exact, game = table.exact(), table.game()
        cells = naive.pure_nash(table.shape, exact)
        for cell, one in zip(cells, solve(game, PureNash()), strict=True):
            names = dict(zip(table.players, table.names(cell), strict=True))
            assert dict(one.payoffs) == {
                who: rows[cell] for who, rows in zip(table.players, exact, strict=True)
            }
            assert {
                who: max(row, key=row.__getitem__) for who, row in one.profile.items()
            } == names
            assert all(
                sorted(row.values()) == [0] * (len(row) - 1) + [1]
                for row in one.profile.values()
            )
            assert [vector.tolist() for vector in one.to_arrays()] == [
                [float(i == taken) for i in range(size)]
                for taken, size in zip(cell, table.shape, strict=True)
            ]
            assert all(game.payoff(who, names) == one.payoffs[who] for who in table.players)


def relabelled(
    table: Table, rng: random.Random
) -> tuple[Table, dict[str, str], dict[str, dict[str, str]]]:
    """Other names for the same players and actions."""
    players = dict(
        zip(
            table.players,
            rng.sample([f"player {i}" for i in range(9)], len(table.players)),
            strict=True,
        )
    )
    actions = {
        who: dict(
            zip(
                options,
                rng.sample([f"action {i}" for i in range(9)], len(options)),
                strict=True,
            )
        )
        for who, options in zip(table.players, table.actions, strict=True)
    }
    renamed = tuple(
        tuple(actions[who][a] for a in options)
        for who, options in zip(table.players, table.actions, strict=True)
    )
    return (
        Table(
            tuple(players[who] for who in table.players),
            renamed,
            table.payoffs,
            table.dtypes,
        ),
        players,
        actions,
    )


def reordered(table: Table, rng: random.Random) -> Table:
    """The same game with players and actions in another order."""
    order = rng.sample(range(len(table.players)), len(table.players))
    inner = [rng.sample(range(size), size) for size in table.shape]

    def moved(cell: Cell) -> Cell:
        return tuple(inner[i].index(cell[i]) for i in order)

    return Table(
        tuple(table.players[i] for i in order),
        tuple(tuple(table.actions[i][a] for a in inner[i]) for i in order),
        tuple(
            {moved(cell): value for cell, value in table.payoffs[i].items()} for i in order
        ),
        tuple(table.dtypes[i] for i in order),
    )


@pytest.mark.parametrize("undominated", [False, True])
def test_the_answer_follows_the_game(undominated: bool) -> None:
    for seed in seeds(120):
        rng = random.Random(f"follows {seed}")
        table = random_table(rng, most_cells=100)
        before = found(table, undominated=undominated)

        other, players, actions = relabelled(table, rng)
        assert found(other, undominated=undominated) == [
            tuple(
                actions[who][action]
                for who, action in zip(table.players, names, strict=True)
            )
            for names in before
        ]
        assert [players[who] for who in table.players] == list(other.game().players)

        other = reordered(table, rng)
        mixed = {
            frozenset(zip(other.players, names, strict=True))
            for names in found(other, undominated=undominated)
        }
        assert mixed == {
            frozenset(zip(table.players, names, strict=True)) for names in before
        }

        changes = [(rng.choice(FACTORS), rng.choice(SHIFTS)) for _ in table.players]
        scaled = tuple(
            {cell: factor * value + shift for cell, value in rows.items()}
            for rows, (factor, shift) in zip(table.exact(), changes, strict=True)
        )
        assert (
            found(Table(table.players, table.actions, scaled), undominated=undominated)
            == before
        )


def test_a_strictly_dominated_action_changes_nothing() -> None:
    for seed in seeds(60):
        rng = random.Random(f"added {seed}")
        table = random_table(rng, most_actions=3)
        exact, who = table.exact(), rng.randrange(len(table.players))
        new = len(table.actions[who])
        for i, rows in enumerate(exact):
            for cell in table.cells:
                if cell[who] == 0:
                    extra = naive.with_action(cell, who, new)
                    rows[extra] = rows[cell] - 1 if i == who else Fraction(rng.randrange(3))
        actions = tuple(
            (*options, "never") if i == who else options
            for i, options in enumerate(table.actions)
        )
        assert found(Table(table.players, actions, tuple(exact))) == found(table)


@pytest.mark.parametrize(
    ("shape", "count"),
    [((1,), 1), ((7,), 7), ((1, 1, 1, 1, 1), 1), ((1, 3, 1, 2), 6), ((2,) * 10, 1024)],
)
def test_in_a_constant_game_every_cell_is_an_equilibrium(shape: Cell, count: int) -> None:
    import numpy as np

    from strategy import NormalFormGame

    game = NormalFormGame.from_arrays(*[np.full(shape, 3)] * len(shape))
    for undominated in (False, True):
        assert len(solve(game, PureNash(undominated=undominated))) == count
