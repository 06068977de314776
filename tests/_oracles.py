"""Naive answers, each by its definition: slow, in Fractions, and without a line of the
toolkit in them."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests._games import Cell, Leaf, Luck, Move, Tree, subtrees, walk, worth

Payoffs = Sequence[Mapping[Cell, Any]]
Kept = tuple[tuple[int, ...], ...]
History = tuple[str, ...]

# -- tables


def with_action(cell: Cell, player: int, action: int) -> Cell:
    return (*cell[:player], action, *cell[player + 1 :])


def pure_nash(shape: Cell, payoffs: Payoffs) -> list[Cell]:
    """The cells at which no player gains by another action of their own."""
    return [
        cell
        for cell in itertools.product(*map(range, shape))
        if all(
            payoffs[i][with_action(cell, i, action)] <= payoffs[i][cell]
            for i in range(len(shape))
            for action in range(shape[i])
        )
    ]


def gains(shape: Cell, payoffs: Payoffs, cell: Cell) -> dict[tuple[int, int], Any]:
    """What each deviation by one player from a cell gains."""
    return {
        (i, action): payoffs[i][with_action(cell, i, action)] - payoffs[i][cell]
        for i in range(len(shape))
        for action in range(shape[i])
    }


def dominators(
    payoffs: Payoffs, kept: Kept, player: int, action: int, *, strict: bool
) -> list[int]:
    """The kept actions of a player that dominate one of them, against all that the others
    have kept."""
    found = []
    for other in kept[player]:
        pairs = [
            (
                payoffs[player][with_action(cell, player, other)],
                payoffs[player][with_action(cell, player, action)],
            )
            for cell in itertools.product(*kept)
        ]
        if strict and all(new > old for new, old in pairs):
            found.append(other)
        if (
            not strict
            and all(new >= old for new, old in pairs)
            and any(new > old for new, old in pairs)
        ):
            found.append(other)
    return found


def everything(shape: Cell) -> Kept:
    return tuple(tuple(range(size)) for size in shape)


def dominated(payoffs: Payoffs, kept: Kept, *, strict: bool) -> set[tuple[int, int]]:
    return {
        (i, a)
        for i, row in enumerate(kept)
        for a in row
        if dominators(payoffs, kept, i, a, strict=strict)
    }


def without(kept: Kept, gone: set[tuple[int, int]]) -> Kept:
    return tuple(tuple(a for a in row if (i, a) not in gone) for i, row in enumerate(kept))


def undominated_nash(shape: Cell, payoffs: Payoffs) -> list[Cell]:
    weak = dominated(payoffs, everything(shape), strict=False)
    return [
        cell
        for cell in pure_nash(shape, payoffs)
        if not any((i, a) in weak for i, a in enumerate(cell))
    ]


def elimination(payoffs: Payoffs, shape: Cell, *, strict: bool) -> tuple[Kept, int]:
    """What is left when all dominated actions go at once, round by round, and the number of
    rounds."""
    kept, rounds = everything(shape), 0
    while gone := dominated(payoffs, kept, strict=strict):
        kept, rounds = without(kept, gone), rounds + 1
    return kept, rounds


def ends(
    payoffs: Payoffs, kept: Kept, known: dict[Kept, set[Kept]], *, strict: bool
) -> set[Kept]:
    """Where elimination of one action at a time, in any order, can end."""
    if kept not in known:
        gone = dominated(payoffs, kept, strict=strict)
        below = [ends(payoffs, without(kept, {one}), known, strict=strict) for one in gone]
        known[kept] = set().union(*below) if gone else {kept}
    return known[kept]


# -- trees


def moves(tree: Tree) -> dict[History, Move]:
    return {history: node for history, node in walk(tree) if isinstance(node, Move)}


def profiles(tree: Tree) -> Iterator[dict[History, str]]:
    """Every pure profile: an action at each move."""
    places = moves(tree)
    for chosen in itertools.product(*(node.options for node in places.values())):
        yield dict(zip(places, chosen, strict=True))


def profile_count(tree: Tree) -> int:
    return math.prod(len(node.options) for node in moves(tree).values())


def expectations(
    tree: Tree,
    profile: Mapping[History, str],
    players: Sequence[str],
    history: History = (),
) -> dict[History, tuple[Fraction, ...]]:
    """What each player expects from each node on."""
    if isinstance(tree, Leaf):
        return {history: tuple(worth(tree.payoffs.get(who, 0)) for who in players)}
    found: dict[History, tuple[Fraction, ...]] = {}
    for label, after in subtrees(tree).items():
        found |= expectations(after, profile, players, (*history, label))
    if isinstance(tree, Move):
        found[history] = found[*history, profile[history]]
    else:
        parts = [(p, found[*history, event]) for event, (p, _) in tree.options.items()]
        found[history] = tuple(
            sum((p * part[i] for p, part in parts), Fraction(0))
            for i in range(len(players))
        )
    return found


def deviations(
    tree: Tree, profile: Mapping[History, str]
) -> dict[tuple[str, History, str], Fraction]:
    """What each change of one action at one move gains its player, given that the move is
    reached."""
    places = moves(tree)
    players = sorted({node.player for node in places.values()})
    value = expectations(tree, profile, players)
    return {
        (node.player, history, action): value[*history, action][i] - value[history][i]
        for history, node in places.items()
        for i in [players.index(node.player)]
        for action in node.options
    }


def is_perfect(tree: Tree, profile: Mapping[History, str]) -> bool:
    return max(deviations(tree, profile).values(), default=Fraction(0)) <= 0


def is_perfect_by_strategies(tree: Tree, profile: Mapping[History, str]) -> bool:
    """By the definition itself: in no subgame does any player gain by any other strategy,
    however many moves it changes."""
    places = moves(tree)
    for start, node in walk(tree):
        for player in {one.player for one in places.values()}:
            own = [
                place
                for place, one in places.items()
                if one.player == player and place[: len(start)] == start
            ]
            now = expectations(node, profile, [player], start)[start]
            for chosen in itertools.product(*(places[place].options for place in own)):
                if (
                    expectations(
                        node,
                        {**profile, **dict(zip(own, chosen, strict=True))},
                        [player],
                        start,
                    )[start]
                    > now
                ):
                    return False
    return True


def distribution(
    tree: Tree, profile: Mapping[History, str], history: History = ()
) -> frozenset[tuple[History, Fraction]]:
    """The plays that happen, each with its probability."""
    if isinstance(tree, Leaf):
        return frozenset([(history, Fraction(1))])
    if isinstance(tree, Move):
        return distribution(
            tree.options[profile[history]], profile, (*history, profile[history])
        )
    return frozenset(
        (play, p * weight)
        for event, (p, after) in tree.options.items()
        if p
        for play, weight in distribution(after, profile, (*history, event))
    )


def by_listing(tree: Tree) -> Counter[frozenset[tuple[History, Fraction]]]:
    """Every profile that is subgame perfect, counted by what happens under it."""
    return Counter(
        distribution(tree, profile)
        for profile in profiles(tree)
        if is_perfect(tree, profile)
    )


class TooManyError(Exception):
    """More continuations than this oracle is asked to hold."""


Continuations = dict[tuple[tuple[Fraction, ...], Any], tuple[int, int]]
"""(payoffs, what happens or None) -> (how many profiles, how many ways to play)."""


def by_recursion(
    tree: Tree,
    players: Sequence[str],
    *,
    spread: bool,
    most: int = 5000,
    history: History = (),
) -> Continuations:
    """Backward induction that keeps every continuation: apart by what happens (``spread``),
    or put together by payoffs."""
    result: Continuations = {}

    def put(payoffs: tuple[Fraction, ...], plays: Any, profiles: int, ways: int) -> None:
        old = result.get((payoffs, plays), (0, 0))
        result[payoffs, plays] = (old[0] + profiles, old[1] + ways)
        if len(result) > most:
            raise TooManyError

    below = {
        label: by_recursion(
            after, players, spread=spread, most=most, history=(*history, label)
        )
        for label, after in subtrees(tree).items()
    }
    if isinstance(tree, Leaf):
        put(
            tuple(worth(tree.payoffs.get(who, 0)) for who in players),
            frozenset([(history, Fraction(1))]) if spread else None,
            1,
            1,
        )
    elif isinstance(tree, Move):
        me = players.index(tree.player)
        for action, found in below.items():
            for (payoffs, plays), (count, ways) in found.items():
                # Every other action leads to something that is worth no more to the player.
                rest = [
                    sum(
                        many
                        for (value, _), (many, _) in others.items()
                        if value[me] <= payoffs[me]
                    )
                    for other, others in below.items()
                    if other != action
                ]
                if all(rest):
                    put(payoffs, plays, count * math.prod(rest), ways)
    else:
        assert isinstance(tree, Luck)
        combined: Continuations = {
            ((Fraction(0),) * len(players), frozenset() if spread else None): (1, 1)
        }
        for event, (p, _) in tree.options.items():
            if not p:
                # Played as well as any other subgame, but nothing that happens depends on
                # how.
                idle = sum(count for count, _ in below[event].values())
                combined = {
                    key: (count * idle, ways) for key, (count, ways) in combined.items()
                }
                continue
            step: Continuations = {}
            for ((total, plays), (count, ways)), (
                (payoffs, more),
                (many, others),
            ) in itertools.product(combined.items(), below[event].items()):
                key = (
                    tuple(x + p * y for x, y in zip(total, payoffs, strict=True)),
                    plays | {(play, p * weight) for play, weight in more}
                    if spread
                    else None,
                )
                old = step.get(key, (0, 0))
                step[key] = (old[0] + count * many, old[1] + ways * others)
                if len(step) > most:
                    raise TooManyError
            combined = step
        result = combined
    return result
