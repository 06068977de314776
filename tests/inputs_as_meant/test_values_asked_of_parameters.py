"""Parameters have no values while a model is written: what asks for one is refused in one
line with what to write."""

import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy

from strategy import (
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    StrategyError,
    Term,
    where,
)
from strategy.assumptions.checks import Given
from strategy.cli import run
from strategy.concepts import PureNash
from strategy.sensitivity import verdict

p = Parameters(a=Parameter(1, low=0, high=3), b=Parameter(2, low=0, high=3))
ASKED: dict[str, Callable[[], Any]] = {
    "max": lambda: max(p.a, 1),
    "min of two": lambda: min(p.a, p.b),
    "if": lambda: 1 if p.a > 1 else 0,
    "and": lambda: p.a > 1 and p.b,
    "not": lambda: not p.a <= 1,
    "of a sum": lambda: max(p.a + p.b, 2 * p.a),
    "sorted": lambda: sorted([p.a, p.b]),
    "numpy's maximum": lambda: np.maximum(p.a, 1),
    "int": lambda: int(p.a),
    "float": lambda: float(p.a * 2),
    "round": lambda: round(p.a),
    "a root of math": lambda: math.sqrt(p.a),
    "trunc": lambda: math.trunc(p.a),
    "a truth": lambda: bool(p.a),
    "if a parameter": lambda: 1 if p.a - 1 else 0,
    "or": lambda: p.a or p.b,
    "not a parameter": lambda: not 2 * p.a,
    "equal to a number": lambda: 3 if p.a == 1 else 5,
    "a number equal to it": lambda: 3 if 1.5 == p.a + p.b else 5,  # noqa: SIM300 - the other way round
    "unequal to a number": lambda: 3 if p.a**2 != 1 else 5,
    "in a list": lambda: p.a in [1, 2],
    "a truth as a factor": lambda: 3 * (p.a > 1),
    "a truth to add": lambda: p.b + (p.a > 1),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_what_has_no_value_yet_is_refused_with_what_to_write(
    ask: Callable[[], Any],
) -> None:
    with pytest.raises(
        StrategyError, match=r"not known while a model is written.*sympy\.Max"
    ) as refused:
        ask()
    # what SymPy raises, and code of others looks for
    assert isinstance(refused.value, TypeError)
    assert "\n" not in str(refused.value)


def test_what_is_written_instead_has_its_value() -> None:
    gain = sympy.Max(p.a, 2) + sympy.Abs(p.b - 3)
    model = Model(
        "m",
        form=NormalForm({"Ana": ("ask", "wait"), "Ben": ("x", "y")}),
        parameters=p,
        terms=(Term("Ana", gain, when=where(Ana="ask")),),
        outcomes=(Outcome("asked", when=where(Ana="ask")),),
    )
    assert model.game(at={"a": 3}).payoff("Ana", {"Ana": "ask", "Ben": "x"}) == 4
    assert verdict(model, PureNash(), "asked").name == "EVERY"


def test_how_an_expression_is_written_is_still_asked() -> None:
    assert p.a == sympy.Symbol("a", real=True)
    assert p.a != p.b
    assert p.a + p.a == 2 * p.a
    assert p.a in {p.a: 1}
    # "is there an amount?"
    assert [amount for amount in (p.a, 0, 2) if amount != 0] == [p.a, 2]
    assert sympy.Symbol("other") != 1  # of another's symbols SymPy answers as ever
    assert bool(sympy.Symbol("other"))
    assert sympy.solve(p.a - 1, p.a) == [1]


@pytest.mark.parametrize(
    "ask", [lambda: 2 * p["a"], lambda: p["a"] - 1, lambda: 1 / p["a"]]
)
def test_a_parameter_is_no_number_and_says_what_is(ask: Callable[[], Any]) -> None:
    with pytest.raises(StrategyError, match=r"write p\.x, not p\['x'\]$"):
        ask()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: where(A="x") & (p.a > 1),
        lambda: (p.a > 1) & where(A="x"),
        lambda: where(A="x") | True,
    ],
)
def test_a_condition_is_of_what_is_played(ask: Callable[[], Any]) -> None:
    with pytest.raises(StrategyError, match="belongs in the amount of a term"):
        ask()


def test_comparisons_are_still_what_they_were() -> None:
    assert Given.of(p.a <= 2).strict is False
    assert bool(sympy.Integer(1) < 2)
    assert p.a == sympy.Symbol("a", real=True)
    assert float(sympy.Rational(1, 2)) == 0.5
    with pytest.raises(TypeError):
        bool(sympy.Symbol("z") > 1)


def test_a_parameter_in_place_of_its_symbol_is_refused_with_the_symbol() -> None:
    with pytest.raises(StrategyError, match=r"write its symbol, p\.x, and not p\['x'\]"):
        Term("Ana", p["a"])
    with pytest.raises(StrategyError, match="write its symbol"):
        Term("Ana", p)


def test_the_command_says_it_with_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    (tmp_path / "m.py").write_text(
        "from strategy import Parameter, Parameters\np = Parameters(a=Parameter(1, "
        "low=0, high=3))\n\nworth = max(p.a, 1)\n"
    )
    assert run(["solve", "m.py:model"]) == 2
    shown = capsys.readouterr().err
    assert len(shown.splitlines()) == 1
    assert "m.py, line 4" in shown
    assert "sympy.Max" in shown


def test_importing_the_toolkit_still_loads_no_sympy() -> None:
    code = "import sys, strategy.assumptions.parameters; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
