"""Mixed equilibria of a two-player table, decided by the signs of polynomials in what varies.

Each player's mixtures, with what they make the other's actions worth, form a polyhedron. A vertex has as many actions in use as
actions of the other that are best replies to it (S, J); its weights and the other's losses are quotients of determinants, by
Cramer's rule. As long as the signs of these stay, the vertices keep their labels, and so do the extreme equilibria: the pairs of
vertices in which every action is unused or a best reply (O. L. Mangasarian, "Equilibrium points of bimatrix games", Journal of
the Society for Industrial and Applied Mathematics 12, 1964).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import attrs

from strategy import deadline
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.errors import RefusalError
from strategy.forms.normal import NormalForm
from strategy.sensitivity.deciding.found import Found
from strategy.sensitivity.deciding.slices import Form, Slice, add, canonical, multiply

__all__ = ["Basis", "MixedDecider", "Vertex"]

_MOST_VERTICES = 2_000

Signs = Callable[[Form], int]
Matrix = Sequence[Sequence[Form]]


@attrs.frozen
class Vertex:
    """A vertex of one player's mixtures: the actions in use, and the other's actions that are best replies to it."""

    used: frozenset[int]
    best: frozenset[int]


@attrs.frozen
class Basis:
    """A candidate for a vertex: the determinant, then weights and losses as multiples of it; each a form and its sign.

    ``shares``: the weights before they were scaled, in proportion to each other.
    """

    actions: tuple[int, ...]
    replies: tuple[int, ...]
    shares: tuple[Form, ...]
    determinant: tuple[Form, int]
    weights: tuple[tuple[Form, int], ...]
    losses: tuple[tuple[int, tuple[Form, int]], ...]


class MixedDecider:
    """All Nash equilibria of a two-player table."""

    def __init__(self, where: Slice, outcome: Outcome) -> None:
        model = where.model
        form = _two_players(model)
        self.slice, self.mask = where, outcome.mask.reshape(form.shape)
        tables = []
        for player in model.players:
            number, payoffs = model.payoff_polynomials(player)
            forms = [where.restrict(one) for one in payoffs]
            tables.append([[forms[number[i * form.shape[1] + j]] for j in range(form.shape[1])] for i in range(form.shape[0])])
        # The mixtures of each player are judged by what they make the other's actions worth.
        one: Form = (((0,) * len(where.varied), Fraction(1)),)
        self.bases = (tuple(_bases(tables[1], one)), tuple(_bases(list(zip(*tables[0], strict=True)), one)))

    def found(self, signs: Signs) -> Found:
        """What there is where the forms have these signs."""
        deadline.check()
        plays, hit, miss = set(), False, False
        for first, second in self.equilibria(signs):
            for i, j in itertools.product(first.used, second.used):
                plays.add(i * self.mask.shape[1] + j)
                hit, miss = hit or bool(self.mask[i, j]), miss or not self.mask[i, j]
        return Found(frozenset(plays), hit, miss)

    def basis(self, player: int, vertex: Vertex, signs: Signs) -> Basis:
        """A basis of a vertex of one player's mixtures."""
        return next(one for one in self.bases[player] if _vertex(one, signs) == vertex)

    def equilibria(self, signs: Signs) -> Iterator[tuple[Vertex, Vertex]]:
        """The extreme equilibria where the forms have these signs, as vertices of the two players."""
        mine, theirs = (_vertices(side, signs) for side in self.bases)
        for first, second in itertools.product(mine, theirs):
            if first.used <= second.best and second.used <= first.best:
                yield first, second


def _two_players(model: Model) -> NormalForm:
    form = model.form
    if not isinstance(form, NormalForm) or len(form.players) != 2:
        raise RefusalError(
            "how mixed equilibria depend on a parameter is decided exactly for tables of two players: "
            "use verdict() at chosen values, or PureNash()"
        )
    count = math.comb(sum(form.shape), form.shape[0])
    if count > _MOST_VERTICES:
        raise RefusalError(
            f"mixed equilibria of a {form.shape[0]} x {form.shape[1]} table along a range take {count:,} bases"
            f" and {_MOST_VERTICES:,} is the most: use verdict() at chosen values, or PureNash()"
        )
    return form


def _bases(worth: Matrix, one: Form) -> Iterator[Basis]:
    """The candidates for vertices of the mixtures of the player who chooses rows, ``worth`` being the other's payoffs."""
    rows, columns = range(len(worth)), range(len(worth[0]))
    minors: dict[tuple[int, ...], dict[tuple[int, ...], Form]] = {(): {}}
    for size in range(1, min(len(worth), len(worth[0])) + 1):
        for replies in itertools.combinations(columns, size):
            minors[replies] = _minors(worth, replies, minors[replies[:-1]]) if size > 1 else {(): one}
            for actions in itertools.combinations(rows, size):
                yield _basis(worth, actions, replies, minors[replies])


def _minors(worth: Matrix, replies: tuple[int, ...], before: dict[tuple[int, ...], Form]) -> dict[tuple[int, ...], Form]:
    """For each set of one row less than there are replies, the determinant of what each reply is worth more than the first."""
    first, last = replies[0], replies[-1]
    more = [add(row[last], row[first], -1) for row in worth]
    result = {}
    for chosen in itertools.combinations(range(len(worth)), len(replies) - 1):
        total: Form = ()
        for place, row in enumerate(chosen):
            rest = chosen[:place] + chosen[place + 1 :]
            total = add(total, multiply(more[row], before[rest]), -1 if (len(chosen) - 1 - place) % 2 else 1)
        result[chosen] = total
    return result


def _basis(worth: Matrix, actions: tuple[int, ...], replies: tuple[int, ...], minors: dict[tuple[int, ...], Form]) -> Basis:
    weights: list[Form] = []
    for place in range(len(actions)):
        minor = minors[actions[:place] + actions[place + 1 :]]
        weights.append(add((), minor, -1 if place % 2 else 1))
    determinant: Form = ()
    for weight in weights:
        determinant = add(determinant, weight)
    losses = []
    for other in range(len(worth[0])):
        if other not in replies:
            loss: Form = ()
            for row, weight in zip(actions, weights, strict=True):
                loss = add(loss, multiply(add(worth[row][replies[0]], worth[row][other], -1), weight))
            losses.append((other, canonical(loss)))
    signed = tuple([canonical(one) for one in weights])
    return Basis(actions, replies, tuple(weights), canonical(determinant), signed, tuple(losses))


def _vertices(bases: Sequence[Basis], signs: Signs) -> list[Vertex]:
    found = dict.fromkeys([vertex for basis in bases if (vertex := _vertex(basis, signs)) is not None])
    return list(found)


def sign_of(one: tuple[Form, int], signs: Signs) -> int:
    """The sign of a form given with its own sign."""
    return one[1] * signs(one[0]) if one[1] else 0


def _vertex(basis: Basis, signs: Signs) -> Vertex | None:
    """The vertex of a basis; None if it is none. Signs are asked for one by one, and no more once one is wrong."""
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
