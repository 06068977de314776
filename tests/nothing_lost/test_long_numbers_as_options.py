"""Whole numbers of thousands of digits given as options, in amounts and as limits: handled,
or refused in a short line."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import pytest
import sympy

from strategy import (
    Decision,
    End,
    ExtensiveForm,
    ExtensiveFormGame,
    Limits,
    Model,
    NormalForm,
    NormalFormGame,
    Outcome,
    Parameter,
    Parameters,
    Term,
    solve,
    where,
)
from strategy.cli import run
from strategy.concepts import PureNash
from strategy.errors import GameError, NumberError, StrategyError
from strategy.plots.drawing.text import rounded
from strategy.report import analyse
from strategy.report.document import as_json
from strategy.report.sections import ALL
from strategy.results import Status
from strategy.sensitivity import drivers, flip, radius
from strategy.texts import seconds_words, shown

LONG = 10**5_000
P = Parameters(a=Parameter(1, low=0, high=2), b=Parameter(1, low=0, high=2))
MODEL = Model(
    "small",
    form=NormalForm({"A": ("x", "w"), "B": ("y", "z")}),
    parameters=P,
    terms=(
        Term("A", P.a, when=where(A="x"), name="t"),
        Term("B", P.b, when=where(B="y"), name="u"),
    ),
    outcomes=(Outcome("o", when=where(A="x")),),
)
GAME = NormalFormGame.from_arrays([[1, 0], [0, 1]], [[1, 0], [0, 1]])


@pytest.mark.parametrize(
    "ask",
    [
        lambda: ExtensiveFormGame.from_rules(lambda history: End(), most_nodes=-LONG),
        lambda: ExtensiveFormGame.from_rules(
            lambda history: End(), most_nodes=Fraction(1, LONG)
        ),  # type: ignore[arg-type]
        lambda: radius(MODEL, PureNash(), "o", nodes=-LONG),
        lambda: radius(MODEL, PureNash(), "o", nodes=Fraction(-1, LONG)),  # type: ignore[arg-type]
        lambda: drivers(MODEL, PureNash(), "o", samples=LONG),
        lambda: drivers(MODEL, PureNash(), "o", samples=Fraction(1, LONG)),  # type: ignore[arg-type]
        lambda: drivers(MODEL, PureNash(), "o", seed=Fraction(1, LONG)),  # type: ignore[arg-type]
    ],
)
def test_options_are_refused_in_a_short_line(ask: Callable[[], Any]) -> None:
    with pytest.raises(StrategyError) as refused:
        ask()
    assert len(str(refused.value)) < 300
    assert "set_int_max_str_digits" not in str(refused.value)


@pytest.mark.parametrize("option", ["--count", "--seconds"])
def test_so_they_are_on_the_command_line(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["solve", "corridor.activation", option, "x" + "1" * 5_000]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert len(said) < 300


@pytest.mark.parametrize(
    "number", [LONG, -LONG, sympy.Rational(3, LONG)], ids=["large", "negative", "small"]
)
@pytest.mark.parametrize(
    "amount", [lambda n: P.a * n, lambda n: P.a + n, lambda n: P.a**2 + P.b * n]
)
def test_amounts_with_such_a_factor_are_refused(
    number: Any, amount: Callable[[Any], Any]
) -> None:
    with pytest.raises(
        NumberError, match=r"a number in amount has about 4,9\d\d digits"
    ) as refused:
        Term("A", amount(number))
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("seconds", [LONG, Fraction(LONG, 3)], ids=["whole", "fraction"])
def test_a_time_without_end_is_no_limit(seconds: Any) -> None:
    assert solve(GAME, PureNash(), limits=Limits(seconds=seconds)).status is Status.COMPLETE
    assert radius(MODEL, PureNash(), "o", seconds=seconds).proved
    assert flip(MODEL, PureNash(), "o", seconds=seconds).proved


def test_a_time_of_next_to_nothing_is_one() -> None:
    assert (
        "stopped at the limit of"
        in solve(GAME, PureNash(), limits=Limits(seconds=Fraction(3, LONG))).reason
    )  # type: ignore[arg-type]


def test_what_was_given_is_shown_in_short() -> None:
    assert shown(7) == "7"
    assert shown("a" * 100) == "'" + "a" * 59 + "..."
    assert shown(LONG) == "1" + "0" * 59 + "..."
    assert shown([LONG]) == "a list of long numbers"


def test_payoffs_longer_than_python_writes_are_reported() -> None:
    """Gains that are products of two numbers of 3,900 digits, as data; a figure rounds what
    floats do not hold."""
    p = Parameters(
        a=Parameter(Fraction(1, 10**3_900 + 1), low=0, high=2),
        b=Parameter(Fraction(1, 10**3_900 + 3), low=0, high=2),
    )
    terms = (
        Term("A", p.a, when=where(A="x", B="y")),
        Term("A", p.b, when=where(A="w", B="z")),
        Term("B", p.a * p.b, when=where(A="x", B="z")),
        Term("B", p.b, when=where(A="w", B="y")),
    )
    model = attrs.evolve(MODEL, parameters=p, terms=terms)
    found = analyse(
        model,
        sections=tuple(
            [one for one in ALL if one.key in ("gains", "answer", "equilibria")]
        ),
    )
    assert len(as_json(found)) > 5_000
    assert rounded(Fraction(-(10**3_900), 3)) == "-3.33e+3899"


@pytest.mark.parametrize("unfold", [ExtensiveForm.from_rules, ExtensiveFormGame.from_rules])
def test_actions_without_an_end_are_refused(unfold: Callable[..., Any]) -> None:
    with pytest.raises(
        GameError, match="actions of A did not end after 1,000,000 entries"
    ) as refused:
        unfold(lambda history: Decision("A", (f"a{i}" for i in itertools.count())))  # type: ignore[arg-type]
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (10.0, "the limit of 10 seconds"),
        (2.25, "the limit of 2.25 seconds"),
        (None, "the time limit"),
    ],
)
def test_a_limit_is_said_as_people_write_it(seconds: float | None, words: str) -> None:
    assert seconds_words(seconds) == words


def test_a_limit_beyond_floats_is_said_in_short() -> None:
    assert len(seconds_words(Fraction(10**5000, 3))) < 100
