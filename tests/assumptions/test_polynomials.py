"""Polynomials: read, evaluated and bounded exactly."""

import itertools
import math
import pickle
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings, strategies as st

from strategy.assumptions.amounts import (
    Quotient,
    as_written,
    evaluate,
    read_amount,
    ring_of,
)
from strategy.assumptions.bernstein import bounds, range_over
from strategy.assumptions.terms import read_expression
from strategy.errors import ModelError, NumberError
from strategy.polynomials import Polynomial, values_at

X, Y, Z = sympy.symbols("x y z", real=True)
RING = ring_of((X, Y, Z))
small = st.fractions(min_value=-3, max_value=3, max_denominator=7)
monomials = st.tuples(*[st.integers(0, 3)] * 3)
polys = st.dictionaries(monomials, small, max_size=5).map(
    lambda terms: Polynomial.of(terms, 3)
)
points = st.tuples(small, small, small)


def naive(poly, point):
    return sum(
        (c * point[0] ** i * point[1] ** j * point[2] ** k for (i, j, k), c in poly.terms),
        Fraction(0),
    )


@pytest.mark.parametrize(
    ("amount", "kind"),
    [
        (Fraction(1, 3), Polynomial),
        (-6 * (1 - X), Polynomial),
        ((X + Y) ** 3 * Z / 7, Polynomial),
        (X / 2 + sympy.Rational(1, 3), Polynomial),
        ((X**2 - 1) / (X - 1), Polynomial),  # the common factor cancels
        (X / (1 + Y), Quotient),
        (1 / X + 1 / Y, Quotient),
        (sympy.sqrt(X), sympy.Expr),
        (sympy.Max(X, Y), sympy.Expr),
        (abs(X) + Y, sympy.Expr),
        (2**X, sympy.Expr),
        (sympy.Piecewise((X, X > 1), (Y, True)), sympy.Expr),
    ],
)
def test_amounts_are_read_as_the_plainest_kind(amount, kind):
    assert isinstance(read_amount(amount, RING), kind)


@pytest.mark.parametrize(
    ("amount", "value"),
    [
        (X / (1 + Y), Fraction(1, 2) / 5),
        (sympy.sqrt(Y), Fraction(2)),
        (sympy.Max(X, Y, 1), Fraction(4)),
        (abs(X - Y), Fraction(7, 2)),
        (2**Y, Fraction(16)),
        (sympy.Piecewise((X, X > 1), (Z, True)), Fraction(-1, 3)),
        (sympy.floor(Y * X + X), Fraction(2)),
    ],
)
def test_values_of_amounts_are_exact(amount, value):
    values = {"x": Fraction(1, 2), "y": Fraction(4), "z": Fraction(-1, 3)}
    assert evaluate(read_amount(amount, RING), values) == value


def test_values_that_are_not_rational_are_refused():
    values = {"x": Fraction(1, 2), "y": Fraction(4), "z": Fraction(-1, 3)}
    with pytest.raises(NumberError, match=r"sqrt\(x\).*x = 1/2"):
        evaluate(read_amount(sympy.sqrt(X), RING), values)
    with pytest.raises(NumberError, match="log"):
        evaluate(sympy.log(X), values)
    with pytest.raises(NumberError):
        evaluate(1 / sympy.sqrt(X), {"x": Fraction(0)})
    with pytest.raises(ModelError, match="divides by zero"):
        evaluate(read_amount(1 / (X - Y), RING), {name: Fraction(1) for name in "xyz"})
    with pytest.raises(ModelError, match="power 1000000"):
        read_amount((1 + X) ** 1000000, RING)
    with pytest.raises(ModelError, match="39,711 terms of degree 60"):
        read_amount((1 + X + Y + Z) ** 60, RING)


@pytest.mark.parametrize(
    ("given_as", "read"),
    [
        (0.1 * X, X / 10),
        (1.5, Fraction(3, 2)),
        ("2/3", Fraction(2, 3)),
        (sympy.Float(0.25), Fraction(1, 4)),
        (X**2.0 + 0.5, X**2 + sympy.Rational(1, 2)),
        (sympy.sqrt(4), Fraction(2)),
        (sympy.cos(0) * 3, Fraction(3)),
        (sympy.Max(0.5, X), sympy.Max(sympy.Rational(1, 2), X)),
    ],
)
def test_floats_in_expressions_are_shortest_decimals(given_as, read):
    assert read_expression(given_as, "amount") == read


@pytest.mark.parametrize(
    ("given_as", "shown"),
    [
        (X / 3.0, "Rational"),
        ((0.1 + 0.2) * X, "Rational"),
        (sympy.pi, "not a rational"),
        (sympy.oo, "finite"),
        (X + sympy.I, "finite real"),
        (sympy.nan, "finite"),
        (X > 1, "an expression"),
        (sympy.Matrix([X]), "an expression"),
        (float("inf"), "finite"),
        (True, "truth value"),
        (None, "NoneType"),
        ("transit_income", "not a number"),
    ],
)
def test_amounts_that_are_no_numbers_are_refused(given_as, shown):
    with pytest.raises(NumberError, match=shown):
        read_expression(given_as, "amount")


@given(st.lists(polys, min_size=1, max_size=4), points)
def test_evaluation_agrees_with_the_plain_sum(several, point):
    expected = [naive(poly, point) for poly in several]
    assert values_at(several, point) == expected
    assert [evaluate(poly, point) for poly in several] == expected
    assert [
        evaluate(poly, dict(zip("xyz", point, strict=True))) for poly in several
    ] == expected


@given(polys, polys, points, small)
def test_polynomials_are_reckoned_with(one, other, point, number):
    a, b = naive(one, point), naive(other, point)
    assert (one + other).at(point) == a + b
    assert (one - other).at(point) == a - b
    assert (one * other).at(point) == a * b
    assert (-one + number).at(point) == number - a
    assert (number * one).at(point) == number * a
    assert sum([one, other]).at(point) == a + b
    assert (one == other) is not bool(one - other)
    assert one.composed([other, other, other], 3).at(point) == naive(one, [b, b, b])
    x = Polynomial.variables(3)[0]
    assert (one * x).slope(0) - one.slope(0) * x == one
    assert as_written(one, (X, Y, Z)).subs(
        dict(zip((X, Y, Z), map(sympy.Rational, point), strict=True))
    ) == sympy.Rational(a)


@given(polys, small)
def test_polynomials_up_to_scale_are_one(poly, factor):
    plain, sign = poly.canonical()
    again, turn = (poly * factor).canonical()
    if factor:
        assert (again, turn) == (plain, sign if factor > 0 else -sign)
        assert hash(again) == hash(plain)
    numbers = [c for _, c in plain.terms]
    assert all(c.denominator == 1 for c in numbers)
    assert not poly or math.gcd(*map(int, numbers)) == 1
    assert not poly or numbers[-1] > 0
    assert sign == 0 if not poly else (plain * sign).canonical() == (plain, sign)


@given(polys)
def test_polynomials_are_pickled(poly):
    again = pickle.loads(pickle.dumps(poly))
    assert again == poly
    assert hash(again) == hash(poly)
    assert again.terms == poly.terms


@given(polys, st.tuples(*[st.tuples(small, small).map(sorted)] * 3), points)
def test_ranges_contain_values(poly, box, shares):
    inside = [
        low + (high - low) * (share + 3) / 6
        for (low, high), share in zip(box, shares, strict=True)
    ]
    low, high = range_over(poly, box)
    assert low <= naive(poly, inside) <= high


boxes = st.tuples(*[st.tuples(small, small).map(lambda ends: (min(ends), max(ends)))] * 3)


@given(polys, boxes)
@settings(deadline=None)
def test_signs_agree_with_values_on_a_grid(poly, box):
    sign = bounds(poly, box, budget=40)
    grid = [[low + (high - low) * Fraction(i, 3) for i in range(4)] for low, high in box]
    values = [naive(poly, point) for point in itertools.product(*grid)]
    if sign.kind in ("positive", "nonnegative"):
        assert min(values) >= 0
    if sign.kind in ("negative", "nonpositive"):
        assert max(values) <= 0
    if sign.has_no_zero():
        assert 0 not in values
    if sign.kind == "undecided":
        assert poly.degree > 1
    for point, test in (
        (sign.above, lambda v: v > 0),
        (sign.below, lambda v: v < 0),
        (sign.zero, lambda v: v == 0),
    ):
        assert point is None or test(naive(poly, point))
        assert point is None or all(
            low <= value <= high for value, (low, high) in zip(point, box, strict=True)
        )


UNIT = ((Fraction(0), Fraction(1)),) * 3
SIGNS = [
    (1 + X, "positive"),
    (X, "nonnegative"),
    (-X - Y, "nonpositive"),
    (-1 - X, "negative"),
    (X - Y, "mixed"),
    (X - X, "nonnegative"),
    (X * (1 - X), "nonnegative"),
    (X**2 - X + sympy.Rational(1, 3), "positive"),
    (X**2 - X + sympy.Rational(1, 5), "mixed"),
    ((X - Y) ** 2 + sympy.Rational(1, 100), "positive"),
    ((X - sympy.Rational(1, 2)) ** 2, "nonnegative"),
    ((X - sympy.Rational(1, 3)) ** 2, "undecided"),
    (sympy.Integer(-3), "negative"),
]


@pytest.mark.parametrize(("expression", "kind"), SIGNS)
def test_known_signs(expression, kind):
    assert bounds(read_amount(expression, RING), UNIT).kind == kind


def test_many_variables_are_taken_apart_where_they_can_be():
    symbols = sympy.symbols("a:70", real=True)
    ring = ring_of(symbols)
    box = ((Fraction(0), Fraction(1)),) * 70
    assert bounds(read_amount(sum(symbols) + 1, ring), box).kind == "positive"
    assert bounds(read_amount(sum(symbols) - 70, ring), box).kind == "nonpositive"
    assert (
        bounds(
            read_amount(sum(a * b for a, b in itertools.pairwise(symbols)) + 1, ring), box
        ).kind
        == "undecided"
    )
    assert (
        bounds(
            read_amount(
                sum(a * b for a, b in zip(symbols[::2], symbols[1::2], strict=True)) - 1,
                ring,
            ),
            box,
        ).kind
        == "mixed"
    )
