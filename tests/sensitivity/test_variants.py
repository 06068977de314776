"""What an answer owes to how a model was built: every version solved for itself, and outcomes
that are shown beside the headline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import pytest

from strategy import (
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    PureNash,
    PureSubgamePerfect,
    Term,
    where,
)
from strategy.errors import ModelError, RefusalError
from strategy.plots import blank, plot_regions
from strategy.sensitivity import Verdict, drivers, regions, shares
from strategy.sensitivity.analyses.variants import variants

p = Parameters(gain=Parameter(3, low=0, high=4), cost=Parameter(1, low=0, high=4))
both = where(A="go") & where(B="go")
alone = where(A="go") & where(B="stay")


def cheap(model: Model) -> Mapping[str, Model]:
    low = Parameters({**model.parameters, "cost": Parameter(1, low=0, high=2)})
    return {
        "if it cost half as much": attrs.evolve(model, parameters=low),
        "if B always came along": model.with_actions({"B": "go"}),
    }


model = Model(
    "trip",
    form=NormalForm({"A": ("go", "stay"), "B": ("go", "stay")}),
    parameters=p,
    terms=(
        Term("A", p.gain - p.cost, when=where(A="go")),
        Term("B", p.gain - 2, when=where(B="go")),
    ),
    outcomes=(Outcome("a trip", when=where(A="go")), Outcome("together", when=both)),
    headline="a trip",
    beside=("together",),
    variants=cheap,
)


def test_every_version_is_solved_for_itself() -> None:
    found = variants(model, PureNash(), "a trip", samples=4000)
    assert [one.label for one in found.rows] == ["the model as it is", *cheap(model)]
    for one in found.rows:
        known = shares(one.model, PureNash(), "a trip", samples=4000)
        assert {k: n for k, n in one.verdicts.items() if n} == {
            k: n for k, n in known.counts.items() if n
        }
        together = shares(one.model, PureNash(), "together", samples=4000)
        assert one.beside == {"together": together.counts[Verdict.EVERY]}
    # gain above cost: half of the square, three quarters where the cost is at most half
    as_it_is, half, always = (one.frequency(Verdict.EVERY).value for one in found.rows)
    assert abs(as_it_is - 1 / 2) < 0.03
    assert abs(half - 3 / 4) < 0.03
    assert always == as_it_is
    assert found.strongest == (found.rows[1],)
    assert found.sentences[1].startswith("If it cost half as much, it is at 7")
    assert found.sentences[-1] == (
        "At the baselines the verdict differs in 0 of 2 other versions."
    )


def test_a_version_that_the_concept_does_not_take_has_one_that_does() -> None:
    from games.corridor.sequence import model as tree

    found = variants(tree, PureSubgamePerfect(), "corridor open", samples=200)
    kinds = {one.label: str(one.concept) for one in found.rows}
    assert kinds["if all five chose at once"] == "pure Nash"
    assert set(kinds.values()) == {"pure Nash", "pure subgame-perfect"}


def test_a_model_without_versions_is_refused() -> None:
    with pytest.raises(RefusalError, match="variants="):
        variants(attrs.evolve(model, variants=None), PureNash(), "a trip")
    with pytest.raises(ModelError, match="function"):
        attrs.evolve(model, variants={"x": model})


@pytest.mark.parametrize(
    ("beside", "said"),
    [("together", "tuple"), (("apart",), "together"), ({"together"}, "set")],
)
def test_outcomes_beside_the_headline_are_checked(beside: Any, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        attrs.evolve(model, beside=beside)


def test_outcomes_beside_the_headline_stand_in_shares_and_maps() -> None:
    found = drivers(model, PureNash(), "a trip", samples=2000)
    together = shares(model, PureNash(), "together", samples=2000)
    assert found.beside == {"together": together.counts}
    assert any("“together” comes about" in one for one in found.sentences)
    assert not drivers(model, PureNash(), "together", samples=2000).beside
    plane = regions(model, PureNash(), "a trip", "gain", "cost")
    figure, ax = blank(7, 6)
    plot_regions(plane, ax)
    said = [text.get_text() for legend in figure.legends for text in legend.get_texts()]
    said += [
        text.get_text() for text in (ax.get_legend().get_texts() if ax.get_legend() else ())
    ]
    assert "together: in every pure Nash equilibrium" in said
