"""Parameters: read exactly, kept in their range, found again when mistyped."""

import copy
import pickle
import subprocess
import sys
import unicodedata
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, strategies as st

from strategy.assumptions import Parameter, Parameters
from strategy.errors import NumberError, ParameterError, StrategyError

HALF = Parameter("1/2", low=0, high=1)
READ = [
    (1, Fraction(1)),
    ("0.2", Fraction(1, 5)),
    ("1/3", Fraction(1, 3)),
    (0.35, Fraction(7, 20)),
    (Decimal("0.1"), Fraction(1, 10)),
    (Fraction(2, 3), Fraction(2, 3)),
    (np.float32(0.35), Fraction(7, 20)),
    (np.int64(0), Fraction(0)),
    (sympy.Rational(1, 7), Fraction(1, 7)),
]


@pytest.mark.parametrize(("given_as", "value"), READ)
def test_values_are_read_exactly(given_as, value):
    assert Parameter(given_as, low=0, high=1).baseline == value
    assert Parameters(x=HALF).read({"x": given_as}) == {"x": value}


@pytest.mark.parametrize(
    ("build", "error", "shown"),
    [
        (lambda: Parameter(9, low=1, high=8), ParameterError, ["9", "1", "8", "widen"]),
        (lambda: Parameter("0.1", low="0.2", high=1), ParameterError, ["1/10", "1/5"]),
        (lambda: Parameter(3, low=4, high=2), ParameterError, ["4", "2", "empty", "swap"]),
        (lambda: Parameter(float("nan"), low=0, high=1), NumberError, ["nan", "finite"]),
        (lambda: Parameter(0, low=0, high=float("inf")), NumberError, ["high", "inf"]),
        (lambda: Parameter("much", low=0, high=1), NumberError, ["much"]),
        (lambda: Parameter(0, low=0, high=1, unit=3), ParameterError, ["unit", "3"]),
        (lambda: Parameters(x=4), ParameterError, ["x", "4", "Parameter("]),
        (lambda: Parameters([HALF]), ParameterError, ["mapping"]),
        (lambda: Parameters({3: HALF}), ParameterError, ["3", "string"]),
        (lambda: Parameters(items=HALF), ParameterError, ["items", "items_"]),
        (lambda: Parameters(read=HALF), ParameterError, ["read_"]),
        (
            lambda: Parameters({"two words": HALF}),
            ParameterError,
            ["two words", "underscores"],
        ),
        (lambda: Parameters({"lambda": HALF}), ParameterError, ["lambda"]),
        (lambda: Parameters(_x=HALF), ParameterError, ["_x"]),
        (lambda: Parameters({"x": HALF}, x=HALF), ParameterError, ["twice"]),
        (lambda: Parameters(x=HALF).read({"y": 1}), ParameterError, ["'y'", "'x'"]),
        (
            lambda: Parameters(leverage=HALF).read({"leverag": 1}),
            ParameterError,
            ["did you mean 'leverage'"],
        ),
        (
            lambda: Parameters(x=HALF).read({"x": 2}),
            ParameterError,
            ["x = 2", "0", "1", "outside"],
        ),
        (lambda: Parameters(x=HALF).read({"x": "2/"}), NumberError, ["value of x"]),
        (lambda: Parameters(x=HALF).read([("x", 1)]), ParameterError, ["mapping"]),
        (
            lambda: Parameters(leverage=HALF).leverag,
            ParameterError,
            ["did you mean 'leverage'"],
        ),
        (
            lambda: Parameters(leverage=HALF)["leverag"],
            ParameterError,
            ["did you mean 'leverage'"],
        ),
    ],
)
def test_refusals_show_value_and_remedy(build, error, shown):
    with pytest.raises(error) as caught:
        build()
    assert isinstance(caught.value, StrategyError)
    for part in shown:
        assert part in str(caught.value)


def test_parameters_are_a_read_only_mapping_with_symbols():
    p = Parameters(x=HALF, y=Parameter(2, low=1, high=3))
    assert list(p) == ["x", "y"]
    assert p["y"].low == 1
    assert p.x == sympy.Symbol("x", real=True)
    assert p.symbols == (p.x, p.y)
    assert p.box == ((0, 1), (1, 3))
    assert not hasattr(p, "z")
    assert p.get("z") is None
    assert "z" not in p
    assert 3 not in p
    assert "x" in dir(p)
    with pytest.raises(AttributeError):
        p.x = 3
    with pytest.raises(TypeError):
        p["x"] = HALF


def test_equality_hash_pickle_and_copy():
    p = Parameters(x=HALF, y=Parameter(2, low=1, high=3))
    assert p == Parameters({"x": HALF, "y": Parameter("2.0", low=1, high=3)})
    assert p != Parameters(y=p["y"], x=HALF)
    assert p != {"x": HALF}
    for other in (pickle.loads(pickle.dumps(p)), copy.deepcopy(p), copy.copy(p)):
        assert other == p
        assert hash(other) == hash(p)
        assert other.x == p.x


def test_names_are_normalised():
    decomposed = unicodedata.normalize("NFD", "türkiye_share")
    p = Parameters({decomposed: HALF})
    assert decomposed != "türkiye_share"
    assert "türkiye_share" in p
    assert decomposed in p
    assert p.türkiye_share == getattr(p, "türkiye_share")  # noqa: B009
    assert p.read({decomposed: 0}) == {"türkiye_share": 0}


@given(st.fractions(), st.fractions(min_value=0, max_value=1))
def test_new_baselines_widen_the_range_and_nothing_else(value, inside):
    p = Parameters(x=HALF, y=HALF)
    changed = p.with_values({"x": value})
    assert changed["x"].baseline == value
    assert changed["x"].low == min(0, value)
    assert changed["x"].high == max(1, value)
    assert changed["y"] == p["y"]
    assert p["x"].baseline == Fraction(1, 2)
    assert p.read({"y": inside}) == {"x": Fraction(1, 2), "y": inside}


def test_importing_the_package_leaves_sympy_alone():
    code = "import sys, strategy.assumptions; assert 'sympy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
