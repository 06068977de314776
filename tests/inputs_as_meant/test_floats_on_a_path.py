"""LemkeHowson on floats of 16 digits: floats choose the pivots, and every digit of the
payoffs is in the answer."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from strategy import NormalFormGame, Status, solve
from strategy.concepts import Nash
from strategy.exact import exact_array, scaled
from strategy.forms._expected import contenders
from strategy.forms.mixed import _weights
from strategy.solvers import LemkeHowson
from strategy.solvers.bimatrix import pivoting
from strategy.solvers.bimatrix.pivoting import one_equilibrium
from tests._games import SCALE
from tests.solvers._bimatrix import FAMILIES, games


def by_fractions(game, profile):
    """What each player gains by the best deviation, from the payoffs as they print."""
    A, B = [
        [[Fraction(repr(v)) for v in row] for row in table.tolist()]
        for table in game.tables
    ]
    x, y = [list(row.values()) for row in profile.values()]
    for lines, mine, other in ((A, x, y), (list(zip(*B, strict=True)), y, x)):
        worth = [
            sum(p * v for p, v in zip(other, line, strict=True) if p) for line in lines
        ]
        yield max(worth) - sum(p * v for p, v in zip(mine, worth, strict=True))


@pytest.mark.parametrize(
    ("shape", "draw"),
    [
        ((60, 60), lambda rng, shape: rng.random(shape)),
        ((100, 100), lambda rng, shape: rng.standard_normal(shape)),
        ((30, 80), lambda rng, shape: rng.random(shape) * 1e12),
        ((40, 25), lambda rng, shape: rng.random(shape) * 1e-9 - 7),
    ],
)
def test_large_tables_of_floats_have_an_exact_equilibrium(shape, draw, monkeypatch):
    monkeypatch.setattr(pivoting, "_path", lambda *_: pytest.fail("floats lost the path"))
    rng = np.random.default_rng(shape)
    game = NormalFormGame.from_arrays(draw(rng, shape), draw(rng, shape))
    solution = solve(game, Nash(), solver=LemkeHowson())
    assert (solution.status, len(solution), solution.rejected) == (Status.PARTIAL, 1, 0)
    assert list(by_fractions(game, solution[0].profile)) == [0, 0]


@pytest.mark.parametrize("family", FAMILIES)
def test_the_path_in_floats_ends_where_the_exact_one_does(family, monkeypatch):
    """Ties and all; where sizes are too unlike for floats there may be another end, or the
    exact path is taken."""
    for A, B in games(family, round(12 * SCALE), 9, seed=5):
        for label in range(sum(A.shape)):
            found = []
            for small in (0, 10**9):
                monkeypatch.setattr(pivoting, "SMALL", small)
                found.append([vector.tolist() for vector in one_equilibrium(A, B, label)])
            if family == "huge and tiny":
                profile = [
                    [Fraction(weight, sum(side)) for weight in side] for side in found[0]
                ]
                assert Nash().certify(NormalFormGame.from_arrays(A, B), profile).holds
            else:
                assert found[0] == found[1], (A.tolist(), B.tolist(), label)


@pytest.mark.parametrize("wrong", [None, "start", "not a vertex"])
def test_a_wrong_end_is_not_taken(wrong, monkeypatch):
    rng = np.random.default_rng(2)
    game = NormalFormGame.from_arrays(rng.random((12, 12)), rng.random((12, 12)))
    right = solve(game, Nash(), solver=LemkeHowson())[0].profile
    columns = {
        # both take their first actions
        "start": ([*range(1, 12), 12], [*range(13, 24), 0]),
        "not a vertex": ([*range(2, 12), 12, 13], [*range(14, 24), 0, 1]),
    }
    monkeypatch.setattr(pivoting, "float_path", lambda *_: columns.get(wrong))
    assert solve(game, Nash(), solver=LemkeHowson())[0].profile == right


@pytest.mark.parametrize("shape", [(40, 40), (12, 12, 12)])
def test_what_floats_cannot_tell_apart_is_judged_exactly(shape):
    """Large tables: of actions that pay nearly the same only the exact sums say which pays
    more, whatever floats round."""
    rng = np.random.default_rng(4)
    for _ in range(round(6 * SCALE)):
        tables = [rng.random(shape) for _ in shape]
        near = tables[0][1:6]
        # ties, and gains in the last place
        near[:] = tables[0][0] + rng.integers(-1, 2, near.shape) * 2.0**-53
        game = NormalFormGame.from_arrays(*tables)
        vectors = [rng.dirichlet(np.full(size, 0.2)) for size in shape]
        profile = [
            [Fraction(int(w * 10**9) + (a == 0), 10**12) for a, w in enumerate(row)]
            for row in vectors
        ]
        profile = [[w / sum(row) for w in row] for row in profile]
        for mixed in ([[Fraction(a == 0) for a in range(shape[0])], *profile[1:]], profile):
            worth = exact_array(tables[0])
            for row in reversed(mixed[1:]):
                worth = worth @ np.array(row, dtype=object)
            own = max(worth) - sum(w * v for w, v in zip(mixed[0], worth, strict=True))
            certificate = Nash().certify(game, dict(zip(game.players, mixed, strict=True)))
            assert certificate.regret >= own
            if certificate.player == game.players[0]:
                assert certificate.regret == own
                assert worth[
                    game.actions[game.players[0]].index(certificate.deviation)
                ] == max(worth)
            left = contenders(tables[0], [_weights(row) for row in mixed], 0)
            assert {a for a, value in enumerate(worth) if value == max(worth)} <= set(left)
            assert len(left) < shape[0]


def test_tables_of_floats_are_the_decimals_that_they_print_as():
    rng = np.random.default_rng(3)
    tables = [
        [],
        [0.0],
        [-0.0, 1.0],
        [1e22, 1e23, 5e-324],
        [1e300],
        [1e16, 1e17],
        [0.5, 3],
        [1e-5, 123456.789],
        [10.0, 100.0],
    ]
    tables += [rng.standard_normal(3) * 10.0 ** rng.integers(-30, 30) for _ in range(50)]
    for table in tables:
        numbers, scale = scaled(np.array(table, dtype=np.float64))
        fractions = exact_array(np.array(table, dtype=np.float64)).tolist()
        assert [Fraction(int(number), scale) for number in numbers] == fractions
        assert scale == np.lcm.reduce([one.denominator for one in fractions] or [1])
