"""From nested nodes, or from rules, to the flat arrays of an extensive form."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from strategy.errors import GameError, SizeError
from strategy.exact import exact
from strategy.executors import available_memory, require_memory
from strategy.forms.trees import Chance, Decision, End
from strategy.names import FrozenMapping, names, unknown
from strategy.texts import shown

CHANCE, END = -1, -2
_CHECKED_EVERY = 2**16
# histories are tuples: those of a path of n moves hold n * n / 2 actions together
_DEEPEST = 10_000
_BYTES_A_NODE = 400
_MOST_NODES = 10_000_000
_MISSING = "give a Decision, a Chance or an End"


def unfold_tree(
    cls: type, tree: Any, players: Sequence[str] | None, most_nodes: int | None
) -> tuple[Any, tuple[Any, ...]]:
    """Flatten nested nodes. Returns the form and one payoff array a player.

    ``tree``: the root; ``players``: their order; ``most_nodes``: the largest size, None for
    what memory allows.
    """
    return _Unfolding(players, most_nodes).run(cls, tree, None)


def unfold_rules(
    cls: type,
    step: Callable[[tuple[str, ...]], Any],
    players: Sequence[str] | None,
    most_nodes: int | None,
) -> tuple[Any, tuple[Any, ...]]:
    """Flatten the tree that ``step`` describes.

    Returns the form and one payoff array a player. ``players``: their order;
    ``most_nodes``: the largest size, None for what memory allows.
    """
    return _Unfolding(players, most_nodes).run(cls, None, step)


def _limit(most_nodes: Any) -> int:
    """How many nodes a tree may have.

    As asked for, or what half of the memory holds, up to ten million.
    """
    if most_nodes is None:
        return max(1, min(_MOST_NODES, available_memory() // (2 * _BYTES_A_NODE)))
    if isinstance(most_nodes, bool) or not isinstance(most_nodes, int) or most_nodes < 1:
        raise GameError(
            f"most_nodes={shown(most_nodes)}: expected how many nodes the tree may have, "
            "a positive integer, or None"
        )
    return most_nodes


class _Unfolding:
    """One walk in depth-first order; the lists grow by one entry for each node."""

    def __init__(self, players: Sequence[str] | None, most_nodes: int | None) -> None:
        self.most = _limit(most_nodes)
        self.fixed = players is not None
        self.players: dict[str, int] = (
            {}
            if players is None
            else {one: i for i, one in enumerate(names(players, "player"))}
        )
        self.mover = array("h")
        self.label = array("i")
        self.depth = array("i")
        self.size = array("i")  # number of children
        # decision: number of a named information set or -1; chance: number of its law
        self.tag = array("i")
        self.action_lists: dict[tuple[str, ...], int] = {}
        self.laws: dict[tuple[Any, ...], int] = {}
        self.chances: dict[str, int] = {}
        self.chance_of: dict[int, int] = {}
        self.named: dict[tuple[int, str], int] = {}
        self.named_actions: list[tuple[str, ...]] = []
        self.leaf_payoffs: list[Any] = []

    def player(self, who: str) -> int:
        found = self.players.get(who)
        if found is None:
            if self.fixed:
                raise GameError(unknown(who, self.players, "player"))
            found = self.players[who] = len(self.players)
        return found

    def run(
        self, cls: type, root: Any, step: Callable[[tuple[str, ...]], Any] | None
    ) -> tuple[Any, tuple[Any, ...]]:
        stack: list[tuple[Any, int]] = [(root, 0)]
        # to the node that is unfolded: histories of all that wait would fill the memory
        path: list[str] = []
        mover = self.mover
        label = self.label
        size = self.size
        tag = self.tag
        while stack:
            item, depth = stack.pop()
            if len(mover) % _CHECKED_EVERY == _CHECKED_EVERY - 1:
                self.require_room(len(mover), len(stack))
            if len(mover) + len(stack) >= self.most:
                raise self.too_large(step is not None)
            if step is None:
                node = item
            else:
                if depth:
                    path[depth - 1 :] = [item]
                node = step(tuple(path))
            self.depth.append(depth)
            kind = type(node)
            if kind is End:
                mover.append(END)
                label.append(-1)
                size.append(0)
                tag.append(-1)
                payoffs = node.payoffs
                for who in payoffs:
                    if who not in self.players:
                        self.player(who)
                self.leaf_payoffs.append(payoffs)
                continue
            if kind is Decision:
                mover.append(self.player(node.player))
                tag.append(-1 if node.infoset is None else self.information_set(node))
            elif kind is Chance:
                mover.append(CHANCE)
                self.chance_of[len(mover) - 1] = self.chances.setdefault(
                    node.name, len(self.chances)
                )
                tag.append(self.laws.setdefault(node.probabilities, len(self.laws)))
            else:
                raise GameError(
                    f"{node!r} stands where a node of the tree is expected: {_MISSING}"
                )
            actions = node.actions
            label.append(self.action_lists.setdefault(actions, len(self.action_lists)))
            size.append(len(actions))
            if step is not None:
                if depth >= _DEEPEST:
                    raise SizeError(
                        f"the rules go on after {depth:,} moves "
                        f"({', '.join(map(str, path[:3]))}, ...): make sure that every "
                        "history ends in End(); nest Decision, Chance and End for a "
                        "longer tree"
                    )
                stack.extend([(action, depth + 1) for action in reversed(actions)])
            elif node.children is None:
                raise GameError(
                    f"{node!r} has no subtrees: give a mapping from each action to what "
                    "follows it, ending in End()"
                )
            else:
                stack.extend([(child, depth + 1) for child in reversed(node.children)])
        return self.finish(cls)

    def too_large(self, rules: bool) -> SizeError:
        ends = "make sure that every history ends in End(), " if rules else ""
        return SizeError(
            f"{'the rules give' if rules else 'the tree has'} more than {self.most:,} "
            f"nodes, the most allowed: {ends}leave out moves, or give most_nodes="
        )

    def require_room(self, made: int, waiting: int) -> None:
        """Rules may never end: stop before memory does."""
        require_memory(
            _BYTES_A_NODE * (made + waiting),
            f"a tree of more than {made:,} nodes, to be laid out,",
            "make sure that every history ends in End(), or unfold a smaller tree",
        )

    def information_set(self, node: Decision) -> int:
        assert node.infoset is not None
        key = (self.players[node.player], node.infoset)
        found = self.named.get(key)
        if found is None:
            found = self.named[key] = len(self.named)
            self.named_actions.append(node.actions)
        elif self.named_actions[found] != node.actions:
            raise GameError(
                f"information set {node.infoset!r} of {node.player} has actions "
                f"{self.named_actions[found]!r} at one move and {node.actions!r} at "
                "another: the moves of one information set have the same actions in the "
                "same order"
            )
        return found

    def finish(self, cls: type) -> tuple[Any, tuple[Any, ...]]:
        import numpy as np

        if not self.players:
            raise GameError(
                "the tree has no player: give at least one Decision, or name the players "
                "with players="
            )
        overlap = set(self.chances) & set(self.players)
        if overlap:
            raise GameError(
                f"{sorted(overlap)!r} names both a player and a chance move: give them "
                "different names"
            )
        # A stable sort of the depth-first listing by depth is the breadth-first order.
        depth = np.frombuffer(self.depth, dtype=np.int32)
        order = np.argsort(depth, kind="stable")
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        mover = np.frombuffer(self.mover, dtype=np.int16)[order]
        tag = np.frombuffer(self.tag, dtype=np.int32)[order]
        size = np.frombuffer(self.size, dtype=np.int32)[order]
        first = np.ones(len(order) + 1, dtype=np.int32)
        first[1:] += np.cumsum(size, dtype=np.int32)
        infoset, infoset_names = self.number_information_sets(mover, tag)
        form: Any = object.__new__(cls)
        values = {
            "players": tuple(self.players),
            "mover": mover,
            "first": first,
            "label": np.frombuffer(self.label, dtype=np.int32)[order],
            "infoset": infoset,
            "law": np.where(mover == CHANCE, tag, np.int32(-1)),
            "depth": depth[order],
            "action_lists": tuple(self.action_lists),
            "laws": tuple(self.laws),
            "infoset_names": FrozenMapping(infoset_names),
            "chance_names": FrozenMapping(self.name_chance_nodes(place)),
        }
        for key, value in values.items():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False
            object.__setattr__(form, key, value)
        leaf_order = (np.cumsum(np.frombuffer(self.mover, dtype=np.int16) == END) - 1)[
            order
        ][mover == END]
        return form, self.payoff_arrays(leaf_order)

    def number_information_sets(self, mover: Any, tag: Any) -> tuple[Any, dict[int, str]]:
        import numpy as np

        infoset = np.full(len(mover), -1, dtype=np.int32)
        decisions = np.flatnonzero(mover >= 0)
        if not self.named:
            infoset[decisions] = np.arange(len(decisions), dtype=np.int32)
            return infoset, {}
        tags = tag[decisions]
        keys = np.where(tags >= 0, tags, len(self.named) + np.arange(len(decisions)))
        _, firsts, inverse = np.unique(keys, return_index=True, return_inverse=True)
        rank = np.empty(len(firsts), dtype=np.int32)
        rank[np.argsort(firsts)] = np.arange(len(firsts), dtype=np.int32)
        infoset[decisions] = rank[inverse]
        labels = [text for _, text in self.named]
        found = {}
        for node, one in zip(
            decisions[tags >= 0].tolist(), tags[tags >= 0].tolist(), strict=True
        ):
            found[int(infoset[node])] = labels[one]
        return infoset, found

    def name_chance_nodes(self, place: Any) -> dict[int, str]:
        titles = list(self.chances)
        named = {
            int(place[node]): titles[number] for node, number in self.chance_of.items()
        }
        return dict(sorted(named.items()))

    def payoff_arrays(self, leaf_order: Any) -> tuple[Any, ...]:
        import numpy as np

        rows, arrays = self.leaf_payoffs, []
        for player in self.players:
            column = [row.get(player, 0) for row in rows]
            kinds = set(map(type, column))
            values: Any = None
            if kinds == {int} and min(column) >= -(2**63) and max(column) < 2**63:
                values = np.array(column, dtype=np.int64)
            elif kinds == {float} and np.isfinite(column).all():
                values = np.array(column, dtype=np.float64)
            else:
                values = np.empty(len(column), dtype=object)
                values[:] = [exact(one, f"payoff of {player}") for one in column]
            values = values[leaf_order]
            values.flags.writeable = False
            arrays.append(values)
        return tuple(arrays)
