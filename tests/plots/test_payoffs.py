"""Payoff tables: every number in its cell, best responses underlined, equilibria framed,
whatever the names."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from games.corridor.activation import model
from strategy import (
    Decision,
    End,
    ExtensiveFormGame,
    GameError,
    NormalFormGame,
    RefusalError,
    solve,
)
from strategy.concepts import Nash, PureNash
from strategy.plots import blank, payoffs_size, plot_payoffs
from tests.plots._overlaps import NASTY, outside, overlaps

POOL = [0, 1, -2, "1/3", "-12345/6789", 10**7]


def table(a: Any, b: Any) -> NormalFormGame:
    return NormalFormGame.from_arrays(
        a,
        b,
        players=("Armenia", "Russia"),
        actions=(("open", "refuse"), ("obstruct", "acquiesce")),
    )


STAGS = table([[2, 0], [1, 1]], [[2, 1], [0, 1]])


def drawn(game: Any, given: Any = None, size: tuple[float, float] | None = None) -> Axes:
    solution = solve(game, PureNash())
    _, ax = blank(*(size or payoffs_size(game, solution, given=given)))
    assert plot_payoffs(game, ax, solution, given=given) is ax
    return ax


def underlined(ax: Axes) -> list[tuple[float, float]]:
    """Where the texts stand that have a line under them."""
    lines = [
        tuple(path.vertices[0]) for one in ax.collections[1:] for path in one.get_paths()
    ]
    return [(round(x, 6), round(y - 0.25, 6)) for x, y in lines]


def framed(ax: Axes) -> int:
    return sum(
        isinstance(patch, Rectangle) and patch.get_linewidth() == 2.0
        for patch in ax.patches
    )


def test_what_stands_where() -> None:
    ax = drawn(STAGS)
    rows, columns = {}, {}
    where = {text.get_text(): text.get_position() for text in ax.texts}
    for action in ("open", "refuse"):
        rows[action] = where[action][1]
    for action in ("obstruct", "acquiesce"):
        columns[action] = where[action][0]
    found = {}
    for text in ax.texts:
        x, y = text.get_position()
        if text.get_text() in "012":
            row = min(rows, key=lambda action: abs(rows[action] - y))
            column = min(columns, key=lambda action: abs(columns[action] - x))
            player = "Armenia" if x < columns[column] and y > rows[row] else "Russia"
            found[player, row, column] = int(text.get_text())
    for row, column in itertools.product(rows, columns):
        for player in ("Armenia", "Russia"):
            assert found[player, row, column] == STAGS.payoff(
                player, {"Armenia": row, "Russia": column}
            )


@pytest.mark.parametrize("seed", range(12))
def test_best_responses_are_underlined_and_equilibria_framed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.integers(-1, 2, (2, rng.integers(1, 5), rng.integers(1, 5)))
    game = NormalFormGame.from_arrays(a, b, players=("A", "B"))
    ax = drawn(game)
    best = (a == a.max(axis=0)).sum() + (b == b.max(axis=1, keepdims=True)).sum()
    bold = [
        text
        for text in ax.texts
        if text.get_weight() == "bold" and text.get_text() not in "AB"
    ]
    assert len(underlined(ax)) == len(bold) == best
    assert sorted(underlined(ax)) == sorted(
        (round(x, 6), round(y, 6)) for x, y in (text.get_position() for text in bold)
    )
    assert framed(ax) == len(solve(game, PureNash()))


def test_a_table_is_cut_out_of_a_larger_one() -> None:
    given = {"Azerbaijan": "wait", "Iran": "acquiesce", "Türkiye": "hold back"}
    game = model.game()
    ax = drawn(game, given)
    shown = [text.get_text() for text in ax.texts]
    assert {"Armenia", "Russia", "open on conditions", "broker"} <= set(shown)
    notes = " ".join(max(shown, key=len).split())
    assert "Given Türkiye: hold back, Azerbaijan: wait and Iran: acquiesce." in notes
    assert framed(ax) == 1
    value = game.payoff("Russia", {**given, "Armenia": "open", "Russia": "broker"})
    assert value == Fraction("-2.1")
    assert "−2.1" in shown
    assert framed(drawn(game, {**given, "Iran": "obstruct"})) == 0


def test_no_equilibrium_is_said() -> None:
    ax = drawn(table([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]))
    assert any(
        "There is no pure Nash equilibrium." in " ".join(text.get_text().split())
        for text in ax.texts
    )
    assert framed(ax) == 0


def test_cells_that_are_played_with_some_probability_have_a_dashed_frame() -> None:
    solution = solve(STAGS, Nash())
    _, ax = blank(*payoffs_size(STAGS, solution))
    plot_payoffs(STAGS, ax, solution)
    frames = [patch.get_linestyle() for patch in ax.patches if patch.get_linewidth() == 2.0]
    assert sorted(frames, key=len) == ["-", "-", "--", "--"]
    assert any("Dashed frame" in " ".join(text.get_text().split()) for text in ax.texts)
    assert overlaps(ax) == []


def test_what_is_refused() -> None:
    _, ax = blank(4, 3)
    tree = ExtensiveFormGame.from_tree(Decision("A", {"x": End()}))
    with pytest.raises(RefusalError, match="plot_tree"):
        plot_payoffs(tree, ax)
    with pytest.raises(RefusalError, match=r"5 choose here .*given=\{'Armenia'"):
        plot_payoffs(model.game(), ax)
    with pytest.raises(RefusalError, match="leave two players free"):
        plot_payoffs(STAGS, ax, given={"Russia": "obstruct"})
    with pytest.raises(GameError, match="did you mean 'obstruct'"):
        plot_payoffs(STAGS, ax, given={"Russia": "obstuct"})
    with pytest.raises(GameError, match="unknown player"):
        plot_payoffs(STAGS, ax, given={"Iran": "obstruct"})
    with pytest.raises(RefusalError, match="another game"):
        plot_payoffs(STAGS, ax, solve(NormalFormGame.from_arrays([[1]], [[1]]), PureNash()))
    with pytest.raises(RefusalError, match=r"30 x 2 cells.*at most 20"):
        plot_payoffs(NormalFormGame.from_arrays(np.zeros((30, 2)), np.zeros((30, 2))), ax)
    with pytest.raises(
        RefusalError, match=r"3\.9 x 2\.9 inches: give it .* \(payoffs_size\)"
    ):
        plot_payoffs(NormalFormGame.from_arrays(np.zeros((18, 18)), np.zeros((18, 18))), ax)


@pytest.mark.deep_but(4)
@pytest.mark.parametrize("seed", range(25))
def test_nothing_overlaps(seed: int) -> None:
    rng = random.Random(seed)
    shape = (rng.randint(1, 7), rng.randint(1, 7))
    arrays = [
        [[rng.choice(POOL) for _ in range(shape[1])] for _ in range(shape[0])]
        for _ in range(2)
    ]
    actions = [rng.sample(NASTY, size) for size in shape]
    game = NormalFormGame.from_arrays(
        *arrays, players=rng.sample(NASTY, 2), actions=actions
    )
    for size in (None, (9.0, 6.0)):
        ax = drawn(game, size=size)
        assert overlaps(ax) == []
        assert outside(ax) == []
