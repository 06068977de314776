"""Counted from the model, its checks, the game or a solution; and sentences that name
things and claim nothing."""

from __future__ import annotations

import functools
import re
from typing import Any

from strategy import Model, Status
from strategy.report.question import Question
from strategy.report.sections import ALL as SECTIONS
from strategy.sensitivity.analyses.catalogue import ALL as ANALYSES
from strategy.sensitivity.analyses.map import mapped
from tests.report.solved_anew._reading import NUMBER, V, listed, read
from tests.report.solved_anew._told import Told

__all__ = ["KINDS", "NAMES"]


def equilibria(told: Told, match: re.Match[str]) -> None:
    words = match[0].split(":")[0].split(" by what")[0].replace("equilibria", "equilibrium")
    concepts = [one for one in told.question.concepts if words.endswith(_called(one))]
    assert concepts, "no concept is named so"
    solution = told.solution({}, concepts[-1])
    assert (solution.status, len(solution)) == (Status.COMPLETE, int(match["count"]))


def _called(concept: Any) -> str:
    kind, _, rest = str(concept).partition(", ")
    return f"{kind} equilibrium {rest}".strip()


def ways_to_play(told: Told, match: re.Match[str]) -> None:
    assert len(list(told.model.form.plays())) == int(match["count"].replace(",", ""))


def payoff_shown(told: Told, match: re.Match[str]) -> None:
    value, off = read(match["value"].replace("−", "-"))
    found = [
        one.payoffs[match["who"]]
        for concept in told.question.concepts
        for one in told.solution({}, concept)
    ]
    assert any(abs(got - value) <= off for got in found)


def terms(told: Told, match: re.Match[str]) -> None:
    assert len(told.model.terms) == int(match["count"])


def held(told: Told, match: re.Match[str]) -> None:
    """What is held is what probabilities of chance depend on, at the values asked about."""
    stated = {
        name: read(value)
        for name, value in re.findall(rf"(\w+) at ({NUMBER})", match["list"])
    }
    assert set(stated) == told.lawful
    assert all(abs(told.base[name] - value) <= off for name, (value, off) in stated.items())


def asked_to_hold(told: Told, match: re.Match[str]) -> None:
    assert set(listed(match["list"])) <= set(told.question.at)


def readings(told: Told, match: re.Match[str]) -> None:
    assert match[0] == " ".join(_checked(told.model).sentences)


def reading(told: Told, match: re.Match[str]) -> None:
    """A check with its result, as the claims checked anew have it."""
    assert any(match[0] in one.said for one in _checked(told.model).claims)


@functools.cache
def _checked(model: Model) -> Any:
    from strategy.checking import check

    return check(model)


def map_parts(told: Told, match: re.Match[str]) -> None:
    assert told.question.map is not None
    asked, pair = told.question, told.question.map
    found = [
        mapped(asked.model, concept, asked.outcome, asked.at, *pair)
        for concept in asked.concepts
    ]
    assert int(match["count"]) in {len(one.areas) for one in found}


def the_same(told: Told, match: re.Match[str]) -> None:
    by_name = {str(concept): concept for concept in told.question.concepts}
    function = next(one for one in ANALYSES if one.key == told.section).load()
    one, other = [
        function(told.model, concept, told.outcome.name, at=told.question.at)
        for concept in (told.concept, by_name[match["c"]])
    ]
    assert one.data() == other.data() or one.sentences == other.sentences


def refused(told: Told, match: re.Match[str]) -> None:
    section = next(one for one in SECTIONS if one.key == told.section)
    reason = section.found(
        Question.of(told.model, told.question.at, told.question.outcome.name)
    ).reason
    assert match[0] == f"Not available: {reason}."


def anything(told: Told, match: re.Match[str]) -> None:
    """Names things and claims nothing."""


KINDS = [
    (("equilibria",), r"(?P<count>\d+) .+? equilibri(?:um|a)(?: [\w ()]+)?: proved to be all\.", equilibria),
    (("drawing",), (r"(?:All players choose at once|Moves are made in an order); there are "
        r"(?P<count>[\d,]+) complete ways of playing\."), ways_to_play),
    (("gains",), rf"(?P<who>.+): how its payoff of (?P<value>−?{NUMBER}) comes about", payoff_shown),
    (("assumptions",), r"Terms, of which payoffs are the sums \((?P<count>\d+)\)", terms),
    (("radius", "flip", "conditions"), r"Held, as probabilities of chance depend on (?:it|them): (?P<list>.+)\.", held),
    (("radius", "flip", "conditions"), r"Held fixed, as asked: (?P<list>.+)\.", asked_to_hold),
    (("checks",), r"\d+ claims? with \d+ readings?[:.].*", readings),
    (("checks",), r"(?:PROVED|REFUTED|NOT REFUTED|NOT STATED): .+", reading),
    (("region_map",), r"The map in words: (?P<count>\d+) parts?", map_parts),
    ((), r"The same in every respect as under (?P<c>.+)\.", the_same),
    ((), r"Not available: (?P<reason>.+)\.", refused),
]  # fmt: skip
NAMES = [
    (("questions",), r"(?:strategy .+ · )?the evidence: .+", anything),
    (("thresholds",), V, anything),
    (("answer",), (r"(?:“In every equilibrium” means|Solution concepts used here|An equilibrium is a "
        r"way of playing).+"), anything),
    (("thresholds",), "How “.+” changes along each assumption that changes it", anything),
    (("gains",), r"At the nearest changes of the verdict \(.+\) these deviations bind: .+", anything),
    (("drawing",), r"(?:Payoffs: first to|Bold: what is played|\w.*: .+, ).+", anything),
    (("equilibria",), "A row gathers the strategy profiles that lead to the same play.+", anything),
    (("equilibria", "verdicts"), ".+: what is played, what comes about, what it pays", anything),
    (("reproduce",), (r"(?:Model: .+; outcome asked about: .+|Strategy toolkit [\d.]+(?:\. Equilibria "
        r"are certified.+)?)\.?"), anything),
    (("checks",), "The equilibria there", anything),
    (("checks",), (r"(?:C?\w+(?:, \d+)?: .+|The counter-examples \(\d+\).+|A claim of the text can "
        r"be read in several ways.+|At .+: .+)"), anything),
    ((), r"Just this, on the command line: .+", anything),
    (("radius",), "How far assumptions may move together before .+", anything),
    (("flip",), "The cheapest change after which .+ comes about in (?:every|some) .+", anything),
    (("conditions",), "Under which conditions each equilibrium of .+ remains one, within the ranges, .+", anything),
    (("ablation",), (r"Each claim wrong alone \(.+\)|Two claims wrong together .+: (?:the verdict in a "
        r"word|in which .+)"), anything),
    (("statics",), (r"What raising one parameter does in .+|(?:More likely|The verdict rises): .+|\+ "
        r"never falls, − never rises, 0 never moves, \? does both"), anything),
    (("drivers",), ("Sobol indices and elementary effects of its coming about in .+|Where it comes "
        "about in .+: coverage is how much .+"), anything),
    (("tipping",), ("How long each equilibrium of .+ lasts as one assumption moves, .+|How far each "
        "equilibrium lasts"), anything),
    (("coordination",), ("How sure of one another the players of .+|How sure of the others everyone has to "
        "be .+"), anything),
    (("commitment", "information"), ("(?:Payoffs and the outcome|Expected payoffs), least to greatest over the "
        "equilibria.*"), anything),
    (("commitment",), "What commitment is worth to each player of .+", anything),
    (("ablation",), "'.+' in .+ with claims wrong, .+", anything),
    (("stress",), "'.+' in .+ with assumptions moved together, .+", anything),
    (("stress",), r"The verdict on the way \(.+\)", anything),
    (("blocking",), (r"(?:Share of the samples at which|Who alone, with fewer actions, would bring) "
        r".+|Who stands in the way of .+"), anything),
    (("variants",), r"(?:How '.+' comes about in versions of|What '.+' in .+ owes to how) the model.*", anything),
    (("tornado",), r"The verdict at the ends of each range \(.+\)", anything),
    (("drivers",), r"How often each verdict comes about \(.+\)", anything),
    (("region_map",), (r"The parts of the map, by verdict and by what is played there, the largest first "
        r"\(.+\)"), anything),
    (("tornado",), "'.+' in .+, each parameter moved alone to the ends of its range, .+", anything),
    (("drivers",), "What drives '.+' in .+", anything),
    (("robustness",), "'.+' in .+ under other solution concepts than .+", anything),
    # no time: nothing is said
    (("robustness",), r"Under .+, it is not settled whether the outcome comes about\.", anything),
]  # fmt: skip
"""Headings, captions and conventions."""
