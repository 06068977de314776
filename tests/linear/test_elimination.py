"""The elimination in floats that kernels share, held against NumPy."""

import numpy as np
import pytest

from strategy.kernels.elimination import eliminate, invert


@pytest.mark.parametrize("seed", range(40))
def test_it_solves_and_tells_the_sign_of_the_determinant(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size, columns = int(rng.integers(1, 6)), int(rng.integers(1, 4))
    matrix = rng.integers(-4, 5, size=(size, size)).astype(float)
    right = rng.integers(-4, 5, size=(size, columns)).astype(float)
    determinant = np.linalg.det(matrix)
    found = right.copy()
    sign = eliminate(matrix.copy(), found, size, columns, 1e-9)
    assert sign == round(np.sign(determinant) * (abs(determinant) > 1e-6))
    if sign:
        assert np.allclose(matrix @ found, right)
        room, inverse = np.empty_like(matrix), np.empty_like(matrix)
        assert invert(matrix, room, inverse, size, 1e-9) == sign
        assert np.allclose(matrix @ inverse, np.eye(size))


def test_a_small_pivot_is_refused() -> None:
    matrix = np.diag([1.0, 1e-3])
    assert eliminate(matrix.copy(), np.ones((2, 1)), 2, 1, 1e-2) == 0
    assert eliminate(matrix.copy(), np.ones((2, 1)), 2, 1, 1e-4) == 1
