"""Shares of the range box and what they hang on, by another sample, and indices by other
estimators than those of the report."""

from __future__ import annotations

import functools
import re
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.sensitivity.deciding.at_samples import ORDER, classify
from tests.report.solved_anew._reading import EACH, V, label, read, within
from tests.report.solved_anew._told import MANY, Told

__all__ = ["KINDS"]

W = rf"in every {EACH}|in at least one {EACH}"
_DRAWN = 16_000
_HOLDS = {"every": ("every",), "at least one": ("every", "some")}


def sampled(told: Told, match: re.Match[str]) -> None:
    """By values drawn anew and solved."""
    label_of = match.groupdict().get("o")
    outcome = told.model.outcomes[label_of] if label_of else told.outcome
    asked = match if "n" in match.groupdict() else told.last(UNIFORM)
    seen = [told.verdict(at, outcome=outcome) for at in told.drawn(MANY)]
    parts = re.findall(rf"({V}) at ([\d.]+% \([\d.]+% to [\d.]+%\))", match["list"])
    assert parts, "no share was read"
    for words, stated in parts:
        p = seen.count(label(words)) / MANY
        within(
            stated,
            p,
            (max(p * (1 - p), 1 / MANY) / MANY) ** 0.5,
            100,
            int(asked["n"].replace(",", "")),
        )


@attrs.frozen(eq=False)
class Sample:
    """Two samples of the range box, and for each parameter the first with the column of the
    second: where the outcome comes about, as codes."""

    names: tuple[str, ...]
    first: NDArray[np.int8]
    second: NDArray[np.int8]
    swapped: tuple[NDArray[np.int8], ...]

    def holds(self, words: str, codes: NDArray[np.int8]) -> NDArray[np.float64]:
        wanted = _HOLDS["at least one" if "at least one" in words else "every"]
        named = {"EVERY": "every", "SOME": "some"}
        return np.isin(
            codes, [i for i, one in enumerate(ORDER) if named.get(one.name) in wanted]
        ).astype(float)

    def share(self, words: str) -> float:
        return float(self.holds(words, np.concatenate([self.first, self.second])).mean())

    def total(self, words: str, name: str) -> tuple[float, float]:
        """How often the indicator differs when one parameter is drawn anew, over the same
        for two points that share none, and its standard error (M. Jansen, "Analysis of
        variance designs for model output", Computer Physics Communications 117, 1999)."""
        differs = self.holds(words, self.first) != self.holds(
            words, self.swapped[self.names.index(name)]
        )
        p = self.share(words)
        q, scale = float(differs.mean()), 2 * p * (1 - p)
        return q / scale, (max(q * (1 - q), 1 / _DRAWN) / _DRAWN) ** 0.5 / scale

    def alone(self, words: str) -> tuple[float, float]:
        """The sum of first indices by pick and freeze: the covariance of points that share
        one parameter alone, over the variance."""
        p = self.share(words)
        second = self.holds(words, self.second) - p
        rows = np.array(
            [second * (self.holds(words, one) - p) for one in self.swapped]
        ).sum(axis=0) / (p * (1 - p))
        return float(rows.mean()), float(rows.std() / _DRAWN**0.5)


def _sample(told: Told) -> Sample:
    return _made(
        told.model, told.concept, told.outcome.name, tuple(told.question.at.items())
    )


@functools.cache
def _made(model: Any, concept: Any, outcome: str, at: tuple[Any, ...]) -> Sample:
    """Classified in floats; the first of them are held against ``solve`` by the caller."""
    luck = np.random.default_rng(20_26)
    low, high = (
        np.array([float(getattr(one, end)) for one in model.parameters.values()])
        for end in ("low", "high")
    )
    one, two = (low + (high - low) * luck.random((_DRAWN, len(low))) for _ in range(2))
    held, swapped = dict(at), []
    names = [
        (i, name)
        for i, name in enumerate(model.parameters)
        if low[i] < high[i] and name not in held
    ]
    for i, _ in names:
        mixed = one.copy()
        mixed[:, i] = two[:, i]
        swapped.append(mixed)
    found = [
        classify(model, concept, outcome, points, held)[0]
        for points in (one, two, *swapped)
    ]
    _against_solve(Told_at(model, concept, outcome, held), one[:60], found[0][:60])
    return Sample(tuple(name for _, name in names), found[0], found[1], tuple(found[2:]))


def Told_at(model: Any, concept: Any, outcome: str, at: dict[str, Any]) -> Told:  # noqa: N802
    from strategy.report.question import Question

    return Told(Question.of(model, at, outcome), concept, "drivers", "", "")


def _against_solve(
    told: Told, points: NDArray[np.float64], codes: NDArray[np.int8]
) -> None:
    """The codes of a few points are what ``solve`` says there."""
    names = {"EVERY": "every", "SOME": "some", "NO": "no", "NONE_EXISTS": "none exists"}
    for row, code in zip(points, codes, strict=True):
        at = {
            name: str(value)
            for name, value in zip(told.model.parameters, row, strict=True)
            if name not in told.question.at
        }
        assert (
            told.verdict({name: read(value)[0] for name, value in at.items()})
            == names[ORDER[code].name]
        )


ESTIMATE = r"-?[\d.]+ \(-?[\d.]+ to -?[\d.]+\)"


def totals(told: Told, match: re.Match[str]) -> None:
    """Each total index by drawing the parameter anew; if these are said to be the greatest,
    no other is greater."""
    found, sample = re.findall(rf"(\w+) ({ESTIMATE})", match["list"]), _sample(told)
    assert found, "no index was read"
    for name, stated in found:
        within(stated, *sample.total(match["w"], name))
    if "varies most with" in match[0]:
        named = {name for name, _ in found}
        least = min(sample.total(match["w"], name)[0] for name in named)
        for other in set(sample.names) - named:
            value, error = sample.total(match["w"], other)
            assert value <= least + 4 * error, f"{other} has {value:.3f}"


def others(told: Told, match: re.Match[str]) -> None:
    """So many parameters have no greater total index than their intervals allow, by the
    sample drawn anew."""
    words, sample = (
        told.last(rf"Sobol indices and elementary effects of its coming about ({W}), .+")[
            1
        ],
        _sample(told),
    )
    found = [
        value - 4 * error
        for value, error in (sample.total(words, name) for name in sample.names)
    ]
    most = float(match["end"]) + 0.005
    assert sum(one <= most for one in found) >= int(match["n"]), (
        f"{sum(one <= most for one in found)} have"
    )


def _indicator(told: Told) -> str:
    """Which indicator the sentence before a sum is about."""
    return told.last(
        r".*coming about (?P<w>in .+?) varies most with \(.+|That it comes about (?P<x>in "
        r".+?) varies .+"
    )[0]


def alone(told: Told, match: re.Match[str]) -> None:
    within(match["e"], *_sample(told).alone(_indicator(told)))


def alone_unsure(told: Told, match: re.Match[str]) -> None:
    value, error = _sample(told).alone(_indicator(told))
    low, high = float(match["low"]), float(match["high"])
    assert low - 4 * error <= value <= high + 4 * error, (
        f"{value:.3f}, standard error {error:.3f}"
    )
    assert high - low > 0.2, "so narrow an interval would tell"


def insensitive(told: Told, match: re.Match[str]) -> None:
    """The indicator is nowhere another in the sample drawn anew, or about as rarely as the
    interval allows."""
    share = _sample(told).share(match["w"])
    other = share if match["n"] == "none" else 1 - share
    most, samples = float(match["most"]), int(match["of"].replace(",", ""))
    assert abs(most - (1 - 0.025 ** (1 / samples))) <= most / 20, (
        "not the exact interval of so many samples"
    )
    assert other <= most + 4 * (most / (2 * _DRAWN)) ** 0.5, f"it does at {other:.5f}"


def rare(told: Told, match: re.Match[str]) -> None:
    """So few of the samples have it, or have it not, by the sample drawn anew."""
    share = _sample(told).share(match["w"])
    count, of = int(match["k"]), int(match["of"].replace(",", ""))
    stated = count / of if match["does"] == "does" else 1 - count / of
    error = (max(stated * (1 - stated), 1 / of) * (1 / of + 1 / (2 * _DRAWN))) ** 0.5
    assert abs(share - stated) <= 5 * error, f"{share:.5f} by another sample"


def too_few(told: Told, match: re.Match[str]) -> None:
    """The rarer of the two is about as rare as that: fewer than 50 of the independent
    points."""
    share = _sample(told).share(match["w"])
    points = int(match["of"].replace(",", ""))
    rarer = min(share, 1 - share) * points
    assert rarer <= 50 + 5 * 50**0.5, f"about {rarer:.0f} of {points} do"


def no_some(told: Told, match: re.Match[str]) -> None:
    """No sample, or next to none, has the outcome in some equilibria alone."""
    sample = _sample(told)
    assert sample.share("at least one") - sample.share("every") <= 10 / _DRAWN


UNIFORM = (
    r"With values uniform over the ranges, independent \((?P<n>[\d,]+) samples, .+?\): "
    r"(?P<list>.+)\."
)
KINDS = [
    (("drivers",), (r"The other (?P<n>\d+) have total indices of [\d.]+ and less, with intervals that "
        r"end at (?P<end>[\d.]+) and below\."), others),
    (("drivers",), UNIFORM, sampled),
    (("drivers",), r"At the same values “(?P<o>.+?)” comes about (?P<list>.+)\.", sampled),
    (("drivers",), (rf"That it comes about (?P<w>{W}) varies (?:most )?with (?P<list>.+), by total "
        r"index and bootstrap 95 % interval\."), totals),
    (("drivers",), (rf"These samples do not show what its coming about (?P<w>{W}) varies most with "
        r"\(.+?\); by total index and bootstrap 95 % interval: (?P<list>.+)\."), totals),
    (("drivers",), rf"What parameters account for alone adds up to (?P<e>{ESTIMATE}) of 1, .+", alone),
    (("drivers",), (r"These samples do not show how much of it parameters account for alone: between "
        r"(?P<low>[\d.]+) and (?P<high>[\d.]+) of 1, .+"), alone_unsure),
    (("drivers",), (rf"That it comes about (?P<w>{W}) is insensitive: it does so at (?P<n>each|none) "
        r"of the (?P<of>[\d,]+) samples \(it does(?: not)? at under (?P<most>[\d.e-]+) "
        r"of the values, .+\)\."), insensitive),
    (("drivers",), (rf"What its coming about (?P<w>{W}) depends on is not shown: it (?P<does>does|does "
        r"not) at (?P<k>\d+) of (?P<of>[\d,]+) samples only, .+"), rare),
    (("drivers",), (rf"What its coming about (?P<w>{W}) depends on is not shown: too few of the "
        r"(?P<of>[\d,]+) independent points differ in it; .+"), too_few),
    (("drivers",), (r"No sample has it in some .+ and not in others, so what is said of “every” "
        r"holds of “at least one” too\."), no_some),
]  # fmt: skip
