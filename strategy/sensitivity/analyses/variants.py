"""What the answer owes to how the model was built.

The verdict and its share of the ranges in other versions of the model, which its author might as
well have written.

Choices that a reader cannot see in the numbers, such as who may do what and who moves first, are
made the other way, one at a time: a one-way slice of a multiverse analysis, which would cross
them (S. Steegen, F. Tuerlinckx, A. Gelman and W. Vanpaemel, "Increasing Transparency Through a
Multiverse Analysis", Perspectives on Psychological Science 11(5), 2016).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import attrs
import numpy as np

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import equilibrium
from strategy.concepts.choices import fitting
from strategy.display import Table
from strategy.errors import RefusalError
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.at_samples import ORDER, classify
from strategy.sensitivity.deciding.verdicts import (
    Verdict,
    read_question,
    verdict_of,
    verdict_words,
)
from strategy.sensitivity.samples.intervals import Estimate, share
from strategy.sensitivity.samples.shares import draw, sample_size
from strategy.solving import solve

__all__ = ["Variant", "Variants", "variants"]

_STRONGEST = 3


@attrs.frozen
class Variant:
    """One version of the model.

    ``label``: what is different, in words; ``concept``: the solution concept that takes it;
    ``verdict``: that at its baseline; ``verdicts``: how many samples of its ranges have which;
    ``beside``: at how many each outcome beside the headline is in every equilibrium.
    """

    label: str
    model: Model
    concept: Concept
    verdict: Verdict
    verdicts: Mapping[Verdict, int]
    beside: Mapping[str, int]

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return sum(self.verdicts.values())

    def frequency(self, *kinds: Verdict) -> Estimate:
        """The share of the samples with one of these verdicts, and its exact interval.

        ``kinds``: the verdicts.
        """
        return share(sum(self.verdicts.get(kind, 0) for kind in kinds), self.samples)


@attrs.frozen(eq=False, repr=False)
class Variants(Finding):
    """The verdict in the model as it is, and in its other versions.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``seed``: that of the samples;
    ``rows``: one for each version, the model as it is first.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    seed: int
    rows: tuple[Variant, ...]

    @property
    def heading(self) -> str:
        """What was asked."""
        return (
            f"What {self.outcome!r} in {self.model.name} owes to how the model was built, "
            f"{self.concept}"
        )

    @property
    def kinds(self) -> tuple[Verdict, ...]:
        """What versions are compared by.

        How often the outcome is in every equilibrium, or, where it never is in the model as
        it is, in at least one.
        """
        surely = self.rows[0].verdicts.get(Verdict.EVERY)
        return (Verdict.EVERY,) if surely else (Verdict.EVERY, Verdict.SOME)

    @property
    def strongest(self) -> tuple[Variant, ...]:
        """The versions whose share differs from that of the model as it is, the furthest first.

        Their intervals do not meet its own.
        """
        start = self.rows[0].frequency(*self.kinds)
        known = [(one, one.frequency(*self.kinds)) for one in self.rows[1:]]
        apart = [
            (one, abs(its.value - start.value))
            for one, its in known
            if its.low > start.high or its.high < start.low
        ]
        return tuple([one for one, _ in sorted(apart, key=lambda row: -row[1])])

    @property
    def sentences(self) -> tuple[str, ...]:
        """The model as it is, then the versions that differ most."""
        first, *others = self.rows
        which = "every" if len(self.kinds) == 1 else "at least one"
        said = [
            f"As the model is built, {self.outcome!r} is in {which} "
            f"{equilibrium(self.concept)} at {first.frequency(*self.kinds).percent()} of "
            f"{first.samples:,} uniform samples of the ranges, seed {self.seed} (exact 95 % "
            "intervals)."
        ]
        said += [
            f"{one.label[:1].upper()}{one.label[1:]}, it is at "
            f"{one.frequency(*self.kinds).percent()}{self._by(one)}."
            for one in self.strongest[:_STRONGEST]
        ]
        turned = [one for one in others if one.verdict is not first.verdict]
        said.append(
            f"At the baselines the verdict differs in {len(turned)} of {len(others)} other "
            "versions."
        )
        return tuple(said)

    def _by(self, one: Variant) -> str:
        return "" if str(one.concept) == str(self.concept) else f" ({one.concept})"

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row a version."""
        rows = [
            [
                one.label,
                str(one.concept),
                verdict_words(one.verdict, one, beside=True),
                one.frequency(Verdict.EVERY).percent(),
                one.frequency(Verdict.SOME).percent(),
                *[share(count, one.samples).percent() for count in one.beside.values()],
            ]
            for one in self.rows
        ]
        header = [
            "version",
            "solution concept",
            "at the baselines",
            "in every",
            "in some, not in every",
            *[f"{label!r} in every" for label in self.rows[0].beside],
        ]
        caption = f"How {self.outcome!r} comes about in versions of the model"
        return (Table(header, rows, range(3, len(header)), caption=caption),)

    def data(self) -> dict[str, Any]:
        """All of it."""
        return {
            "outcome": self.outcome,
            "seed": self.seed,
            "versions": [
                {
                    "label": one.label,
                    "concept": str(one.concept),
                    "baseline": one.verdict.name,
                    "samples": one.samples,
                    "verdicts": {
                        kind.name: one.frequency(kind).data()
                        for kind in ORDER
                        if one.verdicts.get(kind)
                    },
                    "beside": {
                        label: share(count, one.samples).data()
                        for label, count in one.beside.items()
                    },
                }
                for one in self.rows
            ],
        }


def variants(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    samples: Annotated[int, "Samples to draw; 0: as many as take a second or two."] = 0,
    seed: Annotated[int, "Seed of the samples."] = 0,
) -> Variants:
    """What an answer owes to how the model was built.

    The verdict at the baseline, and its shares of the range box, in the model as it is and in
    every other version that ``Model.variants`` gives.

    ``concept`` is used where it takes a version's game, else the first that does; ``outcome``
    is looked up by its name in each; ``at`` fixes parameters; ``samples`` of each version's
    ranges are drawn from ``seed``.

    Raises RefusalError on a model that names no other versions.
    """
    chosen = read_question(model, concept, outcome)
    if model.variants is None:
        raise RefusalError(
            f"model {model.name!r} names no other versions of itself: give it variants=, a "
            "function that returns them by what is different"
        )
    versions = {"the model as it is": model, **model.variants(model)}
    rows = [
        _row(label, one, concept, chosen.name, at, samples, seed)
        for label, one in versions.items()
    ]
    return Variants(model, concept, chosen.name, dict(at or {}), seed, tuple(rows))


def _row(
    label: str,
    model: Model,
    concept: Concept,
    outcome: str,
    at: Mapping[str, Any] | None,
    samples: int,
    seed: int,
) -> Variant:
    game = model.game(at)
    fits = concept if concept.refuses(game) is None else fitting(game)[0]
    rows = draw(model, sample_size(model, fits, samples), seed, at)

    def codes(about: str) -> Any:
        return classify(model, fits, about, rows, at)[0]

    counts = np.bincount(codes(outcome), minlength=len(ORDER)).tolist()
    every = ORDER.index(Verdict.EVERY)
    return Variant(
        label,
        model,
        fits,
        verdict_of(solve(game, fits), model.outcomes[outcome]),
        dict(zip(ORDER, counts, strict=True)),
        {one: int((codes(one) == every).sum()) for one in model.beside if one != outcome},
    )
