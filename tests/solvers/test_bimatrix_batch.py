"""Many two-player games at once: the same answers as one by one."""

from __future__ import annotations

import numpy as np
import pytest

from strategy.exact import integers
from strategy.solvers.bimatrix import batch
from strategy.solvers.bimatrix.batch import many
from strategy.solvers.bimatrix.extreme import extreme_equilibria
from tests._games import SCALE

DRAWS = {
    "normal": lambda rng, shape: rng.standard_normal(shape),
    "perturbed": lambda rng, shape: (
        rng.integers(-3, 4, shape[1:]) + 1e-6 * rng.standard_normal(shape)
    ),
    "integers": lambda rng, shape: rng.integers(-50, 51, shape),
    "small integers": lambda rng, shape: rng.integers(0, 3, shape),
    "ties of decimals": lambda rng, shape: rng.choice([0.1, 0.2, 0.3, 0.1 + 0.2], shape),
    "far from zero": lambda rng, shape: 1e9 + np.round(rng.standard_normal(shape), 3),
    "huge": lambda rng, shape: 1e300 * rng.standard_normal(shape),
    "tiny": lambda rng, shape: 1e-305 * rng.standard_normal(shape),
    "of all sizes": lambda rng, shape: rng.choice(
        [1e300, 1.0, 1e-300, 0.0, 1 + 2**-52], shape
    ),
    "unsigned": lambda rng, shape: rng.choice(
        np.array([0, 1, 2**63, 2**64 - 1], dtype=np.uint64), shape
    ),
}


@pytest.mark.parametrize("draw", DRAWS)
def test_many_games_are_solved_as_one_by_one(draw, monkeypatch):
    monkeypatch.setattr(batch, "CHUNK", 7)
    rng = np.random.default_rng(1)
    for shape in [(1, 1), (1, 3), (2, 2), (3, 2), (4, 4), (3, 5)]:
        games = round(20 * SCALE)
        A, B = (DRAWS[draw](rng, (games, *shape)) for _ in range(2))
        result = many(A, B)
        assert len(result) == games == len(result.offsets) - 1
        for g in range(games):
            one = extreme_equilibria(integers(A[g]), integers(B[g]))
            x, y = (
                part[result.offsets[g] : result.offsets[g + 1]]
                for part in (result.x, result.y)
            )
            for here, side, numbers in (
                (x, one.x, one.pairs[:, 0]),
                (y, one.y, one.pairs[:, 1]),
            ):
                exact = (side.numerators / side.denominators[:, None]).astype(np.float64)[
                    numbers
                ]
                assert here.shape == exact.shape, (A[g].tolist(), B[g].tolist())
                assert ((here == 0) == (side.numerators == 0)[numbers]).all()
                np.testing.assert_allclose(here, exact, rtol=0, atol=1e-11)


def test_chunks_do_not_matter(monkeypatch):
    A, B = np.random.default_rng(2).standard_normal((2, 100, 4, 4))
    A[::10] = np.round(A[::10])
    B[::10] = np.round(B[::10])
    whole = many(A, B)
    assert 0 < whole.exactly.sum() < 20
    monkeypatch.setattr(batch, "CHUNK", 9)
    parts = many(A, B)
    for name in ("offsets", "x", "y", "exactly"):
        assert (getattr(whole, name) == getattr(parts, name)).all()


def test_no_games_have_no_equilibria():
    result = many(np.zeros((0, 2, 3)), np.zeros((0, 2, 3)))
    assert (len(result), result.offsets.tolist(), result.x.shape, result.y.shape) == (
        0,
        [0],
        (0, 2),
        (0, 3),
    )


def test_more_equilibria_than_there_is_room_for_at_once():
    eye = np.broadcast_to(np.eye(8), (60, 8, 8))
    assert np.diff(many(eye, eye).offsets).tolist() == [255] * 60
