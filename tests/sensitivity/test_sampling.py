"""Samples of the range box: each row has the verdict that exact solving gives it, whatever
rows come with it."""

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from games.corridor import activation, sequence
from strategy import (
    Decision,
    End,
    ExtensiveForm,
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    StrategyError,
    Term,
    where,
)
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict, dominant_actions, idle_parameters, shares, verdict
from strategy.sensitivity.deciding.at_samples import BLOCK, ORDER, classify
from strategy.sensitivity.samples.shares import draw
from tests._games import seeds
from tests._models import concepts_for, random_model

CORRIDOR: dict[str, tuple[Model, Any]] = {
    "activation": (activation.model, PureNash()),
    "activation, undominated": (activation.model, PureNash(undominated=True)),
    "sequence": (sequence.model, PureSubgamePerfect()),
    "reaction": (sequence.reaction, PureSubgamePerfect()),
}


def tied_rows(model: Model, count: int, seed: str) -> np.ndarray:
    """Rows of coarse values, at which gains are often exactly zero; only ends that floats
    hold."""
    rng = random.Random(seed)
    rows = []
    for _ in range(count):
        row = [
            float(one.low + (one.high - one.low) * Fraction(rng.randint(0, 4), 4))
            for one in model.parameters.values()
        ]
        rows.append(row)
    return np.array(rows)


def exactly(model: Model, row: np.ndarray) -> dict[str, Fraction]:
    """The shortest decimals of a row of floats, kept inside the ranges where those have
    other ends."""
    return {
        label: min(max(Fraction(str(value)), one.low), one.high)
        for (label, one), value in zip(model.parameters.items(), row.tolist(), strict=True)
    }


@pytest.mark.parametrize("outcome", ["corridor open", "Armenia opens"])
@pytest.mark.parametrize("case", list(CORRIDOR))
def test_corridor_rows_have_the_verdict_of_exact_solving(case: str, outcome: str) -> None:
    model, concept = CORRIDOR[case]
    rows = np.concatenate(
        [
            draw(model, 60 * len(seeds(1)), seed=5),
            tied_rows(model, 60 * len(seeds(1)), outcome),
        ]
    )
    codes, redone = classify(model, concept, outcome, rows)
    assert [ORDER[code] for code in codes] == [
        verdict(model, concept, outcome, at=exactly(model, row)) for row in rows
    ]
    assert redone < len(rows)


def test_random_models_too() -> None:
    for seed in seeds(40):
        model = random_model(f"samples {seed}", 2)
        if any(
            Fraction(str(float(end))) != end
            for one in model.parameters.values()
            for end in (one.low, one.high)
        ):
            # a range that ends between two floats: no row of floats reaches its end
            continue
        for concept in concepts_for(model):
            rows = np.concatenate([draw(model, 12, seed), tied_rows(model, 20, str(seed))])
            codes, _ = classify(model, concept, "it", rows)
            expected = [
                verdict(model, concept, "it", at=exactly(model, row)) for row in rows
            ]
            assert [ORDER[code] for code in codes] == expected, (seed, concept)


def test_rows_do_not_depend_on_how_many_are_drawn() -> None:
    model = activation.model
    many = draw(model, 2 * BLOCK + 100, seed=3)
    for count in (1, 7, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK):
        assert (draw(model, count, seed=3) == many[:count]).all()
    assert (draw(model, 50, seed=4) != many[:50]).any()
    assert (
        draw(model, 9, seed=3, at={"leverage": "2.5"})[
            :, list(model.parameters).index("leverage")
        ]
        == 2.5
    ).all()
    low, high = (
        np.array([float(getattr(one, end)) for one in model.parameters.values()])
        for end in ("low", "high")
    )
    assert ((low <= many) & (many <= high)).all()
    codes, _ = classify(model, PureNash(), "corridor open", many)
    for start, stop in ((0, 40), (BLOCK - 20, BLOCK + 20), (5, 6)):
        assert (
            classify(model, PureNash(), "corridor open", many[start:stop])[0]
            == codes[start:stop]
        ).all()


def test_shares_count_the_rows() -> None:
    model = sequence.model
    found = shares(model, PureSubgamePerfect(), "corridor open", samples=500, seed=1)
    codes, _ = classify(model, PureSubgamePerfect(), "corridor open", draw(model, 500, 1))
    assert {one: found.counts[one] for one in ORDER} == {
        one: int((codes == i).sum()) for i, one in enumerate(ORDER)
    }
    assert sum(found.share(one) for one in Verdict) == pytest.approx(1)
    assert (found.samples, found.seed, found.outcome) == (500, 1, "corridor open")
    assert "500" in str(found)
    with pytest.raises(StrategyError, match="samples=0"):
        shares(model, PureSubgamePerfect(), "corridor open", samples=0)


def test_a_value_given_is_exact_whatever_floats_can_hold() -> None:
    """At x = 1/3 the two actions tie; no float is 1/3."""
    p = Parameters(x=Parameter("1/3", low=0, high=1), y=Parameter("1/2", low=0, high=1))
    terms = (
        Term("A", p.x, when=where(A="l"), name="l"),
        Term("A", "1/3", when=where(A="r"), name="r"),
    )
    for form, concept in [
        (NormalForm({"A": ("l", "r")}), PureNash()),
        (ExtensiveForm(Decision("A", {"l": End(), "r": End()})), PureSubgamePerfect()),
    ]:
        model = Model(
            "third",
            form=form,
            parameters=p,
            terms=terms,
            outcomes=(Outcome("l", when=where(A="l")),),
        )
        assert (
            shares(model, concept, "l", samples=20, at={"x": "1/3"}).counts[Verdict.SOME]
            == 20
        )
        assert (
            shares(model, concept, "l", samples=20, at={"x": "0.3333333333333333"}).counts[
                Verdict.NO
            ]
            == 20
        )
        assert dominant_actions(model) == {}
        assert idle_parameters(model, concept, "l", samples=200) == ("y",)


def test_dominant_actions_are_never_worse_anywhere() -> None:
    """Against the gains at sampled corners and inner points of the box, in tables."""
    proved = 0
    for seed in seeds(60):
        model = random_model(f"dominant {seed}")
        if not isinstance(model.form, NormalForm):
            continue
        found = dominant_actions(model)
        rng = random.Random(seed)
        for _ in range(6):
            at = {
                k: one.low + (one.high - one.low) * rng.choice([0, 1, Fraction(1, 3)])
                for k, one in model.parameters.items()
            }
            game = model.game(at=at)
            for who, action in found.items():
                axis = model.players.index(who)
                table = game.to_arrays(exact=True)[axis]
                mine = table.take([model.form.actions[who].index(action)], axis=axis)
                assert (mine >= table).all()
        proved += len(found)
    assert proved > 5


def test_what_a_claim_puts_wrong_is_not_drawn_anew() -> None:
    """The shares of a model with a claim wrong are those of the model held at that claim's
    values."""
    model, label = sequence.model, "C4"
    wrong = model.with_claims_wrong(label)
    values = model.claims[label].if_wrong
    assert wrong.held == set(values)
    rows = draw(wrong, 500, seed=3)
    for name, value in values.items():
        assert set(rows[:, list(wrong.parameters).index(name)]) == {float(value)}
    drawn = shares(wrong, PureSubgamePerfect(), "corridor open", samples=2_000, seed=3)
    assert (
        drawn.counts
        == shares(
            wrong, PureSubgamePerfect(), "corridor open", samples=2_000, seed=3, at=values
        ).counts
    )
    assert wrong.with_claims_wrong("C7").held == {*values, "russia_attention"}
