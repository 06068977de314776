"""Pure subgame-perfect equilibrium under perfect information (Selten 1965; the one-deviation principle)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.forms._values import expected_from, leaf_values
from strategy.forms.extensive import ExtensiveForm, ExtensiveFormGame
from strategy.forms.profiles import read_pure
from strategy.results import Certificate

__all__ = ["PureSubgamePerfect"]


@attrs.frozen
class PureSubgamePerfect:
    """Pure subgame-perfect equilibria of a tree with perfect information and chance, every subgame counted, reached or not."""

    def refuses(self, game: Any) -> str | None:
        """Why this concept does not take a game, with the remedy; None if it does."""
        if not isinstance(game, ExtensiveFormGame):
            if type(game).__name__ == "NormalFormGame":
                return "PureSubgamePerfect takes games with an order of moves and this is a table: use PureNash()"
            return f"PureSubgamePerfect takes an ExtensiveFormGame, not a {type(game).__name__}: build one with from_tree or model.game()"
        form = game.form
        if not form.has_perfect_information:
            sets, sizes = np.unique(form.infoset[form.mover >= 0], return_counts=True)
            shared = form.infoset_key(int(sets[int(np.argmax(sizes > 1))]))
            return (
                f"PureSubgamePerfect takes perfect information, and information set {shared!r} holds several moves: "
                "give every move an information set of its own (concepts for imperfect information are not built yet)"
            )
        return None

    def certify(self, game: ExtensiveFormGame, profile: Any) -> Certificate:
        """Whether no single deviation gains at any node, reached or not; if one does, the largest, given that its node is reached."""
        pure = read_pure(game.form, profile)
        form, choices = game.form, np.asarray(pure.choices)
        leaf = leaf_values(game)
        values = _node_values(form, choices, leaf.values, leaf.alive)
        children = np.arange(1, form.node_count)
        parents = form.parent[1:]
        movers = form.mover[parents].astype(np.int64)
        decided = movers >= 0
        children, parents, movers = children[decided], parents[decided], movers[decided]
        better = np.flatnonzero(values[children, movers] > values[parents, movers])
        if not len(better):
            return Certificate(True, Fraction(0))
        worst: tuple[Fraction, int, int] | None = None
        for i in better:
            child, node, player = int(children[i]), int(parents[i]), int(movers[i])
            gain = expected_from(game, choices, child, player) - expected_from(game, choices, node, player)
            if worst is None or gain > worst[0]:
                worst = (gain, node, child)
        assert worst is not None
        gain, node, child = worst
        action = form.action_lists[form.label[node]][child - int(form.first[node])]
        place = form.infoset_key(int(form.infoset[node]))
        return Certificate(False, gain, form.players[form.mover[node]], place, action, "a deviation gains")

    def __str__(self) -> str:
        return "pure subgame-perfect"


def _node_values(form: ExtensiveForm, choices: NDArray[Any], leaf: NDArray[Any], alive: NDArray[np.bool_]) -> NDArray[Any]:
    """What every player gets from every node on under the profile: (nodes, players), on the scale of ``leaf_values``."""
    values = np.zeros((form.node_count, len(form.players)), dtype=leaf.dtype)
    values[form.leaves] = leaf
    for start, stop in zip(form.levels[-2::-1], form.levels[:0:-1], strict=True):
        nodes = np.arange(start, stop)
        decisions = nodes[form.mover[start:stop] >= 0]
        values[decisions] = values[form.first[decisions] + choices[form.infoset[decisions]]]
        for node in nodes[form.mover[start:stop] == -1]:
            branch = slice(int(form.first[node]), int(form.first[node + 1]))
            values[node] = values[branch][alive[branch]].sum(axis=0)
    return values
