"""Random small models: thresholds and maps say at every point what solving there says, and
that is what naive play says."""

import itertools
import random
from fractions import Fraction

import pytest

from strategy import AlgebraicNumber, ExtensiveForm, Model
from strategy.sensitivity import Verdict, outcome_probability, regions, thresholds, verdict
from tests._checks import check_bindings, check_line, rational
from tests._games import SCALE, seeds
from tests._models import concepts_for, naive_verdict, random_model


def some_values(model: Model, rng: random.Random) -> dict[str, Fraction]:
    """Values for some parameters, often at the end of a range, where ties are."""
    found = {}
    for label, one in model.parameters.items():
        if rng.random() < 0.5:
            found[label] = rng.choice(
                [one.low, one.high, one.baseline, rational(one.low, one.high, rng)]
            )
    return found


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("degree", [0, 1, 2, 3])
def test_thresholds(degree: int) -> None:
    points = irrational = 0
    for seed in seeds(25):
        rng = random.Random(f"thresholds {degree} {seed}")
        model = random_model(f"model {degree} {seed}", degree)
        for concept in concepts_for(model):
            for label in model.parameters:
                at = some_values(model, rng)
                at.pop(label, None)
                t = thresholds(model, concept, "it", label, at=at)
                check_line(t, rng)
                points += len(t.points)
                irrational += sum(isinstance(point, AlgebraicNumber) for point in t.points)
    assert points >= 12 * SCALE
    assert irrational >= (degree - 1) * SCALE


@pytest.mark.parametrize("trees", [False, True])
@pytest.mark.deep
def test_bindings(trees: bool) -> None:
    """What binds has no gain at the point; where a probability becomes zero the verdict may
    change without any deviation."""
    points = none = 0
    for seed in seeds(60):
        rng = random.Random(f"bindings {seed}")
        model = random_model(f"bindings {seed}", rng.choice([0, 1, 2, 3]))
        if isinstance(model.form, ExtensiveForm) == trees:
            for concept, label in itertools.product(concepts_for(model), model.parameters):
                at = {k: v for k, v in some_values(model, rng).items() if k != label}
                t = thresholds(model, concept, "it", label, at=at)
                without = check_bindings(t)
                points, none = points + len(t.points), none + without
                assert not without or (label == "q" and trees)
    assert points > 5 * SCALE
    assert none < points / 10


def test_maps() -> None:
    drawn = 0
    for seed in seeds(30):
        rng = random.Random(f"maps {seed}")
        model = random_model(f"model 1 {seed}")
        for concept in concepts_for(model):
            x, y = rng.sample(list(model.parameters), 2)
            at = {
                label: value
                for label, value in some_values(model, rng).items()
                if label not in (x, y)
            }
            r = regions(model, concept, "it", x, y, at=at, depth=3)
            # Amounts are affine: only a probability can be multiplied by one of them, or be
            # bent itself.
            assert r.exact or "q" in (x, y)
            drawn += r.exact
            one, other = model.parameters[x], model.parameters[y]
            cells = [cell for cell in r.cells if cell.verdict is not Verdict.UNKNOWN]
            places = [(cell.point, cell.verdict) for cell in cells] + [
                (corner.point, corner.verdict) for corner in r.corners
            ]
            places += [
                (tuple((a + b) / 2 for a, b in zip(*edge.ends, strict=True)), edge.verdict)
                for edge in r.edges
            ]
            for point, shown in rng.sample(places, min(len(places), 40)):
                assert (
                    verdict(model, concept, "it", at={**at, x: point[0], y: point[1]})
                    is shown
                    is r.verdict_at(*point)
                )
            for _ in range(10):
                point = (
                    rational(one.low, one.high, rng),
                    rational(other.low, other.high, rng),
                )
                assert verdict(
                    model, concept, "it", at={**at, x: point[0], y: point[1]}
                ) is r.verdict_at(*point)
    assert drawn > 15 * SCALE


@pytest.mark.deep
def test_verdicts_and_probabilities_are_those_of_naive_play() -> None:
    for seed in seeds(60):
        rng = random.Random(f"verdicts {seed}")
        model = random_model(f"verdicts {seed}", 2)
        for concept in concepts_for(model):
            at = some_values(model, rng)
            shown = verdict(model, concept, "it", at=at)
            assert shown is naive_verdict(model, concept, "it", model.parameters.read(at))
            bounds = outcome_probability(model, concept, "it", at=at)
            name = (
                "NONE_EXISTS"
                if bounds is None
                else {(1, 1): "EVERY", (0, 0): "NO"}.get(bounds, "SOME")
            )
            assert shown.name == name
