"""Inequalities over ranges, some of one value: a point that meets them or a proof of none."""

from fractions import Fraction

import numpy as np
import pytest

from strategy.linear.inequality import Inequality
from strategy.linear.systems import LinearSystem, SystemProof


@pytest.mark.parametrize("seed", range(40))
def test_a_point_meets_all_and_a_proof_adds_up_to_what_is_false(seed: int) -> None:
    draw = np.random.default_rng(seed)
    names = "abcd"
    low = [Fraction(int(one)) for one in draw.integers(-2, 2, 4)]
    box = {
        name: (one, one + int(wide))
        for name, one, wide in zip(names, low, draw.integers(0, 3, 4), strict=True)
    }
    rows = [
        Inequality(
            tuple(
                [
                    (name, Fraction(int(factor)))
                    for name, factor in zip(names, draw.integers(-2, 3, 4), strict=True)
                    if factor
                ]
            ),
            Fraction(int(draw.integers(-3, 4)), 2),
            bool(draw.integers(2)),
        )
        for _ in range(5)
    ]
    system = LinearSystem(tuple(rows), box, {name: ends[0] for name, ends in box.items()})
    found = system.nearest(range(len(rows)))
    if isinstance(found, SystemProof):
        total = dict.fromkeys(names, Fraction(0))
        bound = Fraction(0)
        for row, times in found.rows.items():
            assert times > 0
            bound += times * rows[row].bound
            for name, factor in rows[row].coefficients:
                total[name] += times * factor
        most = sum(
            (factor * box[name][factor > 0] for name, factor in total.items()), Fraction(0)
        )
        strict = any(rows[row].strict for row in found.rows)
        assert most < bound or (most == bound and strict)
        assert found.sum == bound - most
    else:
        for name, (least, greatest) in box.items():
            assert least <= found.point[name] <= greatest
        for row in rows:
            value = sum(
                (f * found.point[name] for name, f in row.coefficients), Fraction(0)
            )
            assert value > row.bound or (value == row.bound and not row.strict)


def test_what_is_negated_holds_exactly_where_the_inequality_does_not() -> None:
    points = np.array([[0.0], [1.0], [2.0]])
    for strict in (False, True):
        one = Inequality((("a", Fraction(2)),), Fraction(2), strict)
        assert (one.negated.holds("a", points) == ~one.holds("a", points)).all()
        assert one.negated.negated == one
