"""What a sentence of a report claims, held against games solved anew at the values that it
names or implies.

``SOLVED`` and ``COUNTED`` list the kinds of sentences: the sections in which they stand
(none: in any), a pattern, a checker; a kind of an analysis is known among the answers to
questions as well. A checker raises AssertionError where the sentence is not so. Points are
drawn with a fixed seed. ``NAMES`` are kinds that claim nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.report.solved_anew import (
    bound,
    claims,
    concepts,
    counted,
    distances,
    knowing,
    one_at_a_time,
    shares,
    trust,
    verdicts,
    versions,
)
from tests.report.solved_anew._told import Told

__all__ = ["COUNTED", "NAMES", "SOLVED", "Kind", "Told", "reads"]

Kind = tuple[tuple[str, ...], str, Callable[[Told, re.Match[str]], None]]
SOLVED: list[Kind] = [
    kind
    for part in (
        verdicts,
        distances,
        claims,
        one_at_a_time,
        shares,
        bound,
        knowing,
        trust,
        concepts,
        versions,
    )
    for kind in part.KINDS
]
COUNTED: list[Kind] = counted.KINDS
NAMES: list[Kind] = counted.NAMES


def reads(
    kinds: list[Kind], section: str, sentence: str
) -> tuple[Callable[[Told, re.Match[str]], None], re.Match[str]] | None:
    """The checker of the first kind that a sentence is of, and how it was read."""
    for sections, pattern, checker in kinds:
        if (
            not sections
            or section in sections
            or (section == "questions" and kinds is SOLVED)
        ):
            match = re.fullmatch(pattern, sentence)
            if match:
                return checker, match
    return None
