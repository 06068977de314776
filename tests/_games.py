"""Random games as plain Python, and their way into the toolkit. Nothing here solves
anything.

A table is a dict from cells to payoffs for each player; a tree is nested ``Leaf``, ``Move``
and ``Luck``. Payoffs are kept as they are written (int, float, Fraction, text); ``worth``
says what a written number means.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from strategy import Chance, Decision, End, ExtensiveFormGame, NormalFormGame

Cell = tuple[int, ...]
SCALE = float(os.environ.get("STRATEGY_TESTS_SCALE", "1"))
"""How many times the default number of random games to play: ``STRATEGY_TESTS_SCALE=20
pytest tests/solvers`` plays thousands."""

MOST_PROFILES = int(os.environ.get("STRATEGY_TESTS_PROFILES", "300"))
"""Trees with more profiles than this are not solved by listing them all."""


def seeds(count: int) -> range:
    """The seeds of a sweep that plays ``count`` games by default."""
    return range(max(1, round(count * SCALE)))


def worth(written: Any) -> Any:
    """What a written number means: a float is its shortest decimal, which is what ``str``
    shows."""
    return (
        Fraction(str(written))
        if isinstance(written, (int, float, str, np.generic))
        else written
    )


# How numbers are written: a few values each, so that ties abound, among them neighbours
# that careless arithmetic takes for equal. The second part is the dtype of the array, None
# for nested lists.
NUMBERS: dict[str, tuple[list[Any], Any]] = {
    "small integers": ([-1, 0, 1, 2], np.int64),
    "two values": ([0, 1], None),
    "int8": ([-128, -127, 0, 127], np.int8),
    "uint8": ([0, 1, 254, 255], np.uint8),
    "uint64": ([0, 2**63, 2**64 - 1, 2**64 - 2], np.uint64),
    "int64 to its ends": ([-(2**63), -(2**63) + 1, 2**62, 2**63 - 1], np.int64),
    "beyond int64": ([-(2**70), 2**70, 2**70 + 1, 0], None),
    "float64": ([0.1, 0.3, 0.30000000000000004, -0.0, 0.0], np.float64),
    "float64, huge and tiny": (
        [1e300, 5e-324, 0.0, -5e-324, 1.0000000000000002e300],
        np.float64,
    ),
    "float64 in lists": ([0.1, 0.2, 1e-12, -3.5], None),
    "float32": ([0.1, 0.25, 0.35, -7.0], np.float32),
    "float16": ([0.1, 0.2, 6e-05, -2.0], np.float16),
    "longdouble": ([0.25, 0.5, -3.0], np.longdouble),
    "fractions": (
        [
            Fraction(1, 3),
            Fraction(1, 3) + Fraction(1, 10**30),
            Fraction(-2, 7),
            Fraction(0),
        ],
        None,
    ),
    "huge fractions": (
        [Fraction(10**18, 7), Fraction(10**18, 7) + 1, Fraction(1, 10**12)],
        None,
    ),
    "text": (["2/3", "0.1", "1e-6", "-5"], None),
    "mixed": ([1, 0.5, Fraction(1, 2), "1/3", 1.0], None),
}


@dataclass(frozen=True)
class Table:
    """A game in normal form: ``payoffs[i][cell]`` is what player i gets, as written."""

    players: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    payoffs: tuple[dict[Cell, Any], ...]
    dtypes: tuple[Any, ...] = ()

    @property
    def shape(self) -> Cell:
        return tuple(map(len, self.actions))

    @property
    def cells(self) -> list[Cell]:
        return list(itertools.product(*map(range, self.shape)))

    def exact(self) -> list[dict[Cell, Fraction]]:
        return [
            {cell: worth(value) for cell, value in rows.items()} for rows in self.payoffs
        ]

    def names(self, cell: Cell) -> tuple[str, ...]:
        return tuple(options[i] for options, i in zip(self.actions, cell, strict=True))

    def game(self) -> NormalFormGame:
        arrays = []
        for rows, dtype in zip(
            self.payoffs, self.dtypes or (None,) * len(self.players), strict=True
        ):
            array = np.empty(self.shape, dtype=object)
            for cell, value in rows.items():
                array[cell] = value
            arrays.append(array.tolist() if dtype is None else array.astype(dtype))
        return NormalFormGame.from_arrays(
            *arrays, players=self.players, actions=self.actions
        )


def random_table(rng: random.Random, most_actions: int = 5, most_cells: int = 400) -> Table:
    """One to five players with one to five actions each; each player's payoffs are written
    in a way of their own."""
    while True:
        shape = [rng.randint(1, most_actions) for _ in range(rng.randint(1, 5))]
        if np.prod(shape) <= most_cells:
            break
    players = tuple(rng.sample(["Türkiye", "A", "B b", "<script>", "C"], len(shape)))
    actions = tuple(tuple(rng.sample(["x", "y", "z", "İ", "w w"], size)) for size in shape)
    cells = list(itertools.product(*map(range, shape)))
    kinds = [NUMBERS[rng.choice(list(NUMBERS))] for _ in shape]
    payoffs = []
    for pool, _ in kinds:
        few = rng.sample(pool, rng.randint(1, len(pool)))
        payoffs.append({cell: rng.choice(few) for cell in cells})
    return Table(players, actions, tuple(payoffs), tuple(dtype for _, dtype in kinds))


@dataclass(frozen=True)
class Leaf:
    """An end; players left out get 0."""

    payoffs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """A player's move: action -> what follows."""

    player: str
    options: dict[str, Any]


@dataclass(frozen=True)
class Luck:
    """A move of chance: event -> (probability, what follows)."""

    name: str
    options: dict[str, tuple[Fraction, Any]]


Tree = Leaf | Move | Luck


def subtrees(tree: Tree) -> dict[str, Tree]:
    if isinstance(tree, Leaf):
        return {}
    return {
        label: after[1] if isinstance(tree, Luck) else after
        for label, after in tree.options.items()
    }


def walk(
    tree: Tree, history: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Tree]]:
    """Every node with the actions and events that lead to it."""
    yield history, tree
    for label, after in subtrees(tree).items():
        yield from walk(after, (*history, label))


def change(
    tree: Tree, leaf: Callable[[Leaf], Leaf], inner: Callable[[Any, dict[str, Any]], Tree]
) -> Tree:
    """The tree with every leaf and every inner node (given with its changed options) put
    through a function."""
    if isinstance(tree, Leaf):
        return leaf(tree)
    parts = {label: change(after, leaf, inner) for label, after in subtrees(tree).items()}
    if isinstance(tree, Luck):
        parts = {label: (tree.options[label][0], after) for label, after in parts.items()}  # type: ignore[misc]
    return inner(tree, parts)


def written(tree: Tree) -> Decision | Chance | End:
    """The tree in the toolkit's own words."""
    if isinstance(tree, Leaf):
        return End(tree.payoffs)
    if isinstance(tree, Move):
        return Decision(
            tree.player, {action: written(after) for action, after in tree.options.items()}
        )
    return Chance(
        tree.name,
        {
            event: (probability, written(after))
            for event, (probability, after) in tree.options.items()
        },
    )


def exactly(tree: Tree) -> Tree:
    """The same tree with its payoffs as Fractions."""
    return change(
        tree,
        lambda leaf: Leaf({who: worth(value) for who, value in leaf.payoffs.items()}),
        lambda node, parts: (
            Move(node.player, parts) if isinstance(node, Move) else Luck(node.name, parts)
        ),
    )


def tree_game(tree: Tree, players: tuple[str, ...]) -> ExtensiveFormGame:
    return ExtensiveFormGame.from_tree(written(tree), players=players)


def random_tree(
    rng: random.Random, nodes: int, players: int, chance: float, pool: list[Any]
) -> tuple[Tree, tuple[str, ...]]:
    """A tree of about ``nodes`` nodes, grown leaf by leaf; a share ``chance`` of the inner
    nodes are chance moves, and many of their events have probability zero."""
    names = tuple(rng.sample(["Türkiye", "A", "B b", "<script>", "C"], players))
    sizes: list[list[int]] = [[]]  # the children of each node, by number
    open_ends = [0]
    while len(sizes) < nodes:
        here = open_ends.pop(rng.randrange(len(open_ends)) if rng.random() < 0.8 else -1)
        fresh = range(len(sizes), len(sizes) + rng.choice([1, 2, 2, 2, 3, 3, 4]))
        sizes[here] = list(fresh)
        sizes += [[] for _ in fresh]
        open_ends += fresh

    def grown(node: int) -> Tree:
        below = [grown(child) for child in sizes[node]]
        if not below:
            return Leaf({who: rng.choice(pool) for who in names if rng.random() < 0.9})
        if rng.random() >= chance:
            return Move(
                rng.choice(names),
                dict(
                    zip(rng.sample(["l", "r", "İ m", "n"], len(below)), below, strict=True)
                ),
            )
        weights = [rng.choice([0, 0, 1, 1, 2, 5]) for _ in below]
        weights[0] += not any(weights)
        share = [Fraction(weight, sum(weights)) for weight in weights]
        events = rng.sample(["up", "down", "l", "r"], len(below))
        return Luck(
            f"luck {rng.randrange(4)}",
            dict(zip(events, zip(share, below, strict=True), strict=True)),
        )

    return grown(0), names
