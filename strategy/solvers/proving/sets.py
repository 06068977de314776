"""Lists of equilibria that a proof speaks of.

That all that is listed are equilibria, and that nothing exact is missing.

A product of polytopes all of whose corner profiles are equilibria consists of equilibria:
at each corner of the others every vertex of a player is a best reply, so it is one at every
mixture of them. Where at most two players mix and the others play pure actions, the
equilibria are unions of such products that exact vertex enumeration finds (M. J. M. Jansen,
"Maximal Nash subsets for bimatrix games", 1981, and the condition that the others keep to
their actions).

This is an independent judge: its vertices come from bases that python-flint solves, and from
no code by which equilibria are found.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat

from strategy.completeness import NOT_AN_EQUILIBRIUM
from strategy.exact import is_ball
from strategy.linear import LinearStatus, maximise
from strategy.solvers.proving.cells import Refuted, Tables
from strategy.solvers.proving.zeros import Zero, ball, expected
from strategy.texts import number_text

__all__ = ["Listed", "is_exact"]

Vector = tuple[Any, ...]
Product = tuple[tuple[Vector, ...], ...]
MOST_CORNERS = 100_000
MOST_BASES = 20_000


def is_exact(product: Product) -> bool:
    """Whether there is no ball in it.

    ``product``: the set.
    """
    return not any(
        is_ball(weight) for vertices in product for vector in vertices for weight in vector
    )


class Listed:
    """The products of polytopes that a proof lists: points, and sets of more."""

    def __init__(self, tables: Tables, products: Sequence[Product]) -> None:
        self.tables = tables
        self.exact = [product for product in products if is_exact(product)]
        self.balls = [product for product in products if not is_exact(product)]
        self.proved: set[int] = set()
        self._hulls: dict[Any, bool] = {}
        self._settled: set[Any] = set()
        for product in self.exact:
            self._check_product(product)
        if len(set(self.exact)) < len(self.exact):
            raise Refuted("a set of equilibria is listed twice")
        for one, other in itertools.combinations(self.balls, 2):
            if not _apart(one, other):
                raise Refuted("two equilibria are listed whose balls overlap")

    def _check_product(self, product: Product) -> None:
        corners = math.prod(map(len, product))
        if corners > MOST_CORNERS:
            raise Refuted(
                f"a set of equilibria has {corners:,} corners; at most {MOST_CORNERS:,} "
                "are checked"
            )
        for profile in itertools.product(*product):
            if any(
                sum(vector) != 1 or min(vector) < 0 for vector in profile
            ) or not self.holds(profile):
                raise Refuted(f"a profile that is listed {NOT_AN_EQUILIBRIUM}")

    def holds(self, profile: Sequence[Vector]) -> bool:
        """Whether an exact profile is an equilibrium."""
        for i, own in enumerate(profile):
            values = self._payoffs(profile, i)
            best = max(values)
            if any(
                weight and value < best for weight, value in zip(own, values, strict=True)
            ):
                return False
        return True

    def _payoffs(self, profile: Sequence[Vector], player: int) -> list[Any]:
        whole = [
            [
                w.numerator if isinstance(w, Fraction) and w.denominator == 1 else w
                for w in vector
            ]
            for vector in profile
        ]
        table = self.tables.tables[player]
        return [
            expected(table.take([s], player), whole, player)
            for s in range(table.shape[player])
        ]

    def settle(self, zero: Zero) -> None:
        """Show that a zero is listed, or that it is not an equilibrium."""
        if zero.exact:
            if all(
                weight >= 0 for vector in zero.vectors for weight in vector
            ) and self.holds(zero.vectors):
                self.require([(vector,) for vector in zero.vectors])
            return
        for number, product in enumerate(self.balls):
            if all(
                _inside(mine, theirs)
                for mine, (theirs,) in zip(zero.vectors, product, strict=True)
            ):
                self._require_strict(zero)
                self.proved.add(number)
                return
        if any(ball(weight) < 0 for vector in zero.vectors for weight in vector):
            return
        for i, used in enumerate(zero.box.support):
            values = self._payoffs(zero.vectors, i)
            if any(
                value > values[used[0]] for s, value in enumerate(values) if s not in used
            ):
                return
        raise Refuted("a zero is not listed and may be an equilibrium")

    def _require_strict(self, zero: Zero) -> None:
        for i, used in enumerate(zero.box.support):
            values = self._payoffs(zero.vectors, i)
            if not all(ball(zero.vectors[i][s]) > 0 for s in used):
                raise Refuted("a weight of a listed equilibrium may be 0 or less")
            if not all(
                value < values[used[0]] for s, value in enumerate(values) if s not in used
            ):
                raise Refuted(
                    "an action that is not used may pay more than one that is, at a "
                    "listed equilibrium"
                )

    def require(self, product: Sequence[Sequence[Vector]]) -> None:
        """Show that a product of exact polytopes lies in one that is listed."""
        for other in self.exact:
            if all(
                all(self._in_hull(vector, theirs) for vector in mine)
                for mine, theirs in zip(product, other, strict=True)
            ):
                return
        raise Refuted("an equilibrium is not listed: " + _words(product))

    def _in_hull(self, vector: Vector, corners: tuple[Vector, ...]) -> bool:
        if vector in corners:
            return True
        used = {s for s, weight in enumerate(vector) if weight}
        if len(corners) == 1 or not used <= {
            s for corner in corners for s, weight in enumerate(corner) if weight
        }:
            return False
        key = (vector, corners)
        if key not in self._hulls:
            rows = [list(row) for row in zip(*corners, strict=True)]
            self._hulls[key] = (
                maximise([0] * len(corners), equal=(rows, list(vector))).status
                is LinearStatus.OPTIMAL
            )
        return self._hulls[key]

    def settle_faces(self, carriers: Sequence[Sequence[int]]) -> None:
        """Show that all equilibria that use nothing else are listed.

        Where at most two players have more than one action. ``carriers``: the actions in
        use, a player each.
        """
        key = tuple(map(tuple, carriers))
        if key not in self._settled:
            mixing = [i for i, used in enumerate(carriers) if len(used) > 1]
            if len(mixing) > 2:
                raise Refuted(f"{len(mixing)} players may mix; this can be settled for two")
            for product in _faces(self.tables, key, mixing):
                self.require(product)
            self._settled.add(key)

    def settle_tied(self, carriers: Sequence[Sequence[int]]) -> None:
        """Show that all profiles that use nothing else are listed.

        ``carriers``: the actions in use, a player each.
        """
        self.require(
            [
                _units(size, used)
                for size, used in zip(self.tables.shape, carriers, strict=True)
            ]
        )


def _units(size: int, actions: Sequence[int]) -> tuple[Vector, ...]:
    return tuple([tuple([Fraction(int(s == t)) for t in range(size)]) for s in actions])


def _words(product: Sequence[Sequence[Vector]]) -> str:
    return "; ".join(
        ", ".join(number_text(weight) for weight in vertices[0]) for vertices in product
    )


def _inside(vector: Vector, other: Vector) -> bool:
    return all(
        (is_ball(theirs) and theirs.contains(ball(mine)))
        or (not is_ball(theirs) and not is_ball(mine) and mine == theirs)
        for mine, theirs in zip(vector, other, strict=True)
    )


def _apart(one: Product, other: Product) -> bool:
    for (mine,), (theirs,) in zip(one, other, strict=True):
        for a, b in zip(mine, theirs, strict=True):
            if (a == 0) != (b == 0) or not ball(a).overlaps(ball(b)):
                return True
    return False


def _faces(
    tables: Tables, carriers: tuple[tuple[int, ...], ...], mixing: list[int]
) -> list[list[tuple[Vector, ...]]]:
    """The equilibria in which two players mix what they carry.

    The others play the one action that they carry.
    """
    others = [player for player in range(len(carriers)) if player not in mixing]
    pair = (mixing + others)[:2]
    pure: list[tuple[Vector, ...]] = [
        _units(size, used[:1]) for size, used in zip(tables.shape, carriers, strict=True)
    ]
    if len(pair) == 1:  # a game of one player
        own = tables.tables[0].tolist()
        best = [s for s in carriers[0] if own[s] == max(own)]
        return [[_units(len(own), best)]] if best else []
    one, two = pair
    left = _extreme(tables, carriers, one, two)
    right = _extreme(tables, carriers, two, one)
    graph = {
        x: frozenset(
            y for y, answers in right if _used(y) <= replies and _used(x) <= answers
        )
        for x, replies in left
    }
    pieces = _bicliques(graph)
    for player in [player for player in others if player not in pair]:
        action = carriers[player][0]
        for t in range(tables.shape[player]):
            if t != action:
                pieces = [
                    part
                    for piece in pieces
                    for part in _kept(tables, pure, pair, piece, player, action, t)
                ]
    found = []
    for xs, ys in pieces:
        product = list(pure)
        product[one], product[two] = xs, ys
        found.append(product)
    return found


def _used(vector: Vector) -> frozenset[int]:
    return frozenset(s for s, weight in enumerate(vector) if weight)


def _pure_line(
    tables: Tables, carriers: Sequence[Sequence[int]], player: int, other: int
) -> list[list[int]]:
    """The payoffs of ``player`` against ``other``, all else as carried.

    A row for each own action, a column for each action of ``other``.
    """
    place: list[Any] = [used[0] for used in carriers]
    place[player] = place[other] = slice(None)
    table = tables.tables[player][tuple(place)]
    return (table if player < other else table.T).tolist()  # type: ignore[no-any-return]


def _extreme(
    tables: Tables, carriers: Sequence[Sequence[int]], mixer: int, judge: int
) -> list[tuple[Vector, frozenset[int]]]:
    """Vertices of the best-reply regions.

    Strategies of ``mixer``, each with ``judge``'s best actions against it.
    """
    payoff = _pure_line(tables, carriers, judge, mixer)
    used, size = carriers[mixer], tables.shape[mixer]
    if math.comb(len(used) + len(payoff), len(used)) > MOST_BASES:
        raise Refuted(f"the face has more than {MOST_BASES:,} bases")
    found: dict[Vector, frozenset[int]] = {}
    for count in range(1, len(used) + 1):
        for own in itertools.combinations(used, count):
            for tight in itertools.combinations(range(len(payoff)), count):
                vector = _solved(payoff, own, tight, size)
                if vector is None or vector in found:
                    continue
                values = [sum(row[s] * vector[s] for s in own) for row in payoff]
                if values[tight[0]] == max(values):
                    found[vector] = frozenset(
                        t for t, value in enumerate(values) if value == max(values)
                    )
    return list(found.items())


def _solved(
    payoff: list[list[int]], own: Sequence[int], tight: Sequence[int], size: int
) -> Vector | None:
    """The one vector of positive weights against which these rows pay the same.

    On ``own``; the rows ``tight``; None if there is not one.
    """
    first, *rest = tight
    rows = [[1] * len(own)] + [[payoff[t][s] - payoff[first][s] for s in own] for t in rest]
    matrix = fmpq_mat(len(own), len(own), [entry for row in rows for entry in row])
    if matrix.det() == 0:
        return None
    weights = matrix.solve(
        fmpq_mat(len(own), 1, [int(k == 0) for k in range(len(own))])
    ).entries()
    if any(weight <= fmpq(0) for weight in weights):
        return None
    vector = [Fraction(0)] * size
    for s, weight in zip(own, weights, strict=True):
        vector[s] = Fraction(int(weight.p), int(weight.q))
    return tuple(vector)


Piece = tuple[tuple[Vector, ...], tuple[Vector, ...]]


def _bicliques(graph: dict[Vector, frozenset[Vector]]) -> list[Piece]:
    """Maximal sets of pairs all of which are joined.

    Every equilibrium of two lies in the product of the hulls of one.
    """
    closed: set[frozenset[Vector]] = set()
    for near in graph.values():
        closed |= {near} | {near & other for other in closed}
        if len(closed) > MOST_BASES:
            raise Refuted("the face has too many sets of equilibria")
    return [
        (tuple([x for x, near in graph.items() if ys <= near]), tuple(sorted(ys)))
        for ys in closed
        if ys
    ]


def _kept(
    tables: Tables,
    pure: list[tuple[Vector, ...]],
    pair: Sequence[int],
    piece: Piece,
    player: int,
    action: int,
    other: int,
) -> list[Piece]:
    """The parts of a product in which ``player`` gains nothing by another action.

    Products where that is bilinear by parts.
    """
    gain = tables.gain(player, action, other)
    values: dict[tuple[Vector, Vector], Fraction] = {}
    for x, y in itertools.product(*piece):
        weights = [[int(weight) for weight in vertices[0]] for vertices in pure]
        weights[pair[0]], weights[pair[1]] = list(x), list(y)
        values[x, y] = Fraction(expected(gain, weights, player))
    if min(values.values()) >= 0:
        return [piece]
    xs, ys = piece
    if max(values.values()) <= 0:
        return _bicliques({x: frozenset(y for y in ys if values[x, y] == 0) for x in xs})
    if len(xs) == 1:
        return [(xs, _part(ys, [values[xs[0], y] for y in ys]))]
    if len(ys) == 1:
        return [(_part(xs, [values[x, ys[0]] for x in xs]), ys)]
    raise Refuted(
        "a set of equilibria in which two players mix is not a product of polytopes"
    )


def _part(vertices: Sequence[Vector], values: Sequence[Fraction]) -> tuple[Vector, ...]:
    """Points whose hull is the part of a polytope in which a form is not negative.

    A linear form, known at the vertices.
    """
    found = [vertex for vertex, value in zip(vertices, values, strict=True) if value >= 0]
    for (up, high), (down, low) in itertools.product(
        zip(vertices, values, strict=True), repeat=2
    ):
        if high > 0 > low:
            share = high / (high - low)
            found.append(
                tuple([a + share * (b - a) for a, b in zip(up, down, strict=True)])
            )
    return tuple(dict.fromkeys(found))
