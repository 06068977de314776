"""Trees: moves in turn, with chance, with moves that are not told apart."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import strategies as st

from strategy.errors import GameError
from strategy.forms.extensive import ExtensiveForm, ExtensiveFormGame
from strategy.forms.trees import Chance, Decision, End
from strategy.generators.tables import plain_names, small

__all__ = [
    "chance_games",
    "extensive_forms",
    "hidden_move_games",
    "perfect_information_games",
]

_MOST_ACTIONS = 3


@attrs.define(eq=False)
class _GrownNode:
    """A node to be: ``mover`` is a player, None for chance."""

    mover: str | None = None
    below: list[_GrownNode] = attrs.field(factory=list)
    weights: tuple[int, ...] = ()
    infoset: str | None = None

    def somebody_moves(self) -> bool:
        return self.mover is not None or any(one.somebody_moves() for one in self.below)


def perfect_information_games(
    *, depth: int = 3, players: int = 3
) -> st.SearchStrategy[ExtensiveFormGame]:
    """Trees in which everyone sees all that happened.

    ``depth``: at most so many moves on a play; ``players``: how many. The simplest has one
    move.
    """
    return _trees(depth, players, chance=False, hidden=False, payoffs=True)


def chance_games(
    *, depth: int = 3, players: int = 2
) -> st.SearchStrategy[ExtensiveFormGame]:
    """Trees with at least one move of chance; everyone sees all.

    Some events may have probability zero. ``depth``: at most so many moves on a play;
    ``players``: how many.
    """
    return _trees(depth, players, chance=True, hidden=False, payoffs=True)


def hidden_move_games(
    *, depth: int = 3, players: int = 2
) -> st.SearchStrategy[ExtensiveFormGame]:
    """Trees in which the first move is hidden from who moves next, and others may be.

    Nobody forgets what they did and knew.

    Takes two players and a depth of two or more.
    """
    return _trees(depth, players, chance=False, hidden=True, payoffs=True)


def extensive_forms(
    *, depth: int = 3, players: int = 3, chance: bool = False, hidden: bool = False
) -> st.SearchStrategy[ExtensiveForm]:
    """Trees without payoffs.

    ``depth``: at most so many moves on a play; ``players``: how many. With ``chance`` at
    least one chance move, with ``hidden`` at least two moves not told apart.
    """
    return _trees(depth, players, chance=chance, hidden=hidden, payoffs=False)


def _trees(
    depth: int, players: int, *, chance: bool, hidden: bool, payoffs: bool
) -> st.SearchStrategy[Any]:
    least = 2 if hidden else 1
    if players < least or depth < least:
        raise GameError(f"depth={depth}, players={players}: give at least {least} of each")
    names = plain_names(players)

    @st.composite
    def drawn(draw: Callable[..., Any]) -> Any:
        root = _opened(draw, names, depth, chance=chance, hidden=hidden)
        if hidden:
            _hide(draw, root)
        tree = _written(root, names, (lambda: draw(small)) if payoffs else None)
        return (
            ExtensiveFormGame.from_tree(tree, players=names)
            if payoffs
            else ExtensiveForm(tree, players=names)
        )

    return drawn()


def _opened(
    draw: Callable[..., Any],
    names: tuple[str, ...],
    depth: int,
    *,
    chance: bool,
    hidden: bool,
) -> _GrownNode:
    """A tree whose first moves are as asked for, the rest as drawn."""
    first = _GrownNode(None if chance else names[0])
    many = draw(st.integers(2, _MOST_ACTIONS))
    if hidden:
        second = draw(st.integers(2, _MOST_ACTIONS))
        mover = names[-1]
        for _ in range(many):
            first.below.append(
                _GrownNode(
                    mover, [_grown(draw, names, depth - 2, chance) for _ in range(second)]
                )
            )
    else:
        first.below = [_grown(draw, names, depth - 1, chance) for _ in range(many)]
        if chance and not any(one.somebody_moves() for one in first.below):
            # somebody has to move
            first.below[0] = _GrownNode(names[0], [_GrownNode(), _GrownNode()])
    if chance:
        first.weights = _weights(draw, many)
    return first


def _grown(
    draw: Callable[..., Any], names: tuple[str, ...], depth: int, chance: bool
) -> _GrownNode:
    """What comes after a move: mostly an end, the nearer the depth is."""
    many = draw(st.sampled_from((0, 2, 0, _MOST_ACTIONS, 1, 2))) if depth > 0 else 0
    if not many:
        return _GrownNode()
    mover = draw(st.sampled_from((*names, None) if chance else names))
    below = [_grown(draw, names, depth - 1, chance) for _ in range(many)]
    return _GrownNode(mover, below, _weights(draw, many) if mover is None else ())


def _weights(draw: Callable[..., Any], many: int) -> tuple[int, ...]:
    """Weights of events: the first is positive."""
    return (
        draw(st.integers(1, 3)),
        *[draw(st.sampled_from((1, 2, 3, 0))) for _ in range(many - 1)],
    )


def _hide(draw: Callable[..., Any], root: _GrownNode) -> None:
    """Put moves into information sets, level by level.

    Only moves of one player at one depth with equally many actions, who has known and done
    the same before, may be joined: so nobody forgets. The first that can be joined are.
    """
    level: list[tuple[_GrownNode, dict[str, tuple[Hashable, ...]]]] = [(root, {})]
    number = 0
    while level:
        alike: dict[Hashable, list[_GrownNode]] = {}
        for node, known in level:
            if node.mover is not None:
                alike.setdefault(
                    (node.mover, len(node.below), known.get(node.mover, ())), []
                ).append(node)
        for together in alike.values():
            if len(together) > 1 and (number == 0 or draw(st.booleans())):
                number += 1
                for node in together:
                    node.infoset = f"hidden {number}"
        following = []
        for node, known in level:
            for k, child in enumerate(node.below):
                after = dict(known)
                if node.mover is not None:
                    after[node.mover] = (
                        *known.get(node.mover, ()),
                        node.infoset or id(node),
                        k,
                    )
                following.append((child, after))
        level = following


def _written(
    node: _GrownNode, names: tuple[str, ...], payoff: Callable[[], int] | None
) -> Decision | Chance | End:
    """The tree in the toolkit's own words."""
    if not node.below:
        return End({name: payoff() for name in names} if payoff is not None else {})
    below = [_written(child, names, payoff) for child in node.below]
    if node.mover is None:
        total = sum(node.weights)
        events = {
            f"e{k + 1}": (Fraction(w, total), one)
            for k, (w, one) in enumerate(zip(node.weights, below, strict=True))
        }
        return Chance("chance", events)
    return Decision(
        node.mover,
        {f"{node.mover.lower()}{k + 1}": one for k, one in enumerate(below)},
        infoset=node.infoset,
    )
