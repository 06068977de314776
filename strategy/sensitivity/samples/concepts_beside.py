"""How often an outcome is possible under several solution concepts, at the same samples.

Pure play and mixed play are put beside each other so. What takes too long is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy import deadline
from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import parameter_name
from strategy.concepts.pure_nash import PureNash
from strategy.exact import exact
from strategy.protocols import Concept
from strategy.sensitivity.deciding.at_samples import ORDER, classify, in_floats
from strategy.sensitivity.deciding.verdicts import Verdict, verdict_within
from strategy.sensitivity.samples.intervals import Estimate, share
from strategy.solvers.induction.pure_nash import pure_nash_plays

__all__ = ["AtSamplesUnder", "at_samples_under", "in_tree"]


@attrs.frozen
class AtSamplesUnder:
    """How many samples have which verdict under one concept.

    ``verdicts``: UNKNOWN where it was not settled, for want of time or of a proof.
    """

    concept: Concept
    verdicts: Mapping[Verdict, int]

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return sum(self.verdicts.values())

    @property
    def settled(self) -> int:
        """At how many of them the verdict is settled."""
        return self.samples - self.verdicts[Verdict.UNKNOWN]

    def frequency(self, *kinds: Verdict) -> Estimate:
        """The share of samples with one of these verdicts, and its exact interval.

        What is not settled may be either: the interval covers both. ``kinds``: the verdicts.
        """
        count, samples = sum([self.verdicts[kind] for kind in kinds]), self.samples
        most = share(count + samples - self.settled, samples)
        return attrs.evolve(share(count, samples), high=most.high)

    @property
    def possible(self) -> Estimate:
        """The share at which some equilibrium lets the outcome come about."""
        return self.frequency(Verdict.EVERY, Verdict.SOME)

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "concept": str(self.concept),
            "samples": self.samples,
            "settled": self.settled,
            "every": self.frequency(Verdict.EVERY).data(),
            "possible": self.possible.data(),
        }


def in_tree(game: Any, outcome: Outcome) -> tuple[int, int] | None:
    """The least and greatest probability of an outcome over the pure Nash equilibria.

    ``game``: a tree. None where they are not looked for: with chance or hidden moves.
    """
    plays = pure_nash_plays(game)
    if plays is None:
        return None
    held = outcome.mask[plays]
    return int(held.all()), int(held.any())


def at_samples_under(
    model: Model,
    concepts: Iterable[Concept],
    outcome: Outcome,
    points: NDArray[np.float64],
    at: Mapping[str, Any] | None,
    seconds: float,
) -> tuple[AtSamplesUnder, ...]:
    """The verdicts under each concept at the same rows of parameter values.

    ``model``, ``outcome``: what is asked about; ``points``: the rows, of shape (samples,
    parameters); ``at``: values of parameters, whatever their column says; ``seconds``: for
    each concept, what is not settled by then is left open.
    """
    return tuple(
        [
            AtSamplesUnder(one, _counted(model, one, outcome, points, at, seconds))
            for one in concepts
        ]
    )


def _counted(
    model: Model,
    concept: Concept,
    outcome: Outcome,
    points: NDArray[np.float64],
    at: Mapping[str, Any] | None,
    seconds: float,
) -> dict[Verdict, int]:
    found: list[Verdict] = []
    try:
        with deadline.within(seconds):
            for rows in [points] if in_floats(model, concept) else points[:, None]:
                found += _decided(model, concept, outcome, rows, at)
    except deadline.OutOfTime:
        deadline.check()  # the end of work that this is a part of is for whoever set it
    found += [Verdict.UNKNOWN] * (len(points) - len(found))
    return {kind: found.count(kind) for kind in ORDER}


def _decided(
    model: Model,
    concept: Concept,
    outcome: Outcome,
    rows: NDArray[np.float64],
    at: Mapping[str, Any] | None,
) -> list[Verdict]:
    if model.form.is_tree and isinstance(concept, PureNash):
        return [_in_tree_at(model, outcome, row, at) for row in rows.tolist()]
    codes, _ = classify(model, concept, outcome, rows, at)
    return [ORDER[code] for code in codes.tolist()]


def _in_tree_at(
    model: Model, outcome: Outcome, row: list[float], at: Mapping[str, Any] | None
) -> Verdict:
    """The verdict over the pure Nash equilibria of a tree at one row."""
    deadline.check()
    drawn = {
        label: exact(value)
        for label, value in zip(model.parameters, row, strict=True)
        if label not in model.held
    }
    fixed = {parameter_name(one): value for one, value in (at or {}).items()}
    chance = in_tree(model.game(at={**drawn, **fixed}), outcome)
    return Verdict.UNKNOWN if chance is None else verdict_within(chance)
