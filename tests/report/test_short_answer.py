"""Every sentence of the short answer, read and checked against games solved anew at the
values that it names.

Each kind of sentence has a checker here; a sentence that none of them reads fails the test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs
import pytest
import sympy

from games.corridor.activation import model as activation
from games.corridor.sequence import model as sequence, reaction
from strategy import (
    Limits,
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    Solution,
    Status,
    StrategyError,
    Term,
    solve,
    where,
)
from strategy.concepts import Nash, PureNash
from strategy.report import analyse
from strategy.report.question import Question
from strategy.sensitivity import regions, thresholds
from tests._models import in_names
from tests.report.conftest import CORE, MODELS

STEPS = 20


def both() -> Model:
    """Acts only if two assumptions rise together; neither does anything alone."""
    p = Parameters(x=Parameter(1, low=0, high=4), y=Parameter(1, low=0, high=4))
    return Model(
        "both",
        form=NormalForm({"A": ("act", "rest")}),
        parameters=p,
        terms=(Term("A", p.x + p.y - 6, when=where(A="act"), name="pay"),),
        outcomes=(Outcome("acts", when=where(A="act")),),
        focus=("x", "y"),
    )


def rooted() -> Model:
    """A square root cannot be examined by signs of polynomials."""
    p = Parameters(x=Parameter(1, low=0, high=4), y=Parameter(1, low="1/2", high=4))
    return Model(
        "rooted",
        form=NormalForm({"A": ("act", "rest")}),
        parameters=p,
        terms=(Term("A", sympy.sqrt(p.x) + p.y, when=where(A="act"), name="pay"),),
        outcomes=(Outcome("acts", when=where(A="act")),),
    )


def hawks() -> Model:
    """Two equilibria; with a high prize only one; dominance leaves them all until the price
    of going alone is nothing."""
    p = Parameters(prize=Parameter(2, low=0, high=4), alone=Parameter(1, low=0, high=3))
    return Model(
        "hawks",
        form=NormalForm({"A": ("go", "stay"), "B": ("go", "stay")}),
        parameters=p,
        terms=(
            Term("A", p.prize, when=where(A="go", B="go"), name="together"),
            Term("A", -p.alone, when=where(A="go", B="stay"), name="alone"),
            Term("B", p.prize, when=where(A="go", B="go"), name="together, for B"),
            Term("B", -p.alone, when=where(A="stay", B="go"), name="alone, for B"),
        ),
        outcomes=(Outcome("both go", when=where(A="go", B="go")),),
    )


ASKED: dict[str, tuple[Callable[[], Model], dict[str, Any]]] = {
    **{label: (make, {}) for label, make in MODELS.items()},
    "transit, attentive": (MODELS["transit"], {"at": {"attention": 1}}),
    "transit, another outcome": (MODELS["transit"], {"outcome": "Armenia opens"}),
    "transit, at the threshold": (MODELS["transit"], {"at": {"attention": "1/6"}}),
    "plain, cut short": (MODELS["plain"], {"limits": Limits(count=1)}),
    "plain, cut shorter": (MODELS["plain"], {"limits": Limits(count=0)}),
    "plain, cut late": (MODELS["plain"], {"limits": Limits(count=5)}),
    "transit, cut short": (MODELS["transit"], {"limits": Limits(count=0)}),
    "both": (both, {}),
    "rooted": (rooted, {}),
    "hawks": (hawks, {}),
    "hawks, low prize": (hawks, {"at": {"prize": 0, "alone": 0}}),
    "sequence": (lambda: in_names(sequence), {}),
    "reaction": (lambda: in_names(reaction), {}),
    "activation": (lambda: in_names(activation), {}),
}


@attrs.frozen(eq=False)
class Asked:
    """What was asked, and games solved anew for it, by nothing but ``solve``."""

    model: Model
    concepts: tuple[Any, ...]
    outcome: str
    at: Mapping[str, Any]
    limits: Limits

    def solution(self, concept: Any, **moved: Fraction) -> Solution:
        return solve(
            self.model.game(at={**self.at, **moved}),
            concept,
            limits=Limits() if moved else self.limits,
        )

    def probabilities(self, solution: Solution) -> list[Fraction]:
        holds = self.model.outcomes[self.outcome].holds
        return [
            sum((weight for play, weight in one.plays.items() if holds(play)), Fraction(0))
            for one in solution
        ]

    def verdict(self, concept: Any, **moved: Fraction) -> str:
        solution = self.solution(concept, **moved)
        found = self.probabilities(solution)
        proved = solution.status in (Status.COMPLETE, Status.NONE_EXISTS)
        if not found:
            return "none exists" if proved else "unknown"
        if set(found) <= {1}:
            return "every" if proved else "unknown"
        if set(found) <= {0}:
            return "no" if proved else "unknown"
        return "some"

    def value(self, parameter: str) -> Fraction:
        return self.model.parameters.read(self.at)[parameter]

    def grid(self, parameter: str, steps: int = STEPS) -> list[Fraction]:
        one = self.model.parameters[parameter]
        return [
            one.low + (one.high - one.low) * Fraction(i, steps) for i in range(steps + 1)
        ]

    def moves(self, concept: Any, parameter: str, within: Fraction | None = None) -> bool:
        """Whether the verdict is another somewhere on the grid (nearer than ``within`` of
        the range)."""
        one, value, here = (
            self.model.parameters[parameter],
            self.value(parameter),
            self.verdict(concept),
        )
        width = one.high - one.low
        if within is None:
            points = self.grid(parameter)
        else:
            points = [
                value + sign * width * within * Fraction(i, 10)
                for i in range(10)
                for sign in (-1, 1)
            ]
        return any(
            self.verdict(concept, **{parameter: point}) != here
            for point in points
            if one.low <= point <= one.high
        )


def called(concept: Any) -> str:
    kind, _, rest = str(concept).partition(", ")
    return f"{kind} equilibrium {rest}".strip()


NUMBER = r"(?:about )?-?[\d.]+(?:/\d+)?(?: \([\d.-]+\))?"


def read(text: str) -> tuple[Fraction, Fraction]:
    """A number and how far it may be off, as shown: 4 significant digits where it says
    "about"."""
    plain = Fraction(text.removeprefix("about ").split(" (")[0])
    return plain, abs(plain) / 1000 if text.startswith("about") else Fraction(0)


# -- the verdict

BODIES = {
    r"“(?P<outcome>.+)” comes about in every (?P<concept>.+)": lambda found, verdict: (
        verdict == "every"
    ),
    r"“(?P<outcome>.+)” comes about in no (?P<concept>.+)": lambda found, verdict: (
        verdict == "no"
    ),
    r"“(?P<outcome>.+)” comes about in some, not in every (?P<concept>.+)": lambda found, verdict: (
        verdict == "some" and {0, 1} <= set(found)
    ),
    r"“(?P<outcome>.+)” is neither certain nor ruled out, judged by each (?P<concept>.+) found": lambda found, verdict: (
        verdict == "some"
    ),
    r"no (?P<concept>.+) exists": lambda found, verdict: verdict == "none exists",
    (
        r"it is not settled whether “(?P<outcome>.+)” comes about in every, some or no "
        r"(?P<concept>.+)"
    ): lambda found, verdict: verdict == "unknown",
}
LEADS = {
    "Yes": "every",
    "No": "no",
    "Not for sure": "some",
    "No answer": "none exists",
    "Not settled": "unknown",
}


def check_body(asked: Asked, text: str) -> str | None:
    """The verdict that the body of a sentence states, after checking it; None if it is no
    such body."""
    by_name = {called(concept): concept for concept in asked.concepts}
    chance = re.fullmatch(
        rf"“(.+)” comes about with probability (between )?({NUMBER})(?: and ({NUMBER}))?(.*)",
        text,
    )
    if chance:
        outcome, between, low, high, rest = chance.groups()
        concept = by_name[
            rest.removeprefix(", which depends on the ").removeprefix(" in every ")
        ]
        found = asked.probabilities(asked.solution(concept))
        assert (outcome, asked.solution(concept).status) == (asked.outcome, Status.COMPLETE)
        assert (min(found), max(found)) == (read(low)[0], read(high if between else low)[0])
        return asked.verdict(concept)
    for pattern, holds in BODIES.items():
        match = re.fullmatch(pattern, text)
        if match and match["concept"] in by_name:
            concept = by_name[match["concept"]]
            assert match.groupdict().get("outcome", asked.outcome) == asked.outcome
            assert holds(
                asked.probabilities(asked.solution(concept)), asked.verdict(concept)
            ), text
            return asked.verdict(concept)
    return None


def check_verdict(asked: Asked, match: re.Match[str]) -> None:
    lead, body, same = match["lead"], match["body"], match["same"]
    stated = check_body(asked, body)
    assert stated == LEADS[lead]
    check_same(asked, same, stated)


def check_same(asked: Asked, same: str | None, stated: str) -> None:
    """The concepts under which it is said to be the same."""
    for concept in asked.concepts[1:]:
        rest = str(concept).partition(", ")[2]
        if same and rest and rest in same:
            assert asked.verdict(concept) == stated
    if same:
        assert any(
            str(concept).partition(", ")[2] in same for concept in asked.concepts[1:]
        )


def check_other_verdict(asked: Asked, match: re.Match[str]) -> None:
    """Of another concept, or of an outcome that is shown beside the headline."""
    text, same = match["body"], match["same"]
    named = re.match("“(.+?)”", text)
    if named and named[1] != asked.outcome:
        assert asked.outcome == asked.model.headline
        assert named[1] in asked.model.beside
        asked = attrs.evolve(asked, outcome=named[1])
    stated = check_body(asked, text) or check_body(asked, text[:1].lower() + text[1:])
    assert stated
    check_same(asked, same, stated)


def check_mixed(asked: Asked, match: re.Match[str]) -> None:
    """Of all equilibria, mixed ones too, and another answer than that of pure ones."""
    mixed = attrs.evolve(asked, concepts=(Nash(),), limits=Limits())
    assert check_body(mixed, match["body"])
    pure, every = (
        sorted(one.probabilities(one.solution(one.concepts[0]))) for one in (asked, mixed)
    )
    assert (pure[:1], pure[-1:]) != (every[:1], every[-1:])


# -- how sure


def check_proved(asked: Asked, match: re.Match[str], concepts: list[Any]) -> None:
    for concept in concepts:
        solution = asked.solution(concept)
        if match["count"] is None:
            assert solution.status is Status.NONE_EXISTS
        else:
            assert (solution.status, len(solution)) == (
                Status.COMPLETE,
                int(match["count"].replace(",", "")),
            )


def check_proved_plays(asked: Asked, match: re.Match[str], concepts: list[Any]) -> None:
    for concept in concepts:
        solution = asked.solution(concept)
        distinct = {tuple(one.plays.items()) for one in solution}
        assert solution.status is Status.COMPLETE
        assert len(distinct) == (
            int(match["count"].replace(",", "")) if match["count"] else 1
        )
        assert bool(match["chance"]) == bool(asked.model.form.chance)


def check_unproved(asked: Asked, match: re.Match[str], concepts: list[Any]) -> None:
    for concept in concepts:
        solution = asked.solution(concept)
        assert solution.status in (Status.STOPPED, Status.PARTIAL)
        assert len(solution) == (0 if match["count"] == "No" else int(match["count"]))
        assert solution.reason == match["reason"]


# -- what it hangs on


def check_moving(asked: Asked, match: re.Match[str], concepts: list[Any]) -> None:
    pattern = (
        rf"(\w+) at ({NUMBER})(?: \(assumed ({NUMBER}), (.+?)% of its range away\)|, the "
        r"very value assumed)"
    )
    listed = re.findall(pattern, match["list"])
    assert len(listed) == match["list"].count(" at "), "every entry of the list was read"
    more = int(match["more"] or 0)
    for concept in concepts:
        farthest = Fraction(0)
        for parameter, point, value, share in listed:
            farthest = max(
                farthest,
                check_nearest(asked, concept, parameter, *read(point), value, share),
            )
        others = [
            one
            for one in asked.model.parameters
            if one not in {entry[0] for entry in listed}
        ]
        moving = [one for one in others if asked.moves(concept, one)]
        assert len(moving) == more
        assert not [one for one in others if asked.moves(concept, one, within=farthest)]


def check_nearest(
    asked: Asked,
    concept: Any,
    parameter: str,
    point: Fraction,
    off: Fraction,
    value: str,
    share: str,
) -> Fraction:
    """The verdict stays between the value and the point, and as far on the other side; at
    or just beyond the point it changes."""
    one, assumed, here = (
        asked.model.parameters[parameter],
        asked.value(parameter),
        asked.verdict(concept),
    )
    width = one.high - one.low
    hair = width / 10**6 + off
    if value:
        assert read(value)[0] == assumed
        distance = abs(point - assumed)
        assert abs(
            100 * distance / width - (1 if share == "under 1" else Fraction(share))
        ) <= Fraction(101, 100)
    else:
        distance = Fraction(0)
        assert point == assumed
    for i in range(10):
        for sign in (-1, 1):
            near = assumed + sign * (distance - hair) * Fraction(i, 9)
            if distance and one.low <= near <= one.high:
                assert asked.verdict(concept, **{parameter: near}) == here
    beyond = [
        point,
        *(
            [point - hair, point + hair]
            if not distance
            else [point + hair if point > assumed else point - hair]
        ),
    ]
    assert {
        asked.verdict(concept, **{parameter: at})
        for at in beyond
        if one.low <= at <= one.high
    } - {here}
    return distance / width


def check_elsewhere(asked: Asked, match: re.Match[str], concepts: list[Any]) -> None:
    for concept in concepts:
        assert asked.solution(concept).status in (Status.STOPPED, Status.PARTIAL)
        for parameter in asked.model.parameters:
            found = thresholds(asked.model, concept, asked.outcome, parameter, at=asked.at)
            names = {
                "EVERY": "every",
                "SOME": "some",
                "NO": "no",
                "NONE_EXISTS": "none exists",
            }
            for point in asked.grid(parameter):
                assert (
                    asked.verdict(concept, **{parameter: point})
                    == names[found.verdict_at(point).name]
                )


def check_none_moves(asked: Asked, match: re.Match[str], concepts: list[Any]) -> None:
    assert match["which"] == "No single assumption", (
        "of the models here none is examined in part"
    )
    assert asked.model.parameters
    for concept in concepts:
        assert not [
            parameter
            for parameter in asked.model.parameters
            if asked.moves(concept, parameter)
        ]


def check_no_parameters(asked: Asked, match: re.Match[str], concepts: list[Any]) -> None:
    assert not asked.model.parameters


def plane(asked: Asked, concept: Any, x: str, y: str, inside: bool) -> Iterator[str]:
    """The verdict on a grid over two parameters; ``inside``: shifted, so that it hits no
    line that two round numbers make."""
    shift = (
        (Fraction(371, 997), Fraction(619, 997)) if inside else (Fraction(0), Fraction(0))
    )
    for a in range(STEPS if inside else STEPS + 1):
        for b in range(STEPS if inside else STEPS + 1):
            at = {}
            for label, share in ((x, (a + shift[0]) / STEPS), (y, (b + shift[1]) / STEPS)):
                one = asked.model.parameters[label]
                at[label] = one.low + (one.high - one.low) * share
            yield asked.verdict(concept, **at)


def check_map_changes(asked: Asked, match: re.Match[str], concepts: list[Any]) -> None:
    words = {
        "in every": "every",
        "in some, not in every": "some",
        "possibly, not certainly, in a": "some",
        "in no": "no",
    }
    for concept in concepts:
        parts = re.findall(
            rf"({'|'.join(words)}) {re.escape(called(concept))} on (\d+)%", match["said"]
        )
        assert len(parts) == match["said"].count("%")
        seen = list(plane(asked, concept, match["x"], match["y"], inside=True))
        stated = {words[kind]: int(share) for kind, share in parts}
        assert set(stated) == set(seen) - {asked.verdict(concept)}
        for kind, share in stated.items():
            assert abs(100 * seen.count(kind) / len(seen) - share) < 5


def check_map_keeps(asked: Asked, match: re.Match[str], concepts: list[Any]) -> None:
    for concept in concepts:
        here = asked.verdict(concept)
        assert {
            *plane(asked, concept, match["x"], match["y"], True),
            *plane(asked, concept, match["x"], match["y"], False),
        } == {here}


def check_map_lines(asked: Asked, match: re.Match[str], concepts: list[Any]) -> None:
    for concept in concepts:
        here = asked.verdict(concept)
        assert set(plane(asked, concept, match["x"], match["y"], inside=True)) == {here}
        corners = [
            one.point
            for one in regions(
                asked.model, concept, asked.outcome, match["x"], match["y"]
            ).corners
        ]
        assert {
            asked.verdict(concept, **{match["x"]: a, match["y"]: b}) for a, b in corners
        } - {here}


def check_not_examined(asked: Asked, match: re.Match[str], concepts: list[Any]) -> None:
    names = re.split(", | and ", match["names"])
    for concept in concepts:
        for parameter in asked.model.parameters:
            if parameter in names:
                with pytest.raises(StrategyError):
                    thresholds(asked.model, concept, asked.outcome, parameter)
            else:
                thresholds(asked.model, concept, asked.outcome, parameter)


PAIR = r"(?P<x>\w+) and (?P<y>\w+)"
COUNT = r"(?P<count>[\d,]+)"
KINDS: dict[str, Callable[..., None]] = {
    (
        rf"This is proved(?:: there (?:is|are) {COUNT} such equilibri(?:um and no other|a "
        r"and no others))?\."
    ): check_proved,
    r"This is proved: all such equilibria lead to "
    rf"(?:one and the same|{COUNT} different) (?P<chance>distributions? over )?plays?\.": check_proved_plays,
    r"(?P<count>\d+|No) such equilibri(?:um was|a were) found, and there may be "
    r"(?:others|some): "
    r"(?P<reason>.+)\.": check_unproved,
    r"Moved alone, (?:these change|this changes) the verdict soonest: (?P<list>.+?)"
    r"(?:; (?P<more>\d+) more changes? it further off)?\.": check_moving,
    r"(?P<which>No single assumption|None of the assumptions that were examined), "
    r"moved alone over its range, "
    r"changes the verdict\.": check_none_moves,
    r"The thresholds below do not rest on that search\.": check_elsewhere,
    r"The model has no parameters that could be moved\.": check_no_parameters,
    rf"Moved together, {PAIR} do change the verdict: (?P<said>.+) of their map\.": check_map_changes,
    rf"Moved together over their ranges, {PAIR} do not change the verdict either\.": check_map_keeps,
    (
        rf"Moved together, {PAIR} change the verdict only on isolated lines or points of "
        rf"their map\."
    ): check_map_lines,
    r"Not examined: (?P<names>.+); the reason is given with the thresholds\.": check_not_examined,
}


def check(asked: Asked, sentence: str) -> str:
    """Check a sentence, and say of which kind it is."""
    lead, same = (
        rf"(?P<lead>{'|'.join(LEADS)}): (?:at the values assumed, )?",
        r"(?:; the same holds (?P<same>.+))?\.",
    )
    first = re.fullmatch(rf"{lead}(?P<body>.+?){same}", sentence)
    if first:
        check_verdict(asked, first)
        return "verdict"
    named = {
        f" ({'; '.join(map(str, some))}).": list(some)
        for some in ((one,) for one in asked.concepts)
    }
    ending = next((ending for ending in named if sentence.endswith(ending)), None)
    concepts = list(asked.concepts) if ending is None else named[ending]
    text = sentence if ending is None else sentence.removesuffix(ending) + "."
    for pattern, checker in KINDS.items():
        match = re.fullmatch(pattern, text)
        if match:
            checker(asked, match, concepts)
            return pattern
    mixed = re.fullmatch(r"With mixed play counted too, (?P<body>.+)\.", sentence)
    if mixed:
        check_mixed(asked, mixed)
        return "mixed play"
    if sentence.startswith("Over the ranges some equilibrium lets"):
        # these read numbers as this file does, so they are not there yet when it is imported
        from tests.report.solved_anew.concepts import OVER, Told, over_ranges

        over = re.fullmatch(OVER, sentence)
        assert over, sentence
        question = Question.of(asked.model, asked.at, asked.outcome)
        over_ranges(Told(question, asked.concepts[0], "answer", "", ""), over)
        return "over the ranges"
    other = re.fullmatch(rf"(?P<body>.+?){same}", sentence)
    assert other, sentence
    check_other_verdict(asked, other)
    return "another verdict"


@pytest.mark.parametrize("label", ASKED)
@pytest.mark.deep_but(10)
def test_every_sentence_holds(label: str) -> None:
    make, given = ASKED[label]
    (one,) = analyse(make(), sections=CORE[:1], **given).models
    question = one.question
    asked = Asked(
        question.model,
        question.concepts,
        question.outcome.name,
        question.at,
        question.limits,
    )
    kinds = [check(asked, sentence) for sentence in one.answer]
    assert kinds[0] == "verdict", "the first sentence is the verdict"
    assert len(kinds) >= 2


def test_sentences_are_few() -> None:
    """Short means short: however many assumptions there are, at most three are named, and
    equal concepts are named once; outcomes beside the headline have a sentence each, and
    what mixed play changes has one."""
    for make in (lambda: sequence, lambda: activation):
        (one,) = analyse(make(), sections=CORE[:1]).models
        more = len(one.question.model.beside)
        mixed = ("With mixed play", "Over the ranges some equilibrium lets")
        more += sum(text.startswith(mixed) for text in one.answer)
        assert len(one.answer) <= 6 + more
        assert all(len(sentence) < 300 for sentence in one.answer)


def test_a_false_sentence_is_caught() -> None:
    """The checkers themselves: each refuses a sentence that is not so."""
    model = MODELS["transit"]()
    asked = Asked(model, (PureNash(),), "corridor open", {}, Limits())
    near = (
        "leverage at 5.4 (assumed 5, 6% of its range away); attention at 1/6 (assumed "
        "0.1, 7% of its range away)"
    )
    right = f"Moved alone, these change the verdict soonest: {near}."
    check(asked, right)
    for false in (
        right.replace("5.4", "5.5"),
        right.replace("5.4", "5.3"),
        right.replace("7%", "17%"),
        right.replace("1/6", "1/7"),
        right.replace(").", "); 1 more changes it further off."),
        "No single assumption, moved alone over its range, changes the verdict.",
        ("No: at the values assumed, “corridor open” comes about in no pure Nash "
            "equilibrium."),
        ("Yes: at the values assumed, “Armenia opens” comes about in every pure Nash "
            "equilibrium."),
        "This is proved: there are 2 such equilibria and no others.",
        "This is proved.",
        ("Moved together over their ranges, attention and leverage do not change the "
            "verdict either."),
        "Of this nobody has heard.",
    ):  # fmt: skip
        with pytest.raises(AssertionError):
            check(asked, false)
