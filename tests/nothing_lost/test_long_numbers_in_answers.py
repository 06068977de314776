"""Answers with numbers longer than Python writes by default, or larger than a float: given
in full, or refused in a line.

Python's limit is set to its least, 640 digits, so that numbers which are quick to work with
stand for those of thousands.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from strategy import (
    Chance,
    Claim,
    Decision,
    End,
    ExtensiveForm,
    Model,
    NormalForm,
    NormalFormGame,
    Outcome,
    Parameter,
    Parameters,
    Term,
    where,
)
from strategy.cli import run
from strategy.concepts import LogitQuantalResponse
from strategy.concepts._logit_system import response_distance
from strategy.errors import GameError, StrategyError
from strategy.solvers.proofs import Proof, prove, replay

K = 10**450
CLAIMS = (
    Claim("C1", "one", if_wrong={"a": Fraction(1, K + 13)}),
    Claim("C2", "two", if_wrong={"b": Fraction(K + 3, K + 13)}),
)
OUTCOMES = (Outcome("o", when=where(A="x")), Outcome("q", when=where(B="z")))
TABLE = NormalForm({"A": ("x", "w"), "B": ("y", "z")})


def model(a: Parameter, b: Parameter, c: Parameter, form: Any = TABLE) -> Model:
    p = Parameters(a=a, b=b, c=c)
    built = form(p) if callable(form) else form
    terms = (
        Term("A", p.a * p.c, when=where(A="x", B="y"), claim="C1"),
        Term("A", p.b, when=where(A="w", B="z"), claim="C2"),
        Term("B", p.a * p.b - p.c, when=where(A="x", B="z"), claim="C1"),
        Term("B", p.b, when=where(A="w", B="y")),
        Term("B", 2 * p.a, when=where(A="w", B="z")),
    )
    return Model(
        "long", form=built, parameters=p, terms=terms, claims=CLAIMS, outcomes=OUTCOMES
    )


def tree(p: Parameters) -> ExtensiveForm:
    replies = {"y": End(), "z": End()}
    nature = Chance(
        "state", {"up": (p.c / 2, Decision("B", replies)), "down": (1 - p.c / 2, End())}
    )
    return ExtensiveForm(Decision("A", {"x": nature, "w": Decision("B", replies)}))


SMALL = (
    Parameter(Fraction(1, K + 1), low=0, high=2),
    Parameter(Fraction(1, K + 3), low=0, high=2),
    Parameter(Fraction(K + 7, K + 9), low=Fraction(1, K + 11), high=2),
)
LARGE = (
    Parameter(K + 1, low=0, high=3 * K),
    Parameter(K + 3, low=0, high=5 * K),
    Parameter(K + 7, low=1, high=2 * K),
)
long_table, long_tree, beyond_floats = model(*SMALL), model(*SMALL, tree), model(*LARGE)
GAME = NormalFormGame.from_arrays(
    [[Fraction(1, K + 1), Fraction(K + 3, 7)], [Fraction(5, K + 7), Fraction(1, K + 9)]],
    [[Fraction(1, K + 11), Fraction(1, 3)], [K, Fraction(1, K + 13)]],
)


@pytest.fixture(autouse=True)
def few_digits() -> Iterator[None]:
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    yield
    sys.set_int_max_str_digits(before)


@pytest.mark.deep_but(5)
@pytest.mark.parametrize("name", ["long_table", "long_tree", "beyond_floats"])
@pytest.mark.parametrize(
    "command",
    [
        ["solve", "--json"],
        ["thresholds", "--json"],
        ["map", "a", "b", "--json"],
        ["map", "a", "b"],
        ["check", "--json"],
        ["draw"],
        ["radius"],
        ["radius", "--json"],
        ["flip", "--json"],
        ["conditions", "--json"],
        ["stress", "--group", "C1", "--json"],
        ["statics", "--json"],
        ["tornado", "--json"],
        ["tipping", "--json"],
        ["coordination", "--json"],
        ["commitment", "--json"],
        ["information", "--json"],
        ["robustness", "--json"],
        ["orders", "--json"],
        ["regret", "--json"],
        ["terms", "--json"],
        ["question", "--json"],
        ["analyse", "--json", "--seconds", "4"],
    ],
    ids=" ".join,
)
def test_each_is_given_in_full_or_refused_in_a_line(
    command: list[str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run([command[0], f"{__file__}:{name}", *command[1:]])
    told, said = capsys.readouterr()
    assert code in (0, 2)
    assert "set_int_max_str_digits" not in told + said
    if code == 2:
        refusal = said.splitlines()[-1]
        assert refusal.startswith("strategy: ")
        assert len(refusal) < 300
    elif "--json" in command:
        json.loads(told, parse_int=str)


def test_a_proof_of_such_payoffs_is_kept_as_far_as_a_file_holds_it(tmp_path: Path) -> None:
    prove(GAME).save(tmp_path / "short.proof")
    sys.set_int_max_str_digits(4300)
    assert replay(Proof.load(tmp_path / "short.proof"), GAME).holds
    far = 10**3900
    longer = NormalFormGame.from_arrays(
        [[far, 0], [0, Fraction(1, far + 1)]], [[0, Fraction(2, far + 3)], [far + 7, 0]]
    )
    proof = prove(longer)
    with pytest.raises(GameError, match="more digits than a file of a proof holds"):
        proof.save(tmp_path / "long.proof")
    assert [one.name for one in tmp_path.iterdir()] == ["short.proof"]


def test_probabilities_are_at_most_one_apart_however_large_payoffs_are() -> None:
    assert 0 <= response_distance(GAME, Fraction(1), [[Fraction(1, 2)] * 2] * 2) <= 1
    assert not LogitQuantalResponse(1).certify(GAME, {"1": {"1": 1}, "2": {"1": 1}}).holds


def test_a_time_of_many_digits_is_shown_in_short() -> None:
    from strategy.deadline import require_seconds

    with pytest.raises(StrategyError) as refused:
        require_seconds(-(10**700))
    assert len(str(refused.value)) < 200
