"""What ``drivers`` finds.

How often each verdict comes about, what that hangs on, and where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.completeness import PERCENT_PROVED, captioned, equilibrium, in_which, kind
from strategy.display import Lines, Table, joined, number
from strategy.linear.inequality import Inequality
from strategy.older_pickles import takes_older_pickles
from strategy.protocols import Concept
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.verdicts import Verdict, chip, verdict_words
from strategy.sensitivity.samples.distributions import Joint
from strategy.sensitivity.samples.indices import (
    DUMMY,
    MOST_BASE,
    Index,
    Pawn,
    SampledEffect,
)
from strategy.sensitivity.samples.intervals import (
    Estimate,
    enough_for,
    leaders,
    share,
    telling,
)
from strategy.sensitivity.samples.scenario_boxes import Limit, ScenarioBox

__all__ = ["INDICATORS", "Drivers", "Influence", "Region"]

INDICATORS: Mapping[str, tuple[Verdict, ...]] = {
    "EVERY": (Verdict.EVERY,),
    "not NO": (Verdict.EVERY, Verdict.SOME),
}
"""Indicators by name, and the verdicts at which they hold: where there is no equilibrium,
or nothing is settled, neither does."""
_MOST = ", the most that are drawn however many samples are asked for"
WORDS = {"EVERY": "every", "not NO": "some"}
_SHOWN, _LEADERS = 12, 3
_TELLING = 0.2
"""An interval on a part of 1 that is wider says next to nothing of it."""


@attrs.frozen
class Region:
    """The exact inequalities around a point where an indicator holds, and what they cover.

    ``place``: the point, in words.
    """

    inequalities: tuple[Inequality, ...]
    coverage: Estimate
    mass: Estimate
    place: str


@attrs.frozen(eq=False)
class Influence:
    """What one indicator hangs on.

    ``indicator``: "EVERY" (the outcome comes about in every equilibrium) or "not NO" (in at
    least one); ``share``: how often it holds. ``insensitive``: it came out the same at
    every sample. ``reason``: why nothing is apportioned, where nothing is. ``indices``,
    ``effects``: Sobol indices and elementary effects, a parameter each; ``alone``: what all
    parameters account for alone, the sum of their first indices; ``pawn``: what takes their
    place for correlated parameters. ``base``: independent points of the design for total
    indices; ``trajectories``: of that for elementary effects. ``region``: inequalities that
    are exact; ``boxes``: those of scenario discovery, and ``boxes_reason`` why there are
    none; ``searched``: samples in which boxes were looked for, the first of all.
    """

    indicator: str
    share: Estimate
    insensitive: bool
    reason: str = ""
    indices: tuple[Index, ...] = ()
    alone: Estimate | None = None
    effects: tuple[SampledEffect, ...] = ()
    pawn: tuple[Pawn, ...] = ()
    base: int = 0
    trajectories: int = 0
    region: Region | None = None
    boxes: tuple[ScenarioBox, ...] = ()
    searched: int = 0
    boxes_reason: str = ""

    def words(self, concept: Concept) -> str:
        """The indicator in words, under ``concept``: "in every pure Nash equilibrium"."""
        return in_which(WORDS[self.indicator], equilibrium(concept))

    def ranked(self) -> tuple[Index, ...]:
        """The indices, the greatest total first."""
        return tuple(
            sorted(self.indices, key=lambda one: (-one.total.value, -one.first.value))
        )


@takes_older_pickles
@attrs.frozen(eq=False, repr=False)
class Drivers(Finding):
    """How often an outcome comes about under stated distributions, and what drives that.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked; ``joint``: the distribution
    of the parameters, from which ``samples`` were drawn with ``seed``. ``counts``: samples
    by verdict (every, some, no equilibrium); ``influences``: one for each indicator asked
    for; ``beside``: samples by verdict for each outcome beside the headline.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    joint: Joint
    samples: int
    seed: int
    counts: Mapping[Verdict, int]
    influences: tuple[Influence, ...]
    beside: Mapping[str, Mapping[Verdict, int]] = attrs.field(factory=dict)

    @property
    def shown(self) -> tuple[Influence, ...]:
        """The influences that differ.

        Where no sample is in some equilibria only, both indicators are one.
        """
        if len(self.influences) == 2 and not self.counts.get(Verdict.SOME, 0):
            first, second = self.influences
            if (first.indices, first.effects, first.pawn) == (
                second.indices,
                second.effects,
                second.pawn,
            ):
                return (first,)
        return self.influences

    def frequency(self, verdict: Verdict) -> Estimate:
        """The share of samples with a verdict."""
        return share(self.counts.get(verdict, 0), self.samples)

    @property
    def heading(self) -> str:
        """What was asked."""
        return f"What drives {self.outcome!r} in {self.model.name}, {self.concept}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """How often, and what it hangs on."""
        return tuple(self._said())

    def _said(self) -> Iterator[str]:
        basis = f"{self.samples:,} samples, seed {self.seed}; exact 95 % intervals"
        yield f"With values {self.joint.words()} ({basis}): {self._parts(self.counts)}."
        for label, counts in self.beside.items():
            yield f"At the same values “{label}” comes about {self._parts(counts)}."
        yield (
            "These are shares of assumed distributions: they do not say how often the "
            "world is so."
        )
        if not self.joint.independent:
            yield (
                "Sobol indices and elementary effects are refused: they need independent "
                "parameters. PAWN is shown instead."
            )
        for one in self.shown:
            yield from _about(one, one.words(self.concept), self)
        if len(self.shown) < len(self.influences):
            some = f"in some {kind(self.concept)} and not in others"
            yield (
                f"No sample has it {some}, so what is said of “every” holds of “at least "
                "one” too."
            )

    def _parts(self, counts: Mapping[Verdict, int]) -> str:
        return joined(
            [
                f"{verdict_words(one, self)} at {share(count, self.samples).percent()}"
                for one, count in counts.items()
                if count
            ]
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """Frequencies; for each indicator what it hangs on, and where it holds."""
        rows = []
        for verdict, count in self.counts.items():
            if count:
                known = self.frequency(verdict)
                rows.append(
                    [chip(verdict, self), f"{count:,}", known.percent_alone(), known.ends()]
                )
        header = ["the outcome comes about", "samples", "share", "95 % interval"]
        first = Table(
            header,
            rows,
            right=(1, 2, 3),
            caption=captioned("How often each verdict comes about", self.concept),
        )
        return (
            first,
            *[
                table
                for one in self.shown
                for table in _tables(one, one.words(self.concept), self)
            ],
        )

    def data(self) -> dict[str, Any]:
        """All of it."""
        frequencies = {
            one.name: {"count": n, **self.frequency(one).data()}
            for one, n in self.counts.items()
        }
        return {
            "outcome": self.outcome,
            "distributions": {
                label: str(one)
                for label, one in zip(self.joint.varied, self.joint.marginals, strict=True)
            },
            "correlations": [
                {"parameters": list(pair), "rank": rho}
                for pair, rho in self.joint.correlations.items()
            ],
            "samples": self.samples,
            "seed": self.seed,
            "frequencies": frequencies,
            "beside": {
                label: {
                    one.name: {"count": n, **share(n, self.samples).data()}
                    for one, n in counts.items()
                }
                for label, counts in self.beside.items()
            },
            "indicators": [_data(one) for one in self.influences],
        }


def _about(one: Influence, words: str, finding: Drivers) -> Iterator[str]:
    if one.insensitive:
        yield f"That it comes about {words} is insensitive: {one.reason}."
    elif one.reason:
        yield f"What its coming about {words} depends on is not shown: {one.reason}."
    if one.indices:
        yield _ranking(one, words, finding.model.label)
    if one.alone is not None:
        yield _sum(one.alone, finding.samples)
    if one.pawn:
        noise = next(row.moved for row in one.pawn if row.parameter == DUMMY)
        best_rows = sorted(
            [row for row in one.pawn if row.parameter != DUMMY], key=lambda row: -row.median
        )
        above = [
            f"{finding.model.label(row.parameter)} {row.moved}"
            for row in best_rows[:3]
            if row.moved.low > noise.high
        ]
        moves = (
            f"varies with {joined(above)}"
            if above
            else "is not seen to vary with any parameter"
        )
        yield (
            f"By PAWN (median and bootstrap 95 % interval; chance alone: {noise}), that "
            f"it comes about {words} {moves}."
        )
    if one.boxes_reason:
        yield f"No boxes are shown for its coming about {words}: {one.boxes_reason}."


def _ranking(one: Influence, words: str, label: Callable[[str], str]) -> str:
    """The parameters with the greatest total indices.

    They are named as far as their intervals part them from the others.
    """
    total = {index.parameter: index.total for index in one.indices}
    by = "by total index and bootstrap 95 % interval"
    if len(total) == 1:
        ((name, only),) = total.items()
        return f"That it comes about {words} varies with {label(name)} {only}, {by}."
    first = leaders(total, _LEADERS)
    if first:
        return (
            f"That it comes about {words} varies most with "
            f"{joined([f'{label(name)} {total[name]}' for name in first])}, {by}."
        )
    more = telling(total, one.base)
    enough = "more samples may not either"
    if more is not None and more <= MOST_BASE:
        enough = f"about {2 ** (more - 1).bit_length() * (len(total) + 2):,} samples would"
    best = [f"{label(index.parameter)} {index.total}" for index in one.ranked()[:_LEADERS]]
    return (
        f"These samples do not show what its coming about {words} varies most with "
        f"({enough}); {by}: {joined(best)}."
    )


def _sum(alone: Estimate, samples: int) -> str:
    """What parameters account for alone, unless its interval says next to nothing."""
    by = "asymptotic 95 % interval"
    if alone.width <= _TELLING:
        rest = (
            "the rest is their interactions"
            if alone.high < 1
            else "no interactions are seen beyond that"
        )
        return f"What parameters account for alone adds up to {alone} of 1, {by}; {rest}."
    more = enough_for(alone, _TELLING, samples)
    return (
        "These samples do not show how much of it parameters account for alone: between "
        f"{alone.low:.2f} and {alone.high:.2f} of 1, {by}; about {more:,} samples would "
        "show it to a tenth."
    )


def _tables(one: Influence, words: str, finding: Drivers) -> Iterator[Table]:
    if one.indices:
        effects = {effect.parameter: effect for effect in one.effects}
        rows = []
        for index in one.ranked()[:_SHOWN]:
            effect = effects[index.parameter]
            rows.append(
                [
                    finding.model.label(index.parameter),
                    str(index.total),
                    str(index.first),
                    str(effect.size),
                    str(effect.spread),
                ]
            )
        rest = one.ranked()[_SHOWN:]
        more = ""
        if rest:
            end = max(index.total.high for index in rest)
            more = (
                f"The other {len(rest)} have total indices of {rest[0].total.value:.2f} "
                f"and less, with intervals that end at {end:.2f} and below."
            )
        asked = int(finding.samples // (len(one.indices) + 2))
        base = _MOST if asked >= 2 * MOST_BASE else ""
        paths = _MOST if one.trajectories < one.base else ""
        caption = (
            f"Sobol indices and elementary effects of its coming about {words}, with 95 % "
            f"intervals (total: bootstrap, {one.base:,} independent points and as many "
            f"for each parameter{base}; first: asymptotic, all {finding.samples:,} "
            f"samples; sigma: asymptotic; mu*: exact binomial, {one.trajectories:,} "
            f"trajectories{paths})"
        )
        yield Table(
            ["parameter", "total index", "first index", "mu*", "sigma"],
            rows,
            right=(1, 2, 3, 4),
            more=more,
            caption=caption,
        )
    if one.pawn:
        ranked = sorted(one.pawn, key=lambda row: -row.median)
        shown = [
            row for i, row in enumerate(ranked) if i < _SHOWN or row.parameter == DUMMY
        ]
        rows = [
            [finding.model.label(row.parameter), str(row.moved), str(row.most)]
            for row in shown
        ]
        more = (
            f"{len(ranked) - len(shown)} more have no greater median."
            if len(ranked) > len(shown)
            else ""
        )
        yield Table(
            ["parameter", "median", "greatest"],
            rows,
            right=(1, 2),
            more=more,
            caption=f"PAWN of its coming about {words}, with bootstrap 95 % intervals",
        )
    yield from _places(one, words, finding.model)


def _places(one: Influence, words: str, model: Model) -> Iterator[Table]:
    rows: list[list[Any]] = []
    if one.region is not None:
        every = [model.in_words(each) for each in one.region.inequalities] or [
            "all values in the ranges"
        ]
        lines = (
            *every[:_SHOWN],
            *([f"and {len(every) - _SHOWN} more"] if len(every) > _SHOWN else []),
        )
        rows.append(
            [
                f"exact, around {one.region.place}",
                Lines(lines),
                one.region.coverage.percent(),
                PERCENT_PROVED,
                one.region.mass.percent(),
            ]
        )
    for i, box in enumerate(one.boxes, 1):
        conditions = Lines(
            tuple([_limit(limit, model.label(limit.parameter)) for limit in box.limits])
        )
        rows.append(
            [
                f"box {i} (PRIM)",
                conditions,
                box.coverage.percent(),
                box.density.percent(),
                box.mass.percent(),
            ]
        )
    if rows:
        header = [
            "where",
            "conditions, all of them",
            "coverage",
            "density",
            "of all values",
        ]
        caption = (
            f"Where it comes about {words}: coverage is how much of that lies there, "
            "density how much there is that (exact 95 % intervals)"
        )
        if one.boxes:
            caption += (
                f"; boxes were found in the first {one.searched:,} samples and judged by "
                "the others"
            )
        yield Table(header, rows, right=(2, 3, 4), caption=caption)


def _limit(one: Limit, label: str) -> str:
    low, high = [
        None if end is None else number(float(f"{end:.3g}")) for end in (one.low, one.high)
    ]
    if low is None:
        return f"{label} ≤ {high}"
    return f"{label} ≥ {low}" if high is None else f"{low} ≤ {label} ≤ {high}"


def _data(one: Influence) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "share": one.share.data(),
        "insensitive": one.insensitive,
        "reason": one.reason,
        "alone": None if one.alone is None else one.alone.data(),
        "sobol": [
            {"parameter": i.parameter, "first": i.first.data(), "total": i.total.data()}
            for i in one.ranked()
        ],
        "morris": [
            {"parameter": e.parameter, "mu_star": e.size.data(), "sigma": e.spread.data()}
            for e in one.effects
        ],
        "pawn": [
            {"parameter": p.parameter, "median": p.moved.data(), "greatest": p.most.data()}
            for p in one.pawn
        ],
        "region": None
        if one.region is None
        else {
            "around": one.region.place,
            "inequalities": [str(each) for each in one.region.inequalities],
            "coverage": one.region.coverage.data(),
            "mass": one.region.mass.data(),
        },
        "boxes": [
            {
                "limits": [
                    {"parameter": each.parameter, "low": each.low, "high": each.high}
                    for each in box.limits
                ],
                "coverage": box.coverage.data(),
                "density": box.density.data(),
                "mass": box.mass.data(),
            }
            for box in one.boxes
        ],
    }
