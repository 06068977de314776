"""Every threshold, map and radius, of the corridor models and of random affine models,
against solving the game again: at the exact points, between and just beside them, inside
cells, on their edges and corners, inside a radius and where it ends.

300 random models, and all of the corridor models instead of a part:

    STRATEGY_TESTS_SCALE=10 python -m pytest tests/sensitivity/test_resolving.py -o
    timeout=3000 -s
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import pytest

from games.corridor import activation, alignment, sequence
from strategy import Model, NormalForm, Status, solve
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.sensitivity import (
    Radius,
    Regions,
    Thresholds,
    Verdict,
    radius,
    regions,
    thresholds,
)
from tests._checks import NEAR, beside, exactly, rational
from tests._games import SCALE, seeds
from tests._models import concepts_for, random_model
from tests.sensitivity._distances import size, to_shares
from tests.sensitivity._maps import check_tiling, faces

F = Fraction
ALL = SCALE >= 10
NORMS: tuple[Literal["max", "sum"], ...] = ("max", "sum")
CORRIDOR: dict[str, tuple[Model, Any]] = {
    "activation": (activation.model, PureNash()),
    "activation, undominated": (activation.model, PureNash(undominated=True)),
    "sequence": (sequence.model, PureSubgamePerfect()),
    "reaction": (sequence.reaction, PureSubgamePerfect()),
    "alignment": (alignment.model, PureNash()),
    "alignment, undominated": (alignment.model, PureNash(undominated=True)),
}
each_case = pytest.mark.parametrize("case", list(CORRIDOR))


@pytest.fixture(scope="module", autouse=True)
def counts() -> Iterator[Counter[str]]:
    """What was checked, printed at the end."""
    found: Counter[str] = Counter()
    yield found
    print("\n" + ", ".join(f"{count:,} {what}" for what, count in sorted(found.items())))


class Again:
    """Solves one model's games from nothing, each once, and says the verdict on an outcome
    there."""

    def __init__(self, model: Model, concept: Any, counts: Counter[str]) -> None:
        self.model, self.concept, self.counts = model, concept, counts
        self.known: dict[tuple[Fraction, ...], list[set[Fraction]]] = {}

    def __call__(self, outcome: str, at: Mapping[str, Any]) -> Verdict:
        place = tuple(self.model.parameters.read(at).values())
        if place not in self.known:
            solution = solve(self.model.game(at=at), self.concept)
            assert solution.status in (Status.COMPLETE, Status.NONE_EXISTS)
            self.counts["games solved"] += 1
            self.known[place] = [
                {
                    sum((p for play, p in one.plays.items() if condition.holds(play)), F(0))
                    for one in solution
                }
                for condition in self.model.outcomes.values()
            ]
        chances = self.known[place][list(self.model.outcomes).index(outcome)]
        if not chances:
            return Verdict.NONE_EXISTS
        return (
            Verdict.EVERY
            if chances == {1}
            else Verdict.NO
            if chances == {0}
            else Verdict.SOME
        )


# -- what is asked of each answer


def check_thresholds(t: Thresholds, again: Again, rng: random.Random) -> None:
    """At every rational point, on both sides of every point, twice in every piece, at both
    ends and at random."""
    again.counts["thresholds"] += len(t.points)
    places: list[tuple[Fraction, Verdict]] = [(t.low, t.at_ends[0]), (t.high, t.at_ends[1])]
    for point, here, before, after in zip(
        t.points, t.at_points, t.pieces, t.pieces[1:], strict=False
    ):
        assert not here is before is after, "no threshold"
        places += [(beside(point, -1), before), (beside(point, 1), after)]
        places += [(point, here)] if isinstance(point, Fraction) else []
    for (a, b), piece in zip(
        itertools.pairwise([t.low, *t.points, t.high]), t.pieces, strict=True
    ):
        low, high = exactly(a), exactly(b)
        assert low < high
        assert high - low > 4 * NEAR
        places += [((low + high) / 2, piece), (rational(low, high, rng), piece)]
    places += [
        (x, t.verdict_at(x)) for x in (rational(t.low, t.high, rng) for _ in range(2))
    ]
    for x, shown in places:
        assert again(t.outcome, {**t.at, t.parameter: x}) is shown is t.verdict_at(x), (
            t,
            x,
        )


def check_map(r: Regions, again: Again, rng: random.Random, most: int) -> None:
    """At every corner, on every edge, in the middle of every cell and at random places in
    it (of each at most so many), and at random places of the map, which are on lines of
    others often."""
    again.counts["cells of maps"] += len(r.cells)
    if r.exact:
        check_tiling(r)
        places = faces(r)
    else:  # rectangles, closed, where the verdict is known
        places = [
            (corner, cell.verdict)
            for cell in r.cells
            for corner in (cell.point, *cell.vertices)
        ]
    places = [one for one in places if one[1] is not Verdict.UNKNOWN]
    places = rng.sample(places, min(len(places), most))
    for cell in rng.sample(r.cells, min(len(r.cells), most)):
        if cell.verdict is not Verdict.UNKNOWN:
            weights = [rng.randint(1, 9) for _ in cell.vertices]
            x, y = [
                sum(w * corner[i] for w, corner in zip(weights, cell.vertices, strict=True))
                / F(sum(weights))
                for i in (0, 1)
            ]
            places.append(((x, y), cell.verdict))
    ranges = [r.model.parameters[label] for label in (r.x, r.y)]
    for _ in range(6):
        x, y = (
            one.low + (one.high - one.low) * F(rng.randint(0, 12), 12) for one in ranges
        )
        places.append(((x, y), r.verdict_at(x, y)))
    for spot, shown in places:
        assert (
            again(r.outcome, {**r.at, r.x: spot[0], r.y: spot[1]})
            is shown
            is r.verdict_at(*spot)
        ), (r, spot)


def inside(
    found: Radius,
    start: Mapping[str, Fraction],
    far: Fraction,
    rng: random.Random,
    many: int,
) -> Iterator[dict[str, Fraction]]:
    """Places no farther than ``far``, in the ranges: corners of that neighbourhood, then
    random places in it."""
    labels, parameters = found.moving, found.model.parameters
    for number in range(many):
        if found.norm == "max":
            shares = [
                far
                * rng.choice(
                    [-1, 1] if number % 2 else [-1, F(rng.randint(-9, 9), 10), 0, 1]
                )
                for _ in labels
            ]
        else:
            moved = rng.sample(range(len(labels)), 1 if number % 2 else min(len(labels), 3))
            parts = [rng.randint(1, 9) for _ in moved]
            sizes = dict(zip(moved, parts, strict=True))
            shares = [
                far * F(sizes.get(i, 0), sum(parts)) * rng.choice([-1, 1])
                for i in range(len(labels))
            ]
        yield {
            label: min(max(start[label] + share * (one.high - one.low), one.low), one.high)
            for label, share in zip(labels, shares, strict=True)
            for one in [parameters[label]]
        }


def check_radius(found: Radius, again: Again, rng: random.Random, many: int) -> None:
    """Nothing changes nearer than the lower bound, on the way to the nearest change among
    others; at the witness it has changed, and the witness is as far away as is said, or
    hardly farther."""
    model, outcome = found.model, found.outcome
    start = model.parameters.read(found.at)
    again.counts["radii"] += 1
    assert again(outcome, found.at) is found.start
    whole = F(1) if found.norm == "max" else F(len(found.moving))
    shrunk = (
        [F(1)]
        if found.lower is None
        else [1 - NEAR, F(99, 100), *([F(1)] if found.attained is False else [])]
    )
    for part in shrunk:
        far = part * (whole if found.lower is None else found.lower)
        for values in inside(found, start, far, rng, many if far else 0):
            assert again(outcome, {**found.at, **values}) not in found.goal, (found, values)
        if found.proved and found.moves:
            values = {
                one.parameter: one.start + part * (one.to - one.start)
                for one in found.moves
            }
            assert again(outcome, {**found.at, **values}) not in found.goal, (found, values)
    if found.upper is None:
        assert found.witness is None
        return
    assert found.lower is not None
    assert found.witness is not None
    assert (
        again(outcome, {**found.at, **found.witness.values})
        is found.witness.verdict
        in found.goal
    )
    values = {**start, **found.witness.values}
    far = size(
        to_shares(
            model, found.moving, dict(start), [values[label] for label in found.moving]
        ),
        found.norm,
    )
    assert (
        far == found.distance
        if found.attained
        else found.upper <= far <= found.upper + F(1, 1000)
    )
    at_end = {one.parameter: one.to for one in found.moves}
    assert (again(outcome, {**found.at, **at_end}) in found.goal) or not found.attained


# -- the corridor models


def coarse(
    model: Model, rng: random.Random, share: float, but: Sequence[str] = ()
) -> dict[str, Fraction]:
    """Values for a share of the parameters, such as make ties common."""
    return {
        label: one.low + (one.high - one.low) * F(rng.randint(0, 6), 6)
        for label, one in model.parameters.items()
        if label not in but and rng.random() < share
    }


@each_case
def test_corridor_thresholds(case: str, counts: Counter[str]) -> None:
    """Along every parameter, from the baseline and from elsewhere."""
    model, concept = CORRIDOR[case]
    rng, again = random.Random(f"thresholds {case}"), Again(model, concept, counts)
    outcomes = list(model.outcomes) if ALL else ["corridor open"]
    labels = list(model.parameters) if ALL else rng.sample(list(model.parameters), 8)
    for outcome, label in itertools.product(outcomes, labels):
        for share in (0, 0.2, 0.8) if ALL else (rng.choice([0, 0.3]),):
            at = coarse(model, rng, share, [label])
            check_thresholds(thresholds(model, concept, outcome, label, at=at), again, rng)


@each_case
def test_corridor_maps(case: str, counts: Counter[str]) -> None:
    """Over the focus, and over random pairs from random places."""
    model, concept = CORRIDOR[case]
    again = Again(model, concept, counts)
    for seed in range(25 if ALL else 2):
        rng = random.Random(f"maps {case} {seed}")
        x, y = rng.sample(list(model.parameters), 2) if seed else model.focus
        at = coarse(model, rng, 0.5 if seed else 0, [x, y])
        for outcome in model.outcomes if ALL else ["corridor open"]:
            check_map(
                regions(model, concept, outcome, x, y, at=at),
                again,
                rng,
                200 if ALL else 12,
            )


@pytest.mark.deep_but(6)
@each_case
@pytest.mark.parametrize("norm", NORMS)
def test_corridor_radii(
    case: str, norm: Literal["max", "sum"], counts: Counter[str]
) -> None:
    """From the baseline, and from random places; in alignment products of two parameters
    move."""
    model, concept = CORRIDOR[case]
    again = Again(model, concept, counts)
    for seed in range(4 if ALL else 1):
        rng = random.Random(f"radii {case} {norm} {seed}")
        at = coarse(model, rng, 0.3 if seed else 0)
        for outcome in model.outcomes if ALL else ["corridor open"]:
            found = radius(model, concept, outcome, at=at, norm=norm, nodes=600)
            assert found.lower is None or found.upper is not None
            check_radius(found, again, rng, 40 if ALL else 6)
            counts["corridor radii with a gap"] += not found.proved


# -- random affine models


def random_places(model: Model, rng: random.Random) -> dict[str, Fraction]:
    """Values for all parameters, often at the end of a range."""
    return {
        label: rng.choice(
            [one.low, one.high, one.baseline, rational(one.low, one.high, rng)]
        )
        for label, one in model.parameters.items()
    }


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("block", range(6))
def test_random_models(block: int, counts: Counter[str]) -> None:
    for seed in seeds(5):
        model = random_model(f"resolving {block} {seed}", fixed_chance=True)
        rng, two = (
            random.Random(f"resolving {block} {seed}"),
            isinstance(model.form, NormalForm) and len(model.players) == 2,
        )
        counts["random models"] += 1
        for concept in (*concepts_for(model), *([Nash()] if two else [])):
            again = Again(model, concept, counts)
            for label in model.parameters:
                at = {
                    one: value
                    for one, value in random_places(model, rng).items()
                    if one != label
                }
                check_thresholds(thresholds(model, concept, "it", label, at=at), again, rng)
            x, y = rng.sample(list(model.parameters), 2)
            at = {
                one: value
                for one, value in random_places(model, rng).items()
                if one not in (x, y)
            }
            check_map(regions(model, concept, "it", x, y, at=at, depth=2), again, rng, 25)
            if not isinstance(concept, Nash):
                start = random_places(model, rng)
                for norm, to in itertools.product(
                    NORMS, (None, rng.choice(["every", "some", "no"]))
                ):
                    found = radius(
                        model, concept, "it", at=start, norm=norm, to=to, nodes=20_000
                    )  # type: ignore[arg-type]
                    assert found.proved
                    check_radius(found, again, rng, 10)
