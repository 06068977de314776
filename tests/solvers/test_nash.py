"""All Nash equilibria through solve(): games with published or derived answers, each with
its source."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest

from strategy import Limits, NormalFormGame, RefusalError, Solution, Status, solve
from strategy.concepts import Nash, PureNash
from strategy.solvers import ALL, BimatrixEnumeration, BranchAndPrune

Profile = tuple[tuple[str, ...], ...]


@attrs.frozen
class Known:
    """A game by its tables, all its extreme equilibria (or only how many there are), and
    where the answer is from."""

    tables: Any
    source: str
    equilibria: tuple[Profile, ...] | None = None
    count: int | None = None
    components: int | None = None
    dimensions: tuple[int, ...] | None = None


MISSED_BY_SUPPORTS = ([[1, 2, 0], [1, 0, 0], [2, 0, 2]], [[1, 0, 2], [1, 2, 0], [0, 2, 1]])
UNIQUE = ([[3, 0, 1], [0, 2, 4], [1, 5, 0]], [[2, 0, 3], [0, 3, 1], [4, 1, 0]])
ITS_ANSWER = (("9/25", "11/25", "1/5"), ("17/37", "9/37", "11/37"))
# B. von Stengel, "New maximal numbers of equilibria in bimatrix games", Discrete and
# Computational Geometry 21 (1999); in the smaller payoffs of R. Savani and B. von Stengel,
# "Hard-to-solve bimatrix games", Econometrica 74 (2006).
SEVENTY_FIVE = (
    [
        [-81, 36, -126, 126, -36, 90],
        [-180, 72, -333, 297, -153, 270],
        [20, -3, 42, -33, 17, -30],
        [-30, 17, -33, 42, -3, 20],
        [270, -153, 297, -333, 72, -180],
        [90, -36, 126, -126, 36, -81],
    ],
    [
        [72, 36, 17, -3, -36, -153],
        [-180, -81, -30, 20, 90, 270],
        [297, 126, 42, -33, -126, -333],
        [-333, -126, -33, 42, 126, 297],
        [270, 90, 20, -30, -81, -180],
        [-153, -36, -3, 17, 36, 72],
    ],
)

HALVES = (("1/2", "1/2", "0", "0"), ("0", "0", "1/2", "1/2"))

KNOWN: dict[str, Known] = {
    "matching pennies": Known(
        ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]), "textbook", ((("1/2", "1/2"), ("1/2", "1/2")),), components=1
    ),
    "prisoner's dilemma": Known(([[3, 0], [5, 1]], [[3, 5], [0, 1]]), "textbook; 5, 3, 1, 0", ((("0", "1"), ("0", "1")),)),
    "battle of the sexes": Known(
        ([[3, 0], [0, 2]], [[2, 0], [0, 3]]),
        "textbook",
        ((("1", "0"), ("1", "0")), (("3/5", "2/5"), ("2/5", "3/5")), (("0", "1"), ("0", "1"))),
        components=3,
    ),
    "stag hunt": Known(
        ([[4, 0], [3, 3]], [[4, 3], [0, 3]]),
        "derived: indifferent where 4 p = 3",
        ((("1", "0"), ("1", "0")), (("3/4", "1/4"), ("3/4", "1/4")), (("0", "1"), ("0", "1"))),
    ),
    "one that support enumeration misses": Known(
        MISSED_BY_SUPPORTS,
        "derived; Nashpy 0.0.43 support enumeration returns none",
        ((("1/3", "0", "2/3"), ("0", "1/2", "1/2")),),
    ),
    "a unique full support": Known(UNIQUE, "derived", (ITS_ANSWER,)),
    "two extreme points": Known(
        ([[-3, 3], [-3, 5]], [[2, 7], [4, 2]]),
        "derived; Nashpy 0.0.43 vertex enumeration returns none",
        ((("2/7", "5/7"), ("1", "0")), (("0", "1"), ("1", "0"))),
        components=1,
        dimensions=(1,),
    ),
    "a segment and a point": Known(
        ([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]),
        "D. Avis, G. Rosenberg, R. Savani and B. von Stengel, Economic Theory 42 (2010)",
        (
            (("1", "0", "0"), ("1", "0")),
            (("1", "0", "0"), ("2/3", "1/3")),
            (("0", "1/3", "2/3"), ("1/3", "2/3")),
        ),
        components=2,
        dimensions=(1, 0),
    ),
    "a difference of 1e-10": Known(
        ([[1, 1], [1, "1.0000000001"]], [[1, 0], [0, 1]]), "derived", count=3
    ),
    "all zero, 4 x 4": Known((np.zeros((4, 4)), np.zeros((4, 4))), "derived", count=16, components=1, dimensions=(6,)),
    "identity, 5 x 5": Known((np.eye(5), np.eye(5)), "derived: one for each set of actions", count=31, components=31),
    "75 equilibria": Known(SEVENTY_FIVE, "von Stengel 1999, Savani and von Stengel 2006", count=75, components=75),
    "twelve in a square": Known(
        (
            [[1, 3], [1, 3], [3, 1], [3, 1], ["5/2", "5/2"], ["5/2", "5/2"]],
            [[1, 2], [0, -1], [-2, 2], [4, -1], [-1, 6], [6, -1]],
        ),
        ("H.-M. Winkels, \"An algorithm to determine all equilibrium points of a "
            "bimatrix game\" (1979), as in Gambit's games"),
        count=12,
        components=1,
        dimensions=(2,),
    ),
    "constant sum, four by four": Known(
        (
            [[3, 1, 2, 2], [1, 3, 2, 2], [2, 2, 1, 3], [2, 2, 3, 1]],
            [[1, 3, 2, 2], [3, 1, 2, 2], [2, 2, 3, 1], [2, 2, 1, 3]],
        ),
        ("csg4 of Gambit's games; derived: each mixes the first two equally, and the "
            "last two equally, in any shares"),
        tuple((x, y) for x in HALVES for y in HALVES),
        components=1,
        dimensions=(2,),
    ),
    "Shapley's figure 2": Known(
        ([[2, 0, 3], [2, 3, 0], [0, 0, 1]], [[3, 0, 0], [0, 3, 0], [2, 2, 1]]),
        ("L. S. Shapley, \"A note on the Lemke-Howson algorithm\", Mathematical "
            "Programming Study 1 (1974)"),
        count=3,
    ),
    "three in a local max cut": Known(
        (
            [[[0, -1], [2, 1]], [[1, 2], [-1, 0]]],
            [[[0, 2], [4, 2]], [[2, 4], [2, 0]]],
            [[[0, 1], [2, -1]], [[-1, 2], [1, 0]]],
        ),
        "derived: nodes of a graph with edges of weight 2, -1 and 2 choose sides",
        (
            (("1", "0"), ("0", "1"), ("1", "0")),
            (("1/2", "1/2"), ("1/2", "1/2"), ("1/2", "1/2")),
            (("0", "1"), ("1", "0"), ("0", "1")),
        ),
        components=3,
    ),
}  # fmt: skip


def _game(known: Known) -> NormalFormGame:
    return NormalFormGame.from_arrays(*known.tables)


def _vectors(solution: Solution) -> set[tuple[tuple[Any, ...], ...]]:
    return {tuple(tuple(row.values()) for row in one.profile.values()) for one in solution}


def _solvers(known: Known) -> list[Any]:
    return [None, BranchAndPrune()] if len(known.tables) == 2 else [None]


@pytest.mark.parametrize("name", KNOWN)
def test_known_answers(name: str) -> None:
    known = KNOWN[name]
    game = _game(known)
    solution = solve(game, Nash())
    assert solution.status is Status.COMPLETE
    assert solution.rejected == 0
    if known.equilibria is not None:
        expected = {
            tuple(tuple(map(Fraction, vector)) for vector in profile)
            for profile in known.equilibria
        }
        assert _vectors(solution) == expected
    assert len(solution) == (
        known.count if known.count is not None else len(known.equilibria or ())
    )
    assert all(Nash().certify(game, one.profile).holds for one in solution)
    components = solution.components
    if known.components is not None:
        assert len(components) == known.components
    if known.dimensions is not None:
        assert tuple(one.dimension for one in components) == known.dimensions
    assert sum(one.index or 0 for one in components) == 1
    assert sorted(number for one in components for number in one.equilibria) == list(
        range(len(solution))
    )
    for i, one in enumerate(solution):
        assert one.component is not None
        assert i in components[one.component].equilibria


@pytest.mark.parametrize("shift", [0, 10**6, 10**9])
@pytest.mark.parametrize("scale", ["1", "1e15", "1e-12"])
@pytest.mark.parametrize("solver", [None, BranchAndPrune()])
def test_the_unique_equilibrium_at_any_scale(shift: int, scale: str, solver: Any) -> None:
    tables = [
        [[Fraction(scale) * (value + shift) for value in row] for row in table]
        for table in UNIQUE
    ]
    solution = solve(NormalFormGame.from_arrays(*tables), Nash(), solver=solver)
    assert solution.status is Status.COMPLETE
    assert _vectors(solution) == {
        tuple(tuple(map(Fraction, vector)) for vector in ITS_ANSWER)
    }


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.uint64, np.float32])
def test_narrow_types_do_not_wrap(kind: Any) -> None:
    """Sums of payoffs of 100 pass 127 and 255; those near 2^63 pass the range of int64."""
    base = {np.uint64: 2**63 + 2**62}.get(kind, 100)
    tables = [
        np.array([[base, 0], [0, base // 2]], dtype=kind),
        np.array([[base // 2, 0], [0, base]], dtype=kind),
    ]
    solution = solve(NormalFormGame.from_arrays(*tables), Nash())
    assert _vectors(solution) == {
        ((1, 0), (1, 0)),
        ((0, 1), (0, 1)),
        ((Fraction(2, 3), Fraction(1, 3)), (Fraction(1, 3), Fraction(2, 3))),
    }


@pytest.mark.parametrize("scale", [1, 10**19])
def test_three_of_four_players_where_polynomial_solvers_find_none(scale: int) -> None:
    """Gambit 16.7's enumpoly returns no equilibrium of this game; and in floats payoffs of
    1e19 lose all digits that matter."""
    rng = np.random.default_rng(1)
    tables = [
        scale * (rng.integers(0, 101, size=(2, 2, 2, 2)).astype(object) + 1)
        for _ in range(4)
    ]
    solution = solve(NormalFormGame.from_arrays(*tables), Nash())
    assert (solution.status, len(solution)) == (Status.COMPLETE, 3)
    assert sum(one.index or 0 for one in solution.components) == 1


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_no_more_equilibria_than_the_bound(n: int) -> None:
    """A nondegenerate bimatrix game with n <= 5 has at most 2^n - 1 equilibria (J. Keiding,
    Games and Economic Behavior 21, 1997, and A. McLennan and I.-U. Park, 26, 1999, for n =
    4), and an odd number of them."""
    rng = np.random.default_rng(n)
    for _ in range(100):
        solution = solve(
            NormalFormGame.from_arrays(*rng.integers(-(10**6), 10**6, size=(2, n, n))),
            Nash(),
        )
        assert len(solution) % 2 == 1
        assert len(solution) <= 2**n - 1


def test_a_unique_equilibrium_in_irrational_weights() -> None:
    """R. F. Nau, S. Gomez Canovas and P. Hansen, "On the geometry of Nash equilibria and
    correlated equilibria", International Journal of Game Theory 32 (2004), section 4: one
    equilibrium, completely mixed, in irrational weights."""
    first = [[[3, 1], [0, 0]], [[0, 0], [1, 2]]]
    second = [[[0, 0], [2, 1]], [[1, 3], [0, 0]]]
    third = [[[2, 0], [0, 0]], [[0, 0], [0, 3]]]
    game = NormalFormGame.from_arrays(first, second, third)
    solution = solve(game, Nash())
    assert solution.status is Status.COMPLETE
    (only,) = solution
    assert not only.profile.is_exact  # type: ignore[union-attr]
    assert all(
        0 < float(weight) < 1 for row in only.profile.values() for weight in row.values()
    )
    assert all(
        weight.rad() < 1e-29 for row in only.profile.values() for weight in row.values()
    )
    finer = solve(game, Nash(), solver=BranchAndPrune(digits=100))
    assert all(
        weight.rad() < 1e-99 for row in finer[0].profile.values() for weight in row.values()
    )
    assert [one.index for one in solution.components] == [1]


def test_dominated_in_the_middle_of_five() -> None:
    """One who is alone in having a choice takes any mixture of the best: a polytope, one
    component, index 1."""
    table = np.zeros((3, 1, 1, 1, 1), dtype=int)
    table[0] = table[2] = 5
    solution = solve(NormalFormGame.from_arrays(table, *[np.zeros_like(table)] * 4), Nash())
    assert solution.status is Status.COMPLETE
    assert len(solution) == 2
    (component,) = solution.components
    assert (component.dimension, component.index) == (1, 1)


def test_a_continuum_in_which_two_mix_is_partial_with_boxes() -> None:
    """Player 3 wants nothing; 1 and 2 are indifferent along a curve: not a polytope, so
    boxes cover it."""
    rng = np.random.default_rng(5)
    a, b = rng.integers(0, 9, size=(2, 2, 2)), rng.integers(0, 9, size=(2, 2, 2))
    game = NormalFormGame.from_arrays(a, b, np.zeros((2, 2, 2), dtype=int))
    solution = solve(game, Nash(), solver=BranchAndPrune(budget=20_000))
    assert solution.status in (Status.PARTIAL, Status.COMPLETE)
    if solution.status is Status.PARTIAL:
        assert solution.reason
        assert solution.unresolved
    for one in solve(game, PureNash()):
        vectors = [[float(w) for w in row.values()] for row in one.profile.values()]
        listed = any(one.profile == other.profile for other in solution)
        assert listed or any(box.contains(vectors) for box in solution.unresolved)


def test_limits_keep_what_was_found() -> None:
    rng = np.random.default_rng(1)
    game = NormalFormGame.from_arrays(
        *[rng.integers(0, 101, size=(3,) * 5) for _ in range(5)]
    )
    solution = solve(game, Nash(), limits=Limits(seconds=0.2))
    assert solution.status is Status.STOPPED
    assert all(Nash().certify(game, one.profile).holds for one in solution)
    seen = solve(_game(KNOWN["75 equilibria"]), Nash(), limits=Limits(count=10))
    assert (seen.status, len(seen)) == (Status.STOPPED, 10)


def test_refusals_name_what_would_take_the_game() -> None:
    three = _game(KNOWN["three in a local max cut"])
    with pytest.raises(RefusalError, match="BranchAndPrune"):
        solve(three, Nash(), solver=BimatrixEnumeration())
    with pytest.raises(RefusalError, match="Nash"):
        solve(three, PureNash(), solver=BranchAndPrune())
    assert {BimatrixEnumeration, BranchAndPrune} <= set(ALL)


@pytest.mark.parametrize(
    ("shape", "high"),
    [
        ((3, 3, 3), 1),
        ((3, 3, 3), 2),
        ((3, 3, 3), 4),
        ((2, 3, 4), 2),
        ((2, 2, 2, 2), 2),
        ((2, 2, 2, 2), 4),
    ],
)
def test_ties_of_many_players_end_in_components_or_boxes(
    shape: tuple[int, ...], high: int
) -> None:
    """Payoffs from 0 to ``high`` - 1: whatever the set, each listed equilibrium holds, and
    what is not settled is said."""
    for seed in range(2):
        rng = np.random.default_rng(seed)
        game = NormalFormGame.from_arrays(
            *[rng.integers(0, high, size=shape) for _ in shape]
        )
        solution = solve(game, Nash(), solver=BranchAndPrune(budget=20_000))
        assert solution.rejected == 0
        assert solution.status is (
            Status.PARTIAL if solution.unresolved or solution.reason else Status.COMPLETE
        )
        assert len(solution)
        assert all(Nash().certify(game, one.profile).holds for one in solution)
        for component in solution.known_components:
            assert set(component.equilibria) <= set(range(len(solution)))
        for box in solution.unresolved[:100]:
            assert all(
                0 <= low <= high <= 1 for bounds in box.bounds for low, high in bounds
            )
