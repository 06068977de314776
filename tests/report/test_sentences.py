"""Every sentence of a page that carries a number or a verdict is so: small models here, all
five pages at a larger scale."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

from strategy import Inquiry, Model, StrategyError
from strategy.report.question import Question
from tests._games import SCALE
from tests.report._chance_tree import model as chance_tree
from tests.report.conftest import made
from tests.report.sentences import each, models, rows, written
from tests.report.solved_anew import COUNTED, SOLVED, Told, reads
from tests.report.test_short_answer import hawks


def hunters() -> Model:
    """Two equilibria to be coordinated on, and a question about the order of moves."""
    return attrs.evolve(
        hawks(),
        inquiries=(
            Inquiry("Who moves first?", "orders"),
            Inquiry("Whom to trust?", "coordination"),
        ),
    )


SMALL: dict[str, Callable[[], Model]] = {
    "transit": lambda: made("transit"),
    "in turn": lambda: made("in_turn"),
    "tree with chance": lambda: chance_tree,
    "hunters": hunters,
}


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("label", SMALL)
def test_every_sentence_of_a_small_page_is_so(label: str, tmp_path: Path) -> None:
    found = list(rows(SMALL[label](), label))
    assert not [f"{row.problem}: {row.sentence}" for row in found if row.problem]
    assert sum(row.how == "solved anew" for row in found) >= 15
    assert not [
        row.sentence
        for row in found
        if row.how == "the call, run anew" and "more sentence" not in row.sentence
    ]
    table = written(found, tmp_path).read_text(encoding="utf-8").split("\n")
    assert len(table) == len(found) + 3
    assert all(row.call for row in found)


@pytest.mark.deep
@pytest.mark.skipif(
    SCALE <= 1, reason="minutes a page; STRATEGY_TESTS_SCALE=2 reads them all"
)
@pytest.mark.parametrize(
    "label", [label for label in models() if label.startswith("corridor")]
)
def test_every_sentence_of_a_page_of_the_corridor_is_so(label: str) -> None:
    assert not [
        f"{row.problem}: {row.sentence}"
        for row in rows(models()[label], label)
        if row.problem
    ]


# -- the checkers themselves: faults are planted in sentences that are so

SWAPPED = {
    "in every": "in no", "in no": "in every", "in some, not in every": "in every", "comes": "does not come",
    "gains": "loses", "loses": "gains", "nothing": "3", "more": "less", "without": "with",
}  # fmt: skip
HARMLESS = {"on_lines", "none_to_compare", "nothing_to_compare"}
"""Kinds whose sentences name nothing that could be planted falsely here; they are refused
below, where they are not so."""


def altered(text: str, model: Model) -> Iterator[str]:
    """A text with one number, one verdict or one name exchanged."""
    for match in re.finditer(r"\d+(?:\.\d+)?", text):
        other = float(match[0]) * 1.5 + 1.7 if "." in match[0] else int(match[0]) * 2 + 1
        yield f"{text[: match.start()]}{other:g}{text[match.end() :]}"
    yield from [text.replace(old, new, 1) for old, new in SWAPPED.items() if old in text]
    names = [*model.parameters, *model.claims, *model.players]
    for name, other in zip(names, [*names[1:], names[0]], strict=True):
        yield from (
            [re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", other, text, count=1)]
            if name in text
            else []
        )


@pytest.mark.deep
@pytest.mark.parametrize("label", SMALL)
def test_a_fault_planted_in_a_sentence_of_each_kind_is_caught(label: str) -> None:
    model, missed, seen = SMALL[label](), {}, set()
    for one, told in each(model):
        kind = reads(SOLVED, one.section, one.text) if one.section != "answer" else None
        if (
            kind is None
            or not any(kind[1].groupdict().values())
            or kind[0].__name__ in HARMLESS | seen
        ):
            continue
        if any(
            caught(told, one.section, text) for text in planted(one.text, kind[1], model)
        ):
            seen.add(kind[0].__name__)
            missed.pop(kind[0].__name__, None)
        else:
            missed[kind[0].__name__] = one.text
    assert not missed
    assert len(seen) >= 8


def planted(sentence: str, match: re.Match[str], model: Model) -> Iterator[str]:
    for group, text in match.groupdict().items():
        for new in altered(text or "", model):
            yield sentence[: match.start(group)] + new + sentence[match.end(group) :]


def caught(told: Told, section: str, sentence: str) -> bool:
    """Whether a false sentence is read, and not taken for so."""
    kind = reads(SOLVED, section, sentence)
    if kind is None:
        return False
    try:
        kind[0](told, kind[1])
    # a name that is none, a value outside the ranges
    except (AssertionError, KeyError, StrategyError):
        return True
    return False


NEAR = "“corridor open” comes about in every pure Nash equilibrium"
FALSE = {
    "thresholds": [
        f"Over the whole range of leverage, 2 to 9, {NEAR}.",
        "This never changes the verdict, moved alone over the whole range: attention.",
    ],
    "region_map": [
        f"At attention = 0.9 and leverage = 5, {NEAR}.",
        ("Divided by what is played, its largest parts are: in every pure Nash "
            "equilibrium on 81%, attention between 0 and 1."),
    ],
    "radius": ["No move within the ranges can change it."],
    "flip": [("No change within the ranges brings 'corridor open' about in every pure Nash "
        "equilibrium.")],
    "ablation": [
        "No claim, wrong alone, is found to change that.",
        "Only together this pair changes it: C4 with C7.",
        "Only together this pair changes it: C4 (leverage = 0) with C7 (attention = 1).",
        "Contradictory, so never wrong together: C4 and C7 (both set leverage).",
        "Left out, as they do not say what holds if they are wrong: C4.",
    ],
    "statics": ["Never changes whether 'corridor open' comes about: attention.",
                "Makes 'corridor open' more likely here, less likely there: attention."],
    "tipping": [
        "Along no assumption alone does the equilibrium vanish.",
        "3 more ends are in the table.",
        "3 more last over the whole range of their parameter.",
    ],
    "drivers": [
        "What its coming about in every pure Nash equilibrium depends on is not shown: "
            "it does at 46 of 16,384 samples only, "
        "too few to say why; draw more.",
        "What its coming about in every pure Nash equilibrium depends on is not shown: "
            "too few of the 1,024 independent points "
        "differ in it; draw more samples.",
    ],
    "coordination": [
        "The safest with it and the safest without it ask for the same.",
        "7 more need no less.",
        ("(Armenia: open, Russia: obstruct) pays every player more than any other pure "
            "Nash equilibrium does (payoff dominance)."),
    ],
    "commitment": [
        "Armenia: whatever it is bound to, the others have no pure Nash equilibrium.",
        "Armenia: with nobody bound there is no pure Nash equilibrium to compare with.",
    ],
    "information": [("Known to all: a game without a pure Nash equilibrium, so there is nothing to "
        "compare.")],
    "robustness": ["Under rationalizability, the outcome comes about in no rationalizable play."],
    "equilibria": ["2 pure Nash equilibria: proved to be all."],
    "drawing": ["All players choose at once; there are 5 complete ways of playing."],
}  # fmt: skip


@pytest.mark.parametrize(
    ("section", "sentence"),
    [(section, one) for section, found in FALSE.items() for one in found],
)
def test_a_false_sentence_is_caught(section: str, sentence: str) -> None:
    question = Question.of(made("transit"))
    heading = (
        "What knowing attention is worth in transit-of-two, 0 (probability 0.9) or 1 "
        "(probability 0.1), pure Nash"
    )
    told = Told(question, question.concepts[0], section, "", heading, [sentence], 0)
    kind = reads(SOLVED, section, sentence) or reads(COUNTED, section, sentence)
    assert kind
    with pytest.raises((AssertionError, ValueError)):  # the least of nothing
        kind[0](told, kind[1])
