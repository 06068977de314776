"""What is decided in more than one way is decided alike: by signs at a place, by sets of
signs, and by compiled code at many places at once."""

import random
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest

from strategy import ExtensiveForm
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.deciders import decider
from strategy.sensitivity.deciding.judges import ALL, Allowed, Bounds, bit
from strategy.sensitivity.deciding.slices import Signs, Slice
from strategy.sensitivity.deciding.tree_decider import TreeDecider
from strategy.sensitivity.deciding.tree_judge import AskedJudge
from tests._games import SCALE, seeds
from tests._models import concepts_for, random_model


class Numbers:
    """Polynomials by number, as a judge learns them."""

    def __init__(self) -> None:
        self.polys: list[Polynomial] = []

    def number(self, poly: Polynomial) -> int:
        if poly not in self.polys:
            self.polys.append(poly)
        return self.polys.index(poly)

    def allowed(self, place: tuple[Fraction, ...], more: Sequence[int]) -> Allowed:
        """The sign of each polynomial at a place, and of some any."""
        signs = Signs(place)
        return lambda k: ALL if k in more else bit(signs(self.polys[k]))


@pytest.mark.parametrize("trees", [False, True])
def test_one_answer_whichever_way(trees: bool) -> None:
    told = settled = 0
    for seed in seeds(60):
        rng = random.Random(f"ways {seed}")
        model = random_model(f"ways {seed}", fixed_chance=True)
        if isinstance(model.form, ExtensiveForm) != trees:
            continue
        where = Slice.of(model, list(model.parameters), None)
        ends = [(one.low, one.high) for one in model.parameters.values()]
        places = [
            tuple(
                [low + (high - low) * Fraction(rng.randint(0, 8), 8) for low, high in ends]
            )
            for _ in range(8)
        ]
        for concept in concepts_for(model):
            way = decider(where, concept, model.outcomes["it"])
            numbers = Numbers()
            judges = [way.judge(numbers)]
            if isinstance(way, TreeDecider):
                judges.append(AskedJudge(numbers, way.tree))
            hits, misses, doubtful = way.at_samples()(np.array(places, dtype=float))
            for row, place in enumerate(places):
                found = way.found(Signs(place))
                exactly = Bounds(found.hit, found.hit, found.miss, found.miss)
                for judge in judges:
                    assert judge.bounds(numbers.allowed(place, ())) == exactly, seed
                some = rng.sample(range(len(numbers.polys)), len(numbers.polys) // 3)
                wide = judges[0].bounds(numbers.allowed(place, some))
                assert wide.must_hit <= found.hit <= wide.may_hit, seed
                assert wide.must_miss <= found.miss <= wide.may_miss, seed
                if not doubtful[row]:
                    assert (hits[row], misses[row]) == (found.hit, found.miss), seed
                settled += not doubtful[row]
                told += 1
    assert told > 40 * SCALE
    assert settled > told / 3
