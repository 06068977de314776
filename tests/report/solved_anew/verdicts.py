"""Verdicts at values, along a range, over a map: solved anew there."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import sympy

from strategy.completeness import equilibrium, kind
from strategy.sensitivity import regions
from tests.report.solved_anew._reading import NAMED, NUMBER, V, fits, label, read
from tests.report.solved_anew._told import FEW, MANY, Told, does

__all__ = ["KINDS", "grid", "verdict_at"]

STRETCH = (
    rf"below {NUMBER}|up to {NUMBER}|above {NUMBER}(?: (?:up to|and below) "
    rf"{NUMBER})?|from {NUMBER}(?: upwards| up to {NUMBER}| and below {NUMBER})|at "
    rf"{NUMBER}(?: exactly)?|at the (?:top|bottom) of its range, {NUMBER}"
)


def verdict_at(told: Told, words: str, values: Mapping[str, Any], **more: Any) -> None:
    concept = more.get("concept") or told.concept
    assert equilibrium(concept) in words or kind(concept) in words, (
        f"{words}: it is not said that this is of {concept}"
    )
    fits(words, told.probabilities(values, **more))


def here(told: Told, match: re.Match[str]) -> None:
    verdict_at(told, match["v"], {})


def at_values(told: Told, match: re.Match[str]) -> None:
    values = {
        name: read(value)[0]
        for name, value in re.findall(rf"(\w+) = ({NUMBER})", match["at"])
    }
    assert values, "no values were read"
    verdict_at(told, match["v"], values, outcome=told.model.outcomes[match["o"]])


def stretch_points(told: Told, name: str, words: str) -> list[Fraction]:
    """Values inside a stretch of a range that words describe, its ends where they belong to
    it."""
    one = told.model.parameters[name]
    numbers = [read(text) for text in re.findall(NUMBER, words)]
    (first, off), hair = numbers[0], (one.high - one.low) / 10**6
    if words.startswith("at"):
        return [] if off else [first]
    low, high = one.low, one.high
    with_low = with_high = True
    if words.startswith(("below", "up to")):
        high, with_high = first, words.startswith("up to")
    else:
        low, with_low = first, words.startswith("from")
        if len(numbers) > 1:
            high, with_high = numbers[1][0], "up to" in words
    inner = [low + (high - low) * Fraction(i, FEW) for i in range(1, FEW)] + [
        low + hair + off,
        high - hair - numbers[-1][1],
    ]
    ends = [
        end
        for end, there, exact in (
            (low, with_low, numbers[0][1]),
            (high, with_high, numbers[-1][1]),
        )
        if there and not exact
    ]
    return [value for value in [*inner, *ends] if low <= value <= high]


def along(told: Told, match: re.Match[str]) -> None:
    """A parameter's range in stretches: each verdict at values inside each."""
    name, outcome = match["p"], told.model.outcomes[match["o"]]
    parts = [
        (match["first"], match["v"]),
        *re.findall(rf"; ({STRETCH}), ({V})", match["rest"]),
    ]
    assert len(parts) == 1 + match["rest"].count("; "), "every stretch was read"
    ends = [[read(number)[0] for number in re.findall(NUMBER, words)] for words, _ in parts]
    assert all(before[-1] == after[0] for before, after in itertools.pairwise(ends)), (
        "the stretches do not follow one another"
    )
    for words, verdict in parts:
        for value in stretch_points(told, name, words):
            verdict_at(told, verdict, {name: value}, outcome=outcome)


def over_the_range(told: Told, match: re.Match[str]) -> None:
    for at in told.along(match["p"]):
        verdict_at(told, match["v"], at, outcome=told.model.outcomes[match["o"]])


def still(told: Told, match: re.Match[str]) -> None:
    for concept in told.question.concepts if "under each" in match[0] else [told.concept]:
        told.same(
            [at for name in match["names"].split(", ") for at in told.along(name)],
            concept=concept,
        )


def turns(told: Told, match: re.Match[str]) -> None:
    """At the point some play with the first action of the player and one with the second,
    the others doing what is said, pay it alike, and what is gained and lost by claims is
    what its terms come to on these two. In a tree, just before it is the first that is
    played, just after it the second, in some equilibrium."""
    who, name, (point, off) = match["who"], match["p"], read(match["at"])
    stated = [
        (read(value)[0] * (-1 if verb == "loses" else 1), read(value)[1], claim)
        # another who turns
        for verb, value, claim in _by_claims(
            re.split(r"; [^();]+, switches from ", match["sums"] or "")[0]
        )
    ]
    pairs = list(_turning(told, who, match["a"], match["b"], match["others"]))
    assert pairs, f"{who} has no such choice"
    # with chance two plays are not all that is compared
    if not off and not getattr(told.model.form, "chance", ()):
        ties = [
            (a, b)
            for a, b in pairs
            if told.game({name: point}).payoff(who, a)
            == told.game({name: point}).payoff(who, b)
        ]
        assert ties, f"{match['a']} and {match['b']} pay {who} alike nowhere"
        assert any(_comes_to(told, who, a, b, {name: point}, stated) for a, b in ties), (
            "what is gained and lost is another"
        )
    hair = told.width(name) / 10**6 + off
    if type(told.model.form).__name__ == "ExtensiveForm":
        for value, action in ((point - hair, match["a"]), (point + hair, match["b"])):
            if told.inside({name: value}) == {name: value}:
                found = [
                    what
                    for one in told.solution({name: value})
                    for what in one.profile.actions[who].values()
                ]
                assert action in found, f"{who} does not {action} at {float(value)}"


def _by_claims(text: str) -> list[tuple[str, str, str]]:
    """What is gained and lost, by which claim: ("gains", "5.4", "C4"); without one: ""."""
    found, verb = [], "gains"
    for said, value, claim in re.findall(
        rf"(gains|loses)?[ ,]*(?:and )?({NUMBER})(?: on balance)?(?: by (\w+)| outside)",
        text,
    ):
        verb = said or verb
        found.append((verb, value, claim))
    return found


def _turning(
    told: Told, who: str, before: str, after: str, others: str
) -> Iterator[tuple[Any, Any]]:
    """Pairs of plays with the one and the other action of a player; in a table the others
    do the same in both, and what is said."""
    having: dict[str, list[Any]] = {before: [], after: []}
    for play in told.model.form.plays():
        for player, _, what in play.steps:
            if player == who and what in having:
                having[what].append(play)
    table = type(told.model.form).__name__ != "ExtensiveForm"
    for a, b in itertools.product(having[before], having[after]):
        rest = [{(p, what) for p, _, what in one.steps if p != who} for one in (a, b)]
        if not table or (
            rest[0] == rest[1]
            and all(f"{p} {what}" in others for p, what in rest[0] if f"{p} " in others)
        ):
            yield a, b


def _comes_to(
    told: Told,
    who: str,
    a: Any,
    b: Any,
    at: Mapping[str, Any],
    stated: list[tuple[Any, Any, str]],
) -> bool:
    """Whether what a player's terms of each claim pay more on the second play is what is
    stated of the claim, as far as it is."""
    values = {**told.base, **at}
    sums: dict[str, Any] = {}
    for one in told.model.terms:
        side = int(one.when.holds(b)) - int(one.when.holds(a))
        if one.player == who and side:
            claim = one.claim or ""
            amount = sympy.sympify(one.amount)
            worth = amount.subs(
                {symbol: values[symbol.name] for symbol in amount.free_symbols}
            )
            sums[claim] = sums.get(claim, Fraction(0)) + side * Fraction(
                int(worth.p), int(worth.q)
            )
    return all(abs(sums.get(claim, 0) - value) <= off for value, off, claim in stated)


def turn_named(told: Told, match: re.Match[str]) -> None:
    """Who turns, in a cell: two actions of one player; where it turns is in a sentence
    below the table."""
    assert {match["a"], match["b"]} <= set(told.model.form.actions[match["who"]])
    assert match["a"] != match["b"]


def near(told: Told, match: re.Match[str]) -> None:
    """The verdict at the value, or on one side of it, is another than on the other."""
    name, (value, off) = match["p"], read(match["at"])
    hair = told.width(name) / 10**6 + off
    around = [
        at
        for at in (value - hair, value, value + hair)
        if told.inside({name: at}) == {name: at}
    ]
    assert any(
        len({told.verdict({name: at}, concept=concept) for at in around}) > 1
        for concept in told.question.concepts
    )
    if match.groupdict().get("start"):
        assert abs(read(match["start"])[0] - told.base[name]) <= read(match["start"])[1]


def grid(told: Told, x: str, y: str) -> list[dict[str, Fraction]]:
    """400 points of a map on no line of round numbers."""
    return [
        {
            x: told.between(x, (a + Fraction(371, 997)) / 20),
            y: told.between(y, (b + Fraction(619, 997)) / 20),
        }
        for a in range(20)
        for b in range(20)
    ]


def shares_of_map(told: Told, match: re.Match[str]) -> None:
    """Within 6 percentage points of the shares of a grid."""
    found = [
        told.verdict(at, outcome=told.model.outcomes[match["o"]])
        for at in grid(told, match["x"], match["y"])
    ]
    stated = re.findall(rf"({V}) on (under |over )?(\d+)%", match["shares"])
    assert stated, "no share was read"
    open_ = sum(int(share) for words, _, share in stated if "not settled" in words)
    for words, _, share in stated:
        if "not settled" not in words:
            seen = 100 * found.count(label(words)) / len(found)
            assert abs(seen - int(share)) <= 6 + open_, f"{words}: {seen}% of a grid"


def on_lines(told: Told, match: re.Match[str]) -> None:
    """Each verdict is that of some edge or corner of the map, solved anew in its middle."""
    assert told.question.map is not None
    x, y = told.question.map
    for words in re.findall(V, match["list"]):
        concept = max(
            told.question.concepts,
            key=lambda one: len(equilibrium(one)) if equilibrium(one) in words else 0,
        )
        found = regions(told.model, concept, told.outcome.name, x, y, at=told.question.at)
        places = [
            tuple(sum(place) / 2 for place in zip(*edge.ends, strict=True))
            for edge in found.edges
        ]
        places += [one.point for one in found.corners]
        assert any(
            _so(told, words, {x: a, y: b}, concept=concept) for a, b in places[:MANY]
        ), words


def largest_parts(told: Told, match: re.Match[str]) -> None:
    """Each part has its verdict at points of a grid inside the spans that are given for it,
    on at least its share."""
    assert told.question.map is not None
    for words, share, where in re.findall(
        rf"({V}) on (?:under |over )?(\d+)%, ([^;]+?)(?=;|\.$|$)", match["list"]
    ):
        spans = {
            name: (read(low)[0], read(high)[0])
            for name, low, high in re.findall(
                rf"(\w+) between ({NUMBER}) and ({NUMBER})", where
            )
        }
        inside = [
            at
            for at in grid(told, *told.question.map)
            if all(low <= at[name] <= high for name, (low, high) in spans.items())
        ]
        hit = sum(_so(told, words, at) for at in inside)
        assert hit >= 4 * (int(share) - 6), (
            f"{words} on {share}%: {hit} of 400 points of a grid, {len(inside)} in "
            "its spans"
        )


def _so(told: Told, words: str, at: Mapping[str, Any], **more: Any) -> bool:
    try:
        verdict_at(told, words, at, **more)
    except AssertionError:
        return False
    return True


def played(told: Told, match: re.Match[str]) -> None:
    """Everything that a player is said to do is done in some equilibrium."""
    found = [
        one for concept in told.question.concepts for one in told.solution({}, concept)
    ]
    places = {
        who or place for one in found for play in one.plays for who, place, _ in play.steps
    }
    done = {f"{who}: {what}" for one in found for who in places for what in does(one, who)}
    text = match["play"]
    for words in sorted(done, key=len, reverse=True):
        text = text.replace(words, "")
    assert re.fullmatch(r"[\d./, ]*", text), f"left over: {text}"


O = "“(?P<o>.+?)”"  # noqa: E741
KINDS = [
    (("radius", "flip"), (r"At the (?:baseline|values asked about|values given) the verdict on .+ is: "
        rf"(?:possible but not sure, )?(?P<v>{V})\."), here),
    (("ablation", "stress", "tornado"), (r"(?:With no claim negated,|At the values asked about) (?:the outcome (?:comes "
        rf"about|is) )?(?P<v>{V})\."), here),
    (("orders",), rf"At once (?:\({NAMED}\) )?(?:the outcome (?:comes about|is) )?(?P<v>{V})\.", here),
    (("region_map",), rf"At (?P<at>.+?), {O} comes about (?P<v>{V})\.", at_values),
    (("region_map",), (rf"Over the ranges of (?P<x>\w+) and (?P<y>\w+), all else as assumed, {O} comes "
        r"about: (?P<shares>.+) of the map's area\."), shares_of_map),
    (("region_map",), r"On some lines or at some points of the map: (?P<list>.+)\.", on_lines),
    (("region_map",), r"Divided by what is played, its largest parts are: (?P<list>.+)\.", largest_parts),
    (("thresholds",), (rf"While (?P<p>\w+) is (?P<first>{STRETCH}), {O} comes about "
        rf"(?P<v>{V})(?P<rest>(?:; .+)?)\."), along),
    (("thresholds",), (rf"Over the whole range of (?P<p>\w+), {NUMBER} to {NUMBER}, {O} comes about "
        rf"(?P<v>{V})\."), over_the_range),
    (("thresholds",), (r"(?:This|These) never changes? the verdict, moved alone over the whole range(?:, "
        r"under each solution concept)?: (?P<names>.+)\."), still),
    (("thresholds", "gains"), (rf"At (?P<at>{NUMBER}), as (?P<p>\w+) rises, (?P<who>[^,]+), (?P<others>.+?), "
        r"switches from (?P<a>.+?) to (?P<b>[^:.]+?)(?:: (?:it )?(?P<sums>.+))?\."), turns),
    (("thresholds",), rf"(?P<who>.+?): (?P<a>.+?) → (?P<b>.+?)(?: \(at (?P<at>{NUMBER})\))?", turn_named),
    (("gains",), rf"(?P<p>\w+) at (?P<at>{NUMBER}) \(assumed (?P<start>{NUMBER})\): .+", near),
    (("gains",), rf"At the change, where (?P<p>\w+) is (?P<at>{NUMBER})", near),
    (("gains",), r"\d+\. (?P<play>.+)", played),
]  # fmt: skip
"""Sections (and the questions that their analyses answer), a pattern, a checker."""
