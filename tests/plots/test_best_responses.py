"""Best-response diagrams against the definition, over all degenerate games of small
integers, and as drawings."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from games.corridor.activation import model
from strategy import NormalFormGame, RefusalError
from strategy.plots import blank, plot_best_responses
from strategy.plots.drawing.correspondences import (
    ReplyBox,
    best_response_boxes,
    common_boxes,
)
from tests.plots._overlaps import NASTY, outside, overlaps

GRID = [Fraction(i, 24) for i in range(25)]
"""Has the roots of all gains from -2 to 2, and points between them."""


def arrays(if_first: int, if_second: int) -> Any:
    """Payoffs of a row player whose first action gains so much, if the other takes its
    first action, and its second."""
    return np.array(
        [[Fraction(if_first), Fraction(if_second)], [Fraction(0), Fraction(0)]],
        dtype=object,
    )


def within(boxes: Iterable[ReplyBox], p: Fraction, q: Fraction) -> bool:
    return any(box.p[0] <= p <= box.p[1] and box.q[0] <= q <= box.q[1] for box in boxes)


def is_best(own: Fraction, other: Fraction, if_first: int, if_second: int) -> bool:
    """By definition: no other mix of one's own pays more, and so neither action does."""
    first = other * if_first + (1 - other) * if_second
    return own * first == max(first, Fraction(0))


GAINS = list(itertools.product(range(-2, 3), repeat=2))


@pytest.mark.parametrize("gains", GAINS)
def test_best_responses_by_definition(gains: tuple[int, int]) -> None:
    rows, columns = best_response_boxes((arrays(*gains), arrays(*gains).T))
    for own, other in itertools.product(GRID, repeat=2):
        assert within(rows, own, other) == is_best(own, other, *gains)
        assert within(columns, other, own) == is_best(own, other, *gains)


@pytest.mark.parametrize("seed", range(6))
def test_equilibria_by_definition(seed: int) -> None:
    for row, column in random.Random(seed).sample(
        list(itertools.product(GAINS, repeat=2)), 25
    ):
        found = common_boxes(*best_response_boxes((arrays(*row), arrays(*column).T)))
        assert found, "a finite game has an equilibrium"
        assert not any(a.contains(b) for a, b in itertools.permutations(found, 2))
        for p, q in itertools.product(GRID[::2], repeat=2):
            assert within(found, p, q) == (is_best(p, q, *row) and is_best(q, p, *column))


def game(a: Any, b: Any, **names: Any) -> NormalFormGame:
    names = names or {
        "players": ("Armenia", "Russia"),
        "actions": (("open", "refuse"), ("obstruct", "acquiesce")),
    }
    return NormalFormGame.from_arrays(a, b, **names)


BATTLE = game([[2, 0], [0, 1]], [[1, 0], [0, 2]])


def test_what_is_drawn() -> None:
    _, ax = blank(5, 5.8)
    assert plot_best_responses(BATTLE, ax) is ax
    dots = {
        (x, y)
        for line in ax.lines
        if line.get_marker() == "o"
        for x, y in line.get_xydata()
    }
    assert dots == {(1, 1), (0, 0), (float(Fraction(2, 3)), float(Fraction(1, 3)))}
    legend = ax.get_legend()
    assert legend is not None
    words = [text.get_text() for text in legend.get_texts()]
    assert words[-1] == "equilibria: (0, 0), (2/3, 1/3) and (1, 1)"
    assert ax.get_xlabel() == "probability that Armenia plays open (and not refuse)"
    styles = {line.get_linestyle() for line in ax.lines if line.get_marker() == "None"}
    assert styles == {"-", "--"}


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (
            [[1, 0], [0, 0]],
            [[0, 0], [0, 0]],
            "equilibria: all from (0, 0) to (1, 0) and all from (1, 0) to (1, 1)",
        ),
        ([[0, 0], [0, 0]], [[0, 0], [0, 0]], "equilibria: all between (0, 0) and (1, 1)"),
        ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], "equilibrium: (0.5, 0.5)"),
        ([[3, 0], [5, 1]], [[3, 5], [0, 1]], "equilibrium: (0, 0)"),
    ],
)
def test_degenerate_games(a: Any, b: Any, words: str) -> None:
    _, ax = blank(5, 5.8)
    legend = plot_best_responses(game(a, b), ax).get_legend()
    assert legend is not None
    assert " ".join(legend.get_texts()[-1].get_text().split()) == words
    assert overlaps(ax) == []


def test_what_is_refused() -> None:
    _, ax = blank(5, 5)
    given = {"Azerbaijan": "wait", "Iran": "acquiesce", "Türkiye": "hold back"}
    with pytest.raises(RefusalError, match="Armenia has 3: draw a payoff table"):
        plot_best_responses(model.game(), ax, given=given)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.deep_but(2)
def test_nothing_overlaps(seed: int) -> None:
    rng = random.Random(seed)
    payoffs = [
        [[rng.choice([0, 0, 1, "1/3", "-12345/6789"]) for _ in range(2)] for _ in range(2)]
        for _ in range(2)
    ]
    actions = [rng.sample(NASTY, 2) for _ in range(2)]
    for size in ((5.0, 5.8), (3.6, 6.0), (9.0, 7.0)):
        _, ax = blank(*size)
        plot_best_responses(
            game(*payoffs, players=rng.sample(NASTY, 2), actions=actions), ax
        )
        legend = ax.get_legend()
        assert legend is not None
        assert overlaps(ax) == []
        assert outside(ax) == []


def test_any_figure_will_do() -> None:
    """Axes of a user's own figure, which has no canvas that draws yet."""
    ax = Figure(figsize=(5, 6)).add_subplot()
    assert plot_best_responses(BATTLE, ax).get_legend() is not None
