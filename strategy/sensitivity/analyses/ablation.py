"""Claims negated: which of them, alone or in pairs, the verdict hangs on.

The analysis also tells how much of the range box each carries.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.model import Model
from strategy.assumptions.outcomes import Outcome
from strategy.completeness import (
    apart_words,
    captioned,
    chance_words,
    equilibrium,
    in_which,
)
from strategy.display import Chip, Table, joined
from strategy.errors import ModelError, RefusalError, StrategyError
from strategy.exact import whole
from strategy.protocols import Concept
from strategy.sensitivity.analyses.claims_put_wrong import (
    contradictions,
    fixed_values,
    that_can_be_wrong,
    widened,
)
from strategy.sensitivity.analyses.finding import Finding
from strategy.sensitivity.deciding.at_samples import ORDER, classify, in_floats
from strategy.sensitivity.deciding.at_values import judged
from strategy.sensitivity.deciding.verdicts import (
    Bounds,
    Verdict,
    changed,
    chip,
    read_question,
    verdict_clause,
    verdict_words,
)
from strategy.sensitivity.samples.distributions import Joint
from strategy.sensitivity.samples.intervals import Estimate, mean, share
from strategy.sensitivity.samples.shapley import Divided, divide
from strategy.sensitivity.samples.shares import draw, sample_size
from strategy.solvers.protocol import Limits
from strategy.texts import number_text

__all__ = ["Ablation", "ClaimShares", "Wrong", "ablation"]

_DIVIDED, _EXACT_SAMPLES = 2**11, 1_000
"""Where nobody says how many: points at which shares are divided, and points times sets of
claims that are solved one by one."""
_SHORT = {
    Verdict.EVERY: "every",
    Verdict.SOME: "some",
    Verdict.NO: "no",
    Verdict.NONE_EXISTS: "none exists",
    Verdict.UNKNOWN: "?",
}


@attrs.frozen
class Wrong:
    """The verdict with some claims wrong.

    ``reason``: why it is not settled; ``differs_on``: a parameter that the claims set
    differently, so that they cannot be wrong together; ``chance``: the outcome's least and
    greatest probability, where equilibria may leave it to chance.
    """

    claims: tuple[str, ...]
    verdict: Verdict
    reason: str = ""
    differs_on: str = ""
    chance: Bounds = None


@attrs.frozen
class ClaimShares:
    """How the claims divide among them what they win of the range box for the outcome.

    The division is by Shapley values. ``shares``: claim -> its share of the box, negative
    for a claim that costs it; ``errors``: their standard errors; they add up to
    ``all_right`` less ``all_wrong``, all at ``samples`` points of the box. ``estimates``:
    claim -> its share with its asymptotic interval; ``right``, ``wrong``: the shares of the
    box with all claims right and with all wrong, with exact binomial intervals, at all
    ``points`` drawn (from ``seed``), of which the others are the first. ``orders``: how
    many orders of the claims were drawn; 0 if all ``sets`` of them were asked.
    """

    shares: Mapping[str, float]
    errors: Mapping[str, float]
    all_right: float
    all_wrong: float
    samples: int
    sets: int
    orders: int
    seed: int | None
    estimates: Mapping[str, Estimate]
    right: Estimate
    wrong: Estimate
    points: int


@attrs.frozen(eq=False, repr=False)
class Ablation(Finding):
    """The verdict with every claim wrong in turn, and every pair of them.

    ``model``, ``concept``, ``outcome``, ``at``: what was asked. ``baseline``: the verdict
    with none wrong; ``chance``: the outcome's least and greatest probability then, where
    equilibria may leave it to chance; ``wrong``: claim -> what holds instead; ``silent``:
    claims that do not say; ``singles`` and ``pairs``: in the order of the claims;
    ``shares``: of the claims in the range box, None where they could not be had, and
    ``no_shares`` says why; ``counted``: the verdicts that count as the outcome holding.
    """

    model: Model
    concept: Concept
    outcome: str
    at: Mapping[str, Any]
    baseline: Verdict
    chance: Bounds
    wrong: Mapping[str, Mapping[str, Fraction]]
    silent: tuple[str, ...]
    singles: tuple[Wrong, ...]
    pairs: tuple[Wrong, ...]
    shares: ClaimShares | None
    no_shares: str
    counted: tuple[Verdict, ...]

    def flips(self, one: Wrong) -> bool:
        """Whether the verdict of ``one`` is proved to be another than with no claim wrong."""
        return (
            Verdict.UNKNOWN not in (one.verdict, self.baseline)
            and one.verdict is not self.baseline
        )

    @property
    def flipping_claims(self) -> tuple[str, ...]:
        """The claims that, wrong alone, change the verdict."""
        return tuple([one.claims[0] for one in self.singles if self.flips(one)])

    @property
    def flipping_pairs(self) -> tuple[tuple[str, ...], ...]:
        """The pairs that change the verdict although both members leave it.

        The members, wrong alone, are proved to leave it.
        """
        kept = {
            one.claims[0]
            for one in self.singles
            if one.verdict is self.baseline is not Verdict.UNKNOWN
        }
        return tuple(
            [
                one.claims
                for one in self.pairs
                if self.flips(one) and set(one.claims) <= kept
            ]
        )

    @property
    def heading(self) -> str:
        """What was asked."""
        return f"{self.outcome!r} in {self.model.name} with claims wrong, {self.concept}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Which claims flip the verdict, which pairs; what could not be asked.

        What each carries over the box.
        """
        called = self.model.claim_labels
        said = [
            (
                "With no claim negated, "
                f"{verdict_clause('the outcome', self.baseline, self, self.chance)}."
            )
        ]
        if self.baseline is Verdict.UNKNOWN:
            said.append("So nothing can be said to change it.")
        else:
            said += [self._about_singles(), *([self._about_pairs()] if self.pairs else [])]
        apart = [
            f"{joined(called(one.claims))} (both set {self.model.label(one.differs_on)})"
            for one in self.pairs
            if one.differs_on
        ]
        if apart:
            said.append(apart_words("; ".join(apart)))
        open_ = [
            one
            for one in (*self.singles, *self.pairs)
            if one.verdict is Verdict.UNKNOWN and not one.differs_on
        ]
        if open_:
            said.append(
                "Not settled with these wrong: "
                f"{'; '.join(joined(called(one.claims)) for one in open_)}."
            )
        if self.silent:
            said.append(
                "Left out, as they do not say what holds if they are wrong: "
                f"{joined(called(self.silent))}."
            )
        said.append(self._about_shares())
        return tuple(said)

    def _about_singles(self) -> str:
        flips = [one for one in self.singles if self.flips(one)]
        if not flips:
            return f"No claim, wrong alone, is found to change {changed(self.chance)}."
        by_verdict = {
            kind: [self._with_values(one.claims[0]) for one in flips if one.verdict is kind]
            for kind in Verdict
        }
        parts = [
            f"{joined(found)} to “{verdict_words(kind, self)}”"
            for kind, found in by_verdict.items()
            if found
        ]
        change = "each of these changes" if len(flips) > 1 else "this claim changes"
        return f"Wrong alone, {change} {changed(self.chance)}: {'; '.join(parts)}."

    def _with_values(self, label: str) -> str:
        """A claim with what holds if it is wrong: "C4 (leverage = 0)"."""
        return f"{self.model.claim_label(label, quoted=True)} ({self._instead(label)})"

    def _instead(self, label: str) -> str:
        return ", ".join(
            self.model.value_in_words(*one) for one in self.wrong[label].items()
        )

    def _about_pairs(self) -> str:
        pairs = [" with ".join(map(self._with_values, one)) for one in self.flipping_pairs]
        if not pairs:
            open_ = any(
                one.verdict is Verdict.UNKNOWN and not one.differs_on
                for one in (*self.singles, *self.pairs)
            )
            return (
                "No two claims that change nothing alone "
                f"{'are found to change' if open_ else 'change'} it together."
            )
        return (
            "Only together "
            f"{'these pairs change' if len(pairs) > 1 else 'this pair changes'} it: "
            f"{'; '.join(pairs)}."
        )

    def _about_shares(self) -> str:
        if self.shares is None:
            return f"Shares of the range box were not worked out: {self.no_shares}."
        got = self.shares
        part = f" at the first {got.samples:,} of these" if got.samples < got.points else ""
        basis = f"{got.points:,} uniform samples, seed {got.seed}; exact 95 % intervals"
        which = in_which(
            "some" if Verdict.SOME in self.counted else "every", equilibrium(self.concept)
        )
        return (
            f"Over the range box the outcome comes about {which} at {got.right.percent()} "
            f"of the points with all claims right and at {got.wrong.percent()} with all "
            f"wrong ({basis}). The shares divide the difference{part} ({_ways(got)}; "
            "asymptotic 95 % intervals)."
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """Claims alone with their shares, and the pairs."""
        rows = []
        for one in self.singles:
            (label,) = one.claims
            remark = "changes the verdict" if self.flips(one) else one.reason
            row: list[Any] = [
                self.model.claim_label(label),
                self.model.claims[label].statement,
                self._instead(label),
                chip(one.verdict, self, one.chance),
                remark,
            ]
            if self.shares is not None:
                row.append(self.shares.estimates[label].percent(signed=True))
            rows.append(row)
        header = ["claim", "what it says", "if wrong", "the outcome comes about", ""]
        if self.shares is not None:
            header.append("share of the range box, 95 % interval")
        alone = Table(
            header,
            rows,
            right=[5] if self.shares is not None else (),
            caption=captioned("Each claim wrong alone", self.concept),
        )
        return (alone, *([self._pair_table()] if self.pairs else []))

    def _in_a_word(self, one: Wrong) -> str:
        random = one.verdict is Verdict.SOME and one.chance is not None
        return chance_words(one.chance, self.concept) if random else _SHORT[one.verdict]

    @property
    def headings(self) -> tuple[list[str], list[str]]:
        """What the rows and the columns of a matrix of claims are called.

        Ids, or labels with numbers for the columns.
        """
        labels = [self.model.claim_label(one) for one in self.wrong]
        if labels == [*self.wrong]:
            return labels, labels
        return [f"{i}. {one}" for i, one in enumerate(labels, 1)], [
            f"{i}." for i in range(1, len(labels) + 1)
        ]

    def _pair_table(self) -> Table:
        labels, (heads, columns) = [*self.wrong], self.headings
        cells = {one.claims: one for one in (*self.singles, *self.pairs)}
        rows: list[list[Any]] = []
        for i, a in enumerate(labels):
            row: list[Any] = [heads[i]]
            for j, b in enumerate(labels):
                one = cells[(a,) if i == j else (a, b) if i < j else (b, a)]
                row.append(
                    "contradictory"
                    if one.differs_on
                    else Chip(one.verdict, self._in_a_word(one))
                )
            rows.append(row)
        words = (
            "Two claims wrong together (on the diagonal: one alone): in which equilibria "
            "the outcome comes about"
        )
        if any(one.chance is not None for one in cells.values()):
            words += ", or with which probability"
        return Table(["", *columns], rows, caption=captioned(words, self.concept))

    def data(self) -> dict[str, Any]:
        """All of it."""

        def row(one: Wrong) -> dict[str, Any]:
            told = {
                "verdict": one.verdict.name,
                "flips": self.flips(one),
                "reason": one.reason,
                "differs_on": one.differs_on,
            }
            return {"claims": list(one.claims), **told}

        return {
            "outcome": self.outcome,
            "baseline": self.baseline.name,
            "if_wrong": {
                label: {one: number_text(value) for one, value in values.items()}
                for label, values in self.wrong.items()
            },
            "left_out": list(self.silent),
            "singles": [row(one) for one in self.singles],
            "pairs": [row(one) for one in self.pairs],
            "flipping_claims": list(self.flipping_claims),
            "flipping_pairs": [list(one) for one in self.flipping_pairs],
            "shares": None
            if self.shares is None
            else {**attrs.asdict(self.shares), "of": [one.name for one in self.counted]},
            "no_shares": self.no_shares,
        }


def ablation(
    model: Model,
    concept: Concept,
    outcome: str | Outcome,
    at: Mapping[str, Any] | None = None,
    *,
    samples: Annotated[
        int,
        (
            "Points of the range box for the claims' shares; 0: as many as take a second "
            "or two."
        ),
    ] = 0,
    seed: Annotated[
        int, "Seed of these points, and of the orders drawn of many claims."
    ] = 0,
    sets: Annotated[
        int, "Sets of claims to ask for; where there are more, orders are drawn."
    ] = 256,
    possible: Annotated[
        bool,
        "Shares of where the outcome holds in some equilibrium, not only in every one.",
    ] = False,
    seconds_per_set: Annotated[
        float,
        (
            "Seconds for solving one set of wrong claims; what is not settled by then is "
            "unknown."
        ),
    ] = 10.0,
) -> Ablation:
    """Which single claim, if wrong, changes the verdict, and which pair.

    It also gives each claim's share of the range box. A claim is negated by its if_wrong
    values. What a set of claims is worth is the share of the range box in which the outcome
    holds in every equilibrium, with these claims right (their parameters anywhere in their
    ranges) and the others wrong; Shapley values divide it.

    ``model``, ``concept``, ``outcome``: what is asked about; ``at``: values of parameters
    instead of their baselines (name -> number), over which the values of claims go.
    ``samples``: points of the range box for the shares (0: as many as take a second or
    two); ``seed``: of these points, and of the orders in which many claims are taken;
    ``sets``: how many sets of claims to ask for, beyond which orders are drawn;
    ``possible``: shares of where the outcome holds in some equilibrium, not only in every
    one; ``seconds_per_set``: for solving one set of wrong claims, unknown if it takes
    longer.

    Raises RefusalError if no claim says what holds instead.
    """
    chosen = read_question(model, concept, outcome)
    for what, given, least in (
        ("samples", samples, 0),
        ("seed", seed, 0),
        ("sets", sets, 1),
    ):
        whole(given, what, least)
    wrong = that_can_be_wrong(model)
    silent = tuple([label for label, one in model.claims.items() if not one.if_wrong])
    limits = Limits(seconds=seconds_per_set)
    baseline, chance = judged(model, concept, chosen.name, at, limits)
    apart = contradictions(wrong)

    def put_wrong(*ids: str) -> Wrong:
        differs_on = next((label for pair, label in apart.items() if pair == ids), "")
        if differs_on:
            return Wrong(
                ids,
                Verdict.UNKNOWN,
                f"both set {differs_on}, to different values",
                differs_on,
            )
        other = model.with_claims_wrong(*ids)
        rest = {
            label: value
            for label, value in (at or {}).items()
            if not any(label in wrong[one] for one in ids)
        }
        try:
            found, likely = judged(other, concept, chosen.name, rest, limits)
        except StrategyError as error:
            return Wrong(ids, Verdict.UNKNOWN, str(error))
        return Wrong(
            ids,
            found,
            f"not settled in {seconds_per_set:g} seconds"
            if found is Verdict.UNKNOWN
            else "",
            chance=likely,
        )

    singles = tuple([put_wrong(one) for one in wrong])
    pairs = tuple([put_wrong(a, b) for a, b in itertools.combinations(wrong, 2)])
    counted = (Verdict.EVERY, Verdict.SOME) if possible else (Verdict.EVERY,)
    shares: ClaimShares | None = None
    reason = ""
    try:
        shares = _shares(model, concept, chosen, at, wrong, samples, seed, sets, counted)
    except (ModelError, RefusalError) as error:
        reason = str(error)
    asked = (model, concept, chosen.name, dict(at or {}), baseline, chance)
    return Ablation(*asked, wrong, silent, singles, pairs, shares, reason, counted)


def _shares(
    model: Model,
    concept: Concept,
    outcome: Outcome,
    at: Mapping[str, Any] | None,
    wrong: Mapping[str, Mapping[str, Fraction]],
    samples: int,
    seed: int,
    sets: int,
    counted: tuple[Verdict, ...],
) -> ClaimShares:
    apart = next(iter(contradictions(wrong)), None)
    if apart is not None:
        raise RefusalError(
            f"{joined(apart)} contradict each other, so the claims cannot all be wrong"
        )
    labels = [*wrong]
    wide = widened(model, *wrong.values())
    fixed = fixed_values(model, at)
    codes = [ORDER.index(one) for one in counted]

    def worth(right: int, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        values = dict(fixed)
        for i, label in enumerate(labels):
            if not right & 2**i:
                values.update(wrong[label])
        found, _ = classify(wide, concept, outcome.name, points, values)
        return np.isin(found, codes)

    count = sample_size(model, concept, samples)
    most = (
        _DIVIDED
        if in_floats(model, concept)
        else max(10, _EXACT_SAMPLES // min(2 ** len(labels), sets))
    )
    part = count if samples else min(count, most)
    points = draw(model, count, seed, at)
    got: Divided = divide(
        len(labels), lambda right: worth(right, points[:part]), sets, seed
    )
    shares = dict(zip(labels, got.shares, strict=True))
    errors = dict(zip(labels, got.errors, strict=True))
    # then one point stands for all
    constant = not Joint.of(model, at=at).varied and not got.orders
    estimates = {
        label: mean(shares[label], errors[label], part, constant=constant)
        for label in labels
    }
    ends = [int(worth(right, points).sum()) for right in (2 ** len(labels) - 1, 0)]
    right, none = [
        Estimate(n / count, n / count, n / count) if constant else share(n, count)
        for n in ends
    ]
    return ClaimShares(
        shares,
        errors,
        got.whole,
        got.empty,
        part,
        got.sets,
        got.orders,
        seed,
        estimates,
        right,
        none,
        count,
    )


def _ways(shares: ClaimShares) -> str:
    return (
        f"{shares.orders:,} orders of the claims drawn"
        if shares.orders
        else f"all {shares.sets:,} sets of claims"
    )
