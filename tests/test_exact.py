"""Reading numbers: a float is its shortest decimal in its own type, nothing is rounded or
wrapped, nonsense is refused."""

import math
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import flint
import numpy as np
import pytest
import sympy

from strategy import NormalFormGame, NumberError, solve
from strategy.concepts import PureNash
from strategy.exact import exact, exact_array, integers, payoff_array
from tests._games import seeds


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (0.35, "7/20"),
        (-0.0, "0"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "17976931348623157" + "0" * 292),
        (0.1 + 0.2, "0.30000000000000004"),
        (np.float16(0.35), "7/20"),
        (np.float16(65504), "65500"),
        (np.float16(6e-08), "6e-8"),
        (np.float32(0.35), "7/20"),
        (np.float32(1 / 3), "0.33333334"),
        (np.float32(16777216), "16777216"),
        (np.float64(0.35), "7/20"),
        (np.longdouble("0.35"), "7/20"),
        (np.array(0.35), "7/20"),
        (np.array(7, dtype=np.int8), "7"),
        (2**200 + 1, str(2**200 + 1)),
        (np.int8(-128), "-128"),
        (np.uint8(255), "255"),
        (np.uint64(2**64 - 1), str(2**64 - 1)),
        (np.int64(-(2**63)), str(-(2**63))),
        ("2/3", "2/3"),
        (" -2/3 ", "-2/3"),
        ("+0.3", "3/10"),
        (".5", "1/2"),
        ("5.", "5"),
        ("1e-6", "1/1000000"),
        ("1E+3", "1000"),
        ("1_000", "1000"),
        (np.str_("2/3"), "2/3"),
        ("9" * 4000, "9" * 4000),
        (Fraction(2, 3), "2/3"),
        (
            Decimal("0.1000000000000000000000000000000000001"),
            "0.1000000000000000000000000000000000001",
        ),
        (Decimal("1E+30"), "1" + "0" * 30),
        (Decimal("-0"), "0"),
        (sympy.Rational(2, 3), "2/3"),
        (sympy.Integer(-5), "-5"),
        (sympy.Float("0.35"), "7/20"),
        (sympy.Float(1.5), "3/2"),
        (sympy.Float("0.123456789012"), "0.123456789012"),
        (flint.fmpz(-7), "-7"),
        (flint.fmpq(2, 3), "2/3"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_a_number_means(given: Any, meant: str) -> None:
    found = exact(given)
    assert type(found) is Fraction
    assert found == Fraction(meant)


REMEDY = "give a finite int, str"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (float("nan"), ["nan", "not finite", REMEDY]),
        (float("-inf"), ["-inf", "not finite", REMEDY]),
        (np.float32("inf"), ["inf", "not finite", REMEDY]),
        (np.float16("nan"), ["nan", "not finite"]),
        (np.longdouble("inf"), ["inf", "not finite"]),
        (Decimal("NaN"), ["NaN", "not finite", REMEDY]),
        (Decimal("sNaN"), ["sNaN", "not finite"]),
        (Decimal("-Infinity"), ["Infinity", "not finite"]),
        ("nan", ["'nan'", "not a number", REMEDY]),
        ("inf", ["'inf'", "not a number"]),
        ("", ["''", "not a number"]),
        ("two", ["'two'", "not a number"]),
        ("1/0", ["'1/0'", "not a number"]),
        ("1,5", ["'1,5'", "not a number"]),
        ("0x10", ["'0x10'", "not a number"]),
        ("1/2/3", ["'1/2/3'", "not a number"]),
        ("1e999999999", ["'1e999999999'", "exponent beyond 4000", "units"]),
        ("1e-999999999", ["'1e-999999999'", "exponent beyond 4000", "units"]),
        ("1e4001", ["exponent beyond 4000"]),
        (Decimal("1E+999999999"), ["1E+999999999", "exponent beyond 4000"]),
        ("9" * 5000, ["99999", "too many digits"]),
        (True, ["True", "truth value", REMEDY]),
        (np.bool_(False), ["False", "bool", REMEDY]),
        (1 + 2j, ["(1+2j)", "complex", REMEDY]),
        (None, ["None", "NoneType", REMEDY]),
        ([1], ["[1]", "list", REMEDY]),
        (b"1", ["bytes", REMEDY]),
        (np.array([1, 2]), ["ndarray", REMEDY]),
        (np.datetime64(1, "s"), ["datetime64", REMEDY]),
        (sympy.sqrt(2), ["sqrt(2)", "not a rational number", "Rational"]),
        (sympy.Symbol("x"), ["x", "not a rational number", "values for ['x']"]),
        (sympy.Float(1) / 3, ["0.3333333333333333", "16 digits", "Rational(1, 3)"]),
        (sympy.Float("0.1234567890123"), ["13 digits", "'1/3'"]),
        (sympy.nan, ["nan"]),
        (sympy.oo, ["oo"]),
        (flint.arb(1), ["arb", REMEDY]),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_number_is_refused(given: Any, shown: list[str]) -> None:
    with pytest.raises(NumberError) as caught:
        exact(given, "payoff of Türkiye")
    for part in ["payoff of Türkiye", *shown]:
        assert part in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("text", ["0.10000000000000000001", "1e-400"])
def test_sympy_floats_finer_than_a_float_are_refused(text: str) -> None:
    with pytest.raises(NumberError):
        exact(sympy.Float(text))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
def test_shortest_decimals_round_trip_and_keep_the_order(dtype: Any) -> None:
    info = np.finfo(dtype)
    rng = np.random.default_rng(1)
    raw = rng.normal(size=200) * 10.0 ** rng.integers(-3, 4, size=200)
    # exponents beyond 4000 are refused
    large = min(info.max, dtype(1e300)) if dtype is np.longdouble else info.max
    small = max(info.tiny, dtype(1e-300)) if dtype is np.longdouble else info.tiny
    values = np.concatenate(
        [raw.astype(dtype), np.array([small, large, -large, info.eps], dtype=dtype)]
    )
    values = np.sort(
        np.concatenate(
            [values, np.nextafter(values, dtype(0)), np.nextafter(values, dtype(1))]
        )
    )
    read = [exact(value) for value in values]
    assert all(
        (a < b) == (x < y) and (a == b) == (x == y)
        for a, b, x, y in zip(values, values[1:], read, read[1:], strict=False)
    )
    for value, meant in zip(values, read, strict=True):
        assert dtype(np.format_float_scientific(value, unique=True)) == value
        assert meant == Fraction(np.format_float_scientific(value, unique=True, trim="-"))
    assert list(exact_array(values)) == read
    assert [
        Fraction(*one.as_integer_ratio()) for one in integers(values).tolist()
    ] == _common_scale(read)


def _common_scale(read: list[Fraction]) -> list[Fraction]:
    scale = math.lcm(*[one.denominator for one in read])
    return [one * scale for one in read]


@pytest.mark.parametrize(
    "dtype", [np.int8, np.uint8, np.int16, np.uint32, np.int64, np.uint64]
)
def test_integers_never_wrap(dtype: Any) -> None:
    """The ends of the type side by side: differences do not fit in it."""
    low, high = int(np.iinfo(dtype).min), int(np.iinfo(dtype).max)
    game = NormalFormGame.from_arrays(
        np.array([[low, high], [high, low]], dtype=dtype),
        np.array([[high, low], [high, high]], dtype=dtype),
    )
    assert [
        tuple(vector.argmax() for vector in one.to_arrays())
        for one in solve(game, PureNash())
    ] == [(1, 0)]
    certificate = PureNash().certify(game, {"1": "1", "2": "1"})
    assert certificate.regret == high - low
    assert game.payoff("1", {"1": "1", "2": "1"}) == low
    assert game.to_arrays(exact=True)[0].tolist() == [[low, high], [high, low]]
    assert game.tables[0].dtype == dtype


def test_numbers_beyond_machine_integers() -> None:
    big = 2**62
    for values in (
        [big, big + 1],
        [2**63, 2**63 + 1],
        [-(2**80), -(2**80) + 1],
        [10**300, 10**300 + 1],
    ):
        game = NormalFormGame.from_arrays(values)
        assert [one.payoffs["1"] for one in solve(game, PureNash())] == [values[1]]
        assert PureNash().certify(game, {"1": "1"}).regret == 1


def test_payoff_arrays_are_copies_and_read_only() -> None:
    source = np.array([1.0, 2.0])
    for values in (source, [1.0, 2.0], [[1, 2]], ["1/2", 0.5]):
        read = payoff_array(values, "payoff")
        assert not read.flags.writeable
        with pytest.raises(ValueError, match="read-only"):
            read[0] = 3
    game = NormalFormGame.from_arrays(source)
    source[0] = 99
    assert game.payoff("1", {"1": "1"}) == 1


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (np.array([[1.0, np.nan]]), ["(0, 1)", "nan"]),
        ([[1.0, float("inf")]], ["(0, 1)", "inf"]),
        ([[1, "x"]], ["(0, 1)", "'x'", "not a number"]),
        ([[1, 2], [3]], ["ragged"]),
        (np.array([1 + 1j]), ["complex128"]),
        (np.array(["2020-01-01"], dtype="datetime64[D]"), ["datetime64"]),
        ([True, False], ["True", "truth value"]),
        ([None], ["None"]),
    ],
)
def test_payoffs_that_are_no_numbers_are_refused_by_place(
    values: Any, shown: list[str]
) -> None:
    with pytest.raises(NumberError) as caught:
        payoff_array(values, "payoff of Türkiye")
    for part in ["payoff of Türkiye", *shown]:
        assert part in str(caught.value)


def test_mixed_lists_never_pass_through_floats() -> None:
    for seed in seeds(30):
        rng = random.Random(seed)
        pool: list[Any] = [
            2**53 + 1,
            0.1,
            "1/3",
            Fraction(1, 3),
            Decimal("0.1"),
            np.float32(0.1),
            sympy.Rational(1, 3),
            -5,
            np.int8(3),
        ]
        meant = [
            2**53 + 1,
            *map(Fraction, ["0.1", "1/3", "1/3", "0.1", "0.1", "1/3"]),
            -5,
            3,
        ]
        picks = [rng.randrange(len(pool)) for _ in range(rng.randint(1, 6))]
        assert list(exact_array(payoff_array([pool[i] for i in picks], "payoff"))) == [
            meant[i] for i in picks
        ]
