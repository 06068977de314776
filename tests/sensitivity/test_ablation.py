"""Claims negated: verdicts are those of solving again, smallest sets are found, shares are
those worked out by hand."""

from __future__ import annotations

import itertools
import math
import random

import attrs
import pytest

from strategy import Claim, Model, Parameter, RefusalError
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.plots import ablation_size, blank, plot_ablation
from strategy.sensitivity import Ablation, Verdict, ablation, verdict
from tests._games import seeds
from tests._models import concepts_for, naive_verdict, random_model
from tests.plots._overlaps import NASTY, outside, overlaps
from tests.sensitivity._small import entry, stag_hunt, window


def near(finding: Ablation, claim: str, share: float) -> bool:
    assert finding.shares is not None
    return abs(finding.shares.shares[claim] - share) < 5 * max(
        finding.shares.errors[claim], 1e-9
    )


def test_a_pair_carries_what_neither_does_alone() -> None:
    """x + y > 1/2: at 1 and 1 either may go to 0, not both. Over the box 7/8, with one of
    them 1/2, with none 0."""
    found = ablation(window(), PureNash(), "goes", samples=20_000)
    assert [one.verdict for one in found.singles] == [Verdict.EVERY, Verdict.EVERY]
    assert found.flipping_claims == ()
    assert found.flipping_pairs == (("X", "Y"),)
    assert found.shares is not None
    assert abs(found.shares.all_right - 7 / 8) < 0.02
    assert found.shares.all_wrong == 0
    assert near(found, "X", 7 / 16)
    assert near(found, "Y", 7 / 16)
    assert (
        "Only together this pair changes it: X (x = 0) with Y (y = 0)." in found.sentences
    )


def test_shares_add_up_and_their_errors_are_honest() -> None:
    """Of 40 seeds nearly all are within two standard errors of 7/16."""
    off = 0
    for seed in range(40):
        found = ablation(window(), PureNash(), "goes", samples=400, seed=seed)
        assert found.shares is not None
        got = found.shares
        assert math.isclose(
            sum(got.shares.values()), got.all_right - got.all_wrong, abs_tol=1e-12
        )
        off += abs(got.shares["X"] - 7 / 16) > 2 * got.errors["X"]
    assert off <= 6


def test_orders_are_drawn_where_there_are_many_sets() -> None:
    """Five claims alike, 4 of 5 needed at 1: each has a fifth of the whole."""
    parameters = {f"x{i}": Parameter(1, low=1, high=1) for i in range(5)}
    claims = [
        Claim(label.upper(), "It is there.", if_wrong={label: 0}) for label in parameters
    ]
    model = window(*claims, least="7/2", **parameters)
    every = ablation(model, PureNash(), "goes", samples=10)
    some = ablation(model, PureNash(), "goes", samples=10, sets=24)
    for found in (every, some):
        assert found.shares is not None
        assert (found.shares.all_right, found.shares.all_wrong) == (1, 0)
        assert math.isclose(sum(found.shares.shares.values()), 1)
    assert all(near(every, claim.id, 0.2) for claim in claims)
    assert every.shares is not None
    assert some.shares is not None
    assert (every.shares.orders, every.shares.sets) == (0, 32)
    assert some.shares.orders == 16
    assert set(every.shares.errors.values()) == {0.0}
    assert len(every.flipping_pairs) == 10
    assert every.flipping_claims == ()


def test_what_was_put_wrong_before_or_is_given_stays() -> None:
    held = ablation(window().with_claims_wrong("X"), PureNash(), "goes", samples=4000)
    assert held.shares is not None
    assert held.shares.shares["X"] == 0
    assert near(held, "Y", 1 / 2)
    given = ablation(
        window(least=1), PureNash(), "goes", at={"x": "1/3", "y": "2/3"}, samples=50
    )
    assert given.baseline is Verdict.SOME  # 1/3 + 2/3 is exactly what is needed
    assert given.shares is not None
    assert (given.shares.all_right, given.shares.all_wrong) == (0, 0)
    possible = ablation(
        window(least=1),
        PureNash(),
        "goes",
        at={"x": "1/3", "y": "2/3"},
        samples=50,
        possible=True,
    )
    assert possible.shares is not None
    assert possible.shares.all_right == 1


def test_contradictory_claims_are_said_to_be() -> None:
    model = window(
        Claim("X", "x is there.", if_wrong={"x": 0}),
        Claim("Half", "x is whole.", if_wrong={"x": "1/4"}),
        Claim("Y", "y is there.", if_wrong={"y": 0}),
        Claim("Silent", "Something."),
    )
    found = ablation(model, PureNash(), "goes")
    apart = [one for one in found.pairs if one.differs_on]
    assert [(one.claims, one.differs_on, one.verdict) for one in apart] == [
        (("X", "Half"), "x", Verdict.UNKNOWN)
    ]
    assert found.flipping_pairs == (("X", "Y"), ("Half", "Y"))
    assert found.silent == ("Silent",)
    assert found.shares is None
    assert "X and Half" in found.no_shares
    assert "contradictory" in str(found)


def test_no_claim_to_put_wrong() -> None:
    with pytest.raises(RefusalError, match="if_wrong"):
        ablation(window(Claim("X", "Something.")), PureNash(), "goes")


def test_stag_hunt_and_entry() -> None:
    hunt = ablation(stag_hunt(), PureNash(), "both hunt the stag")
    assert (hunt.baseline, hunt.singles[0].verdict, hunt.flipping_claims) == (
        Verdict.SOME,
        Verdict.NO,
        ("S",),
    )
    mixed = ablation(stag_hunt(), Nash(), "both hunt the stag")
    assert (mixed.baseline, mixed.singles[0].verdict) == (Verdict.SOME, Verdict.NO)
    assert mixed.shares is not None
    assert mixed.shares.samples < 1000
    model = entry()
    found = ablation(model, PureSubgamePerfect(), "entry", samples=8000)
    assert found.flipping_claims == ("P", "W")
    assert found.shares is not None
    # Right: spite < 2 war, in 5/8 of the box, and prize > 0, in 3/4. Market not worth it,
    # or fought over with a sure fight: none.
    assert abs(found.shares.all_right - 15 / 32) < 0.03
    assert found.shares.all_wrong == 0


@pytest.mark.deep
def test_random_models_are_solved_again() -> None:
    for seed in seeds(12):
        rng = random.Random(f"ablation {seed}")
        model = random_model(f"ablation {seed}", 1)
        model = with_claims(model, rng)
        for concept in concepts_for(model):
            found = ablation(model, concept, "it", samples=20)
            assert found.shares is not None
            got = found.shares
            assert math.isclose(
                sum(got.shares.values()), got.all_right - got.all_wrong, abs_tol=1e-12
            )
            for one in (*found.singles, *found.pairs):
                other = model.with_claims_wrong(*one.claims)
                assert one.verdict is naive_verdict(
                    other, concept, "it", other.parameters.read()
                )
            alone = {
                one.claims[0] for one in found.singles if one.verdict is not found.baseline
            }
            assert set(found.flipping_claims) == alone
            for one in itertools.combinations(model.claims, 2):
                other = model.with_claims_wrong(*one)
                flips = verdict(other, concept, "it") is not found.baseline
                assert (one in found.flipping_pairs) == (flips and not alone & set(one))


def with_claims(model: Model, rng: random.Random) -> Model:
    claims = tuple(
        Claim(
            label.upper(),
            f"{label} is as said.",
            if_wrong={label: rng.choice([one.low, one.high])},
        )
        for label, one in model.parameters.items()
    )
    return attrs.evolve(model, claims=claims)


@pytest.mark.parametrize("seed", range(6))
def test_figures(seed: int) -> None:
    rng = random.Random(seed)
    labels = [f"x{i}" for i in range(rng.randint(1, 6))]
    names = rng.sample(NASTY, len(labels))
    claims = [
        Claim(a, "Said.", if_wrong={b: rng.choice([0, 1])})
        for a, b in zip(names, labels, strict=True)
    ]
    model = window(*claims, **{label: Parameter(1, low=0, high=1) for label in labels})
    found = ablation(model, PureNash(), "goes", samples=50)
    for size in (ablation_size(found), (5.0, 4.0)):
        _, ax = blank(*size)
        assert plot_ablation(found, ax) is ax
        assert overlaps(ax) == []
        assert outside(ax) == []
    assert found.data()["baseline"] == found.baseline.name
