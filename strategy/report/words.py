"""Sentences made from results alone: nothing here knows a model, so nothing here can be false of one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from strategy.algebraic import Point
from strategy.display import joined, number
from strategy.forms.extensive import ExtensiveFormGame
from strategy.results import Solution, Status
from strategy.sensitivity import Verdict
from strategy.sensitivity._tried import stretches
from strategy.sensitivity.threshold import tried_words

if TYPE_CHECKING:
    from strategy.sensitivity import Thresholds

__all__ = [
    "Run",
    "along",
    "answers",
    "at_values_tried",
    "between_words",
    "equilibria",
    "equilibria_found",
    "equilibrium",
    "holds",
    "holds_short",
    "probability_words",
    "runs",
    "solution_words",
    "verdict_words",
    "when",
]


def equilibrium(concept: Any) -> str:
    """What one equilibrium is called: "pure Nash equilibrium without weakly dominated actions"."""
    kind, _, rest = str(concept).partition(", ")
    return f"{kind} equilibrium {rest}".strip()


def equilibria(concept: Any, count: int) -> str:
    """So many equilibria: "1 pure Nash equilibrium", "3 pure Nash equilibria without weakly dominated actions"."""
    kind, _, rest = str(concept).partition(", ")
    return f"{count or 'no'} {kind} equilibri{'um' if count == 1 else 'a'} {rest}".strip()


def solution_words(solution: Solution) -> str:
    """How many equilibria were found and what is proved of the set."""
    proved = {
        Status.COMPLETE: "proved to be all",
        Status.PARTIAL: "there may be others",
        Status.NONE_EXISTS: f"there is no {equilibrium(solution.concept)}, as is proved",
        Status.STOPPED: "the search was cut short, there may be others",
    }[solution.status]
    if solution.status is Status.NONE_EXISTS:
        return proved
    return f"{equilibria(solution.concept, len(solution))}: {proved}" + (f" ({solution.reason})" if solution.reason else "")


def equilibria_found(solution: Solution) -> str:
    """Whether the equilibria found are all of them, as a sentence."""
    count, tree = len(solution), isinstance(solution.game, ExtensiveFormGame)
    if solution.status is Status.NONE_EXISTS:
        return "This is proved."
    if solution.status is not Status.COMPLETE:
        found = f"{count or 'No'} such equilibri{'um was' if count == 1 else 'a were'} found"
        return f"{found}, and there may be {'others' if count else 'some'}: {solution.reason}."
    if not tree:
        these = "is 1 such equilibrium and no other" if count == 1 else f"are {count:,} such equilibria and no others"
        return f"This is proved: there {these}."
    # Equilibria of a tree are told apart by what happens: many may differ only in what would be done where the play never comes.
    chance = ", up to chance" if solution.game.form.chance else ""
    lead = "lead to one and the same play" if count == 1 else f"lead to {count:,} different plays"
    return f"This is proved: all such equilibria {lead}{chance}."


def answers(outcome: str, verdict: Verdict, concept: Any, bounds: tuple[Point, Point] | None) -> str:
    """A verdict with the probability of the outcome, where it is neither 0 nor 1, as a sentence without its full stop."""
    if verdict is not Verdict.SOME:
        return holds(outcome, verdict, concept)
    if bounds is None:
        return f"“{outcome}” is neither sure nor ruled out, judged by each {equilibrium(concept)} found"
    least, greatest = bounds
    if least == 0 and greatest == 1:
        return f"“{outcome}” comes about in some but not in every {equilibrium(concept)}"
    if least == greatest:
        return f"“{outcome}” comes about with probability {number(least)} in every {equilibrium(concept)}"
    between = f"with probability from {number(least)} to {number(greatest)}"
    return f"“{outcome}” comes about {between}, which depends on the {equilibrium(concept)}"


def holds(outcome: str, verdict: Verdict, concept: Any, chance: bool = False) -> str:
    """A verdict as a whole sentence, without its full stop. ``chance``: whether outcomes may be left to chance."""
    if verdict is Verdict.NONE_EXISTS:
        return f"no {equilibrium(concept)} exists"
    if verdict is Verdict.UNKNOWN:
        return f"it is not settled whether “{outcome}” comes about in every, some or no {equilibrium(concept)}"
    return f"“{outcome}” comes about {_where(verdict, chance)} {equilibrium(concept)}"


def _where(verdict: Verdict, chance: bool) -> str:
    # With chance, SOME also covers an outcome that comes about in each equilibrium with a probability between 0 and 1.
    some = "possibly but not surely in a" if chance else "in some but not surely in every"
    return {Verdict.EVERY: "in every", Verdict.NO: "in no", Verdict.SOME: some}[verdict]


def verdict_words(verdict: Verdict, chance: bool = False) -> str:
    """A verdict as a label."""
    return "possible but not sure" if chance and verdict is Verdict.SOME else verdict.value


def holds_short(verdict: Verdict, chance: bool = False) -> str:
    """A verdict in the words that follow a whole sentence: "in no equilibrium"."""
    if verdict is Verdict.NONE_EXISTS:
        return "no equilibrium exists"
    return "that is not settled" if verdict is Verdict.UNKNOWN else f"{_where(verdict, chance)} equilibrium"


def probability_words(bounds: tuple[Point, Point] | None) -> str:
    """The least and greatest probability of an outcome."""
    if bounds is None:
        return "no equilibrium"
    least, greatest = bounds
    return number(least) if least == greatest else f"{number(least)} to {number(greatest)}"


@attrs.frozen
class Run:
    """A stretch of a parameter's range with one verdict; whether its ends belong to it."""

    verdict: Verdict
    low: Point
    high: Point
    with_low: bool
    with_high: bool

    def contains(self, value: Fraction) -> bool:
        """Whether a value lies in it."""
        above = value > self.low or (self.with_low and value == self.low)
        return above and (value < self.high or (self.with_high and value == self.high))


def runs(result: Thresholds) -> tuple[Run, ...]:
    """The stretches of a parameter's range with one verdict, from below."""
    edges: list[Point] = [result.low, *result.points, result.high]
    corners = [result.at_ends[0], *result.at_points, result.at_ends[1]]
    if result.low == result.high:
        return (Run(corners[0], result.low, result.low, True, True),)
    found = [Run(corners[0], edges[0], edges[0], True, True)]
    for i, piece in enumerate(result.pieces):
        for one in (
            Run(piece, edges[i], edges[i + 1], False, False),
            Run(corners[i + 1], edges[i + 1], edges[i + 1], True, True),
        ):
            if found[-1].verdict is one.verdict:
                found[-1] = attrs.evolve(found[-1], high=one.high, with_high=one.with_high)
            else:
                found.append(one)
    return tuple(found)


def when(run: Run, low: Fraction, high: Fraction) -> str:
    """A stretch in words: "below 2/3", "from 1 up to 3", "at 2/3 exactly"."""
    if run.low == run.high:
        end = "top" if run.low == high else "bottom" if run.low == low else ""
        exactly = " exactly" if isinstance(run.low, Fraction) else ""
        return f"at the {end} of its range, {number(run.low)}" if end else f"at {number(run.low)}{exactly}"
    from_start = run.low == low and run.with_low
    to_end = run.high == high and run.with_high
    if from_start:
        return f"{'up to' if run.with_high else 'below'} {number(run.high)}"
    lower = f"{'from' if run.with_low else 'above'} {number(run.low)}"
    if to_end:
        return lower + (" upwards" if run.with_low else "")
    return f"{lower} {'up to' if run.with_high else 'and below'} {number(run.high)}"


def along(result: Thresholds, found: Sequence[Run]) -> str:
    """Where along its range an assumption lets the outcome come about, as one sentence."""
    first, *rest = [when(run, result.low, result.high) for run in found]
    chance = bool(result.model.form.chance)
    whole = holds(result.outcome, found[0].verdict, result.concept, chance)
    if not rest:
        return f"Over the whole range of {result.parameter}, {number(result.low)} to {number(result.high)}, {whole}."
    parts = [f"While {result.parameter} is {first}, {whole}"]
    parts += [f"{place}, {holds_short(run.verdict, chance)}" for place, run in zip(rest, found[1:], strict=True)]
    return "; ".join(parts) + "."


def at_values_tried(result: Thresholds) -> str:
    """What is known along an assumption of which single values were tried, and between which of them the verdict changes."""
    chance, count = bool(result.model.form.chance), len(result.sampled)
    said: list[str] = []
    for run in stretches(result.sampled):
        place, found = tried_words([value for value, _ in run]), run[0][1]
        said.append(f"{place} {holds_short(found, chance) if said else holds(result.outcome, found, result.concept, chance)}")
    text = f"Along {result.parameter} {count} values were tried, and between them nothing is settled: {'; '.join(said)}."
    if not result.changes_seen:
        return text
    return f"{text} So the verdict changes somewhere {joined([between_words(*pair) for pair in result.changes_seen])}."


def between_words(low: Fraction, high: Fraction) -> str:
    """Two values tried between which something changes."""
    return f"between {number(low)} and {number(high)}"
