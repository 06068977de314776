"""The corridor models' maps: exact tilings of the rectangle, and at every point what
solving the game there says."""

import random
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from games.corridor import activation, sequence
from strategy import Model, RefusalError, Status, solve
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.sensitivity import Verdict, regions, verdict
from tests._games import SCALE, seeds
from tests.sensitivity._maps import check_tiling, faces

CASES: dict[str, tuple[Model, Any]] = {
    "activation": (activation.model, PureNash()),
    "activation, undominated": (activation.model, PureNash(undominated=True)),
    "sequence": (sequence.model, PureSubgamePerfect()),
    "reaction": (sequence.reaction, PureSubgamePerfect()),
}
OUTCOMES = ("corridor open", "Armenia opens")
X, Y = "russia_attention", "normalisation"
STEPS = 100 if SCALE >= 10 else 12
"""The grid has (STEPS + 1)^2 points; ``STRATEGY_TESTS_SCALE=10`` makes it 101 x 101."""


@cache
def solved(case: str, x: Fraction, y: Fraction) -> tuple[Verdict, ...]:
    """The verdict on each outcome, from one exact solution."""
    model, concept = CASES[case]
    solution = solve(model.game(at={X: x, Y: y}), concept)
    assert solution.status in (Status.COMPLETE, Status.NONE_EXISTS)
    result = []
    for outcome in OUTCOMES:
        holds = model.outcomes[outcome].holds
        chances = {
            sum((p for play, p in one.plays.items() if holds(play)), Fraction(0))
            for one in solution
        }
        kinds = {
            frozenset([Fraction(1)]): Verdict.EVERY,
            frozenset([Fraction(0)]): Verdict.NO,
            frozenset(): Verdict.NONE_EXISTS,
        }
        result.append(kinds.get(frozenset(chances), Verdict.SOME))
    return tuple(result)


@pytest.mark.deep_but(2)
@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("case", list(CASES))
def test_the_default_map(case: str, outcome: str) -> None:
    model, concept = CASES[case]
    assert model.focus == (X, Y)
    r, place = regions(model, concept, outcome, X, Y), OUTCOMES.index(outcome)
    assert (r.model, r.concept, r.outcome, r.x, r.y, dict(r.at)) == (
        model,
        concept,
        outcome,
        X,
        Y,
        {},
    )
    check_tiling(r)
    for spot, shown in faces(r):
        assert solved(case, *spot)[place] is shown is r.verdict_at(*spot)
    grid = [Fraction(i, STEPS) for i in range(STEPS + 1)]
    for x in grid:
        for y in grid:
            assert solved(case, x, y)[place] is r.verdict_at(x, y), (x, y)


@pytest.mark.parametrize("case", list(CASES))
def test_cells_hold_one_set_of_equilibria(case: str) -> None:
    model, concept = CASES[case]
    r = regions(model, concept, OUTCOMES[0], X, Y)
    for cell in r.cells[:6]:
        inside = {play for one in cell.equilibria for play in one.plays}
        assert inside == set(cell.plays)
        # Half way from the middle to a corner the same is played.
        spot = tuple((a + b) / 2 for a, b in zip(cell.point, cell.vertices[0], strict=True))
        again = solve(model.game(at={X: spot[0], Y: spot[1]}), concept)
        assert {play for one in again for play in one.plays} == inside


@pytest.mark.parametrize("case", list(CASES))
def test_maps_of_other_pairs(case: str) -> None:
    model, concept = CASES[case]
    for seed in seeds(4):
        rng = random.Random(f"{case} {seed}")
        x, y = rng.sample(list(model.parameters), 2)
        others = rng.sample(
            [label for label in model.parameters if label not in (x, y)], 12
        )
        ranges = {label: model.parameters[label] for label in (*others, x, y)}
        at = {
            label: ranges[label].low
            + (ranges[label].high - ranges[label].low) * Fraction(rng.randint(0, 4), 4)
            for label in others
        }
        outcome = rng.choice(OUTCOMES)
        r = regions(model, concept, outcome, x, y, at=at)
        check_tiling(r)
        shown = faces(r)
        for spot, answer in rng.sample(shown, min(len(shown), 25)):
            assert (
                verdict(model, concept, outcome, at={**at, x: spot[0], y: spot[1]})
                is answer
                is r.verdict_at(*spot)
            )
        for _ in range(15):
            spot = tuple(
                one.low + (one.high - one.low) * Fraction(rng.randint(0, 101), 101)
                for one in (ranges[x], ranges[y])
            )
            assert verdict(
                model, concept, outcome, at={**at, x: spot[0], y: spot[1]}
            ) is r.verdict_at(*spot)


def test_what_is_not_affine_is_refined_and_what_is_no_map_refused() -> None:
    from strategy import NormalForm, Outcome, Parameter, Parameters, Term, where

    p = Parameters(
        a=Parameter(1, low=-2, high=2),
        b=Parameter(1, low=-2, high=2),
        c=Parameter(1, low=1, high=1),
    )
    for amount in (p.a * p.b, p.a**2 - p.b, p.a + p.b**3):
        model = Model(
            "bent",
            form=NormalForm({"A": ("l", "r")}),
            parameters=p,
            terms=(Term("A", amount, when=where(A="l")),),
            outcomes=(Outcome("l", when=where(A="l")),),
        )
        found = regions(model, PureNash(), "l", "a", "b")
        assert not found.exact
        assert 0 < found.error < Fraction(1, 10)
    with pytest.raises(RefusalError, match="range of one value"):
        regions(model, PureNash(), "l", "a", "c")
    with pytest.raises(RefusalError, match="different"):
        regions(model, PureNash(), "l", "a", "a")
    with pytest.raises(RefusalError, match="leave it out of at"):
        regions(model, PureNash(), "l", "a", "b", at={"a": 1})
