"""One parameter raised, or moved to its ends: the outcome and the payoffs there solved
anew."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from tests.report.solved_anew._reading import NUMBER, SPAN, about, listed, read
from tests.report.solved_anew._told import FEW, Told

__all__ = ["KINDS"]

RANK = {"no": 0, "some": 1, "every": 2}


def _ways(told: Told, name: str, steps: int = FEW) -> set[int]:
    """1 if raising a parameter somewhere makes the outcome more likely, -1 if less, on a
    grid of its range: by its least and greatest probability where chance moves, else by the
    verdict; where there is no equilibrium it is passed over."""
    chance = bool(getattr(told.model.form, "chance", ()))
    found: list[tuple[Any, ...]] = [
        told.likely(at) if chance else (RANK[told.verdict(at)],)
        for at in told.along(name, steps)
        if told.verdict(at) != "none exists"
    ]
    return {
        (b > a) - (b < a) for before, after in itertools.pairwise(found) for a, b in zip(before, after, strict=True)
    } - {0}  # fmt: skip


def monotone(told: Told, match: re.Match[str]) -> None:
    barred = 1 if match["way"] in ("more", "raises") else -1
    for name in listed(match["names"]):
        assert barred not in _ways(told, name), name


def either(told: Told, match: re.Match[str]) -> None:
    for name in listed(match["names"]):
        assert _ways(told, name, 5 * FEW) == {1, -1}, name


def unmoved(told: Told, match: re.Match[str]) -> None:
    by = told.verdict if "verdict" in match[0] else told.likely
    told.same([at for name in listed(match["names"]) for at in told.along(name)], by=by)


def passed_over(told: Told, match: re.Match[str]) -> None:
    """At some of its values, or at all of them, there is no equilibrium, and one verdict at
    the others."""
    for name in listed(match["names"]):
        found = {told.verdict(at) for at in told.along(name, 4 * FEW)}
        assert "none exists" in found, name
        assert len(found) == (2 if "one verdict" in match[0] else 1), f"{name}: {found}"


def ends(told: Told, match: re.Match[str]) -> None:
    """Those named, and no others, change the verdict or the probability of the outcome at
    that end, or at either."""
    stated = listed(match["names"]) if "names" in match.groupdict() else []
    assert not stated or int(match["count"]) == len(stated)
    sides = (
        [Fraction(int(match["end"] == "highest"))] if stated else [Fraction(0), Fraction(1)]
    )
    places = {
        name: [({name: told.between(name, side)}, None) for side in sides]
        for name in told.model.parameters
    }
    told.exactly(stated, places, by=told.likely)


def _swings(told: Told, who: str) -> Iterator[tuple[str, Fraction]]:
    """By how much moving a parameter to an end of its range moves a player's least or
    greatest payoff."""
    start = told.payoffs(who, {})
    for name in told.model.parameters:
        reached = [
            got
            for i in (0, 1)
            if (got := told.payoffs(who, {name: told.between(name, Fraction(i))})) and start
        ]
        steps = [
            max(abs(min(got) - min(start)), abs(max(got) - max(start))) for got in reached
        ]
        yield name, max(steps, default=Fraction(0))


def moved_farthest(told: Told, match: re.Match[str]) -> None:
    size, off = read(match["size"])
    far = dict(_swings(told, match["who"]))
    most = max(far.values())
    assert abs(most - size) <= off, f"{float(most)}"
    assert set(listed(re.sub(r" and \d+ more$", "", match["names"]))) <= {
        name for name, step in far.items() if step == most
    }


PAYOFFS = (
    r"What (?P<who>.+) gets in .+?, least to greatest, in .+'s own unit; at the values "
    rf"asked about: (?P<now>{SPAN})"
)


def payoffs_now(told: Told, match: re.Match[str]) -> None:
    about(match["now"], told.payoffs(match["who"], {}))


def leave_it(told: Told, match: re.Match[str]) -> None:
    """So many parameters, at either end, leave the payoff of the player of the table above
    as it is."""
    who = told.last(PAYOFFS)["who"]
    about(match["now"], told.payoffs(who, {}))
    still = [name for name, step in _swings(told, who) if not step]
    assert len(still) == int(match["n"]), f"{len(still)} do"


KINDS = [
    (("statics",), r"Never makes .+ (?P<way>more|less) likely, wherever it moves: (?P<names>.+)\.", monotone),
    (("statics",), (r"Never (?P<way>raises|lowers) the verdict on .+, wherever it moves: "
        r"(?P<names>.+)\."), monotone),
    (("statics",), (r"(?:Makes .+ more likely here, less likely there|Raises the verdict on .+ here, "
        r"lowers it there): (?P<names>.+)\."), either),
    (("statics",), r"Never changes (?:whether .+ comes about|the verdict on .+): (?P<names>.+)\.", unmoved),
    (("statics",), (r"There is no .+ (?:at some of its values, and one verdict at the others|wherever "
        r"it moves, so there is nothing to compare): (?P<names>.+)\."), passed_over),
    (("tornado",), (r"Moved alone to its (?P<end>highest|lowest) value, (?P<count>\d+) of \d+ "
        r"changes? that: (?P<names>.+)\."), ends),
    (("tornado",), r"No parameter, moved alone to an end of its range, is found to change that\.", ends),
    (("tornado",), (r"What (?P<who>.+) gets changes most with (?P<names>.+): by "
        rf"(?P<size>{NUMBER}) in .+'s unit\."), moved_farthest),
    (("tornado",), PAYOFFS, payoffs_now),
    (("tornado",), rf"(?P<n>\d+) parameters? leaves? it as it is, (?P<now>{SPAN})\.", leave_it),
]  # fmt: skip
