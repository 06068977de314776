"""Waterfalls: bars that begin where the last one ended, amounts that add up, and nothing on
top of anything."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from matplotlib.patches import Polygon

from games.corridor.activation import model
from strategy import GameError
from strategy.plots import blank, claim_steps, plot_waterfall, svg_text, waterfall_size
from strategy.plots.drawing.palette import GAIN, LOSS
from tests.plots._overlaps import NASTY, outside, overlaps

OPENS = dict(
    zip(model.players, ("press", "connect", "open", "acquiesce", "acquiesce"), strict=True)
)
STEPS = [
    ("C4: transit", Fraction(4)),
    ("nothing", Fraction(0)),
    ("C7: retaliation", Fraction(-6)),
    ("C9: aid", Fraction(1, 3)),
]


def test_bars_begin_where_the_last_one_ended() -> None:
    _, ax = blank(*waterfall_size(STEPS))
    assert (
        plot_waterfall(STEPS, ax, title="Armenia", unit="points a year", total="payoff")
        is ax
    )
    spans = [
        (one.get_xy()[0][0], one.get_xy()[2][0])
        for one in ax.patches
        if isinstance(one, Polygon)
    ]
    assert spans == [
        (0, 4),
        (4, 4),
        (4, -2),
        (-2, pytest.approx(-5 / 3)),
        (0, pytest.approx(-5 / 3)),
    ]
    assert [text.get_text() for text in ax.texts] == ["+4", "0", "−6", "+1/3", "= −5/3"]
    assert [text.get_text() for text in ax.get_yticklabels()] == [
        *[label for label, _ in STEPS],
        "payoff",
    ]
    assert (ax.get_xlabel(), ax.get_title("left")) == ("points a year", "Armenia")


def test_signs_are_told_by_colour_and_by_direction() -> None:
    _, ax = blank(*waterfall_size(STEPS))
    plot_waterfall(STEPS, ax)
    for bar, (_, value) in zip(ax.patches, STEPS, strict=False):
        if value:
            assert isinstance(bar, Polygon)
            (start, _), (neck, _), (tip, _) = bar.get_xy()[:3]
            assert (start <= neck < tip) if value > 0 else (start >= neck > tip)
    lightness = [
        sum(int(colour[i : i + 2], 16) * w for i, w in ((1, 0.299), (3, 0.587), (5, 0.114)))
        for colour in (GAIN, LOSS)
    ]
    assert lightness[1] - lightness[0] > 60, "told apart in grey print"


@pytest.mark.parametrize("player", model.players)
def test_steps_of_an_explanation_add_up(player: str) -> None:
    for explanation in (
        model.explain(OPENS),
        model.explain(OPENS, instead_of={**OPENS, "Armenia": "refuse"}),
    ):
        steps = claim_steps(explanation, player)
        assert sum(value for _, value in steps) == explanation.totals[player]
        claims = {row.claim for row in explanation.of(player) if row.claim}
        begun = [label.split(": ")[0] for label, _ in steps if ": " in label]
        assert sorted(begun) == sorted(map(model.claim_label, claims))


def test_terms_of_one_claim_are_one_step() -> None:
    rows = model.explain(OPENS).of("Armenia")
    steps = dict(claim_steps(model.explain(OPENS), "Armenia"))
    for claim in {row.claim for row in rows}:
        mine = [row for row in rows if row.claim == claim]
        if claim is not None:
            assert steps[
                f"{model.claim_label(claim)}: {'; '.join(row.term for row in mine)}"
            ] == sum(row.value for row in mine)
        else:
            assert all(steps[row.term] == row.value for row in mine)


def test_unknown_player_is_refused() -> None:
    with pytest.raises(GameError, match="did you mean 'Armenia'"):
        claim_steps(model.explain(OPENS), "Armenio")


def random_steps(rng: random.Random) -> list[tuple[str, Fraction]]:
    values = [
        Fraction(0),
        Fraction(1),
        Fraction(-3),
        Fraction(1, 1000),
        Fraction(-12345, 6789),
        Fraction(10**7),
        Fraction(-17, 3),
    ]
    chosen = rng.sample(values, rng.randint(1, len(values)))
    return [
        (f"C{i}: {rng.choice(NASTY)}", rng.choice(chosen))
        for i in range(rng.randint(0, 14))
    ]


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.deep_but(2)
def test_nothing_overlaps(seed: int) -> None:
    rng = random.Random(seed)
    steps = random_steps(rng)
    for size in (
        waterfall_size(steps),
        (4.0, waterfall_size(steps)[1]),
        (12.0, 0.6 * len(steps) + 2),
    ):
        figure, ax = blank(*size)
        plot_waterfall(
            steps,
            ax,
            title=rng.choice(NASTY) * rng.randint(0, 3),
            unit=rng.choice(NASTY),
            total=rng.choice(NASTY),
        )
        assert overlaps(ax) == []
        assert outside(ax) == []
    assert "<svg" in svg_text(figure)
