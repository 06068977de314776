"""Drivers: how often an outcome comes about, and what that hangs on.

It may come about in every, in some or in no equilibrium.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.errors import RefusalError, StrategyError
from strategy.exact import exact, whole
from strategy.names import unknown
from strategy.protocols import Concept
from strategy.sensitivity.analyses.drivers_finding import (
    INDICATORS,
    Drivers,
    Influence,
    Region,
)
from strategy.sensitivity.deciding.at_samples import ORDER, classify, in_floats
from strategy.sensitivity.deciding.at_values import around
from strategy.sensitivity.deciding.verdicts import Verdict, read_question
from strategy.sensitivity.samples import indices as sensitivity_indices, scenario_boxes
from strategy.sensitivity.samples.alone import alone
from strategy.sensitivity.samples.distributions import (
    Correlations,
    Distributions,
    Joint,
    read_correlations,
    read_distributions,
)
from strategy.sensitivity.samples.indices import Index
from strategy.sensitivity.samples.intervals import share
from strategy.sensitivity.samples.shares import sample_size

__all__ = ["drivers"]

_LEAST_BASE = 64
_TRAJECTORIES = 200
_SEARCHED = 4_096
_TRIED = 20

Floats = NDArray[np.float64]


def drivers(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    samples: Annotated[int, "Samples to draw; 0: as many as take a second or two."] = 0,
    seed: Annotated[int, "Seed of the samples."] = 0,
    distribution: Annotated[
        Distributions,
        (
            "uniform, triangular or pert (mode: the baseline); NAME=KIND for one "
            "parameter; may be repeated."
        ),
        read_distributions,
    ] = "uniform",
    correlation: Annotated[
        Correlations | None,
        "Rank correlation of two parameters, NAME,NAME=NUMBER; may be repeated.",
        read_correlations,
    ] = None,
    indicator: Annotated[str, "What to explain: 'EVERY', 'not NO' or both."] = "both",
    boxes: Annotated[int, "Boxes to look for by PRIM, for each indicator."] = 0,
) -> Drivers:
    """How often each verdict comes about under stated distributions, and what drives it.

    Frequencies have exact binomial intervals. For independent parameters: Sobol indices and
    elementary effects of the indicators "in every equilibrium" (EVERY) and "in at least
    one" (not NO), by SALib; for correlated ones these are refused, and PAWN takes their
    place. Exact inequalities are shown beside the boxes of scenario discovery.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters,
    which do not vary then (name -> number). ``samples``: how many to draw (0: as many as
    take a second or two), with ``seed``; ``distribution``: "uniform", "triangular", "pert"
    or a Distribution for all, or a mapping from names to such; ``correlation``: of the
    ranks of two parameters, {(name, name): number}; ``indicator``: "EVERY", "not NO" or
    "both"; ``boxes``: how many PRIM looks for, for each indicator.
    """
    chosen = read_question(model, concept, outcome)
    asked = _asked(indicator)
    for what, given, least in (
        ("samples", samples, 0),
        ("seed", seed, 0),
        ("boxes", boxes, 0),
    ):
        whole(given, what, least)
    joint = Joint.of(model, distribution, correlation, at)
    count = sample_size(model, concept, samples)
    study = _DriverStudy(model, concept, chosen, dict(at or {}), joint, count, seed)
    points = joint.draw(count, seed)
    codes = study.codes(points)
    beside = model.beside if chosen.name == model.headline else ()
    found = study.influences(asked, points, codes)
    found = [
        study.placed(one, points, _holds(codes, one.indicator), boxes) for one in found
    ]
    return Drivers(
        model,
        concept,
        chosen.name,
        dict(at or {}),
        joint,
        count,
        seed,
        _counted(codes),
        tuple(found),
        {
            label: _counted(classify(model, concept, label, points, dict(at or {}))[0])
            for label in beside
        },
    )


def _counted(codes: NDArray[np.int8]) -> dict[Verdict, int]:
    counts = np.bincount(codes, minlength=len(ORDER)).tolist()
    return dict(zip(ORDER, counts, strict=True))


def _asked(indicator: str) -> tuple[str, ...]:
    if indicator == "both":
        return tuple(INDICATORS)
    if indicator not in INDICATORS:
        raise StrategyError(unknown(indicator, [*INDICATORS, "both"], "indicator"))
    return (indicator,)


def _holds(codes: NDArray[np.int8], indicator: str) -> NDArray[np.bool_]:
    return np.isin(codes, [ORDER.index(one) for one in INDICATORS[indicator]])


@attrs.frozen(eq=False)
class _DriverStudy:
    """What is asked, and how verdicts at many points are found."""

    model: Model
    concept: Concept
    outcome: Outcome
    at: Mapping[str, Any]
    joint: Joint
    samples: int
    seed: int

    def codes(self, points: Floats) -> NDArray[np.int8]:
        """Verdicts at rows of values, as codes into ``ORDER``."""
        return classify(self.model, self.concept, self.outcome, points, self.at)[0]

    def influences(
        self, asked: tuple[str, ...], points: Floats, codes: NDArray[np.int8]
    ) -> list[Influence]:
        """What each indicator hangs on."""
        found = [self._first(one, _holds(codes, one)) for one in asked]
        open_ = [one for one in found if not one.reason]
        if not open_:
            return found
        try:
            apportion = self._independent if self.joint.independent else self._correlated
            made = apportion(open_, points, codes)
        # a library is missing; how often verdicts come about is known without
        except RefusalError as error:
            made = [attrs.evolve(one, reason=str(error)) for one in open_]
        again = {one.indicator: one for one in made}
        return [again.get(one.indicator, one) for one in found]

    def _first(self, indicator: str, holds: NDArray[np.bool_]) -> Influence:
        often = int(holds.sum())
        known = share(often, len(holds))
        rare = min(often, len(holds) - often)
        if not rare:
            most = max(1 - known.low if often else known.high, 1e-12)
            other = (
                f"{'it does not' if often else 'it does'} at under {most:.2g} of the "
                "values, by an exact 95 % interval"
            )
            reason = (
                f"it does so at {'each' if often else 'none'} of the {len(holds):,} "
                f"samples ({other})"
            )
            return Influence(indicator, known, True, reason)
        if rare < sensitivity_indices.RAREST:
            which = "does" if often == rare else "does not"
            reason = (
                f"it {which} at {rare} of {len(holds):,} samples only, too few to say "
                "why; draw more"
            )
            return Influence(indicator, known, False, reason)
        return Influence(indicator, known, False)

    def _independent(
        self, found: list[Influence], points: Floats, codes: NDArray[np.int8]
    ) -> list[Influence]:
        names = self.joint.varied
        size = len(names)
        base = min(
            sensitivity_indices.MOST_BASE,
            1 << max(0, int(self.samples // (size + 2)).bit_length() - 1),
        )
        if base < _LEAST_BASE:
            needed = _LEAST_BASE * (size + 2)
            return [
                attrs.evolve(
                    one,
                    reason=f"{self.samples:,} samples are too few; draw {needed:,} or more",
                )
                for one in found
            ]
        designed = self.codes(
            self.joint.rows(sensitivity_indices.saltelli_points(size, base, self.seed))
        )
        open_ = [
            one
            for one in found
            if sensitivity_indices.enough(_holds(designed, one.indicator), size)
        ]
        trajectories = min(_TRAJECTORIES, base)
        grid = (
            sensitivity_indices.morris_points(size, trajectories, self.seed)
            if open_
            else np.empty((0, size))
        )
        stepped = self.codes(self.joint.rows(grid)) if open_ else designed[:0]
        result = []
        for one in found:
            if one not in open_:
                reason = (
                    f"too few of the {2 * base:,} independent points differ in it; draw "
                    "more samples"
                )
                result.append(attrs.evolve(one, reason=reason))
                continue
            apart = alone(names, self._varied(points), _holds(codes, one.indicator))
            if apart is None:
                result.append(
                    attrs.evolve(
                        one, reason=f"{self.samples:,} samples are too few; draw more"
                    )
                )
                continue
            total = sensitivity_indices.totals(
                names, _holds(designed, one.indicator), self.seed
            )
            indices = tuple([Index(name, apart[0][name], total[name]) for name in names])
            moved = sensitivity_indices.effects(names, grid, _holds(stepped, one.indicator))
            made = attrs.evolve(
                one,
                indices=indices,
                alone=apart[1],
                effects=moved,
                base=base,
                trajectories=trajectories,
            )
            result.append(made)
        return result

    def _correlated(
        self, found: list[Influence], points: Floats, codes: NDArray[np.int8]
    ) -> list[Influence]:
        values, names = self._varied(points), self.joint.varied
        return [
            attrs.evolve(
                one,
                pawn=sensitivity_indices.pawn(
                    names, values, _holds(codes, one.indicator), self.seed
                ),
            )
            for one in found
        ]

    def placed(
        self, one: Influence, points: Floats, holds: NDArray[np.bool_], boxes: int
    ) -> Influence:
        """The same, with where the indicator holds.

        Exact inequalities, and boxes found in some of the samples and judged by the others.
        """
        if not holds.any() or not in_floats(self.model, self.concept):
            return one
        one = attrs.evolve(one, region=self._region(one.indicator, points, holds))
        if not boxes or one.insensitive:
            return one
        names, values = self.joint.varied, self._varied(points)
        split = min(_SEARCHED, len(points) // 2)
        if holds[:split].sum() < sensitivity_indices.RAREST:
            return attrs.evolve(
                one,
                boxes_reason=(
                    f"it does at {int(holds[:split].sum())} of {split:,} samples "
                    "searched; draw more"
                ),
            )
        try:
            found = tuple(scenario_boxes.boxes(names, values[:split], holds[:split], boxes))
        except RefusalError as error:
            return attrs.evolve(one, boxes_reason=str(error))
        made = tuple(
            [
                scenario_boxes.judged(limits, names, values[split:], holds[split:])
                for limits in found
            ]
        )
        return attrs.evolve(
            one,
            boxes=made,
            searched=split,
            boxes_reason="" if made else "no box is dense enough",
        )

    def _region(
        self, indicator: str, points: Floats, holds: NDArray[np.bool_]
    ) -> Region | None:
        for place, point in self._places(indicator, points, holds):
            every = indicator == "EVERY"
            having = self._varied(points[holds])
            found = around(
                self.model,
                self.concept,
                self.outcome,
                self.joint.varied,
                point,
                every,
                having,
            )
            if found is not None:
                inside = np.ones(len(points), dtype=bool)
                for each in found:
                    inside &= each.holds(self.joint.varied, self._varied(points))
                coverage, _, mass = scenario_boxes.covered(inside, holds)
                return Region(found, coverage, mass, place)
        return None

    def _places(
        self, indicator: str, points: Floats, holds: NDArray[np.bool_]
    ) -> Iterator[tuple[str, dict[str, Fraction]]]:
        """The baseline if the indicator holds there, then samples at which it does.

        Those near the baseline first.
        """
        read = self.model.parameters.read(self.at)
        baseline = np.array([[float(one) for one in read.values()]])
        if _holds(self.codes(baseline), indicator).all():
            yield "the baseline", read
        widths = np.array(
            [float(one.high - one.low) or 1.0 for one in self.model.parameters.values()]
        )
        having = np.flatnonzero(holds)
        apart = np.abs((points[having] - baseline) / widths).max(axis=1)
        for i in having[np.argsort(apart, kind="stable")][:_TRIED].tolist():
            row = dict(zip(self.model.parameters, points[i].tolist(), strict=True))
            yield (
                "the sample nearest to the baseline",
                {**read, **{label: exact(row[label]) for label in self.joint.varied}},
            )

    def _varied(self, points: Floats) -> Floats:
        columns = list(self.model.parameters)
        return points[:, [columns.index(label) for label in self.joint.varied]]
