"""Trees of about a million nodes in several shapes, built by the toolkit's own words, with
payoffs drawn apart from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import Chance, Decision, End, ExtensiveFormGame

__all__ = ["PLAYERS", "SHAPES", "Shape", "built", "with_payoffs"]

PLAYERS = ("A", "B", "C", "D", "E")
_NAMES = tuple("abcdefghij")


@attrs.frozen(eq=False)
class Shape:
    """Nodes breadth first: how many children each has, and who moves at it (-1 for chance;
    anything at a leaf)."""

    sizes: NDArray[np.int64]
    movers: NDArray[np.int64]


def binary(nodes: int) -> Shape:
    """Two actions everywhere, the players in turn, level by level."""
    depth = _binary_depths(nodes)
    return Shape(np.where(depth < depth[-1], 2, 0), depth % len(PLAYERS))


def bushy(nodes: int) -> Shape:
    """Two to ten actions at random, anyone's move at random; few levels."""
    rng = np.random.default_rng(1)
    inner = rng.integers(2, 11, nodes)
    inner = inner[: np.searchsorted(np.cumsum(inner), nodes - 1)]
    sizes = np.zeros(int(inner.sum()) + 1, dtype=np.int64)
    sizes[: len(inner)] = inner
    return Shape(sizes, rng.integers(0, len(PLAYERS), len(sizes)))


def deep(nodes: int) -> Shape:
    """As many levels as nodes in a level (a thousand in a tree of a million): half of each
    level go on, with two actions."""
    rng = np.random.default_rng(2)
    width = 2 ** round(np.log2(nodes) / 2)
    # a full binary tree down to the first level of that width
    rows = [np.full(width - 1, 2)]
    made = width - 1
    while made < nodes - width:
        rows.append(rng.permutation(np.resize([0, 2], width)))
        made += width
    rows.append(np.zeros(width, dtype=np.int64))
    sizes = np.concatenate(rows)
    return Shape(sizes, rng.integers(0, len(PLAYERS), len(sizes)))


def path(nodes: int) -> Shape:
    """A centipede: at every move the game ends, or goes on. Half as many levels as
    nodes."""
    sizes = np.zeros(nodes // 2 * 2 + 1, dtype=np.int64)
    sizes[:-1:2] = 2  # node 0, and then the second of each pair of children
    return Shape(sizes, np.arange(len(sizes)) // 2 % len(PLAYERS))


def chancy(nodes: int) -> Shape:
    """The binary tree, every third level a move of chance."""
    shape = binary(nodes)
    return attrs.evolve(
        shape, movers=np.where(_binary_depths(nodes) % 3 == 2, -1, shape.movers)
    )


def _binary_depths(nodes: int) -> NDArray[np.int64]:
    """The depth of each node of the full binary tree that comes nearest to a size."""
    levels = np.arange(round(np.log2(nodes + 1)))
    return np.repeat(levels, 2**levels)


SHAPES: dict[str, Callable[[int], Shape]] = {
    "binary": binary,
    "2 to 10 branches": bushy,
    "as deep as wide": deep,
    "one long path": path,
    "binary with chance": chancy,
}


def built(shape: Shape) -> ExtensiveFormGame:
    """The tree as nested nodes, made from the last node to the first, and flattened; all
    payoffs 0."""
    end, law = End(), "1/2"
    sizes, movers = shape.sizes.tolist(), shape.movers.tolist()
    nodes: list[Any] = [end] * len(sizes)
    high = len(sizes)
    for node in range(len(sizes) - 1, -1, -1):
        if sizes[node]:
            low = high - sizes[node]
            if movers[node] < 0:
                nodes[node] = Chance(
                    "luck", {"heads": (law, nodes[low]), "tails": (law, nodes[low + 1])}
                )
            else:
                nodes[node] = Decision(
                    PLAYERS[movers[node]], dict(zip(_NAMES, nodes[low:high], strict=False))
                )
            high = low
    return ExtensiveFormGame.from_tree(nodes[0], players=PLAYERS)


def with_payoffs(game: ExtensiveFormGame, most: int, seed: int = 3) -> ExtensiveFormGame:
    """The same tree with integer payoffs from -most to most: a large bound leaves few ties,
    a small one many."""
    rng = np.random.default_rng(seed)
    columns = [rng.integers(-most, most + 1, game.form.play_count) for _ in game.players]
    for column in columns:
        column.flags.writeable = False
    return attrs.evolve(game, payoffs=tuple(columns))
