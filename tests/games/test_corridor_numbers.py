"""Directions that the pages about the corridor models name, at sampled points: what moving one
parameter from the least to the greatest value of its range does to the verdict.

Shares and verdicts themselves are printed by the pages, which are run.
"""

import numpy as np
import pytest

from games.corridor import sequence
from strategy import Model, PureSubgamePerfect
from strategy.sensitivity import Verdict
from strategy.sensitivity.deciding.at_samples import ORDER, classify
from strategy.sensitivity.samples.shares import draw

CONCEPT = PureSubgamePerfect()
TREES = [sequence.model, sequence.reaction]
both = pytest.mark.parametrize("model", TREES, ids=[one.name for one in TREES])


@both
@pytest.mark.parametrize(
    ("parameter", "opens", "shuts"),
    [
        ("commitment", True, False),
        ("russia_attention", False, True),
        ("regional_influence", True, False),
        ("middle_corridor", True, False),
        ("iran_threat", True, True),
    ],
)
def test_from_end_to_end(model: Model, parameter: str, opens: bool, shuts: bool) -> None:
    low, high = ends(model, parameter)
    assert ((high & ~low).any(), (low & ~high).any()) == (opens, shuts)


def test_normalisation_can_shut_where_armenia_answers_last() -> None:
    low, high = ends(sequence.model, "normalisation")
    assert (high & ~low).any()
    assert (low & ~high).any()


def ends(model: Model, parameter: str) -> list[np.ndarray]:
    """Where the corridor is open in every equilibrium, at 20,000 points with a parameter at its
    least and at its greatest."""
    samples, column = draw(model, 20_000, seed=0), list(model.parameters).index(parameter)
    found = []
    for value in (model.parameters[parameter].low, model.parameters[parameter].high):
        samples[:, column] = float(value)
        codes, _ = classify(model, CONCEPT, "corridor open", samples)
        found.append(codes == ORDER.index(Verdict.EVERY))
    return found


@both
def test_every_path_with_a_road_is_asked_for(model: Model) -> None:
    """No road runs, and nobody opens, unless Azerbaijan asks: what is sampled as open is never
    more than what is sampled as opened."""
    samples = draw(model, 20_000, seed=1)
    opened, road, apart = (
        classify(model, CONCEPT, label, samples)[0] == ORDER.index(Verdict.EVERY)
        for label in ("Armenia opens", "corridor open", "open without Russia")
    )
    assert not (apart & ~road).any()
    assert not (road & ~opened).any()
    assert apart.any()
    assert (road & ~apart).any()
