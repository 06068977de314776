"""Sets of equilibria, curves of quantal responses and trajectories: what is drawn is what
was found, and can be read."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from games.corridor.activation import model
from strategy import NormalFormGame, RefusalError, solve
from strategy.concepts import Nash, PureNash
from strategy.dynamics import (
    Trajectory,
    fictitious_play,
    moran_process,
    replicator_dynamics,
)
from strategy.plots import (
    blank,
    equilibria_size,
    plot_equilibria,
    plot_quantal_responses,
    plot_trajectory,
    responses_size,
    trajectory_size,
)
from strategy.plots.drawing.best_replies import hull, regions_of_replies
from strategy.plots.drawing.panels import _apart
from strategy.solvers import LogitTracing, logit_branch
from tests.plots._overlaps import NASTY, outside, overlaps


def game(a: Any, b: Any, **names: Any) -> NormalFormGame:
    return NormalFormGame.from_arrays(a, b, **names)


EDGE = game([[0, 6], [2, 5], [3, 3]], [[1, 0], [0, 2], [4, 4]], players=("Ana", "Ben"))
"""An isolated equilibrium, and a segment of them at the third action (von Stengel 2007,
with other numbers)."""


# -- regions of best replies, by definition


def grid(actions: int) -> list[tuple[Fraction, ...]]:
    steps = 12
    cells = itertools.product(range(steps + 1), repeat=actions)
    return [
        tuple([Fraction(i, steps) for i in cell]) for cell in cells if sum(cell) == steps
    ]


def within(corners: Any, point: Any) -> bool:
    """Whether a point is a mean of the corners: in the plane of the first two coordinates,
    by the signs of turns."""
    spots = [
        tuple(corner[:2]) if len(corner) > 1 else (corner[0], Fraction(0))
        for corner in corners
    ]
    spot = tuple(point[:2]) if len(point) > 1 else (point[0], Fraction(0))
    if len(spots) == 1:
        return spots[0] == spot
    pairs = list(zip(spots, [*spots[1:], spots[0]], strict=True))
    turns = [
        (b[0] - a[0]) * (spot[1] - a[1]) - (b[1] - a[1]) * (spot[0] - a[0])
        for a, b in pairs
    ]
    low, high = [tuple(map(pick, zip(*spots, strict=True))) for pick in (min, max)]
    inside = all(a <= x <= b for a, x, b in zip(low, spot, high, strict=True))
    return inside and (all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns))


@pytest.mark.parametrize("seed", range(40))
def test_regions_by_definition(seed: int) -> None:
    rng = random.Random(seed)
    actions, replies = rng.randint(1, 3), rng.randint(1, 3)
    payoffs = np.array(
        [[Fraction(rng.randint(0, 3)) for _ in range(replies)] for _ in range(actions)],
        dtype=object,
    )
    regions = regions_of_replies(payoffs)
    for point in grid(actions):
        worth = [
            sum(p * v for p, v in zip(point, payoffs[:, reply], strict=True))
            for reply in range(replies)
        ]
        best = {reply for reply in range(replies) if worth[reply] == max(worth)}
        found = {
            reply
            for region in regions
            if within(region.corners, point)
            for reply in region.replies
        }
        assert found == best, point


def test_hull() -> None:
    corners = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    inner = [(Fraction(1, 3),) * 3, (Fraction(1, 2), Fraction(1, 2), 0)]
    assert set(hull([*corners, *inner])) == {
        tuple(map(float, corner)) for corner in corners
    }
    assert hull([(0, 1), (1, 0), (Fraction(1, 2), Fraction(1, 2))]) == [
        (0.0, 1.0),
        (1.0, 0.0),
    ]
    assert hull([(1,)]) == [(1.0,)]


# -- sets of equilibria


def texts(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_numbers_and_components() -> None:
    solution = solve(EDGE, Nash())
    _, ax = blank(*equilibria_size(solution))
    assert plot_equilibria(solution, ax) is ax
    said = texts(ax)
    assert [one for one in said if one in {"1", "2", "3", "2, 3"}].count("2, 3") == 1, (
        "two with the same strategy of Ana"
    )
    assert (
        "Any strategy between the marks 2, 3 on the left, with any such strategy on the "
        "right" in said[-1]
    )
    assert "all of them (proved)" in said[-1]
    assert "probability of 2" in said
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert len(dots) == 2 + 3, "Ana has two strategies in equilibrium, Ben three"


def test_what_is_not_proved_is_not_said() -> None:
    solution = solve(EDGE, Nash(), solver=LogitTracing())
    _, ax = blank(*equilibria_size(solution))
    plot_equilibria(solution, ax)
    assert "there may be others" in texts(ax)[-1]
    nothing = solve(game([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]), PureNash())
    _, ax = blank(*equilibria_size(nothing))
    plot_equilibria(nothing, ax)
    assert "there is none (proved)" in texts(ax)[-1]


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.deep_but(8)
def test_nothing_overlaps(seed: int) -> None:
    rng = random.Random(seed)
    shape = rng.choice([(2, 2), (2, 3), (3, 2), (3, 3), (3, 3), (1, 3), (2, 1)])
    tables = np.random.default_rng(seed).integers(0, rng.choice([2, 4, 30]), (2, *shape))
    nasty = rng.random() < 0.6
    names = (
        {
            "players": rng.sample(NASTY, 2),
            "actions": [rng.sample(NASTY, size) for size in shape],
        }
        if nasty
        else {}
    )
    solution = solve(game(*tables, **names), Nash())
    width, height = equilibria_size(solution)
    for size in ((width, height), (1.3 * width, 1.2 * height), (6.5, 1.4 * height)):
        _, ax = blank(*size)
        plot_equilibria(solution, ax)
        assert overlaps(ax) == []
        assert outside(ax) == []


def test_what_is_refused() -> None:
    _, ax = blank(5, 5)
    for wrong in (model.game(), game(np.zeros((4, 2), int), np.zeros((4, 2), int))):
        with pytest.raises(RefusalError, match="two players with up to 3 actions each"):
            plot_equilibria(solve(wrong, PureNash()), ax)


# -- quantal responses

HUNT = game(
    [[4, 0], [3, 3]],
    [[4, 3], [0, 3]],
    players=("Ana", "Ben"),
    actions=(("stag", "hare"),) * 2,
)


@pytest.mark.parametrize("until", ["1/10", 1, 20, 100_000])
def test_quantal_responses(until: Any) -> None:
    branch = logit_branch(HUNT, until)
    (limit,) = solve(HUNT, Nash(), solver=LogitTracing())
    _, ax = blank(*responses_size(branch, limit))
    assert plot_quantal_responses(branch, ax, limit) is ax
    panels = ax.child_axes
    assert len(panels) == 2
    assert "lambda (per unit of payoff)" in texts(ax)
    assert panels[0].get_xscale() == ("log" if until in (20, 100_000) else "linear")
    marks = [line for line in panels[0].lines if line.get_marker() == "D"]
    assert [float(mark.get_ydata()[0]) for mark in marks] == [0.0, 1.0]  # type: ignore[index]
    assert [text.get_text() for text in panels[0].texts] == ["stag", "hare"]
    assert len([text for text in panels[1].get_xticklabels() if text.get_text()]) >= 2
    assert overlaps(ax) == []
    assert outside(ax) == []


def test_a_curve_that_turns_back() -> None:
    turning = game(
        [[3, 0], [2, 1]],
        [[1, 0], [0, 2]],
        actions=(("a $b$ c", NASTY[3]), NASTY[:2]),
        players=NASTY[3:5],
    )
    branch = logit_branch(turning, 30)
    _, ax = blank(*responses_size(branch))
    plot_quantal_responses(branch, ax)
    assert overlaps(ax) == []
    assert outside(ax) == []
    (other,) = solve(EDGE, Nash(), solver=LogitTracing())
    with pytest.raises(RefusalError, match="another game"):
        plot_quantal_responses(branch, ax, other)


# -- trajectories

RPS = game(
    [[0, -1, 2], [2, 0, -1], [-1, 2, 0]],
    [[0, 2, -1], [-1, 0, 2], [2, -1, 0]],
    actions=(("rock", "paper", "scissors"),) * 2,
)
HAWKS = game([[0, 4], [1, 2]], [[0, 1], [4, 2]], actions=(("hawk", "dove"),) * 2)


def trajectories() -> list[Trajectory]:
    start = {"rock": "0.5", "paper": "0.3", "scissors": "0.2"}
    return [
        fictitious_play(RPS, 100, seed=1),
        replicator_dynamics(RPS, start, [0.1 * i for i in range(300)], population=True),
        moran_process(HAWKS, ["hawk"] * 3 + ["dove"] * 7, seed=3),
    ]


@pytest.mark.parametrize("one", trajectories(), ids=str)
def test_trajectories(one: Trajectory) -> None:
    _, ax = blank(*trajectory_size(one))
    assert plot_trajectory(one, ax) is ax
    assert one.unit in texts(ax)
    for panel, (who, rows) in zip(ax.child_axes, one.shares.items(), strict=True):
        drawn = panel.lines[: len(one.actions[who])]
        assert [list(line.get_ydata()) for line in drawn] == rows.T.tolist()
        assert sorted(text.get_text() for text in panel.texts) == sorted(one.actions[who])
    assert overlaps(ax) == []
    assert outside(ax) == []


@pytest.mark.parametrize("one", trajectories()[:2], ids=str)
def test_triangles(one: Trajectory) -> None:
    _, ax = blank(*trajectory_size(one, triangle=True))
    plot_trajectory(one, ax, triangle=True)
    assert len([line for line in ax.lines if line.get_marker() == "o"]) == 2 * len(
        one.shares
    )
    assert overlaps(ax) == []
    assert outside(ax) == []


def test_a_triangle_is_of_three() -> None:
    _, ax = blank(4, 4)
    with pytest.raises(RefusalError, match="population has 2"):
        plot_trajectory(trajectories()[2], ax, triangle=True)


def test_names_at_the_ends_keep_apart() -> None:
    for values in ([0.0] * 4, [1.0] * 4, [0.1, 0.11, 0.5, 0.95, 1.0], [0.5] * 20):
        placed = _apart(values, 0.1)
        assert all(b - a >= 0.1 - 1e-9 for a, b in itertools.pairwise(placed))
        if len(values) < 10:
            assert placed[0] >= -1e-9
            assert placed[-1] <= 1 + 1e-9
