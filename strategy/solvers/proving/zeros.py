"""Zeros of indifference systems.

That a box holds exactly one, where it is, and whether it is an equilibrium.

The system of a support says that each player's actions in it pay the same; its unknowns are
the weights of all actions of the support but each player's first. If a matrix times the
slopes is within 1 of the unit matrix all over a box, in the maximum norm, the box holds at
most one zero; if the step of the Newton iteration with that matrix is short enough, it
holds one (Krawczyk 1969; Neumaier, "Interval Methods for Systems of Equations", 1990). Ball
arithmetic from whole payoffs.

An independent judge: it shares nothing with ``concepts._krawczyk``, by which what a proof
says was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import attrs
from flint import arb, arb_mat, ctx, fmpq

from strategy.completeness import proved_to
from strategy.solvers.proving.cells import Refuted, Tables

__all__ = ["Zero", "ZeroBox", "ball", "expected", "precise", "prove_zero"]

Support = tuple[tuple[int, ...], ...]
Vectors = tuple[tuple[Any, ...], ...]


@attrs.frozen
class ZeroBox:
    """What a proof says of a zero.

    The support, a point with one weight for each player and action, and how far from it in
    any weight there is no second zero; ``exact``: the zero itself, where it is known to be
    rational.
    """

    support: Support
    centre: tuple[tuple[float, ...], ...]
    radius: float
    exact: Vectors | None = None


@attrs.frozen
class Zero:
    """A zero that is proved to be the only one in its box.

    It is given as Fractions or as balls around it.
    """

    box: ZeroBox
    vectors: Vectors
    exact: bool

    def alone_in(self, bounds: Sequence[Sequence[tuple[Fraction, Fraction]]]) -> bool:
        """Whether a box lies inside the box in which this is the only zero.

        Least and greatest weights. ``bounds``: the box.
        """
        radius = Fraction(self.box.radius)
        for used, centre, box in zip(
            self.box.support, self.box.centre, bounds, strict=True
        ):
            for s in used[1:]:
                low, high = box[s]
                if (
                    low < Fraction(centre[s]) - radius
                    or high > Fraction(centre[s]) + radius
                ):
                    return False
        return True


@contextmanager
def precise(bits: int) -> Iterator[None]:
    """Within, balls have ``bits`` binary digits."""
    before, ctx.prec = ctx.prec, bits
    try:
        yield
    finally:
        ctx.prec = before


def prove_zero(tables: Tables, box: ZeroBox, bits: int) -> Zero:
    """The zero in a box, within ``2**-bits``.

    ``tables``: the payoffs.

    Raises Refuted if it is not proved that there is exactly one.
    """
    system = _System(tables, box.support)
    centre = [arb(box.centre[i][s]) for i, s in system.unknowns]
    if box.exact is not None:
        return _exact_zero(system, box, centre)
    inverse, norm = system.injective(centre, box.radius)
    at, error = system.solved(centre, inverse, norm, arb(2) ** -bits)
    if (
        not max(
            (abs(x - c).abs_upper() for x, c in zip(at, centre, strict=True)),
            default=arb(0),
        )
        + error
        < box.radius
    ):
        raise Refuted(f"the zero is not {proved_to('lie in its box')}")
    return Zero(box, system.vectors([x + arb(0, error) for x in at]), exact=False)


def _exact_zero(system: _System, box: ZeroBox, centre: list[Any]) -> Zero:
    system.injective(centre, box.radius)
    assert box.exact is not None
    free = [box.exact[i][s] for i, s in system.unknowns]
    vectors = system.vectors(free)
    if vectors != box.exact or any(gain != 0 for gain in system.gains(free)):
        raise Refuted("the exact zero does not solve its system")
    for x, (i, s) in zip(free, system.unknowns, strict=True):
        if abs(x - Fraction(box.centre[i][s])) > Fraction(box.radius):
            raise Refuted("the exact zero is not in its box")
    return Zero(box, vectors, exact=True)


class _System:
    """Indifference on a support."""

    def __init__(self, tables: Tables, support: Support) -> None:
        self.tables, self.support = tables, support
        self.unknowns = [(i, s) for i, used in enumerate(support) for s in used[1:]]
        self.equations = [
            (i, tables.gain(i, s, used[0]))
            for i, used in enumerate(support)
            for s in used[1:]
        ]

    def vectors(self, free: Sequence[Any]) -> Vectors:
        """All weights: those of the actions without a place among the unknowns follow."""
        found, at = [], iter(free)
        for used, size in zip(self.support, self.tables.shape, strict=True):
            mine = {s: next(at) for s in used[1:]}
            mine[used[0]] = 1 - sum(mine.values()) if mine else Fraction(1)
            found.append(tuple([mine.get(s, Fraction(0)) for s in range(size)]))
        return tuple(found)

    def gains(self, free: Sequence[Any]) -> list[Any]:
        """What has to vanish."""
        weights = [[_number(weight) for weight in vector] for vector in self.vectors(free)]
        return [expected(values, weights, i) for i, values in self.equations]

    def slopes(self, free: Sequence[Any]) -> list[list[Any]]:
        """Of each equation in each unknown."""
        weights = [[_number(weight) for weight in vector] for vector in self.vectors(free)]
        rows = []
        for i, values in self.equations:
            row = []
            for j, s in self.unknowns:
                direction = list(weights)
                direction[j] = [
                    int(t == s) - int(t == self.support[j][0])
                    for t in range(self.tables.shape[j])
                ]
                row.append(arb(0) if i == j else expected(values, direction, i))
            rows.append(row)
        return rows

    def injective(self, centre: Sequence[Any], radius: float) -> tuple[arb_mat, Any]:
        """A matrix that inverts the slopes in a box nearly, and a bound below 1.

        The bound is of how far their product is from the unit matrix.
        """
        size = len(centre)
        if size == 0:
            return arb_mat(0, 0), arb(0)
        slopes = arb_mat(
            [
                [arb(entry) for entry in row]
                for row in self.slopes([x + arb(0, radius) for x in centre])
            ]
        )
        try:
            inverse = arb_mat(
                size, size, [entry.mid() for entry in slopes.mid().inv().entries()]
            )
        except ZeroDivisionError:
            raise Refuted("the slopes in the middle of its box are singular") from None
        rest = (inverse * slopes).entries()
        sums = [
            sum(
                (abs(rest[size * a + b] - int(a == b)) for b in range(size)), arb(0)
            ).abs_upper()
            for a in range(size)
        ]
        norm = max(sums)
        if not norm < 1:
            raise Refuted("more than one zero may lie in its box")
        return inverse, norm

    def solved(
        self, at: list[Any], inverse: arb_mat, norm: Any, wanted: Any
    ) -> tuple[list[Any], Any]:
        """A point and how far from it the zero is at most."""
        size = len(at)
        if size == 0:
            return at, arb(0)
        for _ in range(400):
            step = (inverse * arb_mat(size, 1, self.gains(at))).entries()
            error = (max(abs(entry).abs_upper() for entry in step) / (1 - norm)).abs_upper()
            if error < wanted:
                return at, error
            at = [(x - entry).mid() for x, entry in zip(at, step, strict=True)]
        raise Refuted("the zero in its box could not be found")


def _number(weight: Any) -> Any:
    """A weight for sums with balls: fractions that are whole as whole numbers."""
    if isinstance(weight, Fraction):
        return weight.numerator if weight.denominator == 1 else weight
    return weight


def expected(values: Any, weights: Sequence[Sequence[Any]], player: int) -> Any:
    """The mean of a table of values, whose axis of ``player`` has length 1.

    ``weights``: of all players.
    """
    for j in range(len(weights) - 1, -1, -1):
        if j == player:
            values = values[..., 0]
        else:
            used = [
                s
                for s, weight in enumerate(weights[j])
                if not (isinstance(weight, int) and weight == 0)
            ]
            values = sum(
                (values[..., s] * weights[j][s] for s in used[1:]),
                values[..., used[0]] * weights[j][used[0]],
            )
    return values if not hasattr(values, "item") else values.item()


def ball(weight: Any) -> Any:
    """A weight as a ball."""
    return (
        arb(fmpq(weight.numerator, weight.denominator))
        if isinstance(weight, Fraction)
        else arb(weight)
    )
