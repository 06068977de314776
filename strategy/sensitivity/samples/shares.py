"""Shares of the range box by verdict.

Many parameter samples at once, classified in floats with a proved margin.

A sample's floats stand for their shortest decimals. Signs that floating point cannot prove
are decided again exactly. The same model, distributions, seed and number of samples give
the same points whichever analysis asks, and so the same shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.assumptions.parameters import parameter_name
from strategy.display import text_table
from strategy.exact import whole
from strategy.executors import map_threads, require_memory
from strategy.protocols import Concept
from strategy.sensitivity.deciding.at_samples import BLOCK, ORDER, classify, in_floats
from strategy.sensitivity.deciding.verdicts import Verdict, read_question, verdict_words
from strategy.sensitivity.samples.intervals import Estimate, share

__all__ = ["FEW", "SAMPLES", "Shares", "draw", "sample_size", "shares", "uniform"]

SAMPLES, FEW = 2**14, 100
"""Samples where nobody says how many: where floats settle thousands at once, and where each
is solved on its own."""


def sample_size(model: Model, concept: Concept, asked: int | None) -> int:
    """How many samples to draw.

    As many as were asked for, or (None or 0) as many as take a second or two. ``model``,
    ``concept``: what is asked about.
    """
    return asked or (SAMPLES if in_floats(model, concept) else FEW)


@attrs.frozen(eq=False)
class Shares:
    """How many samples of the range box have which verdict.

    ``model``, ``concept``, ``outcome``: what was asked; ``counts``: verdict -> how many of
    ``samples`` drawn from ``seed``; ``redone``: samples decided again in exact arithmetic.
    """

    model: Model
    concept: Concept
    outcome: str
    counts: Mapping[Verdict, int]
    samples: int
    seed: int | None
    redone: int

    def share(self, verdict: Verdict) -> float:
        """The share of samples with a verdict."""
        return self.counts.get(verdict, 0) / self.samples

    def frequency(self, verdict: Verdict) -> Estimate:
        """The share of ``verdict``, as an estimate of the share of the range box.

        It comes with its exact binomial interval.
        """
        return share(self.counts.get(verdict, 0), self.samples)

    def __str__(self) -> str:
        found = [
            (one, count, self.frequency(one)) for one, count in self.counts.items() if count
        ]
        rows = [
            [verdict_words(one, self), f"{count:,}", known.percent_alone(), known.ends()]
            for one, count, known in found
        ]
        head = f"{self.outcome!r} over the range box of {self.model.name}, {self.concept}"
        head += f": {self.samples:,} uniform samples, seed {self.seed}"
        columns = ["the outcome holds", "samples", "share", "95 % interval"]
        return f"{head}\n{text_table(columns, rows, right=[1, 2, 3])}"


def draw(
    model: Model, samples: int, seed: int | None = None, at: Mapping[str, Any] | None = None
) -> NDArray[np.float64]:
    """Uniform samples of the range box: (samples, parameters).

    Row i depends on the seed and i alone.

    ``at`` fixes parameters; those that ``Model.with_claims_wrong`` has set are fixed too.
    ``model``: whose range box.
    """
    samples = whole(samples, "samples", 1)
    if seed is not None:
        whole(seed, "seed", 0)
    require_memory(
        8 * samples * max(1, len(model.parameters)),
        f"a table of {samples:,} samples",
        "draw fewer samples",
    )
    low = np.array([float(one.low) for one in model.parameters.values()])
    high = np.array([float(one.high) for one in model.parameters.values()])
    result = uniform(
        seed if seed is not None else np.random.SeedSequence().entropy,
        low,
        high,
        0,
        samples,
    )
    fixed = model.parameters.read(at)
    given = {parameter_name(one) for one in at or ()} | model.held
    for column, label in enumerate(model.parameters):
        if label in given:
            result[:, column] = float(fixed[label])
    return result


def uniform(
    seed: Any, low: NDArray[np.float64], high: NDArray[np.float64], start: int, stop: int
) -> NDArray[np.float64]:
    """Rows ``start`` to ``stop`` of an endless table of uniform floats.

    They lie between ``low`` and ``high``, which are each of shape (columns,).

    Row i depends on the seed and i alone: every block of rows has a stream of its own, so
    any rows can be made by themselves.
    """
    result = np.empty((stop - start, len(low)))

    def fill(block: int) -> None:
        first = block * BLOCK
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(block,)))
        part = result[max(first - start, 0) : first + BLOCK - start]
        if first >= start:
            rng.random(out=part)
        else:
            part[:] = rng.random((start - first + len(part), len(low)))[start - first :]
        part *= high - low
        part += low
        np.clip(part, low, high, out=part)

    map_threads(fill, range(start // BLOCK, -(-stop // BLOCK)))
    return result


def shares(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    samples: int | None = None,
    seed: int | None = 0,
    at: Mapping[str, Any] | None = None,
) -> Shares:
    """The shares of uniform samples of the range box with each verdict.

    ``model``, ``concept``, ``outcome``: what is asked about; ``samples``: how many (None:
    as many as take a second or two), drawn from ``seed`` (None: other ones each time);
    ``at`` fixes parameters instead of drawing them (name -> number).
    """
    chosen = read_question(model, concept, outcome)
    samples = sample_size(model, concept, None) if samples is None else samples
    codes, redone = classify(model, concept, chosen, draw(model, samples, seed, at), at)
    counts = np.bincount(codes, minlength=len(ORDER))
    named = {one: int(count) for one, count in zip(ORDER, counts, strict=True)}
    return Shares(model, concept, chosen.name, named, samples, seed, redone)
