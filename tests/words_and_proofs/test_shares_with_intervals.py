"""Figures from samples: each with its interval, no finer than that, and nothing put in
front that the sample does not tell."""

from __future__ import annotations

import json
import math
import re
from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np
import pytest

from games.corridor.activation import model as activation
from games.corridor.sequence import model as sequence
from strategy import Model, NormalForm, Outcome, Parameter, Parameters, Term, where
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.sensitivity import ablation, drivers, idle_parameters, question
from strategy.sensitivity.analyses.drivers_finding import Influence, _about
from strategy.sensitivity.analyses.triviality import moving_shares
from strategy.sensitivity.samples import indices as library
from strategy.sensitivity.samples.alone import alone
from strategy.sensitivity.samples.indices import MOST_BASE
from strategy.sensitivity.samples.intervals import (
    Estimate,
    enough_for,
    leaders,
    mean,
    share,
    telling,
)

TREE = PureSubgamePerfect()


def test_what_parameters_account_for_alone_is_no_sum_of_clipped_estimates() -> None:
    """Where nothing matters, estimates scatter about 0; cut off at 0 they would add up to
    more and more."""
    rng = np.random.default_rng(0)
    points, holds = rng.random((4_000, 40)), rng.random(4_000) < 0.15
    found = alone([f"x{i}" for i in range(40)], points, holds)
    assert found is not None
    each, together = found
    assert sum(one.value for one in each.values()) > 0.02
    assert together.low == 0
    assert together.value < sum(one.value for one in each.values()) / 2


@pytest.mark.parametrize("seed", range(3))
def test_the_sum_of_the_corridor_is_the_same_for_all_seeds_within_its_interval(
    seed: int,
) -> None:
    """Of 300,000 points it is 0.32; clipped estimates added up to 0.81, 0.68 and 0.41."""
    pytest.importorskip("SALib", reason="SALib is not installed")
    found = drivers(sequence, TREE, "corridor open", seed=seed, indicator="EVERY")
    one = found.influences[0].alone
    assert one is not None
    assert one.low <= 0.32 <= one.high
    assert f"alone adds up to {one} of 1" in str(found)


def test_the_sum_of_an_additive_indicator_is_known() -> None:
    """f = 1 if x > 1/2 hangs on x alone; f = (x > 1/2) xor (y > 1/2) on nothing alone."""
    points = np.random.default_rng(1).random((5_000, 3))
    high = points > 0.5
    for holds, truth in (
        (high[:, 0], 1.0),
        (high[:, 0] ^ high[:, 1], 0.0),
        (high[:, 0] & high[:, 1], 2 / 3),
    ):
        found = alone(["x", "y", "z"], points, holds)
        assert found is not None
        assert found[1].low - 0.02 <= truth <= found[1].high + 0.02


def test_names_are_put_in_front_only_where_intervals_part_them() -> None:
    apart = {
        "a": Estimate(0.6, 0.5, 0.7),
        "b": Estimate(0.3, 0.2, 0.4),
        "c": Estimate(0.1, 0.0, 0.2),
    }
    assert leaders(apart, 3) == ("a",)
    close = {**apart, "b": Estimate(0.55, 0.45, 0.65)}
    assert leaders(close, 3) == ("a", "b")
    all_alike = dict.fromkeys("abcd", Estimate(0.5, 0.4, 0.6))
    assert leaders(all_alike, 3) == ()
    assert telling(all_alike, 100) is None
    # 0.2 of interval over a gap of 0.05: sixteen times as many
    assert (telling(close, 100) or 0) >= 1_600
    assert enough_for(Estimate(0.5, 0.1, 0.9), 0.2, 100) >= 1_600


def test_a_ranking_that_the_samples_do_not_tell_is_no_headline() -> None:
    none = Estimate(0.1, 0.0, 0.2)
    finding: Any = SimpleNamespace(samples=1_000, model=SimpleNamespace(label=str))

    def said(*totals: Estimate) -> str:
        indices = tuple(
            [library.Index(f"x{i}", none, total) for i, total in enumerate(totals)]
        )
        (sentence,) = _about(
            Influence("EVERY", share(200, 1_000), False, indices=indices, base=128),
            "in every Nash equilibrium",
            finding,
        )
        return sentence

    assert "varies most with x0 0.60 (0.50 to 0.70), by total index" in said(
        Estimate(0.6, 0.5, 0.7), none, none
    )
    assert "varies most with x0 0.60 (0.50 to 0.70) and x1 0.55" in said(
        Estimate(0.6, 0.5, 0.7), Estimate(0.55, 0.4, 0.6), none
    )
    assert "varies most with (about 1,280 samples would)" in said(
        Estimate(0.3, 0.2, 0.4), none, none
    )
    assert "varies most with (more samples may not either)" in said(none, none, none)


def test_a_question_that_is_not_parted_from_the_next_is_not_called_the_best() -> None:
    found = question(activation, PureNash(), "corridor open", samples=2_000)
    if (
        len(found.questions) > 1
        and found.questions[0].told.low <= found.questions[1].told.high
    ):
        assert any("These samples do not say" in one for one in found.sentences)
    clear = question(sequence, TREE, "corridor open")
    assert clear.questions[0].told.low > clear.questions[1].told.high
    assert any("is expected to tell most" in one for one in clear.sentences)


def test_digits_are_no_finer_than_the_interval() -> None:
    assert share(3_092, 16_384).percent() == "18.9% (18.3% to 19.5%)"
    assert share(12, 100).percent() == "12% (6% to 20%)"
    assert share(0, 10).percent() == "0% (0% to 31%)"
    assert share(154_000, 1_000_000).percent() == "15.40% (15.33% to 15.47%)"
    assert str(Estimate(0.40625, 0.33, 0.48)) == "0.41 (0.33 to 0.48)"
    assert str(Estimate(-0.0001, -0.01, 0.01)) == "0.00 (-0.01 to 0.01)"


def test_what_was_seen_at_no_sample_still_has_an_interval() -> None:
    assert share(0, 1_000).high == pytest.approx(1 - 0.025 ** (1 / 1_000))
    assert mean(0.0, 0.0, 1_000).high == pytest.approx(1 - 0.025 ** (1 / 1_000))
    assert mean(1.0, 0.0, 10, constant=True) == Estimate(1.0, 1.0, 1.0)
    holds = np.zeros(200 * 4, dtype=bool)
    effects = (
        library.effects(("x", "y", "z"), library.morris_points(3, 200, 0), holds)
        if _has_salib()
        else ()
    )
    assert all(
        one.size.value == 0 < one.size.high and one.spread.high > 0 for one in effects
    )


def _has_salib() -> bool:
    try:
        import SALib  # noqa: F401
    except ImportError:
        return False
    return True


def test_every_sampled_figure_in_a_table_stands_beside_its_interval() -> None:
    """Drivers, claims and questions: a cell with a share or an index has "(... to ...)" in
    it or a cell of that next to it."""
    pytest.importorskip("SALib", reason="SALib is not installed")
    correlated = drivers(
        sequence, TREE, "corridor open", correlation={("russia_attention", "leverage"): 0.5}
    )
    for finding in (
        drivers(sequence, TREE, "corridor open", indicator="EVERY"), correlated,
        ablation(sequence, TREE, "corridor open"), question(sequence, TREE, "corridor open"),
    ):  # fmt: skip
        for table in finding.tables:
            for row in table.rows:
                cells = [str(cell) for cell in row]
                figures = [
                    cell
                    for cell in cells
                    if re.fullmatch(r"[+-]?\d+(\.\d+)?%?", cell) and not cell.isdigit()
                ]
                assert not figures or any(" to " in cell for cell in cells), row


def test_the_same_seed_has_the_same_figures_and_errors_are_honest() -> None:
    first, again = [
        ablation(sequence, TREE, "corridor open", seed=3, samples=200) for _ in range(2)
    ]
    assert json.dumps(first.data()) == json.dumps(again.data())
    got = first.shares
    assert got is not None
    assert math.isclose(
        sum(got.shares.values()), got.all_right - got.all_wrong, abs_tol=1e-9
    )
    for label, one in got.estimates.items():
        assert one.low <= got.shares[label] == one.value <= one.high


def going() -> Model:
    """One player goes where x exceeds y."""
    p = Parameters({label: Parameter("1/2", low=0, high=1) for label in "xyz"})
    terms = (
        Term("A", p.x, when=where(A="go"), name="gain"),
        Term("A", -p.y, when=where(A="go"), name="cost"),
    )
    form = NormalForm({"A": ("go", "stay")})
    return Model(
        "going",
        form=form,
        parameters=p,
        terms=terms,
        outcomes=(Outcome("goes", when=where(A="go")),),
    )


def test_what_drawing_a_parameter_anew_changes_has_an_interval() -> None:
    """Going takes x > y: where x is drawn anew the verdict changes at a third of the
    points; z is in no payoff."""
    model = going()
    found = moving_shares(model, PureNash(), "goes", samples=2_000)
    assert found["x"].low < 1 / 3 < found["x"].high
    assert (found["z"].value, found["z"].low) == (0, 0)
    assert 0 < found["z"].high < 0.01
    assert idle_parameters(model, PureNash(), "goes", samples=2_000) == ("z",)


@pytest.mark.parametrize(("base", "said"), [(64, 0), (MOST_BASE, 2)])
def test_captions_say_where_a_limit_cut_the_samples(base: int, said: int) -> None:
    """Independent points and trajectories have a limit of their own, which more samples do
    not lift."""
    model = going()
    finding = drivers(model, PureNash(), "goes", samples=1024, indicator="EVERY")
    (one,) = finding.influences
    assert "however many samples" not in str(finding).split("trajectories")[0]
    trajectories = min(200, base)
    many = attrs.evolve(
        finding,
        samples=16 * base,
        influences=(attrs.evolve(one, base=base, trajectories=trajectories),),
    )
    caption = next(
        table.caption for table in many.tables if table.caption.startswith("Sobol")
    )
    assert (
        caption.count("the most that are drawn however many samples are asked for") == said
    )
