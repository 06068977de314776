"""Every sentence of a page that carries a number or a verdict is so: small models here, all five pages at a larger scale."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from strategy.report.question import Question
from tests._games import SCALE
from tests.report._chance_tree import model as chance_tree
from tests.report._solved_anew import COUNTED, SOLVED, Told
from tests.report.conftest import made
from tests.report.sentences import models, rows, written

SMALL = {"transit": lambda: made("transit"), "in turn": lambda: made("in_turn"), "tree with chance": lambda: chance_tree}


@pytest.mark.parametrize("label", SMALL)
def test_every_sentence_of_a_small_page_is_so(label: str, tmp_path: Path) -> None:
    found = list(rows(SMALL[label](), label))
    assert not [f"{row.problem}: {row.sentence}" for row in found if row.problem]
    assert sum(row.how == "solved anew" for row in found) >= 15
    table = written(found, tmp_path).read_text(encoding="utf-8").split("\n")
    assert len(table) == len(found) + 3
    assert all(row.call for row in found)


@pytest.mark.skipif(SCALE <= 1, reason="minutes a page; STRATEGY_TESTS_SCALE=2 reads them all")
@pytest.mark.parametrize("label", [label for label in models() if label.startswith("corridor")])
def test_every_sentence_of_a_page_of_the_corridor_is_so(label: str) -> None:
    assert not [f"{row.problem}: {row.sentence}" for row in rows(models()[label], label) if row.problem]


NEAR = "“corridor open” comes about in every pure Nash equilibrium"
FALSE = {
    "radius": [
        "At the baseline the verdict on 'corridor open' is: in no pure Nash equilibrium.",
        "Moves of each parameter by less than 8 % (2/25) of its range cannot change it; there is one of that size that can.",
        "A nearest change: leverage from 5 to 5.1 (1 % of its range) and attention from 0.1 to 0.11 (1 % of its range).",
    ],
    "thresholds": [
        f"While leverage is below 6, {NEAR}; at 6 exactly, in some but not surely in every pure Nash "
        "equilibrium; above 6, in no pure Nash equilibrium.",
        f"Over the whole range of leverage, 2 to 9, {NEAR}.",
        "This never changes the verdict, moved alone over the whole range: attention.",
        "At 5.4, as leverage rises, Russia, the others playing Armenia open, turns from acquiesce to obstruct: it gains 5.4 by "
        "C4 (leverage lost), loses 5 by C7 (cost of obstructing).",
    ],
    "region_map": [
        "Over the ranges of attention and leverage, all else as assumed, “corridor open” comes about: in no "
        "pure Nash equilibrium on 51% and in every pure Nash equilibrium on 49% of the map's area.",
        f"At attention = 0.9 and leverage = 5, {NEAR}.",
    ],
    "ablation": [
        "Wrong alone, this claim changes that: C4 (leverage = 2) to “in no pure Nash equilibrium”.",
        "No claim, wrong alone, is found to change that.",
    ],
    "stress": [
        "That changes on the way to: C7 wrong (at 0.5 of the way).",
        "It does not change anywhere on the way to: C7 wrong.",
    ],
    "statics": [
        "Makes 'corridor open' never less likely, wherever it moves: leverage.",
        "Never changes whether 'corridor open' comes about: attention.",
    ],
    "tornado": [
        "Moved alone to its highest value, 1 of 3 change that: income.",
        "What Armenia gets is moved farthest by income: by 9 in Armenia's unit.",
    ],
    "drivers": [
        "With values uniform over the ranges, independent (9 samples, seed 0): in every pure Nash equilibrium at 50% (4% to 5%)."
    ],
    "tipping": ["As leverage rises from 5, (Armenia: open, Russia: acquiesce) lasts to 6 and is one there still."],
    "conditions": [
        "(Armenia: open, Russia: acquiesce) stays a pure Nash equilibrium exactly as long as 6 ≥ 5 attention + leverage."
    ],
    "commitment": [
        "Armenia gains nothing at worst by being bound to refuse, and gains nothing at best; "
        "'corridor open' then has probability 1."
    ],
    "robustness": ["In logit quantal response, at lambda = 1 its probability is about 0.329."],
    "equilibria": ["2 pure Nash equilibria: proved to be all."],
    "drawing": ["All players choose at once; there are 5 complete ways of playing."],
}  # fmt: skip


@pytest.mark.parametrize(("section", "sentence"), [(section, one) for section, found in FALSE.items() for one in found])
def test_a_false_sentence_is_caught(section: str, sentence: str) -> None:
    question = Question.of(made("transit"))
    told = Told(question, question.concepts[0], section, "", "pure Nash")
    checkers = [(re.fullmatch(p, sentence), check) for sections, p, check in (*SOLVED, *COUNTED) if section in sections]
    match, checker = next(pair for pair in checkers if pair[0])
    assert match
    with pytest.raises(AssertionError):
        checker(told, match)
