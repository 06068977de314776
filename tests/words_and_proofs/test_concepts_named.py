"""What is said of every, some or no equilibrium names the concept: in the sentence, or for
a cell in its table's caption."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from strategy import Model
from strategy.assumptions.checks import Monotone, Occurs, Threshold
from strategy.checking import rule
from strategy.completeness import equilibrium, kind
from strategy.concepts import (
    CorrelatedEquilibrium,
    LogitQuantalResponse,
    Nash,
    PureNash,
    PureSubgamePerfect,
    Rationalizability,
)
from strategy.errors import StrategyError
from strategy.report import analyse, as_html
from strategy.report.sections import ALL as SECTIONS
from strategy.sensitivity import radius, regions, thresholds
from strategy.sensitivity.analyses.catalogue import ALL
from tests.report._chance_tree import model as ship
from tests.report.conftest import transit

UNNAMED = re.compile(
    r"(?i)\b(?:in (?:no|every|at least one|some)|not in every|there is no|any "
    r"other|no other|possible but not sure)"
    r"(?: equilibri(?:um|a)\b|(?<=sure)(?! in|,| \())"
)
"""A claim about equilibria, or of what is left open within one, with no word of which."""
WAYS: list[tuple[Callable[[], Model], Any, str]] = [
    (transit, PureNash(), "corridor open"),
    (transit, PureNash(undominated=True), "corridor open"),
    (transit, Nash(), "Armenia opens"),
    (lambda: ship, PureSubgamePerfect(), "cargo arrives"),
]
REST, LOGIT = "without weakly dominated actions", "logit quantal response"


def asked(model: Model, concept: Any, outcome: str, analysis: Any) -> Any:
    few: dict[str, Any] = {
        "drivers": {"samples": 64},
        "question": {"samples": 64},
        "ablation": {"samples": 16},
    }.get(analysis.key, {})
    if analysis.key == "information":
        few = {"parameter": next(iter(model.parameters))}
    try:
        return analysis.load()(model, concept, outcome, **few)
    except StrategyError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("analysis", ALL, ids=lambda one: one.key)
@pytest.mark.parametrize(
    ("make", "concept", "outcome"), WAYS, ids=["pure", "undominated", "mixed", "chance"]
)
def test_in_every_analysis(
    analysis: Any, make: Callable[[], Model], concept: Any, outcome: str
) -> None:
    finding = asked(make(), concept, outcome, analysis)
    for sentence in (finding.heading, *finding.sentences):
        # robustness names the concept of each verdict first
        beside = sentence.startswith("Under ")
        assert beside or not UNNAMED.search(sentence), sentence
    for table in finding.tables:
        named = str(concept).split(",")[0] in table.caption or (
            finding.heading.startswith("'") and analysis.key == "robustness"
        )
        named = named or "subgame-perfect" in table.caption  # orders of moves
        cells = [str(cell) for row in table.rows for cell in row]
        assert named or not [
            cell for cell in (*table.header, *cells, table.more) if UNNAMED.search(cell)
        ], table.caption
        assert not UNNAMED.search(table.caption), table.caption


@pytest.mark.parametrize(
    ("concept", "one", "many"),
    [
        (PureNash(), "pure Nash equilibrium", "pure Nash equilibria"),
        (
            PureNash(undominated=True),
            f"pure Nash equilibrium {REST}",
            f"pure Nash equilibria {REST}",
        ),
        (
            LogitQuantalResponse(4),
            f"{LOGIT} equilibrium at lambda = 4",
            f"{LOGIT} equilibria at lambda = 4",
        ),
        (CorrelatedEquilibrium(), "correlated equilibrium", "correlated equilibria"),
        (Rationalizability(), "rationalizable play", "rationalizable plays"),
    ],
)
def test_what_answers_are_called(concept: Any, one: str, many: str) -> None:
    assert (equilibrium(concept), kind(concept)) == (one, many)


@pytest.mark.parametrize("make", [transit, lambda: ship], ids=["table", "chance"])
@pytest.mark.deep_but(1)
def test_on_a_page(make: Callable[[], Model]) -> None:
    """In every sentence of the page, and in the words of its figures; cells of tables have
    a caption or a column for it."""
    wanted = (
        "answer",
        "verdicts",
        "thresholds",
        "region_map",
        "ablation",
        "stress",
        "radius",
    )
    page = as_html(
        analyse(make(), sections=tuple([one for one in SECTIONS if one.key in wanted]))
    )
    labels = re.findall(r'aria-label="([^"]*)"', page)
    no_tables = re.sub(
        r"(?s)<table.*?</table>|<style.*?</style>|<script.*?</script>|<svg.*?</svg>",
        " ",
        page,
    )
    for text in (
        *labels,
        *re.findall(r"(?s)<(?:li|p|h\d|figcaption)\b[^>]*>(.*?)</", no_tables),
    ):
        said = html.unescape(re.sub(r"<[^>]+>", "", text))
        assert not UNNAMED.search(said) or "means" in said, said


def test_in_checks() -> None:
    model = transit()
    found = [
        rule(Occurs("corridor open", "every"), model).sentence,
        rule(Occurs("corridor open", "no", concept="nash"), model).sentence,
        rule(Threshold("leverage", "corridor open"), model).sentence,
        rule(Monotone("attention", "corridor open", falls=True), model).sentence,
        rule(Monotone("attention", "corridor open"), model).sentence,
    ]
    assert "'corridor open': in every pure Nash equilibrium" in found[0]
    assert "'corridor open': in no Nash equilibrium" in found[1]
    assert "(nash)" not in found[1]
    assert all("pure Nash equilibri" in one for one in (*found[:1], *found[2:]))
    assert not [one for one in found if UNNAMED.search(one)]


def test_of_a_radius_to_one_verdict() -> None:
    """Heading and sentence name it, however it is asked for."""
    found = radius(transit(), PureNash(), "corridor open", to="no")
    assert "“in no pure Nash equilibrium”" in found.heading
    assert (
        "verdict on 'corridor open' is: in every pure Nash equilibrium"
        in found.sentences[0]
    )


def test_of_thresholds_and_maps() -> None:
    """Their one table stands under a heading with the concept."""
    for found in (
        thresholds(transit(), PureNash(), "corridor open", "attention"),
        regions(transit(), PureNash(), "corridor open", "attention", "leverage"),
    ):
        assert "pure Nash" in str(found).splitlines()[0]
