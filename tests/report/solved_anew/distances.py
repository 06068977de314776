"""How far assumptions may move: boxes without a change, the nearest change, how long an
equilibrium lasts and under which conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy
from sympy.parsing.sympy_parser import (
    implicit_multiplication_application,
    parse_expr,
    standard_transformations,
)

from tests.report.solved_anew._reading import EACH, NUMBER, PLAY, V, fits, listed, read
from tests.report.solved_anew._told import FEW, SOME, Told, leads

__all__ = ["KINDS"]

HAIR = Fraction(1, 10**5)
NEAREST = r"(?:A nearest change|The nearest change that was found): (?P<moves>.+)\."
STAYS = (
    rf"(?:\((?P<a>{PLAY})\) remains an? {EACH}|Some {EACH} leads to \((?P<b>{PLAY})\)) .+\."
)


def _percent(text: str) -> Fraction:
    """A share from "3.33 % (1/30)", of which the two are the same."""
    inner, rounded = (
        re.search(r"\(([^()]+)\)", text),
        read(text.split(" %")[0].removeprefix("about "))[0] / 100,
    )
    size = Fraction(inner[1]) if inner else rounded
    assert abs(size - rounded) <= size / 100, f"{text}: {float(size)}"
    return size


def box_keeps(told: Told, match: re.Match[str]) -> None:
    """No point of the box around the values, drawn or a corner, has another verdict; the
    nearest change lies at its rim."""
    size = _percent(match["size"])
    told.same(told.box(size * Fraction(999, 1000)))
    if "of that size" in match[0] or "arbitrarily little more" in match[0]:
        there, _ = _nearest(told)
        farthest = max(
            abs(value - told.base[name]) / told.width(name) for name, value in there.items()
        )
        assert abs(farthest - size) <= size / 1000, (
            f"the nearest change is {float(farthest)} away"
        )


def _moves(told: Told, text: str) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """The place that moves lead to, and one right beside it: the place that the analysis gives,
    where it has one at which the verdict is another though it is not at the place itself."""
    moves = re.findall(
        rf"(\w+) from ({NUMBER}) to ({NUMBER}) \(([\d.e-]+) % of its range\)", text
    )
    assert moves, "no move was read"
    there, slack = {}, HAIR
    for name, start, end, share in moves:
        assert abs(read(start)[0] - told.base[name]) <= read(start)[1], name
        there[name], off = read(end)
        moved = 100 * abs(there[name] - told.base[name]) / told.width(name)
        assert abs(moved - Fraction(share)) <= moved / 100 + 100 * off / told.width(name), (
            f"{name} moves by {float(moved)} %"
        )
        slack = max(slack, 2 * off / abs(there[name] - told.base[name]))
    # the sentence does not name them all: the place itself, from the analysis run again
    if "more parameter" in text:
        found = {one.parameter: one.to for one in told.again().moves}
        assert {
            name: value for name, value in found.items() if name in there
        }.keys() == there.keys()
        there = found
    found = told.again()
    if found.attained is False and found.witness is not None:
        beside = dict(found.witness.values)
        for name, value in beside.items():
            off = abs(value - there.get(name, told.base[name])) / told.width(name)
            assert off <= Fraction(1, 1000), f"{name} is {float(off)} of its range off"
        return there, beside
    return there, told.inside(
        {name: value + slack * (value - told.base[name]) for name, value in there.items()}
    )


def _nearest(told: Told) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    match = told.beside_it(NEAREST)
    assert match, "no nearest change stands beside it"
    return _moves(told, match["moves"])


def nearest_change(told: Told, match: re.Match[str]) -> None:
    """At the point, or just beyond it, the verdict is another; where the outcome is to be
    brought about: it is."""
    found = {told.verdict(at) for at in _moves(told, match["moves"])}
    assert found & {"every"} if told.section == "flip" else found - {told.verdict({})}, (
        f"there it is {found}"
    )


def then_it_is(told: Told, match: re.Match[str]) -> None:
    """The verdict after a change is that at the nearest change, or just beyond it."""
    places = [told.probabilities(at) for at in _nearest(told)]
    before = told.verdict({})
    changed = [
        found
        for found, at in zip(places, _nearest(told), strict=True)
        if told.verdict(at) != before
    ]
    assert changed, "there is no change"
    fits(match["v"], changed[0])


def just_beyond(told: Told, match: re.Match[str]) -> None:
    """At the point the verdict is the same, or not the one to be reached; beyond it it
    is."""
    there, beyond = (told.verdict(at) for at in _nearest(told))
    if told.section == "flip":
        assert (there == "every", beyond == "every") == (False, True), (
            f"{there}, and {beyond} beyond"
        )
    else:
        assert (there == told.verdict({}), beyond == told.verdict({})) == (True, False), (
            f"{there}, and {beyond} beyond"
        )


def who_turns(told: Told, match: re.Match[str]) -> None:
    """At the nearest change some play with the first action of the player, and one with the
    second, pay it alike; the claims named are those of terms that tell two such plays
    apart."""
    there, _ = _nearest(told)
    if getattr(told.model.form, "chance", ()):
        # with chance two plays are not all that is compared: it is looked at who has such a
        # choice alone
        there = told.base
    game, plays = told.game(there), list(told.model.form.plays())
    parts = re.findall((r"([^,]+?) switches from (.+?) to (.+?)(?: \(claims? ([^()]+)\))?(?=, [^,]+ "
        r"switches| and [^,]+ switches| and \d+ more|$)"),
                       match["list"])  # fmt: skip
    assert parts, "nobody who turns was read"
    for who, before, after, claims in parts:
        who = who.strip().removeprefix("and ")
        after = after.split(" after ")[0].split(" at ")[0]
        assert who in told.model.players, who
        having = {
            action: [
                one
                for one in plays
                if any((p, a) == (who, action) for p, _, a in one.steps)
            ]
            for action in (before, after)
        }
        pairs = [
            (a, b)
            for a in having[before]
            for b in having[after]
            if there is told.base or game.payoff(who, a) == game.payoff(who, b)
        ]
        assert pairs, f"{before} and {after} pay {who} alike nowhere"
        named = set(listed(claims)) if claims else set()
        assert any(named == told_apart(told, who, a, b) for a, b in pairs), (
            f"{who}: no tie of {before} and {after} rests on {claims}"
        )


def told_apart(told: Told, who: str, a: Any, b: Any) -> set[str]:
    """The claims of the player's terms that count on one of two plays alone."""
    terms = [
        one
        for one in told.model.terms
        if one.player == who and one.claim in told.model.claims
    ]
    return {one.claim for one in terms if one.when.holds(a) != one.when.holds(b)}


def never_changes(told: Told, match: re.Match[str]) -> None:
    told.same(told.drawn(SOME, told.free))


def no_flip(told: Told, match: re.Match[str]) -> None:
    assert all(told.verdict(at) != "every" for at in told.drawn(SOME, told.free))


def without_change(told: Told, match: re.Match[str]) -> None:
    assert told.verdict({}) == "every"


def cheapest(told: Told, match: re.Match[str]) -> None:
    """The nearest change costs that, brings the outcome about (there, or beyond it alone),
    and no cheaper one that is drawn does."""
    cost, off = read(match["cost"])
    there, beyond = _nearest(told)
    bounds = match.groupdict().get("more")
    paid = sum(
        abs(value - told.base[name]) / told.width(name) for name, value in there.items()
    )
    if bounds:
        assert cost - off <= paid <= read(bounds)[0] + Fraction(1, 10**4), (
            f"it costs {float(paid)}"
        )
    else:
        assert abs(paid - cost) <= off, f"it costs {paid}"
        if "arbitrarily little more" not in match[0]:
            assert match[0].startswith("The cheapest") == (told.verdict(there) == "every")
    assert "every" in (told.verdict(there), told.verdict(beyond))
    assert all(
        told.verdict(at) != "every" for at in _costing(told, cost * Fraction(999, 1000))
    )


def _costing(told: Told, cost: Fraction) -> list[dict[str, Fraction]]:
    """Points that cost at most so much: the moves of each parameter alone either way, and
    of two together."""
    ways = [(name, sign) for name in told.free for sign in (-1, 1)]
    points = [
        {name: told.base[name] + sign * cost * told.width(name)} for name, sign in ways
    ]
    pairs = zip(ways, ways[3:] + ways[:3], strict=True)
    points += [
        {n: told.base[n] + s * cost / 2 * told.width(n) for n, s in pair}
        for pair in pairs
        if pair[0][0] != pair[1][0]
    ]
    return [told.inside(at) for at in points]


# -- conditions


def _tests(told: Told, text: str) -> list[Any]:
    names = {name: sympy.Symbol(name) for name in told.model.parameters}
    rules = (*standard_transformations, implicit_multiplication_application)
    parts = re.split(r",? and |, ", text)
    return [
        parse_expr(
            one.replace("≥", ">=").replace("≤", "<=").replace("−", "-"), names, rules
        )
        for one in parts
    ]


def _listed(told: Told, play: str) -> str:
    """The conditions that a sentence leaves to its table, from the analysis run again."""
    found = next(one for one in told.again().polyhedra if one.course == play)
    return ", ".join(str(each.inequality) for each in found.conditions)


def _holds(told: Told, tests: list[Any], at: Mapping[str, Fraction]) -> bool:
    values = {
        sympy.Symbol(name): sympy.Rational(v.numerator, v.denominator)
        for name, v in {**told.base, **at}.items()
    }
    return all(bool(one.subs(values)) for one in tests)


def condition(told: Told, match: re.Match[str]) -> None:
    """Some equilibrium leads to the play where the conditions hold, and, if "exactly",
    nowhere else, at points drawn of the whole box and near the values."""
    tests, met = (
        _tests(
            told,
            _listed(told, match["play"])
            if "conditions listed" in match["when"]
            else match["when"],
        ),
        0,
    )
    for at in [
        *told.drawn(5 * SOME, told.free),
        *told.box(Fraction(1, 10)),
        *told.box(Fraction(1, 3)),
    ]:
        holds, there = (
            _holds(told, tests, at),
            any(leads(match["play"], one) for one in told.solution(at)),
        )
        met += holds
        assert there == holds or (there and not match["exactly"]), (
            f"at {', '.join(f'{n} = {v}' for n, v in at.items())}"
        )
    assert met, "the conditions hold at no point drawn"


def whatever(told: Told, match: re.Match[str]) -> None:
    assert all(
        any(leads(match["play"], one) for one in told.solution(at))
        for at in told.drawn(SOME, told.free)
    )


def ends_within(told: Told, match: re.Match[str]) -> None:
    """Within the box around the values some equilibrium leads to the play of the sentence
    before it; a little beyond, where one of its conditions fails first, none does."""
    before, size = told.last(STAYS), _percent(match["size"])
    play = before["a"] or before["b"]

    def there(at: Mapping[str, Fraction]) -> bool:
        return any(leads(play, one) for one in told.solution(at))

    assert all(there(at) for at in told.box(size * Fraction(999, 1000))), (
        "it ends within the box"
    )
    stated = re.search(r"as long as (.+?)(?:; .+)?\.$", before[0])
    when = (
        _listed(told, play)
        if stated is None or "conditions listed" in stated[1]
        else stated[1]
    )
    slopes = [
        {s.name: one.lts.coeff(s) - one.gts.coeff(s) for s in one.free_symbols}
        for one in _tests(told, when)
    ]
    step = size * Fraction(1001, 1000)
    corners = [
        {
            n: told.base[n] + (1 if s > 0 else -1) * step * told.width(n)
            for n, s in each.items()
        }
        for each in slopes
    ]
    assert not all(there(told.inside(at)) for at in corners), (
        "it does not end a little beyond the box"
    )


# -- lives of equilibria


def lasts(told: Told, match: re.Match[str]) -> None:
    """Between the value and the end some equilibrium has the play, just beyond none has;
    one of those named follows there, and going back each of them lasts as far as it
    says."""
    name, start, (end, off) = match["p"], told.base[match["p"]], read(match["end"])
    hair, way = told.width(name) / 10**6 + off, 1 if match["way"] == "rises" else -1
    still = " and including " in match[0]

    def there(play: str, value: Fraction) -> bool:
        return any(leads(play, one) for one in told.solution({name: value}))

    for i in range(7):
        assert there(match["play"], start + (end - start) * Fraction(i, 7)), (
            f"not at {i}/7 of the way"
        )
    if not off:
        assert there(match["play"], end) == still, "at the end"
    # the end itself, where the range ends there
    beyond = told.inside({name: end + hair * way})[name]
    assert (beyond == end) == (
        not match["rest"].startswith(("above that", "below that"))
    ), "where the range ends"
    assert not there(match["play"], beyond), f"still at {float(beyond)}"
    following = re.findall(
        (
            rf"\(({PLAY})\), which on the way back remains one (?:to|down to|up to) (the "
            rf"end of the range|{NUMBER})"
        ),
        match["rest"],
    )
    assert following or "there is no other " in match["rest"], "what follows was not read"
    assert following or not len(told.solution({name: beyond})), (
        "there is another equilibrium"
    )
    for play, back in following:
        assert there(play, beyond), f"({play}) is not there beyond the end"
        far = told.between(name, Fraction(way < 0)) if "range" in back else read(back)[0]
        for i in range(1, 7):
            assert there(play, beyond + (far - beyond) * Fraction(i, 7)), (
                f"({play}) is not there on the way back"
            )
        past = far - way * (
            told.width(name) / 10**6 + (0 if "range" in back else read(back)[1])
        )
        assert told.inside({name: past}) != {name: past} or not there(play, past), (
            f"({play}) lasts further back"
        )


def none_vanishes(told: Told, match: re.Match[str]) -> None:
    assert not _vanishing(told)[1]


def more_ends(told: Told, match: re.Match[str]) -> None:
    """So many ends, less the five that are said, are found along a grid of each range."""
    _, found = _vanishing(told)
    assert found == 5 + int(match["n"]), f"{found} ends in all"


def whole_range(told: Told, match: re.Match[str]) -> None:
    """So many equilibria and assumptions, along which they last at each value of a grid."""
    lasting, _ = _vanishing(told)
    assert lasting == int(match["n"]), f"{lasting} do"


def _vanishing(told: Told) -> tuple[int, int]:
    """How many pairs of an equilibrium and an assumption last over its whole range, and how
    many ends the others have."""
    whole = ends = 0
    for name in told.model.parameters:
        if told.width(name) and name not in told.question.at:
            line = [
                (at[name] > told.base[name], _courses(told, at))
                for at in told.along(name, 2 * FEW)
                if at[name] != told.base[name]
            ]
            for course in _courses(told, {}):
                sides = {up for up, found in line if course not in found}
                ends += len(sides)
                whole += not sides
    return whole, ends


def _courses(told: Told, at: Mapping[str, Any]) -> set[frozenset[Any]]:
    """What is played in each equilibrium, whatever chance does and however likely it is."""
    return {frozenset(one.plays) for one in told.solution(at)}


S = "(?P<size>(?:about )?[\\d.]+ %(?: \\([^()]+\\))?)"
KINDS = [
    (("radius",), (rf"Moves by (?:less than|at most) {S} of the range of each parameter"
        r"(?: that is not held)? cannot change it; .+"), box_keeps),
    (("radius", "flip"), NEAREST, nearest_change),
    (("radius",), rf"It then is: (?:possible but not sure, )?(?P<v>{V})\.", then_it_is),
    (("radius", "flip"), r"The change comes right beside that point, not at it\.", just_beyond),
    (("radius", "flip"), r"There (?P<list>.+ switch(?:es)? from .+)\.", who_turns),
    (("radius",), r"No move(?: of .+)? within the ranges can change it\.", never_changes),
    (("flip",), rf"No change(?: of .+)? within the ranges brings .+ about in every {EACH}\.", no_flip),
    (("flip",), r"It does so without any change\.", without_change),
    (("flip",), (rf"Any cost above (?P<cost>{NUMBER}) is enough for a change.+; that cost itself is "
        r"not\. \(.+\)"), cheapest),
    (("flip",), (rf"No change(?: of .+)? that costs less than (?P<cost>{NUMBER}) brings .+ about "
        rf"in every {EACH}; one of (?P<more>{NUMBER}), or just beyond, does\. .+"), cheapest),
    (("flip",), (rf"The cheapest change(?: of .+)? that brings .+ about in every {EACH} costs "
        rf"(?P<cost>{NUMBER})(?:, or arbitrarily little more)?\. \(.+\)"), cheapest),
    (("conditions",), (rf"(?:Some {EACH} leads to )?\((?P<play>{PLAY})\) (?:remains an? {EACH} "
        r")?(?P<exactly>exactly )?as long as (?P<when>[^:;]+?)(?:; .+)?\."), condition),
    (("conditions",), (rf"(?:Some {EACH} leads to )?\((?P<play>{PLAY})\) (?:remains an? {EACH} )?wherever "
        r"the assumptions move within their ranges\."), whatever),
    (("conditions",), (rf"Moves by (?:less than|at most) {S} of the range of each parameter"
        r"(?: that is not held)? cannot end it; .+ can\."), ends_within),
    (("tipping",), (rf"As (?P<p>\w+) (?P<way>rises|falls) from {NUMBER}, \((?P<play>{PLAY})\) remains "
        rf"an equilibrium (?:up|down) to (?:and|but not) including (?P<end>{NUMBER}); "
        r"(?P<rest>(?:above that|below that|at ).+)\."), lasts),
    (("tipping",), r"Along no assumption alone does .+ vanish\.", none_vanishes),
    (("tipping",), r"(?P<n>\d+) more ends? (?:is|are) in the table\.", more_ends),
    (("tipping",), r"(?P<n>\d+) more lasts? over the whole range of (?:its|their) parameter\.", whole_range),
]  # fmt: skip
