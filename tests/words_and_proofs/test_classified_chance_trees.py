"""Verdicts at many samples of trees whose chance varies: row by row those of exact solving,
at ties and impossible events too."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from strategy import (
    Chance,
    Decision,
    End,
    ExtensiveForm,
    Model,
    Outcome,
    Parameter,
    Parameters,
    Term,
    where,
)
from strategy.concepts import PureSubgamePerfect
from strategy.sensitivity import Verdict, shares, sweep, verdict
from strategy.sensitivity.deciding.at_samples import ORDER, classify
from strategy.sensitivity.samples.shares import draw
from tests._games import seeds
from tests._models import random_model

CONCEPT = PureSubgamePerfect()


def chance_models(count: int, degree: int) -> list[tuple[int, Model]]:
    """Random trees with chance moves whose ranges have ends that floats hold."""
    found = []
    for seed in range(10_000):
        model = random_model(f"chance {seed}", degree)
        whole = all(
            Fraction(str(float(end))) == end
            for one in model.parameters.values()
            for end in (one.low, one.high)
        )
        if isinstance(model.form, ExtensiveForm) and len(model.form.laws) and whole:
            found.append((seed, model))
            if len(found) == count:
                break
    return found


def hard_rows(model: Model, seed: int) -> np.ndarray:
    """Uniform rows; coarse values, at which worths often tie; the floats next to those;
    events that are impossible or sure."""
    rng = random.Random(seed)
    ranges = list(model.parameters.values())
    low, high = np.array([[float(one.low), float(one.high)] for one in ranges]).T
    coarse = np.array(
        [low + (high - low) * [rng.randint(0, 4) / 4 for _ in ranges] for _ in range(12)]
    )
    beside = np.nextafter(
        coarse,
        np.where(np.random.default_rng(seed).random(coarse.shape) < 0.5, -np.inf, np.inf),
    )
    drawn, sure = draw(model, 12, seed), draw(model, 6, seed + 1)
    sure[:, list(model.parameters).index("q")] = [0, 0, 0, 1, 1, 1]
    return np.concatenate([drawn, coarse, np.clip(beside, low, high), sure])


def expected(model: Model, outcome: str, rows: np.ndarray) -> list[Verdict]:
    return [
        verdict(model, CONCEPT, outcome, at=dict(zip(model.parameters, row, strict=True)))
        for row in rows.tolist()
    ]


@pytest.mark.parametrize("degree", [1, 2, 0])
@pytest.mark.deep_but(1)
def test_rows_have_the_verdict_of_exact_solving(degree: int) -> None:
    for seed, model in chance_models(len(seeds(3)), degree):
        rows = hard_rows(model, seed)
        codes, _ = classify(model, CONCEPT, "it", rows)
        assert [ORDER[code] for code in codes] == expected(model, "it", rows), seed


def chain(paid: Callable[[Parameters], dict[str, Any]]) -> Model:
    """Ann bets or not; luck is good with probability q; then Bob shares or keeps."""
    p = Parameters(
        q=Parameter("0.5", low=0, high=1),
        stake=Parameter(1, low=0, high=4),
        prize=Parameter(2, low=0, high=4),
    )
    after = Decision("Bob", {"share": End(), "keep": End()})
    tree = Decision(
        "Ann",
        {
            "bet": Chance("luck", {"good": (p.q, after), "bad": (1 - p.q, after)}),
            "pass": End(),
        },
    )
    conditions = {
        "good": where(luck="good"), "share": where(Bob="share"), "bet": where(Ann="bet"), "keep": where(Bob="keep"),
    }  # fmt: skip
    terms = []
    for name, amount in paid(p).items():
        who, label = name.split()
        terms.append(Term(who, amount, when=conditions[label], name=name))
    return Model(
        "bet",
        form=ExtensiveForm(tree, players=("Ann", "Bob")),
        parameters=p,
        terms=tuple(terms),
        outcomes=(
            Outcome("good end", when=where(luck="good", Bob="share")),
            Outcome("bet", when=where(Ann="bet")),
        ),
    )


def test_who_is_indifferent_by_construction_needs_no_exact_arithmetic() -> None:
    """Bob is paid the same whatever he does, and Ann cares: both of his ways stay, after
    either event, at every sample."""
    model = chain(
        lambda p: {
            "Ann good": p.prize,
            "Ann share": p.prize,
            "Ann bet": -p.stake,
            "Bob bet": p.stake,
        }
    )
    rows = draw(model, 4_000, 2)
    codes, redone = classify(model, CONCEPT, "bet", rows)
    assert redone == 0
    assert set(codes.tolist()) == {
        ORDER.index(one) for one in (Verdict.EVERY, Verdict.SOME, Verdict.NO)
    }
    assert [ORDER[code] for code in codes[:150]] == expected(model, "bet", rows[:150])


def test_sums_that_cancel_are_ties_and_near_ties_are_none() -> None:
    """Betting is worth q prize - stake q: it ties where prize = stake, and wherever q = 0,
    which floats alone do not tell."""
    model = chain(lambda p: {"Ann good": p.prize - p.stake, "Bob share": p.prize})
    rows = draw(model, 40, 3)
    rows[:10, 1] = rows[:10, 2]
    rows[10:20, 1] = np.nextafter(rows[10:20, 2], 0)
    rows[20:30, 0] = 0
    rows[30:, 0] = 5e-324
    codes, redone = classify(model, CONCEPT, "bet", rows)
    assert [ORDER[code] for code in codes] == expected(model, "bet", rows)
    assert (
        {ORDER[code] for code in codes[:10]}
        == {ORDER[code] for code in codes[20:30]}
        == {Verdict.SOME}
    )
    assert redone >= 20


def test_an_event_given_as_impossible_is_so_at_every_sample() -> None:
    model = chain(
        lambda p: {
            "Ann good": p.prize - p.stake,
            "Ann bet": p.stake / 2,
            "Bob share": p.prize,
        }
    )
    for q, wanted in ((0, Verdict.NO), (1, Verdict.EVERY)):
        found = shares(model, CONCEPT, "good end", samples=3_000, at={"q": q})
        assert found.redone == 0
        assert found.counts[Verdict.SOME] == 0
        assert found.counts[wanted] > 0


def test_a_probability_that_divides_by_a_parameter_is_decided_row_by_row() -> None:
    p = Parameters(a=Parameter(1, low=1, high=3), b=Parameter(1, low=0, high=2))
    tree = Decision(
        "Ann",
        {
            "bet": Chance(
                "luck",
                {"good": (p.a / (p.a + p.b), End()), "bad": (p.b / (p.a + p.b), End())},
            ),
            "pass": End(),
        },
    )
    terms = (
        Term("Ann", 1, when=where(luck="good"), name="win"),
        Term("Ann", "2/3", when=where(Ann="pass"), name="sure"),
    )
    outcomes = (Outcome("bet", when=where(Ann="bet")),)
    model = Model(
        "odds", form=ExtensiveForm(tree), parameters=p, terms=terms, outcomes=outcomes
    )
    found = shares(model, CONCEPT, "bet", samples=200)
    rows = draw(model, 200, 0)
    # a / (a + b) > 2/3
    assert found.counts[Verdict.EVERY] == int(
        (3 * rows[:, 0] > 2 * (rows[:, 0] + rows[:, 1])).sum()
    )
    assert found.redone == 200


def test_a_sweep_of_a_tree_with_chance_has_the_same_rows_whoever_decides_them(
    tmp_path: Path,
) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    model = chain(
        lambda p: {
            "Ann good": p.prize - p.stake,
            "Ann bet": p.stake / 4,
            "Bob share": p.prize - 2,
        }
    )
    found = sweep(
        model,
        CONCEPT,
        ["bet", "good end"],
        300,
        tmp_path / "s",
        probabilities=True,
        part_rows=70,
    )
    rows = list(found.table().to_table().to_pylist())
    counted = shares(model, CONCEPT, "bet", samples=300).counts
    assert found.counts("bet") == counted
    for row in rows:
        likely = (
            row["q"]
            if row["verdict: bet"] == "EVERY" and row["verdict: good end"] == "SOME"
            else None
        )
        if likely is not None and row["prize"] > 2:
            assert (
                row["least: good end"] == row["greatest: good end"] == pytest.approx(likely)
            )
    assert {row["verdict: good end"] for row in rows} >= {"SOME", "NO"}
