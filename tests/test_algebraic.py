"""Real algebraic numbers against SymPy and plain rational bounds: roots, order, signs,
values, hashes, copies."""

import itertools
import pickle
import random
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
import sympy

from strategy import AlgebraicNumber, NumberError
from strategy.algebraic import Point, between, real_roots, sign_at, value_at
from tests._games import seeds
from tests._models import close

X = sympy.Symbol("x")


def coefficients(expression: Any) -> list[Fraction]:
    return [Fraction(int(c.p), int(c.q)) for c in sympy.Poly(expression, X).all_coeffs()]


@cache
def _middle(polynomial: tuple[int, ...], interval: tuple[Fraction, Fraction]) -> Fraction:
    return close(AlgebraicNumber(polynomial, interval)).value


def bounds(point: Point) -> tuple[Fraction, Fraction]:
    """Rational bounds 10^-190 apart, by this test's own bisection."""
    middle = (
        _middle(point.minimal_polynomial, point.interval)
        if isinstance(point, AlgebraicNumber)
        else point
    )
    return middle - Fraction(1, 10**190), middle + Fraction(1, 10**190)


def holds(point: Point, expression: Any) -> bool:
    """Whether the expression changes sign or touches zero at the point, as SymPy counts its
    roots between rational bounds."""
    low, high = (sympy.Rational(end.numerator, end.denominator) for end in bounds(point))
    return bool(sympy.Poly(expression, X).sqf_part().count_roots(low, high) == 1)


def random_polynomial(rng: random.Random) -> Any:
    """A product of few factors of low degree, often repeated, some with common roots."""
    factors = [
        X - rng.randint(-2, 2),
        2 * X - rng.randint(-3, 3),
        X**2 - rng.choice([2, 3, 5]),
        X**2 - X - 1,
        X**3 - rng.choice([2, 3]),
    ]
    factors += [
        X**2 + 1,
        3 * X**3 - X - rng.choice([1, 5]),
        X**5 - X - 1,
        X**4 - 10 * X**2 + 1,
        1000 * X - 999,
    ]
    product = sympy.Rational(rng.choice([1, -1, 7]), rng.choice([1, 3]))
    for _ in range(rng.randint(1, 3)):
        product *= rng.choice(factors) ** rng.choice([1, 1, 1, 2])
    return sympy.expand(product)


def test_real_roots_are_those_of_sympy() -> None:
    for seed in seeds(60):
        expression = random_polynomial(random.Random(seed))
        found = real_roots(coefficients(expression))
        assert len(found) == sympy.Poly(expression, X).sqf_part().count_roots()
        assert all(a < b for a, b in itertools.pairwise(found))
        for point in found:
            assert holds(point, expression)
            if isinstance(point, AlgebraicNumber):
                minimal = sympy.Poly(point.minimal_polynomial, X)
                assert minimal.is_irreducible
                assert minimal.degree() > 1
                assert sympy.gcd_list(point.minimal_polynomial) == 1
                assert point.minimal_polynomial[0] > 0
                assert (
                    minimal.count_roots(
                        *(sympy.Rational(*end.as_integer_ratio()) for end in point.interval)
                    )
                    == 1
                )
        low, high = Fraction(-1), Fraction(3, 2)
        assert real_roots(coefficients(expression), low, high) == [
            point for point in found if low < point < high
        ]


def numbers(rng: random.Random, count: int) -> list[Point]:
    """Roots of random polynomials, many of them equal though found in different ways."""
    found: list[Point] = []
    while len(found) < count:
        found += real_roots(coefficients(random_polynomial(rng)))
    return rng.sample(found, count)


def test_order_equality_and_hash() -> None:
    for seed in seeds(12):
        rng = random.Random(f"order {seed}")
        points = numbers(rng, 12)
        points += [
            point.narrowed(Fraction(1, 10**9))
            for point in points
            if isinstance(point, AlgebraicNumber)
        ]
        for a, b in itertools.product(points, repeat=2):
            (low, high), (left, right) = bounds(a), bounds(b)
            # Different numbers among these are farther apart than the bounds are wide.
            equal = low < right and left < high
            assert (a == b) == equal
            assert (a != b) != equal
            assert (a < b) == (b > a) == (not equal and low < left)
            assert (a <= b) == (b >= a) == (equal or low < left)
            if equal:
                assert hash(a) == hash(b)
        assert sorted(points) == sorted(points, key=lambda point: bounds(point)[0])
    root = AlgebraicNumber((1, 0, -2), (Fraction(1), Fraction(2)))
    assert root != "sqrt(2)"
    assert root not in (None, 1, 2)
    with pytest.raises(TypeError):
        _ = root < "2"


def test_signs_and_values_of_polynomials() -> None:
    for seed in seeds(25):
        rng = random.Random(f"signs {seed}")
        for point in numbers(rng, 3):
            expression = rng.choice(
                [
                    random_polynomial(rng),
                    sympy.Integer(rng.randint(-1, 1)) + 0 * X,
                    X**2 - 2 - sympy.Rational(1, 10**40),
                ]
            )
            poly = coefficients(expression)
            value = value_at(poly, point)
            sign = sign_at(poly, point)
            assert sign == (value > 0) - (value < 0)
            middle = sum(bounds(point)) / 2
            approximate = sum(c * middle**i for i, c in enumerate(reversed(poly)))
            assert abs(sum(bounds(value)) / 2 - approximate) < Fraction(1, 10**150)
            if abs(approximate) > Fraction(1, 10**100):
                assert sign == (approximate > 0) - (approximate < 0)
            else:
                assert sign == 0
    root = AlgebraicNumber((1, 0, -2), (Fraction(1), Fraction(2)))
    assert value_at([1, 0, 0], root) == 2
    assert value_at([1, 0], root) == root
    assert value_at([-1, 0], root) == AlgebraicNumber(
        (1, 0, -2), (Fraction(-2), Fraction(-1))
    )
    assert value_at([], root) == 0 == sign_at([], root)
    assert value_at([3, 1], Fraction(1, 3)) == 2


def test_between_is_strictly_between() -> None:
    for seed in seeds(12):
        points = sorted(set(numbers(random.Random(f"between {seed}"), 10)))
        for a, b in itertools.pairwise(points):
            assert a < between(a, b) < b
    root = AlgebraicNumber((1, 0, -2), (Fraction(1), Fraction(2)))
    near = AlgebraicNumber((10**60, 0, -2 * 10**60 - 1), (Fraction(1), Fraction(2)))
    assert root < between(root, near) < near
    assert between(Fraction(0), Fraction(1)).denominator < 5


@pytest.mark.parametrize(
    "value", [2, 3, 10**20 + 1, Fraction(1, 3), Fraction(2, 10**30), 10**60 + 7]
)
def test_float_is_the_nearest(value: Fraction | int) -> None:
    for sign in (1, -1):
        for point in real_roots([1, 0, -value]):
            if isinstance(point, AlgebraicNumber) and (point > 0) == (sign > 0):
                shown = float(point)
                exact = sum(bounds(point)) / 2
                step = abs(Fraction(shown)) / 2**53
                assert abs(Fraction(shown) - exact) <= step
    number = real_roots([1, 0, -2])[1]
    assert float(number) == 2**0.5
    assert number.display() == "about 1.414"
    assert "[1, 0, -2]" in repr(number)


def test_copies() -> None:
    root = real_roots([1, 0, -2])[1]
    for copy in (
        pickle.loads(pickle.dumps(root)),
        pickle.loads(pickle.dumps(root.narrowed(Fraction(1, 10**40)))),
    ):
        assert copy == root
        assert hash(copy) == hash(root)
        assert {root: "found"}[copy] == "found"
    assert {Fraction(1, 2): 1, root: 2}[Fraction(1, 2)] == 1
    with pytest.raises(NumberError, match="vanishes everywhere"):
        real_roots([0, 0])
    assert real_roots([5]) == []


@pytest.mark.parametrize(
    ("poly", "roots"),
    [
        ([1, 0, 0, -Fraction(2, 10**90)], ["1.2599210498948731648e-30"]),
        (
            [1, 0, -Fraction(2, 10**40)],
            ["-1.4142135623730950488e-20", "1.4142135623730950488e-20"],
        ),
        (
            [1, 0, -Fraction(2, 10**60)],
            ["-1.4142135623730950488e-30", "1.4142135623730950488e-30"],
        ),
        # Mignotte: two roots near 10^-10, about 10^-45 apart.
        (
            [1, 0, 0, 0, 0, -2 * 10**20, 4 * 10**10, -2],
            ["1e-10", "1e-10", "11486.983549970310068"],
        ),
    ],
)
def test_tiny_and_close_roots(poly: list[Any], roots: list[str]) -> None:
    found = real_roots(poly)
    assert len(found) == len(roots)
    assert all(a < b for a, b in itertools.pairwise(found))
    for point, expected in zip(found, roots, strict=True):
        assert float(point) == pytest.approx(float(expected), rel=1e-14, abs=0)
        assert sign_at(poly, point) == 0
        assert sign_at([1, 0], point) == (1 if Fraction(expected) > 0 else -1)


def test_float_of_a_tiny_number_in_a_wide_interval() -> None:
    tiny = AlgebraicNumber((10**60, 0, -2), (Fraction(0), Fraction(1)))
    assert float(tiny) == pytest.approx(1.4142135623730951e-30, rel=1e-15, abs=0)
