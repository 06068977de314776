"""How the equilibria of two-player games hang together, and paths to one of them."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import nnls

from strategy.solvers.bimatrix.components import components, maximal_products
from strategy.solvers.bimatrix.extreme import extreme_equilibria
from strategy.solvers.bimatrix.pivoting import one_equilibrium
from tests._games import SCALE
from tests.solvers._bimatrix import FAMILIES, as_set, games

# Shapley (1974), figure 3: two of the three equilibria are joined by the paths of all
# labels; none from the start leads there.
SHAPLEY = (
    np.array([[0, 3, 0], [2, 2, 0], [3, 0, 1]]),
    np.array([[0, 2, 3], [3, 2, 0], [0, 0, 1]]),
)


def strategies(A, B, label):
    return tuple(
        tuple([Fraction(int(w), int(sum(vector))) for w in vector])
        for vector in one_equilibrium(A, B, label)
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_every_label_leads_to_an_equilibrium(family):
    for A, B in games(family, round(20 * SCALE), 6, seed=4):
        known = as_set(extreme_equilibria(A, B))
        for label in range(sum(A.shape)):
            assert strategies(A, B, label) in known, (A.tolist(), B.tolist(), label)


def test_some_equilibria_are_out_of_reach():
    found = as_set(extreme_equilibria(*SHAPLEY))
    reached = {strategies(*SHAPLEY, label) for label in range(6)}
    assert reached == {((0, 0, 1), (0, 0, 1))}
    assert len(found) == 3


def test_a_label_that_does_not_exist_is_refused():
    with pytest.raises(
        ValueError,
        match="label 4: expected an action of player 1, 0 to 1, or of player 2, 2 to 3",
    ):
        one_equilibrium(np.eye(2, dtype=int), np.eye(2, dtype=int), 4)


def test_long_paths_end():
    # Ties everywhere: without a rule for them the path would have many ways on.
    for A, B in games("small integers", 5, 12, seed=8):
        for label in range(sum(A.shape)):
            one_equilibrium(A, B, label)


@pytest.mark.parametrize("family", FAMILIES)
def test_indices_sum_to_one(family):
    for A, B in games(family, round(30 * SCALE), 6, seed=5):
        found = extreme_equilibria(A, B)
        parts = components(found, A, B)
        assert sum(part.index for part in parts) == 1
        assert sorted(k for part in parts for k in part.equilibria) == list(
            range(len(found))
        )
        for part in parts:
            if is_strict(A, B, found, part):
                assert part.index == 1


def is_strict(A, B, found, part):
    if len(part.equilibria) > 1:
        return False
    i, j = found.pairs[part.equilibria[0]]
    pure = [
        int(np.count_nonzero(side.numerators[k])) == 1
        for side, k in ((found.x, i), (found.y, j))
    ]
    return (
        all(pure) and (int(found.x.tight[i].sum()), int(found.y.tight[j].sum())) == A.shape
    )


@pytest.mark.parametrize(
    "family", ["small integers", "duplicated rows and columns", "zero-sum"]
)
def test_the_index_counts_what_a_small_perturbation_leaves(family):
    """Perturbed payoffs make a regular game; its equilibria near a component have indices
    that sum to the component's."""
    rng = np.random.default_rng(6)
    for A, B in games(family, round(15 * SCALE), 4, seed=6):
        found = extreme_equilibria(A, B)
        parts = components(found, A, B)
        unit = 10**15
        C, D = (
            matrix.astype(object) * unit + rng.integers(-(10**6), 10**6 + 1, A.shape)
            for matrix in (A, B)
        )
        regular = extreme_equilibria(C, D)
        sums = [0] * len(parts)
        for part in components(regular, C, D):
            assert part.dimension == 0
            (k,) = part.equilibria
            sums[nearest(parts, regular, k)] += part.index
        assert sums == [part.index for part in parts], (A.tolist(), B.tolist())


def nearest(parts, regular, k):
    """The component next to an equilibrium of the perturbed game."""
    here = [
        side.numerators[i] / side.denominators[i]
        for side, i in zip((regular.x, regular.y), regular.pairs[k], strict=True)
    ]
    gaps = [
        min(
            max(gap(vertices, point) for vertices, point in zip(subset, here, strict=True))
            for subset in part.subsets
        )
        for part in parts
    ]
    assert sorted(gaps)[0] < 1e-4
    assert sorted([*gaps, 1])[1] > 1e-2
    return int(np.argmin(gaps))


def gap(vertices, point):
    """How far a point is from the convex hull of vertices, about."""
    columns = np.array([[float(x) for x in vertex] for vertex in vertices]).T
    sums = 1e3 * np.ones((1, columns.shape[1]))
    return nnls(np.vstack([columns, sums]), np.append(point.astype(float), 1e3))[1]


def test_maximal_products_are_the_maximal_complete_bipartite_parts():
    rng = np.random.default_rng(7)
    for _ in range(round(50 * SCALE)):
        rows, columns = rng.integers(1, 6, 2)
        graph = rng.random((rows, columns)) < 0.6
        own = [sum(1 << j for j in range(columns) if graph[i, j]) for i in range(rows)]
        # By definition: pairs of sets, complete, that cannot be enlarged.
        complete = {
            (chosen, shared)
            for size in range(1, rows + 1)
            for chosen in itertools.combinations(range(rows), size)
            if (
                shared := tuple(
                    j for j in range(columns) if all(graph[i, j] for i in chosen)
                )
            )
            and chosen == tuple(i for i in range(rows) if all(graph[i, j] for j in shared))
        }
        live = [i for i in range(rows) if own[i]]
        columns_met = sum({1 << j for i in live for j in range(columns) if graph[i, j]})
        got = list(maximal_products(own, sum(1 << i for i in live), columns_met))
        bits = lambda mask: tuple(i for i in range(8) if mask >> i & 1)  # noqa: E731
        assert len(got) == len(set(got))
        assert {(bits(a), bits(b)) for a, b in got} == complete


def test_all_zero_is_one_component():
    zero = np.zeros((4, 4), dtype=np.int64)
    (whole,) = components(extreme_equilibria(zero, zero), zero, zero)
    assert (whole.dimension, whole.index, len(whole.subsets), len(whole.equilibria)) == (
        6,
        1,
        1,
        16,
    )


def test_a_segment_and_a_point():
    A, B = np.array([[3, 3], [2, 5], [0, 6]]), np.array([[3, 3], [2, 6], [3, 1]])
    segment, point = components(extreme_equilibria(A, B), A, B)
    assert (segment.dimension, segment.index, segment.equilibria) == (1, 0, (0, 1))
    assert segment.subsets == ((((1, 0, 0),), ((Fraction(2, 3), Fraction(1, 3)), (1, 0))),)
    assert (point.dimension, point.index, point.equilibria) == (0, 1, (2,))
