"""Which comparisons a verdict in a tree rests on: at a place, without chance; and anywhere."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.forms.extensive import ExtensiveForm
from strategy.linear.inequality import Inequality
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.inequalities import (
    Needed,
    implied,
    ranges_of,
    read,
)
from strategy.sensitivity.deciding.tree_induction import SlicedTree

__all__ = ["compared_in_tree", "needed_in_tree"]


def needed_in_tree(
    tree: SlicedTree, asked: list[Needed], samples: NDArray[np.float64] | None
) -> list[Needed]:
    """Those of the comparisons that are needed for only plays with the outcome to remain.

    Only they are possible then; those that fail at most of the samples are left out first.
    ``tree``: the tree on the slice; ``asked``: the comparisons.
    """
    varied = tree.slice.varied
    if (
        samples is not None
        and len(samples)
        and not any(one.poly.degree > 1 for one in asked)
    ):
        often = [
            float(read(one.poly, one.sign, True, varied).holds(varied, samples).mean())
            for one in asked
        ]
        asked = [asked[i] for i in np.argsort(often, kind="stable")]
    known = _Known(tree)
    kept = dict.fromkeys(asked)
    for one in asked:
        fewer = {other.poly: other.sign for other in kept if other.poly != one.poly}
        if tree.mask[list(known.possible(fewer))].all():
            del kept[one]
    return list(kept)


class _Known:
    """Which plays of a tree are possible in equilibrium if little is known.

    No more than the signs of some comparisons.
    """

    def __init__(self, tree: SlicedTree) -> None:
        self.tree, self.box = tree, ranges_of(tree.slice)
        self.differences: dict[tuple[int, int, int], tuple[Polynomial, int, int]] = {}

    def possible(self, signs: Mapping[Polynomial, int]) -> frozenset[int]:
        """A play is impossible if the mover at some node has a better action.

        One after which every possible play pays more.
        """
        form = self.tree.form
        found: list[frozenset[int]] = [frozenset()] * form.node_count
        for node in range(form.node_count - 1, -1, -1):
            who = int(form.mover[node])
            if who < 0:
                found[node] = frozenset([int(form.leaf_number[node])])
                continue
            parts = found[int(form.first[node]) : int(form.first[node + 1])]
            found[node] = frozenset(
                play
                for part in parts
                for play in part
                if not any(
                    all(self._more(who, play, y, signs) for y in other)
                    for other in parts
                    if other is not part
                )
            )
        return found[0]

    def _more(
        self, who: int, than: int, play: int, signs: Mapping[Polynomial, int]
    ) -> bool:
        key = (who, than, play)
        if key not in self.differences:
            payoffs = self.tree.payoffs[who]
            poly, turn = (payoffs[play] - payoffs[than]).canonical()
            self.differences[key] = poly, turn, self._everywhere(poly)
        poly, turn, everywhere = self.differences[key]
        return turn * (everywhere or signs.get(poly, 0)) > 0

    def _everywhere(self, poly: Polynomial) -> int:
        """The sign of an affine polynomial if it has one over the whole box, or 0."""
        if not poly or poly.degree > 1:
            return 0
        nothing = Inequality((), Fraction(-1), False)
        return next(
            (
                sign
                for sign in (1, -1)
                if implied(
                    read(poly, sign, True, self.tree.slice.varied), nothing, self.box
                )
            ),
            0,
        )


def compared_in_tree(model: Model, form: ExtensiveForm) -> Iterator[Any]:
    """What its players may compare, over all parameters.

    Differences between what plays behind two actions of one move pay the mover. Where
    chance moves, probabilities weigh payoffs, so that whatever is a part of one may matter.
    ``model``: whose parameters; ``form``: its tree.
    """
    payoffs = [model.payoff_polynomials(player) for player in model.players]
    if model.laws is not None:
        yield from (one for law in model.laws.amounts for one in law)
        yield from (one for _, some in payoffs for one in some)
        return
    below: list[set[int]] = [set() for _ in range(form.node_count)]
    for node in range(form.node_count - 1, -1, -1):
        if form.mover[node] == -2:
            below[node] = {int(form.leaf_number[node])}
            continue
        children = below[int(form.first[node]) : int(form.first[node + 1])]
        below[node] = set().union(*children)
        if form.mover[node] >= 0:
            number, polynomials = payoffs[form.mover[node]]
            kinds = [{int(number[play]) for play in plays} for plays in children]
            for one, other in itertools.combinations(kinds, 2):
                yield from (
                    polynomials[a] - polynomials[b] for a in one for b in other if a != b
                )
