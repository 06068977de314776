"""The plays of pure Nash equilibria of trees, by minimax values, against trying every profile."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from strategy import Chance, Decision, End, ExtensiveForm, ExtensiveFormGame
from strategy.solvers.induction.pure_nash import pure_nash_plays
from tests._games import seeds


@pytest.mark.parametrize("seed", seeds(12))
def test_pure_nash_plays_of_random_trees(seed: int) -> None:
    """Those of all profiles that no deviation of one player improves on, one by one."""
    rng = random.Random(seed)
    form = ExtensiveForm(_some_tree(rng, 3), players=("A", "B"))
    pays = [
        np.array([rng.randrange(4) for _ in range(form.play_count)]) for _ in form.players
    ]
    game = form.game(pays)
    places = [int(node) for node in range(form.node_count) if form.mover[node] >= 0]
    width = {node: int(form.first[node + 1] - form.first[node]) for node in places}

    def end(choice: dict[int, int]) -> int:
        node = 0
        while form.mover[node] >= 0:
            node = int(form.first[node]) + choice[node]
        return int(form.leaf_number[node])

    profiles = [
        dict(zip(places, one, strict=True))
        for one in itertools.product(*(range(width[node]) for node in places))
    ]
    best: dict[tuple[int, tuple[int, ...]], int] = {}
    keys = []
    for one in profiles:
        row = []
        for who in range(len(form.players)):
            others = tuple([one[node] for node in places if form.mover[node] != who])
            row.append((who, others))
            worth = int(pays[who][end(one)])
            best[who, others] = max(best.get((who, others), worth), worth)
        keys.append(row)
    expected = {
        end(one)
        for one, row in zip(profiles, keys, strict=True)
        if all(pays[key[0]][end(one)] == best[key] for key in row)
    }
    found = pure_nash_plays(game)
    assert found is not None
    assert set(found.nonzero()[0].tolist()) == expected


def _some_tree(rng: random.Random, depth: int) -> Decision | End:
    if not depth or (depth < 3 and rng.random() < 0.3):
        return End()
    options = "xyz"[: rng.choice((2, 2, 3)) if depth > 1 else 2]
    return Decision(rng.choice("AB"), {one: _some_tree(rng, depth - 1) for one in options})


def test_chance_and_hidden_moves_are_left_out() -> None:
    ends = {"x": End({"B": 1}), "y": End()}
    hidden = {one: Decision("B", ends, infoset="unseen") for one in "xy"}
    dice = Chance("dice", {"x": ("1/2", End({"A": 1})), "y": ("1/2", End())})
    for tree in (Decision("A", hidden), Decision("A", {"x": dice, "y": End()})):
        assert pure_nash_plays(ExtensiveFormGame.from_tree(tree)) is None
