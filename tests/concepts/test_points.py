"""Exact equilibria judged on their own: the same point and index as the search that found
them, and nothing else passes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from strategy.concepts._certify import CertifiedPoint, NotAnEquilibrium, judged, pure_point
from strategy.concepts._gains import MixedGains
from strategy.solvers.cells.isolating import isolate
from tests._games import seeds


@pytest.mark.parametrize(
    "shape", [(2, 2), (3, 3), (2, 2, 2), (2, 3, 2), (2, 2, 2, 2)], ids=str
)
def test_points_are_judged_as_the_search_judges_them(shape: tuple[int, ...]) -> None:
    indices: set[int | None] = set()
    for seed in seeds(12):
        tables = [
            np.random.default_rng([seed, i, *shape]).integers(0, 101, size=shape)
            for i in range(len(shape))
        ]
        gains = MixedGains(tables)
        for point in isolate(tables).points:
            if not point.exact:
                continue
            assert judged(gains, point.vectors) == point
            indices.add(point.index)
            if all(set(vector) <= {0, 1} for vector in point.vectors):
                place = np.ravel_multi_index(
                    [vector.index(1) for vector in point.vectors], shape
                )
                assert pure_point(gains, int(place)) == point
            for i, vector in enumerate(point.vectors):
                for a, b in ((0, 1), (1, 0)):
                    moved = list(vector)
                    moved[a], moved[b] = (
                        moved[a] + Fraction(1, 1000),
                        moved[b] - Fraction(1, 1000),
                    )
                    with pytest.raises(NotAnEquilibrium):
                        judged(
                            gains,
                            (*point.vectors[:i], tuple(moved), *point.vectors[i + 1 :]),
                        )
    assert indices == {1, -1}


def test_a_tie_leaves_the_index_open() -> None:
    sure = (Fraction(1), Fraction(0))
    gains = MixedGains([np.array([[1, 0], [1, 0]]), np.array([[1, 0], [0, 1]])])
    assert judged(gains, (sure, sure)) == CertifiedPoint(
        (sure, sure), exact=True, regular=False, index=None
    )
    assert pure_point(gains, 0) == CertifiedPoint(
        (sure, sure), exact=True, regular=False, index=None
    )
