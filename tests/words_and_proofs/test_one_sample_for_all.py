"""One sample of a model for all analyses: an outcome has the same share with the same
interval, whichever of them says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from games.corridor.activation import model as activation
from games.corridor.sequence import model as sequence
from strategy import (
    Chance,
    Claim,
    Decision,
    End,
    ExtensiveForm,
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    Term,
    where,
)
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict, ablation, drivers, question, shares, sweep
from strategy.sensitivity.samples.distributions import Joint
from strategy.sensitivity.samples.shares import FEW, SAMPLES, draw


def bet() -> Model:
    """A tree whose chance probability is a parameter, with a claim about it and a parameter
    that has one value only."""
    p = Parameters(
        one=Parameter(1, low=1, high=1),
        q=Parameter("0.5", low=0, high=1),
        stake=Parameter(1, low=0, high=4),
    )
    after = Decision("Bob", {"share": End(), "keep": End()})
    tree = Decision(
        "Ann",
        {
            "bet": Chance("luck", {"good": (p.q, after), "bad": (1 - p.q, after)}),
            "pass": End(),
        },
    )
    return Model(
        "bet",
        form=ExtensiveForm(tree, players=("Ann", "Bob")),
        parameters=p,
        terms=(
            Term("Ann", 3, when=where(luck="good"), name="prize"),
            Term("Ann", -p.stake, when=where(Ann="bet"), name="stake"),
            Term("Bob", p.stake - p.one, when=where(Bob="share"), name="share"),
        ),
        outcomes=(
            Outcome("bet", when=where(Ann="bet")),
            Outcome("shared", when=where(Bob="share")),
        ),
        claims=(Claim("L", "Luck may be good.", if_wrong={"q": 0}),),
    )


def hunt() -> Model:
    """A stag hunt, whose mixed equilibria are solved point by point."""
    p = Parameters(hare=Parameter(2, low=1, high=5))
    both = where(A="stag", B="stag")
    terms = [Term(who, 4, when=both, name=f"stag of {who}") for who in "AB"]
    terms += [
        Term(who, p.hare, when=where({who: "hare"}), name=f"hare of {who}") for who in "AB"
    ]
    form = NormalForm({"A": ("stag", "hare"), "B": ("stag", "hare")})
    claims = (Claim("H", "Hares are small.", if_wrong={"hare": 5}),)
    return Model(
        "hunt",
        form=form,
        parameters=p,
        terms=tuple(terms),
        outcomes=(Outcome("stag", when=both),),
        claims=claims,
    )


CASES: list[tuple[Model, Any, str, dict[str, Any]]] = [
    (bet(), PureSubgamePerfect(), "bet", {}),
    (bet(), PureSubgamePerfect(), "shared", {"stake": "1.5"}),
    (sequence, PureSubgamePerfect(), "corridor open", {}),
    (activation, PureNash(undominated=True), "corridor open", {"russia_attention": "0.2"}),
    (hunt(), Nash(), "stag", {}),
]


@pytest.mark.parametrize("case", range(len(CASES)))
@pytest.mark.deep_but(2)
def test_the_same_share_with_the_same_interval(case: int, tmp_path: Path) -> None:
    model, concept, outcome, at = CASES[case]
    one = drivers(model, concept, outcome, at=at)
    assert one.samples == (FEW if isinstance(concept, Nash) else SAMPLES)
    asked = question(model, concept, outcome, at=at)
    drawn = shares(model, concept, outcome, at=at)
    assert drawn.counts == one.counts
    for verdict in Verdict:
        assert asked.verdicts[verdict] == one.frequency(verdict) == drawn.frequency(verdict)
    wrong = ablation(model, concept, outcome, at=at)
    assert wrong.shares is not None
    assert wrong.shares.points == one.samples
    assert wrong.shares.right == one.frequency(Verdict.EVERY)
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    rows = sweep(model, concept, outcome, one.samples, tmp_path / "s", at=at)
    assert rows.counts() == one.counts
    assert rows.interval(Verdict.EVERY) == (
        one.frequency(Verdict.EVERY).low,
        one.frequency(Verdict.EVERY).high,
    )


@pytest.mark.parametrize("samples", [37, 700])
def test_as_many_points_as_were_asked_for(samples: int) -> None:
    for model, concept, outcome, at in (CASES[0], CASES[4]):
        if concept == Nash():
            samples = min(samples, 60)
        assert drivers(model, concept, outcome, at=at, samples=samples).samples == samples
        assert question(
            model, concept, outcome, at=at, samples=max(samples, 40)
        ).points == max(samples, 40)
        found = ablation(model, concept, outcome, at=at, samples=samples).shares
        assert found is not None
        assert found.samples == found.points == samples


def test_fewer_points_for_many_sets_of_claims_are_said_with_both_numbers() -> None:
    found = ablation(sequence, PureSubgamePerfect(), "corridor open")
    assert found.shares is not None
    assert found.shares.samples < found.shares.points
    text = found.sentences[-1]
    assert f"{found.shares.points:,}" in text
    assert f"{found.shares.samples:,}" in text


def test_uniform_draws_are_the_same_points_whatever_is_fixed() -> None:
    for model, _, _, at in CASES:
        assert (Joint.of(model, at=at).draw(200, 7) == draw(model, 200, 7, at)).all()
    free, fixed = draw(bet(), 50, 1), draw(bet(), 50, 1, {"q": "0.25"})
    assert (free[:, [0, 2]] == fixed[:, [0, 2]]).all()
    assert np.unique(fixed[:, 1]).tolist() == [0.25]
