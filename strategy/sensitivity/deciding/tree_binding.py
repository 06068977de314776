"""Which moves of a tree bind at a threshold.

Those whose turn alone changes the verdict, or undoes what the others change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from strategy.forms.plays import Play
from strategy.names import FrozenMapping
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.binding import Binding, near
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.slices import Place, Signs, value
from strategy.sensitivity.deciding.tree_induction import InductionRun, SlicedTree

__all__ = ["turns_in_tree"]

Laws = list[list[Fraction]]
Choice = tuple[int, int]
"""An action at a node, and the class of the continuation behind it."""
_MOST_TRIED = 60


def turns_in_tree(
    tree: SlicedTree, first: Signs, second: Signs, here: Signs
) -> Iterator[Binding]:
    runs = (tree.run(first), tree.run(second))
    finds = (tree.of(runs[0]), tree.of(runs[1]))
    turns = {
        node: _turns(tree, runs, node, here)
        for node in sorted(set(runs[0].compared) | set(runs[1].compared))
    }
    turning = [node for node, pairs in turns.items() if pairs]
    # Trying a node costs two inductions; where very many turn at once, all are named.
    alone = (
        [node for node in turning if _decisive(tree, node, first, second, finds)]
        if len(turning) <= _MOST_TRIED
        else []
    )
    laws = _laws_at(tree, here.place)
    for node in alone or turning:
        for old, new in turns[node]:
            yield _tree_binding(tree, runs, laws, node, old, new)


def _turns(
    tree: SlicedTree, runs: tuple[InductionRun, InductionRun], node: int, here: Signs
) -> list[tuple[Choice, Choice]]:
    """What a node turns from and to.

    Pairs of choices worth the same to the mover at the point, one of which stands on one
    side only.
    """
    who = int(tree.form.mover[node])
    sides = [
        {
            choice: run.listing.classes.values[choice[1]][who]
            for choice in _choices(run, node)
        }
        for run in runs
    ]
    kept = [{(choice[0], worth) for choice, worth in side.items()} for side in sides]
    found: dict[tuple[int, int], tuple[Choice, Choice]] = {}
    for old, before in sides[0].items():
        for new, after in sides[1].items():
            moved = (old[0], before) not in kept[1] or (new[0], after) not in kept[0]
            if old[0] != new[0] and moved and _equal(before.poly, after.poly, here):
                found.setdefault((old[0], new[0]), (old, new))
    return list(found.values())


def _choices(run: InductionRun, node: int) -> list[Choice]:
    listing, first = run.listing, int(run.listing.form.first[node])
    return [
        (listing.owner(link[0]) - first, link[0])
        for k in listing.of(node)
        for link in listing.links(k)
    ]


def _equal(one: Polynomial, other: Polynomial, here: Signs) -> bool:
    poly, turn = (one - other).canonical()
    return not turn or here(poly) == 0


def _decisive(
    tree: SlicedTree, node: int, first: Signs, second: Signs, finds: tuple[Found, Found]
) -> bool:
    """Whether this node's turn alone changes the verdict.

    A turn that undoes the change made by all the others counts too.
    """

    def only(turned: Signs, rest: Signs) -> Found:
        def elsewhere(at: int) -> Callable[[Polynomial], int]:
            return turned if at == node else rest

        return tree.of(tree.run(rest, elsewhere))

    return (
        only(second, first).verdict is not finds[0].verdict
        or only(first, second).verdict is not finds[1].verdict
    )


def _tree_binding(
    tree: SlicedTree,
    runs: tuple[InductionRun, InductionRun],
    laws: Laws,
    node: int,
    old: Choice,
    new: Choice,
) -> Binding:
    form = tree.form
    options = form.action_lists[form.label[node]]
    return Binding(
        form.players[form.mover[node]],
        form.infoset_key(int(form.infoset[node])),
        options[old[0]],
        options[new[0]],
        _continuation(tree, runs[0], laws, old[1]),
        _continuation(tree, runs[1], laws, new[1]),
    )


def _continuation(
    tree: SlicedTree, run: InductionRun, laws: Laws, k: int
) -> FrozenMapping[Play, Fraction]:
    """What is played in the first of a class's continuations, given the chance laws."""
    listing, form = run.listing, tree.form
    plays: dict[Play, Fraction] = {}
    stack = [(k, Fraction(1))]
    while stack:
        k, weight = stack.pop()
        here, link = listing.owner(k), listing.links(k)[0]
        if form.mover[here] == -2:
            plays[form.play(int(form.leaf_number[here]))] = weight
        for part in link:
            chance = form.mover[here] == -1
            step = (
                laws[form.law[here]][listing.owner(part) - int(form.first[here])]
                if chance
                else Fraction(1)
            )
            stack.append((part, weight * step))
    return FrozenMapping(plays)


def _laws_at(tree: SlicedTree, place: Place) -> Laws:
    """The chance laws at a threshold.

    Where it is irrational, at a rational number close to it.
    """
    here = near(place)
    return [
        [Fraction(value(probability, here)) for probability in law]  # type: ignore[arg-type]
        for law in tree.laws
    ]
