"""The figures of the catalogue's analyses: nothing lies on anything else, whatever the
names; and they show what was found."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from matplotlib.colors import to_rgb

from games.corridor.activation import model as at_once
from strategy import Model, NormalForm, Outcome, Parameter, Parameters, Term, plots, where
from strategy.concepts import PureNash
from strategy.plots.drawing import spans
from strategy.sensitivity import (
    commitment,
    conditions,
    coordination,
    information,
    regret,
    robustness,
    statics,
    terms,
)
from strategy.sensitivity.analyses import catalogue
from tests.plots._named_models import claims_of, random_model
from tests.plots._overlaps import NASTY, drawn_texts, outside, overlaps

DRAWN = {one.key: one for one in catalogue.ALL if one.figure}
HEAVY = {
    "regret": {"samples": 4},
    "drivers": {"samples": 256},
    "question": {"samples": 4096},
    "robustness": {"seconds_per_concept": 0.5},
}


def drawn(key: str, finding: Any, size: tuple[float, float] | None = None) -> Any:
    """The Axes with the figure of an analysis."""
    label = DRAWN[key].figure
    _, ax = plots.blank(*(size or getattr(plots, f"{label}_size")(finding)))
    assert getattr(plots, f"plot_{label}")(finding, ax) is ax
    return ax


def words(ax: Any) -> list[str]:
    return [text for text, _ in drawn_texts(ax)]


PENNIES = Model(
    "pennies",
    form=NormalForm({NASTY[2]: (NASTY[3], NASTY[4]), NASTY[0]: (NASTY[5], NASTY[8])}),
    parameters=Parameters(x=Parameter(1, low=0, high=2, unit=NASTY[3])),
    terms=tuple([
        Term(who, sign, when=where({NASTY[2]: a, NASTY[0]: b}), name=f"{who} {a} {b}")
        for who, sign in ((NASTY[2], 1), (NASTY[0], -1))
        for a, b in ((NASTY[3], NASTY[5]), (NASTY[4], NASTY[8]))
    ]),
    outcomes=(Outcome(NASTY[9], when=where({NASTY[2]: NASTY[3]})),),
    claims=claims_of(("x", 2)),
)  # fmt: skip
"""No pure equilibrium, and none that depends on the parameter."""


@cache
def model_of(seed: int) -> Model:
    return PENNIES if seed < 0 else random_model(random.Random(seed))


@pytest.mark.deep_but(8)
@pytest.mark.parametrize(
    "seed", [-1, 0, *[pytest.param(seed, marks=pytest.mark.deep) for seed in (1, 2)]]
)
@pytest.mark.parametrize("key", DRAWN)
def test_nothing_lies_on_anything_else(key: str, seed: int) -> None:
    model = model_of(seed)
    assert model.headline is not None
    if key == "map" and len(model.parameters) < 2:
        pytest.skip("a map has two parameters")
    given = (
        dict(zip("xy", model.parameters, strict=False))
        if key == "map"
        else HEAVY.get(key, {})
    )
    finding = DRAWN[key].load()(model, PureNash(), model.headline, **given)
    ax = drawn(key, finding)
    width, height = ax.figure.get_size_inches()
    for each in (ax, drawn(key, finding, (0.8 * width, 0.8 * height))):
        assert overlaps(each) == []
        assert outside(each) == []


@cache
def of_the_corridor(key: str) -> Any:
    return DRAWN[key].load()(at_once, PureNash(), "corridor open", **HEAVY.get(key, {}))


@pytest.mark.deep_but(4)
@pytest.mark.parametrize(
    "key",
    [
        "commitment",
        "information",
        "robustness",
        "orders",
        "regret",
        "conditions",
        "coordination",
        "statics",
        "terms",
    ],
)
def test_the_corridor(key: str) -> None:
    finding = of_the_corridor(key)
    ax = drawn(key, finding)
    assert overlaps(ax) == []
    assert outside(ax) == []
    if key not in ("conditions", "robustness", "terms"):
        assert all(any(player in text for text in words(ax)) for player in at_once.players)


# -- what they show

p = Parameters(
    x=Parameter(1, low=0, high=4, unit="points"),
    y=Parameter(3, low=0, high=4),
    idle=Parameter(0, low=0, high=1),
)
CHICKEN = Model(
    "chicken",
    form=NormalForm({"A": ("dare", "yield"), "B": ("dare", "yield")}),
    parameters=p,
    terms=(
        Term("A", -p.y, when=where(A="dare", B="dare"), name="crash, A"),
        Term("B", -p.y, when=where(A="dare", B="dare"), name="crash, B"),
        Term("A", p.x, when=where(A="dare", B="yield"), name="prize, A"),
        Term("B", p.x, when=where(A="yield", B="dare"), name="prize, B"),
    ),
    outcomes=(Outcome("A dares", when=where(A="dare")),),
)
"""Two equilibria; who dares first gets the prize."""


def test_commitment_shows_what_daring_pays() -> None:
    finding = commitment(CHICKEN, PureNash(), "A dares")
    shown = words(drawn("commitment", finding))
    assert shown.count("0 to 1") == 2, "free, for either"
    assert shown.count("1") >= 2, "bound to dare"
    assert shown.count("every") == 2, "A bound to dare; B bound to yield"


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ((0, 1), (1, 2), "more"),
        ((0, 1), (-1, 0), "less"),
        ((0, 1), (0, 1), "same"),
        ((0, 2), (1, 1), "either"),
        ((0, 2), (1, 3), "either"),
        ((1, 1), (1, 2), "more"),
        (None, (1, 2), ""),
    ],
)
def test_compared(before: Any, after: Any, kind: str) -> None:
    assert spans.compared(before, after) == kind


def test_kinds_of_spans_are_told_apart_in_grey() -> None:
    looks = [
        (fill, hatch, mark) for kind, (fill, hatch, mark) in spans._LOOKS.items() if kind
    ]
    assert len({mark for _, _, mark in looks}) == len(looks)
    for i, (fill, hatch, _) in enumerate(looks):
        for other, lines, _ in looks[:i]:
            assert hatch != lines or abs(_grey(fill) - _grey(other)) > 0.15


def _grey(colour: str) -> float:
    return sum(
        part * share
        for part, share in zip(to_rgb(colour), (0.299, 0.587, 0.114), strict=True)
    )


def test_information_frames_who_knows() -> None:
    finding = information(CHICKEN, PureNash(), "A dares", parameter="x")
    ax = drawn("information", finding)
    frames = [patch for patch in ax.patches if patch.get_linewidth() == 1.4]
    assert len(frames) == 4, "all know: both; A; B"
    assert {"nobody", "all"} <= set(words(ax))


def test_robustness_has_a_row_a_concept() -> None:
    finding = robustness(CHICKEN, PureNash(), "A dares")
    shown = words(drawn("robustness", finding))
    assert {str(one.concept) for one in finding.rows} <= set(shown)
    assert shown.count("some") == sum(one.verdict.name == "SOME" for one in finding.rows)
    assert "where players err (not compared)" in shown


def test_orders_count_who_moves_before_whom() -> None:
    finding = of_the_corridor("orders")
    ax = drawn("orders", finding)
    count = len(finding.turns)
    total: dict[float, float] = {}
    for patch in ax.patches:
        if patch.get_facecolor()[3]:
            corner = round(float(patch.get_y()), 6)
            total[corner] = total.get(corner, 0) + patch.get_width()
    assert len(total) == 2 + len(at_once.players)
    shares = {kind: finding.share(kind) for kind in {one.verdict for one in finding.turns}}
    assert sum(shares.values()) == 1
    assert {
        str(int(share * count)) for share in shares.values() if share > Fraction(1, 10)
    } <= set(words(ax))


def test_coordination_fills_who_has_to_be_surest() -> None:
    finding = coordination(CHICKEN, PureNash(), "A dares")
    ax = drawn("coordination", finding)
    filled = [
        patch.get_width() for patch in ax.patches if patch.get_facecolor() != (1, 1, 1, 1)
    ]
    assert len(filled) == sum(
        value == one.p > 0
        for one in finding.equilibria
        for value in one.dominance.by_player.values()
    )
    assert len(set(filled)) == len({one.p for one in finding.equilibria}) == 1, (
        "chicken is the same for both"
    )
    assert any("tempted to" in text for text in words(ax))


def test_coordination_on_nothing() -> None:
    assert any(
        "no pure Nash equilibrium" in text
        for text in words(
            drawn("coordination", coordination(PENNIES, PureNash(), PENNIES.headline))
        )
    )


def test_questions_are_as_wide_as_their_answers_are_often() -> None:
    finding = of_the_corridor("question")
    ax = drawn("question", finding)
    bars: dict[float, float] = {}
    for patch in ax.patches:
        if patch.get_facecolor()[3]:
            bars[round(patch.get_y(), 6)] = (
                bars.get(round(patch.get_y(), 6), 0.0) + patch.get_width()
            )
    now, *rest = bars.values()
    assert len(rest) == len(finding.questions) > 0
    assert all(0.95 * now < one <= now for one in rest)


def test_regret_names_the_least_in_bold() -> None:
    finding = regret(CHICKEN, PureNash(), "A dares", samples=5)
    ax = drawn("regret", finding)
    bold = [text.get_text() for text in ax.texts if text.get_weight() == "bold"]
    for one in finding.players:
        assert set(one.robust(0)) <= set(bold)


def test_an_action_without_an_answer_is_hatched() -> None:
    """The third player chooses whether the two others play pennies, which have no pure
    equilibrium."""
    pay = where(C="play") & (where(A="heads", B="heads") | where(A="tails", B="tails"))
    model = Model(
        "pennies for two",
        form=NormalForm(
            {"A": ("heads", "tails"), "B": ("heads", "tails"), "C": ("play", "wait")}
        ),
        parameters=p,
        terms=(
            Term("A", 1, when=pay, name="match"),
            Term("B", -1, when=pay, name="no match"),
            Term("C", p.x, when=pay, name="fee"),
        ),
        outcomes=(Outcome("played", when=where(C="play")),),
    )
    finding = regret(model, PureNash(), "played", player="C", samples=3)
    assert any("equilibrium at 4 of 4" in text for text in words(drawn("regret", finding)))
    bound = commitment(model, PureNash(), "played", player="C")
    shown = words(drawn("commitment", bound))
    assert "no pure Nash equilibrium" in shown
    assert "none" in shown


@pytest.mark.parametrize("given", [CHICKEN, at_once])
def test_a_condition_fails_where_its_bar_ends(given: Model) -> None:
    """Its parameters moved so far, each the way that hurts, leave nothing of its slack."""
    finding = conditions(given, PureNash(), given.headline)
    assert finding.polyhedra
    for one in finding.polyhedra:
        for each in one.conditions:
            reach = finding.reach(each)
            left = -each.inequality.bound
            for label, c in each.inequality.coefficients:
                known = given.parameters[label]
                way = -1 if c > 0 else 1
                moved = known.baseline + way * reach * (known.high - known.low)
                left += c * min(max(moved, known.low), known.high)
            assert left == 0
            assert 0 <= reach <= 1


def test_a_tie_has_a_dot() -> None:
    finding = conditions(CHICKEN, PureNash(), "A dares", at={"x": 0})
    ties = [
        each
        for one in finding.polyhedra
        for each in one.conditions
        if not finding.reach(each)
    ]
    dots = [line for line in drawn("conditions", finding).lines if line.get_marker() == "o"]
    assert len(dots) == len(ties)


def test_statics_show_each_sign() -> None:
    finding = statics(CHICKEN, PureNash(), "A dares")
    ax = drawn("statics", finding)
    marks = [line.get_marker() for line in ax.lines]
    signs = [one.sign for one in finding.entries.values()]
    assert marks.count("^") == signs.count("+") + signs.count("?")
    assert marks.count("v") == signs.count("-") + signs.count("?")
    assert any("idle" in text and "Nothing here" in text for text in words(ax))


def test_terms_frame_what_changes_the_verdict() -> None:
    finding = terms(CHICKEN, PureNash(), "A dares")
    ax = drawn("terms", finding)
    frames = [patch for patch in ax.patches if patch.get_linewidth() == 2.0]
    assert len(frames) == sum(
        len(finding.flipping_terms(factor)) for factor in (0, "1/2", 2)
    )
