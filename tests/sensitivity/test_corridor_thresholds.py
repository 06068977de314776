"""The corridor models along every parameter: each threshold solved at, and on both sides as
near as 10^-12."""

import random
from fractions import Fraction
from typing import Any

import pytest

from games.corridor import activation, sequence
from strategy import Model
from strategy.concepts import PureNash, PureSubgamePerfect
from strategy.sensitivity import thresholds, verdict
from tests._checks import check_bindings, check_line
from tests._games import seeds
from tests._models import naive_verdict

CASES: dict[str, tuple[Model, Any]] = {
    "activation": (activation.model, PureNash()),
    "activation, undominated": (activation.model, PureNash(undominated=True)),
    "sequence": (sequence.model, PureSubgamePerfect()),
    "reaction": (sequence.reaction, PureSubgamePerfect()),
}
OUTCOMES = ("corridor open", "Armenia opens")
each_case = pytest.mark.parametrize("case", list(CASES))
each_outcome = pytest.mark.parametrize("outcome", OUTCOMES)


def some_point(model: Model, rng: random.Random, share: float) -> dict[str, Fraction]:
    """Rational values for a share of the parameters: coarse ones, so that ties are
    common."""
    return {
        label: one.low + (one.high - one.low) * Fraction(rng.randint(0, 6), 6)
        for label, one in model.parameters.items()
        if rng.random() < share
    }


@pytest.mark.deep_but(3)
@each_case
@each_outcome
def test_every_parameter_from_the_baseline(case: str, outcome: str) -> None:
    model, concept = CASES[case]
    rng = random.Random(f"{case} {outcome}")
    for label in model.parameters:
        t = thresholds(model, concept, outcome, label)
        assert check_bindings(t) == 0, "a threshold without a binding deviation"
        check_line(t, rng, most=3)
        assert t.verdict_at(model.parameters[label].baseline) is verdict(
            model, concept, outcome
        )


@pytest.mark.deep_but(1)
@each_case
def test_every_parameter_from_elsewhere(case: str) -> None:
    model, concept = CASES[case]
    met = 0
    for seed in seeds(5):
        rng = random.Random(f"{case} {seed}")
        at = some_point(model, rng, rng.choice([0.2, 0.5, 1]))
        for label in rng.sample(list(model.parameters), 6):
            for outcome in OUTCOMES:
                t = thresholds(
                    model,
                    concept,
                    outcome,
                    label,
                    at={k: v for k, v in at.items() if k != label},
                )
                if case.startswith("activation"):  # trees: see test_what_binds_in_trees
                    assert check_bindings(t) == 0, (seed, label, outcome)
                check_line(t, rng, most=2)
                met += len(t.points)
    assert met > 0


@pytest.mark.deep
def test_what_binds_in_trees() -> None:
    for case in ("sequence", "reaction"):
        model, concept = CASES[case]
        for seed in seeds(8):
            rng = random.Random(f"{case} {seed}")
            at = some_point(model, rng, rng.choice([0.2, 0.5, 1]))
            for label in rng.sample(list(model.parameters), 6):
                for outcome in OUTCOMES:
                    t = thresholds(
                        model,
                        concept,
                        outcome,
                        label,
                        at={k: v for k, v in at.items() if k != label},
                    )
                    assert check_bindings(t) == 0, (case, seed, label, outcome)


@each_case
def test_solving_agrees_with_naive_play(case: str) -> None:
    model, concept = CASES[case]
    for seed in seeds(10):
        at = some_point(model, random.Random(f"naive {case} {seed}"), 0.8)
        for outcome in OUTCOMES:
            assert verdict(model, concept, outcome, at=at) is naive_verdict(
                model, concept, outcome, model.parameters.read(at)
            )
