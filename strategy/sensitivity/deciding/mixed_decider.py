"""Mixed equilibria of a two-player table, decided by signs.

The signs of polynomials in what varies.

Each player's mixtures, with what they make the other's actions worth, form a polyhedron. A
vertex has as many actions in use as actions of the other that are best replies to it (S,
J); its weights and the other's losses are quotients of determinants, by Cramer's rule. As
long as the signs of these stay, the vertices keep their labels, and so do the extreme
equilibria: the pairs of vertices in which every action is unused or a best reply (O. L.
Mangasarian, "Equilibrium points of bimatrix games", Journal of the Society for Industrial
and Applied Mathematics 12, 1964).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property, reduce
from operator import add
from typing import cast

import attrs

from strategy import deadline
from strategy.assumptions.model import Model
from strategy.concepts.nash import Nash
from strategy.forms.normal import NormalForm
from strategy.names import FrozenMapping
from strategy.polynomials import Polynomial
from strategy.protocols import Concept
from strategy.sensitivity.deciding.binding import Binding, matters, near
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.protocol import Decider
from strategy.sensitivity.deciding.slices import Place, Signs as GivenSigns, value

__all__ = ["MixedDecider"]

_MOST_VERTICES = 2_000

Signs = Callable[[Polynomial], int]
Pair = tuple["Vertex", "Vertex"]
Matrix = Sequence[Sequence[Polynomial]]


@attrs.frozen
class Vertex:
    """A vertex of one player's mixtures.

    The actions in use, and the other's actions that are best replies to it.
    """

    used: frozenset[int]
    best: frozenset[int]


@attrs.frozen
class Basis:
    """A candidate for a vertex.

    The determinant, then weights and losses as multiples of it; each a polynomial and its sign.

    ``shares``: the weights before they were scaled, in proportion to each other.
    """

    actions: tuple[int, ...]
    replies: tuple[int, ...]
    shares: tuple[Polynomial, ...]
    determinant: tuple[Polynomial, int]
    weights: tuple[tuple[Polynomial, int], ...]
    losses: tuple[tuple[int, tuple[Polynomial, int]], ...]


class MixedDecider(Decider):
    """All Nash equilibria of a two-player table."""

    @classmethod
    def fits(cls, model: Model, concept: Concept) -> bool | str:
        form = model.form
        if not isinstance(concept, Nash) or form.is_tree or len(form.players) != 2:
            return False
        count = math.comb(sum(form.shape), form.shape[0])
        return count <= _MOST_VERTICES or (
            f"mixed equilibria of a {form.shape[0]} x {form.shape[1]} table along a range "
            f"take {count:,} bases and {_MOST_VERTICES:,} is the most: use verdict() at "
            "chosen values, or PureNash()"
        )

    @property
    def form(self) -> NormalForm:
        """The table."""
        return cast(NormalForm, self.slice.model.form)

    @cached_property
    def bases(self) -> tuple[tuple[Basis, ...], tuple[Basis, ...]]:
        """Each player's candidates for vertices.

        Mixtures are judged by what they make the other's actions worth.
        """
        model, tables = self.slice.model, []
        for player in model.players:
            number, payoffs = model.payoff_polynomials(player)
            worths = [self.slice.restrict(one) for one in payoffs]
            tables.append(
                [
                    [worths[k] for k in row]
                    for row in number.reshape(self.form.shape).tolist()
                ]
            )
        return tuple(_bases(tables[1])), tuple(_bases(list(zip(*tables[0], strict=True))))

    def found(self, signs: Signs) -> Found:
        """What there is where the polynomials have these signs."""
        deadline.check()
        return Found.of(
            [play for pair in self.equilibria(signs) for play in self._plays(pair)],
            self.mask,
        )

    def _plays(self, pair: Pair) -> list[int]:
        columns = self.form.shape[1]
        return [i * columns + j for i, j in itertools.product(pair[0].used, pair[1].used)]

    def equilibria(self, signs: Signs) -> Iterator[Pair]:
        """The extreme equilibria where the polynomials have these signs.

        They are given as vertices of the two players.
        """
        mine, theirs = (_vertices(side, signs) for side in self.bases)
        for first, second in itertools.product(mine, theirs):
            if first.used <= second.best and second.used <= first.best:
                yield first, second

    def turning(
        self, first: GivenSigns, second: GivenSigns, here: GivenSigns
    ) -> Iterator[Binding]:
        sides = (first, second)
        finds = [self.found(signs) for signs in sides]
        lists = [list(self.equilibria(signs)) for signs in sides]
        for gone, back in ((0, 1), (1, 0)):
            for pair in lists[gone]:
                if pair in lists[back] or not any(
                    matters(finds[gone], finds[back], self.mask, play)
                    for play in self._plays(pair)
                ):
                    continue
                bases = [
                    self._basis(axis, vertex, sides[gone])
                    for axis, vertex in enumerate(pair)
                ]
                mixes = [
                    mix
                    for basis in bases
                    if (mix := _mixture(basis, here.place)) is not None
                ]
                for axis, own, other in (
                    _failing(bases, sides[back]) if len(mixes) == 2 else ()
                ):
                    yield self._turn(
                        axis, (own, other) if gone == 0 else (other, own), mixes
                    )

    def _basis(self, player: int, vertex: Vertex, signs: Signs) -> Basis:
        """A basis of a vertex of one player's mixtures."""
        return next(one for one in self.bases[player] if _vertex(one, signs) == vertex)

    def _turn(
        self, axis: int, turn: tuple[int, int], mixes: list[dict[int, Fraction]]
    ) -> Binding:
        form = self.form
        options = form.actions[form.players[axis]]
        columns = form.shape[1]
        plays = []
        for action in turn:
            rows, others = [
                {action: Fraction(1)} if i == axis else mix for i, mix in enumerate(mixes)
            ]
            plays.append(
                FrozenMapping(
                    {
                        form.play(i * columns + j): p * q
                        for i, p in rows.items()
                        for j, q in others.items()
                    }
                )
            )
        return Binding(
            form.players[axis], None, options[turn[0]], options[turn[1]], plays[0], plays[1]
        )


def _failing(bases: list[Basis], signs: Signs) -> Iterator[tuple[int, int, int]]:
    """What keeps two vertices from being an equilibrium.

    Each is (player, its action, what it turns to).
    """
    for axis, basis in enumerate(bases):
        way = sign_of(basis.determinant, signs)
        for action, weight in zip(basis.actions, basis.weights, strict=True):
            if way * sign_of(weight, signs) < 0:
                yield axis, action, next(one for one in basis.actions if one != action)
        for other, loss in basis.losses:
            if way * sign_of(loss, signs) < 0:
                yield 1 - axis, basis.replies[0], other


def _mixture(basis: Basis, place: Place) -> dict[int, Fraction] | None:
    """The weights of a vertex at a place, or near it where it is irrational.

    The result is None if they have no limit of this kind there.
    """
    worth = [Fraction(value(share, near(place))) for share in basis.shares]  # type: ignore[arg-type]
    total = sum(worth, Fraction(0))
    return (
        {a: one / total for a, one in zip(basis.actions, worth, strict=True) if one}
        if total
        else None
    )


def _bases(worth: Matrix) -> Iterator[Basis]:
    """The candidates for vertices of the mixtures of the player who chooses rows.

    ``worth`` is the other's payoffs.
    """
    rows, columns = range(len(worth)), range(len(worth[0]))
    minors: dict[tuple[int, ...], dict[tuple[int, ...], Polynomial]] = {(): {}}
    one = worth[0][0] * 0 + 1
    for size in range(1, min(len(worth), len(worth[0])) + 1):
        for replies in itertools.combinations(columns, size):
            minors[replies] = (
                _minors(worth, replies, minors[replies[:-1]]) if size > 1 else {(): one}
            )
            for actions in itertools.combinations(rows, size):
                yield _basis(worth, actions, replies, minors[replies])


def _minors(
    worth: Matrix, replies: tuple[int, ...], before: dict[tuple[int, ...], Polynomial]
) -> dict[tuple[int, ...], Polynomial]:
    """For each set of one row less than there are replies, a determinant.

    Of what each reply is worth more than the first.
    """
    first, last = replies[0], replies[-1]
    more, end = [row[last] - row[first] for row in worth], len(replies) - 2
    return {
        chosen: reduce(
            add,
            [
                more[row]
                * before[chosen[:place] + chosen[place + 1 :]]
                * (-1) ** (end - place)
                for place, row in enumerate(chosen)
            ],
        )
        for chosen in itertools.combinations(range(len(worth)), len(replies) - 1)
    }


def _basis(
    worth: Matrix,
    actions: tuple[int, ...],
    replies: tuple[int, ...],
    minors: dict[tuple[int, ...], Polynomial],
) -> Basis:
    weights = tuple(
        [
            minors[actions[:place] + actions[place + 1 :]] * (-1) ** place
            for place in range(len(actions))
        ]
    )
    losses = []
    for other in set(range(len(worth[0]))) - set(replies):
        loss = reduce(
            add,
            [
                (worth[row][replies[0]] - worth[row][other]) * weight
                for row, weight in zip(actions, weights, strict=True)
            ],
        )
        losses.append((other, loss.canonical()))
    signed = tuple([one.canonical() for one in weights])
    determinant = reduce(add, weights).canonical()
    return Basis(actions, replies, weights, determinant, signed, tuple(losses))


def _vertices(bases: Sequence[Basis], signs: Signs) -> list[Vertex]:
    found = dict.fromkeys(
        [vertex for basis in bases if (vertex := _vertex(basis, signs)) is not None]
    )
    return list(found)


def sign_of(one: tuple[Polynomial, int], signs: Signs) -> int:
    """The sign of a polynomial given with its own sign.

    ``one``: these two; ``signs``: polynomial -> sign.
    """
    return one[1] * signs(one[0]) if one[1] else 0


def _vertex(basis: Basis, signs: Signs) -> Vertex | None:
    """The vertex of a basis; None if it is none.

    Signs are asked for one by one, and no more once one is wrong.
    """
    turn = sign_of(basis.determinant, signs)
    if not turn:
        return None
    used, best = set(), set(basis.replies)
    for action, weight in zip(basis.actions, basis.weights, strict=True):
        here = sign_of(weight, signs) * turn
        if here < 0:
            return None
        if here:
            used.add(action)
    for other, loss in basis.losses:
        here = sign_of(loss, signs) * turn
        if here < 0:
            return None
        if not here:
            best.add(other)
    return Vertex(frozenset(used), frozenset(best))
