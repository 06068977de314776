"""The claims of the essay with their readings.

What is checked, whose reading it is, and what comes out, at the baselines and over the ranges.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from strategy import Model
from strategy.assumptions import Check, Monotone, Payoff, Prefers
from strategy.checking import Result, rule

LETTERS = {
    Result.PROVED: "P",
    Result.NOT_REFUTED: "N",
    Result.REFUTED: "R",
    Result.NOT_STATED: ".",
}

# What of a reading the essay does not say, by claim and by what the check is.
OURS = {
    ("C1", "Monotone"): "that standing aside costs Türkiye, or that this weighs on others",
    ("C1", "Monotone of a verdict"): "that the pledge deters, and that it shows in what is "
    "played",
    ("C1", "Threshold"): "that there is a least pledge: the text speaks of no amount",
    (
        "C2",
        "Occurs",
    ): "that it balances whatever else holds, and does not lean on Türkiye then: the text says "
    "that it seeks to balance, and has it do both",
    ("C3", "Monotone"): "that displacing that influence is a gain",
    ("C3", "Monotone of a verdict"): "that it shows in what is played",
    ("C4", "Prefers of Iran"): "that Iran is the test of who loses besides Russia",
    ("C4", "Prefers"): "that every open road counts, on whatever terms it opens",
    ("C5", "Monotone of a verdict"): "that more trade never shuts the road",
    ("C6", "Monotone of a verdict"): "that a stronger hold never opens the road",
    ("C7", "Occurs"): "that a Russia without attention never obstructs",
    ("C7", "Threshold"): "that there is one value of attention at which it ends",
    ("C7", "BestReply"): "that obstructing never pays a Russia without attention",
    ("C8", "Monotone"): "that neighbours give a guarantee whenever Iran takes one",
    (
        "C8",
        "Prefers of Iran",
    ): "that the whole threat is enough, whatever the road costs it",
    ("C8", "Occurs"): "that the whole threat is enough",
    ("C8", "Threshold"): "that there is one value of the threat at which it ends",
    ("C8", "BestReply"): "that obstructing never pays an Iran under the whole threat",
    ("C11", "Monotone of a verdict"): "that more of it never keeps Armenia from opening",
    ("C13", "Complements"): "that the corridor and the ties add to each other",
    ("C13", "Monotone of a verdict"): "that stronger ties never shut the road",
    (
        "C14",
        "Occurs",
    ): "that inevitable means whatever the numbers within their ranges, that "
    "integrating means leaning on Türkiye, and that the corridor is as inevitable as the rest",
    ("C14", "Prefers"): "that a capped integration is one that pays less",
}


class Reading(NamedTuple):
    """One reading of a claim.

    Its words, what of it is ours, and its results by model, at the baselines and over the
    ranges.
    """

    claim: str
    reading: str
    ours: str
    results: dict[str, str]


def rows(models: Iterable[Model]) -> Iterator[Reading]:
    """Every reading of every claim, in the order of the claims.

    The same reading in several models is one row.
    """
    found: dict[tuple[str, str], Reading] = {}
    order: dict[str, None] = {}
    for model in models:
        for label, claim in model.claims.items():
            order.setdefault(label)
            for check in claim.checks:
                words = check.words(label=model.label)
                key = label, words
                row = found.setdefault(key, Reading(label, words, ours(label, check), {}))
                row.results[model.name] = f"{at_baseline(check, model)}{over(check, model)}"
    for label in sorted(order, key=lambda one: int(one[1:])):
        yield from (row for (claim, _), row in found.items() if claim == label)


def over(check: Check, model: Model) -> str:
    """The result over the whole ranges, as a letter."""
    return LETTERS[rule(check, model).result]


def at_baseline(check: Check, model: Model) -> str:
    """The result with everything at its baseline but the parameter that the check moves."""
    moving = getattr(check, "parameter", None)
    fixed = {
        label: one.baseline for label, one in model.parameters.items() if label != moving
    }
    return LETTERS[rule(check, model, at=fixed).result]


def ours(claim: str, check: Check) -> str:
    """What of a reading the essay does not say."""
    kind = type(check).__name__
    if isinstance(check, Monotone) and not isinstance(check.of, Payoff):
        kind = "Monotone of a verdict"
    if isinstance(check, Prefers) and check.players == ("Iran",):
        kind = "Prefers of Iran"
    return OURS.get((claim, kind), "")
