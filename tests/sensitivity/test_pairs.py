"""The nearest two places between which a verdict changes as one parameter rises: against
exact lines, and against samples."""

import itertools
import random
import time
from fractions import Fraction
from typing import Any

import pytest

from games.corridor.alignment import model as alignment
from strategy import Model
from strategy.assumptions.amounts import evaluate, read_amount
from strategy.concepts import PureNash
from strategy.sensitivity import Verdict, regions, thresholds
from strategy.sensitivity.nearest.pairs import Change, nearest_pair
from tests._checks import rational
from tests._games import SCALE, seeds
from tests._models import concepts_for, naive_verdict, random_model, small_table

F = Fraction
ONES = [
    frozenset([one])
    for one in (Verdict.EVERY, Verdict.SOME, Verdict.NO, Verdict.NONE_EXISTS)
]
EVERY, SOME, NO, NONE = ONES
FALLS: tuple[Change, ...] = ((EVERY, SOME | NO), (EVERY | SOME, NO))
RISES: tuple[Change, ...] = tuple((after, before) for before, after in FALLS)
SINGLE = [*itertools.permutations(ONES, 2), (EVERY, EVERY)]


def asked(
    model: Model,
    concept: Any,
    start: dict[str, F],
    raised: str,
    changes: Any,
    vary: list[str],
    **options: Any,
) -> Any:
    settings = {
        "within": (),
        "nodes": 10_000,
        "seconds": None,
        "clock": time.monotonic,
    } | options
    return nearest_pair(model, concept, "it", start, raised, changes, vary=vary, **settings)


def changes_along(
    model: Model, concept: Any, raised: str, changes: Any, at: dict[str, F]
) -> bool:
    """Whether the exact line of verdicts has one of the changes."""
    line = thresholds(
        model,
        concept,
        "it",
        raised,
        at={label: value for label, value in at.items() if label != raised},
    )
    between = [
        one for pair in zip(line.pieces, line.at_points, strict=False) for one in pair
    ]
    found = [line.at_ends[0], *between, line.pieces[-1], line.at_ends[1]]
    pairs = [*itertools.combinations(found, 2), *[(one, one) for one in found]]
    return any(
        low in before and high in after for low, high in pairs for before, after in changes
    )


def somewhere(model: Model, rng: random.Random) -> dict[str, F]:
    """Values, often such as make ties."""
    ranges = model.parameters.items()
    return {
        label: rng.choice(
            [one.low, one.high, one.baseline, rational(one.low, one.high, rng)]
        )
        for label, one in ranges
    }


def check_pair(
    model: Model, concept: Any, start: dict[str, F], raised: str, changes: Any, pair: Any
) -> None:
    low = {**start, **pair.values}
    assert pair.then >= low[raised]
    verdicts = [
        naive_verdict(model, concept, "it", one)
        for one in (low, {**low, raised: pair.then})
    ]
    assert any(verdicts[0] in before and verdicts[1] in after for before, after in changes)


@pytest.mark.deep
def test_against_exact_lines() -> None:
    """Of what two parameters decide, only the one that is not raised counts: between the
    corners of the exact map, nothing changes along it but the places of the turns."""
    none = moved = limits = 0
    for seed in seeds(100):
        rng = random.Random(f"pairs {seed}")
        model = (
            small_table(rng)
            if seed % 2
            else random_model(f"pairs {seed}", 1, fixed_chance=True)
        )
        raised, other = rng.sample(list(model.parameters), 2)
        start, concept = somewhere(model, rng), rng.choice(concepts_for(model))
        rest = {
            label: value for label, value in start.items() if label not in (raised, other)
        }
        plane = regions(model, concept, "it", raised, other, at=rest)
        one = model.parameters[other]
        corners = sorted(
            {one.low, start[other], one.high}
            | {point[1] for cell in plane.cells for point in cell.vertices}
        )
        for changes in (
            rng.choice([FALLS, RISES]),
            *[((before, after),) for before, after in rng.sample(SINGLE, 3)],
        ):
            expected: list[tuple[F, bool]] = []
            for value in corners:
                if changes_along(model, concept, raised, changes, {**start, other: value}):
                    expected.append((abs(value - start[other]), True))
            for low, high in itertools.pairwise(corners):
                if changes_along(
                    model, concept, raised, changes, {**start, other: (low + high) / 2}
                ):
                    expected.append(
                        (min(abs(low - start[other]), abs(high - start[other])), False)
                    )
            found, pair = asked(model, concept, start, raised, changes, [raised, other])
            least = min((far for far, _ in expected), default=None)
            assert found.lower == (
                None if least is None else least / (one.high - one.low)
            ), (seed, changes)
            none += least is None
            assert (pair is None) == (least is None)
            if least is not None:
                assert found.attained == ((least, True) in expected)
                check_pair(model, concept, start, raised, changes, pair)
                assert (abs(pair.values[other] - start[other]) == least) == found.attained
                moved, limits = moved + (least > 0), limits + (not found.attained)
    assert min(none, moved) > 15 * SCALE
    assert limits > 4 * SCALE


@pytest.mark.deep
def test_products_and_limits_against_samples() -> None:
    found_none = found_some = 0
    for seed in seeds(30):
        rng = random.Random(f"pairs of products {seed}")
        model = (
            small_table(rng, products=True)
            if seed % 3
            else random_model(f"pairs of {seed}", 2, fixed_chance=True)
        )
        if len(model.parameters) < 3:
            continue
        vary = rng.sample(list(model.parameters), 3)
        raised = vary[0]
        start, concept, changes = (
            somewhere(model, rng),
            rng.choice(concepts_for(model)),
            rng.choice([FALLS, RISES]),
        )
        x, y, z = [getattr(model.parameters, label) for label in vary]
        slope, end = rng.choice([(F(1, 2), "low"), (F(-1, 2), "high")])
        within = (
            [(read_amount(y - z + slope * x, model.ring), False)]
            if rng.random() < 0.7
            else []
        )
        found, pair = asked(
            model, concept, start, raised, changes, vary, within=within, nodes=15
        )

        if pair is not None:
            found_some += 1
            check_pair(model, concept, start, raised, changes, pair)
            low = {**start, **pair.values}
            assert all(
                evaluate(limit, at) >= 0
                for limit, _ in within
                for at in (low, {**low, raised: pair.then})
            )
        elif found.lower is None:
            found_none += 1
            for _ in range(8):
                at = {
                    **start,
                    **{
                        label: value
                        for label, value in somewhere(model, rng).items()
                        if label in vary
                    },
                }
                at[raised] = getattr(model.parameters[raised], end)
                # and so at all other values of what is raised
                if all(evaluate(limit, at) >= 0 for limit, _ in within):
                    assert not changes_along(model, concept, raised, changes, at), seed
    assert min(found_none, found_some) > 5 * SCALE


def test_a_search_that_is_cut_short_proves_nothing() -> None:
    found, pair = nearest_pair(
        alignment, PureNash(), "corridor open", {}, "commitment", FALLS, vary=list(alignment.parameters), within=(), nodes=1,
        seconds=None, clock=time.monotonic,
    )  # fmt: skip
    assert found.cut or found.lower is None
    assert pair is None
