"""The short answer: the verdict, how sure it is, and the assumptions that it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from strategy.assumptions.phrases import steps_in_words
from strategy.completeness import equilibrium, verdict_sentence, verdict_short
from strategy.display import joined, number, percent
from strategy.protocols import Concept
from strategy.report.question import Question
from strategy.report.section import Refused, Section
from strategy.report.sections import region_map, verdicts
from strategy.report.sections.found import SECTIONS
from strategy.sensitivity import Verdict
from strategy.sensitivity.analyses.thresholds_finding import ThresholdsFound
from strategy.sensitivity.analyses.thresholds_rows import Along
from strategy.sensitivity.analyses.thresholds_words import between_words

__all__ = ["SECTION"]

_NEAREST = 3

_LEAD = {
    Verdict.EVERY: "Yes: ",
    Verdict.SOME: "Not for sure: ",
    Verdict.NO: "No: ",
    Verdict.NONE_EXISTS: "No answer: ",
    Verdict.UNKNOWN: "Not settled: ",
}


def find(question: Question) -> tuple[str, ...]:
    """Sentences made from what other sections found.

    Each states only what one of them shows. ``question``: what the report asks.
    """
    said = [
        *_verdicts(question),
        *_merged(question, lambda concept: question.solution(concept).headline.answer),
        *_mixed(question),
        *_merged(question, lambda concept: _played(question, concept)),
    ]
    found = SECTIONS["thresholds"].found(question)
    if isinstance(found, Refused):
        said.append(f"How far the assumptions can move was not found: {found.reason}.")
        return tuple(said)
    by_concept = {each.concept: each for each in found}
    said += _merged(question, lambda concept: _hangs_on(question, by_concept[concept]))
    said += _merged(question, lambda concept: _together(question, by_concept[concept]))
    said += _merged(question, lambda concept: _at_values_tried(by_concept[concept]))
    said += _merged(question, lambda concept: _not_examined(by_concept[concept]))
    return tuple(said)


def _mixed(question: Question) -> Iterable[str]:
    """What mixed play changes, where only pure equilibria were asked about.

    Nothing is said unless all others are known too.
    """
    found = SECTIONS["robustness"].found(question)
    if isinstance(found, Refused):
        return
    asked, *others = found[0].rows
    for one in () if question.model.form.is_tree else others:
        mixed = str(one.concept) == "Nash" and one.chance is not None
        if mixed and (one.verdict, one.chance) != (asked.verdict, asked.chance):
            said = verdict_sentence(
                question.outcome, one.verdict, one.concept, bounds=one.chance
            )
            yield f"With mixed play counted too, {said}."
    yield from _apart_over_ranges(found[0])


def _apart_over_ranges(found: Any) -> Iterable[str]:
    """How often mixed play makes the outcome possible, where that is seen to be more often."""
    mixed = [one for one in found.ranges[1:] if str(one.concept) == "Nash"]
    if any(one.possible.low > found.ranges[0].possible.high for one in mixed):
        yield from found.over_ranges


def _merged(question: Question, say: Callable[[Any], str]) -> list[str]:
    """What is to be said of each concept.

    Said once, without its name, where it is the same for all of them.
    """
    said: dict[str, list[str]] = {}
    for concept in question.concepts:
        said.setdefault(say(concept), []).append(str(concept))
    if len(said) == 1:
        return [text for text in said if text]
    return [f"{text[:-1]} ({'; '.join(names)})." for text, names in said.items() if text]


def _verdicts(question: Question) -> Iterable[str]:
    found = verdicts.SECTION.found(question)
    if isinstance(found, Refused):
        return [f"There is no verdict: {found.reason}."]
    beside = (
        question.model.beside if question.outcome.name == question.model.headline else ()
    )
    said: list[str] = []
    for label in (question.outcome.name, *beside):
        asked = [one for one in found if one.outcome.name == label]
        said += _of_one(question, asked, lead=label == question.outcome.name)
    return said


def _of_one(
    question: Question, asked: list[verdicts.VerdictsFound], lead: bool
) -> Iterable[str]:
    """The verdicts of one outcome, the first with its short answer (``lead``).

    Concepts under which it is the same are named beside it.
    """
    main, *others = asked
    like = [
        one for one in others if (one.verdict, one.bounds) == (main.verdict, main.bounds)
    ]
    at = "at the values assumed, " if question.model.parameters else ""
    same = (
        f"; the same holds {joined([_beside(one.concept, main.concept) for one in like])}"
        if like
        else ""
    )
    first = f"{_LEAD[main.verdict]}{at}{_said(main)}" if lead else _capital(_said(main))
    return [
        f"{first}{same}.",
        *[f"{_capital(_said(one))}." for one in others if one not in like],
    ]


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _said(one: verdicts.VerdictsFound) -> str:
    if one.verdict is Verdict.SOME and one.bounds is None:
        return (
            f"“{one.outcome.name}” is neither certain nor ruled out, judged by each "
            f"{equilibrium(one.concept)} found"
        )
    return verdict_sentence(one.outcome, one.verdict, one.concept, bounds=one.bounds)


def _played(question: Question, concept: Concept) -> str:
    """What is played, where that is one play and its actions have phrases."""
    solution = question.solution(concept)
    plays = {play for one in solution for play in one.plays}
    if not solution.proved or len(plays) != 1:
        return ""
    said = steps_in_words(plays.pop().steps, question.model.phrases)
    return said and f"In it, {said}."


def _beside(concept: Concept, main: Any) -> str:
    """Another concept named beside the main one.

    By what it adds, if it is a refinement of that.
    """
    kind, _, rest = str(concept).partition(", ")
    return rest if rest and kind == str(main) else f"for {concept}"


def _hangs_on(question: Question, found: ThresholdsFound) -> str:
    if not question.solution(found.concept).proved:
        # Thresholds rest on signs of gains, so they may know what a search that was cut
        # short does not.
        return (
            "The thresholds below do not rest on that search."
            if found.moving or found.still
            else ""
        )
    if found.moving:
        shown = "; ".join(_near(one) for one in found.moving[:_NEAREST])
        more = len(found.moving) - _NEAREST
        others = (
            f"; {more} more change{'s' if more == 1 else ''} it further off"
            if more > 0
            else ""
        )
        return (
            f"Moved alone, {'these change' if len(found.moving) > 1 else 'this changes'} "
            f"the verdict soonest: {shown}{others}."
        )
    if found.still:
        examined = (
            "No single assumption"
            if found.settled
            else "None of the assumptions that were examined exactly"
        )
        return f"{examined}, moved alone over its range, changes the verdict."
    return (
        ""
        if found.refused or found.tried
        else "The model has no parameters that could be moved."
    )


def _near(one: Along) -> str:
    assert one.nearest is not None
    assert one.distance is not None
    if one.nearest == one.value:
        return f"{one.label} at {number(one.nearest)}, the very value assumed"
    return (
        f"{one.label} at {number(one.nearest)} (assumed {number(one.value)}, "
        f"{percent(one.distance)} of its range away)"
    )


def _together(question: Question, found: ThresholdsFound) -> str:
    """What two assumptions do together, where none does anything alone."""
    maps = region_map.SECTION.found(question)
    if (
        found.moving
        or isinstance(maps, Refused)
        or not question.solution(found.concept).proved
    ):
        return ""
    one = next(
        (
            one
            for one in maps.maps
            if not isinstance(one, Refused) and one.regions.concept == found.concept
        ),
        None,
    )
    if one is None:
        return ""
    pair = joined(one.labels)
    other = [
        (verdict, share)
        for verdict, share in one.regions.shares().items()
        if verdict is not one.at_values
    ]
    if other:
        said = joined(
            [
                (
                    f"{verdict_short(verdict, found.concept, random=one.chance)} on "
                    f"{percent(share)}"
                )
                for verdict, share in other
            ]
        )
        return f"Moved together, {pair} do change the verdict: {said} of their map."
    if one.lines:
        return (
            f"Moved together, {pair} change the verdict only on isolated lines or points "
            "of their map."
        )
    return f"Moved together over their ranges, {pair} do not change the verdict either."


def _at_values_tried(found: ThresholdsFound) -> str:
    """Where the verdict was seen to change from one value tried to the next.

    It also says where it was not.
    """
    results = [one.result for one in found.tried if one.result is not None]
    if not results:
        return ""
    seen = [
        f"{one.model.label(one.parameter)} ({between_words(*one.changes_seen[0])})"
        for one in results
        if one.changes_seen
    ]
    rest = [one.model.label(one.parameter) for one in results if not one.changes_seen]
    said = (
        [f"moved alone, {joined(seen)} change{'s' if len(seen) == 1 else ''} the verdict"]
        if seen
        else []
    )
    said += [f"no change was seen along {joined(rest)}"] if rest else []
    return f"At the values tried, between which nothing is settled: {'; '.join(said)}."


def _not_examined(found: ThresholdsFound) -> str:
    names = joined([one.label for one in found.refused])
    return (
        f"Not examined: {names}; the reason is given with the thresholds." if names else ""
    )


def data(found: tuple[str, ...]) -> list[str]:
    """What was ``found``, as plain data."""
    return list(found)


SECTION = Section(
    key="answer", title="The question and the short answer", find=find, data=data
)
