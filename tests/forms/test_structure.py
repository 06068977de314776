"""Tables and trees hold what was written: plays, histories, masks, information sets,
whichever way they were built."""

import itertools
import math
import pickle
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    ExtensiveFormGame,
    GameError,
    NormalForm,
    NormalFormGame,
    Play,
)
from tests import _oracles as naive
from tests._games import (
    Leaf,
    Luck,
    Move,
    Tree,
    random_table,
    random_tree,
    seeds,
    subtrees,
    tree_game,
    walk,
    worth,
    written,
)


def some_tree(seed: Any, most: int = 80) -> tuple[Tree, tuple[str, ...]]:
    rng = random.Random(f"structure {seed}")
    pool = rng.choice([[0, 1, 2], [0.1, 0.5], [Fraction(1, 3), 2**70, 0]])
    return random_tree(
        rng, rng.randint(1, most), rng.randint(1, 5), rng.choice([0, 0.3]), pool
    )


def steps(tree: Tree, history: tuple[str, ...]) -> tuple[Any, ...]:
    found, node = [], tree
    for i, action in enumerate(history):
        found.append(
            (None, node.name, action)
            if isinstance(node, Luck)
            else (node.player, history[:i], action)
        )
        node = subtrees(node)[action]
    return tuple(found)


def test_trees_hold_what_was_written() -> None:
    for seed in seeds(60):
        tree, players = some_tree(seed)
        game = tree_game(tree, players)
        form, leaves = (
            game.form,
            {history: node for history, node in walk(tree) if isinstance(node, Leaf)},
        )
        plays = list(form.plays())
        assert {play.history for play in plays} == set(leaves)
        assert len(plays) == form.play_count == len(leaves)
        assert form.node_count == len(list(walk(tree)))
        assert [len(play.history) for play in plays] == sorted(
            len(history) for history in leaves
        )
        for number, play in enumerate(plays):
            assert play.steps == steps(tree, play.history)
            assert form.play(number) == play == Play(play.steps)
            assert form.find(play) == number
            for who in players:
                assert game.payoff(who, play) == worth(
                    leaves[play.history].payoffs.get(who, 0)
                )
        assert form.profile_count == naive.profile_count(tree)
        assert form.has_perfect_information
        moves = naive.moves(tree)
        keys = {
            who: [form.infoset_key(one) for one in form.infosets(who)] for who in players
        }
        assert {who: set(found) for who, found in keys.items()} == {
            who: {history for history, node in moves.items() if node.player == who}
            for who in players
        }
        for who in players:
            for one in form.infosets(who):
                assert form.infoset_actions(one) == tuple(
                    moves[form.infoset_key(one)].options
                )
        for node in range(form.node_count):
            history = form.history(node)
            assert (
                form.parent[node] == -1
                if not history
                else form.history(int(form.parent[node])) == history[:-1]
            )
            assert form.depth[node] == len(history)
        assert [int(form.depth[start]) for start in form.levels[:-1]] == list(
            range(len(form.levels) - 1)
        )


def test_masks_say_who_took_what_where() -> None:
    for seed in seeds(40):
        tree, players = some_tree(seed, 40)
        form = tree_game(tree, players).form
        lucky = {node.name for _, node in walk(tree) if isinstance(node, Luck)}
        assert set(form.chance) == lucky
        for who, options in {**form.actions, **form.chance}.items():
            assert set(options) == {
                action
                for _, node in walk(tree)
                if not isinstance(node, Leaf)
                and (node.player if isinstance(node, Move) else node.name) == who
                for action in node.options
            }
            for action in (*options, "never"):
                expected = [
                    any(
                        (step[0] or step[1]) == who and step[2] == action
                        for step in play.steps
                    )
                    for play in form.plays()
                ]
                assert (
                    form.moves(who, action).tolist()
                    == expected
                    == [play.took(who, action) for play in form.plays()]
                )
                assert not form.moves(who, action, at="nowhere").any()


def test_rules_unfold_to_the_tree_that_they_describe() -> None:
    for seed in seeds(40):
        tree, players = some_tree(seed)
        nodes = dict(walk(tree))

        def step(history: tuple[str, ...], nodes: Any = nodes) -> Decision | Chance | End:
            node = nodes[history]
            if isinstance(node, Leaf):
                return End(node.payoffs)
            if isinstance(node, Luck):
                return Chance(
                    node.name, {event: p for event, (p, _) in node.options.items()}
                )
            return Decision(node.player, tuple(node.options))

        one, other = (
            tree_game(tree, players),
            ExtensiveFormGame.from_rules(step, players=players),
        )
        assert list(one.form.plays()) == list(other.form.plays())
        assert one.form.players == other.form.players
        assert all(
            (a == b).all()
            for a, b in zip(one.exact_payoffs(), other.exact_payoffs(), strict=True)
        )
        assert all(
            (getattr(one.form, name) == getattr(other.form, name)).all()
            for name in ("mover", "first", "label", "infoset", "depth")
        )
        assert list(ExtensiveForm(written(tree), players=players).plays()) == list(
            one.form.plays()
        )
        again = pickle.loads(pickle.dumps(one))
        assert list(again.form.plays()) == list(one.form.plays())
        assert str(again) == str(one)


def test_players_come_in_order_of_first_appearance() -> None:
    tree = Decision(
        "B", {"x": End({"C": 1, "A": 1}), "y": Decision("D", {"z": End({"E": 2})})}
    )
    assert ExtensiveFormGame.from_tree(tree).players == ("B", "C", "A", "D", "E")
    assert (
        ExtensiveFormGame.from_tree(tree, players=("A", "B", "C", "D", "E", "F")).players[
            -1
        ]
        == "F"
    )
    game = ExtensiveFormGame.from_tree(tree)
    assert game.actions == {"B": ("x", "y"), "C": (), "A": (), "D": ("z",), "E": ()}
    assert game.payoff("E", {"B": "y", "D": "z"}) == 2
    assert game.payoff("A", {"B": "y", "D": "z"}) == 0


def test_information_sets() -> None:
    def second(label: str | None) -> Decision:
        return Decision("B", {"l": End(), "r": End()}, infoset=label)

    form = ExtensiveForm(
        Decision(
            "A",
            {"l": second("dark"), "r": second("dark"), "m": second(None)},
            infoset="start",
        )
    )
    assert [form.infoset_key(one) for one in form.infosets("B")] == ["dark", ("m",)]
    assert [form.infoset_key(one) for one in form.infosets("A")] == ["start"]
    assert form.profile_count == 3 * 2 * 2
    assert not form.has_perfect_information
    assert form.moves("B", "l", at="dark").sum() == 2
    assert form.find({"A": "r", "B": {"dark": "l"}}) == form.find({"A": "r", "B": "l"})
    with pytest.raises(GameError, match="what B does"):
        form.find({"A": "m", "B": {"dark": "l"}})
    with pytest.raises(GameError, match="goes on after the tree has ended"):
        form.find(Play((*form.play(0).steps, ("A", "more", "l"))))
    # A name belongs to a player: another player's moves of that name are others.
    both = ExtensiveForm(
        Decision("A", {"l": Decision("B", {"x": End()}, infoset="i")}, infoset="i")
    )
    assert both.has_perfect_information
    # Twice on one path: somebody who forgets is still a tree, only not one of perfect
    # information.
    again = ExtensiveForm(
        Decision(
            "A",
            {"on": Decision("A", {"on": End(), "off": End()}, infoset="i"), "off": End()},
            infoset="i",
        )
    )
    assert (again.profile_count, again.has_perfect_information) == (2, False)


def test_tables_hold_what_was_written() -> None:
    for seed in seeds(60):
        table = random_table(random.Random(f"structure {seed}"), most_cells=100)
        game, exact = table.game(), table.exact()
        form = game.form
        assert (form.players, tuple(form.actions.values()), form.shape) == (
            table.players,
            table.actions,
            table.shape,
        )
        assert form.play_count == math.prod(table.shape)
        for number, (cell, play) in enumerate(zip(table.cells, form.plays(), strict=True)):
            names = dict(zip(table.players, table.names(cell), strict=True))
            assert form.indices(number) == cell
            assert play.steps == tuple((who, None, action) for who, action in names.items())
            assert (
                form.find(play)
                == form.find(names)
                == form.find(dict(reversed(names.items())))
                == number
            )
            for who, rows in zip(table.players, exact, strict=True):
                assert game.payoff(who, names) == rows[cell]
        for who, action in itertools.islice(
            ((who, a) for who, row in form.actions.items() for a in row), 6
        ):
            assert form.moves(who, action).tolist() == [
                play.took(who, action) for play in form.plays()
            ]
        for rows, read in zip(exact, game.to_arrays(exact=True), strict=True):
            assert {cell: read[cell] for cell in table.cells} == rows
        again = pickle.loads(pickle.dumps(game))
        assert again.form == game.form
        assert all((a == b).all() for a, b in zip(again.tables, game.tables, strict=True))


def test_arrays_come_back_as_floats() -> None:
    game = NormalFormGame.from_arrays([["1/3", 2], [0.5, 2**60]], [[0, 0], [0, 0]])
    assert game.players == ("1", "2")
    assert game.actions == {"1": ("1", "2"), "2": ("1", "2")}
    floats = game.to_arrays()
    assert [array.dtype for array in floats] == [np.float64, np.float64]
    assert floats[0].tolist() == [[1 / 3, 2.0], [0.5, float(2**60)]]
    assert NormalForm({"A": ["x", "y"]}) == NormalForm({"A": ("x", "y")})
    assert hash(NormalForm({"A": ["x", "y"]})) == hash(NormalForm({"A": ("x", "y")}))
