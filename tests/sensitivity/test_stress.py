"""Joint stress: exact points on the way, the same as solving anywhere on it."""

from __future__ import annotations

import random
from fractions import Fraction

import attrs
import pytest

from games.corridor.activation import model as activation
from games.corridor.assumptions import TOGETHER
from games.corridor.sequence import model as sequence
from strategy import (
    AlgebraicNumber,
    Claim,
    Model,
    ModelError,
    ParameterError,
    Parameters,
    RefusalError,
    StrategyError,
    Term,
    where,
)
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.plots import blank, plot_stress, stress_size
from strategy.sensitivity import (
    Stress,
    StressPath,
    Verdict,
    shares,
    stress,
    thresholds,
    verdict,
)
from strategy.sensitivity.analyses.claims_put_wrong import widened
from tests._games import seeds
from tests._models import concepts_for, random_model
from tests.plots._overlaps import NASTY, outside, overlaps
from tests.sensitivity._small import stag_hunt, window

EVERY, SOME, NO = Verdict.EVERY, Verdict.SOME, Verdict.NO


def test_sooner_together_than_alone() -> None:
    """x + y > 1/2 from 1 and 1: neither alone gets there, both do after three quarters of
    the way."""
    found = stress(window(), PureNash(), "goes")
    assert [one.name for one in found.paths] == ["X wrong", "Y wrong", "all claims wrong"]
    alone, _, both = found.paths
    assert (alone.points, alone.pieces, alone.first_change) == ((), (EVERY,), None)
    assert (both.points, both.pieces, both.at_points, both.at_ends) == (
        (Fraction(3, 4),),
        (EVERY, NO),
        (SOME,),
        (EVERY, NO),
    )
    assert both.first_change == Fraction(3, 4)
    (turn,) = both.binding[0]
    assert (turn.player, turn.from_, turn.to) == ("A", "go", "wait")
    often, _, turns, stays = found.sentences
    assert "all claims wrong (at 0.75 of the way)" in turns
    assert "X wrong; Y wrong" in stays
    assert often.startswith(
        "All else anywhere in its range, the outcome comes about in every"
    )


def test_an_irrational_point_and_a_change_at_the_end() -> None:
    """x y > 1/2 on the way from 1 and 1 to 0 and 0: (1 - t)^2 = 1/2."""
    model = window()
    p = model.parameters
    terms = (Term("A", p.x * p.y, when=where(A="go"), name="both"), model.terms[1])
    curved = attrs.evolve(model, terms=terms)
    (one,) = stress(curved, PureNash(), "goes", group=["both: x=0, y=0"]).paths
    (point,) = one.points
    assert isinstance(point, AlgebraicNumber)
    assert abs(float(point) - (1 - 0.5**0.5)) < 1e-15
    (end,) = stress(window(least=1), PureNash(), "goes", group=["x: x=0"]).paths
    assert (end.pieces, end.at_ends, end.first_change) == ((EVERY,), (EVERY, SOME), 1)
    (start,) = stress(window(least=2), PureNash(), "goes", group=["x: x=0"]).paths
    assert (start.pieces, start.at_ends, start.first_change) == ((NO,), (SOME, NO), 0)


def test_a_claim_may_lie_outside_the_range() -> None:
    model = window(Claim("X", "x is there.", if_wrong={"x": -1}), least=1)
    (one,) = stress(model, PureNash(), "goes").paths
    assert one.points == (Fraction(1, 2),)
    assert [
        one.name for one in stress(stag_hunt(), Nash(), "both hunt the stag").paths
    ] == ["S wrong"]


def test_one_parameter_is_its_thresholds() -> None:
    concept = PureSubgamePerfect()
    (one,) = stress(
        sequence, concept, "corridor open", group=["full attention: russia_attention=1"]
    ).paths
    line = thresholds(sequence, concept, "corridor open", "russia_attention")
    start = sequence.parameters["russia_attention"].baseline
    assert [
        start + (1 - start) * Fraction(point)
        for point in one.points
        if isinstance(point, Fraction)
    ] == list(line.points)
    assert one.pieces == line.pieces


def test_the_corridor_groups() -> None:
    found = stress(sequence, PureSubgamePerfect(), "corridor open", group=list(TOGETHER))
    by_claims = stress(
        sequence, PureSubgamePerfect(), "corridor open", group=["both strong: C7, C8"]
    )
    assert [one.name for one in found.paths] == [
        "both weak",
        "both strong",
    ]
    assert found.paths[1].ends == by_claims.paths[0].ends
    assert found.paths[1].points == by_claims.paths[0].points


@pytest.mark.parametrize("group", [None, list(TOGETHER)])
def test_how_often_with_a_group_at_its_ends(group: list[str] | None) -> None:
    """Both sides of the stress, over the ranges of all else: as often as `shares` says of the
    model with these values, where they lie within the ranges."""
    concept = PureSubgamePerfect()
    found = stress(sequence, concept, "corridor open", group=group)
    assert found.often == shares(sequence, concept, "corridor open").frequency(EVERY)
    for one in found.paths:
        wide = widened(sequence, one.ends)
        fixed = {name: wide.parameters[name] for name in one.ends}
        model = attrs.evolve(
            sequence, parameters=Parameters({**sequence.parameters, **fixed})
        )
        counted = shares(model, concept, "corridor open", at=dict(one.ends))
        assert one.often == counted.frequency(EVERY)
    if group is None:
        right, wrong = [found.paths[i].ends for i in (-1, -2)]
        assert found.paths[-1].name == "all claims right to the full"
        assert (right["russia_attention"], right["iran_threat"], right["leverage"]) == (
            0,
            1,
            10,
        )
        assert right.keys() == wrong.keys()
    most = max(found.paths, key=lambda one: one.often.value if one.often else 0)
    assert most.often is not None
    assert f"{most.often.percent()} with {most.label}" in found.sentences[0]
    assert found.data()["paths"][0]["often"] == attrs.asdict(found.paths[0].often)


def test_how_often_in_at_least_one() -> None:
    """At once the corridor is in every pure equilibrium at none of the samples."""
    found = stress(activation, PureNash(), "corridor open", group=list(TOGETHER))
    assert found.which == "some"
    assert found.often == shares(activation, PureNash(), "corridor open").frequency(SOME)
    assert "in at least one pure Nash equilibrium" in found.sentences[0]


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("a: x=2", "outside its range"),
        ("a: z=1", "unknown parameter"),
        ("a: Z", "unknown claim"),
        ("a: ", "moves nothing"),
        ("a: x=0, x=1", "to 0 and to 1"),
        ("a: S", "does not say"),
    ],
)
def test_groups_that_cannot_be_read(group: str, words: str) -> None:
    model = window(Claim("S", "Silent."), Claim("X", "x is there.", if_wrong={"x": 0}))
    with pytest.raises((ParameterError, ModelError), match=words):
        stress(model, PureNash(), "goes", group=[group])


def test_refusals() -> None:
    with pytest.raises(RefusalError, match="group="):
        stress(window(Claim("S", "Silent.")), PureNash(), "goes")
    with pytest.raises(StrategyError):
        stress(window(), PureSubgamePerfect(), "goes")


@pytest.mark.deep
def test_random_models_are_solved_on_the_way() -> None:
    points = 0
    for seed in seeds(40):
        rng = random.Random(f"stress {seed}")
        model = random_model(f"stress {seed}", rng.choice([1, 2]))
        corners = [
            {
                label: rng.choice([one.low, one.high])
                for label, one in model.parameters.items()
            }
            for _ in range(3)
        ]
        words = [
            "ends: " + ", ".join(f"{label}={value}" for label, value in ends.items())
            for ends in corners
        ]
        for concept in concepts_for(model):
            for group in words:
                (one,) = stress(model, concept, "it", group=[group]).paths
                points += len(one.points)
                check_path(model, concept, one, rng)
    assert points > 5


def check_path(model: Model, concept: object, one: StressPath, rng: random.Random) -> None:
    start = model.parameters.read()
    wide = widened(model, one.ends)
    edges = [Fraction(0), *one.points, Fraction(1)]
    for _ in range(8):
        way = Fraction(rng.randint(0, 64), 64)
        at = {
            label: value + way * (one.ends.get(label, value) - value)
            for label, value in start.items()
        }
        piece = sum(1 for edge in edges[1:-1] if edge < way)
        expected = one.pieces[piece]
        if way in edges[1:-1]:
            expected = one.at_points[edges[1:-1].index(way)]
        elif way in (0, 1):
            expected = one.at_ends[int(way)]
        assert verdict(wide, concept, "it", at=at) is expected


@pytest.mark.parametrize("seed", range(4))
def test_figures(seed: int) -> None:
    rng = random.Random(seed)
    names = rng.sample(NASTY, 5)
    found = stress(
        window(
            *[
                Claim(one, "Said.", if_wrong={"x": 0, "y": rng.choice([0, "1/4"])})
                for one in names
            ]
        ),
        PureNash(),
        "goes",
    )
    _, ax = blank(*stress_size(found))
    assert plot_stress(found, ax) is ax
    assert overlaps(ax) == []
    assert outside(ax) == []
    assert isinstance(found, Stress)
    assert len(found.data()["paths"]) == len(found.paths)
