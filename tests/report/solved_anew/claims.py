"""Claims negated, alone, in pairs, all together, and on the way: the model with these
values solved anew."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from fractions import Fraction

import attrs

from strategy import Model, Parameters
from tests.report.solved_anew._reading import NUMBER, V, label, listed, read, within
from tests.report.solved_anew._told import FEW, MANY, Told
from tests.report.solved_anew.verdicts import verdict_at

__all__ = ["KINDS"]

_DRAWN = 150


def _wrong(told: Told) -> list[str]:
    """The claims that say what holds if they are wrong."""
    return [name for name, one in told.model.claims.items() if one.if_wrong]


def alone(told: Told, match: re.Match[str]) -> None:
    """Those named, and no others, change the verdict, each to the one stated."""
    stated: dict[str, str] = {}
    told_by, inside = (
        r"(.+?) to “([^”]+)”(?:; |$)",
        r"(?:^|, | and )([^(),]+) \(((?:[^()]|\([^()]*\))+)\)",
    )
    for names, words in re.findall(told_by, match.groupdict().get("list") or ""):
        stated |= dict.fromkeys(_set(told, re.findall(inside, names)), words)
    assert stated or match[0].startswith("No claim"), "no claim was read"
    told.exactly(
        stated, {name: [({}, told.model.with_claims_wrong(name))] for name in _wrong(told)}
    )
    for name, words in stated.items():
        verdict_at(told, words, {}, model=told.model.with_claims_wrong(name))


def _set(told: Told, named: list[tuple[str, str]]) -> list[str]:
    """Claims that stand with the values that they set if they are wrong, which are
    these."""
    for name, instead in named:
        said = {
            one: read(value)[0]
            for one, value in re.findall(rf"(\w+) = ({NUMBER})", instead)
        }
        assert said == dict(told.model.claims[name].if_wrong), f"{name}: {said}"
    return [name for name, _ in named]


def pairs(told: Told, match: re.Match[str]) -> None:
    """Of the pairs of claims that leave the verdict alone those named, and no others,
    change it together."""
    before, wrong = (
        told.verdict({}),
        {name: told.model.with_claims_wrong(name) for name in _wrong(told)},
    )
    kept = [
        name for name, model in wrong.items() if told.verdict({}, model=model) == before
    ]
    asked = [pair for pair in itertools.combinations(kept, 2) if not _apart(told, *pair)]
    each = [one for one in (match.groupdict().get("list") or "").split("; ") if one]
    inside = r"(?:^| with )(\w+) \(((?:[^()]|\([^()]*\))+)\)"
    stated = [" with ".join(_set(told, re.findall(inside, one))) for one in each]
    assert all(stated) or each == [""], f"pairs are not named with what they set: {each}"
    places = {
        " with ".join(pair): [({}, told.model.with_claims_wrong(*pair))] for pair in asked
    }
    assert all(stated), "claims are named with what they set"
    told.exactly(stated, places)


def _apart(told: Told, a: str, b: str) -> list[str]:
    """The parameters that two claims set differently."""
    first, second = told.model.claims[a].if_wrong, told.model.claims[b].if_wrong
    return [name for name in first if name in second and first[name] != second[name]]


def contradictory(told: Told, match: re.Match[str]) -> None:
    found = {pair: _apart(told, *pair) for pair in itertools.combinations(_wrong(told), 2)}
    stated = dict(re.findall(r"(\w+ and \w+) \(both set (\w+)\)", match["list"]))
    assert {" and ".join(pair) for pair, names in found.items() if names} == set(stated)
    assert all(
        name in found[pair[0], pair[1]]
        for both, name in stated.items()
        for pair in [both.split(" and ")]
    )


def silent(told: Told, match: re.Match[str]) -> None:
    assert listed(match["names"]) == [
        name for name, one in told.model.claims.items() if not one.if_wrong
    ]


def shares(told: Told, match: re.Match[str]) -> None:
    """The shares with all claims right and all wrong, by values drawn anew and solved."""
    for stated, model in (
        (match["right"], told.model),
        (match["wrong"], told.model.with_claims_wrong(*_wrong(told))),
    ):
        set_by_claims = (
            {name for each in _wrong(told) for name in told.model.claims[each].if_wrong}
            if model is not told.model
            else ()
        )
        points = [
            {n: v for n, v in at.items() if n not in set_by_claims}
            for at in told.drawn(MANY)
        ]
        seen = [told.verdict(at, model=model) for at in points].count(
            label(match["v"])
        ) / MANY
        within(
            stated,
            seen,
            (max(seen * (1 - seen), 1 / MANY) / MANY) ** 0.5,
            100,
            int(match["n"].replace(",", "")),
        )


# -- on the way


def changes_on_the_way(told: Told, match: re.Match[str]) -> None:
    parts = re.findall(rf"(?:^|; )([^;]+?) \(at ({NUMBER}) of the way\)", match["list"])
    assert len(parts) == match["list"].count("of the way"), "every way was read"
    before = told.verdict({})
    for who, share in parts:
        end, off = read(share)
        for i in range(7):
            assert _on_the_way(told, who, end * Fraction(i, 7)) == before, f"{who}: sooner"
        beyond = {
            _on_the_way(told, who, at)
            for at in (end, min(end + off + Fraction(1, 10**6), Fraction(1)))
        }
        assert beyond - {before}, f"{who}: not there"


def stays_on_the_way(told: Told, match: re.Match[str]) -> None:
    before = told.verdict({})
    for who in match["list"].split("; "):
        for i in range(1, FEW + 1):
            assert _on_the_way(told, who, Fraction(i, FEW)) == before, who


def over_the_ranges(told: Told, match: re.Match[str]) -> None:
    """Where a group is at its ends and all else is drawn anew."""
    parts = re.findall(rf"at ({INTERVAL}) with (.+?)(?= and at |$)", match["ends"])
    assert parts
    for stated, who in (*parts, (match["start"], "")):
        ends = _ends(told, who) if who else {}
        seen = []
        for at in told.drawn(_DRAWN):
            wide = {
                name: attrs.evolve(
                    one, low=min(one.low, ends.get(name, one.low)),
                    high=max(one.high, ends.get(name, one.high)),
                )
                for name, one in told.model.parameters.items()
            }  # fmt: skip
            model = attrs.evolve(told.model, parameters=Parameters(wide))
            found = told.verdict({**at, **ends}, model=model)
            seen.append(found == "every" or (match["v"] != "every" and found == "some"))
        rate = sum(seen) / len(seen)
        error = (max(rate * (1 - rate), 1 / len(seen)) / len(seen)) ** 0.5
        within(stated, rate, error, 100, int(match["n"].replace(",", "")))


def _ends(told: Told, who: str) -> Mapping[str, Fraction]:
    """Where a way leads: to what holds if a claim, or all of them, are wrong; or as far as the
    ranges go the other way."""
    if who == "all claims right to the full":
        wrong = _ends(told, "all claims wrong")
        ranges = {name: told.model.parameters[name] for name in wrong}
        return {
            name: one.low if wrong[name] > one.baseline else one.high
            for name, one in ranges.items()
            if wrong[name] != one.baseline
        }
    for one in told.model.inquiries:
        for group in one.options.get("group", ()):
            name, _, moves = group.partition(": ")
            if name == who:
                pairs = [move.split("=") for move in moves.split(", ")]
                return {label: Fraction(value) for label, value in pairs}
    ids = _wrong(told) if who == "all claims wrong" else [who.removesuffix(" wrong")]
    return {
        name: value
        for each in ids
        for name, value in told.model.claims[each].if_wrong.items()
    }


def _on_the_way(told: Told, who: str, share: Fraction) -> str:
    """The verdict on the way; the ranges are widened, as the way may leave them."""
    at = {
        name: told.base[name] + share * (end - told.base[name])
        for name, end in _ends(told, who).items()
    }
    wide = {
        name: attrs.evolve(
            one,
            low=min(one.low, at.get(name, one.low)),
            high=max(one.high, at.get(name, one.high)),
        )
        for name, one in told.model.parameters.items()
    }
    model: Model = attrs.evolve(told.model, parameters=Parameters(wide))
    return told.verdict(at, model=model)


INTERVAL = r"[\d.]+% \([\d.]+% to [\d.]+%\)"
KINDS = [
    (("ablation",), (r"Wrong alone, (?:each of these|this claim) changes (?:that|the verdict): "
        r"(?P<list>.+)\."), alone),
    (("ablation",), r"No claim, wrong alone, is found to change (?:that|the verdict)\.", alone),
    (("ablation",), r"No two claims that change nothing alone (?:are found to )?change it together\.", pairs),
    (("ablation",), r"Only together (?:these pairs change|this pair changes) it: (?P<list>.+)\.", pairs),
    (("ablation",), r"Contradictory, so never wrong together: (?P<list>.+)\.", contradictory),
    (("ablation",), r"Left out, as they do not say what holds if they are wrong: (?P<names>.+)\.", silent),
    (("ablation",), (rf"Over the range box the outcome (?:comes about|is) (?P<v>{V}) at "
        rf"(?P<right>{INTERVAL}) of the points with all claims right and at "
        rf"(?P<wrong>{INTERVAL}) with all wrong \((?P<n>[\d,]+) uniform samples, .+"), shares),
    (("stress",), r"(?:That|The verdict) changes on the way to: (?P<list>.+)\.", changes_on_the_way),
    (("stress",), (rf"All else anywhere in its range, the outcome comes about in (?P<v>every|at least one) .+? "
        rf"(?P<ends>at {INTERVAL} with .+); with nothing moved at (?P<start>{INTERVAL}) "
        r"\((?P<n>[\d,]+) uniform samples, .+\)\."), over_the_ranges),
    (("stress",), r"(?:It|The verdict) does not change anywhere on the way to: (?P<list>.+)\.", stays_on_the_way),
]  # fmt: skip
