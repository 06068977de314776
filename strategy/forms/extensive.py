"""Extensive form: moves in an order, chance, information sets; a play is a path to a leaf.

The tree is kept in flat arrays, nodes in breadth-first order: parents come before children,
the children of a node are neighbours, and so are the nodes of a level. A million nodes are
walked level by level or in one compiled loop.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

import attrs

from strategy.errors import GameError
from strategy.exact import exact, exact_array, product
from strategy.forms._unfolding import CHANCE, END, unfold_rules, unfold_tree
from strategy.forms.plays import Play, Step
from strategy.forms.restricting import restricted_tree
from strategy.forms.trees import Chance, Decision, End
from strategy.names import FrozenMapping, composed, keyed, name, unknown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from strategy.forms._values import LeafValues

__all__ = ["ExtensiveForm", "ExtensiveFormGame"]

Node = Decision | Chance | End
Rules = Callable[[tuple[str, ...]], Node]
T = TypeVar("T")


@attrs.frozen(eq=False, repr=False, init=False)
class ExtensiveForm:
    """A tree without payoffs: who moves where, what they can do, and what chance does.

    ``ExtensiveForm(tree)`` with bare ``End()``, or ``ExtensiveForm.from_rules(step,
    players=...)``. Payoffs that the ends may carry are not part of the form. ``players``
    sets their order (else that in which the tree first names them); ``most_nodes`` is a
    limit on the size, as in ``from_rules``.

    Arrays over nodes (breadth first): ``mover`` (player number, -1 chance, -2 end),
    ``first`` (children of v are ``first[v] .. first[v+1]-1``), ``label`` (number in
    ``action_lists``), ``law`` (number in ``laws``, chance nodes) and ``infoset``
    (information set, decision nodes).
    """

    is_tree: ClassVar[Literal[True]] = True

    players: tuple[str, ...]
    mover: NDArray[np.int16]
    first: NDArray[np.int32]
    label: NDArray[np.int32]
    infoset: NDArray[np.int32]
    law: NDArray[np.int32]
    depth: NDArray[np.int32]
    action_lists: tuple[tuple[str, ...], ...]
    laws: tuple[tuple[Any, ...], ...]
    infoset_names: FrozenMapping[int, str]
    chance_names: FrozenMapping[int, str]

    def __init__(
        self,
        tree: Node,
        players: Sequence[str] | None = None,
        *,
        most_nodes: int | None = None,
    ) -> None:
        form, _ = unfold_tree(ExtensiveForm, tree, players, most_nodes)
        for field in attrs.fields(ExtensiveForm):
            object.__setattr__(self, field.name, getattr(form, field.name))

    @classmethod
    def from_rules(
        cls,
        step: Rules,
        players: Sequence[str] | None = None,
        *,
        most_nodes: int | None = None,
    ) -> ExtensiveForm:
        """Unfold a tree from rules.

        ``step(history)`` says what comes after a tuple of actions and events from the root.

        It returns ``Decision(player, ("a", "b"))``, ``Chance(name, {"x": "1/2", "y":
        "1/2"})`` or ``End()``.

        ``players``: their order (None: that in which the tree first names them).

        Raises SizeError on more than ``most_nodes`` nodes; None for as many as half of the
        memory holds, at most ten million.
        """
        form, _ = unfold_rules(cls, step, players, most_nodes)
        return form  # type: ignore[no-any-return]

    def restricted(self, only: Mapping[str, Any]) -> ExtensiveForm:
        """The tree in which some players have only some of their actions.

        ``only``: what is left to each player that is restricted, an action or several in a
        tuple: ``form.restricted({"Russia": "acquiesce"})``.

        At a move where a player has none of them, all that it has are kept. Raises GameError
        on players and actions that do not exist.
        """
        return ExtensiveForm(restricted_tree(self, only), self.players)

    # -- the tree

    @property
    def node_count(self) -> int:
        """How many nodes the tree has, leaves included."""
        return len(self.mover)

    @cached_property
    def parent(self) -> NDArray[np.int32]:
        """The parent of each node; -1 at the root."""
        import numpy as np

        result = np.full(self.node_count, -1, dtype=np.int32)
        result[1:] = np.repeat(
            np.arange(self.node_count, dtype=np.int32), np.diff(self.first)
        )
        return result

    @cached_property
    def levels(self) -> NDArray[np.int64]:
        """Where each level of the tree begins.

        Nodes ``levels[d] .. levels[d+1]-1`` have depth d.
        """
        import numpy as np

        return np.searchsorted(self.depth, np.arange(int(self.depth[-1]) + 2))

    @cached_property
    def leaves(self) -> NDArray[np.int64]:
        """The nodes at which plays end; a play's number is the place of its leaf here."""
        import numpy as np

        return np.flatnonzero(self.mover == END)

    @property
    def play_count(self) -> int:
        """How many plays (leaves) there are."""
        return len(self.leaves)

    @cached_property
    def leaf_number(self) -> NDArray[np.int64]:
        """The play that ends at each node; -1 where none does."""
        import numpy as np

        result = np.full(self.node_count, -1, dtype=np.int64)
        result[self.leaves] = np.arange(len(self.leaves))
        return result

    @cached_property
    def infoset_nodes(self) -> NDArray[np.int64]:
        """The first node of each information set."""
        import numpy as np

        return np.unique(self.infoset, return_index=True)[1][
            int((self.infoset < 0).any()) :
        ]

    @cached_property
    def has_perfect_information(self) -> bool:
        """Whether every information set is a single node."""
        return int((self.mover >= 0).sum()) == len(self.infoset_nodes)

    @cached_property
    def profile_count(self) -> int:
        """How many pure profiles there are.

        The product of the numbers of actions over information sets.
        """
        import numpy as np

        sizes, counts = np.unique(
            np.diff(self.first)[self.infoset_nodes], return_counts=True
        )
        result = 1
        for size, count in zip(sizes, counts, strict=True):
            result *= int(size) ** int(count)
        return result

    # -- names

    @cached_property
    def actions(self) -> FrozenMapping[str, tuple[str, ...]]:
        """Every action that each player has anywhere in the tree.

        They come in order of first appearance.
        """
        return FrozenMapping(
            {
                player: self._labels_of(self.mover == i)
                for i, player in enumerate(self.players)
            }
        )

    @cached_property
    def chance(self) -> FrozenMapping[str, tuple[str, ...]]:
        """The events of each chance move, by its name."""
        import numpy as np

        result: dict[str, tuple[str, ...]] = {}
        nodes = np.array(list(self.chance_names), dtype=np.int64)
        for node in nodes:
            key = self.chance_names[int(node)]
            known = result.get(key, ())
            result[key] = known + tuple(
                [one for one in self.action_lists[self.label[node]] if one not in known]
            )
        return FrozenMapping(result)

    def _labels_of(self, nodes: NDArray[np.bool_]) -> tuple[str, ...]:
        import numpy as np

        labels, firsts = np.unique(self.label[nodes], return_index=True)
        return tuple(
            dict.fromkeys(
                action
                for label in labels[np.argsort(firsts)]
                for action in self.action_lists[label]
            )
        )

    def history(self, node: int) -> tuple[str, ...]:
        """The actions and events from the root to a node."""
        return tuple([action for _, _, action in self._steps(node, keys=False)])

    def infoset_key(self, infoset: int) -> Hashable:
        """What an information set, given by its number ``infoset``, is called in profiles.

        It is its name, or the tuple of actions and events from the root.
        """
        return (
            self.infoset_names[infoset]
            if infoset in self.infoset_names
            else self.history(int(self.infoset_nodes[infoset]))
        )

    def options(self, place: int) -> tuple[str, ...]:
        """The actions at an information set; ``place`` is its number."""
        return self.action_lists[self.label[self.infoset_nodes[place]]]

    infoset_actions = options

    def infosets(self, player: str) -> Iterator[int]:
        """The numbers of one player's information sets, in the order of their first nodes."""
        import numpy as np

        mine = self.mover[self.infoset_nodes] == self.players.index(player)
        return iter(np.flatnonzero(mine).tolist())

    # -- profiles: each information set is one place at which somebody chooses, by its number

    def by_name(self, said: Callable[[int], T]) -> dict[str, FrozenMapping[Hashable, T]]:
        """What is said of each information set by its number, under its names.

        Those of its player and of itself.
        """
        return {
            player: FrozenMapping(
                (self.infoset_key(one), said(one)) for one in self.infosets(player)
            )
            for player in self.players
        }

    def by_place(self, given: Mapping[str, Any]) -> Iterator[tuple[int, str, Any]]:
        """What a profile in names says at each information set.

        ``given`` is the profile as a mapping by players. Yields (number, who and where,
        what is done there). Raises GameError where it says nothing, and on information sets
        that do not exist.
        """
        for player in self.players:
            rows = given.get(player, {})
            if not isinstance(rows, Mapping):
                raise GameError(
                    f"profile of {player} is {rows!r}: give a mapping from each "
                    "information set to an action"
                )
            rows = keyed(rows, f"information set of {player}", read=composed)
            for one in self.infosets(player):
                place = self.infoset_key(one)
                if place not in rows:
                    raise GameError(
                        f"the profile does not say what {player} does at {place!r}: give "
                        f"one of {self.options(one)!r}"
                    )
                yield one, f"{player} at {place!r}", rows.pop(place)
            if rows:
                raise GameError(f"{player} has no information set {next(iter(rows))!r}")

    def checked(self, choices: Any) -> NDArray[Any]:
        """One action number an information set, as a read-only array.

        ``choices``: the numbers, counted from 0. Raises GameError where they do not fit.
        """
        import numpy as np

        if not getattr(getattr(choices, "flags", None), "writeable", True):
            return choices  # type: ignore[no-any-return]  # from a solver, and right by construction
        numbers = np.array(choices)
        sizes = np.diff(self.first)[self.infoset_nodes]
        whole = numbers.dtype.kind in "iu" or not numbers.size
        if (
            not whole
            or numbers.shape != sizes.shape
            or not ((numbers >= 0) & (numbers < sizes)).all()
        ):
            raise GameError(
                f"profile {choices!r} does not fit {len(sizes)} information sets: give "
                "one action number for each, counting from 0"
            )
        numbers = numbers.astype(np.int32)
        numbers.flags.writeable = False
        return numbers

    def play_numbers(
        self,
        at: Callable[[int], Sequence[tuple[int, Any]]],
        laws: Sequence[Sequence[Fraction]],
    ) -> dict[int, Any]:
        """The plays that happen where ``at(place)`` is done: play number -> probability.

        ``place``: the number of an information set; actions have probabilities there.

        ``laws``: the probabilities of the chance moves, as in the game.
        """
        result: dict[int, Any] = {}
        stack: list[tuple[int, Any]] = [(0, Fraction(1))]
        while stack:
            node, p = stack.pop()
            first, mover = int(self.first[node]), self.mover[node]
            if mover == END:
                result[int(self.leaf_number[node])] = p
                continue
            taken = (
                at(int(self.infoset[node]))
                if mover >= 0
                else [(i, w) for i, w in enumerate(laws[self.law[node]]) if w]
            )
            stack.extend(
                [(first + action, product(p, weight)) for action, weight in reversed(taken)]
            )
        return result

    # -- plays

    def _steps(self, node: int, keys: bool = True) -> list[Step]:
        path = []
        while (parent := int(self.parent[node])) >= 0:
            path.append((parent, node - int(self.first[parent])))
            node = parent
        steps: list[Step] = []
        history: tuple[str, ...] = ()
        for parent, taken in reversed(path):
            action = self.action_lists[self.label[parent]][taken]
            if self.mover[parent] == CHANCE:
                steps.append((None, self.chance_names[parent], action))
            else:
                steps.append(
                    (
                        self.players[self.mover[parent]],
                        self.infoset_names.get(int(self.infoset[parent]), history),
                        action,
                    )
                )
            if keys:
                history = (*history, action)
        return steps

    def play(self, number: int) -> Play:
        """The play that ends at the leaf of this number."""
        return Play(tuple(self._steps(int(self.leaves[number]))))

    def steps_along(self, history: Sequence[str]) -> tuple[Step, ...]:
        """The steps from the root along a history, the actions and events taken in turn.

        Raises GameError on one that the tree does not have.
        """
        node = 0
        for action in history:
            node = self._child(node, action, history)
        return tuple(self._steps(node))

    def plays(self) -> Iterator[Play]:
        """All plays, in the order of their leaves."""
        return (self.play(number) for number in range(self.play_count))

    def find(self, play: Play | Mapping[str, Any]) -> int:
        """The number of a play.

        It is given as a Play, or as a mapping from players and chance moves to what they do
        on it.

        Where someone moves more than once with different actions, give ``{player:
        {information set: action}}``.
        """
        node = 0
        if isinstance(play, Play):
            history = iter(play.history)
            while self.mover[node] != END:
                node = self._child(node, next(history, None), play)
            if next(history, None) is not None:
                raise GameError(
                    f"the play {play} goes on after the tree has ended: give a play of "
                    "this game"
                )
            return int(self.leaf_number[node])
        if not isinstance(play, Mapping):
            raise GameError(
                f"{play!r} is not a play: give a Play, or a mapping from players and "
                "chance moves to what they do"
            )
        chosen = keyed(play, "player")
        for who in chosen:
            if who not in self.players and who not in self.chance:
                raise GameError(
                    unknown(who, (*self.players, *self.chance), "player or chance move")
                )
        so_far: tuple[str, ...] = ()
        while self.mover[node] != END:
            who = (
                self.chance_names[node]
                if self.mover[node] == CHANCE
                else self.players[self.mover[node]]
            )
            action = chosen.get(who)
            if isinstance(action, Mapping):
                place = self.infoset_names.get(int(self.infoset[node]), so_far)
                action = keyed(action, f"information set of {who}", read=composed).get(
                    place
                )
            node = self._child(node, action, play)
            so_far = (
                *so_far,
                self.action_lists[self.label[self.parent[node]]][
                    node - int(self.first[self.parent[node]])
                ],
            )
        return int(self.leaf_number[node])

    def _child(self, node: int, action: object, play: object) -> int:
        options = self.action_lists[self.label[node]]
        who = (
            self.chance_names[node]
            if self.mover[node] == CHANCE
            else self.players[self.mover[node]]
        )
        if action is None:
            raise GameError(
                f"the play {play} does not say what {who} does after "
                f"{self.history(node)!r}: give one of {options!r}"
            )
        action = name(action, f"action of {who}")
        if action not in options:
            raise GameError(
                unknown(action, options, f"action of {who} after {self.history(node)!r}")
            )
        return int(self.first[node]) + options.index(action)

    def moves(self, who: str, action: str, at: str | None = None) -> NDArray[np.bool_]:
        """For each play, whether ``who`` took ``action`` on it, of shape (plays,).

        ``who``: a player or a chance move; somewhere on the play.

        With ``at``, only at the information set of that name.
        """
        import numpy as np

        taken = np.zeros(self.node_count, dtype=bool)
        if who in self.players:
            nodes = self.mover == self.players.index(who)
            if at is not None:
                wanted = [
                    number for number, label in self.infoset_names.items() if label == at
                ]
                nodes &= np.isin(self.infoset, wanted)
        else:
            nodes = np.zeros(self.node_count, dtype=bool)
            if at is None:
                nodes[
                    [node for node, label in self.chance_names.items() if label == who]
                ] = True
        for label, options in enumerate(self.action_lists):
            if action in options:
                here = np.flatnonzero(nodes & (self.label == label))
                taken[self.first[here] + options.index(action)] = True
        for start, stop in zip(self.levels[1:-1], self.levels[2:], strict=True):
            taken[start:stop] |= taken[self.parent[start:stop]]
        return taken[self.leaves]

    def game(
        self, payoffs: Sequence[NDArray[Any]], laws: Sequence[tuple[Fraction, ...]] = ()
    ) -> ExtensiveFormGame:
        """The game of this form with these payoffs, one array a player over the plays.

        ``laws`` of the chance moves.
        """
        return ExtensiveFormGame(self, tuple(payoffs), tuple(laws))

    def __repr__(self) -> str:
        return (
            f"ExtensiveForm({self.node_count:,} nodes, {self.play_count:,} plays, "
            f"players={self.players!r})"
        )

    def _repr_html_(self) -> str:
        from strategy.display import form_page

        return form_page(self)


@attrs.frozen(eq=False, repr=False)
class ExtensiveFormGame:
    """An extensive form with payoffs at its leaves and numbers for its chances.

    ``payoffs`` holds one read-only array a player over the plays; ``laws`` the exact
    probabilities, numbered as in the form.
    """

    form: ExtensiveForm
    payoffs: tuple[NDArray[Any], ...]
    laws: tuple[tuple[Fraction, ...], ...]

    @classmethod
    def from_tree(
        cls,
        tree: Node,
        players: Sequence[str] | None = None,
        *,
        most_nodes: int | None = None,
    ) -> ExtensiveFormGame:
        """A game from nested Decision, Chance and End.

        Players in order of first appearance, or as given. A subtree that stands at several
        places counts at each; ``most_nodes`` as in ``ExtensiveForm.from_rules``. ``tree``:
        the root; ``players``: their order.
        """
        form, payoffs = unfold_tree(ExtensiveForm, tree, players, most_nodes)
        return cls(form, payoffs, exact_laws(form))

    @classmethod
    def from_rules(
        cls,
        step: Rules,
        players: Sequence[str] | None = None,
        *,
        most_nodes: int | None = None,
    ) -> ExtensiveFormGame:
        """A game unfolded from rules, with payoffs in each End.

        It works as ``ExtensiveForm.from_rules`` does; ``step``, ``players`` and
        ``most_nodes`` are as there.
        """
        form, payoffs = unfold_rules(ExtensiveForm, step, players, most_nodes)
        return cls(form, payoffs, exact_laws(form))

    @property
    def players(self) -> tuple[str, ...]:
        """The players' names, in order."""
        return self.form.players

    @property
    def actions(self) -> FrozenMapping[str, tuple[str, ...]]:
        """Every action that each player has anywhere in the tree."""
        return self.form.actions

    def payoff(self, player: str, play: Play | Mapping[str, Any]) -> Fraction:
        """What one player gets on one play.

        A Play, or a mapping from players and chance moves to what they do.
        """
        player = name(player, "player")
        if player not in self.players:
            raise GameError(unknown(player, self.players, "player"))
        return exact(self.payoffs[self.players.index(player)][self.form.find(play)])

    @cached_property
    def leaf_values(self) -> LeafValues:
        """Payoffs at the leaves as numbers that chance only adds up; see ``forms._values``."""
        from strategy.forms._values import leaf_values

        return leaf_values(self)

    def exact_payoffs(self) -> tuple[NDArray[Any], ...]:
        """The payoffs as object arrays of Fraction, one a player, over the plays."""
        return tuple([exact_array(values) for values in self.payoffs])

    def __repr__(self) -> str:
        return (
            f"ExtensiveFormGame({self.form.node_count:,} nodes, {self.form.play_count:,} "
            f"plays, players={self.players!r})"
        )

    def __str__(self) -> str:
        from strategy.display import tree_text

        return tree_text(self)

    def _repr_html_(self) -> str:
        from strategy.display import game_page

        return game_page(self)


def exact_laws(
    form: ExtensiveForm, laws: Sequence[Sequence[Any]] | None = None
) -> tuple[tuple[Fraction, ...], ...]:
    """Chance probabilities read exactly and checked: none negative, each law summing to 1.

    ``form``: whose chance moves these are; ``laws``: a sequence of probabilities a law
    (None: the form's own).
    """
    result = []
    titles = {
        int(form.law[node]): title
        for node, title in reversed(list(form.chance_names.items()))
    }
    for number, law in enumerate(form.laws if laws is None else laws):
        label = f"chance move {titles[number]!r}"
        read = tuple([exact(one, f"{label}: probability") for one in law])
        for one in read:
            if one < 0:
                raise GameError(
                    f"{label}: probability {one} is negative: expected numbers from 0 to "
                    "1 that sum to 1"
                )
        if sum(read) != 1:
            shown = " + ".join(str(one) for one in read)
            raise GameError(
                f"{label}: probabilities {shown} sum to {sum(read)}, not 1: write exact "
                "values, such as '1/3'"
            )
        result.append(read)
    return tuple(result)
