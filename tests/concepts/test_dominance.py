"""Best responses, dominance and iterated elimination against their definitions on random
tables."""

import random

import pytest

from strategy import GameError, NormalFormGame, RefusalError
from strategy.concepts.dominance import (
    best_responses,
    eliminate_strictly,
    eliminate_weakly,
    strictly_dominated,
    weakly_dominated,
)
from tests import _oracles as naive
from tests._games import Leaf, Table, random_table, seeds, tree_game


def test_best_responses() -> None:
    for seed in seeds(100):
        rng = random.Random(f"best {seed}")
        table = random_table(rng, most_cells=100)
        exact, game = table.exact(), table.game()
        for cell in rng.sample(table.cells, min(5, len(table.cells))):
            for i, who in enumerate(table.players):
                line = {
                    action: exact[i][naive.with_action(cell, i, a)]
                    for a, action in enumerate(table.actions[i])
                }
                expected = tuple(
                    action for action, value in line.items() if value == max(line.values())
                )
                others = dict(zip(table.players, table.names(cell), strict=True))
                if rng.random() < 0.5:
                    del others[who]
                assert best_responses(game, who, others) == expected


@pytest.mark.parametrize(
    ("strict", "dominated"), [(True, strictly_dominated), (False, weakly_dominated)]
)
def test_dominated_actions_and_what_dominates_them(strict: bool, dominated) -> None:
    for seed in seeds(150):
        table = random_table(random.Random(f"dominated {seed}"), most_cells=100)
        exact = table.exact()
        found = dominated(table.game())
        for i, (who, options) in enumerate(zip(table.players, table.actions, strict=True)):
            better = {
                action: naive.dominators(
                    exact, naive.everything(table.shape), i, a, strict=strict
                )
                for a, action in enumerate(options)
            }
            assert set(found[who]) == {action for action, by in better.items() if by}
            for action, by in found[who].items():
                assert options.index(by) in better[action]


def kept_names(table: Table, kept: naive.Kept) -> dict[str, tuple[str, ...]]:
    return {
        who: tuple(options[a] for a in row)
        for who, options, row in zip(table.players, table.actions, kept, strict=True)
    }


def few_payoffs(rng: random.Random) -> Table:
    """Small tables of few values, in which elimination goes several rounds and its order
    often matters."""
    shape = rng.choice([(2, 2), (3, 3), (2, 3), (4, 3), (3, 3, 2), (2, 2, 2), (3,)])
    values = list(range(rng.choice([2, 2, 3, 6])))
    names = tuple(str(i) for i in range(len(shape)))
    actions = tuple(tuple("abcd"[:size]) for size in shape)
    table = Table(names, actions, ({},) * len(shape))
    return Table(
        names,
        actions,
        tuple({cell: rng.choice(values) for cell in table.cells} for _ in shape),
    )


def test_iterated_elimination() -> None:
    mattered = long = 0
    for seed in seeds(250):
        table = few_payoffs(random.Random(f"eliminate {seed}"))
        exact, game = table.exact(), table.game()
        for strict, eliminate in ((True, eliminate_strictly), (False, eliminate_weakly)):
            found = eliminate(game)
            kept, rounds = naive.elimination(exact, table.shape, strict=strict)
            assert dict(found.actions) == kept_names(table, kept)
            assert len(found.rounds) == rounds
            anywhere = naive.ends(exact, naive.everything(table.shape), {}, strict=strict)
            assert found.order_matters == (anywhere != {kept})
            assert not (strict and found.order_matters)
            mattered += bool(found.order_matters)
            long += rounds > 1
            self_consistent(table, found, strict)
    assert mattered > 10
    assert long > 50


def self_consistent(table: Table, found, strict: bool) -> None:
    """Round by round: what is dropped was dominated then by what it says, and nothing that
    was dominated stayed."""
    exact, kept = table.exact(), naive.everything(table.shape)
    for dropped in found.rounds:
        number = {
            (who, action): (i, a)
            for i, who in enumerate(table.players)
            for a, action in enumerate(table.actions[i])
        }
        gone = {number[who, action] for who, action, _ in dropped}
        assert gone == naive.dominated(exact, kept, strict=strict)
        for who, action, by in dropped:
            i, a = number[who, action]
            assert number[who, by][1] in naive.dominators(exact, kept, i, a, strict=strict)
        kept = naive.without(kept, gone)


def test_a_search_cut_short_says_so() -> None:
    import numpy as np

    falling = np.arange(5)[:, None] * np.ones(5, dtype=int) + np.eye(5, dtype=int)
    game = NormalFormGame.from_arrays(falling, falling.T)
    assert eliminate_weakly(game, search=3).order_matters is None
    assert eliminate_weakly(game).order_matters is False


def test_trees_and_unknown_names_are_refused() -> None:
    tree = tree_game(Leaf({"A": 1}), ("A",))
    for ask in (strictly_dominated, weakly_dominated, eliminate_strictly, eliminate_weakly):
        with pytest.raises(RefusalError, match="PureSubgamePerfect"):
            ask(tree)
    game = NormalFormGame.from_arrays(
        [[1, 0], [0, 1]], [[1, 0], [0, 1]], players=("Türkiye", "Iran")
    )
    with pytest.raises(GameError, match="did you mean 'Iran'"):
        best_responses(game, "Irn", {})
    with pytest.raises(GameError, match="what Iran does"):
        best_responses(game, "Türkiye", {})
