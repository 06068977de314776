"""Which deviations bind at a threshold: who turns from what to what, and what is played before and after."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from fractions import Fraction
from typing import Any

import attrs
import numpy as np

from strategy.algebraic import AlgebraicNumber
from strategy.forms.plays import Play
from strategy.names import FrozenMapping
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.mixed_decider import Basis, MixedDecider, sign_of
from strategy.sensitivity.deciding.slices import Form, Place, Signs, add, canonical, value
from strategy.sensitivity.deciding.table_decider import TableDecider
from strategy.sensitivity.deciding.tree_decider import InductionRun, TreeDecider

__all__ = ["Binding", "binding_deviations"]

Laws = list[list[Fraction]]
_NEAR = Fraction(1, 10**12)


@attrs.frozen
class Binding:
    """A deviation whose gain vanishes at a threshold and so changes the verdict there.

    ``player`` turns from ``from_`` to ``to`` at ``where`` (an information set; None in a table) as the parameter passes the
    point upwards, or at the point itself; one who mixes does less of the first and more of the second. ``before`` and ``after``:
    what is played (from that move on, in a tree) with the one and with the other: Play -> probability at the point (within 1e-12
    of it where it is irrational). Nothing is named where a whole mixture ceases to be determined.
    """

    player: str
    where: Hashable
    from_: str
    to: str
    before: FrozenMapping[Play, Fraction]
    after: FrozenMapping[Play, Fraction]

    def __iter__(self) -> Iterator[Any]:
        return iter((self.player, self.where, self.from_, self.to))


def binding_deviations(decider: Any, below: Signs, here: Signs, above: Signs) -> tuple[Binding, ...]:
    """The deviations that bind at a place, given the signs just below, at and just above it."""
    finds = [decider.found(signs) for signs in (below, here, above)]
    if finds[0].verdict is not finds[2].verdict:
        sides = (below, above)
    elif finds[0].verdict is not finds[1].verdict:
        sides = (below, here)
    else:
        return ()
    if isinstance(decider, TableDecider):
        return tuple(dict.fromkeys(_in_table(decider, *sides)))
    if isinstance(decider, MixedDecider):
        return tuple(dict.fromkeys(_in_mixtures(decider, *sides, here)))
    assert isinstance(decider, TreeDecider)
    return tuple(dict.fromkeys(_in_tree(decider, *sides, here)))


def _matters(one: Found, other: Found, mask: Any, play: int) -> bool:
    """Whether a play's coming or going is part of what changes the verdict."""
    if one.verdict is other.verdict:
        return False
    changes_hit, changes_miss = one.hit != other.hit, one.miss != other.miss
    return bool(changes_hit if mask[play] else changes_miss)


# -- tables ------------------------------------------------------------------------------------------------------


def _in_table(decider: TableDecider, first: Signs, second: Signs) -> Iterator[Binding]:
    signs = [decider.signs(first), decider.signs(second)]
    finds = [decider.of(one) for one in signs]
    for gone, back in ((0, 1), (1, 0)):
        for play in sorted(finds[gone].plays - finds[back].plays):
            if not _matters(finds[gone], finds[back], decider.mask, play):
                continue
            for axis, own, other in _breaking(decider, signs[back], play):
                pair = (own, other) if gone == 0 else (other, own)
                yield _table_binding(decider, play, axis, own, pair)


def _breaking(decider: TableDecider, signs: Any, play: int) -> Iterator[tuple[int, int, int]]:
    """What keeps a play from being an equilibrium: (player, its action, a better one), or dominance where nothing gains."""
    gains = decider.gains
    found, cell, any_gain = gains.lookup(signs), gains.form.indices(play), False
    for axis, table in enumerate(gains.tables):
        for other in np.flatnonzero(found[table[play]] > 0).tolist():
            any_gain = True
            yield axis, cell[axis], other
    if not any_gain:
        for axis in range(len(gains.tables)):
            for other in np.flatnonzero(gains.dominating(signs, axis)[cell[axis]]).tolist():
                yield axis, cell[axis], other


def _table_binding(decider: TableDecider, play: int, axis: int, own: int, pair: tuple[int, int]) -> Binding:
    form = decider.gains.form
    player = form.players[axis]
    options = form.actions[player]
    plays = []
    for action in pair:
        chosen = {str(who): what for who, _, what in form.play(play).steps} | {player: options[action]}
        plays.append(FrozenMapping({form.play(form.find(chosen)): Fraction(1)}))
    return Binding(player, None, options[pair[0]], options[pair[1]], plays[0], plays[1])


# -- mixtures ----------------------------------------------------------------------------------------------------


def _in_mixtures(decider: MixedDecider, first: Signs, second: Signs, here: Signs) -> Iterator[Binding]:
    sides = (first, second)
    finds = [decider.found(signs) for signs in sides]
    lists = [list(decider.equilibria(signs)) for signs in sides]
    columns = decider.mask.shape[1]
    for gone, back in ((0, 1), (1, 0)):
        for pair in lists[gone]:
            plays = [i * columns + j for i in pair[0].used for j in pair[1].used]
            if pair in lists[back] or not any(_matters(finds[gone], finds[back], decider.mask.reshape(-1), one) for one in plays):
                continue
            bases = [decider.basis(axis, vertex, sides[gone]) for axis, vertex in enumerate(pair)]
            mixes = [_mixture(basis, here.place) for basis in bases]
            if any(mix is None for mix in mixes):
                continue
            for axis, own, other in _failing(bases, sides[back]):
                turn = (own, other) if gone == 0 else (other, own)
                yield _mixed_binding(decider, axis, turn, [mix for mix in mixes if mix is not None])


def _failing(bases: list[Basis], signs: Signs) -> Iterator[tuple[int, int, int]]:
    """What keeps two vertices from being an equilibrium: (player, its action, what it turns to)."""
    for axis, basis in enumerate(bases):
        way = sign_of(basis.determinant, signs)
        for action, weight in zip(basis.actions, basis.weights, strict=True):
            if way * sign_of(weight, signs) < 0:
                yield axis, action, next(one for one in basis.actions if one != action)
        for other, loss in basis.losses:
            if way * sign_of(loss, signs) < 0:
                yield 1 - axis, basis.replies[0], other


def _mixture(basis: Basis, place: Place) -> dict[int, Fraction] | None:
    """The weights of a vertex at a place, or near it where it is irrational; None if they have no limit there of this kind."""
    near: Place = tuple([one.narrowed(_NEAR).interval[0] if isinstance(one, AlgebraicNumber) else one for one in place])
    worth = [Fraction(value(form, near)) for form in basis.shares]  # type: ignore[arg-type]
    total = sum(worth, Fraction(0))
    return {a: one / total for a, one in zip(basis.actions, worth, strict=True) if one} if total else None


def _mixed_binding(decider: MixedDecider, axis: int, turn: tuple[int, int], mixes: list[dict[int, Fraction]]) -> Binding:
    form = decider.slice.model.form
    player = form.players[axis]
    options = form.actions[player]
    plays = []
    for action in turn:
        both = [{action: Fraction(1)} if i == axis else mix for i, mix in enumerate(mixes)]
        columns = decider.mask.shape[1]
        plays.append(FrozenMapping({form.play(i * columns + j): p * q for i, p in both[0].items() for j, q in both[1].items()}))
    return Binding(player, None, options[turn[0]], options[turn[1]], plays[0], plays[1])


# -- trees -------------------------------------------------------------------------------------------------------


Choice = tuple[int, int]
"""An action at a node, and the class of the continuation behind it."""
_MOST_TRIED = 60


def _in_tree(decider: TreeDecider, first: Signs, second: Signs, here: Signs) -> Iterator[Binding]:
    runs = (decider.run(first), decider.run(second))
    finds = (decider.of(runs[0]), decider.of(runs[1]))
    turns = {node: _turns(decider, runs, node, here) for node in sorted(set(runs[0].compared) | set(runs[1].compared))}
    turning = [node for node, pairs in turns.items() if pairs]
    # Trying a node costs two inductions; where very many turn at once, all are named.
    alone = [node for node in turning if _decisive(decider, node, first, second, finds)] if len(turning) <= _MOST_TRIED else []
    laws = _laws_at(decider, here.place)
    for node in alone or turning:
        for old, new in turns[node]:
            yield _tree_binding(decider, runs, laws, node, old, new)


def _turns(decider: TreeDecider, runs: tuple[InductionRun, InductionRun], node: int, here: Signs) -> list[tuple[Choice, Choice]]:
    """What a node turns from and to: pairs of choices worth the same to the mover at the point, one of which stands on one side
    only."""
    who = int(decider.form.mover[node])
    sides = [{choice: run.listing.classes.values[choice[1]][who] for choice in _choices(run, node)} for run in runs]
    kept = [{(choice[0], worth) for choice, worth in side.items()} for side in sides]
    found: dict[tuple[int, int], tuple[Choice, Choice]] = {}
    for old, before in sides[0].items():
        for new, after in sides[1].items():
            moved = (old[0], before) not in kept[1] or (new[0], after) not in kept[0]
            if old[0] != new[0] and moved and _equal(before.form, after.form, here):
                found.setdefault((old[0], new[0]), (old, new))
    return list(found.values())


def _choices(run: InductionRun, node: int) -> list[Choice]:
    listing, first = run.listing, int(run.listing.form.first[node])
    return [(listing.owner(link[0]) - first, link[0]) for k in listing.of(node) for link in listing.links(k)]


def _equal(one: Form, other: Form, here: Signs) -> bool:
    form, turn = canonical(add(one, other, -1))
    return not turn or here(form) == 0


def _decisive(decider: TreeDecider, node: int, first: Signs, second: Signs, finds: tuple[Found, Found]) -> bool:
    """Whether this node's turn alone changes the verdict, or undoes the change made by all the others."""

    def only(turned: Signs, rest: Signs) -> Found:
        def elsewhere(at: int) -> Callable[[Form], int]:
            return turned if at == node else rest

        return decider.of(decider.run(rest, elsewhere))

    return only(second, first).verdict is not finds[0].verdict or only(first, second).verdict is not finds[1].verdict


def _tree_binding(
    decider: TreeDecider, runs: tuple[InductionRun, InductionRun], laws: Laws, node: int, old: Choice, new: Choice
) -> Binding:
    form = decider.form
    options = form.action_lists[form.label[node]]
    return Binding(
        form.players[form.mover[node]],
        form.infoset_key(int(form.infoset[node])),
        options[old[0]],
        options[new[0]],
        _continuation(decider, runs[0], laws, old[1]),
        _continuation(decider, runs[1], laws, new[1]),
    )


def _continuation(decider: TreeDecider, run: InductionRun, laws: Laws, k: int) -> FrozenMapping[Play, Fraction]:
    """What is played in the first of the continuations of a class, with the chance laws given."""
    listing, form = run.listing, decider.form
    plays: dict[Play, Fraction] = {}
    stack = [(k, Fraction(1))]
    while stack:
        k, weight = stack.pop()
        here, link = listing.owner(k), listing.links(k)[0]
        if form.mover[here] == -2:
            plays[form.play(int(form.leaf_number[here]))] = weight
        for part in link:
            chance = form.mover[here] == -1
            step = laws[form.law[here]][listing.owner(part) - int(form.first[here])] if chance else Fraction(1)
            stack.append((part, weight * step))
    return FrozenMapping(plays)


def _laws_at(decider: TreeDecider, place: Place) -> Laws:
    """The chance laws at a threshold; where it is irrational, at a rational number within 1e-12 of it."""
    near: Place = tuple([one.narrowed(_NEAR).interval[0] if isinstance(one, AlgebraicNumber) else one for one in place])
    return [[Fraction(value(probability, near)) for probability in law] for law in decider.laws]  # type: ignore[arg-type]
