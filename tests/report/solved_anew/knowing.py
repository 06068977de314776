"""What is played if an assumption is revealed before play: each value's game, and that of
one player who alone knows, written out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from strategy import Status, solve
from tests.report.solved_anew._reading import NUMBER, SPAN, V, fits, listed, read, span
from tests.report.solved_anew._told import Told
from tests.report.solved_anew.bound import written_out

__all__ = ["KINDS"]

Span = tuple[Any, Any]


@attrs.frozen
class Known:
    """What each player expects, and how probable the outcome is, least and greatest over
    the equilibria; nothing if there is none."""

    payoffs: Mapping[str, Span]
    chance: Span | None


def _values(told: Told) -> tuple[str, list[tuple[Fraction, Fraction]]]:
    """The assumption and its values with their probabilities, as the heading has them."""
    match = re.match(r"What knowing (\w+) is worth in ", told.heading)
    assert match, told.heading
    found = re.findall(rf"({NUMBER}) \(probability ({NUMBER})\)", told.heading)
    values = [(read(value)[0], read(weight)[0]) for value, weight in found]
    assert sum(weight for _, weight in values) == 1
    assert sum(value * weight for value, weight in values) == told.base[match[1]], (
        "the mean is not the value assumed"
    )
    return match[1], values


def values(told: Told, match: re.Match[str]) -> None:
    _values(told)


def _over(told: Told, solution: Any) -> Known:
    assert solution.status in (Status.COMPLETE, Status.NONE_EXISTS)
    if not len(solution):
        return Known({}, None)
    pays = {who: [one.payoffs[who] for one in solution] for who in told.model.players}
    chances = told.chances(solution)
    return Known(
        {who: (min(row), max(row)) for who, row in pays.items()},
        (min(chances), max(chances)),
    )


_found: dict[Any, Known] = {}


def _known_to(told: Told, who: str) -> Known:
    """What follows if nobody, everybody, or one player knows the value; kept, as several
    sentences are about it."""
    place = (id(told.game()), told.heading, told.concept, who)
    if place not in _found:
        _found[place] = _worked_out(told, who)
    return _found[place]


def _worked_out(told: Told, who: str) -> Known:
    name, values = _values(told)
    games = [(weight, told.game({name: value})) for value, weight in values]
    if who == "all":
        parts = [(weight, _over(told, solve(game, told.concept))) for weight, game in games]
        if any(one.chance is None for _, one in parts):
            return Known({}, None)
        spans = {
            each: _mean([(w, one.payoffs[each]) for w, one in parts])
            for each in told.model.players
        }
        return Known(
            spans, _mean([(w, one.chance) for w, one in parts if one.chance is not None])
        )
    if not hasattr(told.model.form, "shape"):
        assert who == "nobody"
        _affine(told, name)
        return _over(told, solve(told.game(), told.concept))
    actions = {each: tuple(games[0][1].actions[each]) for each in told.model.players}
    plans = {
        " / ".join(plan): plan
        for plan in itertools.product(actions.get(who, ()), repeat=len(games))
    }

    def at(play: Mapping[str, str], k: int) -> dict[str, str]:
        return {**play, who: plans[play[who]][k]} if who in actions else dict(play)

    game = written_out(
        {each: tuple(plans) if each == who else own for each, own in actions.items()},
        lambda each, play: sum(
            weight * game.payoff(each, at(play, k))
            for k, (weight, game) in enumerate(games)
        ),
    )
    solution = solve(game, told.concept)
    found = _over(told, solution) if who not in actions else None
    if found is not None:
        return found
    assert solution.status in (Status.COMPLETE, Status.NONE_EXISTS)
    chances = [
        sum(
            p * w
            for play, p in one.plays.items()
            for k, (w, _) in enumerate(games)
            if told.outcome.holds(at(_done(play), k))
        )
        for one in solution
    ]
    pays = {each: [one.payoffs[each] for one in solution] for each in actions}
    return Known(
        {e: (min(row), max(row)) for e, row in pays.items() if row},
        (min(chances), max(chances)) if chances else None,
    )


def _done(play: Any) -> dict[str, str]:
    return {who: what for who, _, what in play.steps}


def _mean(parts: list[tuple[Fraction, Span]]) -> Span:
    low, high = (sum(weight * ends[i] for weight, ends in parts) for i in (0, 1))
    return low, high


def _affine(told: Told, name: str) -> None:
    """Payoffs are affine in the assumption, so that those expected are those at its mean,
    which is the value assumed."""
    import sympy

    for one in told.model.terms:
        assert sympy.diff(sympy.sympify(one.amount), name, 2) == 0, one


def unknown(told: Told, match: re.Match[str]) -> None:
    _stated(match["v"], _known_to(told, "nobody"))


def known(told: Told, match: re.Match[str]) -> None:
    _stated(match["v"], _known_to(told, match["who"]))


def _stated(words: str, found: Known) -> None:
    chance = found.chance
    fits(
        words,
        []
        if chance is None
        else [chance[0]]
        if chance[0] == chance[1] == 0 or chance[0] == 1
        else list(chance),
    )


def effect(told: Told, match: re.Match[str]) -> None:
    """What a player expects before and after, and that it surely gains, surely loses, or
    neither."""
    who, before, after = (
        match["who"],
        _known_to(told, "nobody").payoffs,
        _known_to(told, match["to"]).payoffs,
    )
    for stated, found in ((match["after"], after[who]), (match["before"], before[who])):
        (low, high), off = span(stated)
        assert max(abs(low - found[0]), abs(high - found[1])) <= off, f"{stated}: {found}"
    assert before[who] != after[who]
    least, most = after[who][0] - before[who][1], after[who][1] - before[who][0]
    words = {"gains": least > 0, "loses": most < 0}
    words |= {
        "may gain, and does not lose": least == 0,
        "may lose, and does not gain": most == 0,
    }
    assert words.get(match["does"], least < 0 < most), (
        f"{before[who]} before, {after[who]} after"
    )


def as_before(told: Told, match: re.Match[str]) -> None:
    """The same is least and greatest, and these differ, so that which equilibrium is played
    matters."""
    before, after = (
        _known_to(told, who).payoffs[match["who"]] for who in ("nobody", match["to"])
    )
    (low, high), off = span(match["after"])
    assert before == after, f"{before} before, {after} after"
    assert max(abs(low - after[0]), abs(high - after[1])) <= off, f"{after}"
    assert low < high


def paid_the_same(told: Told, match: re.Match[str]) -> None:
    before, after = _known_to(told, "nobody").payoffs, _known_to(told, match["to"]).payoffs
    assert all(
        before[who] == after[who] == before[who][::-1] for who in listed(match["names"])
    )


def nothing_to_compare(told: Told, match: re.Match[str]) -> None:
    assert None in (_known_to(told, "nobody").chance, _known_to(told, match["to"]).chance)


DOES = (
    "gains|loses|may gain or lose(?=,)|may gain, and does not lose(?=,)|may lose, and "
    "does not gain(?=,)"
)
KINDS = [
    (("information",), rf"What knowing \w+ is worth in .+, {NUMBER} \(probability .+", values),
    (("information",), rf"Unknown to all, (?:.+ (?:comes about|is) )?(?P<v>{V})\.", unknown),
    (("information",), (rf"Known to (?P<to>.+?): (?P<who>.+?) (?P<does>{DOES})(?:, depending on the equilibrium)?: (?P<after>{SPAN}) instead of (?P<before>{SPAN})\."), effect),
    (("information",), (rf"Known to (?P<to>.+?): (?P<who>.+?) gets (?P<after>{SPAN}), as before: it depends on the equilibrium\."), as_before),
    (("information",), r"Known to (?P<to>.+?): (?P<names>.+) (?:is|are) paid the same as before\.", paid_the_same),
    (("information",), r"Known to (?P<to>.+?): a game without .+, so there is nothing to compare\.", nothing_to_compare),
    (("information",), rf"Known to (?P<who>[^:]+?), (?:'.+' (?:comes about|is) )?(?P<v>{V})\.", known),
]  # fmt: skip
