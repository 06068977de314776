"""What a sentence of a report claims, held against games solved anew at the values that it names or implies.

``SOLVED`` and ``COUNTED`` list the kinds of sentences: the sections in which they stand (none: in any), a pattern, a checker. A
checker raises AssertionError where the sentence is not so. Points are drawn with a fixed seed.
"""

# ruff: noqa: E501 - patterns are kept whole

from __future__ import annotations

import functools
import itertools
import random
import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs
import sympy
from sympy.parsing.sympy_parser import implicit_multiplication_application, parse_expr, standard_transformations

from strategy import Model, Parameters, Status, solve
from strategy.completeness import equilibrium, kind
from strategy.concepts import LogitQuantalResponse
from strategy.report.asking import answered
from strategy.report.question import Question
from strategy.report.sections import ALL as SECTIONS
from strategy.report.sections.region_map import mapped
from strategy.sensitivity import radius, regions
from strategy.sensitivity.catalogue import ALL as ANALYSES
from strategy.sensitivity.choices import choices
from tests.report.test_short_answer import NUMBER, read

__all__ = ["COUNTED", "SOLVED", "Told", "anything"]

FEW, SOME, MANY = 12, 40, 400
_kept: dict[Any, tuple[list[Fraction], Model | None]] = {}
RANK = {"no": 0, "some": 1, "every": 2}
EACH = r"[\w ,()-]+? equilibrium(?: without weakly dominated actions| at lambda = [\d.]+)?"
V = (
    rf"(?:in every {EACH}|in no {EACH}|in some, not in every {EACH}|in at least one {EACH}"
    rf"|in some but not (?:surely )?in every {EACH}|possible but not sure in {EACH}|possibly but not surely in an? {EACH}"
    rf"|with probability (?:about )?(?:between )?{NUMBER}(?: and {NUMBER})?(?: in every {EACH}| over the [\w ,()-]+? equilibria(?: without weakly dominated actions)?)?(?: found)?"
    r"|there is no [\w ,()-]+|no [\w ,()-]+ exists|not settled|that is not settled)"
)
BARE = r"in (?:every|no|some, not in every) equilibrium|possible but not sure"
"""The same where the concept stands before it in the sentence."""
"""A verdict in the words that reports have for it."""


@attrs.frozen(eq=False)
class Told:
    """What a sentence is about: the question, the concept of its heading, and the term and heading that it stands under."""

    question: Question
    concept: Any
    section: str
    under: str
    heading: str

    @property
    def model(self) -> Model:
        return self.question.model

    @cached_property
    def base(self) -> dict[str, Fraction]:
        return dict(self.model.parameters.read(self.question.at))

    @property
    def outcome(self) -> Any:
        """That which the heading names in quotes; the one asked about otherwise."""
        named = [
            one for label, one in self.model.outcomes.items() if f"“{label}”" in self.heading or f"{label!r}" in self.heading
        ]
        return named[0] if len(named) == 1 else self.question.outcome

    def solution(self, values: Mapping[str, Any], concept: Any = None, model: Model | None = None) -> Any:
        """The game at these values, over those asked about, solved."""
        given = {label: Fraction(value) for label, value in values.items()}
        return solve((model or self.model).game(at={**self.question.at, **given}), concept or self.concept)

    def probabilities(
        self, values: Mapping[str, Any], concept: Any = None, outcome: Any = None, model: Model | None = None
    ) -> list[Fraction]:
        """That of the outcome in each equilibrium; kept, as many sentences are about the same values."""
        given = {**self.question.at, **values}
        place = (id(model or self.model), concept or self.concept, (outcome or self.outcome).name, tuple(sorted(given.items())))
        if place not in _kept:
            solution = self.solution(values, concept, model)
            assert solution.status in (Status.COMPLETE, Status.NONE_EXISTS), "solved anew, the set is not known to be whole"
            holds = (outcome or self.outcome).holds
            found = [sum((weight for play, weight in one.plays.items() if holds(play)), Fraction(0)) for one in solution]
            _kept[place] = found, model  # the model is kept as well, so that no other gets its identity
        return _kept[place][0]

    def verdict(self, values: Mapping[str, Any], **more: Any) -> str:
        """EVERY, SOME, NO or NONE_EXISTS in lower case."""
        found = set(self.probabilities(values, **more))
        return "none exists" if not found else "every" if found == {1} else "no" if found == {0} else "some"

    def drawn(self, count: int, only: Iterable[str] | None = None) -> list[dict[str, Fraction]]:
        """Points of the range box, the others as asked."""
        luck, names = random.Random(0), list(only if only is not None else self.model.parameters)
        return [
            {name: self.between(name, Fraction(luck.randrange(1, 997), 997)) for name in names if name not in self.question.at}
            for _ in range(count)
        ]

    @property
    def free(self) -> list[str]:
        """The parameters that analyses of distances move: not those given a value, nor probabilities of chance, which are held."""
        laws = [amount for law in getattr(self.model.form, "laws", ()) for amount in law]
        held = {str(symbol) for amount in laws for symbol in getattr(amount, "free_symbols", ())}
        return [name for name in self.model.parameters if name not in self.question.at and name not in held]

    def between(self, name: str, share: Fraction) -> Fraction:
        one = self.model.parameters[name]
        return one.low + (one.high - one.low) * share


def fits(words: str, found: list[Fraction]) -> None:
    """That a verdict in words is what these probabilities, one an equilibrium, come to."""
    seen = set(found)
    numbers = re.search(rf"with probability (between )?({NUMBER})(?: and ({NUMBER}))?", words)
    if numbers:
        low, off = read(numbers[2])
        high = read(numbers[3])[0] if numbers[3] else low
        assert found, f"{words}: there is none"
        assert abs(min(found) - low) <= off + Fraction(1, 10**6), f"{words}: the least is {min(found)}"
        assert abs(max(found) - high) <= off + Fraction(1, 10**6), f"{words}: the greatest is {max(found)}"
    elif words.startswith("in every"):
        assert seen == {1}, f"{words}: probabilities {sorted(seen)}"
    elif words.startswith("in no"):
        assert seen == {0}, f"{words}: probabilities {sorted(seen)}"
    elif words.startswith("in some"):
        assert len(found) > 1, f"{words}: there is one equilibrium, with probability {found}"
        assert {0, 1} <= seen, f"{words}: probabilities {sorted(seen)}"
    elif words.startswith("poss"):
        assert seen, words
        assert seen not in ({0}, {1}), f"{words}: probabilities {sorted(seen)}"
    elif words.startswith(("there is no ", "no ")):
        assert not found, f"{words}: there are {len(found)}"
    else:
        raise AssertionError(f"{words}: nothing is claimed that could be checked")


def verdict_at(told: Told, words: str, values: Mapping[str, Any], **more: Any) -> None:
    concept = more.get("concept") or told.concept
    assert equilibrium(concept) in words or kind(concept) in words, f"{words}: it is not said that this is of {concept}"
    fits(words, told.probabilities(values, **more))


# -- verdicts at values ------------------------------------------------------------------------------------------


def here(told: Told, match: re.Match[str]) -> None:
    verdict_at(told, match["v"], {})


def at_values(told: Told, match: re.Match[str]) -> None:
    values = {name: read(value)[0] for name, value in re.findall(rf"(\w+) = ({NUMBER})", match["at"])}
    assert values, "no values were read"
    verdict_at(told, match["v"], values, outcome=told.model.outcomes[match["o"]])


STRETCH = rf"below {NUMBER}|up to {NUMBER}|above {NUMBER}(?: (?:up to|and below) {NUMBER})?|from {NUMBER}(?: upwards| up to {NUMBER}| and below {NUMBER})|at {NUMBER}(?: exactly)?|at the (?:top|bottom) of its range, {NUMBER}"


def stretch_points(told: Told, name: str, words: str) -> list[Fraction]:
    """Values inside a stretch of a range that words describe, its ends where they belong to it."""
    one = told.model.parameters[name]
    numbers = [read(text) for text in re.findall(NUMBER, words)]
    (first, off), hair = numbers[0], (one.high - one.low) / 10**6
    if words.startswith("at"):
        return [] if off else [first]
    low, high = one.low, one.high
    with_low = with_high = True
    if words.startswith(("below", "up to")):
        high, with_high = first, words.startswith("up to")
    else:
        low, with_low = first, words.startswith("from")
        if len(numbers) > 1:
            high, with_high = numbers[1][0], "up to" in words
    inner = [low + (high - low) * Fraction(i, FEW) for i in range(1, FEW)] + [low + hair + off, high - hair - numbers[-1][1]]
    ends = [
        end for end, there, exact in ((low, with_low, numbers[0][1]), (high, with_high, numbers[-1][1])) if there and not exact
    ]
    return [value for value in [*inner, *ends] if low <= value <= high]


def along(told: Told, match: re.Match[str]) -> None:
    """A parameter's range in stretches: each verdict at values inside each."""
    name, outcome = match["p"], told.model.outcomes[match["o"]]
    parts = [(match["first"], match["v"]), *re.findall(rf"; ({STRETCH}), ({V})", match["rest"])]
    assert len(parts) == 1 + match["rest"].count("; "), "every stretch was read"
    for words, verdict in parts:
        for value in stretch_points(told, name, words):
            verdict_at(told, verdict, {name: value}, outcome=outcome)


def over_the_range(told: Told, match: re.Match[str]) -> None:
    for share in range(FEW + 1):
        verdict_at(
            told,
            match["v"],
            {match["p"]: told.between(match["p"], Fraction(share, FEW))},
            outcome=told.model.outcomes[match["o"]],
        )


def still(told: Told, match: re.Match[str]) -> None:
    concepts = told.question.concepts if "under each" in match[0] else [told.concept]
    for concept in concepts:
        before = told.verdict({}, concept=concept)
        for name in match["names"].split(", "):
            for share in range(FEW + 1):
                assert told.verdict({name: told.between(name, Fraction(share, FEW))}, concept=concept) == before, name


def turns(told: Told, match: re.Match[str]) -> None:
    """At the point the two actions pay the player alike, as what is gained and lost by claims adds up to nothing, and just
    before it is the first that is played, just after it the second, in some equilibrium or best reply."""
    gained = match["sums"] or ""
    sums = {"gains": Fraction(0), "loses": Fraction(0)}
    side = "gains"
    exact = True
    for verb, value in re.findall(rf"(gains|loses)?[ ,]*(?:and )?({NUMBER})(?= on balance| by | outside)", gained):
        side = verb or side
        amount, off = read(value)
        exact = exact and not off and "(" not in value
        sums[side] += amount
    if gained and exact:
        assert sums["gains"] == sums["loses"], f"gains {sums['gains']}, losses {sums['loses']}"
    who, name, before, after = match["who"], match["p"], match["a"], match["b"]
    assert who in told.model.players
    point, off = read(match["at"])
    hair = (told.model.parameters[name].high - told.model.parameters[name].low) / 10**6 + off
    for value, action in ((point - hair, before), (point + hair, after)):
        one = told.model.parameters[name]
        if one.low <= value <= one.high and told.model.form.__class__.__name__ == "ExtensiveForm":
            found = [
                tuple(rows.values())
                for solution in [told.solution({name: value})]
                for each in solution
                for rows in [each.profile.actions[who]]
            ]
            assert any(action in rows for rows in found), f"{who} does not {action} at {float(value)}"


def turn_named(told: Told, match: re.Match[str]) -> None:
    """Who turns, in a cell: an action of the player and another; where and that it turns is in the sentences below the table."""
    assert {match["a"], match["b"]} <= set(told.model.form.actions[match["who"]])


def shares_of_map(told: Told, match: re.Match[str]) -> None:
    """By a grid that hits no line of round numbers: 20 by 20, so within 6 percentage points."""
    shares: dict[str, Fraction] = {}
    for a in range(20):
        for b in range(20):
            at = {
                match["x"]: told.between(match["x"], (a + Fraction(371, 997)) / 20),
                match["y"]: told.between(match["y"], (b + Fraction(619, 997)) / 20),
            }
            verdict = told.verdict(at, outcome=told.model.outcomes[match["o"]])
            shares[verdict] = shares.get(verdict, Fraction(0)) + Fraction(1, 4)
    stated = re.findall(rf"({V}) on (under |over )?(\d+)%", match["shares"])
    assert stated, "no share was read"
    open_ = sum(int(share) for words, _, share in stated if "not settled" in words)
    for words, _, share in stated:
        if "not settled" in words:
            continue
        label = (
            "every"
            if words.startswith("in every")
            else "no"
            if words.startswith("in no")
            else "none exists"
            if "no " in words[:12]
            else "some"
        )
        assert abs(shares.get(label, Fraction(0)) - int(share)) <= 6 + open_, (
            f"{words}: {float(shares.get(label, Fraction(0)))}% of a grid"
        )


# -- distances ---------------------------------------------------------------------------------------------------


def _percent(text: str) -> Fraction:
    inner = re.search(r"\(([^()]+)\)", text)
    return Fraction(inner[1]) if inner else read(text.split(" %")[0].removeprefix("about "))[0] / 100


def box_keeps(told: Told, match: re.Match[str]) -> None:
    """No point of the box around the values, drawn or a corner, has another verdict."""
    size = _percent(match["size"]) * Fraction(999, 1000)
    before, luck = told.verdict({}), random.Random(1)
    moving = told.free
    for i in range(SOME):
        at = {}
        for name in moving:
            one, step = (
                told.model.parameters[name],
                Fraction(luck.choice((-1, 1))) if i % 2 else Fraction(luck.randrange(-996, 997), 997),
            )
            at[name] = min(max(told.base[name] + step * size * (one.high - one.low), one.low), one.high)
        assert told.verdict(at) == before, "a point within the box has another verdict"


def nearest_change(told: Told, match: re.Match[str]) -> None:
    """At the point, or just beyond it, the verdict is another."""
    moves = re.findall(rf"(\w+) from ({NUMBER}) to ({NUMBER})", match["moves"])
    assert moves, "no move was read"
    before = told.verdict({})
    if "more parameter" in match["moves"]:  # the sentence does not name them all: the place itself, from the analysis run anew
        found = radius(told.model, told.concept, told.outcome.name, at=told.question.at)
        assert found.witness is not None
        assert {(one.parameter, one.start, one.to) for one in found.moves} >= {
            (name, read(start)[0], read(end)[0]) for name, start, end in moves
        }
        assert told.verdict(found.witness.values) != before, "at the place found the verdict is the same"
        return
    seen = set()
    for far in (Fraction(1), 1 + Fraction(1, 10**5)):
        at = {}
        for name, start, end in moves:
            assert abs(read(start)[0] - told.base[name]) <= read(start)[1]
            one, (place, off) = told.model.parameters[name], read(end)
            far_enough = far + (off / abs(place - told.base[name]) if place != told.base[name] else 0)
            at[name] = min(max(told.base[name] + far_enough * (place - told.base[name]), one.low), one.high)
        seen.add(told.verdict(at))
    assert seen - {before}, "there and just beyond the verdict is the same"


def never_changes(told: Told, match: re.Match[str]) -> None:
    before = told.verdict({})
    assert all(told.verdict(at) == before for at in told.drawn(SOME, told.free))


def no_flip(told: Told, match: re.Match[str]) -> None:
    assert all(told.verdict(at) != "every" for at in told.drawn(SOME, told.free))


def condition(told: Told, match: re.Match[str]) -> None:
    """Some equilibrium leads to the play where the conditions hold, and (if "exactly") nowhere else, at points drawn."""
    play, tests = match["play"], re.split(r",? and |, ", match["when"])
    names = {name: sympy.Symbol(name) for name in told.model.parameters}
    rules = (*standard_transformations, implicit_multiplication_application)
    read_tests = [parse_expr(one.replace("≥", ">=").replace("≤", "<=").replace("−", "-"), names, rules) for one in tests]
    for at in told.drawn(5 * SOME, told.free):
        values = {**told.base, **at}
        holds = all(
            bool(one.subs({names[label]: sympy.Rational(value.numerator, value.denominator) for label, value in values.items()}))
            for one in read_tests
        )
        there = any(_leads(play, one) for one in told.solution(at))
        assert there == holds, f"at {', '.join(f'{label} = {value}' for label, value in at.items())}"


def _leads(play: str, equilibrium: Any) -> bool:
    """Whether an equilibrium leads to a play as a sentence has it: with chance, all its events after one another."""
    steps = [part.strip() for part in re.sub(r"\((?:[^()]|\([^()]*\))*\)", "", play).split(", ")]
    done = {f"{who or place}: {what}" for one in equilibrium.plays for who, place, what in one.steps}
    return all(
        any(f"{part.split(': ')[0]}: {what}" in done for what in part.split(": ")[1].split(" or ")) for part in steps
    ) and len({who or place for one in equilibrium.plays for who, place, _ in one.steps}) == len(steps)


def _played(equilibrium: Any) -> str:
    return " | ".join(f"{play}" for play in equilibrium.plays)


def lasts(told: Told, match: re.Match[str]) -> None:
    """Between the value and the end some equilibrium has the play, just beyond none has."""
    name, (end, off), play = match["p"], read(match["end"]), match["play"]
    one, start = told.model.parameters[name], told.base[name]
    hair = (one.high - one.low) / 10**6 + off
    inner = [start + (end - start) * Fraction(i, 7) for i in range(7)]
    for value in inner:
        assert play in {_played(each) for each in told.solution({name: value})}, f"not at {float(value)}"
    beyond = end + hair * (1 if match["way"] == "rises" else -1)
    if one.low <= beyond <= one.high:
        assert play not in {_played(each) for each in told.solution({name: beyond})}, f"still at {float(beyond)}"


# -- claims wrong, assumptions moved -----------------------------------------------------------------------------


def _wrong(told: Told, *ids: str) -> tuple[Model, dict[str, Fraction]]:
    """The model with claims wrong: as this is solved at if_wrong values, which may lie outside the ranges, by the model itself."""
    return told.model.with_claims_wrong(*ids), {}


def claims_alone(told: Told, match: re.Match[str]) -> None:
    stated: dict[str, str] = {}
    for names, words in re.findall(r"(.+?) to “([^”]+)”(?:; |$)", match["list"]):
        named = re.findall(r"(?:^|, | and )([^(),]+) \(((?:[^()]|\([^()]*\))+)\)", names)
        for label, instead in named:
            said = {name: read(value)[0] for name, value in re.findall(rf"(\w+) = ({NUMBER})", instead)}
            assert said == told.model.claims[label].if_wrong, f"{label}: {said}"
            stated[label] = words
    assert stated, "no claim was read"
    before = told.verdict({})
    for label, claim in told.model.claims.items():
        if claim.if_wrong:
            model, values = _wrong(told, label)
            if label in stated:
                verdict_at(told, stated[label], values, model=model)
            assert (told.verdict(values, model=model) != before) == (label in stated), label


def no_claim_alone(told: Told, match: re.Match[str]) -> None:
    before = told.verdict({})
    for label, claim in told.model.claims.items():
        if claim.if_wrong:
            model, values = _wrong(told, label)
            assert told.verdict(values, model=model) == before, label


def no_pair(told: Told, match: re.Match[str]) -> None:
    before = told.verdict({})
    wrong = [label for label, one in told.model.claims.items() if one.if_wrong]
    kept = [label for label in wrong if told.verdict({}, model=told.model.with_claims_wrong(label)) == before]
    for i, a in enumerate(kept):
        for b in kept[i + 1 :]:
            first, second = told.model.claims[a].if_wrong, told.model.claims[b].if_wrong
            if all(first[label] == second[label] for label in set(first) & set(second)):
                assert told.verdict({}, model=told.model.with_claims_wrong(a, b)) == before, (a, b)


def silent(told: Told, match: re.Match[str]) -> None:
    assert re.split(r", | and ", match["names"]) == [label for label, one in told.model.claims.items() if not one.if_wrong]


def changes_on_the_way(told: Told, match: re.Match[str]) -> None:
    parts = re.findall(rf"(?:^|; )(all claims|[\w ]+?) wrong \(at ({NUMBER}) of the way\)", match["list"])
    assert len(parts) == match["list"].count("of the way"), "every way was read"
    before = told.verdict({})
    for who, share in parts:
        end, off = read(share)
        for i in range(7):
            assert _on_the_way(told, who, end * Fraction(i, 7)) == before, f"{who} wrong: sooner"
        beyond = {_on_the_way(told, who, at) for at in (end, min(end + off + Fraction(1, 10**6), Fraction(1)))}
        assert beyond - {before}, f"{who} wrong: not there"


def stays_on_the_way(told: Told, match: re.Match[str]) -> None:
    before = told.verdict({})
    for who in re.findall(r"(?:^|; )(all claims|[\w ]+?) wrong", match["list"]):
        for i in range(1, FEW + 1):
            assert _on_the_way(told, who, Fraction(i, FEW)) == before, who


def _on_the_way(told: Told, who: str, share: Fraction) -> str:
    """The verdict on the way to claims wrong; the ranges are widened, as the way may leave them."""
    ids = [label for label, one in told.model.claims.items() if one.if_wrong] if who == "all claims" else [who]
    ends = {name: value for label in ids for name, value in told.model.claims[label].if_wrong.items()}
    at = {name: told.base[name] + share * (end - told.base[name]) for name, end in ends.items()}
    wide = {
        name: attrs.evolve(one, low=min(one.low, at.get(name, one.low)), high=max(one.high, at.get(name, one.high)))
        for name, one in told.model.parameters.items()
    }
    return told.verdict(at, model=attrs.evolve(told.model, parameters=Parameters(wide)))


# -- one parameter raised, or moved to its ends -------------------------------------------------------------------


def monotone(told: Told, match: re.Match[str]) -> None:
    sign = -1 if match["way"] == "more" else 1
    for name in re.split(r", | and ", match["names"]):
        ranks = [
            RANK[one]
            for share in range(FEW + 1)
            if (one := told.verdict({name: told.between(name, Fraction(share, FEW))})) in RANK
        ]
        assert all(sign * a <= sign * b for a, b in itertools.pairwise(ranks)), name


def unmoved(told: Told, match: re.Match[str]) -> None:
    before = told.verdict({})
    for name in re.split(r", | and ", match["names"]):
        assert {told.verdict({name: told.between(name, Fraction(share, FEW))}) for share in range(FEW + 1)} == {before}, name


def _how_likely(told: Told, values: Mapping[str, Any]) -> tuple[str, list[Fraction]]:
    """The verdict, and the least and the greatest probability of the outcome."""
    chances = sorted(one.probability(told.outcome.mask) for one in told.solution(values))
    return told.verdict(values), chances[:1] + chances[-1:]


def ends(told: Told, match: re.Match[str]) -> None:
    names, before, share = re.split(r", | and ", match["names"]), _how_likely(told, {}), Fraction(int(match["end"] == "highest"))
    assert int(match["count"]) == len(names)
    for name in told.model.parameters:
        changed = _how_likely(told, {name: told.between(name, share)}) != before
        assert changed == (name in names), name


def no_ends(told: Told, match: re.Match[str]) -> None:
    before = _how_likely(told, {})
    for name in told.model.parameters:
        assert all(_how_likely(told, {name: told.between(name, Fraction(i))}) == before for i in (0, 1))


def _payoffs(told: Told, who: str, values: Mapping[str, Any]) -> list[Fraction]:
    return [one.payoffs[who] for one in told.solution(values)]


def moved_farthest(told: Told, match: re.Match[str]) -> None:
    who, size = match["who"], read(match["size"])
    start = _payoffs(told, who, {})
    far: dict[str, Fraction] = {}
    for name in told.model.parameters:
        for i in (0, 1):
            got = _payoffs(told, who, {name: told.between(name, Fraction(i))})
            if got and start:
                step = max(abs(min(got) - min(start)), abs(max(got) - max(start)))
                far[name] = max(far.get(name, Fraction(0)), step)
    most = max(far.values())
    assert abs(most - size[0]) <= size[1], f"{float(most)}"
    listed = re.split(r", | and ", re.sub(r" and \d+ more$", "", match["names"]))
    assert set(listed) <= {name for name, step in far.items() if step == most}


# -- shares of samples -------------------------------------------------------------------------------------------


def sampled(told: Told, match: re.Match[str]) -> None:
    """By values drawn anew: within five standard errors."""
    seen: dict[str, int] = {}
    for at in told.drawn(MANY):
        verdict = told.verdict(at)
        seen[verdict] = seen.get(verdict, 0) + 1
    parts = re.findall(rf"({V}) at ([\d.]+)% \(", match["list"])
    assert parts, "no share was read"
    for words, share in parts:
        label = (
            "every"
            if words.startswith("in every")
            else "no"
            if words.startswith("in no")
            else "none exists"
            if "no " in words[:12]
            else "some"
        )
        p = float(share) / 100
        error = 5 * (max(p * (1 - p), 0.002) / MANY) ** 0.5
        assert abs(seen.get(label, 0) / MANY - p) <= error, f"{words}: {seen.get(label, 0)} of {MANY} values drawn anew"


# -- commitment and information ----------------------------------------------------------------------------------


def bound(told: Told, match: re.Match[str]) -> None:
    """The game with the player bound to the action, solved: what it gets at best, and how probable the outcome then is."""
    from strategy import NormalFormGame

    who, action = match["who"], match["best"] or match["worst"]
    game = told.model.game(at=told.question.at)
    place, number = game.players.index(who), game.actions[who].index(action)
    others = [player for player in game.players if player != who]
    tables = [
        table.take(number, axis=place)
        for player, table in zip(game.players, game.to_arrays(exact=True), strict=True)
        if player != who
    ]
    left = NormalFormGame.from_arrays(*tables, players=others, actions=[game.actions[player] for player in others])
    found = solve(left, told.concept)
    assert found.status is Status.COMPLETE
    chances = []
    for one in found:
        total = Fraction(0)
        for play, weight in one.plays.items():
            full = {**{player: what for player, _, what in play.steps}, who: action}
            total += weight * told.outcome.holds(full)
        chances.append(total)
    low, high = (match["p"].split(" to ") * 2)[:2] if " to " in match["p"] else (match["p"], match["p"])
    assert (min(chances), max(chances)) == (read(low)[0], read(high)[0]), f"{float(min(chances))} to {float(max(chances))}"


def quantal(told: Told, match: re.Match[str]) -> None:
    found = told.solution({}, LogitQuantalResponse(Fraction(match["l"])))
    shown = [float(sum(weight for play, weight in one.plays.items() if told.outcome.holds(play))) for one in found]
    value, _ = read("about " + match["q"])
    assert any(abs(one - float(value)) <= 0.0006 for one in shown), shown


def under(told: Told, match: re.Match[str]) -> None:
    """The verdict under each concept named, the longest names first, as one may begin like another."""
    by_name = {str(concept): concept for concept in (*choices().values(), told.concept)}
    left, named = match["c"], 0
    for label in sorted(by_name, key=len, reverse=True):
        if label in left:
            left, named = left.replace(label, "", 1), named + 1
            fits(match["v"], told.probabilities({}, concept=by_name[label]))
    assert named, "no concept was read"
    assert re.fullmatch(r"(?:,| |and)*", left), f"left over: {left}"


# -- single points and lines -------------------------------------------------------------------------------------


def near(told: Told, match: re.Match[str]) -> None:
    """The verdict at the value, or on one side of it, is another than on the other."""
    name, (value, off) = match["p"], read(match["at"])
    one = told.model.parameters[name]
    hair = (one.high - one.low) / 10**6 + off
    around = [at for at in (value - hair, value, value + hair) if one.low <= at <= one.high]
    assert any(len({told.verdict({name: at}, concept=concept) for at in around}) > 1 for concept in told.question.concepts)
    if match.groupdict().get("start"):
        assert abs(read(match["start"])[0] - told.base[name]) <= read(match["start"])[1]


def on_lines(told: Told, match: re.Match[str]) -> None:
    """Each verdict is that of some edge or corner of the map, solved anew in its middle."""
    assert told.question.map is not None
    x, y = told.question.map
    found = regions(told.model, told.concept, told.outcome.name, x, y, at=told.question.at)
    places = [tuple(sum(place) / 2 for place in zip(*edge.ends, strict=True)) for edge in found.edges] + [
        one.point for one in found.corners
    ]
    for words in re.findall(V, match["list"]):
        assert any(_fits(words, told.probabilities({x: a, y: b})) for a, b in places[:MANY]), words


def _fits(words: str, found: list[Fraction]) -> bool:
    try:
        fits(words, found)
    except AssertionError:
        return False
    return True


# -- counted from the model or a solution ------------------------------------------------------------------------


def counted(told: Told, match: re.Match[str]) -> None:
    concepts = [
        one
        for one in told.question.concepts
        if match[0].split(":")[0].split(" by what")[0].replace("equilibria", "equilibrium").endswith(_called(one))
    ]
    assert concepts, "no concept is named so"
    solution = told.solution({}, concepts[-1])
    assert (solution.status, len(solution)) == (Status.COMPLETE, int(match["count"]))


def _called(concept: Any) -> str:
    kind, _, rest = str(concept).partition(", ")
    return f"{kind} equilibrium {rest}".strip()


def ways_to_play(told: Told, match: re.Match[str]) -> None:
    assert len(list(told.model.form.plays())) == int(match["count"].replace(",", ""))


def payoff_shown(told: Told, match: re.Match[str]) -> None:
    who = match["who"]
    value = read(match["value"].replace("−", "-"))
    assert any(
        abs(got - value[0]) <= value[1]
        for concept in told.question.concepts
        for got in [one.payoffs[who] for one in told.solution({}, concept)]
    )


def terms(told: Told, match: re.Match[str]) -> None:
    assert len(told.model.terms) == int(match["count"])


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
    found = [mapped(told.question, concept, *told.question.map) for concept in told.question.concepts]
    assert int(match["count"]) in {len(one.areas) for one in found}


def largest_parts(told: Told, match: re.Match[str]) -> None:
    """Each part has its verdict at points of a grid inside the spans that are given for it, on at least its share."""
    assert told.question.map is not None
    x, y = told.question.map
    for words, share, where in re.findall(rf"({V}) on (?:under |over )?(\d+)%, ([^;]+?)(?=;|\.$|$)", match["list"]):
        spans = {
            name: (read(low)[0], read(high)[0])
            for name, low, high in re.findall(rf"(\w+) between ({NUMBER}) and ({NUMBER})", where)
        }
        inside = hit = 0
        for a in range(20):
            for b in range(20):
                at = {x: told.between(x, (a + Fraction(371, 997)) / 20), y: told.between(y, (b + Fraction(619, 997)) / 20)}
                if all(low <= at[name] <= high for name, (low, high) in spans.items()):
                    inside += 1
                    hit += _fits(words, told.probabilities(at))
        assert hit >= 4 * (int(share) - 6), f"{words} on {share}%: {hit} of 400 points of a grid, {inside} in its spans"


def played(told: Told, match: re.Match[str]) -> None:
    """Everything that a player is said to do is done in some equilibrium."""
    done = {
        f"{who or place}: {what}"
        for concept in told.question.concepts
        for one in told.solution({}, concept)
        for play in one.plays
        for who, place, what in play.steps
    }
    text = match["play"]
    for words in sorted(done, key=len, reverse=True):
        text = text.replace(words, "")
    assert re.fullmatch(r"[\d./, ]*", text), f"left over: {text}"


def the_same(told: Told, match: re.Match[str]) -> None:
    by_name = {str(concept): concept for concept in told.question.concepts}
    function = next(one for one in ANALYSES if one.key == told.section).load()
    one, other = [
        function(told.model, concept, told.outcome.name, at=told.question.at) for concept in (told.concept, by_name[match["c"]])
    ]
    assert one.data() == other.data() or one.sentences == other.sentences


def refused(told: Told, match: re.Match[str]) -> None:
    section = next(one for one in SECTIONS if one.key == told.section)
    assert (
        match[0]
        == f"Not available: {Question.of(told.model, told.question.at, told.question.outcome.name).found(section).reason}."
    )


def answered_anew(told: Told, match: re.Match[str]) -> None:
    assert match[0] in _answers(told.model, told.under)


@functools.cache
def _answers(model: Model, text: str) -> set[str]:
    """What is said when an inquiry is answered again."""
    found = next(answered(Question.of(model), one) for one in model.inquiries if one.text == text)
    more = f"And {found.more} more sentence{'s' * (found.more > 1)}."
    return {*found.sentences, more, f"This model does not answer it: {found.refused}."}


def anything(told: Told, match: re.Match[str]) -> None:
    """Names things and claims nothing."""


S = "(?P<size>(?:about )?[\\d.]+ %(?: \\([^()]+\\))?)"
O, C = "“(?P<o>.+?)”", r"[\w ,()-]+?"  # noqa: E741
SOLVED: list[tuple[tuple[str, ...], str, Callable[[Told, re.Match[str]], None]]] = [
    (("radius", "flip"), rf"At the (?:baseline|values asked about) the verdict on .+ is: (?:possible but not sure, )?(?P<v>{V})\.", here),
    (("ablation", "stress", "tornado", "questions"), rf"(?:With no claim put wrong|At the values asked about) the outcome comes about (?P<v>{V})\.", here),
    (("information", "questions"), rf"Unknown to all, .+ comes about (?P<v>{V})\.", here),
    (("robustness", "questions"), rf"Under (?P<c>{C}) the outcome comes about (?P<v>{BARE}|{V})\.", under),
    (("robustness", "questions"), r"In logit quantal response, at lambda = (?P<l>\d+) its probability is about (?P<q>[\d.]+)\.", quantal),
    (("region_map", "questions"), rf"At (?P<at>.+?), {O} comes about (?P<v>{V})\.", at_values),
    (("region_map", "questions"), rf"Over the ranges of (?P<x>\w+) and (?P<y>\w+), all else as assumed, {O} comes about: (?P<shares>.+) of the map's area\.", shares_of_map),
    (("thresholds", "questions"), rf"While (?P<p>\w+) is (?P<first>{STRETCH}), {O} comes about (?P<v>{V})(?P<rest>(?:; .+)?)\.", along),
    (("thresholds", "questions"), rf"Over the whole range of (?P<p>\w+), {NUMBER} to {NUMBER}, {O} comes about (?P<v>{V})\.", over_the_range),
    (("thresholds",), r"(?:This|These) never changes? the verdict, moved alone over the whole range(?:, under each solution concept)?: (?P<names>.+)\.", still),
    (("thresholds", "gains", "questions"), rf"At (?P<at>{NUMBER}), as (?P<p>\w+) rises, (?P<who>[^,]+), .+?, turns from (?P<a>.+?) to (?P<b>[^:.]+?)(?:: (?:it )?(?P<sums>.+))?\.", turns),
    (("radius",), rf"Moves of each parameter(?: that is not held)? by (?:less than|at most) {S} of its range cannot change it; .+", box_keeps),
    (("radius",), r"A nearest change: (?P<moves>.+)\.", nearest_change),
    (("radius",), r"No move(?: of .+)? within the ranges can change it\.", never_changes),
    (("flip",), rf"No change(?: of .+)? within the ranges brings .+ about in every {EACH}\.", no_flip),
    (("conditions",), r"\((?P<play>.+)\) stays a [\w ,()-]+? equilibrium(?: [\w ]+?)? exactly as long as (?P<when>[^:]+)\.", condition),
    (("conditions",), r"Some [\w ,()-]+? equilibrium leads to \((?P<play>[^|]+?)\) exactly as long as (?P<when>[^:]+)\.", condition),
    (("tipping", "questions"), rf"As (?P<p>\w+) (?P<way>rises|falls) from {NUMBER}, \((?P<play>[^()]+)\) lasts to (?P<end>{NUMBER}) and is one there still.*\.", lasts),
    (("ablation", "questions"), r"Wrong alone, (?:each of these|this claim) changes (?:that|the verdict): (?P<list>.+)\.", claims_alone),
    (("ablation", "questions"), r"No claim, wrong alone, is found to change (?:that|the verdict)\.", no_claim_alone),
    (("ablation", "questions"), r"No pair of claims that leave it alone is found to change it together\.", no_pair),
    (("ablation", "questions"), r"Left out, as they do not say what holds if they are wrong: (?P<names>.+)\.", silent),
    (("stress",), r"(?:That|The verdict) changes on the way to: (?P<list>.+)\.", changes_on_the_way),
    (("stress",), r"(?:It|The verdict) does not change anywhere on the way to: (?P<list>.+)\.", stays_on_the_way),
    (("statics",), r"Makes .+ never (?P<way>more|less) likely, wherever it moves: (?P<names>.+)\.", monotone),
    (("statics",), r"Never changes whether .+ comes about: (?P<names>.+)\.", unmoved),
    (("tornado",), r"Moved alone to its (?P<end>highest|lowest) value, (?P<count>\d+) of \d+ changes? that: (?P<names>.+)\.", ends),
    (("tornado",), r"No parameter, moved alone to an end of its range, is found to change that\.", no_ends),
    (("tornado",), rf"What (?P<who>.+) gets is moved farthest by (?P<names>.+): by (?P<size>{NUMBER}) in .+'s unit\.", moved_farthest),
    (("drivers", "questions"), r"With values uniform over the ranges, independent \(.+?\): (?P<list>.+)\.", sampled),
    (("commitment",), rf"(?P<who>.+?) (?:gains|loses) (?:nothing|{NUMBER}) at worst by being bound to (?P<worst>.+?), and gains (?:nothing|{NUMBER}) at best(?: by being bound to (?P<best>.+?))?; .+ then has (?:a )?probability (?P<p>.+)\.", bound),
]  # fmt: skip
SOLVED += [
    (("gains",), rf"(?P<p>\w+) at (?P<at>{NUMBER}) \(assumed (?P<start>{NUMBER})\): .+", near),
    (("thresholds",), rf"(?P<who>.+?): (?P<a>.+?) → (?P<b>.+?)(?: \(at (?P<at>{NUMBER})\))?", turn_named),
    (("gains",), rf"At the change, where (?P<p>\w+) is (?P<at>{NUMBER})", near),
    (("region_map",), r"On some lines or at some points of the map: (?P<list>.+)\.", on_lines),
    (("region_map", "questions"), r"Told apart by what is played, its largest parts are: (?P<list>.+)\.", largest_parts),
]
COUNTED: list[tuple[tuple[str, ...], str, Callable[[Told, re.Match[str]], None]]] = [
    (("equilibria",), r"(?P<count>\d+) .+? equilibri(?:um|a)(?: [\w ()]+)?: proved to be all\.", counted),
    (
        ("drawing",),
        r"(?:All players choose at once|Moves are made in an order); there are (?P<count>[\d,]+) complete ways of playing\.",
        ways_to_play,
    ),
    (("gains",), rf"(?P<who>.+): how its payoff of (?P<value>−?{NUMBER}) comes about", payoff_shown),
    (("assumptions",), r"Terms: what payoffs are the sums of \((?P<count>\d+)\)", terms),
    (("checks",), r"\d+ claims? comes? to \d+ readings? of the model.*", readings),
    (("checks",), r"(?:PROVED|REFUTED|NOT REFUTED|NOT STATED): .+", reading),
    (("region_map",), r"The map in words: (?P<count>\d+) parts?", map_parts),
    (("gains",), r"\d+\. (?P<play>.+)", played),
    (("questions",), r"(?:strategy .+ · )?the evidence: .+", anything),
    (("questions",), r".+", answered_anew),
    ((), r"The same in every respect as under (?P<c>.+)\.", the_same),
    ((), r"Not available: (?P<reason>.+)\.", refused),
    (("thresholds",), V, anything),
    (("answer",), r"(?:“In every equilibrium” means|Solution concepts used here|An equilibrium is a way of playing).+", anything),
    (("thresholds",), "How “.+” changes along each assumption that changes it", anything),
    (("gains",), r"At the nearest changes of the verdict \(.+\) these deviations bind: .+", anything),
    (("drawing",), r"(?:Payoffs: first to|Bold: what is played|\w.*: .+, ).+", anything),
    (("equilibria",), "A row gathers the strategy profiles that lead to the same play.+", anything),
    (("equilibria", "verdicts"), ".+: what is played, what comes about, what it pays", anything),
    (
        ("reproduce",),
        r"(?:Model: .+; outcome asked about: .+|Strategy toolkit [\d.]+(?:\. Equilibria are certified.+)?)\.?",
        anything,
    ),
    (("checks",), "The equilibria there", anything),
    ((), r"Just this, on the command line: .+", anything),
    (
        ("checks",),
        r"(?:C?\w+(?:, \d+)?: .+|The counter-examples \(\d+\).+|A claim of the text can be read in several ways.+|At .+: .+)",
        anything,
    ),
]
