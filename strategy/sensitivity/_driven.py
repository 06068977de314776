"""What ``drivers`` finds: how often each verdict comes about, what that hangs on, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from strategy.assumptions.model import Model
from strategy.completeness import PERCENT_PROVED
from strategy.display import Lines, Table, joined, number
from strategy.sensitivity._boxes import Box, Limit
from strategy.sensitivity._indices import DUMMY, Effect, Index, Pawn
from strategy.sensitivity._inequalities import Inequality
from strategy.sensitivity._intervals import Estimate, share
from strategy.sensitivity.distributions import Joint
from strategy.sensitivity.findings import Finding
from strategy.sensitivity.verdicts import Verdict, chip

__all__ = ["INDICATORS", "Drivers", "Influence", "Region"]

INDICATORS: Mapping[str, tuple[Verdict, ...]] = {"EVERY": (Verdict.EVERY,), "not NO": (Verdict.EVERY, Verdict.SOME)}
"""Indicators by name, and the verdicts at which they hold: where there is no equilibrium, or nothing is settled, neither does."""
WORDS = {"EVERY": "in every equilibrium", "not NO": "in at least one equilibrium"}
_SHOWN = 12


@attrs.frozen
class Region:
    """The exact inequalities around a point at which an indicator holds, and what they cover. ``place``: the point, in words."""

    inequalities: tuple[Inequality, ...]
    coverage: Estimate
    mass: float
    place: str


@attrs.frozen(eq=False)
class Influence:
    """What one indicator hangs on.

    ``indicator``: "EVERY" (the outcome comes about in every equilibrium) or "not NO" (in at least one). ``insensitive``: it came
    out the same at every sample. ``reason``: why nothing is apportioned, where nothing is. ``base``: independent points of the
    design for Sobol indices; ``trajectories``: of that for elementary effects.
    """

    indicator: str
    share: Estimate
    insensitive: bool
    reason: str = ""
    indices: tuple[Index, ...] = ()
    effects: tuple[Effect, ...] = ()
    pawn: tuple[Pawn, ...] = ()
    base: int = 0
    trajectories: int = 0
    region: Region | None = None
    boxes: tuple[Box, ...] = ()
    boxes_reason: str = ""

    @property
    def words(self) -> str:
        """The indicator in words: "in every equilibrium"."""
        return WORDS[self.indicator]

    def ranked(self) -> tuple[Index, ...]:
        """The indices, the greatest total first."""
        return tuple(sorted(self.indices, key=lambda one: (-one.total.value, -one.first.value)))


@attrs.frozen(eq=False, repr=False)
class Drivers(Finding):
    """How often an outcome comes about in every, some and no equilibrium under stated distributions, and what drives that.

    ``counts``: samples by verdict; ``influences``: one for each indicator asked for.
    """

    model: Model
    concept: Any
    outcome: str
    at: Mapping[str, Any]
    joint: Joint
    samples: int
    seed: int
    counts: Mapping[Verdict, int]
    influences: tuple[Influence, ...]

    @property
    def shown(self) -> tuple[Influence, ...]:
        """The influences that differ: where no sample is in some equilibria only, both indicators are one."""
        if len(self.influences) == 2 and not self.counts.get(Verdict.SOME, 0):
            first, second = self.influences
            if (first.indices, first.effects, first.pawn) == (second.indices, second.effects, second.pawn):
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
        parts = [f"{one} at {_percent(self.frequency(one))}" for one, count in self.counts.items() if count]
        yield f"With values {self.joint.words()} ({self.samples:,} samples, seed {self.seed}): {joined(parts)}."
        yield "These are shares of assumed distributions: how often the world is so they do not say."
        if not self.joint.independent:
            yield "Sobol indices and elementary effects are refused: they need independent parameters. PAWN is shown instead."
        for one in self.shown:
            yield from _about(one)
        if len(self.shown) < len(self.influences):
            yield "No sample has it in some equilibria and not in others, so what is said of every holds of at least one."

    @property
    def tables(self) -> tuple[Table, ...]:
        """Frequencies; for each indicator what it hangs on, and where it holds."""
        rows = []
        for verdict, count in self.counts.items():
            if count:
                rows.append(
                    [
                        chip(verdict, self),
                        f"{count:,}",
                        f"{count / self.samples:.1%}",
                        _ends(self.frequency(verdict)),
                    ]
                )
        header = ["the outcome comes about", "samples", "share", "95 % interval"]
        first = Table(header, rows, right=(1, 2, 3), caption="How often each verdict comes about")
        return (first, *[table for one in self.shown for table in _tables(one)])

    def data(self) -> dict[str, Any]:
        """All of it."""
        frequencies = {one.name: {"count": n, **self.frequency(one).data()} for one, n in self.counts.items()}
        return {
            "outcome": self.outcome,
            "distributions": {label: str(one) for label, one in zip(self.joint.varied, self.joint.marginals, strict=True)},
            "correlations": [{"parameters": list(pair), "rank": rho} for pair, rho in self.joint.correlations.items()],
            "samples": self.samples,
            "seed": self.seed,
            "frequencies": frequencies,
            "indicators": [_data(one) for one in self.influences],
        }


def _percent(one: Estimate) -> str:
    return f"{one.value:.1%} ({_ends(one)})"


def _ends(one: Estimate) -> str:
    return f"{one.low:.1%} to {one.high:.1%}"


def _about(one: Influence) -> Iterator[str]:
    if one.insensitive:
        yield f"That it comes about {one.words} is insensitive: {one.reason}."
    elif one.reason:
        yield f"What its coming about {one.words} hangs on is not shown: {one.reason}."
    if one.indices:
        best = [f"{index.parameter} {index.total}" for index in one.ranked()[:3] if index.total.value > 0]
        alone = sum(index.first.value for index in one.indices)
        yield (
            f"That it comes about {one.words} varies most with these, by total index and 95 % interval: {joined(best)}. "
            f"What parameters account for alone adds up to {alone:.2f} of 1; the rest is their interactions."
        )
    if one.pawn:
        noise = next(row.median for row in one.pawn if row.parameter == DUMMY)
        best_rows = sorted([row for row in one.pawn if row.parameter != DUMMY], key=lambda row: -row.median)
        above = [f"{row.parameter} {row.median:.2f}" for row in best_rows[:3] if row.median > noise]
        moves = joined(above) or "no parameter"
        yield f"By PAWN (chance alone: {noise:.2f}), that it comes about {one.words} moves with {moves}."
    if one.boxes_reason:
        yield f"No boxes are shown for its coming about {one.words}: {one.boxes_reason}."


def _tables(one: Influence) -> Iterator[Table]:
    if one.indices:
        effects = {effect.parameter: effect for effect in one.effects}
        rows = []
        for index in one.ranked()[:_SHOWN]:
            effect = effects[index.parameter]
            rows.append([index.parameter, str(index.total), str(index.first), str(effect.size), f"{effect.spread:.2f}"])
        rest = one.ranked()[_SHOWN:]
        more = f"The other {len(rest)}: total indices of {rest[0].total.value:.2f} and less." if rest else ""
        caption = f"Sobol indices and elementary effects of its coming about {one.words}, with 95 % intervals"
        yield Table(
            ["parameter", "total index", "first index", "mu*", "sigma"], rows, right=(1, 2, 3, 4), more=more, caption=caption
        )
    if one.pawn:
        ranked = sorted(one.pawn, key=lambda row: -row.median)
        shown = [row for i, row in enumerate(ranked) if i < _SHOWN or row.parameter == DUMMY]
        rows = [[row.parameter, f"{row.median:.2f}", f"{row.greatest:.2f}"] for row in shown]
        more = f"{len(ranked) - len(shown)} more have no greater median." if len(ranked) > len(shown) else ""
        yield Table(
            ["parameter", "median", "greatest"], rows, right=(1, 2), more=more, caption=f"PAWN of its coming about {one.words}"
        )
    yield from _places(one)


def _places(one: Influence) -> Iterator[Table]:
    rows: list[list[Any]] = []
    if one.region is not None:
        every = [str(each) for each in one.region.inequalities] or ["all values in the ranges"]
        lines = (*every[:_SHOWN], *([f"and {len(every) - _SHOWN} more"] if len(every) > _SHOWN else []))
        rows.append([f"exact, around {one.region.place}", Lines(lines), _percent(one.region.coverage), PERCENT_PROVED,
                     f"{one.region.mass:.1%}"])  # fmt: skip
    for i, box in enumerate(one.boxes, 1):
        conditions = Lines(tuple([_limit(limit) for limit in box.limits]))
        rows.append([f"box {i} (PRIM)", conditions, _percent(box.coverage), _percent(box.density), f"{box.mass:.1%}"])
    if rows:
        header = ["where", "conditions, all of them", "coverage", "density", "of all samples"]
        caption = f"Where it comes about {one.words}: coverage is how much of that lies there, density how much there is that"
        yield Table(header, rows, right=(2, 3, 4), caption=caption)


def _limit(one: Limit) -> str:
    low, high = [None if end is None else number(float(f"{end:.3g}")) for end in (one.low, one.high)]
    if low is None:
        return f"{one.parameter} ≤ {high}"
    return f"{one.parameter} ≥ {low}" if high is None else f"{low} ≤ {one.parameter} ≤ {high}"


def _data(one: Influence) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "share": one.share.data(),
        "insensitive": one.insensitive,
        "reason": one.reason,
        "sobol": [{"parameter": i.parameter, "first": i.first.data(), "total": i.total.data()} for i in one.ranked()],
        "morris": [{"parameter": e.parameter, "mu_star": e.size.data(), "sigma": e.spread} for e in one.effects],
        "pawn": [{"parameter": p.parameter, "median": p.median, "greatest": p.greatest} for p in one.pawn],
        "region": None if one.region is None else {
            "around": one.region.place,
            "inequalities": [str(each) for each in one.region.inequalities],
            "coverage": one.region.coverage.data(),
            "mass": one.region.mass,
        },
        "boxes": [
            {
                "limits": [{"parameter": each.parameter, "low": each.low, "high": each.high} for each in box.limits],
                "coverage": box.coverage.data(),
                "density": box.density.data(),
                "mass": box.mass,
            }
            for box in one.boxes
        ],
    }  # fmt: skip
