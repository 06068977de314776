"""Polynomials: read, evaluated and bounded exactly."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings, strategies as st
from sympy.polys.fields import FracElement
from sympy.polys.rings import PolyElement

from strategy.assumptions.bernstein import bounds
from strategy.assumptions.polynomials import (
    Evaluator,
    evaluate,
    monomial_table,
    read_amount,
    ring_of,
)
from strategy.assumptions.terms import read_expression
from strategy.errors import ModelError, NumberError

X, Y, Z = sympy.symbols("x y z", real=True)
RING = ring_of((X, Y, Z))
small = st.fractions(min_value=-3, max_value=3, max_denominator=7)
monomials = st.tuples(*[st.integers(0, 3)] * 3)
polys = st.dictionaries(monomials, small, max_size=5).map(
    lambda terms: sum(
        (
            RING.from_expr(sympy.Rational(c.numerator, c.denominator) * X**i * Y**j * Z**k)
            for (i, j, k), c in terms.items()
        ),
        RING.zero,
    )
)
points = st.tuples(small, small, small)


def naive(poly, point):
    return sum(
        (
            Fraction(int(c.numerator), int(c.denominator))
            * point[0] ** i
            * point[1] ** j
            * point[2] ** k
            for (i, j, k), c in poly.items()
        ),
        Fraction(0),
    )


@pytest.mark.parametrize(
    ("amount", "kind"),
    [
        (Fraction(1, 3), PolyElement),
        (-6 * (1 - X), PolyElement),
        ((X + Y) ** 3 * Z / 7, PolyElement),
        (X / 2 + sympy.Rational(1, 3), PolyElement),
        ((X**2 - 1) / (X - 1), PolyElement),  # the common factor cancels
        (X / (1 + Y), FracElement),
        (1 / X + 1 / Y, FracElement),
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
    assert Evaluator(several)(point) == expected
    assert [evaluate(poly, point) for poly in several] == expected
    assert [
        evaluate(poly, dict(zip("xyz", point, strict=True))) for poly in several
    ] == expected
    exponents, table = monomial_table(several)
    values = [
        point[0] ** int(i) * point[1] ** int(j) * point[2] ** int(k)
        for i, j, k in exponents
    ]
    assert [
        sum((c * v for c, v in zip(row, values, strict=True)), Fraction(0)) for row in table
    ] == expected
    _, floats = monomial_table(several, exact=False)
    assert floats.dtype == np.float64
    assert np.allclose(floats, table.astype(float))


def test_a_table_of_nothing():
    exponents, table = monomial_table([])
    assert exponents.shape == (0, 0)
    assert table.shape == (0, 0)
    assert monomial_table([RING.zero])[1].shape == (1, 0)


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
        assert max(sum(powers) for powers in poly) > 1
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
    assert bounds(RING.from_expr(expression), UNIT).kind == kind


def test_many_variables_are_taken_apart_where_they_can_be():
    symbols = sympy.symbols("a:70", real=True)
    ring = ring_of(symbols)
    box = ((Fraction(0), Fraction(1)),) * 70
    assert bounds(ring.from_expr(sum(symbols) + 1), box).kind == "positive"
    assert bounds(ring.from_expr(sum(symbols) - 70), box).kind == "nonpositive"
    assert (
        bounds(
            ring.from_expr(sum(a * b for a, b in itertools.pairwise(symbols)) + 1), box
        ).kind
        == "undecided"
    )
    assert (
        bounds(
            ring.from_expr(
                sum(a * b for a, b in zip(symbols[::2], symbols[1::2], strict=True)) - 1
            ),
            box,
        ).kind
        == "mixed"
    )
