"""Verdicts of all outcomes at a place and along a line, exact: candidates for a change are
the zeros of the differences of payoffs, and each is solved at, and between."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from tests.games.by_hand._equilibria import Found, Table, Tree
from tests.games.by_hand._situation import Situation, Worth

Verdict = str
"""EVERY, SOME, NO or NONE_EXISTS."""


def verdicts(one: Situation, found: Found) -> dict[str, Verdict]:
    """Whether each outcome holds in every equilibrium, in some, in none, or there is no
    equilibrium."""
    return {
        outcome: _verdict({happens[play] for play in found})
        for outcome, happens in one.happens.items()
    }


def _verdict(seen: set[bool]) -> Verdict:
    if not seen:
        return "NONE_EXISTS"
    return "SOME" if len(seen) == 2 else "EVERY" if True in seen else "NO"


@dataclass(frozen=True)
class Course:
    """How a verdict goes along a line: where it changes, on the pieces between, at these
    points and at the two ends."""

    points: tuple[Fraction, ...]
    pieces: tuple[Verdict, ...]
    at_points: tuple[Verdict, ...]
    at_ends: tuple[Verdict, Verdict]


def candidates(
    one: Situation, rules: Table | Tree, low: Fraction, high: Fraction
) -> list[Fraction]:
    """Where two plays between which a player chooses pay the same, inside the range."""
    found = set()
    for player, lines in one.pays.items():
        pairs = {(lines[i], lines[k]) for i, k in rules.rivals(player)}
        for gap in {a - b for a, b in pairs}:
            if gap.slope:
                found.add(-gap.start / gap.slope)
    return sorted(x for x in found if low < x < high)


def courses(
    one: Situation,
    rules: Table | Tree,
    equilibria: Callable[[Worth], Found],
    low: Fraction,
    high: Fraction,
) -> dict[str, Course]:
    """For each outcome its course from the low end of a range to the high end."""
    zeros = candidates(one, rules, low, high)
    places = [low]
    for left, right in itertools.pairwise([low, *zeros, high]):
        places += [(left + right) / 2, right]
    seen = [verdicts(one, equilibria(one.worth(x))) for x in places]
    return {
        outcome: _course(zeros, [found[outcome] for found in seen])
        for outcome in one.happens
    }


def _course(zeros: list[Fraction], seen: list[Verdict]) -> Course:
    """``seen``: at the low end, on the first piece, at the first zero, ..., at the high
    end."""
    points, pieces, at_points = [], [seen[1]], []
    for zero, here, after in zip(zeros, seen[2::2], seen[3::2], strict=False):
        if not pieces[-1] == here == after:
            points.append(zero)
            at_points.append(here)
            pieces.append(after)
    return Course(tuple(points), tuple(pieces), tuple(at_points), (seen[0], seen[-1]))
