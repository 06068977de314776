"""All equilibria of games with any number of players: known answers, an independent closed
form, Gambit's union, invariances."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx

from strategy.errors import SizeError
from strategy.solvers.cells import isolating
from strategy.solvers.cells.isolating import Isolated, Polytope, isolate
from tests import _gambit
from tests._games import seeds

Tables = list[Any]
Profile = Sequence[Sequence[Any]]


def game(shape: tuple[int, ...], seed: int, high: int = 101) -> Tables:
    """Whole payoffs from 0 to ``high - 1``, as in the table of known answers."""
    rng = np.random.default_rng(seed)
    return [rng.integers(0, high, size=shape) for _ in shape]


def arrays(*tables: Any) -> Tables:
    return [np.array(table) for table in tables]


def payoffs(tables: Tables, player: int, profile: Profile) -> list[Any]:
    """Of each of the player's actions, by summing over all pure profiles of the others."""
    total: list[Any] = [0] * len(profile[player])
    for place in np.ndindex(tables[player].shape):
        weight: Any = 1
        for i, s in enumerate(place):
            if i != player:
                weight = weight * profile[i][s]
        if isinstance(weight, arb) or weight:
            total[place[player]] = (
                total[place[player]] + int(tables[player][place]) * weight
            )
    return total


def holds(tables: Tables, profile: Profile) -> bool:
    """Whether an exact profile is an equilibrium; of a profile in balls, whether all
    actions off its support pay less."""
    balls = any(isinstance(weight, arb) for vector in profile for weight in vector)
    supports = [
        [s for s, weight in enumerate(vector) if isinstance(weight, arb) or weight]
        for vector in profile
    ]
    if balls:
        profile = [
            [weight if isinstance(weight, arb) else arb(int(weight)) for weight in vector]
            for vector in profile
        ]
    for i, used in enumerate(supports):
        values = payoffs(tables, i, profile)
        if balls:
            if not all((values[s] - values[used[0]]).contains(0) for s in used[1:]):
                return False
            if not all(
                values[t] < values[used[0]] for t in range(len(values)) if t not in used
            ):
                return False
        elif any(values[s] != max(values) for s in used):
            return False
    return True


def certified(tables: Tables, found: Isolated) -> None:
    """Every point is an equilibrium, and so are corners and a middle of every polytope;
    regular games are odd."""
    before, ctx.prec = ctx.prec, 200
    try:
        for point in found.points:
            assert holds(tables, point.vectors)
            for vector in point.vectors:
                assert all(weight >= 0 for weight in vector)
                total = sum(
                    weight for weight in vector if isinstance(weight, arb) or weight
                )
                assert total.contains(1) if isinstance(total, arb) else total == 1
    finally:
        ctx.prec = before
    for polytope in found.polytopes:
        for corner in itertools.islice(itertools.product(*polytope.vertices), 20):
            assert holds(tables, corner)
        assert holds(tables, middle(polytope))
    assert found.complete == (not found.unresolved)
    assert found.complete == (not found.reason)
    if found.regular:
        assert sum(point.index for point in found.points) == 1
        assert len(found.points) % 2 == 1


def middle(polytope: Polytope) -> list[list[Fraction]]:
    return [
        [sum(column, Fraction(0)) / len(corners) for column in zip(*corners, strict=True)]
        for corners in polytope.vertices
    ]


def near(found: Isolated, profile: Profile, within: float = 1e-6) -> bool:
    """Whether a profile of floats lies in a point, polytope or box of what was found."""
    for point in found.points:
        pairs = zip(itertools.chain(*point.vectors), itertools.chain(*profile), strict=True)
        if all(abs(float(a) - float(b)) <= within for a, b in pairs):
            return True
    for low, high in found.unresolved:
        if all(
            low[i, s] - within <= weight <= high[i, s] + within
            for i, row in enumerate(profile)
            for s, weight in enumerate(row)
        ):
            return True
    return any(
        all(
            distance(corners, row) <= within
            for corners, row in zip(polytope.vertices, profile, strict=True)
        )
        for polytope in found.polytopes
    )


def distance(corners: Sequence[Sequence[Fraction]], vector: Sequence[float]) -> float:
    """From a vector to the hull of others, in the maximum norm."""
    from scipy.optimize import linprog

    hull = np.array(corners, dtype=float)
    k, m = hull.shape
    gap = -np.ones((m, 1))
    above = np.block([[hull.T, gap], [-hull.T, gap]])
    wanted = np.concatenate(
        [np.asarray(vector, dtype=float), -np.asarray(vector, dtype=float)]
    )
    solved = linprog(
        np.r_[np.zeros(k), 1],
        A_ub=above,
        b_ub=wanted,
        A_eq=[np.r_[np.ones(k), 0]],
        b_eq=[1],
    )
    return float(solved.fun)


ZERO = np.zeros((3, 3, 3), dtype=np.int64)
BYSTANDER = game((2, 2, 2), 5)[:2]

# Name, tables, number of points, sorted numbers of vertices of the polytopes.
KNOWN: list[tuple[str, Tables, int, list[int]]] = [
    ("one player", arrays([1, 5, 5, 2]), 0, [2]),
    ("one player, one best action", arrays([1, 5, 2]), 1, []),
    ("matching pennies", arrays([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]), 1, []),
    ("prisoner's dilemma", arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]]), 1, []),
    ("battle of the sexes", arrays([[3, 0], [0, 2]], [[2, 0], [0, 3]]), 3, []),
    ("identity 4", [np.eye(4, dtype=np.int64)] * 2, 15, []),
    ("support enumeration finds none", arrays([[1, 2, 0], [1, 0, 0], [2, 0, 2]], [[1, 0, 2], [1, 2, 0], [0, 2, 1]]), 1, []),
    ("one component is a segment", arrays([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]), 1, [2]),
    ("nothing matters", [ZERO] * 3, 0, [27]),
    ("beyond int64", [np.array([[3, 0, 1], [0, 2, 4], [1, 5, 0]], dtype=object) * 10**30 + 7,
                      np.array([[2, 0, 3], [0, 3, 1], [4, 1, 0]], dtype=object)], 1, []),
    ("a difference of 1e-10", [np.array([[10**10, 10**10], [10**10, 10**10 + 1]]), np.eye(2, dtype=np.int64)], 1, [2]),
    ("the third player is a bystander", [*BYSTANDER, np.zeros((2, 2, 2), dtype=np.int64)], 0, [2, 2, 2]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "points", "corners"),
    [case[1:] for case in KNOWN],
    ids=[case[0] for case in KNOWN],
)
def test_known_answers(tables: Tables, points: int, corners: list[int]) -> None:
    found = isolate(tables)
    certified(tables, found)
    assert found.complete
    assert len(found.points) == points
    assert (
        sorted(
            int(np.prod([len(one) for one in polytope.vertices]))
            for polytope in found.polytopes
        )
        == corners
    )


def test_rationals_of_two_players() -> None:
    found = isolate(
        arrays([[3, 0, 1], [0, 2, 4], [1, 5, 0]], [[2, 0, 3], [0, 3, 1], [4, 1, 0]])
    )
    expected = [
        [Fraction(k, 25) for k in (9, 11, 5)],
        [Fraction(k, 37) for k in (17, 9, 11)],
    ]
    assert [list(vector) for vector in found.points[0].vectors] == expected


def closed_form(tables: Tables) -> list[list[list[float]]] | None:
    """All equilibria of a 2x2x2 game from the formulas for each support; None if a
    denominator vanishes or a tie is met.

    With x, y, z the weights of the second actions, the gain of player 0's second action is
    a0 + a1 y + a2 z + a3 yz, and so on.
    """

    def gain(player: int) -> list[Fraction]:
        table = np.moveaxis(tables[player].astype(object), player, 0)
        d = table[1] - table[0]
        return [
            Fraction(int(e))
            for e in (
                d[0, 0],
                d[1, 0] - d[0, 0],
                d[0, 1] - d[0, 0],
                d[1, 1] - d[1, 0] - d[0, 1] + d[0, 0],
            )
        ]

    gains = [gain(player) for player in range(3)]
    candidates: list[list[Any]] = [
        list(place) for place in itertools.product((Fraction(0), Fraction(1)), repeat=3)
    ]
    for player in range(3):  # plays pure
        one, two = (k for k in range(3) if k != player)
        for pure in (Fraction(0), Fraction(1)):
            solved: list[Any] = [pure] * 3
            # the weight of ``mixed`` makes ``other`` indifferent
            for mixed, other in ((two, one), (one, two)):
                g = gains[other]
                first = min(k for k in range(3) if k != other) == player
                free, slope = (
                    (g[0] + g[1] * pure, g[2] + g[3] * pure)
                    if first
                    else (g[0] + g[2] * pure, g[1] + g[3] * pure)
                )
                if slope == 0:
                    return None
                solved[mixed] = -free / slope
            candidates.append(solved)
    a, b, c = gains
    # z = -(a0 + a1 y) / (a2 + a3 y), x = -(c0 + c2 y) / (c1 + c3 y), and b0 + b1 x + b2 z +
    # b3 xz = 0.
    p, q, r, s = (
        np.array(e) for e in ((-a[0], -a[1]), (a[2], a[3]), (-c[0], -c[2]), (c[1], c[3]))
    )
    poly = (
        b[0] * np.convolve(q, s)
        + b[1] * np.convolve(r, q)
        + b[2] * np.convolve(p, s)
        + b[3] * np.convolve(r, p)
    )
    if poly[2] == 0 or poly[1] ** 2 == 4 * poly[0] * poly[2]:
        return None
    for y in np.roots([float(e) for e in poly[::-1]]):
        if abs(y.imag) < 1e-12:
            low, side = (
                float(a[2] + a[3] * Fraction(float(y.real))),
                float(c[1] + c[3] * Fraction(float(y.real))),
            )
            if min(abs(low), abs(side)) < 1e-6:
                return None
            candidates.append(
                [(r[0] + r[1] * y.real) / side, float(y.real), (p[0] + p[1] * y.real) / low]
            )
    found = []
    for place in candidates:
        profile = [[1 - weight, weight] for weight in map(float, place)]
        margins = [value for i in range(3) for value in _margins(tables, i, profile)]
        if any(0 <= abs(margin) < 1e-9 for margin in margins):
            return None
        if all(margin > 0 for margin in margins):
            found.append(profile)
    return found


def _margins(tables: Tables, player: int, profile: Profile) -> list[float]:
    """Positive where a weight is inside (0, 1), or pure and strictly best; negative where
    it is not an equilibrium's."""
    weight = profile[player][1]
    if 0 < weight < 1:
        return [min(weight, 1 - weight)]
    if weight < 0 or weight > 1:
        return [-1.0]
    values = [
        float(value)
        for value in payoffs(
            tables, player, [[Fraction(w) for w in vector] for vector in profile]
        )
    ]
    return [values[round(weight)] - values[1 - round(weight)]]


@pytest.mark.parametrize("high", [101, 6])
def test_closed_form_of_two_by_two_by_two(high: int) -> None:
    compared = 0
    for seed in seeds(100):
        tables = game((2, 2, 2), seed, high)
        expected = closed_form(tables)
        if expected is None:
            continue
        found = isolate(tables)
        certified(tables, found)
        assert found.complete
        assert not found.polytopes
        assert len(found.points) == len(expected)
        assert all(near(found, profile) for profile in expected)
        compared += 1
    assert compared > 0


# Shape, payoffs from 0 to less than this, how many games.
SWEEPS = [
    ((2, 2, 2), 101, 50),
    ((3, 3, 3), 101, 10),
    ((2, 2, 2, 2), 101, 10),
    ((2, 2, 2, 2, 2), 101, 10),
    ((2, 2, 2), 3, 8),
    ((2, 2, 2), 4, 10),
    ((2, 3, 2), 4, 4),
    ((3, 3, 3), 4, 1),
    ((2, 2, 2, 2), 4, 2),
    ((3, 4), 3, 8),
]


@pytest.mark.parametrize(("shape", "high", "count"), SWEEPS)
def test_nothing_that_gambit_finds_is_missing(
    shape: tuple[int, ...], high: int, count: int
) -> None:
    """STRATEGY_TESTS_SCALE=20 plays 1,000 games of the first kind and 200 of the next
    three, in an hour; with -rP it is said how many equilibria were compared. Gambit answers
    in floats: what is not an equilibrium to 6 digits is left out."""
    if _gambit.missing():
        pytest.skip(_gambit.missing())
    games = [game(shape, seed, high) for seed in seeds(count)]
    compared = regular = complete = points = 0
    for tables, profiles in zip(games, _gambit.union(games), strict=True):
        found = isolate(tables)
        certified(tables, found)
        regular, complete, points = (
            regular + found.regular,
            complete + found.complete,
            points + len(found.points),
        )
        for profile in profiles:
            values = [
                np.array([float(e) for e in payoffs(tables, i, profile)])
                for i in range(len(shape))
            ]
            regret = max(
                float(one.max() - one @ np.array(row))
                for one, row in zip(values, profile, strict=True)
            )
            if regret < 1e-6 * high:
                assert near(found, profile, within=1e-4)
                compared += 1
    print(
        f"{len(games)} games of shape {shape}, payoffs below {high}: {complete} "
        f"complete, {regular} regular, with {points} "
        f"isolated equilibria in all; {compared} answers of Gambit, repeats included, are "
        "all among them"
    )


@pytest.mark.deep_but(2)
@pytest.mark.parametrize(
    ("shape", "high"),
    [((2, 2, 2), 2), ((2, 2, 2), 4), ((2, 2, 3), 3), ((2, 2, 2, 2), 3), ((3, 3), 3)],
)
def test_games_with_many_ties(shape: tuple[int, ...], high: int) -> None:
    """All pure equilibria are in what was found, and so are all in which one player mixes
    two actions evenly."""
    for seed in seeds(12):
        tables = game(shape, seed, high)
        found = isolate(tables, budget=20_000)
        certified(tables, found)
        for place in np.ndindex(shape):
            pure = [
                [Fraction(int(s == a)) for s in range(size)]
                for a, size in zip(place, shape, strict=True)
            ]
            if holds(tables, pure):
                assert near(found, pure, within=1e-9)
            for i, size in enumerate(shape):
                for s, t in itertools.combinations(range(size), 2):
                    even = [
                        *pure[:i],
                        [Fraction(int(k in (s, t)), 2) for k in range(size)],
                        *pure[i + 1 :],
                    ]
                    if holds(tables, even):
                        assert near(found, even, within=1e-9)


SHAPES = [(2, 2, 2), (3, 3, 3), (2, 3, 4), (2, 2, 2, 2), (4, 4)]


def same(one: Isolated, other: Isolated, order: Sequence[int] | None = None) -> bool:
    """Whether two answers are the same up to an order of the players."""
    players = (
        order
        if order is not None
        else range(len(one.points[0].vectors) if one.points else 0)
    )
    moved = [
        [[float(weight) for weight in point.vectors[i]] for i in players]
        for point in one.points
    ]
    return (one.complete, len(one.points)) == (other.complete, len(other.points)) and all(
        near(other, profile, 1e-9) for profile in moved
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_the_scale_of_payoffs_does_not_matter(shape: tuple[int, ...]) -> None:
    for seed in seeds(3):
        tables = game(shape, seed)
        plain = isolate(tables)
        for factor, offset in (
            (10**9, 0),
            (1, 10**6),
            (7 * 10**24, -(10**30)),
            (3, 10**15),
        ):
            changed = [table.astype(object) * factor + offset for table in tables]
            changed[0] = tables[0]  # one at a time is as good
            assert same(plain, isolate(changed))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_order_of_players_and_actions_does_not_matter(shape: tuple[int, ...]) -> None:
    for seed in seeds(3):
        tables = game(shape, seed)
        plain = isolate(tables)
        rng = np.random.default_rng(seed)
        order = rng.permutation(len(shape)).tolist()
        assert same(
            plain, isolate([np.transpose(tables[i], order).copy() for i in order]), order
        )
        reverse = tuple(slice(None, None, -1) for _ in shape)
        turned = isolate([table[reverse].copy() for table in tables])
        back = [[list(vector)[::-1] for vector in point.vectors] for point in turned.points]
        assert len(back) == len(plain.points)
        assert all(near(plain, profile, 1e-9) for profile in back)


def test_balls_are_as_narrow_as_asked() -> None:
    tables = game((2, 2, 2, 2), 1)
    for digits in (10, 30, 100):
        found = isolate(tables, digits=digits)
        balls = [
            weight
            for point in found.points
            for vector in point.vectors
            for weight in vector
            if isinstance(weight, arb)
        ]
        assert balls
        assert all(ball.rad() < arb(10) ** -digits for ball in balls)
    assert ctx.prec == 53


def test_a_rational_root_of_three_players_is_recognised() -> None:
    """Three players who each want to differ from the next: the only equilibrium is (1/2,
    1/2, 1/2)."""
    tables = [np.zeros((2, 2, 2), dtype=np.int64) for _ in range(3)]
    for x, y, z in np.ndindex(2, 2, 2):
        tables[0][x, y, z], tables[1][x, y, z], tables[2][x, y, z] = x != y, y != z, z != x
    found = isolate(tables)
    certified(tables, found)
    half = (Fraction(1, 2), Fraction(1, 2))
    assert [point.vectors for point in found.points] == [(half, half, half)]


class Enough(Exception):
    """Raised by a check."""


def test_what_was_found_survives_an_interrupt() -> None:
    tables = game((3, 3, 3, 3), 0)
    calls = []

    def check() -> None:
        calls.append(1)
        if len(calls) > 3:
            raise Enough

    with pytest.raises(Enough) as stop:
        isolate(tables, check)
    part = stop.value.isolated  # type: ignore[attr-defined]
    assert not part.complete
    assert part.unresolved
    assert part.reason
    whole = isolate(tables)
    assert all(
        near(part, [[float(weight) for weight in vector] for vector in point.vectors])
        for point in whole.points
    )


def test_an_interrupt_leaves_roots_unresolved_that_it_has_no_time_to_certify(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three players who get the least of three efforts: continua on which thousands of
    singular roots are found."""
    tables = [
        np.minimum.reduce(np.indices((4, 4, 4)), axis=0) * 2 - np.indices((4, 4, 4))[i]
        for i in range(3)
    ]
    calls = []

    def check() -> None:
        calls.append(1)
        if len(calls) > 3:
            raise Enough

    monkeypatch.setattr(isolating, "GRACE", 0.0)
    monkeypatch.setattr(
        isolating, "certify", lambda *_: pytest.fail("there is no time for this")
    )
    with pytest.raises(Enough) as stop:
        isolate(tables, check)
    part = stop.value.isolated  # type: ignore[attr-defined]
    assert part.unresolved
    for effort in range(4):
        assert near(part, [[float(action == effort) for action in range(4)]] * 3)


def test_a_budget_that_runs_out_is_said() -> None:
    tables = game((3, 3, 3, 3), 0)
    found = isolate(tables, budget=100)
    assert not found.complete
    assert found.reason == "the budget of 100 cells was spent"
    whole = isolate(tables)
    assert all(
        near(found, [[float(weight) for weight in vector] for vector in point.vectors])
        for point in whole.points
    )


def test_a_continuum_ends_in_boxes() -> None:
    """Everyone is paid for the others' matching: a curved surface of equilibria."""
    tables = game((2, 2, 2), 16, 3)
    found = isolate(tables)
    assert not found.complete
    assert found.reason
    certified(tables, found)


@pytest.mark.parametrize(
    ("shape", "seed", "high", "cells", "passes", "reason"),
    [
        ((3, 3, 3), 1, 101, 77, 1, ""),
        ((4, 4, 4), 1, 101, 1103, 1, ""),
        ((2,) * 5, 1, 101, 118, 2, ""),
        ((2,) * 6, 0, 101, 555, 1, ""),
        ((3,) * 4, 0, 101, 4309, 2, ""),
        ((2, 3, 4), 5, 101, 27, 1, ""),
        ((2,) * 4, 3, 3, 21, 1, ""),
        ((2,) * 4, 5, 3, 10_417, 3, "more than 4,096 cells are left at size 0.016"),
        (
            (3, 3, 3),
            2,
            4,
            95,
            6,
            "equilibria that no finite test isolates: cells at the finest size are left",
        ),
    ],
)
def test_a_search_takes_no_more_cells_than_it_did(
    shape: tuple[int, ...], seed: int, high: int, cells: int, passes: int, reason: str
) -> None:
    """Within a tenth, as machines round differently: what a search is slow by, if it is."""
    found = isolate(game(shape, seed, high))
    assert found.statistics["cells"] <= 1.1 * cells + 1
    assert (found.statistics["passes"], found.reason, found.complete) == (
        passes,
        reason,
        not reason,
    )


def test_what_is_not_settled_lies_in_the_boxes() -> None:
    """All equilibria on a grid, of a curved surface of them, wherever the search is cut
    short."""
    tables = game((2, 2, 2), 16, 3)
    grid = [(Fraction(k, 8), 1 - Fraction(k, 8)) for k in range(9)]
    known = [
        [[float(w) for w in row] for row in one]
        for one in itertools.product(grid, repeat=3)
        if holds(tables, one)
    ]
    assert len(known) > 10
    for most, why in (
        (64, "more than 64 cells are left at size 0.062"),
        (4096, "more than 4,096 cells are left at size 0.0039"),
    ):
        found = isolate(tables, most_boxes=most)
        assert found.reason == why
        assert all(near(found, one, 1e-9) for one in known)
        assert all(
            (low >= 0).all() and (high <= 1).all() and (low <= high).all()
            for low, high in found.unresolved
        )
    for budget in (5, 50, 500):
        found = isolate(tables, budget=budget)
        assert all(near(found, one, 1e-9) for one in known)


def test_what_cannot_fit_is_refused() -> None:
    huge = np.broadcast_to(np.int64(0), (100,) * 6)
    with pytest.raises(SizeError, match="memory"):
        isolate([huge] * 6)
