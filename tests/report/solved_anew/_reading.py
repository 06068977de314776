"""How sentences of reports write verdicts, lists, numbers and intervals, and how they are
read again."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Any

from scipy.stats import binomtest

from tests.report.test_short_answer import NUMBER, read as read_number

__all__ = [
    "BARE",
    "EACH",
    "NAMED",
    "NUMBER",
    "PLAY",
    "SPAN",
    "V",
    "about",
    "fits",
    "label",
    "listed",
    "read",
    "span",
    "within",
]

NAMED = r"[\w ,()-]+?"
"""A solution concept by name."""
EACH = r"[\w ,()-]+? equilibrium(?: without weakly dominated actions| at lambda = [\d.]+)?"
"""An equilibrium of a concept that is named."""
V = (
    rf"(?:in every {EACH}|in no {EACH}|in some, not in every {EACH}|in at least one {EACH}"
    rf"|possible but not sure in {EACH}|possibly, not certainly, in an? {EACH}"
    rf"|with probability (?:about )?(?:between )?{NUMBER}(?: and {NUMBER})?(?: in every "
    rf"{EACH}| over the [\w ,()-]+? equilibria(?: without weakly dominated "
    r"actions)?)?(?: "
    r"found)?"
    rf"|there is no {EACH}|no {EACH} exists|not settled|that is not settled)"
)
"""A verdict in the words that reports have for it."""
BARE = (
    r"in (?:every|no|some, not in every) (?:equilibrium|rationalizable play)|possible but "
    r"not sure"
)
"""The same where the concept stands before it in the sentence."""
PLAY = r"(?:[^()]|\((?:[^()]|\([^()]*\))*\))+"
"""What stands in brackets for a play, and may have brackets of its own."""
SPAN = rf"−?{NUMBER}(?: to −?{NUMBER})?"


def read(text: str) -> tuple[Fraction, Fraction]:
    """A number and how far it may be off; what stands in brackets behind an exact one is
    the same number, rounded."""
    rounded = re.search(r"\(([\d.-]+)\)", text)
    if rounded:
        exact = Fraction(text.removeprefix("about ").split(" (")[0])
        assert abs(exact - Fraction(rounded[1])) <= abs(exact) / 1000, (
            f"{text}: {float(exact)}"
        )
    return read_number(text)


def listed(text: str) -> list[str]:
    """Names from "a, b and c"."""
    return re.split(r", | and ", text)


def span(text: str) -> tuple[tuple[Fraction, Fraction], Fraction]:
    """The least and the greatest from "1" or "1 to 2", and how far either may be off."""
    ends = [read(one.replace("−", "-").strip()) for one in text.split(" to ")]
    return (ends[0][0], ends[-1][0]), max(off for _, off in ends)


def about(text: str, found: Sequence[Any]) -> None:
    """That the least and the greatest of these are what a text says."""
    (low, high), off = span(text)
    assert found, f"{text}: there is none"
    off += Fraction(1, 10**6) if any(not isinstance(one, Fraction) for one in found) else 0
    least, greatest = (
        Fraction(float(one)) if not isinstance(one, Fraction) else one
        for one in (min(found), max(found))
    )
    assert abs(least - low) <= off, f"{text}: the least is {least}"
    assert abs(greatest - high) <= off, f"{text}: the greatest is {greatest}"


def within(
    text: str, value: float, error: float, scale: float = 1, samples: int = 0
) -> None:
    """That an estimate "0.5 (0.4 to 0.6)" takes in a value found otherwise, which may be
    off by so much, as the interval may; that the interval lies about the number, or, given
    the ``samples``, that it is the exact binomial one."""
    number, low, high = (float(one) / scale for one in re.findall(r"-?\d[\d.]*", text)[:3])
    assert low <= number <= high <= 1.0000001, (
        f"{text}: the number is not in its interval, or that not below 1"
    )
    digit = (
        max(10.0 ** -len(one.partition(".")[2]) for one in re.findall(r"\d[\d.]*", text))
        / scale
    )
    if samples:
        ends = [
            (one.low, one.high)
            for k in (number - digit, number + digit)
            for one in [_exact(k, samples)]
        ]
        assert ends[0][0] - digit <= low <= ends[1][0] + digit, (
            f"{text}: not the exact interval of {samples} samples"
        )
        assert ends[0][1] - digit <= high <= ends[1][1] + digit, (
            f"{text}: not the exact interval of {samples} samples"
        )
    elif high < 1 and low > 0:
        assert (
            max(high - number, number - low)
            <= 2 * min(high - number, number - low) + 2 * digit
        ), f"{text}: the interval is askew"
    off = 4 * error + (high - low) / 2
    assert low - off <= value <= high + off, (
        f"{text}: {value:.4f} by another sample, {error:.4f} its standard error"
    )


def _exact(share: float, samples: int) -> Any:
    return binomtest(min(max(round(share * samples), 0), samples), samples).proportion_ci(
        0.95, "exact"
    )


def label(words: str) -> str:
    """The verdict that words state."""
    starts = {
        "there is no ": "none exists",
        "no ": "none exists",
        "in every": "every",
        "in no": "no",
    }
    return next(
        (found for start, found in starts.items() if words.startswith(start)), "some"
    )


def fits(words: str, found: Collection[Any]) -> None:
    """That a verdict in words is what these probabilities, one an equilibrium, come to."""
    seen = set(found)
    stated = re.search(
        rf"with probability (?:about )?(?:between )?({NUMBER})(?: and ({NUMBER}))?", words
    )
    if stated:
        about(" to ".join(filter(None, stated.groups())), list(found))
    elif words.startswith("in every"):
        assert seen == {1}, f"{words}: probabilities {sorted(seen)}"
    elif words.startswith("in no"):
        assert seen == {0}, f"{words}: probabilities {sorted(seen)}"
    elif words.startswith("in some"):
        assert len(found) > 1, (
            f"{words}: there is one equilibrium, with probability {found}"
        )
        assert {0, 1} <= seen, f"{words}: probabilities {sorted(seen)}"
    elif words.startswith("poss"):
        assert seen, words
        assert seen not in ({0}, {1}), f"{words}: probabilities {sorted(seen)}"
    elif words.startswith(("there is no ", "no ")):
        assert not found, f"{words}: there are {len(found)}"
    else:
        raise AssertionError(f"{words}: nothing is claimed that could be checked")
